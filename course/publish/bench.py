"""``python3 -m course bench``: measure speed and size, and name each figure that misses its target.

Every module ``tests/bench/bench_<topic>.py`` has a function ``measure()`` that returns rows with
the keys name, value, unit and target. A target is a number (at most), ">= number" (at least) or
None (for information). A missed target is reported and is no failure: machines differ.

`--write` keeps the figures in ``tests/bench/results.json`` and makes ``docs/performance.md`` of
them; topics that were not measured keep what they had.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

__all__ = ["BenchError", "main", "misses", "page", "topics"]

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bench"
RESULTS = FOLDER / "results.json"
PAGE = FOLDER.parents[1] / "docs" / "performance.md"
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


def _machine() -> str:
    """The class of the machine, without its name: system, processor type, cores, Python."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {version}"


def _keep(topic: str, rows: Sequence[dict]) -> None:
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    held[topic] = {"date": date.today().isoformat(), "machine": _machine(), "rows": list(rows)}
    held = dict(sorted(held.items()))
    RESULTS.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(held), encoding="utf-8")


def page(results: dict) -> str:
    """The page `docs/performance.md` of these results."""
    rows = [row for topic in results.values() for row in topic["rows"]]
    late = [row for row in rows if misses(row["value"], row["target"])]
    parts = [_HEAD.format(count=len(rows), missed=len(late))]
    for topic, held in results.items():
        title = topic[0].upper() + topic[1:]
        parts.append(f"\n## {title}\n\n{held['date']}, {held['machine']}.\n")
        parts.append("| what | value | unit | target |\n|---|---:|---|---:|")
        parts += [_table_line(row) for row in held["rows"]]
    return "\n".join(parts) + "\n"


def _table_line(row: dict) -> str:
    target = row["target"]
    aim = "" if target is None else f"{'' if isinstance(target, str) else '≤ '}{target}"
    mark = " **missed**" if misses(row["value"], target) else ""
    return f"| {row['name']} | {row['value']:g} | {row['unit']} | {aim.replace('>=', '≥')}{mark} |"


_HEAD = """# Performance

Made from `tests/bench/results.json` by `python3 -m course bench --write`: measure, do not edit. Targets
are ratios taken in one run wherever that can be, so that machines compare; a second on one machine says
little of another. A missed target is said here and fails nothing.

The figures of the hub come from `tests/hub/run.py` ([hosting.md](hosting.md)), taken in with `--hub FILE --write`.

{count} figures, {missed} of them beyond their target."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; always 0, since a missed target is a report and not a failure."""
    parser = argparse.ArgumentParser(
        prog="python3 -m course bench",
        description="Measure speed and size, and name each figure that misses its target.",
    )
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="what to measure (default all)")
    parser.add_argument("--write", action="store_true", help="keep the figures; make the page")
    parser.add_argument(
        "--hub", type=Path, metavar="FILE", help="take in what tests/hub/run.py --json wrote"
    )
    options = parser.parse_args(argv)
    chosen = {} if options.hub and not options.topics else _choose(options.topics)
    measured = {topic: (path, None) for topic, path in chosen.items()}
    if options.hub:
        measured["hub"] = (None, json.loads(options.hub.read_text(encoding="utf-8")))
    missed = total = 0
    for topic, (path, rows) in measured.items():
        print(topic, flush=True)
        rows = _measure(topic, path) if rows is None else rows
        if options.write and rows:
            _keep(topic, rows)
        for row in rows:
            print(_line(row), flush=True)
            total += 1
            missed += misses(row["value"], row["target"])
    print(f"{total} figures, {missed} missed their target")
    return 0


if __name__ == "__main__":
    sys.exit(main())
