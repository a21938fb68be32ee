"""The argument as a graph: statements, the steps from reasons to conclusions, and attacks.

A *step* is one inference: all its premises are needed, as in a rule of ASPIC+ (Modgil and
Prakken 2014). A statement may have several steps; they are independent lines of support. An
objection *attacks* a statement, or *undercuts* a step (it grants the premises and denies that they
give reason for the conclusion). A graph is a value: nothing changes it, every change gives a new
one.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType

from course.words import say

from .errors import BadGraph, SupportCycle, UnknownStatement, WrongValue, texts

__all__ = ["Attack", "Graph", "Statement", "Step", "load"]

CLAIMS_OF_FACT = frozenset({"factual", "causal", "definitional", "legal"})
"""Types of statement that a preference or a value judgement cannot defeat by itself."""

OBJECTION_KINDS = ("fact", "law", "inference", "value")
"""What an objection rests on: a fact, a rule of law, the reasoning itself, or a value judgement."""

REPLY_EFFECTS = ("answers", "contests", "qualifies")
"""What a reply does to its objection: defeats it, stands against it with neither winning, or only
limits what follows from it."""

ORIGIN_KINDS = ("critic", "defender", "text-check", "article", "learner")
"""Who makes an objection or a reply."""

VERIFICATIONS = (
    "seen",
    "seen_two_sources",
    "sources_differ",
    "inferred",
    "derived",
    "unverified",
)

_KINDS = ("claim", "implicit", "objection", "reply")


@dataclass(frozen=True)
class Statement:
    """One sentence that can stand or fall.

    Attributes
    ----------
    id : str
        ``C…`` a claim of the article, ``I…`` a premise that the article leaves unsaid, ``O…`` an
        objection, ``R…`` a reply to the objection of the same number, ``L…`` the learner's own.
    kind : str
        ``claim``, ``implicit``, ``objection`` or ``reply``.
    type : str
        What would decide it: factual, causal, definitional, legal, evaluative, normative,
        predictive or rhetorical.
    basis : str or None
        Of objections and replies: ``fact``, ``law``, ``inference`` or ``value``.
    effect : str or None
        Of replies: ``answers``, ``contests`` or ``qualifies``.
    reply_to : str or None
        Of replies: the objection.
    origin, origin_kind : str or None
        Who made it, and whether that is a ``critic``, a ``defender``, a ``text-check`` (a
        comparison with the record, made for this course), the ``article`` itself or the
        ``learner``.
    verification : str or None
        How far the origin was checked; an ``unverified`` objection is shown but defeats nothing.
    hindsight : bool
        True if it rests on events after the article was written.
    """

    id: str
    kind: str
    text: str
    type: str
    role: str = "premise"
    paragraph: int | None = None
    near: str | None = None
    theme: str | None = None
    basis: str | None = None
    effect: str | None = None
    reply_to: str | None = None
    origin: str | None = None
    origin_kind: str | None = None
    source_ids: tuple[str, ...] = ()
    verification: str | None = None
    hindsight: bool = False
    note: str | None = None

    @property
    def locator(self):
        """Where to look, as "[10]" or "near [10]-[12]"; empty for objections and replies."""
        if self.paragraph is not None:
            return f"[{self.paragraph}]"
        return say("argument.near", where=self.near) if self.near else ""

    @property
    def raised_only(self):
        """True for objections and replies: they count only once somebody raises them."""
        return self.kind in ("objection", "reply")


@dataclass(frozen=True)
class Step:
    """One inference: all ``premises`` together give reason for ``conclusion``; ``note`` says why."""

    id: str
    premises: tuple[str, ...]
    conclusion: str
    note: str = ""


@dataclass(frozen=True)
class Attack:
    """``source`` denies the statement ``target``, or undercuts the step ``target``.

    ``no_effect`` is None for an attack that counts; else the rule by which it does not:
    ``"value"`` (a value judgement against a claim of fact), ``"unverified"`` or ``"qualifies"``.
    """

    source: str
    target: str
    undercut: bool = False
    note: str = ""
    no_effect: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Graph:
    """An argument: statements, steps and attacks, checked when built.

    Parameters
    ----------
    statements, steps, attacks : iterables
        In the order in which they are to be read.
    main : iterable of str
        The main conclusions.
    title : str
        What the argument is a reconstruction of.

    Raises
    ------
    BadGraph
        If an id occurs twice, an edge leads nowhere or a field has a value outside its list.
    SupportCycle
        If statements support themselves; attacks may form cycles.
    """

    statements: tuple[Statement, ...]
    steps: tuple[Step, ...] = ()
    attacks: tuple[Attack, ...] = ()
    main: tuple[str, ...] = ()
    title: str = ""

    def __post_init__(self):
        for name in ("statements", "steps", "attacks", "main"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        _check(self)
        counted = tuple(replace(a, no_effect=self._no_effect(a)) for a in self.attacks)
        object.__setattr__(self, "attacks", counted)
        object.__setattr__(self, "order", _support_order(self))

    # ------------------------------------------------------------------ reading

    def __contains__(self, key):
        return key in self._by_id

    def __getitem__(self, key):
        """The statement with this id.

        Raises
        ------
        UnknownStatement
            With the nearest ids.
        """
        try:
            return self._by_id[key]
        except (KeyError, TypeError):
            raise UnknownStatement(key, self._by_id) from None

    def __iter__(self):
        return iter(self._by_id)

    def __len__(self):
        return len(self.statements)

    @cached_property
    def _by_id(self):
        return MappingProxyType({s.id: s for s in self.statements})

    @cached_property
    def _step_by_id(self):
        return MappingProxyType({s.id: s for s in self.steps})

    @cached_property
    def _steps_to(self):
        return _grouped(self.steps, lambda step: step.conclusion)

    @cached_property
    def _attacks_on(self):
        return _grouped(self.attacks, lambda attack: attack.target)

    @cached_property
    def _attacks_by(self):
        return _grouped(self.attacks, lambda attack: attack.source)

    def step(self, key):
        """The step with this id (``UnknownStatement`` if there is none)."""
        try:
            return self._step_by_id[key]
        except (KeyError, TypeError):
            raise UnknownStatement(key, self._step_by_id) from None

    def steps_to(self, key):
        """The steps that end in this statement: its lines of support, in reading order."""
        return self._steps_to.get(self[key].id, ())

    def attacks_on(self, key):
        """Attacks on this statement or step, counted or not, in reading order."""
        if not isinstance(key, str) or key not in self._step_by_id:
            key = self[key].id
        return self._attacks_on.get(key, ())

    def attacks_by(self, key):
        """Attacks that this statement makes, counted or not, in reading order."""
        return self._attacks_by.get(self[key].id, ())

    def of_kind(self, *kinds):
        """Statements of the kinds named, in reading order."""
        return tuple(s for s in self.statements if s.kind in kinds)

    @property
    def article(self):
        """The article's side: its claims and the premises that it leaves unsaid."""
        return self.of_kind("claim", "implicit")

    @property
    def objections(self):
        """Every objection held ready, in reading order."""
        return self.of_kind("objection")

    def replies_to(self, objection):
        """The replies held ready for an objection."""
        key = self[objection].id
        return tuple(s for s in self.statements if s.reply_to == key)

    def premises_of(self, key):
        """Everything on the article's side that this statement rests on, itself included."""
        seen, queue = {self[key].id}, deque([key])
        while queue:
            for step in self._steps_to.get(queue.popleft(), ()):
                for premise in step.premises:
                    if premise not in seen:
                        seen.add(premise)
                        queue.append(premise)
        return tuple(s for s in self.order if s in seen)

    def premises_of_all(self, keys):
        """Everything that any of these statements rests on, each after what it rests on."""
        found = set().union(*(self.premises_of(key) for key in texts("keys", keys)))
        return tuple(s for s in self.order if s in found)

    # ------------------------------------------------------------- questions put to it

    def label(self, rejected=(), objections=(), accepted=(), strict=False, replies=()):
        """Which statements stand, fall or stay undecided (see ``labelling.label``)."""
        from .labelling import label

        return label(self, rejected, objections, accepted, strict, replies)

    def routes(self, key, **state):
        """The lines of support of a statement: which are left and which are lost, and why.

        ``state`` is what ``label`` takes. See ``labelling.routes``.
        """
        from .labelling import routes

        return routes(self, key, **state)

    def explain(self, before, after):
        """The reason in words for each label that differs (see ``labelling.explain``)."""
        from .labelling import explain

        return explain(self, before, after)

    def cuts(self, key, limit=20, among=None, strict=False):
        """Minimal sets of premises whose loss fells a statement (see ``cuts.cuts``)."""
        from .cuts import cuts

        return cuts(self, key, limit, among, strict)

    def count_cuts(self, key, among=None, strict=False):
        """How many such sets there are, exactly (see ``cuts.count_cuts``)."""
        from .cuts import count_cuts

        return count_cuts(self, key, among, strict)

    def load_bearing(self, key=None, kinds=("implicit",)):
        """The unsaid premises on which most hangs, heaviest first (see ``cuts.load_bearing``)."""
        from .cuts import load_bearing

        return load_bearing(self, key, kinds)

    def credences(self, values=None, objections=(), replies=(), method="quadratic-energy"):
        """Degrees of strength from 0 to 1 (see ``gradual.credences``)."""
        from .gradual import credences

        return credences(self, values, objections, replies, method)

    def sensitivity(self, key, values=None, objections=(), replies=(), method="quadratic-energy"):
        """Which credences move a statement most (see ``gradual.sensitivity``)."""
        from .gradual import sensitivity

        return sensitivity(self, key, values, objections, replies, method)

    # ---------------------------------------------------------------------- changing

    def add_objection(self, text, target, kind="fact", origin="", source_ids=()):
        """A new graph with one objection more; it counts once raised, under its id ``L01``, ….

        Parameters
        ----------
        text : str
            The objection in one sentence.
        target : str
            The statement that it denies, or the step that it undercuts.
        kind : str
            What it rests on: ``fact``, ``law``, ``inference`` or ``value``. A value judgement
            does not defeat a claim of fact by itself.
        origin, source_ids
            Who makes it, by default the learner, and on what sources.

        Returns
        -------
        Graph
            ``graph.last_added`` is the id of the new statement.
        """
        if not isinstance(target, str):
            raise UnknownStatement(target, self)
        new = Statement(
            id=self._next_id(),
            kind="objection",
            text=_sentence(text),
            type="normative" if kind == "value" else "factual",
            role="objection",
            basis=kind,
            origin=origin or say("argument.learner"),
            origin_kind="learner",
            source_ids=texts("source_ids", source_ids),
        )
        return self._with(new, [Attack(new.id, target, undercut=target in self._step_by_id)])

    def add_rebuttal(self, text, objection, kind="fact", effect="answers", origin=""):
        """A new graph with a reply to an objection (or to a reply: talk can go on).

        Parameters
        ----------
        text : str
            The reply in one sentence.
        objection : str
            The objection or reply that it answers.
        kind : str
            What it rests on, as in ``add_objection``.
        effect : str
            ``answers`` (defeats it), ``contests`` (each stands against the other) or
            ``qualifies`` (limits what follows from it, and defeats nothing).
        """
        target = self[objection]
        if not target.raised_only:
            raise WrongValue(say("argument.rebut", id=target.id))
        new = Statement(
            id=self._next_id(),
            kind="reply",
            text=_sentence(text),
            type="normative" if kind == "value" else "factual",
            role="reply",
            basis=kind,
            effect=effect,
            reply_to=target.id,
            origin=origin or say("argument.learner"),
            origin_kind="learner",
        )
        attacks = [Attack(new.id, target.id)]
        if effect == "contests":
            attacks.append(Attack(target.id, new.id))
        return self._with(new, attacks)

    def remove_attack(self, source, target):
        """A new graph without the attack of ``source`` on ``target``."""
        kept = tuple(a for a in self.attacks if (a.source, a.target) != (source, target))
        if len(kept) == len(self.attacks):
            raise BadGraph(say("argument.no_attack", source=source, target=target))
        return replace(self, attacks=kept)

    @property
    def last_added(self):
        """The id of the statement added last by ``add_objection`` or ``add_rebuttal``."""
        own = [s.id for s in self.statements if s.origin_kind == "learner"]
        return own[-1] if own else None

    def additions(self):
        """The learner's own statements as a document, to be kept in the record."""
        own = {s.id for s in self.statements if s.origin_kind == "learner"}
        return {
            "statements": [_plain(s) for s in self.statements if s.id in own],
            "attacks": [
                {"from": a.source, "to": a.target}
                for a in self.attacks
                if a.source in own or a.target in own
            ],
        }

    def with_additions(self, document):
        """A new graph with what ``additions`` gave; ids already here are left as they are.

        Raises
        ------
        BadGraph
            If the document is not of that shape.
        """
        given = [_statement(s) for s in _entries(document, "statements")]
        new = [s for s in given if s.id not in self]
        known = {(a.source, a.target) for a in self.attacks}
        edges = [_ends(a, "to") for a in _entries(document, "attacks")]
        attacks = [
            Attack(a["from"], a["to"], undercut=a["to"] in self._step_by_id)
            for a in edges
            if (a["from"], a["to"]) not in known
        ]
        return replace(
            self,
            statements=self.statements + tuple(new),
            attacks=self.attacks + tuple(attacks),
        )

    def _with(self, statement, attacks):
        return replace(
            self,
            statements=(*self.statements, statement),
            attacks=(*self.attacks, *attacks),
        )

    def _next_id(self):
        number = 1
        while f"L{number:02}" in self:
            number += 1
        return f"L{number:02}"

    def _no_effect(self, attack):
        source = self._by_id[attack.source]
        if source.verification == "unverified":
            return "unverified"
        if source.effect == "qualifies" and source.reply_to == attack.target:
            return "qualifies"
        target = self._step_by_id[attack.target].conclusion if attack.undercut else attack.target
        struck = self._by_id[target]
        if source.basis == "value" and not struck.raised_only and struck.type in CLAIMS_OF_FACT:
            return "value"
        return None


