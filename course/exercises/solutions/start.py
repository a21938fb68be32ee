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
