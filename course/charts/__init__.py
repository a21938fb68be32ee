"""Rows in, Altair charts and words out: pictures of the record, each with its alternative text.

- `theme`: the palette, the marks of each kind of event, the configuration of every chart,
  `svg` (a static picture) and `live` (an offline chart that moves by parameters).
- `chronology`: events in time. `ranges`: what each source counted.

Altair is imported when the first chart is drawn, never before: it takes about a second.
"""

from course.charts import chronology, ranges
from course.charts.chronology import timeline
from course.charts.ranges import bars, range_chart
from course.charts.theme import INK, PALETTE, Mark, live, mark_svg, plate, svg

__all__ = [
    "INK", "PALETTE", "Mark", "bars", "chronology", "live", "mark_svg", "plate", "range_chart", "ranges", "svg", "timeline",
]  # fmt: skip
