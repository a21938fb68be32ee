"""What it would take to fell a conclusion: minimal cuts, counted exactly.

With no objection raised, "the conclusion falls" is a monotone function of the premises lost, as
"the system fails" is in a fault tree. Its minimal solutions are the minimal cuts. They are found
as in the exact treatment of fault trees by Rauzy (1993): build the function as a binary decision
diagram, reduce it to the diagram of its minimal solutions, and count or list those. Nothing is
enumerated that is not asked for, and nothing is left out.

References
----------
A. Rauzy, "New algorithms for fault trees analysis", Reliability Engineering and System Safety 40,
3 (1993), 203-211.
"""

from dataclasses import dataclass

from course.words import count, say

from .errors import TooLarge, UnknownStatement, WrongValue, texts

__all__ = ["LoadBearing", "count_cuts", "cuts", "load_bearing"]

_MOST_PREMISES = 250  # the recursion goes one level down for each premise
_NO, _YES = 0, 1
_PREMISES = ("implicit", "claim")


@dataclass(frozen=True)
class LoadBearing:
    """How much hangs on one premise, with nothing else lost and nothing raised.

    Attributes
    ----------
    id : str
        The premise.
    fells : tuple of str
        The statements that fall with it, in the order of the argument.
    lines : dict
        For each main conclusion that loses lines of support: how many, of how many.
    smallest_cut : dict
        For each main conclusion that it helps to fell: the size of the smallest minimal cut in
        which it occurs.
    share : float
        The part of the minimal cuts in which it occurs, from 0 to 1: of the conclusion asked for,
        or on average over the main conclusions.
    words : str
        The same in a sentence.
    """

    id: str
    fells: tuple[str, ...]
    lines: dict
    smallest_cut: dict
    share: float
    words: str


def cuts(graph, key, limit=20, among=None, strict=False):
    """Minimal sets of premises whose loss fells a statement, smallest first.

    Parameters
    ----------
    graph : Graph
    key : str
        The statement.
    limit : int or None
        How many sets at most, from 1 up; None for all.
    among : iterable of str, "implicit" or "claim", optional
        Only these statements can be lost. By default all premises: the statements on the
        article's side that nothing in it supports.
    strict : bool
        On the strict reading every line of support is needed.

    Returns
    -------
    tuple of tuple of str
        Each a set of ids in reading order: lose all of them and the statement falls; lose any
        part of them and it stands. Empty if nothing can fell it.

    Raises
    ------
    UnknownStatement
        With the nearest ids.
    WrongValue
        If the limit is no such number.
    TooLarge
        If more than 250 premises bear on the statement.
    """
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise WrongValue(say("argument.limit", limit=repr(limit)))
    diagram, root, names = _minimal(graph, key, among, strict)
    found = []
    for size in range(len(names) + 1):
        for chosen in diagram.of_size(root, size):
            found.append(tuple(names[i] for i in chosen))
            if limit is not None and len(found) >= limit:
                return tuple(found)
    return tuple(found)


def count_cuts(graph, key, among=None, strict=False):
    """How many minimal sets of premises fell a statement; parameters as for ``cuts``."""
    diagram, root, _ = _minimal(graph, key, among, strict)
    return diagram.count(root)


def load_bearing(graph, key=None, kinds=("implicit",)):
    """Premises on which most hangs, heaviest first.

    Ranked by the lines of support that the main conclusions lose, then by the number of
    statements that fall, then by the share of minimal cuts.

    Parameters
    ----------
    graph : Graph
    key : str, optional
        Only for this conclusion; by default for all main conclusions.
    kinds : iterable of str
        ``implicit`` (the unsaid premises), ``claim``, or both.

    Returns
    -------
    tuple of LoadBearing

    Raises
    ------
    WrongValue
        If there is no such kind of premise.
    """
    kinds = texts("kinds", kinds)
    wrong = [kind for kind in kinds or ("",) if kind not in _PREMISES]
    if wrong:
        choices = ", ".join(_PREMISES)
        raise WrongValue(say("argument.kinds", kind=repr(wrong[0]), choices=choices))
    targets = (graph[key].id,) if key else graph.main
    under = [s for s in graph.premises_of_all(targets) if graph[s].kind in kinds]
    candidates = [s for s in under if not graph.steps_to(s)]
    tallies = {target: _tally(graph, target) for target in targets}
    found = [_weigh(graph, s, tallies) for s in candidates]
    found.sort(key=lambda b: (-sum(lost for lost, _ in b.lines.values()), -len(b.fells), -b.share))
    return tuple(found)


