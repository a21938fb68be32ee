"""The chance that each body of a day can act, when each says yes with probability p.

Exact arithmetic of `power`, for several bodies at once: alliances as blocs first, because States do
not vote independently, and every State alone second. It says what the rules make hard. It is not a
forecast: States do not toss coins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from course.words import say

from .bodies import BODIES, Body, as_day, body
from .codes import codes
from .errors import DateError, OptionError, nearest
from .power import blocs, probability

__all__ = ["OTHERWISE", "Line", "lines"]

OTHERWISE = ("no", "abstain", "absent")
"""What those may do who don't say yes."""

LISTED = ("UNSC", "OSCE", "OSCE:minus-one", "NATO", "EST:conference", "EST:extraordinary")
POINTS = (
    0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 1,
)  # fmt: skip
"""Dense near 1, where rules of consensus begin to stir."""


@dataclass(frozen=True)
class Line:
    """One body, or several that the arithmetic can't tell apart.

    Attributes
    ----------
    bodies : tuple of Body
        The body, and those with the same curve.
    excluded : tuple of str
        Votes left out.
    otherwise : str
        What those do who don't say yes.
    by_blocs, alone : tuple of (p, chance)
        The curve with alliances as blocs, and with every State alone.
    """

    bodies: tuple[Body, ...]
    excluded: tuple[str, ...]
    otherwise: str
    by_blocs: tuple[tuple[float, float], ...]
    alone: tuple[tuple[float, float], ...]

    def at(self, p: float) -> tuple[float, float]:
        """Return both chances at one p: by blocs, and alone."""
        first = self.bodies[0]
        options = {"otherwise": self.otherwise, "excluded": self.excluded}
        groups = blocs(first.on, first.members)
        return probability(first, p, groups, **options), probability(first, p, **options)


def lines(
    on: str,
    parties: Iterable[str] | None = None,
    concerned: Iterable[str] = (),
    otherwise: str = "no",
) -> tuple[Line, ...]:
    """Return the curves of the bodies of a day; equal curves are joined.

    Parameters
    ----------
    on : str
        The day whose memberships count.
    parties : iterable of str, optional
        Parties of the draft treaty; the participating States of the day if absent.
    concerned : iterable of str
        Votes left out by consensus minus one (the first of them) and by the Extraordinary
        Conference (all of them).
    otherwise : str
        One of `OTHERWISE`.

    Raises
    ------
    DateError, UnknownState, OptionError
        If the day, a State or what the others do is not known.
    """
    if otherwise not in OTHERWISE:
        near = nearest(otherwise, OTHERWISE)
        raise OptionError(say("institutions.choice", name="otherwise", value=otherwise, near=near))
    return _lines(as_day(on).isoformat(), codes(parties or ()), codes(concerned), otherwise)


@lru_cache(maxsize=64)
def _lines(on, parties, concerned, otherwise) -> tuple[Line, ...]:
    found: list[Line] = []
    for name in LISTED:
        try:
            # the day is kept beside the Parties, since the blocs are those of the day
            given = parties if parties and name.startswith("EST:") else None
            where = body(name, on=on, members=given)
        except DateError:
            continue
        least, most = BODIES[name].excludes
        out = tuple(m for m in concerned if m in where.members)[:most]
        if len(out) < least:
            continue
        line = _line(where, out, otherwise)
        same = [i for i, other in enumerate(found) if _equal(line, other)]
        if same:
            old = found[same[0]]
            bodies = (*old.bodies, where)
            found[same[0]] = Line(bodies, old.excluded, otherwise, old.by_blocs, old.alone)
        else:
            found.append(line)
    return tuple(found)


def _line(where: Body, excluded: tuple[str, ...], otherwise: str) -> Line:
    options = {"otherwise": otherwise, "excluded": excluded}
    groups = blocs(where.on, where.members)
    return Line(
        (where,),
        excluded,
        otherwise,
        tuple((p, float(probability(where, p, groups, **options))) for p in POINTS),
        tuple((p, float(probability(where, p, **options))) for p in POINTS),
    )


def _equal(one: Line, other: Line) -> bool:
    pairs = zip((*one.by_blocs, *one.alone), (*other.by_blocs, *other.alone), strict=True)
    return all(abs(a[1] - b[1]) < 1e-9 for a, b in pairs)
