"""Exercises as panels, and the verbs by which a notebook speaks of them.

`ask`, `check`, `hint`, `solution`, `predict`, `recall`, `progress` and `portfolio` never raise at
what a learner types: they answer with a sentence. What is right is decided in `course.exercises`;
what was answered is kept in `course.record`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from course import data, evidence, record
from course.exercises import calibration, catalogue, checking, reference
from course.exercises import portfolio as pages
from course.exercises import progress as map_
from course.exercises.model import AnswerError, Exercise, Feedback
from course.exercises.prose import inline, paragraphs, plain
from course.widgets.base import (
    Note,
    View,
    button,
    checks,
    choice,
    live_region,
    region,
    select,
    text_box,
    verb,
)
from course.widgets.claim_desk import verdict_name
from course.widgets.markup import esc, plain_table, table
from course.widgets.references import label
from course.words import say

__all__ = [
    "ExerciseView",
    "ProgressView",
    "RecallView",
    "ask",
    "check",
    "hint",
    "portfolio",
    "predict",
    "progress",
    "recall",
    "solution",
    "write_portfolio",
]

_LINES = ("match", "annotate", "scale", "triad")
_TEXTS = ("written", "repair", "best_case")
_LONGEST_PAUSE = 300.0
#: Verdicts on which a confidence can be compared with the course's own.
_SETTLED = {"supported", "partly supported", "contradicted"}


@dataclass
class _Session:
    """What this kernel remembers: hints given, solutions asked for, when it last heard something."""

    hints: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    heard: float | None = None


_session = _Session()


# ---------------------------------------------------------------- verbs


@verb
def ask(exercise_id: str) -> View:
    """Show an exercise: ``ask("kosovo.votes")``.

    Parameters
    ----------
    exercise_id : str
        The notebook's id, a dot and the exercise's name.
    """
    return ExerciseView(catalogue.exercise(exercise_id))


@verb
def check(exercise_id: str, answer: object = None) -> View:
    """Check an answer: ``check("kosovo.tally", answer)``.

    Parameters
    ----------
    exercise_id : str
        The exercise's id.
    answer : object
        For code the result itself; for other kinds see docs/exercises.md.
    """
    entry = catalogue.exercise(exercise_id)
    feedback, note = mark(entry, answer)
    html = _feedback_html(feedback) + (f'<p class="c-note">{esc(note)}</p>' if note else "")
    return Note(
        f'<div role="status">{html}</div>', "\n".join([_feedback_text(feedback), note]).strip()
    )


@verb
def hint(exercise_id: str) -> View:
    """Show the next hint: ``hint("kosovo.votes")``."""
    entry = catalogue.exercise(exercise_id)
    words = next_hint(entry)
    return Note(f"<p>{inline(words)}</p>", plain(words))


@verb
def solution(exercise_id: str) -> View:
    """Show the solution, after a try or on asking twice: ``solution("kosovo.votes")``."""
    entry = catalogue.exercise(exercise_id)
    if not _may_see(entry):
        return Note.sentence(say("solution.first"))
    return Note(solution_html(entry), solution_text(entry))


@verb
def predict(exercise_id: str) -> View:
    """Ask for a prediction, which comes back at the end: ``predict("kosovo.before")``."""
    return ExerciseView(catalogue.exercise(exercise_id))


@verb
def recall(exercise_id: str) -> View:
    """Bring a prediction back: ``recall("kosovo.before")``."""
    entry = catalogue.exercise(exercise_id)
    if entry.kind != "predict":
        known = [e.id for e in catalogue.load(entry.notebook).values() if e.kind == "predict"]
        if not known:
            return Note.sentence(say("exercise.no_prediction", asked=entry.id))
        listed = ", ".join(map(repr, known))
        return Note.sentence(say("exercise.no_prediction_here", asked=entry.id, known=listed))
    return RecallView(entry)


@verb
def progress() -> View:
    """Show the course map, what to look at again, and how well your confidence fits: ``progress()``."""
    return ProgressView()


@verb
def portfolio(path: str | None = None, include: object = ()) -> View:
    """Write your portfolio as one HTML file: ``portfolio("portfolio.html")``.

    Parameters
    ----------
    path : str, optional
        Where to write; beside the record when it is not given.
    include : set of {"verdicts", "texts"}
        What is left out unless it is named here.
    """
    if path is None:
        if record.location() == record.MEMORY:
            return Note.sentence(say("portfolio.memory"))
        path = record.beside("portfolio.html")
    return Note.sentence(write_portfolio(path, include))


def write_portfolio(path: object, include: Any = ()) -> str:
    """Write the portfolio and return the sentence that says what was written and left out.

    Raises
    ------
    RecordError
        If it cannot be written or something unknown is ticked.
    """
    ticked = record.included(include)
    if not str(path).endswith((".html", ".htm")):
        raise record.RecordError(say("record.page"))
    file = record.write_page(str(path), pages.page(_portfolio_content(ticked)))
    return say("portfolio.done", file=file, out=record.left_out(ticked))


# ---------------------------------------------------------------- marking and keeping


def mark(entry: Exercise, answer: object) -> tuple[Feedback, str]:
    """Check an answer and keep it.

    Returns
    -------
    tuple of (Feedback, str)
        The second is a sentence about the record, "" when all is well.
    """
    feedback = checking.check(entry, answer)
    _tick(entry)
    if feedback.level == "empty":
        return feedback, _notices()
    kept = _kept_form(entry, answer)
    try:
        if entry.kind == "predict":
            record.save_prediction(entry.id, kept, version=entry.version)
        else:
            record.save(
                entry.id,
                kept,
                kind=entry.kind,
                level=feedback.level,
                mistakes=feedback.mistakes,
                private=entry.private,
                version=entry.version,
            )
    except record.RecordError as error:
        return feedback, str(error)
    return feedback, _notices()


def _kept_form(entry: Exercise, answer: object) -> Any:
    """Return what the record keeps: the answer in its one form, or what kind of result code gave."""
    if entry.kind != "code":
        return checking.normalise(entry, answer)
    from course.exercises import values

    shape = getattr(answer, "shape", None)
    what = values.describe(answer)
    if isinstance(shape, tuple) and shape:
        what = say("code.sized", what=what, size=" × ".join(map(str, shape)))
    return {"result": what}


def _notices() -> str:
    try:
        return " ".join(record.notices())
    except record.RecordError as error:
        return str(error)


def _tick(entry: Exercise) -> None:
    """Count the time since this kernel last heard from the learner; long pauses count for less."""
    now = time.monotonic()
    since, _session.heard = _session.heard, now
    if since is None:
        return
    try:
        record.spend(entry.notebook, min(now - since, _LONGEST_PAUSE))
    except record.RecordError:
        return  # time is a courtesy; the answer's own failure is reported where it happens


def next_hint(entry: Exercise) -> str:
    """Return the next hint of an exercise, in steps."""
    _tick(entry)
    if not entry.hints:
        return say("hint.nothing")
    step = _session.hints.get(entry.id, 0)
    if step >= len(entry.hints):
        return say("hint.none")
    _session.hints[entry.id] = step + 1
    return say("hint.step", step=step + 1, all=len(entry.hints), hint=entry.hints[step])


def _may_see(entry: Exercise) -> bool:
    """Return whether the solution may be shown: after a try, or on asking twice."""
    if entry.id in _session.asked or entry.kind == "predict":
        return True
    try:
        tried = record.latest(entry.id) is not None
    except record.RecordError:
        tried = False
    if not tried:
        _session.asked.add(entry.id)
    return tried


# ---------------------------------------------------------------- words


def _feedback_html(feedback: Feedback) -> str:
    head, *lines = feedback.lines
    parts = [f'<p class="c-verdict">{esc(head)}</p>', *map(paragraphs, lines)]
    parts.append(paragraphs(feedback.explanation) if feedback.explanation else "")
    places = [f"[{number}]" for number in feedback.paragraphs]
    places += [_source_html(key) for key in feedback.sources]
    if places:
        parts.append(f'<p class="c-note">{say("reread", places="; ".join(places))}</p>')
    return "".join(parts)


def _feedback_text(feedback: Feedback) -> str:
    lines = [plain(line) for line in (*feedback.lines, feedback.explanation) if line]
    places = [f"[{number}]" for number in feedback.paragraphs]
    places += [_source_text(key) for key in feedback.sources]
    if places:
        lines.append(say("reread", places="; ".join(places)))
    return "\n".join(lines)


def _source_html(key: str) -> str:
    try:
        return label(key)
    except ValueError:
        return esc(key)


def _source_text(key: str) -> str:
    try:
        return evidence.source(key).label
    except ValueError:
        return key


def _minutes(entry: Exercise) -> str:
    return say("panel.minutes", count=entry.minutes)


def _solution_lines(entry: Exercise) -> list[str]:
    """Return the solution of a marked kind as lines of catalogue text."""
    if entry.kind in ("single", "multiple"):
        return [option.text for option in entry.options if option.right]
    if entry.kind in _LINES:
        names = {c.id: c.text for c in entry.choices}
        joint = f" {say('solution.any')} "
        return [
            f"{item.text}: {joint.join(names[a].partition(':')[0] for a in item.answers)}"
            + (f" ({item.note})" if item.note else "")
            for item in entry.items
        ]
    if entry.kind == "order":
        return [f"{n}. {item.text}" for n, item in enumerate(entry.items, start=1)]
    if entry.kind == "estimate":
        value, unit = entry.settings["value"], entry.settings["unit"]
        return [say("solution.figure", value=f"{value:g}", unit=unit)]
    return []


def _card_lines(entry: Exercise) -> list[tuple[str, str]]:
    return [
        (
            card.title,
            f"{say('card.can', what=card.can.rstrip('.'))} "
            f"{say('card.cannot', what=card.cannot.rstrip('.'))}",
        )
        for card in entry.cards
    ]


def solution_html(entry: Exercise) -> str:
    """Return the solution with its explanation as HTML; only ever called on the learner's asking."""
    if entry.kind == "predict":
        return f'<p class="c-note">{esc(say("solution.none"))}</p>'
    parts = [f"<h4>{esc(say('solution.title'))}</h4>"]
    lines = _solution_lines(entry)
    if lines:
        parts.append("<ul>" + "".join(f"<li>{inline(line)}</li>" for line in lines) + "</ul>")
    parts += [f"<p><strong>{inline(t)}.</strong> {inline(w)}</p>" for t, w in _card_lines(entry)]
    if entry.kind == "code":
        parts.append(
            f"<pre><code>{esc(reference.snippet(reference.task(entry).function))}</code></pre>"
        )
    if entry.kind in _TEXTS or entry.kind == "contested":
        parts.append(f'<p class="c-note">{esc(say("solution.open"))}</p>')
    parts.append(paragraphs(entry.solution) if entry.solution else "")
    for side in entry.sides:
        parts.append(f"<p><strong>{inline(side.text)}</strong></p>{paragraphs(side.model)}")
    if entry.kind == "contested":
        for option in entry.options:
            reasons = "".join(f"<li>{inline(reason)}</li>" for reason in option.reasons)
            parts.append(f"<p>{esc(say('contested.for', side=option.text))}</p><ul>{reasons}</ul>")
    parts.append(paragraphs(entry.explanation))
    return "".join(parts)


