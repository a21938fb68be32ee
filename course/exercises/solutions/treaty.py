"""Reference solutions of the code exercises of notebook 06, The treaty proposal."""

import math

import course


def quorums():
    """Quorums of two thirds and four fifths of 56 States, and the boycotts that break them."""
    n = len(course.data.members("OSCE", on="2010-05-01"))
    two_thirds = math.ceil(n * 2 / 3)
    four_fifths = math.ceil(n * 4 / 5)
    return [two_thirds, four_fifths, n - two_thirds + 1, n - four_fifths + 1]


def quorums__down():
    """The shares rounded down."""
    n = len(course.data.members("OSCE", on="2010-05-01"))
    low = [math.floor(n * share) for share in (2 / 3, 4 / 5)]
    return low + [n - quorum + 1 for quorum in low]


def quorums__boycott():
    """One absent State too few to break each quorum."""
    two_thirds, four_fifths, first, second = quorums()
    return [two_thirds, four_fifths, first - 1, second - 1]


def groups():
    """Whether NATO's and the CSTO's members can break the two quorums by staying away."""
    day = "2010-05-01"
    states = set(course.data.members("OSCE", on=day))
    quorums = [math.ceil(len(states) * share) for share in (2 / 3, 4 / 5)]
    broken = []
    for body in ("NATO", "CSTO"):
        left = len(states - set(course.data.members(body, on=day)))
        broken += [left < quorum for quorum in quorums]
    return broken


def groups__turned():
    """Whether the quorums still hold."""
    return [not broken for broken in groups()]


def groups__votes():
    """The answer for a vote, in which each can object."""
    return [True, True, True, True]
