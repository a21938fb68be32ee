"""The course map: what is done, what to look at again, and when.

A missed exercise comes back twice: once when the learner has begun the next notebook, and once more
three notebooks on. It is settled for that time by an answer given since then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .model import Exercise

__all__ = ["GAPS", "NotebookLine", "Progress", "Standing", "survey"]

#: A missed exercise comes back after so many notebooks.
GAPS = (1, 3)


class Standing(Protocol):
    """All attempts at one exercise; `first` and `last_done` are positions in the record."""

    exercise: str
    tries: int
    misses: int
    first: int
    last_done: int | None


@dataclass(frozen=True)
class NotebookLine:
    """One notebook on the map."""

    notebook: str
    exercises: int
    done: int
    begun: int
    minutes: float


@dataclass(frozen=True)
class Progress:
    """The map, and the exercises to look at again, in the order of the course."""

    lines: tuple[NotebookLine, ...]
    revisit: tuple[Exercise, ...]

    @property
    def done(self) -> int:
        """Exercises answered right, or kept because nobody can mark them."""
        return sum(line.done for line in self.lines)

    @property
    def exercises(self) -> int:
        """All exercises of the course."""
        return sum(line.exercises for line in self.lines)

    @property
    def minutes(self) -> float:
        """Minutes spent, as far as they were counted."""
        return sum(line.minutes for line in self.lines)


def survey(
    catalogue: Mapping[str, Sequence[Exercise]],
    standings: Mapping[str, Standing],
    minutes: Mapping[str, float],
) -> Progress:
    """Draw the map.

    Parameters
    ----------
    catalogue : Mapping
        {notebook: its exercises}, in the order of the course.
    standings : Mapping
        {exercise id: all attempts at it}, from the record.
    minutes : Mapping
        {notebook: minutes spent}.
    """
    lines = []
    for notebook, entries in catalogue.items():
        tried = [standings[entry.id] for entry in entries if entry.id in standings]
        done = sum(standing.last_done is not None for standing in tried)
        lines.append(
            NotebookLine(notebook, len(entries), done, len(tried), minutes.get(notebook, 0.0))
        )
    reached = _reached(list(catalogue), standings.values())
    again = [
        entry
        for place, entries in enumerate(catalogue.values())
        for entry in entries
        if entry.id in standings and _due(standings[entry.id], place, reached)
    ]
    return Progress(tuple(lines), tuple(again))


def _reached(notebooks: Sequence[str], standings: Iterable[Standing]) -> list[int | None]:
    """Return, for each notebook, the position at which it or a later one was begun."""
    places = {notebook: place for place, notebook in enumerate(notebooks)}
    first: list[int | None] = [None] * len(notebooks)
    for standing in standings:
        place = places.get(standing.exercise.partition(".")[0])
        if place is not None and (first[place] is None or standing.first < first[place]):
            first[place] = standing.first
    earliest: int | None = None
    for place in range(len(first) - 1, -1, -1):
        known = [position for position in (earliest, first[place]) if position is not None]
        earliest = first[place] = min(known, default=None)
    return first


def _due(standing: Standing, place: int, reached: Sequence[int | None]) -> bool:
    """Return whether a missed exercise waits for another look."""
    if not standing.misses:
        return False
    for gap in GAPS:
        since = reached[place + gap] if place + gap < len(reached) else None
        if since is not None and (standing.last_done is None or standing.last_done < since):
            return True
    return False
