"""``python3 -m course doctor``: versions, paths, free disk, and what is missing."""

import argparse
import importlib.util
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from course import bootstrap, machine
from course import workspace as workspaces
from course.commands.lab import WORKSPACE_BYTES
from course.commands.test import find_chromium

__all__ = ["examine", "main"]

SHOWN = ("jupyterlab", "jupyter-server", "ipywidgets", "anywidget", "pandas", "altair")


def _packages(root):
    """Name → version in the course's own environment, else in the running one."""
    venv = bootstrap.own_environment(root)
    folders = [str(path) for path in venv.glob("lib/python3*/site-packages")]
    folders += [str(path) for path in venv.glob("Lib/site-packages")]
    found = metadata.distributions(path=folders) if folders else metadata.distributions()
    return {one.metadata["Name"].lower().replace("_", "-"): one.version for one in found}


def _environment(root):
    """The state of the environment and what to do about it."""
    venv = bootstrap.own_environment(root)
    if bootstrap.is_stamped(root, "test"):
        return f"{venv} (for learning and testing)"
    if bootstrap.is_stamped(root, "lab"):
        return f"{venv} (for learning)"
    if sys.version_info >= (3, 11) and not bootstrap.missing_here(root, "lab"):
        return f"{sys.prefix} (the active one has everything)"
    if venv.exists():
        return f"{venv} (from an earlier list of packages: 'lab' updates it)"
    return "not made yet ('lab' makes it)"


def examine(root):
    """What there is and what is missing.

    Returns
    -------
    tuple
        Lines as ``(label, value)`` pairs, and a list of problems, one sentence each.
    """
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    version = next(line for line in project.splitlines() if line.startswith("version"))
    packages = _packages(root)
    workspace = workspaces.find(Path.cwd()) or root / workspaces.DEFAULT
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    free = machine.free_bytes(root)
    chromium = find_chromium()
    lines = [
        ("course", "{} in {}".format(version.split('"')[1], root)),
        ("system", platform.platform()),
        ("Python", f"{platform.python_version()} at {sys.executable}"),
        ("environment", _environment(root)),
        *((name, packages.get(name, "not installed")) for name in SHOWN),
        ("notebooks", "{} in {}".format(len(notebooks), root / "notebooks")),
        ("data", os.environ.get("COURSE_DATA") or str(root / "data")),
        ("workspace", "{}{}".format(workspace, "" if workspace.exists() else " (not made yet)")),
        ("record", os.environ.get("COURSE_RECORD") or str(workspace / workspaces.RECORD)),
        ("article", os.environ.get("COURSE_ARTICLE") or "no copy attached (COURSE_ARTICLE)"),
        ("free disk", f"{free / 1e9:.1f} GB"),
        ("Chromium", chromium or "not found (only the browser tests need it)"),
    ]
    problems = []
    if sys.version_info < (3, 11):  # noqa: UP036 - this command also runs on an old Python
        problems.append("Python is too old: install Python 3.11 or newer.")
    if importlib.util.find_spec("ensurepip") is None:
        problems.append(
            "'ensurepip' is missing: on Debian or Ubuntu run 'sudo apt install python3-venv'."
        )
    ready = bootstrap.is_stamped(root, "lab")
    if free < (WORKSPACE_BYTES if ready else bootstrap.NEEDED_BYTES["lab"]):
        problems.append("The disk is nearly full: free some space.")
    try:
        machine.require_writable(root)
    except machine.Problem as problem:
        problems.append(str(problem))
    if not notebooks:
        problems.append("There are no notebooks: get the whole course again with git.")
    return lines, problems


def main(argv):
    """Print what there is; 1 if something must be mended before the course can be opened."""
    argparse.ArgumentParser(
        prog="python3 -m course doctor",
        description="Show versions, paths, free disk and what is missing.",
    ).parse_args(argv)
    lines, problems = examine(machine.checkout())
    width = max(len(label) for label, _ in lines) + 2
    for label, value in lines:
        print("{:<{}}{}".format(label, width, value))
    print()
    print("\n".join(problems) if problems else "Nothing is missing.")
    return 1 if problems else 0
