"""An Article 8 of one's own: as the draft by default, monotone, and with its price shown."""

from __future__ import annotations

from itertools import product

import pytest

from course.institutions import OptionError, rungs, scenario
from course.institutions.redraft import Article8, choices, jury, trials

TRIALS = {t.id: t for t in trials()}


def highest(clause, trial):
    return clause.try_on(TRIALS[trial]).highest


def heights(clause):
    order = (None, *rungs())
    return [order.index(r.highest) for r in clause.try_all()]


@pytest.mark.parametrize("trial", ["kosovo", "georgia"])
def test_left_as_it_is_the_clause_decides_as_the_draft_does(trial):
    result = Article8().try_on(TRIALS[trial])
    question = scenario(TRIALS[trial].scenario).question("est-emergency")
    outcome = question.decide()
    assert ("collective measures" in result.reached) == outcome.adopted
    assert result.excluded == outcome.excluded


def test_defaults_are_those_written_in_the_record():
    for choice in choices():
        assert getattr(Article8(), choice.name) == choice.default
        assert choice.default in choice.choices


def test_every_party_has_a_stand_with_a_reason():
    for trial in TRIALS.values():
        assert set(trial.stands) == set(trial.parties)
        assert all(s.why and s.above in ("no", "abstain", "absent") for s in trial.stands.values())


def test_a_boycott_breaks_the_quorum_and_a_smaller_quorum_mends_it():
    assert highest(Article8(), "kosovo") is None
    assert highest(Article8(quorum="1/2"), "kosovo") == "collective measures"
    assert highest(Article8(in_quorum="left out"), "kosovo") == "collective measures"
    came = Article8(quorum="1/2", vote="counts", against="vote no")
    assert highest(came, "kosovo") == "meet"


def test_the_price_the_victims_word_acts_and_can_be_turned_against_the_innocent():
    assert highest(Article8(way="victim"), "innocent") == "collective measures"
    for way in ("nobody", "security-council", "vote"):
        assert highest(Article8(way=way), "innocent") == "share facts"
    assert highest(Article8(way="nobody"), "georgia") == "send monitors"


QUORUMS = ("none", "1/2", "2/3", "4/5", "1")
CASES = list(product(("victim", "nobody", "vote"), ("left out", "counts"), ("harmless", "blocks")))


@pytest.mark.parametrize(("way", "vote", "abstention"), CASES)
def test_more_presence_or_more_agreement_asked_never_reaches_higher(way, vote, abstention):
    fixed = {"way": way, "vote": vote, "abstention": abstention}
    by_quorum = [heights(Article8(quorum=q, **fixed)) for q in QUORUMS]
    for looser, stricter in zip(by_quorum, by_quorum[1:], strict=False):
        assert all(a >= b for a, b in zip(looser, stricter, strict=True))
    one = heights(Article8(rule="all but one", **fixed))
    assert all(a >= b for a, b in zip(one, heights(Article8(**fixed)), strict=True))
    majority, two, three = (heights(Article8(rule=r, **fixed)) for r in ("majority", "2/3", "3/4"))
    assert all(a >= b >= c for a, b, c in zip(majority, two, three, strict=True))


def test_a_majority_is_more_yes_than_no():
    georgia = TRIALS["georgia"]
    steps = Article8(rule="majority", quorum="none").try_on(georgia).steps["censure"]
    assert steps[-1].text == "49 for, 0 against; 25 needed."


def test_a_wrong_answer_is_named_with_the_nearest():
    with pytest.raises(OptionError, match="'unanimity'"):
        Article8(rule="unanimty")


def test_the_jury_leaves_out_both_sides():
    votes = jury("georgia-2008")
    assert set(votes) == {"RUS", "GEO"}
    assert not {"RUS", "GEO"} & set(votes["RUS"])
    assert jury("river") == {}
