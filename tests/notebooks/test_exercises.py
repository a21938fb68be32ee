"""What every exercise and every notebook of the course must hold, generically."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from notebooks.states import STATES

from course import data
from course.exercises import check, exercise, ids, notebooks, triples
from course.exercises.model import WORD_KINDS
from course.exercises.prose import plain
from course.publish.exercise import problems

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "notebooks" / "source").glob("*.py"))
BUILT = sorted((ROOT / "notebooks").glob("*.ipynb"))
KEYS = ids()
UNMARKED = ("predict", "contested")


@pytest.mark.parametrize("key", KEYS)
def test_nothing_about_an_exercise_fails_to_hold(key):
    assert list(problems(exercise(key))) == []


@pytest.mark.parametrize("key", KEYS)
def test_its_solution_passes(key):
    entry = exercise(key)
    feedback = check(entry, triples.solved(entry))
    assert feedback.level == ("kept" if entry.kind in UNMARKED else "right")


@pytest.mark.parametrize("key", [key for key in KEYS if exercise(key).kind not in UNMARKED])
def test_each_typical_wrong_answer_fails_with_its_own_sentence(key):
    entry = exercise(key)
    for case in triples.wrong(entry):
        feedback = check(entry, case.answer)
        assert feedback.level in ("not yet", "keep going", "almost")
        assert any(line.endswith(case.sentence) for line in feedback.lines)


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_answer_gets_a_friendly_line(key):
    for empty in (None, ..., "", "   "):
        assert check(exercise(key), empty).level == "empty"


@pytest.mark.parametrize("key", [key for key in KEYS if exercise(key).kind == "code"])
def test_a_code_exercise_knows_at_least_one_typical_mistake(key):
    assert exercise(key).mistakes


def visible(text):
    """Return the words of a notebook or a page: no tags, no marks, single spaces."""
    text = re.sub(r"<[^>]+>", "", html.unescape(text))
    return " ".join(re.sub(r"[*`_#>]", "", text).split())


def everything(path):
    """Return every string of a notebook: sources, outputs and metadata, joined."""
    if path.suffix == ".py":
        return re.sub(r"^# ?", "", path.read_text("utf-8"), flags=re.M)

    def strings(node):
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            for inner in node.values():
                yield from strings(inner)
        elif isinstance(node, list):
            if node and all(isinstance(line, str) for line in node):
                yield "".join(node)
            else:
                for inner in node:
                    yield from strings(inner)

    return "\n".join(strings(json.loads(path.read_text("utf-8"))))


@pytest.mark.parametrize("path", [*SOURCES, *BUILT], ids=lambda path: path.name)
def test_nothing_of_a_solution_stands_in_a_notebook(path):
    words = visible(everything(path))
    for key in KEYS:
        for told in triples.told(exercise(key)):
            short = visible(plain(told))
            assert len(short) < 25 or short not in words, f"{key}: {short}"


def test_the_panel_and_its_twin_show_nothing_of_a_solution():
    from course.widgets.exercise import ExerciseView

    for key in KEYS:
        entry = exercise(key)
        view = ExerciseView(entry)
        shown = [view.html(), view.text(), *view.regions(view.initial()).values()]
        shown.append(json.dumps(view.controls()))
        words = visible("\n".join(shown))
        for told in triples.told(entry):
            short = visible(plain(told))
            assert len(short) < 25 or short not in words, f"{key}: {short}"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every notebook run in every state, in one process: {(state, notebook): problems}."""
    folder = tmp_path_factory.mktemp("states")
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("states.py")),
            str(folder),
            *map(str, SOURCES),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {(line["state"], line["notebook"]): line["problems"] for line in lines}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end(path, state, runs):
    assert runs[state, path.stem] == []


def test_every_exercise_is_used_in_its_notebook():
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    used = set(re.findall(r'(?:ask|check|predict)\(\s*"([a-z_.]+)"', text))
    assert used <= set(KEYS), f"not in the catalogue: {sorted(used - set(KEYS))}"
    files = {entry["id"]: entry["file"] for entry in data.document("notebooks")["notebook"]}
    written = {path.stem for path in SOURCES}
    idle = {key for key in KEYS if files.get(key.partition(".")[0]) in written} - used
    assert not idle, f"in no notebook: {sorted(idle)}"


def test_predictions_come_back():
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    asked = set(re.findall(r'predict\("([a-z_.]+)"', text))
    back = set(re.findall(r'recall\("([a-z_.]+)"', text))
    assert back <= asked
    for path in SOURCES:
        source = path.read_text("utf-8")
        if "predict(" in source:
            assert "recall(" in source, f"{path.name}: a prediction never comes back"


def test_each_notebook_with_exercises_asks_for_own_words():
    for notebook in notebooks():
        kinds = {exercise(key).kind for key in KEYS if key.startswith(f"{notebook}.")}
        assert kinds & WORD_KINDS, f"{notebook}: no exercise asks for the learner's own words"
