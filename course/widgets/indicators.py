"""Has security declined "in all respects"? Choose a measure and a window; see what that decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import charts
from course.charts import measures as m
from course.widgets import base, markup
from course.widgets.markup import details, esc, figure
from course.widgets.references import shorts
from course.words import say

__all__ = ["Indicators"]


class Indicators(base.View):
    """Several measures over a window of years that the reader chooses.

    Parameters
    ----------
    measure : str
        The measure shown first.
    start, end : int
        The window shown first.

    Raises
    ------
    ValueError
        If the measure is unknown, or the years are not an earlier and a later one of 1990 to 2010.
    """

    layout = (base.region("controls"), base.live_region("status"))

    def __init__(self, measure: str = "deaths", start: int = 1990, end: int = 2010):
        self.measures = m.measures()
        if measure not in self.measures:
            known = ", ".join(self.measures)
            raise ValueError(say("indicators.no_measure", measure=measure, known=known))
        if not (start in m.YEARS and end in m.YEARS and start < end):
            raise ValueError(say("indicators.no_window"))
        self.kicker, self.title = say("indicators.kicker"), say("indicators.title")
        self.first = {"measure": measure, "start": start, "end": end}

    def controls(self) -> list[dict]:
        years = [str(y) for y in m.YEARS]
        labels = {key: one.label for key, one in self.measures.items()}
        return [
            base.choice("measure", say("indicators.measure"), labels, column=True),
            base.range_("start", say("indicators.from"), labels=years),
            base.range_("end", say("indicators.to"), labels=years),
        ]

    def initial(self) -> dict[str, Any]:
        years = {k: m.YEARS.index(self.first[k]) for k in ("start", "end")}
        return {"measure": self.first["measure"], **years}

    def window(self, values: Mapping[str, Any]) -> tuple[int, int]:
        """The chosen years, the earlier first."""
        first, last = sorted(m.YEARS[int(values[k])] for k in ("start", "end"))
        return first, last

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        measure = self.measures[values["measure"]]
        start, end = self.window(values)
        if start == end:
            words = say("indicators.two_years")
        else:
            words = m.describe(measure, start, end)
        note = esc(say("indicators.note", note=measure.note, unit=measure.unit))
        note = f'<p class="c-note">{note} ({shorts(measure.source_ids[:4])})</p>'
        return {"status": f"<p>{esc(words)}</p>", "note": note, "all": self._all(start, end)}

    def _rows(self, start: int, end: int) -> list[dict]:
        found = []
        for one in self.measures.values():
            share = m.change(one, start, end)
            risen, fallen, level = m.windows(one)
            found.append(
                {
                    "measure": one.label,
                    "move": f"{_arrow(share)} {m.moved(share)}".strip(),
                    "risen": risen,
                    "fallen": fallen,
                    "level": level,
                }
            )
        return found

    COLUMNS = ("measure", "move", "risen", "fallen", "level")

    def _all(self, start: int, end: int) -> str:
        columns = {key: say(f"indicators.{key}") for key in self.COLUMNS}
        caption = say("indicators.all", start=start, end=end)
        return markup.table(self._rows(start, end), columns, caption)

    # --- live -----------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        upper = self.panel([base.region("head"), *self.layout], self.controls())
        start, end = self.window(self.values)
        self.chart = charts.live(m.chart(self.values["measure"], start, end))
        lower = self.panel([base.region("note"), base.region("all")], [])
        return ipywidgets.VBox([upper, self.chart, lower]).add_class("course-stack")

    def update(self, changed: Mapping[str, Any]) -> None:
        super().update(changed)
        start, end = self.window(self.values)
        with self.chart.hold_sync():
            self.chart.params.measure = self.values["measure"]
            self.chart.params.start, self.chart.params.end = start, end

    # --- words ------------------------------------------------------------------------------------

    def body(self) -> str:
        values = self.initial()
        parts = self.regions(values)
        start, end = self.window(values)
        picture = charts.plate(charts.svg(m.chart(values["measure"], start, end)))
        return (
            parts["status"]
            + figure(picture)
            + parts["note"]
            + parts["all"]
            + details(say("indicators.figures"), self._figures())
        )

    def _figures(self) -> str:
        columns = {"year": say("indicators.year")} | {
            k: one.label for k, one in self.measures.items()
        }
        rows = [
            {"year": str(y)} | {k: one.at(y) for k, one in self.measures.items()} for y in m.YEARS
        ]
        rows = [{k: _whole(v) for k, v in row.items()} for row in rows]
        return markup.table(rows, columns)

    def text(self) -> str:
        start, end = self.window(self.initial())
        lines = [m.describe(one, start, end) for one in self.measures.values()]
        return "\n".join([self.title, *lines])


def _arrow(share: float | None) -> str:
    if share is None or abs(share) < 0.005:
        return "" if share is None else "→"
    return "▲" if share > 0 else "▼"


def _whole(value: object) -> object:
    return round(value) if isinstance(value, float) else value
