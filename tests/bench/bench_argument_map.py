"""What the argument map costs: key to changed words and picture, first display, bytes on the wire.

Run as a script, or through `python3 -m course bench`. The browser part needs Chromium; a bare
ipywidgets slider with an HTML echo is measured in the same run.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bench_views as views  # noqa: E402

from course import argument  # noqa: E402
from course.widgets.argument_map import ArgumentMap  # noqa: E402

CELL = 'from course.widgets.argument_map import ArgumentMap\nArgumentMap("{}").show()'


def _once(notebook, focus, key, probe):
    """Milliseconds from `key` on `focus` to a change inside `probe`, and the bytes it took."""
    page = notebook.page
    notebook.wire.clear()
    waiting = page.evaluate_handle(f"({{promise: ({views.PRESS})({probe!r})}})")
    focus.focus()
    page.keyboard.press(key)
    took = page.evaluate("h => h.promise", waiting)
    page.wait_for_timeout(120)
    return took, sum(notebook.wire)


def _objection(notebook):
    """Bytes of an objection in one's own words."""
    page = notebook.page
    page.locator(".am-detail details summary").last.click()
    page.locator(".am-detail textarea").fill("Said at the usual length, in one sentence. " * 4)
    page.wait_for_timeout(120)
    notebook.wire.clear()
    page.locator(".am-detail form button").click()
    page.locator(".am-news", has_text="L01").wait_for()
    page.wait_for_timeout(300)
    return sum(notebook.wire)


def _in_turn(notebook, tries, presses=views.PRESSES):
    """Medians of each try, taken turn by turn, so that a busy moment strikes all alike; bytes."""
    times, sizes = {name: [] for name in tries}, dict.fromkeys(tries, 0)
    for i in range(presses):
        for name, (focuses, keys, probe) in tries.items():
            turn = focuses[i % len(focuses)], keys[i % len(keys)]
            took, size = _once(notebook, *turn, probe)
            if took is not None:
                times[name].append(took)
            sizes[name] = max(sizes[name], size)
    return {name: statistics.median(found) for name, found in times.items()}, sizes


def _in_python():
    """Milliseconds of processor time for one move with all that is shown after it."""

    def median(moves):
        view = ArgumentMap("C120", argument.load())
        view.live()
        times = []
        for i in range(30):
            start = time.process_time()
            view.move(*moves[i % len(moves)])
            times.append(1000 * (time.process_time() - start))
        return statistics.median(times)

    return [
        views._row("a premise rejected, in Python", median([("reject", "I11"), ("leave", "I11")]), "ms", 10),
        views._row("all objections raised, in Python", median([("raise-all",), ("reset",)]), "ms", None),
    ]  # fmt: skip


def measure() -> list[dict]:
    """Times, ratios and sizes with their targets; the browser's where there is Chromium."""
    found = _in_python()
    path = views.browser_lab.chromium()
    if path is None:
        return found
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        views._notebook(folder, "bench.ipynb", views.BARE, CELL.format("C132"))
        views._notebook(folder, "point.ipynb", views.POINT)
        views._notebook(folder, "map.ipynb", CELL.format(""))
        lab = views.browser_lab.Lab(folder, Path(home) / "lab")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=path, args=views.browser_lab.FLAGS
                )
                found += _in_browser(browser, lab)
                browser.close()
        finally:
            lab.stop()
    return found


def _in_browser(browser, lab):
    point = views._first_display(browser, lab, "point.ipynb", ".vega-embed svg path")
    whole = views._first_display(browser, lab, "map.ipynb", ".am-picture [data-node]")
    notebook = views.browser_lab.Notebook(browser, lab, "bench.ipynb", height=2600)
    notebook.page.emulate_media(reduced_motion="reduce")
    notebook.run_all()
    page = notebook.page
    page.wait_for_selector(".am-picture [data-node]")
    page.locator('[data-node="I08"]').click()
    page.locator('[data-weigh="I08"]').wait_for()
    bare = page.locator(".jp-Cell").nth(0).locator("[role=slider]")
    arrows = ("ArrowRight", "ArrowLeft")
    moves = [page.locator(f'.am-detail [data-do="{do}"]') for do in ("reject", "leave")]
    times, sizes = _in_turn(
        notebook,
        {
            "bare": ([bare], arrows, ".jp-Cell:nth-child(1) .probe"),
            "choice": (moves, ["Enter"], ".am-picture"),
        },
    )
    credence, weighed = _in_turn(
        notebook,
        {
            "bare": ([bare], arrows, ".jp-Cell:nth-child(1) .probe"),
            "credence": ([page.locator('[data-weigh="I08"]')], arrows, ".am-news"),
        },
    )
    added = _objection(notebook)
    notebook.close()
    words = credence["credence"] / credence["bare"]
    picture = times["choice"] / times["bare"]
    return [
        views._row("credence to words / bare slider and HTML", words, "ratio", 1.5),
        views._row("choice to the map / bare slider and HTML", picture, "ratio", 1.5),
        views._row("choice to the map", times["choice"], "ms", None),
        views._row("bare slider and HTML", times["bare"], "ms", None),
        views._row("first display of the map / one point", whole / point, "ratio", 1.5),
        views._row("bytes a credence", weighed["credence"] / 1000, "kB", 20),
        views._row("bytes a choice", sizes["choice"] / 1000, "kB", 20),
        views._row("bytes an objection of one's own", added / 1000, "kB", 20),
    ]


if __name__ == "__main__":
    for line in measure():
        print(line)
