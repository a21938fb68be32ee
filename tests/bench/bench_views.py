"""What the views cost in a real browser, beside bare ipywidgets in the same run.

Run as a script, or through `python3 -m course bench`. It needs Chromium; without it nothing is
measured. Matplotlib is here to be compared with: the course does not need it.
"""

import importlib.util
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import lab as browser_lab  # noqa: E402

PRESSES = 30
IMPORTS = "import pandas, ipywidgets, altair"
ALL_VIEWS = """
from course import data
from course.widgets.argument_map import ArgumentMap
from course.widgets.claim_desk import ClaimDesk
from course.widgets.decision_lab import DecisionLab
from course.widgets.indicators import Indicators
from course.widgets.membership_map import MembershipMap
from course.widgets.ranges import Ranges
from course.widgets.text_lens import TextLens
from course.widgets.timeline import Timeline
from course.widgets.treaty_simulator import TreatySimulator
rows = data.rows("casualties")
views = [Timeline(data.rows("events")), ClaimDesk("C039"), Ranges(rows), MembershipMap(),
         Indicators(), TextLens(), ArgumentMap(), DecisionLab("kosovo-1999"),
         TreatySimulator("valley")]
kept = [(view.live(), view.html()) for view in views]
"""
MEMORY = """
def pss(process):
    lines = open(f"/proc/{process}/smaps_rollup")
    return [int(line.split()[1]) // 1024 for line in lines if line.startswith("Pss:")][0]
"""
KERNEL = MEMORY + 'print(pss("self"))'
# what the pictures' process takes as long as it has work
PICTURES = (
    MEMORY
    + """
from course.charts import drawing
print(pss(drawing._engine._process.pid))
"""
)
BARE = """
import ipywidgets as w
s = w.IntSlider(min=0, max=100, description="bare"); h = w.HTML("value 0")
s.observe(lambda c: setattr(h, "value", f"value {c['new']}"), "value"); h.add_class("probe")
display(w.VBox([s, h]))
"""
OURS = """
from course.widgets import base
class Echo(base.View):
    title, kicker = "Echo", "Bench"
    layout = (base.region("controls"), base.live_region("words", "probe"))
    def controls(self): return [base.range_("n", "ours", 0, 100)]
    def initial(self): return {"n": 0}
    def regions(self, values): return {"words": f"value {values['n']}"}
    def text(self): return "echo"
Echo().show()
"""
CHART = """
from course.widgets.indicators import Indicators
Indicators("warheads").show()
"""
REPLACED = """
import ipywidgets as w, altair as alt
from course.charts import live, measures
chart = live(measures.chart("warheads", 1990, 2010))
s = w.IntSlider(min=0, max=19, description="replaced")
def redraw(change): chart.chart = measures.chart("warheads", 1990 + change["new"], 2010)
s.observe(redraw, "value"); display(w.VBox([s, chart]))
"""
MATPLOTLIB = """
import ipywidgets as w, matplotlib.pyplot as plt
from course.charts import measures
points = measures.measures()["warheads"].points
def draw(matplotlib=0):
    plt.plot(*zip(*points)); plt.plot(*zip(*points[matplotlib:])); plt.show()
w.interact(draw, matplotlib=(0, 19))
"""
POINT = """
import altair as alt
alt.JupyterChart.enable_offline()
alt.JupyterChart(alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q"))
"""
MAP = "from course import membership_map\nmembership_map()"

# milliseconds from the key that reaches the page to the next change inside `probe`
PRESS = """(probe) => new Promise(done => {
  const node = document.querySelector(probe);
  let start;
  addEventListener("keydown", () => { start = performance.now(); }, {capture: true, once: true});
  const watch = new MutationObserver(() => {
    if (start === undefined) return;
    watch.disconnect(); done(performance.now() - start);
  });
  watch.observe(node, {subtree: true, childList: true, characterData: true, attributes: true});
  setTimeout(() => { watch.disconnect(); done(null); }, 4000);
  window.ready = true;
})"""


def _notebook(folder, name, *cells):
    import nbformat

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c.strip()) for c in cells])
    book.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(book, Path(folder) / name)


