"""Read `data/`: typed rows with the standard library, DataFrames on demand.

This is the only module that opens the files of the Data Package. It reads and never writes. Every
table is a CSV file in `data/tables/` with a Table Schema of the same name in `data/schemas/`;
an empty cell means "not known or not applicable", so the code NA stays a text. What a row rests on
is kept in the link table `citations` and comes back with each row as `source_ids`.
"""

from __future__ import annotations

import csv
import gc
import json
import os
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

__all__ = [
    "DataError",
    "brought",
    "brought_all",
    "document",
    "members",
    "names",
    "root",
    "rows",
    "schema",
    "table",
]

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
    return Path(chosen) if chosen else _own_folder()


def brought(name: str) -> Path:
    """Return a file that the course brings along and that a data folder may replace by its own.

    The shape of a table and the style of references say nothing of any article, so another
    article's folder need not repeat them.

    Parameters
    ----------
    name : str
        A path inside the folder, for example "schemas/claims.json".
    """
    return _brought(root(), name)


def brought_all(folder: str, suffix: str) -> list[Path]:
    """Return all such files of a folder, sorted by name, each as `brought` finds it."""
    places = (root() / folder, _own_folder() / folder)
    found = sorted({path.name for place in places for path in place.glob(f"*{suffix}")})
    return [brought(f"{folder}/{name}") for name in found]


def names() -> list[str]:
    """Return the names of all tables, sorted."""
    folder = root()
    tables = (folder / "tables").glob("*.csv")
    return sorted(t.stem for t in tables if _brought(folder, _layout(t.stem)).is_file())


def schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of a table: fields, keys, licence and sources (read only).

    Raises
    ------
    DataError
        If there is no such table.
    """
    return _schema(root(), _asked("table", name))


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
    columns = _columns(root(), _asked("table", name))
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
    folder = root()
    columns = _columns(folder, _asked("table", name))
    import numpy
    import pandas

    kinds = {field["name"]: field["type"] for field in _schema(folder, name)["fields"]}
    texts = _texts(
        pandas, [values for head, values in columns.items() if kinds.get(head) == "string"]
    )
    arrays = {
        head: next(texts)
        if kinds.get(head) == "string"
        else _array(pandas, numpy, kinds.get(head), values)
        for head, values in columns.items()
    }
    return pandas.DataFrame(arrays, copy=False)


def document(name: str) -> Any:
    """Return a JSON, TOML or TopoJSON document, for example "sources" or "maps/base".

    The result is cached: treat it as read only.

    Raises
    ------
    DataError
        If there is no such document.
    """
    return _document(root(), _asked("document", name))


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
    return list(_members(root(), _asked("organisation", body), _day(on)))


@cache
def _own_folder() -> Path:
    installed = Path(__file__).with_name("_data")
    return installed if installed.is_dir() else Path(__file__).parents[1] / "data"


# Typed columns


def _words(cell: str) -> tuple[str, ...]:
    return tuple([part.strip() for part in cell.split(LIST_SEPARATOR)]) if cell else ()


def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(map(int, cell.split(LIST_SEPARATOR))) if cell else ()


_CONVERTERS = {
    "integer": int,
    "year": int,
    "number": float,
    "boolean": "true".__eq__,
    "date": date.fromisoformat,
}


def _typed(field: dict[str, Any], cells: tuple[str, ...]) -> tuple:
    """Return a column with its cells typed as the schema says."""
    kind = field["type"]
    if kind == "string":
        return tuple([cell or None for cell in cells])
    if kind in ("list", "array"):
        return tuple(map(_numbers if field.get("itemType") == "integer" else _words, cells))
    convert = _CONVERTERS[kind]
    if "" in cells:
        return tuple([convert(cell) if cell else None for cell in cells])
    return tuple(map(convert, cells))


@cache
def _schema(folder: Path, name: str) -> dict[str, Any]:
    path = _brought(folder, _layout(name))
    if not path.is_file():
        raise DataError(_unknown("table", name, names()))
    return json.loads(path.read_text(encoding="utf-8"))


def _layout(name: str) -> str:
    return f"schemas/{name}.json"


def _brought(folder: Path, name: str) -> Path:
    own = folder / name
    return own if own.is_file() else _own_folder() / name


@contextmanager
def _no_collection():
    """Hold the garbage collector back: reading makes many objects, and none of them is garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@cache
def _columns(folder: Path, name: str) -> dict[str, tuple]:
    """Return the typed columns of a table, in the order of its file."""
    layout = _schema(folder, name)
    path = folder / "tables" / f"{name}.csv"
    if not path.is_file():
        raise DataError(f"The table {name!r} has a schema but no rows yet: {path.name} is missing.")
    fields = {field["name"]: field for field in layout["fields"]}
    with _no_collection(), open(path, encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        heads = next(lines)
        cells = list(zip(*lines, strict=True)) or [()] * len(heads)
        raw = dict(zip(heads, cells, strict=True))
        columns = {head: _typed(fields[head], raw[head]) for head in heads}
    cited = _cited(folder).get(name) if name != CITATIONS else None
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
    if not (folder / "tables" / f"{CITATIONS}.csv").is_file():
        return linked
    alone: dict[str, tuple[str, ...]] = {}  # rows with one source share a tuple
    for name, key, source in zip(*_columns(folder, CITATIONS).values(), strict=True):
        of_table = linked.setdefault(name, {})
        if key in of_table:
            of_table[key] += (source,)
        else:
            of_table[key] = alone.setdefault(source, (source,))
    return linked


def _texts(pandas, columns: list[tuple]):
    """Yield the text columns of a table, converted in one go: a call for each costs far more."""
    joined = pandas.array([cell for column in columns for cell in column], dtype="str")
    start = 0
    for column in columns:
        yield joined[start : start + len(column)]
        start += len(column)


def _array(pandas, numpy, kind: str | None, values: tuple):
    """Return one typed array: NumPy's own where it can hold the gaps, else an extension array."""
    if kind == "number":
        return numpy.array(values, dtype="float64")  # None becomes NaN
    if kind == "date":
        days = ["NaT" if day is None else day for day in values]
        return numpy.array(days, dtype="datetime64[D]").astype("datetime64[s]")
    gaps = None in values
    if kind in ("integer", "year"):
        return pandas.array(values, dtype="Int64") if gaps else numpy.array(values, dtype="int64")
    if kind == "boolean":
        return pandas.array(values, dtype="boolean") if gaps else numpy.array(values, dtype="bool")
    held = numpy.empty(len(values), dtype="object")
    held[:] = values
    return held


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
    raise DataError(_unknown("document", name, _documents(folder)))


def _documents(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".json", ".topojson", ".toml") and path.parent.name != "schemas"
    ]


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


def _asked(kind: str, name: object) -> str:
    """Return a name that is a text; whatever else was given names nothing."""
    if isinstance(name, str):
        return name
    known = {
        "table": names,
        "document": lambda: _documents(root()),
        "organisation": lambda: list(_coverage(root())),
    }
    raise DataError(_unknown(kind, name, known[kind]()))


def _unknown(kind: str, name: object, known: list[str]) -> str:
    near = get_close_matches(str(name), known, n=1, cutoff=0.5)
    if not near:
        near = [k for k in known if k.lower() == str(name).lower()]
    advice = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(sorted(known))}."
    return f"There is no {kind} {name!r}; {advice}"
