"""What each source counted, side by side: every figure with its range and who reported it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from course.charts.theme import INK, PALETTE, THOUSANDS, WIDTH, configure, library
from course.words import catalogue, count, say

if TYPE_CHECKING:
    import altair

__all__ = ["bars", "describe", "figure", "groups", "named", "range_chart"]

Row = Mapping[str, Any]
BY_LETTERS = 44  # letters of a counter's name that fit into one line of the picture


def figure(row: Row) -> str:
    """A count as its source gives it: `45`, `1 200 to 2 000 (best 1 500)`, `at least 90 000`."""
    low, best, high = (row.get(k) for k in ("low", "best", "high"))
    if low is not None and high is None:
        words = say("ranges.at_least", low=_n(low))
    elif high is not None and low is None:
        words = say("ranges.at_most", high=_n(high))
    elif low is None:
        return _n(best) if best is not None else say("ranges.no_figure")
    elif low == high:
        return _n(low)  # a best figure adds nothing to a single one
    else:
        words = say("ranges.from_to", low=_n(low), high=_n(high))
    return words if best is None else say("ranges.best", figure=words, best=_n(best))


def named(measure: str) -> str:
    """What is counted, in print: `killed or missing`."""
    key = f"ranges.measure.{measure}"
    return say(key) if key in catalogue() else measure


def _unseen(row: Row) -> bool:
    """Whether nobody has yet read the figure in a source."""
    return str(row.get("verification") or "").startswith("unverified")


def _n(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f") if value >= 10_000 else f"{value:.0f}"


def groups(rows: Sequence[Row]) -> list[tuple[tuple[str, str], list[Row]]]:
    """Rows by (group counted, measure), the most counted groups first, then by size.

    Within a group rows stand from the lowest figure to the highest.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["group"], row["measure"]), []).append(row)
    for some in found.values():
        some.sort(key=lambda r: (_point(r), r["counted_by"]))
    return sorted(found.items(), key=lambda item: (-len(item[1]), -_point(item[1][-1]), item[0]))


def _point(row: Row) -> float:
    return next((row[k] for k in ("best", "low", "high") if row.get(k) is not None), 0)


def describe(rows: Sequence[Row]) -> str:
    """Say what the figures are, and where sources differ most."""
    if not rows:
        return say("ranges.none")
    sets = groups(rows)
    counters = len({r["counted_by"] for r in rows})
    words = say("ranges.figures", number=len(rows), counters=counters)
    # what nobody has verified is drawn and marked, but never named as the lowest or the highest
    seen = [(key, [r for r in some if not _unseen(r)]) for key, some in sets]
    several = [(key, some) for key, some in seen if len(some) > 1]
    if several:
        (group, measure), some = max(
            several, key=lambda item: _point(item[1][-1]) / max(1, _point(item[1][0]))
        )
        differ = say(
            "ranges.differ",
            group=group,
            measure=named(measure),
            lowest=figure(some[0]),
            lowest_by=some[0]["counted_by"],
            highest=figure(some[-1]),
            highest_by=some[-1]["counted_by"],
        )
        words += f" {differ}"
    unseen = sum(map(_unseen, rows))
    if unseen:
        words += f" {count('ranges.unseen', unseen)}"
    return words


