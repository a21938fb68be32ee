"""The environment: made once, recognised afterwards, and plain words when it cannot be made."""

import ast
import json
import os
import subprocess
import sys

import pytest
from house import ROOT, SHELL, House, assert_speaks
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from course import bootstrap, machine


@pytest.fixture
def house(tmp_path):
    return House(tmp_path / "house")


# ---------------------------------------------------------------- a bare machine


@pytest.mark.parametrize(
    "path",
    [
        path.relative_to(ROOT).as_posix()
        for name in SHELL
        for path in sorted((ROOT / "course" / name).rglob("*.py") or [])
    ]
    + [f"course/{name}" for name in SHELL if name.endswith(".py")],
)
def test_what_runs_before_the_environment_parses_on_python_3_8(path):
    ast.parse((ROOT / path).read_text(encoding="utf-8"), path, feature_version=(3, 8))


@pytest.mark.parametrize("command", ["doctor", "--help", "lab --help", "test --help"])
def test_the_commands_need_only_the_standard_library(house, command):
    done = house.run(*command.split())
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_importing_the_package_needs_only_the_standard_library():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); before = set(sys.modules); import course;"
        "print(*[m for m in set(sys.modules) - before if m.split('.')[0] not in"
        " sys.stdlib_module_names and m != 'course'])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_an_old_python_gets_a_sentence(house):
    done = house.run("lab", sabotage="import sys; sys.version_info = (3, 8, 18)")
    assert_speaks(done, "needs Python 3.11", "this is Python 3.8", "install a newer Python")


# ---------------------------------------------------------------- failures speak


def test_without_ensurepip_the_remedy_is_named(house):
    hide = """
        import importlib.util
        real = importlib.util.find_spec
        importlib.util.find_spec = lambda name, *a: None if name == "ensurepip" else real(name, *a)
    """
    assert_speaks(house.run("lab", sabotage=hide), "ensurepip", "sudo apt install python3")


def test_a_full_disk_is_noticed_before_anything_is_made(house):
    full = """
        import shutil
        shutil.disk_usage = lambda path: shutil._ntuple_diskusage(10**10, 10**10, 5 * 10**6)
    """
    assert_speaks(house.run("lab", sabotage=full), "0.0 GB free", "free some space")
    assert not (house.root / ".venv").exists()


def test_a_folder_that_is_not_writable_is_named(house):
    deny = """
        import errno, tempfile
        def refuse(*args, **kwargs):
            raise PermissionError(errno.EACCES, "Permission denied")
        tempfile.TemporaryFile = refuse
    """
    assert_speaks(house.run("lab", sabotage=deny), "not writable", str(house.root))


def test_a_folder_named_venv_that_is_none_is_never_emptied(house):
    (house.root / ".venv").mkdir()
    kept = house.root / ".venv" / "letters.txt"
    kept.write_text("mine", encoding="utf-8")
    assert_speaks(house.run("lab"), "not a Python environment", "rename it")
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_file_named_venv_is_left_alone_too(house):
    (house.root / ".venv").write_text("mine", encoding="utf-8")
    assert_speaks(house.run("lab"), "not a Python environment", "rename it")
    assert (house.root / ".venv").read_text(encoding="utf-8") == "mine"


def test_without_a_network_the_first_run_and_a_changed_lock_say_what_to_do(house):
    nowhere = {
        **os.environ,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_NO_CACHE_DIR": "1",
    }
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        nowhere.pop(name, None)
    assert_speaks(house.run("lab", env=nowhere), "first run", "connect to the internet")
    # As if it had been set up once, from another list of packages:
    (house.root / ".venv" / bootstrap.STAMP).write_text('{"lab": "earlier"}', encoding="utf-8")
    done = house.run("lab", env=nowhere)
    assert_speaks(done, "list of packages has changed", "connect to the internet", "with git")
    assert "Updating" in done.stderr


def test_where_uv_fails_pip_is_tried_and_both_are_heard(tmp_path, monkeypatch):
    ran = []

    def run(steps, command):
        ran.append(str(command[0]))
        return 1, "error: uv is unwell" if "uv" in ran[-1] else "No module named pip"

    monkeypatch.setattr(bootstrap._Steps, "run", run)
    uv = bootstrap._uv(tmp_path)
    uv.parent.mkdir(parents=True)
    uv.write_text("", encoding="utf-8")
    steps = bootstrap._Steps(tmp_path / "setup.log")
    with pytest.raises(machine.Problem, match="uv is unwell"):
        bootstrap._install(tmp_path, tmp_path, "lab", steps, ["-r", "a.lock"])
    assert ran == [str(uv), str(bootstrap.venv_python(tmp_path))]


