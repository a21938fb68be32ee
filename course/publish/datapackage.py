"""Write tables into `data/`, and keep `datapackage.json` and `docs/data.md` in step with them.

`python -m course.publish.datapackage` regenerates both files from the schemas and validates the
whole package; with `--check` it changes nothing and fails when a file has drifted.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from course import data

__all__ = ["descriptor", "dictionary", "main", "validate", "write_table"]

PACKAGE = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "equal-security-course",
    "title": "The Euro-Atlantic Region: Equal Security for All: the record beside the article",
    "description": (
        "States, institutions, votes, events, arms, conflicts and money in the OSCE area, with a "
        "source and a verification for every row."
    ),
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
}


# Writing a table


def write_table(name: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write one table, and its citations, as the schema `data/schemas/<name>.json` lays it out.

    Parameters
    ----------
    name : str
        The table. Its schema must exist.
    rows : iterable of mappings
        One mapping a row, with Python values (tuples or lists for lists). An optional key
        `source_ids` lists the sources of the row, best first; it goes into the link table, with
        other ids of a source replaced by the one that `sources.json` uses.

    Returns
    -------
    Path
        The CSV file, sorted by primary key.

    Raises
    ------
    ValueError
        If a row has a field that the schema lacks, lacks a required one, or repeats a key.
    """
    layout = json.loads(_schema_path(name).read_text(encoding="utf-8"))
    fields = [field["name"] for field in layout["fields"]]
    names = _canonical()
    lines: dict[tuple[str, ...], list[str]] = {}
    cited: list[tuple[str, str, str]] = []
    for row in rows:
        unknown = set(row) - set(fields) - {"source_ids"}
        if unknown:
            raise ValueError(f"{name}: the schema has no field {sorted(unknown)}; add it there.")
        cells = {field: _cell(row.get(field)) for field in fields}
        key = tuple(cells[field] for field in layout["primaryKey"])
        if not all(key):
            raise ValueError(f"{name}: {key} has an empty part of its key {layout['primaryKey']}.")
        if key in lines:
            raise ValueError(f"{name}: the key {key} stands twice.")
        lines[key] = list(cells.values())
        joined = data.KEY_SEPARATOR.join(key)
        sources = (names.get(source, source) for source in row.get("source_ids") or ())
        cited += [(name, joined, source) for source in dict.fromkeys(sources)]
    path = data.root() / "tables" / f"{name}.csv"
    with _locked():
        _write(path, _csv([fields, *(lines[key] for key in sorted(lines))]))
        _write_citations(name, sorted(cited, key=lambda line: line[:2]))
    data._columns.cache_clear()
    data._cited.cache_clear()
    return path


def _canonical() -> dict[str, str]:
    """Return the id in use for every other id that a source has gone by."""
    path = data.root() / "sources.json"
    entries = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {
        alias: entry["id"]
        for entry in entries
        for alias in entry.get("custom", {}).get("aliases", ())
    }


def _write_citations(name: str, cited: list[tuple[str, str, str]]) -> None:
    path = data.root() / "tables" / f"{data.CITATIONS}.csv"
    kept: list[tuple[str, ...]] = []
    if path.is_file():
        with open(path, encoding="utf-8", newline="") as file:
            kept = [tuple(line) for line in list(csv.reader(file))[1:] if line[0] != name]
    # A stable sort: within a row the order of the sources says which is best.
    linked = sorted([*kept, *cited], key=lambda line: line[:2])
    _write(path, _csv([("table", "row", "source_id"), *linked]))


