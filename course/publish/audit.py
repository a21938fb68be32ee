"""Judge a stored advisory file against the lock: `python3 -m course.publish.audit advisories.json`.

The file is what `pip-audit --format json` writes, on a machine with a network; SECURITY.md has the
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

ROOT = Path(__file__).resolve().parents[2]
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


def locked(text: str) -> dict[str, str]:
    """Return {package: version} of a requirements file with pinned versions."""
    return {_name(name): version for name, version in _PINNED.findall(text)}


def advisories(document: Mapping[str, Any], versions: Mapping[str, str]) -> list[Advisory]:
    """Return the advisories on the locked packages, sorted by package and id.

    Parameters
    ----------
    document : mapping
        What pip-audit wrote, as JSON.
    versions : mapping
        {package: version} of the lock.

    Raises
    ------
    AuditError
        If the document is no such file, or says nothing of a locked package at its version.
    """
    listed = document.get("dependencies") if isinstance(document, Mapping) else None
    if not isinstance(listed, list):
        raise AuditError("The file holds no list of dependencies: write it with pip-audit's JSON.")
    told = {_name(one["name"]): one for one in listed if "version" in one and "vulns" in one}
    silent = sorted(
        name for name, version in versions.items() if told.get(name, {}).get("version") != version
    )
    if silent:
        raise AuditError(
            f"The file says nothing of {', '.join(silent[:5])} as locked"
            f"{' and others' if silent[5:] else ''}: make it anew for this lock."
        )
    return sorted(
        (
            Advisory(name, version, one["id"], tuple(one.get("fix_versions") or ()))
            for name, version in versions.items()
            for one in told[name]["vulns"]
        ),
        key=lambda one: (one.package, one.id),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is open; 0 if nothing is, 1 if something is, 2 if the file cannot tell."""
    argv = list(sys.argv[1:] if argv is None else argv)
    if not argv:
        print("Usage: python3 -m course.publish.audit ADVISORIES [LOCK]", file=sys.stderr)
        return 2
    lock = Path(argv[1]) if argv[1:] else ROOT / "requirements.lock"
    try:
        document = json.loads(Path(argv[0]).read_text(encoding="utf-8"))
        found = advisories(document, locked(lock.read_text(encoding="utf-8")))
    except OSError as error:
        print(f"{error.filename} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    except json.JSONDecodeError:
        print(f"{Path(argv[0]).name} is not JSON: write it with pip-audit.", file=sys.stderr)
        return 2
    except AuditError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(map(str, found)) or "No advisory is open for the packages of the lock.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
