"""A labelled slider: the one slider of the course, since ipywidgets' has no accessible name."""

from __future__ import annotations

from collections.abc import Sequence

import traitlets

from course.widgets.base import Panel, range_, region
from course.words import say

__all__ = ["Slider"]


class Slider(Panel):
    """A native range input with a visible label and a spoken value.

    Parameters
    ----------
    label : str
        What is chosen; always visible.
    low, high, step : float
        Bounds and step of a numeric slider.
    unit : str
        Written after the number, with its leading space.
    labels : sequence of str, optional
        One label per position (dates, choices); `value` is then the position, from 0.
    value : float, optional
        First value; the lower bound if absent.
    play : int
        Milliseconds between the steps of a Play button; 0 for no button.

    Attributes
    ----------
    value : float
        The value now; observe it as any trait.
    text : str
        The value as it is shown.

    Raises
    ------
    ValueError
        If there is nothing to choose from, or `value` is out of range.
    """

    value = traitlets.Float()

    def __init__(
        self,
        label: str,
        low: float = 0,
        high: float = 100,
        step: float = 1,
        unit: str = "",
        labels: Sequence[str] | None = None,
        value: float | None = None,
        play: int = 0,
    ):
        if labels is not None:
            low, high, step = 0, len(labels) - 1, 1
        if high < low or step <= 0:
            raise ValueError(say("slider.nothing", label=label))
        value = low if value is None else value
        if not low <= value <= high:
            raise ValueError(say("slider.outside", value=value, low=low, high=high, label=label))
        control = range_("value", label, low, high, step, unit, labels, play)
        super().__init__([region("controls")], [control], {"value": value})
        self.value = value
        self.observe(self._to_value, "values")
        self.observe(self._to_values, "value")

    def _to_value(self, change) -> None:
        self.value = change["new"]["value"]

    def _to_values(self, change) -> None:
        if self.values.get("value") != change["new"]:
            new = change["new"]
            self.values = {"value": int(new) if float(new).is_integer() else new}

    @property
    def text(self) -> str:
        """The value as it is shown beside the slider."""
        control = self.controls[0]
        if "labels" in control:
            return control["labels"][int(self.value)]
        return f"{self.value:g}{control['unit']}"