def solution_text(entry: Exercise) -> str:
    """Return the same in plain words."""
    if entry.kind == "predict":
        return say("solution.none")
    lines = [say("solution.title"), *map(plain, _solution_lines(entry))]
    lines += [f"{title}. {words}" for title, words in _card_lines(entry)]
    if entry.kind == "code":
        lines.append(reference.snippet(reference.task(entry).function))
    lines.append(plain(entry.solution))
    lines += [f"{plain(side.text)}\n{plain(side.model)}" for side in entry.sides]
    for option in entry.options if entry.kind == "contested" else ():
        lines.append(say("contested.for", side=option.text))
        lines += [plain(reason) for reason in option.reasons]
    lines.append(plain(entry.explanation))
    return "\n".join(line for line in lines if line)


# ---------------------------------------------------------------- the panel


class ExerciseView(View):
    """One exercise as a panel: question, controls, and feedback that a screen reader announces.

    Parameters
    ----------
    entry : Exercise
        From the catalogue.
    """

    layout = (
        region("question"),
        region("controls"),
        live_region("feedback"),
        live_region("hint"),
        live_region("solution"),
    )

    def __init__(self, entry: Exercise):
        self.entry = entry
        self.title = entry.title
        kind = "panel.predict" if entry.kind == "predict" else "panel.kicker"
        self.kicker = say(kind, minutes=_minutes(entry))
        self._shown = {"feedback": "", "hint": "", "solution": ""}
        self._resume()

    # ---- what stands there before anything is answered

    def question(self) -> str:
        """The question as HTML, with the cards or the claim it is about."""
        entry = self.entry
        parts = [paragraphs(entry.prompt)]
        if entry.settings.get("claim_text"):
            parts.append(f'<p class="c-note">{esc(say("panel.claim"))}</p>')
            parts.append(f"<blockquote>{inline(entry.settings['claim_text'])}</blockquote>")
        if entry.kind == "estimate":
            parts.append(f'<p class="c-note">{esc(say("panel.interval"))}</p>')
        if entry.cards:
            parts.append(f'<div class="c-two">{"".join(map(_card_html, entry.cards))}</div>')
        if entry.stub:
            parts.append(f'<p class="c-note">{esc(say("panel.stub"))}</p>')
            parts.append(f"<pre><code>{esc(entry.stub)}</code></pre>")
        return "".join(parts)

    def _listing(self) -> list[tuple[str, list[str]]]:
        """Headed lists that the twin prints in place of the controls."""
        entry = self.entry
        lists = []
        if entry.options:
            lists.append((say("panel.choices"), [option.text for option in entry.options]))
        if entry.items:
            lists.append((say("panel.items"), [item.text for item in _mixed(entry)]))
        if entry.choices and entry.items:
            lists.append((say("panel.choices"), [choice.text for choice in entry.choices]))
        if entry.sides:
            lists.append((say("panel.side"), [side.text for side in entry.sides]))
        if entry.rubric:
            lists.append((say("panel.good"), [line.text for line in entry.rubric]))
        return lists

    def body(self) -> str:
        lists = "".join(
            f"<p><strong>{esc(head)}</strong></p><ul>"
            + "".join(f"<li>{inline(line)}</li>" for line in lines)
            + "</ul>"
            for head, lines in self._listing()
        )
        return self.question() + lists

    def text(self) -> str:
        entry = self.entry
        lines = [f"{self.kicker}: {entry.title}", plain(entry.prompt)]
        if entry.settings.get("claim_text"):
            lines += [say("panel.claim"), plain(entry.settings["claim_text"])]
        for card in entry.cards:
            lines.append(
                f"{card.title} ({card.who}; {card.when}; {card.audience}): {plain(card.text)}"
            )
        if entry.stub:
            lines += [say("panel.stub"), entry.stub]
        for head, listed in self._listing():
            lines += [f"{head}:", *(f"- {plain(line)}" for line in listed)]
        return "\n".join(lines)

    # ---- controls

    def controls(self) -> list[dict]:
        entry = self.entry
        found = _CONTROLS.get(entry.kind, _no_controls)(entry)
        if entry.kind in ("predict", "contested"):
            return [*found, button("check", say("button.save"), primary=True)]
        if entry.kind != "code":
            found.append(button("check", say("button.check"), primary=True))
        return [
            *found,
            button("hint", say("button.hint")),
            button("solution", say("button.solution")),
        ]

    def initial(self) -> dict[str, Any]:
        blank: dict[str, Any] = {"check": 0, "hint": 0, "solution": 0}
        for control in self.controls():
            if control["type"] == "checks":
                blank[control["name"]] = []
            elif control["type"] == "choice":
                blank[control["name"]] = None
            elif control["type"] != "button":
                blank[control["name"]] = ""
        return {**blank, **self._earlier}

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        return {"question": self.question(), **self._shown}

    def update(self, changed: Mapping[str, Any]) -> None:
        if "check" in changed:
            self._shown["feedback"] = self._mark()
        if "hint" in changed:
            self._shown["hint"] += f"<p>{inline(next_hint(self.entry))}</p>"
        if "solution" in changed:
            html = solution_html(self.entry) if _may_see(self.entry) else None
            first = f'<p class="c-note">{esc(say("solution.first"))}</p>'
            self._shown["solution"] = first if html is None else f'<div class="c-card">{html}</div>'
        super().update(changed)

    def _mark(self) -> str:
        try:
            feedback, note = mark(self.entry, read(self.entry, self.values))
        except AnswerError as error:
            return f'<p class="c-note">{esc(error)}</p>'
        if not note and feedback.level != "empty" and record.location() == record.MEMORY:
            note = say("panel.memory")
        return _feedback_html(feedback) + (f'<p class="c-note">{esc(note)}</p>' if note else "")

    def _resume(self) -> None:
        """Put an earlier answer back where it was given."""
        self._earlier: dict[str, Any] = {}
        if self.entry.kind == "code":
            return
        try:
            answer = readable(self.entry, record.latest(self.entry.id))
        except record.RecordError:
            return
        if answer is None:
            return
        feedback = checking.check(self.entry, answer)
        self._earlier = controls_for(self.entry, answer)
        earlier = f'<p class="c-note">{esc(say("panel.earlier"))}</p>'
        self._shown["feedback"] = earlier + _feedback_html(feedback)


