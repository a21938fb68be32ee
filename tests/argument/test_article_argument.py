"""The argument of the article as shipped: charity first, every objection answered, nothing unsourced."""

from collections import Counter

import pytest

from course import data
from course.argument import load

FACT = ("factual", "causal", "legal", "definitional")
NEW = ("C131", "C125", "C119", "C015", "C017", "C046", "C094", "C107")


@pytest.fixture(scope="module")
def graph():
    return load()


def test_with_nothing_raised_and_nothing_rejected_the_whole_article_stands(graph):
    labels = graph.label()
    assert set(labels) == {s.id for s in graph.article}
    assert set(labels.values()) == {"stands"}
    assert graph.main == ("C120", "C132", "C085")


@pytest.mark.parametrize("key", ["C120", "C132", "C085"])
def test_each_main_conclusion_can_be_brought_to_fall_and_to_stand_again(graph, key):
    objections = [a.source for a in graph.attacks_on(key)]
    assert graph.label(objections=objections)[key] == "falls"
    assert graph.label(objections=objections, replies="all")[key] == "undecided"
    assert graph.label(objections=objections, replies="all", rejected=objections)[key] == "stands"
    smallest = graph.cuts(key, limit=1)[0]
    assert graph.label(rejected=smallest)[key] == "falls"
    assert graph.label(rejected=smallest[1:])[key] == "stands"


@pytest.mark.parametrize("key", ["C120", "C132", "C085"])
def test_the_unsaid_premises_alone_can_fell_each_main_conclusion(graph, key):
    for cut in graph.cuts(key, among="implicit"):
        assert graph.label(rejected=cut)[key] == "falls"
    assert graph.cuts(key, among="implicit")


def test_the_practical_conclusion_has_four_lines_and_one_premise_takes_one(graph):
    routes = graph.routes("C120", rejected=["I11"])
    assert routes.words.startswith("3 of 4 lines of support are left.")
    assert graph.label(rejected=["I11"], strict=True)["C120"] == "falls"


def test_value_objections_leave_every_claim_of_fact_standing(graph):
    values = [s.id for s in graph.objections if s.basis == "value"]
    labels = graph.label(objections=values)
    assert values
    assert all(labels[s.id] == "stands" for s in graph.article if s.type in FACT)


def test_every_objection_has_a_sourced_reply_ready(graph):
    known = {source["id"] for source in data.document("sources")}
    for objection in graph.objections:
        assert graph.replies_to(objection.id), objection.id
    for statement in graph.of_kind("objection", "reply"):
        assert statement.source_ids, statement.id
        assert set(statement.source_ids) <= known, statement.id
        assert statement.origin and statement.origin_kind and statement.verification, statement.id


def test_every_objection_and_reply_does_what_it_is_said_to_do(graph):
    for objection in graph.objections:
        alone = graph.label(objections=[objection.id])
        for attack in graph.attacks_by(objection.id):
            if not attack.undercut and attack.no_effect is None and attack.target in alone:
                hit = {attack.target, objection.id}
                assert "falls" in {alone[key] for key in hit}, attack
        for reply in graph.replies_to(objection.id):
            both = graph.label(objections=[objection.id, reply.id])
            if objection.verification == "unverified":
                continue
            expected = {"answers": "falls", "contests": "undecided", "qualifies": "stands"}
            if objection.id != "O23":  # which the article itself answers in [12]
                assert both[objection.id] == expected[reply.effect], reply.id


def test_the_articles_own_answer_on_2008_holds_until_it_is_contradicted(graph):
    assert graph.label(objections=["O23"])["O23"] == "falls"
    contradicted = graph.label(objections=["O23", "O16"])
    assert contradicted["C050"] == "falls" and contradicted["O23"] == "stands"
    assert contradicted.steps["G12"] == "falls"


def test_what_rests_on_memory_defeats_nothing(graph):
    unverified = [s for s in graph.statements if s.verification == "unverified"]
    assert [s.id for s in unverified] == ["O56"]
    labels = graph.label(objections=["O56"])
    assert labels["O56"] == "stands"
    assert set(labels.values()) == {"stands"}


def test_the_tensions_inside_the_article_are_there_to_be_raised(graph):
    """[63] against [12], [63] against the draft, [57] against the diagnosis of [34]."""
    against_itself = [
        s for s in graph.objections if s.origin.startswith("The article read against")
    ]
    assert {s.id for s in against_itself} == {"O55", "O56", "O58"}
    assert graph.label(objections=["O55"]).steps["G13"] == "falls"
    assert graph.label(objections=["O58"])["I11"] == "falls"
    assert all(key in graph for key in NEW)


def test_statements_are_short_and_in_one_sentence_each(graph):
    for statement in graph.statements:
        assert statement.text.endswith("."), statement.id
        assert len(statement.text.split()) <= 45, statement.id


def test_each_claim_is_a_claim_of_the_record_in_the_same_paragraph(graph):
    claims = {row["id"]: row for row in data.rows("claims")}
    for statement in graph.of_kind("claim"):
        assert statement.id in claims, statement.id
        assert claims[statement.id]["paragraph"] == statement.paragraph, statement.id


def test_every_step_says_why_it_follows(graph):
    assert all(step.note for step in graph.steps)
    assert Counter(step.conclusion for step in graph.steps)["C120"] == 4