@pytest.mark.parametrize("said", ["No space left on device", "Hash mismatch for `uv`"])
def test_what_pip_could_not_mend_is_not_tried_again(tmp_path, monkeypatch, said):
    ran = []
    monkeypatch.setattr(
        bootstrap._Steps, "run", lambda steps, command: (ran.append(command), (1, said))[1]
    )
    uv = bootstrap._uv(tmp_path)
    uv.parent.mkdir(parents=True)
    uv.write_text("", encoding="utf-8")
    steps = bootstrap._Steps(tmp_path / "setup.log")
    with pytest.raises(machine.Problem):
        bootstrap._install(tmp_path, tmp_path, "lab", steps, ["-r", "a.lock"])
    assert len(ran) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("error: No space left on device (os error 28)", "full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "hash differs"),
        ("error: Permission denied (os error 13)", "not writable"),
        ("Temporary failure in name resolution", "connect to the internet"),
        ("  OSError: Readme is missing\nhint: see above", "OSError: Readme is missing"),
        ("", "no message"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(tmp_path, said, words):
    sentence = bootstrap._explain(said, tmp_path, "lab", tmp_path / "setup.log")
    assert words in sentence
    assert sentence.endswith(".") and "\n" not in sentence


def test_an_environment_does_not_empty_itself(house, monkeypatch):
    monkeypatch.setattr(bootstrap, "checkout", lambda: house.root)
    monkeypatch.setattr(bootstrap, "in_own_environment", lambda root: True)
    with pytest.raises(machine.Problem, match="deactivate"):
        bootstrap.enter("test", ["test"], fresh=True)


# ---------------------------------------------------------------- made once


@pytest.fixture
def stamped(house):
    """A house whose environment stands, made from its lock."""
    python = bootstrap.venv_python(house.root / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    stamp = {
        "test": bootstrap._key(house.root, "test"),
        "course": bootstrap._course_key(house.root),
    }
    (house.root / ".venv" / bootstrap.STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    return house.root


def test_a_stamped_environment_is_used_without_running_anything(stamped, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a second start must not install")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    for level in ("lab", "test"):  # the packages for testing contain those for learning
        assert bootstrap.make(stamped, level) == bootstrap.venv_python(stamped / ".venv")


@pytest.mark.parametrize("name", ["requirements-test.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_makes_the_stamp_stale(stamped, name):
    assert bootstrap.is_stamped(stamped, "test")
    with open(stamped / name, "a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert not bootstrap.is_stamped(stamped, "test")


def test_a_moved_course_is_set_up_again(stamped, tmp_path):
    moved = tmp_path / "elsewhere"
    stamped.rename(moved)
    assert not bootstrap.is_stamped(moved, "lab")


def test_a_changed_project_or_place_installs_the_course_alone(stamped, monkeypatch):
    """Only a changed lock needs the network."""
    with open(stamped / "pyproject.toml", "a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    ran = []
    monkeypatch.setattr(bootstrap, "_works", lambda venv: True)
    monkeypatch.setattr(
        bootstrap._Steps, "run", lambda steps, command: (ran.append(command), (0, ""))[1]
    )
    bootstrap.make(stamped, "lab")
    [command] = ran
    assert "--no-build-isolation" in command and command[-1] == stamped
    assert bootstrap.is_stamped(stamped, "lab")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"lab": 3}'])
def test_a_damaged_stamp_counts_as_none(stamped, content):
    (stamped / ".venv" / bootstrap.STAMP).write_text(content, encoding="utf-8")
    assert not bootstrap.is_stamped(stamped, "lab")


# ---------------------------------------------------------------- the active environment


def test_an_active_environment_with_everything_is_used_as_it_is(house, monkeypatch):
    monkeypatch.setattr(bootstrap, "checkout", lambda: house.root)
    monkeypatch.setattr(bootstrap, "in_own_environment", lambda root: False)
    monkeypatch.setattr(bootstrap, "make", lambda *a: pytest.fail("nothing needs to be made"))
    assert bootstrap.missing_here(house.root, "lab") == []  # the tests run where everything is
    assert bootstrap.enter("lab", ["lab"]) is None


def test_an_active_environment_that_lacks_something_is_left_for_our_own(house, monkeypatch):
    started = []
    monkeypatch.setattr(bootstrap, "checkout", lambda: house.root)
    monkeypatch.setattr(bootstrap, "in_own_environment", lambda root: False)
    monkeypatch.setattr(bootstrap, "missing_here", lambda *a: ["pandas>=3.0.2 (not installed)"])
    monkeypatch.setattr(bootstrap, "make", lambda *a: house.root / "python")
    monkeypatch.setattr(os, "execve", lambda *a: started.append(a))
    bootstrap.enter("lab", ["lab", "--no-browser"])
    [(path, command, env)] = started
    assert command == [str(path), "-m", "course", "lab", "--no-browser"]
    # If that interpreter turns out not to be ours, there is a sentence and no endless chain.
    monkeypatch.setenv(bootstrap.RESTARTED, env[bootstrap.RESTARTED])
    with pytest.raises(machine.Problem, match="delete that folder"):
        bootstrap.enter("lab", ["lab"])


def test_what_is_missing_is_named_with_its_version(house):
    project = house.root / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    text = text.replace('"pandas>=3.0.2"', '"pandas>=999"')
    text = text.replace('"altair>=6.0"', '"no-such-package>=1"')
    project.write_text(text, encoding="utf-8")
    pandas, other = bootstrap.missing_here(house.root, "lab")
    assert pandas.startswith("pandas>=999 (installed: ")
    assert other == "no-such-package>=1 (not installed)"


_VERSIONS = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)


@given(
    st.lists(st.tuples(st.sampled_from([">=", "<", "=="]), _VERSIONS), max_size=3),
    _VERSIONS,
)
def test_versions_are_compared_as_packaging_does(bounds, version):
    specifier = ",".join(operator + bound for operator, bound in bounds)
    assert bootstrap._allows(specifier, version) == SpecifierSet(specifier).contains(version)


def test_a_pin_is_cut_out_of_the_lock_with_its_hashes():
    excerpt = bootstrap._excerpt(ROOT / "requirements.lock", "uv")
    assert excerpt.startswith("uv==") and "--hash=sha256:" in excerpt
    assert excerpt.count("==") == 1
