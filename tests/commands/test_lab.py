"""Opening the course: the right server, on a free port, with the learner's own folder."""

import os
import socket
import subprocess
import sys

import pytest
from house import House, assert_speaks

from course import machine
from course.commands import lab


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_another_to_try(taken, tmp_path):
    done = House(tmp_path / "house").run("lab", "--port", str(taken))
    assert_speaks(done, f"Port {taken} is taken", "--port 9000")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(machine.Problem, match="not a port number"):
        lab.choose_port(port)


def test_the_first_free_port_is_chosen(taken, monkeypatch):
    monkeypatch.setattr(lab, "PORTS", (taken, taken + 1))
    monkeypatch.setattr(lab, "_is_free", lambda port: port != taken)
    assert lab.choose_port() == taken + 1
    monkeypatch.setattr(lab, "_is_free", lambda port: False)
    with pytest.raises(machine.Problem, match="ports 8888 to 8907 are taken"):
        lab.choose_port()


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Open the course in a small house and return what would be run."""
    house = House(tmp_path / "house")
    calls = []
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(lab, "checkout", lambda: house.root)
    monkeypatch.setattr(lab, "enter", lambda *given: None)
    monkeypatch.setattr(lab, "choose_port", lambda port: port or 8888)
    monkeypatch.setattr(os, "execve", lambda path, command, env: calls.append((command, env)))

    def start(*argv):
        lab.main(list(argv))
        return calls[-1]

    start.root = house.root
    return start


def test_the_learner_works_on_copies_with_a_record_beside_them(started, monkeypatch):
    monkeypatch.delenv("COURSE_RECORD", raising=False)
    command, env = started()
    place = started.root / "my-course"
    assert (place / "00_start_here.ipynb").is_file()
    assert f"--ServerApp.root_dir={place}" in command
    assert env["COURSE_RECORD"] == str(place / "record.sqlite")
    assert env["PATH"].split(os.pathsep)[0] == os.path.dirname(sys.executable)
    assert "--no-browser" not in command


def test_what_the_course_laid_is_trusted_and_nothing_else(started):
    import nbformat
    from nbformat.sign import NotebookNotary

    started()
    place = started.root / "my-course"
    laid = nbformat.read(place / "00_start_here.ipynb", as_version=4)
    assert NotebookNotary().check_signature(laid)
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("from elsewhere")])
    nbformat.write(other, place / "other.ipynb")
    started()
    assert not NotebookNotary().check_signature(other)


def test_another_workspace_and_record_can_be_chosen(started, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_RECORD", "mine.sqlite")
    command, env = started("--workspace", str(tmp_path / "far" / "away"), "--no-browser")
    assert (tmp_path / "far" / "away" / "00_start_here.ipynb").is_file()
    assert not (started.root / "my-course").exists()
    assert env["COURSE_RECORD"] == "mine.sqlite"
    assert "--no-browser" in command


def test_the_server_understands_every_option_and_asks_nothing_of_the_outside(tmp_path):
    """Each option is one that this JupyterLab has, so a renamed one cannot be dropped in silence."""
    command = lab.jupyter_command(sys.executable, tmp_path, 8888, browser=False)
    code = (
        "import sys; from jupyterlab.labapp import LabApp;"
        "from jupyter_server.serverapp import ServerApp;"
        "words = [word[2:].split('=')[0] for word in sys.argv[1:] if '.' in word.split('=')[0]];"
        "owners = {'LabApp': LabApp, 'ServerApp': ServerApp};"
        "print(*[w for w in words if w.split('.')[1] not in owners[w.split('.')[0]].class_traits()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command[3:]], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
    words = " ".join(command)
    assert "--ServerApp.ip=127.0.0.1" in words
    assert "token" not in words  # Jupyter's own stays
    assert "--LabApp.news_url=None" in words
    assert "NeverCheckForUpdate" in words
    assert "extension_manager=readonly" in words
