"""Reference solutions of the code exercises of notebook 04, Kosovo 1999."""

import pandas as pd

from course.data import table


def days():
    """Days from the orders to Račak, and from Račak to the first strikes."""
    orders = pd.Timestamp("1998-10-13")
    racak = pd.Timestamp("1999-01-15")
    strikes = pd.Timestamp("1999-03-24")
    return [(racak - orders).days, (strikes - racak).days]


def days__swapped():
    """The two distances the other way round."""
    return days()[::-1]


def days__negative():
    """The later date taken from the earlier."""
    return [-number for number in days()]


def days__inclusive():
    """First and last day both counted."""
    return [number + 1 for number in days()]


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
