"""Plans of time: a workshop laid out in steps, each as long as the notebooks say it is.

`data/instructor/plans.toml` names the steps; their minutes are computed: reading and exercises of a
part, the minutes of a discussion, the steps of a simulation; `plus` adds what a group needs beyond one reader. Steps without a rank are always taken;
those with a rank are taken, lowest rank first, while they leave a little time in hand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course import data
from course.lesson import WORDS_A_MINUTE
from course.publish.instructor import material, sheets
from course.publish.instructor.material import InstructorError, Lesson

__all__ = ["FILLED", "Plan", "Session", "Step", "fitted", "plans"]


FILLED = 0.95
"""How much of a session steps with a rank may fill: people ask questions, and doors open late."""


@dataclass(frozen=True)
class Step:
    """One line of a plan.

    Attributes
    ----------
    kind : str
        "part" of a notebook, "discussion", "room", "talk" or "pause".
    title : str
    minutes : int
    how : str
        What people do meanwhile.
    where : str
        The notebook or simulation that it comes from.
    rank : int
        0 for a step that is always taken; else the lower, the sooner.
    """

    kind: str
    title: str
    minutes: int
    how: str = ""
    where: str = ""
    rank: int = 0


@dataclass(frozen=True)
class Session:
    """One meeting: its steps with the minute at which each begins, and what did not fit."""

    title: str
    budget: int
    goal: str
    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    spare: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """Minutes of the steps taken."""
        return sum(step.minutes for step in self.steps)

    @property
    def starts(self) -> tuple[int, ...]:
        """The minute at which each step begins."""
        return tuple(sum(s.minutes for s in self.steps[:n]) for n in range(len(self.steps)))


@dataclass(frozen=True)
class Plan:
    """A way to run the course in a given time."""

    id: str
    title: str
    summary: str
    needs: str
    sessions: tuple[Session, ...]


def fitted(steps: Sequence[Step], budget: int, name: str = "") -> tuple[list[Step], list[Step]]:
    """The steps that a session holds, in their order, and those that it has no room for.

    Raises
    ------
    InstructorError
        If the steps without a rank alone take longer than the session.
    """
    fixed = sum(step.minutes for step in steps if not step.rank)
    if fixed > budget:
        raise InstructorError(
            f"{name or 'The session'}: its fixed steps take {fixed} minutes and the session has "
            f"{budget}. Give some of them a rank in data/instructor/plans.toml."
        )
    left, taken = math.floor(budget * FILLED) - fixed, set()
    for step in sorted((s for s in steps if s.rank), key=lambda s: s.rank):
        if step.minutes <= left:
            taken.add(id(step))
            left -= step.minutes
    kept = [s for s in steps if not s.rank or id(s) in taken]
    return kept, [s for s in steps if s.rank and id(s) not in taken]


def plans(lessons: Sequence[Lesson]) -> tuple[Plan, ...]:
    """The ready plans, computed from the notebooks that are built.

    A step from a notebook that is not built is left out.
    """
    held = {lesson.id: lesson for lesson in lessons}
    return tuple(_plan(raw, held) for raw in data.document("instructor/plans")["plan"])


def _plan(raw: Mapping[str, Any], held: Mapping[str, Lesson]) -> Plan:
    sessions = tuple(_session(raw["title"], s, held) for s in raw["session"])
    return Plan(raw["id"], raw["title"], raw["summary"], raw["needs"], sessions)


def _session(plan: str, raw: Mapping[str, Any], held: Mapping[str, Lesson]) -> Session:
    steps = [step for line in raw["step"] if (step := _step(line, held))]
    before = [step for line in raw.get("before", ()) if (step := _step(line, held))]
    kept, spare = fitted(steps, raw["minutes"], f"{plan}, {raw['title']}")
    return Session(
        raw["title"], raw["minutes"], raw["goal"], tuple(before), tuple(kept), tuple(spare)
    )


def _step(raw: Mapping[str, Any], held: Mapping[str, Lesson]) -> Step | None:
    how, rank = raw.get("how", ""), raw.get("rank", 0)
    if "pause" in raw:
        return Step("pause", "Pause", raw["pause"])
    if "talk" in raw:
        return Step("talk", raw["talk"], raw["minutes"], how, "", rank)
    if "room" in raw:
        return _room(raw, how, rank)
    if "article" in raw:
        words = sum(row["words"] for row in data.rows("paragraphs"))
        minutes = math.ceil(words / WORDS_A_MINUTE)
        return Step("talk", "The article itself, in your own copy", minutes)
    lesson = held.get(raw["notebook"])
    if lesson is None:
        return None
    if "discuss" in raw:
        return _discussion(lesson, raw["discuss"], how, rank)
    sections = lesson.find(raw["part"]) if "part" in raw else lesson.sections
    minutes = math.ceil(sum(s.exact for s in sections)) + raw.get("plus", 0)
    title = sections[0].title if "part" in raw else "The whole notebook"
    return Step("part", title, minutes, how, lesson.title, rank)


def _discussion(lesson: Lesson, name: str, how: str, rank: int) -> Step | None:
    guide = material.guide(lesson.id)
    if guide is None:
        return None
    found = guide.discussion(name)
    return Step("discussion", found.question, found.minutes, how, lesson.title, rank)


def _room(raw: Mapping[str, Any], how: str, rank: int) -> Step:
    played = sheets.case(raw["room"])
    stages = [s for s in played["stages"] if s["id"] in raw.get("stages", (s["id"],))]
    unknown = set(raw.get("stages", ())) - {s["id"] for s in stages}
    if unknown:
        raise InstructorError(
            f"The simulation {raw['room']!r} has no step {sorted(unknown)[0]!r}; it has "
            f"{', '.join(s['id'] for s in played['stages'])}."
        )
    minutes = sum(s["minutes"] for s in stages)
    first, last = stages[0]["title"], stages[-1]["title"]
    title = f"{first} – {last}" if len(stages) > 1 else first
    return Step("room", title, minutes, how, played["title"], rank)
