"""The argument map in words: what each statement says, how it fares, and why, as HTML.

Every text is escaped here, the learner's own too. An element with ``data-do`` is a move that the
live map sends to Python; one with ``data-go`` leads to a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from course import data
from course.argument import Graph, Labelling, Statement, UnknownStatement
from course.argument.graph import OBJECTION_KINDS, REPLY_EFFECTS
from course.charts import PALETTE
from course.widgets.argument_map.stance import Stance
from course.widgets.markup import details, esc
from course.widgets.references import flag, shorts
from course.words import catalogue, count, say

__all__ = [
    "GLYPHS", "board", "changes", "cuts", "detail", "glyph", "invitation", "kinds", "label",
    "load_bearing", "name", "news", "of_the_page", "page", "section_of", "sections", "strengths",
    "swings",
]  # fmt: skip

AT_ONCE, MOST = 5, 25  # reasons read out after a move; reasons told at all

# One glyph a label: told apart by shape and sign, then by colour (drawn in a box of 16 by 16).
GLYPHS = {
    "stands": {
        "colour": PALETTE["blue"],
        "shape": "M8 .9a7.1 7.1 0 1 1 0 14.2A7.1 7.1 0 0 1 8 .9z",
        "sign": "M4.6 8.3 7 10.7l4.5-5.1",
        "ink": "#ffffff",
    },
    "falls": {
        "colour": PALETTE["vermillion"],
        "shape": "M1.6 1.6h12.8v12.8H1.6z",
        "sign": "m5 5 6 6m0-6-6 6",
        "ink": "#ffffff",
    },
    "undecided": {
        "colour": PALETTE["yellow"],
        "shape": "M8 .2 15.8 8 8 15.8.2 8z",
        "sign": "M6.1 6.4a1.9 1.9 0 1 1 2.8 1.7c-.6.3-.9.7-.9 1.3M8 11.5v.3",
        "ink": "#1f2328",
    },
    "held": {
        "colour": "none",
        "shape": "M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6z",
        "sign": "",
        "ink": "currentColor",
    },
}


def of_the_page() -> dict[str, str]:
    """What the live map itself says, by key."""
    begin = "argument.page."
    return {k.removeprefix(begin): v for k, v in catalogue().items() if k.startswith(begin)}


def page(key: str, **values: object) -> str:
    """One of these, where the twin says the same."""
    return say(f"argument.page.{key}", **values)


def label(name: str) -> str:
    """A label, or ``held`` for what is not raised, as the learner reads it."""
    return page(f"label.{name}")


def kinds() -> dict[str, str]:
    """What kind of statement each is, as a heading."""
    return {k: say(f"argument.kind.{k}") for k in ("claim", "implicit", "objection", "reply")}


def _told(key: str, **markup: str) -> str:
    """A sentence as HTML whose blanks are filled with markup, such as a button."""
    said = esc(say(key, **{name: f"\0{name}\0" for name in markup}))
    for name, filling in markup.items():
        said = said.replace(f"\0{name}\0", filling)
    return said


def _type(name: str) -> str:
    """What would decide a statement, as the learner reads it; another argument may have types of its own."""
    return catalogue().get(f"argument.type.{name}", name)


def _options(part: str, values: Iterable[str]) -> str:
    lines = (f'<option value="{v}">{esc(say(f"argument.{part}.{v}"))}</option>' for v in values)
    return "".join(lines)


def glyph(label: str) -> str:
    """Where the live map draws the glyph of a label; decorative, for the word stands beside it."""
    return f'<i data-g="{label}"></i>'


def _state(name: str) -> str:
    return f'<span class="am-state">{glyph(name)} <strong>{esc(label(name))}</strong></span>'


# --- where a statement stands in the article ------------------------------------------------------


@cache
def sections() -> tuple[tuple[int, str, int, int], ...]:
    """Number, title, first and last paragraph of each section of the article."""
    return tuple(
        (r["section"], r["title"], r["first_paragraph"], r["last_paragraph"])
        for r in data.rows("sections")
    )


def section_of(graph: Graph, key: str) -> int:
    """The section of a statement; of an objection or reply, that of what it speaks against."""
    seen = set()
    while key in graph and graph[key].raised_only and key not in seen:
        seen.add(key)
        attacks = graph.attacks_by(key)
        key = graph[key].reply_to or (attacks[0].target if attacks else key)
    if key not in graph:
        key = graph.step(key).conclusion
    statement = graph[key]
    where = statement.paragraph
    if where is None:
        found = re.search(r"\d+", statement.near or "")
        where = int(found.group()) if found else 1
    return next((n for n, _, first, last in sections() if first <= where <= last), 1)


def name(graph: Graph, key: str) -> str:
    """A statement as prose names it: "C120 [53]"; a step as "step G06 to C120 [53]"."""
    if key not in graph:
        return say("argument.step", id=key, name=name(graph, graph.step(key).conclusion))
    paragraph = graph[key].paragraph
    return key if paragraph is None else f"{key} [{paragraph}]"


def _go(graph: Graph, key: str, words: str = "") -> str:
    """A button that leads to a statement."""
    return f'<button type="button" class="am-link" data-go="{esc(key)}">{esc(words or name(graph, key))}</button>'


def _listed(graph: Graph, keys: Iterable[str]) -> str:
    """Several statements in a line of text; a comma never begins a line."""
    return " ".join(f'<span class="am-whole">{_go(graph, key)}</span>' for key in keys).replace(
        "</button></span> ", "</button>,</span> "
    )


def _do(do: str, said: str, key: str = "", focus: str = "", pressed: bool | None = None) -> str:
    """A button that makes a move."""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="button" data-do="{do}" data-id="{esc(key)}"'
        f' data-key="{esc(focus or do + key)}"{state}>{esc(said)}</button>'
    )


# --- the main conclusions -------------------------------------------------------------------------


def board(graph: Graph, labels: Labelling, degrees: Mapping[str, float] | None = None) -> str:
    """The main conclusions side by side: label, text, lines of support left."""
    cards = []
    for key in graph.main:
        lines = graph.steps_to(key)
        left = sum(labels.steps[s.id] == "stands" for s in lines)
        dots = "".join(glyph(labels.steps[s.id]) for s in lines)
        title = name(graph, key)
        if degrees:
            title = say("argument.board.weighed", name=title, strength=f"{degrees[key]:.0%}")
        lines_left = say("argument.board.lines", left=left, total=len(lines))
        cards.append(
            f'<button type="button" class="am-main am-{labels[key]}" data-go="{key}">'
            f'<span class="am-top">{_state(labels[key])}<span>{esc(title)}</span></span>'
            f'<span class="am-words">{esc(graph[key].text)}</span>'
            f'<span class="am-lines"><span aria-hidden="true">{dots}</span>'
            f" {esc(lines_left)}</span></button>"
        )
    return "".join(cards)


# --- before anything is chosen --------------------------------------------------------------------


def invitation(graph: Graph) -> str:
    """What stands in the panel before anything is chosen."""
    ways = "".join(
        f"<li><span>{_go(graph, b.id, b.id)} {esc(graph[b.id].text)}</span></li>"
        for b in graph.load_bearing()[:2]
    )
    return (
        f"<h4>{esc(say('argument.invite'))}</h4><p>{esc(say('argument.invite.how'))}</p>"
        f"<p>{esc(say('argument.invite.two'))}</p>"
        f'<ul class="am-list">{ways}</ul>'
        f'<p class="c-note">{esc(say("argument.invite.limits"))}</p>'
    )


# --- one statement --------------------------------------------------------------------------------


def detail(
    graph: Graph,
    key: str,
    stance: Stance,
    labels: Labelling,
    degrees: Mapping[str, float] | None = None,
    rest: Mapping[str, float] | None = None,
) -> str:
    """Everything about one statement, or about one step, and the moves that it allows."""
    if key not in graph:
        return _step_detail(graph, key, stance, labels)
    statement = graph[key]
    parts = [_head(graph, statement, labels, degrees, rest)]
    if statement.raised_only:
        parts.append(_raising(graph, statement, stance))
    if key in labels:
        parts.append(_choosing(statement, stance))
        parts.append(_support(graph, key, stance, labels))
    parts.append(_serves(graph, key, labels))
    parts.append(_against(graph, key, stance, labels))
    if statement.origin_kind == "learner":
        parts.append(f'<p class="am-row">{_do("remove", say("argument.do.remove"), key)}</p>')
    return "".join(parts)


def _head(graph, statement, labels, degrees, rest) -> str:
    key = statement.id
    facts = [kinds()[statement.kind], statement.locator]
    if statement.raised_only:
        facts.append(say("argument.basis", basis=say(f"argument.basis.{statement.basis}")))
    else:
        facts.append(_type(statement.type))
    said = " · ".join(esc(f) for f in (key, *facts) if f)
    if key not in labels:
        held = _told("argument.held.ready", label=f"<strong>{esc(label('held'))}</strong>")
        state = f'<p class="am-why">{glyph("held")} {held}</p>'
    else:
        others = {k: v for k, v in labels.items() if k != key}
        (change,) = graph.explain(others, labels)
        state = f'<p class="am-why">{glyph(labels[key])} {esc(change.reason)}</p>'
        if degrees and rest:
            state += (
                '<p class="c-note">'
                + esc(say("argument.strength", now=f"{degrees[key]:.0%}", rest=f"{rest[key]:.0%}"))
                + "</p>"
            )
    who = ""
    if statement.raised_only:
        sources = shorts(statement.source_ids)
        late = f" {esc(say('argument.hindsight'))}" if statement.hindsight else ""
        who = (
            f'<p class="c-note">{esc(statement.origin)}{flag(statement.verification)}'
            f"{' (' + sources + ')' if sources else ''}{late}</p>"
        )
    note = f'<p class="c-note">{esc(statement.note)}</p>' if statement.note else ""
    return f'<p class="c-note am-kind">{said}</p><h4>{esc(statement.text)}</h4>{who}{state}{note}'


def _choosing(statement: Statement, stance: Stance) -> str:
    now = stance.choice(statement.id)
    key = statement.id
    buttons = (
        _do("leave", say("argument.do.leave"), key, pressed=now == "")
        + _do("accept", say("argument.do.accept"), key, pressed=now == "accepted")
        + _do("reject", say("argument.do.reject"), key, pressed=now == "rejected")
    )
    given = {"rejected": 0, "accepted": 100}.get(now, round(100 * stance.credences.get(key, 0.5)))
    return (
        f'<div role="group" class="am-choice" aria-label="{esc(say("argument.choice", id=key))}">'
        f'{buttons}</div><label class="am-credence">'
        f'<span class="c-label">{esc(say("argument.weigh"))}</span>'
        f'<input type="range" min="0" max="100" step="5" value="{given}" data-weigh="{esc(key)}"'
        f' data-key="weigh{esc(key)}"'
        f' aria-valuetext="{esc(page("percent.spoken", number=given))}">'
        f"<output>{esc(page('percent', number=given))}</output></label>"
    )


def _support(graph, key, stance, labels) -> str:
    routes = graph.routes(
        key,
        rejected=stance.rejected,
        objections=stance.raised,
        accepted=stance.accepted,
        strict=stance.strict,
    )
    if not routes.lines:
        if graph[key].raised_only:
            return ""
        return f'<p class="c-note">{esc(say("argument.premise"))}</p>'
    lines = []
    for line in routes.lines:
        premises = _listed(graph, line.premises)
        reason = f'<br><span class="c-note">{esc(line.reason)}.</span>' if line.reason else ""
        lines.append(
            f"<li>{glyph(line.label)}<span>{_go(graph, line.step, line.step)} "
            f"{esc(graph.step(line.step).note)}: {premises}{reason}</span></li>"
        )
    return (
        f'<h4 class="am-sub">{esc(routes.heading.rstrip("."))}</h4>'
        f'<ul class="am-list">{"".join(lines)}</ul>'
        + (f'<p class="c-note">{esc(routes.caveat)}</p>' if routes.caveat else "")
    )


def _serves(graph: Graph, key: str, labels: Labelling) -> str:
    serves = [s for s in graph.steps if key in s.premises]
    if not serves:
        return ""
    ends = ", ".join(f"{glyph(labels[s.conclusion])} {_go(graph, s.conclusion)}" for s in serves)
    return f'<p class="am-serves"><span class="c-label">{esc(say("argument.serves"))}</span> {ends}</p>'


def _raising(graph: Graph, statement: Statement, stance: Stance) -> str:
    key = statement.id
    targets = [a.target for a in graph.attacks_by(key) if a.target != statement.reply_to]
    if statement.reply_to:
        targets = [statement.reply_to]
    at = _listed(graph, targets)
    aim = "argument.replies" if statement.reply_to else "argument.against"
    what = _told(aim, target=at) if targets else ""
    up = key in stance.raised
    said = say("argument.do.withdraw.it") if up else say("argument.do.raise.it")
    move = _do("withdraw" if up else "raise", said, key, f"raise{key}")
    return f'<p class="am-row">{move} <span>{what}</span></p>'


def _against(graph: Graph, key: str, stance: Stance, labels: Labelling) -> str:
    statement = graph[key] if key in graph else None
    if statement is not None and statement.raised_only:
        found = [s.id for s in graph.replies_to(key)]
        title = say("argument.heading.replies")
    else:
        found = [a.source for a in graph.attacks_on(key)]
        found += [
            a.source
            for s in (graph.steps_to(key) if statement else ())
            for a in graph.attacks_on(s.id)
        ]
        title = say("argument.heading.objections")
    lines = "".join(_objection(graph, k, key, stance, labels) for k in dict.fromkeys(found))
    listed = (
        f'<h4 class="am-sub">{esc(title)}</h4><ul class="am-list">{lines}</ul>' if lines else ""
    )
    return listed + _own(key, statement)


def _objection(graph, key, target, stance, labels) -> str:
    statement = graph[key]
    up = key in labels
    attack = next((a for a in graph.attacks_by(key) if a.target == target), None)
    aims = [
        a for a in graph.attacks_by(key) if a.undercut and graph.step(a.target).conclusion == target
    ]
    notes = [say("argument.against.step", id=a.target) for a in aims]
    for effect in {a.no_effect for a in ([attack] if attack else aims) if a.no_effect}:
        notes.append(say(f"argument.none.{effect}"))
    said = f'<br><span class="c-note">{esc(" ".join(notes))}</span>' if notes else ""
    who = esc(statement.origin)
    if statement.raised_only:
        told = say("argument.do.withdraw") if up else say("argument.do.raise")
        move = _do("withdraw" if up else "raise", told, key, f"raise{key}")
    else:
        move = f'<span class="c-note">{esc(say("argument.itself"))}</span>'
    replies = ""
    if up and statement.kind == "objection":
        replies = "".join(
            _objection(graph, r.id, key, stance, labels) for r in graph.replies_to(key)
        )
        replies = f'<ul class="am-list">{replies}</ul>' if replies else ""
    state = labels.get(key, "held")
    return (
        f"<li>{glyph(state)}<span>{_go(graph, key, key)} {esc(statement.text)}"
        f"{f'<br><span class=c-note>{who}</span>' if who else ''}"
        f"{flag(statement.verification)}{said}<span class=am-row>{move}"
        f"<span class=c-note>{esc(label(state))}</span></span>"
        f"{replies}</span></li>"
    )


def _own(key: str, statement: Statement | None) -> str:
    """A form for an objection of one's own, or for a reply of one's own."""
    reply = statement is not None and statement.raised_only
    title = say("argument.own.reply") if reply else say("argument.own.objection")
    options = _options("basis", OBJECTION_KINDS)
    fields = (
        f'<label class="am-field"><span class="c-label">{esc(say("argument.own.text"))}</span>'
        f'<textarea rows="2" maxlength="600" name="text" data-key="own{esc(key)}"></textarea></label>'
        f'<label class="am-field"><span class="c-label">{esc(say("argument.own.basis"))}</span>'
        f'<select name="basis">{options}</select></label>'
    )
    if reply:
        effects = _options("effect", REPLY_EFFECTS)
        fields += (
            f'<label class="am-field"><span class="c-label">{esc(say("argument.own.effect"))}</span>'
            f'<select name="effect">{effects}</select></label>'
        )
    do = "rebut" if reply else "object"
    inner = (
        f'<form class="am-form" data-do="{do}" data-id="{esc(key)}">{fields}'
        f'<button type="submit" class="c-primary">{esc(say("argument.own.add"))}</button></form>'
    )
    return details(title, inner)


def _step_detail(graph: Graph, key: str, stance: Stance, labels: Labelling) -> str:
    step = graph.step(key)
    premises = _listed(graph, step.premises)
    kind = "argument.line.joint" if len(step.premises) > 1 else "argument.line"
    said = _told(kind, premises=premises, conclusion=_go(graph, step.conclusion))
    return (
        f'<p class="c-note am-kind">{esc(say("argument.line.kind", id=key))}</p>'
        f"<h4>{esc(step.note)}</h4>"
        f'<p class="am-why">{_state(labels.steps[key])}</p>'
        f"<p>{said}</p>" + _against(graph, key, stance, labels)
    )


# --- what a move changed --------------------------------------------------------------------------


def changes(graph: Graph, before: Labelling, after: Labelling) -> list[dict]:
    """Each label that differs, with its reason; then each conclusion that only lost or won a line."""
    found = [
        {"id": c.id, "before": c.before or "held", "after": c.after or "held", "reason": c.reason}
        for c in graph.explain(before, after)
    ]
    moved = {c["id"] for c in found}
    for key in graph.order:
        lines = graph.steps_to(key)
        was = [before.steps.get(s.id) == "stands" for s in lines]
        now = [after.steps[s.id] == "stands" for s in lines]
        if key in moved or was == now:
            continue
        values = {"name": name(graph, key), "total": len(lines)}
        reason = count(f"argument.still.{after[key]}", sum(now), **values)
        found.append({"id": key, "before": before[key], "after": after[key], "reason": reason})
    return found


def strengths(
    graph: Graph, before: Mapping[str, float] | None, after: Mapping[str, float] | None
) -> str:
    """How strong the main conclusions are now, and were before, in a sentence; "" without degrees."""
    if not after:
        return ""
    said = []
    for key in graph.main:
        was, now = (before or after)[key], after[key]
        values = {"name": name(graph, key), "now": f"{now:.0%}", "was": f"{was:.0%}"}
        same = values["was"] == values["now"]
        said.append(
            say("argument.strengths.same", **values)
            if same
            else say("argument.strengths.moved", **values)
        )
    return say("argument.strengths", strengths=", ".join(said))


def news(graph: Graph, move: str, found: Iterable[Mapping[str, str]], strength: str = "") -> str:
    """What the last move changed, as a list of reasons; of many, the main conclusions first."""
    found = list(found)
    if not found:
        same = " ".join([move, say("argument.same")])
        return f"<p>{esc(same)}</p>" + (f"<p>{esc(strength)}</p>" if strength else "")
    if len(found) > AT_ONCE:  # what a long list is about comes first
        found.sort(key=lambda c: c["id"] not in graph.main)
    show = say("argument.do.show")
    lines = [
        f"<li>{glyph(c['after'])}<span>{esc(c['reason'])} {_go(graph, c['id'], show)}</span></li>"
        for c in found
    ]
    shown, more, rest = lines[:AT_ONCE], lines[AT_ONCE:MOST], len(lines[MOST:])
    tail = f'<p class="c-note">{esc(count("argument.more.rest", rest))}</p>' if rest else ""
    listed = f'<ul class="am-list">{"".join(more)}</ul>{tail}'
    return f'<p>{esc(move)}</p><ul class="am-list">{"".join(shown)}</ul>' + (
        details(count("argument.more", len(more) + rest), listed) if more else ""
    )


# --- questions put to the whole graph -------------------------------------------------------------


def load_bearing(graph: Graph, stance: Stance) -> str:
    """The unsaid premises on which most hangs, heaviest first."""
    lines = []
    for bearer in graph.load_bearing():
        up = bearer.id in stance.rejected
        move = _do(
            "leave" if up else "reject",
            say("argument.do.back") if up else say("argument.do.reject"),
            bearer.id,
            f"bear{bearer.id}",
        )
        lines.append(
            f"<li><span>{_go(graph, bearer.id, bearer.id)} {esc(graph[bearer.id].text)}<br>"
            f'<span class="c-note">{esc(bearer.words)}</span></span>{move}</li>'
        )
    return (
        f'<h4 class="am-sub">{esc(say("argument.heaviest"))}</h4>'
        f'<p class="c-note">{esc(say("argument.heaviest.how"))}</p>'
        f'<ol class="am-list am-rank">{"".join(lines)}</ol>'
    )


def cuts(graph: Graph, key: str, strict: bool = False, limit: int = 6) -> str:
    """The smallest sets of premises whose loss fells a statement."""
    if key not in graph or graph[key].raised_only or not graph.steps_to(key):
        raise UnknownStatement(key, [s.id for s in graph.article if graph.steps_to(s.id)])
    found = graph.cuts(key, limit=limit, strict=strict)
    total = graph.count_cuts(key, strict=strict)
    lines = []
    for cut in found:
        members = _listed(graph, cut)
        joined = " ".join(cut)
        lines.append(
            f"<li><span>{members}</span>{_do('try', say('argument.do.try'), joined, 'cut' + joined)}</li>"
        )
    size = len(found[0]) if found else 0
    least = count("argument.cuts.least", size)
    sets = {"total": f"{total:,}", "least": least}
    said = say("argument.cuts.one", **sets) if total == 1 else say("argument.cuts.many", **sets)
    return (
        f'<h4 class="am-sub">{esc(say("argument.cuts", name=name(graph, key)))}</h4>'
        f'<p class="c-note">{esc(said)}</p>'
        f'<ol class="am-list am-rank">{"".join(lines)}</ol>'
    )


def swings(graph: Graph, key: str, stance: Stance, limit: int = 8) -> str:
    """Which credences move a statement most."""
    found = graph.sensitivity(key, dict(stance.credences), objections=stance.raised)[:limit]
    lines = [
        f"<li><span>{_go(graph, s.id)} {esc(graph[s.id].text)}<br>"
        f'<span class="c-note">{esc(say("argument.swing", low=f"{s.low:.0%}", high=f"{s.high:.0%}"))}'
        "</span></span></li>"
        for s in found
    ]
    none = f'<p class="c-note">{esc(say("argument.swing.none"))}</p>'
    listed = f'<ol class="am-list am-rank">{"".join(lines)}</ol>' if lines else none
    title = esc(say("argument.swings", name=name(graph, key)))
    return f'<h4 class="am-sub">{title}</h4>{listed}'
