"""The course without installation: `python3 -m course lite [-o DIR] [--full FROM]`.

The site is JupyterLite with Python for the browser (Pyodide) and everything in it: the notebooks, the
course with its data, and the packages that it needs, packed from the environment that the lock
describes. It asks no other machine for anything. Without `--full` it has what is written in Python
alone: bodies decide, the argument stands or falls, exercises answer; tables and charts say that they
need more. With `--full` the packages in machine code (pandas, NumPy, lxml) are added from Pyodide's
distribution.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from packaging.utils import canonicalize_name

from course import data
from course.publish.lite import absent, wheels

__all__ = ["FULL", "LiteError", "build", "main", "pyodide"]

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
OUTPUT = ROOT / "build" / "lite"
MARK = ".course-lite"
FIRST = "00_start_here.ipynb"
COURSE = "equal-security-course"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# What the kernel itself loads, and what the course imports; all of it Python alone.
STARTED = (
    "micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "course-absent",
)  # fmt: skip
PACKED = ("ipython", "jedi", "comm", "ipywidgets", "anywidget", "segno", "citeproc-py")
FULL = ("pandas", "numpy", "lxml", "rpds-py", "markupsafe")  # from Pyodide's distribution
PACKED_FULL = ("altair", "narwhals", "jinja2", "jsonschema", "attrs", "referencing")
# Modules that the course imports where it needs them, and the package that has each.
NEEDED = {
    "pandas": "pandas", "numpy": "numpy", "altair": "altair", "vl_convert": "vl-convert-python",
    "lxml": "lxml",
}  # fmt: skip
NETWORK_SECONDS = 120


class LiteError(ValueError):
    """Why the site could not be made, and what to do."""


# --- Python for the browser -----------------------------------------------------------------------


def pyodide() -> Path:
    """The folder of the locked `pyodide` package, installed once into the user's cache.

    Raises
    ------
    LiteError
        If npm is missing or does not succeed.
    """
    lock = (HERE / "package-lock.json").read_bytes()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    place = (
        Path(cache) / "equal-security-course" / f"pyodide-{hashlib.sha256(lock).hexdigest()[:16]}"
    )
    if not place.exists():
        _install(place)
    return place / "node_modules" / "pyodide"


def _install(place: Path) -> None:
    """Install beside the place and move there when done, so that two runs do not disturb."""
    if not shutil.which("npm"):
        raise LiteError(
            "npm is not installed: install Node.js, which brings it, and run this again."
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        work = Path(folder) / "npm"
        work.mkdir()
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, work / name)
        command = ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--loglevel=error"]
        try:
            ran = subprocess.run(
                command, cwd=work, capture_output=True, text=True, timeout=NETWORK_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise LiteError("npm did not finish in two minutes: try again.") from None
        if ran.returncode:
            last = (ran.stderr.strip().splitlines() or ["no message"])[-1]
            raise LiteError(
                f"npm could not install the package pyodide ({last}): try again online."
            )
        if not place.exists():
            try:
                work.rename(place)
            except OSError:  # another run was faster
                pass


def _from_distribution(names: Iterable[str], theirs: Mapping[str, dict]) -> dict[str, dict]:
    """Entries of Pyodide's lock for these packages and all that they need."""
    left, found = list(names), {}
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found[name] = theirs[name]
            left += theirs[name]["depends"]
    return found


def _fetch(entry: Mapping, source: str, target: Path) -> None:
    """Bring one file of the distribution, and see that it is the one that the lock names."""
    name = entry["file_name"]
    if "://" in source:
        with urllib.request.urlopen(
            f"{source.rstrip('/')}/{name}", timeout=NETWORK_SECONDS
        ) as answer:
            content = answer.read()
    else:
        path = Path(source).expanduser() / name
        if not path.is_file():
            raise LiteError(
                f"{path} is not there: --full takes the folder of Pyodide's full distribution, "
                "unpacked, or its address."
            )
        content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise LiteError(f"{name} is not the file that Pyodide's lock names: fetch it again.")
    (target / name).write_bytes(content)


# --- the packages ---------------------------------------------------------------------------------


def _course_wheel(folder: Path) -> wheels.Wheel:
    """The course with its data as a wheel, built by the backend that `pyproject.toml` names."""
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    found = list(folder.glob(f"{COURSE.replace('-', '_')}-*.whl"))
    if made.returncode or not found:
        raise LiteError(f"The course could not be packed: {(made.stderr or made.stdout).strip()}")
    return wheels.read(found[0])


def _extension(name: str) -> Path:
    folder = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name
    if not folder.is_dir():
        raise LiteError(
            f"The JupyterLab extension {name} is not installed: run 'python3 -m course test' once."
        )
    return folder


