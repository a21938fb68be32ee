"""`python3 -m course export record|portfolio`: the learner's own things as files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from course import record as store

__all__ = ["portfolio", "record"]


def record(argv: Sequence[str]) -> int:
    """Write the learner's record as JSON, to be loaded on another machine."""
    options = _options("record", "record.json").parse_args(argv)
    print(store.export(options.output, include=options.include))
    return 0


def portfolio(argv: Sequence[str]) -> int:
    """Write the learner's portfolio as one HTML page."""
    options = _options("portfolio", "portfolio.html").parse_args(argv)
    from course.widgets.exercise import write_portfolio

    print(write_portfolio(options.output, include=options.include))
    return 0


def _options(kind: str, name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python3 -m course export {kind}",
        description="Verdicts and texts are left out unless they are named.",
    )
    parser.add_argument("-o", "--output", default=name, help=f"where to write (default: {name})")
    parser.add_argument(
        "--include",
        nargs="*",
        default=[],
        choices=store.LEFT_OUT,
        help="what is left out unless it is named here",
    )
    return parser
