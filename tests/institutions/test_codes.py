"""Codes as they come in: one or a list, checked, and the right one named where one is wrong."""

from __future__ import annotations

import pytest

from course.institutions import (
    BallotError,
    Claim,
    InstitutionError,
    MembershipError,
    OptionError,
    UnknownBody,
    UnknownState,
    body,
    scenario,
    treaty,
)
from course.institutions.ladder import climb
from course.institutions.outlook import lines
from course.institutions.power import blocking, blocs, chance, curve, probability
from course.institutions.redraft import Article8
from course.institutions.walk import walk

OSCE = body("OSCE", on="2008-08-08")
EST = body("EST:extraordinary", on="2008-08-08")


def opened():
    return treaty(on="2008-08-08")


def told():
    return opened().report("GEO", "RUS")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Russia", "RUS"),
        ("russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("Rusia", "RUS"),
        ("Britain", "GBR"),
        ("UK", "GBR"),
        ("United Kingdom", "GBR"),
        ("FRY", "YUG"),
        ("Yugoslavia", "YUG"),
        ("United States", "USA"),
        ("US", "USA"),
        ("America", "USA"),
        ("Holland", "NLD"),
        ("Macedonia", "MKD"),
        ("Turkey", "TUR"),
        ("Gorgia", "GEO"),
        ("FRQ", "FRA"),
        ("RUZ", "RUS"),
    ],
)
def test_a_state_by_another_name_is_answered_with_its_code(written, code):
    with pytest.raises(UnknownState, match=f"'{code}'"):
        OSCE.decide({written: "no"}, default="yes")
    with pytest.raises(UnknownState, match=f"'{code}'"):
        opened().report("GEO", written)


def test_where_nothing_is_near_the_sentence_stays_short():
    with pytest.raises(UnknownState, match=r"^[^\n]{1,130}$"):
        OSCE.decide({"Atlantis": "no"}, default="yes")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: treaty(parties=["Atlantis"]),
        lambda: treaty(parties=["GEO", "RUZ"]),
        lambda: body("EST:conference", parties=["GEO", "Russia"]),
        lambda: body("OSCE", members=["Russia"]),
        lambda: opened().consult("GEO", "Rusia"),
        lambda: opened().report("GEO", "Atlantis"),
        lambda: told().name_attacker("depositary", named="Rusia"),
        lambda: told().name_attacker("vote", ballots={"Rusia": {"FRA": "yes"}}),
        lambda: climb(OSCE, {"Rusia": "appeal"}),
        lambda: climb(OSCE, {"ZZZ": "appeal"}),
        lambda: climb(OSCE, {}, absent=["Rusia"]),
        lambda: OSCE.decide(default="yes", excluded=None),
        lambda: OSCE.decide(default="yes", excluded=[["RUS"]]),
        lambda: opened().report("GEO", ["RUS"]),
        lambda: Claim("GEO", 5),
        lambda: blocs("2008-08-08", members=5),
        lambda: treaty(in_force=False).notify("Rusia"),
    ],
)
def test_no_unknown_state_is_taken_silently(ask):
    with pytest.raises(UnknownState, match=r"^[^\n]+[.?]$"):
        ask()


def test_a_text_is_one_code_and_not_its_letters():
    by_text = told().name_attacker("depositary", named="RUS")
    by_list = told().name_attacker("depositary", named=["RUS"])
    assert by_text.finding == by_list.finding
    assert by_text.decide({"RUS": "no"}, default="yes").outcome.adopted
    assert body("OSCE", members="RUS").members == ("RUS",)
    assert treaty("RUS").parties == ("RUS",)
    assert Claim("GEO", "RUS").accused == ("RUS",)
    assert climb(OSCE, {}, "censure", absent="RUS") == climb(OSCE, {}, "censure", absent=["RUS"])
    minus_one = body("OSCE:minus-one", on="2008-08-08")
    assert blocking(minus_one, "RUS") == blocking(minus_one, ["RUS"])
    assert probability(OSCE, 0.5, blocs=["RUS"]) == probability(OSCE, 0.5)
    played = walk("valley")
    state = played.start()
    while state.stage != "extraordinary called":
        state = played.take(state, played.next(state))
    move = type(played.next(state))("name_attacker")
    named = {played.take(state, move, way="depositary", named=n).finding for n in ("XAR", ["XAR"])}
    assert len(named) == 1


