"""`python3 -m course exercise new|check`: begin an exercise, and prove one or all of them.

    exercise new kosovo.votes single     adds a worked example of that kind to the catalogue
    exercise check [kosovo | kosovo.votes]

`check` proves what the tests prove: the catalogue reads, the solution passes, each wrong answer gets
its own sentence, an empty answer a friendly one, and every source that is named exists.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from course import data, evidence
from course.exercises import catalogue, check, reference, triples
from course.exercises.model import KINDS, Exercise, ExerciseError

__all__ = ["add", "main", "problems", "scaffold"]

USAGE = "exercise new <notebook.name> <kind>   or   exercise check [<notebook> | <notebook.name>]"

_OPTIONS = """
[[{id}.options]]
id = "one"
text = "An answer that many give."
feedback = "Say what is wrong with it, and why; do not name the right one."

[[{id}.options]]
id = "two"
text = "The answer that the record bears out."
right = true
feedback = "Tick it: say what in the record shows it."
"""
_ITEMS = """
[[{id}.items]]
id = "first"
text = "The first line."
answer = "{one}"
feedback = "Say why another choice does not fit this line."

[[{id}.items]]
id = "second"
text = "The second line."
answer = "{two}"
feedback = "Say why another choice does not fit this line."
"""
_CHOICES = """choices = [
  { id = "yes", text = "one end" },
  { id = "no", text = "the other end" },
]
"""
_RUBRIC = """
[[{id}.rubric]]
id = "reason"
text = "It gives a reason."
feedback = "Add because, and what follows it."

[[{id}.mistakes]]
id = "absolute"
contains = ["always", "never"]
example = "States have always agreed on this and they are never going to change their minds."
feedback = "One counter-example fells an always. Say how often, or when."
"""
_CARD = """
[[{id}.cards]]
id = "{card}"
title = "Source {card}"
who = "who speaks"
when = "when"
audience = "for whom"
text = "What it says, in your own words."
can = "what it can show"
cannot = "what it cannot show"
"""
_SIDES = """
[[{id}.sides]]
id = "one_side"
text = "What the first side holds."
model = "The strongest case for it in your own words, of about the length that you ask of learners here."

[[{id}.sides]]
id = "other_side"
text = "What the second side holds."
model = "The strongest case for it in your own words, of about the length that you ask of learners here."
"""
_CONTESTED = """
[[{id}.options]]
id = "yes"
text = "One answer."
reasons = ["The best reason for this answer, fit for its holders to sign."]

