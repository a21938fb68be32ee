"""Judge stored advisories against the lock: `python3 -m course.publish.audit FILE …`.

A file is what `pip-audit --format json` writes, on a machine with a network; SECURITY.md has the
command. This half needs no network, so an audit can be repeated and read by another person.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Advisory", "AuditError", "advisories", "locked", "main"]

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)


class AuditError(ValueError):
    """A file that cannot answer for this lock."""


@dataclass(frozen=True)
class Advisory:
    """One known weakness of one locked package.

    Attributes
    ----------
    package, version : str
        As the lock has them.
    id : str
        The advisory's own number.
    mended_in : tuple of str
        Versions without it; empty if there is none yet.
    """

    package: str
    version: str
    id: str
    mended_in: tuple[str, ...]

    def __str__(self):
        remedy = f"raise it to {self.mended_in[0]}" if self.mended_in else "no version mends it yet"
        return f"{self.package} {self.version}: {self.id}; {remedy}."


def _name(text: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", text).lower()


def locked(text: str) -> list[tuple[str, str]]:
    """Return each (package, version) of a requirements file with pinned versions.

    A package may stand there twice, where an older Python gets an older version.
    """
    return [(_name(name), version) for name, version in _PINNED.findall(text)]


def advisories(
    documents: Sequence[Mapping[str, Any]], packages: Sequence[tuple[str, str]]
) -> list[Advisory]:
    """Return the advisories on the locked packages, sorted by package and id.

    Parameters
    ----------
    documents : sequence of mappings
        What pip-audit wrote, as JSON; one for each Python that it was run with.
    packages : sequence of (package, version)
        The lock.

    Raises
    ------
    AuditError
        If a document is no such file, or none speaks of a locked package at its version.
    """
    told: dict[tuple[str, str], list] = {}
    for document in documents:
        listed = document.get("dependencies") if isinstance(document, Mapping) else None
        if not isinstance(listed, list):
            raise AuditError("A file holds no list of dependencies: write it with pip-audit.")
        for one in listed:
            if "version" in one and "vulns" in one:
                told[_name(one["name"]), one["version"]] = one["vulns"]
    silent = sorted(f"{name} {version}" for name, version in set(packages) - set(told))
    if silent:
        raise AuditError(
            f"No file speaks of {', '.join(silent[:5])}{' and others' if silent[5:] else ''}: "
            "run pip-audit for this lock, with each Python that the lock tells apart."
        )
    return sorted(
        (
            Advisory(*package, one["id"], tuple(one.get("fix_versions") or ()))
            for package in packages
            for one in told[package]
        ),
        key=lambda one: (one.package, one.id),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is open; 0 if nothing is, 1 if something is, 2 if the file cannot tell."""
    argv = list(sys.argv[1:] if argv is None else argv)
    if not argv:
        print("Usage: python3 -m course.publish.audit ADVISORIES …", file=sys.stderr)
        return 2
    try:
        documents = [json.loads(Path(name).read_text(encoding="utf-8")) for name in argv]
        found = advisories(documents, locked(LOCK.read_text(encoding="utf-8")))
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    except json.JSONDecodeError:
        print(
            "A file is not JSON: write it with pip-audit's option --format json.", file=sys.stderr
        )
        return 2
    except AuditError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(map(str, found)) or "No advisory is open for the packages of the lock.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
