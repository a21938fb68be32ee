"""What a notebook imports: the verbs of the course.

Each verb shows something and returns nothing, so it may stand anywhere in a cell. A wrong id, a
wrong type or a missing value is answered with one sentence, never with a traceback.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from course import article, data
from course.widgets.base import Note, View, verb
from course.widgets.exercise import (
    ask,
    check,
    hint,
    portfolio,
    predict,
    progress,
    recall,
    solution,
)
from course.words import catalogue, say

__all__ = [
    "argument_map", "ask", "attach", "check", "claim_desk", "decision_lab", "done", "glossary", "head",
    "hint", "indicators", "membership_map", "passage", "portfolio", "predict", "progress", "range_chart",
    "recall", "save_argument", "solution", "sources", "table", "text_lens", "timeline",
    "treaty_simulator",
]  # fmt: skip

WORDS_A_MINUTE = 180


class LessonError(ValueError):
    """A request that no notebook can answer; the message says what to ask instead."""


# --- the notebooks ------------------------------------------------------------------------------


def _notebook(notebook: object) -> Mapping[str, Any]:
    """The entry of `data/notebooks.toml` with this id, file name or number: 4, "4" or "04"."""
    entries = data.document("notebooks")["notebook"]
    asked = str(notebook).removesuffix(".ipynb")
    whole = hasattr(notebook, "__index__") and not isinstance(notebook, bool)
    if whole or isinstance(notebook, str):
        for entry in entries:
            number = entry["file"][:2]
            if asked in (entry["id"], entry["file"], number) or asked.zfill(2) == number:
                return entry
    ids = [entry["id"] for entry in entries]
    near = get_close_matches(str(notebook).casefold(), ids, n=1, cutoff=0.4)
    if near:
        raise LessonError(say("lesson.no_notebook_near", notebook=notebook, near=near[0]))
    raise LessonError(say("lesson.no_notebook", notebook=notebook, known=", ".join(ids)))


def _id(given: object) -> str | None:
    """What was given in place of an id, as a short text; None stays None."""
    if given is None or isinstance(given, str):
        return given
    return " ".join(str(given).split())[:60]


def minutes(notebook: str) -> int:
    """Minutes that a notebook takes, to the next five: its words, and its exercises' own minutes.

    The words are those of the cells and of what its passages and claim desks show, as counted by
    the build, read at 180 a minute.
    """
    from course import exercises

    entry = _notebook(notebook)
    words = {r["notebook"]: r["words"] for r in data.rows("notebook_words")}.get(entry["id"], 0)
    try:
        own = sum(e.minutes for e in exercises.load(entry["id"]).values())
    except ValueError:
        own = 0
    return max(5, 5 * round((words / WORDS_A_MINUTE + own) / 5))


@verb
def head(notebook: str) -> View:
    """Show what a notebook teaches, how long it takes and what it needs: ``head("kosovo")``."""
    from course.widgets.frame import Head, forgets

    entry = _notebook(notebook)
    needs = [_notebook(i) for i in entry["needs"]]
    return Head(entry, minutes(entry["id"]), needs, forgets())


@verb
def done(notebook: str) -> View:
    """Show what you can do now, and what comes next: ``done("kosovo")``."""
    from course.widgets.frame import Done, forgets

    entry = _notebook(notebook)
    return Done(entry, _notebook(entry["next"]) if entry["next"] else None, forgets())


@verb
def sources(notebook: str) -> View:
    """Show every source that a notebook uses, as full references: ``sources("kosovo")``."""
    from course.widgets.frame import Sources

    entry = _notebook(notebook)
    rows = [r for r in data.rows("notebook_citations") if r["notebook"] == entry["id"]]
    if not rows:
        raise LessonError(say("lesson.no_sources", notebook=entry["id"]))
    return Sources([r["source_id"] for r in rows])


@verb
def glossary(*terms: str) -> View:
    """Show what terms mean: ``glossary("quorum", "consensus")``, or all of them: ``glossary()``."""
    from course import evidence
    from course.widgets.frame import Glossary

    return Glossary([evidence.term(one) for one in terms] or evidence.glossary())


# --- the article --------------------------------------------------------------------------------

_copies: dict[str, article.Copy] = {}


@verb
def attach(path: str) -> View:
    """Read your own copy of the article beside the notes: ``attach("article.txt")``.

    The copy stays in the memory of this notebook and on your machine.
    """
    copy = article.attach(path)
    _copies["mine"] = copy
    if not copy.recognised:
        return Note.sentence(say("lesson.nothing_recognised"))
    found, total = len(copy.recognised), len(copy.recognised) + len(copy.missing)
    return Note.sentence(say("lesson.recognised", found=found, all=total, first=copy.recognised[0]))


def _copy() -> article.Copy | None:
    """The reader's own copy, attached here or named in the environment."""
    path = os.environ.get("COURSE_ARTICLE")
    if "mine" not in _copies and path:
        try:
            _copies["mine"] = article.attach(path)
        except ValueError:
            return None
    return _copies.get("mine")


@verb
def passage(*paragraphs: int) -> View:
    """Show our summary of paragraphs, and your own copy if attached: ``passage(9, 10)``."""
    from course.widgets.frame import Passage

    if not paragraphs:
        last = article.paragraphs()[-1].paragraph
        raise LessonError(say("lesson.no_paragraph", last=last))
    return Passage([article.paragraph(n) for n in paragraphs], _copy())


# --- the record -----------------------------------------------------------------------------------


def table(name: str) -> Any:
    """Return a table of the record as a pandas DataFrame: ``table("events")``.

    Parameters
    ----------
    name : str
        A table of `data/`; `course.data.names()` lists them.

    Returns
    -------
    pandas.DataFrame or None
        None, after one sentence, where there is no such table.
    """
    try:
        frame = data.table(name)
    except data.DataError as error:
        Note.sentence(str(error)).show()
        return None
    _wide()
    return frame


