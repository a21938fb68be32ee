"""Minimal cuts are exact: minimal, complete, counted, smallest first."""

from itertools import combinations

import pytest
from argument.graphs import graphs
from hypothesis import given
from hypothesis import strategies as st

from course.argument import Graph, Statement, Step, TooLarge, UnknownStatement, WrongValue


def brute_force(graph, key, strict):
    """Every minimal set of premises whose rejection fells the statement, by trying all."""
    premises = [s for s in graph.premises_of(key) if not graph.steps_to(s)]
    found = []
    for size in range(len(premises) + 1):
        for chosen in combinations(premises, size):
            if any(set(old) <= set(chosen) for old in found):
                continue
            if graph.label(rejected=chosen, strict=strict)[key] == "falls":
                found.append(chosen)
    return {frozenset(chosen) for chosen in found}


@given(st.data())
def test_cuts_are_those_that_trying_every_set_finds(data):
    graph = data.draw(graphs(most=8, attacks=False))
    key = data.draw(st.sampled_from(list(graph)))
    strict = data.draw(st.booleans())
    found = graph.cuts(key, limit=None, strict=strict)
    assert {frozenset(cut) for cut in found} == brute_force(graph, key, strict)
    assert len(found) == graph.count_cuts(key, strict=strict)
    assert [len(cut) for cut in found] == sorted(len(cut) for cut in found)


@given(st.data())
def test_the_limit_keeps_the_smallest(data):
    graph = data.draw(graphs(most=8, attacks=False))
    key = data.draw(st.sampled_from(list(graph)))
    limit = data.draw(st.integers(1, 5))
    assert graph.cuts(key, limit=limit) == graph.cuts(key, limit=None)[:limit]


@given(st.data())
def test_load_bearing_tells_what_falls_with_a_premise(data):
    graph = data.draw(graphs(most=8, attacks=False))
    every = graph.count_cuts(graph.main[0])
    for bearing in graph.load_bearing(kinds=("claim",)):
        labels = graph.label(rejected=[bearing.id])
        assert set(bearing.fells) == {k for k in graph if labels[k] == "falls"} - {bearing.id}
        holding = [c for c in graph.cuts(graph.main[0], limit=None) if bearing.id in c]
        assert bearing.share == pytest.approx(len(holding) / every)
        if holding:
            assert bearing.smallest_cut[graph.main[0]] == min(map(len, holding))


def test_only_the_statements_named_can_be_lost():
    statements = [
        Statement("A", "claim", "a", "factual"),
        Statement("I", "implicit", "i", "causal"),
        Statement("B", "claim", "b", "factual"),
        Statement("C", "claim", "c", "normative"),
    ]
    graph = Graph(statements, [Step("S", ("A", "I"), "B"), Step("T", ("B",), "C")], main=["C"])
    assert graph.cuts("C") == (("A",), ("I",))
    assert graph.cuts("C", among="implicit") == (("I",),)
    assert graph.cuts("C", among=["B"]) == (("B",),)
    assert graph.cuts("C", among=[]) == ()
    with pytest.raises(UnknownStatement):
        graph.cuts("C", among=["Z"])
    with pytest.raises(WrongValue, match="implicit"):
        graph.cuts("C", among="objections")


def test_a_question_that_is_too_large_is_refused_with_a_way_out():
    statements = [Statement(f"P{i}", "claim", "p", "factual") for i in range(300)]
    statements.append(Statement("C", "claim", "c", "factual"))
    graph = Graph(statements, [Step("S", tuple(f"P{i}" for i in range(300)), "C")])
    with pytest.raises(TooLarge, match="among"):
        graph.count_cuts("C")
    assert graph.cuts("C", among=["P7"]) == (("P7",),)


def test_many_independent_lines_are_counted_without_listing_them():
    """Twelve lines of three premises each have 3 ** 12 minimal cuts."""
    names = [f"P{i}" for i in range(36)]
    statements = [Statement(n, "claim", n, "factual") for n in (*names, "C")]
    steps = [Step(f"G{i}", tuple(names[3 * i : 3 * i + 3]), "C") for i in range(12)]
    graph = Graph(statements, steps)
    assert graph.count_cuts("C") == 3**12
    assert len(graph.cuts("C", limit=5)) == 5
