"""Every kind: the solution passes, each listed mistake is met by its own sentence."""

import tomllib
from pathlib import Path

import pytest

from course.exercises import KINDS, catalogue, check, triples
from course.exercises.model import AnswerError

FIXTURES = Path(__file__).parent / "fixtures"
CATALOGUE = catalogue.parse(
    tomllib.loads((FIXTURES / "exercises" / "example.toml").read_text("utf-8")), "example"
)
pytestmark = pytest.mark.usefixtures("fixtures")


def test_the_fixture_has_every_kind():
    assert {entry.kind for entry in CATALOGUE.values()} == set(KINDS)


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_solution_passes(key):
    entry = CATALOGUE[key]
    feedback = check(entry, triples.solved(entry))
    assert feedback.done
    assert feedback.level == ("kept" if entry.kind in ("predict", "contested") else "right")


@pytest.mark.parametrize("key", CATALOGUE)
def test_each_listed_wrong_answer_is_met_by_its_own_sentence(key):
    entry = CATALOGUE[key]
    listed = triples.wrong(entry)
    assert listed or entry.kind in ("predict", "contested")
    for case in listed:
        feedback = check(entry, case.answer)
        assert feedback.level in ("not yet", "keep going", "almost")
        assert any(line.endswith(case.sentence) for line in feedback.lines)
        assert feedback.mistakes == (case.mistake,)
        assert feedback.paragraphs or feedback.sources, "nothing to read again"
        assert entry.explanation not in " ".join(feedback.lines)


@pytest.mark.parametrize("key", CATALOGUE)
@pytest.mark.parametrize("empty", [None, ..., "", "  ", [], {}, ()], ids=repr)
def test_an_empty_answer_gets_a_friendly_line(key, empty):
    entry = CATALOGUE[key]
    if entry.kind == "code" and empty in ([], {}, ()):
        pytest.skip("an empty list can be a result of code")
    feedback = check(entry, empty)
    assert feedback.level == "empty"
    assert feedback.lines[0] == "Nothing to check yet."
    assert len(feedback.lines) == 2


@pytest.mark.parametrize("key", CATALOGUE)
@pytest.mark.parametrize("odd", [3.7, True, object(), {"zzz": 1}, ["zzz"], "zzz", b"x"], ids=repr)
def test_an_odd_answer_is_marked_or_refused_in_one_sentence(key, odd):
    try:
        feedback = check(CATALOGUE[key], odd)
    except AnswerError as error:
        assert "\n" not in str(error) and str(error)
    else:
        assert feedback.lines
