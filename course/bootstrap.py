"""Find or make the Python environment of the course, with the standard library alone.

The environment is ``.venv`` beside the README, filled from the hashed lock and stamped with it, so
that a later start has nothing to do and needs no network. Where the interpreter at hand already has
everything (Binder, conda), that one is used and nothing is made.
"""

import errno
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from course.machine import (
    Problem,
    checkout,
    explain_os_error,
    replace_file,
    require_space,
    require_writable,
)

__all__ = [
    "DISTRIBUTION",
    "LOCKS",
    "NEEDED_BYTES",
    "enter",
    "in_own_environment",
    "is_stamped",
    "make",
    "missing_here",
    "own_environment",
    "pins",
    "venv_python",
]

DISTRIBUTION = "equal-security-course"
LOCKS = {"lab": "requirements.lock", "test": "requirements-test.lock"}
# Measured need of a whole set-up (packages, their cache and compiled files), rounded up.
EXTRAS = {"lab": ("setup",), "test": ("setup", "test", "book", "lite", "binder")}
NEEDED_BYTES = {"lab": 1_200_000_000, "test": 1_600_000_000}
STAMP = "course-stamp.json"
RESTARTED = "COURSE_RESTARTED"

_NETWORK_SIGNS = re.compile(
    r"name resolution|name or service not known|nodename nor servname|getaddrinfo|dns error|"
    r"failed to establish a new connection|network is unreachable|connection (?:refused|reset)|"
    r"connect timeout|connecttimeout|timed out|tcp connect error|error sending request|"
    r"proxyerror|failed to fetch|could not connect|max retries exceeded|offline",
    re.IGNORECASE,
)
_HASH_SIGNS = re.compile(r"do not match the hashes|hash mismatch|mismatched hash", re.IGNORECASE)
_SPACE_SIGNS = re.compile(r"no space left|not enough space|disk quota|errno 28", re.IGNORECASE)
_WRITE_SIGNS = re.compile(r"permission denied|read-only file system|errno 13", re.IGNORECASE)


def own_environment(root):
    """The folder of the environment that the course makes for itself."""
    return Path(root) / ".venv"


def venv_python(venv):
    """The interpreter inside an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _uv(venv):
    return venv / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")


def _debian_venv():
    """The Debian package that completes this Python."""
    return "python{}.{}-venv".format(*sys.version_info[:2])


def require_ensurepip():
    """Make sure that this Python can make environments.

    Raises
    ------
    Problem
        On systems that ship Python without ``ensurepip`` (Debian and Ubuntu do).
    """
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise Problem(
            "This Python cannot make environments because its module 'ensurepip' is missing: on "
            f"Debian or Ubuntu install it with 'sudo apt install {_debian_venv()}', then run the "
            "command again."
        )


# ---------------------------------------------------------------- what is needed, what is there


def pins(lock):
    """The pinned requirements of a lock file.

    Parameters
    ----------
    lock : Path
        A requirements file with hashes.

    Returns
    -------
    list of tuple
        ``(name, version, marker)`` in the file's order; the marker is "" where there is none.
    """
    found = re.findall(
        r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?$",
        Path(lock).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return [(name, version, marker.strip()) for name, version, marker in found]


def _requirements(root, level):
    """Name → version specifier for what pyproject.toml asks for at ``level``."""
    import tomllib  # from Python 3.11 on; this module must also load on older ones

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if level == "test":
        for extra in EXTRAS[level][1:]:
            wanted += project["optional-dependencies"][extra]
    split = (re.match(r"([A-Za-z0-9._-]+)\s*(.*)", line) for line in wanted)
    return {match.group(1): match.group(2) for match in split}


def _numbers(version):
    """The release part of a version as numbers: "8.1.9rc1" → (8, 1, 9)."""
    return tuple(int(part) for part in re.match(r"[0-9]+(?:\.[0-9]+)*", version).group().split("."))


def _allows(specifier, version):
    """Whether a specifier made of ``>=``, ``<`` and ``==`` allows ``version``."""
    have = _numbers(version)
    for operator, bound in re.findall(r"(>=|<|==)\s*([0-9.]+)", specifier):
        want = _numbers(bound)
        width = max(len(have), len(want))
        left, right = (part + (0,) * (width - len(part)) for part in (have, want))
        if not {">=": left >= right, "<": left < right, "==": left == right}[operator]:
            return False
    return True


def missing_here(root, level):
    """What the running interpreter lacks for ``level``, one phrase each; empty when it has all.

    Opening the course needs the versions that pyproject.toml allows. Testing compares outputs, so
    it needs exactly the locked ones.
    """
    from importlib import metadata  # it is slow to load, and a set-up course never needs it

    locked = {name: version for name, version, _ in pins(root / LOCKS[level])}
    lacking = []
    for name, specifier in [*_requirements(root, level).items(), (DISTRIBUTION, "")]:
        if level == "test" and name in locked:
            specifier = "==" + locked[name]
        try:
            have = metadata.version(name)
        except metadata.PackageNotFoundError:
            lacking.append(f"{name}{specifier} (not installed)")
            continue
        if not _allows(specifier, have):
            lacking.append(f"{name}{specifier} (installed: {have})")
    return lacking


def in_own_environment(root):
    """Whether the running interpreter is that of the course's own environment."""
    venv = own_environment(root)
    return venv.is_dir() and os.path.realpath(sys.prefix) == os.path.realpath(str(venv))


