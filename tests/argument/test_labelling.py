"""Labels are the grounded ones, decided by the rules and explained in words."""

import pytest
from argument.graphs import graphs, slow_labels, states
from hypothesis import assume, given
from hypothesis import strategies as st

from course.argument import (
    Attack,
    Graph,
    Statement,
    Step,
    UnknownStatement,
    WrongValue,
)

RANK = {"falls": 0, "undecided": 1, "stands": 2}
FACT = ("factual", "causal", "legal", "definitional")


def claim(key, type="normative"):
    return Statement(key, "claim", f"text of {key}", type)


def objection(key, basis="fact"):
    return Statement(key, "objection", f"text of {key}", "factual", basis=basis)


@pytest.fixture
def two_lines():
    """C is carried by A and B together, or by D alone; O attacks A, U undercuts the second line."""
    return Graph(
        [claim("A"), claim("B"), claim("D"), claim("C"), objection("O"), objection("U")],
        [Step("S", ("A", "B"), "C"), Step("T", ("D",), "C")],
        [Attack("O", "A"), Attack("U", "T", undercut=True)],
        ["C"],
    )


@given(st.data())
def test_labels_equal_the_rules_read_one_by_one(data):
    graph = data.draw(graphs())
    state = data.draw(states(graph))
    # one who takes an objection as given without raising it has not raised it
    state["accepted"] -= {s.id for s in graph.objections} - state["objections"]
    assert graph.label(**state) == slow_labels(graph, **state)


@given(st.data())
def test_labels_of_pure_attacks_equal_the_oracle(data):
    from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import (
        AbstractArgumentationFramework,
    )
    from py_arg.abstract_argumentation_classes.argument import Argument
    from py_arg.abstract_argumentation_classes.defeat import Defeat
    from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension

    graph = data.draw(graphs(steps=False))
    arguments = {key: Argument(key) for key in graph}
    defeats = [
        Defeat(arguments[a.source], arguments[a.target])
        for a in graph.attacks
        if a.no_effect is None
    ]
    framework = AbstractArgumentationFramework("oracle", list(arguments.values()), defeats)
    extension = {argument.name for argument in get_grounded_extension(framework)}
    struck = {d.to_argument.name for d in defeats if d.from_argument.name in extension}
    expected = {
        key: "stands" if key in extension else "falls" if key in struck else "undecided"
        for key in graph
    }
    assert graph.label(objections="all") == expected


@given(st.data())
def test_taking_the_labels_as_given_changes_nothing(data):
    graph = data.draw(graphs())
    state = data.draw(states(graph))
    state["accepted"] -= {s.id for s in graph.objections} - state["objections"]
    labels = graph.label(**state)
    again = state | {
        "rejected": {key for key, word in labels.items() if word == "falls"},
        "accepted": {key for key, word in labels.items() if word == "stands"},
    }
    assert graph.label(**again) == labels


@given(st.data())
def test_removing_an_attack_never_lowers_its_target(data):
    graph = data.draw(graphs())
    assume(graph.attacks)
    attack = data.draw(st.sampled_from(graph.attacks))
    state = data.draw(states(graph))
    without = graph.remove_attack(attack.source, attack.target)
    before, after = graph.label(**state), without.label(**state)
    key = attack.target
    old = before.steps[key] if attack.undercut else before.get(key, "falls")
    new = after.steps[key] if attack.undercut else after.get(key, "falls")
    assert RANK[new] >= RANK[old]


@given(st.data())
def test_rejecting_more_never_raises_a_statement_without_objections(data):
    graph = data.draw(graphs(attacks=False))
    fewer = data.draw(st.sets(st.sampled_from(list(graph))))
    more = fewer | data.draw(st.sets(st.sampled_from(list(graph))))
    before, after = graph.label(rejected=fewer), graph.label(rejected=more)
    assert all(RANK[after[key]] <= RANK[before[key]] for key in graph)


@given(graphs())
def test_nothing_raised_and_nothing_rejected_lets_every_claim_stand(graph):
    labels = graph.label()
    assert set(labels.values()) == {"stands"}
    assert set(labels) == {s.id for s in graph.article}


@given(st.data())
def test_a_value_objection_never_defeats_a_claim_of_fact_by_itself(data):
    graph = data.draw(graphs())
    fact = data.draw(st.sampled_from([s.id for s in graph.article]))
    assume(graph[fact].type in FACT)
    own_steps = {s.id for s in graph.steps_to(fact)}
    direct = {
        a.source
        for a in graph.attacks
        if graph[a.source].basis == "value" and (a.target == fact or a.target in own_steps)
    }
    alone = Graph(
        graph.statements,
        graph.steps,
        [a for a in graph.attacks if a.source in direct and a.target in {fact, *own_steps}],
    )
    assert alone.label(objections=direct)[fact] == "stands"