def load(document=None):
    """The graph of the article's argument, or of a document of the same shape.

    Parameters
    ----------
    document : dict, optional
        With ``nodes``, ``steps``, ``edges`` and ``main_conclusions``; by default
        ``data/argument.json``. A claim that gives no text of its own takes text, type and
        paragraph from the table of claims, so that the record says each thing once.

    Returns
    -------
    Graph

    Raises
    ------
    BadGraph, SupportCycle
        If the document is not a well-formed graph.
    """
    if document is None:
        from course import data

        document = data.document("argument")
    notes = {s.get("id"): s.get("note", "") for s in _entries(document, "steps")}
    nodes, edges = _entries(document, "nodes", needed=True), _entries(document, "edges")
    premises, conclusions = {}, {}
    for edge in edges:
        if edge.get("relation") != "supports":
            continue
        _ends(edge, "to")
        step = edge.get("step") or f"{edge['from']}-{edge['to']}"
        if conclusions.setdefault(step, edge["to"]) != edge["to"]:
            ends = {"one": conclusions[step], "other": edge["to"]}
            raise BadGraph(say("argument.graph.ends", step=step, **ends))
        premises.setdefault(step, []).append(edge["from"])
    return Graph(
        statements=tuple(_statement(node) for node in _told(nodes)),
        steps=tuple(
            Step(key, tuple(members), conclusions[key], notes.get(key, ""))
            for key, members in premises.items()
        ),
        attacks=tuple(_attack(edge) for edge in edges if edge.get("relation") != "supports"),
        main=texts("main_conclusions", document.get("main_conclusions", ())),
        title=document.get("title", ""),
    )


