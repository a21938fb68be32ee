"""One proposal, put to every body of a day: what each of them would make of the same ballots.

A question of a scenario belongs to one body. Here its proposal goes to all of them, side by side.
Where a State's ballot comes from is kept beside the ballot: recorded, assumed, yours, or nothing
read at all (it then abstains until somebody says otherwise).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course import data
from course.words import say

from .accusation import Claim
from .ballots import ABSTAIN
from .bodies import BODIES, Body, body
from .codes import codes
from .errors import DateError
from .ladder import reach
from .options import options_of
from .outcome import Outcome, names
from .power import blocs as alliances
from .scenarios import Question, Scenario
from .treaty import treaty

__all__ = [
    "COMPARED",
    "ORIGINS",
    "Ballot",
    "Motion",
    "Row",
    "Tipping",
    "blocs",
    "compare",
    "motion",
    "tipping",
]

COMPARED = (
    "UNSC", "UNSC:chapter-vi", "UNSC:procedural", "OSCE", "OSCE:minus-one", "OSCE:berlin", "NATO",
    "NRC", "EU", "CSTO", "CIS", "EST:conference", "EST:extraordinary",
)  # fmt: skip
"""Bodies that are compared; the one that the question belongs to stands first."""

OWN = ("OSCE", "OSCE:minus-one", "EST:conference", "EST:extraordinary")
"""Rules that make sense among invented States too."""

ORIGINS = ("recorded", "assumed", "unread", "yours")
"""Cast, and on record; an assumption, with its basis; no position was read, so taken to abstain; set
by the learner."""


@dataclass(frozen=True)
class Ballot:
    """One State's ballot and where it comes from (one of `ORIGINS`)."""

    vote: str
    origin: str


@dataclass(frozen=True)
class Motion:
    """A proposal with its day, everyone who may be asked, and their ballots.

    Attributes
    ----------
    scenario, question :
        The crisis, and the question that the proposal comes from.
    on : str
        The day whose membership counts, as ISO text.
    seats : mapping of body to members
        Every body that existed on that day.
    missing : tuple of str
        Bodies that did not exist on that day.
    ballots : mapping of State to Ballot
        One for everybody with a seat anywhere.
    """

    scenario: Scenario
    question: Question
    on: str
    seats: Mapping[str, Body]
    missing: tuple[str, ...]
    ballots: Mapping[str, Ballot]

    @property
    def everyone(self) -> tuple[str, ...]:
        """All who have a seat in one of the bodies, sorted."""
        return tuple(sorted(self.ballots))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Who says that whom attacked: of this question, else of the first that has claims."""
        asked = (self.question, *self.scenario.questions)
        return next((q.claims for q in asked if q.claims), ())


def motion(scenario: Scenario, question: Question, on: str | None = None) -> Motion:
    """Take a question's proposal, and seat every body of the day.

    Parameters
    ----------
    scenario, question :
        The crisis and one of its questions.
    on : str, optional
        Another day; the question's own if absent.

    Raises
    ------
    DateError
        If the day is none, or lies outside the record.
    """
    day = on or question.on
    own = tuple(sorted(scenario.names))
    seats, missing = {}, []
    others = OWN if own else COMPARED
    for name in dict.fromkeys((question.body_name, *others)):
        try:
            seats[name] = body(name, on=day, members=_members(scenario, question, name, day, own))
        except DateError:
            if name in ("UNSC", "OSCE"):
                raise
            missing.append(name)
    ballots = _ballots(question, {m for seated in seats.values() for m in seated.members})
    return Motion(scenario, question, day, seats, tuple(missing), ballots)


def _members(scenario, question, name, day, own) -> tuple[str, ...] | None:
    """Members that the record of the day can't give; None where it can."""
    if own:
        return own
    if day != question.on:
        return None
    if name == question.body_name:
        return question.members
    if name.startswith("EST:"):
        asked = [q for q in scenario.questions if q.body_name.startswith("EST:")]
        return asked[0].members if asked else None
    return None


def _ballots(question: Question, everyone: Iterable[str]) -> dict[str, Ballot]:
    cast = "recorded" if question.status in ("recorded vote", "recorded trial vote") else "assumed"
    known = {a.member: Ballot(a.ballot, cast) for a in question.assumptions}
    return {m: known.get(m, Ballot(ABSTAIN, "unread")) for m in sorted(everyone)}


