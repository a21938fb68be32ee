"""Exercise panels and verbs: sentences instead of tracebacks, and earlier answers that come back."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest

import course.exercises.solutions as solutions
from course import record
from course.exercises import exercise, ids, triples
from course.widgets import exercise as verbs
from course.widgets.exercise import ExerciseView, RecallView, controls_for, read
from course.words import say

FIXTURES = Path(__file__).resolve().parents[1] / "exercises" / "fixtures"


@pytest.fixture(autouse=True)
def fixtures(monkeypatch, tmp_path):
    """The fixture catalogue, and a record of its own for each test."""
    monkeypatch.setenv("COURSE_DATA", str(FIXTURES))
    monkeypatch.setattr(solutions, "__path__", [*solutions.__path__, str(FIXTURES / "solutions")])
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    monkeypatch.setattr(verbs, "_session", verbs._Session())
    yield
    record.close()


KEYS = [f"example.{name}" for name in (
    "votes", "record_bears", "binding", "sequence", "how_settled", "council", "why_abstain",
    "phrases", "stronger", "finns", "other_side", "lawful", "first_guess", "guess_words",
    "guess_number",
)]  # fmt: skip


def said(verb, *arguments, **options):
    """What a verb shows, as plain text."""
    shown = []
    with patch("IPython.display.display", lambda data, raw: shown.append(data)):
        assert verb(*arguments, **options) is None
    return "\n".join(data.get("text/plain", "") for data in shown)


def press(view, name, **values):
    """Set controls, then press a button, as the panel does."""
    if values:
        view.set(**values)
    view.set(**{name: view.values[name] + 1})
    return view.regions(view.values)


def answer_of(entry):
    from course.exercises import normalise

    return normalise(entry, triples.solved(entry))


def test_every_kind_has_a_panel():
    assert set(KEYS) | {"example.tally", "example.between"} == set(ids())
    for key in ids():
        view = ExerciseView(exercise(key))
        assert view.live() is not None
        assert exercise(key).title in view.html()
        assert view.text()


@pytest.mark.parametrize("key", KEYS)
def test_what_the_controls_hold_is_the_answer(key):
    entry = exercise(key)
    answer = answer_of(entry)
    view = ExerciseView(entry)
    view.set(**controls_for(entry, answer))
    from course.exercises import normalise

    assert normalise(entry, read(entry, view.values)) == answer


@pytest.mark.parametrize("key", KEYS)
def test_pressing_check_marks_and_keeps_the_answer(key):
    entry = exercise(key)
    view = ExerciseView(entry)
    shown = press(view, "check", **controls_for(entry, answer_of(entry)))
    word = say("kept" if entry.kind in ("predict", "contested") else "right")
    assert word in shown["feedback"]
    assert record.latest(key) == answer_of(entry)


@pytest.mark.parametrize("key", KEYS)
def test_an_earlier_answer_stands_in_the_panel_after_a_restart(key):
    entry = exercise(key)
    press(ExerciseView(entry), "check", **controls_for(entry, answer_of(entry)))
    record.close()
    again = ExerciseView(entry)
    assert read(entry, again.values) == read(
        entry, {**again.values, **controls_for(entry, answer_of(entry))}
    )
    assert say("panel.earlier") in again.regions(again.values)["feedback"]
    assert say("panel.earlier") not in again.html()


@pytest.mark.parametrize("key", KEYS)
def test_pressing_check_too_early_gets_a_friendly_line(key):
    shown = press(ExerciseView(exercise(key)), "check")
    assert shown["feedback"]
    assert record.latest(key) is None


def test_a_wrong_answer_names_what_to_read_again():
    shown = press(ExerciseView(exercise("example.votes")), "check", answer="no")
    assert "Not yet." in shown["feedback"]
    assert "[10]" in shown["feedback"]


def test_hints_come_in_steps_and_end():
    view = ExerciseView(exercise("example.votes"))
    hints = exercise("example.votes").hints
    assert hints[1] not in press(view, "hint")["hint"]
    assert hints[1] in press(view, "hint")["hint"]
    assert say("hint.none") in press(view, "hint")["hint"]


def test_the_solution_waits_for_a_try_or_a_second_asking():
    view = ExerciseView(exercise("example.votes"))
    explanation = exercise("example.votes").explanation
    assert explanation not in press(view, "solution")["solution"]
    assert explanation in press(view, "solution")["solution"]
    other = ExerciseView(exercise("example.binding"))
    press(other, "check", line_resolution="view")
    assert exercise("example.binding").explanation in press(other, "solution")["solution"]


@pytest.mark.parametrize("key", ["example.tally", "example.between", *KEYS])
def test_every_solution_can_be_shown(key):
    verbs._session.asked.add(key)
    entry = exercise(key)
    shown = said(verbs.solution, key)
    if entry.kind != "predict":
        assert entry.explanation.split()[0] in shown


def test_the_solution_of_code_is_its_source():
    verbs._session.asked.add("example.tally")
    assert 'answer = votes["ballot"].value_counts()' in said(verbs.solution, "example.tally")
    verbs._session.asked.add("example.between")
    assert "def answer(first, second):" in said(verbs.solution, "example.between")


def test_a_code_result_is_checked_and_kept_as_a_description():
    result = triples.solved(exercise("example.tally"))
    assert said(verbs.check, "example.tally", result).startswith("Right.")
    assert record.latest("example.tally") == {"result": "a Series (one column) of 2"}


@pytest.mark.parametrize(
    ("verb", "arguments", "words"),
    [
        ("ask", ("example.vots",), "nearest is 'example.votes'"),
        ("ask", (3,), "asked for by its id"),
        ("ask", (), 'ask is called as ask("kosovo.votes").'),
        ("ask", ("a", "b", "c"), "ask is called as"),
        ("check", ("example.tally",), "Nothing to check yet."),
        ("check", ("example.tally", ...), "Nothing to check yet."),
        ("check", ("example.votes", "abstaind"), "did you mean 'abstained'"),
        ("check", ("example.council", 99), "Stay between 0 and 15 votes"),
        ("check", ("example.council", "x"), "lowest and the highest"),
        ("hint", ("",), "There is no exercise ''"),
        ("solution", (None,), "asked for by its id"),
        ("recall", ("example.votes",), "is not a prediction; the predictions here are"),
        ("predict", ("nothing.here",), "There is no exercise"),
        ("portfolio", ("x.pdf",), "one HTML file"),
        ("portfolio", ("x.html", {"all"}), "cannot be ticked"),
        ("portfolio", ("x.html", 5), "cannot be ticked"),
        ("progress", (1,), "progress is called as"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(verb, arguments, words):
    assert words in said(getattr(verbs, verb), *arguments)


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    def broken(entry):
        raise TypeError("ours")

    monkeypatch.setattr(verbs, "ExerciseView", broken)
    with pytest.raises(TypeError, match="ours"):
        verbs.ask("example.votes")


def test_a_prediction_comes_back_beside_what_is_said_now():
    press(ExerciseView(exercise("example.first_guess")), "check", answer="once", why="a hunch")
    view = RecallView(exercise("example.first_guess"))
    shown = view.regions(view.values)
    assert "once (a hunch)" in shown["yours"]
    assert "a hunch" not in view.html() + view.text()
    assert say("kept") in press(view, "save", now="I was too harsh.")["feedback"]
    assert "I was too harsh." in RecallView(exercise("example.first_guess")).values["now"]


def test_a_recall_without_a_prediction_asks_for_one():
    assert say("recall.none") in RecallView(exercise("example.first_guess")).regions({})["yours"]


def test_what_the_learner_types_is_escaped_wherever_it_comes_back():
    hostile = "<img src=x onerror=alert(1)>"
    press(ExerciseView(exercise("example.guess_words")), "check", answer=hostile)
    view = RecallView(exercise("example.guess_words"))
    assert hostile not in view.regions(view.values)["yours"]
    shown = press(
        ExerciseView(exercise("example.lawful")), "check", choice="never", reason=hostile * 3
    )
    assert hostile not in shown["feedback"]


ODD_ANSWERS = [
    {}, [], "", 0, -1, True, 1.5, 10**300, "x", "<b>", ["a", "b"], [1, 2], [[1], {}], [None, None],
    {"a": 1}, {"text": "a b"}, {"text": "a b", "rubric": 5}, {"text": "a b", "rubric": [[1]]},
    {"text": "a b", "side": [1]}, {"text": ["a"]}, {"text": None}, {"text": {}},
    {"choice": [1]}, {"choice": "never", "reason": 5}, {"choice": {"choice": {}}, "why": [1]},
    {"choice": "once", "why": {"a": 1}}, {"low": 1}, {"low": "a", "high": []},
    {"resolution": [1]}, {"resolution": {"law": 1}}, {"result": [1, {"a": None}]},
]  # fmt: skip


def odd_export(key, answer, file, **row):
    """An export that nobody but a stranger would write, and that is sound all the same."""
    common = {"uid": "1" * 32, "stamp": 5, "exercise": key, "answer": json.dumps(answer)}
    common |= {"private": 0, "exercise_version": 9, "course_version": ""}
    attempt = {"kind": "single", "level": "right", "mistakes": "[]"}
    content = {
        "format": record.FORMAT,
        "version": record.SCHEMA,
        "attempts": [common | attempt],
        "predictions": [common],
        "additions": [
            {
                "uid": kind.encode().hex().zfill(32),
                "stamp": 5,
                "kind": kind,
                "content": common["answer"],
            }
            | {"course_version": ""}
            for kind in ("argument", "else")
        ],
    }
    file.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize("key", ["example.tally", "example.between", *KEYS])
def test_no_answer_of_a_stranger_stops_a_view_for_good(key, tmp_path, monkeypatch):
    for number, answer in enumerate(ODD_ANSWERS):
        record.close()
        monkeypatch.setenv("COURSE_RECORD", str(tmp_path / f"{number}.sqlite"))
        odd_export(key, answer, tmp_path / "odd.json")
        assert record.load(tmp_path / "odd.json").startswith("4 entries were added")
        view = ExerciseView(exercise(key))
        assert view.live() is not None and view.regions(view.values)
        if exercise(key).kind == "predict":
            recalled = RecallView(exercise(key))
            assert recalled.regions(recalled.values)
        for verb in (verbs.ask, verbs.recall, verbs.hint, verbs.solution):
            assert said(verb, key)
        assert said(verbs.progress)
        file = str(tmp_path / "p.html")
        assert "p.html holds" in said(verbs.portfolio, file, include={"verdicts", "texts"})
        assert record.latest(key) == answer  # it stays in the record


def test_an_exercise_that_changed_its_kind_keeps_what_it_had(tmp_path):
    for key in KEYS:
        for other in KEYS:
            record.save(key, answer_of(exercise(other)), private=False)
            assert said(verbs.ask, key)
        assert len(record.attempts(key)) == len(KEYS)
    assert said(verbs.progress)
    said(verbs.portfolio, str(tmp_path / "p.html"), include={"texts"})


def test_the_minutes_are_explained_once_there_are_any():
    assert say("progress.minutes") not in said(verbs.progress)
    record.spend("example", 90)
    assert say("progress.minutes") in said(verbs.progress)
    assert say("progress.minutes") in verbs.ProgressView().html()


@pytest.mark.parametrize("name", ["x" * 300 + ".html", "a\0b.html", "\ud800.html", 5, "~x~/p.html"])
def test_a_portfolio_under_an_impossible_name_is_refused_in_a_sentence(name):
    shown = said(verbs.portfolio, name)
    assert shown and "holds your portfolio" not in shown


def test_an_answer_that_cannot_be_kept_says_so(monkeypatch):
    def full(*args, **options):
        raise record.RecordError("Not saved: the disk is full.")

    monkeypatch.setattr(record, "save", full)
    shown = press(ExerciseView(exercise("example.votes")), "check", answer="abstained")
    assert "Right." in shown["feedback"] and "Not saved" in shown["feedback"]


def test_an_answer_to_an_older_form_of_the_question_is_left_in_peace():
    record.save("example.votes", "an option that is gone", private=False)
    view = ExerciseView(exercise("example.votes"))
    assert view.values["answer"] is None
    assert view.regions(view.values)["feedback"] == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [("5", 5), (" 1 000 ", 1000), ("1,000", 1000), ("2.5", 2.5), ("2,5", 2.5), ("1,000,000", 1e6)],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert verbs._number(typed) == number


def test_an_order_is_never_shown_in_its_right_order():
    entry = exercise("example.sequence")
    assert verbs._mixed(entry) != list(entry.items)
    assert verbs._mixed(entry) == verbs._mixed(entry)


def test_progress_counts_what_was_done():
    press(ExerciseView(exercise("example.votes")), "check", answer="abstained")
    press(ExerciseView(exercise("example.council")), "check", low="2", high="4")
    shown = said(verbs.progress)
    assert f"2 of {len(ids())} exercises are done." in shown
    assert "1 of your 1 intervals" in shown


def test_progress_is_the_same_twice_in_a_session_that_keeps_nothing(monkeypatch):
    monkeypatch.setenv("COURSE_RECORD", ":memory:")
    assert said(verbs.progress) == said(verbs.progress)
    assert said(verbs.portfolio) == say("portfolio.memory")


def test_the_portfolio_leaves_out_verdicts_and_texts_unless_ticked(tmp_path):
    secret = "my own careful reason for leaning so"
    press(ExerciseView(exercise("example.lawful")), "check", choice="never", reason=secret)
    press(ExerciseView(exercise("example.guess_words")), "check", answer=secret)
    record.save_verdict("C031", "contested", 70, secret)
    file = tmp_path / "portfolio.html"
    shown = said(verbs.portfolio)
    assert "Left out: your verdicts and texts" in shown
    page = file.read_text("utf-8")
    assert secret not in page and "contested" not in page
    assert "Reader " in page
    said(verbs.portfolio, str(file), include={"verdicts"})
    page = file.read_text("utf-8")
    assert "contested" in page and secret not in page
    said(verbs.portfolio, str(file), include={"verdicts", "texts"})
    assert file.read_text("utf-8").count(secret) == 3


def test_exports_can_be_written_from_the_command_line(tmp_path, capsys):
    from course.publish import export

    press(ExerciseView(exercise("example.votes")), "check", answer="abstained")
    assert export.main(["record", "-o", str(tmp_path / "out.json")]) == 0
    assert "out.json holds 1 entry" in capsys.readouterr().out
    assert export.main(["portfolio", "-o", str(tmp_path / "p.html"), "--include", "texts"]) == 0
    assert (tmp_path / "p.html").exists()
