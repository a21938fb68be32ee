"""Every kind: the solution passes, each listed mistake is met by its own sentence."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
@pytest.mark.parametrize(
    "odd",
    [3.7, True, object(), {"zzz": 1}, ["zzz"], "zzz", b"x"],
    ids=lambda odd: type(odd).__name__,
)
def test_an_odd_answer_is_marked_or_refused_in_one_sentence(key, odd):
    try:
        feedback = check(CATALOGUE[key], odd)
    except AnswerError as error:
        assert "\n" not in str(error) and str(error)
    else:
        assert feedback.lines


def entry(key):
    return CATALOGUE[f"example.{key}"]


def test_options_may_be_given_by_id_text_or_number():
    for answer in ("abstained", " Abstained ", "It abstained.", 3, ["abstained"]):
        assert check(entry("votes"), answer).level == "right"


def test_a_misspelt_option_is_met_by_the_nearest():
    with pytest.raises(AnswerError, match="did you mean 'abstained'"):
        check(entry("votes"), "abstaind")


def test_several_answers_to_a_single_choice_are_refused():
    with pytest.raises(AnswerError, match="one answer; you gave 2"):
        check(entry("votes"), ["yes", "no"])


def test_lines_without_an_answer_are_counted():
    feedback = check(entry("binding"), {"resolution": "law"})
    assert feedback.level == "keep going"
    assert "2 of 3 lines have no answer yet." in feedback.lines


def test_every_choice_that_can_be_defended_is_accepted():
    answer = {"resolution": "law", "decision": "political", "statement": "political"}
    assert check(entry("binding"), answer).level == "right"


def test_a_wrong_choice_with_a_sentence_of_its_own_gets_it():
    answer = {"resolution": "view", "decision": "political", "statement": "view"}
    lines = check(entry("binding"), answer).lines
    assert any("this was a resolution" in line for line in lines)


@pytest.mark.parametrize(
    ("answer", "level", "words"),
    [
        ((2, 4), "right", "holds the figure"),
        ((0, 14), "right", "bolder"),
        ((4, 9), "not yet", "lower than"),
        ((0, 2), "not yet", "higher than"),
        ((2, 2), "not yet", "One number claims certainty"),
        ({"low": 3, "high": 3}, "right", "holds"),
        (3, "right", "holds"),
    ],
)
def test_an_interval_is_marked_by_whether_it_holds_the_figure(answer, level, words):
    feedback = check(entry("council"), answer)
    assert feedback.level == level
    assert words in " ".join(feedback.lines)


HUGE = 10**400
ODD_FORMS = {
    "council": [HUGE, (0, HUGE), (float("inf"), 1)],
    "guess_number": [HUGE, float("nan"), True],
    "why_abstain": [
        {"text": "a b c", "rubric": odd} for odd in (5, True, {"a": 1}, "ab", [[1]], [{}])
    ],
    "stronger": [{"text": 5}, {"text": "\ud800"}, {"text": ["a"]}],
    "other_side": [{"text": "a b", "side": odd} for odd in ([1], {}, {"a": 1}, HUGE, 1.5)],
    "lawful": [{"choice": odd, "reason": odd} for odd in ([1], {"a": 1}, 7.5)],
    "sequence": [{"a": 1}, [[1]], [{}], "abc", 5],
    "binding": [{"resolution": [1]}, {"resolution": {"a": 1}}, [1, 2]],
    "votes": [HUGE, [[1]], {"a": 1}, b"x"],
    "record_bears": [{"a": 1}, [[1]], HUGE],
    "first_guess": [{"choice": [1]}, {"choice": "once", "why": 5}, HUGE],
    "guess_words": ["\ud800", 5, {"a": 1}],
}


@pytest.mark.parametrize(("key", "odd"), [(k, odd) for k, row in ODD_FORMS.items() for odd in row])
def test_a_form_that_cannot_be_read_is_refused_in_one_sentence(key, odd):
    with pytest.raises(AnswerError) as caught:
        check(entry(key), odd)
    assert str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((5, 2), "lowest number comes first"),
        ((0, 16), "Stay between 0 and 15 votes"),
        ((float("nan"), 2), "ordinary numbers"),
        (("a", "b"), "lowest and the highest"),
        ("2..5", "lowest and the highest"),
        ((1, 2, 3), "lowest and the highest"),
    ],
)
def test_an_impossible_interval_is_refused_in_a_sentence(answer, words):
    with pytest.raises(AnswerError, match=words):
        check(entry("council"), answer)


def test_a_text_without_its_rubric_is_kept_and_not_graded():
    assert check(entry("why_abstain"), entry("why_abstain").solution).level == "kept"


@pytest.mark.parametrize(
    ("text", "level"), [("Too short.", "keep going"), ("because " * 130, "almost")]
)
def test_a_text_too_short_or_too_long_is_said_so_with_its_count(text, level):
    feedback = check(entry("why_abstain"), text)
    assert feedback.level == level
    assert str(len(text.split())) in feedback.lines[1]


def test_a_claim_handed_back_unchanged_is_not_a_repair():
    claim = entry("stronger").settings["claim_text"]
    assert check(entry("stronger"), claim.upper()).level == "not yet"


def test_the_side_must_be_named_where_there_are_two():
    with pytest.raises(AnswerError, match="for which side"):
        check(entry("other_side"), "A long enough text about one side of the matter.")


def test_a_contested_question_marks_no_answer_and_shows_both_sides():
    levels = set()
    for option in entry("lawful").options:
        feedback = check(
            entry("lawful"), {"choice": option.id, "reason": "because rules protect the weak most"}
        )
        levels.add(feedback.level)
        for other in entry("lawful").options:
            assert other.reasons[0] in feedback.lines
    assert levels == {"kept"}


def test_a_contested_question_asks_for_a_reason():
    feedback = check(entry("lawful"), {"choice": "never", "reason": "so"})
    assert feedback.level == "keep going"
    assert entry("lawful").options[0].reasons[0] not in feedback.lines


def test_markup_in_an_answer_is_only_text():
    feedback = check(entry("why_abstain"), "<script>alert(1)</script> " * 20)
    assert "<script>" not in " ".join(feedback.lines)


orders = st.permutations([item.id for item in entry("sequence").items])


@given(orders)
def test_only_the_right_order_is_right(order):
    right = [item.id for item in entry("sequence").items]
    assert (check(entry("sequence"), order).level == "right") == (order == right)


ticks = st.sets(
    st.sampled_from([option.id for option in entry("record_bears").options]), min_size=1
)


@given(ticks)
def test_every_box_that_is_wrong_and_no_other_is_named(ticked):
    boxes = entry("record_bears").options
    feedback = check(entry("record_bears"), ticked)
    wrong = tuple(box.id for box in boxes if box.right != (box.id in ticked))
    assert feedback.mistakes == wrong
    assert (feedback.level == "right") == (not wrong)


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    for key in ("why_abstain", "stronger", "guess_words"):
        assert check(entry(key), text).lines
