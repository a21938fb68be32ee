"""The package as a wheel: it carries its data and files, and works far from any checkout."""

import os
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def unpacked(root, tmp_path_factory):
    """The wheel, built with the backend of the lock and without a network, and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=root,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def _kept(folder):
    """The files below a folder, without what tools leave there and git ignores."""
    ignored = {"__pycache__", "node_modules"}
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not ignored & set(path.parts)
    }


@pytest.mark.parametrize(("source", "place"), [("course", "course"), ("data", "course/_data")])
def test_it_holds_every_file(root, unpacked, source, place):
    packed = _kept(unpacked / place)
    if source == "course":
        packed = {name for name in packed if not name.startswith("_data/")}
    assert packed == _kept(root / source)


def test_it_holds_nothing_else(unpacked):
    [information] = unpacked.glob("*.dist-info")
    assert {path.name for path in unpacked.iterdir()} == {"course", information.name}
    assert {path.name for path in (information / "licenses").iterdir()} == {
        "LICENSE",
        "LICENSE-CONTENT",
    }


def test_it_reads_its_own_data(unpacked, tmp_path):
    code = "import course; print(course.data.root()); print(len(course.data.rows('states')))"
    env = {name: value for name, value in os.environ.items() if name != "COURSE_DATA"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**env, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    place, number = done.stdout.split()
    assert place == str(unpacked / "course" / "_data")
    assert int(number) > 50
