"""The verbs of the notebooks: they show one view, and answer nonsense with one sentence."""

import re
from datetime import date, datetime

import numpy
import pandas
import pytest

from course import lesson


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda b, raw: bundles.append(b))
    return bundles


def words(shown):
    return shown[-1]["text/plain"]


NOTEBOOKS = [n["id"] for n in lesson.data.document("notebooks")["notebook"]]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_head_and_end_mirror_each_other(notebook, shown):
    lesson.head(notebook)
    lesson.done(notebook)
    head, end = (b["text/plain"].splitlines() for b in shown)
    promised = [line for line in head if line.startswith("- ")]
    assert 3 <= len(promised) <= 5
    assert promised == [line for line in end if line.startswith("- ")]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_each_notebook_leads_to_the_next_until_the_last(notebook):
    entries = {n["id"]: n for n in lesson.data.document("notebooks")["notebook"]}
    following = entries[notebook]["next"]
    assert following == (NOTEBOOKS + [""])[NOTEBOOKS.index(notebook) + 1]
    assert set(entries[notebook]["needs"]) <= set(NOTEBOOKS[: NOTEBOOKS.index(notebook)])


def test_minutes_grow_with_words_and_exercises(monkeypatch):
    rows = [{"notebook": "kosovo", "words": 1800}]
    monkeypatch.setattr(lesson.data, "rows", lambda name: rows)
    monkeypatch.setattr("course.exercises.load", lambda name: {})
    assert lesson.minutes("kosovo") == 10
    rows[0]["words"] = 3600
    assert lesson.minutes("kosovo") == 20


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (lambda: lesson.head("kosvo"), "'kosovo'"),
        (lambda: lesson.head(4.5), "no notebook 4.5"),
        (lambda: lesson.head(), 'head("kosovo")'),
        (lambda: lesson.passage(), "1 to 67"),
        (lambda: lesson.passage(99), "99"),
        (lambda: lesson.passage("ten"), "ten"),
        (lambda: lesson.timeline("kosovo", start="March"), "1999-03-24"),
        (lambda: lesson.timeline("kosovo", start="1999-05-01", end="1999-01-01"), "before"),
        (lambda: lesson.timeline("conference"), "no event"),
        (lambda: lesson.claim_desk(), "C039"),
        (lambda: lesson.claim_desk("c39"), "C039"),
        (lambda: lesson.claim_desk(39), "39"),
        (lambda: lesson.range_chart("kosvo"), "'kosovo'"),
        (lambda: lesson.range_chart(None), "None"),
        (lambda: lesson.table("event"), "events"),
        (lambda: lesson.sources("nowhere"), "no notebook"),
        (lambda: lesson.attach("no-such-file.txt"), "no-such-file.txt"),
        (lambda: lesson.glossary("quorom"), "quorum"),
        (lambda: lesson.glossary(7), "7"),
        (lambda: lesson.glossary(None), "no term None"),
        (lambda: lesson.attach(None), "no file None"),
        (lambda: lesson.attach(5), "no file 5"),
        (lambda: lesson.table(["x"]), "no table ['x']"),
        (lambda: lesson.head(True), "no notebook True"),
        (lambda: lesson.head(40), "no notebook 40"),
        (lambda: lesson.passage(True), "True"),
        (lambda: lesson.passage([9, 10]), "[9, 10]"),
        (lambda: lesson.passage(numpy.array([9, 10])), "numbered 1 to 67"),
        (lambda: lesson.passage(), "passage(1, 2)"),
        (lambda: lesson.membership_map(bodies=5), "['NATO', 'EU'], not 5"),
        (lambda: lesson.membership_map(bodies=[5]), "not [5]"),
        (lambda: lesson.membership_map(on=pandas.NaT), "1999-03-24"),
        (lambda: lesson.timeline("kosovo", start=pandas.NaT), "1999-03-24"),
        (lambda: lesson.timeline(pandas.Series(["kosovo", "osce"])), "no notebook"),
        (lambda: lesson.indicators([]), "no measure '[]'"),
        (lambda: lesson.indicators("deaths", start=[]), "earlier to a later year"),
        (lambda: lesson.range_chart(["kosovo"]), "did you mean 'kosovo'"),
        (lambda: lesson.decision_lab([]), "no scenario '[]'"),
        (lambda: lesson.treaty_simulator(pandas.Series([1, 2])), "no scenario"),
        (lambda: lesson.argument_map([1]), "no statement '[1]'"),
    ],
)
def test_nonsense_is_answered_with_one_sentence(call, answer, shown):
    assert call() is None
    assert len(shown) == 1
    assert answer in words(shown)
    assert "Traceback" not in words(shown)


