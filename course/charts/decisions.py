"""Decisions as pictures: ballots as marks, the strip of Parties with its quorum, rungs, chances.

Drawn by hand as small SVG texts: they are redrawn at every key press, and a chart library would send
ten times as much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from course.charts.theme import INK, PALETTE, WIDTH, Mark
from course.words import say

__all__ = [
    "BALLOTS", "RESULTS", "SERIES", "Series", "Unit", "ballot", "chances", "glyph", "rungs", "strip",
]  # fmt: skip

_TICK = ("m-3.6.3 2.6 2.6 4.7-5.3", 'fill="none" stroke="#fff" stroke-width="1.9"')
_CROSS = ("m-3-3 6 6m0-6-6 6", 'fill="none" stroke="#fff" stroke-width="1.9"')
_DIAMOND = ("m0-7.4 7.4 7.4-7.4 7.4-7.4-7.4z", f'fill="{PALETTE["yellow"]}" stroke="{INK}"')
_DARK = 'fill="none" stroke="#1f2328" stroke-width="1.8"'
_LINE = f'fill="none" stroke="{INK}" stroke-width="1.5"'


def _ring(radius: float) -> str:
    """A circle as relative path data around the point stood on."""
    r = f"{radius:g}"
    return f"m-{r} 0a{r} {r} 0 1 0 {2 * radius:g} 0a{r} {r} 0 1 0-{2 * radius:g} 0"


def _dot_of(width: float, colour: str) -> tuple[str, str]:
    """A filled circle as the round end of a stroke that goes nowhere: the shortest way to say it."""
    style = f'fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round"'
    return "h0", style


# each mark is a few layers of relative path data around its centre, so that many marks of a kind
# are one path
_LAYERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "yes": (_dot_of(14, PALETTE["blue"]), _TICK),
    "no": (("m-6.5-6.5h13v13h-13z", f'fill="{PALETTE["vermillion"]}"'), _CROSS),
    "abstain": (_DIAMOND, ("m-3.2 0h6.4", _DARK)),
    "abstain-constructive": (_DIAMOND, ("m0-3.4v6.8m-3.4-3.4h6.8", _DARK)),
    "silent": (_dot_of(6, INK),),
    "absent": ((_ring(6.2), f'{_LINE} stroke-dasharray="2.4 2"'),),
    "left out": ((_ring(6.2) + "m1.8 4.4 8.8-8.8", _LINE),),
}


def _inner(layers: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<path d="M8 8{d}" {style}/>' for d, style in layers)


BALLOTS: Mapping[str, str] = {kind: _inner(layers) for kind, layers in _LAYERS.items()}
"""The inside of a ballot's mark (16 by 16): told apart by shape first."""

RESULTS: Mapping[str, str] = {
    "adopted": _inner((_dot_of(14, PALETTE["green"]), _TICK)),
    "not adopted": _inner(((_ring(6.2) + "m3.4-2.8 5.6 5.6m0-5.6-5.6 5.6", _LINE),)),
    "closed": _inner((("m-5.5 0h11", _LINE),)),
    "danger": _inner(
        (
            ("m0-7 7.4 13h-14.8z", f'fill="{PALETTE["vermillion"]}"'),
            ("m0-2.6v4.4m0 1.6v1.2", 'fill="none" stroke="#fff" stroke-width="1.7"'),
        )
    ),
}


def ballot(kind: str) -> str:
    """The word for a key of `BALLOTS`."""
    return say(f"decisions.ballot.{kind}")


def glyph(inner: str) -> str:
    """A mark as a small decorative SVG."""
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{inner}</svg>'


