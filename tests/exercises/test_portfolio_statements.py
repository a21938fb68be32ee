"""What a learner added to the argument stands in the portfolio in words, without what was taken back."""

import pytest

from course import argument, record
from course.exercises.portfolio import own_statements
from course.widgets.exercise import write_portfolio
from course.words import say

GRAPH = argument.load()


@pytest.fixture(autouse=True)
def own_record(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    yield
    record.close()


def test_an_objection_a_reply_and_an_undercut_say_what_they_answer():
    step = GRAPH.steps[0]
    made = GRAPH.add_objection("It was not so.", "C013", "fact")
    made = made.add_rebuttal("It was.", made.last_added, "fact", "answers")
    made = made.add_objection("It does not follow.", step.id, "inference")
    assert own_statements(made) == (
        say("portfolio.objection", text="It was not so.", to=GRAPH["C013"].text),
        say("portfolio.reply", text="It was.", to="It was not so."),
        say("portfolio.undercut", text="It does not follow.", to=GRAPH[step.conclusion].text),
    )
    assert own_statements(GRAPH) == ()


def test_the_portfolio_says_additions_in_words_and_none_that_was_removed(tmp_path):
    entry = {"form": "objection", "against": "C013", "basis": "fact"}
    record.save_addition("argument", {**entry, "id": "L01", "text": "Kept & said."})
    record.save_addition("argument", {**entry, "id": "L02", "text": "Taken back."})
    record.save_addition("argument", {"form": "removed", "id": "L02"})
    record.save_addition("argument", {"form": "objection", "id": "L03", "against": "C999"})
    file = tmp_path / "p.html"
    write_portfolio(file, {"texts"})
    page = file.read_text("utf-8")
    assert "“Kept &amp; said.”, against: “" in page
    assert "Taken back." not in page and "L01" not in page and "form:" not in page
    write_portfolio(file)
    assert "Kept" not in file.read_text("utf-8")
