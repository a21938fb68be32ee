"""The record of rules: every number and option has its status, every source exists."""

from __future__ import annotations

import re

import pytest

from course import data
from course.institutions import BODIES, InstitutionError, body, options_of
from course.institutions.catalogue import cited, entry, number, rules

VERIFICATION = {
    "seen",
    "seen_two_sources",
    "sources_differ",
    "inferred",
    "derived",
    "unverified",
}
NAMES = ("institutions/rules", "institutions/treaty", "institutions/scenarios")


def walk(part):
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


@pytest.mark.parametrize("rule", list(rules()))
def test_every_rule_says_where_it_comes_from_and_how_far_it_was_checked(rule):
    found = entry(rule)
    assert found["cite"]
    assert found["words"].endswith(".")
    assert found["status"]
    assert found["verification"] in VERIFICATION
    assert found["source_ids"]


@pytest.mark.parametrize("rule", [r for r in rules() if r.startswith("est-")])
def test_every_number_of_the_draft_has_its_status(rule):
    for row in entry(rule)["numbers"]:
        assert row["status"] in ("in the draft", "blank in the draft", "from secondary reading")
        assert row["verification"] in VERIFICATION
        assert (row["value"] is None) == (
            row["status"] == "blank in the draft" or row["value"] is None
        )
        if row["status"] == "in the draft":
            assert row["verification"] != "unverified"


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_in_the_record(name):
    listed = data.document("sources")
    known = {source["id"] for source in listed}
    used = {i for part in walk(data.document(name)) for i in part.get("source_ids", ())}
    assert used <= known, sorted(used - known)


def test_weights_of_the_council_of_the_union_add_up():
    weights = entry("eu-third-nice")["weights"]
    assert (sum(weights["27"].values()), sum(weights["25"].values())) == (345, 321)
    assert set(weights["27"]) == set(body("EU", on="2008-01-01").members)
    assert set(weights["25"]) == set(body("EU", on="2005-01-01").members)


@pytest.mark.parametrize("name", list(BODIES))
def test_every_rule_that_a_body_applies_is_in_the_record(name):
    least, _ = BODIES[name].excludes
    members = ["AAA", "BBB", "CCC", "DDD"]
    variants = [{}] + [{o.name: c} for o in options_of(name) for c in o.choices]
    for options in variants:
        where = body(name, members=members, **options)
        for clause in where.clauses(members[:least]):
            assert clause.rule in rules()


def test_no_phrase_is_quoted_at_length():
    for name in NAMES:
        for part in walk(data.document(name)):
            for text in (v for v in part.values() if isinstance(v, str)):
                for quoted in re.findall(r"[\"“]([^\"”]+)[\"”]", text):
                    assert len(quoted.split()) <= 15


def test_what_is_not_there_is_said():
    with pytest.raises(InstitutionError, match="did you mean"):
        entry("unsc-vetoo")
    with pytest.raises(InstitutionError, match="no number"):
        number("unsc-veto", "votes")
    assert cited("est-6-supporters", "x").flagged