def readable(entry: Exercise, answer: Any) -> Any:
    """Return a kept answer in its one form, or None where it is none to the exercise of today.

    An answer to an older form of the question, or an odd one from an import, stays in the record.
    """
    try:
        return checking.normalise(entry, answer)
    except AnswerError:
        return None


def read(entry: Exercise, values: Mapping[str, Any]) -> Any:
    """Return the answer that the controls hold, as the check reads it."""
    kind = entry.kind
    if kind in ("single", "multiple"):
        return values.get("answer")
    if kind in _LINES:
        return {
            item.id: values[f"line_{item.id}"]
            for item in entry.items
            if values.get(f"line_{item.id}")
        }
    if kind == "order":
        places = [values.get(f"place_{n}") for n in range(len(entry.items))]
        return places if all(places) else None
    if kind == "estimate":
        ends = [values.get("low"), values.get("high")]
        return [_number(end) for end in ends] if all(map(_typed, ends)) else None
    if kind in _TEXTS:
        answer: dict[str, Any] = {"text": values.get("text", "")}
        if values.get("rubric"):
            answer["rubric"] = values["rubric"]
        if entry.sides:
            answer["side"] = values.get("side")
        return answer
    if kind == "contested":
        chosen = values.get("choice")
        return {"choice": chosen, "reason": values.get("reason", "")} if chosen else None
    if entry.options:
        chosen = values.get("answer")
        return {"choice": chosen, "why": values.get("why", "")} if chosen else None
    if entry.settings["lowest"] is not None:
        return _number(values["answer"]) if _typed(values.get("answer")) else None
    return values.get("answer")


