"""Whatever people do in whatever order, the rules of the room hold and a restart changes nothing."""

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from course.room import scenario
from course.room import session as s
from course.room.counting import count
from course.room.export import tables

CASE = scenario("play")
STAGES = [stage.id for stage in CASE.stages]
JUNK = ["", "'", "Yes", "maybe", "belmark "]
REASONS = ["", "We were not asked.", "x" * 300, "a\u0000b", "<b>"]
VOTED = [stage.id for stage in CASE.stages if stage.voted]


class RoomMachine(RuleBasedStateMachine):
    """Participants, an instructor and a server that may be killed at any moment."""

    def __init__(self):
        super().__init__()
        opened = s.SessionOpened(at=0, session="x", scenario="play")
        self.events = [opened]
        self.room = s.replay(CASE, self.events)
        self.clock = 0.0
        self.heard = {}  # (stage, voter) -> last choice that was confirmed

    def act(self, make):
        self.clock += 1
        try:
            events = make(self.room, self.clock)
        except s.Refused as refused:
            assert str(refused).endswith(".")
            return None
        self.events += events
        before = self.room
        self.room = self.room.after(*events)
        assert self.room is before or events
        return events

    def somebody(self, number):
        people = list(self.room.participants)
        return people[number % len(people)] if people else "nobody"

    @initialize(people=st.sampled_from([0, 1, 4, 8, 14, 18]))
    def come_in(self, people):
        for _ in range(people):
            self.join("")

    @rule(name=st.text(max_size=30))
    def join(self, name):
        self.act(lambda r, at: r.join(f"p{len(r.participants)}", name, at))

    @precondition(lambda self: self.room.stage.voted)
    @rule(number=st.integers(0, 17), choice=st.integers(0, 4), reason=st.sampled_from(REASONS))
    def vote(self, number, choice, reason):
        choices = [c for c, _ in self.room.choices()]
        self.send(self.somebody(number), choices[choice % len(choices)], reason)

    @rule(number=st.integers(0, 17), choice=st.sampled_from(JUNK))
    def vote_nonsense(self, number, choice):
        self.send(self.somebody(number), choice, "")

    def send(self, person, choice, reason):
        stage, status = self.room.stage_id, self.room.round.status
        events = self.act(lambda r, at: r.cast(person, stage, choice, at, reason))
        if events is None:
            return
        assert status == "open"
        own = self.room.stage.kind == "poll"
        self.heard[stage, person if own else self.room.participant(person).role] = choice
        assert self.act(lambda r, at: r.cast(person, stage, choice, at, reason)) == ()

    @rule(number=st.integers(0, 17), stage=st.sampled_from(STAGES))
    def vote_elsewhere(self, number, stage):
        if stage != self.room.stage_id:
            person = self.somebody(number)
            assert self.act(lambda r, at: r.cast(person, stage, "yes", at)) is None

    @rule(number=st.integers(0, 17), verb=st.sampled_from(["leave", "come_back", "decline"]))
    def change_place(self, number, verb):
        self.act(lambda r, at: getattr(r, verb)(self.somebody(number), at))

    @rule(number=st.integers(0, 17), role=st.sampled_from([r.id for r in CASE.roles]))
    def give(self, number, role):
        self.act(lambda r, at: r.give(self.somebody(number), role, at))

    @rule(number=st.integers(0, 17), text=st.text(max_size=50))
    def write(self, number, text):
        self.act(lambda r, at: r.file_note(self.somebody(number), f"n{at}", text, at))

    @rule(stage=st.sampled_from(STAGES))
    def enter(self, stage):
        self.act(lambda r, at: r.enter(stage, at))

    @rule(
        stage=st.sampled_from(VOTED),
        votes=st.lists(st.tuples(st.integers(0, 17), st.integers(0, 4)), max_size=12),
        close=st.booleans(),
    )
    def hold_a_vote(self, stage, votes, close):
        self.close()
        self.act(lambda r, at: r.enter(stage, at))
        self.act(lambda r, at: r.open_round(at))
        assert self.room.round.status == "open" and self.room.stage_id == stage
        for number, choice in votes:
            self.vote(number, choice, "")
        if close:
            self.close()
            self.show(True)

    @rule()
    def close(self):
        self.act(lambda r, at: r.close_round(at, count))

    @rule(text=st.text(max_size=20))
    def amend(self, text):
        stage = self.room.stage_id
        if self.act(lambda r, at: r.amend(text, at)):
            self.heard = {k: v for k, v in self.heard.items() if k[0] != stage}

    @rule(shown=st.booleans())
    def show(self, shown):
        self.act(lambda r, at: r.show_result(r.stage_id, shown, at))

    @rule()
    def killed_and_started_again(self):
        stored = [json.loads(json.dumps(s.event_to(e))) for e in self.events]
        again = s.replay(CASE, (s.event_from(kind, body) for kind, body in stored))
        assert again == self.room
        self.room = again

    @invariant()
    def every_confirmed_ballot_is_there_once(self):
        for (stage, voter), choice in self.heard.items():
            assert self.room.rounds[stage].ballots[voter].choice == choice
        counted = sum(len(r.ballots) for r in self.room.rounds.values())
        assert counted == len(self.heard)

    @invariant()
    def a_few_opinions_are_never_on_the_wall(self):
        for stage, round_ in self.room.rounds.items():
            if round_.shown and self.room.stage_of(stage).kind == "poll":
                assert len(round_.ballots) >= s.MIN_GROUP

    @invariant()
    def only_seats_vote_in_the_simulation(self):
        seats = {r.id for r in CASE.roles if r.kind == "party"}
        for stage, round_ in self.room.rounds.items():
            allowed = set(self.room.participants) if stage.startswith("p") else seats
            assert set(round_.ballots) <= allowed

    def teardown(self):
        leaving = json.dumps(tables(self.events, CASE), default=str)
        for person in self.room.participants:
            assert f'"{person}"' not in leaving


TestRoom = RoomMachine.TestCase
TestRoom.settings = settings(deadline=None, stateful_step_count=40)
