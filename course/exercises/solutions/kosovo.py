"""Reference solutions of the code exercises of notebook 04, Kosovo 1999."""

import pandas as pd

from course.data import table


def first_genocide():
    """The speaker of the earliest dated row that uses the word itself."""
    words = table("word_use")
    using = words[words["words"].map(lambda used: "genocide" in used)]
    dated = using[using["precision"] == "day"]
    return dated.sort_values("date").iloc[0]["speaker"]


def first_genocide__padded():
    """Taken in by a date that has no day."""
    words = table("word_use")
    using = words[words["words"].map(lambda used: "genocide" in used)]
    return using.sort_values("date").iloc[0]["speaker"]


def first_genocide__unfiltered():
    """The first row of the table, whatever its words."""
    return table("word_use").sort_values("date").iloc[0]["speaker"]


def first_genocide__last():
    """The last speaker of the table."""
    words = table("word_use")
    using = words[words["words"].map(lambda used: "genocide" in used)]
    return using.sort_values("date").iloc[-1]["speaker"]


def tally():
    """Ballots by document."""
    votes = table("unsc_votes")
    return pd.crosstab(votes["document"], votes["ballot"])


def tally__turned():
    """Ballots down the side, documents across."""
    votes = table("unsc_votes")
    return pd.crosstab(votes["ballot"], votes["document"])


def tally__shares():
    """Shares in place of counts."""
    votes = table("unsc_votes")
    return pd.crosstab(votes["document"], votes["ballot"], normalize="index")


def tally__onlyyes():
    """Only the votes in favour."""
    votes = table("unsc_votes")
    return votes[votes["ballot"] == "yes"].groupby("document").size()
