"""Exports are read by the format's own parser, and lose neither a step nor an attack."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from argument.graphs import graphs
from hypothesis import given

from course.argument import load, to_aif, to_argdown

HERE = Path(__file__).parent / "npm"


@pytest.fixture(scope="module")
def parser(tmp_path_factory):
    """Runs the Argdown parser on a text; installed once into the user's cache."""
    missing = None
    if not (shutil.which("node") and shutil.which("npm")):
        missing = "node and npm are not installed"
    else:
        lock = (HERE / "package-lock.json").read_bytes() + (HERE / "check.mjs").read_bytes()
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        place = Path(cache) / "equal-security-course" / hashlib.sha256(lock).hexdigest()[:16]
        if not place.exists():
            missing = _install(place)
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"The Argdown parser is needed under CI: {missing}")
        pytest.skip(f"The Argdown parser is not at hand: {missing}")
    folder = tmp_path_factory.mktemp("argdown")

    def parse(text):
        file = folder / "argument.argdown"
        file.write_text(text, encoding="utf-8")
        ran = subprocess.run(
            ["node", str(place / "check.mjs"), str(file)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return json.loads(ran.stdout)

    return parse


def _install(place):
    """Install beside the place and move there when done, so that two runs do not disturb."""
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="argdown-", dir=place.parent)) / "npm"
    shutil.copytree(HERE, work, ignore=shutil.ignore_patterns("node_modules"))
    try:
        ran = subprocess.run(
            ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--loglevel=error"],
            cwd=work,
            capture_output=True,
            text=True,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return "npm did not finish in two minutes"
    if ran.returncode:
        return f"npm ci failed: {ran.stderr.strip()[-300:]}"
    if not place.exists():
        try:
            work.rename(place)
        except OSError:  # another run was faster
            pass
    shutil.rmtree(work.parent, ignore_errors=True)
    return None


def relations(graph, shown):
    kinds = {False: "attack", True: "undercut"}
    return sorted(
        [kinds[a.undercut], a.source, a.target]
        for a in graph.attacks
        if a.no_effect is None and a.source in shown and (a.undercut or a.target in shown)
    )


def test_the_argdown_parser_finds_every_statement_step_and_attack(parser):
    graph = load()
    found = parser(to_argdown(graph))
    assert found["errors"] == []
    assert found["statements"] == {s.id: s.text for s in graph.statements}
    assert found["steps"] == {s.id: [*s.premises, s.conclusion] for s in graph.steps}
    assert sorted(found["relations"]) == relations(graph, set(graph))


def test_the_argdown_parser_reads_the_learners_version_with_what_was_raised(parser):
    graph = load().add_objection('Odd [signs] <here> {and} #there * _ @ "quoted".', "C120")
    labels = graph.label(rejected=["I02"], objections=["O16", "O23", graph.last_added])
    found = parser(to_argdown(graph, labels))
    assert found["errors"] == []
    assert set(found["statements"]) == set(labels)
    assert found["statements"]["L01"] == graph["L01"].text
    assert sorted(found["relations"]) == relations(graph, set(labels))


def test_the_learners_version_carries_labels_and_choices():
    graph = load()
    text = to_argdown(graph, graph.label(rejected=["I02"]))
    line = next(line for line in text.splitlines() if line.startswith("[I02]"))
    assert '"label": "falls"' in line and '"choice": "rejected"' in line
    assert "[O01]" not in text


@given(graphs())
def test_aif_joins_sentences_only_through_inferences_and_conflicts(graph):
    document = json.loads(json.dumps(to_aif(graph)))
    kind = {node["nodeID"]: node["type"] for node in document["nodes"]}
    assert len(kind) == len(document["nodes"])
    assert set(kind.values()) <= {"I", "RA", "CA"}
    for edge in document["edges"]:
        assert (
            "I" not in (kind[edge["fromID"]], kind[edge["toID"]])
            or kind[edge["fromID"]] != kind[edge["toID"]]
        )
    leaving = [edge["fromID"] for edge in document["edges"]]
    for key, what in kind.items():
        if what != "I":
            assert leaving.count(key) == 1, "an inference or a conflict has one outcome"
    counted = [a for a in graph.attacks if a.no_effect is None]
    assert list(kind.values()).count("CA") == len(counted)
    assert list(kind.values()).count("RA") == len(graph.steps)


def test_aif_of_the_article_holds_every_statement():
    graph = load()
    document = to_aif(graph)
    texts = {n["nodeID"]: n["text"] for n in document["nodes"] if n["type"] == "I"}
    assert texts == {s.id: s.text for s in graph.statements}
    shown = to_aif(graph, graph.label())
    assert {n["nodeID"] for n in shown["nodes"] if n["type"] == "I"} == {
        s.id for s in graph.article
    }
    assert all(n["type"] != "CA" for n in shown["nodes"])
