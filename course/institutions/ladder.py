"""How far a body can go: meet, share facts, appeal, send monitors, censure, collective measures.

A rule is judged here by the rung it reaches, not only by whether it blocked. Each State has a
highest rung that it goes along with; below and at it it says yes, above it it says no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course import data
from course.words import say

from .ballots import ABSENT, NO, YES
from .bodies import BODIES, Body
from .codes import codes
from .errors import OptionError, UnknownBody, nearest
from .outcome import Outcome

__all__ = ["Climb", "Reach", "RungResult", "climb", "reach", "rungs"]

NOTHING = "nothing"
"""What a State accepts that says no to every rung."""


@dataclass(frozen=True)
class Reach:
    """What a body is able to decide at all.

    Attributes
    ----------
    body : str
        Name and variant.
    rungs : tuple of str
        Rungs open to it.
    force : str
        "law", "politics" or "none".
    why, rule, verification, source_ids :
        The reason in a sentence, the rule it rests on, how far that was checked, its sources.
    """

    body: str
    rungs: tuple[str, ...]
    force: str
    why: str
    rule: str
    verification: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class RungResult:
    """One rung: whether the body may decide it at all, and what it then decides."""

    rung: str
    open: bool
    outcome: Outcome | None

    @property
    def reached(self) -> bool:
        """Whether the rung was decided."""
        return self.outcome is not None and self.outcome.adopted


@dataclass(frozen=True)
class Climb:
    """All rungs of one body in one crisis.

    Attributes
    ----------
    body : str
        Name and variant.
    results : tuple of RungResult
        From the lowest rung to the highest.
    """

    body: str
    results: tuple[RungResult, ...]

    @property
    def highest(self) -> str | None:
        """The highest rung decided; None if there is none."""
        reached = [result.rung for result in self.results if result.reached]
        return reached[-1] if reached else None

    def text(self) -> str:
        """Return one line a rung."""
        lines = []
        for result in self.results:
            if not result.open:
                lines.append(say("institutions.rung.closed", rung=result.rung, body=self.body))
            else:
                lines.append(f"{result.rung}: {result.outcome.reason}")
        return "\n".join(lines)


def rungs() -> tuple[str, ...]:
    """Return the rungs from the lowest to the highest."""
    return tuple(row["id"] for row in data.document("institutions/rules")["ladder"]["rungs"])


def reach(name: str) -> Reach:
    """Return what a body is able to decide.

    Parameters
    ----------
    name : str
        Name and variant of a body.

    Raises
    ------
    UnknownBody
        If there is no such body.
    """
    for row in data.document("institutions/rules")["ladder"]["reach"]:
        if row["body"] == name:
            return Reach(
                name,
                tuple(row["rungs"]),
                row["force"],
                row["why"],
                row["rule"],
                row["verification"],
                tuple(row["source_ids"]),
            )
    raise UnknownBody(say("institutions.no_body", name=name, near=nearest(name, BODIES)))


def ballots_at(rung: str, accepts: Mapping[str, str]) -> dict[str, str]:
    """Return each State's ballot on a rung, from the highest rung it goes along with.

    Raises
    ------
    OptionError
        If a rung is unknown.
    """
    order = {name: height for height, name in enumerate((NOTHING, *rungs()))}
    for name in (rung, *accepts.values()):
        if not isinstance(name, str) or name not in order:
            raise OptionError(say("institutions.rung", rung=name, near=nearest(name, order)))
    return {s: YES if order[rung] <= order[most] else NO for s, most in accepts.items()}


def climb(
    body: Body,
    accepts: Mapping[str, str],
    default: str = NOTHING,
    absent: Iterable[str] = (),
    excluded: Iterable[str] = (),
) -> Climb:
    """Put every rung to a body in turn.

    Parameters
    ----------
    body : Body
        The body and its options.
    accepts : mapping of State to rung
        The highest rung each State goes along with, or "nothing".
    default : str
        The same for every member not named.
    absent : iterable of str
        Members that stay away from all of it.
    excluded : iterable of str
        Votes left out.

    Raises
    ------
    UnknownState, MembershipError, OptionError
        If a State has no seat here, or a rung is unknown.
    """
    if not isinstance(accepts, Mapping):
        raise OptionError(say("institutions.rung.pairs", given=accepts))
    body.check(*codes(accepts))
    everyone = {m: accepts.get(m, default) for m in body.members}
    away = dict.fromkeys(codes(absent), ABSENT)
    able = set(reach(body.name).rungs)
    results = []
    for rung in rungs():
        outcome = None
        if rung in able:
            outcome = body.decide({**ballots_at(rung, everyone), **away}, excluded=excluded)
        results.append(RungResult(rung, rung in able, outcome))
    return Climb(body.name, tuple(results))
