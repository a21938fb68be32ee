"""Bodies at a date: who has a seat, which rule applies, and what a set of ballots leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from course import data

from .ballots import ABSENT, ABSTAIN, BALLOTS, CONSTRUCTIVE, SILENT, Vote, frozen, read_ballots
from .catalogue import cited, entry
from .clauses import Clause, MostOfThoseVoting, NotTooMany, names
from .errors import (
    BallotError,
    DateError,
    InstitutionError,
    MembershipError,
    UnknownBody,
    UnknownState,
    nearest,
)
from .options import Option, options_of, settle
from .outcome import Outcome, Shortfall, Step
from .rules import PERMANENT, RULES

__all__ = ["BODIES", "ORGANISATIONS", "Body", "Kind", "assembly", "body"]

ORGANISATIONS = ("CIS", "CSTO", "EU", "NATO", "OSCE")
"""Organisations that the draft treaty lets sign beside the States (Article 10)."""


@dataclass(frozen=True)
class Kind:
    """What is always true of a body or variant, whatever the day.

    Attributes
    ----------
    title : str
        Full name.
    seats : str or None
        Organisation whose members sit in it; None where members must be given.
    excludes : tuple of int
        Fewest and most votes that may be left out.
    excluded_as : str
        What the excluded are called, for messages: "the State concerned".
    binding : str
        "law", "politics" or "none".
    duty : str or None
        Rule by which the excluded votes are left out.
    """

    title: str
    seats: str | None
    excludes: tuple[int, int] = (0, 0)
    excluded_as: str = ""
    binding: str = "politics"
    duty: str | None = None


BODIES: Mapping[str, Kind] = {
    "UNSC": Kind("UN Security Council, on substance", "UNSC", binding="law"),
    "UNSC:procedural": Kind("UN Security Council, on procedure", "UNSC", binding="law"),
    "UNSC:chapter-vi": Kind(
        "UN Security Council, under Chapter VI",
        "UNSC",
        (1, 14),
        "the parties to the dispute",
        "politics",
        "unsc-chapter-vi",
    ),
    "UNGA": Kind("UN General Assembly, important question", None, binding="politics"),
    "OSCE": Kind("OSCE Permanent or Ministerial Council", "OSCE"),
    "OSCE:minus-one": Kind(
        "OSCE, consensus minus one",
        "OSCE",
        (1, 1),
        "the State concerned",
        duty="osce-minus-one",
    ),
    "OSCE:minus-two": Kind(
        "OSCE, consensus minus two",
        "OSCE",
        (2, 2),
        "the two States in dispute",
        duty="osce-minus-two",
    ),
    "OSCE:berlin": Kind("OSCE, Berlin mechanism: emergency meeting", "OSCE", binding="none"),
    "OSCE:moscow-6": Kind(
        "OSCE, Moscow mechanism: rapporteurs",
        "OSCE",
        (0, 1),
        "the State concerned",
        "none",
        "osce-moscow-6",
    ),
    "OSCE:moscow-10": Kind(
        "OSCE, Moscow mechanism: serious threat",
        "OSCE",
        (0, 1),
        "the State concerned",
        "none",
        "osce-moscow-10",
    ),
    "OSCE:vienna": Kind(
        "OSCE, Vienna mechanism: unusual military activity", "OSCE", binding="none"
    ),
    "NATO": Kind("North Atlantic Council", "NATO"),
    "NATO:article-4": Kind("North Atlantic Council, consultations", "NATO", binding="none"),
    "NRC": Kind("NATO-Russia Council", "NRC"),
    "NRC:meeting": Kind("NATO-Russia Council, extraordinary meeting", "NRC", binding="none"),
    "EU": Kind("Council of the EU, foreign and security policy", "EU", binding="law"),
    "CSTO": Kind("CSTO Collective Security Council", "CSTO", binding="law"),
    "CSTO:session": Kind("CSTO, extraordinary session", "CSTO", binding="none"),
    "CIS": Kind("CIS Council of Heads of State", "CIS"),
    "EST:consultations": Kind("Draft treaty: Consultations", "OSCE", binding="none"),
    "EST:conference": Kind("Draft treaty: Conference of the Parties", "OSCE", binding="law"),
    "EST:extraordinary": Kind(
        "Draft treaty: Extraordinary Conference",
        "OSCE",
        (0, 99),
        "the Party that attacks or threatens",
        "law",
        "est-8-exclusion",
    ),
}


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
    """

    name: str
    on: str
    members: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

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
        """Return the same body with other options."""
        return replace(self, options=frozen(settle(self.name, {**self.options, **options})))

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
        for state in given:
            self._seat(state)
        absent = [m for m in self.members if m not in given]
        if absent and default is None:
            raise BallotError(
                f"No ballot for {names(tuple(absent))}; add them or pass a default ballot."
            )
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
        return self._outcome(vote)

    def adopts(self, vote: Vote) -> bool:
        """Whether a complete vote leads to adoption, without the account of it."""
        return all(clause.check(vote).passed for clause in self.clauses(vote.excluded))

    def tally(self, yes: int, no: int, abstain: int = 0) -> Outcome:
        """Apply the rule to a plain count, for the General Assembly, whose roll is not in the data.

        Parameters
        ----------
        yes, no, abstain : int
            Numbers of ballots.
        """
        if self.name != "UNGA":
            raise InstitutionError(
                f"{self.name} needs ballots by State, not a count; use decide(ballots)."
            )
        return assembly(yes, no, abstain, on=self.on)

    # Inner parts

    def _excluded(self, excluded: Iterable[str]) -> frozenset[str]:
        if isinstance(excluded, str):
            excluded = (excluded,)
        chosen = frozenset(excluded)
        for state in sorted(chosen):
            self._seat(state)
        least, most = self.kind.excludes
        if not chosen and self.name == "UNSC:chapter-vi":
            raise InstitutionError(
                "UNSC:chapter-vi needs the parties to the dispute as excluded=[...]; "
                "without parties use UNSC."
            )
        if len(chosen) < least:
            raise InstitutionError(
                f"{self.name} leaves out {self.kind.excluded_as}: pass excluded=[...] "
                f"with {least} member{'s' if least > 1 else ''}."
            )
        if len(chosen) > most:
            hint = "nobody's vote" if not most else f"at most {most} vote{'s' if most > 1 else ''}"
            raise InstitutionError(
                f"{self.name} leaves out {hint}; {_variants_excluding(self.name)}"
            )
        return chosen

    def _seat(self, state: object) -> None:
        if state not in self.members:
            raise _stranger(self, str(state))

    def _outcome(self, vote: Vote) -> Outcome:
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
            reason=_reason(adopted, blockers, missing),
            trace=trace,
            ballots=frozen(vote.ballots),
            excluded=tuple(sorted(vote.excluded)),
            tally=frozen(vote.tally),
            binding=self.kind.binding if adopted else "none",
            decided_by=self._decided_by(vote, adopted),
        )

    def _notes(self, vote: Vote) -> Iterable[Step]:
        """Steps that inform: votes left out, limits of the rule, tests that could not be run."""
        if vote.excluded and self.kind.duty:
            left_out = names(tuple(sorted(vote.excluded)))
            yield cited(self.kind.duty, f"The vote of {left_out} is left out.")
        for rule in _LIMITS.get(self.name, ()):
            yield cited(rule, entry(rule)["note"])
        if self.name in ("UNSC", "UNSC:chapter-vi"):
            yield from self._practice(vote)
        if self.name == "EU" and vote.who(CONSTRUCTIVE):
            yield from self._untested_third(vote)

    def _practice(self, vote: Vote) -> Iterable[Step]:
        """Cite the practice that lets a permanent member abstain or stay away without blocking."""
        for rule, option, kinds, what in _PRACTICE:
            cast = tuple(m for m in vote.who(*kinds) if m in PERMANENT)
            if cast and self.options[option] == "harmless":
                text = f"{names(cast)}: by practice {what} is not a vote against."
                yield cited(rule, text, option=option)

    def _untested_third(self, vote: Vote) -> Iterable[Step]:
        """Say so where qualified abstentions were cast and the test of one third can't be run."""
        version = self.options["treaty"]
        if version == "maastricht":
            text = "A qualified abstention counts as a plain one: it came with the treaty of 1999."
            yield cited("eu-before-1999", text)
        elif not any(isinstance(c, NotTooMany) for c in self.clauses(vote.excluded)):
            rule = "eu-third-lisbon" if version == "lisbon" else "eu-third-nice"
            yield cited(rule, "The test of one third is not modelled for this day.")

    def _decided_by(self, vote: Vote, adopted: bool) -> tuple[str, ...]:
        """Options of which some other choice, alone, would turn the result."""
        turned = []
        for option in self.choices:
            if option.status == "set by the day":
                continue
            others = [c for c in option.choices if c != self.options[option.name]]
            if any(self.with_options(**{option.name: c}).adopts(vote) != adopted for c in others):
                turned.append(option.name)
        return tuple(turned)


