"""The course treats every paragraph and every claim that can be tested, and keeps its shape."""

import re
from collections import Counter
from pathlib import Path

import pytest

from course import data, exercises
from course.publish import coverage

SOURCES = Path(__file__).parents[2] / "notebooks" / "source"
FOUND = coverage.coverage()
LESSONS = {one.notebook: one for one in FOUND.lessons}
SHAPE = [
    "1. Predict",
    "2. What the article argues",
    "The case at its strongest",
    "3. ",
    "4. Test it",
    "5. ",
    "6. What you have done",
    "Sources of this notebook",
]


def source(notebook):
    entry = next(n for n in data.document("notebooks")["notebook"] if n["id"] == notebook)
    return (SOURCES / f"{entry['file']}.py").read_text(encoding="utf-8")


def test_all_nine_notebooks_are_there():
    assert list(LESSONS) == [n["id"] for n in data.document("notebooks")["notebook"]]
    assert len(LESSONS) == 9


def test_every_paragraph_is_shown_somewhere():
    assert not FOUND.paragraphs_missed


def test_every_claim_that_can_be_tested_is_met():
    assert not FOUND.claims_missed


def test_the_page_says_what_the_sources_hold():
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page(FOUND)


def test_the_readme_has_the_map_of_the_course():
    readme = (SOURCES.parents[1] / "README.md").read_text(encoding="utf-8")
    for entry in data.document("notebooks")["notebook"]:
        assert f"| {entry['file'][:2]} {entry['title']} | {entry['question']} |" in readme


@pytest.mark.parametrize("notebook", LESSONS)
def test_a_notebook_has_the_nine_parts_in_order(notebook):
    headings = re.findall(r"(?m)^# #+ (.+)$", source(notebook))
    at = -1
    for part in SHAPE:
        at = next((i for i in range(at + 1, len(headings)) if headings[i].startswith(part)), None)
        assert at is not None, f"{part!r} is missing or out of order"


@pytest.mark.parametrize("notebook", LESSONS)
def test_a_notebook_asks_what_a_notebook_should_ask(notebook):
    entries = [exercises.exercise(i) for i in LESSONS[notebook].exercises]
    kinds = Counter(e.kind for e in entries)
    assert 6 <= len(entries) <= 10
    assert kinds["code"] >= 2
    assert kinds["repair"] >= 1 and kinds["written"] >= 1
    assert kinds["contested"] + kinds["best_case"] >= 1


@pytest.mark.parametrize("notebook", LESSONS)
def test_every_exercise_of_the_catalogue_is_asked(notebook):
    asked = set(LESSONS[notebook].exercises)
    shown = asked | set(re.findall(r'(?:predict|recall)\("([^"]+)"\)', source(notebook)))
    assert set(exercises.load(notebook)) <= shown


@pytest.mark.parametrize("notebook", LESSONS)
def test_a_prediction_comes_back(notebook):
    everything = "\n".join(source(n) for n in LESSONS)
    for made in re.findall(r'predict\("([^"]+)"\)', source(notebook)):
        assert f'recall("{made}")' in everything


@pytest.mark.parametrize("notebook", LESSONS)
def test_a_notebook_has_two_views_and_a_fair_length(notebook):
    lesson = LESSONS[notebook]
    assert len(lesson.views) >= 2
    assert 40 <= lesson.minutes <= 60


@pytest.mark.parametrize("notebook", LESSONS)
def test_the_prose_is_plain(notebook):
    assert 20 <= LESSONS[notebook].lix <= 45


@pytest.mark.parametrize("notebook", ["kosovo", "georgia"])
def test_a_content_note_comes_before_everything_else(notebook):
    cells = re.split(r"(?m)^# %%", source(notebook))
    assert "Content note" in cells[2]
    estimates = [e for e in exercises.load(notebook).values() if e.kind == "estimate"]
    assert all(re.search(r"monitors|votes", str(e.settings["unit"])) for e in estimates)


def test_lix_of_a_known_text():
    # 9 words, 2 sentences, 2 words over six letters
    assert coverage.lix("The council met. Nobody objected to the long proposal.") == pytest.approx(
        9 / 2 + 100 * 3 / 9
    )
    assert coverage.lix("") == 0
