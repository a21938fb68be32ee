"""Who joined or left which body, and what became of which treaty: the bonds beneath the events.

A *bond* is one step of one body or treaty on one day, with the States that took it: seven States
join NATO on 29 March 2004. Left out are the elected seats of the Security Council, which turn every
year, and single ratifications.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from course import data
from course.charts.chronology import millis, when
from course.charts.theme import INK, PALETTE, Mark, filled, library, quoted
from course.words import count, say

if TYPE_CHECKING:
    import altair

__all__ = [
    "DIRECTIONS",
    "NAMES",
    "ROWS",
    "TREATIES",
    "Bond",
    "bonds",
    "describe",
    "grain",
    "layers",
    "many",
    "within",
]

# Rows of the picture, and who stands in which, from above to below.
ROWS = {
    "alliances": ("NATO", "WEU", "CST", "CSTO"),
    "partners": ("PFP", "EAPC", "NRC"),
    "others": ("OSCE", "COE", "EU", "CIS", "GUAM"),
    "arms": ("CFE", "Adapted CFE", "Open Skies", "INF", "START I", "New START", "VD"),
}
TREATIES = ROWS["arms"]
# Bodies that are not printed by their code: the key of the name.
NAMES = {"PFP": "bonds.name.PFP", "COE": "body.COE", "CST": "body.CST", "VD": "bonds.name.VD"}
DIRECTIONS = {
    "in": Mark("bonds.in", PALETTE["yellow"], "triangle-right"),
    "out": Mark("bonds.out", PALETTE["grey"], "triangle-left"),
}
# Whether a step makes a bond or loosens it.
STEPS = {
    "begin": "in",
    "join": "in",
    "succeed": "in",
    "partner": "in",
    "leave": "out",
    "suspend": "out",
    "end": "out",
    "sign": "in",
    "force": "in",
    "halt": "out",
    "expire": "out",
    "adopt": "in",
    "effect": "in",
}
# From the firmest to the weakest: a bond is as sure as its weakest row.
_TRUST = ("seen_two_sources", "seen", "derived", "inferred", "sources_differ", "unverified")
LONG = timedelta(days=6 * 365)


@dataclass(frozen=True)
class Bond:
    """One step of one body or treaty on one day.

    Attributes
    ----------
    day : date
        The day; padded where only the month or year is known.
    precision : str
        "day", "month" or "year".
    body : str
        A code of `ROWS`.
    step : str
        A key of `STEPS`.
    states : tuple of str
        Names of the States that took it; empty for a document adopted by all.
    notes : tuple of str
        What a reader must know.
    verification : str
        That of the weakest row.
    source_ids : tuple of str
        Sources of all rows.
    """

    day: date
    precision: str
    body: str
    step: str
    states: tuple[str, ...]
    notes: tuple[str, ...]
    verification: str
    source_ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the body or treaty in print."""
        return say(NAMES[self.body]) if self.body in NAMES else self.body

    @property
    def direction(self) -> str:
        """Whether a bond is made or loosened: a key of `DIRECTIONS`."""
        return STEPS[self.step]

    @property
    def deed(self) -> str:
        """What happened, without a date: `NATO: 7 join`, `Council of Europe: Georgia joins`."""
        if not self.states:
            return say(f"bonds.{self.step}", body=self.name)
        return count(f"bonds.{self.step}", len(self.states), body=self.name, states=self.states[0])

    @property
    def words(self) -> str:
        """The same with its date: `NATO: 7 join, 29 March 2004`."""
        return say("bonds.dated", deed=self.deed, date=when(self.day, self.precision))

    @property
    def y(self) -> float:
        """Height in the picture: number of the row plus an offset of the body, within ±0.3."""
        for number, codes in enumerate(ROWS.values()):
            if self.body in codes:
                place = codes.index(self.body) / max(1, len(codes) - 1)
                return number + round(0.6 * place - 0.3, 2)
        raise ValueError(f"No row of the picture holds {self.body!r}.")


def bonds() -> tuple[Bond, ...]:
    """All bonds of the record, by day, then in the order of `ROWS`; none where it has no such tables."""
    return _bonds(data.root())


def _rows(name: str) -> Sequence[Mapping]:
    """Rows of a table, or none: another article's record need not hold it."""
    return data.rows(name) if (data.root() / "tables" / f"{name}.csv").is_file() else ()


@cache
def _bonds(root: Path) -> tuple[Bond, ...]:
    steps: dict[tuple, list[tuple[str, Mapping]]] = {}
    for day, precision, body, step, name, row in (*_seats(), *_treaties(), *_documents()):
        steps.setdefault((day, precision, body, step), []).append((name, row))
    found = [_bond(*key, taken) for key, taken in steps.items()]
    order = [code for codes in ROWS.values() for code in codes]
    return tuple(sorted(found, key=lambda b: (b.day, order.index(b.body), b.step)))


