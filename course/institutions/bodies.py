"""Bodies at a date: who has a seat, which rule applies, and what a set of ballots leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from course import data
from course.words import count, say

from .ballots import ABSENT, ABSTAIN, BALLOTS, CONSTRUCTIVE, SILENT, Vote, frozen, read_ballots
from .catalogue import cited, entry
from .clauses import Clause, MostOfThoseVoting, NotTooMany
from .codes import ORGANISATIONS, checked, codes, is_real, unknown_state
from .errors import (
    BallotError,
    DateError,
    InstitutionError,
    MembershipError,
    UnknownBody,
    nearest,
)
from .options import Option, options_of, settle
from .outcome import Outcome, Step, either, names, reason
from .rules import PERMANENT, RULES

__all__ = ["BODIES", "ORGANISATIONS", "Body", "Kind", "as_day", "assembly", "body", "seated"]


@dataclass(frozen=True)
class Kind:
    """What is always true of a body or variant, whatever the day.

    Attributes
    ----------
    name : str
        Name and variant, for example "OSCE:minus-one".
    seats : str or None
        Organisation whose members sit in it; None where members must be given.
    excludes : tuple of int
        Fewest and most votes that may be left out.
    whom : str
        Who may be left out: "dispute", "concerned", "two" or "attacker".
    binding : str
        "law", "politics" or "none".
    duty : str or None
        Rule by which the excluded votes are left out.
    """

    name: str
    seats: str | None
    excludes: tuple[int, int] = (0, 0)
    whom: str = ""
    binding: str = "politics"
    duty: str | None = None

    @property
    def title(self) -> str:
        """Full name."""
        return say(f"institutions.body.{self.name}")

    @property
    def excluded_as(self) -> str:
        """What the excluded are called, for messages: "the State concerned"."""
        return say(f"institutions.excluded.{self.whom}") if self.whom else ""


_KINDS = (
    Kind("UNSC", "UNSC", binding="law"),
    Kind("UNSC:procedural", "UNSC", binding="law"),
    Kind("UNSC:chapter-vi", "UNSC", excludes=(1, 14), whom="dispute", duty="unsc-chapter-vi"),
    Kind("UNGA", None),
    Kind("OSCE", "OSCE"),
    Kind("OSCE:minus-one", "OSCE", excludes=(1, 1), whom="concerned", duty="osce-minus-one"),
    Kind("OSCE:minus-two", "OSCE", excludes=(2, 2), whom="two", duty="osce-minus-two"),
    Kind("OSCE:berlin", "OSCE", binding="none"),
    Kind(
        "OSCE:moscow-6",
        "OSCE",
        excludes=(0, 1),
        whom="concerned",
        binding="none",
        duty="osce-moscow-6",
    ),
    Kind(
        "OSCE:moscow-10",
        "OSCE",
        excludes=(0, 1),
        whom="concerned",
        binding="none",
        duty="osce-moscow-10",
    ),
    Kind("OSCE:vienna", "OSCE", binding="none"),
    Kind("NATO", "NATO"),
    Kind("NATO:article-4", "NATO", binding="none"),
    Kind("NRC", "NRC"),
    Kind("NRC:meeting", "NRC", binding="none"),
    Kind("EU", "EU", binding="law"),
    Kind("CSTO", "CSTO", binding="law"),
    Kind("CSTO:session", "CSTO", binding="none"),
    Kind("CIS", "CIS"),
    Kind("EST:consultations", "OSCE", binding="none"),
    Kind("EST:conference", "OSCE", binding="law"),
    Kind(
        "EST:extraordinary",
        "OSCE",
        excludes=(0, 99),
        whom="attacker",
        binding="law",
        duty="est-8-exclusion",
    ),
)

BODIES: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}


@dataclass(frozen=True)
class Body:
    """A body on a day, ready to decide.

    Attributes
    ----------
    name : str
        Name and variant, for example "OSCE:minus-one".
    on : str
        The day, as ISO text; empty when the members were given.
    members : tuple of str
        Codes of those with a seat and a vote, sorted.
    options : mapping
        Every option of the body and its value.
    beside : tuple of str
        Organisations that sit beside their members where `organisations="vote"` lets them.
    """

    name: str
    on: str
    members: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What is always true of the body."""
        return BODIES[self.name]

    @property
    def title(self) -> str:
        """Full name of the body."""
        return self.kind.title

    @property
    def choices(self) -> tuple[Option, ...]:
        """The open questions of this body, for a view that lets them be chosen."""
        return options_of(self.name)

    def with_options(self, **options: Any) -> Body:
        """Return the same body with other options, and with the seats that they give."""
        settled = frozen(settle(self.name, {**self.options, **options}))
        seats = seated(self.members, self.beside, settled.get("organisations"))
        return replace(self, options=settled, members=seats)

    def clauses(self, excluded: Iterable[str] = ()) -> tuple[Clause, ...]:
        """Return the clauses of the rule, all of which must be met.

        Parameters
        ----------
        excluded : iterable of str
            Members whose vote is left out.
        """
        return RULES[self.name](self.members, self._excluded(excluded), self.options)

    def vote(
        self,
        ballots: Mapping[str, str] | Iterable[tuple[str, str]],
        default: str | None = None,
        excluded: Iterable[str] = (),
    ) -> Vote:
        """Return a complete vote, checked: one ballot a member, no strangers, no gaps.

        Raises
        ------
        BallotError
            If a ballot is unknown, doubled or missing.
        UnknownState, MembershipError
            If a State is unknown or has no seat here on that day.
        """
        given, default = read_ballots(ballots, default)
        self.check(*given)
        absent = [m for m in self.members if m not in given]
        if absent and default is None:
            raise BallotError(say("institutions.ballot.missing", who=names(absent)))
        full = {m: given.get(m, default) for m in self.members}
        return Vote(self.members, full, self._excluded(excluded))

    def decide(
        self,
        ballots: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        default: str | None = None,
        excluded: Iterable[str] = (),
    ) -> Outcome:
        """Apply the rule to a set of ballots.

        Parameters
        ----------
        ballots : mapping of State to ballot, or pairs
            Ballots are "yes", "no", "abstain", "abstain-constructive", "absent", "silent".
        default : str, optional
            Ballot of every member not named.
        excluded : iterable of str
            Votes left out, where the rule knows such a thing: the State concerned, the parties to
            a dispute, the Party that attacks.

        Returns
        -------
        Outcome

        Raises
        ------
        InstitutionError
            A subclass that says what was wrong with the question.
        """
        vote = self.vote(ballots, default, excluded)
        return self._outcome(vote, default)

    def check(self, *states: str) -> None:
        """Refuse States that have no seat here on that day.

        Raises
        ------
        UnknownState, MembershipError
            If a State is unknown, never had a seat, or not on that day.
        """
        for state in states:
            if state not in self.members:
                raise _stranger(self, str(state))

    def recast(self, vote: Vote, default: str | None = None) -> Vote | None:
        """Return a vote of another seating of this body with the seats as they are here.

        Parameters
        ----------
        vote : Vote
            A complete vote.
        default : str, optional
            Ballot of those who have a seat only here; without it such a vote can't be made.

        Returns
        -------
        Vote or None
            None where a seat has no ballot.
        """
        if self.members == vote.members:
            return vote
        full = {m: vote.ballots.get(m, default) for m in self.members}
        if None in full.values():
            return None
        return Vote(self.members, full, vote.excluded & frozenset(self.members))

    def adopts(self, vote: Vote) -> bool:
        """Whether a complete vote leads to adoption, without the account of it."""
        return all(clause.met(vote) for clause in self.clauses(vote.excluded))

    def tally(self, yes: int, no: int, abstain: int = 0) -> Outcome:
        """Apply the rule to a plain count, for the General Assembly, whose roll is not in the data.

        Parameters
        ----------
        yes, no, abstain : int
            Numbers of ballots.
        """
        if self.name != "UNGA":
            raise InstitutionError(say("institutions.tally", body=self.name))
        return assembly(yes, no, abstain, on=self.on)

    # Inner parts

    def _excluded(self, excluded: Iterable[str]) -> frozenset[str]:
        chosen = excluded if isinstance(excluded, frozenset) else frozenset(codes(excluded))
        self.check(*sorted(chosen))
        least, most = self.kind.excludes
        if not chosen and self.name == "UNSC:chapter-vi":
            raise InstitutionError(say("institutions.excluded.chapter_vi"))
        if len(chosen) < least:
            who = self.kind.excluded_as
            raise InstitutionError(
                count("institutions.excluded.few", least, body=self.name, who=who)
            )
        if len(chosen) > most:
            hint = _variants_excluding(self.name)
            if not most:
                raise InstitutionError(say("institutions.excluded.none", body=self.name, hint=hint))
            raise InstitutionError(
                count("institutions.excluded.many", most, body=self.name, hint=hint)
            )
        return chosen

    def _outcome(self, vote: Vote, default: str | None) -> Outcome:
        findings = [clause.check(vote) for clause in self.clauses(vote.excluded)]
        adopted = all(finding.passed for finding in findings)
        blockers = tuple(dict.fromkeys(m for f in findings for m in f.blockers))
        missing = tuple(short for f in findings for short in f.missing)
        trace = (*self._notes(vote), *(f.step for f in findings))
        return Outcome(
            body=self.name,
            on=self.on,
            adopted=adopted,
            blockers=blockers,
            missing=missing,
            reason=reason(adopted, blockers, missing),
            trace=trace,
            ballots=frozen(vote.ballots),
            excluded=tuple(sorted(vote.excluded)),
            tally=frozen(vote.tally),
            binding=self.kind.binding if adopted else "none",
            decided_by=self._decided_by(vote, adopted, default),
        )

    def _notes(self, vote: Vote) -> Iterable[Step]:
        """Steps that inform: votes left out, limits of the rule, tests that could not be run."""
        if vote.excluded and self.kind.duty:
            left_out = names(tuple(sorted(vote.excluded)))
            yield cited(self.kind.duty, say("institutions.left_out", who=left_out))
        for rule in _LIMITS.get(self.name, ()):
            yield cited(rule, entry(rule)["note"])
        if self.name in ("UNSC", "UNSC:chapter-vi"):
            yield from self._practice(vote)
        if self.name == "EU" and vote.who(CONSTRUCTIVE):
            yield from self._untested_third(vote)

    def _practice(self, vote: Vote) -> Iterable[Step]:
        """Cite the practice that lets a permanent member abstain or stay away without blocking."""
        for rule, option, kinds in _PRACTICE:
            cast = tuple(m for m in vote.who(*kinds) if m in PERMANENT)
            if cast and self.options[option] == "harmless":
                text = say(f"institutions.practice.{option}", who=names(cast))
                yield cited(rule, text, option=option)

    def _untested_third(self, vote: Vote) -> Iterable[Step]:
        """Say so where qualified abstentions were cast and the test of one third can't be run."""
        version = self.options["treaty"]
        if version == "maastricht":
            yield cited("eu-before-1999", say("institutions.qualified.plain"))
        elif not any(isinstance(c, NotTooMany) for c in self.clauses(vote.excluded)):
            rule = "eu-third-lisbon" if version == "lisbon" else "eu-third-nice"
            yield cited(rule, say("institutions.qualified.untested"))

    def _decided_by(self, vote: Vote, adopted: bool, default: str | None) -> tuple[str, ...]:
        """Options of which some other choice, alone, would turn the result."""
        turned = []
        for option in self.choices:
            if option.status == "set by the day":
                continue
            others = [c for c in option.choices if c != self.options[option.name]]
            if any(self._turned(option.name, c, vote, adopted, default) for c in others):
                turned.append(option.name)
        return tuple(turned)

    def _turned(self, option: str, choice: str, vote: Vote, adopted: bool, default) -> bool:
        """Whether the same ballots lead to another result with another choice.

        An option that gives seats to more voters is tried only where a default ballot says what
        they would cast.
        """
        other = self.with_options(**{option: choice})
        recast = other.recast(vote, default)
        return recast is not None and other.adopts(recast) != adopted


