"""Each view: regions follow values, a twin stands without a kernel, nonsense is refused."""

import re
from datetime import date

import pytest

from course import data
from course.widgets.claim_desk import ClaimDesk
from course.widgets.indicators import Indicators
from course.widgets.membership_map import MembershipMap
from course.widgets.ranges import Ranges
from course.widgets.text_lens import TextLens
from course.widgets.timeline import Timeline

KOSOVO = [e for e in data.rows("events") if "kosovo" in e["notebooks"]]
COUNTS = [r for r in data.rows("casualties") if r["conflict"] == "kosovo"]
VIEWS = {
    "timeline": lambda: Timeline(KOSOVO),
    "claim desk": lambda: ClaimDesk("C039", "C043"),
    "ranges": lambda: Ranges(COUNTS),
    "map": MembershipMap,
    "indicators": Indicators,
    "lens": TextLens,
}


@pytest.fixture(params=VIEWS, scope="module")
def view(request):
    return VIEWS[request.param]()


def test_the_twin_holds_words_and_describes_its_picture(view):
    html = view.html()
    assert html.startswith('<div class="course-twin">')
    assert view.title in html and view.kicker in html
    assert all(re.search(r'alt="[^"]{20,}"', tag) for tag in re.findall(r"<img[^>]*>", html))
    assert "data-set" not in html, "a twin has nothing to press"


def test_the_text_says_more_than_the_title(view):
    assert len(view.text().split()) > 40


def test_regions_are_pure(view):
    values = view.initial()
    before = dict(values)
    assert view.regions(values) == view.regions(values)
    assert values == before


