"""Random argument graphs for the properties, and a slow reading of the rules to compare with."""

from hypothesis import strategies as st

from course.argument import Attack, Graph, Statement, Step

TYPES = ("factual", "causal", "legal", "evaluative", "normative", "predictive")


@st.composite
def graphs(draw, most=7, attacks=True, steps=True):
    """A graph of a few statements and objections; steps run forward, attacks run anywhere."""
    size = draw(st.integers(1, most))
    statements = [
        Statement(f"C{i}", "claim", f"claim {i}", draw(st.sampled_from(TYPES))) for i in range(size)
    ]
    own_steps = _steps(draw, size) if steps else []
    if not attacks:
        return Graph(statements, own_steps, main=[f"C{size - 1}"])
    objections = draw(st.integers(1, most))
    for i in range(objections):
        basis = draw(st.sampled_from(("fact", "law", "inference", "value")))
        statements.append(Statement(f"O{i}", "objection", f"objection {i}", "factual", basis=basis))
    targets = [s.id for s in statements] + [s.id for s in own_steps]
    step_ids = {s.id for s in own_steps}
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, objections - 1), st.sampled_from(targets)),
            max_size=3 * most,
            unique=True,
        )
    )
    struck = [Attack(f"O{i}", target, target in step_ids) for i, target in pairs]
    return Graph(statements, own_steps, struck, main=[f"C{size - 1}"])


def _steps(draw, size):
    found = []
    for conclusion in range(1, size):
        for _ in range(draw(st.integers(0, 2))):
            premises = draw(
                st.lists(st.integers(0, conclusion - 1), min_size=1, max_size=3, unique=True)
            )
            names = tuple(f"C{p}" for p in premises)
            found.append(Step(f"G{len(found)}", names, f"C{conclusion}"))
    return found


@st.composite
def states(draw, graph):
    """A learner's choices in a graph: what is rejected, accepted, raised, and the reading."""
    ids = list(graph)
    rejected = draw(st.sets(st.sampled_from(ids)))
    accepted = draw(st.sets(st.sampled_from(ids))) - rejected
    objections = [s.id for s in graph.objections]
    raised = draw(st.sets(st.sampled_from(objections))) if objections else set()
    return {
        "rejected": rejected,
        "accepted": accepted,
        "objections": raised,
        "strict": draw(st.booleans()),
    }


def slow_labels(graph, rejected=(), accepted=(), objections=(), strict=False):
    """The rules of ``course.argument.labelling`` read one by one until nothing changes."""
    names = {1: "stands", -1: "falls", 0: "undecided"}
    value = {s.id: 0 for s in graph.statements} | {s.id: 0 for s in graph.steps}
    raised = {s.id for s in graph.statements if not s.raised_only} | set(objections)

    def conj(values):
        return min(values, default=1)

    def unhurt(key):
        against = [a for a in graph.attacks_on(key) if a.no_effect is None and a.source in raised]
        return conj([-value[a.source] for a in against])

    while True:
        new = {}
        for step in graph.steps:
            new[step.id] = min(conj([value[p] for p in step.premises]), unhurt(step.id))
        for statement in graph.statements:
            key = statement.id
            carried = [value[s.id] for s in graph.steps_to(key)] or [1]
            new[key] = min((min if strict else max)(carried), unhurt(key))
            if key in rejected or key not in raised:
                new[key] = -1
            if key in accepted and key in raised:
                new[key] = 1
        if new == value:
            return {s.id: names[value[s.id]] for s in graph.statements if s.id in raised}
        value = new
