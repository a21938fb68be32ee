"""The draft European Security Treaty of 29 November 2009 as a procedure, step by step.

`treaty(parties)` opens it; every step returns a new state and leaves the old one as it was. Time
runs in days. Where the draft leaves a blank or says nothing, a named option decides (see
`options_of("EST")`), and the log says so. The draft was never in force: all of this asks "what if".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from course import data
from course.words import say

from .accusation import Claim, Finding, find_attacker, possible_findings
from .ballots import ABSENT, Vote, frozen
from .bodies import ORGANISATIONS, Body, as_day, body, seated
from .catalogue import cited, number
from .codes import checked, codes
from .errors import DateError, MembershipError, OptionError, OrderError, nearest
from .options import options_of, settle
from .outcome import Outcome, Step, names

__all__ = ["Action", "Entry", "Treaty", "treaty"]


@dataclass(frozen=True)
class Entry:
    """One line of the log: the day, and the step with its article."""

    day: int
    step: Step

    def __str__(self) -> str:
        return say("institutions.day", day=self.day, step=self.step)


@dataclass(frozen=True)
class Action:
    """A step that can be taken next.

    Attributes
    ----------
    name : str
        Name of the method of `Treaty`.
    article : str
        The article that opens it.
    """

    name: str
    article: str

    @property
    def text(self) -> str:
        """What it does, in one sentence."""
        return say(f"institutions.action.{self.name}")


_ARTICLES = {
    "notify": "12",
    "ask": "3",
    "consult": "5",
    "join": "5",
    "hold": "5",
    "propose": "6",
    "confer": "6",
    "report": "8(1)",
    "assist": "7(2)",
    "council_acts": "7(2)",
    "name_attacker": "8",
    "decide": "8(4)",
    "withdraw": "13",
    "wait": "",
}

_ACTIONS = {name: Action(name, article) for name, article in _ARTICLES.items()}

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
    details : mapping
        What the finding rests on besides the claims, so that it can be made again otherwise.
    beside : tuple of str
        Organisations that may vote beside the States, if the option `organisations` lets them.
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
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)
    beside: tuple[str, ...] = ()

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
        try:
            return (date.fromisoformat(self.on) + timedelta(days=self.day)).isoformat()
        except OverflowError:
            raise DateError(say("institutions.treaty.far", day=self.day)) from None

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
        if not who:
            raise MembershipError(say("institutions.treaty.notify.nobody"))
        may_sign = {*data.members("OSCE", self.on or "2009-11-29"), *ORGANISATIONS}
        strangers = tuple(w for w in checked(who) if w not in may_sign)
        if strangers:
            raise MembershipError(say("institutions.treaty.strangers", who=names(strangers)))
        parties = tuple(sorted({*self.parties, *who}))
        needed = number("est-12", "notifications")
        text = say(
            "institutions.treaty.notified", who=names(who), number=len(parties), needed=needed
        )
        beside = tuple(p for p in parties if p in ORGANISATIONS)
        state = replace(self, parties=parties, beside=beside)._logged("est-12", text)
        if len(self.parties) < needed <= len(parties):
            days = number("est-12", "days")
            state = replace(state, due=self.day + days)
            text = say("institutions.treaty.due", days=days, due=state.due)
            state = state._logged("est-12", text)
        return state

    # Article 3

    def ask(self, asker: str, asked: str, about: str = "") -> Treaty:
        """Article 3: ask another Party for information; the draft sets no duty to answer."""
        self._may("ask")
        self._party(asker, asked)
        days = self.options["answer_days"]
        about = about or say("institutions.treaty.measure")
        text = say("institutions.treaty.asks", asker=asker, asked=asked, about=about, days=days)
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
            raise MembershipError(say("institutions.treaty.consult.nobody"))
        days = self.options["consultation_days"]
        text = say("institutions.treaty.consult", asker=asker, who=names(invited), days=days)
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
        if not who:
            raise MembershipError(say("institutions.treaty.join.nobody"))
        joined = tuple(dict.fromkeys((*self.participants, *who)))
        text = say("institutions.treaty.joins", who=names(who))
        return replace(self, participants=joined)._logged("est-5", text)

    def hold(self, after: int | None = None) -> Treaty:
        """Article 5: the consultations take place; nothing says that they must reach a result.

        Parameters
        ----------
        after : int, optional
            Days from the request; by default the whole time that the option allows.
        """
        self._may("hold")
        state = replace(self, stage="consultations held", day=self._arrival(after))
        text = say("institutions.treaty.hold", number=len(self.participants))
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
            able = names(self.participants)
            raise OrderError(say("institutions.treaty.propose.stranger", who=proposer, able=able))
        needed, found = self.options["supporters"], len(set(supporters))
        text = say("institutions.treaty.propose", who=proposer, found=found, needed=needed)
        state = self._logged("est-6-supporters", text, found >= needed, "supporters")
        if found < needed:
            return state
        days = self.options["convening_days"]
        state = replace(state, stage="conference called", due=self.day + days)
        text = say("institutions.treaty.convened", days=days)
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
        claim = Claim(victim, checked(accused, self.parties), kind, target)
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
        what = "attack" if kind == "attack" else "threat"
        where = "peacekeepers" if target == "peacekeepers" else "territory"
        key = f"institutions.treaty.reports.{what}.{where}"
        text = say(key, who=by or victim, victim=victim, accused=names(accused))
        state = state._logged("est-8-2" if by else "est-8-1", text)
        if by:
            text = say("institutions.treaty.unable", victim=victim)
            state = state._logged("est-8-2", text)
        if open_already:
            return state
        text = say("institutions.treaty.convened.extraordinary", days=days)
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
        reasons = (
            (not attacked, "institutions.treaty.assist.no_attack"),
            (not consent, "institutions.treaty.assist.no_consent"),
            (self.council_acted, "institutions.treaty.assist.council"),
        )
        refused = " ".join(say(key, victim=victim) for applies, key in reasons if applies)
        if refused:
            text = say("institutions.treaty.assist.refused", who=helper, why=refused)
            return self._logged("est-7-2", text, False)
        text = say("institutions.treaty.assist", who=helper, victim=victim)
        helping = (*self.helpers, (helper, victim))
        return replace(self, helpers=helping)._logged("est-7-2", text, True)

    def council_acts(self) -> Treaty:
        """Article 7(2): the Security Council takes its measures, and the right to help ends."""
        self._may("council_acts")
        text = say("institutions.treaty.council_acts")
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
        for name in details:
            if name not in _DETAILS:
                near = nearest(name, _DETAILS)
                raise OptionError(
                    say("institutions.option", body="name_attacker", option=name, near=near)
                )
        if "named" in details:
            details["named"] = codes(details["named"])
        voters = self._body("EST:extraordinary").members
        finding = self._finding(voters, way, details)
        state = replace(self, stage="attacker settled", finding=finding, details=details)
        for step in finding.trace:
            state = replace(state, log=(*state.log, Entry(state.day, step)))
        return state

    def decide(
        self, ballots: Mapping[str, str] | Iterable = (), default: str | None = None
    ) -> Treaty:
        """Article 8(4): the Extraordinary Conference decides on collective measures.

        The outcome's `decided_by` also names the options of the step before: those about the
        attacker are tried too, with the same ballots. It holds "attacker" where leaving out other
        named Parties would have turned the result.

        Parameters
        ----------
        ballots, default :
            As in `Body.decide`.
        """
        self._may("decide")
        where = self._body("EST:extraordinary")
        outcome = where.decide(ballots, default, self.finding.excluded)
        vote = where.vote(ballots, default, self.finding.excluded)
        turning = self._turning(where, vote, outcome.adopted)
        outcome = replace(
            outcome,
            trace=(*self.finding.trace, *outcome.trace),
            decided_by=tuple(dict.fromkeys((*outcome.decided_by, *turning))),
        )
        return replace(self, day=max(self.day, self.due))._decided(outcome)

    # Article 13, and time

    def withdraw(self, party: str) -> Treaty:
        """Article 13: give notice; the Party leaves when the time of notice has run out."""
        self._may("withdraw")
        self._party(party)
        days = self.options["withdrawal_days"]
        text = say("institutions.treaty.withdraw", who=party, days=days)
        left = tuple(p for p in self.parties if p != party)
        beside = tuple(p for p in self.beside if p != party)
        state = replace(self, parties=left, beside=beside, day=self.day + days)
        return state._logged("est-13", text, option="withdrawal_days")

    def wait(self, days: int) -> Treaty:
        """Let days pass; the treaty enters into force when its day comes."""
        state = replace(self, day=self.day + _days(days))
        if self.stage == "not in force" and 0 < state.due <= state.day:
            text = say("institutions.treaty.in_force")
            return replace(state, stage="in force")._logged("est-12", text)
        return state

    # Inner parts

    def _may(self, action: str) -> None:
        if action in _NEXT[self.stage]:
            return
        raise OrderError(
            say(
                "institutions.treaty.order",
                action=action,
                article=_ARTICLES[action],
                stage=self.stage,
                able=", ".join(a.name for a in self.actions),
            )
        )

    def _party(self, *who: str) -> None:
        for state in codes(who):
            if state not in self.parties:
                checked(state, self.parties)
                number = len(self.parties)
                raise MembershipError(say("institutions.treaty.party", who=state, number=number))

    def _arrival(self, after: int | None) -> int:
        if after is None:
            return max(self.day, self.due)
        return self.day + _days(after)

    def _body(self, name: str) -> Body:
        own = {o.name: self.options[o.name] for o in options_of(name) if o.name in self.options}
        where = body(name, parties=self.parties, **own)
        seats = seated(where.members, self.beside, own["organisations"])
        return replace(where, members=seats, beside=self.beside)

    def _finding(
        self, voters: tuple[str, ...], way: str, details: Mapping[str, Any], **other: str
    ) -> Finding:
        """Who is named by this way, with other choices about the attacker if any."""
        chosen = {**{k: self.options[k] for k in _ABOUT_ATTACKER}, **other}
        return find_attacker(self.claims, way, voters, **details, **chosen)

    def _turning(self, where: Body, vote: Vote, adopted: bool) -> tuple[str, ...]:
        """Choices about the attacker that would have turned the result, ballots unchanged."""

        @cache
        def turns(excluded: tuple[str, ...]) -> bool:
            return where.adopts(replace(vote, excluded=frozenset(excluded))) != adopted

        found = []
        for option in options_of("EST"):
            if option.name not in _ABOUT_ATTACKER:
                continue
            for choice in option.choices:
                if choice != self.options[option.name]:
                    other = self._finding(
                        where.members, self.finding.way, self.details, **{option.name: choice}
                    )
                    if turns(other.excluded):
                        found.append(option.name)
        if any(turns(excluded) for excluded in possible_findings(self.claims, where.members)):
            found.append("attacker")
        return tuple(dict.fromkeys(found))

    def _decided(self, outcome: Outcome) -> Treaty:
        bound = ()
        if outcome.adopted:
            everyone = self.options["bound"] == "all Parties"
            bound = tuple(
                p for p in self.parties if everyone or outcome.ballots.get(p, ABSENT) != ABSENT
            )
        state = replace(self, stage="in force", outcome=outcome, bound=bound, finding=None)
        for step in outcome.trace:
            state = replace(state, log=(*state.log, Entry(state.day, step)))
        if bound:
            text = say("institutions.treaty.binds", bound=len(bound), parties=len(self.parties))
            rule = "est-8-unanimity" if "extra" in outcome.body else "est-6-consensus"
            state = state._logged(rule, text, option="bound")
        return state

    def _logged(
        self, rule: str, text: str, passed: bool | None = None, option: str | None = None
    ) -> Treaty:
        return replace(self, log=(*self.log, Entry(self.day, cited(rule, text, passed, option))))


_ABOUT_ATTACKER = ("counterclaims", "several", "peacekeepers", "deciding_vote")
_DETAILS = ("named", "ballots", "default")


def _days(days: object) -> int:
    """Return a number of days, or say that it is none."""
    if isinstance(days, bool) or not isinstance(days, int) or days < 0:
        raise OrderError(say("institutions.treaty.days", days=days))
    return days


def treaty(
    parties: Iterable[str] | None = None,
    on: str | date | None = None,
    in_force: bool = True,
    **options: Any,
) -> Treaty:
    """Open the draft treaty's procedure.

    Parameters
    ----------
    parties : iterable of str, optional
        The Parties. Left out: all participating States of the OSCE on the day `on`. Organisations
        among them have a vote only with `organisations="vote"`.
    on : str or date, optional
        The day on which it starts; needed when no Parties are given.
    in_force : bool
        False to begin with the notifications of Article 12 and no Party yet.
    **options
        Choices where the draft is silent or blank: see `options_of("EST")`.

    Returns
    -------
    Treaty

    Raises
    ------
    InstitutionError
        A subclass that says which Party, day or option is not known.
    """
    settled = frozen(settle("EST", options))
    given = None if parties is None else checked(parties)
    if not in_force:
        day = "" if on is None else as_day(on).isoformat()
        signed = tuple(sorted(set(given or ())))
        beside = tuple(p for p in signed if p in ORGANISATIONS)
        return Treaty(signed, stage="not in force", options=settled, on=day, beside=beside)
    opened = body("EST:conference", on=on, parties=given, organisations=settled["organisations"])
    listed = [p for p in given or () if p in ORGANISATIONS]
    everyone = tuple(sorted({*opened.members, *listed}))
    return Treaty(everyone, options=settled, on=opened.on, beside=opened.beside)