def controls_for(entry: Exercise, answer: Any) -> dict[str, Any]:
    """Return the values of the controls that stand for an answer: the inverse of `read`."""
    kind = entry.kind
    if kind in ("single", "multiple"):
        return {"answer": answer}
    if kind in _LINES:
        return {f"line_{item}": choice for item, choice in answer.items()}
    if kind == "order":
        return {f"place_{n}": item for n, item in enumerate(answer)}
    if kind == "estimate":
        return {"low": f"{answer[0]:.12g}", "high": f"{answer[1]:.12g}"}
    if kind in _TEXTS or kind == "contested":
        return dict(answer)
    if entry.options:
        given = answer if isinstance(answer, Mapping) else {"choice": answer}
        return {"answer": given["choice"], "why": given.get("why", "")}
    return {"answer": f"{answer:.12g}" if isinstance(answer, float) else answer}


def _typed(value: object) -> bool:
    return bool(str(value or "").strip())


def _number(typed: str) -> float:
    """Return the number that was typed, in any usual way of setting thousands apart."""
    clean = "".join(str(typed).split()).replace("\u202f", "")
    head, comma, tail = clean.rpartition(",")
    if comma and (len(tail) == 3 or "," in head):
        clean = clean.replace(",", "")
    try:
        return float(clean.replace(",", "."))
    except ValueError:
        raise AnswerError(say("bad.number")) from None


