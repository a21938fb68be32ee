"""The catalogue is read strictly: what a writer gets wrong is named in one sentence."""

import tomllib
from pathlib import Path

import pytest

from course.exercises import catalogue, exercise, ids
from course.exercises.model import KINDS, CatalogueError, UnknownExercise
from course.exercises.prose import inline, paragraphs, plain
from course.publish import exercise as command

TEXT = (Path(__file__).parent / "fixtures" / "exercises" / "example.toml").read_text("utf-8")


def parse(text, notebook="example"):
    return catalogue.parse(tomllib.loads(text), notebook)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "single"', 'kind = "singel"', "did you mean 'single'"),
        ("hints = [", "hint = [", "did you mean 'hints'"),
        ("right = true", "right = false", "exactly one option"),
        ("minutes = 2\n", "minutes = 0\n", "minutes"),
        ("minutes = 2\n", 'minutes = "two"\n', "number"),
        ("paragraphs = [10]", "paragraphs = [99]", "not a paragraph"),
        ("value = 3", "value = 30", "outside"),
        ('verification = "seen"', 'verification = "unverified"', "only settled figures"),
        ('unit = "votes"', 'unit = "people killed"', "the dead are never"),
        ('answer = "law"', 'answer = "lore"', "unknown choice"),
        ('id = "yes"', 'id = "Yes!"', "small letters"),
        ('id = "no"', 'id = "yes"', "same id"),
        ("[example.votes]", "[other.votes]", "notebook's id"),
        ('contains = ["vetoed", "used its veto"]\n', "", "give it away"),
        ('level = "not yet"', 'level = "wrong"', "level"),
        ("min_words = 12", "min_words = 300", "below"),
        ('later = "Fifteen', 'later_ = "Fifteen', "did you mean 'later'"),
        ('explanation = "Two members', 'solution = "Two members', "explanation"),
    ],
)
def test_a_slip_of_the_pen_is_named(old, new, words):
    assert old in TEXT
    with pytest.raises(CatalogueError, match=words) as caught:
        parse(TEXT.replace(old, new, 1))
    assert "\n" not in str(caught.value)


def test_an_unknown_id_is_met_by_the_nearest(fixtures):
    with pytest.raises(UnknownExercise, match="nearest is 'example.votes'"):
        exercise("example.vots")
    with pytest.raises(UnknownExercise, match="asked for by its id"):
        exercise(3)


def test_an_exercise_is_found_under_an_id_it_once_had(tmp_path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    renamed = TEXT.replace('kind = "single"', 'aliases = ["ballots"]\nkind = "single"', 1)
    (tmp_path / "exercises" / "example.toml").write_text(renamed, "utf-8")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert exercise("example.ballots").id == "example.votes"
    assert catalogue.aliases() == {"example.ballots": "example.votes"}


def test_an_empty_catalogue_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert ids() == ()
    with pytest.raises(UnknownExercise, match="empty"):
        exercise("kosovo.votes")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "code"])
def test_what_the_command_begins_is_a_sound_exercise(kind, tmp_path, monkeypatch):
    text = command.scaffold("kosovo.trial", kind)
    entry = parse(text, "kosovo")["kosovo.trial"]
    assert list(command.problems(entry)) == []


def test_the_command_adds_an_exercise_once(tmp_path):
    said = command.add("kosovo.trial", "code", tmp_path)
    assert "trial__all_rows()" in said
    file = tmp_path / "exercises" / "kosovo.toml"
    assert parse(file.read_text("utf-8"), "kosovo")["kosovo.trial"].kind == "code"
    with pytest.raises(CatalogueError.__bases__[0], match="already"):
        command.add("kosovo.trial", "single", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("kosovo.x", "singel"), "did you mean 'single'"),
        (("kosovo", "single"), "not an id"),
        (("nowhere.x", "single"), "no notebook"),
    ],
)
def test_the_command_answers_a_slip_with_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        command.scaffold(*arguments)


def test_the_command_without_sense_shows_its_usage(capsys):
    assert command.main(["improve"]) == 2
    assert "exercise new" in capsys.readouterr().out


def test_prose_marks_and_escapes():
    assert inline("a *b* `c*d*` <e> & **f**") == (
        "a <em>b</em> <code>c*d*</code> &lt;e&gt; &amp; <strong>f</strong>"
    )
    assert paragraphs("one\nline\n\ntwo") == "<p>one line</p><p>two</p>"
    assert plain("a *b*\nc\n\n**d**") == "a b c\nd"


def test_the_nearest_id_is_found_in_capitals_too():
    with pytest.raises(UnknownExercise, match=r"nearest is 'kosovo\.votes'"):
        exercise("KOSOVO.VOTES")
