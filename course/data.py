"""Read `data/`: typed rows with the standard library, DataFrames on demand.

This is the only module that opens the files of the Data Package. It reads and never writes. Every
table is a CSV file in `data/tables/` with a Table Schema of the same name in `data/schemas/`;
an empty cell means "not known or not applicable", so the code NA stays a text. What a row rests on
is kept in the link table `citations` and comes back with each row as `source_ids`.
"""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

__all__ = ["DataError", "document", "members", "names", "root", "rows", "schema", "table"]

CITATIONS = "citations"
KEY_SEPARATOR = "|"
LIST_SEPARATOR = ";"


class DataError(ValueError):
    """A question that the record cannot answer: an unknown name, or a date outside its range."""


def root() -> Path:
    """Return the folder of the Data Package.

    Returns
    -------
    Path
        `COURSE_DATA` when it is set, else the folder inside the installed package, else `data/`
        of the checkout.
    """
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen)
    installed = Path(__file__).with_name("_data")
    return installed if installed.is_dir() else Path(__file__).parents[1] / "data"


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    folder = root()
    tables = (folder / "tables").glob("*.csv")
    return sorted(t.stem for t in tables if (folder / "schemas" / f"{t.stem}.json").is_file())


def schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of a table: fields, keys, licence and sources (read only).

    Raises
    ------
    DataError
        If there is no such table.
    """
    return _schema(root(), name)


def rows(name: str) -> list[dict[str, Any]]:
    """Return a table as dictionaries, using the standard library alone.

    Parameters
    ----------
    name : str
        A table, for example "memberships".

    Returns
    -------
    list of dict
        One dictionary a row. Values are typed by the schema (int, float, bool, datetime.date, str,
        tuple for lists, None where the cell is empty). Tables of facts also have `source_ids`.

    Raises
    ------
    DataError
        If there is no such table.
    """
    columns = _columns(root(), name)
    heads = tuple(columns)
    return [dict(zip(heads, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def table(name: str) -> pandas.DataFrame:
    """Return a table as a pandas DataFrame, typed by its schema.

    Dates are `datetime64`, whole numbers with gaps are `Int64`, lists are tuples.

    Parameters
    ----------
    name : str
        A table, for example "memberships".

    Raises
    ------
    DataError
        If there is no such table.
    """
    columns = _columns(root(), name)
    import numpy
    import pandas

    kinds = {field["name"]: field["type"] for field in schema(name)["fields"]}
    frame = {}
    for head, values in columns.items():
        frame[head] = _series(pandas, numpy, kinds.get(head, "list"), values)
    return pandas.DataFrame(frame, copy=False)


def document(name: str) -> Any:
    """Return a JSON, TOML or TopoJSON document, for example "sources" or "maps/base".

    The result is cached: treat it as read only.

    Raises
    ------
    DataError
        If there is no such document.
    """
    return _document(root(), name)


def members(body: str, on: str | date) -> list[str]:
    """Return who belonged to a body on a day.

    Only full members count: a suspended seat, an observer or an associate does not. Intervals are
    half-open: a state belongs from its first day up to, not including, its last.

    Parameters
    ----------
    body : str
        A code of the table `organisations`, for example "NATO" or "OSCE".
    on : str or datetime.date
        The day, as ISO text ("1999-03-24") or as a date.

    Returns
    -------
    list of str
        ISO alpha-3 codes (and SUN, YUG, SCG, CSK, DDR), sorted.

    Raises
    ------
    DataError
        If the body is unknown, the day is not a date, or the record does not cover that day.
    """
    return list(_members(root(), body, _day(on)))


# Typed columns


def _text(cell: str) -> str | None:
    return cell or None


def _boolean(cell: str) -> bool | None:
    return None if not cell else cell == "true"


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR)) if cell else ()


def _optional(convert):
    return lambda cell: convert(cell) if cell else None


_CONVERTERS = {
    "string": _text,
    "integer": _optional(int),
    "year": _optional(int),
    "number": _optional(float),
    "boolean": _boolean,
    "date": _optional(date.fromisoformat),
    "list": _list,
    "array": _list,
}


def _converter(field: dict[str, Any]):
    """Return the function that types one cell; lists of whole numbers become tuples of int."""
    if field["type"] in ("list", "array") and field.get("itemType") == "integer":
        return lambda cell: tuple(int(part) for part in cell.split(LIST_SEPARATOR)) if cell else ()
    return _CONVERTERS[field["type"]]


@cache
def _schema(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "schemas" / f"{name}.json"
    if not path.is_file():
        raise DataError(_unknown("table", name, names()))
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _columns(folder: Path, name: str) -> dict[str, tuple]:
    """Return the typed columns of a table, in the order of its file."""
    layout = _schema(folder, name)
    fields = {field["name"]: field for field in layout["fields"]}
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        heads, *lines = csv.reader(file)
    raw = (
        dict(zip(heads, zip(*lines, strict=True), strict=True)) if lines else {h: () for h in heads}
    )
    columns = {head: tuple(map(_converter(fields[head]), raw[head])) for head in heads}
    cited = _cited(folder).get(name)
    if cited is not None:
        keys = map(
            KEY_SEPARATOR.join, zip(*(raw[head] for head in layout["primaryKey"]), strict=True)
        )
        columns["source_ids"] = tuple(cited.get(key, ()) for key in keys)
    return columns


@cache
def _cited(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the link table as {table: {row key: source ids}}."""
    linked: dict[str, dict[str, tuple[str, ...]]] = {}
    path = folder / "tables" / f"{CITATIONS}.csv"
    if not path.is_file():
        return linked
    with open(path, encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        for name, key, source in lines:
            of_table = linked.setdefault(name, {})
            of_table[key] = (*of_table.get(key, ()), source)
    return linked


def _series(pandas, numpy, kind: str, values: tuple):
    """Return one typed pandas column."""
    gaps = None in values
    if kind == "date":
        stamps = numpy.array(["NaT" if v is None else v for v in values], dtype="datetime64[D]")
        return pandas.Series(stamps.astype("datetime64[s]"))
    if kind in ("integer", "year"):
        return pandas.Series(values, dtype="Int64" if gaps else "int64")
    if kind == "number":
        return pandas.Series(values, dtype="float64")
    if kind == "boolean":
        return pandas.Series(values, dtype="boolean" if gaps else "bool")
    if kind == "string":
        return pandas.Series(values, dtype="str")
    return pandas.Series(values, dtype="object")


# Documents


@cache
def _document(folder: Path, name: str) -> Any:
    for suffix in (".json", ".topojson"):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return json.loads(path.read_text(encoding="utf-8"))
    path = folder / f"{name}.toml"
    if path.is_file():
        import tomllib

        return tomllib.loads(path.read_text(encoding="utf-8"))
    known = [
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".json", ".topojson", ".toml") and path.parent.name != "schemas"
    ]
    raise DataError(_unknown("document", name, known))


