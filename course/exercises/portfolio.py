"""The portfolio: one self-contained HTML page, ready to print, in which everything is escaped.

A pure function of plain values; who may see what is decided by whoever gathers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ..words import say
from .calibration import Calibration, Interval
from .progress import Progress

if TYPE_CHECKING:
    from ..argument import Graph, Statement

__all__ = [
    "Content",
    "Prediction",
    "Text",
    "Verdict",
    "calibration_lines",
    "interval_plot",
    "own_statements",
    "page",
]


@dataclass(frozen=True)
class Prediction:
    """What was expected and what is said in the end."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Text:
    """A written answer."""

    title: str
    prompt: str
    side: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """The learner's judgement of a claim beside the course's."""

    claim: str
    own: str
    confidence: str
    course: str
    note: str


@dataclass(frozen=True)
class Content:
    """All that a portfolio may hold; empty parts are left out."""

    name: str
    left_out: str
    map: Progress
    titles: Mapping[str, str]
    calibration: Calibration
    predictions: tuple[Prediction, ...] = ()
    texts: tuple[Text, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    additions: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


_STYLE = """
:root { color-scheme: light; }
body { max-width: 44rem; margin: 2.5rem auto; padding: 0 1.25rem; color: #1f2328; background: #fff;
  font: 400 1.02rem/1.55 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.3rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 0.6rem; padding-top: 0.5rem; border-top: 2px solid #1f2328; }
h3 { font-size: 1.05rem; margin: 1.3rem 0 0.3rem; }
table { width: 100%; border-collapse: collapse; font: 400 0.9rem/1.45 system-ui, sans-serif; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
  border-bottom: 1px solid #d0d3d8; }
blockquote { margin: 0.4rem 0 1rem; padding-left: 1rem; border-left: 3px solid #8a919b;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.quiet { color: #57606a; font-size: 0.9rem; }
svg { max-width: 100%; height: auto; }
@page { margin: 2cm; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } tr, blockquote, svg { break-inside: avoid; } }
"""


def page(content: Content) -> str:
    """Return the whole page as HTML, with no script and no address to load from."""
    parts = [
        f"<h1>{_e(say('portfolio.title', name=content.name))}</h1>",
        f'<p class="quiet">{_e(say("portfolio.course"))}</p>',
        f'<p class="quiet">{_e(content.left_out)}</p>',
        _section(say("portfolio.map"), _map(content)),
        _section(say("progress.calibration"), _calibration(content.calibration)),
        _section(say("portfolio.predictions"), _predictions(content.predictions)),
        _section(say("portfolio.verdicts"), _verdicts(content.verdicts)),
        _section(say("portfolio.texts"), _texts(content.texts)),
        _section(say("portfolio.additions"), _list(content.additions)),
        _section(say("portfolio.sources"), _list(content.references)),
    ]
    return (
        f'<!doctype html>\n<html lang="{_e(say("language"))}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{_e(say('portfolio.title', name=content.name))}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def own_statements(graph: Graph) -> tuple[str, ...]:
    """Return each statement that the learner added to an argument, with what it answers, in words."""
    return tuple(
        _own_statement(graph, statement)
        for statement in graph.statements
        if statement.origin_kind == "learner"
    )


def _own_statement(graph: Graph, statement: Statement) -> str:
    if statement.reply_to:
        return say("portfolio.reply", text=statement.text, to=graph[statement.reply_to].text)
    (attack, *_) = graph.attacks_by(statement.id)
    if attack.undercut:
        step = graph.step(attack.target)
        return say("portfolio.undercut", text=statement.text, to=graph[step.conclusion].text)
    return say("portfolio.objection", text=statement.text, to=graph[attack.target].text)


def calibration_lines(fits: Calibration) -> list[str]:
    """Return the sentences that sum up how well the learner's confidence fits."""
    lines = []
    if fits.intervals:
        hits = sum(interval.hit for interval in fits.intervals)
        score = f"{fits.score:.2f}"
        lines.append(say("progress.hits", hits=hits, all=len(fits.intervals), score=score))
    if fits.brier is not None:
        lines.append(say("progress.brier", all=fits.verdicts, brier=f"{fits.brier:.2f}"))
    return lines or [say("progress.none")]


def interval_plot(intervals: Sequence[Interval]) -> str:
    """Return a small SVG: each interval as a bar in multiples of its figure, which stands at 1."""
    if not intervals:
        return ""
    left, right, row, most = 220, 600, 26, 2.0
    height = row * len(intervals) + 30

    def across(multiple: float) -> float:
        return left + (right - left) * min(max(multiple, 0.0), most) / most

    bars = []
    for place, interval in enumerate(intervals):
        y = row * place + row / 2
        scale = abs(interval.value) or 1
        shift = 1 if interval.value == 0 else 0
        low, high = (across(end / scale + shift) for end in (interval.low, interval.high))
        colour = "#0072B2" if interval.hit else "#D55E00"
        dash = "" if interval.hit else ' stroke-dasharray="5 3"'
        words = _e(
            say(
                "plot.bar",
                title=interval.title,
                low=f"{interval.low:g}",
                high=f"{interval.high:g}",
                unit=interval.unit,
            )
        )
        bars.append(
            f'<text x="{left - 12}" y="{y + 4:.1f}" text-anchor="end" font-size="13" '
            f'fill="currentColor">{_e(_short(interval.title))}</text>'
            f'<line x1="{low:.1f}" x2="{max(high, low + 2):.1f}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{colour}" stroke-width="6"{dash}><title>{words}</title></line>'
        )
    at = across(1.0)
    axis = (
        f'<line x1="{at}" x2="{at}" y1="0" y2="{height - 26}" stroke="currentColor"/>'
        f'<text x="{at}" y="{height - 8}" text-anchor="middle" font-size="12" '
        f'fill="currentColor">{_e(say("plot.figure"))}</text>'
    )
    hits = sum(interval.hit for interval in intervals)
    name = say("plot.alt", hits=hits, all=len(intervals))
    return (
        f'<svg viewBox="0 0 {right + 20} {height}" width="{right + 20}" role="img" '
        f'aria-label="{_e(name)}">{axis}{"".join(bars)}</svg>'
    )


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29].rstrip() + "…"


def _e(value: object) -> str:
    return escape(str(value), quote=True)


def _heads(*keys: str) -> tuple[str, ...]:
    return tuple(say(f"portfolio.{key}") for key in keys)


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{_e(title)}</h2>{inner}</section>" if inner else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{_e(cell)}</th>' for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_e(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""


def _map(content: Content) -> str:
    rows = [
        (
            content.titles[line.notebook],
            say("portfolio.of", done=line.done, all=line.exercises),
            round(line.minutes),
        )
        for line in content.map.lines
    ]
    return _table(_heads("notebook", "exercises", "minutes"), rows)


def _calibration(fits: Calibration) -> str:
    lines = "".join(f"<p>{_e(line)}</p>" for line in calibration_lines(fits))
    return lines + interval_plot(fits.intervals)


def _predictions(rows: Sequence[Prediction]) -> str:
    return _table(
        _heads("question", "before", "after"), ((r.title, r.before, r.after) for r in rows)
    )


def _verdicts(rows: Sequence[Verdict]) -> str:
    heads = _heads("claim", "own", "sure", "course_says", "note")
    return _table(heads, ((r.claim, r.own, r.confidence, r.course, r.note) for r in rows))


def _texts(rows: Sequence[Text]) -> str:
    return "".join(
        f'<h3>{_e(r.title)}</h3><p class="quiet">{_e(r.prompt)}</p>'
        + (f"<p>{_e(r.side)}</p>" if r.side else "")
        + f"<blockquote>{_e(r.words)}</blockquote>"
        for r in rows
    )


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{_e(line)}</li>' for line in lines)}</ul>" if lines else ""
