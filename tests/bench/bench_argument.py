"""What the argument model costs: on the article's graph, on large graphs, and beside the oracle.

Run as a script, or through `python3 -m course bench`.
"""

import gc
import random
import time
from functools import partial

from course.argument import Attack, Graph, Statement, Step, load

REPEATS = 9
SIZES = (1_000, 3_000, 10_000)


def _best(function, repeats=REPEATS):
    """Seconds of one call: the best of a few, without the collector, as timeit does it."""
    function()
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeats):
            start = time.perf_counter()
            function()
            times.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return min(times)


def synthetic(size, seed=2010):
    """A graph of this many statements: half claims, half objections, three edges a statement."""
    draw = random.Random(seed)
    half = size // 2
    claims = [Statement(f"C{i}", "claim", "claim", "factual") for i in range(half)]
    objections = [
        Statement(f"O{i}", "objection", "objection", "factual", basis="fact")
        for i in range(size - half)
    ]
    steps = []
    for i in range(half // 4, half):
        premises = {f"C{draw.randrange(i)}" for _ in range(2)}
        steps.append(Step(f"G{i}", tuple(premises), f"C{i}"))
    attacks = []
    for i in range(size - half):
        attacks.append(Attack(f"O{i}", f"C{draw.randrange(half)}"))
        attacks.append(Attack(f"O{i}", f"O{draw.randrange(size - half)}"))
    return Graph(claims + objections, steps, attacks)


def _label_from_scratch(graph):
    """Labels with nothing kept from before, so that the preparation counts too."""
    graph.__dict__.pop("_plan", None)
    return graph.label(objections="all")


def _oracle_ratio(size=60):
    """Seconds of python-argumentation over ours, on the same graph of attacks alone."""
    from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import (
        AbstractArgumentationFramework,
    )
    from py_arg.abstract_argumentation_classes.argument import Argument
    from py_arg.abstract_argumentation_classes.defeat import Defeat
    from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension

    whole = synthetic(size)
    graph = Graph(whole.statements, (), [a for a in whole.attacks if not a.undercut])

    def oracle():
        arguments = {key: Argument(key) for key in graph}
        defeats = [Defeat(arguments[a.source], arguments[a.target]) for a in graph.attacks]
        return get_grounded_extension(
            AbstractArgumentationFramework("oracle", list(arguments.values()), defeats)
        )

    expected = {argument.name for argument in oracle()}
    found = graph.label(objections="all")
    if expected != {key for key, word in found.items() if word == "stands"}:
        raise AssertionError("the labels differ from those of the oracle")
    return _best(oracle, 3) / _best(lambda: _label_from_scratch(graph))


def measure() -> list[dict]:
    """Return each figure with its unit and target."""
    article = load()
    seconds = {}
    for size in SIZES:
        graph = synthetic(size)
        seconds[size] = _best(partial(_label_from_scratch, graph))
    growth = (seconds[SIZES[-1]] / seconds[SIZES[0]]) / (SIZES[-1] / SIZES[0])
    rows = [
        ("relabelling the article's graph", _best(article.label) * 1e3, "ms", 1.0),
        (
            "relabelling it with everything raised",
            _best(lambda: article.label(objections="all", replies="all")) * 1e3,
            "ms",
            1.0,
        ),
        ("labelling 10,000 statements from scratch", seconds[SIZES[-1]], "s", 0.2),
        ("growth from 1,000 to 10,000 statements, over linear growth", growth, "ratio", 2.0),
        ("all minimal cuts of the three conclusions, counted", _cuts(article) * 1e3, "ms", 50),
        (
            "credences with everything raised (mutual attacks brought to rest)",
            _best(lambda: article.credences(objections="all", replies="all"), 3) * 1e3,
            "ms",
            250,
        ),
        ("sensitivity of the practical conclusion", _sensitivity(article) * 1e3, "ms", 50),
    ]
    figures = [
        {"name": name, "value": round(value, 4), "unit": unit, "target": target}
        for name, value, unit, target in rows
    ]
    figures.append(
        {
            "name": "python-argumentation over ours, 60 statements of attacks alone",
            "value": round(_oracle_ratio(), 1),
            "unit": "times faster",
            "target": ">= 1",
        }
    )
    return figures


def _cuts(graph):
    return _best(lambda: [graph.count_cuts(key) for key in graph.main])


def _sensitivity(graph):
    return _best(lambda: graph.sensitivity(graph.main[0]), 3)


if __name__ == "__main__":
    for line in measure():
        print(f"{line['name']}: {line['value']} {line['unit']} (target {line['target']})")
