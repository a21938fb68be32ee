"""Degrees of strength instead of labels: two published gradual semantics.

Every statement starts from a credence of one's own between 0 and 1 (its base score) and is moved
up by the steps that end in it and down by the objections raised against it.

*Quadratic energy* (Potyka 2018): with ``e`` = sum of supports − sum of attacks and
``h(x) = max(x, 0)² / (1 + max(x, 0)²)``, the strength is ``b − b·h(−e) + (1 − b)·h(e)``.

*DF-QuAD* (Rago et al. 2016): supports and attacks are each joined as ``1 − Π(1 − s)``; the
strength moves from ``b`` towards 1 or 0 by the difference.

Both know only single supports. A step with several premises is a node of its own here, as strong
as its weakest premise before undercuts: that is our addition, and the usual "weakest link" of
structured argumentation. A degree is arithmetic on the credences put in, not a measure of truth.

References
----------
N. Potyka, "Continuous dynamical systems for weighted bipolar argumentation", Proceedings of the
16th International Conference on Principles of Knowledge Representation and Reasoning (KR 2018),
148-157.
A. Rago, F. Toni, M. Aurisicchio and P. Baroni, "Discontinuity-free decision support with
quantitative argumentation debates", Proceedings of KR 2016, 63-73.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from course.words import say

from .errors import NotSettled, UnknownStatement, WrongValue
from .labelling import _plan, _raised

__all__ = ["Swing", "credences", "sensitivity"]

_PACES = (0.5, 0.1, 0.02)  # steps of Euler's method, the boldest first
_REST = 1e-12  # change below which the values are at rest
_MOST_ROUNDS = 2_000


@dataclass(frozen=True)
class Swing:
    """What one credence can do to a statement, the others staying as they are.

    ``low`` and ``high`` are the strengths of the statement when the credence in ``id`` is 0 and 1;
    ``swing`` is ``high − low``.
    """

    id: str
    low: float
    high: float
    swing: float


def credences(graph, values=None, objections=(), replies=(), method="quadratic-energy"):
    """The strength of every statement, given one's own credences.

    Parameters
    ----------
    graph : Graph
    values : dict, optional
        Credence by statement id, from 0 to 1; 0.5 where none is given.
    objections, replies : iterables of str, or "all"
        What is raised, as in ``label``.
    method : str
        ``quadratic-energy`` or ``df-quad``.

    Returns
    -------
    dict
        Strength from 0 to 1 by id, in reading order.

    Raises
    ------
    WrongValue
        If a credence is not between 0 and 1, or the method is not one of the two.
    NotSettled
        If a cycle of attacks does not come to rest.
    """
    base = _base(graph, values)
    influence = _influence(method)
    raised = _raised(graph, objections, replies)
    net = _network(graph, raised)
    strengths = _settle(net, base, influence)
    return {key: strengths[i] for key, i in net.statements}


def sensitivity(graph, key, values=None, objections=(), replies=(), method="quadratic-energy"):
    """How far each credence can move a statement: from 0 to 1, one at a time.

    Parameters
    ----------
    key : str
        The statement. The other parameters are those of ``credences``.

    Returns
    -------
    tuple of Swing
        Every statement that bears on it, largest swing first, the statement itself left out.
    """
    graph[key]
    base = _base(graph, values)
    influence = _influence(method)
    net = _network(graph, _raised(graph, objections, replies))
    index = dict(net.statements)
    if key not in index:
        raise WrongValue(say("argument.held.moves", id=key))
    known = _settle(net, base, influence)
    found = []
    for other in _bearing_on(net, index[key]):
        low, high = (
            _settle(net, base | {other: credence}, influence, known, index[other])[index[key]]
            for credence in (0.0, 1.0)
        )
        found.append(Swing(other, low, high, high - low))
    found.sort(key=lambda s: -abs(s.swing))
    return tuple(s for s in found if s.id != key)


# ------------------------------------------------------------------------------ helpers


@dataclass(frozen=True)
class _Network:
    statements: tuple  # (id, node) of what counts
    names: dict  # node -> id, statements only
    supports: dict  # node -> nodes that support it
    attacks: dict  # node -> nodes that attack it
    groups: tuple  # nodes that depend on each other together, each group after what it rests on


def _base(graph, values):
    if not isinstance(values or {}, Mapping):
        raise WrongValue(say("argument.credences", values=repr(values)))
    base = dict(values or {})
    for key, value in base.items():
        if key not in graph:
            raise UnknownStatement(key, graph)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise WrongValue(say("argument.credence", id=key, value=repr(value)))
    return base


def _influence(method):
    methods = {"quadratic-energy": _quadratic_energy, "df-quad": _df_quad}
    if not isinstance(method, str) or method not in methods:
        one, other = methods
        raise WrongValue(say("argument.method", method=repr(method), one=one, other=other))
    return methods[method]


def _quadratic_energy(base, supports, attacks):
    energy = sum(supports) - sum(attacks)
    square = energy * energy
    pull = square / (1 + square)
    return base + (1 - base) * pull if energy > 0 else base - base * pull


def _df_quad(base, supports, attacks):
    difference = _joined(supports) - _joined(attacks)
    return base + (1 - base) * difference if difference > 0 else base + base * difference


def _joined(values):
    rest = 1.0
    for value in values:
        rest *= 1 - value
    return 1 - rest


def _network(graph, raised):
    plan = _plan(graph)
    absent = {plan.index[key] for key in plan.held - raised}
    for source in tuple(absent):  # a step whose premise is held back is held back with it
        absent.update(plan.carries[source])
    supports, attacks = {}, {}
    for node in range(len(plan.support)):
        if node not in absent:
            supports[node], attacks[node] = [], []
    for source in supports:
        for node in plan.carries[source]:
            if node not in absent:
                supports[node].append(source)
        for node in plan.strikes[source]:
            if node not in absent:
                attacks[node].append(source)
    statements = tuple((key, i) for key, i in plan.statements if i not in absent)
    sources = {n: (*supports[n], *attacks[n]) for n in supports}
    names = {i: key for key, i in statements}
    return _Network(statements, names, supports, attacks, _components(sources))


def _components(sources):
    """Strongly connected components, each after those it depends on (Tarjan's algorithm)."""
    number, low, found, path, on_path = {}, {}, [], [], set()
    for root in sources:
        work = [(root, iter(sources[root]))] if root not in number else []
        while work:
            node, rest = work[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                path.append(node)
                on_path.add(node)
            for source in rest:
                if source not in number:
                    work.append((source, iter(sources[source])))
                    break
                if source in on_path:
                    low[node] = min(low[node], number[source])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == number[node]:
                    group = [path.pop()]
                    while group[-1] != node:
                        group.append(path.pop())
                    on_path.difference_update(group)
                    found.append(tuple(group))
    return tuple(found)


def _settle(net, base, influence, known=None, changed=None):
    """Outside cycles the values follow in one pass; a cycle is led to rest on its own.

    The rest point is that of Potyka's differential equation, reached with Euler's method. With
    strengths ``known`` for another credence in the node ``changed``, only what depends on that
    node is worked out again.
    """
    strength = dict(known or {})
    touched = {changed}
    for group in net.groups:
        node = group[0]
        if known is not None and not _touches(net, group, touched):
            continue
        touched.update(group)
        if len(group) == 1 and node not in net.attacks[node]:
            strength[node] = _target(net, base, influence, strength, node)
        else:
            _to_rest(net, base, influence, strength, group)
    return strength


def _touches(net, group, touched):
    return any(
        node in touched
        or not touched.isdisjoint(net.supports[node])
        or not touched.isdisjoint(net.attacks[node])
        for node in group
    )


def _to_rest(net, base, influence, strength, group):
    for pace in _PACES:
        for node in group:
            strength[node] = base.get(net.names.get(node), 0.5)
        for _ in range(_MOST_ROUNDS):
            goals = [(n, _target(net, base, influence, strength, n)) for n in group]
            if all(abs(goal - strength[n]) < _REST for n, goal in goals):
                return
            for node, goal in goals:
                strength[node] += pace * (goal - strength[node])
    raise NotSettled(say("argument.restless"))


def _target(net, base, influence, strength, node):
    attacks = [strength[a] for a in net.attacks[node]]
    supports = [strength[s] for s in net.supports[node]]
    if node in net.names:
        return influence(base.get(net.names[node], 0.5), supports, attacks)
    return influence(min(supports), (), attacks)  # a step: as strong as its weakest premise


def _bearing_on(net, target):
    seen, stack = {target}, [target]
    while stack:
        node = stack.pop()
        for source in (*net.supports[node], *net.attacks[node]):
            if source not in seen:
                seen.add(source)
                stack.append(source)
    return [key for key, i in net.statements if i in seen]
