"""A workshop session as a pure state machine: a command gives events, an event gives a new state.

No clock, no network, no file and no random number is used here. The caller says what time it is,
stores the events and hands them back to :func:`replay` after a restart, which gives the same
state. Every rule of the room (who may vote on what, once, and until when) is in this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType

from course.words import say

from .simulation import BALLOTS, Role, Scenario, Stage, deal

__all__ = [
    "MIN_GROUP",
    "Ballot",
    "BallotCast",
    "Desk",
    "DraftAmended",
    "Event",
    "NameChosen",
    "NoteFiled",
    "NoteShown",
    "Participant",
    "ParticipantJoined",
    "ParticipantLeft",
    "ParticipantReturned",
    "Refused",
    "ResultShown",
    "RoleGiven",
    "Round",
    "RoundClosed",
    "RoundOpened",
    "RoundSet",
    "Session",
    "SessionClosed",
    "SessionOpened",
    "StageAdded",
    "StageEntered",
    "event_from",
    "event_to",
    "exclusions",
    "replay",
]

MIN_GROUP = 5
"""The wall shows an opinion poll only when at least this many people answered it."""

MAX_PARTICIPANTS = 400
MAX_NAME = 24
MAX_ANSWER = 240
MAX_REASON = 280
MAX_QUESTION = 500
MAX_NOTE = 600
MAX_NOTES_EACH = 20
MAX_DRAFT = 600
MAX_CHOICES = 6
OPINIONS = "poll"


class Refused(ValueError):
    """What was asked is not allowed now; the message says why and what to do."""


# ------------------------------------------------------------------------------------ events


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. ``at`` is in seconds since 1970 (UTC)."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened(Event):
    """The instructor opened a room with this case."""

    session: str
    scenario: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantJoined(Event):
    """Somebody came in and was dealt a role."""

    participant: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChosen(Event):
    """A participant chose another pseudonym."""

    participant: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    """A participant now holds another role; ``declined`` is the one handed back, if any."""

    participant: str
    role: str
    declined: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLeft(Event):
    """A participant left the room; no reason is asked."""

    participant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantReturned(Event):
    """A participant who had left came back."""

    participant: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered(Event):
    """The instructor moved the room to a stage."""

    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdded(Event):
    """The instructor put a question of their own after the present stage."""

    stage: str
    after: str
    title: str
    question: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSet(Event):
    """The instructor chose the body that decides, what absent players do, and who is excluded."""

    stage: str
    body: str
    default: str
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAmended(Event):
    """The text before the room changed (never while it is being voted on)."""

    stage: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Event):
    """Ballots are taken from now on."""

    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast(Event):
    """One ballot. ``voter`` is a seat in the simulation and a participant in an opinion poll."""

    stage: str
    participant: str
    voter: str
    choice: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Event):
    """No more ballots; what was counted, and the same ballots under other rules."""

    stage: str
    result: dict
    contrast: tuple[dict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown(Event):
    """The instructor put a result on the wall, or took it off."""

    stage: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFiled(Event):
    """The mediator, the Depositary or the press wrote something for the room."""

    note: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown(Event):
    """The instructor put a note on the wall, or took it off."""

    note: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Event):
    """The workshop is over; ``keep`` says whether the instructor keeps the record knowingly."""

    keep: bool


_KINDS = {
    kind.__name__: kind
    for kind in (
        SessionOpened,
        ParticipantJoined,
        NameChosen,
        RoleGiven,
        ParticipantLeft,
        ParticipantReturned,
        StageEntered,
        StageAdded,
        RoundSet,
        DraftAmended,
        RoundOpened,
        BallotCast,
        RoundClosed,
        ResultShown,
        NoteFiled,
        NoteShown,
        SessionClosed,
    )
}


def event_to(event: Event) -> tuple[str, dict]:
    """Turn an event into its kind and a dictionary that JSON can hold."""
    return type(event).__name__, asdict(event)


def event_from(kind: str, body: Mapping) -> Event:
    """Turn what :func:`event_to` gave (after a trip through JSON) into the event again.

    Raises
    ------
    ValueError
        If the kind is unknown: the file was written by a newer version.
    """
    if kind not in _KINDS:
        raise ValueError(say("room.store.event", kind=kind))
    values = dict(body)
    for name in ("excluded", "contrast"):
        if name in values:
            values[name] = tuple(values[name])
    if "choices" in values:
        values["choices"] = tuple((c[0], c[1]) for c in values["choices"])
    return _KINDS[kind](**values)


# ------------------------------------------------------------------------------------- state


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the room, known by a pseudonym."""

    id: str
    name: str
    role: str
    here: bool = True
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a voter chose, and the one line of reasoning that may go with it."""

    choice: str
    reason: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """A stage with a vote: its settings, its ballots and its result."""

    body: str = ""
    default: str = "silent"
    excluded: tuple[str, ...] = ()
    draft: str = ""
    status: str = "waiting"
    ballots: Mapping[str, Ballot] = field(default_factory=lambda: MappingProxyType({}))
    opened_at: float = 0.0
    closed_at: float = 0.0
    result: dict | None = None
    contrast: tuple[dict, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """A note by the mediator, the Depositary or the press."""

    id: str
    role: str
    text: str
    shown: bool = False


Count = Callable[..., dict]


@dataclass(frozen=True, slots=True)
class Session:
    """The whole room at one moment. Every method returns events; none changes the session."""

    scenario: Scenario
    id: str = ""
    stages: tuple[Stage, ...] = ()
    stage_id: str = ""
    entered_at: float = 0.0
    opened_at: float = 0.0
    participants: Mapping[str, Participant] = field(default_factory=lambda: MappingProxyType({}))
    rounds: Mapping[str, Round] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Desk, ...] = ()
    closed: bool = False
    keep: bool = False

    # -------------------------------------------------------------------------- what is asked

    @property
    def stage(self) -> Stage:
        """The stage at which the room is."""
        return self.stage_of(self.stage_id)

    @property
    def round(self) -> Round:
        """The vote of the present stage (an empty one where nothing is voted on)."""
        return self.rounds.get(self.stage_id, Round())

    def stage_of(self, stage_id: str) -> Stage:
        """The stage with that id, those that the instructor added included."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise Refused(say("room.refused.stage"))

    def participant(self, participant: str) -> Participant:
        """The participant with that id."""
        try:
            return self.participants[participant]
        except KeyError:
            raise Refused(say("room.refused.stranger")) from None

    def role_of(self, participant: str) -> Role:
        """The role card that the participant holds."""
        return self.scenario.role(self.participant(participant).role)

    def holders(self, role_id: str) -> tuple[Participant, ...]:
        """Who holds a role and is in the room."""
        return tuple(p for p in self.participants.values() if p.here and p.role == role_id)

    def taken(self) -> dict[str, int]:
        """Role id to the number of participants in the room who hold it."""
        count: dict[str, int] = {}
        for person in self.participants.values():
            if person.here:
                count[person.role] = count.get(person.role, 0) + 1
        return count

    def seats(self) -> tuple[Role, ...]:
        """The Parties that somebody in the room plays, in the order of the scenario."""
        taken = self.taken()
        return tuple(r for r in self.scenario.roles if r.kind == "party" and taken.get(r.id))

    def parties(self) -> tuple[Role, ...]:
        """The Parties that count in the present round: those played now and those with a ballot."""
        taken, ballots = self.taken(), self.round.ballots
        return tuple(
            r
            for r in self.scenario.roles
            if r.kind == "party" and (taken.get(r.id) or r.id in ballots)
        )

    def voter(self, participant: str, stage_id: str | None = None) -> str:
        """Under which name the participant votes at a stage.

        Returns
        -------
        str
            The participant's id in an opinion poll, the seat in the simulation.

        Raises
        ------
        Refused
            With the reason why this participant has no ballot there.
        """
        person = self.participant(participant)
        stage = self.stage_of(stage_id or self.stage_id)
        if self.closed:
            raise Refused(say("room.over"))
        if not person.here:
            raise Refused(say("room.refused.left"))
        if stage.kind == OPINIONS:
            return person.id
        if not stage.voted:
            raise Refused(say("room.refused.no_vote"))
        role = self.scenario.role(person.role)
        if role.kind != "party":
            raise Refused(say("room.refused.no_ballot", role=_capital(role.name)))
        if stage.voters and role.id not in stage.voters:
            raise Refused(say("room.refused.mediator"))
        return role.id

    def choices(self, stage_id: str | None = None) -> tuple[tuple[str, str], ...]:
        """Pairs of (id, words) from which a voter chooses at a stage."""
        stage = self.stage_of(stage_id or self.stage_id)
        if stage.kind == "round":
            return tuple((choice, say(f"room.ballot.{choice}")) for choice in BALLOTS)
        if stage.kind == "mediation":
            return (("yes", say("room.accept")), ("no", say("room.accept.not")))
        return stage.choices

    def expected(self) -> tuple[str, ...]:
        """The voters who can answer the present stage now."""
        if self.stage.kind == OPINIONS:
            return tuple(p.id for p in self.participants.values() if p.here)
        if not self.stage.voted:
            return ()
        only = self.stage.voters
        return tuple(r.id for r in self.parties() if not only or r.id in only)

    def tally(self, stage_id: str | None = None) -> tuple[tuple[str, str, int], ...]:
        """Choice, its words and the number of ballots for it, in the order of the choices."""
        key = stage_id or self.stage_id
        ballots = self.rounds.get(key, Round()).ballots.values()
        return tuple((c, w, sum(b.choice == c for b in ballots)) for c, w in self.choices(key))

    def publishable(self, stage_id: str) -> bool:
        """Whether the result of a stage may go on the wall: closed, and no poll of a few."""
        round_ = self.rounds.get(stage_id)
        if round_ is None or round_.status != "closed":
            return False
        opinions = self.stage_of(stage_id).kind == OPINIONS
        return not opinions or len(round_.ballots) >= MIN_GROUP

    # ------------------------------------------------------------------- what people ask for

    def join(self, participant: str, name: str, at: float) -> tuple[Event, ...]:
        """Come in under a pseudonym and be dealt the next role."""
        self._running()
        if participant in self.participants:
            raise Refused(say("room.refused.already"))
        if len(self.participants) >= MAX_PARTICIPANTS:
            raise Refused(say("room.refused.full"))
        role = deal(self.scenario, self.taken())
        joined = ParticipantJoined(
            at=at, participant=participant, name=self._free_name(name), role=role
        )
        return (joined,)

    def rename(self, participant: str, name: str, at: float) -> tuple[Event, ...]:
        """Choose another pseudonym."""
        self._running()
        person = self.participant(participant)
        wanted = clean(name, MAX_NAME)
        if not wanted:
            raise Refused(say("room.refused.name"))
        if wanted == person.name:
            return ()
        if any(p.name.casefold() == wanted.casefold() for p in self.participants.values()):
            raise Refused(say("room.refused.name.taken", name=wanted))
        return (NameChosen(at=at, participant=participant, name=wanted),)

    def decline(self, participant: str, at: float) -> tuple[Event, ...]:
        """Hand the role card back and get another one; nobody is asked why."""
        self._running()
        person = self.participant(participant)
        if not person.here:
            raise Refused(say("room.refused.left"))
        if person.role == "observer":
            raise Refused(say("room.refused.observer"))
        taken = self.taken()
        taken[person.role] -= 1
        role = deal(self.scenario, taken, person.declined | {person.role})
        given = RoleGiven(at=at, participant=participant, role=role, declined=person.role)
        return (given,)

    def give(self, participant: str, role_id: str, at: float) -> tuple[Event, ...]:
        """The instructor gives a participant another role."""
        self._running()
        person = self.participant(participant)
        role = self.scenario.role(role_id)
        if role.id == person.role:
            return ()
        if role.id in person.declined:
            raise Refused(say("room.refused.card", name=person.name))
        return (RoleGiven(at=at, participant=participant, role=role.id),)

    def leave(self, participant: str, at: float) -> tuple[Event, ...]:
        """Leave the room. A ballot already cast stays; the seat is free for somebody else."""
        self._running()
        if not self.participant(participant).here:
            return ()
        return (ParticipantLeft(at=at, participant=participant),)

    def come_back(self, participant: str, at: float) -> tuple[Event, ...]:
        """Come back in: to the old role if it is free, else to the next one."""
        self._running()
        person = self.participant(participant)
        if person.here:
            return ()
        role = deal(self.scenario, self.taken(), person.declined)
        free = not self.holders(person.role) or person.role == "observer"
        old = person.role if free else role
        return (ParticipantReturned(at=at, participant=participant, role=old),)

    def cast(
        self, participant: str, stage_id: str, choice: str, at: float, reason: str = ""
    ) -> tuple[Event, ...]:
        """Cast or change a ballot while the stage is open.

        The same ballot sent twice gives no second event, so a phone that is not sure whether its
        vote arrived may send it again.
        """
        voter = self.voter(participant, stage_id)
        if stage_id != self.stage_id:
            raise Refused(say("room.refused.moved_on"))
        if self.round.status != "open":
            waiting = self.round.status == "waiting"
            raise Refused(say("room.refused.not_open" if waiting else "room.refused.closed"))
        if choice not in dict(self.choices(stage_id)):
            raise Refused(say("room.refused.choice"))
        text = clean(reason, MAX_REASON)
        before = self.round.ballots.get(voter)
        if before and (before.choice, before.reason) == (choice, text):
            return ()
        return (
            BallotCast(
                at=at,
                stage=stage_id,
                participant=participant,
                voter=voter,
                choice=choice,
                reason=text,
            ),
        )

    def file_note(self, participant: str, note: str, text: str, at: float) -> tuple[Event, ...]:
        """The mediator, the Depositary or the press hands the instructor a text for the wall."""
        self._running()
        person = self.participant(participant)
        role = self.scenario.role(person.role)
        words = clean(text, MAX_NOTE)
        if not person.here or not role.desk:
            raise Refused(say("room.refused.no_desk"))
        if not words:
            raise Refused(say("room.refused.note"))
        if sum(n.role == role.id for n in self.notes) >= MAX_NOTES_EACH:
            raise Refused(say("room.refused.notes"))
        return (NoteFiled(at=at, note=note, role=role.id, text=words),)

    # ---------------------------------------------------------------- what the instructor does

    def enter(self, stage_id: str, at: float) -> tuple[Event, ...]:
        """Move the room to a stage; an open vote has to be closed first."""
        self._running()
        self.stage_of(stage_id)
        if stage_id == self.stage_id:
            return ()
        if self.round.status == "open":
            raise Refused(say("room.refused.close_first"))
        return (StageEntered(at=at, stage=stage_id),)

    def next_stage(self, at: float) -> tuple[Event, ...]:
        """Move to the following stage."""
        ids = [s.id for s in self.stages]
        place = ids.index(self.stage_id) + 1
        if place >= len(ids):
            raise Refused(say("room.refused.last"))
        return self.enter(ids[place], at)

    def add_poll(
        self, stage_id: str, question: str, labels: Iterable[str], at: float, title: str = ""
    ) -> tuple[Event, ...]:
        """Put an opinion poll of the instructor's own after the present stage."""
        self._running()
        words = clean(question, MAX_QUESTION)
        answers = [a for a in (clean(label, MAX_ANSWER) for label in labels) if a]
        if not words:
            raise Refused(say("room.refused.question"))
        if not 2 <= len(answers) <= MAX_CHOICES or len(set(answers)) < len(answers):
            raise Refused(say("room.refused.answers", most=MAX_CHOICES))
        if any(s.id == stage_id for s in self.stages):
            raise Refused(say("room.refused.question.twice"))
        return (
            StageAdded(
                at=at,
                stage=stage_id,
                after=self.stage_id,
                title=clean(title, 80) or say("room.poll.title"),
                question=words,
                choices=tuple((f"a{i}", a) for i, a in enumerate(answers, 1)),
            ),
        )

    def set_round(
        self, body: str, default: str, excluded: Iterable[str], at: float
    ) -> tuple[Event, ...]:
        """Choose the deciding body, the ballot of unplayed members, and the excluded Parties."""
        self._running()
        if self.stage.kind != "round":
            raise Refused(say("room.refused.no_body"))
        if self.round.status == "open":
            raise Refused(say("room.refused.rule.open"))
        if body not in dict(self.scenario.bodies):
            raise Refused(say("room.refused.body"))
        if default not in ("yes", "abstain", "silent", "absent", "no"):
            raise Refused(say("room.refused.default"))
        out = tuple(dict.fromkeys(excluded))
        known = {r.id for r in self.scenario.roles if r.kind == "party"}
        if not set(out) <= known:
            raise Refused(say("room.refused.party"))
        now = self.round
        if (now.body, now.default, now.excluded) == (body, default, out):
            return ()
        return (RoundSet(at=at, stage=self.stage_id, body=body, default=default, excluded=out),)

    def amend(self, text: str, at: float) -> tuple[Event, ...]:
        """Change the draft before the room, between votes."""
        self._running()
        if self.stage.kind not in ("round", "mediation"):
            raise Refused(say("room.refused.no_draft"))
        if self.round.status == "open":
            raise Refused(say("room.refused.draft.open"))
        words = clean(text, MAX_DRAFT)
        if not words:
            raise Refused(say("room.refused.draft"))
        if words == self.round.draft:
            return ()
        return (DraftAmended(at=at, stage=self.stage_id, text=words),)

    def open_round(self, at: float) -> tuple[Event, ...]:
        """Take ballots. A closed vote may be opened again; earlier ballots stay until changed."""
        self._running()
        if not self.stage.voted:
            raise Refused(say("room.refused.no_vote"))
        if self.round.status == "open":
            return ()
        return (RoundOpened(at=at, stage=self.stage_id),)

    def close_round(self, at: float, count: Count) -> tuple[Event, ...]:
        """Take no more ballots and count them.

        Parameters
        ----------
        at : float
        count : callable
            ``count(session, body)`` gives the outcome as a dictionary; see
            :func:`course.room.counting.count`. The outcome is stored with the event, so a later
            change of the rules' data never changes what the room saw.
        """
        self._running()
        if self.round.status != "open":
            return ()
        if self.stage.kind == "round":
            result = count(self, self.round.body)
            contrast = tuple(count(self, b) for b in self.stage.contrast if b != self.round.body)
        else:
            result, contrast = self._counted(), ()
        closed = RoundClosed(at=at, stage=self.stage_id, result=result, contrast=contrast)
        return (closed,)

    def show_result(self, stage_id: str, shown: bool, at: float) -> tuple[Event, ...]:
        """Put a result on the wall or take it off."""
        self._running()
        if shown and not self.publishable(stage_id):
            if self.rounds.get(stage_id, Round()).status != "closed":
                raise Refused(say("room.refused.close_show"))
            raise Refused(say("room.refused.few", least=MIN_GROUP))
        if self.rounds.get(stage_id, Round()).shown == shown:
            return ()
        return (ResultShown(at=at, stage=stage_id, shown=shown),)

    def show_note(self, note: str, shown: bool, at: float) -> tuple[Event, ...]:
        """Put a note on the wall or take it off."""
        self._running()
        for desk in self.notes:
            if desk.id == note:
                return () if desk.shown == shown else (NoteShown(at=at, note=note, shown=shown),)
        raise Refused(say("room.refused.no_note"))

    def close(self, at: float, keep: bool) -> tuple[Event, ...]:
        """End the workshop."""
        self._running()
        if self.round.status == "open":
            raise Refused(say("room.refused.close_end"))
        return (SessionClosed(at=at, keep=keep),)

    # --------------------------------------------------------------------------- what happens

    def after(self, *events: Event) -> Session:
        """The session after these events."""
        session = self
        for event in events:
            session = _APPLY[type(event)](session, event)
        return session

    def _running(self) -> None:
        if self.closed:
            raise Refused(say("room.over"))

    def _free_name(self, name: str) -> str:
        wanted = clean(name, MAX_NAME) or say("room.guest")
        names = {p.name.casefold() for p in self.participants.values()}
        if wanted.casefold() not in names:
            return wanted
        number = 2
        while f"{wanted} {number}".casefold() in names:
            number += 1
        return f"{wanted} {number}"

    def _counted(self) -> dict:
        counts = [[c, w, n] for c, w, n in self.tally()]
        result: dict = {"kind": self.stage.kind, "counts": counts}
        if self.stage.kind == "mediation":
            ballots = self.round.ballots
            sides = self.stage.voters
            result["adopted"] = all(s in ballots and ballots[s].choice == "yes" for s in sides)
        if self.stage.kind == "attacker":
            readings = exclusions(self)
            result["exclusions"] = {k: list(v) for k, v in readings.items()}
        return result


