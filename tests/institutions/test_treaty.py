"""The draft treaty's procedure: order of steps, time, blanks as options, and who the attacker is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.institutions import (
    WAYS,
    Claim,
    MembershipError,
    OptionError,
    OrderError,
    body,
    find_attacker,
    options_of,
    treaty,
)
from course.institutions.accusation import possible_findings

PARTIES = tuple(f"X{chr(65 + i)}A" for i in range(10))
A, B, C, D = PARTIES[:4]


def opened(**options):
    return treaty(PARTIES, **options)


def attacked(**options):
    """A says that B attacked; B says that A attacked its peacekeepers."""
    return opened(**options).report(A, B).report(B, A, target="peacekeepers")


def test_by_default_all_participating_states_are_parties_and_organisations_are_off():
    state = treaty(on="2008-08-08")
    assert len(state.parties) == 56
    assert (state.quorum(), state.quorum(extraordinary=True)) == (38, 45)


def test_the_road_from_a_request_to_a_conference():
    state = opened().consult(A, B, C).join(D).hold(after=3)
    assert state.participants == (A, B, C, D)
    state = state.propose(D, A, C)
    assert (state.stage, state.day) == ("conference called", 3)
    state = state.confer(default="yes")
    assert state.outcome.adopted
    assert state.day == 17
    assert state.bound == PARTIES


def test_a_conference_needs_its_supporters_and_a_participant_who_proposes():
    state = opened().consult(A, B).hold()
    assert state.propose(A, A).stage == "consultations held"
    assert state.propose(A, A, C).stage == "conference called"
    with pytest.raises(OrderError, match="took no part"):
        state.propose(C, A, B)
    assert opened(supporters=1).consult(A, B).hold().propose(A, A).stage == "conference called"


def test_the_accused_can_object_in_the_conference():
    state = opened().consult(A, B).hold().propose(A, A, C).confer({B: "no"}, default="yes")
    assert state.outcome.blockers == (B,)
    assert state.bound == ()


def test_the_attacked_party_alone_convenes_the_extraordinary_conference_at_once():
    state = opened(immediate_days=2).report(A, B).name_attacker("victim").decide(default="yes")
    assert state.day == 2
    assert state.outcome.excluded == (B,)


def test_another_party_may_report_for_one_that_can_not_and_nobody_judges_that():
    log = opened().report(A, B, by=C).text()
    assert f"{C} reports an armed attack on {A}" in log
    assert "Nobody is named who judges" in log


def test_help_is_a_right_with_consent_until_the_council_acts():
    state = opened().report(A, B)
    assert state.assist(C, A).helpers == ((C, A),)
    assert state.assist(C, A, consent=False).helpers == ()
    assert state.council_acts().assist(C, A).helpers == ()
    assert opened().report(A, B, kind="threat").assist(C, A).helpers == ()
    assert state.assist(C, A).council_acts().helpers == ()


def test_the_victims_word_leaves_out_whom_it_names():
    assert attacked().name_attacker("victim").finding.excluded == (B,)
    assert attacked(peacekeepers="yes").name_attacker("victim").finding.excluded == (A, B)


@pytest.mark.parametrize(
    ("choice", "excluded"), [("both", (A, B)), ("the first", (B,)), ("neither", ())]
)
def test_when_each_side_names_the_other_both_one_or_neither_fall_away(choice, excluded):
    state = opened(counterclaims=choice).report(A, B).report(B, A)
    assert state.name_attacker("victim").finding.excluded == excluded


@pytest.mark.parametrize(
    ("choice", "excluded"), [("all", (B, C)), ("the first named", (C,)), ("none", ())]
)
def test_of_several_accused_all_one_or_none_fall_away(choice, excluded):
    state = opened(several=choice).report(A, C, B)
    assert state.name_attacker("victim").finding.excluded == excluded


@pytest.mark.parametrize("way", ["depositary", "security-council"])
def test_a_finding_from_outside_names_whom_it_names(way):
    assert attacked().name_attacker(way, named=[A]).finding.excluded == (A,)
    assert attacked().name_attacker(way).finding.excluded == ()
    finding = attacked().name_attacker(way, named=["ZZZ"]).finding
    assert finding.excluded == ()
    assert "no vote to lose" in finding.trace[-1].text


@pytest.mark.parametrize(
    ("threshold", "excluded"), [("majority", (B,)), ("two thirds", ()), ("all", ())]
)
def test_the_others_may_vote_on_who_attacked(threshold, excluded):
    votes = {B: {C: "yes", D: "yes", PARTIES[4]: "yes", PARTIES[5]: "no", PARTIES[6]: "no"}}
    state = attacked(deciding_vote=threshold).name_attacker("vote", ballots=votes)
    assert state.finding.excluded == excluded


def test_neither_accuser_nor_accused_votes_on_who_attacked():
    with pytest.raises(MembershipError, match="can't vote on who attacked"):
        attacked().name_attacker("vote", ballots={B: {A: "yes"}})


def test_the_trace_says_when_the_choice_of_attacker_decided():
    ballots = {B: "no"}
    named = attacked().name_attacker("victim").decide(ballots, default="yes").outcome
    nobody = attacked().name_attacker("nobody").decide(ballots, default="yes").outcome
    assert (named.adopted, nobody.adopted) == (True, False)
    assert "attacker" in named.decided_by
    assert "attacker" in nobody.decided_by
    blocked = attacked().name_attacker("victim").decide({C: "no"}, default="yes").outcome
    assert "attacker" not in blocked.decided_by


@settings(max_examples=60)
@given(
    data=st.data(),
    way=st.sampled_from(["victim", "depositary", "vote", "security-council", "nobody"]),
    pairs=st.lists(
        st.tuples(
            st.sampled_from(PARTIES[:3]),
            st.lists(st.sampled_from(PARTIES[:4]), min_size=1, max_size=2, unique=True),
            st.sampled_from(["territory", "peacekeepers"]),
        ).filter(lambda claim: claim[0] not in claim[1]),
        min_size=1,
        max_size=3,
    ),
)
def test_the_options_that_decided_are_those_whose_other_choice_turns_the_result(data, way, pairs):
    known = [o for o in options_of("EST") if o.choices and o.name != "bound"]
    chosen = {o.name: data.draw(st.sampled_from(o.choices)) for o in known}
    kinds = st.sampled_from(["yes", "no", "abstain", "absent"])
    cast = data.draw(st.dictionaries(st.sampled_from(PARTIES), kinds, max_size=4))
    jury = data.draw(st.dictionaries(st.sampled_from(PARTIES[4:]), kinds, max_size=4))
    named = data.draw(st.lists(st.sampled_from(PARTIES[:4]), max_size=2, unique=True))
    accused = {state for _, states, _ in pairs for state in states}
    details = {"ballots": dict.fromkeys(accused, jury)} if way == "vote" else {}
    details = {"named": named} if way in ("depositary", "security-council") else details

    def run(options):
        state = opened(**options)
        for claimant, states, target in pairs:
            state = state.report(claimant, *states, target=target)
        return state.name_attacker(way, **details).decide(cast, default="yes").outcome

    outcome = run(chosen)
    turned = {
        o.name
        for o in known
        for choice in o.choices
        if run({**chosen, o.name: choice}).adopted != outcome.adopted
    }
    assert set(outcome.decided_by) - {"attacker"} == turned


def test_the_choice_of_whose_claim_counts_is_named_where_it_decided():
    results = {}
    for choice in ("both", "neither"):
        told = opened(counterclaims=choice).report(A, B).report(B, A)
        outcome = told.name_attacker("victim").decide({B: "no"}, default="yes").outcome
        assert "counterclaims" in outcome.decided_by
        results[choice] = outcome.adopted
    assert results == {"both": True, "neither": False}


@given(
    way=st.sampled_from(["victim", "nobody"]),
    pairs=st.lists(st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)), max_size=4),
    counterclaims=st.sampled_from(["both", "the first", "neither"]),
)
def test_only_those_who_are_named_can_lose_their_vote(way, pairs, counterclaims):
    claims = [Claim(claimant, (accused,)) for claimant, accused in pairs if claimant != accused]
    finding = find_attacker(claims, way, PARTIES, counterclaims=counterclaims)
    accused = {state for claim in claims for state in claim.accused}
    assert set(finding.excluded) <= accused
    named = accused | {claim.claimant for claim in claims}
    assert finding.excluded in possible_findings(claims, PARTIES) or len(named) > 6


def test_a_binding_decision_binds_the_absent_or_not_as_you_choose():
    away = dict.fromkeys(PARTIES[8:], "absent")
    for choice, bound in (("all Parties", 10), ("those present", 8)):
        state = (
            opened(bound=choice).report(A, B).name_attacker("victim").decide(away, default="yes")
        )
        assert len(state.bound) == bound


def test_it_enters_into_force_ten_days_after_the_twenty_fifth_notification():
    states = body("OSCE", on="2010-05-01").members
    early = treaty(on="2010-05-01", in_force=False).notify(*states[:24])
    assert early.wait(100).stage == "not in force"
    later = early.notify("EU")
    assert later.wait(9).stage == "not in force"
    assert later.wait(10).stage == "in force"
    with pytest.raises(MembershipError, match="Article 10"):
        early.notify("CHN")


def test_a_party_leaves_after_its_notice():
    state = opened(withdrawal_days=30).withdraw(A)
    assert (state.day, A in state.parties) == (30, False)


def test_days_become_dates_when_the_procedure_has_a_beginning():
    assert treaty(on="2008-08-08").wait(30).date == "2008-09-07"
    assert opened().date == ""


def test_information_may_be_asked_for_and_the_log_flags_what_is_recalled():
    log = opened(answer_days=5).ask(A, B, "a new base").text()
    assert "a new base" in log
    assert "(option: answer_days) (unverified)" in log


def test_a_step_leaves_the_state_before_it_as_it_was():
    before = opened()
    before.consult(A, B)
    assert (before.stage, before.log) == ("in force", ())


def walk(state, depth):
    """Try every step that the state offers; each must be possible in its simplest form."""
    simple = {
        "notify": lambda s: s.notify("EU"),
        "ask": lambda s: s.ask(A, B),
        "consult": lambda s: s.consult(A, B),
        "join": lambda s: s.join(C),
        "hold": lambda s: s.hold(),
        "propose": lambda s: s.propose(A, A, B),
        "confer": lambda s: s.confer(default="yes"),
        "report": lambda s: s.report(A, B),
        "assist": lambda s: s.assist(C, A),
        "council_acts": lambda s: s.council_acts(),
        "name_attacker": lambda s: s.name_attacker("victim"),
        "decide": lambda s: s.decide(default="yes"),
        "withdraw": lambda s: s.withdraw((s.parties or (D,))[-1]),
        "wait": lambda s: s.wait(1),
    }
    offered = {action.name for action in state.actions}
    for name, step in simple.items():
        if name in offered:
            after = step(state)
            assert after.day >= state.day
            assert after.log[: len(state.log)] == state.log
            if depth:
                walk(after, depth - 1)
        elif name != "wait":
            with pytest.raises(OrderError, match="Possible are"):
                step(state)


def test_every_step_offered_can_be_taken_and_every_other_is_refused():
    walk(opened(), 2)
    walk(treaty(on="2010-05-01", in_force=False), 1)


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: opened().consult(A, "ZZZ"), MembershipError),
        (lambda: opened().consult(A), MembershipError),
        (lambda: opened().report(A, A), MembershipError),
        (lambda: opened().report(A), MembershipError),
        (lambda: opened().wait(-1), OrderError),
        (lambda: opened().consult(A, B).hold(after="soon"), OrderError),
        (lambda: attacked().name_attacker("oracle"), OptionError),
        (lambda: opened(supporters=-1), OptionError),
        (lambda: opened(bound="nobody"), OptionError),
        (lambda: opened(deadline=3), OptionError),
    ],
)
def test_bad_steps_say_what_is_wrong(ask, error):
    with pytest.raises(error, match=r"^[^\n]+\.$|\?$"):
        ask()


def test_every_option_of_the_procedure_has_a_question_a_default_and_a_reason():
    for option in options_of("EST"):
        assert option.question.endswith("?")
        assert option.reason
        assert option.check(option.default) == option.default
    assert set(WAYS) == {"victim", "depositary", "vote", "security-council", "nobody"}
