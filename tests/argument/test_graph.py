"""A graph is checked when it is built, and every change gives a new one."""

import pytest
from argument.graphs import graphs
from hypothesis import given

from course.argument import (
    Attack,
    BadGraph,
    Graph,
    Statement,
    Step,
    SupportCycle,
    UnknownStatement,
    WrongValue,
    load,
    to_aif,
    to_argdown,
)


def claim(key):
    return Statement(key, "claim", f"text of {key}", "factual")


def document(**changes):
    base = {
        "nodes": [
            {"id": "A", "kind": "claim", "text": "a", "type": "factual"},
            {"id": "B", "kind": "claim", "text": "b", "type": "factual"},
        ],
        "edges": [{"from": "A", "to": "B", "relation": "supports", "step": "S"}],
        "main_conclusions": ["B"],
    }
    return base | changes


def test_statements_that_support_each_other_are_refused_and_named():
    steps = [Step("S", ("A",), "B"), Step("T", ("B",), "C"), Step("U", ("C",), "A")]
    with pytest.raises(SupportCycle) as error:
        Graph([claim("A"), claim("B"), claim("C"), claim("D")], steps)
    text = str(error.value)
    assert all(key in text for key in "ABC") and "D" not in text


def test_attacks_may_form_a_cycle():
    objections = [Statement(k, "objection", k, "factual", basis="fact") for k in "OP"]
    graph = Graph(objections, attacks=[Attack("O", "P"), Attack("P", "O")])
    assert set(graph.label(objections="all").values()) == {"undecided"}


@pytest.mark.parametrize(
    ("statements", "steps", "attacks", "main", "words"),
    [
        ("AA", [], [], "", "two statements"),
        ("AB", [Step("S", ("A",), "Z")], [], "", "leads to Z"),
        ("AB", [Step("S", ("Z",), "A")], [], "", "leads to Z"),
        ("AB", [Step("S", (), "A")], [], "", "no premise"),
        ("AB", [Step("S", ("A",), "B"), Step("S", ("A",), "B")], [], "", "two steps"),
        ("AB", [Step("A", ("A",), "B")], [], "", "both a statement and a step"),
        ("AB", [], [Attack("Z", "A")], "", "Z attacks A but is not there"),
        ("AB", [], [], "Z", "main conclusion Z"),
    ],
)
def test_an_edge_to_nowhere_or_a_double_id_is_refused(statements, steps, attacks, main, words):
    with pytest.raises(BadGraph, match=words):
        Graph([claim(k) for k in statements], steps, attacks, main)


def test_an_attack_on_nothing_suggests_the_nearest():
    with pytest.raises(UnknownStatement, match="did you mean C013"):
        Graph([claim("C013"), claim("X")], attacks=[Attack("X", "C01")])


def test_a_value_outside_its_list_is_refused():
    with pytest.raises(WrongValue, match="basis 'taste'"):
        Graph([Statement("O", "objection", "o", "factual", basis="taste")])
    with pytest.raises(WrongValue, match="kind 'myth'"):
        Graph([Statement("O", "myth", "o", "factual")])


def test_a_document_is_read_with_its_linked_premises_as_one_step():
    nodes = [*document()["nodes"], {"id": "I", "kind": "implicit", "text": "i", "type": "causal"}]
    edges = [
        {"from": "A", "to": "B", "relation": "supports", "step": "S"},
        {"from": "I", "to": "B", "relation": "supports", "step": "S"},
    ]
    graph = load(document(nodes=nodes, edges=edges, steps=[{"id": "S", "note": "why"}]))
    assert graph.steps == (Step("S", ("A", "I"), "B", "why"),)


def test_a_claim_without_words_of_its_own_takes_them_from_the_record():
    from course import data

    row = next(r for r in data.rows("claims") if r["id"] == "C013")
    graph = load(document(nodes=[{"id": "C013", "kind": "claim"}], edges=[], main_conclusions=[]))
    assert (graph["C013"].text, graph["C013"].paragraph) == (row["text"], row["paragraph"])


def test_a_document_with_a_fault_is_refused_in_a_sentence():
    with pytest.raises(BadGraph, match="lacks text"):
        load(document(nodes=[{"id": "A", "kind": "implicit", "type": "factual"}]))
    with pytest.raises(BadGraph, match="lacks text, type"):
        load(document(nodes=[{"id": "C999", "kind": "claim"}]))
    with pytest.raises(BadGraph, match="use supports, attacks or undercuts"):
        load(document(edges=[{"from": "A", "to": "B", "relation": "likes"}]))
    with pytest.raises(BadGraph, match="names no step"):
        load(document(edges=[{"from": "A", "to": "B", "relation": "undercuts"}]))
    edges = [
        {"from": "A", "to": "B", "relation": "supports", "step": "S"},
        {"from": "B", "to": "A", "relation": "supports", "step": "S"},
    ]
    with pytest.raises(BadGraph, match="a step of its own"):
        load(document(edges=edges))


