"""What the learner's record costs beside bare SQLite: saving, and opening it for `progress()`.

Run as a script, or through `python3 -m course bench`. Every figure is a ratio of two things timed
in turn in the same run, so that a busy machine weighs on both.
"""

import os
import sqlite3
import tempfile
import time
import uuid
from pathlib import Path
from statistics import median

from course import exercises, record
from course.record import STANDINGS, Record
from course.widgets.exercise import ProgressView

SAVES = 300
ATTEMPTS = 100_000
READS = 11


def _timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _bare(path):
    """A plain table in a file of its own, with SQLite's defaults."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE answers (exercise TEXT, answer TEXT)")
    return connection


def saving(folder):
    """Return the medians of one confirmed save and of a bare INSERT with its commit, in seconds."""
    held = Record(folder / "record.sqlite")
    bare = _bare(folder / "bare.sqlite")
    answer = {"text": "An abstention lets a resolution pass. " * 5}
    text = str(answer)

    def plain():
        bare.execute("INSERT INTO answers VALUES (?, ?)", ("kosovo.votes", text))

    def ours():
        held.save("kosovo.votes", answer, kind="written", level="kept", private=True)

    pairs = [(_timed(ours), _timed(plain)) for _ in range(SAVES)]
    bare.close()
    held.close()
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def filled(path, attempts=ATTEMPTS):
    """Make a record with this many attempts, as a long course with many tries would leave it."""
    Record(path).close()
    keys = exercises.ids() or tuple(f"kosovo.n{n}" for n in range(90))
    levels = ("right", "not yet", "almost", "kept", "keep going")
    rows = (
        (uuid.uuid4().hex, n, keys[n % len(keys)], "single", levels[n % 5], '"an answer"')
        for n in range(attempts)
    )
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO attempts (uid, stamp, exercise, kind, level, answer, mistakes, private,"
            " exercise_version, course_version) VALUES (?, ?, ?, ?, ?, ?, '[]', 0, 1, '0.1.0')",
            rows,
        )
    connection.close()


def opening(path):
    """Return the medians of opening the record and showing progress(), and of the query alone."""

    def ours():
        ProgressView().html()
        record.close()

    def plain():
        connection = sqlite3.connect(path)
        connection.execute(STANDINGS).fetchall()
        connection.close()

    before = os.environ.get("COURSE_RECORD")
    os.environ["COURSE_RECORD"] = str(path)
    try:
        ours(), plain()
        pairs = [(_timed(ours), _timed(plain)) for _ in range(READS)]
    finally:
        os.environ.pop("COURSE_RECORD")
        if before is not None:
            os.environ["COURSE_RECORD"] = before
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def measure():
    """Time both and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save, insert = saving(folder)
        filled(folder / "long.sqlite")
        survey, query = opening(folder / "long.sqlite")
    return [
        {
            "name": "save an answer / bare INSERT and commit",
            "value": save / insert,
            "unit": "ratio",
            "target": 3,
        },
        {"name": "save an answer", "value": save * 1000, "unit": "ms", "target": None},
        {
            "name": f"open {ATTEMPTS:,} attempts and show progress() / the query alone",
            "value": survey / query,
            "unit": "ratio",
            "target": 1.5,
        },
        {
            "name": f"open {ATTEMPTS:,} attempts and show progress()",
            "value": survey * 1000,
            "unit": "ms",
            "target": None,
        },
    ]


if __name__ == "__main__":
    for line in measure():
        target = "" if line["target"] is None else f"   (at most {line['target']})"
        print(f"{line['value']:8.2f} {line['unit']:<5} {line['name']}{target}")
