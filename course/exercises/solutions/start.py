"""Reference solutions of the code exercises of notebook 00, Start here."""

from course.data import table


def types():
    """How many claims there are of each type, the largest first."""
    claims = table("claims")
    return claims["type"].value_counts()


def types__checkable():
    """The same count of another column."""
    return table("claims")["checkable"].value_counts()


def types__number():
    """How many types there are."""
    return table("claims")["type"].nunique()


def types__shares():
    """Shares in place of counts."""
    return table("claims")["type"].value_counts(normalize=True)


def share():
    """The share of claims that can be checked fully."""
    claims = table("claims")
    return (claims["checkable"] == "yes").mean()


def share__count():
    """How many, in place of which share."""
    return int((table("claims")["checkable"] == "yes").sum())


def share__percent():
    """The share in per cent."""
    return share() * 100


def share__partly():
    """What can be checked in part counted too."""
    return (table("claims")["checkable"] != "no").mean()