def exclusions(session: Session, stage_id: str | None = None) -> dict[str, tuple[str, ...]]:
    """Whose vote would fall away, under each way to read the draft treaty's silence.

    Article 8(4) (as recalled) leaves out the vote of the Party that attacks or threatens, and
    names nobody who decides which Party that is.

    Returns
    -------
    dict
        ``nobody``: no finding, no exclusion; ``accuser``: the word of the Party that reports the
        attack; ``majority``: more than half of the other Parties that answered; ``unanimity``:
        every other Party that answered.
    """
    key = stage_id or session.stage_id
    case = session.scenario
    ballots = session.rounds.get(key, Round()).ballots
    sides = {case.accuser, *case.accused}
    others = [b.choice for voter, b in ballots.items() if voter not in sides]
    out = dict(session.stage_of(key).excludes)

    def named(enough: Callable[[int], bool]) -> tuple[str, ...]:
        return next((seats for c, seats in out.items() if enough(others.count(c))), ())

    return {
        "nobody": (),
        "accuser": case.accused,
        "majority": named(lambda n: 2 * n > len(others)),
        "unanimity": named(lambda n: n == len(others) > 0),
    }


def replay(case: Scenario, events: Iterable[Event]) -> Session:
    """The session that these events give."""
    return Session(scenario=case, stages=case.stages).after(*events)


