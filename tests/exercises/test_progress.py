"""Calibration, the course map with what comes back, and the portfolio page."""

import math
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exercises import calibration, portfolio, progress
from course.exercises.calibration import Interval
from course.exercises.model import Exercise

numbers = st.integers(-1000, 1000)


@dataclass(frozen=True)
class Line:
    exercise: str
    tries: int = 1
    misses: int = 0
    first: int = 1
    last_done: int | None = None


def entries(*names):
    return tuple(Exercise(name, "single", name, "?", 1) for name in names)


CATALOGUE = {n: entries(f"{n}.one") for n in ("a", "b", "c", "d", "e")}


def due(*lines):
    return [e.id for e in progress.survey(CATALOGUE, {x.exercise: x for x in lines}, {}).revisit]


MISSED = Line("a.one", misses=1, first=1)


def test_a_missed_exercise_comes_back_after_one_notebook_and_not_before():
    assert due(MISSED) == []
    assert due(MISSED, Line("b.one", first=2)) == ["a.one"]


def test_an_answer_since_then_settles_it_until_three_notebooks_on():
    again = Line("a.one", tries=2, misses=1, first=1, last_done=3)
    later = (Line("b.one", first=2), Line("c.one", first=4))
    assert due(again, *later) == []
    assert due(again, *later, Line("d.one", first=5)) == ["a.one"]
    settled = Line("a.one", tries=3, misses=1, first=1, last_done=6)
    assert due(settled, *later, Line("d.one", first=5)) == []


def test_an_answer_in_the_same_sitting_does_not_settle_it():
    at_once = Line("a.one", tries=2, misses=1, first=1, last_done=2)
    assert due(at_once, Line("b.one", first=3)) == ["a.one"]


def test_what_was_right_at_first_never_comes_back():
    assert due(Line("a.one", last_done=1), *(Line(f"{n}.one", first=9) for n in "bcde")) == []


def test_skipping_a_notebook_counts_as_going_on():
    assert due(MISSED, Line("c.one", first=2)) == ["a.one"]


def test_the_map_counts_what_is_done():
    drawn = progress.survey(
        CATALOGUE, {"a.one": Line("a.one", last_done=1), "b.one": Line("b.one")}, {"a": 12.0}
    )
    assert (drawn.done, drawn.exercises, drawn.minutes) == (1, 5, 12.0)
    assert [line.begun for line in drawn.lines] == [1, 1, 0, 0, 0]


def test_answers_to_exercises_that_are_gone_are_ignored():
    assert due(Line("gone.one", misses=1)) == []


@given(numbers, numbers, numbers)
def test_the_interval_score_is_the_width_where_it_hits_and_more_where_it_misses(a, b, value):
    low, high = sorted((a, b))
    score = calibration.interval_score(low, high, value)
    if low <= value <= high:
        assert score == high - low
    else:
        assert score > high - low


def test_the_interval_score_of_a_worked_example():
    # 2 too low by 1, at 90 %: width 2 and 2 / 0.1 for each unit missed
    assert math.isclose(calibration.interval_score(0, 2, 3), 22)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_interval_score_rewards_honesty(one, other):
    """Of a uniform variable the true 90 % interval has the best expected score."""

    def expected(low, high):
        points = [(n + 0.5) / 400 for n in range(400)]
        return sum(calibration.interval_score(low, high, x) for x in points) / 400

    low, high = sorted((one, other))
    assert expected(0.05, 0.95) <= expected(low, high) + 1e-3


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_brier_score_lies_between_nothing_and_one(pairs):
    assert 0 <= calibration.brier(pairs) <= 1


def test_calibration_of_nothing_is_nothing():
    fits = calibration.calibrate([])
    assert (fits.hit_rate, fits.score, fits.brier) == (None, None, None)
    assert portfolio.calibration_lines(fits)
    assert portfolio.interval_plot(()) == ""


def test_hits_and_scores_are_summed_up():
    given_ = [Interval("a", "A", 1, 3, 2, "votes"), Interval("b", "B", 5, 6, 2, "votes")]
    fits = calibration.calibrate(given_, [(1.0, True), (0.5, False)])
    assert fits.hit_rate == 0.5
    assert math.isclose(fits.score, (1 + 30.5) / 2)
    assert math.isclose(fits.brier, 0.125)
    assert "1 of your 2 intervals" in portfolio.calibration_lines(fits)[0]
    assert "1 of 2 intervals" in portfolio.interval_plot(fits.intervals)


HOSTILE = "<script>alert('x')</script>\" onload=\"alert(1) &amp; <img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


def hostile_content():
    line = Interval("a", HOSTILE, 1, 2, 3, HOSTILE)
    return portfolio.Content(
        name=HOSTILE,
        left_out=HOSTILE,
        map=progress.survey(CATALOGUE, {}, {}),
        titles={n: HOSTILE for n in CATALOGUE},
        calibration=calibration.calibrate([line]),
        predictions=(portfolio.Prediction(HOSTILE, HOSTILE, HOSTILE),),
        texts=(portfolio.Text(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        verdicts=(portfolio.Verdict(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        additions=(HOSTILE,),
        references=(HOSTILE,),
    )


def test_a_portfolio_escapes_everything_and_loads_nothing():
    reader = Reader()
    reader.feed(portfolio.page(hostile_content()))
    assert not {"script", "img", "link", "iframe", "a"} & set(reader.tags)
    assert not any(
        name.startswith("on") or name in ("src", "href") for name, _ in reader.attributes
    )
    assert "".join(reader.words).count("alert('x')") >= 15


def test_a_portfolio_leaves_out_empty_parts():
    bare = portfolio.Content(
        "Reader", "x", progress.survey({}, {}, {}), {}, calibration.calibrate([])
    )
    html = portfolio.page(bare)
    assert "Written answers" not in html
    assert html.count("<h2>") == 1


@pytest.mark.parametrize("value", [0, 5])
def test_a_plot_can_be_drawn_of_any_figure(value):
    assert "<svg" in portfolio.interval_plot([Interval("a", "A", -1e9, 1e9, value, "u")])
