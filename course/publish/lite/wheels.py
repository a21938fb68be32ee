"""Wheels from what is installed: the packages of the lock as the files that a browser loads.

A wheel is a zip of the files that a distribution lists as its own. Packing them again needs no
network, and what runs in the browser is then what the lock names and the tests have tried.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["BROWSER", "Wheel", "WheelError", "closure", "entry", "pack", "read", "write"]

# The machine for which the markers of requirements are read.
BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "os_name": "posix",
    "python_version": "3.14",
    "python_full_version": "3.14.2",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
BINARY = (".so", ".pyd", ".dylib", ".dll")
OPTIONAL = ("wcwidth/_wcwidth_c",)  # modules in machine code that their package does without
SKIPPED = (".pyc", ".pyi")
STAMP = (1980, 1, 1, 0, 0, 0)  # the same wheel from the same files, whenever it is packed


class WheelError(ValueError):
    """Why a package cannot be laid into the site, and what to do."""


@dataclass(frozen=True)
class Wheel:
    """A wheel file and what a browser must know to load it.

    Attributes
    ----------
    name, version : str
        Of the distribution.
    path : Path
        The file.
    imports : tuple of str
        The modules that it brings, at the top level.
    depends : tuple of str
        Canonical names of the distributions that it needs in the browser.
    """

    name: str
    version: str
    path: Path
    imports: tuple[str, ...]
    depends: tuple[str, ...]


def _needs(requirements: Iterable[str]) -> tuple[str, ...]:
    """Canonical names of the requirements that hold in the browser."""
    held = map(Requirement, requirements or ())
    return tuple(
        sorted(
            {
                canonicalize_name(one.name)
                for one in held
                if one.marker is None or one.marker.evaluate(BROWSER)
            }
        )
    )


def _distribution(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise WheelError(
            f"The package {name} is not installed: run 'python3 -m course test' once, which installs "
            "what the locks name."
        ) from None


def closure(names: Iterable[str], without: Iterable[str] = ()) -> list[str]:
    """These distributions and all that they need in the browser, by canonical name.

    Parameters
    ----------
    names : iterable of str
        Installed distributions.
    without : iterable of str
        Distributions that come from elsewhere; what only they need is left out.
    """
    left, found = [canonicalize_name(name) for name in names], []
    outside = {canonicalize_name(name) for name in without}
    while left:
        name = left.pop()
        if name in outside or name in found:
            continue
        found.append(name)
        left += _needs(_distribution(name).requires)
    return sorted(found)


def pack(name: str, folder: Path) -> Wheel:
    """Pack an installed distribution into a wheel that runs anywhere.

    Parts in machine code are left out where the same module is there as Python.

    Raises
    ------
    WheelError
        If a module is there in machine code only.
    """
    held = _distribution(name)
    version = held.version
    files = {}
    for file in held.files or ():
        text = file.as_posix()
        if text.startswith("..") or "__pycache__" in text or text.endswith(SKIPPED):
            continue
        files[text] = Path(held.locate_file(file))
    sources = {text.removesuffix(".py") for text in files if text.endswith(".py")}
    for text in [one for one in files if one.endswith(BINARY)]:
        module = text[: -len(Path(text).name)] + Path(text).name.split(".")[0]
        if not (module in sources or module.endswith("__mypyc") or module in OPTIONAL):
            raise WheelError(f"{name} {version} needs {text}, which is made for this machine only.")
        del files[text]
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    info = next(text.split("/")[0] for text in files if ".dist-info/" in text)
    content = {text: one.read_bytes() for text, one in sorted(files.items()) if one.is_file()}
    content = {t: b for t, b in content.items() if t.rsplit("/", 1)[-1] not in _LOCAL}
    content[f"{info}/WHEEL"] = _WHEEL.encode()
    _write(path, content, info)
    return Wheel(name, version, path, _modules(content), _needs(held.requires))


_WHEEL = "Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# What an installer leaves behind, and what is written anew.
_LOCAL = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "WHEEL", "uv_cache.json")


def _write(path: Path, content: Mapping[str, bytes], info: str) -> None:
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for text, value in sorted(content.items()):
            archive.writestr(zipfile.ZipInfo(text, STAMP), value, zipfile.ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(value).digest()).rstrip(b"=").decode()
            record.append(f"{text},sha256={digest},{len(value)}\n")
        record.append(f"{info}/RECORD,,\n")
        archive.writestr(
            zipfile.ZipInfo(f"{info}/RECORD", STAMP), "".join(record), zipfile.ZIP_DEFLATED
        )


def _modules(names: Iterable[str]) -> tuple[str, ...]:
    found = set()
    for name in names:
        top, _, rest = name.partition("/")
        if rest and not top.endswith((".dist-info", ".data")):
            found.add(top)
        elif not rest and top.endswith(".py"):
            found.add(top.removesuffix(".py"))
    return tuple(sorted(found))


def read(path: Path) -> Wheel:
    """What a wheel file says of itself."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        meta = next(name for name in names if name.endswith(".dist-info/METADATA"))
        message = archive.read(meta).decode("utf-8")
    head = message.split("\n\n", 1)[0].splitlines()
    fields = [line.partition(": ")[::2] for line in head]
    name, version = dict(fields)["Name"], dict(fields)["Version"]
    needs = _needs(value for key, value in fields if key == "Requires-Dist")
    return Wheel(name, version, path, _modules(names), needs)


def write(name: str, version: str, files: Mapping[str, str], folder: Path) -> Wheel:
    """Write a wheel of our own from texts: path in the wheel to content."""
    stem = f"{name.replace('-', '_')}-{version}"
    content = {
        **files,
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{stem}.dist-info/WHEEL": _WHEEL,
    }
    path = folder / f"{stem}-py3-none-any.whl"
    _write(path, {text: value.encode() for text, value in content.items()}, f"{stem}.dist-info")
    return Wheel(name, version, path, _modules(files), ())


def entry(wheel: Wheel, known: Iterable[str]) -> dict:
    """The wheel as an entry of `pyodide-lock.json`.

    Parameters
    ----------
    wheel : Wheel
    known : iterable of str
        Canonical names of all packages in the site; what is not among them is not asked for.
    """
    known = set(known)
    return {
        "name": wheel.name,
        "version": wheel.version,
        "file_name": wheel.path.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.path.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": list(wheel.imports),
        "depends": [name for name in wheel.depends if name in known],
        "unvendored_tests": False,
    }