def test_every_region_is_placed_and_every_control_has_a_value(view, monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view.show()
    placed = {part["name"] for panel in view.panels for part in panel.layout}
    assert set(view.regions(view.initial())) <= placed
    named = {c["name"]: c for c in view.controls()}
    assert set(named) <= set(view.initial())
    assert all(c["label"].strip() for c in named.values())


def test_nothing_asks_for_the_network(view):
    page = view.html()
    loaded = re.findall(r'(?:src|xlink:href)="([^"]*)"', page)
    assert all(address.startswith("data:") for address in loaded)


def test_a_key_press_sends_little(view):
    """At most 20 kB of regions for any one change."""
    values = view.initial()
    before = view.regions(values)
    for control in view.controls():
        if control["type"] in ("range", "select", "choice") and control["name"] not in ("type",):
            top = len(control.get("labels", "12")) - 1
            options = control.get("options")
            value = options[-1]["value"] if options else top
            after = view.regions(values | {control["name"]: value})
            sent = sum(len(after[k].encode()) for k in after if after[k] != before[k])
            assert sent <= 20_000 * (3 if isinstance(view, Ranges) else 1), control["name"]


# --- timeline


def test_the_window_runs_from_the_earlier_to_the_later_month():
    view = Timeline(KOSOVO)
    values = view.initial()
    crossed = values | {"from": values["to"], "to": values["from"]}
    assert view.window(crossed)[0] <= view.window(crossed)[1]
    assert view.shown(crossed) == view.shown(values)


def test_standing_on_a_date_hides_what_came_later():
    view = Timeline(KOSOVO)
    position = view.days.index(date(1999, 1, 15))
    values = view.initial() | {"known": position}
    assert max(e["date"] for e in view.shown(values)) == date(1999, 1, 15)
    assert "15 January 1999" in view.regions(values)["status"]


def test_the_second_lane_follows_the_window_and_the_day_stood_on():
    view = Timeline(KOSOVO)
    values = view.initial()
    assert "NATO: 3 join" in [b.deed for b in view.beneath(values)]
    assert all(view.start <= b.day <= view.end for b in view.beneath(values))
    before = values | {"known": view.days.index(date(1999, 1, 15))}
    assert view.beneath(before) and all(b.day <= date(1999, 1, 15) for b in view.beneath(before))
    assert not view.beneath(values | {"lane": []})
    assert "beneath" not in view.regions(values | {"lane": []})["status"]


def test_the_second_lane_is_told_in_the_twin_and_in_the_text():
    view = Timeline(KOSOVO)
    assert "Czechia, Hungary, Poland" in view.html() and "NATO: 3 join" in view.html()
    assert "NATO: 3 join, 12 March 1999: Czechia, Hungary, Poland" in view.text()


def test_a_step_opens_with_its_states_its_notes_and_its_sources():
    view = Timeline(KOSOVO)
    key = next(f"bonds{i}" for i, b in enumerate(view.bonds) if b.deed == "NATO: 3 join")
    card = view.regions(view.initial() | {"event": key})["event"]
    assert "Czechia, Hungary, Poland" in card and "12 March 1999" in card
    assert card.count("<li>") >= 1, "no source is named"
    weak = next(i for i, b in enumerate(view.bonds) if b.verification == "unverified")
    flagged = view.regions(view.initial() | {"event": f"bonds{weak}"})["event"]
    assert "not verified" in flagged


def test_the_live_picture_moves_by_parameters_alone(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view = Timeline(KOSOVO)
    view.show()
    chart, drawn = view.chart, view.chart.chart
    assert (bool(chart.params.lane), chart.params.grain) == (True, "day")
    view.set(lane=[])
    assert not chart.params.lane and "bonds" not in view.panels[1].shown
    view.set(lane=["bonds"], to=len(view.months) - 1, **{"from": 0})
    assert (bool(chart.params.lane), chart.params.grain) == (True, "year")
    assert view.chart is chart and chart.chart is drawn


def test_an_unverified_event_is_flagged():
    event = {**KOSOVO[0], "verification": "unverified"}
    view = Timeline([event, *KOSOVO[1:]])
    assert "not verified" in view.html()
    assert "not verified" in view.regions(view.initial() | {"event": "0"})["event"]


def test_an_empty_timeline_and_a_crossed_window_are_refused():
    with pytest.raises(ValueError, match="no event"):
        Timeline([])
    with pytest.raises(ValueError, match="before it starts"):
        Timeline(KOSOVO, start=date(1999, 5, 1), end=date(1999, 1, 1))


# --- map, indicators, lens


def test_the_map_refuses_what_it_does_not_cover():
    with pytest.raises(ValueError, match="1990 to 2010"):
        MembershipMap(date(1985, 1, 1))
    with pytest.raises(ValueError, match="no body 'NAT'"):
        MembershipMap(bodies=["NAT"])


def test_the_caption_names_the_source_and_what_the_maps_dispute():
    view = MembershipMap()
    about = data.document("maps/about")
    for shown in about["maps"]:
        caption = view.regions(view.initial() | {"borders": shown["name"]})["caption"]
        assert shown["source"] in caption
        assert all(place["place"] in caption for place in about["disputed"])
    base, second = (
        view.regions(view.initial() | {"borders": name})["caption"] for name in ("base", "second")
    )
    assert "Crimea is drawn with Ukraine, on the other map with Russian Federation" in base
    assert "Crimea is drawn with Russian Federation, on the other map with Ukraine" in second
    assert "Annexed by Russia" in view.html(), "the twin tells of it too"


def test_a_map_is_sent_once_and_then_only_recoloured(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view = MembershipMap()
    view.show()
    assert list(view.charts) == ["base"], "the second map waits until it is asked for"
    view.set(borders="second")
    base, second = view.charts["base"], view.charts["second"]
    assert (base.layout.display, second.layout.display) == ("none", None)
    drawn = second.chart
    view.set(day=0)
    assert second.params.zone["POL"] == "osce" and second.chart is drawn
    view.set(borders="base")
    assert (base.layout.display, second.layout.display) == (None, "none")
    assert base.params.zone["POL"] == "osce" and view.charts["base"] is base


def test_tiles_show_every_participating_state_once():
    html = MembershipMap().regions(MembershipMap().initial())["tiles"]
    codes = re.findall(r'data-value="(\w+)"', html)
    assert sorted(codes) == sorted(t["iso3"] for t in data.rows("tile_grid"))


def test_one_year_is_no_window():
    view = Indicators()
    assert "two different years" in view.regions(view.initial() | {"end": 0})["status"]
    with pytest.raises(ValueError, match="earlier to a later"):
        Indicators(start=2010, end=1990)


def test_an_unused_word_is_answered_with_the_nearest():
    view = TextLens()
    status = view.regions(view.initial() | {"word": "indivisble"})["status"]
    assert "indivisible" in status
    assert view.regions(view.initial() | {"word": "  "})["status"].startswith("<p>“partner”")
