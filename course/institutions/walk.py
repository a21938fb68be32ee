"""Walk through the draft treaty in one crisis: who moves, what usually comes next, what happened.

`Treaty` knows what may be done; a walk knows who does it in a given crisis. Every move can be made
by somebody else than the script says, and every ballot can be changed; the rest follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from course import data
from course.words import say

from .codes import codes
from .compare import details
from .errors import OptionError, nearest
from .outcome import either
from .redraft import jury
from .scenarios import Question, Scenario, scenario
from .treaty import Treaty, treaty

__all__ = ["InFact", "Move", "Walk", "walk", "walks"]


@dataclass(frozen=True)
class Move:
    """One step, and who takes it.

    Attributes
    ----------
    action : str
        Name of a method of `Treaty`.
    who, other : str
        Who moves, and towards whom; empty where the step names nobody.
    days : int
        Days for "wait".
    """

    action: str
    who: str = ""
    other: str = ""
    days: int = 0


@dataclass(frozen=True)
class InFact:
    """What was decided, or refused, in fact: days from the start, and the question on record."""

    day: int
    question: Question


@dataclass(frozen=True)
class Walk:
    """A crisis ready to be walked through.

    Attributes
    ----------
    scenario : Scenario
        The crisis.
    conference, extraordinary : Question
        Where the ballots of the two Conferences come from; the same where only one is described.
    roles : mapping
        Who asks, who is asked, who is invited, who supports, and the usual path.
    """

    scenario: Scenario
    conference: Question
    extraordinary: Question
    roles: Mapping[str, Any]

    @property
    def emergency(self) -> bool:
        """Whether the usual path leads to the Extraordinary Conference."""
        return self.roles["path"] == "emergency"

    @property
    def question(self) -> Question:
        """The question of the usual path."""
        return self.extraordinary if self.emergency else self.conference

    @property
    def parties(self) -> tuple[str, ...]:
        """All Parties."""
        return self.question.members

    def start(self, **options: Any) -> Treaty:
        """Open the treaty on the first day, in force for all Parties."""
        own = {k: v for k, v in self.question.options.items() if k not in options}
        return treaty(parties=self.parties, on=self.question.on, **{**own, **options})

    def next(self, state: Treaty) -> Move:
        """Return what usually comes next."""
        roles, claims = self.roles, self.extraordinary.claims
        if state.outcome is not None and state.stage == "in force":
            return Move("wait", days=1)
        if self.emergency and state.stage in ("in force", "extraordinary called"):
            told = len(state.claims) if state.stage == "extraordinary called" else 0
            if told < len(claims):
                return Move("report", claims[told].claimant, claims[told].accused[0])
            return Move("name_attacker")
        asked = any(e.step.rule == "est-3" for e in state.log)
        usual = {
            "in force": Move("consult" if asked else "ask", roles["asker"], roles["asked"]),
            "consultations called": Move("hold"),
            "consultations held": Move("propose", roles["asker"]),
            "conference called": Move("confer"),
            "extraordinary called": Move("name_attacker"),
            "attacker settled": Move("decide"),
        }
        return usual[state.stage]

    def take(
        self,
        state: Treaty,
        move: Move,
        ballots: Mapping[str, str] | None = None,
        way: str = "victim",
        named: Iterable[str] = (),
    ) -> Treaty:
        """Take one step.

        Parameters
        ----------
        state : Treaty
            The treaty as it stands.
        move : Move
            The step.
        ballots : mapping of Party to ballot, optional
            Ballots that replace the assumed ones.
        way, named :
            How the attacker is found, and whom an outside finding names.

        Raises
        ------
        InstitutionError
            A subclass that says why the step can't be taken.
        """
        who, other, roles = move.who, move.other, self.roles
        others = tuple(dict.fromkeys(p for p in (other, *roles["invited"]) if p and p != who))
        cast = {**(ballots or {})}
        match move.action:
            case "ask":
                return state.ask(who, other, roles["about"])
            case "consult":
                return state.consult(who, *others)
            case "propose":
                return state.propose(who, *roles["supporters"])
            case "confer":
                return state.confer(self._ballots(self.conference, cast))
            case "report":
                return self._report(state, who, other)
            case "assist":
                return state.assist(who, other)
            case "name_attacker":
                find = {"way": way, "named": codes(named), "jury": jury(self.scenario.id)}
                return state.name_attacker(way, **details(find))
            case "decide":
                return state.decide(self._ballots(self.extraordinary, cast))
            case "wait":
                return state.wait(move.days)
            case "join" | "withdraw":
                return getattr(state, move.action)(who)
            case _:
                return getattr(state, move.action)()

    def _report(self, state: Treaty, who: str, other: str) -> Treaty:
        """Report as the crisis has it, or accuse one State of an attack on territory."""
        for claim in self.extraordinary.claims:
            if claim.claimant == who and other in claim.accused:
                return state.report(who, *claim.accused, kind=claim.kind, target=claim.target)
        return state.report(who, other)

    def _ballots(self, question: Question, changes: Mapping[str, str]) -> dict[str, str]:
        known = {**question.ballots, **changes}
        return {p: known[p] for p in self.parties}

    def ballots(self, state: Treaty, changes: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the ballots that the next decision would be taken with, one for each Party."""
        question = self.extraordinary if self.heading(state) == "extraordinary" else self.conference
        known = self._ballots(question, changes or {})
        return {p: known[p] for p in state.parties}

    def heading(self, state: Treaty) -> str:
        """ "extraordinary" or "conference": where the procedure is heading."""
        if state.stage in ("extraordinary called", "attacker settled"):
            return "extraordinary"
        if state.stage != "in force":
            return "conference"
        return "extraordinary" if self.emergency else "conference"

    def in_fact(self) -> tuple[InFact, ...]:
        """Return what is on record, by days from the start of the walk; empty where all is invented."""
        first = date.fromisoformat(self.question.on)
        crises = (self.scenario, *(scenario(i) for i in self.roles.get("after", ())))
        found = [
            InFact((date.fromisoformat(q.on) - first).days, q)
            for crisis in crises
            for q in crisis.questions
            if q.status.startswith("recorded")
        ]
        return tuple(sorted(found, key=lambda f: f.day))


def walks() -> tuple[str, ...]:
    """Return the ids of the scenarios that can be walked through."""
    return tuple(data.document("institutions/redraft")["casts"])


def walk(id: str) -> Walk:
    """Return one crisis ready to be walked through.

    Raises
    ------
    OptionError
        If there is no such scenario, or the draft treaty has no part in it.
    """
    known = data.document("institutions/redraft")["casts"]
    if not isinstance(id, str) or id not in known:
        try:
            crisis = scenario(id)
        except OptionError:
            near = nearest(id, known)
            raise OptionError(say("institutions.scenario", id=id, near=near)) from None
        raise OptionError(say("institutions.walk", title=crisis.title, known=either(tuple(known))))
    crisis, roles = scenario(id), known[id]
    conference = [q for q in crisis.questions if q.body_name == "EST:conference"]
    wanted = roles.get("conference")
    conference = [q for q in conference if q.id == wanted] or conference
    extraordinary = [q for q in crisis.questions if q.claims]
    return Walk(
        crisis,
        (conference or extraordinary)[0],
        (extraordinary or conference)[0],
        roles,
    )
