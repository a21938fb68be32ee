"""Who was in what, and when: any day from 1990 to 2010, on a map and on a grid of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from course import charts, data
from course.charts import zones
from course.charts.chronology import when
from course.widgets import base, markup
from course.widgets.markup import details, esc
from course.widgets.references import flag, shorts

__all__ = ["MembershipMap"]

PLAY = 300  # milliseconds a month
GLYPHS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆", "cross": "✚"}
SHORT = {
    "nato": "NATO", "cst": "Collective Security Treaty", "cis": "CIS", "osce": "OSCE only",
    "none": "no seat", "all": "in all", "some": "in some", "no": "in none",
}  # fmt: skip


class MembershipMap(base.View):
    """Zones of obligation, or membership in chosen bodies, month by month.

    Parameters
    ----------
    on : date
        The day shown first.
    bodies : sequence of str
        If given, the view opens on these bodies instead of on the zones.

    Raises
    ------
    ValueError
        If the day is outside 1990 to 2010, or a body is unknown.
    """

    kicker = "Who was in what, and when"
    title = "Zones of obligation, 1990 to 2010"
    layout = (
        base.region("controls"),
        base.live_region("status", "c-status"),
        base.region("legend"),
    )

    def __init__(self, on: date = date(1999, 3, 24), bodies: Sequence[str] = ()):
        if not zones.FIRST <= on <= zones.LAST:
            raise ValueError(f"The map covers 1990 to 2010; {when(on)} lies outside.")
        unknown = [b for b in bodies if b not in zones.BODIES]
        if unknown:
            known = ", ".join(zones.BODIES)
            raise ValueError(f"The map knows no body {unknown[0]!r}; it has {known}.")
        self.on, self.bodies = on, list(bodies)
        self.days = sorted({*zones.months(), on})
        self.tiles = data.rows("tile_grid")
        self.names = {r["iso3"]: r["name"] for r in data.rows("states")}

    def controls(self) -> list[dict]:
        labels = [when(d) for d in self.days]
        what = {"zones": "zones of obligation", "bodies": "the bodies ticked"}
        return [
            base.range_("day", "Day", labels=labels, play=PLAY),
            base.choice("show", "Colour by", what),
            base.checks("bodies", "Bodies", zones.BODIES),
        ]

    def initial(self) -> dict[str, Any]:
        return {
            "day": self.days.index(self.on),
            "show": "bodies" if self.bodies else "zones",
            "bodies": self.bodies or ["NATO", "CST"],
            "state": "",
        }

    # --- model ----------------------------------------------------------------------------------

    def day(self, values: Mapping[str, Any]) -> date:
        return self.days[int(values["day"])]

    def marks(self, values: Mapping[str, Any]) -> Mapping[str, charts.Mark]:
        by_bodies = values["show"] == "bodies" and values["bodies"]
        return zones.SHARED if by_bodies else zones.ZONES

    def keys(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Key of `marks` for every code on the map."""
        codes = [t["iso3"] for t in self.tiles] + ["XKX"]
        day = self.day(values)
        if self.marks(values) is zones.SHARED:
            return zones.overlap(codes, values["bodies"], day)
        return zones.zones(codes, day)

    # --- regions --------------------------------------------------------------------------------

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        return {
            "status": esc(self._words(values)),
            "legend": self._legend(values),
            "tiles": self._tiles(values, live=True),
            "state": self._card(values),
        }

    def _words(self, values: Mapping[str, Any]) -> str:
        day = self.day(values)
        if self.marks(values) is zones.SHARED:
            words = zones.of_bodies(values["bodies"], day)
        else:
            words = zones.describe(day)
        position = int(values["day"])
        news = zones.changes(self.days[position - 1], day) if position else []
        return words + (
            f" New since {when(self.days[position - 1])}: {'; '.join(news)}." if news else ""
        )

    def _legend(self, values: Mapping[str, Any]) -> str:
        lines = (
            f'<span class="c-mark" aria-hidden="true">{charts.mark_svg(m)}</span> {esc(m.label)}'
            for m in self.marks(values).values()
        )
        return f'<ul class="c-legend">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'

    def _tiles(self, values: Mapping[str, Any], live: bool) -> str:
        keys, marks = self.keys(values), self.marks(values)
        parts = []
        for tile in self.tiles:
            code = tile["iso3"]
            mark = marks[keys[code]]
            place = f"grid-area:{tile['row']}/{tile['column']}"
            name = self.names[code].split(" (")[0]
            inner = f'{code}<i aria-hidden="true">{GLYPHS[mark.shape]}</i>'
            label = f'aria-label="{esc(name)}: {SHORT[keys[code]]}"'
            css = f"c-tile c-z-{keys[code]}"
            parts.append(
                f'<button type="button" class="{css}" style="{place}" data-set="state"'
                f' data-value="{code}" data-key="{code}" {label}>{inner}</button>'
                if live
                else f'<span class="{css}" style="{place}" role="img" {label}>{inner}</span>'
            )
        return (
            f'<div class="c-tiles" role="group" aria-label="States as tiles">{"".join(parts)}</div>'
        )

    def _card(self, values: Mapping[str, Any]) -> str:
        code = values["state"]
        if not code:
            return '<p class="c-note">Choose a tile to see all memberships of a State with sources.</p>'
        day = self.day(values)
        held = zones.standing(code, day)
        note = ""
        if held.code != code:
            note = f'<p class="c-note">On {when(day)} its seat was that of {esc(self.names[held.code])}.</p>'
        rows = [
            {
                "body": zones.BODIES[r["organisation"]],
                "from": when(r["from_date"], r["from_precision"]) + flag(r["verification"]),
                "to": when(r["to_date"]) if r["to_date"] else "",
                "status": r["status"],
                "sources": shorts(r["source_ids"]),
            }
            for r in sorted(data.rows("memberships"), key=lambda r: r["from_date"])
            if r["iso3"] == code and r["organisation"] in zones.BODIES
        ]
        columns = {"body": "Body", "from": "From", "to": "To", "status": "As", "sources": "Sources"}
        return (
            f'<div class="c-card"><h4>{esc(self.names[code])}</h4>{note}'
            f"{markup.table(rows, columns, raw=('from', 'sources'))}</div>"
        )

    # --- live -----------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        upper = self.panel([base.region("head"), *self.layout], self.controls())
        lower = self.panel([base.region("tiles"), base.live_region("state")], [])
        lower.values = {"state": ""}
        marks = {**zones.ZONES, **zones.SHARED}
        self.chart = charts.live(zones.map_chart(self.keys(self.values), marks))
        caption = data.document("maps/about")["maps"][0]["caption"]
        note = self.panel([base.region("caption", "c-note")], [])
        note.region_caption = esc(f"{caption} Most of North America lies outside the picture.")
        return ipywidgets.VBox([upper, self.chart, note, lower]).add_class("course-stack")

    def update(self, changed: Mapping[str, Any]) -> None:
        super().update(changed)
        if set(changed) & {"day", "show", "bodies"}:
            self.chart.params.zone = self.keys(self.values)

    # --- words ----------------------------------------------------------------------------------

    def body(self) -> str:
        values = self.initial()
        listed = markup.table(self._rows(values), {"zone": "", "n": "States", "names": "Which"})
        return (
            f"<p>{esc(self._words(values))}</p>{self._legend(values)}{self._tiles(values, live=False)}"
            + details("The same as a list", listed)
        )

    def _rows(self, values: Mapping[str, Any]) -> list[dict]:
        keys = self.keys(values)
        found = []
        for key, mark in self.marks(values).items():
            names = sorted(
                self.names[c].split(" (")[0] for c, k in keys.items() if k == key and c != "XKX"
            )
            if names:
                found.append({"zone": mark.label, "n": len(names), "names": ", ".join(names)})
        return found

    def text(self) -> str:
        values = self.initial()
        lines = [f"{r['zone']} ({r['n']}): {r['names']}" for r in self._rows(values)]
        return "\n".join([self.title, self._words(values), *lines])
