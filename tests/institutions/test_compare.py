"""One proposal before every body: the same answer as the question gives, nothing hidden, exact tips."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.institutions import BALLOTS, DateError, scenario, scenarios
from course.institutions.compare import blocs, compare, motion, tipping
from course.institutions.redraft import jury

QUESTIONS = [(s, q.id) for s in scenarios() for q in scenario(s).questions]
each = pytest.mark.parametrize(
    ("crisis", "question"), QUESTIONS, ids=[f"{s} {q}" for s, q in QUESTIONS]
)


def asked(crisis, question):
    found = scenario(crisis)
    return motion(found, found.question(question))


def votes(moved):
    return {state: ballot.vote for state, ballot in moved.ballots.items()}


@each
def test_the_body_that_was_asked_decides_as_the_question_says(crisis, question):
    moved = asked(crisis, question)
    rows = compare(moved, votes(moved), moved.question.excluded, moved.question.way or "victim")
    (row,) = [r for r in rows if r.asked]
    assert rows[0] is row
    assert row.outcome.adopted == moved.question.decide().adopted
    assert row.outcome.blockers == moved.question.decide().blockers


@each
def test_only_cast_ballots_are_called_recorded(crisis, question):
    moved = asked(crisis, question)
    cast = moved.question.status in ("recorded vote", "recorded trial vote")
    origins = {b.origin for s, b in moved.ballots.items() if s in moved.question.members}
    assert origins == {"recorded" if cast else "assumed"}
    unread = [b for s, b in moved.ballots.items() if s not in moved.question.members]
    assert {(b.origin, b.vote) for b in unread} <= {("unread", "abstain")}


@each
def test_everybody_stands_in_one_bloc(crisis, question):
    moved = asked(crisis, question)
    placed = [m for who in blocs(moved.scenario, moved.on, moved.everyone).values() for m in who]
    assert sorted(placed) == list(moved.everyone)


def test_bodies_that_did_not_exist_are_named_and_not_asked():
    moved = asked("kosovo-1999", "draft-26-march")
    assert moved.missing == ("NRC", "CSTO")
    assert not {"NRC", "CSTO"} & set(moved.seats)


def test_another_day_has_other_members():
    found = scenario("georgia-2008")
    earlier = motion(found, found.question("osce-monitors"), "1998-10-01")
    assert len(earlier.seats["NATO"].members) == 16
    assert "YUG" not in earlier.seats["OSCE"].members
    with pytest.raises(DateError, match="2008-08-08"):
        motion(found, found.question("osce-monitors"), "8 August")


def test_a_rule_that_leaves_a_vote_out_is_not_run_without_one():
    moved = asked("georgia-2008", "osce-monitors")
    rows = {r.body.name: r for r in compare(moved, votes(moved))}
    assert rows["OSCE:minus-one"].outcome is None
    assert "name a member" in rows["OSCE:minus-one"].why
    named = {r.body.name: r for r in compare(moved, votes(moved), ["RUS"])}
    assert named["OSCE:minus-one"].excluded == ("RUS",)


def test_who_names_the_attacker_turns_the_extraordinary_conference():
    moved = asked("georgia-2008", "est-emergency")

    def adopted(way, named=()):
        rows = compare(moved, votes(moved), (), way, named, jury=jury("georgia-2008"))
        return next(r for r in rows if r.asked).outcome.adopted

    assert adopted("victim") and adopted("vote")
    assert not adopted("nobody")
    assert adopted("depositary", ["RUS"]) and not adopted("depositary", ["GEO"])


def test_an_option_reaches_the_body_it_belongs_to_and_no_other():
    moved = asked("kosovo-1999-june", "resolution-1244")
    strict = compare(moved, votes(moved), options={"UNSC": {"abstention": "blocks"}})
    assert strict[0].outcome.blockers == ("CHN",)
    elsewhere = compare(moved, votes(moved), options={"EST": {"abstention": "blocks"}})
    assert elsewhere[0].outcome.adopted


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_tipping_ballots_are_those_that_turn_the_result_and_no_others(data):
    moved = asked("valley", "victims-word")
    name = data.draw(st.sampled_from(["OSCE", "EST:conference", "EST:extraordinary"]))
    where = moved.seats[name]
    cast = {m: data.draw(st.sampled_from(BALLOTS), label=m) for m in where.members}
    out = ["XAJ"] if name == "EST:extraordinary" else []
    found = {(m, t.instead) for t in tipping(where, cast, out) for m in t.members}
    now = where.decide(cast, excluded=out).adopted
    tried = {
        (m, b)
        for m in where.members
        for b in ("yes", "no", "abstain", "absent")
        if where.decide({**cast, m: b}, excluded=out).adopted != now
    }
    assert found == tried
