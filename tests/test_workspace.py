"""The learner's workspace: whatever happens, nothing that a learner wrote is lost."""

import datetime
import json
import os

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from course import machine, record, workspace

DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def course(tmp_path):
    source = tmp_path / "notebooks"
    source.mkdir()
    for name in ("00_start_here", "04_kosovo_1999"):
        (source / f"{name}.ipynb").write_text(f"{name} one", encoding="utf-8")
    return source


@pytest.fixture
def place(tmp_path):
    return tmp_path / "my-course"


def _files(place):
    return {path.name: path.read_text("utf-8") for path in place.glob("*.ipynb")}


def test_the_first_run_lays_a_copy_of_every_notebook(course, place):
    assert workspace.prepare(course, place, DAY) == []
    assert _files(place) == {path.name: path.read_text("utf-8") for path in course.glob("*.ipynb")}


def test_running_it_twice_loses_nothing_and_says_nothing(course, place):
    workspace.prepare(course, place, DAY)
    (place / "04_kosovo_1999.ipynb").write_text("my work", encoding="utf-8")
    (place / "notes.ipynb").write_text("my notes", encoding="utf-8")
    before = _files(place)
    assert workspace.prepare(course, place, DAY) == []
    assert _files(place) == before


def test_an_unchanged_copy_follows_the_course(course, place):
    workspace.prepare(course, place, DAY)
    (course / "04_kosovo_1999.ipynb").write_text("two", encoding="utf-8")
    [sentence] = workspace.prepare(course, place, DAY)
    assert "04_kosovo_1999.ipynb was updated" in sentence
    assert _files(place)["04_kosovo_1999.ipynb"] == "two"


def test_after_an_update_a_changed_copy_stays_and_the_new_one_lies_beside_it(course, place):
    workspace.prepare(course, place, DAY)
    (place / "04_kosovo_1999.ipynb").write_text("my work", encoding="utf-8")
    (course / "04_kosovo_1999.ipynb").write_text("two", encoding="utf-8")
    [sentence] = workspace.prepare(course, place, DAY)
    assert "04_kosovo_1999.ipynb is yours and stays" in sentence
    assert "04_kosovo_1999.new-2026-11-24.ipynb" in sentence
    files = _files(place)
    assert files["04_kosovo_1999.ipynb"] == "my work"
    assert files["04_kosovo_1999.new-2026-11-24.ipynb"] == "two"
    # It is told once, not at every start.
    assert workspace.prepare(course, place, DAY + datetime.timedelta(1)) == []
    assert _files(place) == files


def test_two_updates_on_one_day_have_names_of_their_own(course, place):
    workspace.prepare(course, place, DAY)
    (place / "04_kosovo_1999.ipynb").write_text("my work", encoding="utf-8")
    for text in ("two", "three"):
        (course / "04_kosovo_1999.ipynb").write_text(text, encoding="utf-8")
        workspace.prepare(course, place, DAY)
    files = _files(place)
    assert files["04_kosovo_1999.new-2026-11-24.ipynb"] == "two"
    assert files["04_kosovo_1999.new-2026-11-24-2.ipynb"] == "three"


def test_a_file_that_was_there_before_the_course_is_the_learners(course, place):
    place.mkdir()
    (place / "00_start_here.ipynb").write_text("not from here", encoding="utf-8")
    [sentence] = workspace.prepare(course, place, DAY)
    assert "stays as it is" in sentence
    assert _files(place)["00_start_here.ipynb"] == "not from here"


@pytest.mark.parametrize("content", ["", "[]", '{"laid": {"a": 1}}', "half a manif", "\x00"])
def test_a_damaged_manifest_is_set_aside_and_every_file_kept(course, place, content):
    workspace.prepare(course, place, DAY)
    (place / "04_kosovo_1999.ipynb").write_text("my work", encoding="utf-8")
    (place / workspace.MANIFEST).write_text(content, encoding="utf-8")
    said = workspace.prepare(course, place, DAY)
    assert "was damaged and is kept as course-workspace.damaged-2026-11-24.json" in said[0]
    assert _files(place)["04_kosovo_1999.ipynb"] == "my work"
    aside = place / "course-workspace.damaged-2026-11-24.json"
    assert aside.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("when", range(6))
