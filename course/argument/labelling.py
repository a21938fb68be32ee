"""Which statements stand, which fall and which stay undecided, and why.

The labels are the grounded ones: the most cautious reading, in which nothing is decided that
need not be (Dung 1995; labels as in Caminada 2006). They are the least fixed point of

* a step stands if all its premises stand and every undercut of it falls; it falls if one premise
  falls or one undercut stands;
* a statement with steps is carried if one step stands (on the strict reading: if all stand); a
  statement without steps is carried;
* a statement stands if it is carried and every attack on it falls; it falls if it is not carried
  or one attack on it stands.

Each node is decided at most once and each edge looked at once, so the time is linear in the size
of the graph.

References
----------
P. M. Dung, "On the acceptability of arguments and its fundamental role in nonmonotonic reasoning,
logic programming and n-person games", Artificial Intelligence 77 (1995), 321-357.
M. Caminada, "On the issue of reinstatement in argumentation", JELIA 2006, Lecture Notes in
Computer Science 4160.
S. Modgil and H. Prakken, "The ASPIC+ framework for structured argumentation: a tutorial", Argument
and Computation 5 (2014), 31-62.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from reprlib import repr as shortened

from course.words import count, say

from .errors import UnknownStatement, WrongValue, texts

__all__ = ["Change", "Labelling", "Line", "Routes", "explain", "label", "routes"]

STANDS, FALLS, UNDECIDED = "stands", "falls", "undecided"
_OPEN, _IN, _OUT = 0, 1, -1
_WORD = {_IN: STANDS, _OUT: FALLS, _OPEN: UNDECIDED}


class Labelling(dict):
    """Labels by statement id, with the choices that led to them.

    A plain dictionary ``{id: "stands" | "falls" | "undecided"}`` of the article's statements and
    of the objections and replies raised. It also remembers ``rejected``, ``accepted``, ``raised``
    (sets of ids), ``strict`` and ``steps`` (``{step id: label}``), which ``explain`` reads.
    """

    def __init__(self, labels, steps, rejected, accepted, raised, strict):
        super().__init__(labels)
        self.steps = steps
        self.rejected = rejected
        self.accepted = accepted
        self.raised = raised
        self.strict = strict


@dataclass(frozen=True)
class Line:
    """One line of support: the step, its label, and in words why it is lost (empty if it stands)."""

    step: str
    premises: tuple[str, ...]
    label: str
    reason: str


@dataclass(frozen=True)
class Routes:
    """The lines of support of one statement.

    Attributes
    ----------
    conclusion, label : str
        The statement and its label.
    lines : tuple of Line
        In reading order.
    heading : str
        "3 of 4 lines of support are left."
    caveat : str
        What that means; empty where there is nothing to add.
    """

    conclusion: str
    label: str
    lines: tuple[Line, ...]
    heading: str
    caveat: str = ""

    @property
    def words(self):
        """The heading and the caveat."""
        return f"{self.heading} {self.caveat}".rstrip()

    @property
    def left(self):
        """The lines that still stand."""
        return tuple(line for line in self.lines if line.label == STANDS)

    @property
    def lost(self):
        """The lines that no longer stand."""
        return tuple(line for line in self.lines if line.label != STANDS)


@dataclass(frozen=True)
class Change:
    """A label that differs, with the reason; ``before`` is None for what was not raised before."""

    id: str
    before: str | None
    after: str | None
    reason: str


def label(graph, rejected=(), objections=(), accepted=(), strict=False, replies=()):
    """Label the graph under the learner's choices.

    Parameters
    ----------
    graph : Graph
    rejected, accepted : iterables of str
        Statements that the learner rejects (they fall), or takes as given (they stand, whatever
        speaks for or against them).
    objections : iterable of str, or "all"
        Objections (and replies) that are raised. Others are held back and count for nothing.
    strict : bool or iterable of str
        True: every line of support is needed, everywhere; an iterable: only for the conclusions
        named. By default one line is enough, which is our convergent reading of the article.
    replies : iterable of str, or "all"
        Replies that are raised; "all" raises the replies to the objections raised.

    Returns
    -------
    Labelling
        Of the article's statements and of what was raised, in reading order.

    Raises
    ------
    UnknownStatement
        With the nearest ids.
    WrongValue
        If one statement is both rejected and accepted.
    """
    rejected, accepted = _ids(graph, "rejected", rejected), _ids(graph, "accepted", accepted)
    if both := rejected & accepted:
        raise WrongValue(say("argument.both", id=min(both)))
    raised = _raised(graph, objections, replies)
    strict = frozenset(graph) if strict is True else _ids(graph, "strict", strict or ())
    plan = _plan(graph)
    values = _solve(plan, rejected, accepted, raised, strict)
    hidden = plan.held - raised
    return Labelling(
        {key: _WORD[values[i]] for key, i in plan.statements if key not in hidden},
        {key: _WORD[values[i]] for key, i in plan.steps},
        rejected,
        accepted,
        raised,
        strict,
    )


def routes(graph, key, **state):
    """The lines of support of a statement under the choices that ``label`` takes.

    Returns
    -------
    Routes
        ``words`` also says that the robustness comes from our convergent reading.
    """
    labels = label(graph, **state)
    steps = graph.steps_to(key)
    if key not in labels:
        raise WrongValue(say("argument.held.lines", id=key))
    lines = tuple(
        Line(s.id, s.premises, labels.steps[s.id], _why_step(graph, s, labels)) for s in steps
    )
    left = sum(line.label == STANDS for line in lines)
    return Routes(key, labels[key], lines, *_routes_words(labels, key, left, len(lines)))


def explain(graph, before, after):
    """The reason in words for each statement whose label differs.

    Parameters
    ----------
    before, after : Labelling
        Two answers of ``label``, of this graph or of the graph that it was made from; any mapping
        of ids to labels will do for the first.

    Returns
    -------
    tuple of Change
        Premises come before the conclusions that rest on them.
    """
    for given, kind in ((before, Mapping), (after, Labelling)):
        if not isinstance(given, kind):
            raise WrongValue(say("argument.export.labels", given=shortened(given)))
    changes = []
    for key in graph.order:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        reason = say("argument.why.gone", id=key) if new is None else _why(graph, key, after)
        changes.append(Change(key, old, new, reason))
    return tuple(changes)


# ------------------------------------------------------------------------------ solving


@dataclass(frozen=True)
class _Plan:
    """The graph as lists of integers: statements first, then steps."""

    statements: tuple
    steps: tuple
    index: dict
    support: list  # for each node, how many nodes carry it (premises of a step, steps to a claim)
    attacks: list  # for each node, how many counted attacks strike it
    carries: list  # for each node, the nodes that it carries
    strikes: list  # for each node, the nodes that it strikes
    held: frozenset


def _plan(graph):
    """Built once per graph and kept with it; a graph never changes."""
    plan = graph.__dict__.get("_plan")
    if plan is None:
        plan = _build_plan(graph)
        graph.__dict__["_plan"] = plan
    return plan


def _build_plan(graph):
    index = {s.id: i for i, s in enumerate(graph.statements)}
    index.update((s.id, i) for i, s in enumerate(graph.steps, start=len(index)))
    size = len(index)
    support, attacks = [0] * size, [0] * size
    carries, strikes = [[] for _ in range(size)], [[] for _ in range(size)]
    for step in graph.steps:
        node = index[step.id]
        for premise in step.premises:
            carries[index[premise]].append(node)
        support[node] = len(step.premises)
        carries[node].append(index[step.conclusion])
        support[index[step.conclusion]] += 1
    for attack in graph.attacks:
        if attack.no_effect is None:
            strikes[index[attack.source]].append(index[attack.target])
            attacks[index[attack.target]] += 1
    return _Plan(
        tuple((s.id, index[s.id]) for s in graph.statements),
        tuple((s.id, index[s.id]) for s in graph.steps),
        index,
        support,
        attacks,
        carries,
        strikes,
        frozenset(s.id for s in graph.statements if s.raised_only),
    )


def _solve(plan, rejected, accepted, raised, strict):
    """Propagate decisions from node to node until nothing more is forced."""
    size = len(plan.support)
    first_step = len(plan.statements)
    value = [_OPEN] * size
    waiting_support, waiting_attacks = plan.support[:], plan.attacks[:]
    carried = [not n for n in plan.support]
    index = plan.index
    needs_all = [False] * first_step + [True] * (size - first_step)
    for key in strict:
        needs_all[index[key]] = True
    queue = []

    def decide(node, decision):
        if value[node] == _OPEN:
            value[node] = decision
            queue.append(node)

    for key in plan.held - raised:  # held back: as good as not there
        decide(index[key], _OUT)
    for key in rejected:
        decide(index[key], _OUT)
    for key in accepted:
        decide(index[key], _IN)
    for node in range(size):
        if carried[node] and not waiting_attacks[node]:
            decide(node, _IN)
    while queue:
        source = queue.pop()
        holds = value[source] == _IN
        for node in plan.carries[source]:
            if value[node] != _OPEN:
                continue
            waiting_support[node] -= 1
            if holds and (not needs_all[node] or not waiting_support[node]):
                carried[node] = True
                if not waiting_attacks[node]:
                    decide(node, _IN)
            elif not holds and (needs_all[node] or not waiting_support[node]):
                # one step stood before this one fell: the statement is carried already
                if needs_all[node] or not carried[node]:
                    decide(node, _OUT)
        for node in plan.strikes[source]:
            if value[node] != _OPEN:
                continue
            if holds:
                decide(node, _OUT)
            else:
                waiting_attacks[node] -= 1
                if carried[node] and not waiting_attacks[node]:
                    decide(node, _IN)
    return value


def _ids(graph, name, keys):
    wanted = frozenset(texts(name, keys))
    for key in wanted:
        if key not in graph:
            raise UnknownStatement(key, graph)
    return wanted


def _raised(graph, objections, replies):
    if isinstance(objections, str) and objections == "all":
        chosen = frozenset(s.id for s in graph.objections)
    else:
        chosen = _ids(graph, "objections", objections)
    if isinstance(replies, str) and replies == "all":
        chosen |= _answering(graph, chosen)
    else:
        chosen |= _ids(graph, "replies", replies)
    for key in chosen:
        if not graph[key].raised_only:
            raise WrongValue(say("argument.raised", id=key))
    return chosen


def _answering(graph, chosen):
    found, size = set(chosen), -1
    while len(found) != size:
        size = len(found)
        found |= {s.id for s in graph.statements if s.reply_to in found}
    return frozenset(found)


# ---------------------------------------------------------------------------- in words


def _name(graph, key):
    paragraph = graph[key].paragraph
    return key if paragraph is None else f"{key} [{paragraph}]"


def _why(graph, key, labels):
    name, word = _name(graph, key), labels[key]
    if key in labels.rejected:
        return say("argument.why.rejected", name=name)
    if key in labels.accepted:
        return say("argument.why.accepted", name=name)
    attackers = [a.source for a in graph.attacks_on(key) if a.no_effect is None]
    standing = [a for a in attackers if labels.get(a) == STANDS]
    open_ = [a for a in attackers if labels.get(a) == UNDECIDED]
    if word == FALLS and standing:
        return count("argument.why.struck", len(standing), name=name, others=_listed(standing))
    lines = [(s, labels.steps[s.id]) for s in graph.steps_to(key)]
    if word == FALLS:
        return _why_lost(graph, lines, labels, key)
    if word == UNDECIDED:
        if open_:
            return count("argument.why.open", len(open_), name=name, others=_listed(open_))
        return say("argument.why.waits", name=name, reason=_first_why(graph, lines, labels))
    reason = say("argument.why.stands", name=name, reason=_why_stands(lines, attackers, labels))
    return f"{reason} {_without_effect(graph, key)}".rstrip()


def _why_stands(lines, attackers, labels):
    beaten = [a for a in attackers if labels.get(a) == FALLS]
    parts = []
    if lines:
        held = sum(state == STANDS for _, state in lines)
        parts.append(count("argument.holds", held, total=len(lines)))
    if beaten:
        parts.append(count("argument.beaten", len(beaten), others=_listed(beaten)))
    return _listed(parts) if parts else say("argument.unopposed")


def _without_effect(graph, key):
    """In words, what an objection or reply does not do although it is raised."""
    said = [
        say(f"argument.idle.{a.no_effect}", target=a.target)
        for a in graph.attacks_by(key)
        if a.no_effect == "qualifies" or (a.no_effect and not _answers_back(graph, a))
    ]
    return say("argument.idle", reasons=_listed(said)) if said else ""


def _answers_back(graph, attack):
    """True if an attack only meets a reply, which nobody needs to be told."""
    return not attack.undercut and graph[attack.target].kind == "reply"


def _why_lost(graph, lines, labels, key):
    name = _name(graph, key)
    lost = [s for s, state in lines if state == FALLS]
    if key in labels.strict and len(lines) > 1:
        reason = _first_why(graph, [(s, FALLS) for s in lost], labels)
        return say("argument.why.strict", name=name, reason=reason)
    together = {}  # steps lost for one reason are named together
    for step in lost:
        together.setdefault(_cause(graph, step, labels), []).append(step.id)
    reasons = "; ".join(_told(steps, *cause) for cause, steps in together.items())
    return count("argument.why.lost", len(lines), name=name, reasons=reasons)


def _first_why(graph, lines, labels):
    for step, state in lines:
        if state != STANDS:
            return _why_step(graph, step, labels)
    return say("argument.unsettled")


def _why_step(graph, step, labels):
    if labels.steps[step.id] == STANDS:
        return ""
    return _told([step.id], *_cause(graph, step, labels))


def _told(steps, cause, others):
    """What befell these steps, in words."""
    return count(f"argument.step.{cause}", len(steps), steps=_listed(steps), others=_listed(others))


def _cause(graph, step, labels):
    """What befell a step that does not stand, and what did it."""
    fallen = [_name(graph, p) for p in step.premises if labels[p] == FALLS]
    if fallen:
        return "lost", tuple(fallen)
    undercuts = [a.source for a in graph.attacks_on(step.id) if a.no_effect is None]
    for word, cause in ((STANDS, "undercut"), (UNDECIDED, "open")):
        struck = tuple(u for u in undercuts if labels.get(u) == word)
        if struck:
            return cause, struck
    return "waits", tuple(_name(graph, p) for p in step.premises if labels[p] == UNDECIDED)


def _routes_words(labels, key, left, total):
    """How many lines are left, and what that means."""
    if not total:
        return say(f"argument.premise.{labels[key]}", id=key), ""
    heading = count("argument.left", left, total=total)
    if key in labels.strict:
        return heading, say("argument.left.strict")
    return heading, say("argument.left.convergent") if total > 1 else ""


def _listed(items):
    """ "A", "A and B" or "A, B and C"."""
    *first, last = items
    return say("argument.list", first=", ".join(first), last=last) if first else last
