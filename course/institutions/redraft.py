"""Draft your own Article 8, and try it on both wars and on two invented crises at once.

A clause is a quorum, a rule of decision, a way to name the attacker and a word on its vote. A trial
puts the rungs of the ladder to the Parties one after the other, from "meet" upwards. To act in the
three crises is one thing; the fourth trial asks the other: can the clause be turned against a State
that did nothing? How far each State goes along is assumed, in data/institutions/redraft.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from course import data
from course.words import say

from .accusation import Claim, Finding, find_attacker
from .ballots import ABSENT, ABSTAIN, NO, PRESENT, YES, Vote
from .clauses import AtLeast, Checked, Clause
from .errors import OptionError, nearest
from .ladder import NOTHING, rungs
from .outcome import Shortfall, Step, names
from .scenarios import scenario

__all__ = ["Article8", "Choice", "Result", "Trial", "choices", "jury", "trials"]

OWN = "Your Article 8"
MEET = "meet"


@dataclass(frozen=True)
class Choice:
    """One thing that a drafter must settle: its question, answers in words, default and reason."""

    name: str
    question: str
    choices: Mapping[str, str]
    default: str
    reason: str


def choices() -> tuple[Choice, ...]:
    """Return what a drafter must settle, in order."""
    return tuple(Choice(**row) for row in data.document("institutions/redraft")["options"])


@dataclass(frozen=True)
class Stand:
    """How far one Party goes along: the highest rung it accepts, its ballot above it, and why."""

    accepts: str
    above: str
    why: str

    def ballot(self, rung: str, against: str = "as assumed") -> str:
        """Its ballot on a rung; `against` replaces what those do who refuse."""
        order = (NOTHING, *rungs())
        if order.index(rung) <= order.index(self.accepts):
            return YES
        if self.above == ABSTAIN or against == "as assumed":
            return self.above
        return NO if against == "vote no" else ABSENT


@dataclass(frozen=True)
class Trial:
    """One crisis on which a clause is tried.

    Attributes
    ----------
    id, title : str
        Its name.
    kind : str
        "historical", "invented", or "innocent" where the accused did nothing.
    scenario : str
        The scenario that it is taken from.
    parties : tuple of str
        All Parties.
    claims : tuple of Claim
        Who says that whom attacked.
    stands : mapping of Party to Stand
        How far each goes along; assumptions.
    jury : mapping of accused to mapping of Party to ballot
        How the others would vote on who attacked; assumptions.
    council_names : tuple of str
        Whom the Security Council is taken to name.
    council_why : str
        Why.
    """

    id: str
    title: str
    kind: str
    scenario: str
    parties: tuple[str, ...]
    claims: tuple[Claim, ...]
    stands: Mapping[str, Stand]
    jury: Mapping[str, Mapping[str, str]]
    council_names: tuple[str, ...]
    council_why: str

    def find(self, way: str) -> Finding:
        """Settle who is the attacker, with the simulator's defaults for all that is left open."""
        named: tuple[str, ...] = ()
        if way == "depositary":
            named = self.claims[0].accused
        elif way == "security-council":
            named = self.council_names
        ballots = self.jury if way == "vote" else None
        return find_attacker(self.claims, way, self.parties, named, ballots, ABSTAIN)


def trials() -> tuple[Trial, ...]:
    """Return the four trials: two wars, an invented one, and one where the accused did nothing."""
    return _trials(data.root())


def jury(scenario_id: str) -> Mapping[str, Mapping[str, str]]:
    """Return how the others are taken to vote on who attacked, by accused; empty if not assumed."""
    found = [t.jury for t in trials() if t.scenario == scenario_id and t.kind != "innocent"]
    return found[0] if found else {}


@cache
def _trials(_root) -> tuple[Trial, ...]:
    return tuple(_trial(row) for row in data.document("institutions/redraft")["trials"])


def _trial(row: Mapping[str, Any]) -> Trial:
    crisis = scenario(row["scenario"])
    question = crisis.question(row["question"])
    claims = tuple(Claim(**c) for c in row.get("claims", ())) or question.claims
    claims = tuple(Claim(c.claimant, tuple(c.accused), c.kind, c.target) for c in claims)
    parties = question.members
    stands: dict[str, Stand] = {}
    for entry in row["stands"]:
        stand = Stand(entry["accepts"], entry["above"], entry["why"])
        for party in _expand(entry["who"], question.on, parties):
            stands.setdefault(party, stand)
    sides = {party for c in claims for party in (c.claimant, *c.accused)}
    jury: dict[str, dict[str, str]] = {}
    for entry in row["jury"]:
        votes = {
            party: ballot
            for ballot in (NO, YES)
            for party in _expand(entry[ballot], question.on, parties)
            if party not in sides
        }
        for accused in _expand(entry["accused"], question.on, parties):
            jury[accused] = votes
    named = tuple(row["council_names"])
    return Trial(
        row["id"], row["title"], row["kind"], row["scenario"], parties, claims, stands, jury, named,
        row["council_why"],
    )  # fmt: skip