def _press(notebook, *places):
    """Median milliseconds from key press to changed content, and median bytes, for each place.

    The places take turns, press by press, so that what else the machine does falls on all alike.
    """
    page = notebook.page
    times, sizes = [[] for _ in places], [[] for _ in places]
    for i in range(PRESSES):
        for at, (focus, probe) in enumerate(places):
            notebook.wire.clear()
            page.evaluate("window.ready = false")
            waiting = page.evaluate_handle(f"({{promise: ({PRESS})({probe!r})}})")
            focus.focus()
            page.keyboard.press("ArrowRight" if i < PRESSES // 2 else "ArrowLeft")
            took = page.evaluate("h => h.promise", waiting)
            if took is not None:
                times[at].append(took)
            page.wait_for_timeout(120)
            sizes[at].append(sum(notebook.wire))
    return [(statistics.median(t), statistics.median(b)) for t, b in zip(times, sizes, strict=True)]


def _first_display(browser, lab, name, ready):
    """Seconds from running the only cell, in a fresh kernel, to the drawn picture."""
    notebook = browser_lab.Notebook(browser, lab, name)
    page = notebook.page
    start = page.evaluate("performance.now()")
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(ready, timeout=120_000)
    took = page.evaluate("performance.now()") - start
    notebook.close()
    return took / 1000


def _memory(code, asked=KERNEL):
    done = subprocess.run(
        [sys.executable, "-c", code + asked], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1])


def measure() -> list[dict]:
    """Ratios and sizes with their targets; an empty list where there is no Chromium."""
    path = browser_lab.chromium()
    if path is None:
        return []
    from playwright.sync_api import sync_playwright

    everything = f"{IMPORTS}\n{ALL_VIEWS}"
    memory = _memory(everything) / _memory(IMPORTS)
    pictures = _memory(everything, PICTURES)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        cells = [BARE, OURS, CHART, REPLACED]
        with_matplotlib = importlib.util.find_spec("matplotlib") is not None
        cells += [MATPLOTLIB] if with_matplotlib else []
        _notebook(folder, "bench.ipynb", *cells)
        _notebook(folder, "point.ipynb", POINT)
        _notebook(folder, "map.ipynb", MAP)
        lab = browser_lab.Lab(folder, Path(home) / "lab")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=browser_lab.FLAGS)
                found = _in_browser(browser, lab, with_matplotlib)
                browser.close()
        finally:
            lab.stop()
    found.append(_row("kernel with all views open / bare imports (memory)", memory, "ratio", 1.6))
    found.append(_row("the process that draws, while it has work", pictures, "MB", None))
    return found


def _in_browser(browser, lab, with_matplotlib):
    point = _first_display(browser, lab, "point.ipynb", ".vega-embed svg path")
    heavy = _first_display(browser, lab, "map.ipynb", ".vega-embed .mark-shape path")
    notebook = browser_lab.Notebook(browser, lab, "bench.ipynb", height=2600)
    notebook.run_all()
    page = notebook.page
    page.wait_for_timeout(3000)
    cell = ".jp-Cell:nth-child({}) "
    cells = page.locator(".jp-Cell")
    (bare, _), (ours, bytes_text) = _press(
        notebook,
        (cells.nth(0).locator("[role=slider]"), cell.format(1) + ".probe"),
        (page.get_by_label("ours", exact=True), ".course .probe"),
    )
    charts = [
        (cells.nth(2).get_by_label("From", exact=True), cell.format(3) + ".vega-embed"),
        (cells.nth(3).locator("[role=slider]"), cell.format(4) + ".vega-embed"),
    ]
    if with_matplotlib:  # the picture alone, not the slider above it
        charts.append((cells.nth(4).locator("[role=slider]"), cell.format(5) + ".widget-output"))
    (chart, bytes_chart), (replaced, _), *pyplot = _press(notebook, *charts)
    rows = [
        _row("key to text / bare slider and HTML", ours / bare, "ratio", 1.5),
        _row("key to chart, by parameter", chart, "ms", None),
        _row("chart replaced whole / by parameter", replaced / chart, "ratio", ">= 3"),
        _row("first display of the map / one point", heavy / point, "ratio", 1.5),
        _row("bytes a key press, text", bytes_text / 1000, "kB", 20),
        _row("bytes a key press, chart", bytes_chart / 1000, "kB", 20),
    ]
    rows += [
        _row("interact and Matplotlib / by parameter", took / chart, "ratio", ">= 3")
        for took, _ in pyplot
    ]
    notebook.close()
    return rows


def _row(name, value, unit, target):
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target}


if __name__ == "__main__":
    for line in measure():
        print(line)