def _cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return data.LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _csv(lines: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(lines)
    return buffer.getvalue()


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


@contextmanager
def _locked() -> Iterator[None]:
    """Let one writer at a time change the package (the link table is shared by all tables)."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock: maintainers write one table at a time there
        yield
        return
    mark = f"equal-security-{hashlib.sha256(bytes(data.root().resolve())).hexdigest()[:12]}.lock"
    with open(Path(tempfile.gettempdir()) / mark, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _schema_path(name: str) -> Path:
    path = data.brought(f"schemas/{name}.json")
    if not path.is_file():
        raise ValueError(f"{name} has no schema: write {path.name} into data/schemas first.")
    return path


# The package's own description


def descriptor() -> dict[str, Any]:
    """Return the whole `datapackage.json`: its own head, and the resources from the schemas."""
    path = data.root() / "datapackage.json"
    held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    head = PACKAGE | {key: held[key] for key in PACKAGE if key in held}
    return {**head, "resources": [_resource(name) for name in data.names()]}


def _resource(name: str) -> dict[str, Any]:
    layout = data.schema(name)
    head = {"name": name, "type": "table", "path": f"tables/{name}.csv"}
    told = {key: layout[key] for key in ("title", "description", "licenses") if key in layout}
    shape = {"scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    own = f"schemas/{name}.json"
    schema = own if (data.root() / own).is_file() else layout
    return {**head, **told, **shape, "schema": schema}


def dictionary() -> str:
    """Return the data dictionary `docs/data.md`, made from the schemas."""
    parts = [_HEAD, _uncited(), *(_table_of(name) for name in data.names())]
    return "\n".join(parts)


_HEAD = """# Data dictionary

Made from the schemas in `data/schemas/` by `python -m course.publish.datapackage`: change a schema,
not this page. Each table opens with `course.data.table("name")` as a DataFrame and with
`course.data.rows("name")` as plain dictionaries; both add the tuple `source_ids`, whose entries are
ids in `data/sources.json`.

The column `verification` says how far a row can be trusted:

| value | meaning |
| --- | --- |
| seen | read in one source |
| seen_two_sources | read in two sources; they may share an ancestor, so it is agreement, not proof |
| sources_differ | the sources disagree; the note or the range gives both |
| inferred | follows from sources that were read, but is not printed in them |
| derived | computed from figures that were read |
| unverified | not read in any source: shown with a flag, never graded, never the ground of a verdict |
"""


def _uncited() -> str:
    """Return how many rows of fact name no source, and how each of them is marked."""
    found: dict[str, list[str]] = {}
    for name in data.names():
        for row in data.rows(name):
            if row.get("source_ids") == () and "verification" in row:
                found.setdefault(name, []).append(row["verification"])
    if not found:
        return "\nEvery row of fact names its sources.\n"
    marks = sorted({mark for of_table in found.values() for mark in of_table})
    where = ", ".join(f"{name} {len(of_table)}" for name, of_table in found.items())
    number = _count(sum(map(len, found.values())), "row")
    return f"\n{number} of fact name no source ({where}); they are marked {' or '.join(marks)}.\n"


def _table_of(name: str) -> str:
    layout = data.schema(name)
    licences = ", ".join(entry["title"] for entry in layout.get("licenses", PACKAGE["licenses"]))
    lines = [
        f"\n## {name}",
        "",
        f"**{layout['title']}.** {layout['description']}",
        "",
        f"{_count(len(data.rows(name)), 'row')} · key: {', '.join(layout['primaryKey'])} · licence: {licences}",
    ]
    for origin in layout.get("sources", ()):
        lines.append(f"Credit: {origin['title']}")
    lines += ["", "| field | type | meaning |", "| --- | --- | --- |"]
    lines += [_field_of(field, layout) for field in layout["fields"]]
    return "\n".join(lines) + "\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _field_of(field: Mapping[str, Any], layout: Mapping[str, Any]) -> str:
    meaning = field.get("description", "").rstrip(".")
    if "unit" in field:
        meaning += f" (unit: {field['unit']})"
    allowed = field.get("constraints", {}).get("enum")
    if allowed:
        meaning += ": " + ", ".join(map(str, allowed))
    for link in layout.get("foreignKeys", ()):
        if field["name"] in link["fields"]:
            target = link["reference"]["resource"] or layout["title"]
            meaning += f" → {target}"
    return f"| {field['name']} | {field['type']} | {meaning} |"


# Validation


def validate() -> list[str]:
    """Check every table against its schema and its foreign keys; return the faults as sentences.

    Needs frictionless, which is installed with the test packages.
    """
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(data.root() / "datapackage.json")).validate()
    faults = [f"datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        faults += [f"{task.name}: {error.message}" for error in task.errors]
    return faults


def _targets() -> dict[Path, str]:
    package = json.dumps(descriptor(), indent=2, ensure_ascii=False) + "\n"
    return {
        data.root() / "datapackage.json": package,
        data.root().parent / "docs" / "data.md": dictionary(),
    }


def main(argv: list[str] | None = None) -> int:
    """Regenerate the package's description and dictionary, or check them.

    Parameters
    ----------
    argv : list of str, optional
        `--check`: change nothing, fail on drift. `--no-validate`: leave frictionless out.

    Returns
    -------
    int
        0 when all is in step and valid, else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m course.publish.datapackage")
    parser.add_argument("--check", action="store_true", help="change nothing, fail on drift")
    parser.add_argument("--no-validate", action="store_true", help="do not run frictionless")
    options = parser.parse_args(argv)
    faults = []
    for path, text in _targets().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if options.check:
            faults.append(f"{path.name} has drifted: run python -m course.publish.datapackage.")
        else:
            _write(path, text)
    if not options.no_validate:
        faults += validate()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
