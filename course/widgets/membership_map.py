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
from course.words import say

__all__ = ["MembershipMap"]

PLAY = 300  # milliseconds a month
BORDERS = ("base", "second")
GLYPHS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆", "cross": "✚"}


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

    layout = (
        base.region("controls"),
        base.live_region("status", "c-status"),
        base.region("legend"),
    )

    def __init__(self, on: date = date(1999, 3, 24), bodies: Sequence[str] = ()):
        if not zones.FIRST <= on <= zones.LAST:
            raise ValueError(say("map.outside", day=when(on)))
        unknown = [b for b in bodies if b not in zones.BODIES]
        if unknown:
            known = ", ".join(zones.BODIES)
            raise ValueError(say("map.no_body", body=unknown[0], known=known))
        self.kicker, self.title = say("map.kicker"), say("map.title")
        self.on, self.bodies = on, list(bodies)
        self.days = sorted({*zones.months(), on})
        self.tiles = data.rows("tile_grid")
        self.names = {r["iso3"]: r["name"] for r in data.rows("states")}

    def controls(self) -> list[dict]:
        labels = [when(d) for d in self.days]
        what = {"zones": say("map.by_zones"), "bodies": say("map.by_bodies")}
        borders = {name: say(f"map.borders.{name}") for name in BORDERS}
        return [
            base.range_("day", say("map.day"), labels=labels, play=PLAY),
            base.choice("show", say("map.colour"), what),
            base.checks("bodies", say("map.bodies"), {b: zones.named(b) for b in zones.BODIES}),
            base.choice("borders", say("map.borders"), borders),
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
        if news:
            day = when(self.days[position - 1])
            words += f" {say('zone.news', day=day, news='; '.join(news))}"
        return words

    def _legend(self, values: Mapping[str, Any]) -> str:
        lines = (
            f'<span class="c-mark" aria-hidden="true">{charts.mark_svg(m)}</span> {esc(m.label)}'
            for m in self.marks(values).values()
        )
        return f'<ul class="c-legend">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'

    def _tiles(self, values: Mapping[str, Any], live: bool) -> str:
        keys, marks = self.keys(values), self.marks(values)
        short = {key: say(f"zone.short.{key}") for key in marks}
        parts = []
        for tile in self.tiles:
            code = tile["iso3"]
            mark = marks[keys[code]]
            place = f"grid-area:{tile['row']}/{tile['column']}"
            name = self.names[code].split(" (")[0]
            inner = f'{code}<i aria-hidden="true">{GLYPHS[mark.shape]}</i>'
            label = f'aria-label="{esc(say("map.tile", state=name, zone=short[keys[code]]))}"'
            css = f"c-tile c-z-{keys[code]}"
            parts.append(
                f'<button type="button" class="{css}" style="{place}" data-set="state"'
                f' data-value="{code}" data-key="{code}" {label}>{inner}</button>'
                if live
                else f'<span class="{css}" style="{place}" role="img" {label}>{inner}</span>'
            )
        return (
            f'<div class="c-tiles" role="group" aria-label="{esc(say("map.tiles"))}">'
            f"{''.join(parts)}</div>"
        )

    def _card(self, values: Mapping[str, Any]) -> str:
        code = values["state"]
        if not code:
            return f'<p class="c-note">{esc(say("map.choose"))}</p>'
        day = self.day(values)
        held = zones.standing(code, day)
        note = ""
        if held.code != code:
            words = say("map.seat_of", day=when(day), state=self.names[held.code])
            note = f'<p class="c-note">{esc(words)}</p>'
        rows = [
            {
                "body": zones.named(r["organisation"]),
                "from": when(r["from_date"], r["from_precision"]) + flag(r["verification"]),
                "to": when(r["to_date"]) if r["to_date"] else "",
                "status": say(f"map.status.{r['status']}"),
                "sources": shorts(r["source_ids"]),
            }
            for r in sorted(data.rows("memberships"), key=lambda r: r["from_date"])
            if r["iso3"] == code and r["organisation"] in zones.BODIES
        ]
        columns = _columns("body", "from", "to", "status", "sources")
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
            say(
                "map.drawn",
                place=p["place"],
                here=self._named(p[shown["name"]]),
                there=self._named(p[other]),
            )
            for p in about["disputed"]
            if p["base"] != p["second"]
        ]
        source, age = shown["source"], shown["borders_as_of"]
        dated = "; ".join([source, *(a for a in age.split("; ") if a not in source)])
        alike = ", ".join(p["place"] for p in about["disputed"] if p["base"] == p["second"])
        words = say(
            "map.caption",
            title=shown["title"],
            source=dated,
            differ="; ".join(differ),
            alike=alike,
        )
        return f"<p>{esc(words)}</p>" + details(say("map.disputed"), _disputed())

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
        listed = markup.table(self._rows(values), {"zone": "", **_columns("states", "names")})
        return (
            f"<p>{esc(self._words(values))}</p>{self._legend(values)}{self._tiles(values, live=False)}"
            + details(say("map.listed"), listed)
            + details(say("map.disputed_twin"), _disputed())
        )

    def _rows(self, values: Mapping[str, Any]) -> list[dict]:
        keys = self.keys(values)
        found = []
        for key, mark in self.marks(values).items():
            names = sorted(
                self.names[c].split(" (")[0] for c, k in keys.items() if k == key and c != "XKX"
            )
            if names:
                row = {"zone": mark.label, "states": len(names), "names": ", ".join(names)}
                found.append(row)
        return found

    def text(self) -> str:
        values = self.initial()
        lines = [
            say("map.line", zone=r["zone"], number=r["states"], names=r["names"])
            for r in self._rows(values)
        ]
        return "\n".join([self.title, self._words(values), *lines])


def _columns(*keys: str) -> dict[str, str]:
    return {key: say(f"map.column.{key}") for key in keys}


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
    columns = _columns("place", "base", "second", "why", "sources")
    return markup.table(rows, columns, raw=("why", "sources"))
