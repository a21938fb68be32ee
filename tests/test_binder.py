"""Binder: what repo2docker reads, where the links point, and what a visitor's container would do."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml

from course.publish import address

STRANGER = 52_431  # a user that this machine does not know; Binder runs as one, too
SOURCES = (
    "course",
    "data",
    "notebooks",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "LICENSE-CONTENT",
)
SETTINGS = ("postBuild", "start", "apt.txt", "Dockerfile", "requirements.txt", "setup.py")


# ---------------------------------------------------------------- what repo2docker makes of it


@pytest.fixture(scope="module")
def dockerfile(root, tmp_path_factory):
    """The Dockerfile that repo2docker would build, without Docker."""
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(root)],
        cwd=tmp_path_factory.mktemp("r2d"),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Building conda environment for python=3.11" in done.stdout + done.stderr
    return done.stdout


def test_repo2docker_installs_environment_yml_and_nothing_else(dockerfile):
    assert '--file "environment.yml"' in dockerfile
    steps = dockerfile[dockerfile.index("# Run assemble scripts") :]
    assert steps.count("RUN ") == 1, "one step installs everything"
    assert not re.search(r"postBuild|pip install|apt\.txt", steps)
    assert re.findall(r"^USER (.*)$", dockerfile, re.M)[-1] == "${NB_USER}"


def test_no_other_file_tells_binder_what_to_do(root):
    for folder in (root, root / "binder", root / ".binder"):
        assert not [name for name in SETTINGS if (folder / name).exists()]


def test_a_broken_environment_yml_would_be_noticed(tmp_path):
    (tmp_path / "environment.yml").write_text("dependencies: [python=3.11", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0


# ---------------------------------------------------------------- where the links point


def test_the_readme_has_the_badge_of_the_one_place_that_names_the_address(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert address.with_badge(readme, address.read()) == readme


def test_the_badge_opens_the_first_notebook(root):
    somewhere = address.Addresses(binder_url="https://hub.example/v2/gh/someone/course/main")
    launch = "https://hub.example/v2/gh/someone/course/main?urlpath=lab%2Ftree%2F"
    assert somewhere.launch() == f"{launch}notebooks%2F00_start_here.ipynb"
    assert somewhere.launch() in address.badge(somewhere)
    assert (root / address.FIRST).is_file()
    assert address.Addresses().launch() == address.badge(address.Addresses()) == ""


def test_the_badge_is_put_in_replaced_and_taken_out():
    readme = "# Title\n<!-- binder --><!-- /binder -->\nmore <!-- a comment -->\n"
    one, two = (address.Addresses(binder_url=f"https://hub.example/{n}") for n in "12")
    first = address.with_badge(readme, one)
    assert "hub.example/1" in first and first.startswith("# Title") and first.endswith("-->\n")
    assert "hub.example/1" not in address.with_badge(first, two)
    assert address.with_badge(first, address.Addresses()) == readme
    with pytest.raises(address.AddressError, match="once"):
        address.with_badge("# Title\n", one)


@pytest.mark.parametrize(
    "wrong", ["http://hub.example", "hub.example", "https://x/?a=b", "https://x y"]
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(address.AddressError, match="https://"):
        address.Addresses(binder_url=wrong)


def test_a_misspelt_setting_is_refused(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.course]\nbinder = "https://hub.example"\n', encoding="utf-8")
    with pytest.raises(address.AddressError, match="binder_url"):
        address.read(path)


# ---------------------------------------------------------------- what a visitor's container does


def pythons():
    """The interpreter of these tests, then those of the system."""
    yield getattr(sys, "_base_executable", sys.executable)
    yield from filter(None, (shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14)))
    yield from map(str, Path("/usr/bin").glob("python3.1[1-9]"))


class Container:
    """An environment, a read-only checkout and a home, used by a user who owns only the home."""

    def __init__(self, folder, root):
        self.checkout, self.home = folder / "checkout", folder / "home"
        self.environment, self.user = folder / "environment", {}
        self.home.mkdir()
        self.checkout.mkdir()
        for name in SOURCES:
            copy = shutil.copytree if (root / name).is_dir() else shutil.copy
            options = (
                {"ignore": shutil.ignore_patterns("__pycache__")} if copy is shutil.copytree else {}
            )
            copy(root / name, self.checkout / name, **options)
        if os.geteuid() == 0:
            self.user = {"user": STRANGER, "group": STRANGER, "extra_groups": []}
            for path in (folder, self.home):
                os.chown(path, STRANGER, STRANGER)
        for path in (self.checkout, *self.checkout.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

    def run(self, *command, where=None, **options):
        """Run a command as the visitor, with nothing of this session in the environment."""
        env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        env |= {name: value for name, value in os.environ.items() if "proxy" in name.casefold()}
        env |= {k: v for k, v in os.environ.items() if k.startswith(("UV_", "PIP_", "SSL_"))}
        if self.user:  # the cache of root is not the visitor's
            env["UV_CACHE_DIR"] = str(self.home / ".cache" / "uv")
        done = subprocess.run(
            [str(word) for word in command],
            cwd=where or self.checkout / "notebooks",
            env=env | options.pop("env", {}),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            **self.user,
            **options,
        )
        return done

    def can_start(self, python):
        """Whether the visitor may start this interpreter."""
        try:
            return self.run(python, "-c", "import ensurepip").returncode == 0
        except OSError:
            return False

    def python(self, code, **options):
        """Run Python in the environment and return what it printed."""
        done = self.run(self.environment / "bin" / "python", "-c", code, **options)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()


@pytest.fixture(scope="module")
def container(root):
    """The pip part of environment.yml, installed as repo2docker would have it done."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    folder = Path(tempfile.mkdtemp(prefix="visitor-"))
    folder.chmod(0o755)
    try:
        made = Container(folder, root)
        pins = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
        *packages, course = pins["dependencies"][-1]["pip"]
        listed = made.home / "requirements.txt"
        listed.write_text("\n".join(packages), encoding="utf-8")
        base = next(filter(made.can_start, pythons()), None)
        if base is None:
            pytest.skip("another user of this machine can start no Python from 3.11 on")
        visitor_uv = shutil.copy(uv, made.home / "uv")
        done = made.run(visitor_uv, "venv", "--python", base, made.environment)
        assert done.returncode == 0, done.stderr
        install = [visitor_uv, "pip", "install", "--python", made.environment / "bin" / "python"]
        done = made.run(*install, "-r", listed, timeout=600)
        if done.returncode and re.search(r"connect|resolve|network|timed out|offline", done.stderr):
            pytest.skip("the packages cannot be fetched here, since there is no network")
        assert done.returncode == 0, done.stderr[-3000:]
        assert course == "-e ."
        done = made.run(
            *install, "--no-deps", "--no-build-isolation", "-e", ".", where=made.checkout
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield made
    finally:
        subprocess.run(["chmod", "-R", "u+w", made.checkout], check=False)
        # forty thousand small files: nobody needs to wait for their end
        subprocess.Popen(["rm", "-rf", folder], start_new_session=True)


def test_a_visitor_keeps_the_record_at_home_and_takes_it_along(container):
    saved = container.python(
        "import os\n"
        "assert os.geteuid() and not os.access('.', os.W_OK)\n"
        "from course import record\n"
        "record.save('kosovo.votes', {'low': 3, 'high': 5})\n"
        "print(record.location())"
    )
    assert Path(saved).is_relative_to(container.home)
    exported = container.home / "record.json"
    container.python(
        "from course import record\n"
        "[attempt] = record.attempts()\n"
        "assert attempt.exercise == 'kosovo.votes'\n"
        f"record.export({str(exported)!r})"
    )
    assert "kosovo.votes" in exported.read_text(encoding="utf-8")
    back = container.python(
        "from course import record\n"
        f"record.load({str(exported)!r})\n"
        "print(record.attempts()[0].answer)",
        env={"COURSE_RECORD": str(container.home / "another.sqlite")},
    )
    assert back == "{'low': 3, 'high': 5}"


def test_a_visitor_runs_the_first_notebook_in_the_read_only_checkout(container):
    assert (container.environment / "bin" / "jupyter-lab").is_file()
    counts = container.python(
        "import json, nbformat\n"
        "from nbclient import NotebookClient\n"
        "book = nbformat.read('00_start_here.ipynb', 4)\n"
        "NotebookClient(book, timeout=120, kernel_name='python3').execute()\n"
        "cells = [c for c in book.cells if c.cell_type == 'code']\n"
        "errors = [o for c in cells for o in c.outputs if o.output_type == 'error']\n"
        "print(json.dumps([len(cells), len(errors)]))"
    )
    cells, errors = json.loads(counts.splitlines()[-1])
    assert cells > 5 and errors == 0
