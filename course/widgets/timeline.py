"""Events in time, memberships and treaties beneath them: filter, zoom, see sources, stand on a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from course import charts
from course.charts import bonds, chronology
from course.charts.bonds import Bond
from course.widgets import base, markup
from course.widgets.markup import details, entry, esc, figure
from course.widgets.references import flag, references, shorts
from course.words import say

__all__ = ["Timeline"]

ALL = ""
BENEATH = "bonds"  # value of the check box of the second lane, and key of its heading
PLAY = 1400  # milliseconds on each date: time enough to read one line


class Timeline(base.View):
    """A timeline of `events` with its list, its sources and what was known on a date.

    Parameters
    ----------
    events : sequence of mapping
        Rows of the table `events`.
    title : str
        Heading of the view; "What happened when" if absent.
    start, end : date, optional
        First and last day drawn at first; by default the densest window (`chronology.focus`).

    Raises
    ------
    ValueError
        If there is no event, or the window ends before it starts.
    """

    layout = (base.region("controls"), base.live_region("status", "c-status"))

    def __init__(
        self,
        events: Sequence[Mapping[str, Any]],
        title: str = "",
        start: date | None = None,
        end: date | None = None,
    ):
        self.events = chronology.select(events)
        self.kicker = say("timeline.kicker")
        self.title = title or say("timeline.title")
        first, last = chronology.focus(self.events)
        self.start, self.end = start or first, end or last
        if self.start >= self.end:
            raise ValueError(say("timeline.crossed"))
        days = [e["date"] for e in self.events]
        self.months = chronology.months(min(days[0], self.start), max(days[-1], self.end))
        self.days = sorted(set(days))
        last = self.months[-1] + timedelta(days=31)
        self.bonds = bonds.within(self.months[0], last.replace(day=1) - timedelta(days=1))

    # --- model to controls ------------------------------------------------------------------

    def controls(self) -> list[dict]:
        present = {e["kind"] for e in self.events}
        kinds = {k: m.label for k, m in charts.chronology.KINDS.items() if k in present}
        marks = {k: charts.mark_svg(m) for k, m in chronology.KINDS.items()}
        counts = Counter(a for e in self.events for a in e["actors"])
        actors = {ALL: say("timeline.actors")} | {
            a: say("timeline.actor_times", actor=a, number=n)
            for a, n in sorted(counts.items(), key=lambda p: (-p[1], p[0]))
        }
        labels = [chronology.when(m, "month") for m in self.months]
        known = [chronology.when(d) for d in self.days]
        known.append(say("timeline.everything"))
        return [
            base.checks("kinds", say("timeline.kinds"), kinds, marks),
            base.range_("from", say("timeline.from"), labels=labels),
            base.range_("to", say("timeline.to"), labels=labels),
            base.select("actor", say("timeline.actor"), actors),
            base.range_("known", say("timeline.known"), labels=known, play=PLAY),
            base.checks("lane", say("timeline.beneath"), {BENEATH: say("timeline.bonds")}),
        ]

    def initial(self) -> dict[str, Any]:
        return {
            "kinds": [k for k in chronology.KINDS if any(e["kind"] == k for e in self.events)],
            "actor": ALL,
            "from": self.months.index(self.start.replace(day=1)),
            "to": self.months.index(self.end.replace(day=1)),
            "known": len(self.days),
            "lane": [BENEATH],
            "event": "",
        }

    def window(self, values: Mapping[str, Any]) -> tuple[date, date]:
        """First and last day of the chosen months; exchanged if they cross."""
        first, last = sorted((int(values["from"]), int(values["to"])))
        first_day = self.start if self.months[first] == self.start.replace(day=1) else None
        after = (self.months[last] + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return first_day or self.months[first], after

    def known(self, values: Mapping[str, Any]) -> date | None:
        """The date stood on, or None where everything is known."""
        position = int(values["known"])
        return self.days[position] if position < len(self.days) else None

    def shown(self, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The events that the choice leaves."""
        start, end = self.window(values)
        return chronology.select(
            self.events, values["kinds"], values["actor"], start, end, self.known(values)
        )

    def beneath(self, values: Mapping[str, Any]) -> list[Bond]:
        """The steps of memberships and treaties that the choice leaves; none without the lane."""
        if BENEATH not in values["lane"]:
            return []
        last = self.known(values)
        start, end = self.window(values)
        return [b for b in self.bonds if start <= b.day <= min(end, last or end)]

    # --- regions ----------------------------------------------------------------------------

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        shown = self.shown(values)
        day = self.known(values)
        words = say("timeline.shown", shown=len(shown), all=len(self.events))
        if day:
            words += f" {say('timeline.stand', day=chronology.when(day))}"
        if not shown and day:
            words = say("timeline.nothing_yet", day=chronology.when(day))
        elif not shown:
            words = say("timeline.nothing")
        if BENEATH in values["lane"]:
            words += f" {bonds.describe(self.beneath(values))}"
        return {
            "status": esc(words),
            "entries": self._entries(),
            "event": self._card(values),
            "bonds": self._steps(),
            "key": _legend() if BENEATH in values["lane"] else "",
        }

    def _entries(self) -> str:
        if not hasattr(self, "_list"):
            lines = (
                entry(
                    charts.mark_svg(chronology.KINDS[e["kind"]]),
                    chronology.when(e["date"], e["precision"]),
                    esc(e["title"]),
                    name="event",
                    key=str(i),
                )
                for i, e in enumerate(self.events)
            )
            self._list = f'<ol class="c-entries c-tall">{"".join(lines)}</ol>'
        return self._list

    def _steps(self) -> str:
        if not hasattr(self, "_bonds"):
            lines = (
                entry(
                    charts.mark_svg(bonds.DIRECTIONS[b.direction]),
                    chronology.when(b.day, b.precision),
                    esc(b.deed),
                    name="event",
                    key=f"{BENEATH}{i}",
                )
                for i, b in enumerate(self.bonds)
            )
            head = f'<li><h4 data-key="{BENEATH}">{esc(say("timeline.bonds"))}</h4></li>'
            self._bonds = f'<ol class="c-entries c-tall">{head}{"".join(lines)}</ol>'
        return self._bonds

    def _card(self, values: Mapping[str, Any]) -> str:
        if values["event"] == "":
            return f'<p class="c-note">{esc(say("timeline.choose"))}</p>'
        if values["event"].startswith(BENEATH):
            return self._step(self.bonds[int(values["event"].removeprefix(BENEATH))])
        event = self.events[int(values["event"])]
        date_words = chronology.when(event["date"], event["precision"])
        rows = _facts(
            ("kind", esc(chronology.KINDS[event["kind"]].label)),
            ("actors", esc(", ".join(event["actors"]))),
            ("article", "".join(f"[{p}] " for p in event["paragraphs"] or ())),
            ("note", esc(event.get("note"))),
        )
        return (
            f'<div class="c-card"><p class="c-note">{esc(date_words)}{flag(event["verification"])}</p>'
            f"<h4>{esc(event['title'])}</h4><dl>{rows}</dl>{references(event['source_ids'])}</div>"
        )

    def _step(self, bond: Bond) -> str:
        notes = "".join(f"<li>{esc(note)}</li>" for note in bond.notes)
        rows = _facts(
            ("treaty" if bond.body in bonds.TREATIES else "body", esc(bond.name)),
            ("states", esc(", ".join(bond.states))),
            ("note", notes and f"<ul>{notes}</ul>"),
        )
        date_words = chronology.when(bond.day, bond.precision)
        return (
            f'<div class="c-card"><p class="c-note">{esc(date_words)}{flag(bond.verification)}</p>'
            f"<h4>{esc(bond.deed)}</h4><dl>{rows}</dl>{references(bond.source_ids)}</div>"
        )

    # --- live ---------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        controls = [base.region("head"), *self.layout]
        upper = self.panel(controls, self.controls())
        below = [base.region("key"), base.live_region("event")]
        lower = self.panel([*below, base.region("entries"), base.region("bonds")], [])
        lower.values = {"event": ""}
        start, end = self.window(self.values)
        chart = charts.timeline(self.events, start, end, interactive=True, beneath=self.bonds)
        self.chart = charts.live(chart, chronology.FOLD)
        self.chart.selections.observe(self._picked, "pick")
        self.update(self.values)
        box = ipywidgets.VBox([upper, self.chart, lower])
        return box.add_class("course-stack")

    def _picked(self, change) -> None:
        picked = change["new"].value
        if picked:
            self.set(event=str(picked[0]["i"]))

    def update(self, changed: Mapping[str, Any]) -> None:
        super().update(changed)
        values = self.values
        start, end = self.window(values)
        day = self.known(values)
        event = values["event"]
        params = {
            "kinds": list(values["kinds"]),
            "actor": values["actor"],
            "start": chronology.millis(start),
            "end": chronology.millis(end),
            "known": chronology.millis(day or date(2200, 1, 1)),
            "selected": int(event) if event.isdigit() else -1,
            "lane": int(BENEATH in values["lane"]),
            "grain": bonds.grain(start, end),
            "many": bonds.many(start, end),
        }
        with self.chart.hold_sync():
            for name, value in params.items():
                setattr(self.chart.params, name, value)
        position = {e["id"]: str(i) for i, e in enumerate(self.events)}
        below = set(self.beneath(values))
        steps = [f"{BENEATH}{i}" for i, b in enumerate(self.bonds) if b in below]
        shown = [position[e["id"]] for e in self.shown(values)]
        self.panels[1].shown = shown + ([BENEATH, *steps] if below else [])

    # --- words ---------------------------------------------------------------------------------

    COLUMNS = ("date", "title", "actors", "kind", "where")

    def _rows(self) -> list[dict]:
        return [
            {
                "date": chronology.when(e["date"], e["precision"]),
                "title": e["title"],
                "actors": ", ".join(e["actors"]),
                "kind": say(f"event.cell.{e['kind']}"),
                "where": " ".join(f"[{p}]" for p in e["paragraphs"] or ()),
                "sources": e["source_ids"],
                "flag": flag(e["verification"]),
            }
            for e in self.events
        ]

    BONDS = ("date", "deed", "states")

    def _bond_rows(self) -> list[dict]:
        return [
            {
                "date": chronology.when(b.day, b.precision),
                "deed": b.deed,
                "states": ", ".join(b.states) or say("timeline.every_state"),
                "sources": b.source_ids,
                "flag": flag(b.verification),
            }
            for b in self.beneath(self.initial())
        ]

    def text(self) -> str:
        below = self.beneath(self.initial())
        return "\n".join(
            [
                self.title,
                chronology.describe(self.events),
                bonds.describe(below),
                "",
                markup.plain_table(self._rows(), _columns(*self.COLUMNS)),
                "",
                *(
                    say("bonds.with_states", words=b.words, states=", ".join(b.states))
                    if len(b.states) > 1
                    else b.words
                    for b in below
                ),
            ]
        )

    def body(self) -> str:
        within = chronology.select(self.events, start=self.start, end=self.end)
        below = self.beneath(self.initial())
        drawn = charts.timeline(within, self.start, self.end, beneath=below)
        picture = charts.plate(charts.svg(drawn))
        rows = [
            r | {"title": esc(r["title"]) + r["flag"], "sources": shorts(r["sources"])}
            for r in self._rows()
        ]
        columns = _columns(*self.COLUMNS, "sources")
        listed = markup.table(rows, columns, raw=("title", "sources"))
        words = f"{chronology.describe(self.events)} {bonds.describe(below)}"
        more = details(say("timeline.all", number=len(rows)), listed)
        if below:
            steps = [
                r | {"deed": esc(r["deed"]) + r["flag"], "sources": shorts(r["sources"])}
                for r in self._bond_rows()
            ]
            columns = _columns(*self.BONDS, "sources")
            told = markup.table(steps, columns, raw=("deed", "sources"))
            first, last = (chronology.when(d, "month") for d in (self.start, self.end))
            more += details(say("timeline.bonds_span", first=first, last=last), told)
        return f"<p>{esc(words)}</p>{figure(picture)}{_legend() if below else ''}{more}"


def _columns(*keys: str) -> dict[str, str]:
    return {key: say(f"timeline.column.{key}") for key in keys}


def _facts(*parts: tuple[str, str]) -> str:
    """Named facts of a card; those that are empty are left out."""
    return "".join(
        f"<dt>{esc(say(f'timeline.card.{key}'))}</dt><dd>{value}</dd>"
        for key, value in parts
        if value.strip()
    )


def _legend() -> str:
    """What the marks of the second lane mean."""
    lines = (
        f'<li><span class="c-mark" aria-hidden="true">{charts.mark_svg(m)}</span> {esc(m.label)}</li>'
        for m in bonds.DIRECTIONS.values()
    )
    return f'<ul class="c-legend">{"".join(lines)}</ul>'
