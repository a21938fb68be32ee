"""How far a body goes: the ladder from meeting to collective measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from institutions.voting import SMALL, left_out, small

from course.institutions import BODIES, OptionError, UnknownBody, body, climb, reach, rungs

LADDER = ("meet", "share facts", "appeal", "send monitors", "censure", "collective measures")


def test_the_ladder_has_six_rungs():
    assert rungs() == LADDER


@pytest.mark.parametrize("name", list(BODIES))
def test_every_body_has_its_reach_with_a_rule_and_sources(name):
    found = reach(name)
    assert set(found.rungs) <= set(LADDER)
    assert found.why
    assert found.source_ids


def test_monitors_were_within_reach_of_consensus_and_censure_was_not():
    where = body("OSCE", on="2008-08-19")
    result = climb(where, {"RUS": "send monitors"}, default="collective measures")
    assert result.highest == "send monitors"
    assert "censure: not adopted; blocked by RUS." in result.text()
    assert "collective measures: not open to OSCE." in result.text()


def test_a_mechanism_without_consensus_convenes_and_goes_no_further():
    result = climb(body("OSCE:berlin", on="2008-08-08"), {}, default="appeal")
    assert result.highest == "meet"


@pytest.mark.parametrize("name", ["OSCE", "UNSC", "EST:conference", "OSCE:minus-one"])
@given(accepts=st.fixed_dictionaries(dict.fromkeys(SMALL, st.sampled_from(("nothing", *LADDER)))))
def test_whoever_accepts_a_rung_accepts_those_below(name, accepts):
    where, out = small(name), left_out(name)
    result = climb(
        where, {m: accepts.get(m, "collective measures") for m in where.members}, excluded=out
    )
    reached = [r.reached for r in result.results if r.open]
    assert reached == sorted(reached, reverse=True)


def test_states_that_stay_away_can_keep_a_body_from_the_first_rung():
    where = small("EST:conference")
    assert climb(where, {}, default="censure", absent=SMALL[:2]).highest is None
    assert climb(where, {}, default="censure", absent=SMALL[:1]).highest == "censure"


def test_unknown_rungs_and_bodies_are_refused():
    with pytest.raises(OptionError, match="send monitors"):
        climb(small("OSCE"), {SMALL[0]: "send monitor"})
    with pytest.raises(UnknownBody):
        reach("OSCE:minus-three")