# ------------------------------------------------------------------------------ helpers


def _weigh(graph, premise, tallies):
    labels = graph.label(rejected=[premise])
    fells = tuple(s for s in graph.order if labels.get(s) == "falls" and s != premise)
    lines, smallest, share = {}, {}, 0.0
    for target, (total, times, sizes) in tallies.items():
        steps = graph.steps_to(target)
        lost = sum(labels.steps[s.id] == "falls" for s in steps)
        if lost:
            lines[target] = (lost, len(steps))
        if premise in sizes:
            smallest[target] = sizes[premise]
            share += times[premise] / total / len(tallies)
    return LoadBearing(
        premise, fells, lines, smallest, share, _words(premise, fells, lines, smallest)
    )


def _words(premise, fells, lines, smallest):
    parts = [
        say("argument.load.line", id=target, lost=lost, total=total)
        for target, (lost, total) in lines.items()
    ]
    cost = ", ".join(parts) or say("argument.load.nothing")
    alone = [target for target, size in smallest.items() if size == 1]
    if alone:
        return say("argument.load.alone", id=premise, cost=cost, targets=", ".join(alone))
    if fells:
        return count("argument.load.more", len(fells), id=premise, cost=cost)
    return say("argument.load", id=premise, cost=cost)


def _tally(graph, target):
    """Number of minimal cuts; for each premise, in how many it occurs and the smallest of them."""
    diagram, root, names = _minimal(graph, target, None, False)
    total = diagram.count(root)
    times, sizes = {}, {}
    for i, name in enumerate(names):
        with_it = diagram.having(root, i)
        if with_it != _NO:
            times[name] = diagram.count(with_it)
            sizes[name] = diagram.smallest(with_it) + 1
    return total, times, sizes


def _minimal(graph, key, among, strict):
    order = graph.premises_of(key)
    losable = _losable(graph, order, among)
    names = [s for s in _depth_first(graph, key) if s in losable]
    if len(names) > _MOST_PREMISES:
        raise TooLarge(say("argument.large", number=len(names), id=key, most=_MOST_PREMISES))
    diagram = _Diagram()
    variable = {name: i for i, name in enumerate(names)}
    fails = {}
    for statement in order:
        lines = [diagram.any(fails[p] for p in step.premises) for step in graph.steps_to(statement)]
        combine = diagram.any if strict else diagram.all
        node = combine(lines) if lines else _NO
        if statement in variable:
            node = diagram.either(diagram.node(variable[statement], _NO, _YES), node)
        fails[statement] = node
    return diagram, diagram.minimal(fails[key]), names


def _losable(graph, order, among):
    if among is None:
        return {s for s in order if not graph.steps_to(s)}
    if isinstance(among, str):
        if among not in _PREMISES:
            raise WrongValue(say("argument.among", among=repr(among)))
        return {s for s in order if graph[s].kind == among and not graph.steps_to(s)}
    chosen = set(texts("among", among))
    for name in chosen:
        if name not in graph:
            raise UnknownStatement(name, graph)
    return chosen & set(order)


def _depth_first(graph, key):
    """Statements as a reader meets them going down from the conclusion: a good variable order."""
    seen, stack = [], [graph[key].id]
    known = set()
    while stack:
        statement = stack.pop()
        if statement in known:
            continue
        known.add(statement)
        seen.append(statement)
        for step in reversed(graph.steps_to(statement)):
            stack.extend(reversed(step.premises))
    return seen


