"""One look for every chart: palette, marks, configuration, and the two ways to draw one.

Text and lines are drawn in `currentColor`, so the page's theme, light or dark, sets them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from course.charts import drawing
from course.words import say

if TYPE_CHECKING:
    import altair

__all__ = [
    "INK",
    "PALETTE",
    "THOUSANDS",
    "WIDTH",
    "Mark",
    "configure",
    "library",
    "filled",
    "live",
    "mark_svg",
    "plate",
    "quoted",
    "svg",
]

# Okabe and Ito (2008), "Color Universal Design": told apart in every common colour vision.
PALETTE = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
    "grey": "#999999",
}
INK = "currentColor"
PLATE_INK = "#1f2328"  # in an image, which the page's colours do not reach
FONT = "Liberation Sans"  # bundled with vl-convert, so text is measured alike on every machine
# numbers on axes: thousands apart by a thin space, as in the text
THOUSANDS = "replace(format(datum.value, ','), /,/g, '\u202f')"
WIDTH = 740  # drawing width in pixels; pages scale it down, never up


@dataclass(frozen=True)
class Mark:
    """How one kind of thing is drawn: by colour and by shape, never by colour alone.

    Attributes
    ----------
    key : str
        The key of its name in the catalogue of words; "" for a mark without a name.
    colour : str
        A colour of `PALETTE`.
    shape : str
        A Vega symbol: circle, square, diamond, cross, triangle-up, triangle-right, triangle-left.
    """

    key: str
    colour: str
    shape: str

    @property
    def label(self) -> str:
        """Its name in print."""
        return say(self.key) if self.key else ""


_PATHS = {
    "circle": '<circle cx="8" cy="8" r="6.3"/>',
    "square": '<path d="M2.2 2.2h11.6v11.6H2.2z"/>',
    "diamond": '<path d="M8 .8 15.2 8 8 15.2.8 8z"/>',
    "triangle-up": '<path d="M8 1.6 15.2 14H.8z"/>',
    "triangle-right": '<path d="M14.4 8 2 15.2V.8z"/>',
    "triangle-left": '<path d="M1.6 8 14 15.2V.8z"/>',
    "cross": '<path d="M5.7 1.2h4.6v4.5h4.5v4.6h-4.5v4.5H5.7v-4.5H1.2V5.7h4.5z"/>',
}


def mark_svg(mark: Mark) -> str:
    """The mark as a small decorative SVG, with an outline that shows on any ground."""
    return (
        f'<svg viewBox="0 0 16 16" aria-hidden="true" fill="{mark.colour}" stroke="currentColor"'
        f' stroke-width="1">{_PATHS[mark.shape]}</svg>'
    )


def library() -> ModuleType:
    """Return Altair, imported without a grammar that it never uses.

    jsonschema, on which Altair stands, builds 38 parsers for international addresses (IRI) where
    the package for them is installed: 1.5 s and 16 MB in every kernel, for a format that no chart
    has. Only this import goes without it; a later import of the package finds it.
    """
    grammar = "rfc3987_syntax"
    if "jsonschema" in sys.modules or grammar in sys.modules:
        import altair
    else:
        sys.modules[grammar] = None
        try:
            import altair
        finally:
            del sys.modules[grammar]
    return altair


def configure(chart: altair.TopLevelMixin, label: str) -> altair.TopLevelMixin:
    """Give `chart` the look of the course and its alternative text.

    Parameters
    ----------
    chart : altair chart
        Any chart, layer or concatenation.
    label : str
        What the picture shows, in a sentence made from the data.
    """
    alt = library()

    quiet = {"color": INK, "font": FONT, "fontWeight": "normal"}
    axis = alt.Axis(
        labelColor=INK,
        titleColor=INK,
        labelFont=FONT,
        titleFont=FONT,
        titleFontWeight="normal",
        labelFontSize=12,
        titleFontSize=12,
        domainColor=INK,
        domainOpacity=0.55,
        tickColor=INK,
        tickOpacity=0.55,
        gridColor=INK,
        gridOpacity=0.13,
        labelPadding=6,
        titlePadding=10,
        labelLimit=320,
    )
    return chart.properties(background="transparent", description=label, padding=2).configure(
        axis=axis,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(**quiet, fontSize=12),
        header=alt.HeaderConfig(
            labelColor=INK, titleColor=INK, labelFont=FONT, titleFont=FONT, labelFontSize=12
        ),
        legend=alt.LegendConfig(
            labelColor=INK, titleColor=INK, labelFont=FONT, titleFont=FONT, labelFontSize=12,
            titleFontWeight="normal",
        ),
    )  # fmt: skip


def quoted(text: object) -> str:
    """A text, or a list of texts, as it stands in a Vega expression."""
    return json.dumps(text, ensure_ascii=False)


def filled(sentence: str, **blanks: str) -> str:
    """A Vega expression that fills the blanks of a sentence with expressions.

    A picture whose parameters move says its sentences itself, in the order of words that the
    language has: `quoted("{month} {year}")` filled with month="…", year="…".
    """
    for name, value in blanks.items():
        sentence = f"replace({sentence}, '{{{name}}}', {value})"
    return sentence


def svg(chart: altair.TopLevelMixin, label: str | None = None) -> str:
    """Draw `chart` as a static SVG text, one image with one alternative text.

    Parameters
    ----------
    chart : altair chart
        A chart that went through `configure`.
    label : str, optional
        Alternative text; the chart's description if absent.

    Returns
    -------
    str
        An `<svg role="img" aria-label="…">` without background, whose ids are unlike those of any
        other picture on the page.
    """
    spec = chart.to_dict()
    label = label or spec.get("description") or ""
    if not label.strip():
        raise ValueError("A picture needs alternative text: say what it shows.")
    return _tidy(drawing.draw(spec), label)


# groups that hold nothing; a self-closing one must not take its parent's end with it
_EMPTY = re.compile(r"<g(?:\s[^>]*)?/>|<g(?:\s(?:[^>]*[^/>])?)?></g>")


def _tidy(text: str, label: str) -> str:
    tag = hashlib.sha256(text.encode()).hexdigest()[:6]
    text = re.sub(r'\s(aria-[a-z]+|role|class|pointer-events|tabindex)="[^"]*"', "", text)
    text = re.sub(r'(id="|url\(#)((?:clip|gradient)[\w-]*)', rf"\g<1>{tag}-\g<2>", text)
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    text = re.sub(r'font-family="[^"]*"', 'font-family="sans-serif"', text)
    while (shorter := _EMPTY.sub("", text)) != text:
        text = shorter
    head = f'<svg role="img" aria-label="{escape(label)}" '
    return text.replace("<svg ", head, 1).replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")


def plate(picture: str) -> str:
    """The same picture as an `<img>` with its data inside, for pages that stand without a kernel.

    Jupyter strips inline SVG, but not its words, from a notebook that it does not trust yet; an
    image is left alone.
    """
    label = re.search(r'aria-label="([^"]*)"', picture).group(1)
    width, height = re.search(r'width="(\d+)" height="(\d+)"', picture).groups()
    drawn = re.sub(r' (?:role|aria-label)="[^"]*"', "", picture).replace(INK, PLATE_INK)
    drawn = drawn.replace(">", '><rect width="100%" height="100%" fill="#fff"/>', 1)
    data = quote(drawn.replace('"', "'"), safe=" =:/'(),;")
    return (
        f'<img class="c-plate" alt="{label}" width="{width}" height="{height}"'
        f' src="data:image/svg+xml,{data}">'
    )


# --- live charts ------------------------------------------------------------------------------

_BUNDLE = """
import altair, sys
altair.JupyterChart.enable_offline()
sys.stdout.buffer.write(altair.JupyterChart._esm.encode())
"""


@cache
def _script() -> str:
    """Altair's chart script with Vega inside, so that nothing is asked from a network.

    Bundling takes a second and 70 MB, so it is done in another process and kept per version.
    """
    from importlib.metadata import version

    name = f"vega-{version('altair')}-{version('vl-convert-python')}.js"
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(home) / "equal-security-course" / name
    try:
        text = kept.read_text(encoding="utf-8")
        if text.endswith(_END):
            return text
    except OSError:
        pass
    done = subprocess.run([sys.executable, "-c", _BUNDLE], capture_output=True, check=True)
    text = done.stdout.decode() + _END
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=kept.parent, encoding="utf-8", delete=False) as f:
            f.write(text)
        os.replace(f.name, kept)
    except OSError:
        pass  # a machine where nothing may be kept pays that second again
    return text


_END = "\n// complete\n"


def live(chart: altair.TopLevelMixin, patch: Sequence[Mapping[str, Any]] = ()) -> Any:
    """An offline `altair.JupyterChart`, drawn as SVG, without the menu that fails axe.

    Change what it shows through `.params`, never by giving it another chart: that is 20 ms against
    300 ms, and only the parameter crosses the wire.

    Parameters
    ----------
    chart : altair chart
        What is drawn.
    patch : sequence of mapping
        JSON Patch (RFC 6902) of the compiled Vega specification, for what Vega-Lite cannot say,
        such as a height that follows a parameter.
    """
    alt = library()

    if not alt.JupyterChart._is_offline:
        alt.JupyterChart._esm = _script()
        alt.JupyterChart._is_offline = True
    options = {"actions": False, "renderer": "svg"}
    if patch:
        options["patch"] = list(patch)
    return alt.JupyterChart(chart, embed_options=options)