def _lay_packages(target: Path, full: str | None) -> dict:
    """Lay all packages into the folder of Pyodide, and return the lock that names them."""
    theirs = json.loads((pyodide() / "pyodide-lock.json").read_text(encoding="utf-8"))
    outside = _from_distribution(FULL, theirs["packages"]) if full else {}
    for entry in outside.values():
        _fetch(entry, full, target)
    kernel = [
        wheels.read(Path(shutil.copy(path, target)))
        for pattern in ("ipykernel-*.whl", "pyodide_kernel-*.whl", "widgetsnbextension-4.*.whl")
        for path in (_extension(KERNEL) / "static" / "pypi").glob(pattern)
    ]
    elsewhere = {*outside, *(canonicalize_name(one.name) for one in kernel), *FULL}
    names = wheels.closure((*PACKED, *(PACKED_FULL if full else ())), elsewhere)
    made = [*kernel, *(wheels.pack(name, target) for name in names), *absent.installer(target)]
    made.append(_course_wheel(target))
    have = {canonicalize_name(one.name) for one in made} | set(outside)
    missing = [module for module, package in NEEDED.items() if package not in have]
    made.append(absent.stand_ins(missing, target))
    have.add("course-absent")
    packages = {canonicalize_name(one.name): wheels.entry(one, have) for one in made}
    packages["ipython"]["depends"].append("typing-extensions")  # it asks by version of Python
    return {"info": theirs["info"], "packages": {**outside, **packages}}


# --- the site -------------------------------------------------------------------------------------


def _settings() -> dict:
    """`jupyter-lite.json`: where Python is, what is loaded at the start, where the record lies."""
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Equal Security for All, read closely",
            "disabledExtensions": ["@jupyterlab/apputils-extension:announcements"],
            "litePluginSettings": {
                f"{KERNEL}:kernel": {
                    "disablePyPIFallback": True,
                    "pipliteUrls": [],
                    "loadPyodideOptions": {
                        "packages": list(STARTED),
                        "env": {"COURSE_RECORD": ":memory:"},
                    },
                }
            },
        },
    }


def build(target: Path, full: str | None = None) -> dict:
    """Make the site in a folder.

    Parameters
    ----------
    target : Path
        Where it is laid. What an earlier build left there is replaced; a folder of anything else
        is left alone.
    full : str, optional
        Pyodide's full distribution, unpacked, or its address.

    Returns
    -------
    dict
        The lock of the packages in the site, as Pyodide reads it.

    Raises
    ------
    LiteError
        If something is missing, with the remedy.
    """
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise LiteError(f"{target} holds something else: choose another folder with -o.")
    with tempfile.TemporaryDirectory() as folder:
        work, made = Path(folder) / "lite", Path(folder) / "site"
        files, runtime = work / "files", work / "static" / "pyodide"
        files.mkdir(parents=True)
        runtime.mkdir(parents=True)
        for entry in data.document("notebooks")["notebook"]:
            path = ROOT / "notebooks" / f"{entry['file']}.ipynb"
            if path.is_file():
                shutil.copy(path, files / path.name)
        for name in RUNTIME:
            shutil.copy(pyodide() / name, runtime / name)
        lock = _lay_packages(runtime, full)
        (runtime / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
        (work / "jupyter-lite.json").write_text(json.dumps(_settings()), encoding="utf-8")
        _run_lite(work, made)
        (made / MARK).touch()
        if target.exists():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    return lock


def _run_lite(work: Path, made: Path) -> None:
    """Let JupyterLite make the site from the prepared folder, with the three extensions alone."""
    settings = {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "contents": ["files"],
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "output_dir": str(made),
        }
    }
    (work / "jupyter_lite_config.json").write_text(json.dumps(settings), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"],
        cwd=work, capture_output=True, text=True,
    )  # fmt: skip
    if ran.returncode:
        raise LiteError(f"JupyterLite did not make the site:\n{(ran.stdout + ran.stderr)[-1500:]}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python3 -m course lite",
        description="Make the site in which the course runs in the browser, with no installation.",
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=OUTPUT, help="default: build/lite"
    )
    parser.add_argument(
        "--full",
        metavar="FROM",
        help="add pandas, NumPy and lxml from Pyodide's distribution: a folder, or an address",
    )
    options = parser.parse_args(argv)
    start = time.monotonic()
    target = options.output.expanduser().absolute()
    try:
        lock = build(target, options.full)
    except (LiteError, wheels.WheelError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(
        f"{len(lock['packages'])} packages, {size / 1e6:.0f} MB, {time.monotonic() - start:.0f} s: "
        f"serve {target} and open /lab/index.html?path={FIRST}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
