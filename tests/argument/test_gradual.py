"""Credences follow the published formulas, keep their bounds and move in the right direction."""

import pytest
from argument.graphs import graphs
from hypothesis import assume, given
from hypothesis import strategies as st

from course.argument import Attack, Graph, Statement, Step, UnknownStatement, WrongValue

METHODS = st.sampled_from(("quadratic-energy", "df-quad"))


@pytest.fixture
def example():
    """A statement with one support and one with two attacks."""
    statements = [
        Statement("c", "objection", "c", "factual", basis="fact"),
        Statement("a", "objection", "a", "factual", basis="fact"),
        Statement("b", "claim", "b", "factual"),
    ]
    return Graph(statements, [Step("s", ("c",), "a")], [Attack("a", "b"), Attack("c", "b")])


WEIGHTS = {"a": 0.5, "b": 0.8, "c": 0.2}


def test_quadratic_energy_equals_the_formula_worked_by_hand(example):
    strength = example.credences(WEIGHTS, objections="all")
    a = 0.5 + 0.5 * (0.04 / 1.04)
    energy = (a + 0.2) ** 2
    assert strength["a"] == pytest.approx(a)
    assert strength["b"] == pytest.approx(0.8 - 0.8 * energy / (1 + energy))


def test_df_quad_equals_the_formula_worked_by_hand(example):
    strength = example.credences(WEIGHTS, objections="all", method="df-quad")
    assert strength["a"] == pytest.approx(0.5 + 0.5 * 0.2)
    assert strength["b"] == pytest.approx(0.8 - 0.8 * (1 - 0.4 * 0.8))


def test_a_step_is_as_strong_as_its_weakest_premise():
    statements = [Statement(k, "claim", k, "factual") for k in "ABC"]
    graph = Graph(statements, [Step("S", ("A", "B"), "C")])
    weak = graph.credences({"A": 1.0, "B": 0.3, "C": 0.5})["C"]
    assert weak == pytest.approx(0.5 + 0.5 * 0.09 / 1.09)


@given(st.data())
def test_strengths_stay_between_0_and_1(data):
    graph = data.draw(graphs())
    values = {k: data.draw(st.floats(0, 1)) for k in graph}
    strengths = graph.credences(values, objections="all", method=data.draw(METHODS))
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in strengths.values())


@given(st.data())
def test_without_objections_more_credence_never_weakens_a_conclusion(data):
    graph = data.draw(graphs(attacks=False))
    key = data.draw(st.sampled_from(list(graph)))
    low, high = sorted([data.draw(st.floats(0, 1)), data.draw(st.floats(0, 1))])
    method = data.draw(METHODS)
    before = graph.credences({key: low}, method=method)
    after = graph.credences({key: high}, method=method)
    assert all(after[k] >= before[k] - 1e-12 for k in graph)


@given(st.data())
def test_raising_an_objection_never_strengthens_what_it_attacks_alone(data):
    graph = data.draw(graphs(steps=False))
    assume(graph.attacks)
    attack = data.draw(st.sampled_from(graph.attacks))
    assume(not graph[attack.target].raised_only)
    before = graph.credences()[attack.target]
    assert graph.credences(objections=[attack.source])[attack.target] <= before + 1e-9


def test_objections_that_attack_each_other_come_to_rest():
    statements = [
        Statement("A", "claim", "a", "factual"),
        Statement("O", "objection", "o", "factual", basis="fact"),
    ]
    graph = Graph(statements, attacks=[Attack("O", "A")])
    graph = graph.add_rebuttal("No.", "O", effect="contests")
    strengths = graph.credences({"A": 0.5}, objections="all", replies="all")
    assert strengths["O"] == pytest.approx(strengths["L01"])
    energy = strengths["L01"] ** 2
    assert strengths["O"] == pytest.approx(0.5 - 0.5 * energy / (1 + energy))


@given(st.data())
def test_a_swing_is_the_difference_between_its_ends(data):
    graph = data.draw(graphs())
    key, method = graph.main[0], data.draw(METHODS)
    swings = graph.sensitivity(key, objections="all", method=method)
    assert {s.id for s in swings} >= set(graph.premises_of(key)) - {key}
    for swing in swings:
        for credence, strength in ((0.0, swing.low), (1.0, swing.high)):
            whole = graph.credences({swing.id: credence}, objections="all", method=method)
            assert strength == pytest.approx(whole[key])
        assert swing.swing == pytest.approx(swing.high - swing.low)
    assert [abs(s.swing) for s in swings] == sorted((abs(s.swing) for s in swings), reverse=True)


def test_wrong_values_are_refused_in_a_sentence(example):
    with pytest.raises(WrongValue, match="between 0 and 1"):
        example.credences({"a": 1.2})
    with pytest.raises(WrongValue, match="quadratic-energy or df-quad"):
        example.credences(method="euler")
    with pytest.raises(UnknownStatement):
        example.credences({"zz": 0.5})
    with pytest.raises(WrongValue, match="raise it first"):
        example.sensitivity("a")