def _mixed(entry: Exercise) -> list:
    """Return the lines in an order that gives nothing away and is the same on every run."""
    if entry.kind != "order":
        return list(entry.items)

    def key(item: Any) -> bytes:
        return hashlib.sha256(f"{entry.id}.{item.id}".encode()).digest()

    mixed = sorted(entry.items, key=key)
    return mixed[1:] + mixed[:1] if mixed == list(entry.items) else mixed


def _card_html(card: Any) -> str:
    rows = [("card.who", card.who), ("card.when", card.when), ("card.audience", card.audience)]
    facts = "".join(f"<dt>{esc(say(key))}</dt><dd>{inline(words)}</dd>" for key, words in rows)
    return (
        f'<section class="c-card"><h4>{inline(card.title)}</h4><dl>{facts}</dl>'
        f"{paragraphs(card.text)}</section>"
    )


def _pairs(entries: Any) -> dict[str, str]:
    return {entry.id: plain(entry.text) for entry in entries}


def _no_controls(entry: Exercise) -> list[dict]:
    return []


def _one_of(entry: Exercise) -> list[dict]:
    return [choice("answer", say("panel.answer"), _pairs(entry.options), column=True)]


def _some_of(entry: Exercise) -> list[dict]:
    return [checks("answer", say("panel.ticks"), _pairs(entry.options))]