_PRACTICE = (
    ("unsc-abstention", "abstention", (ABSTAIN, CONSTRUCTIVE)),
    ("unsc-absence", "absence", (ABSENT, SILENT)),
)

_LIMITS = {
    "OSCE:minus-one": ("osce-minus-one-limits",),
    "OSCE:minus-two": ("osce-minus-two-limits",),
    "UNGA": ("unga-force",),
}


def body(
    name: str,
    on: str | date | None = None,
    members: Iterable[str] | None = None,
    parties: Iterable[str] | None = None,
    **options: Any,
) -> Body:
    """Return a body as it stood on a day.

    Parameters
    ----------
    name : str
        "UNSC", "UNSC:procedural", "UNSC:chapter-vi", "UNGA", "OSCE", "OSCE:minus-one",
        "OSCE:minus-two", "OSCE:berlin", "OSCE:moscow-6", "OSCE:moscow-10", "OSCE:vienna", "NATO",
        "NATO:article-4", "NRC", "NRC:meeting", "EU", "CSTO", "CSTO:session", "CIS",
        "EST:consultations", "EST:conference", "EST:extraordinary".
    on : str or date
        The day whose membership counts. Only full members vote; a suspended State does not.
    members : iterable of str, optional
        Members to use instead of the record's (any codes). Needed for the General Assembly, whose
        roll is not in the data: without it only `tally` can be used.
    parties : iterable of str, optional
        The same, for the draft treaty, which was never in force. Left out: all participating
        States of the OSCE on that day. Organisations have a vote only with
        `organisations="vote"`: those that are listed, or all five of Article 10.
    **options
        Choices where a text is silent or blank; see `Body.choices`.

    Returns
    -------
    Body

    Raises
    ------
    UnknownBody, DateError, OptionError
        If the name, the day or an option is not known.
    """
    if not isinstance(name, str) or name not in BODIES:
        raise UnknownBody(say("institutions.no_body", name=name, near=nearest(name, BODIES)))
    given = parties if members is None else members
    day = None if on is None else as_day(on)
    seats = _seats(name, day) if given is None else _given(given, members is None)
    if name == "EU":
        options = {"treaty": _eu_treaty(day), **options}
    settled = frozen(settle(name, options))
    beside: tuple[str, ...] = ()
    if "organisations" in settled:
        beside = tuple(m for m in seats if m in ORGANISATIONS) or ORGANISATIONS
        seats = seated(seats, beside, settled["organisations"])
        if not seats:
            raise MembershipError(say("institutions.members.none"))
    return Body(name, "" if day is None else day.isoformat(), seats, settled, beside)


