"""What each source counted, with its range and its reporter; never one number alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from course import charts
from course.charts import ranges
from course.widgets import base, markup
from course.widgets.markup import details, esc, figure
from course.widgets.references import flag, shorts

__all__ = ["Ranges"]

WARNING = "Counts differ in whom, where and when they count. Never add lines; compare only like with like."

CAPTION = "Bar: the range a source gives. Dot: its one or best figure. Arrow: at least, or at most."


class Ranges(base.View):
    """Figures of several sources on the same question, as ranges.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of the table `casualties`.
    title : str
        Heading of the view.

    Raises
    ------
    ValueError
        If there is no row.
    """

    kicker = "What was counted, and by whom"
    lead = WARNING
    layout = (
        base.region("controls"),
        base.live_region("status", "c-status"),
        base.region("picture"),
        base.region("table"),
    )

    def __init__(self, rows: Sequence[Mapping[str, Any]], title: str = "Victims: every count"):
        self.rows, self.title = list(rows), title
        if not self.rows:
            raise ValueError("There is no figure to show: choose another conflict.")
        counts = Counter(r["measure"] for r in self.rows)
        self.measures = [m for m, _ in sorted(counts.items(), key=lambda p: (-p[1], p[0]))]

    def controls(self) -> list[dict]:
        return [
            base.choice("measure", "What is counted", self.measures),
            base.choice(
                "which", "Which figures", {"several": "those counted more than once", "all": "all"}
            ),
        ]

    def initial(self) -> dict[str, Any]:
        return {"measure": self.measures[0], "which": "several"}

    def chosen(self, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The figures of one measure; of groups with several figures only, where asked and so."""
        rows = [r for r in self.rows if r["measure"] == values["measure"]]
        several = [r for _, some in ranges.groups(rows) if len(some) > 1 for r in some]
        return several if values["which"] == "several" and several else rows

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        rows = self.chosen(values)
        return {
            "status": esc(ranges.describe(rows)),
            "picture": figure(self._picture(values), CAPTION),
            "table": details("The same figures as a table, with sources", self._table(rows)),
        }

    def _picture(self, values: Mapping[str, Any]) -> str:
        chart = charts.range_chart(self.chosen(values), f"Persons {values['measure']}")
        return charts.svg(chart)

    COLUMNS = {"group": "Who", "figure": "Count", "by": "Counted by", "scope": "When and where"}

    def _rows(self, rows: Sequence[Mapping[str, Any]]) -> list[dict]:
        return [
            {
                "group": r["group"],
                "figure": ranges.figure(r),
                "by": r["counted_by"],
                "scope": r.get("scope"),
                "measure": r["measure"],
                "sources": shorts(r["source_ids"]),
                "flag": flag(r["verification"]),
            }
            for _, some in ranges.groups(rows)
            for r in some
        ]

    def _table(self, rows: Sequence[Mapping[str, Any]]) -> str:
        put = [r | {"figure": esc(r["figure"]) + r["flag"]} for r in self._rows(rows)]
        return markup.table(put, self.COLUMNS | {"sources": "Sources"}, raw=("figure", "sources"))

    def body(self) -> str:
        values = self.initial()
        columns = {"measure": "Measure"} | self.COLUMNS | {"sources": "Sources"}
        rows = [r | {"figure": esc(r["figure"]) + r["flag"]} for r in self._rows(self.rows)]
        rest = markup.table(rows, columns, raw=("figure", "sources"))
        return (
            f"<p>{esc(ranges.describe(self.chosen(values)))}</p>"
            + figure(charts.plate(self._picture(values)), CAPTION)
            + details(f"All {len(rows)} figures with sources", rest)
        )

    def text(self) -> str:
        columns = {"measure": "Measure"} | self.COLUMNS
        words = ranges.describe(self.chosen(self.initial()))
        return "\n".join(
            [self.title, WARNING, words, "", markup.plain_table(self._rows(self.rows), columns)]
        )
