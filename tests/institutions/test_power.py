"""Probability, blocking and voting power: textbook values, brute force, and the oracle library."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product
from math import comb, factorial, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from institutions.voting import ABLE, FIVE, OTHERS, SMALL, VARIANTS, ids, left_out, small
from powerindex import Game

from course.institutions import BALLOTS, BallotError, InstitutionError, MembershipError, body
from course.institutions.power import (
    ability_to_act,
    blocking,
    blocs,
    chance,
    curve,
    probability,
    smallest_boycott,
    ternary_power,
    voting_power,
)

variants = pytest.mark.parametrize("variant", VARIANTS, ids=ids)
able = pytest.mark.parametrize("variant", ABLE, ids=ids)
COUNCIL = body("UNSC", on="2009-06-15")


def judge(variant, size=None):
    """Return a small body, its excluded votes, and a quick test of one vote."""
    name, options = variant
    where, out = small(name, **options), left_out(name)
    if size and len(where.members) > size:
        where = body(name, members=where.members[:size], **options)
    return where, out, lambda cast: where.adopts(where.vote(cast, None, out))


# Probability


@variants
@given(data=st.data())
@settings(max_examples=5)
def test_probability_equals_the_sum_over_all_votes(variant, data):
    name, _ = variant
    where, out, adopts = judge(variant, 6)
    kinds = ("yes", "no", "abstain", "absent") if len(where.members) < 6 else ("yes", "no")
    cuts = [data.draw(st.integers(0, 6)) for _ in kinds]
    shares = (
        {k: Fraction(c, sum(cuts)) for k, c in zip(kinds, cuts, strict=True)}
        if sum(cuts)
        else {"yes": Fraction(1)}
    )
    expected = sum(
        prod(shares.get(ballot, 0) for ballot in cast)
        for cast in product(kinds, repeat=len(where.members))
        if adopts(dict(zip(where.members, cast, strict=True)))
    )
    yes = shares.get("yes", Fraction(0))
    rest = {k: s / (1 - yes) for k, s in shares.items() if k != "yes"} if yes < 1 else {"no": 1}
    assert probability(where, yes, otherwise=rest, excluded=out) == expected


@given(split=st.integers(1, 4), p=st.fractions(0, 1, max_denominator=9))
@pytest.mark.parametrize("name", ["OSCE", "EST:conference", "OSCE:vienna"])
def test_a_bloc_says_yes_or_no_as_one(name, split, p):
    where, bloc = small(name), SMALL[:split]
    alone = len(SMALL) - split
    expected = sum(
        prod(p if yes else 1 - p for yes in answers)
        for answers in product([True, False], repeat=alone + 1)
        if where.decide(
            {
                **dict.fromkeys(bloc, "yes" if answers[0] else "no"),
                **{
                    m: "yes" if a else "no" for m, a in zip(SMALL[split:], answers[1:], strict=True)
                },
            }
        ).adopted
    )
    assert probability(where, p, [bloc]) == expected


@variants
def test_everybody_agreeing_can_always_act_and_never_less_with_more_agreement(variant):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    chances = [probability(where, Fraction(i, 10), excluded=out) for i in range(11)]
    assert chances == sorted(chances)
    assert chances[-1] == (0 if name in ("OSCE:berlin", "OSCE:moscow-6", "OSCE:moscow-10") else 1)


def test_fractions_stay_exact_and_floats_stay_within_one():
    where = body("OSCE", on="2008-08-08")
    assert probability(where, Fraction(99, 100)) == Fraction(99, 100) ** 56
    assert 0 <= probability(body("OSCE:berlin", on="2008-08-08"), 0.9) <= 1
    assert probability(where, dict.fromkeys(where.members, 1.0) | {"RUS": 0.25}) == 0.25


def test_correlation_by_alliances_makes_agreement_likelier():
    where = body("OSCE", on="2008-08-08")
    groups = blocs("2008-08-08", where.members)
    assert [len(group) for group in groups] == [26, 6, 7]
    assert probability(where, 0.9, groups) > 40 * probability(where, 0.9)
    ends = curve(where, groups, points=3)
    assert (ends[0], ends[-1]) == ((0.0, 0.0), (1.0, 1.0))


def test_the_two_chances_come_with_the_word_that_they_are_no_forecast():
    both = chance(body("OSCE", on="2008-08-08"), 0.9)
    assert both.by_blocs > both.alone
    assert both.text.endswith("not a forecast.")
    assert chance(small("OSCE"), Fraction(1, 2)).blocs == ()


def test_chances_that_make_no_sense_are_refused():
    where = small("OSCE")
    with pytest.raises(BallotError, match="no probability"):
        probability(where, 1.5)
    with pytest.raises(BallotError, match="add up to 1"):
        probability(where, 0.5, otherwise={"no": 0.5})
    with pytest.raises(MembershipError, match="two blocs"):
        probability(where, 0.5, [SMALL[:2], SMALL[1:3]])


# Blocking


def least_group(where, out, ballot):
    """Fewest members, by trial, whose ballot stops what all others want."""
    base = dict.fromkeys(where.members, "yes")
    if not where.decide(base, excluded=out).adopted:
        return None
    for size in range(1, len(where.members) + 1):
        for group in combinations(where.members, size):
            if not where.decide({**base, **dict.fromkeys(group, ballot)}, excluded=out).adopted:
                return size
    return None


@able
@pytest.mark.parametrize(
    ("how", "ballot"),
    [("voting no", "no"), ("withholding a yes", "abstain"), ("staying away", "absent")],
)
def test_the_smallest_ways_to_stop_a_decision_match_trial(variant, how, ballot):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    found = [way.size for way in blocking(where, out) if way.how == how]
    assert min(found, default=None) == least_group(where, out, ballot)


@pytest.mark.parametrize(
    ("name", "size"), [("EST:conference", 19), ("EST:extraordinary", 12), ("OSCE", None)]
)
def test_the_smallest_boycott_of_all_participating_states(name, size):
    assert smallest_boycott(body(name, on="2008-08-08")) == size


def test_ways_to_stop_the_security_council():
    ways = {(w.how, w.size, len(w.pool), w.count) for w in blocking(COUNCIL)}
    assert ("voting no", 1, 5, 5) in ways
    assert ("voting no", 7, 10, comb(10, 7)) in ways
    assert ("withholding a yes", 7, 15, comb(15, 7)) in ways


# Voting power, yes or no


def enumerated(where, out, adopts):
    """Banzhaf swings, winning coalitions and Shapley-Shubik, by trying every coalition."""
    members = where.members
    wins = {
        coalition: adopts({m: "yes" if m in coalition else "no" for m in members})
        for size in range(len(members) + 1)
        for coalition in map(frozenset, combinations(members, size))
    }
    swings = dict.fromkeys(members, 0)
    shapley = dict.fromkeys(members, Fraction(0))
    for coalition, won in wins.items():
        for m in coalition:
            if won and not wins[coalition - {m}]:
                swings[m] += 1
                rank = factorial(len(coalition) - 1) * factorial(len(members) - len(coalition))
                shapley[m] += Fraction(rank, factorial(len(members)))
    return swings, sum(wins.values()), shapley


@able
def test_indices_match_enumeration(variant):
    where, out, adopts = judge(variant)
    swings, winning, shapley = enumerated(where, out, adopts)
    coalitions = 2 ** len(where.members)
    for power in voting_power(where, out):
        assert power.banzhaf == Fraction(swings[power.member], coalitions // 2)
        assert power.banzhaf_share == Fraction(swings[power.member], sum(swings.values()))
        assert power.shapley_shubik == shapley[power.member]
        assert power.prevent == Fraction(swings[power.member], winning)
        assert power.initiate == Fraction(swings[power.member], coalitions - winning)
    assert ability_to_act(where, out) == Fraction(winning, coalitions)


@pytest.mark.parametrize(
    "name",
    ["UNSC", "UNSC:procedural", "OSCE", "OSCE:berlin", "EU", "EST:extraordinary", "OSCE:moscow-10"],
)
def test_shares_add_up_to_one_at_full_size(name):
    powers = voting_power(body(name, on="2008-08-08"))
    assert sum(p.banzhaf_share for p in powers) == 1
    assert sum(p.shapley_shubik for p in powers) == 1


def test_textbook_values_of_the_security_council():
    powers = {p.member: p for p in voting_power(COUNCIL)}
    permanent, elected = powers["RUS"], powers["JPN"]
    assert (permanent.shapley_shubik, elected.shapley_shubik) == (
        Fraction(421, 2145),
        Fraction(4, 2145),
    )
    assert round(float(permanent.banzhaf_share), 4) == 0.1669
    assert round(float(elected.banzhaf_share), 4) == 0.0165
    assert permanent.prevent == 1


def test_the_oracle_agrees_on_the_yes_or_no_game_of_the_council():
    game = Game(39, [7] * 5 + [1] * 10)
    game.calc_banzhaf()
    game.calc_shapley_shubik()
    powers = {p.member: p for p in voting_power(COUNCIL)}
    ours = [powers["USA"], powers["JPN"]]
    assert [float(p.banzhaf_share) for p in ours] == pytest.approx(
        [game.banzhaf[0], game.banzhaf[-1]]
    )
    assert [float(p.shapley_shubik) for p in ours] == pytest.approx(
        [game.shapley_shubik[0], game.shapley_shubik[-1]]
    )


@given(size=st.integers(12, 20))
def test_the_oracle_agrees_on_a_plain_quota(size):
    members = [f"X{chr(65 + i)}A" for i in range(size)]
    game = Game(12, [1] * size)
    game.calc_banzhaf()
    powers = voting_power(body("OSCE:berlin", members=members))
    assert [float(p.banzhaf_share) for p in powers] == pytest.approx(game.banzhaf)


def test_under_unanimity_the_indices_only_say_that_all_are_equal():
    powers = voting_power(body("OSCE", on="2008-08-08"))
    assert len({(p.banzhaf, p.shapley_shubik, p.prevent) for p in powers}) == 1


def test_a_vote_that_is_left_out_has_no_power():
    powers = {p.member: p for p in voting_power(small("OSCE:minus-one"), [SMALL[0]])}
    assert powers[SMALL[0]].banzhaf == powers[SMALL[0]].shapley_shubik == 0


# Voting power with abstention


def roll_calls(where, adopts):
    """Shapley-Shubik with abstention, by calling every roll in every order."""
    members, three = where.members, ("yes", "abstain", "no")
    pivots = dict.fromkeys(members, 0)
    for answers in product(three, repeat=len(members)):
        cast = dict(zip(members, answers, strict=True))
        for order in permutations(members):
            for k, member in enumerate(order, start=1):
                known = {m: cast[m] for m in order[:k]}
                worst = adopts({**dict.fromkeys(members, "no"), **known})
                best = adopts({**dict.fromkeys(members, "yes"), **known})
                if worst == best:
                    pivots[member] += 1
                    break
    total = factorial(len(members)) * 3 ** len(members)
    return {m: Fraction(count, total) for m, count in pivots.items()}


@pytest.mark.parametrize("name", ["OSCE", "OSCE:vienna", "EST:extraordinary", "EU"])
def test_power_with_abstention_matches_every_roll_call(name):
    where = body(name, members=SMALL[:4])
    adopts = lambda cast: where.adopts(where.vote(cast))  # noqa: E731
    shapley = roll_calls(where, adopts)
    for power in ternary_power(where):
        others = [m for m in where.members if m != power.member]
        decisive = sum(
            adopts({**cast, power.member: "yes"}) and not adopts({**cast, power.member: "no"})
            for answers in product(("yes", "abstain", "no"), repeat=len(others))
            for cast in [dict(zip(others, answers, strict=True))]
        )
        assert power.banzhaf == Fraction(decisive, 3 ** len(others))
        assert power.shapley_shubik == shapley[power.member]


def test_decisiveness_in_the_council_with_abstention_matches_enumeration():
    where = body("UNSC", members=(*FIVE, *OTHERS[:5]))
    shared = {p.member: p.banzhaf for p in ternary_power(where)}
    for member in ("RUS", OTHERS[0]):
        others = [m for m in where.members if m != member]
        decisive = 0
        for answers in product(("yes", "abstain", "no"), repeat=len(others)):
            yes = answers.count("yes")
            vetoed = any(a == "no" and m in FIVE for m, a in zip(others, answers, strict=True))
            with_yes = yes + 1 >= 9 and not vetoed
            with_no = yes >= 9 and not vetoed and member not in FIVE
            decisive += with_yes and not with_no
        assert shared[member] == Fraction(decisive, 3 ** len(others))


def test_abstention_gives_the_elected_members_more_weight_than_yes_or_no_does():
    powers = {p.member: p for p in ternary_power(COUNCIL)}
    assert sum(p.shapley_shubik for p in powers.values()) == 1
    assert round(float(powers["RUS"].shapley_shubik), 4) == 0.1634
    yes_or_no = {p.member: p for p in voting_power(COUNCIL)}
    assert powers["JPN"].shapley_shubik > 9 * yes_or_no["JPN"].shapley_shubik


def test_treating_abstention_as_a_veto_is_a_different_game():
    strict = {p.member: p for p in ternary_power(COUNCIL.with_options(abstention="blocks"))}
    usual = {p.member: p for p in ternary_power(COUNCIL)}
    assert strict["JPN"].banzhaf < usual["JPN"].banzhaf


def test_what_is_not_defined_says_so():
    with pytest.raises(InstitutionError, match="not defined"):
        ternary_power(body("UNGA", members=SMALL))
    assert set(BALLOTS) >= {"yes", "no", "abstain"}
