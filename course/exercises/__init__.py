"""Exercises: their catalogue, the check of an answer, and what follows from many answers.

    entry = exercise("kosovo.votes")
    check(entry, "abstained").lines

Everything here is pure: widgets show it (`course.widgets.exercise`), the record keeps it
(`course.record`).
"""

from .catalogue import aliases, exercise, ids, load, notebooks, order
from .checking import check, normalise
from .model import (
    KINDS,
    LEVELS,
    AnswerError,
    CatalogueError,
    Exercise,
    ExerciseError,
    Feedback,
    UnknownExercise,
)

__all__ = [
    "KINDS",
    "LEVELS",
    "AnswerError",
    "CatalogueError",
    "Exercise",
    "ExerciseError",
    "Feedback",
    "UnknownExercise",
    "aliases",
    "check",
    "exercise",
    "ids",
    "load",
    "normalise",
    "notebooks",
    "order",
]
