"""Walking through the draft: the usual path ends in a decision; the record stands beside it."""

from __future__ import annotations

import pytest

from course.institutions import OptionError, OrderError, scenario
from course.institutions.walk import Move, walk, walks


def run(played, state=None, ballots=None, **ways):
    state = state or played.start()
    for _ in range(12):
        if state.outcome is not None:
            return state
        state = played.take(state, played.next(state), ballots, **ways)
    raise AssertionError("no decision after twelve steps")


@pytest.mark.parametrize("id", walks())
def test_the_usual_path_ends_in_a_decision_and_every_step_was_open(id):
    played = walk(id)
    state = run(played)
    assert (":extraordinary" in state.outcome.body) == played.emergency
    assert state.outcome.adopted == played.question.decide().adopted


def test_the_peaceful_path_takes_the_days_that_the_options_give():
    played = walk("river")
    assert run(played).day == 28
    assert run(played, played.start(consultation_days=5, convening_days=7)).day == 12


def test_one_ballot_of_ones_own_stops_the_conference():
    played = walk("georgia-2008")
    assert run(played).outcome.adopted
    blocked = run(played, ballots={"ARM": "no"}).outcome
    assert not blocked.adopted and blocked.blockers == ("ARM",)


def test_a_vote_of_the_others_names_the_attacker():
    played = walk("valley")
    assert run(played, way="vote").outcome.excluded == ("XAJ",)
    assert run(played, way="depositary", named=["XAR"]).outcome.excluded == ("XAR",)


def test_a_step_out_of_turn_is_refused_with_what_is_possible():
    played = walk("river")
    with pytest.raises(OrderError, match="Possible are"):
        played.take(played.start(), Move("confer"))


def test_what_happened_in_fact_is_what_is_on_record_and_invented_crises_have_none():
    found = walk("georgia-2008").in_fact()
    assert [f.day for f in found][:3] == [4, 4, 11]
    assert all(f.question.status.startswith("recorded") for f in found)
    recorded = [q for q in scenario("georgia-2008").questions if q.status.startswith("recorded")]
    assert {q.id for q in recorded} <= {f.question.id for f in found}
    assert walk("valley").in_fact() == ()


@pytest.mark.parametrize(
    ("id", "words"), [("valey", "'valley'"), ("georgia-2009", "is not played; choose")]
)
def test_a_wrong_case_is_answered_with_the_nearest(id, words):
    with pytest.raises(OptionError, match=words):
        walk(id)
