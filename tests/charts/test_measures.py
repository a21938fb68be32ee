"""Measures of security: figures from the tables, windows counted exactly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import charts, data
from course.charts import measures as m

values = st.lists(st.integers(0, 50), min_size=2, max_size=15)


def series(numbers):
    points = tuple((1990 + i, float(v)) for i, v in enumerate(numbers))
    return m.Measure("x", "X", "things", points, "", "none", ())


@given(values)
def test_every_window_is_counted_once(numbers):
    n = len(numbers)
    assert sum(m.windows(series(numbers))) == n * (n - 1) // 2


@given(values)
def test_turning_time_round_turns_rises_into_falls(numbers):
    risen, fallen, level = m.windows(series(numbers))
    assert m.windows(series(numbers[::-1])) == (fallen, risen, level)


@given(values)
def test_the_change_has_the_sign_of_the_window(numbers):
    one = series(numbers)
    share = m.change(one, 1990, 1990 + len(numbers) - 1)
    assert (share > 0) == (numbers[-1] > numbers[0])


def test_a_missing_year_is_said():
    assert m.change(series([1, 2]), 1990, 2005) is None
    assert "no figure" in m.describe(series([1, 2]), 1990, 2005)


def test_the_choice_of_the_first_year_decides_about_deaths():
    deaths = m.measures()["deaths"]
    assert m.change(deaths, 1990, 2010) > 0
    assert m.change(deaths, 1992, 2010) < -0.9


def test_warheads_add_the_two_stockpiles():
    rows = [r for r in data.rows("warheads") if r["year"] == 2000]
    assert m.measures()["warheads"].at(2000) == sum(r["stockpile"] for r in rows)


@pytest.mark.parametrize(
    ("treaty", "day", "applied"),
    [
        ("CFE", date(2007, 12, 11), True),
        ("CFE", date(2007, 12, 13), False),
        ("START I", date(2009, 12, 4), True),
        ("START I", date(2009, 12, 6), False),
        ("INF", date(1990, 12, 31), True),
        ("New START", date(2010, 12, 31), False),
    ],
)
def test_a_treaty_counts_while_both_apply_it(treaty, day, applied):
    assert m._applied(data.rows("arms_control"), treaty, day) is applied


def test_the_picture_says_what_the_words_say():
    drawn = charts.svg(m.chart("deaths", 1992, 2010))
    assert "27\u202f917" in drawn and "fell by 98 %" in drawn
