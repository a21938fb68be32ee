"""The cases can be played by 8 to 30 people, keep the rules of care, and cite what is a fact."""

import pytest

from course import data, institutions
from course.room import CASES, scenario
from course.room import session as s
from course.room.counting import count
from course.room.simulation import UnknownScenario, deal

SOURCES = {source["id"] for source in data.document("sources")}


@pytest.fixture(params=CASES)
def case(request):
    return scenario(request.param)


def dealt(case, people):
    taken = {}
    for _ in range(people):
        role = deal(case, taken)
        taken[role] = taken.get(role, 0) + 1
    return taken


@pytest.mark.parametrize("people", range(8, 31))
def test_every_room_from_eight_to_thirty_can_play(case, people):
    taken = dealt(case, people)
    kinds = [case.role(r).kind for r in taken]
    assert {case.accuser, case.accused[0], "depositary", "mediator"} <= set(taken)
    assert kinds.count("party") >= 6
    assert all(n <= 2 for r, n in taken.items() if r != "observer")
    if people >= 14:
        assert {"press", "observer"} <= set(taken)
    if people == 30:
        assert "observer" in taken and taken["observer"] == 2


def test_after_thirty_everybody_observes(case):
    assert dealt(case, 200)["observer"] == 172


def test_a_refused_card_is_never_dealt_again(case):
    refused = frozenset({case.accuser, case.accused[0]})
    assert deal(case, {}, refused) not in refused


def test_the_ladder_is_climbed_rung_by_rung(case):
    rungs = [stage.rung for stage in case.stages if stage.rung]
    assert rungs == [1, 2, 3, 4, 5, 6] and len(case.ladder) == 6


def test_three_injects_an_attacker_round_a_mediator_and_roles_put_down_before_the_debrief(case):
    kinds = [stage.kind for stage in case.stages]
    assert kinds.count("inject") == 3
    assert kinds.count("attacker") == kinds.count("mediation") == 1
    assert kinds.index("leave-role") < kinds.index("debrief") == len(kinds) - 1
    assert kinds.index("attacker") < [x.id for x in case.stages].index("collective")
    assert len(case.debrief) == 3 and case.minutes == 90


def test_every_party_has_interests_and_red_lines_and_nobody_plays_a_victim(case):
    for role in case.roles:
        assert role.stance and role.interests
        assert role.kind in ("observer",) or role.red_lines
        assert not any(w in role.name.lower() for w in ("victim", "refugee", "civilian"))


def test_no_inject_describes_a_death(case):
    words = ("kill", "dead", "death", "massacre", "bodies", "murder", "rape", "victim")
    for stage in case.stages:
        told = " ".join((*stage.text, stage.draft)).lower()
        assert not any(word in told for word in words), stage.id


def test_bodies_and_choices_are_known(case):
    parties = {r.id for r in case.roles if r.kind == "party"}
    bodies = dict(case.bodies)
    for stage in case.stages:
        if stage.kind == "round":
            assert stage.body in bodies and set(stage.contrast) <= set(bodies)
        if stage.kind == "attacker":
            assert [c for c, _ in stage.choices] == [c for c, _ in stage.excludes]
            assert all(set(seats) <= parties for _, seats in stage.excludes)
        assert set(stage.voters) <= parties
        if stage.kind == "poll":
            assert len(stage.choices) >= 2
    assert set(bodies) <= set(institutions.BODIES)
    assert {case.accuser, *case.accused} <= parties


def test_a_fact_about_a_real_case_has_a_source(case):
    for stage in case.stages:
        assert set(stage.source_ids) <= SOURCES
        if case.real and (stage.kind == "inject" or stage.happened):
            assert stage.source_ids, stage.id
    assert set(case.source_ids) <= SOURCES
    assert bool(case.happened) == case.real == bool(case.source_ids)


@pytest.mark.parametrize("people", [8, 30])
def test_every_rule_of_a_case_can_be_applied(case, people):
    """No body answers "could not be applied", with and without the accused's vote."""
    room = s.replay(case, (s.SessionOpened(at=0, session="x", scenario=case.id),))
    for number in range(people):
        room = room.after(*room.join(f"p{number}", "", 1.0))
    for stage in case.stages:
        if stage.kind != "round":
            continue
        room = room.after(*room.enter(stage.id, 2.0))
        for body, _ in case.bodies:
            for out in ((), case.accused):
                room = room.after(*room.set_round(body, stage.default, out, 3.0))
                outcome = count(room, body)
                assert outcome["members"] and outcome["trace"], (body, outcome["reason"])


def test_in_the_real_cases_the_codes_are_states_of_the_record():
    for name in ("georgia_2008", "kosovo_1999"):
        case = scenario(name)
        seats = {r.code for r in case.roles if r.kind == "party"}
        assert seats - {"YUG"} <= set(data.members("OSCE", on=case.on))


def test_the_alliance_that_is_accused_loses_all_its_votes():
    case = scenario("kosovo_1999")
    room = s.replay(case, (s.SessionOpened(at=0, session="x", scenario=case.id),))
    for number in range(8):
        room = room.after(*room.join(f"p{number}", "", 1.0))
    room = room.after(*room.enter("collective", 2.0))
    room = room.after(*room.set_round("EST:extraordinary", "yes", case.accused, 3.0))
    assert len(count(room, "EST:extraordinary")["excluded"]) == 19


def test_a_misspelt_case_gets_the_nearest_name():
    with pytest.raises(UnknownScenario, match="georgia_2008"):
        scenario("georgia2008")
    with pytest.raises(ValueError, match="belmark"):
        scenario("play").role("belmarc")