def clean(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, without control characters."""
    words = "".join(c if c.isprintable() else " " for c in str(text))
    return " ".join(words.split())[:limit].strip()


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


# ------------------------------------------------------------------------ event -> next state


def _opened(s: Session, e: SessionOpened) -> Session:
    if e.scenario != s.scenario.id:
        raise ValueError(say("room.store.case", case=e.scenario))
    rounds = {
        stage.id: Round(body=stage.body, default=stage.default, draft=stage.draft)
        for stage in s.stages
        if stage.voted
    }
    return replace(
        s,
        id=e.session,
        stage_id=s.stages[0].id,
        entered_at=e.at,
        opened_at=e.at,
        rounds=MappingProxyType(rounds),
    )


def _person(s: Session, participant: str, **changes) -> Session:
    people = dict(s.participants)
    people[participant] = replace(people[participant], **changes)
    return replace(s, participants=MappingProxyType(people))


def _joined(s: Session, e: ParticipantJoined) -> Session:
    people = {**s.participants, e.participant: Participant(e.participant, e.name, e.role)}
    return replace(s, participants=MappingProxyType(people))


def _role(s: Session, e: RoleGiven) -> Session:
    declined = s.participants[e.participant].declined
    if e.declined:
        declined |= {e.declined}
    return _person(s, e.participant, role=e.role, declined=declined)


def _added(s: Session, e: StageAdded) -> Session:
    stage = Stage(
        id=e.stage, kind="poll", title=e.title, minutes=3, question=e.question, choices=e.choices
    )
    place = [x.id for x in s.stages].index(e.after) + 1
    stages = (*s.stages[:place], stage, *s.stages[place:])
    return replace(s, stages=stages, rounds=MappingProxyType({**s.rounds, e.stage: Round()}))


def _round(s: Session, stage: str, **changes) -> Session:
    rounds = dict(s.rounds)
    rounds[stage] = replace(rounds[stage], **changes)
    return replace(s, rounds=MappingProxyType(rounds))


def _ballot(s: Session, e: BallotCast) -> Session:
    ballots = dict(s.rounds[e.stage].ballots)
    ballots[e.voter] = Ballot(e.choice, e.reason, e.at)
    return _round(s, e.stage, ballots=MappingProxyType(ballots))


def _amended(s: Session, e: DraftAmended) -> Session:
    """A new text is a new vote: no ballot for the old words counts for the new ones."""
    empty: Mapping[str, Ballot] = MappingProxyType({})
    return _round(
        s,
        e.stage,
        draft=e.text,
        status="waiting",
        ballots=empty,
        result=None,
        contrast=(),
        shown=False,
    )


def _note_shown(s: Session, e: NoteShown) -> Session:
    notes = tuple(replace(n, shown=e.shown) if n.id == e.note else n for n in s.notes)
    return replace(s, notes=notes)


_APPLY: dict[type[Event], Callable] = {
    SessionOpened: _opened,
    ParticipantJoined: _joined,
    NameChosen: lambda s, e: _person(s, e.participant, name=e.name),
    RoleGiven: _role,
    ParticipantLeft: lambda s, e: _person(s, e.participant, here=False),
    ParticipantReturned: lambda s, e: _person(s, e.participant, here=True, role=e.role),
    StageEntered: lambda s, e: replace(s, stage_id=e.stage, entered_at=e.at),
    StageAdded: _added,
    RoundSet: lambda s, e: _round(
        s, e.stage, body=e.body, default=e.default, excluded=e.excluded, status="waiting"
    ),
    DraftAmended: _amended,
    RoundOpened: lambda s, e: _round(
        s, e.stage, status="open", opened_at=e.at, result=None, contrast=(), shown=False
    ),
    BallotCast: _ballot,
    RoundClosed: lambda s, e: _round(
        s, e.stage, status="closed", closed_at=e.at, result=e.result, contrast=e.contrast
    ),
    ResultShown: lambda s, e: _round(s, e.stage, shown=e.shown),
    NoteFiled: lambda s, e: replace(s, notes=(*s.notes, Desk(e.note, e.role, e.text))),
    NoteShown: _note_shown,
    SessionClosed: lambda s, e: replace(s, closed=True, keep=e.keep),
}