def blocs(scenario: Scenario, on: str, everyone: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the alliances of the day by name, and the others, each State in one of them.

    Parameters
    ----------
    scenario : Scenario
        An invented crisis has groups of its own.
    on : str
        The day.
    everyone : sequence of str
        All States to be placed.
    """
    found: dict[str, tuple[str, ...]] = {}
    if scenario.names:
        rows = data.document("institutions/scenarios")["scenarios"]
        groups = next(row for row in rows if row["id"] == scenario.id)["groups"]
        found = {name: tuple(m for m in who if m in everyone) for name, who in groups.items()}
    else:
        named = {"EU": say("institutions.bloc.eu")}
        treaty_ = "CSTO" if on >= "2002-10-07" else "CST"
        for group in alliances(on, everyone):
            of = next(o for o in ("NATO", "EU", treaty_) if set(group) <= _on(o, on))
            found[named.get(of, of)] = group
    placed = {m for group in found.values() for m in group}
    others = tuple(m for m in everyone if m not in placed)
    return found | ({say("institutions.bloc.others"): others} if others else {})


def _on(organisation: str, day: str) -> set[str]:
    try:
        return set(data.members(organisation, day))
    except data.DataError:
        return set()


@dataclass(frozen=True)
class Row:
    """What one body makes of the proposal.

    Attributes
    ----------
    body : Body
        The body, with its options.
    asked : bool
        Whether it is the body that the question belongs to.
    open : bool
        Whether it may decide on this rung at all.
    reach : tuple of str
        The rungs open to it.
    why : str
        Why it reaches so far; or why it can't be asked.
    outcome : Outcome or None
        None where it can't be asked.
    excluded : tuple of str
        Votes left out.
    """

    body: Body
    asked: bool
    open: bool
    reach: tuple[str, ...]
    why: str
    outcome: Outcome | None
    excluded: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the proposal's rung was reached."""
        return self.open and self.outcome is not None and self.outcome.adopted


def compare(
    asked: Motion,
    ballots: Mapping[str, str],
    concerned: Iterable[str] = (),
    way: str = "victim",
    named: Iterable[str] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
    jury: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[Row, ...]:
    """Put the proposal to every body of the day.

    Parameters
    ----------
    asked : Motion
        The proposal.
    ballots : mapping of State to ballot
        One for everybody in `asked.ballots`.
    concerned : iterable of str
        The State concerned (consensus minus one) or the parties to the dispute (Chapter VI).
    way, named :
        How the draft treaty finds the attacker, and whom an outside finding names.
    options : mapping of body to options, optional
        Choices where the texts are silent; "EST" holds those of the draft treaty.
    jury : mapping of accused to mapping of Party to ballot, optional
        How the others vote on who attacked, where that is the way.
    """
    chosen = dict(options or {})
    find = {"way": way, "named": codes(named), "jury": jury or {}}
    rows = []
    for name, seated in asked.seats.items():
        own = asked.question.options if name == asked.question.body_name else {}
        mine = {**own, **chosen.get("EST" if name.startswith("EST:") else name, {})}
        rows.append(_row(asked, seated, ballots, codes(concerned), find, mine))
    return tuple(rows)


def _row(asked, seated, ballots, concerned, find, options) -> Row:
    name = seated.name
    able = reach(name)
    fits = {o.name for o in options_of(name)}
    seated = seated.with_options(**{k: v for k, v in options.items() if k in fits})
    cast = {m: ballots.get(m, ABSTAIN) for m in seated.members}
    mine = dict(
        body=seated,
        asked=name == asked.question.body_name,
        open=asked.question.rung in able.rungs,
        reach=able.rungs,
        why=able.why,
    )
    if name == "EST:extraordinary" and asked.claims:
        outcome = _extraordinary(asked, seated, cast, find, options)
        return Row(**mine, outcome=outcome, excluded=outcome.excluded)
    least, most = BODIES[name].excludes
    out = tuple(m for m in concerned if m in seated.members)[:most]
    if len(out) < least:
        mine["why"] = say("institutions.not_run", who=BODIES[name].excluded_as)
        return Row(**mine, outcome=None)
    return Row(**mine, outcome=seated.decide(cast, excluded=out), excluded=out)


def _extraordinary(asked, seated, cast, find, options) -> Outcome:
    """Report every claim of a Party, settle who attacked, and decide."""
    state = treaty(parties=seated.members, **options)
    for claim in asked.claims:
        if claim.claimant in seated.members:
            state = state.report(
                claim.claimant, *claim.accused, kind=claim.kind, target=claim.target
            )
    if not state.claims:
        return seated.decide(cast)
    return state.name_attacker(find["way"], **details(find)).decide(cast).outcome


def details(find: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a way of finding the attacker needs besides the claims."""
    if find["way"] in ("depositary", "security-council"):
        return {"named": find["named"]}
    return {"ballots": find["jury"]} if find["way"] == "vote" else {}


@dataclass(frozen=True)
class Tipping:
    """Members any one of whom would turn the result by another ballot.

    Attributes
    ----------
    members : tuple of str
        Each of them alone is enough.
    ballot, instead : str
        What it casts, and what it would cast.
    adopted : bool
        The result then.
    """

    members: tuple[str, ...]
    ballot: str
    instead: str
    adopted: bool

    @property
    def text(self) -> str:
        """One sentence."""
        who = self.members[0]
        if len(self.members) > 1:
            who = say("institutions.tip.any", who=names(self.members))
        key = "institutions.tip.adopted" if self.adopted else "institutions.tip.not_adopted"
        return say(key, who=who, instead=self.instead, ballot=self.ballot)


def tipping(
    where: Body, ballots: Mapping[str, str], excluded: Iterable[str] = ()
) -> tuple[Tipping, ...]:
    """Return the single ballots of yes, no, abstain or absent that would turn the result.

    Members that the rule can't tell apart are tried once and named together.

    Parameters
    ----------
    where : Body
        The body and its options.
    ballots : mapping of State to ballot
        One for each member.
    excluded : iterable of str
        Votes left out.
    """
    kinds = ("yes", "no", "abstain", "absent")
    cast = {m: ballots[m] for m in where.members}
    vote = where.vote(cast, excluded=excluded)
    clauses, now = where.clauses(vote.excluded), where.adopts(vote)
    alike: dict[tuple, list[str]] = {}
    for member in where.members:
        sees = tuple(
            (any(c.blocks(member, b) for c in clauses), *(c.points(member, b) for c in clauses))
            for b in (cast[member], *kinds)
        )
        alike.setdefault((cast[member], member in vote.excluded, sees), []).append(member)
    found = []
    for (ballot, _, _), group in alike.items():
        for instead in kinds:
            if instead == ballot:
                continue
            other = where.vote({**cast, group[0]: instead}, excluded=excluded)
            if where.adopts(other) != now:
                found.append(Tipping(tuple(group), ballot, instead, not now))
    return tuple(found)