NODES = document()["nodes"]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        [],
        {"nodes": None},
        {"nodes": "AB"},
        {"nodes": ["A"]},
        {"nodes": [{"id": ["A"], "kind": "claim", "text": "a", "type": "factual"}]},
        {"nodes": NODES, "edges": [{"relation": "supports", "from": "A"}]},
        {"nodes": NODES, "edges": [{"relation": "supports", "to": "B"}]},
        {"nodes": NODES, "edges": [{"relation": "attacks", "from": "A"}]},
        {"nodes": NODES, "edges": [{"relation": "undercuts", "to": "B"}]},
        {"nodes": NODES, "edges": [{"relation": "undercuts", "from": "A"}]},
        {"nodes": NODES, "edges": ["A supports B"]},
        {"nodes": NODES, "steps": ["S"]},
    ],
)
def test_a_document_of_another_shape_is_refused_in_a_sentence(broken):
    with pytest.raises(BadGraph, match=r"^[^\n]+[.?]$"):
        load(broken)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {"attacks": [{"from": "L09"}]},
        {"attacks": [{"to": "A"}]},
        {"attacks": "A"},
        {"statements": ["L01"]},
        {"statements": [{"text": "No."}]},
    ],
)
def test_additions_of_another_shape_are_refused_in_a_sentence(broken):
    with pytest.raises(BadGraph, match=r"^[^\n]+[.?]$"):
        load(document()).with_additions(broken)


@pytest.mark.parametrize(
    "ask",
    [
        lambda g: g.label(rejected=None),
        lambda g: g.label(rejected=[None]),
        lambda g: g.label(accepted=5),
        lambda g: g.label(objections=None),
        lambda g: g.label(strict=7),
        lambda g: g.routes("B", replies=None),
        lambda g: g.cuts("B", limit=0),
        lambda g: g.cuts("B", limit=-5),
        lambda g: g.cuts("B", limit=True),
        lambda g: g.cuts("B", limit="3"),
        lambda g: g.cuts("B", among=5),
        lambda g: g.cuts("B", among=[["A"]]),
        lambda g: g.load_bearing(kinds=["implicits"]),
        lambda g: g.load_bearing(kinds=[]),
        lambda g: g.load_bearing(kinds=None),
        lambda g: g.credences(5),
        lambda g: to_argdown(g, {"B": "stands"}),
        lambda g: to_argdown(g, "B"),
        lambda g: to_aif(g, {"B": "stands"}),
        lambda g: g.add_objection("No.", "A", source_ids=5),
        lambda g: g.credences(method=["df-quad"]),
        lambda g: g.explain(g.label(), None),
        lambda g: g.explain(g.label(), {"B": "stands"}),
        lambda g: g.premises_of_all(5),
    ],
)
def test_a_question_with_another_kind_of_value_is_answered_in_a_sentence(ask):
    with pytest.raises(WrongValue, match=r"^[^\n]+[.?]$"):
        ask(load(document()))


def test_one_id_or_one_kind_may_be_given_as_a_text():
    graph = load(document())
    assert graph.label(rejected="A") == graph.label(rejected=["A"])
    assert graph.load_bearing(kinds="claim") == graph.load_bearing(kinds=["claim"]) != ()
    assert load(document(main_conclusions="B")).main == ("B",)


def test_adding_an_objection_leaves_the_old_graph_as_it_was():
    graph = load(document())
    longer = graph.add_objection("  Not so.  ", "A", kind="fact")
    assert len(graph) == 2 and len(longer) == 3
    assert longer["L01"].text == "Not so."
    assert longer.label()["A"] == "stands"
    assert longer.label(objections=["L01"])["B"] == "falls"
    undercut = longer.add_objection("It does not follow.", "S", kind="inference")
    assert undercut.last_added == "L02"
    assert undercut.label(objections=["L02"])["B"] == "falls"


def test_what_cannot_be_added_is_refused_in_a_sentence():
    graph = load(document())
    with pytest.raises(WrongValue, match="empty"):
        graph.add_objection("  ", "A")
    with pytest.raises(UnknownStatement):
        graph.add_objection("No.", "Z9")
    for nowhere in (["A"], None, "Z9"):
        with pytest.raises(UnknownStatement):
            graph.add_objection("No.", nowhere)
        with pytest.raises(UnknownStatement):
            graph.attacks_on(nowhere)
    with pytest.raises(WrongValue, match="basis"):
        graph.add_objection("No.", "A", kind="mood")
    with pytest.raises(WrongValue, match="use add_objection"):
        graph.add_rebuttal("No.", "A")
    with pytest.raises(BadGraph, match="nothing to remove"):
        graph.remove_attack("A", "B")


def test_the_learners_own_statements_survive_the_way_through_the_record():
    import json

    graph = load(document())
    own = graph.add_objection("No.", "A").add_objection("It does not follow.", "S")
    own = own.add_rebuttal("Yes.", "L01", effect="contests")
    kept = json.loads(json.dumps(own.additions()))
    assert graph.with_additions(kept) == own
    assert own.with_additions(kept) == own


@given(graphs())
def test_every_statement_comes_after_what_it_rests_on(graph):
    place = {key: i for i, key in enumerate(graph.order)}
    assert set(place) == set(graph)
    for step in graph.steps:
        assert all(place[p] < place[step.conclusion] for p in step.premises)