def _digest(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _key(root, level):
    """What the packages of an environment were installed from: the lock."""
    return _digest((root / LOCKS[level]).read_bytes())


def _course_key(root):
    """What the course itself was installed from: the project file, and where the course lies."""
    return _digest(str(root).encode(), (root / "pyproject.toml").read_bytes())


def _stamp(root):
    try:
        stamp = json.loads((own_environment(root) / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _has_packages(root, level):
    """Whether ``.venv`` was filled, to the end, with the packages of the lock as it is now."""
    # The packages for testing contain those for learning.
    wanted = {"lab": ("lab", "test"), "test": ("test",)}[level]
    stamp = _stamp(root)
    return any(stamp.get(one) == _key(root, one) for one in wanted)


def is_stamped(root, level):
    """Whether ``.venv`` has the packages of the lock as it is now, and the course as it is now."""
    return (
        venv_python(own_environment(root)).exists()
        and _stamp(root).get("course") == _course_key(root)
        and _has_packages(root, level)
    )


# ---------------------------------------------------------------- making it


class _Steps:
    """Tell the person what is being done and how long it took."""

    def __init__(self, log):
        self.log = log
        self.live = sys.stderr.isatty()

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def run(self, command):
        """Run a command, keep its words in the log, and show the latest while it works."""
        lines = []
        with open(str(self.log), "a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
            for line in process.stdout:
                log.write(line)
                lines.append(line.rstrip())
                if self.live:
                    print("\r\x1b[K    " + lines[-1][:70], end="", file=sys.stderr, flush=True)
            code = process.wait()
        if self.live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        return code, "\n".join(lines)


def _explain(words, root, level, log):
    """One sentence for a failed installation, from what the installer said."""
    if _SPACE_SIGNS.search(words):
        return explain_os_error(OSError(errno.ENOSPC, ""), root)
    if _HASH_SIGNS.search(words):
        return (
            "A downloaded package is not the one that the lock names (its hash differs), so it was "
            "not installed: run the command again, and if it happens again ask whoever runs "
            "your network whether downloads are altered."
        )
    if _NETWORK_SIGNS.search(words) and level in _stamp(root):
        return (
            "The list of packages has changed since this folder was set up and the package index "
            "cannot be reached: connect to the internet once and run the command again (or "
            "return to the earlier version of the course with git, which works offline)."
        )
    if _NETWORK_SIGNS.search(words):
        return (
            "The package index cannot be reached, and the first run has to download the packages: "
            "connect to the internet and run the command again; later runs need no network."
        )
    if _WRITE_SIGNS.search(words):
        return explain_os_error(OSError(errno.EACCES, ""), root)
    # The installer's own last line is often a mere hint: look for the error itself.
    errors = re.findall(r"^\s*(\w+Error: .+)", words, re.M) or re.findall(
        r"^\s*(error: .+)", words, re.M | re.I
    )
    last = errors[-1] if errors else (words.strip().splitlines() or ["no message"])[-1]
    return (
        f"Setting up the environment failed ({last.strip().rstrip('.')}): read {log}, or delete "
        "the folder .venv and run the command again."
    )


def _create(root, venv, level):
    """Make an empty environment, replacing a broken one but never a folder that is none."""
    empty = not venv.exists() or (venv.is_dir() and not any(venv.iterdir()))
    if not empty and not (venv / "pyvenv.cfg").is_file():
        raise Problem(
            f"There is something at {venv} that is not a Python environment: rename it and run "
            "the command again."
        )
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if made.returncode:
        if "ensurepip" in made.stdout:
            raise Problem(
                "This Python cannot make environments because its module 'ensurepip' does not "
                f"work: on Debian or Ubuntu run 'sudo apt install {_debian_venv()}', then run the "
                "command again."
            )
        raise Problem(_explain(made.stdout, root, level, venv / "setup.log"))


def _works(venv):
    """Whether an environment has an interpreter that starts, is new enough and can be filled."""
    python = venv_python(venv)
    needs = "sys" if _uv(venv).exists() else "sys, pip"
    if not python.exists():
        return False
    try:
        asked = subprocess.run(
            [str(python), "-c", f"import {needs}; print(sys.version_info >= (3, 11))"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.strip() == "True"


def _excerpt(lock, name):
    """The lines of a lock that pin one package, with its hashes."""
    text = Path(lock).read_text(encoding="utf-8")
    match = re.search(rf"^{re.escape(name)}==.*?(?=^[A-Za-z0-9])", text + "\nz", re.M | re.S)
    return match.group() if match else ""


def _pip(venv):
    options = ["--disable-pip-version-check", "--no-input", "--retries", "1"]
    return [venv_python(venv), "-m", "pip", *options, "install"]


def _get_uv(root, venv, level, steps):
    """Put uv into an environment, since it installs in seconds what takes pip half a minute."""
    only_uv = venv / "uv.lock.txt"
    only_uv.write_text(_excerpt(root / LOCKS[level], "uv"), encoding="utf-8")
    code, words = steps.run([*_pip(venv), "--require-hashes", "-r", only_uv])
    if code and _NETWORK_SIGNS.search(words):
        raise Problem(_explain(words, root, level, steps.log))


def _install(root, venv, level, steps, what):
    """Install with uv, or with plain pip where uv does not work."""
    uv, code, words = _uv(venv), 1, ""
    if uv.exists():
        code, words = steps.run([uv, "pip", "install", "--python", venv_python(venv), *what])
    if code and not _SPACE_SIGNS.search(words) and not _HASH_SIGNS.search(words):
        code, more = steps.run([*_pip(venv), *what])
        words += "\n" + more
    if code:
        raise Problem(_explain(words, root, level, steps.log))


def make(root, level, fresh=False):
    """Make ``.venv`` or bring it up to date, and return its interpreter.

    Parameters
    ----------
    root : Path
        The checkout.
    level : {"lab", "test"}
        Which lock to install.
    fresh : bool
        Begin with an empty environment.

    Raises
    ------
    Problem
        With the remedy: no network, disk full, folder not writable, ``ensurepip`` missing, …
    """
    root, venv = Path(root), own_environment(root)
    if not fresh and is_stamped(root, level):
        return venv_python(venv)
    require_writable(root)
    if not _has_packages(root, level):
        require_space(root, NEEDED_BYTES[level])
    start = time.monotonic()
    steps = _Steps(venv / "setup.log")
    if fresh or not _works(venv):
        require_ensurepip()
        steps.say(f"[1/3] Making a Python environment in {venv.name} …")
        _create(root, venv, level)
    else:
        steps.say(f"[1/3] Updating the Python environment in {venv.name} …")
    if not _has_packages(root, level):
        number = len(pins(root / LOCKS[level]))
        steps.say(
            f"[2/3] Installing up to {number} packages from {LOCKS[level]} (hashes checked) …"
        )
        if not _uv(venv).exists():
            _get_uv(root, venv, level, steps)
        _install(root, venv, level, steps, ["--require-hashes", "-r", root / LOCKS[level]])
    # pip refuses an editable package beside hashes, so the course follows on its own; its build
    # backend came with the lock, so this asks the network for nothing.
    course = ["--no-deps", "--no-build-isolation", "-e", root]
    _install(root, venv, level, steps, course)
    stamp = {**_stamp(root), level: _key(root, level), "course": _course_key(root)}
    replace_file(venv / STAMP, json.dumps(stamp, indent=1).encode())
    steps.say(f"[3/3] The environment is ready ({time.monotonic() - start:.0f} s).")
    return venv_python(venv)


# ---------------------------------------------------------------- going into it


def _restart(python, argv):
    """Start the same command in another interpreter, in place of this one."""
    sys.stdout.flush()
    sys.stderr.flush()
    command = [str(python), "-m", "course", *argv]
    env = {**os.environ, RESTARTED: "1"}
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=env))
    os.execve(str(python), command, env)


def enter(level, argv, fresh=False):
    """Return once this interpreter has what ``level`` needs; else go on in one that has.

    Parameters
    ----------
    level : {"lab", "test"}
        What the command needs.
    argv : list of str
        The command line after ``-m course``, to be repeated in the other interpreter.
    fresh : bool
        Make the environment anew first (``argv`` must then no longer ask for it).

    Raises
    ------
    Problem
        When no environment can be made, with the remedy.
    """
    root = checkout()
    restarted = os.environ.pop(RESTARTED, None)
    inside = in_own_environment(root)
    if not fresh:
        if inside and is_stamped(root, level):
            return
        if not inside and not missing_here(root, level):
            return
    if restarted and not inside:
        raise Problem(
            f"The environment in {own_environment(root)} does not start as it should: delete that "
            "folder and run the command again."
        )
    if inside and fresh:
        raise Problem(
            "An environment cannot empty itself: leave it (deactivate), then run the command with "
            "the Python of your system, for example 'python3 -m course test --fresh'."
        )
    python = make(root, level, fresh)
    if not inside:
        _restart(python, argv)