def _for_each(entry: Exercise) -> list[dict]:
    options = {"": say("panel.choose"), **_pairs(entry.choices)}
    return [select(f"line_{item.id}", plain(item.text), options) for item in entry.items]


def _in_order(entry: Exercise) -> list[dict]:
    options = {"": say("panel.choose"), **_pairs(_mixed(entry))}
    return [
        select(f"place_{n}", say("panel.place", number=n + 1), options)
        for n in range(len(entry.items))
    ]


def _between(entry: Exercise) -> list[dict]:
    unit = entry.settings["unit"]
    return [
        text_box("low", say("panel.low", unit=unit), lines=1),
        text_box("high", say("panel.high", unit=unit), lines=1),
    ]


def _in_words(entry: Exercise) -> list[dict]:
    given = entry.settings
    words = say("panel.text", least=given["min_words"], most=given["max_words"])
    found = []
    if len(entry.sides) > 1:
        found.append(choice("side", say("panel.side"), _pairs(entry.sides), column=True))
    return [
        *found,
        text_box("text", words, lines=6),
        checks("rubric", say("panel.rubric"), _pairs(entry.rubric)),
    ]


def _contested(entry: Exercise) -> list[dict]:
    return [
        choice("choice", say("panel.lean"), _pairs(entry.options), column=True),
        text_box("reason", say("panel.reason"), lines=3),
    ]


def _prediction(entry: Exercise) -> list[dict]:
    if entry.options:
        return [*_one_of(entry), text_box("why", say("panel.why"), lines=1)]
    if entry.settings["lowest"] is not None:
        unit = entry.settings["unit"]
        return [text_box("answer", say("panel.number", unit=f" ({unit})" if unit else ""), lines=1)]
    return [text_box("answer", say("panel.words"), lines=3)]


_CONTROLS: dict[str, Callable[[Exercise], list[dict]]] = {
    "single": _one_of,
    "multiple": _some_of,
    "match": _for_each,
    "annotate": _for_each,
    "scale": _for_each,
    "triad": _for_each,
    "order": _in_order,
    "estimate": _between,
    "written": _in_words,
    "repair": _in_words,
    "best_case": _in_words,
    "contested": _contested,
    "predict": _prediction,
}


