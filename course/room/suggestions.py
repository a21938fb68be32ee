"""The course's own predictions and contested questions, ready to be asked in the room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from course import exercises
from course.words import say

from .session import MAX_CHOICES, Refused

__all__ = ["Suggestion", "suggestion", "suggestions"]

OPEN_KINDS = ("predict", "contested")
"""Kinds of exercise that no answer key marks: fit for a poll."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question of the course with its answers."""

    id: str
    title: str
    question: str
    answers: tuple[str, ...]


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """All questions of the course that a room can be asked, in the order of the course."""
    found = map(exercises.exercise, exercises.ids())
    return tuple(
        Suggestion(e.id, e.title, " ".join(e.prompt.split()), tuple(o.text for o in e.options))
        for e in found
        if e.kind in OPEN_KINDS and 2 <= len(e.options) <= MAX_CHOICES
    )


def suggestion(exercise_id: str) -> Suggestion:
    """The question with that id.

    Raises
    ------
    Refused
        If the course has no such question.
    """
    for found in suggestions():
        if found.id == exercise_id:
            return found
    raise Refused(say("room.refused.suggestion"))