@pytest.mark.parametrize("number", [4, "4", "04", "04_kosovo_1999.ipynb", numpy.int64(4)])
def test_a_notebook_is_found_by_its_number_too(number, shown):
    lesson.head("kosovo")
    lesson.head(number)
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "day", [date(1999, 3, 24), datetime(1999, 3, 24, 20), pandas.Timestamp("1999-03-24")]
)
def test_a_moment_is_taken_as_its_day(day, shown):
    lesson.membership_map(on="1999-03-24")
    lesson.membership_map(on=day)
    assert shown[-1] == shown[len(shown) // 2 - 1]
    lesson.timeline("kosovo", start="1999-03-24")
    one = words(shown)
    lesson.timeline("kosovo", start=day)
    assert words(shown) == one


def test_whole_numbers_of_other_libraries_name_paragraphs(shown):
    lesson.passage(9, 10)
    lesson.passage(numpy.int64(9), numpy.int8(10))
    assert shown[0] == shown[1]


def test_a_fault_of_ours_is_not_hidden_as_bad_input(monkeypatch):
    def broken(name):
        raise ValueError("a fault in the engine")

    monkeypatch.setattr(lesson.data, "rows", broken)
    with pytest.raises(ValueError, match="fault in the engine"):
        lesson.timeline("kosovo")


def test_passage_shows_our_words_with_their_place(shown):
    lesson.passage(10)
    assert words(shown).startswith("[10] ")
    assert "section 2" in shown[-1]["text/html"]


def test_own_copy_is_shown_beside_our_words(shown, article_text, tmp_path, monkeypatch):
    path = tmp_path / "mine.txt"
    path.write_text(article_text, encoding="utf-8")
    monkeypatch.setattr(lesson, "_copies", {})
    lesson.attach(str(path))
    assert words(shown).startswith("67 of 67")
    lesson.passage(10)
    assert "Your own copy" in shown[-1]["text/html"]


def test_every_verb_is_reached_through_the_package():
    import course

    assert all(callable(getattr(course, name)) for name in lesson.__all__)


def test_a_table_is_a_data_frame():
    assert list(lesson.table("events").columns)[:2] == ["id", "date"]


@pytest.mark.parametrize("verb", [lesson.head, lesson.done])
def test_on_a_machine_that_forgets_the_head_and_the_end_say_how_to_keep_everything(
    shown, monkeypatch, tmp_path, verb
):
    verb("kosovo")
    assert "record.export" not in words(shown) + shown[-1]["text/html"]
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "a host")
    verb("kosovo")
    said = words(shown)
    assert "forgets your answers" in said and "forgets your answers" in shown[-1]["text/html"]
    saving, loading = re.findall(r"import course; course\.record\.\w+\(.*?\)", said)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "here.sqlite"))
    from course import record

    record.save("kosovo.judgement", {"text": "all that I wrote"})
    record.save_prediction("kosovo.before", "so")
    record.save_verdict("C039", "contested", 70, "a note")
    record.save_addition("argument", {"form": "removed", "id": "L01"})
    exec(saving, {})
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "there.sqlite"))
    exec(loading, {})
    assert record.latest("kosovo.judgement") == {"text": "all that I wrote"}
    assert record.prediction("kosovo.before").answer == "so"
    assert record.verdict("C039").note == "a note"
    assert len(record.additions()) == 1
    record.close()


def test_the_glossary_shows_one_term_or_all(shown):
    lesson.glossary("quorum")
    one = words(shown)
    assert "How many must be present" in one and "unanimity" not in one
    shown.clear()
    lesson.glossary()
    assert "unanimity" in words(shown) and "quorum" in words(shown)
