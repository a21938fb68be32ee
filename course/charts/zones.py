"""Who was bound to whom on a day: zones of obligation, and membership in chosen bodies."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from course import data
from course.charts.chronology import when
from course.charts.theme import FONT, INK, PALETTE, WIDTH, Mark, configure, library
from course.words import say

if TYPE_CHECKING:
    import altair

__all__ = [
    "BODIES", "FIRST", "LAST", "SHARED", "ZONES", "Standing", "changes", "counts", "describe",
    "map_chart", "named", "overlap", "standing", "zones",
]  # fmt: skip

EVERYTHING = "all"  # the one object of the shapes that the page receives
HIGH, WHOLE = 430, 285  # heights of the two pictures in pixels
FIRST, LAST = date(1990, 1, 1), date(2010, 12, 31)
BODIES = (
    "NATO", "EU", "COE", "OSCE", "WEU", "PFP", "EAPC", "NRC", "CIS", "CST", "CSTO", "GUAM",
)  # fmt: skip
# From the strongest obligation to none; the first that fits is taken.
ZONES = {
    "nato": Mark("zone.nato", PALETTE["blue"], "circle"),
    "cst": Mark("zone.cst", PALETTE["vermillion"], "square"),
    "cis": Mark("zone.cis", PALETTE["orange"], "triangle-up"),
    "osce": Mark("zone.osce", PALETTE["sky"], "diamond"),
    "none": Mark("zone.none", PALETTE["grey"], "cross"),
}  # fmt: skip
SHARED = {
    "all": Mark("zone.all", PALETTE["green"], "circle"),
    "some": Mark("zone.some", PALETTE["yellow"], "triangle-up"),
    "no": Mark("zone.no", PALETTE["grey"], "cross"),
}


@dataclass(frozen=True)
class Standing:
    """Where a State, or the ground that a present State covers, stood on a day.

    Attributes
    ----------
    code : str
        The seat that counted then: the State's own code, or that of the State that held it.
    zone : str
        A key of `ZONES`.
    bodies : frozenset of str
        The bodies in which that seat was a full member.
    """

    code: str
    zone: str
    bodies: frozenset[str]


@cache
def _members(body: str, on: date) -> frozenset[str]:
    """Members on a day; none before the record of the body begins."""
    try:
        return frozenset(data.members(body, on))
    except data.DataError:
        return frozenset()


@cache
def _states() -> Mapping[str, Mapping]:
    return {row["iso3"]: row for row in data.rows("states")}


def _zone(bodies: Collection[str]) -> str:
    if "NATO" in bodies:
        return "nato"
    if "CST" in bodies or "CSTO" in bodies:
        return "cst"
    if "CIS" in bodies:
        return "cis"
    return "osce" if "OSCE" in bodies else "none"


def _of(code: str, on: date) -> frozenset[str]:
    return frozenset(body for body in BODIES if code in _members(body, on))


def standing(iso3: str, on: date) -> Standing:
    """Where the ground of a present State stood on a day.

    Parameters
    ----------
    iso3 : str
        A present-day code.
    on : date
        The day.

    Returns
    -------
    Standing
        By its own seats where it had any; else by those of the State, since dissolved, to which
        it then belonged.
    """
    own = _of(iso3, on)
    if own:
        return Standing(iso3, _zone(own), own)
    for code, row in _states().items():
        if iso3 in (row["shapes"] or ()) and (row["end_date"] is None or on < row["end_date"]):
            held = _of(code, on)
            if held:
                return Standing(code, _zone(held), held)
    return Standing(iso3, "none", frozenset())


def zones(codes: Collection[str], on: date) -> dict[str, str]:
    """The zone of each code on a day."""
    return {code: standing(code, on).zone for code in codes}


def named(body: str) -> str:
    """Name of a body of `BODIES` in print."""
    return say(f"body.{body}")


def overlap(codes: Collection[str], bodies: Collection[str], on: date) -> dict[str, str]:
    """Whether each code was in all, some or none of the chosen bodies: a key of `SHARED`."""
    found = {}
    for code in codes:
        inside = len(standing(code, on).bodies & set(bodies))
        found[code] = "no" if not inside else "all" if inside == len(set(bodies)) else "some"
    return found


def counts(on: date) -> dict[str, int]:
    """Number of participating States per zone on a day; each seat counts once."""
    found = dict.fromkeys(list(ZONES)[:-1], 0)
    for code in _members("OSCE", on):
        found[_zone(_of(code, on))] += 1
    return found


def changes(after: date, until: date) -> list[str]:
    """Who entered or left which body after one day and up to another, in words."""
    if after >= until:
        return []
    found = []
    for body in BODIES:
        before, now = _members(body, after), _members(body, until)
        for codes, verb in ((now - before, "joined"), (before - now, "left")):
            if codes:
                names = sorted(_states()[c]["name"].split(" (")[0] for c in codes)
                many = ", ".join(names)
                if len(names) > 5:
                    many = say("zone.more", states=", ".join(names[:4]), number=len(names) - 4)
                found.append(say(f"zone.{verb}", states=many, body=named(body)))
    return found


def describe(on: date) -> str:
    """Say how many participating States stood in each zone, with shares."""
    found = counts(on)
    total = sum(found.values())
    parts = ", ".join(
        say(f"zone.share.{zone}", number=n, percent=f"{n / total:.0%}".rstrip("%"))
        for zone, n in found.items()
        if n
    )
    return say("zone.words", day=when(on), all=total, parts=parts)


def months() -> list[date]:
    """First days of all months of the map's years."""
    found, day = [], FIRST
    while day <= LAST:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _address(shapes: Mapping) -> str:
    """All shapes as a data address: one text, which Altair neither copies nor checks part by part.

    As values they cost 40 MB and a second; nothing is fetched in either case.
    """
    parts = [one for kind in shapes["objects"].values() for one in kind["geometries"]]
    every = {EVERYTHING: {"type": "GeometryCollection", "geometries": parts}}
    text = json.dumps({**shapes, "objects": every}, separators=(",", ":"))
    return "data:application/json;base64," + base64.b64encode(text.encode()).decode()


