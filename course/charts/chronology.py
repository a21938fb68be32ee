"""Events in time: how dates are written, which events are shown, where they stand in a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from course.charts.theme import INK, PALETTE, WIDTH, Mark, configure, filled, library, quoted
from course.evidence import dated
from course.words import say

if TYPE_CHECKING:
    import altair

    from course.charts.bonds import Bond

__all__ = [
    "FOLD",
    "KINDS",
    "describe",
    "focus",
    "known_on",
    "months",
    "places",
    "select",
    "timeline",
    "when",
]

Event = Mapping[str, Any]

KINDS = {
    "diplomatic": Mark("event.diplomatic", PALETTE["blue"], "circle"),
    "institutional": Mark("event.institutional", PALETTE["green"], "square"),
    "legal": Mark("event.legal", PALETTE["sky"], "diamond"),
    "military": Mark("event.military", PALETTE["vermillion"], "triangle-up"),
    "humanitarian": Mark("event.humanitarian", PALETTE["purple"], "cross"),
}

ROW = 44  # height of a lane in pixels
GAP = 0.35  # between the events and what lies beneath them, in lanes
HEIGHTS = {False: ROW * 5, True: round(ROW * (9 + GAP + 0.2))}  # without and with the second lane


def when(day: date, precision: str = "day") -> str:
    """A date in words, as precise as it is known: `15 January 1999`, `February 1998`, `1989`."""
    if precision == "year":
        return dated(day.year)
    return dated(day.year, day.month, 0 if precision == "month" else day.day)


def select(
    events: Sequence[Event],
    kinds: Collection[str] | None = None,
    actor: str = "",
    start: date | None = None,
    end: date | None = None,
    known: date | None = None,
) -> list[Event]:
    """Events of these kinds, with this actor, in this window, known on this date.

    Parameters
    ----------
    events : sequence of mapping
        Rows of the table `events`.
    kinds : collection of str, optional
        Kinds to keep; all if absent.
    actor : str
        One actor; "" for all.
    start, end : date, optional
        First and last day of the window.
    known : date, optional
        Only what had happened by this day.

    Returns
    -------
    list of mapping
        Sorted by date, then by id.
    """
    kept = [
        e
        for e in events
        if (kinds is None or e["kind"] in kinds)
        and (not actor or actor in e["actors"])
        and (start is None or e["date"] >= start)
        and (end is None or e["date"] <= end)
        and (known is None or e["date"] <= known)
    ]
    return sorted(kept, key=lambda e: (e["date"], e["id"]))


def known_on(events: Sequence[Event], day: date) -> tuple[list[Event], list[Event]]:
    """Events split in two: those that had happened by `day`, and those still to come."""
    ordered = select(events)
    return [e for e in ordered if e["date"] <= day], [e for e in ordered if e["date"] > day]


def focus(events: Sequence[Event], share: float = 0.7) -> tuple[date, date]:
    """The shortest window that holds `share` of the events, in whole months.

    Returns
    -------
    (date, date)
        First day of its first month and last day of its last month.
    """
    days = sorted(e["date"] for e in events)
    if not days:
        raise ValueError(say("timeline.empty"))
    size = max(1, round(share * len(days)))
    first, last = min(
        ((days[i], days[i + size - 1]) for i in range(len(days) - size + 1)),
        key=lambda window: window[1] - window[0],
    )
    return first.replace(day=1), _month_end(last)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months(first: date, last: date) -> list[date]:
    """First days of all months from that of `first` to that of `last`."""
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
        for i in range(number)
    ]


def places(events: Sequence[Event], span: timedelta, rows: int = 3) -> list[float]:
    """Height of each event in its lane, so that neighbours in time do not cover each other.

    Parameters
    ----------
    events : sequence of mapping
        In the order of their dates.
    span : timedelta
        Length of the window that fills the width of the picture.
    rows : int
        How many heights a lane has.

    Returns
    -------
    list of float
        Lane number (order of `KINDS`) plus an offset between -0.3 and 0.3.
    """
    lanes = list(KINDS)
    near = span * 14 / WIDTH  # a mark is about 14 pixels wide
    last: dict[tuple[str, int], date] = {}
    found = []
    for event in events:
        kind = event["kind"]
        free = [
            r for r in range(rows) if (kind, r) not in last or event["date"] - last[kind, r] >= near
        ]
        row = free[0] if free else min(range(rows), key=lambda r: last[kind, r])
        last[kind, row] = event["date"]
        # middle first, then above, then below
        found.append(lanes.index(kind) + (0, -0.28, 0.28)[row % 3])
    return found


def describe(events: Sequence[Event]) -> str:
    """Say in two sentences what a timeline of these events shows."""
    if not events:
        return say("timeline.none")
    ordered = select(events)
    first, last = (when(e["date"], e["precision"]) for e in (ordered[0], ordered[-1]))
    if len(ordered) == 1:
        return say("timeline.one", date=first, title=ordered[0]["title"])
    counts = Counter(e["kind"] for e in ordered)
    kinds = ", ".join(say(f"event.times.{k}", number=counts[k]) for k in KINDS if counts[k])
    month, most = Counter(when(e["date"], "month") for e in ordered).most_common(1)[0]
    words = say("timeline.many", number=len(ordered), first=first, last=last, kinds=kinds)
    return words + (f" {say('timeline.densest', month=month, number=most)}" if most > 1 else "")


def millis(day: date) -> int:
    """Milliseconds since 1970, the unit of time in Vega."""
    return (day - date(1970, 1, 1)).days * 86_400_000


def _month_of_tick() -> str:
    """A Vega expression for the month of an axis tick: `Jan 1999`."""
    short = [say(f"month.short.{n}") for n in range(1, 13)]
    return filled(
        quoted(say("date.month", month="{month}", year="{year}")),
        month=f"{quoted(short)}[utcmonth(datum.value)]",
        year="('' + utcyear(datum.value))",
    )


def timeline(
    events: Sequence[Event],
    start: date,
    end: date,
    selected: int = -1,
    interactive: bool = False,
    beneath: Sequence[Bond] = (),
) -> altair.LayerChart:
    """A chart of events in one lane per kind, and of memberships and treaties beneath them.

    Parameters
    ----------
    events : sequence of mapping
        Rows of the table `events`, in the order of their dates.
    start, end : date
        The window drawn.
    selected : int
        Position of the event to mark; -1 for none.
    interactive : bool
        Whether the parameters `kinds`, `actor`, `start`, `end`, `known`, `selected`, `lane` and
        `grain` may be set later and `pick` reports the event that was clicked.
    beneath : sequence of Bond
        What `course.charts.bonds` tells of memberships and treaties; without it, no second lane.

    Returns
    -------
    altair.LayerChart
        With its alternative text as description.
    """
    alt = library()

    from course.charts import bonds

    span = end - start
    rows = [
        {
            "i": i,
            "day": millis(e["date"]),
            "y": y,
            "kind": e["kind"],
            "actors": list(e["actors"]),
            "date": when(e["date"], e["precision"]),
            "title": e["title"],
            "words": say("event.words", date=when(e["date"], e["precision"]), title=e["title"]),
        }
        for i, (e, y) in enumerate(zip(events, places(events, span), strict=True))
    ]
    values = {
        "kinds": list(KINDS),
        "actor": "",
        "start": millis(start),
        "end": millis(end),
        "known": millis(end + timedelta(days=36_500)),
        "selected": selected,
        "lane": int(bool(beneath)),  # a number, as Altair holds it
        "grain": bonds.grain(start, end),
        "many": bonds.many(start, end),
    }
    params = [alt.param(name=name, value=value) for name, value in values.items()]
    kinds = list(KINDS)
    lanes = [mark.label for mark in KINDS.values()]
    lanes += [say(f"bonds.row.{row}") for row in bonds.ROWS]
    top = len(KINDS) + GAP
    rungs = [*range(len(KINDS)), *(top + i for i in range(len(bonds.ROWS)))]
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(
            type="utc",
            padding=12,
            domainMin=alt.ExprRef("start") if interactive else values["start"],
            domainMax=alt.ExprRef("end") if interactive else values["end"],
        ),
        axis=alt.Axis(
            tickCount=8,
            labelExpr=_month_of_tick() if span.days < 1500 else "utcyear(datum.value)",
            labelOverlap=True,
        ),
    )
    y = alt.Y(
        "y:Q",
        title=None,
        scale=alt.Scale(
            domainMin=-0.6,
            domainMax=alt.ExprRef(f"lane ? {rungs[-1] + 0.6} : {len(KINDS) - 0.4}"),
            reverse=True,
            nice=False,
            zero=False,
        ),
        axis=alt.Axis(
            values=alt.ExprRef(f"lane ? {rungs} : {rungs[: len(KINDS)]}"),
            labelExpr=f"{quoted(lanes)}[floor(datum.value)]",
            domain=False,
            ticks=False,
            gridDash=[2, 3],
        ),
    )
    shown = (
        "indexof(kinds, datum.kind) >= 0 && (actor == '' || indexof(datum.actors, actor) >= 0)"
        " && datum.day >= start && datum.day <= end"
    )
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=kinds, range=[KINDS[k].colour for k in kinds]),
    )
    shape = alt.Shape(
        "kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[KINDS[k].shape for k in kinds])
    )
    base = alt.Chart(alt.Data(values=rows)).transform_filter(shown)
    marks = base.mark_point(filled=True, size=130, stroke=INK, strokeWidth=0.9, cursor="pointer")
    marks = marks.encode(
        x=x,
        y=y,
        color=colour,
        shape=shape,
        opacity=alt.condition("datum.day <= known", alt.value(1), alt.value(0.14)),
        description="words:N",
        tooltip=[
            alt.Tooltip("date:N", title=say("timeline.column.date")),
            alt.Tooltip("title:N", title=say("timeline.column.title")),
        ],
    )
    chosen = base.transform_filter("datum.i == selected")
    ring = chosen.mark_point(size=430, stroke=INK, strokeWidth=2, filled=False, aria=False).encode(
        x=x, y=y
    )
    stem = chosen.mark_rule(stroke=INK, strokeWidth=1, opacity=0.7, aria=False).encode(x=x)
    today = (
        alt.Chart(alt.Data(values=[{}]))
        .transform_calculate(day="known")
        .transform_filter("datum.day <= end && datum.day >= start")
        .mark_rule(stroke=INK, strokeDash=[5, 4], strokeWidth=1.3, aria=False)
        .encode(x=x)
    )
    if interactive:
        marks = marks.add_params(alt.selection_point(name="pick", fields=["i"], empty=False))
    drawn = [stem, today, marks, ring]
    label = describe(select(events, start=start, end=end))
    if beneath:
        apart = alt.Chart(alt.Data(values=[{"y": top - 0.5 - GAP / 2}])).transform_filter("lane")
        drawn.append(apart.mark_rule(stroke=INK, opacity=0.4, aria=False).encode(y=y))
        drawn.extend(bonds.layers(beneath, x, y, top))
        label += " " + bonds.describe([b for b in beneath if start <= b.day <= end])
    chart = alt.layer(*drawn).add_params(*params)
    chart = chart.resolve_scale(shape="independent")
    height = HEIGHTS[bool(beneath)]
    label = say("timeline.alt", words=label)
    return configure(chart.properties(width=WIDTH - 100, height=height), label)


# Vega-Lite cannot say that a height follows a parameter; Vega can.
FOLD = (
    {"op": "remove", "path": "/height"},
    {
        "op": "add",
        "path": "/signals/-",
        "value": {"name": "height", "update": f"lane ? {HEIGHTS[True]} : {HEIGHTS[False]}"},
    },
)
