"""Every word of the argument map has a key, in the twin, in the live map and in its script."""

import json
import re
from pathlib import Path

import pytest
from marked import Texts, assert_all_marked, strings

from course import argument, data, evidence, record, words
from course.publish.words import CLOSE, OPEN
from course.widgets import argument_map
from course.widgets.argument_map import ArgumentMap, picture
from course.widgets.argument_map.words import of_the_page

SOURCES = sorted((Path(argument_map.__file__).parent / "src").glob("*.js"))
SCRIPT = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES if p.name != "speak.js")
OWN = "Words of the learner."


def content():
    """What has a translation of its own: the argument, the claims, the headings, the sources."""
    told = [*strings(data.document("argument")), OWN]
    told += [r["text"] for r in data.rows("claims")] + [r["title"] for r in data.rows("sections")]
    cited = {i for node in argument.load().statements for i in node.source_ids}
    return told + [
        text for i in cited for text in (evidence.source(i).label, evidence.source(i).title)
    ]


@pytest.fixture
def view(pseudo):
    found = ArgumentMap()
    found.live()
    return found


@pytest.fixture
def known(pseudo):
    return content()


@pytest.mark.parametrize("around", ["", "C132", "C014"])
def test_the_twin_is_wholly_translated(pseudo, known, around):
    view = ArgumentMap(around)
    assert_all_marked(view.head() + view.body(), known)
    drawn = picture.svg(view.graph, view.labels, around)
    assert_all_marked(drawn, known)
    assert OPEN in re.search(r'aria-label="([^"]*)"', drawn).group(1)
    heading, *summary = view.text().split("\n\n")[0].splitlines()
    assert all(OPEN in line for line in (heading, *summary))
    header = view.text().split("\n\n")[1].splitlines()[0]
    assert header.count(OPEN) == len(view.COLUMNS)


def test_the_panel_about_each_statement_and_each_step_is_wholly_translated(view, known):
    for key in ("", *view.graph, *(s.id for s in view.graph.steps)):
        view.move("select", key)
        assert_all_marked(view.widget.detail, known)


MOVES = [
    ("reject", "I11"), ("accept", "C013"), ("leave", "C013"), ("weigh", "I02"), ("strict", ""),
    ("try", "I08 I11"), ("raise", "O52"), ("raise", "R52"), ("withdraw", "O52"), ("raise-all", ""), ("undo", ""),
    ("reset", ""), ("undo", ""),
]  # fmt: skip


def test_every_move_is_answered_and_announced_in_the_learners_language(view, known):
    view.move("select", "C132")
    told = []
    for do, key in MOVES:
        told.append(view.move(do, key))
        for html in (view.widget.news, view.widget.board, view.widget.detail):
            assert_all_marked(html, known)
    told.append(view.move("strict", value=False))
    told.append(view.move("raise-all", replies=True))
    assert_all_marked(view.widget.news, known)
    told.append(view.move("object", "C013", text=OWN, basis="value"))
    told.append(view.move("rebut", "L01", text=OWN, effect="contests"))
    for key in ("L01", "L02", "C013"):
        view.move("select", key)
        assert_all_marked(view.widget.detail, known)
    told.append(view.move("remove", "L01"))
    assert all(line.startswith(OPEN) and line.endswith(CLOSE) for line in told)


@pytest.mark.parametrize("kind", ["load", "cuts", "swings"])
@pytest.mark.parametrize("key", ["C132", "I08"])
def test_the_answers_to_questions_are_wholly_translated(view, known, kind, key):
    view.move("probe", key, value=kind)
    assert_all_marked(view.widget.probe, known)
    assert OPEN in view.widget.probe