def test_a_crash_at_any_write_leaves_a_workspace_that_the_next_run_completes(
    course, place, monkeypatch, when
):
    workspace.prepare(course, place, DAY)
    (place / "04_kosovo_1999.ipynb").write_text("my work", encoding="utf-8")
    for name in ("00_start_here", "04_kosovo_1999"):
        (course / f"{name}.ipynb").write_text(f"{name} two", encoding="utf-8")
    real, writes = os.replace, []

    def crash(source, target):
        writes.append(target)
        if len(writes) > when // 2:
            if when % 2:  # after the file is in place, before anything else
                real(source, target)
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(machine.Problem, match="is full: free some space"):
        workspace.prepare(course, place, DAY)
    monkeypatch.setattr(os, "replace", real)
    workspace.prepare(course, place, DAY)
    assert _files(place) == {
        "00_start_here.ipynb": "00_start_here two",
        "04_kosovo_1999.ipynb": "my work",
        "04_kosovo_1999.new-2026-11-24.ipynb": "04_kosovo_1999 two",
    }
    assert [path.name for path in place.glob(".*")] == [workspace.MANIFEST]


def test_a_workspace_is_found_from_the_folders_inside_it(course, place, tmp_path):
    workspace.prepare(course, place, DAY)
    (place / "deep" / "er").mkdir(parents=True)
    assert workspace.find(place / "deep" / "er") == place.resolve()
    assert workspace.find(tmp_path) is None


def test_the_record_looks_for_the_workspace_that_is_laid():
    assert (record.WORKSPACE, record.FILE) == (workspace.MANIFEST, workspace.RECORD)


def test_the_manifest_says_what_was_laid(course, place):
    workspace.prepare(course, place, DAY)
    manifest = json.loads((place / workspace.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["schema"] == 1
    assert set(manifest["laid"]) == {"00_start_here.ipynb", "04_kosovo_1999.ipynb"}


def test_a_workspace_that_cannot_be_one_is_refused_with_the_remedy(course, tmp_path):
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for wrong, words in (
        (course, "choose another with --workspace"),
        (file, "could not be used"),
        (file / "inside", "could not be used"),
    ):
        with pytest.raises(machine.Problem, match=words):
            workspace.prepare(course, wrong, DAY)
    with pytest.raises(machine.Problem, match="There are no notebooks"):
        workspace.prepare(tmp_path / "empty", tmp_path / "my-course", DAY)


class Learner(RuleBasedStateMachine):
    """Any order of work, updates and starts: what the learner last wrote is always there."""

    names = st.sampled_from(["00_start_here.ipynb", "04_kosovo_1999.ipynb"])

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.source = Path(self.folder.name) / "notebooks"
        self.place = Path(self.folder.name) / "my-course"
        self.source.mkdir()
        self.place.mkdir()
        self.edition, self.mine, self.day = 0, {}, DAY
        self.publish("00_start_here.ipynb")

    @rule(name=names)
    def publish(self, name):
        self.edition += 1
        (self.source / name).write_text(f"edition {self.edition}", encoding="utf-8")

    @rule()
    def start(self):
        workspace.prepare(self.source, self.place, self.day)
        for path in self.source.iterdir():  # and the newest edition is always at hand
            text = path.read_text("utf-8")
            assert text in _files(self.place).values()

    @rule(name=names, number=st.integers(0, 3))
    def work(self, name, number):
        self.mine[name] = f"my work {number}"
        (self.place / name).write_text(self.mine[name], encoding="utf-8")

    @rule(name=names)
    def begin_again(self, name):
        self.mine.pop(name, None)
        (self.place / name).unlink(missing_ok=True)

    @rule()
    def lose_the_manifest(self):
        (self.place / workspace.MANIFEST).unlink(missing_ok=True)

    @rule(days=st.integers(0, 2))
    def wait(self, days):
        self.day += datetime.timedelta(days)

    @invariant()
    def nothing_is_lost(self):
        for name, text in self.mine.items():
            assert (self.place / name).read_text("utf-8") == text

    def teardown(self):
        self.folder.cleanup()


TestLearner = Learner.TestCase
TestLearner.settings = settings(max_examples=25, stateful_step_count=15)
