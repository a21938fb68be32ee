"""The grid of ballots: every State as a button that shows its ballot and how it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import anywidget
import traitlets

from course.charts import decisions as pictures
from course.widgets.base import HERE

__all__ = ["ORIGIN_WORDS", "BallotGrid"]

ORIGIN_WORDS = {
    "recorded": ("R", "recorded vote"),
    "assumed": ("A", "assumed"),
    "unread": ("", "no position read, taken to abstain"),
    "yours": ("you", "set by you"),
}
"""Each origin as a short tag in the cell, and in words."""

HINT = (
    "Press a State to give it the ballot chosen above. By keyboard: Tab to the grid, arrow keys to a"
    " State, then Y yes, N no, A abstain, Q qualified abstention, S silent, X absent."
)


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
    """

    _esm = HERE / "ballot_grid.js"
    _css = (HERE / "decisions.css").read_text(encoding="utf-8")
    groups = traitlets.List().tag(sync=True)
    ballots = traitlets.Dict().tag(sync=True)
    seated = traitlets.List().tag(sync=True)
    marks = traitlets.Dict(
        {kind: [word, pictures.glyph(inner)] for kind, (word, inner) in pictures.BALLOTS.items()}
    ).tag(sync=True)
    origins = traitlets.Dict({k: list(v) for k, v in ORIGIN_WORDS.items()}).tag(sync=True)
    hint = traitlets.Unicode(HINT).tag(sync=True)
    pressed = traitlets.List().tag(sync=True)

    def __init__(self, on_press: Callable[[str, str], None]):
        super().__init__()
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