def seated(
    members: tuple[str, ...], beside: tuple[str, ...], organisations: str | None
) -> tuple[str, ...]:
    """Return who votes: organisations beside the States, or the States alone.

    Parameters
    ----------
    members : tuple of str
        Those with a seat.
    beside : tuple of str
        Organisations that may have one.
    organisations : str or None
        "vote" or "off"; None for a body that knows no such question.
    """
    if organisations is None:
        return members
    states = [m for m in members if m not in ORGANISATIONS]
    return tuple(sorted((*states, *(beside if organisations == "vote" else ()))))


def assembly(yes: int, no: int, abstain: int = 0, on: str = "") -> Outcome:
    """Judge a General Assembly vote by its plain tally: two thirds of those voting yes or no.

    Parameters
    ----------
    yes, no, abstain : int
        Numbers of States. Their names are not in the data, so nobody is listed as blocking.
    on : str
        Day of the vote, for the heading.
    """
    for number in (yes, no, abstain):
        if not isinstance(number, int) or number < 0:
            raise BallotError(say("institutions.ballot.number", number=number))
    finding = MostOfThoseVoting("unga-important").count(yes, no)
    steps = (cited("unga-force", entry("unga-force")["note"]), finding.step)
    return Outcome(
        body="UNGA",
        on=on,
        adopted=finding.passed,
        blockers=(),
        missing=finding.missing,
        reason=reason(finding.passed, (), finding.missing),
        trace=steps,
        ballots=frozen({}),
        tally=frozen({**dict.fromkeys(BALLOTS, 0), "yes": yes, "no": no, "abstain": abstain}),
        binding="politics" if finding.passed else "none",
    )


