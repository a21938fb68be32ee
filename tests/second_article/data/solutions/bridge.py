"""Reference solutions of the notebook on the bridge."""

from course import table


def still():
    """Days still over all days."""
    crossings = table("crossings")
    return float(crossings["still"].sum() / crossings["days"].sum())


def still__mean_of_months():
    """Average the shares of the months."""
    crossings = table("crossings")
    return float((crossings["still"] / crossings["days"]).mean())