def _expand(who, on: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Names of alliances as their members that are Parties; "*" as all Parties."""
    found: list[str] = []
    for name in who:
        if name == "*":
            found += parties
        elif name in ("NATO", "EU", "CSTO"):
            found += data.members(name, on)
        else:
            found.append(name)
    return tuple(m for m in dict.fromkeys(found) if m in parties)


# The clause


class _Own(Clause):
    """Steps of a clause of one's own cite that clause, and no source."""

    def _step(self, text: str, passed: bool) -> Step:
        return Step(text, passed, self.rule, OWN, verification="derived")


@dataclass(frozen=True)
class _Quorum(_Own, AtLeast):
    pass


@dataclass(frozen=True)
class _FewAgainst(_Own):
    """At most so many votes against; with none allowed, each no blocks by itself."""

    rule: str
    against: frozenset[str]
    most: int = 0

    def blocks(self, member: str, ballot: str) -> bool:
        return not self.most and ballot in self.against

    def check(self, vote: Vote) -> Checked:
        found = vote.who(*self.against)
        if len(found) <= self.most:
            key = "institutions.own.few" if self.most else "institutions.own.few.none"
            text = say(key, number=len(found), most=self.most)
            return Checked(self._step(text, True))
        key = "institutions.own.many" if self.most else "institutions.own.many.none"
        text = say(key, who=names(found), most=self.most)
        return Checked(self._step(text, False), blockers=found)


@dataclass(frozen=True)
class _Share(_Own):
    """A share of those voting yes or no; None for more yes than no."""

    rule: str
    share: Fraction | None
    against: frozenset[str]

    def check(self, vote: Vote) -> Checked:
        yes, no = len(vote.who(YES)), len(vote.who(*self.against))
        if self.share is None:
            need = (yes + no) // 2 + 1
        else:
            need = max(1, -(-(yes + no) * self.share.numerator // self.share.denominator))
        text = say("institutions.own.share", yes=yes, no=no, need=need)
        if yes >= need:
            return Checked(self._step(text, True))
        short = Shortfall(need - yes, "votes")
        return Checked(self._step(text, False), missing=(short,))


@dataclass(frozen=True)
class Result:
    """A clause tried on one crisis.

    Attributes
    ----------
    trial : Trial
        The crisis.
    finding : Finding
        Who was named as attacker, and how.
    excluded : tuple of str
        Votes left out.
    reached : tuple of str
        Rungs reached, from the lowest.
    steps : mapping of rung to tuple of Step
        What was found on each rung.
    stopped : str
        One sentence on the first rung that was not reached; empty if all were.
    """

    trial: Trial
    finding: Finding
    excluded: tuple[str, ...]
    reached: tuple[str, ...]
    steps: Mapping[str, tuple[Step, ...]]
    stopped: str

    @property
    def highest(self) -> str | None:
        """The highest rung reached."""
        return self.reached[-1] if self.reached else None


@dataclass(frozen=True)
class Article8:
    """A clause of one's own; left as it is, it is the draft of 2009 as we can read or recall it.

    Attributes
    ----------
    quorum, rule, abstention, way, vote, in_quorum, against : str
        One of the answers listed by `choices()`.

    Raises
    ------
    OptionError
        If an answer can't be chosen.
    """

    quorum: str = "4/5"
    rule: str = "unanimity"
    abstention: str = "harmless"
    way: str = "victim"
    vote: str = "left out"
    in_quorum: str = "counted"
    against: str = "as assumed"

    def __post_init__(self) -> None:
        for choice in choices():
            value = getattr(self, choice.name)
            if not isinstance(value, str) or value not in choice.choices:
                near = nearest(value, choice.choices)
                raise OptionError(
                    say("institutions.choice", name=choice.name, value=value, near=near)
                )

    def clauses(self, parties: tuple[str, ...], excluded: frozenset[str]) -> tuple[Clause, ...]:
        """Return the quorum and the rule of decision for these Parties."""
        against = frozenset({NO, *((ABSTAIN,) if self.abstention == "blocks" else ())})
        if self.rule == "unanimity":
            rule: Clause = _FewAgainst("own-8-rule", against)
        elif self.rule == "all but one":
            rule = _FewAgainst("own-8-rule", against, 1)
        else:
            share = None if self.rule == "majority" else Fraction(self.rule)
            rule = _Share("own-8-rule", share, against)
        return (self._quorum(parties, excluded), rule)

    def _quorum(self, parties: tuple[str, ...], excluded: frozenset[str]) -> Clause:
        apart = excluded if self.in_quorum == "left out" else frozenset()
        total = len(set(parties) - apart)
        share = Fraction(0 if self.quorum == "none" else self.quorum)
        need = -(-total * share.numerator // share.denominator)
        return _Quorum("own-8-quorum", need, PRESENT, "present", total, apart)

    def try_on(self, trial: Trial) -> Result:
        """Put every rung to the Parties of a trial; "meet" needs the quorum alone.

        The Depositary convenes on one report, so no vote is taken on meeting.
        """
        finding = trial.find(self.way)
        excluded = frozenset(finding.excluded if self.vote == "left out" else ())
        clauses = self.clauses(trial.parties, excluded)
        reached, steps, stopped = [], {}, ""
        for rung in rungs():
            cast = {p: trial.stands[p].ballot(rung, self.against) for p in trial.parties}
            vote = Vote(trial.parties, cast, excluded)
            asked = clauses[:1] if rung == MEET else clauses
            found = [clause.check(vote) for clause in asked]
            steps[rung] = tuple(f.step for f in found)
            if all(f.passed for f in found):
                reached.append(rung)
            elif not stopped:
                stopped = _stopped(rung, found)
        return Result(trial, finding, tuple(sorted(excluded)), tuple(reached), steps, stopped)

    def try_all(self) -> tuple[Result, ...]:
        """Try the clause on all four."""
        return tuple(self.try_on(trial) for trial in trials())


def _stopped(rung: str, found: list[Checked]) -> str:
    parts = [say("institutions.own.against", who=names(f.blockers)) for f in found if f.blockers]
    parts += [
        say(f"institutions.own.short.{s.what}", number=s.count, total=s.total)
        for f in found
        for s in f.missing
    ]
    return f"{rung}: {'; '.join(parts)}."