_PRACTICE = (
    ("unsc-abstention", "abstention", (ABSTAIN, CONSTRUCTIVE), "abstention"),
    ("unsc-absence", "absence", (ABSENT, SILENT), "taking no part"),
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
        States of the OSCE on that day, organisations off.
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
    if name not in BODIES:
        raise UnknownBody(f"There is no body {name!r}; {nearest(name, BODIES)}")
    given = parties if members is None else members
    day = None if on is None else _day(on)
    seats = _seats(name, day) if given is None else _given(given)
    if name.startswith("EST:") and options.get("organisations") == "vote":
        seats = tuple(sorted({*seats, *ORGANISATIONS}))
    if name == "EU":
        options = {"treaty": _eu_treaty(day), **options}
    settled = frozen(settle(name, options))
    return Body(name, "" if day is None else day.isoformat(), seats, settled)


def assembly(yes: int, no: int, abstain: int = 0, on: str = "") -> Outcome:
    """Judge a General Assembly vote by its plain tally: two thirds of those voting yes or no.

    Parameters
    ----------
    yes, no, abstain : int
        Numbers of States. Their names are not in the data, so nobody is listed as blocking.
    on : str
        Day of the vote, for the heading.
    """
    for count in (yes, no, abstain):
        if not isinstance(count, int) or count < 0:
            raise BallotError(f"{count!r} is no number of ballots; use whole numbers from 0 up.")
    finding = MostOfThoseVoting("unga-important").count(yes, no)
    steps = (cited("unga-force", entry("unga-force")["note"]), finding.step)
    return Outcome(
        body="UNGA",
        on=on,
        adopted=finding.passed,
        blockers=(),
        missing=finding.missing,
        reason=_reason(finding.passed, (), finding.missing),
        trace=steps,
        ballots=frozen({}),
        tally=frozen({**dict.fromkeys(BALLOTS, 0), "yes": yes, "no": no, "abstain": abstain}),
        binding="politics" if finding.passed else "none",
    )


def _day(on: str | date) -> date:
    try:
        return date.fromisoformat(on) if isinstance(on, str) else date(on.year, on.month, on.day)
    except (AttributeError, TypeError, ValueError):
        raise DateError(f"{on!r} is not a day; write it as year-month-day: '2008-08-08'.") from None


def _seats(name: str, day: date | None) -> tuple[str, ...]:
    seats = BODIES[name].seats
    if seats is None:
        return ()
    if day is None:
        raise DateError(f"{name} needs a day, or members of your own: body({name!r}, on=...).")
    try:
        return tuple(data.members(seats, day))
    except data.DataError as error:
        raise DateError(str(error)) from None


def _given(members: Iterable[str]) -> tuple[str, ...]:
    listed = list(members)
    doubled = sorted({m for m in listed if listed.count(m) > 1})
    if doubled:
        raise MembershipError(f"{names(tuple(doubled))} is listed twice; list each member once.")
    if not listed:
        raise MembershipError("The list of members is empty; name at least one.")
    return tuple(sorted(listed))


def _eu_treaty(day: date | None) -> str:
    """Return the version of the Treaty on European Union in force."""
    starts = {row["value"]: row["name"] for row in entry("eu-unanimity")["numbers"]}
    in_force = [starts[s] for s in sorted(starts) if day is None or s <= day.isoformat()]
    return in_force[-1] if in_force else "maastricht"


def _reason(adopted: bool, blockers: tuple[str, ...], missing: tuple[Shortfall, ...]) -> str:
    if adopted:
        return "adopted."
    parts = [f"blocked by {names(blockers)}"] if blockers else []
    parts += [f"missing: {short}" for short in missing]
    return f"not adopted; {'; '.join(parts)}."


def _variants_excluding(name: str) -> str:
    family = name.split(":")[0]
    able = [k for k, kind in BODIES.items() if kind.excludes[1] and k.split(":")[0] == family]
    return f"to leave one out use {' or '.join(able)}." if able else "no variant of it does."


def _stranger(where: Body, state: str) -> InstitutionError:
    """Say why a State has no vote here: unknown, never a member, or not on that day."""
    known = {row["iso3"]: row["name"] for row in data.rows("states")}
    if state not in known and state not in where.members:
        by_name = {label.lower(): code for code, label in known.items()}
        code = by_name.get(state.lower())
        advice = f"use its code {code!r}." if code else nearest(state, {*known, *where.members})
        return UnknownState(f"There is no State {state!r} here; {advice}")
    label = known.get(state, state)
    seats = BODIES[where.name].seats
    if not where.on or seats is None:
        return MembershipError(f"{label} is not among the members given for {where.name}.")
    return MembershipError(
        f"{label} had no vote in {where.name} on {where.on}; {_since(state, seats)}"
    )


def _since(state: str, seats: str) -> str:
    intervals = [
        row
        for row in data.rows("memberships")
        if (row["iso3"], row["organisation"]) == (state, seats)
    ]
    if not intervals:
        return f"it never was a member of {seats}: leave its ballot out."
    spans = "; ".join(
        f"{row['status']} from {row['from_date']}"
        + (f" until {row['to_date']}" if row["to_date"] else "")
        for row in sorted(intervals, key=lambda row: row["from_date"])
    )
    return f"in {seats} it was {spans}."
