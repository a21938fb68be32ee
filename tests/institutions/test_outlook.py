"""The chance to act: exact, rising with p, and joined only where the arithmetic is the same."""

from __future__ import annotations

import pytest

from course.institutions.outlook import OTHERWISE, lines
from course.institutions.power import blocs

DAY = "2008-08-08"


def by_name(**options):
    return {b.name: line for line in lines(DAY, **options) for b in line.bodies}


def test_consensus_alone_is_p_to_the_number_of_members():
    found = by_name(concerned=["RUS"])
    assert found["OSCE"].at(0.9)[1] == pytest.approx(0.9**56)
    assert found["OSCE:minus-one"].at(0.9)[1] == pytest.approx(0.9**55)
    assert found["NATO"].at(0.9) == (pytest.approx(0.9), pytest.approx(0.9**26))


def test_blocs_count_as_one_toss_each():
    line = by_name()["OSCE"]
    groups = blocs(DAY, line.bodies[0].members)
    units = 56 - sum(len(g) for g in groups) + len(groups)
    assert line.at(0.8)[0] == pytest.approx(0.8**units)


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_chances_rise_with_p_and_end_in_certainty(otherwise):
    for line in lines(DAY, concerned=["RUS"], otherwise=otherwise):
        for curve in (line.by_blocs, line.alone):
            shares = [y for _, y in curve]
            assert all(a <= b + 1e-12 for a, b in zip(shares, shares[1:], strict=False))
            assert shares[-1] == pytest.approx(1)


def test_under_the_rule_the_conference_is_the_osce_unless_seats_stay_empty():
    assert by_name()["OSCE"] is by_name()["EST:conference"]
    away = by_name(otherwise="absent")
    assert away["OSCE"] is not away["EST:conference"]
    assert away["OSCE"].at(0.2)[1] == pytest.approx(1)


def test_a_body_that_needs_an_excluded_vote_is_left_out_without_one():
    assert "OSCE:minus-one" not in by_name()