# Members


@cache
def _seats(folder: Path) -> dict[str, list[tuple[date, date, str]]]:
    """Return the intervals of full membership, by organisation."""
    columns = _columns(folder, "memberships")
    seats: dict[str, list[tuple[date, date, str]]] = {}
    picked = ("organisation", "from_date", "to_date", "iso3", "status")
    for organisation, start, end, iso3, status in zip(*(columns[c] for c in picked), strict=True):
        if status == "member":
            seats.setdefault(organisation, []).append((start, end or date.max, iso3))
    return seats


@cache
def _coverage(folder: Path) -> dict[str, tuple[date, date]]:
    columns = _columns(folder, "organisations")
    picked = ("organisation", "covered_from", "covered_to")
    return {
        code: (start, end) for code, start, end in zip(*(columns[c] for c in picked), strict=True)
    }


@cache
def _members(folder: Path, body: str, on: date) -> tuple[str, ...]:
    coverage = _coverage(folder)
    if body not in coverage:
        raise DataError(_unknown("organisation", body, list(coverage)))
    first, last = coverage[body]
    if not first <= on <= last:
        raise DataError(
            f"The record covers {body} from {first} to {last}; {on} lies outside. "
            "Ask for a day within that range."
        )
    return tuple(sorted({iso3 for start, end, iso3 in _seats(folder)[body] if start <= on < end}))


def _day(on: str | date) -> date:
    try:
        return date.fromisoformat(on) if isinstance(on, str) else date(on.year, on.month, on.day)
    except (AttributeError, TypeError, ValueError):
        raise DataError(f"{on!r} is not a day; write it as year-month-day: '1999-03-24'.") from None


def _unknown(kind: str, name: object, known: list[str]) -> str:
    near = get_close_matches(str(name), known, n=1, cutoff=0.5)
    if not near:
        near = [k for k in known if k.lower() == str(name).lower()]
    advice = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(sorted(known))}."
    return f"There is no {kind} {name!r}; {advice}"
