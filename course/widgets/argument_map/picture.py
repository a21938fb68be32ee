"""The picture of the twin: the folded argument, or what lies around one statement, as static SVG.

Columns from premises on the left to conclusions on the right. Each node stands one column after
the last thing that it rests on; within a column, nodes are ordered by where their neighbours
stand (Sugiyama, Tagawa and Toda 1981), so that few edges cross. No browser is needed, and the same
graph always gives the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from course import charts
from course.argument import Graph, Labelling
from course.widgets.argument_map import words
from course.widgets.markup import esc
from course.words import say

__all__ = ["caption", "neighbourhood", "plate", "svg"]

CARD, GAP, ROW = 172, 46, 16  # width of a card, gap between columns, gap between cards; pixels
LINE, PAD, DOTS = 15, 9, 12
SWEEPS = 8


@dataclass
class _Node:
    key: str
    lines: list[str]
    width: int = CARD
    height: int = 0
    rank: int = 0
    x: float = 0
    y: float = 0
    glyphs: list[str] = field(default_factory=list)


def neighbourhood(graph: Graph, key: str) -> tuple[str, ...]:
    """A statement, the premises of its lines of support, and the conclusions that it serves."""
    near = {key}
    near |= {p for s in graph.steps_to(key) for p in s.premises}
    near |= {s.conclusion for s in graph.steps if key in s.premises}
    near |= {a.target for a in graph.attacks_by(key) if a.target in graph}
    near |= {graph.step(a.target).conclusion for a in graph.attacks_by(key) if a.undercut}
    return tuple(s for s in graph.order if s in near)


def caption(around: str = "") -> str:
    """How to read the picture."""
    return say("argument.caption.around") if around else say("argument.caption")


def plate(graph: Graph, labels: Labelling, around: str = "") -> str:
    """The picture as an image that stands in a saved notebook."""
    return charts.plate(svg(graph, labels, around))


def svg(graph: Graph, labels: Labelling, around: str = "") -> str:
    """The picture as SVG text with its alternative text."""
    if around:
        nodes, edges = _around(graph, labels, around)
    else:
        nodes, edges = _folded(graph, labels)
    width, height, ways = _place(nodes, edges)
    parts = [_edge(nodes[a], nodes[b], n, ways.get((a, b), ())) for a, b, n in edges]
    parts += [_card(graph, labels, node) for node in nodes.values()]
    label = esc(_alt(graph, labels, around, nodes))
    # the plate is drawn with a fixed ink; see charts.plate
    return (
        f'<svg role="img" aria-label="{label}" xmlns="http://www.w3.org/2000/svg" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" color="currentColor">{"".join(parts)}</svg>'
    )


def _alt(graph, labels, around, nodes) -> str:
    if not around:
        fares = [
            say(
                "argument.alt.main",
                name=words.name(graph, key),
                label=words.label(labels[key]),
                left=sum(labels.steps[s.id] == "stands" for s in graph.steps_to(key)),
                total=len(graph.steps_to(key)),
            )
            for key in graph.main
        ]
        sections = sum(1 for key in nodes if key.startswith("S"))
        counted = {"sections": sections, "conclusions": len(graph.main)}
        return say("argument.alt", fares="; ".join(fares), **counted)
    premises = sorted({p for s in graph.steps_to(around) for p in s.premises})
    ends = [s.conclusion for s in graph.steps if around in s.premises]
    return say(
        "argument.alt.around",
        name=words.name(graph, around),
        premises=", ".join(premises) or say("argument.alt.nothing"),
        ends=", ".join(ends) or say("argument.alt.end"),
    )


# --- what is drawn --------------------------------------------------------------------------------


def _folded(graph: Graph, labels: Labelling):
    main = set(graph.main)
    holder = {
        s.id: s.id if s.id in main else f"S{words.section_of(graph, s.id)}" for s in graph.article
    }
    nodes = {}
    for number, title, *_ in words.sections():
        key = f"S{number}"
        held = [labels[s] for s in holder if holder[s] == key]
        if held:
            nodes[key] = _Node(key, _wrap(title), glyphs=held)
    for key in graph.main:
        nodes[key] = _Node(key, _wrap(graph[key].text))
    weight: dict[tuple[str, str], set[str]] = {}
    for step in graph.steps:
        for premise in step.premises:
            ends = holder[premise], holder[step.conclusion]
            if ends[0] != ends[1]:
                weight.setdefault(ends, set()).add(step.id)
    return nodes, [(a, b, len(steps)) for (a, b), steps in weight.items()]


def _around(graph: Graph, labels: Labelling, key: str):
    near = neighbourhood(graph, key)
    nodes = {k: _Node(k, _wrap(graph[k].text)) for k in near}
    edges = []
    for step in graph.steps:
        shown = [p for p in step.premises if p in nodes]
        if step.conclusion in nodes and shown and (step.conclusion == key or key in step.premises):
            nodes[step.id] = _Node(step.id, [], width=14, glyphs=[labels.steps[step.id]])
            edges += [(p, step.id, 1) for p in shown] + [(step.id, step.conclusion, 1)]
    for attack in graph.attacks_by(key):
        if attack.target in nodes:
            edges.append((key, attack.target, 1))
    return nodes, edges


# --- where it is drawn ----------------------------------------------------------------------------


def _place(nodes: dict[str, _Node], edges: list) -> tuple[int, int, dict]:
    """Give every node its place; return width, height, and where long edges pass other columns."""
    forward = _acyclic(nodes, edges)
    for node in nodes.values():
        rows = -(-len(node.glyphs) // DOTS) if node.lines else 0
        node.height = 14 if not node.lines else 27 + LINE * len(node.lines) + 13 * rows + PAD
    _rank(nodes, forward)
    drawn, short, ways = _passing(nodes, forward)
    columns = _order(drawn, short)
    x = 2.0
    for column in columns:
        width = max(node.width for node in column)
        for node in column:
            node.x = x + (width - node.width) / 2
            if node.key not in nodes:
                node.x, node.width = x, width
        x += width + (GAP if width > 14 else GAP * 0.6)
    tall = max(sum(n.height for n in c) + ROW * (len(c) - 1) for c in columns)
    for column in columns:
        used = sum(n.height for n in column) + ROW * (len(column) - 1)
        y = 2 + (tall - used) / 2
        for node in column:
            node.y = y
            y += node.height + ROW
    wide = int(max(n.x + n.width for n in nodes.values()) + 8)
    return wide, int(tall + 10), {ends: [drawn[k] for k in keys] for ends, keys in ways.items()}


def _passing(nodes, edges):
    """Nodes with a thin one in each column that an edge crosses, and the edges cut up there."""
    drawn, short, ways = dict(nodes), [], {}
    for a, b in edges:
        stops = [a]
        for rank in range(nodes[a].rank + 1, nodes[b].rank):
            key = f"{a}>{b}@{rank}"
            drawn[key] = _Node(key, [], width=14, height=2, rank=rank)
            stops.append(key)
        stops.append(b)
        ways[a, b] = stops[1:-1]
        short += zip(stops, stops[1:], strict=False)
    return drawn, short, ways


def _acyclic(nodes, edges):
    """The edges without those that close a circle, found depth first in reading order."""
    out: dict[str, list[str]] = {key: [] for key in nodes}
    for a, b, _ in edges:
        out[a].append(b)
    state, kept = {}, []

    def visit(key):
        state[key] = "open"
        for end in out[key]:
            if state.get(end) == "open":
                continue
            kept.append((key, end))
            if end not in state:
                visit(end)
        state[key] = "done"

    for key in nodes:
        if key not in state:
            visit(key)
    return kept


def _rank(nodes, edges):
    """Column of each node, counted from the right: as near to its conclusions as it can stand."""
    after = {key: [b for a, b in edges if a == key] for key in nodes}
    seen: dict[str, int] = {}

    def depth(key):
        if key not in seen:
            seen[key] = 1 + max((depth(end) for end in after[key]), default=-1)
        return seen[key]

    most = max(map(depth, nodes))
    for key, node in nodes.items():
        node.rank = most - seen[key]


def _order(nodes, edges):
    columns: list[list[_Node]] = [[] for _ in range(1 + max(n.rank for n in nodes.values()))]
    for node in nodes.values():
        columns[node.rank].append(node)
    near = {
        key: [b for a, b in edges if a == key] + [a for a, b in edges if b == key] for key in nodes
    }
    columns = [c for c in columns if c]
    for sweep in range(SWEEPS):
        place = {n.key: (i + 0.5) / len(c) for c in columns for i, n in enumerate(c)}
        for column in columns if sweep % 2 else reversed(columns):
            column.sort(
                key=lambda n: (
                    sum(place[k] for k in near[n.key]) / len(near[n.key]) if near[n.key] else 0.5,
                    n.key,
                )
            )
            place |= {n.key: (i + 0.5) / len(column) for i, n in enumerate(column)}
    return columns


# --- how it is drawn ------------------------------------------------------------------------------

# Widths of letters in thousandths of the type size, as in Helvetica; other letters are 556 wide.
_NARROW = dict.fromkeys("ijl.,:;'|! ft[]()I/-’", 290) | dict.fromkeys("rs", 420)
_BROAD = dict.fromkeys("mwMW%@", 850) | dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ&", 690)


def _width(text: str, size: float = 12.0) -> float:
    return sum((_NARROW | _BROAD).get(c, 556) for c in text) * size / 1000


def _wrap(text: str, room: float = CARD - 2 * PAD) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _glyph(label: str, x: float, y: float, size: float) -> str:
    mark = words.GLYPHS[label]
    sign = (
        f'<path d="{mark["sign"]}" fill="none" stroke="{mark["ink"]}" stroke-width="1.9"/>'
        if mark["sign"]
        else ""
    )
    return (
        f'<g transform="translate({x:g} {y:g}) scale({size / 16:g})"><path d="{mark["shape"]}" '
        f'fill="{mark["colour"]}" stroke="currentColor"/>{sign}</g>'
    )


def _card(graph: Graph, labels: Labelling, node: _Node) -> str:
    if not node.lines:
        return _glyph(node.glyphs[0], node.x, node.y, 14)
    main = node.key in graph.main
    unsaid = node.key in graph and graph[node.key].kind == "implicit"
    group = node.key not in graph
    put = f'<g transform="translate({node.x:g} {node.y:g})">'
    box = f'width="{node.width}" height="{node.height}" rx="{14 if unsaid else 2}"'
    if group:
        put += f'<rect x="4" y="4" {box} fill="none" stroke="currentColor" stroke-opacity=".35"/>'
    put += f'<rect {box} fill="#ffffff" stroke="currentColor" stroke-width="{2.2 if main else 1}"/>'
    if group:
        put += f'<text x="{PAD}" y="18" font-size="10.5" fill="currentColor">{esc(words.page("section", number=node.key[1:]))}</text>'
    else:
        said = words.name(graph, node.key)
        said = say("argument.card.unsaid", name=said) if unsaid else said
        label = labels.get(node.key, "held")
        put += _glyph(label, PAD, 8, 13)
        told = words.page("card.held") if label == "held" else words.label(label)
        put += f'<text x="{PAD + 18}" y="18.5" font-size="11" font-weight="bold" fill="currentColor">{esc(told)}</text>'
        put += f'<text x="{node.width - PAD}" y="18.5" font-size="10.5" text-anchor="end" fill="currentColor">{esc(said)}</text>'
    style = ' font-style="italic"' if unsaid else ' font-weight="bold"' if group else ""
    for i, line in enumerate(node.lines):
        put += f'<text x="{PAD}" y="{35 + LINE * i}" font-size="12"{style} fill="currentColor">{esc(line)}</text>'
    top = 27 + LINE * len(node.lines) + 2
    for i, label in enumerate(node.glyphs):
        put += _glyph(label, PAD + 13 * (i % DOTS), top + 13 * (i // DOTS), 10)
    return put + "</g>"


def _edge(a: _Node, b: _Node, weight: int, way=()) -> str:
    ahead = a.x < b.x
    x, y = (a.x + a.width if ahead else a.x), a.y + a.height / 2
    x2, y2 = (b.x if ahead else b.x + b.width), b.y + b.height / 2
    tip = 0 if not b.lines else 7 if ahead else -7
    wide = min(0.8 + 0.45 * weight, 3.5)
    path = f"M{x:g} {y:g}"
    for stop in way:
        path += _bow(x, y, stop.x, stop.y) + f"H{stop.x + stop.width:g}"
        x, y = stop.x + stop.width, stop.y
    line = (
        f'<path d="{path}{_bow(x, y, x2 - tip, y2)}" fill="none" stroke="currentColor" '
        f'stroke-opacity=".55" stroke-width="{wide:g}"/>'
    )
    if not tip:
        return line
    return line + (
        f'<path d="M{x2 - tip:g} {y2 - 4:g}L{x2:g} {y2:g}L{x2 - tip:g} {y2 + 4:g}z" fill="currentColor"/>'
    )


def _bow(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