@functools.cache
def _wide() -> None:
    """Let pandas print titles whole, once, and leave a reader's later settings alone."""
    import pandas

    pandas.set_option("display.max_colwidth", 90)
    pandas.set_option("display.max_rows", 60)


def _day(value: object, name: str) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, date):  # a datetime too, and a day of pandas
            return date(value.year, value.month, value.day)
        return date.fromisoformat(str(value))
    except (TypeError, ValueError):
        raise LessonError(say("lesson.no_date", name=name, value=value)) from None


@verb
def timeline(notebook: str = "", start: object = None, end: object = None) -> View:
    """Show events in time, those of a notebook or all: ``timeline("kosovo")``.

    Parameters
    ----------
    notebook : str
        A notebook's id; all events if absent.
    start, end : date, datetime or str, optional
        The window shown first, such as "1998-09-01".
    """
    from course.widgets.timeline import Timeline

    entry = {} if _id(notebook) in (None, "") else _notebook(notebook)
    events = data.rows("events")
    if entry:
        # the opening notebook looks at the life of the text itself: proposal, article, answers
        wanted = set(entry.get("events", [entry["id"]]))
        events = [e for e in events if wanted & set(e["notebooks"] or ())]
    if not events:
        raise LessonError(say("lesson.no_events", notebook=notebook))
    first, last = entry.get("window", (None, None))
    start, end = _day(start or first, "start"), _day(end or last, "end")
    if start and end and start >= end:
        raise LessonError(say("lesson.crossed"))
    title = say("timeline.of", title=entry["title"]) if entry else ""
    return Timeline(events, title, start, end)


@verb
def claim_desk(*claims: str) -> View:
    """Judge claims, one at a time, then compare with the record: ``claim_desk("C039")``."""
    from course.widgets.claim_desk import ClaimDesk

    if not claims:
        raise LessonError(say("lesson.no_claim"))
    return ClaimDesk(*claims)


@verb
def range_chart(conflict: str = "kosovo") -> View:
    """Show what each source counted, as ranges: ``range_chart("georgia")``."""
    from course.widgets.ranges import Ranges

    rows = data.rows("casualties")
    known = sorted({r["conflict"] for r in rows})
    conflict = _id(conflict)
    if conflict not in known:
        near = get_close_matches(str(conflict).casefold(), known, n=1, cutoff=0.4)
        if near:
            raise LessonError(say("lesson.no_counts_near", conflict=conflict, near=near[0]))
        listed = say("list.and").join(known)
        raise LessonError(say("lesson.no_counts", conflict=conflict, known=listed))
    rows = [r for r in rows if r["conflict"] == conflict]
    title = f"ranges.{conflict}"
    return Ranges(rows, say(title) if title in catalogue() else conflict)


@verb
def membership_map(on: object = "1999-03-24", bodies: Iterable[str] = ()) -> View:
    """Show who was in what on a day: ``membership_map(on="1999-03-24", bodies=["NATO", "EU"])``.

    Parameters
    ----------
    on : date or str
        A day from 1990 to 2010.
    bodies : list of str
        Codes such as "NATO", "OSCE", "CST"; the zones of obligation if absent.
    """
    from course.widgets.membership_map import MembershipMap

    chosen = [bodies] if isinstance(bodies, str) else () if bodies is None else bodies
    if not isinstance(chosen, Iterable) or not all(isinstance(b, str) for b in (*chosen,)):
        raise LessonError(say("lesson.no_bodies", value=bodies))
    day = _day(on, "on") or date(1999, 3, 24)
    try:
        return MembershipMap(day, list(chosen))
    except ValueError as error:
        raise LessonError(str(error)) from None


# --- the models ---------------------------------------------------------------------------------


@verb
def decision_lab(scenario: str | None = None) -> View:
    """Put a crisis to every body of its day: ``decision_lab("georgia-2008")``."""
    from course.widgets.decision_lab import DecisionLab

    return DecisionLab(_id(scenario))


@verb
def treaty_simulator(scenario: str | None = None) -> View:
    """Play the draft treaty in a crisis, step by step: ``treaty_simulator("valley")``."""
    from course.widgets.treaty_simulator import TreatySimulator

    return TreatySimulator(_id(scenario))


@verb
def indicators(measure: str = "deaths", start: int = 1990, end: int = 2010) -> View:
    """Show what rose and fell in a window of years: ``indicators("warheads", 1992, 2010)``."""
    from course.widgets.indicators import Indicators

    try:
        return Indicators(_id(measure), start, end)
    except ValueError as error:
        raise LessonError(str(error)) from None


@verb
def text_lens(section: int = 1, word: str = "partner") -> View:
    """Show which words mark a section and where a word stands: ``text_lens(2, "treaty")``."""
    from course.widgets.text_lens import TextLens

    article.concordance(word)
    return TextLens(section, word, _copy())


_maps: dict[str, Any] = {}


@verb
def argument_map(around: str = "") -> View:
    """Show the article's argument, whole or around one statement: ``argument_map("C132")``."""
    from course.widgets.argument_map import ArgumentMap

    _maps["last"] = ArgumentMap(_id(around) or "")
    return _maps["last"]


@verb
def save_argument(path: str = "my-argument.argdown") -> View:
    """Save your version of the argument, for other tools: ``save_argument("mine.json")``.

    A name that ends in .json gives the Argument Interchange Format, any other gives Argdown.
    """
    from course.widgets.argument_map import ArgumentMap

    name = (_maps.get("last") or ArgumentMap()).save(path)
    return Note.sentence(say("lesson.saved_argument", file=name))
