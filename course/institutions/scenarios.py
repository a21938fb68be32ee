"""Crises put to the bodies: what was on record, what is assumed, and which ballots tip the result.

A scenario is a list of questions; a question is one proposal put to one body on one day. A recorded
vote is marked as recorded. Every other ballot is an assumption with its basis, a confidence and
plausible alternatives, and a State's position, its attendance and its vote are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from course import data
from course.words import say

from .accusation import Claim
from .ballots import ABSENT, BALLOTS, read_ballots
from .bodies import Body, body
from .errors import InstitutionError, OptionError, nearest
from .options import options_of
from .outcome import Outcome
from .treaty import Treaty, treaty

__all__ = [
    "Assumption",
    "Fact",
    "Question",
    "Scenario",
    "Tip",
    "scenario",
    "scenarios",
]

RECORDED = "recorded vote"


@dataclass(frozen=True)
class Fact:
    """A sentence on the case, with its sources."""

    text: str
    verification: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Assumption:
    """What one State is taken to do on one proposal.

    Attributes
    ----------
    member : str
        Code.
    position : str
        What it wants: "for", "against", "undeclared", "goes along".
    attendance : str
        "present" or "absent".
    vote : str or None
        Its ballot if present.
    basis : str
        "vote", "decision", "statement", "alignment" or "invented".
    why : str
        One sentence.
    confidence : str
        "high", "medium" or "low".
    alternatives : tuple of str
        Other ballots that are plausible.
    verification, source_ids :
        How far that rests on something read.
    """

    member: str
    position: str
    attendance: str
    vote: str | None
    basis: str
    why: str
    confidence: str
    alternatives: tuple[str, ...]
    verification: str
    source_ids: tuple[str, ...]

    @property
    def ballot(self) -> str:
        """The ballot that is counted."""
        return ABSENT if self.attendance == "absent" or self.vote is None else self.vote


@dataclass(frozen=True)
class Tip:
    """One ballot whose change alone would turn the result."""

    member: str
    ballot: str
    instead: str
    adopted: bool

    @property
    def text(self) -> str:
        """One sentence."""
        key = "institutions.tip.adopted" if self.adopted else "institutions.tip.not_adopted"
        return say(key, who=self.member, instead=self.instead, ballot=self.ballot)


@dataclass(frozen=True)
class Question:
    """One proposal, one body, one day.

    Attributes
    ----------
    id, title, proposal : str
        Its name and what is proposed.
    body_name, on : str
        Body with variant, and the day of its membership.
    rung : str
        Rung of the ladder that it stands on.
    status : str
        "recorded vote", "recorded trial vote", "recorded decision" (taken without a vote), "never
        put" or "what if".
    note : str
        What a reader should know; may be empty.
    members : tuple of str
        Who sits there.
    assumptions : tuple of Assumption
        One for each member.
    excluded : tuple of str
        Votes left out.
    claims : tuple of Claim
        Reports of attack, for the draft treaty's Extraordinary Conference.
    way : str
        How the attacker is found, unless another way is chosen.
    options : mapping
        Options that the question sets.
    """

    id: str
    title: str
    proposal: str
    body_name: str
    on: str
    rung: str
    status: str
    note: str
    members: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    excluded: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    way: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    document: str = ""

    @property
    def recorded(self) -> bool:
        """Whether every ballot is on record."""
        return self.status == RECORDED

    @property
    def ballots(self) -> dict[str, str]:
        """The ballot of every member."""
        return {a.member: a.ballot for a in self.assumptions}

    def body(self, **options: Any) -> Body:
        """Return the body that is asked, with the question's options or others."""
        chosen = {**self.options, **options}
        own = {o.name for o in options_of(self.body_name)}
        kept = {name: value for name, value in chosen.items() if name in own}
        return body(self.body_name, on=self.on, members=self.members, **kept)

    def treaty(self, **options: Any) -> Treaty:
        """Return the draft treaty's procedure with all claims reported, ready for what follows."""
        if not self.claims:
            raise InstitutionError(say("institutions.question.claims", id=self.id))
        state = treaty(parties=self.members, on=self.on, **{**self.options, **options})
        for claim in self.claims:
            state = state.report(
                claim.claimant, *claim.accused, kind=claim.kind, target=claim.target
            )
        return state

    def decide(
        self,
        changes: Mapping[str, str] | None = None,
        way: str | None = None,
        named: Iterable[str] = (),
        **options: Any,
    ) -> Outcome:
        """Return the outcome, with some ballots or choices changed if you like.

        Parameters
        ----------
        changes : mapping of State to ballot, optional
            Ballots that replace the recorded or assumed ones.
        way, named :
            For questions with claims: how the attacker is found, and whom the Depositary or the
            Security Council names.
        **options
            Options of the body or of the draft treaty.
        """
        changed, _ = read_ballots(changes or {}, None)
        ballots = {**self.ballots, **changed}
        if not self.claims:
            return self.body(**options).decide(ballots, excluded=self.excluded)
        details = {"named": named} if named else {}
        settled = self.treaty(**options).name_attacker(way or self.way, **details)
        return settled.decide(ballots).outcome

    def tipping(self) -> tuple[Tip, ...]:
        """Return the single ballots that would turn the result.

        Assumed ballots are changed to their plausible alternatives. Where the vote is on record,
        every other ballot of yes, no and abstain is tried: what it would have taken.
        """
        where, result = self._quick()
        tips = []
        for a in self.assumptions:
            tried = ("yes", "no", "abstain") if self.recorded else a.alternatives
            for ballot in tried:
                if ballot != a.ballot and result({a.member: ballot}) != where:
                    tips.append(Tip(a.member, a.ballot, ballot, not where))
        return tuple(tips)

    def span(self) -> tuple[bool, bool]:
        """Return the result with every ballot at its least and at its most favourable alternative.

        If both agree, no mixture of the plausible alternatives turns the result: more favourable
        ballots never hurt (a property of every rule here, tested).
        """
        _, result = self._quick()
        favour, worst, best = self._favour(), {}, {}
        for a in self.assumptions:
            choices = sorted({a.ballot, *a.alternatives}, key=favour(a.member))
            worst[a.member], best[a.member] = choices[0], choices[-1]
        return result(worst), result(best)

    def _favour(self):
        """Return a maker of keys that order a member's ballots from least to most favourable.

        A ballot that blocks is worst; of the others the one worth more towards the count is better.
        """
        excluded = self._left_out()
        clauses = self.body().clauses(excluded)

        def worth(member: str, ballot: str) -> tuple[bool, int, int]:
            blocks = member not in excluded and any(c.blocks(member, ballot) for c in clauses)
            points = sum(c.points(member, ballot) for c in clauses)
            return not blocks, points, -BALLOTS.index(ballot)

        return lambda member: partial(worth, member)

    def _left_out(self) -> tuple[str, ...]:
        if not self.claims:
            return self.excluded
        return self.treaty().name_attacker(self.way).finding.excluded

    def _quick(self):
        """Return the present result and a function for the result with some ballots changed."""
        where, excluded = self.body(), self._left_out()

        def result(changes: Mapping[str, str]) -> bool:
            return where.adopts(where.vote({**self.ballots, **changes}, None, excluded))

        return result({}), result