def as_day(on: str | date) -> date:
    """Return a day given as ISO text or as a date.

    Raises
    ------
    DateError
        If it is neither.
    """
    try:
        return date.fromisoformat(on) if isinstance(on, str) else date(on.year, on.month, on.day)
    except (AttributeError, TypeError, ValueError):
        raise DateError(say("institutions.date", day=on)) from None


def _seats(name: str, day: date | None) -> tuple[str, ...]:
    seats = BODIES[name].seats
    if seats is None:
        return ()
    if day is None:
        raise DateError(say("institutions.date.none", name=name))
    try:
        return tuple(data.members(seats, day))
    except data.DataError as error:
        raise DateError(str(error)) from None


def _given(members: Iterable[str], parties: bool) -> tuple[str, ...]:
    """Members of one's own: any codes of three letters, but Parties are States or invented ones.

    Members of whom nobody is real are an invented world, be it of one seat: a room may be small.
    """
    listed = codes(members)
    invented = not parties and not any(is_real(m) for m in listed)
    own = [m for m in listed if invented or _CODE.fullmatch(m)]
    checked(listed, () if parties else own)
    doubled = sorted({m for m in listed if listed.count(m) > 1})
    if doubled:
        raise MembershipError(say("institutions.members.twice", who=names(doubled)))
    if not listed:
        raise MembershipError(say("institutions.members.none"))
    return tuple(sorted(listed))


