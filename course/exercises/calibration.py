"""How well a learner's confidence fits: 90 % intervals and stated probabilities.

The interval score is that of Gneiting and Raftery (2007), "Strictly Proper Scoring Rules,
Prediction, and Estimation", section 6.2; the Brier score is the mean squared distance between a
stated probability and what turned out (1 or 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

__all__ = ["LEVEL", "Calibration", "Interval", "brier", "calibrate", "interval_score"]

#: How sure an interval is meant to be.
LEVEL = 0.9


@dataclass(frozen=True)
class Interval:
    """One estimate: the interval given and the figure that turned out."""

    exercise: str
    title: str
    low: float
    high: float
    value: float
    unit: str

    @property
    def hit(self) -> bool:
        """Whether the interval holds the figure."""
        return self.low <= self.value <= self.high


@dataclass(frozen=True)
class Calibration:
    """Intervals and verdicts of the whole course.

    `score` is the mean interval score in multiples of the figure (0 is perfect, smaller is better);
    `brier` runs from 0 (certain and right) to 1 (certain and wrong). None where there is nothing.
    """

    intervals: tuple[Interval, ...]
    hit_rate: float | None
    score: float | None
    verdicts: int
    brier: float | None


def interval_score(low: float, high: float, value: float, level: float = LEVEL) -> float:
    """Return the interval score: the width, and a penalty for each unit by which it misses.

    Parameters
    ----------
    low, high, value : float
        Ends of the interval and the figure, in the same unit.
    level : float
        How sure the interval is meant to be, between 0 and 1.
    """
    miss = max(low - value, 0.0, value - high)
    return (high - low) + 2 / (1 - level) * miss


def brier(pairs: Iterable[tuple[float, bool]]) -> float | None:
    """Return the Brier score of (probability stated, came true), or None without any."""
    squares = [(probability - came_true) ** 2 for probability, came_true in pairs]
    return fmean(squares) if squares else None


def calibrate(
    intervals: Sequence[Interval], verdicts: Sequence[tuple[float, bool]] = ()
) -> Calibration:
    """Gather the intervals, and (probability, agreed) of the verdicts, into one picture."""
    scores = [interval_score(i.low, i.high, i.value) / (abs(i.value) or 1) for i in intervals]
    return Calibration(
        tuple(intervals),
        fmean(i.hit for i in intervals) if intervals else None,
        fmean(scores) if scores else None,
        len(verdicts),
        brier(verdicts),
    )
