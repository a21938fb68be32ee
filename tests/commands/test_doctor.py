"""The doctor: it names what is there, and each thing that must be mended."""

import shutil
from types import SimpleNamespace

import pytest
from house import House

from course.commands import doctor


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "house")


def test_a_new_copy_lacks_nothing_and_says_what_comes_next(house):
    done = house.run("doctor")
    assert done.returncode == 0, done.stdout
    for words in ("not made yet ('lab' makes it)", "GB", str(house.root), "Nothing is missing."):
        assert words in done.stdout


def test_each_thing_to_mend_has_its_sentence(house, monkeypatch):
    assert doctor.examine(house.root)[1] == []
    (house.root / "notebooks" / "00_start_here.ipynb").unlink()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10))
    monkeypatch.setattr(doctor.sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    problems = doctor.examine(house.root)[1]
    for words in ("too old", "ensurepip", "nearly full", "no notebooks"):
        assert sum(words in problem for problem in problems) == 1
    assert len(problems) == 4


def test_a_problem_is_an_exit_code(house):
    shutil.rmtree(house.root / "notebooks")
    assert house.run("doctor").returncode == 1
