"""A million ballots at once, in NumPy: the same clauses, the same answers, hundreds of times faster.

NumPy is imported when a function is called, so that the package itself stays free of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING

from course.words import say

from .ballots import BALLOTS
from .bodies import Body
from .clauses import Clause, MostOfThoseVoting
from .codes import codes as listed
from .errors import BallotError

if TYPE_CHECKING:
    import numpy

__all__ = ["decide", "decode", "encode", "sample"]

CHUNK = 4096
"""Votes judged at a time: small enough for the processor's cache."""


def encode(body: Body, votes: Iterable[Mapping[str, str]]) -> numpy.ndarray:
    """Return ballots by State as an array of places in `BALLOTS`.

    Parameters
    ----------
    body : Body
        Its members give the order of the columns.
    votes : iterable of mapping of State to ballot
        Complete votes.

    Returns
    -------
    numpy.ndarray
        Shape (votes, members), int8.
    """
    import numpy as np

    places = {ballot: place for place, ballot in enumerate(BALLOTS)}
    return np.array([[places[v[m]] for m in body.members] for v in votes], dtype=np.int8)


def decode(body: Body, row: numpy.ndarray) -> dict[str, str]:
    """Return one row of an encoded array as ballots by State."""
    return {m: BALLOTS[int(place)] for m, place in zip(body.members, row, strict=True)}


def sample(
    body: Body,
    votes: int,
    shares: Mapping[str, float],
    blocs: Iterable[Iterable[str]] = (),
    seed: int = 0,
) -> numpy.ndarray:
    """Draw random ballots, each State alone or each bloc as one.

    Parameters
    ----------
    body : Body
        Whose members vote.
    votes : int
        How many votes to draw.
    shares : mapping of ballot to probability
        They add up to 1.
    blocs : iterable of groups of members
        Members of a group cast the same ballot.
    seed : int
        Start of the random numbers; the same seed gives the same ballots.

    Returns
    -------
    numpy.ndarray
        Shape (votes, members), int8.
    """
    import numpy as np

    if not _proper(shares):
        raise BallotError(say("institutions.batch.shares"))
    generator = np.random.default_rng(seed)
    limits = np.cumsum([shares.get(ballot, 0.0) for ballot in BALLOTS])[:-1]
    draws = generator.random((votes, len(body.members)), dtype=np.float32)
    place = {member: column for column, member in enumerate(body.members)}
    for bloc in blocs:
        columns = [place[m] for m in bloc if m in place]
        draws[:, columns] = draws[:, columns[:1]]
    codes = np.zeros(draws.shape, dtype=np.int8)
    for limit in limits:
        codes += draws >= limit
    return codes


def _proper(shares: object) -> bool:
    """Whether these are known ballots with probabilities that add up to 1."""
    if not isinstance(shares, Mapping) or not set(shares) <= set(BALLOTS):
        return False
    values = list(shares.values())
    numbers = all(isinstance(v, Real) and v >= 0 for v in values)
    return numbers and abs(sum(values) - 1) <= 1e-9


def decide(body: Body, codes: numpy.ndarray, excluded: Iterable[str] = ()) -> numpy.ndarray:
    """Apply the rule of a body to many votes.

    Parameters
    ----------
    body : Body
        The body and its options.
    codes : numpy.ndarray
        Shape (votes, members), places in `BALLOTS`, columns in the order of `body.members`.
    excluded : iterable of str
        Votes left out in all of them.

    Returns
    -------
    numpy.ndarray
        Shape (votes,), bool: adopted or not, as `body.decide` would have it.
    """
    import numpy as np

    codes = np.asarray(codes)
    if codes.ndim != 2 or codes.shape[1] != len(body.members):
        raise BallotError(
            say(
                "institutions.batch.shape",
                shape=codes.shape,
                members=len(body.members),
                body=body.name,
            )
        )
    if codes.size and not 0 <= codes.min() <= codes.max() < len(BALLOTS):
        raise BallotError(say("institutions.batch.codes", last=len(BALLOTS) - 1))
    left_out = frozenset(listed(excluded))
    tests = [_test(np, body, clause, left_out) for clause in body.clauses(left_out)]
    adopted = np.ones(len(codes), dtype=bool)
    for start in range(0, len(codes), CHUNK):
        columns = np.ascontiguousarray(codes[start : start + CHUNK].T)
        for test in tests:
            adopted[start : start + CHUNK] &= test(columns)
    return adopted


def _test(np, body: Body, clause: Clause, left_out: frozenset[str]):
    """Return a function that applies one clause to ballots laid out member by member."""
    blocked = _alike(
        body, lambda m, b: clause.blocks(m, b) and m not in left_out, keep=lambda value: value
    )
    counted = _alike(body, clause.points, keep=lambda value: value != 0)

    def test(columns):
        met = np.ones(columns.shape[1], dtype=bool)
        for code, _, rows in blocked:
            met &= ~(columns[rows] == code).any(axis=0)
        if clause.need is None:
            return met
        total = np.zeros(columns.shape[1], dtype=np.int32)
        for code, worth, rows in counted:
            total += worth * (columns[rows] == code).sum(axis=0, dtype=np.int32)
        met &= total >= clause.need
        if isinstance(clause, MostOfThoseVoting):
            met &= (columns == BALLOTS.index("yes")).any(axis=0)
        return met

    return test


def _alike(body: Body, value, keep) -> list[tuple[int, int, object]]:
    """Group members for which a ballot has the same value: (code, value, rows)."""
    found = []
    for code, ballot in enumerate(BALLOTS):
        by_value: dict[int, list[int]] = {}
        for row, member in enumerate(body.members):
            worth = value(member, ballot)
            if keep(worth):
                by_value.setdefault(int(worth), []).append(row)
        for worth, rows in by_value.items():
            whole = len(rows) == len(body.members)
            found.append((code, worth, slice(None) if whole else rows))
    return found
