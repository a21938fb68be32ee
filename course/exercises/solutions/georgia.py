"""Reference solutions of the code exercises of notebook 05, Georgia 2008."""

import course
from course.data import table


def members():
    """Participating States on 8 August 2008, those in NATO, those in the CSTO."""
    day = "2008-08-08"
    states = set(course.data.members("OSCE", on=day))
    nato = states & set(course.data.members("NATO", on=day))
    csto = states & set(course.data.members("CSTO", on=day))
    return [len(states), len(nato), len(csto)]


def members__today():
    """The numbers of May 2010."""
    day = "2010-05-01"
    states = set(course.data.members("OSCE", on=day))
    return [len(states)] + [
        len(states & set(course.data.members(body, on=day))) for body in ("NATO", "CSTO")
    ]


def members__turned():
    """The three numbers in another order."""
    return members()[::-1]


def unomig():
    """Codes of the States by ballot, in the vote of 15 June 2009."""
    votes = table("unsc_votes")
    day = votes[votes["date"] == "2009-06-15"]
    return day.groupby("ballot")["iso3"].apply(list)


def unomig__counts():
    """Numbers of States in place of their codes."""
    votes = table("unsc_votes")
    return votes[votes["date"] == "2009-06-15"].groupby("ballot")["iso3"].size()


def unomig__every():
    """The votes of every day together."""
    return table("unsc_votes").groupby("ballot")["iso3"].apply(list)