def _bond(day, precision, body, step, taken: Sequence[tuple[str, Mapping]]) -> Bond:
    rows = [row for _, row in taken]
    return Bond(
        day,
        precision,
        body,
        step,
        tuple(sorted(name for name, _ in taken if name)),
        tuple(dict.fromkeys(r["note"] for r in rows if r.get("note"))),
        max((r["verification"] for r in rows), key=_TRUST.index),
        tuple(dict.fromkeys(i for r in rows for i in r["source_ids"])),
    )


def _states() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Names of all States, and the present States on the ground of each dissolved one."""
    rows = _rows("states")
    names = {r["iso3"]: r["name"].split(" (")[0] for r in rows}
    return names, {r["iso3"]: tuple(r["shapes"] or ()) for r in rows if r["end_date"]}


def _seats() -> Iterable[tuple]:
    """Steps that rows of the table `memberships` tell."""
    names, dissolved = _states()
    rows = [r for r in _rows("memberships") if r["organisation"] != "UNSC"]
    begun = {r["organisation"]: r["covered_from"] for r in _rows("organisations")}
    starts = {(r["iso3"], r["organisation"], r["from_date"]) for r in rows}
    ends = {(r["organisation"], r["to_date"], r["iso3"]) for r in rows if r["iso3"] in dissolved}
    for r in rows:
        code, body, first, last = r["iso3"], r["organisation"], r["from_date"], r["to_date"]
        if r["status"] != "member":
            step = {"partner": "partner", "suspended": "suspend"}[r["status"]]
        elif first == begun[body]:
            step = "begin"
        else:
            old = any(b == body and d == first and c != code for b, d, c in ends)
            step = "succeed" if old and _heir(code, dissolved) else "join"
        yield first, r["from_precision"], body, step, names[code], r
        if last is None or (code, body, last) in starts:
            continue  # still in, or the next row of the same seat tells what came
        if body == "PFP" and (code, "NATO", last) in starts:
            continue  # an ally is a partner no longer: its accession says so
        if code in dissolved:
            if not any(b == body and d == last and c != code for c, b, d in starts):
                yield last, "day", body, "end", names[code], r
        else:
            yield last, "day", body, "leave", names[code], r


def _heir(code: str, dissolved: Mapping[str, tuple[str, ...]]) -> bool:
    return code in dissolved or any(code in ground for ground in dissolved.values())


def _treaties() -> Iterable[tuple]:
    """Signatures, entries into force, suspensions and ends in the table `arms_control`."""
    names, dissolved = _states()
    rows = _rows("arms_control")
    signed = {(r["treaty"], r["iso3"]) for r in rows if r["signed"]}
    for r in rows:
        treaty, code = r["treaty"], r["iso3"]
        # the depositary lists the one signature of a dissolved State for each State after it too
        lent = any(code in ground and (treaty, d) in signed for d, ground in dissolved.items())
        gone = code in dissolved  # its part passes to the States after it
        steps = {
            "sign": None if lent else r["signed"],
            "force": r["in_force"],
            "halt": r["suspended"],
            "expire": None if gone else r["ended"],
        }
        for step, day in steps.items():
            if day:
                yield day, "day", treaty, step, names[code], r


def _documents() -> Iterable[tuple]:
    """The Vienna Documents, adopted by all participating States."""
    for r in _rows("vienna_documents"):
        row = {**r, "note": f"{r['version']}. {r['main_change']}"}
        for step, day in (("adopt", r["adopted"]), ("effect", r["in_force"])):
            if day:
                yield day, "day", "VD", step, "", row


def within(start: date, end: date, known: date | None = None) -> list[Bond]:
    """Bonds from `start` to `end`, both included, that had happened by `known`."""
    last = min(end, known) if known else end
    return [b for b in bonds() if start <= b.day <= last]


def grain(start: date, end: date) -> str:
    """Whether the picture gathers bonds of a body by "day" or, in a long window, by "year"."""
    return "year" if end - start > LONG else "day"


def many(start: date, end: date) -> int:
    """From how many States on a mark of the picture carries its count: fewer in a short window."""
    years = (end - start).days / 365
    return 2 if years <= 3 else 3 if years <= 6 else 7 if years <= 12 else 15


def describe(found: Sequence[Bond]) -> str:
    """Say in two sentences how many bonds were made and loosened, and which was the largest."""
    if not found:
        return say("bonds.none")
    treaties = sum(b.body in TREATIES for b in found)
    parts = {"bodies": len(found) - treaties, "treaties": treaties}
    told = say("list.and").join(say(f"bonds.{p}", number=n) for p, n in parts.items() if n)
    words = count("bonds.sum", len(found), parts=told)
    # of two as large, the one whose day is known
    largest = max(found, key=lambda b: (len(b.states), b.precision == "day"))
    if len(largest.states) > 1:
        words += f" {say('bonds.largest', words=largest.words)}"
    return words


def _sentences(bond: Bond) -> tuple[str, str]:
    """What one State does and what several do, with blanks for the picture to fill."""
    if not bond.states:
        one = say(f"bonds.{bond.step}", body="{body}")
        return one, one
    blanks = {"body": "{body}", "states": "{states}", "number": "{number}"}
    return tuple(say(f"bonds.{bond.step}.{form}", **blanks) for form in ("one", "many"))


def layers(found: Sequence[Bond], x: altair.X, y: altair.Y, top: float) -> list[altair.Chart]:
    """Marks of these bonds, gathered in the picture itself as its parameters say.

    Bonds of one body and one kind that fall on one day, or in one year where `grain` is "year",
    are one mark; its size tells how many States took the step. So a change of the window, or of the
    day stood on, sends parameters alone.

    Parameters
    ----------
    found : sequence of Bond
        What may be shown.
    x, y : altair.X, altair.Y
        The channels of the timeline.
    top : float
        Height of the first row.
    """
    alt = library()

    rows = [
        {
            "day": millis(b.day),
            "y": round(b.y + top, 2),
            "body": b.name,
            "label": b.body if b.body != "VD" else "",
            **dict(zip(("one", "many"), _sentences(b), strict=True)),
            "way": b.direction,
            "n": max(1, len(b.states)),
            "states": ", ".join(b.states),
            "sure": int(b.verification != "unverified"),
            "date": when(b.day, b.precision),
        }
        for b in found
    ]
    sure, unsure = (
        quoted(say(key, deed="{deed}", date="{date}")) for key in ("bonds.dated", "bonds.unsure")
    )
    span = quoted(say("date.span", first="{first}", last="{last}"))
    deed = filled(
        "(datum.n > 1 ? datum.many : datum.one)",
        body="datum.body",
        states="datum.names",
        number="('' + datum.n)",
    )
    spoken = filled(f"(datum.sure ? {sure} : {unsure})", deed=deed, date="datum.dates")
    last = "datum.all[length(datum.all) - 1].date"
    base = (
        alt.Chart(alt.Data(values=rows))
        .transform_filter("lane && datum.day >= start && datum.day <= end")
        .transform_calculate(
            later="datum.day > known",
            bin="grain == 'year' ? utcyear(datum.day) : datum.day",
        )
        .transform_aggregate(
            groupby=["body", "label", "one", "many", "way", "y", "later", "bin"],
            n="sum(n)",
            first="min(day)",
            last="max(day)",
            day="mean(day)",
            sure="min(sure)",
            all="values(n)",
        )
        .transform_calculate(
            names="join(pluck(datum.all, 'states'), ', ')",
            dates="datum.first == datum.last ? datum.all[0].date : "
            + filled(span, first="datum.all[0].date", last=last),
        )
        .transform_calculate(words=spoken)
    )
    forms = alt.Scale(domain=list(DIRECTIONS), range=[m.shape for m in DIRECTIONS.values()])
    colours = alt.Scale(domain=list(DIRECTIONS), range=[m.colour for m in DIRECTIONS.values()])
    faint = alt.condition("datum.later", alt.value(0.14), alt.value(1))
    marks = base.mark_point(
        filled=True, stroke=INK, strokeWidth=0.9, ariaRoleDescription=say("bonds.role")
    ).encode(
        x=x,
        y=y,
        # its own scales: the events above keep theirs
        shape=alt.Shape("way:N", legend=None, scale=forms),
        fill=alt.Fill("way:N", legend=None, scale=colours),
        fillOpacity=alt.condition("datum.sure", alt.value(1), alt.value(0)),
        size=alt.Size(
            "n:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[1, 44], range=[60, 420])
        ),
        opacity=faint,
        description="words:N",
        tooltip=[
            alt.Tooltip("words:N", title=say("timeline.column.deed")),
            alt.Tooltip("names:N", title=say("timeline.column.states")),
        ],
    )
    counts = (
        base.transform_filter("datum.n > 1 && datum.label != '' && datum.n >= many")
        .transform_calculate(label="datum.label + ' ' + datum.n")
        .mark_text(align="left", dx=11, fontSize=10.5, aria=False)
        .encode(x=x, y=y, text="label:N", opacity=faint)
    )
    return [marks, counts]
