"""What an exercise is: plain frozen values, read from the catalogue and never changed.

Nothing here knows Jupyter, pandas or the learner's record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "KINDS",
    "LEVELS",
    "PHRASE_TYPES",
    "WORD_KINDS",
    "AnswerError",
    "Card",
    "CatalogueError",
    "Choice",
    "Criterion",
    "Exercise",
    "ExerciseError",
    "Feedback",
    "Item",
    "Mistake",
    "Option",
    "Side",
    "UnknownExercise",
]

KINDS = (
    "single",
    "multiple",
    "match",
    "order",
    "scale",
    "estimate",
    "written",
    "code",
    "annotate",
    "repair",
    "triad",
    "best_case",
    "contested",
    "predict",
)

#: Kinds answered in the learner's own words; portfolios and exports leave them out unless ticked.
WORD_KINDS = frozenset({"written", "repair", "best_case", "contested"})

#: What feedback can say. "kept" is for answers that nobody can mark: they are saved, not graded.
LEVELS = ("empty", "not yet", "keep going", "almost", "right", "kept")

#: The types of a phrase that an `annotate` exercise tells apart.
PHRASE_TYPES = (
    "fact",
    "cause",
    "law",
    "definition",
    "value",
    "demand",
    "forecast",
    "rhetoric",
)


class ExerciseError(ValueError):
    """Something about an exercise that one sentence can explain."""


class CatalogueError(ExerciseError):
    """The catalogue of exercises is not as docs/exercises.md describes it."""


class UnknownExercise(ExerciseError):
    """No exercise has this id; the sentence names the nearest one."""


class AnswerError(ExerciseError):
    """The answer has a form that this exercise cannot read."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose for an item: a type, a place on a scale, a source card."""

    id: str
    text: str


@dataclass(frozen=True)
class Option:
    """One possible answer to a single, multiple, contested or predict exercise.

    `feedback` is what a learner reads who ticked it wrongly, or left it out wrongly;
    `reasons` are the best grounds for it (contested questions only).
    """

    id: str
    text: str
    right: bool = False
    level: str = "not yet"
    feedback: str = ""
    reasons: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One line to match, annotate, put in order or place on a scale.

    `answers` are the ids of every choice that can be defended; `wrong` gives a sentence for a
    particular wrong choice, `feedback` the sentence for all others.
    """

    id: str
    text: str
    answers: tuple[str, ...] = ()
    feedback: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    paragraphs: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A source card of a triad: who speaks, when, for whom, and how far it reaches."""

    id: str
    title: str
    who: str
    when: str
    audience: str
    text: str
    can: str
    cannot: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """A typical mistake and the sentence that answers it.

    For code, a function `<exercise>__<id>` beside the reference solution makes the mistake; for
    words, `contains` holds phrases of which one gives it away and `example` is such an answer; for
    an estimate, `example` is such an interval as "low..high".
    """

    id: str
    feedback: str
    level: str = "keep going"
    example: str = ""
    contains: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: what a good text does, and what to do if yours does not."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True)
class Side:
    """A side whose best case can be written, with a model text that has been thought through."""

    id: str
    text: str
    model: str


@dataclass(frozen=True)
class Exercise:
    """One exercise: prompt, reference solution and everything that the check needs.

    `settings` holds the few numbers and switches of a kind; docs/exercises.md lists them. `sober`
    marks exercises about killings: their feedback never counts what was right.
    """

    id: str
    kind: str
    title: str
    prompt: str
    minutes: float
    version: int = 1
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    cards: tuple[Card, ...] = ()
    sides: tuple[Side, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, ...] = ()
    solution: str = ""
    explanation: str = ""
    stub: str = ""
    paragraphs: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    sober: bool = False

    @property
    def notebook(self) -> str:
        """The notebook's id: the part of the exercise's id before the dot."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The part of the exercise's id after the dot."""
        return self.id.partition(".")[2]

    @property
    def private(self) -> bool:
        """Whether answers hold the learner's own words or opinions."""
        return self.kind in WORD_KINDS or self.kind == "predict"


@dataclass(frozen=True)
class Feedback:
    """What the check says about one answer.

    `level` is one of `LEVELS`; `mistakes` are the ids of what went wrong, in the order shown;
    `paragraphs` and `sources` are what to read again.
    """

    level: str
    lines: tuple[str, ...]
    mistakes: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    explanation: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: right, or kept because nobody can mark it."""
        return self.level in ("right", "kept")
