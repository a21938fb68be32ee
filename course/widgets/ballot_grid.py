"""The grid of ballots: every State as a button that shows its ballot and how it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import anywidget
import traitlets

from course.charts import decisions as pictures
from course.institutions.compare import ORIGINS
from course.widgets.base import HERE
from course.words import say

__all__ = ["BallotGrid", "origins"]

TAGGED = ("recorded", "assumed", "yours")


def origins() -> dict[str, list[str]]:
    """Each origin as a short tag in the cell, and in words."""
    return {
        name: [
            say(f"decisions.tag.{name}") if name in TAGGED else "",
            say(f"decisions.origin.{name}"),
        ]
        for name in ORIGINS
    }


def _words() -> dict[str, str]:
    """What the grid says by itself; the blanks are filled in the browser."""
    blanks = {name: f"{{{name}}}" for name in ("name", "ballot", "origin", "number")}
    return {
        "hint": say("decisions.grid.hint"),
        "cell": say("decisions.grid.cell", **blanks),
        "seatless": say("decisions.grid.seatless", **blanks),
        "key": say("decisions.grid.key"),
        "group": say("decisions.grid.group", **blanks),
        "heading": say("decisions.grid.heading", **blanks),
    }


class BallotGrid(anywidget.AnyWidget):
    """States in groups, with one Tab stop and arrow keys inside.

    Parameters
    ----------
    on_press : callable
        Called with a State's code and the ballot typed ("" where it was pressed or clicked).

    Attributes
    ----------
    groups : list
        `[title, [[code, name], …]]` for each group; sent when the crisis or the day changes.
    ballots : dict
        Code to `[ballot, origin]`.
    seated : list of str
        Members of the body that is looked at; empty for everybody.
    marks, origins, words : dict
        Ballots and origins in words and as marks, and sentences with blanks; sent once.
    """

    _esm = HERE / "ballot_grid.js"
    _css = (HERE / "decisions.css").read_text(encoding="utf-8")
    groups = traitlets.List().tag(sync=True)
    ballots = traitlets.Dict().tag(sync=True)
    seated = traitlets.List().tag(sync=True)
    marks = traitlets.Dict().tag(sync=True)
    origins = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    pressed = traitlets.List().tag(sync=True)

    def __init__(self, on_press: Callable[[str, str], None]):
        marks = {k: [pictures.ballot(k), pictures.glyph(m)] for k, m in pictures.BALLOTS.items()}
        super().__init__(marks=marks, origins=origins(), words=_words())
        self._on_press = on_press
        self.observe(self._heard, "pressed")

    def _heard(self, change) -> None:
        if change["new"]:
            code, ballot, _ = change["new"]
            self._on_press(code, ballot)

    def fill(
        self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], seated: Sequence[str]
    ) -> None:
        """Show these groups and seats; only what changed is sent."""
        with self.hold_sync():
            self.groups = [[title, [list(pair) for pair in states]] for title, states in groups]
            self.seated = list(seated)

    def show_ballots(self, ballots: Mapping[str, tuple[str, str]]) -> None:
        """Show every State's ballot and its origin."""
        self.ballots = {code: list(pair) for code, pair in ballots.items()}
