"""The page on the models says what the graph holds."""

import re
from collections import Counter

from course.argument import load


def test_the_numbers_on_the_page_are_those_of_the_graph(root):
    page = (root / "docs" / "models.md").read_text(encoding="utf-8")
    graph = load()
    kinds = Counter(s.kind for s in graph.statements) | {"step": len(graph.steps)}
    written = re.findall(r"^\| (\w+) `[CIORG]…` \|.*\| (\d+) \|$", page, re.MULTILINE)
    assert {kind: int(number) for kind, number in written} == dict(kinds)
    effects = Counter(s.effect for s in graph.of_kind("reply"))
    words = " ".join(page.split())
    said = re.search(r"(\d+) \*answer\* it .*?, (\d+) \*contest\* it .*?, (\d+) \*qualify\*", words)
    names = ("answers", "contests", "qualifies")
    assert [int(n) for n in said.groups()] == [effects[name] for name in names]


def test_the_examples_on_the_page_give_what_they_say():
    graph = load()
    after = graph.label(rejected=["I11"], objections=["O23", "O16"])
    reasons = [change.reason for change in graph.explain(graph.label(), after)]
    assert "C050 [12] falls because O16 stands against it." in reasons
    assert graph.routes("C120", rejected=["I11"]).words.startswith(
        "3 of 4 lines of support are left."
    )
