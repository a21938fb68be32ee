"""The draft European Security Treaty of 29 November 2009 as a procedure, step by step.

`treaty(parties)` opens it; every step returns a new state and leaves the old one as it was. Time
runs in days. Where the draft leaves a blank or says nothing, a named option decides (see
`options_of("EST")`), and the log says so. The draft was never in force: all of this asks "what if".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from course import data

from .accusation import Claim, Finding, find_attacker, possible_findings
from .ballots import ABSENT, frozen
from .bodies import ORGANISATIONS, Body, body
from .catalogue import cited, number
from .clauses import names
from .errors import MembershipError, OrderError
from .options import options_of, settle
from .outcome import Outcome, Step

__all__ = ["Action", "Entry", "Treaty", "treaty"]


@dataclass(frozen=True)
class Entry:
    """One line of the log: the day, and the step with its article."""

    day: int
    step: Step

    def __str__(self) -> str:
        return f"day {self.day}: {self.step}"


@dataclass(frozen=True)
class Action:
    """A step that can be taken next.

    Attributes
    ----------
    name : str
        Name of the method of `Treaty`.
    article : str
        The article that opens it.
    text : str
        What it does, in one sentence.
    """

    name: str
    article: str
    text: str


_ACTIONS = {
    "notify": Action("notify", "12", "A State or organisation says that it has ratified."),
    "ask": Action("ask", "3", "Ask another Party about a measure that might touch your security."),
    "consult": Action("consult", "5", "Ask the Parties that you deem interested to consult."),
    "join": Action("join", "5", "Join consultations to which you were not invited."),
    "hold": Action("hold", "5", "Hold the consultations."),
    "propose": Action("propose", "6", "Propose a Conference on the subject of the consultations."),
    "confer": Action("confer", "6", "Put a decision to the Conference of the Parties."),
    "report": Action(
        "report", "8(1)", "Tell the Depositary of an armed attack or a threat of one."
    ),
    "assist": Action("assist", "7(2)", "Help the attacked Party, with its consent."),
    "council_acts": Action("council_acts", "7(2)", "The Security Council takes its measures."),
    "name_attacker": Action("name_attacker", "8", "Settle whose vote is left out."),
    "decide": Action("decide", "8(4)", "Put collective measures to the Extraordinary Conference."),
    "withdraw": Action("withdraw", "13", "Give notice of withdrawal."),
    "wait": Action("wait", "", "Let days pass."),
}

_NEXT = {
    "not in force": ("notify", "wait"),
    "in force": ("ask", "consult", "report", "withdraw", "wait"),
    "consultations called": ("join", "hold", "report", "wait"),
    "consultations held": ("propose", "ask", "consult", "report", "wait"),
    "conference called": ("confer", "report", "wait"),
    "extraordinary called": ("report", "assist", "council_acts", "name_attacker", "wait"),
    "attacker settled": ("assist", "council_acts", "name_attacker", "decide", "wait"),
}


@dataclass(frozen=True)
class Treaty:
    """The treaty at one moment.

    Attributes
    ----------
    parties : tuple of str
        Parties, sorted. Before entry into force: those that have notified.
    day : int
        Days since the start.
    stage : str
        "not in force", "in force", "consultations called", "consultations held", "conference
        called", "extraordinary called" or "attacker settled".
    options : mapping
        All options of the draft and their values.
    log : tuple of Entry
        What happened, with articles.
    participants : tuple of str
        Of the consultations that were last called.
    claims : tuple of Claim
        Reports of attack or threat in the present emergency.
    finding : Finding or None
        Whose votes are left out.
    helpers : tuple of (helper, helped)
        Assistance under Article 7(2).
    council_acted : bool
        Whether the Security Council has taken its measures.
    outcome : Outcome or None
        The last decision.
    bound : tuple of str
        Parties bound by it.
    """

    parties: tuple[str, ...]
    day: int = 0
    stage: str = "in force"
    options: Mapping[str, Any] = field(default_factory=dict)
    log: tuple[Entry, ...] = ()
    on: str = ""
    due: int = 0
    participants: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    finding: Finding | None = None
    helpers: tuple[tuple[str, str], ...] = ()
    council_acted: bool = False
    outcome: Outcome | None = None
    bound: tuple[str, ...] = ()

    # What can be asked of a state

    @property
    def actions(self) -> tuple[Action, ...]:
        """The steps that can be taken next."""
        return tuple(_ACTIONS[name] for name in _NEXT[self.stage])

    @property
    def date(self) -> str:
        """The day as ISO text, if the treaty was opened with a date; else empty."""
        if not self.on:
            return ""
        return (date.fromisoformat(self.on) + timedelta(days=self.day)).isoformat()

    def quorum(self, extraordinary: bool = False) -> int:
        """Return how many Parties must be present."""
        excluded = self.finding.excluded if extraordinary and self.finding else ()
        name = "EST:extraordinary" if extraordinary else "EST:conference"
        return self._body(name).clauses(excluded)[0].need

    def text(self) -> str:
        """Return the log in plain words, one line a step."""
        return "\n".join(str(entry) for entry in self.log)

    # Article 12

    def notify(self, *who: str) -> Treaty:
        """Article 12: deposit notifications; ten days after the twenty-fifth the treaty is in force.

        Parameters
        ----------
        *who : str
            States from Vancouver to Vladivostok, or EU, OSCE, CSTO, NATO, CIS (Article 10).
        """
        self._may("notify")
        may_sign = {*data.members("OSCE", self.on or "2009-11-29"), *ORGANISATIONS}
        strangers = tuple(w for w in who if w not in may_sign)
        if strangers:
            raise MembershipError(f"{names(strangers)} may not sign under Article 10.")
        parties = tuple(sorted({*self.parties, *who}))
        needed = number("est-12", "notifications")
        text = f"{names(who)} notified: {len(parties)} of {needed}."
        state = replace(self, parties=parties)._logged("est-12", text)
        if len(self.parties) < needed <= len(parties):
            days = number("est-12", "days")
            state = replace(state, due=self.day + days)
            state = state._logged("est-12", f"In force in {days} days, on day {state.due}.")
        return state

    # Article 3

    def ask(self, asker: str, asked: str, about: str = "a measure") -> Treaty:
        """Article 3: ask another Party for information; the draft sets no duty to answer."""
        self._may("ask")
        self._party(asker, asked)
        days = self.options["answer_days"]
        text = f"{asker} asks {asked} about {about}; an answer is assumed within {days} days."
        return self._logged("est-3", text, option="answer_days")

    # Article 5

    def consult(self, asker: str, *invited: str) -> Treaty:
        """Article 5: one Party asks those it deems interested; nobody can refuse the request.

        Parameters
        ----------
        asker : str
            The Party that sees a violation, a threat of one, or a question of substance.
        *invited : str
            The Parties it chooses.
        """
        self._may("consult")
        self._party(asker, *invited)
        if not invited:
            raise MembershipError("Consultations need at least one Party that is asked; name it.")
        days = self.options["consultation_days"]
        text = f"{asker} asks {names(invited)} to consult within {days} days; the others are told."
        state = replace(
            self,
            stage="consultations called",
            participants=tuple(dict.fromkeys((asker, *invited))),
            due=self.day + days,
        )
        return state._logged("est-5-days", text, option="consultation_days")

    def join(self, *who: str) -> Treaty:
        """Article 5: a Party that was not invited joins on its own (recalled)."""
        self._may("join")
        self._party(*who)
        joined = tuple(dict.fromkeys((*self.participants, *who)))
        return replace(self, participants=joined)._logged("est-5", f"{names(who)} joins.")

    def hold(self, after: int | None = None) -> Treaty:
        """Article 5: the consultations take place; nothing says that they must reach a result.

        Parameters
        ----------
        after : int, optional
            Days from the request; by default the whole time that the option allows.
        """
        self._may("hold")
        state = replace(self, stage="consultations held", day=self._arrival(after))
        text = f"{len(self.participants)} Parties consult. No result is required."
        return state._logged("est-5", text)

    # Article 6

    def propose(self, proposer: str, *supporters: str) -> Treaty:
        """Article 6: propose a Conference; the Depositary convenes it if enough Parties support it.

        Parameters
        ----------
        proposer : str
            A participant in the consultations.
        *supporters : str
            Parties that support the proposal; the proposer may be one of them.
        """
        self._may("propose")
        self._party(proposer, *supporters)
        if proposer not in self.participants:
            raise OrderError(
                f"{proposer} took no part in the consultations; only a participant may propose "
                f"a Conference: {names(self.participants)}."
            )
        needed, found = self.options["supporters"], len(set(supporters))
        text = f"{proposer} proposes a Conference; support: {found}, needed: {needed}."
        state = self._logged("est-6-supporters", text, found >= needed, "supporters")
        if found < needed:
            return state
        days = self.options["convening_days"]
        state = replace(state, stage="conference called", due=self.day + days)
        text = f"The Depositary convenes the Conference within {days} days."
        return state._logged("est-6-days", text, option="convening_days")

    def confer(
        self, ballots: Mapping[str, str] | Iterable = (), default: str | None = None
    ) -> Treaty:
        """Article 6: the Conference decides: two thirds present, consensus, nobody left out.

        Parameters
        ----------
        ballots, default :
            As in `Body.decide`.
        """
        self._may("confer")
        outcome = self._body("EST:conference").decide(ballots, default)
        return replace(self, day=max(self.day, self.due))._decided(outcome)

    # Articles 7 and 8

    def report(
        self,
        victim: str,
        *accused: str,
        by: str | None = None,
        kind: str = "attack",
        target: str = "territory",
    ) -> Treaty:
        """Article 8(1): tell the Depositary, who convenes the Extraordinary Conference at once.

        A second report during the emergency is a counter-claim.

        Parameters
        ----------
        victim : str
            The Party attacked or threatened.
        *accused : str
            Those it names, Parties or not.
        by : str, optional
            Another Party that reports in its place because it is not able to (Article 8(2)).
        kind : str
            "attack" or "threat".
        target : str
            "territory" or "peacekeepers" (forces of the victim abroad).
        """
        self._may("report")
        self._party(victim, *((by,) if by else ()))
        claim = Claim(victim, accused, kind, target)
        open_already = self.stage == "extraordinary called"
        days = self.options["immediate_days"]
        state = replace(
            self,
            stage="extraordinary called",
            claims=(*self.claims, claim) if open_already else (claim,),
            finding=None,
            council_acted=self.council_acted and open_already,
            due=self.due if open_already else self.day + days,
        )
        what = "an armed attack" if kind == "attack" else "a threat of armed attack"
        where = " on its peacekeepers abroad" if target == "peacekeepers" else ""
        text = f"{by or victim} reports {what} on {victim}{where} by {names(accused)}."
        state = state._logged("est-8-2" if by else "est-8-1", text)
        if by:
            text = f"Nobody is named who judges that {victim} is not able to report."
            state = state._logged("est-8-2", text)
        if open_already:
            return state
        text = f"The Depositary convenes the Extraordinary Conference within {days} day(s)."
        return state._logged("est-8-1", text, option="immediate_days")

    def assist(self, helper: str, victim: str, consent: bool = True) -> Treaty:
        """Article 7(2): a right, not a duty, to help; it doesn't wait for the Conference.

        Parameters
        ----------
        helper, victim : str
            Two Parties.
        consent : bool
            Whether the attacked Party agrees.
        """
        self._may("assist")
        self._party(helper, victim)
        attacked = any(c.claimant == victim and c.kind == "attack" for c in self.claims)
        reasons = [
            (not attacked, f"{victim} reported no armed attack; a threat opens no right to help."),
            (not consent, f"{victim} does not consent."),
            (self.council_acted, "The Security Council has taken its measures."),
        ]
        refused = [text for applies, text in reasons if applies]
        if refused:
            return self._logged("est-7-2", f"{helper} may not help: {' '.join(refused)}", False)
        text = f"{helper} helps {victim} and reports to the Security Council at once."
        helping = (*self.helpers, (helper, victim))
        return replace(self, helpers=helping)._logged("est-7-2", text, True)

    def council_acts(self) -> Treaty:
        """Article 7(2): the Security Council takes its measures, and the right to help ends."""
        self._may("council_acts")
        text = "The Security Council has taken its measures; the right to help ends."
        return replace(self, council_acted=True, helpers=())._logged("est-7-2", text)

    def name_attacker(self, way: str, **details: Any) -> Treaty:
        """Settle whose vote is left out. The draft doesn't say how: choose a way.

        Parameters
        ----------
        way : str
            "victim", "depositary", "vote", "security-council" or "nobody"; see `accusation`.
        **details
            `named`, `ballots`, `default` as in `find_attacker`.
        """
        self._may("name_attacker")
        chosen = {k: self.options[k] for k in _ABOUT_ATTACKER}
        finding = find_attacker(self.claims, way, self.parties, **details, **chosen)
        state = replace(self, stage="attacker settled", finding=finding)
        for step in finding.trace:
            state = replace(state, log=(*state.log, Entry(state.day, step)))
        return state

    def decide(
        self, ballots: Mapping[str, str] | Iterable = (), default: str | None = None
    ) -> Treaty:
        """Article 8(4): the Extraordinary Conference decides on collective measures.

        The outcome's `decided_by` holds "attacker" where leaving out other named Parties would have
        turned the result, with the same ballots.

        Parameters
        ----------
        ballots, default :
            As in `Body.decide`.
        """
        self._may("decide")
        where = self._body("EST:extraordinary")
        outcome = where.decide(ballots, default, self.finding.excluded)
        others = possible_findings(self.claims, self.parties)
        votes = [where.vote(ballots, default, excluded) for excluded in others]
        turned = () if all(where.adopts(v) == outcome.adopted for v in votes) else ("attacker",)
        outcome = replace(
            outcome,
            trace=(*self.finding.trace, *outcome.trace),
            decided_by=(*outcome.decided_by, *turned),
        )
        return replace(self, day=max(self.day, self.due))._decided(outcome)

    # Article 13, and time

    def withdraw(self, party: str) -> Treaty:
        """Article 13: give notice; the Party leaves when the time of notice has run out."""
        self._may("withdraw")
        self._party(party)
        days = self.options["withdrawal_days"]
        text = f"{party} gives notice and leaves {days} days later."
        left = tuple(p for p in self.parties if p != party)
        state = replace(self, parties=left, day=self.day + days)
        return state._logged("est-13", text, option="withdrawal_days")

    def wait(self, days: int) -> Treaty:
        """Let days pass; the treaty enters into force when its day comes."""
        if not isinstance(days, int) or days < 0:
            raise OrderError(f"{days!r} is no number of days; use a whole number from 0 up.")
        state = replace(self, day=self.day + days)
        if self.stage == "not in force" and 0 < state.due <= state.day:
            return replace(state, stage="in force")._logged("est-12", "The treaty is in force.")
        return state

    # Inner parts

    def _may(self, action: str) -> None:
        if action in _NEXT[self.stage]:
            return
        able = ", ".join(a.name for a in self.actions)
        article = _ACTIONS[action].article
        raise OrderError(
            f"{action} (Article {article}) can't come now: the stage is {self.stage!r}. "
            f"Possible are: {able}."
        )

    def _party(self, *who: str) -> None:
        for state in who:
            if state not in self.parties:
                raise MembershipError(
                    f"{state} is no Party; only the {len(self.parties)} Parties take part."
                )

    def _arrival(self, after: int | None) -> int:
        if after is None:
            return max(self.day, self.due)
        if not isinstance(after, int) or after < 0:
            raise OrderError(f"{after!r} is no number of days; use a whole number from 0 up.")
        return self.day + after

    def _body(self, name: str) -> Body:
        own = {o.name: self.options[o.name] for o in options_of(name) if o.name in self.options}
        return body(name, parties=self.parties, **{**own, "organisations": "off"})

    def _decided(self, outcome: Outcome) -> Treaty:
        bound = ()
        if outcome.adopted:
            everyone = self.options["bound"] == "all Parties"
            bound = tuple(p for p in self.parties if everyone or outcome.ballots[p] != ABSENT)
        state = replace(self, stage="in force", outcome=outcome, bound=bound, finding=None)
        for step in outcome.trace:
            state = replace(state, log=(*state.log, Entry(state.day, step)))
        if bound:
            text = f"The decision binds {len(bound)} of {len(self.parties)} Parties."
            rule = "est-8-unanimity" if "extra" in outcome.body else "est-6-consensus"
            state = state._logged(rule, text, option="bound")
        return state

    def _logged(
        self, rule: str, text: str, passed: bool | None = None, option: str | None = None
    ) -> Treaty:
        return replace(self, log=(*self.log, Entry(self.day, cited(rule, text, passed, option))))


_ABOUT_ATTACKER = ("counterclaims", "several", "peacekeepers", "deciding_vote")


def treaty(
    parties: Iterable[str] | None = None,
    on: str | None = None,
    in_force: bool = True,
    **options: Any,
) -> Treaty:
    """Open the draft treaty's procedure.

    Parameters
    ----------
    parties : iterable of str, optional
        The Parties. Left out: all participating States of the OSCE on the day `on`.
    on : str, optional
        The day on which it starts, as ISO text; needed when no Parties are given.
    in_force : bool
        False to begin with the notifications of Article 12 and no Party yet.
    **options
        Choices where the draft is silent or blank: see `options_of("EST")`.

    Returns
    -------
    Treaty
    """
    settled = frozen(settle("EST", options))
    if not in_force:
        return Treaty(
            tuple(sorted(parties or ())), stage="not in force", options=settled, on=on or ""
        )
    opened = body("EST:conference", on=on, parties=parties, organisations=settled["organisations"])
    return Treaty(opened.members, options=settled, on=opened.on)
