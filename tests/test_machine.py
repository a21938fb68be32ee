"""Disk and files: checked before use, replaced whole, and plain words when they fail."""

import errno
import os

import pytest

from course import machine


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "note.txt"
    machine.replace_file(path, b"old")

    def crash(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="No space"):
        machine.replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_new_file_has_the_usual_rights_and_an_old_one_keeps_its_own(tmp_path):
    usual, made = tmp_path / "usual", tmp_path / "made"
    usual.write_bytes(b"")
    machine.replace_file(made, b"one")
    assert made.stat().st_mode == usual.stat().st_mode
    made.chmod(0o640)
    machine.replace_file(made, b"two")
    assert made.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "is full: free some space"),
        (errno.EACCES, "is not writable: give yourself the right"),
        (errno.EROFS, "move the course to a folder of your own"),
        (errno.ENOTDIR, "check that it is a folder"),
    ],
)
def test_an_error_of_the_system_has_a_remedy(tmp_path, code, words):
    sentence = machine.explain_os_error(OSError(code, os.strerror(code)), tmp_path)
    assert words in sentence and str(tmp_path) in sentence
    assert sentence.endswith(".") and "\n" not in sentence


def test_space_is_asked_for_in_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "free_bytes", lambda folder: 400_000_000)
    machine.require_space(tmp_path, 400_000_000)
    with pytest.raises(machine.Problem, match=r"has 0\.4 GB free and the course needs 1\.2 GB"):
        machine.require_space(tmp_path, 1_200_000_000)


def test_a_folder_that_takes_files_is_left_as_it_was(tmp_path):
    machine.require_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(machine.Problem, match="could not be used"):
        machine.require_writable(tmp_path / "nowhere")
