"""The live workshop: a small server on the instructor's machine, and any phone as a ballot box.

The parts: `simulation` (cases and role cards), `session` (the rules of the room as a pure state
machine), `counting` (ballots to `course.institutions`), `store` (the event log), `server` and
`views` (the pages), `export` and `reading` (tables without persons).

    >>> from course import room
    >>> room.read("kept.sqlite").outcomes        # doctest: +SKIP
"""

from .reading import Workshop, read
from .simulation import CASES, Role, Scenario, Stage, scenario

__all__ = ["CASES", "Role", "Scenario", "Stage", "Workshop", "main", "read", "scenario"]


def main(argv: list[str] | None = None) -> int:
    """Run ``python3 -m course room`` and return its exit code."""
    from .command import main as run

    return run(argv)
