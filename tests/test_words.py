"""The engine's words can be translated: every sentence has a key, and a pseudo-language shows what has none."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from marked import assert_all_marked, plain, strings

import course.exercises.solutions as solutions
from course import article, data, lesson, words
from course.exercises import exercise, ids, portfolio, progress, triples
from course.exercises.calibration import Calibration, Interval
from course.publish import words as translation
from course.widgets import exercise as verbs
from course.widgets.exercise import ExerciseView, RecallView
from course.widgets.frame import LOADING, SAVING, Done, Head, Passage, Sources

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "exercises" / "fixtures"


def _spoken():
    """Every text in the code, the beginnings of keys made up there, and each call for words."""
    said, begun, calls = set(), set(), set()
    for path in (ROOT / "course").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(node.values[0].value)
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                calls.add((getattr(node.func, "id", ""), node.args[0].value))
    for path in (ROOT / "course").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        calls |= set(re.findall(r'\b(say|count)\("([^"]+)"', text))
    return said | {key for _, key in calls}, {one for one in begun if one.endswith(".")}, calls


def test_every_sentence_that_is_said_has_a_key_and_every_key_is_said():
    said, begun, calls = _spoken()
    said |= {f"{key}.{form}" for name, key in calls if name == "count" for form in ("one", "many")}
    held = words.catalogue()
    idle = [key for key in held if key not in said and not any(map(key.startswith, begun))]
    assert idle == []
    wanted = {key for name, key in calls if name == "say"}
    wanted |= {f"{k}.{form}" for name, k in calls if name == "count" for form in ("one", "many")}
    assert {key for key in wanted if key not in held} == set()


def test_two_files_of_words_never_hold_one_key(tmp_path, monkeypatch):
    (tmp_path / "words" / "en").mkdir(parents=True)
    (tmp_path / "words" / "en" / "own.toml").write_text('"right" = "Well done."\n', "utf-8")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    with pytest.raises(words.WordsError, match="already has the words 'right'"):
        words.catalogue()


def test_the_pseudo_language_keeps_blanks_and_code():
    told = translation.pseudo("Do `check(id)` on {count:g} lines.")
    assert "`check(id)`" in told and "{count:g}" in told
    assert told.startswith("⟦Dö ") and len(told) > 36


def test_a_translation_is_laid_over_the_english_words_key_by_key(tmp_path, monkeypatch):
    path = tmp_path / "words.toml"
    path.write_text('"right" = "Richtig."\n', encoding="utf-8")
    monkeypatch.setenv("COURSE_WORDS", str(path))
    assert words.say("right") == "Richtig." and words.say("almost") == "Almost."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"rihgt" = "Richtig."', "did you mean 'right'"),
        ('"items.part" = "{right} richtig."', "must keep what stands in braces"),
        ('"right" = 3', "must keep"),
        ("right = ", "cannot be read"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused_in_a_sentence(
    tmp_path, monkeypatch, line, told
):
    path = tmp_path / "words.toml"
    path.write_text(line + "\n", encoding="utf-8")
    monkeypatch.setenv("COURSE_WORDS", str(path))
    with pytest.raises(words.WordsError, match=told):
        words.say("right")


def test_a_translation_can_be_begun_from_what_the_command_prints(capsys):
    assert translation.main([]) == 0
    assert tomllib.loads(capsys.readouterr().out) == dict(words.catalogue())
    assert translation.main(["--pseudo"]) == 0
    assert "⟦" in capsys.readouterr().out


# Sentences that stand in the code and are said to nobody in this language.
FOR_NOBODY = {
    ("charts/bonds.py", "No row of the picture holds"),  # to programmers
    ("widgets/references.py", "Available at"),  # what a citation style writes, cut off by us
    ("widgets/references.py", "Available at:"),
}


def test_no_sentence_of_the_package_is_left_out_of_the_catalogue(capsys):
    assert [text for _, text in translation._sentences('x = f"<p>Choose one of {n}</p>"')]
    assert not list(translation._sentences('"""Only a docstring here."""'))
    assert {(file, text) for file, _, text in translation.missed()} == FOR_NOBODY
    assert translation.main(["--missed"]) == 0
    assert "course/charts/bonds.py:" in capsys.readouterr().out


def test_the_frame_of_a_notebook_is_wholly_translated(pseudo):
    entry = lesson._notebook("kosovo")
    needs = [lesson._notebook(key) for key in entry["needs"]]
    content = [*strings(entry), *strings(data.document("notebooks"))]
    views = [
        Head(entry, 40, needs),
        Head(entry, 40, needs, True),
        Done(entry, lesson._notebook("georgia"), True),
        Done(entry, None),
        Passage([article.paragraph(10)]),
    ]
    content += [article.paragraph(10).summary, 'course.attach("article.txt")', SAVING, LOADING]
    for view in views:
        assert_all_marked(view.head() + view.body(), content)
    assert "⟦" in Sources(["un-sc6588"]).body()


def test_the_panels_of_exercises_are_wholly_translated(pseudo, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(FIXTURES))
    monkeypatch.setattr(solutions, "__path__", [*solutions.__path__, str(FIXTURES / "solutions")])
    content = [*strings(data.document("exercises/example")), "answer"]
    for key in ids():
        entry = exercise(key)
        if entry.kind == "code":
            continue  # it speaks of the learner's own objects
        verbs._session = verbs._Session()
        view = ExerciseView(entry)
        assert_all_marked(view.head() + view.body(), content)
        labels = [
            c["label"] for c in view.controls() if c["type"] != "choice" or c["name"] != "answer"
        ]
        for label in labels:
            told = f" {plain(' '.join(content))} "
            assert "⟦" in label or f" {plain(label)} " in told, f"{key}: {label}"
        verbs.mark(entry, triples.solved(entry))
        feedback = verbs.checking.check(entry, triples.solved(entry))
        assert any("⟦" in line for line in feedback.lines)
    for key in ("example.first_guess", "example.guess_words"):
        view = RecallView(exercise(key))
        assert "⟦" in "".join(map(str, view.regions(view.values).values()))


def test_the_portfolio_is_wholly_translated(pseudo):
    line = progress.NotebookLine("kosovo", 3, 2, 2, 5.0)
    content = portfolio.Content(
        name="Ada",
        left_out="",
        map=progress.Progress((line,), ()),
        titles={"kosovo": "Kosovo"},
        calibration=Calibration((Interval("x.y", "Finns", 1.0, 2.0, 1.5, "days"),), 1.0, 0.5, 0, None),
        predictions=(portfolio.Prediction("Kosovo", "Ada", "Ada"),),
        texts=(portfolio.Text("Kosovo", "Ada", "", "Ada"),),
        verdicts=(portfolio.Verdict("Kosovo", "Ada", "50", "Ada", ""),),
        additions=("Ada",),
        references=("Ada",),
    )  # fmt: skip
    assert_all_marked(portfolio.page(content), ["Ada", "Kosovo", "Finns"])