# ------------------------------------------------------------------------------ helpers


def _entries(document, name, needed=False):
    """The list that a document holds under a name, each entry a mapping; or ``BadGraph``."""
    held = document.get(name, None if needed else ()) if isinstance(document, Mapping) else None
    listed = held if isinstance(held, list | tuple) else (None,)
    if not all(isinstance(entry, Mapping) for entry in listed):
        raise BadGraph(say("argument.graph.document", name=repr(name)))
    return listed


def _ends(edge, *needed):
    """The edge, if it says where it leads from and to; or ``BadGraph``."""
    lacking = [name for name in ("from", *needed) if not isinstance(edge.get(name), str)]
    if lacking:
        told = ", ".join(f"{name}: {value}" for name, value in edge.items())
        raise BadGraph(say("argument.graph.ends.lacking", edge=told, missing=", ".join(lacking)))
    return edge


def _told(nodes):
    """The nodes with what the table of claims says about them."""
    bare = [n for n in nodes if n.get("kind") == "claim" and not {"text", "type"} <= set(n)]
    if not bare:
        return nodes
    from course import data

    names = ("text", "type", "paragraph", "theme")
    claims = {r["id"]: {name: r[name] for name in names} for r in data.rows("claims")}
    return [claims.get(str(n.get("id")), {}) | n if n.get("kind") == "claim" else n for n in nodes]


