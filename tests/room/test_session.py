"""The rules of the room: who may vote, once, and until when. Examples for the awkward moments."""

import json

import pytest

from course.room import scenario
from course.room import session as s
from course.room.counting import count

CASE = scenario("play")


def room_of(people=8):
    """A room with so many participants, p0 the first."""
    room = s.replay(CASE, (s.SessionOpened(at=0, session="test", scenario="play"),))
    for number in range(people):
        room = room.after(*room.join(f"p{number}", f"Bird {number}", 1.0))
    return room


def at_round(room, stage="meet"):
    """The room with the vote of a stage open."""
    room = room.after(*room.enter(stage, 2.0))
    return room.after(*room.open_round(3.0))


def seat(room, role):
    """The participant who plays a role."""
    return room.holders(role)[0].id


def test_a_seat_has_one_ballot_however_often_it_is_sent():
    room = at_round(room_of())
    me = seat(room, "arvenia")
    room = room.after(*room.cast(me, "meet", "yes", 4.0))
    assert room.cast(me, "meet", "yes", 5.0) == ()
    room = room.after(*room.cast(me, "meet", "no", 6.0))
    assert {k: b.choice for k, b in room.round.ballots.items()} == {"arvenia": "no"}


def test_two_on_one_seat_share_one_ballot():
    room = at_round(room_of(17))
    first, second = (p.id for p in room.holders("arvenia"))
    room = room.after(*room.cast(first, "meet", "yes", 4.0))
    room = room.after(*room.cast(second, "meet", "abstain", 5.0))
    assert len(room.round.ballots) == 1
    assert room.round.ballots["arvenia"].choice == "abstain"


def test_who_has_no_seat_has_no_ballot():
    room = at_round(room_of())
    for role in ("depositary", "mediator"):
        with pytest.raises(s.Refused, match="no ballot"):
            room.cast(seat(room, role), "meet", "yes", 4.0)


def test_a_vote_before_opening_after_closing_or_for_another_step_is_refused():
    room = room_of()
    me = seat(room, "arvenia")
    room = room.after(*room.enter("meet", 2.0))
    with pytest.raises(s.Refused, match="not open yet"):
        room.cast(me, "meet", "yes", 3.0)
    room = room.after(*room.open_round(3.0))
    with pytest.raises(s.Refused, match="moved on"):
        room.cast(me, "facts", "yes", 4.0)
    room = room.after(*room.close_round(5.0, count))
    with pytest.raises(s.Refused, match="closed"):
        room.cast(me, "meet", "yes", 6.0)


def test_an_unknown_choice_is_refused():
    room = at_round(room_of())
    with pytest.raises(s.Refused, match="one of the answers"):
        room.cast(seat(room, "arvenia"), "meet", "<script>", 4.0)


def test_the_room_cannot_move_on_over_an_open_vote():
    room = at_round(room_of())
    with pytest.raises(s.Refused, match="Close the vote first"):
        room.next_stage(4.0)
    with pytest.raises(s.Refused, match="cannot change"):
        room.amend("Something else.", 4.0)
    with pytest.raises(s.Refused, match="cannot change"):
        room.set_round("OSCE", "silent", (), 4.0)


def test_a_changed_draft_drops_the_ballots_for_the_old_words():
    room = at_round(room_of())
    room = room.after(*room.cast(seat(room, "arvenia"), "meet", "yes", 4.0))
    room = room.after(*room.close_round(5.0, count))
    room = room.after(*room.amend("The Parties do not meet.", 6.0))
    assert not room.round.ballots and room.round.status == "waiting"


def test_a_leaver_frees_the_seat_and_keeps_the_ballot_that_was_cast():
    room = at_round(room_of())
    me = seat(room, "belmark")
    room = room.after(*room.cast(me, "meet", "no", 4.0))
    room = room.after(*room.leave(me, 5.0))
    with pytest.raises(s.Refused, match="left the room"):
        room.cast(me, "meet", "yes", 6.0)
    assert room.round.ballots["belmark"].choice == "no"
    room = room.after(*room.join("late", "Late Crane", 7.0))
    assert room.participant("late").role == "belmark"


