"""The command line: what it lists, how it hands over, and how a failure speaks."""

import errno
import os
import sys
import types

import pytest

from course import cli, machine, workspace


def test_help_lists_exactly_the_commands_that_are_there(tmp_path):
    (tmp_path / "course" / "publish").mkdir(parents=True)
    (tmp_path / "course" / "room").mkdir()
    (tmp_path / "course" / "publish" / "build.py").write_text("", encoding="utf-8")
    (tmp_path / "course" / "room" / "__init__.py").write_text("", encoding="utf-8")
    assert list(cli.available(tmp_path)) == ["room", "build"]
    text = cli.help_text()
    assert all(f"  {name} " in text for name in cli.available())


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"], ["help"]])
def test_help_is_no_failure(argv, capsys):
    assert cli.main(argv) == 0
    assert "usage: python3 -m course" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [("labb", "perhaps you mean 'lab'"), ("tests", "perhaps you mean 'test'"), ("?", "lab, test")],
)
def test_an_unknown_command_names_the_nearest_one(name, words, capsys):
    assert cli.main([name]) == 1
    said = capsys.readouterr().err
    assert f"There is no command '{name}'" in said and words in said


@pytest.fixture
def command(monkeypatch):
    """A command of the test's own: give it a function."""

    def put(function, level="lab"):
        module = types.ModuleType("a_command")
        module.main = function
        monkeypatch.setitem(sys.modules, "a_command", module)
        monkeypatch.setattr(
            cli, "available", lambda: {"own": cli.Command("a_command", level, "of the test")}
        )
        entered = []
        monkeypatch.setattr(cli, "enter", lambda *given: entered.append(given))
        return entered

    return put


def test_a_command_gets_its_words_in_the_environment_it_needs(command):
    seen = []
    entered = command(seen.append, level="test")
    assert cli.main(["own", "a", "--b"]) == 0
    assert seen == [["a", "--b"]]
    assert entered == [("test", ["own", "a", "--b"])]


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_exit_code_is_that_of_the_command(command, code):
    command(lambda argv: code)
    assert cli.main(["own"]) == code


def _raising(error):
    def main(argv):
        raise error

    return main


class ModelError(ValueError):
    """As a model of the course raises it."""

    __module__ = "course.something"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (machine.Problem("Do this."), "Do this."),
        (ModelError("There is no X; the nearest is Y."), "nearest is Y"),
        (OSError(errno.ENOSPC, "No space left", "here"), "free some space"),
        (PermissionError(errno.EACCES, "Permission denied", "here"), "not writable"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(command, capsys, monkeypatch, error, words):
    monkeypatch.delenv("COURSE_DEBUG", raising=False)
    command(_raising(error))
    assert cli.main(["own"]) == 1
    said = capsys.readouterr().err
    assert words in said and len(said.splitlines()) == 1


def test_from_the_checkout_a_command_means_the_record_of_the_default_workspace(
    command, tmp_path, monkeypatch
):
    seen = []
    command(lambda argv: seen.append(os.environ.get("COURSE_RECORD")))
    monkeypatch.setattr(cli, "checkout", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    place = tmp_path / workspace.DEFAULT
    place.mkdir()
    monkeypatch.setenv("COURSE_RECORD", "")
    monkeypatch.delenv("COURSE_RECORD")
    cli.main(["own"])  # no workspace yet
    (place / workspace.MANIFEST).write_text("{}", encoding="utf-8")
    cli.main(["own"])
    os.environ["COURSE_RECORD"] = "chosen"
    cli.main(["own"])
    assert seen == [None, str(place / workspace.RECORD), "chosen"]


def test_stopping_it_is_no_fault(command, capsys):
    command(_raising(KeyboardInterrupt()))
    assert cli.main(["own"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_fault_of_the_course_keeps_its_traceback(command):
    command(_raising(ValueError("a bug")))
    with pytest.raises(ValueError, match="a bug"):
        cli.main(["own"])