def map_chart(
    values: Mapping[str, str], marks: Mapping[str, Mark], name: str = "base"
) -> altair.VConcatChart:
    """A map of the OSCE area whose colours follow the parameter `zone` (code to key of `marks`).

    Europe large, and beneath it the whole area from Vancouver to Vladivostok, from above the Pole.

    Parameters
    ----------
    values : mapping
        First value of the parameter.
    marks : mapping
        Colour and shape of each key; a mark at the capital repeats the colour by its shape.
    name : str
        "base" or "second": two maps that disagree about borders.
    """
    alt = library()

    shapes = alt.UrlData(
        url=_address(data.document(f"maps/{name}")),
        format=alt.TopoDataFormat(type="topojson", feature=EVERYTHING),
    )
    keys = list(marks)
    colours = alt.Scale(domain=keys, range=[marks[k].colour for k in keys])
    forms = alt.Scale(domain=keys, range=[marks[k].shape for k in keys])
    zone = alt.param(name="zone", value=dict(values))
    around = (
        alt.Chart()
        .transform_filter("!datum.properties.iso3")
        .mark_geoshape(fill=INK, fillOpacity=0.05, stroke=INK, strokeOpacity=0.15, aria=False)
    )
    area = (
        alt.Chart()
        .transform_filter("datum.properties.iso3")
        .transform_calculate(z="zone[datum.properties.iso3] || 'none'")
        .mark_geoshape(stroke=INK, strokeWidth=0.5, strokeOpacity=0.75)
        .encode(
            color=alt.Color("z:N", legend=None, scale=colours),
            opacity=alt.condition(
                "datum.z == 'none' || datum.z == 'no'", alt.value(0.35), alt.value(0.92)
            ),
            tooltip=alt.Tooltip("properties.name:N", title=say("map.state")),
            description="properties.name:N",
        )
    )
    capitals = [
        {"iso3": r["iso3"], "lat": r["lat"], "lon": r["lon"]}
        for r in data.rows("states")
        if r["lat"] is not None and r["end_date"] is None
    ]
    points = (
        alt.Chart(alt.Data(values=capitals))
        .transform_calculate(z="zone[datum.iso3] || 'none'")
        .mark_point(
            filled=True,
            size=26,
            color=INK,
            fill="white",
            stroke="black",
            strokeWidth=0.8,
            aria=False,
        )
        .encode(
            longitude="lon:Q", latitude="lat:Q", shape=alt.Shape("z:N", legend=None, scale=forms)
        )
    )
    near = alt.layer(around, area, points).properties(width=WIDTH, height=HIGH).project(
        type="azimuthalEqualArea", rotate=[-22, -54, 0], scale=465, translate=[300, 255],
        clipExtent=[[0, 0], [WIDTH, HIGH]],
    )  # fmt: skip
    whole = alt.layer(around, area).properties(
        width=WIDTH,
        height=WHOLE,
        title=alt.Title(
            say("map.whole"), anchor="start", color=INK, font=FONT, fontSize=13, fontWeight="normal"
        ),
    ).project(
        type="azimuthalEqualArea", rotate=[5, -80, 0], scale=165, translate=[370, 140],
        clipExtent=[[0, 0], [WIDTH, WHOLE]],
    )  # fmt: skip
    chart = alt.vconcat(near, whole, data=shapes, spacing=10).add_params(zone)
    return configure(chart, say("map.alt"))


def of_bodies(bodies: Sequence[str], on: date) -> str:
    """Say how many States were in all, and in some, of the chosen bodies."""
    seats = _members("OSCE", on) | {c for b in bodies for c in _members(b, on)}
    inside = [sum(c in _members(b, on) for b in bodies) for c in seats]
    names = ", ".join(map(named, bodies))
    every = sum(n == len(bodies) for n in inside)
    some = sum(0 < n < len(bodies) for n in inside)
    if len(bodies) == 1:
        return say("zone.in_one", day=when(on), every=every, bodies=names)
    return say("zone.in_several", day=when(on), every=every, bodies=names, some=some)
