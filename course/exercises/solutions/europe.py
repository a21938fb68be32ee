"""Reference solutions of the code exercises of notebook 02, Europe after 1990."""

import course
from course.data import table


def sizes():
    """Members of NATO and participating States of the OSCE, in 1990 and in 2010."""
    days = ["1990-01-01", "2010-05-01"]
    nato = [len(course.data.members("NATO", on=day)) for day in days]
    osce = [len(course.data.members("OSCE", on=day)) for day in days]
    return nato + osce


def sizes__grouped():
    """The same numbers, grouped by year."""
    nato_then, nato_later, osce_then, osce_later = sizes()
    return [nato_then, osce_then, nato_later, osce_later]


def sizes__members():
    """The growth of each in place of its sizes."""
    nato_then, nato_later, osce_then, osce_later = sizes()
    return [nato_later - nato_then, osce_later - osce_then]


def stockpiles():
    """Warheads of the two large powers together, by year."""
    warheads = table("warheads")
    return warheads.groupby("year")["stockpile"].sum()


def stockpiles__states():
    """Added up by State in place of year."""
    return table("warheads").groupby("iso3")["stockpile"].sum()


def stockpiles__mean():
    """The mean in place of the sum."""
    return table("warheads").groupby("year")["stockpile"].mean()
