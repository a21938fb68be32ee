"""``python3 -m course bench``: measure speed and size, and name each figure that misses its target.

Every module ``tests/bench/bench_<topic>.py`` has a function ``measure()`` that returns rows with
the keys name, value, unit and target. A target is a number (at most), ">= number" (at least) or
None (for information). A missed target is reported and is no failure: machines differ.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["BenchError", "main", "misses", "topics"]

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bench"
KEYS = {"name", "value", "unit", "target"}


class BenchError(ValueError):
    """A topic that is not there, or a row that says too little."""


def topics(folder: Path = FOLDER) -> dict[str, Path]:
    """The topics that can be measured: {topic: its module}."""
    return {path.stem.removeprefix("bench_"): path for path in sorted(folder.glob("bench_*.py"))}


def misses(value: float, target: float | str | None) -> bool:
    """Whether a value misses its target.

    Parameters
    ----------
    value : float
        What was measured.
    target : float, str or None
        The most it may be; ">= number" for the least; None where there is no target.
    """
    if target is None:
        return False
    if isinstance(target, str):
        return value < float(target.removeprefix(">="))
    return value > target


def _measure(topic: str, path: Path) -> list[dict]:
    spec = importlib.util.spec_from_file_location(f"course_bench_{topic}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = module.measure()
    for row in rows:
        if not row.keys() >= KEYS:
            lacking = ", ".join(sorted(KEYS - row.keys()))
            raise BenchError(f"A row of {path.name} lacks {lacking}: give each row all of them.")
    return rows


def _line(row: dict) -> str:
    target = row["target"]
    aim = "" if target is None else f"{'' if isinstance(target, str) else '<= '}{target}"
    mark = "  MISSED" if misses(row["value"], target) else ""
    return f"  {row['value']:>10g} {row['unit']:<14}{aim:<12} {row['name']}{mark}"


def _choose(names: Sequence[str]) -> dict[str, Path]:
    known = topics()
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"perhaps you mean '{near[0]}'" if near else "there are " + ", ".join(known)
            raise BenchError(f"There is nothing to measure called '{name}': {hint}.")
    return {name: path for name, path in known.items() if name in names or not names}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; always 0, since a missed target is a report and not a failure."""
    parser = argparse.ArgumentParser(
        prog="python3 -m course bench",
        description="Measure speed and size, and name each figure that misses its target.",
    )
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="what to measure (default all)")
    chosen = _choose(parser.parse_args(argv).topics)
    missed = total = 0
    for topic, path in chosen.items():
        print(topic, flush=True)
        for row in _measure(topic, path):
            print(_line(row), flush=True)
            total += 1
            missed += misses(row["value"], row["target"])
    print(f"{total} figures, {missed} missed their target")
    return 0


if __name__ == "__main__":
    sys.exit(main())