BAD = [
    {"do": "reject", "id": "C999"}, {"do": "reject", "id": "?"}, {"do": "fly"}, {"do": "raise", "id": "C120"},
    {"do": "object", "id": "C013", "text": " "}, {"do": "object", "id": "C013", "text": "x", "basis": "y"},
    {"do": "rebut", "id": "C120", "text": "x"}, {"do": "remove", "id": "O01"}, {"do": "reject", "id": "C120", "x": 1},
    {"do": "export", "value": "pdf"}, {"do": "probe", "id": "?", "value": "cuts"},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_what_cannot_be_done_is_refused_in_the_learners_language(view, known, bad):
    view._heard(view.widget, bad, [])
    texts = Texts(view.widget.news).found
    assert all(OPEN in text for text in texts)
    assert texts or bad["do"] == "probe"


def test_a_record_that_refuses_is_told_in_the_learners_language(view, known, monkeypatch):
    def refuse(*_):
        raise record.RecordError(OWN)

    monkeypatch.setattr(record, "save_addition", refuse)
    monkeypatch.setattr(record, "additions", refuse)
    assert view.move("object", "C013", text=OWN).startswith(OPEN)
    assert view.move("remove", "L01").startswith(OPEN)
    assert ArgumentMap().notice.startswith(OPEN)


def test_the_models_answers_and_refusals_are_in_the_learners_language(pseudo):
    graph = argument.load()
    routes = [graph.routes(s.id, rejected={"I11"}) for s in graph.article]
    assert all(r.heading.startswith(OPEN) for r in routes)
    assert all(line.reason == "" or OPEN in line.reason for r in routes for line in r.lines)
    assert all(b.words.startswith(OPEN) for b in graph.load_bearing())
    asked = [
        lambda: graph["C999"], lambda: graph.label(rejected=["I11"], accepted=["I11"]),
        lambda: graph.routes("O01"), lambda: graph.label(objections=["C120"]),
        lambda: graph.add_rebuttal("x", "C120"), lambda: graph.add_objection(" ", "C120"),
        lambda: graph.remove_attack("C013", "C014"), lambda: graph.credences({"C120": 2}),
        lambda: graph.credences(method="x"), lambda: graph.sensitivity("O01"),
        lambda: graph.cuts("C120", among="x"), lambda: argument.load({"nodes": [{"id": "C1"}]}),
    ]  # fmt: skip
    for ask in asked:
        with pytest.raises(argument.ArgumentError, match=f"^{OPEN}.*{CLOSE}$"):
            ask()


def test_the_headings_of_the_exports_are_translated(view):
    view.move("raise-all", replies=True)
    headings = [line for line in view.export().splitlines() if line.startswith("# ")]
    assert len(headings) == 5 and all(line.startswith(f"# {OPEN}") for line in headings)
    kept = [n["text"] for n in json.loads(view.export("aif"))["nodes"] if n["type"] == "I"]
    assert kept and not any(OPEN in text for text in kept)


# --- the script -----------------------------------------------------------------------------------


def test_the_page_is_given_its_words_once_and_all_of_them_marked(view):
    assert view.widget.words == of_the_page()
    assert all(text.startswith(OPEN) for text in view.widget.words.values())
    assert all(text.startswith(OPEN) for text in view.widget.plan["kinds"].values())


def _asked():
    """Keys that the script asks `speak.js` for, as patterns: what it fills in may be any word."""
    for name, key in re.findall(r"\b(say|count)\(([`\"][^`\"]*[`\"])", SCRIPT):
        pattern = re.sub(r"\\\$\\\{[^}]*\\\}", r".+", re.escape(key[1:-1]))
        yield pattern + (r"\.(one|many)" if name == "count" else "")
    # one call may choose between two keys
    for name, *pair in re.findall(r'\b(say|count)\([^"`?]*\? "([^"]*)" : "([^"]*)"', SCRIPT):
        yield from (re.escape(key) + (r"\.(one|many)" if name == "count" else "") for key in pair)


def test_each_word_of_the_page_is_used_and_none_is_lacking():
    held, asked = of_the_page(), set(_asked())
    for pattern in asked:
        assert any(re.fullmatch(pattern, key) for key in held), pattern
    assert [key for key in held if not any(re.fullmatch(p, key) for p in asked)] == []


def test_the_script_has_no_sentence_of_its_own():
    code = re.sub(r"^\s*//.*|/\*.*?\*/", "", SCRIPT, flags=re.M | re.S)
    code = re.sub(r"\s//\s.*", "", code)
    assert re.findall(r"[\"'`][^\"'`\n]*[A-Z][a-z]+ [a-z]+[^\"'`\n]*[\"'`]", code) == []
    assert re.findall(r"\"aria-[a-z]+\": \"(?!true|false|polite)[^\"]+\"", code) == []
    assert re.findall(r"button\(\"\w", code) == []


def test_a_translation_of_the_page_keeps_its_blanks_where_the_script_fills_them():
    """The script knows plain blanks alone."""
    for text in (words.catalogue()[f"argument.page.{key}"] for key in of_the_page()):
        assert re.sub(r"\{\w+\}", "", text).count("{") == 0
