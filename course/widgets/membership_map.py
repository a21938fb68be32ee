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
BORDERS = {
    "base": "as the General Assembly has them",
    "second": "as Natural Earth draws control",
}
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
            base.choice("borders", "Border source", BORDERS),
        ]

    def initial(self) -> dict[str, Any]:
        return {
            "day": self.days.index(self.on),
            "show": "bodies" if self.bodies else "zones",
            "bodies": self.bodies or ["NATO", "CST"],
            "borders": "base",
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
            "caption": self._caption(values),
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

    def _caption(self, values: Mapping[str, Any]) -> str:
        """Source and date of the borders, and what is disputed about them."""
        about = data.document("maps/about")
        shown = next(m for m in about["maps"] if m["name"] == values["borders"])
        other = next(n for n in BORDERS if n != values["borders"])
        differ = [
            f"{p['place']} is drawn with {self._named(p[shown['name']])}, on the other map with"
            f" {self._named(p[other])}"
            for p in about["disputed"]
            if p["base"] != p["second"]
        ]
        source, age = shown["source"], shown["borders_as_of"]
        dated = "; ".join([source, *(a for a in age.split("; ") if a not in source)])
        later = "Colours of a past day stand on these later borders."
        alike = ", ".join(p["place"] for p in about["disputed"] if p["base"] == p["second"])
        words = (
            f"{shown['title']}. Source: {dated}. {later}"
            f" {'; '.join(differ)}. Disputed too, but drawn alike on both maps: {alike}."
            " Most of North America lies outside the picture."
        )
        return f"<p>{esc(words)}</p>" + details("What is disputed", _disputed())

    def _named(self, code: str) -> str:
        return self.names[code].split(" (")[0]

    # --- live -----------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        upper = self.panel([base.region("head"), *self.layout], self.controls())
        lower = self.panel([base.region("tiles"), base.live_region("state")], [])
        lower.values = {"state": ""}
        # a map is sent once, when it is first asked for; afterwards one is hidden, the other shown
        self.charts = {}
        self.maps = ipywidgets.VBox()
        self.draw(self.values)
        note = self.panel([base.live_region("caption", "c-note")], [])
        return ipywidgets.VBox([upper, self.maps, note, lower]).add_class("course-stack")

    def draw(self, values: Mapping[str, Any]) -> None:
        """Show the map with the chosen borders, in the colours of the chosen day."""
        name, keys = values["borders"], self.keys(values)
        if name in self.charts:
            self.charts[name].params.zone = keys
        else:
            marks = {**zones.ZONES, **zones.SHARED}
            self.charts[name] = charts.live(zones.map_chart(keys, marks, name))
            self.maps.children = [*self.maps.children, self.charts[name]]
        for other, chart in self.charts.items():
            chart.layout.display = None if other == name else "none"

    def update(self, changed: Mapping[str, Any]) -> None:
        super().update(changed)
        if set(changed) & {"day", "show", "bodies", "borders"}:
            self.draw(self.values)

    # --- words ----------------------------------------------------------------------------------

    def body(self) -> str:
        values = self.initial()
        listed = markup.table(self._rows(values), {"zone": "", "n": "States", "names": "Which"})
        return (
            f"<p>{esc(self._words(values))}</p>{self._legend(values)}{self._tiles(values, live=False)}"
            + details("The same as a list", listed)
            + details(
                "Where the two maps of the live view differ, and what is disputed", _disputed()
            )
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


def _disputed() -> str:
    """Table of the places where borders are disputed, and how each map draws them."""
    names = {r["iso3"]: r["name"].split(" (")[0] for r in data.rows("states")}
    rows = [
        {
            "place": p["place"],
            "base": names[p["base"]],
            "second": names[p["second"]],
            "why": esc(p["why"]),
            "sources": shorts(p["source_ids"]),
        }
        for p in data.document("maps/about")["disputed"]
    ]
    columns = {
        "place": "Place",
        "base": "General Assembly",
        "second": "Natural Earth",
        "why": "Why",
        "sources": "Sources",
    }
    return markup.table(rows, columns, raw=("why", "sources"))