@pytest.mark.parametrize(
    ("more", "near"),
    [
        ({"kind": "Attack"}, "did you mean 'attack'"),
        ({"kind": "war"}, "known are: attack, threat"),
        ({"target": "peacekeeper"}, "did you mean 'peacekeepers'"),
        ({"target": None}, "known are"),
    ],
)
def test_kind_and_target_of_a_report_are_checked(more, near):
    with pytest.raises(OptionError, match=near):
        opened().report("GEO", "RUS", **more)
    with pytest.raises(OptionError, match=near):
        Claim("GEO", ("RUS",), **more)


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: OSCE.decide("RUS", default="yes"), BallotError),
        (lambda: OSCE.decide(None, default="yes"), BallotError),
        (lambda: OSCE.decide(["RUS"], default="yes"), BallotError),
        (lambda: OSCE.decide([("RUS", "no", "GEO")], default="yes"), BallotError),
        (lambda: OSCE.decide([(["RUS"], "no")], default="yes"), BallotError),
        (lambda: OSCE.decide({"RUS": ["no"]}, default="yes"), BallotError),
        (lambda: told().name_attacker("vote", ballots="RUS"), BallotError),
        (lambda: told().name_attacker("vote", ballots={"RUS": "yes"}), BallotError),
        (lambda: told().name_attacker("victim", name="RUS"), OptionError),
        (lambda: climb(OSCE, "RUS"), OptionError),
        (lambda: climb(OSCE, {"RUS": ["appeal"]}), OptionError),
        (lambda: treaty(in_force=False).notify(), MembershipError),
        (lambda: treaty(in_force=False, on="yesterday"), InstitutionError),
        (lambda: opened().consult("GEO", "RUS").join(), MembershipError),
        (lambda: opened().wait(10**9).date, InstitutionError),
        (lambda: opened().wait(True), InstitutionError),
        (lambda: body(["OSCE"], on="2008-08-08"), UnknownBody),
        (lambda: scenario([]), OptionError),
        (lambda: scenario("valley").questions[0].decide("RUS"), BallotError),
        (lambda: walk([]), OptionError),
        (lambda: probability(OSCE, {"RUS": 0.5}), BallotError),
        (lambda: probability(OSCE, "0.5"), BallotError),
        (lambda: probability(OSCE, {**dict.fromkeys(OSCE.members, 0.5), "RUS": "x"}), BallotError),
        (lambda: probability(OSCE, float("nan")), BallotError),
        (lambda: probability(OSCE, 0.5, otherwise={"abstain": 2, "no": -1}), BallotError),
        (lambda: probability(OSCE, 0.5, otherwise={"abstain": 0, "no": 0}), BallotError),
        (lambda: probability(OSCE, 0.5, otherwise={"abstain": "1"}), BallotError),
        (lambda: probability(OSCE, 0.5, otherwise=["no"]), BallotError),
        (lambda: curve(OSCE, points=1), InstitutionError),
        (lambda: probability(OSCE, 0.5, blocs=5), MembershipError),
        (lambda: probability(OSCE, 0.5, blocs="RUS"), MembershipError),
        (lambda: chance(OSCE, 0.5, 5), MembershipError),
        (lambda: lines([]), InstitutionError),
        (lambda: lines("2008-08-08", otherwise=["no"]), OptionError),
        (lambda: Article8(quorum=[]), OptionError),
        (lambda: curve(OSCE, points=2.5), InstitutionError),
    ],
)
def test_what_can_not_be_read_is_answered_with_one_sentence(ask, error):
    with pytest.raises(error, match=r"^[^\n]+[.?]$"):
        ask()


def test_an_organisation_signs_but_votes_only_if_you_choose_so():
    quiet = treaty(["GEO", "RUS", "EU"])
    assert quiet.parties == ("EU", "GEO", "RUS")
    with pytest.raises(MembershipError, match="organisations='vote'"):
        quiet.report("GEO", "RUS").name_attacker("victim").decide({"EU": "no"}, default="yes")
    loud = treaty(["GEO", "RUS", "EU"], organisations="vote").report("GEO", "RUS")
    outcome = loud.name_attacker("victim").decide({"EU": "no"}, default="yes").outcome
    assert outcome.blockers == ("EU",)
    assert "organisations" in outcome.decided_by


def test_an_invented_world_is_taken_as_it_is_and_a_slip_among_real_states_is_not():
    invented = ["Arvenia", "Belmark", "Corvath"]
    assert body("OSCE", members=invented).members == tuple(invented)
    state = treaty(invented).report("Arvenia", "Belmark").name_attacker("victim")
    assert state.decide({"Belmark": "no"}, default="yes").outcome.adopted
    with pytest.raises(UnknownState, match="Belmark"):
        treaty(invented).report("Arvenia", "Belmarc")
    with pytest.raises(UnknownState, match="Rusia"):
        body("OSCE", members=["Rusia", "GBR", "FRA"])
