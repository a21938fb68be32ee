"""What the two views of decisions cost: key to changed picture, bytes on the wire, time in Python.

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

from course.widgets.decision_lab import DecisionLab  # noqa: E402
from course.widgets.treaty_simulator import TreatySimulator  # noqa: E402

LAB = 'from course.lesson import decision_lab\ndecision_lab("georgia-2008")'
TREATY = 'from course.lesson import treaty_simulator\ntreaty_simulator("georgia-2008")'


def _typed(notebook, focus, keys, probe, presses=views.PRESSES):
    """Median milliseconds from a key, taken from `keys` in turn, to a change inside `probe`."""
    page = notebook.page
    times, sizes = [], []
    for i in range(presses):
        notebook.wire.clear()
        waiting = page.evaluate_handle(f"({{promise: ({views.PRESS})({probe!r})}})")
        focus.focus()
        page.keyboard.press(keys[i % len(keys)])
        took = page.evaluate("h => h.promise", waiting)
        if took is not None:
            times.append(took)
        page.wait_for_timeout(300)
        sizes.append(sum(notebook.wire))
    return statistics.median(times), statistics.median(sizes)


def _in_python():
    """Milliseconds of processor time for one change, the median of thirty."""

    def median(act):
        times = []
        for i in range(30):
            start = time.process_time()
            act(i)
            times.append(1000 * (time.process_time() - start))
        return statistics.median(times)

    lab, treaty = DecisionLab("georgia-2008"), TreatySimulator("georgia-2008")
    lab.live(), treaty.live()

    def step(i):
        if treaty._played.outcome is not None:
            treaty.set(again=treaty.values["again"] + 1)
        treaty.set(take=treaty.values["take"] + 1)

    rows = [
        ("one ballot through every body, in Python", lambda i: lab.press("RUS", ("yes", "no")[i % 2])),
        ("one step of the draft treaty, in Python", step),
        ("every curve moved to another p, in Python", lambda i: treaty.set(p=50 + i)),
        ("a clause tried on four cases, in Python", lambda i: treaty.set(**{"own:quorum": ("1/2", "2/3")[i % 2]})),
    ]  # fmt: skip
    return [views._row(name, median(act), "ms", None) for name, act in rows]


def measure() -> list[dict]:
    """Figures with their targets; those of the browser only where there is a Chromium."""
    found = _in_python()
    path = views.browser_lab.chromium()
    if path is None:
        return found
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        views._notebook(folder, "bench.ipynb", views.BARE, LAB, TREATY)
        lab = views.browser_lab.Lab(folder, Path(home) / "lab")
        try:
            with sync_playwright() as playwright:
                flags = views.browser_lab.FLAGS
                browser = playwright.chromium.launch(executable_path=path, args=flags)
                found += _in_browser(browser, lab)
                browser.close()
        finally:
            lab.stop()
    return found


def _in_browser(browser, lab):
    notebook = views.browser_lab.Notebook(browser, lab, "bench.ipynb", height=3400)
    notebook.page.set_default_timeout(60_000)
    notebook.run_all()
    page = notebook.page
    page.wait_for_timeout(2500)
    slider = page.locator(".jp-Cell").nth(0).locator("[role=slider]")
    [(bare, _)] = views._press(notebook, (slider, ".jp-Cell:nth-child(1) .probe"))
    cell = page.locator('[data-code="RUS"]')
    ballot, bytes_ballot = _typed(notebook, cell, "ny", ".jp-Cell:nth-child(2) .c-grid")
    cards = ".jp-Cell:nth-child(2) div:has(> .c-bodies)"
    card, _ = _typed(notebook, cell, "ny", cards)
    take = page.get_by_role("button", name="Take this step")
    again = page.get_by_role("button", name="Start again")
    log = ".jp-Cell:nth-child(3) div:has(> .c-day)"
    steps, bytes_step = [], 0
    for _ in range(7):
        took, size = _typed(notebook, take, ["Enter"], log, presses=4)
        steps.append(took)
        bytes_step = max(bytes_step, size)
        again.click()
        page.wait_for_timeout(150)
    page.get_by_role("radio", name="The chance to act").check()
    page.wait_for_timeout(300)
    chance = page.get_by_label("Chance that each says yes")
    curve, bytes_curve = _typed(
        notebook, chance, ["ArrowLeft", "ArrowLeft", "ArrowRight"],
        ".jp-Cell:nth-child(3) div:has(> figure)",
    )  # fmt: skip
    notebook.close()
    row = views._row
    return [
        row("key to ballot in the grid / bare slider and HTML", ballot / bare, "ratio", 1.5),
        row("key to every body's result / bare slider and HTML", card / bare, "ratio", 1.5),
        row("key to the next step / bare slider and HTML", statistics.median(steps) / bare, "ratio", 1.5),
        row("key to redrawn curves", curve, "ms", None),
        row("bare slider and HTML", bare, "ms", None),
        row("bytes a ballot", bytes_ballot / 1000, "kB", 20),
        row("bytes a step", bytes_step / 1000, "kB", 20),
        row("bytes a move of p", bytes_curve / 1000, "kB", 20),
    ]  # fmt: skip


if __name__ == "__main__":
    for line in measure():
        print(line)