def range_chart(rows: Sequence[Row], title: str = "") -> altair.TopLevelMixin:
    """A chart with one line per figure: its range, its best value, and who counted.

    Parameters
    ----------
    rows : sequence of mapping
        With `group`, `measure`, `low`, `best`, `high` (persons), `counted_by`.
    title : str
        Title of the axis; says that the scale is by powers of ten where it is.

    Raises
    ------
    ValueError
        If there is no figure to draw.
    """
    alt = library()

    rows = [r for r in rows if any(r.get(k) is not None for k in ("low", "best", "high"))]
    if not rows:
        raise ValueError(say("figures.none"))
    sets = groups(rows)
    put, line = [], 0.0
    for (group, _), some in sets:
        put.append({"y": line, "head": group})
        line += 1
        for row in some:
            low, high = row.get("low"), row.get("high")
            best = (
                row.get("best") if row.get("best") is not None else (low if low == high else None)
            )
            ends = [v for v in (low, best, high) if v is not None]
            put.append({
                "y": line, "low": min(ends), "high": max(ends), "best": best,
                "words": say("ranges.unverified", figure=figure(row)) if _unseen(row) else figure(row),
                "by": wrap(row["counted_by"], BY_LETTERS),
                "open": None if best is not None else "right" if high is None else "left" if low is None else None,
            })  # fmt: skip
            line += 1 + 0.72 * (len(put[-1]["by"]) - 1)
        line += 0.4
    figures = [p for p in put if "low" in p]
    top = max(p["high"] for p in figures)
    least = min(p["low"] for p in figures)
    powers = least > 0 and top / least > 60
    scale = (
        alt.Scale(type="log", domain=[least / 1.6, top * 1.6], nice=False)
        if powers
        else alt.Scale(domain=[0, top * 1.12], nice=False)
    )
    axis = say("ranges.axis_powers", axis=title) if powers else title
    ticks = {"values": [10**n for n in range(8)]} if powers else {"tickCount": 5}
    x = alt.X(
        "low:Q",
        scale=scale,
        title=axis or None,
        axis=alt.Axis(labelExpr=THOUSANDS, orient="bottom", **ticks),
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.7, line], reverse=True, nice=False))
    base = alt.Chart(alt.Data(values=figures)).encode(y=y)
    height = max(90, round(22 * line))
    width = WIDTH - 460
    spans = base.transform_filter("datum.high > datum.low").mark_rule(
        strokeWidth=7, color=PALETTE["sky"], strokeCap="round", opacity=0.9
    )
    spans = spans.encode(x=x, x2="high:Q")
    points = base.transform_filter("datum.best != null").mark_point(
        filled=True, size=95, color=PALETTE["blue"], stroke=INK, strokeWidth=0.8
    )
    points = points.encode(x=x.copy(), shape=alt.value("circle")).encode(
        x=alt.X("best:Q", scale=scale)
    )
    arrows = [
        base.transform_filter(f"datum.open == '{side}'")
        .mark_point(
            filled=True, size=90, color=PALETTE["blue"], stroke=INK, strokeWidth=0.8,
            shape=f"triangle-{side}",
        )
        .encode(x=alt.X("low:Q", scale=scale))
        for side in ("right", "left")
    ]  # fmt: skip
    names = base.mark_text(align="right", dx=-14, lineHeight=14).encode(x=alt.value(0), text="by:N")
    counts = base.mark_text(align="left", dx=12, limit=190).encode(
        x=alt.value(width), text="words:N"
    )
    heads = (
        alt.Chart(alt.Data(values=[p for p in put if "head" in p]))
        .mark_text(align="left", fontWeight="bold", dx=-304, limit=560)
        .encode(y=y, x=alt.value(0), text="head:N")
    )
    chart = alt.layer(spans, points, *arrows, names, counts, heads)
    label = say("ranges.alt", words=describe(rows))
    return configure(chart.properties(width=width, height=height), label)


def bars(
    rows: Sequence[Row], name: str, value: str, label: str, title: str = ""
) -> altair.TopLevelMixin:
    """Horizontal bars, in the order of `rows`, with the number at the end of each.

    Parameters
    ----------
    rows : sequence of mapping
        What is compared.
    name, value : str
        Keys of the name and of the number.
    label : str
        Alternative text; the figures are added to it.
    title : str
        Title of the axis, with its unit.
    """
    alt = library()

    rows = [{"name": str(r[name]), "value": r[value]} for r in rows if r.get(value) is not None]
    if not rows:
        raise ValueError(say("figures.none"))
    listed = "; ".join(f"{r['name']} {r['value']:g}" for r in rows[:12])
    told = {"label": label.rstrip("."), "listed": listed}
    if len(rows) > 12:
        words = say("bars.alt_more", number=len(rows) - 12, **told)
    else:
        words = say("bars.alt", **told)
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    chart = base.mark_bar(color=PALETTE["blue"], height={"band": 0.62}).encode(
        x=alt.X("value:Q", title=title or None, axis=alt.Axis(tickCount=5))
    ) + base.mark_text(align="left", dx=5).encode(
        x="value:Q", text=alt.Text("value:Q", format="~r")
    )
    chart = chart.properties(width=WIDTH - 220, height={"step": 26})
    return configure(chart, words)