def test_an_empty_seat_is_absent_and_a_silent_delegate_is_present():
    room = at_round(room_of())
    room = room.after(*room.cast(seat(room, "arvenia"), "meet", "yes", 4.0))
    assert count(room, "EST:conference")["present"] == 6
    leaver = seat(room, "belmark")
    room = room.after(*room.cast(leaver, "meet", "yes", 4.5))
    room = room.after(*room.leave(leaver, 5.0))
    assert count(room, "EST:conference")["present"] == 6
    quiet = seat(room, "dunmere")
    room = room.after(*room.leave(quiet, 6.0))
    assert count(room, "EST:conference")["members"] == 5


def test_a_latecomer_votes_in_the_round_that_is_open():
    room = at_round(room_of(8))
    room = room.after(*room.join("late", "Late Crane", 4.0))
    assert room.participant("late").role == "hestia"
    room = room.after(*room.cast("late", "meet", "yes", 5.0))
    assert "hestia" in room.round.ballots


def test_a_card_handed_back_never_returns_and_no_reason_is_kept():
    room = room_of()
    me = seat(room, "belmark")
    (event,) = room.decline(me, 4.0)
    room = room.after(event)
    assert room.participant(me).role != "belmark"
    assert not hasattr(event, "reason")
    with pytest.raises(s.Refused, match="handed that card back"):
        room.give(me, "belmark", 5.0)


def test_whoever_comes_back_gets_the_old_role_if_it_is_free():
    room = room_of()
    me = seat(room, "arvenia")
    room = room.after(*room.leave(me, 4.0))
    assert room.come_back(me, 5.0)[0].role == "arvenia"
    room = room.after(*room.join("late", "Late Crane", 6.0))
    assert room.come_back(me, 7.0)[0].role != "arvenia"


def test_a_poll_of_four_never_reaches_the_wall():
    room = at_round(room_of(8), "predict")
    for number in range(4):
        room = room.after(*room.cast(f"p{number}", "predict", "meet", 4.0))
    room = room.after(*room.close_round(5.0, count))
    with pytest.raises(s.Refused, match="Fewer than 5"):
        room.show_result("predict", True, 6.0)
    room = room.after(*room.open_round(7.0))
    room = room.after(*room.cast("p4", "predict", "censure", 8.0))
    room = room.after(*room.close_round(9.0, count))
    assert room.after(*room.show_result("predict", True, 10.0)).round.shown


def test_only_the_desks_put_texts_before_the_room():
    room = room_of()
    with pytest.raises(s.Refused, match="puts no texts"):
        room.file_note(seat(room, "arvenia"), "n1", "We demand.", 4.0)
    room = room.after(
        *room.file_note(seat(room, "mediator"), "n1", "  Both\x00 sides\n rest. ", 4.0)
    )
    assert room.notes[0].text == "Both sides rest."
    assert not room.notes[0].shown


def test_the_mediator_needs_both_sides_and_asks_nobody_else():
    room = at_round(room_of(), "mediation")
    with pytest.raises(s.Refused, match="Only the sides"):
        room.cast(seat(room, "dunmere"), "mediation", "yes", 4.0)
    room = room.after(*room.cast(seat(room, "arvenia"), "mediation", "yes", 4.0))
    assert not room.close_round(5.0, count)[0].result["adopted"]
    room = room.after(*room.cast(seat(room, "belmark"), "mediation", "yes", 5.0))
    assert room.close_round(6.0, count)[0].result["adopted"]


@pytest.mark.parametrize(
    "answers, majority, unanimity",
    [
        (["belmark"] * 4, ("belmark",), ("belmark",)),
        (["belmark", "belmark", "belmark", "nobody"], ("belmark",), ()),
        (["belmark", "belmark", "nobody", "nobody"], (), ()),
        (["both"] * 4, ("arvenia", "belmark"), ("arvenia", "belmark")),
        (["nobody"] * 4, (), ()),
    ],
)
def test_whose_vote_falls_away_depends_on_how_the_silence_is_read(answers, majority, unanimity):
    room = at_round(room_of(), "attacker")
    for role, answer in zip(("dunmere", "estaria", "feyland", "istermoor"), answers, strict=True):
        room = room.after(*room.cast(seat(room, role), "attacker", answer, 4.0))
    room = room.after(*room.cast(seat(room, "arvenia"), "attacker", "belmark", 4.0))
    room = room.after(*room.cast(seat(room, "belmark"), "attacker", "arvenia", 4.0))
    found = s.exclusions(room)
    assert found["nobody"] == () and found["accuser"] == ("belmark",)
    assert (found["majority"], found["unanimity"]) == (majority, unanimity)


