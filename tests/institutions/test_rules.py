"""Properties that every rule keeps, whatever the ballots."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from institutions.voting import FEW, FIVE, OTHERS, SMALL, VARIANTS, ballots, ids, left_out, small

from course.institutions import BALLOTS, body

variants = pytest.mark.parametrize("variant", VARIANTS, ids=ids)
CONSENSUS = ("OSCE", "NATO", "NRC", "CSTO", "CIS", "EST:conference")


@variants
@FEW
@given(data=st.data())
def test_more_yes_votes_never_turn_adoption_into_rejection(variant, data):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    cast = data.draw(ballots(where))
    converts = data.draw(st.sets(st.sampled_from(where.members)))
    before = where.decide(cast, excluded=out)
    after = where.decide({**cast, **dict.fromkeys(converts, "yes")}, excluded=out)
    assert after.adopted or not before.adopted


@variants
@FEW
@given(data=st.data())
def test_an_outcome_explains_itself(variant, data):
    name, options = variant
    where = small(name, **options)
    outcome = where.decide(data.draw(ballots(where)), excluded=left_out(name))
    assert outcome.adopted == all(step.passed is not False for step in outcome.trace)
    assert outcome.adopted == (not outcome.blockers and not outcome.missing)
    assert all(step.article and step.source_ids for step in outcome.trace)
    assert set(outcome.blockers) <= set(where.members) - set(outcome.excluded)


@variants
@FEW
@given(data=st.data())
def test_blockers_and_shortfall_are_all_that_stands_in_the_way(variant, data):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    cast = data.draw(ballots(where))
    outcome = where.decide(cast, excluded=out)
    mended = {**cast, **dict.fromkeys(outcome.blockers, "yes")}
    if not outcome.missing:
        assert where.decide(mended, excluded=out).adopted


@variants
@FEW
@given(data=st.data())
def test_the_options_that_decided_are_those_whose_other_choice_turns_the_result(variant, data):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    cast = data.draw(ballots(where))
    named = data.draw(st.sets(st.sampled_from(where.members)))
    cast = {m: ballot for m, ballot in cast.items() if m in named}
    default = data.draw(st.sampled_from(BALLOTS))
    outcome = where.decide(cast, default, out)
    turned = set()
    for option in where.choices:
        if option.status == "set by the day":
            continue
        for choice in option.choices:
            other = where.with_options(**{option.name: choice})
            kept = {m: ballot for m, ballot in cast.items() if m in other.members}
            if other.decide(kept, default, out).adopted != outcome.adopted:
                turned.add(option.name)
    assert set(outcome.decided_by) == turned


def test_the_lone_no_of_an_organisation_decides_through_the_option_that_seats_it():
    where = body("EST:conference", on="2008-08-08", organisations="vote")
    outcome = where.decide({"EU": "no"}, default="yes")
    assert outcome.blockers == ("EU",)
    assert outcome.decided_by == ("organisations",)
    complete = where.decide(dict(outcome.ballots))
    assert complete.decided_by == ("organisations",)
    states = body("EST:conference", on="2008-08-08")
    away = dict.fromkeys(states.members[:19], "absent")
    assert states.decide(away, default="yes").decided_by == ("organisations",)


def test_without_a_default_nobody_knows_how_an_organisation_would_have_voted():
    states = body("EST:conference", on="2008-08-08")
    cast = dict.fromkeys(states.members, "yes") | dict.fromkeys(states.members[:19], "absent")
    assert states.decide(cast).decided_by == ()


@pytest.mark.parametrize("name", ["OSCE:minus-one", "OSCE:minus-two", "UNSC:chapter-vi"])
@given(data=st.data())
def test_a_vote_that_is_left_out_changes_nothing(name, data):
    where, out = small(name), left_out(name)
    cast = data.draw(ballots(where))
    other = data.draw(st.sampled_from(["yes", "no", "abstain", "absent"]))
    changed = {**cast, **dict.fromkeys(out, other)}
    before, after = where.decide(cast, excluded=out), where.decide(changed, excluded=out)
    assert before.adopted == after.adopted


@given(data=st.data(), permanent=st.sampled_from(FIVE))
def test_a_permanent_members_no_stops_a_decision_on_substance(data, permanent):
    where = small("UNSC")
    cast = {**data.draw(ballots(where)), permanent: "no"}
    assert not where.decide(cast).adopted


@given(permanent=st.sampled_from(FIVE), kind=st.sampled_from(["abstain", "absent", "silent"]))
def test_its_abstention_never_stops_one_while_nine_others_vote_yes(permanent, kind):
    outcome = small("UNSC").decide({permanent: kind}, default="yes")
    assert outcome.tally["yes"] >= 9
    assert outcome.adopted


@given(party=st.sampled_from(FIVE))
def test_a_party_to_a_dispute_has_no_veto_under_chapter_vi(party):
    cast = dict.fromkeys((*FIVE, *OTHERS), "yes") | {party: "no"}
    assert not small("UNSC").decide(cast).adopted
    assert small("UNSC:chapter-vi").decide(cast, excluded=[party]).adopted


def test_the_words_of_article_27_read_strictly_would_make_abstention_a_veto():
    cast = {"CHN": "abstain"}
    assert not small("UNSC", abstention="blocks").decide(cast, default="yes").adopted
    assert small("UNSC").decide(cast, default="yes").decided_by == ("abstention",)


def test_a_no_is_a_veto_only_where_nine_votes_were_there():
    short = small("UNSC").decide({m: "yes" for m in OTHERS[:3]}, default="no")
    assert short.blockers == ()
    assert [str(s) for s in short.missing] == ["6 more affirmative votes"]


def test_no_veto_stops_a_vote_on_procedure():
    assert small("UNSC:procedural").decide({"RUS": "no"}, default="yes").adopted


@pytest.mark.parametrize("name", CONSENSUS)
@given(data=st.data())
def test_consensus_with_one_objector_never_adopts(name, data):
    where = small(name)
    objector = data.draw(st.sampled_from(where.members))
    cast = {**data.draw(ballots(where)), objector: "no"}
    assert not where.decide(cast).adopted


@given(concerned=st.sampled_from(SMALL))
def test_minus_one_adopts_if_only_the_state_concerned_objects(concerned):
    where = small("OSCE:minus-one")
    assert where.decide({concerned: "no"}, default="yes", excluded=[concerned]).adopted


@given(concerned=st.sampled_from(SMALL), friend=st.sampled_from(SMALL))
def test_minus_one_fails_if_a_friend_objects_too(concerned, friend):
    where = small("OSCE:minus-one")
    cast = {concerned: "no", friend: "no"}
    adopted = where.decide(cast, default="yes", excluded=[concerned]).adopted
    assert adopted == (friend == concerned)


@pytest.mark.parametrize(
    ("name", "numerator", "denominator"), [("conference", 2, 3), ("extraordinary", 4, 5)]
)
@pytest.mark.parametrize("size", range(1, 9))
def test_quorum_counts_match_brute_force(name, numerator, denominator, size):
    members = [f"X{chr(65 + i)}A" for i in range(size)]
    where = body(f"EST:{name}", parties=members)
    for presence in product([True, False], repeat=size):
        cast = {m: "yes" if here else "absent" for m, here in zip(members, presence, strict=True)}
        enough = sum(presence) * denominator >= size * numerator
        assert where.decide(cast).adopted == enough


def test_silence_makes_a_quorum_and_absence_breaks_it():
    where = body("EST:extraordinary", parties=[f"X{chr(65 + i)}A" for i in range(10)])
    few = dict.fromkeys(where.members[:3], "silent")
    assert where.decide(few, default="yes").adopted
    few = dict.fromkeys(where.members[:3], "absent")
    assert not where.decide(few, default="yes").adopted


def test_whether_the_excluded_counts_towards_the_quorum_can_decide():
    members = [f"X{chr(65 + i)}A" for i in range(10)]
    away = {"XAA": "absent", "XBA": "absent", "XCA": "absent"}
    counted = body("EST:extraordinary", parties=members)
    outcome = counted.decide(away, default="yes", excluded=["XAA"])
    assert not outcome.adopted
    assert "excluded_in_quorum" not in outcome.decided_by
    away = {"XAA": "absent", "XBA": "absent", "XCA": "yes"}
    outcome = counted.decide(away, default="yes", excluded=["XAA"])
    assert outcome.adopted
    three = {"XAA": "absent", "XBA": "absent", "XCA": "absent"}
    four_out = counted.with_options(excluded_in_quorum="left out")
    assert not four_out.decide(three, default="yes", excluded=["XAA"]).adopted


def test_an_abstention_in_a_unanimous_vote_is_an_open_question():
    where = small("EST:extraordinary")
    outcome = where.decide({"XAB": "abstain"}, default="yes", excluded=["XAA"])
    assert outcome.adopted
    assert outcome.decided_by == ("abstention",)


@given(asking=st.sets(st.sampled_from([f"X{chr(65 + i)}A" for i in range(15)])))
@pytest.mark.parametrize(
    ("name", "needed"), [("berlin", 12), ("moscow-10", 10), ("moscow-6", 6), ("vienna", 1)]
)
def test_a_mechanism_needs_its_number_of_states_and_nobody_can_object(name, needed, asking):
    where = body(f"OSCE:{name}", members=[f"X{chr(65 + i)}A" for i in range(15)])
    assert where.decide(dict.fromkeys(asking, "yes"), default="no").adopted == (
        len(asking) >= needed
    )


def test_constructive_abstention_frees_up_to_a_third_of_the_weighted_votes():
    where = body("EU", on="2008-08-08")
    four = ("DEU", "FRA", "GBR", "ITA")
    three = dict.fromkeys(four[:3], "abstain-constructive")
    assert where.decide(three, default="yes").adopted
    outcome = where.decide(dict.fromkeys(four, "abstain-constructive"), default="yes")
    assert outcome.blockers == four
    assert where.decide(dict.fromkeys(four, "abstain"), default="yes").adopted


def test_the_third_is_said_not_to_be_modelled_where_weights_are_not_in_the_data():
    where = body("EU", on="2000-01-01")
    outcome = where.decide({"DEU": "abstain-constructive"}, default="yes")
    assert any("not modelled" in step.text for step in outcome.trace)


def test_from_lisbon_the_states_are_counted_and_the_population_is_an_option():
    where = body("EU", on="2010-05-01")
    nine = dict.fromkeys(where.members[:9], "abstain-constructive")
    outcome = where.decide(nine, default="yes")
    assert not outcome.adopted
    assert outcome.decided_by == ("population",)
    eight = dict.fromkeys(where.members[:8], "abstain-constructive")
    assert where.decide(eight, default="yes").adopted