[[{id}.options]]
id = "no"
text = "The other answer."
reasons = ["The best reason for this answer, fit for its holders to sign."]
"""
_MODEL = 'solution = "A model text: it gives a reason and says how far the reason carries here."\n'
_BODIES: dict[str, str] = {
    "single": _OPTIONS.replace('\nfeedback = "Tick it: say what in the record shows it."', ""),
    "multiple": _OPTIONS,
    "match": _CHOICES + _ITEMS.replace("{one}", "yes").replace("{two}", "no"),
    "scale": _CHOICES + _ITEMS.replace("{one}", "yes").replace("{two}", "no"),
    "annotate": _ITEMS.replace("{one}", "fact").replace("{two}", "value"),
    "order": _ITEMS.replace('answer = "{one}"\n', "").replace('answer = "{two}"\n', ""),
    "triad": "".join(_CARD.replace("{card}", name) for name in ("a", "b", "c"))
    + _ITEMS.replace("{one}", "a").replace("{two}", "none"),
    "estimate": 'value = 3\nunit = "votes"\nlowest = 0\nhighest = 15\nverification = "seen"\n'
    '\n[[{id}.mistakes]]\nid = "all"\nexample = "0..15"\n'
    'feedback = "From none to all says nothing; give away some certainty."\n',
    "written": "min_words = 8\nmax_words = 120\n" + _MODEL + _RUBRIC,
    "repair": 'claim_text = "The claim to repair, in your words."\n' + _MODEL + _RUBRIC,
    "best_case": "min_words = 10\nmax_words = 120\n" + _SIDES + _RUBRIC,
    "contested": _CONTESTED,
    "predict": 'later = "What the notebook found. Which of your reasons still stands?"\n',
    "code": 'stub = "answer = ..."\nsolution = "Say beside the code why it works."\n'
    '\n[[{id}.mistakes]]\nid = "all_rows"\nfeedback = "You count every row; the question asks for some."\n',
}


def scaffold(exercise_id: str, kind: str) -> str:
    """Return a worked example of a kind as TOML, ready to be rewritten.

    Raises
    ------
    ExerciseError
        If the id or the kind is not one.
    """
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1, cutoff=0.4)
        known = f"did you mean {near[0]!r}?" if near else f"the kinds are {', '.join(KINDS)}."
        raise ExerciseError(f"There is no kind {kind!r}; {known}")
    if not re.fullmatch(r"[a-z]+\.[a-z][a-z0-9]*(_[a-z0-9]+)*", exercise_id):
        raise ExerciseError(f"{exercise_id!r} is not an id such as kosovo.votes.")
    if exercise_id.partition(".")[0] not in catalogue.order():
        listed = ", ".join(catalogue.order())
        raise ExerciseError(f"There is no notebook of that name; there are {listed}.")
    head = [
        f"[{exercise_id}]",
        f'kind = "{kind}"',
        'title = "A few words"',
        "minutes = 3",
        'prompt = "What is asked, in one or two plain sentences?"',
        "paragraphs = [10]",
    ]
    if kind != "predict":
        head.append(
            'explanation = "Why it is so; shown with the solution and after a right answer."'
        )
        head.append(f'sources = ["{evidence.sources()[0].id}"]  # ids of data/sources.json')
    if kind not in ("predict", "contested"):
        head.append('hints = ["Where to look.", "What to look for there."]')
    return "\n".join(head) + "\n" + _BODIES[kind].replace("{id}", exercise_id)


def add(exercise_id: str, kind: str, root: Path | None = None) -> str:
    """Add a worked example to the catalogue of its notebook and say where it stands.

    Raises
    ------
    ExerciseError
        If there is an exercise of that id already.
    """
    text = scaffold(exercise_id, kind)
    notebook, _, name = exercise_id.partition(".")
    file = (root or data.root()) / "exercises" / f"{notebook}.toml"
    before = file.read_text("utf-8") if file.exists() else ""
    if re.search(rf"^\[{re.escape(exercise_id)}\]", before, re.M):
        raise ExerciseError(f"{exercise_id} is in {file.name} already.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before.rstrip()}\n\n{text}".lstrip(), "utf-8")
    where = f"{exercise_id} stands at the end of {file.name}; rewrite its words, then check it."
    if kind == "code":
        where += (
            f" Write {name}() and {name}__all_rows() in course/exercises/solutions/{notebook}.py."
        )
    return where


def problems(entry: Exercise) -> Iterator[str]:
    """Yield one sentence for everything about an exercise that does not hold."""
    try:
        solved, listed = triples.solved(entry), triples.wrong(entry)
        feedback = check(entry, solved)
        if not feedback.done:
            yield f"its own solution is answered by: {' '.join(feedback.lines)}"
        for case in listed:
            yield from _wrong(entry, case)
        if entry.kind == "code" and not _runs(entry):
            yield "the code that its solution shows is not right when it stands alone"
        if check(entry, None).level != "empty":
            yield "an empty answer is not met by a friendly line"
    except ExerciseError as error:
        yield str(error)
    except Exception as error:  # a reference solution may fail in any way
        yield f"its reference solution stops: {type(error).__name__}: {error}"
    for key in sorted(_sources(entry)):
        if not _has(key):
            yield f"the source {key!r} is not in data/sources.json"


def _runs(entry: Exercise) -> bool:
    """Return whether the reference solution, as it is shown, gives the right result by itself."""
    cell: dict[str, object] = {}
    try:
        # our own source, never a learner's
        exec(reference.snippet(reference.task(entry).function, "answer"), cell)
    except NameError:
        return False
    return check(entry, cell.get("answer")).done


def _wrong(entry: Exercise, case: triples.WrongAnswer) -> Iterator[str]:
    feedback = check(entry, case.answer)
    if feedback.done:
        yield f"the mistake {case.mistake!r} passes as right"
    elif not any(line.endswith(case.sentence) for line in feedback.lines):
        yield f"the mistake {case.mistake!r} is not met by its own sentence"
    elif not (feedback.paragraphs or feedback.sources):
        yield f"the mistake {case.mistake!r} names nothing to read again"


def _sources(entry: Exercise) -> set[str]:
    parts = (*entry.options, *entry.items, *entry.cards, *entry.mistakes)
    return {key for part in (entry, *parts) for key in part.sources}


def _has(key: str) -> bool:
    try:
        evidence.source(key)
    except ValueError:
        return False
    return True


def _chosen(wanted: str | None) -> list[Exercise]:
    if wanted and "." in wanted:
        return [catalogue.exercise(wanted)]
    if wanted and wanted not in catalogue.notebooks():
        listed = ", ".join(catalogue.notebooks()) or "none yet"
        raise ExerciseError(f"There is no catalogue {wanted!r}; there are: {listed}.")
    names = (wanted,) if wanted else catalogue.notebooks()
    return [entry for name in names for entry in catalogue.load(name).values()]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when all is well, 1 when something does not hold, 2 on bad usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["new"] and len(arguments) == 3:
        print(add(arguments[1], arguments[2]))
        return 0
    if arguments[:1] == ["check"] and len(arguments) <= 2:
        return _check(arguments[1] if len(arguments) == 2 else None)
    print(f"Usage: {USAGE}")
    return 2


def _check(wanted: str | None) -> int:
    entries = _chosen(wanted)
    found = [(entry, line) for entry in entries for line in problems(entry)]
    for entry, line in found:
        print(f"{entry.id}: {line}")
    minutes = sum(entry.minutes for entry in entries)
    print(f"{len(entries)} exercises, {minutes:g} minutes; {len(found)} problems.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
