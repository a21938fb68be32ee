"""The test command: it counts what ran, and its exit code never says more than that."""

import sys

import pytest

from course.commands import test as command

OK, BAD = command.Counts(3, 0, 0), command.Counts(2, 1, 0)


def result(name="unit", counts=OK):
    return command.Result(name, counts, 1.25)


@pytest.mark.parametrize(
    ("results", "browser_missing", "ci", "code"),
    [
        ([OK], False, False, 0),
        ([OK], False, True, 0),
        ([OK], True, False, 3),
        ([OK], True, True, 1),
        ([OK, BAD], False, False, 1),
        ([OK, BAD], True, False, 1),
    ],
)
def test_the_exit_code(results, browser_missing, ci, code):
    results = [result(counts=counts) for counts in results]
    assert command.exit_code(results, browser_missing, ci) == code


def test_the_summary_ends_with_the_totals():
    lines = command.summary([result(), result("notebooks", command.Counts(7, 1, 2))]).splitlines()
    assert lines[-1] == "10 passed, 1 failed, 2 skipped"
    assert any(line.split()[:2] == ["notebooks", "1.2"] for line in lines)
    assert any(line.split() == ["all", "2.5"] for line in lines)


def run(tmp_path, *commands):
    part = command.Part("a part", commands)
    return command.run(part, tmp_path, {}, python=sys.executable).counts


def test_a_plain_command_counts_as_one_test(tmp_path):
    good, bad = ("-c", "pass"), ("-c", "raise SystemExit(2)")
    assert run(tmp_path, good, bad, good) == command.Counts(2, 1, 0)


def test_a_test_run_is_counted_from_its_report(tmp_path):
    (tmp_path / "test_three.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.fixture\n"
        "def broken(): raise ValueError\n"
        "def test_error(broken): pass\n"
        "def test_skipped(): pytest.skip('why')\n",
        encoding="utf-8",
    )
    pytest_run = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml={junit}", ".")
    assert run(tmp_path, pytest_run) == command.Counts(1, 2, 1)


def test_a_run_that_finds_no_test_is_a_failure(tmp_path):
    pytest_run = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml={junit}", ".")
    assert run(tmp_path, pytest_run).failed == 1


def test_a_part_does_not_see_what_it_is_to_do_without(tmp_path):
    code = "import os, sys; sys.exit(('A' in os.environ) or ('B' not in os.environ))"
    part = command.Part("a part", (("-c", code),), without=("A",))
    env = {"A": "1", "B": "1"}
    assert command.run(part, tmp_path, env, python=sys.executable).counts.failed == 0
    assert command.run(part._replace(without=()), tmp_path, env).counts.failed == 1


def test_the_notebooks_are_compared_without_the_readers_copy_of_the_article():
    [part] = [part for part in command.PARTS if part.name == "notebooks"]
    assert part.without == ("COURSE_ARTICLE",)


@pytest.fixture
def parts_run(tmp_path, monkeypatch):
    """Run the command with every part passing; return the names of the parts."""
    ran = []

    def start(*argv, chromium=None):
        monkeypatch.setattr(command, "checkout", lambda: tmp_path)
        monkeypatch.setattr(command, "enter", lambda *given, **fresh: ran.append(fresh["fresh"]))
        monkeypatch.setattr(command, "find_chromium", lambda: chromium)
        monkeypatch.setattr(
            command, "run", lambda part, root, env: (ran.append(part.name), result(part.name))[1]
        )
        return command.main(list(argv)), ran

    return start


def test_quick_leaves_only_the_browser_out(parts_run, capsys):
    code, ran = parts_run("--quick", chromium="/usr/bin/chromium")
    assert (code, ran) == (0, [False, "lint", "unit and data", "build", "notebooks"])
    assert "not run" not in capsys.readouterr().out


def test_everything_runs_where_a_browser_is(parts_run):
    code, ran = parts_run("--fresh", chromium="/usr/bin/chromium")
    assert (code, ran) == (0, [True, "lint", "unit and data", "build", "notebooks", "browser"])


@pytest.mark.parametrize(("ci", "expected"), [("", 3), ("true", 1)])
def test_without_a_browser_it_says_so(parts_run, monkeypatch, capsys, ci, expected):
    monkeypatch.setenv("CI", ci)
    code, ran = parts_run()
    assert code == expected
    assert "browser" not in ran
    assert "The browser tests were not run" in capsys.readouterr().out


def test_the_chosen_browser_goes_before_the_installed_one(monkeypatch):
    monkeypatch.setenv("COURSE_CHROMIUM", "/opt/one")
    assert command.find_chromium() == "/opt/one"
    monkeypatch.delenv("COURSE_CHROMIUM")
    monkeypatch.setattr(command.shutil, "which", lambda name: None)
    assert command.find_chromium() is None
