"""What a learner has chosen on the argument map, as a value, and what was added to the graph.

Nothing here decides what follows from a choice: `course.argument` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from course.argument import ArgumentError, Graph, Labelling, WrongValue
from course.words import say

__all__ = ["Stance", "addition", "restored", "without"]


@dataclass(frozen=True)
class Stance:
    """A learner's choices; every change gives a new stance.

    Attributes
    ----------
    rejected, accepted : frozenset of str
        Statements that the learner rejects, or takes as given.
    raised : frozenset of str
        Objections and replies that count.
    credences : mapping of str to float
        How sure the learner is of a statement, from 0 to 1.
    strict : bool
        Whether every line of support is needed.
    """

    rejected: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    credences: Mapping[str, float] = field(default_factory=dict)
    strict: bool = False

    def reject(self, *ids: str) -> Stance:
        """Reject statements: they fall."""
        return replace(self.leave(*ids), rejected=self.rejected.union(ids))

    def accept(self, *ids: str) -> Stance:
        """Take statements as given: they stand."""
        return replace(self.leave(*ids), accepted=self.accepted.union(ids))

    def weaken(self, key: str, credence: float) -> Stance:
        """Give a statement a credence from 0 to 1."""
        free = self.leave(key)
        return replace(free, credences={**free.credences, key: float(credence)})

    def leave(self, *ids: str) -> Stance:
        """Leave statements as the article has them."""
        kept = {k: v for k, v in self.credences.items() if k not in ids}
        return replace(
            self,
            rejected=self.rejected.difference(ids),
            accepted=self.accepted.difference(ids),
            credences=kept,
        )

    def lift(self, graph: Graph, key: str) -> Stance:
        """Raise an objection or a reply, and whatever it replies to."""
        found, statement = {key}, graph[key]
        if not statement.raised_only:
            raise WrongValue(say("argument.stance.raised", id=key))
        while statement.reply_to:
            statement = graph[statement.reply_to]
            found.add(statement.id)
        return replace(self, raised=self.raised | found)

    def withdraw(self, graph: Graph, key: str) -> Stance:
        """Withdraw an objection or a reply, and every reply to it."""
        return replace(self, raised=self.raised - _answers(graph, graph[key].id))

    def within(self, graph: Graph) -> Stance:
        """The same choices without those about statements that `graph` lacks."""
        return replace(
            self,
            rejected=frozenset(k for k in self.rejected if k in graph),
            accepted=frozenset(k for k in self.accepted if k in graph),
            raised=frozenset(k for k in self.raised if k in graph),
            credences={k: v for k, v in self.credences.items() if k in graph},
        )

    def choice(self, key: str) -> str:
        """``rejected``, ``accepted``, ``weighed`` or an empty text."""
        if key in self.rejected:
            return "rejected"
        if key in self.accepted:
            return "accepted"
        return "weighed" if key in self.credences else ""

    def labels(self, graph: Graph) -> Labelling:
        """What stands, falls or is undecided under these choices."""
        return graph.label(
            rejected=self.rejected,
            objections=self.raised,
            accepted=self.accepted,
            strict=self.strict,
        )

    def degrees(self, graph: Graph) -> dict[str, float]:
        """Strengths from 0 to 1; a rejected statement has the credence 0, an accepted one 1."""
        given = dict.fromkeys(self.rejected, 0.0) | dict.fromkeys(self.accepted, 1.0)
        return graph.credences(given | dict(self.credences), objections=self.raised)


def _answers(graph: Graph, key: str) -> set[str]:
    """`key` and every reply to it, to the end of the talk."""
    found, size = {key}, 0
    while size != len(found):
        size = len(found)
        found |= {s.id for s in graph.statements if s.reply_to in found}
    return found


# --- what the learner added, as entries of the record --------------------------------------------


def addition(graph: Graph) -> dict[str, Any]:
    """The statement added last to `graph` as one flat entry of the record."""
    statement = graph[graph.last_added]
    entry = {"form": statement.kind, "id": statement.id, "text": statement.text}
    if statement.kind == "reply":
        target = statement.reply_to
    else:
        target = graph.attacks_by(statement.id)[0].target
    entry |= {"against": target, "basis": statement.basis}
    return entry | ({"effect": statement.effect} if statement.effect else {})


def without(graph: Graph, key: str) -> Graph:
    """`graph` without one of the learner's own statements and the replies to it."""
    if graph[key].origin_kind != "learner":
        raise WrongValue(say("argument.stance.kept", id=key))
    gone = _answers(graph, key)
    return replace(
        graph,
        statements=tuple(s for s in graph.statements if s.id not in gone),
        attacks=tuple(a for a in graph.attacks if not {a.source, a.target} & gone),
    )


def restored(graph: Graph, entries: Iterable[Any]) -> tuple[Graph, int]:
    """`graph` with the entries of the record, and how many of them no longer fit.

    Entries made on two machines may carry the same id; the later one then gets a free id.
    """
    lost, renamed = 0, {}
    for entry in entries:
        try:
            graph = _with(graph, entry, renamed)
        except (ArgumentError, KeyError, TypeError, AttributeError):
            lost += 1
    return graph, lost


def _with(graph: Graph, entry: Mapping[str, Any], renamed: dict[str, str]) -> Graph:
    if entry["form"] == "removed":
        key = renamed.get(entry["id"], entry["id"])
        return without(graph, key) if key in graph else graph
    against = renamed.get(entry["against"], entry["against"])
    if entry["form"] == "reply":
        made = graph.add_rebuttal(entry["text"], against, entry["basis"], entry["effect"])
    else:
        made = graph.add_objection(entry["text"], against, entry["basis"])
    renamed[entry["id"]] = made.last_added
    return made
