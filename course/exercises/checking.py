"""Marks an answer: a pure function of exercise and answer to feedback.

Nothing here displays, stores or evaluates anything the learner typed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from numbers import Real
from typing import Any

from ..words import say
from . import reference
from .model import AnswerError, Criterion, Exercise, Feedback, Item, Mistake, Option

__all__ = ["MAX_CHARACTERS", "check", "count_words", "normalise"]

#: The longest text that is read; longer ones are refused with a sentence.
MAX_CHARACTERS = 20_000

#: An interval wider than this many times the figure says little.
_WIDE = 3

#: A text this like the claim it should repair has not been repaired.
_COPY = 0.92

_WORD = re.compile(r"[\w’'-]+")
_SENTENCE_END = re.compile(r"[.!?;:\n]+")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"“”»]")

#: A phrase is denied where one of these stands among so many words before it.
_DENIALS = {
    "not", "no", "nor", "neither", "never", "nobody", "none", "nothing", "cannot", "without",
}  # fmt: skip
_REACH = 5


def check(exercise: Exercise, answer: object) -> Feedback:
    """Mark an answer.

    Parameters
    ----------
    exercise : Exercise
        From the catalogue.
    answer : object
        What `normalise` reads; for code the result itself.

    Returns
    -------
    Feedback
        Level "empty" when there is nothing to mark; "kept" when nobody can mark it.

    Raises
    ------
    AnswerError
        When the answer has a form that this exercise cannot read.
    """
    if exercise.kind == "code":
        return _check_code(exercise, answer)
    clean = normalise(exercise, answer)
    if clean is None:
        return Feedback("empty", (say("empty"), say(f"empty.{_EMPTY[exercise.kind]}")))
    return _MARKS[exercise.kind](exercise, clean)


def normalise(exercise: Exercise, answer: object) -> Any:
    """Return the answer in the one form that is marked and stored, or None when it is empty.

    single, predict (with options): an option's id. multiple, order: a list of ids. match, annotate,
    scale, triad: {line: choice}. estimate: [low, high]. written, repair: {text, rubric}.
    best_case: {side, text, rubric}. contested: {choice, reason}. predict: an option's id, or
    {choice, why}, or a text, or a number.
    Options and lines may also be given by their text or their number, counted from 1.

    Raises
    ------
    AnswerError
        When the answer has another form.
    """
    if exercise.kind == "code":
        raise AnswerError(say("code.not_stored"))
    if _blank(answer):
        return None
    return _FORMS[exercise.kind](exercise, answer)


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


# ---------------------------------------------------------------- reading an answer


def _blank(answer: object) -> bool:
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping | Sequence | set | frozenset):
        return len(answer) == 0
    return False


def _pick(entries: Sequence[Any], given: object) -> str:
    """Return the id of the entry that was meant by its id, its text or its number."""
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= len(entries):
        return entries[given - 1].id
    if isinstance(given, str):
        folded = given.strip().casefold()
        for entry in entries:
            if folded in (entry.id.casefold(), entry.text.casefold()):
                return entry.id
    known = [entry.id for entry in entries]
    near = get_close_matches(given, known, n=1, cutoff=0.5) if isinstance(given, str) else []
    hint = say("bad.near", near=near[0]) if near else say("bad.list", options=_listed(known))
    raise AnswerError(say("bad.option", given=_short(given), near=hint))


def _short(given: object) -> object:
    if isinstance(given, str):
        return given if len(given) <= 40 else given[:39] + "…"
    return given if isinstance(given, int | float) else type(given).__name__


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _read_single(exercise: Exercise, answer: object) -> str:
    if isinstance(answer, list | tuple | set | frozenset):
        if len(answer) != 1:
            raise AnswerError(say("bad.single", count=len(answer)))
        (answer,) = answer
    return _pick(exercise.options, answer)


def _read_multiple(exercise: Exercise, answer: object) -> list[str]:
    given = [answer] if isinstance(answer, str | int) else answer
    if not isinstance(given, Iterable):
        raise AnswerError(say("bad.option", given=_short(answer), near=_all(exercise.options)))
    ticked = {_pick(exercise.options, one) for one in given}
    return [option.id for option in exercise.options if option.id in ticked]


def _all(entries: Sequence[Any]) -> str:
    return say("bad.list", options=_listed(entry.id for entry in entries))


def _read_items(exercise: Exercise, answer: object) -> dict[str, str] | None:
    if not isinstance(answer, Mapping):
        raise AnswerError(say("bad.items"))
    chosen = {
        _pick(exercise.items, line): _pick(exercise.choices, choice)
        for line, choice in answer.items()
        if not _blank(choice)
    }
    return {item.id: chosen[item.id] for item in exercise.items if item.id in chosen} or None


def _read_order(exercise: Exercise, answer: object) -> list[str]:
    known = sorted(item.id for item in exercise.items)
    if isinstance(answer, str | Mapping) or not isinstance(answer, Iterable):
        raise AnswerError(say("bad.order", options=_listed(known)))
    order = [_pick(exercise.items, line) for line in answer]
    if sorted(order) != known:
        raise AnswerError(say("bad.order", options=_listed(known)))
    return order


def _read_estimate(exercise: Exercise, answer: object) -> list[float]:
    if isinstance(answer, Mapping):
        answer = (answer.get("low"), answer.get("high"))
    if isinstance(answer, Real) and not isinstance(answer, bool):
        answer = (answer, answer)
    if isinstance(answer, str) or not isinstance(answer, Sequence) or len(answer) != 2:
        raise AnswerError(say("bad.estimate"))
    if any(isinstance(end, bool) or not isinstance(end, Real) for end in answer):
        raise AnswerError(say("bad.estimate"))
    low, high = (_ordinary(end) for end in answer)
    if low is None or high is None:
        raise AnswerError(say("bad.finite"))
    if low > high:
        raise AnswerError(say("bad.swapped", low=_figure(low), high=_figure(high)))
    given = exercise.settings
    if low < given["lowest"] or high > given["highest"]:
        raise AnswerError(
            say(
                "bad.range",
                lowest=_figure(given["lowest"]),
                highest=_figure(given["highest"]),
                unit=given["unit"],
            )
        )
    return [low, high]


def _ordinary(number: Real) -> float | None:
    """Return a number as float, or None when it is endless or no number."""
    try:
        found = float(number)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def _figure(number: float) -> str:
    return f"{number:,.10g}".replace(",", "\u202f") if abs(number) >= 10_000 else f"{number:.10g}"


def _read_words(exercise: Exercise, answer: object) -> dict[str, Any] | None:
    given = answer if isinstance(answer, Mapping) else {"text": answer}
    text = given.get("text")
    if _blank(text):
        return None
    clean: dict[str, Any] = {}
    if exercise.sides:
        clean["side"] = _read_side(exercise, given.get("side"))
    clean["text"] = _prose(text)
    ticked = given.get("rubric")
    if ticked is not None:
        if isinstance(ticked, str | Mapping) or not isinstance(ticked, Iterable):
            known = (line.id for line in exercise.rubric)
            raise AnswerError(say("bad.rubric", options=_listed(known)))
        ticked = {_pick(exercise.rubric, line) for line in ticked}
        clean["rubric"] = [line.id for line in exercise.rubric if line.id in ticked]
    return clean


def _read_side(exercise: Exercise, side: object) -> str:
    if side is None and len(exercise.sides) == 1:
        return exercise.sides[0].id
    if side is None:
        raise AnswerError(say("bad.side", near=_all(exercise.sides)))
    return _pick(exercise.sides, side)


def _prose(text: object) -> str:
    if not isinstance(text, str):
        raise AnswerError(say("bad.words"))
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise AnswerError(say("bad.half_character"))
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(say("bad.long", most=MAX_CHARACTERS))
    return text.strip()


def _read_contested(exercise: Exercise, answer: object) -> dict[str, str]:
    given = answer if isinstance(answer, Mapping) else {"choice": answer}
    choice, reason = given.get("choice"), given.get("reason")
    if _blank(choice):
        raise AnswerError(say("empty.contested"))
    return {
        "choice": _pick(exercise.options, choice),
        "reason": "" if _blank(reason) else _prose(reason),
    }


def _read_predict(exercise: Exercise, answer: object) -> str | float | dict[str, str]:
    if exercise.options and isinstance(answer, Mapping):
        if _blank(answer.get("choice")):
            raise AnswerError(say("empty.predict"))
        choice = _pick(exercise.options, answer["choice"])
        why = answer.get("why")
        return choice if _blank(why) else {"choice": choice, "why": _prose(why)}
    if exercise.options:
        return _read_single(exercise, answer)
    lowest, highest = exercise.settings["lowest"], exercise.settings["highest"]
    if lowest is None:
        return _prose(answer)
    real = isinstance(answer, Real) and not isinstance(answer, bool)
    number = _ordinary(answer) if real else None
    if number is None:
        raise AnswerError(say("bad.number"))
    if not lowest <= number <= highest:
        raise AnswerError(say("predict.range", lowest=_figure(lowest), highest=_figure(highest)))
    return number


# ---------------------------------------------------------------- marking it


def _feedback(
    exercise: Exercise,
    level: str,
    lines: Iterable[str],
    wrong: Sequence[Item | Option | Mistake] = (),
) -> Feedback:
    """Gather what to read again: what the mistakes name, else what the exercise names."""
    paragraphs = dict.fromkeys(number for entry in wrong for number in entry.paragraphs)
    sources = dict.fromkeys(key for entry in wrong for key in entry.sources)
    done = level in ("right", "kept")
    if not done and not paragraphs and not sources:
        paragraphs = dict.fromkeys(exercise.paragraphs)
        sources = dict.fromkeys(exercise.sources)
    return Feedback(
        level,
        (say(level), *lines),
        tuple(entry.id for entry in wrong),
        tuple(paragraphs),
        tuple(sources),
        exercise.explanation if done else "",
    )


def _share(right: int, total: int) -> str:
    """Return the level for a part of the lines: most of them is almost, some is keep going."""
    if right * 4 >= total * 3:
        return "almost"
    return "keep going" if right * 2 >= total else "not yet"


def _mark_single(exercise: Exercise, answer: str) -> Feedback:
    option = next(option for option in exercise.options if option.id == answer)
    if option.right:
        return _feedback(exercise, "right", (option.feedback,) if option.feedback else ())
    return _feedback(exercise, option.level, (option.feedback,), (option,))


def _mark_multiple(exercise: Exercise, answer: list[str]) -> Feedback:
    wrong = [option for option in exercise.options if option.right != (option.id in answer)]
    if not wrong:
        return _feedback(exercise, "right", ())
    total = len(exercise.options)
    level = _share(total - len(wrong), total)
    standing = say("multiple.part", right=total - len(wrong), all=total)
    part = say("multiple.again") if exercise.sober else standing
    return _feedback(exercise, level, (part, *(option.feedback for option in wrong)), wrong)


def _mark_items(exercise: Exercise, answer: dict[str, str]) -> Feedback:
    wrong = [i for i in exercise.items if i.id in answer and answer[i.id] not in i.answers]
    total, blank = len(exercise.items), len(exercise.items) - len(answer)
    right = total - blank - len(wrong)
    if right == total:
        return _feedback(exercise, "right", ())
    lines = [say("items.blank", count=blank, all=total)] if blank else []
    if wrong:
        standing = say("items.part", right=right, all=total)
        lines.append(say("items.again") if exercise.sober else standing)
    lines += [f"{item.text}: {item.wrong.get(answer[item.id], item.feedback)}" for item in wrong]
    level = "keep going" if not wrong else _share(right, total)
    return _feedback(exercise, level, lines, wrong)


def _mark_order(exercise: Exercise, answer: list[str]) -> Feedback:
    place = {line: number for number, line in enumerate(answer)}
    pairs = list(zip(exercise.items, exercise.items[1:], strict=False))
    wrong = [later for earlier, later in pairs if place[earlier.id] > place[later.id]]
    if not wrong:
        return _feedback(exercise, "right", ())
    right = len(pairs) - len(wrong)
    standing = say("order.part", right=right, all=len(pairs))
    lines = [say("order.again") if exercise.sober else standing]
    lines += [f"{item.text}: {item.feedback}" for item in wrong]
    return _feedback(exercise, _share(right, len(pairs)), lines, wrong)


def _mark_estimate(exercise: Exercise, answer: list[float]) -> Feedback:
    low, high = answer
    value, unit = exercise.settings["value"], exercise.settings["unit"]
    for mistake in exercise.mistakes:
        if mistake.example and [low, high] == _interval(mistake.example):
            return _feedback(exercise, mistake.level, (mistake.feedback,), (mistake,))
    if low <= value <= high:
        lines = [say("estimate.in", value=_figure(value), unit=unit)]
        if value and (high - low) / abs(value) > _WIDE:
            times = _figure(round((high - low) / abs(value)))
            lines.append(say("estimate.wide", times=times))
        return _feedback(exercise, "right", lines)
    miss = "low" if value > high else "high"
    lines = [say("estimate.point")] if low == high else []
    lines.append(say(f"estimate.{miss}"))
    near = abs(value - (high if miss == "low" else low)) <= 0.1 * abs(value)
    return _feedback(exercise, "almost" if near else "not yet", lines)


def _interval(example: str) -> list[float]:
    return [float(end) for end in example.split("..")]


def _mark_words(exercise: Exercise, answer: dict[str, Any]) -> Feedback:
    text, given = answer["text"], exercise.settings
    claim = given.get("claim_text")
    if claim and SequenceMatcher(None, _fold(claim), _fold(text)).ratio() >= _COPY:
        return _feedback(exercise, "not yet", (say("words.copy"),))
    for mistake in exercise.mistakes:
        if any(_mentions(text, phrase) for phrase in mistake.contains):
            return _mistaken(exercise, answer, mistake)
    return _measured(exercise, answer)


def _mistaken(exercise: Exercise, answer: dict[str, Any], mistake: Mistake) -> Feedback:
    """Answer a phrase that gives a mistake away.

    A phrase is only a sign of it: where the learner, as reader of the own text, finds in it all that
    was asked, the sentence is a remark, and the text is kept.
    """
    if _fold(answer["text"]) == _fold(mistake.example):
        return _feedback(exercise, mistake.level, (mistake.feedback,), (mistake,))
    remark = say("words.remark", feedback=mistake.feedback)
    if "rubric" in answer and _measured(exercise, answer).level == "right":
        return _feedback(exercise, "kept", (remark, say("words.meant")), (mistake,))
    return _feedback(exercise, mistake.level, (remark,), (mistake,))


def _measured(exercise: Exercise, answer: dict[str, Any]) -> Feedback:
    """Mark what can be counted: words, and the lines of the rubric that the learner ticked."""
    given = exercise.settings
    count = count_words(answer["text"])
    if count < given["min_words"]:
        few = say("words.few", count=count, least=given["min_words"])
        return _feedback(exercise, "keep going", (few,))
    if count > given["max_words"]:
        many = say("words.many", count=count, most=given["max_words"])
        return _feedback(exercise, "almost", (many,))
    if "rubric" not in answer:
        return _feedback(exercise, "kept", (say("words.saved"),))
    missing = [line for line in exercise.rubric if line.id not in answer["rubric"]]
    if not missing:
        return _feedback(exercise, "right", (say("rubric.all"),))
    return _rubric_feedback(exercise, missing)


def _rubric_feedback(exercise: Exercise, missing: list[Criterion]) -> Feedback:
    level = _share(len(exercise.rubric) - len(missing), len(exercise.rubric))
    level = "keep going" if level == "not yet" else level
    found = _feedback(exercise, level, (line.feedback for line in missing))
    ids = tuple(line.id for line in missing)
    return Feedback(found.level, found.lines, ids, found.paragraphs, found.sources)


def _fold(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))


def _mentions(text: str, phrase: str) -> bool:
    """Return whether a text says a phrase itself: neither denied shortly before, nor quoted."""
    wanted = _fold(phrase).split()
    for sentence in _SENTENCE_END.split(_QUOTED.sub(" ", text)):
        words = _fold(sentence).split()
        for at in range(len(words) - len(wanted) + 1):
            before = words[max(0, at - _REACH) : at]
            if words[at : at + len(wanted)] == wanted and not any(map(_denies, before)):
                return True
    return False


def _denies(word: str) -> bool:
    return word in _DENIALS or word.endswith(("n't", "n’t"))


def _mark_contested(exercise: Exercise, answer: dict[str, str]) -> Feedback:
    if count_words(answer["reason"]) < exercise.settings["min_words"]:
        return _feedback(exercise, "keep going", (say("contested.reason"),))
    lines = [say("contested.kept")]
    for option in exercise.options:
        lines.append(say("contested.for", side=option.text))
        lines += option.reasons
    return _feedback(exercise, "kept", lines)


def _mark_predict(exercise: Exercise, answer: object) -> Feedback:
    return Feedback("kept", (say("kept"), say("predict.kept")))


# ---------------------------------------------------------------- code


def _check_code(exercise: Exercise, answer: object) -> Feedback:
    from . import values

    if values.is_empty(answer):
        return Feedback("empty", (say("empty"), say("empty.code")))
    task = reference.task(exercise)
    try:
        if exercise.settings["cases"]:
            found = values.compare_function(task.function, answer, exercise.settings)
        else:
            found = values.compare(task.function(), answer, exercise.settings)
        if found is None:
            return _feedback(exercise, "right", ())
        for mistake in exercise.mistakes:
            if _same_mistake(exercise, task.mistakes[mistake.id], answer):
                return _feedback(exercise, mistake.level, (mistake.feedback,), (mistake,))
    except Exception as error:  # whatever a learner's object does when it is looked at
        line = say("code.error", error=f"{type(error).__name__}")
        return Feedback("not yet", (say("not yet"), line), ("unreadable",))
    level, slug, line = found
    first = _feedback(exercise, level, (line,))
    return Feedback(first.level, first.lines, (slug,), first.paragraphs, first.sources)


def _same_mistake(exercise: Exercise, function: Callable[[], Any], answer: object) -> bool:
    from . import values

    if exercise.settings["cases"]:
        return values.compare_function(function, answer, exercise.settings) is None
    return values.compare(function(), answer, exercise.settings) is None


_EMPTY = {
    "single": "single",
    "multiple": "multiple",
    "match": "items",
    "order": "items",
    "scale": "items",
    "annotate": "items",
    "triad": "items",
    "estimate": "estimate",
    "written": "words",
    "repair": "words",
    "best_case": "words",
    "contested": "contested",
    "predict": "predict",
}
_FORMS: dict[str, Callable[[Exercise, object], Any]] = {
    "single": _read_single,
    "multiple": _read_multiple,
    "match": _read_items,
    "order": _read_order,
    "scale": _read_items,
    "annotate": _read_items,
    "triad": _read_items,
    "estimate": _read_estimate,
    "written": _read_words,
    "repair": _read_words,
    "best_case": _read_words,
    "contested": _read_contested,
    "predict": _read_predict,
}
_MARKS: dict[str, Callable[[Exercise, Any], Feedback]] = {
    "single": _mark_single,
    "multiple": _mark_multiple,
    "match": _mark_items,
    "order": _mark_order,
    "scale": _mark_items,
    "annotate": _mark_items,
    "triad": _mark_items,
    "estimate": _mark_estimate,
    "written": _mark_words,
    "repair": _mark_words,
    "best_case": _mark_words,
    "contested": _mark_contested,
    "predict": _mark_predict,
}