@dataclass(frozen=True)
class Scenario:
    """One crisis.

    Attributes
    ----------
    id, title, summary : str
        Its name and what happened.
    kind : str
        "historical" or "invented".
    start, end : str
        Days, as ISO text.
    paragraphs : tuple of int
        Paragraphs of the article that it bears on.
    facts : tuple of Fact
        What is on record.
    questions : tuple of Question
        Proposals put to bodies.
    names : mapping
        Names of invented States; empty for real ones.
    """

    id: str
    title: str
    kind: str
    start: str
    end: str
    paragraphs: tuple[int, ...]
    summary: str
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def question(self, id: str) -> Question:
        """Return one question.

        Raises
        ------
        OptionError
            If there is none of that id.
        """
        for found in self.questions:
            if found.id == id:
                return found
        known = [q.id for q in self.questions]
        near = nearest(id, known)
        raise OptionError(say("institutions.question", scenario=self.id, id=id, near=near))


def scenarios() -> tuple[str, ...]:
    """Return the ids of all scenarios, in their order."""
    return tuple(row["id"] for row in data.document("institutions/scenarios")["scenarios"])


def scenario(id: str) -> Scenario:
    """Return one scenario.

    Parameters
    ----------
    id : str
        "kosovo-1999", "kosovo-1999-june", "georgia-2008", "georgia-2009", "osce-trial-vote",
        "river" or "valley".

    Raises
    ------
    OptionError
        If there is none of that id.
    """
    if not isinstance(id, str):
        raise OptionError(say("institutions.scenario", id=id, near=nearest(id, scenarios())))
    return _scenario(data.root(), id)


