"""Bodies at a date: membership, recorded votes, and what is said when a question can't be put."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course import data
from course.institutions import (
    BODIES,
    BallotError,
    DateError,
    InstitutionError,
    MembershipError,
    OptionError,
    UnknownBody,
    UnknownState,
    assembly,
    body,
)


@pytest.mark.parametrize(
    ("name", "on", "size"),
    [
        ("OSCE", "1998-10-25", 54),
        ("OSCE", "2008-08-08", 56),
        ("OSCE", "2010-05-01", 56),
        ("NATO", "1999-03-24", 19),
        ("NATO", "2008-08-08", 26),
        ("NRC", "2008-08-12", 27),
        ("EU", "2008-08-12", 27),
        ("CSTO", "2008-08-12", 7),
        ("UNSC", "1999-03-26", 15),
        ("EST:conference", "2008-08-08", 56),
    ],
)
def test_the_voting_membership_is_that_of_the_day(name, on, size):
    assert len(body(name, on=on).members) == size


def test_organisations_may_vote_beside_their_members_if_you_choose_so():
    where = body("EST:conference", on="2008-08-08", organisations="vote")
    assert len(where.members) == 61
    assert where.clauses()[0].need == 41
    off = where.with_options(organisations="off")
    assert len(off.members) == 56
    assert off.with_options(organisations="vote").members == where.members
    assert where.with_options(abstention="blocks").members == where.members


@pytest.mark.parametrize(
    ("parties", "conference", "extraordinary"), [(56, 38, 45), (61, 41, 49), (25, 17, 20)]
)
def test_quorums_of_the_dossier(parties, conference, extraordinary):
    codes = [f"X{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(parties)]
    assert body("EST:conference", parties=codes).clauses()[0].need == conference
    assert body("EST:extraordinary", parties=codes).clauses()[0].need == extraordinary


def recorded(document):
    votes = [row for row in data.rows("unsc_votes") if row["document"] == document]
    where = body("UNSC", on=votes[0]["date"])
    return where.decide({row["iso3"]: row["ballot"] for row in votes})


@pytest.mark.parametrize(
    ("document", "adopted", "tally", "blockers"),
    [
        ("S/1999/328", False, (3, 12, 0), ()),
        ("S/RES/1244", True, (14, 0, 1), ()),
        ("S/2009/310", False, (10, 1, 4), ("RUS",)),
        ("S/RES/1160", True, (14, 0, 1), ()),
        ("S/RES/1199", True, (14, 0, 1), ()),
        ("S/RES/1203", True, (13, 0, 2), ()),
    ],
)
def test_recorded_votes_come_out_as_they_did(document, adopted, tally, blockers):
    outcome = recorded(document)
    assert outcome.adopted == adopted
    assert (outcome.tally["yes"], outcome.tally["no"], outcome.tally["abstain"]) == tally
    assert outcome.blockers == blockers


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "adopted"),
    [
        (141, 5, 35, True),
        (100, 11, 58, True),
        (77, 6, 74, True),
        (14, 11, 105, False),
        (2, 1, 0, True),
        (0, 0, 9, False),
    ],
)
def test_the_assembly_counts_two_thirds_of_those_voting(yes, no, abstain, adopted):
    outcome = assembly(yes, no, abstain)
    assert outcome.adopted == adopted
    assert outcome.blockers == ()


def test_the_assembly_takes_members_of_your_own():
    where = body("UNGA", members=["AAA", "BBB", "CCC"])
    assert where.decide({"AAA": "no"}, default="yes").adopted
    assert not where.decide({"AAA": "no", "BBB": "abstain"}, default="yes").adopted


def test_yugoslavia_was_suspended_by_leaving_it_out():
    where = body("OSCE:minus-one", on="1992-07-07")
    outcome = where.decide({"YUG": "no"}, default="yes", excluded=["YUG"])
    assert outcome.adopted
    assert "osce-minus-one" in [step.rule for step in outcome.trace]


def test_unverified_rules_are_flagged_in_the_trace():
    outcome = body("EST:extraordinary", on="2008-08-08").decide(default="yes", excluded=["RUS"])
    assert "est-8-exclusion" in outcome.flags
    assert "(unverified)" in outcome.text()


def test_the_practice_on_abstention_and_absence_is_cited_with_its_status():
    outcome = body("UNSC", on="1999-06-10").decide(
        {"CHN": "abstain", "FRA": "absent"}, default="yes"
    )
    assert outcome.adopted
    steps = {step.rule: step for step in outcome.trace}
    assert "CHN" in steps["unsc-abstention"].text
    assert not steps["unsc-abstention"].flagged
    assert "FRA" in steps["unsc-absence"].text
    assert steps["unsc-absence"].flagged


def test_silence_absence_and_abstention_are_told_apart():
    cast = {"ALB": "silent", "AND": "absent", "ARM": "abstain"}
    text = body("OSCE", on="2008-08-08").decide(cast, default="yes").text()
    assert "Silent, which counts as consent: ALB." in text
    assert "Absent, which does not block: AND." in text
    assert "Abstaining, which does not block: ARM." in text


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: body("NTO", on="2008-08-08"), UnknownBody, "did you mean 'NATO'?"),
        (lambda: body("NATO", on="2008-13-01"), DateError, "year-month-day"),
        (lambda: body("NATO"), DateError, "needs a day"),
        (lambda: body("UNSC", on="2012-01-01"), DateError, "covers UNSC from 1990-01-01"),
        (lambda: body("OSCE", members=["AAA", "AAA"]), MembershipError, "listed twice"),
        (lambda: body("OSCE", members=[]), MembershipError, "empty"),
        (
            lambda: body("EST:conference", on="2008-08-08", abstension="x"),
            OptionError,
            "'abstention'",
        ),
        (lambda: body("UNSC", on="2008-08-08", abstention="fatal"), OptionError, "harmless"),
        (lambda: body("OSCE", on="2008-08-08", abstention="x"), OptionError, "it has none"),
    ],
)
def test_a_body_that_can_not_be_had_says_why(ask, error, says):
    with pytest.raises(error, match=says.replace("?", r"\?")):
        ask()


@pytest.mark.parametrize(
    ("cast", "more", "error", "says"),
    [
        ({"POL": "no"}, {"default": "yes"}, MembershipError, "member from 1999-03-12"),
        ({"RUS": "no"}, {"default": "yes"}, MembershipError, "never was a member"),
        ({"Poland": "no"}, {"default": "yes"}, UnknownState, "'POL'"),
        ({"FRQ": "no"}, {"default": "yes"}, UnknownState, "did you mean"),
        ({"FRA": "no"}, {}, BallotError, "No ballot for"),
        ({"FRA": "maybe"}, {"default": "yes"}, BallotError, "no ballot"),
        ({}, {"default": "yess"}, BallotError, "did you mean 'yes'"),
        ([("FRA", "no"), ("FRA", "yes")], {"default": "yes"}, BallotError, "two ballots"),
        ({}, {"default": "yes", "excluded": ["FRA"]}, InstitutionError, "nobody's vote"),
    ],
)
def test_ballots_that_can_not_be_counted_say_why(cast, more, error, says):
    with pytest.raises(error, match=says):
        body("NATO", on="1999-03-11").decide(cast, **more)


@pytest.mark.parametrize("name", ["OSCE:minus-one", "OSCE:minus-two", "UNSC:chapter-vi"])
def test_a_rule_that_leaves_out_votes_asks_whose(name):
    with pytest.raises(InstitutionError, match="excluded="):
        body(name, on="2008-08-08").decide(default="yes")


def test_every_error_is_one_sentence_and_a_value_error():
    with pytest.raises(ValueError, match=r"^[^\n]+[.?]$"):
        body("OSCE", on="1998-10-25").decide({"YUG": "no"}, default="yes")


@pytest.mark.parametrize("name", list(BODIES))
def test_an_outcome_can_be_read_in_plain_words(name):
    least, _ = BODIES[name].excludes
    members = ["AAA", "BBB", "CCC", "RUS"]
    outcome = body(name, members=members).decide(default="no", excluded=members[:least])
    assert outcome.text().startswith(f"{name}: not adopted")


def test_the_package_needs_neither_pandas_nor_numpy_nor_jupyter():
    code = (
        "import sys, course.institutions as i, course.institutions.power as p;"
        "b = i.body('OSCE', on='2008-08-08'); b.decide(default='yes'); p.voting_power(b);"
        "i.scenario('georgia-2008').question('est-emergency').decide();"
        "print(sorted({'pandas', 'numpy', 'IPython', 'ipywidgets'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
