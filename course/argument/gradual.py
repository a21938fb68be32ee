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
16th International Conference on Principles of Knowledge Representation and Reasoning (KR 2018).
A. Rago, F. Toni, M. Aurisicchio and P. Baroni, "Discontinuity-free decision support with
quantitative argumentation debates", Proceedings of KR 2016.
"""

from dataclasses import dataclass

from .errors import NotSettled, UnknownStatement, WrongValue
from .labelling import _plan, _raised

__all__ = ["Swing", "credences", "sensitivity"]

_PACE = 0.1  # step of the Euler method
_REST = 1e-10  # change below which the values are at rest
_MOST_ROUNDS = 5_000


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
        raise WrongValue(f"{key} has not been raised, so nothing moves it: raise it first.")
    found = []
    for other in _bearing_on(net, index[key]):
        ends = []
        for credence in (0.0, 1.0):
            ends.append(_settle(net, base | {other: credence}, influence)[index[key]])
        found.append(Swing(other, *ends, ends[1] - ends[0]))
    found.sort(key=lambda s: -abs(s.swing))
    return tuple(s for s in found if s.id != key)


# ------------------------------------------------------------------------------ helpers


@dataclass(frozen=True)
class _Network:
    statements: tuple  # (id, node) of what counts
    names: dict  # node -> id, statements only
    supports: dict  # node -> nodes that support it
    attacks: dict  # node -> nodes that attack it
    order: tuple  # nodes outside cycles, each after what it depends on
    cyclic: tuple  # nodes in or behind a cycle


def _base(graph, values):
    base = dict(values or {})
    for key, value in base.items():
        if key not in graph:
            raise UnknownStatement(key, graph)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise WrongValue(f"The credence of {key} is {value!r}: it must lie between 0 and 1.")
    return base


def _influence(method):
    methods = {"quadratic-energy": _quadratic_energy, "df-quad": _df_quad}
    if method not in methods:
        raise WrongValue(f"There is no method {method!r}: use {' or '.join(methods)}.")
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
    order, cyclic = _sorted(supports, attacks)
    return _Network(statements, {i: k for k, i in statements}, supports, attacks, order, cyclic)


def _sorted(supports, attacks):
    waiting = {n: len(supports[n]) + len(attacks[n]) for n in supports}
    feeds = {n: [] for n in supports}
    for node in supports:
        for source in (*supports[node], *attacks[node]):
            feeds[source].append(node)
    ready = [n for n, count in waiting.items() if not count]
    order = []
    while ready:
        node = ready.pop()
        order.append(node)
        for fed in feeds[node]:
            waiting[fed] -= 1
            if not waiting[fed]:
                ready.append(fed)
    return tuple(order), tuple(n for n, count in waiting.items() if count)


def _settle(net, base, influence):
    """Outside cycles the values follow in one pass; in cycles they are led to rest.

    The rest point is that of Potyka's differential equation, reached with Euler's method.
    """
    strength = {}
    for node in net.order:
        strength[node] = _target(net, base, influence, strength, node)
    if not net.cyclic:
        return strength
    for node in net.cyclic:
        strength[node] = base.get(net.names.get(node), 0.5)
    for _ in range(_MOST_ROUNDS):
        goals = {n: _target(net, base, influence, strength, n) for n in net.cyclic}
        change = max(abs(goals[n] - strength[n]) for n in net.cyclic)
        if change < _REST:
            return strength
        for node, goal in goals.items():
            strength[node] += _PACE * (goal - strength[node])
    raise NotSettled(
        f"After {_MOST_ROUNDS} rounds the credences still move: raise fewer objections that attack "
        "each other."
    )


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
