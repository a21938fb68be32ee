"""What the commands cost before anything is done: start and size of the environment.

Run as a script, or through `python3 -m course bench`.
"""

import statistics
import subprocess
import sys
import time

from course import bootstrap, machine

REPEATS = 9


def _seconds(*words):
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], check=True, cwd=machine.checkout(), stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def _ratio(words, beside):
    """Median time of one start of Python over that of another, taken in turn."""
    pairs = [(_seconds(*words), _seconds(*beside)) for _ in range(REPEATS)]
    ours, bare = zip(*pairs, strict=True)
    return statistics.median(ours) / statistics.median(bare)


def measure():
    """Return each figure with its unit and target."""
    venv = bootstrap.own_environment(machine.checkout())
    size = sum(path.lstat().st_size for path in venv.rglob("*") if path.is_file())
    bare = ("-c", "pass")
    return [
        {
            "name": "import course, over a bare start of Python",
            "value": round(_ratio(("-c", "import course"), bare), 2),
            "unit": "ratio",
            "target": 1.5,
        },
        {
            "name": "python -m course --help, over a bare start of Python",
            "value": round(_ratio(("-m", "course", "--help"), bare), 2),
            "unit": "ratio",
            "target": 8,
        },
        {
            "name": "the environment of the course on disk, tests included where installed",
            "value": round(size / 2**20),
            "unit": "MiB",
            "target": 800,
        },
    ]


if __name__ == "__main__":
    for row in measure():
        print(row)
