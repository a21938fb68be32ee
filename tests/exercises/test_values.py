"""Results of code are compared by type, structure and value; no sentence gives the value away."""

from datetime import date

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exercises.values import compare, compare_function, describe

SETTINGS = {"tolerance": 1e-9, "ignore_order": False, "ignore_index": False, "cases": ()}
LOOSE = {**SETTINGS, "ignore_order": True, "ignore_index": True}
FRAME = pandas.DataFrame({"iso3": ["FRA", "RUS", "USA"], "votes": [1, 2, 3]})
SERIES = pandas.Series([13, 2], index=["yes", "abstain"], name="count")


def slug(expected, actual, settings=SETTINGS):
    found = compare(expected, actual, settings)
    return found and found[1]


@pytest.mark.parametrize(
    "same",
    [
        FRAME.copy(),
        FRAME[["votes", "iso3"]],
        FRAME.astype({"votes": float}),
        FRAME.astype({"votes": "Int64"}),
        FRAME.assign(votes=FRAME["votes"] + 1e-13),
    ],
)
def test_every_right_way_to_a_table_is_right(same):
    assert compare(FRAME, same, SETTINGS) is None


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (FRAME["votes"], "type"),
        (FRAME.drop(columns="votes"), "columns"),
        (FRAME.assign(extra=1), "columns"),
        (FRAME.head(2), "length"),
        (FRAME.set_index("iso3", drop=False), "index"),
        (FRAME.iloc[::-1], "index"),
        (FRAME.assign(votes=["1", "2", "3"]), "dtype"),
        (FRAME.assign(votes=[1, 2, 4]), "values"),
        (FRAME.assign(votes=[1, 2, None]), "values"),
        ("FRA", "type"),
        ([1], "type"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(other, kind):
    assert slug(FRAME, other) == kind


def test_order_and_index_can_be_left_to_the_learner():
    assert compare(FRAME, FRAME.iloc[::-1], LOOSE) is None
    assert compare(FRAME, FRAME.iloc[::-1].reset_index(drop=True), LOOSE) is None
    assert slug(FRAME, FRAME.assign(votes=[3, 2, 2]), LOOSE) == "values"


def test_a_series_is_compared_by_labels_and_values_whatever_its_name():
    assert compare(SERIES, SERIES.rename("n"), SETTINGS) is None
    assert slug(SERIES, SERIES.iloc[::-1]) == "index"
    assert compare(SERIES, SERIES.iloc[::-1], {**SETTINGS, "ignore_order": True}) is None
    assert slug(SERIES, pandas.Series([13, 2], index=["yes", "no"])) == "index"
    assert slug(SERIES, SERIES / 15) == "values"


@pytest.mark.parametrize(
    ("expected", "actual", "kind"),
    [
        (3, 3.0, None),
        (3, numpy.int64(3), None),
        (3, True, "type"),
        (True, numpy.bool_(True), None),
        (3, "3", "type"),
        (3, 4, "too_large"),
        (3, 1, "too_small"),
        (3, float("nan"), "missing"),
        ("France", "france ", "spelling"),
        ("France", "Russia", "values"),
        (date(1999, 1, 15), pandas.Timestamp("1999-01-15"), None),
        (date(1999, 1, 15), date(1999, 1, 16), "values"),
        ([1, 2], (1, 2), None),
        ([1, 2], [2, 1], "order"),
        ([1, 2], [1, 2, 3], "length"),
        ([1, 2], numpy.array([1, 2]), "type"),
        ({"a", "b"}, {"a"}, "values"),
        ({"a": 1}, {"a": 1}, None),
        ({"a": 1}, {"b": 1}, "keys"),
        ({"a": 1}, {"a": 2}, "values"),
        (FRAME, print, "type"),
    ],
)
def test_plain_results(expected, actual, kind):
    assert slug(expected, actual) == kind


def test_the_sentence_never_holds_the_right_value():
    for expected, actual in ((1244, 7), ("Ahtisaari", "Ranta"), (SERIES * 617, SERIES)):
        _, _, line = compare(expected, actual, SETTINGS)
        for value in ("1244", "Ahtisaari", "8021"):
            assert value not in line


@given(st.lists(st.integers() | st.text() | st.floats(allow_nan=True), max_size=6))
def test_everything_equals_itself(values):
    assert compare(values, list(values), SETTINGS) is None


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=5), st.lists(st.integers(-5, 5), max_size=5)
)
def test_series_are_alike_exactly_when_their_values_are(one, other):
    same = compare(pandas.Series(one), pandas.Series(other, dtype="int64"), SETTINGS) is None
    assert same == (one == other)


def double(number):
    return 2 * number


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (lambda n: n + n, None),
        (lambda n: n, "too_small"),
        (lambda n: 1 / 0, "raises"),
        (lambda: 2, "raises"),
        (4, "callable"),
    ],
)
def test_a_function_is_compared_on_each_case(function, kind):
    found = compare_function(double, function, {**SETTINGS, "cases": [[3], [4]]})
    assert (found and found[1]) == kind


class Odd:
    def __eq__(self, other):
        raise RuntimeError("do not look")

    __hash__ = None


def test_an_object_that_fails_when_looked_at_is_only_described():
    assert slug(3, Odd()) == "type"
    assert describe(Odd()) == "an Odd"
