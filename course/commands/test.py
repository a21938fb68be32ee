"""``python3 -m course test``: everything that must hold, in named parts, with the time of each."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path
from xml.etree import ElementTree

from course.bootstrap import enter
from course.machine import checkout

__all__ = ["PARTS", "Counts", "Part", "count", "exit_code", "find_chromium", "main", "summary"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = 3

# One part of the tests. Each command follows the interpreter; "{junit}" in it is the report to
# count; `without` names what is taken out of the environment.
Part = namedtuple("Part", "name commands without", defaults=((),))
Counts = namedtuple("Counts", "passed failed skipped")
Result = namedtuple("Result", "part counts seconds")

_PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml={junit}")
_TWO = ("-n", "2", "--dist", "loadfile")  # one file stays on one worker: nbval needs it so

PARTS = (
    Part(
        "lint",
        (
            ("-m", "ruff", "check", "."),
            ("-m", "ruff", "format", "--check", "."),
            ("-c", "from importlinter.cli import lint_imports_command as go; go()"),
        ),
    ),
    Part("unit and data", ((*_PYTEST, *_TWO, "tests", "--ignore=tests/browser"),)),
    Part("build", (("-m", "course", "build", "--check"),)),
    Part(
        "notebooks",
        (
            (
                *_PYTEST,
                *_TWO,
                "--nbval",
                "--nbval-current-env",
                "--nbval-sanitize-with=tests/nbval_sanitize.cfg",
                "notebooks",
            ),
        ),
        without=("COURSE_ARTICLE",),  # with the reader's own copy at hand, the notebooks say more
    ),
    Part("browser", ((*_PYTEST, "tests/browser"),)),
)


def find_chromium():
    """The path of the browser for the tests: ``COURSE_CHROMIUM``, else the first one installed."""
    chosen = os.environ.get("COURSE_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, BROWSERS)), None)


def count(report):
    """Read a JUnit report.

    Returns
    -------
    Counts
        Errors count as failures.
    """
    suites = ElementTree.parse(str(report)).getroot().iter("testsuite")
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    failed = totals["failures"] + totals["errors"]
    return Counts(totals["tests"] - failed - totals["skipped"], failed, totals["skipped"])


def run(part, root, env, python=sys.executable):
    """Run one part to its end and count; a command that is no test run counts as one test."""
    start, passed, failed, skipped = time.monotonic(), 0, 0, 0
    env = {name: value for name, value in env.items() if name not in part.without}
    print(f"\n== {part.name} ==", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for command in part.commands:
            report = Path(folder) / "report.xml"
            words = [word.replace("{junit}", str(report)) for word in command]
            code = subprocess.call(
                [python, *words], cwd=str(root), env=env, stdin=subprocess.DEVNULL
            )
            counts = count(report) if report.exists() else Counts(int(code == 0), int(code != 0), 0)
            if code and not counts.failed:  # the run itself broke, or it found nothing to run
                counts = counts._replace(failed=1)
            passed, failed, skipped = (
                passed + counts.passed,
                failed + counts.failed,
                skipped + counts.skipped,
            )
    return Result(part.name, Counts(passed, failed, skipped), time.monotonic() - start)


def summary(results):
    """The closing table: time and counts of each part, then the totals in one line."""
    lines = ["", "{:<16}{:>9}  {}".format("part", "seconds", "result")]
    for result in results:
        counts = result.counts
        lines.append(
            "{:<16}{:>9.1f}  {} passed, {} failed{}".format(
                result.part,
                result.seconds,
                counts.passed,
                counts.failed,
                f", {counts.skipped} skipped" if counts.skipped else "",
            )
        )
    passed, failed, skipped = (
        sum(result.counts[i] for result in results) for i in range(len(Counts._fields))
    )
    lines += [
        "{:<16}{:>9.1f}".format("all", sum(result.seconds for result in results)),
        "",
        f"{passed} passed, {failed} failed, {skipped} skipped",
    ]
    return "\n".join(lines)


def keep_times(results, root):
    """Leave the seconds of each part for `course bench`, where the checkout can be written."""
    times = {result.part: round(result.seconds, 1) for result in results}
    try:
        (root / "build").mkdir(exist_ok=True)
        (root / "build" / "test-times.json").write_text(json.dumps(times), encoding="utf-8")
    except OSError:
        pass  # only a convenience, and not worth a word


def exit_code(results, browser_missing, ci):
    """0 if all passed; 1 if something failed, or no browser was there under CI; 3 if just that."""
    if any(result.counts.failed for result in results):
        return 1
    if browser_missing:
        return 1 if ci else NO_BROWSER
    return 0


def _arguments(argv):
    parser = argparse.ArgumentParser(
        prog="python3 -m course test",
        description="Check everything, in named parts, with the time of each.",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="without the browser")
    how.add_argument("--full", action="store_true", help="with long tests and more random examples")
    parser.add_argument("--fresh", action="store_true", help="in an environment made anew")
    return parser.parse_args(argv)


def main(argv):
    """Run the tests and return the exit code."""
    arguments = _arguments(argv)
    root = checkout()
    again = [word for word in argv if word != "--fresh"]
    enter("test", ["test", *again], fresh=arguments.fresh)
    chromium = find_chromium()
    wanted = [
        part
        for part in PARTS
        if part.name != "browser" or (chromium is not None and not arguments.quick)
    ]
    env = {
        **os.environ,
        "COURSE_RECORD": ":memory:",
        "COURSE_TESTS": "quick" if arguments.quick else "full" if arguments.full else "normal",
        # Python loads tests/offline/sitecustomize.py in each kernel: none reaches the outside.
        "PYTHONPATH": str(root / "tests" / "offline"),
    }
    if chromium:
        env["COURSE_CHROMIUM"] = chromium
    results = [run(part, root, env) for part in wanted]
    print(summary(results))
    keep_times(results, root)
    browser_missing = chromium is None and not arguments.quick
    if browser_missing:
        print(
            "The browser tests were not run because no Chromium was found: install it (on Debian "
            "'sudo apt install chromium') or set COURSE_CHROMIUM to its path, and run this again."
        )
    return exit_code(results, browser_missing, os.environ.get("CI", "").lower() in ("1", "true"))