def test_a_value_objection_defeats_a_norm_and_its_reason_says_what_it_does_not_do():
    graph = Graph(
        [claim("N"), claim("F", "factual"), objection("V", "value")],
        attacks=[Attack("V", "N"), Attack("V", "F")],
    )
    before, after = graph.label(), graph.label(objections=["V"])
    assert after == {"N": "falls", "F": "stands", "V": "stands"}
    reasons = {c.id: c.reason for c in graph.explain(before, after)}
    assert "does not count against F" in reasons["V"]


def test_an_unverified_objection_is_shown_and_defeats_nothing():
    doubtful = Statement(
        "O", "objection", "from memory", "factual", basis="fact", verification="unverified"
    )
    graph = Graph([claim("A"), doubtful], attacks=[Attack("O", "A")])
    assert graph.label(objections="all") == {"A": "stands", "O": "stands"}


def test_one_line_is_enough_and_on_the_strict_reading_every_line_is_needed(two_lines):
    assert two_lines.label(rejected=["A"])["C"] == "stands"
    assert two_lines.label(rejected=["A"], strict=True)["C"] == "falls"
    assert two_lines.label(rejected=["A"], strict=["C"])["C"] == "falls"
    assert two_lines.label(rejected=["A", "D"])["C"] == "falls"


def test_an_undercut_defeats_the_step_and_leaves_its_premises(two_lines):
    labels = two_lines.label(objections=["U"])
    assert (labels["D"], labels.steps["T"], labels["C"]) == ("stands", "falls", "stands")
    assert two_lines.label(objections=["U"], rejected=["B"])["C"] == "falls"


def test_a_reply_brings_a_statement_back(two_lines):
    answered = two_lines.add_rebuttal("No, A holds.", "O")
    assert answered.label(objections=["O"])["A"] == "falls"
    assert answered.label(objections=["O", answered.last_added])["A"] == "stands"
    assert answered.label(objections=["O"], replies="all")["A"] == "stands"


def test_a_contesting_reply_leaves_both_sides_undecided(two_lines):
    contested = two_lines.add_rebuttal("It is disputed.", "O", effect="contests")
    labels = contested.label(objections=["O"], replies="all")
    assert [labels[k] for k in ("O", contested.last_added, "A")] == ["undecided"] * 3
    assert labels["C"] == "stands"


def test_a_qualifying_reply_defeats_nothing(two_lines):
    qualified = two_lines.add_rebuttal("Only in part.", "O", effect="qualifies")
    assert qualified.label(objections=["O"], replies="all")["A"] == "falls"


def test_what_is_taken_as_given_stands_against_every_objection(two_lines):
    assert two_lines.label(objections=["O"], accepted=["A"])["A"] == "stands"


def test_every_change_has_its_reason(two_lines):
    before = two_lines.label()
    after = two_lines.label(rejected=["D"], objections=["O"])
    changes = {c.id: c for c in two_lines.explain(before, after)}
    assert set(changes) == {"A", "D", "O", "C"}
    assert "O stands against it" in changes["A"].reason
    assert "you reject it" in changes["D"].reason
    assert "all its lines of support are lost: S lost A; T lost D" in changes["C"].reason
    assert changes["O"].before is None


@given(st.data())
def test_changes_are_exactly_the_labels_that_differ(data):
    graph = data.draw(graphs())
    before = graph.label(**data.draw(states(graph)))
    after = graph.label(**data.draw(states(graph)))
    changes = graph.explain(before, after)
    differing = {k for k in graph if before.get(k) != after.get(k)}
    assert {c.id for c in changes} == differing
    assert all(c.reason.endswith(".") and c.id in c.reason for c in changes)


def test_routes_say_how_many_lines_are_left_and_why_the_others_are_lost(two_lines):
    routes = two_lines.routes("C", rejected=["A"])
    assert routes.words.startswith("1 of 2 lines of support is left.")
    assert "our reading" in routes.words
    assert [line.step for line in routes.lost] == ["S"]
    assert routes.lost[0].reason == "S lost A"
    assert "every line is needed" in two_lines.routes("C", strict=True).words
    assert "premise" in two_lines.routes("A").words


def test_an_unknown_id_names_the_nearest(two_lines):
    with pytest.raises(UnknownStatement, match="C"):
        two_lines.label(rejected=["c"])
    with pytest.raises(UnknownStatement, match="no statement 'X'"):
        two_lines.routes("X")


def test_contradictory_choices_are_refused_in_a_sentence(two_lines):
    with pytest.raises(WrongValue, match="both rejected and accepted"):
        two_lines.label(rejected=["A"], accepted=["A"])
    with pytest.raises(WrongValue, match="needs no raising"):
        two_lines.label(objections=["A"])
    with pytest.raises(WrongValue, match="raise it first"):
        two_lines.routes("O")


def test_ten_thousand_statements_in_one_chain_need_no_recursion():
    statements = [claim(f"C{i}") for i in range(10_000)]
    steps = [Step(f"G{i}", (f"C{i}",), f"C{i + 1}") for i in range(9_999)]
    graph = Graph(statements, steps)
    assert graph.label(rejected=["C0"])["C9999"] == "falls"
    assert graph.label()["C9999"] == "stands"
