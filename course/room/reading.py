"""A session for a notebook: `course.room.read(path)` gives its tables as DataFrames."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from course.words import say

from .export import COLUMNS, tables
from .session import Event
from .store import StoreError, live_path, read_only

__all__ = ["Workshop", "keep", "read"]

BOOLEANS = ("chosen", "adopted", "on_wall")
NUMBERS = ("rung", "present", "quorum", "members", "count", "minute")


class Workshop(Mapping):
    """The tables of one session by name: ``outcomes ballots reasons polls notes log``.

    Each is a pandas DataFrame, also as an attribute: ``workshop.outcomes``.
    """

    def __init__(self, rows: Mapping[str, list[dict]]) -> None:
        self._rows = dict(rows)
        self._frames: dict = {}

    def __getitem__(self, name: str):
        if name not in self._rows:
            known = ", ".join(self._rows)
            raise KeyError(say("room.read.table", name=name, known=known))
        if name not in self._frames:
            import pandas

            frame = pandas.DataFrame(self._rows[name], columns=list(COLUMNS[name]))
            kinds = {c: "boolean" for c in BOOLEANS if c in frame}
            kinds |= {c: "Int64" for c in NUMBERS if c in frame}
            kinds |= {c: "str" for c in frame if c not in kinds}
            self._frames[name] = frame.astype(kinds)
        return self._frames[name]

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in self._rows:
            known = ", ".join(self._rows)
            raise AttributeError(say("room.read.attribute", name=name, known=known))
        return self[name]

    def __iter__(self):
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}: {len(rows)}" for name, rows in self._rows.items())
        return f"<Workshop {sizes}>"


def read(source: Path | str | Iterable[Event] | None = None) -> Workshop:
    """Read a session: the one that runs on this machine, a kept one, or an exported folder.

    Parameters
    ----------
    source : path, iterable of Event, or None
        A session's file (running or kept), a folder of exported CSV files, the events of a
        session, or nothing for the room that runs now on this machine.

    Returns
    -------
    Workshop
        Tables without persons, the same ones that the export gives.

    Raises
    ------
    StoreError
        If there is nothing to read there.
    """
    if source is None:
        source = live_path()
    if not isinstance(source, (str, Path)):
        return Workshop(tables(source))
    path = Path(source)
    if path.is_dir():
        return Workshop(_from_folder(path))
    if not path.is_file():
        raise StoreError(say("room.read.none", path=path))
    try:
        return Workshop(_kept(path) or tables(read_only(path)))
    except sqlite3.DatabaseError as error:
        raise StoreError(say("room.read.other", path=path, error=error)) from None


def keep(rows: Mapping[str, list[dict]], path: Path) -> None:
    """Write the tables of a session, which name no person, into a file of their own."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        for name, found in rows.items():
            columns = COLUMNS[name]
            db.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            values = ([row[c] for c in columns] for row in found)
            db.executemany(f"INSERT INTO {name} VALUES ({marks})", values)


def _kept(path: Path) -> dict[str, list[dict]]:
    uri = path.resolve().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=5)) as db:
        db.row_factory = sqlite3.Row
        known = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if "outcomes" not in known:
            return {}
        return {n: [dict(r) for r in db.execute(f"SELECT * FROM {n}")] for n in COLUMNS}


def _from_folder(path: Path) -> dict[str, list[dict]]:
    found = {}
    for name in COLUMNS:
        file = path / f"{name}.csv"
        if not file.is_file():
            raise StoreError(say("room.read.folder", path=path, file=file.name))
        with open(file, encoding="utf-8-sig", newline="") as lines:
            found[name] = [_typed(row) for row in csv.DictReader(lines)]
    return found


def _typed(row: dict[str, str]) -> dict[str, object]:
    return {
        key: (value == "True" if key in BOOLEANS else (value or None) if key in NUMBERS else value)
        for key, value in row.items()
    }