class RecallView(View):
    """A prediction that comes back: what was expected, what the notebook found, what one says now."""

    layout = (
        region("question"),
        region("yours"),
        region("later"),
        region("controls"),
        live_region("feedback"),
    )

    def __init__(self, entry: Exercise):
        self.entry = entry
        self.title = entry.title
        self.kicker = say("panel.recall")
        self._feedback = ""
        self._yours, self._now = self._kept()

    def _kept(self) -> tuple[str, str]:
        try:
            found = record.prediction(self.entry.id)
            now = [a.answer for a in record.attempts(self.entry.id)]
        except record.RecordError as error:
            return str(error), ""
        yours = say("recall.none")
        answer = None if found is None else readable(self.entry, found.answer)
        if answer is not None:
            yours = say("recall.yours", answer=shown(self.entry, answer))
        return yours, now[-1] if now and isinstance(now[-1], str) else ""

    def controls(self) -> list[dict]:
        return [
            text_box("now", say("panel.now"), lines=3),
            button("save", say("button.save"), primary=True),
        ]

    def initial(self) -> dict[str, Any]:
        return {"now": self._now, "save": 0}

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        asked = f'<p class="c-note">{esc(say("panel.asked"))}</p>{paragraphs(self.entry.prompt)}'
        return {
            "question": asked,
            "yours": f"<blockquote>{esc(self._yours)}</blockquote>",
            "later": paragraphs(self.entry.settings["later"]),
            "feedback": self._feedback,
        }

    def update(self, changed: Mapping[str, Any]) -> None:
        if "save" in changed:
            self._feedback = f'<p class="c-note">{esc(self._save())}</p>'
        super().update(changed)

    def _save(self) -> str:
        now = str(self.values.get("now") or "").strip()
        if not now:
            return say("empty.words")
        try:
            record.save(self.entry.id, now, kind="recall", level="kept", private=True)
        except record.RecordError as error:
            return str(error)
        return say("kept")

    def body(self) -> str:
        # the stored page never holds what the learner wrote
        parts = self.regions(self.initial())
        return parts["question"] + parts["later"]

    def text(self) -> str:
        entry = self.entry
        lines = [f"{self.kicker}: {entry.title}", say("panel.asked"), plain(entry.prompt)]
        lines += [f"- {plain(option.text)}" for option in entry.options]
        return "\n".join([*lines, plain(entry.settings["later"])])


def shown(entry: Exercise, answer: Any) -> str:
    """Return an answer in the words that the learner saw."""
    if isinstance(answer, Mapping) and set(answer) <= {"choice", "why"} and "choice" in answer:
        why = f" ({answer['why']})" if answer.get("why") else ""
        return shown(entry, answer["choice"]) + why
    names = {option.id: plain(option.text).rstrip(".") for option in entry.options}
    if isinstance(answer, str):
        return names.get(answer, answer.rstrip("."))
    if isinstance(answer, float):
        return f"{answer:g} {entry.settings.get('unit') or ''}".strip()
    return str(answer)


# ---------------------------------------------------------------- progress and portfolio


class ProgressView(View):
    """The course map, what to look at again, and calibration; read from the record when made."""

    def __init__(self):
        self.title = say("progress.title")
        self.map, self.calibration = survey()
        self.lead = say("progress.lead", done=self.map.done, all=self.map.exercises)

    @staticmethod
    def _heads() -> dict[str, str]:
        return {key: say(f"portfolio.{key}") for key in ("notebook", "exercises", "minutes")}

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "notebook": _notebook_title(line.notebook),
                "exercises": say("portfolio.of", done=line.done, all=line.exercises),
                "minutes": round(line.minutes),
            }
            for line in self.map.lines
        ]

    def _counted(self) -> list[str]:
        """What the minutes are, once there are any."""
        return [say("progress.minutes")] if self.map.minutes else []

    def body(self) -> str:
        parts = [table(self._rows(), self._heads())]
        parts += [f'<p class="c-note">{esc(line)}</p>' for line in self._counted()]
        parts.append(f"<h4>{esc(say('progress.again'))}</h4>")
        if self.map.revisit:
            lines = (f"<li>{esc(e.title)} ({esc(e.id)})</li>" for e in self.map.revisit)
            parts.append(f"<ul>{''.join(lines)}</ul>")
        else:
            parts.append(f"<p>{esc(say('progress.nothing'))}</p>")
        parts.append(f"<h4>{esc(say('progress.calibration'))}</h4>")
        parts += [f"<p>{esc(line)}</p>" for line in pages.calibration_lines(self.calibration)]
        parts.append(pages.interval_plot(self.calibration.intervals))
        return "".join(parts)

    def text(self) -> str:
        again = [f"- {e.title} ({e.id})" for e in self.map.revisit] or [say("progress.nothing")]
        return "\n".join(
            [
                self.title,
                self.lead,
                plain_table(self._rows(), self._heads()),
                *self._counted(),
                say("progress.again"),
                *again,
                say("progress.calibration"),
                *pages.calibration_lines(self.calibration),
            ]
        )


def survey() -> tuple[map_.Progress, calibration.Calibration]:
    """Read the record once and draw map and calibration from it."""
    entries = {nb: tuple(catalogue.load(nb).values()) for nb in catalogue.notebooks()}
    drawn = map_.survey(entries, record.standings(), record.minutes())
    return drawn, _calibration(entries)


