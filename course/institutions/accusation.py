"""Who is the attacker? The draft treaty leaves out that Party's vote and names nobody to find it.

So the finding is a step of its own, with five possible ways, none of them in the text:
the word of the Party that feels attacked ("victim"), the Depositary ("depositary"), a vote of the
other Parties ("vote"), an earlier finding of the Security Council under Article 39 of the Charter
("security-council"), or nobody at all ("nobody"), in which case every vote counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from course.words import say

from .ballots import NO, YES, read_ballots
from .catalogue import cited
from .codes import checked, codes
from .errors import BallotError, MembershipError, OptionError, nearest
from .options import settle
from .outcome import Step, names

__all__ = ["WAYS", "Claim", "Finding", "find_attacker", "possible_findings"]

WAYS = ("victim", "depositary", "vote", "security-council", "nobody")

_ASPECTS = {"kind": ("attack", "threat"), "target": ("territory", "peacekeepers")}


@dataclass(frozen=True)
class Claim:
    """One Party's word that others attack or threaten it.

    Attributes
    ----------
    claimant : str
        The Party that says it was attacked or is threatened.
    accused : tuple of str
        Those it names, the main one first.
    kind : str
        "attack" or "threat".
    target : str
        "territory", or "peacekeepers" for forces of the claimant abroad.

    Raises
    ------
    UnknownState, MembershipError, OptionError
        If a code is no text, nobody or the claimant itself is accused, or the kind or target is
        no known one.
    """

    claimant: str
    accused: tuple[str, ...]
    kind: str = "attack"
    target: str = "territory"

    def __post_init__(self) -> None:
        codes(self.claimant)
        object.__setattr__(self, "accused", codes(self.accused))
        for name, choices in _ASPECTS.items():
            value = getattr(self, name)
            if value not in choices:
                near = nearest(value, choices)
                raise OptionError(say("institutions.choice", name=name, value=value, near=near))
        if self.claimant in self.accused:
            raise MembershipError(say("institutions.claim.itself", who=self.claimant))
        if not self.accused:
            raise MembershipError(say("institutions.claim.nobody", who=self.claimant))


@dataclass(frozen=True)
class Finding:
    """Whose votes fall away, by which way, and why.

    Attributes
    ----------
    excluded : tuple of str
        Parties whose vote is left out.
    way : str
        One of `WAYS`.
    trace : tuple of Step
        The steps that led there, each with the option it rests on.
    """

    excluded: tuple[str, ...]
    way: str
    trace: tuple[Step, ...]


def find_attacker(
    claims: Iterable[Claim],
    way: str,
    parties: Iterable[str],
    named: Iterable[str] = (),
    ballots: Mapping[str, Mapping[str, str]] | None = None,
    default: str = "abstain",
    **options: str,
) -> Finding:
    """Decide whose votes fall away in the Extraordinary Conference.

    Parameters
    ----------
    claims : iterable of Claim
        In the order in which they were made; each side may name the other.
    way : str
        "victim", "depositary", "vote", "security-council" or "nobody".
    parties : iterable of str
        All Parties; an accused State that is none has no vote to lose.
    named : iterable of str
        For "depositary" and "security-council": whom that finding names. Empty: it named nobody.
    ballots : mapping of accused to mapping of Party to ballot
        For "vote": on each accused Party a vote of those who neither claim nor stand accused.
    default : str
        For "vote": ballot of those not named.
    **options
        `counterclaims`, `several`, `peacekeepers`, `deciding_vote` of the draft treaty.

    Returns
    -------
    Finding
    """
    if way not in WAYS:
        raise OptionError(say("institutions.way", way=way, near=nearest(way, WAYS)))
    chosen = settle("EST", options)
    seats = set(checked(parties))
    claims = list(claims)
    for claim in claims:
        checked((claim.claimant, *claim.accused), seats)
    if way == "victim":
        return _by_claims(claims, seats, chosen)
    if way == "vote":
        return _by_vote(claims, seats, ballots or {}, default, chosen)
    if way == "nobody":
        step = cited("est-attacker", say("institutions.way.nobody"))
        return Finding((), way, (step,))
    return _by_finding(way, set(checked(named, seats)), seats)


def possible_findings(claims: Iterable[Claim], parties: Iterable[str]) -> list[tuple[str, ...]]:
    """Return every set of named Parties that some way of finding could leave out.

    Anyone who accuses or stands accused is named. With more than six named, single Parties, all
    accused by one claim, all accused, everyone and no one are returned.
    """
    seats, claims = set(parties), list(claims)
    named = sorted({s for c in claims for s in (c.claimant, *c.accused)} & seats)
    if len(named) <= 6:
        return [set_ for size in range(len(named) + 1) for set_ in combinations(named, size)]
    by_claim = [tuple(sorted(set(c.accused) & seats)) for c in claims]
    singles = [(state,) for state in named]
    accused = tuple(sorted({state for group in by_claim for state in group}))
    return list(dict.fromkeys([(), *singles, *by_claim, accused, tuple(named)]))


def _by_claims(claims: list[Claim], seats: set[str], options) -> Finding:
    """The victim's word: each claim stands, as far as the options let it."""
    trace, counted = [], []
    for claim in claims:
        if claim.target == "peacekeepers" and options["peacekeepers"] == "no":
            text = say("institutions.claim.peacekeepers", who=claim.claimant)
            trace.append(cited("est-attacker", text, option="peacekeepers"))
        else:
            counted.append(claim)
    counted, notes = _mutual(counted, options["counterclaims"])
    trace += notes
    excluded: list[str] = []
    for claim in counted:
        falls, note = _of_several(claim, options["several"])
        trace += note
        excluded += [state for state in falls if state in seats]
    text = say("institutions.way.victim")
    return Finding(tuple(sorted(set(excluded))), "victim", (cited("est-attacker", text), *trace))


