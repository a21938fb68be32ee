"""A small copy of the course's shell, to break in every way that a stranger's machine may."""

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHELL = (
    "__init__.py",
    "__main__.py",
    "bootstrap.py",
    "cli.py",
    "machine.py",
    "workspace.py",
    "commands",
)
FILES = ("pyproject.toml", "requirements.lock", "requirements-test.lock", "README.md")
NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


class House:
    """The commands alone, in a folder of their own, run by a Python without any package."""

    def __init__(self, folder):
        self.root = folder
        (folder / "course").mkdir(parents=True)
        for name in SHELL:
            source = ROOT / "course" / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / "course" / name)
        for name in FILES:
            shutil.copy(ROOT / name, folder / name)
        (folder / "notebooks").mkdir()
        (folder / "notebooks" / "00_start_here.ipynb").write_text(NOTEBOOK, encoding="utf-8")

    def run(self, *argv, sabotage="", env=None):
        """``python3 -m course …`` as on a bare machine, after the lines of ``sabotage``."""
        code = textwrap.dedent(sabotage) + textwrap.dedent(
            f"""
            import runpy, sys
            sys.path.insert(0, {str(self.root)!r})
            sys.argv = ["course", *{list(argv)!r}]
            runpy.run_module("course", run_name="__main__")
            """
        )
        base = getattr(sys, "_base_executable", sys.executable)
        return subprocess.run(
            [base, "-S", "-E", "-s", "-c", code],
            cwd=self.root,
            env=env,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )


def assert_speaks(done, *words):
    """A failure is one sentence that holds ``words``, with an exit code and no traceback."""
    assert done.returncode not in (0, None), done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.endswith(".") and last[0].isupper(), done.stderr
    for word in words:
        assert word in last, f"{word!r} is missing in {last!r}"
