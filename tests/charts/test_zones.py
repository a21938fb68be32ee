"""Zones of obligation: every seat once, the strongest bond first, dissolved States where they stood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import data
from course.charts import zones

DAYS = st.dates(zones.FIRST, zones.LAST)
CODES = [t["iso3"] for t in data.rows("tile_grid")]


@given(DAYS)
def test_every_participating_state_stands_in_exactly_one_zone(on):
    assert sum(zones.counts(on).values()) == len(data.members("OSCE", on))


@given(DAYS, st.sampled_from(CODES))
def test_a_promise_of_mutual_defence_outranks_all_others(on, code):
    found = zones.standing(code, on)
    if code in data.members("NATO", on):
        assert found.zone == "nato"
    if found.zone == "osce":
        assert not found.bodies & {"NATO", "CST", "CSTO", "CIS"}
    if found.zone == "none":
        assert "OSCE" not in found.bodies


@pytest.mark.parametrize(
    ("code", "on", "seat", "zone"),
    [
        ("EST", date(1990, 6, 1), "SUN", "osce"),
        ("EST", date(1991, 10, 1), "EST", "osce"),
        ("EST", date(2004, 3, 29), "EST", "nato"),
        ("CZE", date(1992, 6, 1), "CSK", "osce"),
        ("POL", date(1999, 3, 11), "POL", "osce"),
        ("POL", date(1999, 3, 12), "POL", "nato"),
        ("SRB", date(1999, 3, 24), "SRB", "none"),
        ("MNE", date(2005, 1, 1), "SCG", "osce"),
        ("GEO", date(1999, 3, 24), "GEO", "cst"),
    ],
)
def test_ground_stands_where_its_seat_stood(code, on, seat, zone):
    found = zones.standing(code, on)
    assert (found.code, found.zone) == (seat, zone)


@given(DAYS, st.sets(st.sampled_from(list(zones.BODIES)), min_size=1))
def test_all_some_and_none_are_told_apart(on, bodies):
    for code, key in zones.overlap(CODES, bodies, on).items():
        inside = len(zones.standing(code, on).bodies & bodies)
        assert key == ("no" if inside == 0 else "all" if inside == len(bodies) else "some")


def test_news_names_who_joined():
    assert (
        zones.changes(date(1999, 3, 1), date(1999, 4, 1))[0]
        == "Czechia, Hungary, Poland joined NATO"
    )
    assert zones.changes(date(1999, 4, 1), date(1999, 3, 1)) == []


@given(DAYS)
def test_words_give_every_state_once(on):
    total = len(data.members("OSCE", on))
    assert f"of {total} participating States" in zones.describe(on)


def test_zones_differ_in_shape_as_well_as_in_colour():
    for marks in (zones.ZONES, zones.SHARED):
        assert len({m.shape for m in marks.values()}) == len(marks)
        assert len({m.colour for m in marks.values()}) == len(marks)


def test_the_map_looks_colours_up_in_one_parameter():
    spec = zones.map_chart({"RUS": "cst"}, zones.ZONES).to_dict()
    assert {"name": "zone", "value": {"RUS": "cst"}} in spec["params"]
