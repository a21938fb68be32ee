"""Between the room and `course.institutions`: seats in, an outcome out as plain values.

The room never decides a result itself: it hands the ballots to the body that the instructor chose
and keeps what comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from course import data, institutions
from course.words import say

from .session import Session

__all__ = ["body_of", "codes", "count", "forming"]


def codes(session: Session) -> dict[str, str]:
    """Code in the institutions to the name that the room uses, for the Parties of the case."""
    return {r.code: r.name for r in session.scenario.roles if r.kind == "party"}


def body_of(session: Session, name: str) -> institutions.Body:
    """The body that decides: the record's members in a real case, the seats in an invented one."""
    case = session.scenario
    if case.real:
        if name.startswith("EST:"):
            return institutions.body(name, on=case.on, parties=_signatories(session))
        return institutions.body(name, on=case.on)
    return institutions.body(name, members=[r.code for r in session.parties()])


def count(session: Session, name: str) -> dict:
    """Count the ballots of the present round under the rule of a body.

    A seat that is played and gave no ballot is silent: its delegate sits in the room. A seat whose
    players have all left is absent. Members that nobody plays do what the instructor chose.

    Parameters
    ----------
    session : Session
    name : str
        A body of `course.institutions`, for example ``"EST:conference"``.

    Returns
    -------
    dict
        Plain values only: ``body title adopted reason because present quorum members blockers excluded
        tally seats others default trace turned binding``, names as the room uses them; ``seats`` says what each
        seat in the room did, ``"no seat"`` where the body has none for it.
    """
    cast = {voter: ballot.choice for voter, ballot in session.round.ballots.items()}
    return _outcome(session, name, cast, missing="silent")


def forming(session: Session, name: str) -> dict:
    """How the outcome forms while ballots still come in: a seat that has not voted is not there."""
    cast = {voter: ballot.choice for voter, ballot in session.round.ballots.items()}
    return _outcome(session, name, cast, missing="absent")


def _outcome(session: Session, name: str, cast: Mapping[str, str], missing: str) -> dict:
    try:
        body = body_of(session, name)
        ballots = _ballots(session, body.members, cast, missing)
        excluded = _excluded(session, body)
        outcome = body.decide(ballots, default=session.round.default, excluded=excluded)
    except institutions.InstitutionError as error:
        return _undecided(session, name, str(error))
    quorum = next((c for c in body.clauses(excluded) if "quorum" in c.rule), None)
    present = [m for m in body.members if outcome.ballots[m] != "absent"]
    counted = [m for m in present if quorum is None or quorum.points(m, outcome.ballots[m])]
    known = codes(session)
    return {
        "kind": "round",
        "body": name,
        "title": body.title,
        "adopted": outcome.adopted,
        "reason": _named(outcome.reason, known),
        "because": _named(outcome.because, known),
        "present": len(counted),
        "quorum": quorum.need if quorum else None,
        "members": len(body.members),
        "blockers": [known.get(m, m) for m in outcome.blockers],
        "excluded": [known.get(m, m) for m in outcome.excluded],
        "tally": {kind: n for kind, n in outcome.tally.items() if n},
        "seats": {
            role.name: outcome.ballots.get(role.code, "no seat") for role in session.parties()
        },
        "others": len(set(body.members) - set(ballots)),
        "default": session.round.default,
        "trace": [
            {
                "text": _named(step.text, known),
                "article": step.article,
                "passed": step.passed,
                "unverified": step.flagged,
            }
            for step in outcome.trace
        ],
        "turned": list(outcome.decided_by),
        "binding": outcome.binding,
    }


def _undecided(session: Session, name: str, why: str) -> dict:
    """The rule could not be applied to this question; the room still sees why."""
    reason = say("room.not_applied", why=why)
    return {
        "kind": "round",
        "body": name,
        "title": dict(session.scenario.bodies).get(name, name),
        "adopted": False,
        "reason": reason,
        "because": reason,
        "present": 0,
        "quorum": None,
        "members": 0,
        "blockers": [],
        "excluded": [],
        "tally": {},
        "seats": {},
        "others": 0,
        "default": session.round.default,
        "trace": [],
        "turned": [],
        "binding": "none",
    }


def _ballots(session: Session, members, cast: Mapping[str, str], missing: str) -> dict[str, str]:
    """Ballots of the members that somebody plays; the rest falls to the default."""
    taken = session.taken()
    ballots = {}
    for role in session.parties():
        if role.code in members:
            silent = missing if taken.get(role.id) else "absent"
            ballots[role.code] = cast.get(role.id, silent)
    return ballots


def _excluded(session: Session, body: institutions.Body) -> tuple[str, ...]:
    """Whose vote is left out, where the body knows such a thing."""
    least, most = body.kind.excludes
    if not most:
        return ()
    case = session.scenario
    seats = list(session.round.excluded)
    if least and not seats:
        seats = [*case.accused, case.accuser][:least]
    out = [case.role(seat).code for seat in seats]
    if case.accused_members and set(case.accused) <= set(seats):
        out += data.members(case.accused_members, on=case.on)
    return tuple(dict.fromkeys(code for code in out if code in body.members))


def _signatories(session: Session) -> list[str]:
    """Parties of the draft treaty in a real case: the participating States, and every seat."""
    case = session.scenario
    seats = {r.code for r in case.roles if r.kind == "party"}
    return sorted(seats | set(data.members("OSCE", on=case.on)))


def _named(sentence: str, known: Mapping[str, str]) -> str:
    """Write names for the codes of States."""
    return re.sub(r"\b[A-Z]{3}\b", lambda found: known.get(found[0], found[0]), sentence)