_CODE = re.compile("[A-Z]{3}")


def _eu_treaty(day: date | None) -> str:
    """Return the version of the Treaty on European Union in force."""
    starts = {row["value"]: row["name"] for row in entry("eu-unanimity")["numbers"]}
    in_force = [starts[s] for s in sorted(starts) if day is None or s <= day.isoformat()]
    return in_force[-1] if in_force else "maastricht"


def _variants_excluding(name: str) -> str:
    family = name.split(":")[0]
    able = [k for k, kind in BODIES.items() if kind.excludes[1] and k.split(":")[0] == family]
    if not able:
        return say("institutions.excluded.no_variant")
    return say("institutions.excluded.variants", able=either(able))


def _stranger(where: Body, state: str) -> InstitutionError:
    """Say why a State has no vote here: unknown, never a member, or not on that day."""
    known = {row["iso3"]: row["name"] for row in data.rows("states")}
    if where.options.get("organisations") == "off" and state in ORGANISATIONS:
        return MembershipError(say("institutions.state.beside", state=state))
    if state not in known and state not in where.members:
        return unknown_state(state, where.members)
    label = known.get(state, state)
    seats = BODIES[where.name].seats
    if not where.on or seats is None:
        return MembershipError(say("institutions.state.given", state=label, body=where.name))
    since = _since(state, seats)
    return MembershipError(
        say("institutions.state.no_vote", state=label, body=where.name, on=where.on, since=since)
    )


def _since(state: str, seats: str) -> str:
    intervals = [
        row
        for row in data.rows("memberships")
        if (row["iso3"], row["organisation"]) == (state, seats)
    ]
    if not intervals:
        return say("institutions.state.never", organisation=seats)
    spans = "; ".join(_span(row) for row in sorted(intervals, key=lambda row: row["from_date"]))
    return say("institutions.state.was", organisation=seats, spans=spans)


def _span(row: Mapping[str, Any]) -> str:
    """One membership: its status and its days."""
    key = "institutions.state.until" if row["to_date"] else "institutions.state.from"
    return say(key, status=row["status"], begin=row["from_date"], end=row["to_date"])
