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
from course.words import say

__all__ = ["Ranges"]


class Ranges(base.View):
    """Figures of several sources on the same question, as ranges.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of the table `casualties`.
    title : str
        Heading of the view; "Victims: every count" if absent.

    Raises
    ------
    ValueError
        If there is no row.
    """

    layout = (
        base.region("controls"),
        base.live_region("status", "c-status"),
        base.region("picture"),
        base.region("table"),
    )

    def __init__(self, rows: Sequence[Mapping[str, Any]], title: str = ""):
        self.rows = list(rows)
        if not self.rows:
            raise ValueError(say("ranges.empty"))
        self.kicker, self.lead = say("ranges.kicker"), say("ranges.warning")
        self.title = title or say("ranges.title")
        counts = Counter(r["measure"] for r in self.rows)
        self.measures = [m for m, _ in sorted(counts.items(), key=lambda p: (-p[1], p[0]))]

    def controls(self) -> list[dict]:
        which = {"several": say("ranges.several"), "all": say("ranges.all")}
        return [
            base.choice(
                "measure", say("ranges.counted"), {m: ranges.named(m) for m in self.measures}
            ),
            base.choice("which", say("ranges.which"), which),
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
            "picture": figure(self._picture(values), say("ranges.caption")),
            "table": details(say("ranges.table"), self._table(rows)),
        }

    def _picture(self, values: Mapping[str, Any]) -> str:
        axis = say("ranges.axis", measure=ranges.named(values["measure"]))
        return charts.svg(charts.range_chart(self.chosen(values), axis))

    COLUMNS = ("group", "figure", "by", "scope")

    def _rows(self, rows: Sequence[Mapping[str, Any]]) -> list[dict]:
        return [
            {
                "group": r["group"],
                "figure": ranges.figure(r),
                "by": r["counted_by"],
                "scope": r.get("scope"),
                "measure": ranges.named(r["measure"]),
                "sources": shorts(r["source_ids"]),
                "flag": flag(r["verification"]),
            }
            for _, some in ranges.groups(rows)
            for r in some
        ]

    def _table(self, rows: Sequence[Mapping[str, Any]]) -> str:
        put = [r | {"figure": esc(r["figure"]) + r["flag"]} for r in self._rows(rows)]
        return markup.table(put, _columns(*self.COLUMNS, "sources"), raw=("figure", "sources"))

    def body(self) -> str:
        values = self.initial()
        columns = _columns("measure", *self.COLUMNS, "sources")
        rows = [r | {"figure": esc(r["figure"]) + r["flag"]} for r in self._rows(self.rows)]
        rest = markup.table(rows, columns, raw=("figure", "sources"))
        return (
            f"<p>{esc(ranges.describe(self.chosen(values)))}</p>"
            + figure(charts.plate(self._picture(values)), say("ranges.caption"))
            + details(say("ranges.table_all", number=len(rows)), rest)
        )

    def text(self) -> str:
        columns = _columns("measure", *self.COLUMNS)
        words = ranges.describe(self.chosen(self.initial()))
        return "\n".join(
            [self.title, self.lead, words, "", markup.plain_table(self._rows(self.rows), columns)]
        )


def _columns(*keys: str) -> dict[str, str]:
    return {key: say(f"ranges.column.{key}") for key in keys}