def test_the_same_ballots_fall_under_one_rule_and_pass_under_another():
    room = at_round(room_of(), "censure")
    for role in ("arvenia", "dunmere", "estaria", "feyland", "istermoor"):
        room = room.after(*room.cast(seat(room, role), "censure", "yes", 4.0))
    room = room.after(*room.cast(seat(room, "belmark"), "censure", "no", 4.0))
    (closed,) = room.close_round(5.0, count)
    assert not closed.result["adopted"] and closed.result["blockers"] == ["Belmark"]
    by_rule = {c["body"]: c["adopted"] for c in closed.contrast}
    assert by_rule["OSCE:minus-one"]


def test_an_excluded_vote_cannot_block_the_extraordinary_conference_but_an_ally_can():
    room = room_of()
    room = room.after(*room.enter("collective", 2.0))
    room = room.after(*room.set_round("EST:extraordinary", "silent", ["belmark"], 2.5))
    room = room.after(*room.open_round(3.0))
    for role in ("arvenia", "dunmere", "estaria", "feyland", "istermoor"):
        room = room.after(*room.cast(seat(room, role), "collective", "yes", 4.0))
    room = room.after(*room.cast(seat(room, "belmark"), "collective", "no", 4.0))
    assert count(room, "EST:extraordinary")["adopted"]
    room = room.after(*room.cast(seat(room, "feyland"), "collective", "no", 5.0))
    assert count(room, "EST:extraordinary")["blockers"] == ["Feyland"]


def test_too_many_absent_break_the_quorum():
    room = at_round(room_of())
    for role in ("dunmere", "estaria", "feyland"):
        room = room.after(*room.cast(seat(room, role), "meet", "absent", 4.0))
    outcome = count(room, "EST:conference")
    assert (outcome["present"], outcome["quorum"]) == (3, 4) and not outcome["adopted"]


def test_events_survive_the_trip_through_json():
    room = at_round(room_of())
    room = room.after(*room.cast(seat(room, "arvenia"), "meet", "yes", 4.0, "Because."))
    made = [
        *room.close_round(5.0, count),
        *room.add_poll("q-1", "Ready?", ["Yes", "No"], 6.0),
        s.RoundSet(at=1, stage="meet", body="OSCE", default="yes", excluded=("belmark",)),
    ]
    for event in made:
        kind, body = s.event_to(event)
        assert s.event_from(kind, json.loads(json.dumps(body))) == event
    with pytest.raises(ValueError, match="does not know"):
        s.event_from("Unheard", {})


def test_a_question_of_the_instructors_own_comes_next():
    room = room_of()
    room = room.after(*room.add_poll("q-1", "Ready?", ["Yes", "No"], 2.0))
    room = room.after(*room.next_stage(3.0))
    assert room.stage.question == "Ready?" and dict(room.choices()) == {"a1": "Yes", "a2": "No"}
    with pytest.raises(s.Refused, match="different answers"):
        room.add_poll("q-2", "Ready?", ["Yes", "Yes"], 4.0)


def test_two_people_never_have_one_name():
    room = room_of()
    with pytest.raises(s.Refused, match="already called"):
        room.rename("p1", "BIRD 0", 2.0)
    room = room.after(*room.join("x", "Bird 0", 2.0))
    assert room.participant("x").name == "Bird 0 2"


def test_after_the_end_nothing_moves():
    room = room_of()
    room = room.after(*room.close(9.0, keep=False))
    for ask in (
        lambda: room.join("x", "Late", 10.0),
        lambda: room.cast("p0", "meet", "yes", 10.0),
        lambda: room.next_stage(10.0),
        lambda: room.close(10.0, keep=True),
    ):
        with pytest.raises(s.Refused, match="over"):
            ask()
