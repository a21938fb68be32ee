"""The pattern that every view follows.

A view is thin over a pure model. A subclass of `View` says which native controls it has
(`controls`), what stands in each region for given values (`regions`, a pure function) and the same
in words (`text`). `show` displays the live panel once and then, once, the twin: static HTML with
the same words, table and picture, which is what is read where no kernel runs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from course.widgets.markup import esc, heading
from course.words import say

__all__ = [
    "Note", "Panel", "View", "button", "checks", "choice", "live_region", "range_", "region",
    "select", "text_box", "theme", "twin", "verb",
]  # fmt: skip

HERE = Path(__file__).parent
Control = dict[str, Any]


@cache
def theme() -> str:
    """The style sheet of all twins, without comments and line breaks."""
    css = (HERE / "theme.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*([{};,>])\s*|\s+", lambda m: m.group(1) or " ", css).strip()


def twin(inner: str) -> str:
    """Wrap static HTML as the twin of a live view, with the style sheet it needs."""
    return (
        f'<div class="course-twin"><style>{theme()}</style><div class="course">{inner}</div></div>'
    )


# --- controls: plain descriptions, drawn by panel.js as native, labelled elements ---------------


def _options(options: Mapping[str, str] | Sequence, marks: Mapping[str, str] | None = None) -> list:
    pairs = options.items() if isinstance(options, Mapping) else [(o, o) for o in options]
    marks = marks or {}
    return [{"value": str(v), "label": str(t), "mark": marks.get(v, "")} for v, t in pairs]


def checks(name: str, label: str, options, marks: Mapping[str, str] | None = None) -> Control:
    """Check boxes under a legend; the value is the list of those ticked."""
    return {"type": "checks", "name": name, "label": label, "options": _options(options, marks)}


def choice(name: str, label: str, options, column: bool = False) -> Control:
    """Radio buttons under a legend; the value is the one chosen, or None."""
    options = _options(options)
    return {"type": "choice", "name": name, "label": label, "options": options, "column": column}


def select(name: str, label: str, options) -> Control:
    """A drop-down list with a label."""
    return {"type": "select", "name": name, "label": label, "options": _options(options)}


def range_(
    name: str,
    label: str,
    low: float = 0,
    high: float = 100,
    step: float = 1,
    unit: str = "",
    labels: Sequence[str] | None = None,
    play: int = 0,
) -> Control:
    """A slider with a label and a spoken value.

    Parameters
    ----------
    low, high, step : float
        Bounds and step of a numeric slider.
    unit : str
        Written after the number, with its leading space.
    labels : sequence of str, optional
        One label per position instead of numbers; the value is then the position, from 0.
    play : int
        Milliseconds between steps of a Play button; 0 for none. Where the reader asks for reduced
        motion the button moves one step at a time.
    """
    control = {"type": "range", "name": name, "label": label, "play": play}
    if play:
        control["words"] = {key: say(f"slider.{key}") for key in ("play", "pause", "step")} | {
            key: say(f"slider.{key}", label=label)
            for key in ("play_label", "pause_label", "step_label")
        }
    if labels is not None:
        return control | {"labels": [str(x) for x in labels]}
    return control | {"min": low, "max": high, "step": step, "unit": unit}


def text_box(name: str, label: str, lines: int = 3) -> Control:
    """A labelled text box; its value is taken when the reader leaves it."""
    return {"type": "text", "name": name, "label": label, "lines": lines}


def button(name: str, label: str, primary: bool = False) -> Control:
    """A button; its value counts the presses."""
    return {"type": "button", "name": name, "label": label, "primary": primary}


def region(name: str, css: str = "") -> dict:
    """A part of the panel that `regions()` fills."""
    return {"name": name, "css": css, "live": False}


def live_region(name: str, css: str = "") -> dict:
    """The same, and a screen reader announces each change."""
    return {"name": name, "css": css, "live": True}


class Panel(anywidget.AnyWidget):
    """Native controls and regions of HTML; the one live element of the course.

    Parameters
    ----------
    layout : sequence of dict
        Regions in reading order (`region`, `live_region`); the name `controls` places the controls.
    controls : sequence of dict
        Descriptions made by `checks`, `choice`, `select`, `range_`, `text_box` and `button`.
    values : mapping
        First value of every control.
    regions : mapping
        First HTML of every region.

    Attributes
    ----------
    shown : list of str or None
        Keys of the list entries to show; None shows all.
    """

    _esm = HERE / "panel.js"
    _css = "\n".join((HERE / f).read_text(encoding="utf-8") for f in ("theme.css", "panel.css"))
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    layout = traitlets.List().tag(sync=True)
    shown = traitlets.List(None, allow_none=True).tag(sync=True)

    def __init__(self, layout, controls=(), values=None, regions=None):
        regions = regions or {}
        names = [part["name"] for part in layout if part["name"] != "controls"]
        # one trait per region, so that a change sends that region alone
        self.add_traits(
            **{f"region_{n}": traitlets.Unicode(regions.get(n, "")).tag(sync=True) for n in names}
        )
        super().__init__(layout=list(layout), controls=list(controls), values=dict(values or {}))

    def fill(self, regions: Mapping[str, str]) -> None:
        """Set the regions that this panel has; only those that changed are sent."""
        with self.hold_sync():
            for name, html in regions.items():
                if self.has_trait(f"region_{name}"):
                    setattr(self, f"region_{name}", html)


class View:
    """Base of all views; see `docs/views.md` for the pattern.

    Attributes
    ----------
    title, kicker, lead : str
        Heading, small label above it, one sentence below it.
    layout : tuple of dict
        Regions of the live panel in reading order.
    """

    title: str = ""
    kicker: str = ""
    lead: str = ""
    layout: Sequence[dict] = (region("controls"),)

    def controls(self) -> list[Control]:
        """Controls of the live view."""
        return []

    def initial(self) -> dict[str, Any]:
        """First value of each control."""
        return {}

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        """HTML of each region for the given values; pure."""
        return {}

    def body(self) -> str:
        """Static HTML under the head of the twin."""
        return "".join(self.regions(self.initial()).values())

    def text(self) -> str:
        """The view in plain words, with its table."""
        raise NotImplementedError

    def head(self) -> str:
        """Heading of the view as HTML."""
        return heading(self.title, self.kicker, self.lead)

    def html(self) -> str:
        """The static twin: the same head, words, table and picture, with no kernel."""
        return twin(self.head() + self.body())

    # --- live -----------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, Any]:
        """Values of all controls now."""
        if not hasattr(self, "_values"):
            self._values = dict(self.initial())
        return self._values

    def set(self, **values: Any) -> None:
        """Change values from Python; the live view, if shown, follows."""
        self.values.update(values)
        for panel in getattr(self, "panels", ()):
            known = {k: v for k, v in values.items() if k in panel.values}
            if known:
                panel.values = {**panel.values, **known}
        self.update(values)

    def update(self, changed: Mapping[str, Any]) -> None:
        """Redraw after `changed` values; extend it where a chart must follow too."""
        regions = self.regions(self.values)
        for panel in getattr(self, "panels", ()):
            panel.fill(regions)

    def panel(self, layout: Sequence[dict], controls: Sequence[Control]) -> Panel:
        """A panel of this view, filled and listening."""
        regions = {"head": self.head(), **self.regions(self.values)}
        panel = Panel(layout, controls, self.values, regions)
        self.panels = [*getattr(self, "panels", ()), panel]

        def heard(change):
            new = {k: v for k, v in change["new"].items() if self.values.get(k) != v}
            if new:
                self.set(**new)

        panel.observe(heard, "values")
        return panel

    def live(self) -> ipywidgets.DOMWidget | None:
        """The live view, or None where there is nothing to operate."""
        if not self.controls():
            return None
        return self.panel([region("head"), *self.layout], self.controls())

    def show(self) -> None:
        """Display the live view once, then its twin once."""
        from IPython.display import display

        self.panels = []
        try:
            live = self.live()
        except ImportError as error:
            # an edition without one of the libraries still says what the view says
            words = f"{error}\n\n{self.text()}"
            display(
                {
                    "text/html": f"<p>{esc(error)}</p><pre>{esc(self.text())}</pre>",
                    "text/plain": words,
                },
                raw=True,
            )
            return
        if live is not None:
            # only the live mime: with no kernel, the twin alone is read
            mime = "application/vnd.jupyter.widget-view+json"
            view = {"version_major": 2, "version_minor": 0, "model_id": live.model_id}
            display({mime: view}, raw=True)
        display({"text/html": self.html(), "text/plain": self.text()}, raw=True)

    def _ipython_display_(self) -> None:
        self.show()


class Note(View):
    """A static view: words alone, such as the head of a notebook or a helpful sentence."""

    def __init__(self, html: str, text: str):
        self._body, self._text = html, text

    @classmethod
    def sentence(cls, words: str) -> Note:
        """One sentence in place of a view that cannot be drawn."""
        return cls(f'<p class="c-note" role="note">{esc(words)}</p>', words)

    def body(self) -> str:
        return self._body

    def text(self) -> str:
        return self._text


def verb(make: Callable[..., View]) -> Callable[..., None]:
    """Let a learner's verb show the view that `make` gives, or one sentence where it can give none.

    Errors of the course's own are shown as their sentence, and so is a call that does not fit, with
    the example that the docstring has in double backticks. A fault further down is a fault of ours
    and is not hidden.
    """

    @functools.wraps(make)
    def spoken(*args: Any, **options: Any) -> None:
        try:
            view = make(*args, **options)
        except ValueError as error:
            if not type(error).__module__.startswith("course."):
                raise
            view = Note.sentence(str(error))
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise
            usage = (make.__doc__ or "").split("``")[1]
            view = Note.sentence(say("lesson.usage", verb=make.__name__, usage=usage))
        view.show()

    return spoken
