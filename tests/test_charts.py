"""Pictures of the record: well-formed, described from the data, and honest about dates and ranges."""

import re
from datetime import date, timedelta
from urllib.parse import unquote
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import charts, data
from course.charts import chronology, ranges

EVENTS = chronology.select([e for e in data.rows("events") if "kosovo" in e["notebooks"]])
COUNTS = [r for r in data.rows("casualties") if r["conflict"] == "kosovo"]

days = st.dates(date(1985, 1, 1), date(2015, 12, 31))
event = st.builds(
    lambda day, kind, actor, n: {
        "id": f"e{n}", "date": day, "precision": "day", "title": "T", "kind": kind,
        "actors": (actor,), "paragraphs": (), "verification": "seen", "source_ids": (),
    },
    days, st.sampled_from(list(chronology.KINDS)), st.sampled_from("ABC"), st.integers(0, 10**6),
)  # fmt: skip
many = st.lists(event, min_size=1, max_size=40, unique_by=lambda e: e["id"])


@pytest.fixture(scope="module")
def picture():
    return charts.svg(charts.timeline(EVENTS, *chronology.focus(EVENTS)))


def test_a_picture_is_well_formed_and_described(picture):
    root = minidom.parseString(picture).documentElement
    assert root.getAttribute("role") == "img"
    assert "30 events" in root.getAttribute("aria-label")
    assert "currentColor" in picture and 'fill="white"' not in picture


def test_a_plate_carries_the_same_picture_and_words(picture):
    plate = charts.plate(picture)
    inner = unquote(re.search(r'src="data:image/svg\+xml,([^"]*)"', plate).group(1))
    minidom.parseString(inner)
    assert 'alt="Timeline. 30 events' in plate and "currentColor" not in inner


def test_ids_of_two_pictures_never_meet():
    windows = [(date(1998, 1, 1), date(1999, 12, 31)), (date(1989, 1, 1), date(2010, 12, 31))]
    ids = [
        set(re.findall(r'id="([^"]+)"', charts.svg(charts.timeline(EVENTS, *w)))) for w in windows
    ]
    assert not ids[0] & ids[1]


def test_a_picture_without_words_is_refused():
    import altair

    with pytest.raises(ValueError, match="alternative text"):
        charts.svg(altair.Chart(altair.Data(values=[{"a": 1}])).mark_point())


def test_two_drawings_are_identical(picture):
    assert charts.svg(charts.timeline(EVENTS, *chronology.focus(EVENTS))) == picture


def test_a_live_chart_has_the_script_inside_and_no_menu():
    chart = charts.live(charts.timeline(EVENTS, *chronology.focus(EVENTS), interactive=True))
    assert "esm.sh" not in str(chart._esm)[:2000] and len(str(chart._esm)) > 500_000
    assert chart.embed_options == {"actions": False, "renderer": "svg"}
    assert chart.params.kinds == list(chronology.KINDS)


# --- dates


@pytest.mark.parametrize(
    ("precision", "words"),
    [("day", "1 February 1998"), ("month", "February 1998"), ("year", "1998")],
)
def test_a_date_is_never_more_precise_than_it_is_known(precision, words):
    assert chronology.when(date(1998, 2, 1), precision) == words


# --- choosing


@given(many, st.sets(st.sampled_from(list(chronology.KINDS))), st.sampled_from(["", "A", "B"]))
def test_choosing_keeps_exactly_what_fits(events, kinds, actor):
    kept = chronology.select(events, kinds, actor)
    assert all(e["kind"] in kinds and (not actor or actor in e["actors"]) for e in kept)
    assert len(kept) == sum(
        e["kind"] in kinds and (not actor or actor in e["actors"]) for e in events
    )
    assert kept == sorted(kept, key=lambda e: (e["date"], e["id"]))


@given(many, days)
def test_what_was_known_and_what_came_later_make_the_whole(events, day):
    known, later = chronology.known_on(events, day)
    assert known + later == chronology.select(events)
    assert all(e["date"] <= day for e in known) and all(e["date"] > day for e in later)


@given(many, st.floats(0.1, 1))
def test_the_focus_holds_its_share_in_whole_months(events, share):
    first, last = chronology.focus(events, share)
    inside = chronology.select(events, start=first, end=last)
    assert len(inside) >= max(1, round(share * len(events)))
    assert first.day == 1 and (last + timedelta(days=1)).day == 1


@given(many)
def test_each_event_stands_in_the_lane_of_its_kind(events):
    ordered = chronology.select(events)
    places = chronology.places(ordered, timedelta(days=400))
    lanes = list(chronology.KINDS)
    assert [round(y) for y in places] == [lanes.index(e["kind"]) for e in ordered]


def test_kinds_differ_in_shape_as_well_as_in_colour():
    marks = chronology.KINDS.values()
    assert len({m.shape for m in marks}) == len({m.colour for m in marks}) == len(marks)
    assert set(data.table("events")["kind"]) <= set(chronology.KINDS)


@given(many)
def test_words_count_what_the_picture_shows(events):
    words = chronology.describe(events)
    if len(events) > 1:
        assert words.startswith(f"{len(events)} events from ")
    assert chronology.describe([]) == "No event fits this choice."


# --- ranges


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (45, 45, 45, "45"),
        (45, None, 45, "45"),
        (90000, None, None, "at least 90\u202f000"),
        (None, None, 98, "at most 98"),
        (1200, 1500, 2000, "1200 to 2000 (best 1500)"),
        (None, 12, None, "12"),
        (None, None, None, "no figure"),
    ],
)
def test_a_figure_is_said_as_its_source_gives_it(low, best, high, words):
    assert ranges.figure({"low": low, "best": best, "high": high}) == words


def test_every_count_is_drawn_with_who_counted_it():
    rows = [r for r in COUNTS if r["measure"] == "killed or missing"]
    drawn = charts.svg(charts.range_chart(rows, "Persons"))
    for row in rows:
        assert row["counted_by"][:20].replace("&", "&amp;") in drawn
        assert ranges.figure(row) in drawn


def test_groups_lose_no_row_and_rise_within():
    found = ranges.groups(COUNTS)
    assert sorted(r["id"] for _, some in found for r in some) == sorted(r["id"] for r in COUNTS)


def test_no_figure_is_a_sentence():
    with pytest.raises(ValueError, match="no figure"):
        charts.range_chart([])
    with pytest.raises(ValueError, match="no figure"):
        charts.bars([], "a", "b", "Nothing")


def test_bars_say_their_numbers():
    rows = [{"who": "Russia", "n": 6}, {"who": "United States", "n": 15}]
    drawn = charts.svg(charts.bars(rows, "who", "n", "Vetoes", "Drafts vetoed"))
    assert 'aria-label="Vetoes: Russia 6; United States 15."' in drawn


def test_an_unverified_figure_is_marked_and_never_named_as_an_extreme():
    base = {"group": "Village", "measure": "killed", "best": None}
    rows = [
        base | {"low": 45, "high": 45, "counted_by": "Mission", "verification": "seen"},
        base | {"low": 40, "high": 40, "counted_by": "Pathologists", "verification": "seen"},
        base | {"low": 900, "high": 900, "counted_by": "Rumour", "verification": "unverified"},
    ]
    words = ranges.describe(rows)
    assert "the highest 45 (Mission)" in words and "Rumour" not in words
    assert "1 of the figures is not verified" in words
    assert "900 (unverified)" in charts.svg(charts.range_chart(rows))
