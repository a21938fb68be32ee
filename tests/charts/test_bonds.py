"""Memberships and treaties beneath the events: each row once, seats pass on, long windows stay calm."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import charts, data
from course.charts import bonds, chronology

DAYS = st.dates(date(1949, 1, 1), date(2024, 12, 31))


def deeds(day):
    return [b.deed for b in bonds.within(day, day)]


@pytest.mark.parametrize(
    ("day", "deed"),
    [
        (date(2004, 3, 29), "NATO: 7 join"),
        (date(1999, 4, 2), "Collective Security Treaty: 3 leave"),
        (date(1997, 5, 30), "EAPC: 44 begin it"),
        (date(1990, 11, 19), "CFE: 22 sign"),
        (date(2007, 12, 12), "CFE: Russian Federation suspends its part"),
        (date(1990, 11, 17), "Vienna Document: adopted"),
        # seats that pass on are not accessions
        (date(1991, 12, 26), "OSCE: Russian Federation takes over a seat"),
        (date(1993, 1, 1), "OSCE: 2 take over a seat"),
        # a State that comes back after its suspension joins
        (date(2000, 11, 10), "OSCE: Yugoslavia joins"),
        (date(1990, 10, 3), "OSCE: German Democratic Republic no longer holds a seat"),
    ],
)
def test_steps_are_told_as_they_were(day, deed):
    assert deed in deeds(day)


def test_an_ally_does_not_leave_the_partnership():
    assert not [b for b in bonds.within(date(2004, 3, 29), date(2004, 3, 29)) if b.step == "leave"]


def test_every_membership_begins_in_exactly_one_step():
    """But for the elected seats of the Security Council, which are left out."""
    told = Counter()
    for bond in bonds.bonds():
        if bond.step in ("begin", "join", "succeed", "partner", "suspend"):
            told[bond.body, bond.day] += len(bond.states)
    kept = Counter(
        (r["organisation"], r["from_date"])
        for r in data.rows("memberships")
        if r["organisation"] != "UNSC"
    )
    assert told == kept


def test_a_step_is_only_as_sure_as_its_weakest_row():
    found = next(b for b in bonds.bonds() if b.body == "VD" and b.day.year == 1999)
    assert found.verification == "unverified"
    assert all(b.source_ids for b in bonds.bonds() if b.verification != "unverified")


@given(DAYS, DAYS, DAYS)
def test_a_window_and_a_day_leave_only_what_lies_in_both(one, two, known):
    start, end = sorted((one, two))
    found = bonds.within(start, end, known)
    assert all(start <= b.day <= min(end, known) for b in found)
    assert len(found) == sum(start <= b.day <= min(end, known) for b in bonds.bonds())


def test_words_say_so_when_nothing_falls_into_the_window():
    assert "No step" in bonds.describe(bonds.within(date(1998, 2, 1), date(1998, 2, 2)))


def drawn(start, end):
    events = chronology.select(data.rows("events"), start=start, end=end)
    found = bonds.within(start, end)
    return found, charts.svg(charts.timeline(events, start, end, beneath=found))


def test_the_picture_counts_and_its_words_tell_the_lane():
    found, picture = drawn(date(2004, 1, 1), date(2004, 12, 31))
    assert "NATO 7" in picture and "EU 10" in picture
    assert bonds.describe(found) in picture


def test_a_long_window_gathers_by_year():
    events, start, end = data.rows("events"), date(1990, 1, 1), date(2010, 12, 31)
    found, picture = drawn(start, end)
    without = charts.svg(
        charts.timeline(chronology.select(events, start=start, end=end), start, end)
    )
    marks = picture.count("<path") - without.count("<path")
    assert bonds.grain(start, end) == "year"
    assert marks < len(found), "each step has a mark of its own"
    assert "PFP 22" in picture, "22 States joined in the course of 1994"


def test_height_follows_the_parameter_in_the_compiled_picture():
    """What the patch removes and adds must be there, or the live chart would keep an empty half."""
    import json

    import vl_convert

    chart = charts.timeline(
        data.rows("events"),
        date(1998, 1, 1),
        date(1999, 1, 1),
        interactive=True,
        beneath=bonds.bonds(),
    )
    vega = vl_convert.vegalite_to_vega(chart.to_dict())
    vega = json.loads(vega) if isinstance(vega, str) else vega
    names = {signal["name"] for signal in vega["signals"]}
    assert vega["height"] == chronology.HEIGHTS[True]
    assert {"lane", "grain", "start", "end", "known"} <= names and "height" not in names