def _svg(width: float, height: float, label: str, inner: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg"'
        f' width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="sans-serif" font-size="12" fill="{INK}">{inner}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


# --- the strip: one mark a Party ------------------------------------------------------------------


@dataclass(frozen=True)
class Unit:
    """A number of Parties that do the same: a key of `BALLOTS`, how many, and whether they are counted
    towards the quorum."""

    kind: str
    count: int
    present: bool = True


def strip(units: Sequence[Unit], need: int, total: int, label: str) -> str:
    """One mark for each Party, those present first, and a line where the quorum is reached.

    Parameters
    ----------
    units : sequence of Unit
        Those counted as present first.
    need : int
        Number of Parties that must be present.
    total : int
        Number of Parties that the quorum is a share of.
    label : str
        Alternative text.
    """
    number = sum(u.count for u in units)
    step = min(24.0, (WIDTH - 8) / max(1, number))
    size, top = min(16.0, step * 0.86), 30.0
    parts, done = [], 0
    for unit in units:
        places = range(done, done + unit.count)
        done += unit.count
        for d, style in _LAYERS[unit.kind]:
            path = "".join(f"M{16 * step / size * i:.0f} 0{d}" for i in places)
            parts.append(f'<path d="{path}" {style}/>')
    scale = size / 16
    inner = "".join(parts)
    parts = [
        f'<g transform="translate({4 + step / 2:.2f} {top + size / 2:.1f}) scale({scale:.4f})">'
        f"{inner}</g>"
    ]
    line = 4 + need * step
    word = say("decisions.quorum", need=need, total=total)
    at_end = line > WIDTH / 2
    parts.append(
        f'<path d="M{line:.1f} 18V{top + size + 8:.0f}" stroke="{INK}" stroke-width="2"/>'
        + _text(
            line - 5 if at_end else line + 5, 16, word, "end" if at_end else "start",
            ' font-weight="600"',
        )
    )  # fmt: skip
    return _svg(max(4 + number * step + 8, 220), top + size + 12, label, "".join(parts))


# --- rungs reached --------------------------------------------------------------------------------


def rungs(ladder: Sequence[str], columns: Sequence[Mapping], label: str) -> str:
    """Which rung each proposal stood on, and whether it was reached.

    Parameters
    ----------
    ladder : sequence of str
        Rungs from the lowest to the highest.
    columns : sequence of mapping
        `head` (short), `rung`, `reached`, and `kind`: "on record" or "what if".
    label : str
        Alternative text.
    """
    left, top, row = 134.0, 12.0, 30.0
    step = min(84.0, (WIDTH - left - 8) / max(1, len(columns)))
    bottom = top + row * len(ladder)
    parts = []
    for i, name in enumerate(reversed(ladder)):
        y = top + row * (i + 0.5)
        parts.append(_text(left - 14, y + 4, name, "end"))
        parts.append(
            f'<path d="M{left - 6:.0f} {y:.0f}H{left + step * len(columns):.0f}" stroke="{INK}"'
            ' stroke-opacity=".16"/>'
        )
    for i, column in enumerate(columns):
        x = left + step * (i + 0.5)
        y = top + row * (len(ladder) - 1 - ladder.index(column["rung"]) + 0.5)
        dash = "" if column["kind"] == "on record" else ' stroke-dasharray="3 3"'
        parts.append(
            f'<path d="M{x:.0f} {bottom:.0f}V{y + 9:.0f}" stroke="{INK}" stroke-width="1.5"{dash}/>'
            f'<g transform="translate({x - 9:.0f} {y - 9:.0f}) scale(1.125)">'
            f'<circle cx="8" cy="8" r="8" fill="#fff"/>'
            f'<g color="#1f2328">{RESULTS["adopted" if column["reached"] else "not adopted"]}</g></g>'
        )
        for line, words in enumerate(column["head"]):
            weight = ' font-weight="600"' if not line else ' font-size="11"'
            parts.append(_text(x, bottom + 18 + 15 * line, words, "middle", weight))
    lines = max((len(c["head"]) for c in columns), default=1)
    return _svg(left + step * len(columns) + 8, bottom + 12 + 15 * lines, label, "".join(parts))


# --- the chance to act ----------------------------------------------------------------------------

SERIES = (
    Mark("", PALETTE["blue"], "circle"),
    Mark("", PALETTE["vermillion"], "square"),
    Mark("", PALETTE["green"], "diamond"),
    Mark("", PALETTE["purple"], "triangle-up"),
    Mark("", PALETTE["orange"], "cross"),
    Mark("", PALETTE["sky"], "ring"),
)
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2.5")
_SHAPES = {
    "circle": '<circle r="4.4"/>',
    "square": '<path d="M-4-4h8v8h-8z"/>',
    "diamond": '<path d="M0-5.4 5.4 0 0 5.4-5.4 0z"/>',
    "triangle-up": '<path d="M0-5 5 4.2H-5z"/>',
    "cross": '<path d="M-1.7-5h3.4v3.3H5v3.4H1.7V5h-3.4V1.7H-5v-3.4h3.3z"/>',
    "ring": '<circle r="3.6" fill="#fff" stroke-width="2.4"/>',
}


@dataclass(frozen=True)
class Series:
    """One line: its name, and chances at each p by blocs and alone."""

    name: str
    by_blocs: Sequence[tuple[float, float]]
    alone: Sequence[tuple[float, float]]
    now: tuple[float, float] = (0.0, 0.0)


def series_mark(place: int) -> str:
    """The mark of a line, for the table beside the picture."""
    mark = SERIES[place % len(SERIES)]
    stroke = mark.colour if mark.shape == "ring" else INK
    return (
        f'<svg viewBox="-8 -8 16 16" aria-hidden="true" fill="{mark.colour}" stroke="{stroke}"'
        f' stroke-width="1">{_SHAPES[mark.shape]}</svg>'
    )


def chances(lines: Sequence[Series], p: float, label: str) -> str:
    """Two panels side by side, alliances as blocs first and every State alone second.

    Parameters
    ----------
    lines : sequence of Series
        At most six.
    p : float
        The probability stood on, from 0 to 1.
    label : str
        Alternative text.
    """
    width, height, left, gap, top = 306.0, 200.0, 44.0, 72.0, 28.0
    parts = []
    panels = (
        (say("decisions.chance.blocs"), "by_blocs", 0),
        (say("decisions.chance.alone"), "alone", 1),
    )
    for title, attribute, which in panels:
        x0 = left + which * (width + gap)
        parts.append(_text(x0, 14, title, more=' font-weight="600"'))
        for share in (0, 0.25, 0.5, 0.75, 1):
            y, x = top + height * (1 - share), x0 + width * share
            parts.append(
                f'<path d="M{x0:.0f} {y:.0f}h{width:.0f}" stroke="{INK}" stroke-opacity=".14"/>'
                + _text(x0 - 6, y + 4, f"{share:.0%}".replace("%", " %"), "end", ' font-size="11"')
                + _text(
                    x, top + height + 16, f"{share:.0%}".replace("%", " %"), "middle",
                    ' font-size="11"',
                )
            )  # fmt: skip
        now = x0 + width * p
        parts.append(
            f'<path d="M{now:.1f} {top:.0f}v{height:.0f}" stroke="{INK}" stroke-width="1.5"'
            ' stroke-dasharray="3 3"/>'
        )
        for place, line in enumerate(lines):
            parts.append(_line(getattr(line, attribute), place, x0, top, width, height))
        for place, line in enumerate(lines):
            y = top + height * (1 - line.now[which])
            parts.append(_dot(place, now, y))
    parts.append(
        _text(left + width + gap / 2, top + height + 36, say("decisions.chance.p"), "middle")
    )
    return _svg(WIDTH, top + height + 44, label, "".join(parts))


def _line(points, place: int, x0: float, top: float, width: float, height: float) -> str:
    mark = SERIES[place % len(SERIES)]
    path = "L".join(f"{x0 + width * p:.0f} {top + height * (1 - y):.1f}" for p, y in points)
    dash = _DASHES[place % len(_DASHES)]
    return (
        f'<path d="M{path}" fill="none" stroke="{mark.colour}" stroke-width="2.2"'
        + (f' stroke-dasharray="{dash}"' if dash else "")
        + "/>"
    )


def _dot(place: int, x: float, y: float) -> str:
    mark = SERIES[place % len(SERIES)]
    stroke = mark.colour if mark.shape == "ring" else INK
    return (
        f'<g transform="translate({x:.1f} {y:.1f})" fill="{mark.colour}" stroke="{stroke}">'
        f"{_SHAPES[mark.shape]}</g>"
    )