def _mutual(claims: list[Claim], choice: str) -> tuple[list[Claim], list[Step]]:
    """Settle the case in which each side names the other."""
    crossed = [
        claim
        for claim in claims
        if any(o.claimant in claim.accused and claim.claimant in o.accused for o in claims)
    ]
    if not crossed:
        return claims, []
    sides = names(tuple(dict.fromkeys(claim.claimant for claim in crossed)))
    text = say("institutions.claim.mutual", sides=sides, choice=choice)
    step = cited("est-attacker", text, option="counterclaims")
    if choice == "both":
        return claims, [step]
    kept = crossed[:1] if choice == "the first" else []
    return [c for c in claims if c not in crossed or c in kept], [step]


def _of_several(claim: Claim, choice: str) -> tuple[tuple[str, ...], list[Step]]:
    if len(claim.accused) == 1:
        return claim.accused, []
    text = say(
        "institutions.claim.several",
        who=claim.claimant,
        number=len(claim.accused),
        choice=choice,
    )
    falls = {"all": claim.accused, "the first named": claim.accused[:1], "none": ()}[choice]
    return falls, [cited("est-attacker", text, option="several")]


def _by_vote(claims, seats, ballots, default, options) -> Finding:
    """The others decide: those Parties that neither claim nor stand accused."""
    accused = list(dict.fromkeys(s for c in claims for s in c.accused if s in seats))
    involved = {s for c in claims for s in (c.claimant, *c.accused)}
    told = _by_accused(ballots, seats)
    ballots = {state: read_ballots(votes, default) for state, votes in told}
    jury = sorted(seats - involved)
    strangers = sorted({s for votes, _ in ballots.values() for s in votes} - set(jury))
    if strangers:
        raise MembershipError(say("institutions.way.strangers", who=names(strangers)))
    excluded, trace = [], []
    for state in accused:
        given, fallback = ballots.get(state) or read_ballots({}, default)
        cast = [given.get(member, fallback) for member in jury]
        yes, no = cast.count(YES), cast.count(NO)
        guilty = _carried(yes, no, options["deciding_vote"])
        key = f"institutions.jury.{options['deciding_vote']}"
        text = say(key, state=state, yes=yes, no=no)
        trace.append(cited("est-attacker", text, guilty, option="deciding_vote"))
        excluded += [state] if guilty else []
    text = say("institutions.way.vote", number=len(jury))
    return Finding(tuple(sorted(excluded)), "vote", (cited("est-attacker", text), *trace))


def _by_accused(ballots: object, seats: set[str]) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Return (accused, ballots), or refuse what is no vote on each of the accused."""
    if not isinstance(ballots, Mapping):
        raise BallotError(say("institutions.way.ballots", given=ballots))
    checked(ballots, seats)
    return ballots.items()


def _carried(yes: int, no: int, threshold: str) -> bool:
    if threshold == "all":
        return yes > 0 and no == 0
    return 3 * yes >= 2 * (yes + no) > 0 if threshold == "two thirds" else yes > no


def _by_finding(way: str, named: set[str], seats: set[str]) -> Finding:
    """Someone outside the Conference has said who it is: the Depositary, or the Council."""
    found = tuple(sorted(named & seats))
    key = f"institutions.finding.{way}" if found else f"institutions.finding.none.{way}"
    steps = [cited("est-attacker", say(key, who=names(found) if found else ""))]
    outside = tuple(sorted(named - seats))
    if outside:
        text = say("institutions.finding.outside", who=names(outside))
        steps.append(cited("est-8-exclusion", text))
    return Finding(found, way, tuple(steps))