def _calibration(entries: Mapping[str, tuple[Exercise, ...]]) -> calibration.Calibration:
    estimates = {e.id: e for row in entries.values() for e in row if e.kind == "estimate"}
    intervals = []
    for key, answer in record.first_answers(estimates).items():
        entry = estimates[key]
        ends = readable(entry, answer)
        if ends is None:
            continue
        low, high = ends
        value, unit = entry.settings["value"], entry.settings["unit"]
        intervals.append(calibration.Interval(key, entry.title, low, high, value, unit))
    return calibration.calibrate(intervals, _verdict_pairs())


def _verdict_pairs() -> list[tuple[float, bool]]:
    """Return (confidence, agreed with the course) of the first verdict on each settled claim."""
    pairs: dict[str, tuple[float, bool]] = {}
    for own in record.verdicts():
        if own.confidence is None or own.claim in pairs:
            continue
        try:
            ours = evidence.claim(own.claim).verdict
        except ValueError:
            continue
        if ours in _SETTLED:
            pairs[own.claim] = (own.confidence / 100, own.verdict == ours)
    return list(pairs.values())


def _notebook_title(notebook: str) -> str:
    """Return a notebook's title, or its id where it is not one of the course's own."""
    try:
        titles = {e["id"]: e["title"] for e in data.document("notebooks")["notebook"]}
    except ValueError:
        titles = {}
    return titles.get(notebook, notebook.replace("_", " ").capitalize())


def _portfolio_content(ticked: frozenset[str]) -> pages.Content:
    drawn, fits = survey()
    texts, verdicts = "texts" in ticked, "verdicts" in ticked
    entries = [e for nb in catalogue.notebooks() for e in catalogue.load(nb).values()]
    cited = dict.fromkeys(
        key for e in entries if record.latest(e.id) is not None for key in e.sources
    )
    return pages.Content(
        name=record.pseudonym(),
        left_out=record.left_out(ticked),
        map=drawn,
        titles={nb: _notebook_title(nb) for nb in catalogue.notebooks()},
        calibration=fits,
        predictions=tuple(_predictions(entries)) if texts else (),
        texts=tuple(_texts(entries)) if texts else (),
        verdicts=tuple(_verdicts(texts)) if verdicts else (),
        additions=_additions() if texts else (),
        references=tuple(_cited(cited)),
    )


def _predictions(entries: list[Exercise]):
    for entry in entries:
        found = record.prediction(entry.id) if entry.kind == "predict" else None
        before = None if found is None else readable(entry, found.answer)
        if before is not None:
            now = [a.answer for a in record.attempts(entry.id) if isinstance(a.answer, str)]
            yield pages.Prediction(entry.title, shown(entry, before), now[-1] if now else "")


def _texts(entries: list[Exercise]):
    for entry in entries:
        own = entry.private and entry.kind != "predict"
        answer = readable(entry, record.latest(entry.id)) if own else None
        if answer is not None:
            words = answer.get("text") or answer.get("reason") or ""
            side = answer.get("side") or answer.get("choice")
            names = {e.id: plain(e.text) for e in (*entry.sides, *entry.options)}
            yield pages.Text(entry.title, plain(entry.prompt), names.get(side, ""), words)


def _verdicts(notes: bool):
    latest = {own.claim: own for own in record.verdicts()}
    for own in latest.values():
        try:
            claim = evidence.claim(own.claim)
            words, ours = claim.text, verdict_name(claim.verdict)
        except ValueError:
            words, ours = own.claim, ""
        sure = "" if own.confidence is None else f"{own.confidence} %"
        yield pages.Verdict(words, verdict_name(own.verdict), sure, ours, own.note if notes else "")


def _additions() -> tuple[str, ...]:
    """What the learner's own statements on the argument map say, without those taken back."""
    from course import argument
    from course.widgets.argument_map.stance import restored
    from course.widgets.argument_map.view import ADDITION

    entries = record.additions(ADDITION)
    if not entries:
        return ()
    try:
        graph, _ = restored(argument.load(), entries)
    except data.DataError:  # a course on another article need not have a map
        return ()
    return pages.own_statements(graph)


def _cited(keys: Any):
    for key in keys:
        try:
            yield evidence.cite(key)
        except ValueError:
            continue
