"""One list of packages, written three times: pyproject.toml, the locks, environment.yml."""

import re
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from course import bootstrap
from course.commands import lock as lock_command


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def locked(root):
    return {level: bootstrap.pins(root / name) for level, name in bootstrap.LOCKS.items()}


@pytest.fixture(scope="module")
def conda(root):
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


def test_environment_yml_is_what_the_lock_command_writes(root):
    written = (root / "environment.yml").read_text(encoding="utf-8")
    assert written == lock_command.environment_yml(root / "requirements.lock")


def test_environment_yml_pins_what_the_lock_pins_and_then_the_course(conda, locked):
    python, pip, packages = conda["dependencies"]
    assert pip == "pip"
    *pins, course = packages["pip"]
    assert course == "-e ."
    read = [Requirement(pin) for pin in pins]
    assert [
        (one.name, str(one.specifier).removeprefix("=="), one.marker and str(one.marker))
        for one in read
    ] == [
        (name, version, str(Marker(marker)) if marker else None)
        for name, version, marker in locked["lab"]
    ]


def test_the_python_of_environment_yml_is_one_that_the_course_allows(conda, project):
    version = conda["dependencies"][0].removeprefix("python=")
    assert Requirement(f"python{project['requires-python']}").specifier.contains(version)


@pytest.mark.parametrize("level", ["lab", "test"])
def test_every_dependency_is_locked_at_a_version_it_allows(project, locked, level):
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + [
        one for extra in bootstrap.EXTRAS[level] for one in extras[extra]
    ]
    have = {}
    for name, version, _ in locked[level]:
        have.setdefault(canonicalize_name(name), []).append(version)
    for requirement in map(Requirement, wanted):
        versions = have[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_floors_stay_what_the_site_in_the_browser_can_install(project):
    floors = {}
    for requirement in map(Requirement, project["dependencies"]):
        [floors[requirement.name]] = [
            Version(one.version) for one in requirement.specifier if one.operator == ">="
        ]
    assert floors["jupyterlab"] >= Version("4.6.2")
    assert floors["jupyter-server"] >= Version("2.20")
    assert floors["ipywidgets"] >= Version("8.1")
    assert floors["pandas"] == Version("3.0.2")


def test_the_packages_for_testing_contain_those_for_learning(locked):
    # a marker may be wider there: what a package is wanted for decides it
    chosen = {level: {(name, version) for name, version, _ in locked[level]} for level in locked}
    assert chosen["lab"] <= chosen["test"]


@pytest.mark.parametrize("name", sorted(bootstrap.LOCKS.values()))
def test_every_pin_has_hashes_and_names_no_host(root, name):
    text = (root / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(bootstrap.pins(root / name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_what_is_installed_is_what_is_locked(locked):
    for name, version, marker in locked["test"]:
        if not marker or Marker(marker).evaluate():
            assert metadata.version(name) == version, name


def test_the_course_itself_is_installed_at_the_version_it_states(project):
    import course

    assert course.__version__ == project["version"]


def test_a_changed_lock_changes_environment_yml(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "one==1.2 \\\n    --hash=sha256:aa\n    # via two\n"
        "two==3 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n",
        encoding="utf-8",
    )
    written = yaml.safe_load(lock_command.environment_yml(lock))
    assert written["dependencies"][-1]["pip"] == [
        "one==1.2",
        "two==3 ; sys_platform == 'win32'",
        "-e .",
    ]
