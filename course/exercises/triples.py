"""The other two thirds of each exercise: its reference answer, and every wrong answer it lists.

Tests, `python3 -m course exercise check` and the instructor's edition read them from here, so that
what is promised to learners and what is tested are the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import reference
from .model import Exercise

__all__ = ["WrongAnswer", "solved", "told", "wrong"]


@dataclass(frozen=True)
class WrongAnswer:
    """A typical wrong answer and the sentence it must be answered with."""

    answer: Any
    sentence: str
    mistake: str


def solved(exercise: Exercise) -> Any:
    """Return an answer that the check must accept (for code, the result itself)."""
    return _SOLVED[exercise.kind](exercise)


def wrong(exercise: Exercise) -> list[WrongAnswer]:
    """Return each typical wrong answer that the catalogue names, with its own sentence."""
    return _WRONG.get(exercise.kind, _none)(exercise)


def told(exercise: Exercise) -> tuple[str, ...]:
    """Return every text that only the check, a hint or the solution may show.

    None of them may stand in a notebook, its metadata or its stored outputs.
    """
    texts = [exercise.solution, exercise.explanation, *exercise.hints]
    texts += [entry.feedback for entry in (*exercise.options, *exercise.items)]
    texts += [sentence for item in exercise.items for sentence in item.wrong.values()]
    texts += [entry.feedback for entry in (*exercise.mistakes, *exercise.rubric)]
    texts += [side.model for side in exercise.sides]
    texts += [reason for option in exercise.options for reason in option.reasons]
    if exercise.kind == "code":
        texts.append(reference.snippet(reference.task(exercise).function))
    return tuple(text for text in texts if text)


def _words(exercise: Exercise) -> dict[str, Any]:
    ticked = [line.id for line in exercise.rubric]
    if exercise.sides:
        side = exercise.sides[0]
        return {"side": side.id, "text": side.model, "rubric": ticked}
    return {"text": exercise.solution, "rubric": ticked}


def _prediction(exercise: Exercise) -> Any:
    if exercise.options:
        return exercise.options[0].id
    lowest = exercise.settings["lowest"]
    return "I do not know yet." if lowest is None else lowest


def _contested(exercise: Exercise) -> dict[str, str]:
    option = exercise.options[0]
    return {"choice": option.id, "reason": option.reasons[0]}


def _estimate(exercise: Exercise) -> list[float]:
    given = exercise.settings
    margin = abs(given["value"]) / 4 or 1
    low = max(given["lowest"], given["value"] - margin)
    return [low, min(given["highest"], given["value"] + margin)]


_SOLVED = {
    "single": lambda e: next(option.id for option in e.options if option.right),
    "multiple": lambda e: [option.id for option in e.options if option.right],
    "match": lambda e: {item.id: item.answers[0] for item in e.items},
    "annotate": lambda e: {item.id: item.answers[0] for item in e.items},
    "scale": lambda e: {item.id: item.answers[0] for item in e.items},
    "triad": lambda e: {item.id: item.answers[0] for item in e.items},
    "order": lambda e: [item.id for item in e.items],
    "estimate": _estimate,
    "written": _words,
    "repair": _words,
    "best_case": _words,
    "contested": _contested,
    "predict": _prediction,
    "code": lambda e: (
        reference.task(e).function if e.settings["cases"] else reference.task(e).function()
    ),
}


def _none(exercise: Exercise) -> list[WrongAnswer]:
    return []


def _wrong_single(exercise: Exercise) -> list[WrongAnswer]:
    return [WrongAnswer(o.id, o.feedback, o.id) for o in exercise.options if not o.right]


def _wrong_multiple(exercise: Exercise) -> list[WrongAnswer]:
    right = solved(exercise)
    flipped = []
    for option in exercise.options:
        answer = [key for key in right if key != option.id]
        if not option.right:
            answer.append(option.id)
        if answer:  # leaving out the only right option leaves nothing to check
            flipped.append(WrongAnswer(answer, option.feedback, option.id))
    return flipped


def _wrong_items(exercise: Exercise) -> list[WrongAnswer]:
    right = solved(exercise)
    found = []
    for item in exercise.items:
        for choice in exercise.choices:
            if choice.id not in item.answers:
                sentence = item.wrong.get(choice.id, item.feedback)
                found.append(WrongAnswer({**right, item.id: choice.id}, sentence, item.id))
    return found


def _wrong_order(exercise: Exercise) -> list[WrongAnswer]:
    right = solved(exercise)
    found = []
    for place, item in enumerate(exercise.items[1:], start=1):
        swapped = [*right[: place - 1], right[place], right[place - 1], *right[place + 1 :]]
        found.append(WrongAnswer(swapped, item.feedback, item.id))
    return found


def _wrong_estimate(exercise: Exercise) -> list[WrongAnswer]:
    return [
        WrongAnswer([float(end) for end in m.example.split("..")], m.feedback, m.id)
        for m in exercise.mistakes
    ]


def _wrong_words(exercise: Exercise) -> list[WrongAnswer]:
    full = solved(exercise)
    ticked = full["rubric"]
    found = [WrongAnswer({**full, "text": m.example}, m.feedback, m.id) for m in exercise.mistakes]
    for line in exercise.rubric:
        answer = {**full, "rubric": [key for key in ticked if key != line.id]}
        found.append(WrongAnswer(answer, line.feedback, line.id))
    return found


def _wrong_code(exercise: Exercise) -> list[WrongAnswer]:
    task = reference.task(exercise)
    cases = exercise.settings["cases"]
    return [
        WrongAnswer(task.mistakes[m.id] if cases else task.mistakes[m.id](), m.feedback, m.id)
        for m in exercise.mistakes
    ]


_WRONG = {
    "single": _wrong_single,
    "multiple": _wrong_multiple,
    "match": _wrong_items,
    "annotate": _wrong_items,
    "scale": _wrong_items,
    "triad": _wrong_items,
    "order": _wrong_order,
    "estimate": _wrong_estimate,
    "written": _wrong_words,
    "repair": _wrong_words,
    "best_case": _wrong_words,
    "code": _wrong_code,
}