def _statement(node):
    names = {f.name for f in fields(Statement)}
    known = {key: value for key, value in node.items() if key in names}
    needed = ("id", "kind", "text", "type")
    if missing := ", ".join(n for n in needed if not isinstance(node.get(n), str)):
        raise BadGraph(say("argument.graph.lacks", id=node.get("id", "?"), missing=missing))
    if "source_ids" in known:
        known["source_ids"] = texts("source_ids", known["source_ids"])
    return Statement(**known)


def _attack(edge):
    relation = edge.get("relation")
    if relation not in ("attacks", "undercuts"):
        ends = {"source": edge.get("from"), "target": edge.get("to")}
        raise BadGraph(say("argument.graph.relation", relation=repr(relation), **ends))
    undercut = relation == "undercuts"
    _ends(edge, *(() if undercut else ("to",)))
    target = edge.get("step") if undercut else edge["to"]
    if target is None:
        raise BadGraph(say("argument.graph.step", source=edge["from"], target=edge.get("to")))
    return Attack(edge["from"], target, undercut, edge.get("note", ""))


def _plain(statement):
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(statement).items()
        if value not in (None, "", (), False)
    }


def _sentence(text):
    text = " ".join(str(text).split())
    if not text:
        raise WrongValue(say("argument.empty"))
    return text


