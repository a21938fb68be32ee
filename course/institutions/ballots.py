"""Ballots: what a State may do when a body is asked to decide, and how they are read in.

Silence, absence and abstention are three different things here. A silent State sits at the table
(or lets a silence procedure run out) and says nothing; an absent State is not there and may break a
quorum; an abstaining State is there and declines to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from course.words import say

from .errors import BallotError, nearest

__all__ = [
    "ABSENT",
    "ABSTAIN",
    "BALLOTS",
    "CONSTRUCTIVE",
    "NO",
    "PRESENT",
    "SILENT",
    "YES",
    "Vote",
    "read_ballots",
]

YES, NO, ABSTAIN = "yes", "no", "abstain"
CONSTRUCTIVE, ABSENT, SILENT = "abstain-constructive", "absent", "silent"

BALLOTS = (YES, NO, ABSTAIN, CONSTRUCTIVE, ABSENT, SILENT)
PRESENT = frozenset(BALLOTS) - {ABSENT}


@dataclass(frozen=True)
class Vote:
    """One complete set of ballots, ready to be judged.

    Attributes
    ----------
    members : tuple of str
        Everyone who has a seat, sorted.
    ballots : mapping of str to str
        One ballot for each member.
    excluded : frozenset of str
        Members whose vote is left out of the total.
    """

    members: tuple[str, ...]
    ballots: Mapping[str, str]
    excluded: frozenset[str] = frozenset()

    def who(self, *kinds: str, excluded: bool = False) -> tuple[str, ...]:
        """Return the members that cast one of these ballots, leaving out excluded votes.

        Parameters
        ----------
        *kinds : str
            Ballots to look for.
        excluded : bool
            Count excluded members too (a quorum may count bodies, not votes).
        """
        return tuple(
            m
            for m in self.members
            if self.ballots[m] in kinds and (excluded or m not in self.excluded)
        )

    @property
    def tally(self) -> dict[str, int]:
        """Number of counted ballots of each kind, excluded votes apart."""
        counted = [self.ballots[m] for m in self.members if m not in self.excluded]
        return {kind: counted.count(kind) for kind in BALLOTS}


def read_ballots(
    given: Mapping[str, str] | Iterable[tuple[str, str]], default: str | None
) -> tuple[dict[str, str], str | None]:
    """Check ballots as they come in, whoever cast them.

    Parameters
    ----------
    given : mapping or iterable of (State, ballot)
        The ballots.
    default : str or None
        The ballot of every member not named.

    Raises
    ------
    BallotError
        If a ballot is unknown, one State has two, or there are no ballots by State at all.
    """
    ballots: dict[str, str] = {}
    for state, ballot in _pairs(given):
        if not isinstance(state, str):
            raise BallotError(say("institutions.ballot.pairs", given=state))
        if state in ballots:
            raise BallotError(say("institutions.ballot.two", state=state))
        ballots[state] = _known(ballot)
    return ballots, None if default is None else _known(default)


def _pairs(given: object) -> Iterable[tuple[str, str]]:
    """Return (State, ballot), or refuse what holds no such pairs."""
    if isinstance(given, Mapping):
        return given.items()
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise BallotError(say("institutions.ballot.pairs", given=given))
    pairs = list(given)
    for pair in pairs:
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise BallotError(say("institutions.ballot.pairs", given=pair))
    return pairs


def frozen(ballots: Mapping[str, str]) -> Mapping[str, str]:
    """Return a read-only copy."""
    return MappingProxyType(dict(ballots))


def _known(ballot: object) -> str:
    if ballot not in BALLOTS:
        near = nearest(ballot, BALLOTS)
        raise BallotError(say("institutions.ballot.unknown", ballot=ballot, near=near))
    return str(ballot)
