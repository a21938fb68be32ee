"""What a notebook weighs: on disk, on the wire, and in a kernel that has run it to its end.

Run as a script, or through `python3 -m course bench`. The kernel is compared with one that ran a
bare pandas notebook of as many cells.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from course import data

ROOT = Path(__file__).resolve().parents[2]
RUNNER = """
import os, sys, json, time
os.environ["COURSE_RECORD"] = ":memory:"
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell, start = InteractiveShell.instance(), time.perf_counter()
for cell in json.load(sys.stdin):
    with capture_output():
        shell.run_cell(cell).raise_error()
pss = [int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Pss:")]
print(json.dumps([time.perf_counter() - start, pss[0] / 1024]))
"""
BARE = [
    "import pandas",
    "events = pandas.read_csv({path!r})",
    "events.head()",
    "events.groupby('kind').size()",
]


def _cells(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run(cells):
    """Seconds and MB of one process that ran these cells."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(cells),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _first_verb():
    """Seconds from a fresh Python to the first view of a notebook."""
    code = "from course import head; head('kosovo')"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _bare_widget():
    code = "import pandas, ipywidgets, IPython.display; ipywidgets.HTML('x')"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return time.perf_counter() - start


def measure():
    """Return each figure with its unit and target."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    sizes = {path.stem: path.stat().st_size / 1000 for path in paths}
    largest = max(sizes, key=sizes.get)
    events = str(data.root() / "tables" / "events.csv")
    bare_seconds, bare_memory = _run([cell.format(path=events) for cell in BARE])
    runs = {path.stem: _run(_cells(path)) for path in paths}
    heaviest = max(runs, key=lambda stem: runs[stem][1])
    slowest = max(runs, key=lambda stem: runs[stem][0])
    firsts = [(_first_verb(), _bare_widget()) for _ in range(7)]
    ours, bare = (min(times) for times in zip(*firsts, strict=True))
    return [
        _row("import and first view, over import of pandas and ipywidgets", ours / bare, "ratio", 1.5),
        _row("a stored notebook, outputs and twins included: median", statistics.median(sizes.values()), "kB", 1000),
        _row(f"the largest stored notebook ({largest})", sizes[largest], "kB", 2000),
        _row("all stored notebooks together", sum(sizes.values()) / 1000, "MB", None),
        _row(f"memory after the heaviest notebook ({heaviest})", runs[heaviest][1], "MB", None),
        _row("the same over a bare pandas notebook", runs[heaviest][1] / bare_memory, "ratio", 2),
        _row(f"all cells of the slowest notebook ({slowest})", runs[slowest][0], "s", None),
        _row("the same over a bare pandas notebook", runs[slowest][0] / bare_seconds, "ratio", None),
    ]  # fmt: skip


def _row(name, value, unit, target):
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target}


if __name__ == "__main__":
    for row in measure():
        print(row)