class _Diagram:
    """Reduced diagrams over variables 0, 1, …: of functions, and of families of sets.

    A node is an integer; 0 and 1 are the ends. Read as a function, a node is "if the variable
    then high else low"; read as a family of sets, "the sets of low, and those of high with the
    variable added" (a zero-suppressed diagram).
    """

    def __init__(self):
        self._parts = [(None, None, None), (None, None, None)]
        self._ids = {}
        self._memo = {}

    def node(self, variable, low, high):
        """The node with these parts, made once."""
        parts = (variable, low, high)
        if parts not in self._ids:
            self._ids[parts] = len(self._parts)
            self._parts.append(parts)
        return self._ids[parts]

    def _function(self, variable, low, high):
        return low if low == high else self.node(variable, low, high)

    def _family(self, variable, low, high):
        return low if high == _NO else self.node(variable, low, high)

    def any(self, nodes):
        """The function that holds where any of these does."""
        result = _NO
        for node in nodes:
            result = self.either(result, node)
        return result

    def all(self, nodes):
        """The function that holds where all of these do."""
        result = _YES
        for node in nodes:
            result = self._join(result, node, end=_NO)
        return result

    def either(self, a, b):
        """The function that holds where one of the two does."""
        return self._join(a, b, end=_YES)

    def _join(self, a, b, end):
        """``a or b`` if ``end`` is 1, ``a and b`` if it is 0: the end that decides at once."""
        if a == end or b == end:
            return end
        if a == b or b == 1 - end:
            return a
        if a == 1 - end:
            return b
        key = (end, min(a, b), max(a, b))
        if key not in self._memo:
            top = min(self._parts[a][0], self._parts[b][0])
            a_low, a_high = self._below(a, top)
            b_low, b_high = self._below(b, top)
            self._memo[key] = self._function(
                top, self._join(a_low, b_low, end), self._join(a_high, b_high, end)
            )
        return self._memo[key]

    def _below(self, node, variable):
        if node > _YES and self._parts[node][0] == variable:
            return self._parts[node][1:]
        return node, node

    def minimal(self, function):
        """The family of the minimal solutions of a monotone function."""
        if function <= _YES:
            return function
        key = ("minimal", function)
        if key not in self._memo:
            variable, low, high = self._parts[function]
            kept = self._without(self.minimal(high), low)
            self._memo[key] = self._family(variable, self.minimal(low), kept)
        return self._memo[key]

    def _without(self, family, function):
        """The sets of a family for which a monotone function does not hold."""
        if family == _NO or function == _YES:
            return _NO
        if function == _NO:
            return family
        key = ("without", family, function)
        if key not in self._memo:
            self._memo[key] = self._strip(family, function)
        return self._memo[key]

    def _strip(self, family, function):
        variable, low, high = self._parts[function]
        if family == _YES or self._parts[family][0] > variable:
            return self._without(family, low)
        top, without_top, with_top = self._parts[family]
        if top == variable:
            return self._family(top, self._without(without_top, low), self._without(with_top, high))
        return self._family(
            top, self._without(without_top, function), self._without(with_top, function)
        )

    def count(self, family):
        """The number of sets."""
        if family <= _YES:
            return family
        key = ("count", family)
        if key not in self._memo:
            _, low, high = self._parts[family]
            self._memo[key] = self.count(low) + self.count(high)
        return self._memo[key]

    def sizes(self, family):
        """The sizes that occur in a family, as the bits of an integer."""
        if family <= _YES:
            return family
        key = ("sizes", family)
        if key not in self._memo:
            _, low, high = self._parts[family]
            self._memo[key] = self.sizes(low) | self.sizes(high) << 1
        return self._memo[key]

    def smallest(self, family):
        """The size of the smallest set of a family that is not empty."""
        bits = self.sizes(family)
        return (bits & -bits).bit_length() - 1

    def having(self, family, variable):
        """The sets that contain a variable, with it taken out."""
        if family <= _YES:
            return _NO
        key = ("having", family, variable)
        if key not in self._memo:
            top, low, high = self._parts[family]
            if top == variable:
                found = high
            elif top > variable:
                found = _NO
            else:
                found = self._family(top, self.having(low, variable), self.having(high, variable))
            self._memo[key] = found
        return self._memo[key]

    def of_size(self, family, size):
        """Each set of this size, as a tuple of variables in order."""
        if size < 0 or not self.sizes(family) >> size & 1:
            return
        if family == _YES:
            yield ()
            return
        variable, low, high = self._parts[family]
        for rest in self.of_size(high, size - 1):
            yield (variable, *rest)
        yield from self.of_size(low, size)
