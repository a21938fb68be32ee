"""Scenarios: recorded votes as recorded, assumptions that show their basis, tipping ballots computed."""

from __future__ import annotations

from itertools import product

import pytest

from course import data
from course.institutions import BALLOTS, OptionError, rungs, scenario, scenarios

QUESTIONS = [(s, q.id) for s in scenarios() for q in scenario(s).questions]
each = pytest.mark.parametrize(
    ("crisis", "question"), QUESTIONS, ids=[f"{s} {q}" for s, q in QUESTIONS]
)


def expected(crisis, question):
    rows = {row["id"]: row for row in data.document("institutions/scenarios")["scenarios"]}
    return next(q["expected"] for q in rows[crisis]["questions"] if q["id"] == question)


def test_the_four_cases_the_worked_example_and_two_invented_ones_are_there():
    kinds = [scenario(s).kind for s in scenarios()]
    assert kinds.count("historical") == 5
    assert kinds.count("invented") == 2


@each
def test_the_result_is_the_recorded_or_expected_one(crisis, question):
    asked, told = scenario(crisis).question(question), expected(crisis, question)
    outcome = asked.decide()
    assert outcome.adopted == told["adopted"]
    if "tally" in told:
        assert [outcome.tally[k] for k in ("yes", "no", "abstain")] == told["tally"]


@each
def test_every_ballot_has_its_basis_and_recorded_ones_have_no_alternatives(crisis, question):
    asked = scenario(crisis).question(question)
    assert asked.rung in rungs()
    for a in asked.assumptions:
        assert a.ballot in BALLOTS
        assert a.confidence in ("high", "medium", "low")
        assert a.basis in ("vote", "decision", "statement", "alignment", "invented")
        assert a.why
        assert set(a.alternatives) <= set(BALLOTS) - {a.ballot}
        assert a.source_ids or a.verification in ("unverified", "inferred", "invented")
        if asked.recorded:
            assert (a.alternatives, a.verification) == ((), "seen")


@each
def test_recorded_votes_are_those_of_the_table(crisis, question):
    asked = scenario(crisis).question(question)
    rows = [row for row in data.rows("unsc_votes") if row["document"] == asked.document]
    assert bool(rows) == asked.recorded
    if rows:
        assert asked.ballots == {row["iso3"]: row["ballot"] for row in rows}
        assert asked.on == rows[0]["date"].isoformat()


@each
def test_tipping_ballots_turn_the_result_and_the_others_do_not(crisis, question):
    asked = scenario(crisis).question(question)
    now = asked.decide().adopted
    tips = {(tip.member, tip.instead) for tip in asked.tipping()}
    for a in asked.assumptions:
        for ballot in ("yes", "no", "abstain") if asked.recorded else a.alternatives:
            turned = asked.decide({a.member: ballot}).adopted != now
            assert turned == ((a.member, ballot) in tips)


@pytest.mark.parametrize(
    ("crisis", "question"),
    [("river", "conference-facts"), ("valley", "friend"), ("valley", "boycott")],
)
def test_the_span_holds_every_mixture_of_plausible_ballots(crisis, question):
    asked = scenario(crisis).question(question)
    where, excluded = asked.body(), asked._left_out()
    open_to_choice = [a for a in asked.assumptions if a.alternatives][:7]
    worst, best = asked.span()
    for picks in product(*((a.ballot, *a.alternatives) for a in open_to_choice)):
        changed = {a.member: pick for a, pick in zip(open_to_choice, picks, strict=True)}
        adopted = where.adopts(where.vote({**asked.ballots, **changed}, None, excluded))
        assert worst <= adopted <= best


def test_one_vote_ended_the_mission_in_georgia():
    tips = scenario("georgia-2009").question("unomig").tipping()
    assert {tip.member for tip in tips} == {"RUS"}
    assert tips[0].text.startswith("RUS: yes instead of no")


def test_in_june_1999_each_permanent_member_could_have_stopped_the_resolution():
    tips = scenario("kosovo-1999-june").question("resolution-1244").tipping()
    assert {tip.member for tip in tips} == {"CHN", "FRA", "GBR", "RUS", "USA"}


def test_the_draft_of_march_1999_could_not_be_turned_by_one_vote():
    asked = scenario("kosovo-1999").question("draft-26-march")
    assert asked.tipping() == ()
    assert asked.decide().blockers == ()


def test_the_trial_vote_under_four_rules():
    case = scenario("osce-trial-vote")
    results = {q.id: q.decide().adopted for q in case.questions}
    assert results == {
        "consensus": False,
        "minus-one": True,
        "unanimity-harmless": True,
        "unanimity-strict": False,
    }
    tally = case.question("consensus").decide().tally
    assert (tally["yes"], tally["no"], tally["abstain"]) == (53, 1, 2)


def test_where_no_vote_was_taken_the_scenario_says_so():
    case = scenario("georgia-2008")
    assert not any(q.recorded for q in case.questions)
    assert any("no vote taken" in fact.text for fact in case.facts)


def test_who_the_attacker_is_decides_in_august_2008():
    asked = scenario("georgia-2008").question("est-emergency")
    assert "attacker" in asked.decide().decided_by
    assert not asked.decide(way="nobody").adopted
    assert not asked.decide(way="security-council").adopted
    assert asked.decide(way="depositary", named=["RUS"]).adopted
    assert asked.decide(peacekeepers="yes").excluded == ("GEO", "RUS")


def test_the_russian_request_turns_on_who_may_refuse_a_meeting():
    asked = scenario("georgia-2008").question("nrc-request")
    assert asked.decide().decided_by == ("meeting",)
    assert asked.decide(meeting="one request is enough").adopted


def test_a_boycott_of_the_accused_turns_on_whom_the_quorum_counts():
    asked = scenario("kosovo-1999").question("est-emergency")
    assert len(asked.members) == 55
    assert asked.decide().missing[0].count == 8
    assert asked.decide(excluded_in_quorum="left out").adopted


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(OptionError, match="georgia-2008"):
        scenario("georgia2008")
    with pytest.raises(OptionError, match="unomig"):
        scenario("georgia-2009").question("unomik")
