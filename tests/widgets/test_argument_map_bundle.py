"""The committed script of the argument map is what its sources give, and asks nothing of a network."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "course" / "widgets" / "argument_map"
SOURCES = PACKAGE / "src"
BUNDLE = PACKAGE / "argument_map.js"


def _tools():
    """Folder with the locked bundler and layout, installed once into the user's cache; or why not."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None, "node and npm are not installed"
    lock = (SOURCES / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "equal-security-course" / f"map-{hashlib.sha256(lock).hexdigest()[:16]}"
    if not (place / "node_modules").is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix="map-", dir=place.parent))
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(SOURCES / name, work / name)
        command = ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--loglevel=error"]
        try:
            ran = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=120)
            why = ran.stderr.strip()[-300:] if ran.returncode else ""
        except subprocess.TimeoutExpired:
            why = "npm did not finish in two minutes"
        if not why and not place.exists():
            try:
                work.rename(place)
            except OSError:
                pass  # another run was faster
        shutil.rmtree(work, ignore_errors=True)
        if why:
            return None, f"npm ci failed: {why}"
    return place, ""


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    place, why = _tools()
    if place is None:
        if os.environ.get("CI"):
            pytest.fail(f"The bundler is needed under CI: {why}")
        pytest.skip(f"The bundler is not at hand: {why}")
    work = tmp_path_factory.mktemp("bundle")
    for path in SOURCES.iterdir():
        if path.is_file():
            shutil.copy(path, work / path.name)
    (work / "node_modules").symlink_to(place / "node_modules")
    out = work / "out" / "argument_map.js"
    subprocess.run(["node", "build.mjs", str(out)], cwd=work, check=True, timeout=60)
    return out.read_bytes()


def test_the_committed_script_is_what_the_sources_give(rebuilt):
    assert rebuilt == BUNDLE.read_bytes(), "run `npm ci && npm run build` in the folder src"


def test_the_script_keeps_the_notices_of_what_it_contains():
    head = BUNDLE.read_text(encoding="utf-8").partition("*/")[0]
    for name in ("@dagrejs/dagre", "@dagrejs/graphlib"):
        version = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))[
            "packages"
        ][f"node_modules/{name}"]["version"]
        assert f"{name} {version} (MIT)" in head
    assert head.count("Permission is hereby granted, free of charge") == 2
    assert head.count("Copyright (c)") == 2


def test_the_script_is_one_file_that_asks_nothing_of_a_network():
    code = BUNDLE.read_text(encoding="utf-8").partition("*/")[2]
    assert not re.search(r"\bimport\b\s*[({'\"*a-z]", code)
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|importScripts)\b", code)
    assert set(re.findall(r"https?://[^\"'` ]+", code)) == {"http://www.w3.org/2000/svg"}


def test_the_lock_names_no_registry():
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
    assert "omit-lockfile-registry-resolved=true" in (SOURCES / ".npmrc").read_text(
        encoding="utf-8"
    )
