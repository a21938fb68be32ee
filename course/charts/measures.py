"""Has security declined? Several measures, one window of years, and how the window decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from course import data
from course.charts.theme import INK, PALETTE, THOUSANDS, WIDTH, configure, library
from course.words import say

if TYPE_CHECKING:
    import altair

__all__ = ["YEARS", "Measure", "change", "chart", "describe", "measures", "windows"]

YEARS = range(1990, 2011)
TREATIES = ("INF", "CFE", "START I", "Open Skies", "New START")
# States whose tanks the tables give for both July 1992 and November 1995.
BLOCK = "battle tanks"


@dataclass(frozen=True)
class Measure:
    """One yearly series.

    Attributes
    ----------
    key, label, unit : str
        Its name, what it counts, and in what.
    points : tuple of (int, float)
        Year and value, in the order of the years.
    note : str
        What to keep in mind.
    table : str
        The table of `data/` that it comes from.
    source_ids : tuple of str
        Sources of its rows.
    """

    key: str
    label: str
    unit: str
    points: tuple[tuple[int, float], ...]
    note: str
    table: str
    source_ids: tuple[str, ...]

    def at(self, year: int) -> float | None:
        """Value of a year, or None where the table has none."""
        return dict(self.points).get(year)


@dataclass(frozen=True)
class _Series:
    """What a measure is made of but its words, which depend on the language in use."""

    points: tuple[tuple[int, float], ...]
    table: str
    source_ids: tuple[str, ...]
    blanks: Mapping[str, object] = field(default_factory=dict)


def _series(rows, year, value, table, **blanks) -> _Series:
    """Sum `value` of the rows by `year`."""
    sums: dict[int, float] = {}
    for row in rows:
        if (amount := value(row)) is not None and (when_ := year(row)) in YEARS:
            sums[when_] = sums.get(when_, 0) + amount
    return _Series(tuple(sorted(sums.items())), table, _sources(rows), blanks)


def _sources(rows: Sequence[Mapping]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for row in rows for i in row["source_ids"]))


def _spending(area: str) -> _Series:
    rows = [r for r in data.rows("milex") if r["area"] == area]
    return _series(rows, lambda r: r["year"], lambda r: r["constant_usd"], "milex")


def _applied(rows: Sequence[Mapping], treaty: str, day: date) -> bool:
    """Whether a treaty was in force, and not suspended, for Russia (or the USSR) and the USA."""

    def holds(codes):
        return any(
            r["treaty"] == treaty and r["iso3"] in codes and r["in_force"] and r["in_force"] <= day
            and not (r["suspended"] and r["suspended"] <= day)
            and not (r["ended"] and r["ended"] <= day)
            for r in rows
        )  # fmt: skip

    return holds({"USA"}) and holds({"RUS", "SUN"})


def _treaties() -> _Series:
    rows = [r for r in data.rows("arms_control") if r["iso3"] in ("USA", "RUS", "SUN")]
    rows = [r for r in rows if r["treaty"] in TREATIES]
    points = tuple(
        (year, float(sum(_applied(rows, t, date(year, 12, 31)) for t in TREATIES)))
        for year in YEARS
    )
    return _Series(points, "arms_control", _sources(rows))


def _tanks() -> _Series:
    rows = [
        r for r in data.rows("cfe_holdings")
        if r["category"] == BLOCK and r["kind"].startswith("holding") and r["date"].year in (1992, 1995)
    ]  # fmt: skip
    both = {r["unit"] for r in rows if r["date"].year == 1992}
    both &= {r["unit"] for r in rows if r["date"].year == 1995}
    rows = [r for r in rows if r["unit"] in both]
    return _series(
        rows, lambda r: r["date"].year, lambda r: r["value"], "cfe_holdings", states=len(both)
    )


@cache
def _all(_root) -> Mapping[str, _Series]:
    deaths = [
        r for r in data.rows("conflict_deaths") if r["area"] == "EUROPE" and r["violence"] == "all"
    ]
    conflicts = data.rows("conflict_years")
    warheads = data.rows("warheads")

    def year(row: Mapping) -> int:
        return row["year"]

    return {
        "deaths": _series(deaths, year, lambda r: r["deaths"], "conflict_deaths"),
        "conflicts": _series(conflicts, year, lambda r: 1, "conflict_years"),
        "warheads": _series(warheads, year, lambda r: r["stockpile"], "warheads"),
        "treaties": _treaties(),
        "tanks": _tanks(),
        "usa": _spending("USA"),
        "russia": _spending("RUS"),
        "europe": _spending("NATO-EUR-1990"),
    }


def measures() -> Mapping[str, Measure]:
    """All measures by key."""
    return {
        key: Measure(
            key,
            say(f"measure.{key}", **made.blanks),
            say(f"measure.{key}.unit"),
            made.points,
            say(f"measure.{key}.note"),
            made.table,
            made.source_ids,
        )
        for key, made in _all(data.root()).items()
    }


def change(measure: Measure, start: int, end: int) -> float | None:
    """Change from one year to another as a share of the first; None where a year is missing.

    Examples
    --------
    0.5 is a rise by half, -1.0 a fall to nothing.
    """
    first, last = measure.at(start), measure.at(end)
    if first is None or last is None:
        return None
    if first == 0:
        return 0.0 if last == 0 else float("inf")
    return (last - first) / first


def windows(measure: Measure) -> tuple[int, int, int]:
    """In how many of all possible windows of years the measure rose, fell or stayed.

    Returns
    -------
    (int, int, int)
        Risen, fallen, level; together every pair of an earlier and a later year with figures.
    """
    values = [v for _, v in measure.points]
    pairs = [(a, b) for i, a in enumerate(values) for b in values[i + 1 :]]
    risen = sum(b > a for a, b in pairs)
    fallen = sum(b < a for a, b in pairs)
    return risen, fallen, len(pairs) - risen - fallen


def _n(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f") if value >= 10_000 else f"{value:.0f}"


def moved(share: float | None) -> str:
    """A change in words: `fell by 43 %`, `rose by 5 %`, `stayed level`, `no figure`."""
    if share is None:
        return say("moved.unknown")
    if share == float("inf"):
        return say("moved.from_zero")
    if abs(share) < 0.005:
        return say("moved.level")
    return say("moved.rose" if share > 0 else "moved.fell", percent=f"{abs(share):.0%}".rstrip("%"))


def describe(measure: Measure, start: int, end: int) -> str:
    """Say how a measure moved in a window, and in how many windows it rose or fell."""
    risen, fallen, level = windows(measure)
    first, last = measure.at(start), measure.at(end)
    told = {"measure": measure.label, "start": start, "end": end}
    told["move"] = moved(change(measure, start, end))
    if first is not None and last is not None:
        words = say("moved.words_figures", first=_n(first), last=_n(last), **told)
    else:
        words = say("moved.words", **told)
    times = {"all": risen + fallen + level, "risen": risen, "fallen": fallen}
    if level:
        return f"{words} {say('moved.windows_level', level=level, **times)}"
    return f"{words} {say('moved.windows', **times)}"


def chart(key: str, start: int, end: int) -> altair.LayerChart:
    """One measure over the years, with the chosen window marked.

    The parameters `measure`, `start` and `end` may be set later.
    """
    alt = library()

    rows = [
        {"key": m.key, "year": year, "value": value, "text": _n(value)}
        for m in measures().values()
        for year, value in m.points
    ]
    params = [
        alt.param(name=n, value=v) for n, v in (("measure", key), ("start", start), ("end", end))
    ]
    base = alt.Chart(alt.Data(values=rows)).transform_filter("datum.key == measure")
    x = alt.X(
        "year:Q", title=None, scale=alt.Scale(domain=[YEARS[0], YEARS[-1]], nice=False, padding=14),
        axis=alt.Axis(format="d", tickCount=10, grid=False),
    )  # fmt: skip
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=5, domain=False, labelExpr=THOUSANDS))
    whole = base.mark_line(
        strokeWidth=2, strokeJoin="round", color=INK, opacity=0.32, aria=False
    ).encode(x=x, y=y)
    dots = base.mark_point(filled=True, size=22, color=INK, opacity=0.4, aria=False).encode(
        x=x, y=y
    )
    inside = base.transform_filter("datum.year >= start && datum.year <= end")
    part = inside.mark_line(
        strokeWidth=3, strokeJoin="round", color=PALETTE["blue"], aria=False
    ).encode(x=x, y=y)
    ends = base.transform_filter("datum.year == start || datum.year == end")
    marks = ends.mark_point(filled=True, size=150, color=PALETTE["vermillion"], stroke=INK)
    marks = marks.encode(x=x, y=y, description="text:N")
    slope = ends.mark_line(
        strokeDash=[6, 4], strokeWidth=1.6, color=PALETTE["vermillion"], aria=False
    )
    slope = slope.encode(x=x, y=y)
    words = ends.mark_text(dy=-15, fontWeight="bold", fontSize=13).encode(x=x, y=y, text="text:N")
    layers = alt.layer(whole, dots, part, slope, marks, words).add_params(*params)
    label = say("indicators.alt", words=describe(measures()[key], start, end))
    return configure(layers.properties(width=WIDTH - 80, height=250), label)