def _grouped(items, key):
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return MappingProxyType({k: tuple(v) for k, v in groups.items()})


def _check(graph):
    statements = _unique([s.id for s in graph.statements], "statements")
    steps = _unique([s.id for s in graph.steps], "steps")
    if both := statements & steps:
        raise BadGraph(say("argument.graph.both", id=min(both)))
    for statement in graph.statements:
        _check_statement(statement, statements)
    for step in graph.steps:
        for end in (*step.premises, step.conclusion):
            if end not in statements:
                raise BadGraph(say("argument.graph.end", step=step.id, id=end))
        if not step.premises:
            raise BadGraph(say("argument.graph.bare", step=step.id))
    for attack in graph.attacks:
        if attack.source not in statements:
            raise BadGraph(
                say("argument.graph.attacker", source=attack.source, target=attack.target)
            )
        if attack.target not in (steps if attack.undercut else statements):
            raise UnknownStatement(attack.target, sorted(statements | steps))
    for key in graph.main:
        if key not in statements:
            raise BadGraph(say("argument.graph.main", id=key))


def _check_statement(statement, known):
    allowed = {
        "kind": _KINDS,
        "basis": OBJECTION_KINDS if statement.raised_only else (None,),
        "effect": REPLY_EFFECTS if statement.kind == "reply" else (None,),
        "origin_kind": (*ORIGIN_KINDS, None),
        "verification": (*VERIFICATIONS, None),
    }
    for name, values in allowed.items():
        value = getattr(statement, name)
        if value not in values:
            choices = ", ".join(str(v) for v in values if v is not None)
            bad = {"id": statement.id, "name": name, "value": repr(value)}
            raise WrongValue(
                say("argument.value", choices=choices, **bad)
                if choices
                else say("argument.value.none", **bad)
            )
    if statement.kind == "reply" and statement.reply_to not in known:
        raise BadGraph(say("argument.graph.reply", id=statement.id, other=statement.reply_to))


def _unique(ids, what):
    seen = set()
    for key in ids:
        if key in seen:
            raise BadGraph(say(f"argument.graph.two.{what}", id=key))
        seen.add(key)
    return seen


def _support_order(graph):
    """Every statement after all that it rests on (Kahn's algorithm), or ``SupportCycle``."""
    waiting = {s.id: 0 for s in graph.statements}
    supports = {}
    for step in graph.steps:
        for premise in step.premises:
            supports.setdefault(premise, []).append(step.conclusion)
            waiting[step.conclusion] += 1
    ready = deque(key for key, count in waiting.items() if not count)
    order = []
    while ready:
        key = ready.popleft()
        order.append(key)
        for conclusion in supports.get(key, ()):
            waiting[conclusion] -= 1
            if not waiting[conclusion]:
                ready.append(conclusion)
    if len(order) < len(waiting):
        circle = " → ".join(_cycle(graph, waiting))
        raise SupportCycle(say("argument.graph.circle", circle=circle))
    return tuple(order)


def _cycle(graph, waiting):
    back = {}
    for step in graph.steps:
        if waiting[step.conclusion]:
            for premise in step.premises:
                if waiting[premise]:
                    back[step.conclusion] = premise
    key = next(k for k in back if waiting[k])
    path = []
    while key not in path:
        path.append(key)
        key = back[key]
    path = [*path[path.index(key) :], key]
    return path[::-1]