@cache
def _scenario(_root, id: str) -> Scenario:
    rows = {row["id"]: row for row in data.document("institutions/scenarios")["scenarios"]}
    if id not in rows:
        raise OptionError(say("institutions.scenario", id=id, near=nearest(id, rows)))
    row = rows[id]
    return Scenario(
        id,
        row["title"],
        row["kind"],
        row["start"],
        row["end"],
        tuple(row["paragraphs"]),
        row["summary"],
        tuple(Fact(f["text"], f["verification"], tuple(f["source_ids"])) for f in row["facts"]),
        tuple(_question(row, q) for q in row["questions"]),
        row.get("names", {}),
    )


def _question(scenario: Mapping[str, Any], row: Mapping[str, Any]) -> Question:
    groups = scenario.get("groups", {})
    if row.get("members") == "own":
        members = tuple(sorted(scenario["names"]))
    else:
        members = tuple(sorted({*body(row["body"], on=row["on"]).members, *row.get("add", ())}))
    claims = tuple(
        Claim(c["claimant"], _expand(c["accused"], row["on"], groups), c["kind"], c["target"])
        for c in row.get("claims", ())
    )
    return Question(
        id=row["id"],
        title=row["title"],
        proposal=row["proposal"],
        body_name=row["body"],
        on=row["on"],
        rung=row["rung"],
        status=row["status"],
        note=row["note"],
        members=members,
        assumptions=_assumptions(row, members, groups),
        excluded=tuple(row.get("excluded", ())),
        claims=claims,
        way=row.get("way", ""),
        options=row.get("options", {}),
        document=row.get("document", ""),
    )


def _assumptions(row, members, groups) -> tuple[Assumption, ...]:
    """One assumption a member: named States first, then groups, then the default."""
    found: dict[str, Mapping[str, Any]] = {}
    entries = sorted(row["ballots"], key=lambda e: any(_is_group(w, groups) for w in e["who"]))
    for entry in entries:
        for state in _expand(entry["who"], row["on"], groups):
            if state in members:
                found.setdefault(state, entry)
    missing = [m for m in members if m not in found]
    if missing and row["default"] is None:
        raise InstitutionError(f"{row['id']} gives no ballot for {', '.join(missing)}.")
    return tuple(_assumption(m, found.get(m, row["default"])) for m in members)


def _assumption(member: str, entry: Mapping[str, Any]) -> Assumption:
    return Assumption(
        member,
        entry["position"],
        entry["attendance"],
        entry["vote"],
        entry["basis"],
        entry["why"],
        entry["confidence"],
        tuple(entry["alternatives"]),
        entry["verification"],
        tuple(entry["source_ids"]),
    )


def _is_group(name: str, groups: Mapping[str, Any]) -> bool:
    return name in groups or name in ("NATO", "EU", "CSTO", "CIS")


def _expand(who: str | Iterable[str], on: str, groups: Mapping[str, Any]) -> tuple[str, ...]:
    """Replace the names of alliances by their members on that day."""
    listed = [who] if isinstance(who, str) else list(who)
    states: list[str] = []
    for name in listed:
        if name in groups:
            states += groups[name]
        elif _is_group(name, groups):
            states += data.members(name, on)
        else:
            states.append(name)
    return tuple(dict.fromkeys(states))
