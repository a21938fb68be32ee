"""The learner's record: one SQLite file, on which an answer is safe once `save` returns.

Rows are only ever added, each under an id of its own, so that two kernels, two machines or an import
can never overwrite each other; the latest answer is the one with the latest stamp. A stamp is the
time in milliseconds, pushed forward where needed so that it grows even when the clock goes back.
Nothing is sent anywhere. See docs/record.md.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .words import count, say

__all__ = [
    "Attempt",
    "Prediction",
    "Record",
    "RecordError",
    "Standing",
    "Verdict",
    "additions",
    "attempts",
    "beside",
    "close",
    "current",
    "erase",
    "export",
    "first_answers",
    "included",
    "latest",
    "left_out",
    "load",
    "location",
    "minutes",
    "notices",
    "prediction",
    "pseudonym",
    "save",
    "save_addition",
    "save_prediction",
    "save_verdict",
    "spend",
    "standings",
    "time_on_task",
    "verdict",
    "verdicts",
    "write_page",
]

MEMORY = ":memory:"
FILE = "record.sqlite"
WORKSPACE = ".course-workspace.json"
HOME = ".equal-security-course"

#: Marks a SQLite file as a learner's record ("ESCR").
APPLICATION = 0x45534352
FORMAT = "equal-security-course record"
BUSY_SECONDS = 10
LARGEST_ANSWER = 64 * 1024
LARGEST_IMPORT = 32 * 1024 * 1024
MOST_ROWS = 500_000
MOST_NESTED = 32
MOST_SECONDS = 1e8
LATEST_STAMP = 2**52
ERASE = "erase my record"
LEFT_OUT = ("verdicts", "texts")

_ID = re.compile(r"[a-z][a-z0-9_]{0,40}\.[a-z][a-z0-9_]{0,60}")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,79}")
_UID = re.compile(r"[0-9a-f]{32}")

# Each step brings a file from the version before it to its own; a new file runs them all.
_MIGRATIONS = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE attempts (
        seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,
        exercise TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, answer TEXT NOT NULL,
        mistakes TEXT NOT NULL, private INTEGER NOT NULL,
        exercise_version INTEGER NOT NULL, course_version TEXT NOT NULL);
    CREATE TABLE predictions (
        seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,
        exercise TEXT NOT NULL, answer TEXT NOT NULL, private INTEGER NOT NULL,
        exercise_version INTEGER NOT NULL, course_version TEXT NOT NULL);
    CREATE TABLE verdicts (
        seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,
        claim TEXT NOT NULL, verdict TEXT NOT NULL, confidence INTEGER, note TEXT NOT NULL,
        course_version TEXT NOT NULL);
    CREATE TABLE additions (
        seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, stamp INTEGER NOT NULL,
        kind TEXT NOT NULL, content TEXT NOT NULL, course_version TEXT NOT NULL);
    CREATE TABLE minutes (
        device TEXT NOT NULL, notebook TEXT NOT NULL, seconds REAL NOT NULL,
        PRIMARY KEY (device, notebook)) WITHOUT ROWID;
    """,
    # progress() reads this index alone, and latest() finds its row in it
    "CREATE INDEX attempts_by_exercise ON attempts (exercise, stamp, level);",
    # what kind of claim the learner took it for
    "ALTER TABLE verdicts ADD COLUMN kind TEXT NOT NULL DEFAULT '';",
)
SCHEMA = len(_MIGRATIONS)

# Columns that travel in an export, table by table, and what each may hold.
_TABLES: dict[str, dict[str, type]] = {
    "attempts": {
        "uid": str,
        "stamp": int,
        "exercise": str,
        "kind": str,
        "level": str,
        "answer": str,
        "mistakes": str,
        "private": int,
        "exercise_version": int,
        "course_version": str,
    },
    "predictions": {
        "uid": str,
        "stamp": int,
        "exercise": str,
        "answer": str,
        "private": int,
        "exercise_version": int,
        "course_version": str,
    },
    "verdicts": {
        "uid": str,
        "stamp": int,
        "claim": str,
        "verdict": str,
        "confidence": int,
        "note": str,
        "kind": str,
        "course_version": str,
    },
    "additions": {
        "uid": str,
        "stamp": int,
        "kind": str,
        "content": str,
        "course_version": str,
    },
}
#: Columns that older files and exports lack, and what stands in them then.
_SINCE = {"verdicts": {"kind": ""}}
_DONE = ("right", "kept")


class RecordError(ValueError):
    """The record could not do what was asked; one sentence says why and what to do."""

    def _render_traceback_(self) -> list[str]:
        """Show a notebook's reader the sentence alone (a hook of IPython)."""
        return [str(self)]


class _Again(RecordError):
    """The file was set aside in the middle of the work; the same can be tried once more."""


class _Damaged(Exception):
    """The file is not a whole record; it is set aside and a new one begun."""


@dataclass(frozen=True)
class Attempt:
    """One answer to one exercise; `stamp` in milliseconds since 1970."""

    exercise: str
    kind: str
    level: str
    answer: Any
    mistakes: tuple[str, ...]
    stamp: int
    exercise_version: int
    course_version: str


@dataclass(frozen=True)
class Prediction:
    """What the learner expected before reading on."""

    exercise: str
    answer: Any
    stamp: int


@dataclass(frozen=True)
class Verdict:
    """The learner's own judgement of a claim; `confidence` in per cent, or None.

    `kind` is the type that the learner took the claim for, such as "factual", or "".
    """

    claim: str
    verdict: str
    confidence: int | None
    note: str
    stamp: int
    kind: str = ""


@dataclass(frozen=True)
class Standing:
    """All attempts at one exercise in one line; positions count the attempts of the record."""

    exercise: str
    tries: int
    misses: int
    first: int
    last_done: int | None


def location() -> str:
    """Return where the record lies: `COURSE_RECORD`, else the workspace above, else the home folder.

    Returns
    -------
    str
        A path, or ":memory:" for a record that is not kept.
    """
    chosen = os.environ.get("COURSE_RECORD")
    if chosen:
        return chosen if chosen == MEMORY else str(Path(chosen).expanduser().absolute())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / WORKSPACE).is_file():
            return str(folder / FILE)
    return str(Path.home() / HOME / FILE)


class Record:
    """A learner's record on one file.

    Parameters
    ----------
    path : str or Path
        The file, or ":memory:".
    aliases : Mapping, optional
        {id an exercise once had: the id it has now}, so that answers outlive a renaming.
    clock : callable
        Seconds since 1970; tests turn it back.

    Raises
    ------
    RecordError
        If the file was written by a newer edition of the course, or cannot be opened at all.
    """

    def __init__(
        self,
        path: str | Path,
        aliases: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ):
        self.path = str(path)
        self.notices: list[str] = []
        self._aliases = dict(aliases or {})
        self._clock = clock
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, tuple[int, int] | None] | None = None
        self._unkept = ""
        self._left = ""
        self._mine: dict[str, str] = {}
        self._version = ""
        with self._work():
            pass

    # ------------------------------------------------------------ writing

    def save(
        self,
        exercise: str,
        answer: Any,
        *,
        kind: str = "",
        level: str = "",
        mistakes: Iterable[str] = (),
        private: bool | None = None,
        version: int = 1,
    ) -> None:
        """Keep one answer; it is on the disk once this returns.

        Parameters
        ----------
        exercise : str
            The exercise's id, for example "kosovo.votes".
        answer : JSON value
            Text, number, list or dictionary of these.
        kind, level, mistakes, version
            What the check said, about which version of the exercise.
        private : bool
            Whether the answer holds own words or opinions; exports leave those out unless asked.
            When it is not given, the catalogue decides, and an unknown exercise counts as private.

        Raises
        ------
        RecordError
            If it was not saved, with the reason.
        """
        _check_id(exercise)
        row = {
            "exercise": exercise,
            "kind": kind,
            "level": level,
            "answer": _answer(answer),
            "mistakes": _json(_listed(mistakes)),
            "private": int(_is_private(exercise) if private is None else bool(private)),
            "exercise_version": version,
        }
        self._insert("attempts", row, "exercise", self._names(exercise))

    def save_prediction(self, exercise: str, answer: Any, *, version: int = 1) -> None:
        """Keep a prediction; the first one is what comes back at the end."""
        _check_id(exercise)
        row = {
            "exercise": exercise,
            "answer": _answer(answer),
            "private": 1,
            "exercise_version": version,
        }
        self._insert("predictions", row, "exercise", self._names(exercise))

    def save_verdict(
        self,
        claim: str,
        verdict: str,
        confidence: int | None = None,
        note: str = "",
        kind: str = "",
    ) -> None:
        """Keep the learner's own judgement of a claim.

        Parameters
        ----------
        claim : str
            The claim's id, for example "C031".
        verdict : str
            The verdict chosen.
        confidence : int, optional
            How sure, in per cent.
        note : str
            The learner's reasons.
        kind : str
            The type that the learner takes the claim for, for example "factual".

        Raises
        ------
        RecordError
            If it was not saved, with the reason.
        """
        _check_word("claim", claim)
        _check_word("verdict", verdict)
        if confidence is not None:
            confidence = _whole("confidence", confidence, 0, 100)
        if not isinstance(note, str) or len(note) > LARGEST_ANSWER:
            raise RecordError(say("record.no_note", most=f"{LARGEST_ANSWER:,}"))
        row = {
            "claim": claim,
            "verdict": verdict,
            "confidence": confidence,
            "note": note,
            "kind": kind,
        }
        self._insert("verdicts", row)

    def save_addition(self, kind: str, content: Any) -> None:
        """Keep what the learner added to the argument map (`content`: any JSON value)."""
        _check_word("kind", kind)
        self._insert("additions", {"kind": kind, "content": _json(content)})

    def spend(self, notebook: str, seconds: float) -> None:
        """Add time spent on a notebook, unless the learner has switched this off."""
        _check_word("notebook", notebook)
        if not _is_seconds(seconds):
            raise RecordError(say("record.no_seconds"))
        if seconds > 0 and self.time_on_task():
            self._add(
                "INSERT INTO minutes VALUES (?, ?, ?) ON CONFLICT (device, notebook)"
                f" DO UPDATE SET seconds = MIN(seconds + excluded.seconds, {MOST_SECONDS - 1})",
                (self._device(), notebook, float(seconds)),
            )

    def time_on_task(self, on: bool | None = None) -> bool:
        """Return whether time is counted; switch it on or off when `on` is given."""
        if on is not None:
            self._set("time", "on" if on else "off")
        return self.path != MEMORY and self._meta("time", "on") == "on"

    def pseudonym(self, name: str | None = None) -> str:
        """Return the name on exports and portfolio; choose another when `name` is given."""
        if name is not None:
            if not _is_text(name) or not 0 < len(name.strip()) <= 60:
                raise RecordError(say("record.no_pseudonym"))
            self._set("pseudonym", name.strip())
        return self._meta("pseudonym", say("record.reader", mark=self._device()[:4]))

    # ------------------------------------------------------------ reading

    def latest(self, exercise: str) -> Any:
        """Return the latest answer to an exercise (or prediction), or None."""
        names = self._names(exercise)
        for table in ("attempts", "predictions"):
            rows = self._read(
                f"SELECT answer FROM {table} WHERE exercise IN ({_marks(names)})"
                " ORDER BY stamp DESC, seq DESC LIMIT 1",
                names,
            )
            if rows:
                return json.loads(rows[0][0])
        return None

    def attempts(self, exercise: str | None = None) -> list[Attempt]:
        """Return all attempts, the earliest first; those of one exercise when it is given."""
        names = self._names(exercise) if exercise else ()
        where = f"WHERE exercise IN ({_marks(names)})" if names else ""
        rows = self._read(
            "SELECT exercise, kind, level, answer, mistakes, stamp, exercise_version,"
            f" course_version FROM attempts {where} ORDER BY stamp, seq",
            names,
        )
        return [
            Attempt(
                self._renamed(r[0]), r[1], r[2], json.loads(r[3]), tuple(json.loads(r[4])), *r[5:]
            )
            for r in rows
        ]

    def first_answers(self, exercises: Iterable[str]) -> dict[str, Any]:
        """Return {exercise: its first answer}, for those that have one."""
        found = {}
        for exercise in exercises:
            names = self._names(exercise)
            rows = self._read(
                f"SELECT answer FROM attempts WHERE exercise IN ({_marks(names)})"
                " ORDER BY stamp, seq LIMIT 1",
                names,
            )
            if rows:
                found[exercise] = json.loads(rows[0][0])
        return found

    def prediction(self, exercise: str) -> Prediction | None:
        """Return the first prediction made here, or None."""
        names = self._names(exercise)
        rows = self._read(
            f"SELECT answer, stamp FROM predictions WHERE exercise IN ({_marks(names)})"
            " ORDER BY stamp, seq LIMIT 1",
            names,
        )
        return Prediction(exercise, json.loads(rows[0][0]), rows[0][1]) if rows else None

    def verdict(self, claim: str) -> Verdict | None:
        """Return the learner's latest judgement of a claim, or None."""
        rows = self._read(
            "SELECT claim, verdict, confidence, note, stamp, kind FROM verdicts WHERE claim = ?"
            " ORDER BY stamp DESC, seq DESC LIMIT 1",
            (claim,),
        )
        return Verdict(*rows[0]) if rows else None

    def verdicts(self) -> list[Verdict]:
        """Return every judgement of a claim, the earliest first."""
        rows = self._read(
            "SELECT claim, verdict, confidence, note, stamp, kind FROM verdicts ORDER BY stamp, seq"
        )
        return [Verdict(*row) for row in rows]

    def additions(self, kind: str | None = None) -> list[Any]:
        """Return the contents added to the argument map, the earliest first."""
        rows = self._read("SELECT kind, content FROM additions ORDER BY stamp, seq")
        return [json.loads(content) for found, content in rows if kind in (None, found)]

    def minutes(self) -> dict[str, float]:
        """Return {notebook: minutes spent on it}."""
        rows = self._read("SELECT notebook, SUM(seconds) FROM minutes GROUP BY notebook")
        return {notebook: seconds / 60 for notebook, seconds in rows}

    def standings(self) -> dict[str, Standing]:
        """Return {exercise: all attempts at it in one line}."""
        found: dict[str, Standing] = {}
        for exercise, *counts in self._read(STANDINGS):
            name = self._renamed(exercise)
            line = Standing(name, *counts)
            found[name] = _joined(found[name], line) if name in found else line
        return found

    # ------------------------------------------------------------ moving house

    def export(self, path: str | Path, include: Iterable[str] = ()) -> str:
        """Write the record as JSON, to be loaded on another machine.

        Parameters
        ----------
        path : str or Path
            Where to write; an older export there is replaced, any other file is not.
        include : set of {"verdicts", "texts"}
            What is left out unless it is named here: judgements of claims; predictions, written
            answers and additions to the argument map.

        Returns
        -------
        str
            One sentence: what was written and what was left out.

        Raises
        ------
        RecordError
            If the file cannot be written or is not an export.
        """
        include = included(include)
        target = _path(path)
        content: dict[str, Any] = {
            "format": FORMAT,
            "version": SCHEMA,
            "course_version": self._course(),
            "pseudonym": self.pseudonym(),
            "left_out": [part for part in LEFT_OUT if part not in include],
        }
        unsound = 0
        with self._work() as connection:
            connection.execute("BEGIN")  # one moment of the record, whoever else is writing
            try:
                for table in _TABLES:
                    rows = _rows(connection, table, include)
                    content[table] = [row for row in rows if _is_sound(table, row)]
                    unsound += len(rows) - len(content[table])
                rows = connection.execute("SELECT * FROM minutes ORDER BY 1, 2")
                content["minutes"] = [list(row) for row in rows if _are_minutes(list(row))]
            finally:
                connection.execute("COMMIT")
        if os.path.exists(target) and not _is_export(target):
            raise RecordError(say("record.in_the_way", file=target.name))
        _write_whole(target, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        number = sum(len(content[table]) for table in _TABLES)
        words = [count("record.written", number, file=target.name), left_out(include)]
        if unsound:  # one of them would have the whole file refused where it is loaded
            words.append(count("record.unsound", unsound))
        return " ".join(words)

    def load(self, path: str | Path) -> str:
        """Merge an export into this record.

        Entries that are already here stay as they are, and a newer answer stays the latest. A file
        that is not a sound export is refused whole.

        Returns
        -------
        str
            One sentence: how many entries were new.

        Raises
        ------
        RecordError
            If the file is refused; nothing has then been changed.
        """
        content = _read_export(_path(path))
        now = self._now()
        added = 0
        with self._work() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                for table, columns in _TABLES.items():
                    for row in sorted(content[table], key=lambda row: row["stamp"]):
                        row["stamp"] = min(
                            row["stamp"], now
                        )  # a wrong clock elsewhere wins nothing
                        added += _insert(connection, table, columns, row)
                for device, notebook, seconds in content["minutes"]:
                    connection.execute(
                        "INSERT INTO minutes VALUES (?, ?, ?) ON CONFLICT (device, notebook)"
                        " DO UPDATE SET seconds = MAX(seconds, excluded.seconds)",
                        (device, notebook, seconds),
                    )
                connection.execute("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
        known = sum(len(content[table]) for table in _TABLES) - added
        return count("record.read", added, known=known)

    def erase(self, sure: str = "") -> str:
        """Erase everything, after asking.

        Called without its word it changes nothing and says what to call. Erased content is
        overwritten with zeros, the file is rewritten, and files set aside earlier go as well. A file
        that cannot be erased is named in the sentence.
        """
        number = sum(self._read(f"SELECT COUNT(*) FROM {table}")[0][0] for table in _TABLES)
        if sure != ERASE:
            return count("record.would_erase", number, word=ERASE)
        with self._work() as connection:
            # a journal on disk would keep what is being erased
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("BEGIN IMMEDIATE")
            for table in (*_TABLES, "minutes", "meta"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("COMMIT")
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode = DELETE")
        self._mine.clear()
        remaining = [Path(self._left).name] if self._left and os.path.exists(self._left) else []
        if self.path != MEMORY:
            for aside in Path(self.path).parent.glob(f"{Path(self.path).stem}.set-aside-*"):
                _shred(aside)
                remaining += [aside.name] if aside.exists() else []
        if remaining:
            return count("record.erased_but", number, files=say("list.and").join(remaining))
        return count("record.erased", number)

    def close(self) -> None:
        """Close the file; the record may be used again and opens it anew."""
        with self._lock:
            if self._connection is not None and self._opened and self._opened[0] == os.getpid():
                self._connection.close()
            self._connection = self._opened = None

    # ------------------------------------------------------------ the file

    @contextlib.contextmanager
    def _work(self) -> Iterator[sqlite3.Connection]:
        """Give the open connection; turn what SQLite says into sentences."""
        with self._lock:
            try:
                try:
                    yield self._open()
                except sqlite3.DatabaseError as error:
                    if _error_name(error) in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                        raise _Damaged from error
                    raise
            except _Damaged:
                self._set_aside()
                raise _Again(say("record.damaged")) from None
            except sqlite3.Error as error:
                raise RecordError(_sentence(error, self.path)) from error

    def _open(self) -> sqlite3.Connection:
        same = (os.getpid(), _inode(self.path))
        if self._connection is not None:
            if self._opened == same:
                return self._connection
            if self._opened and self._opened[0] == same[0]:
                self._connection.close()  # the file was moved or deleted under us
        self._connection = None
        try:
            self._connection = self._connect(self.path)
        except _Damaged:
            self._set_aside()
            return self._connection
        except sqlite3.OperationalError as error:
            if _error_name(error).partition("_")[2].split("_")[0] not in ("READONLY", "CANTOPEN"):
                raise
            self._go_elsewhere()
        self._opened = (os.getpid(), _inode(self.path))
        return self._connection

    def _connect(self, path: str) -> sqlite3.Connection:
        if path != MEMORY:
            with contextlib.suppress(OSError):
                Path(path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _migrate(connection)
            if path != MEMORY:
                _whole_file(connection, path)
            if path != MEMORY and not all(
                os.access(place, os.W_OK) for place in (path, Path(path).parent)
            ):
                raise _read_only()
        except sqlite3.DatabaseError as error:
            connection.close()
            if _error_name(error) in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise _Damaged from error
            raise
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        """Move a damaged or foreign file away under a dated name, and save what it still holds."""
        self.close()
        path = Path(self.path)
        with _only_one(path):
            try:  # another kernel may have done it a moment ago
                self._connection = self._connect(self.path)
            except _Damaged:
                aside = _free(path, f"set-aside-{datetime.date.today().isoformat()}")
                os.replace(path, aside)
                journal = Path(f"{path}-journal")
                if journal.exists():
                    os.replace(journal, f"{aside}-journal")
                self._connection = self._connect(self.path)
                saved = _salvage(aside, self._connection)
                self.notices.append(count("record.set_aside", saved, file=aside.name))
        self._opened = (os.getpid(), _inode(self.path))

    def _go_elsewhere(self) -> None:
        """Keep answers in the home folder, or at least in memory, when the place is read-only."""
        old = self.path
        home = str(Path.home() / HOME / FILE)
        for place in (home, MEMORY):
            if place == old:
                continue
            try:
                self._connection = self._connect(place)
            except (sqlite3.Error, _Damaged, OSError):
                continue
            self.path = place
            break
        _salvage(Path(old), self._connection)
        self._left = old
        file = Path(old).name
        if self.path == MEMORY:
            self._unkept = say("record.unkept", file=file)
            self.notices.append(say("record.elsewhere_memory", file=file))
        else:
            self.notices.append(say("record.elsewhere_home", file=file))

    def _insert(
        self, table: str, row: dict[str, Any], column: str = "", names: tuple[str, ...] = ()
    ) -> None:
        """Check a row as an import is checked, and add it.

        Its stamp is the time, or one more than the latest stamp of the rows whose `column` holds
        one of `names` (of all rows without them), so that the last one saved is the latest.
        """
        own = {"uid": uuid.uuid4().hex, "stamp": self._now(), "course_version": self._course()}
        row = {**own, **row}
        _check_row(table, _TABLES[table], row)
        where = f" WHERE {column} IN ({_marks(names)})" if names else ""
        latest = f"MAX(?, 1 + COALESCE((SELECT MAX(stamp) FROM {table}{where}), 0))"
        marks = [latest if name == "stamp" else "?" for name in row]
        values = [v for k, v in row.items() for v in ((v, *names) if k == "stamp" else (v,))]
        self._add(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(marks)})", tuple(values)
        )

    def _add(self, statement: str, values: tuple) -> None:
        self._run(statement, values)
        if self._unkept:
            raise RecordError(self._unkept)

    def _read(self, statement: str, values: Iterable = ()) -> list[tuple]:
        return self._run(statement, tuple(values))

    def _run(self, statement: str, values: tuple) -> list[tuple]:
        """Run one statement, which is one transaction; once more if the file had to be set aside."""
        try:
            with self._work() as connection:
                return connection.execute(statement, values).fetchall()
        except _Again:
            with self._work() as connection:
                return connection.execute(statement, values).fetchall()

    def _set(self, name: str, value: str) -> None:
        self._add("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _meta(self, name: str, default: str) -> str:
        rows = self._read("SELECT value FROM meta WHERE name = ?", (name,))
        return rows[0][0] if rows else default

    def _device(self) -> str:
        """Return the random name of this record, by which minutes are kept apart when merged."""
        if self.path == MEMORY:
            return "0" * 32
        if "device" not in self._mine:
            with self._work() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO meta VALUES ('device', ?)", (uuid.uuid4().hex,)
                )
            self._mine["device"] = self._meta("device", "")
        return self._mine["device"]

    def _now(self) -> int:
        return min(max(int(self._clock() * 1000), 0), LATEST_STAMP)

    def _course(self) -> str:
        if not self._version:
            import course

            self._version = str(course.__version__)
        return self._version

    def _renamed(self, exercise: str) -> str:
        return self._aliases.get(exercise, exercise)

    def _names(self, exercise: str) -> tuple[str, ...]:
        _check_id(exercise)
        now = self._renamed(exercise)
        return (now, *(old for old, new in self._aliases.items() if new == now))


#: What progress() needs of all attempts; answered from the index alone.
STANDINGS = f"""
    SELECT exercise, COUNT(*), SUM(level NOT IN {_DONE!r}), MIN(seq),
           MAX(CASE WHEN level IN {_DONE!r} THEN seq END)
    FROM attempts GROUP BY exercise
"""


def _joined(one: Standing, other: Standing) -> Standing:
    done = [line.last_done for line in (one, other) if line.last_done is not None]
    return Standing(
        one.exercise,
        one.tries + other.tries,
        one.misses + other.misses,
        min(one.first, other.first),
        max(done, default=None),
    )


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to this version, or say why not; a new file becomes a record."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION and version == SCHEMA:
        connection.execute("SELECT 1 FROM attempts LIMIT 1")
        return
    if application == APPLICATION and version > SCHEMA:
        raise RecordError(say("record.newer"))
    if application != APPLICATION and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise _Damaged  # somebody else's database
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()  # another kernel may have
        for step in _MIGRATIONS[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _whole_file(connection: sqlite3.Connection, path: str) -> None:
    """Refuse a file whose last page is cut off, which SQLite would notice only when it meets it.

    The size is compared while a read transaction keeps writers out, and without opening the file a
    second time: closing it would drop this process's locks.
    """
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM attempts LIMIT 1").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        if os.stat(path).st_size < pages * size:
            raise _Damaged
    finally:
        _roll_back(connection)


def _salvage(path: Path, into: sqlite3.Connection) -> int:
    """Copy every row that can still be read from a damaged or read-only record.

    Rows are read from both ends, so that damage in the middle costs only the middle.
    """
    saved = 0
    try:
        old = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return 0
    with contextlib.closing(old):
        with contextlib.suppress(sqlite3.Error):
            old.execute("PRAGMA writable_schema = ON")  # else a shortened file is refused whole
        for table, columns in _TABLES.items():
            held = _columns(old, table)
            for direction in ("ASC", "DESC"):
                with contextlib.suppress(sqlite3.Error):
                    query = f"SELECT {', '.join(held)} FROM {table} ORDER BY seq {direction}"
                    for values in old.execute(query):
                        row = _SINCE.get(table, {}) | dict(zip(held, values, strict=True))
                        with contextlib.suppress(RecordError, sqlite3.IntegrityError):
                            _check_row(table, columns, row)
                            saved += _insert(into, table, columns, row)
        with contextlib.suppress(sqlite3.Error):
            for row in old.execute("SELECT device, notebook, seconds FROM minutes"):
                into.execute("INSERT OR IGNORE INTO minutes VALUES (?, ?, ?)", row)
            for row in old.execute("SELECT name, value FROM meta"):
                into.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", row)
    return saved


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of ours that a file has; an older one lacks the youngest."""
    with contextlib.suppress(sqlite3.Error):
        known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
        return [name for name in _TABLES[table] if name in known] or list(_TABLES[table])
    return list(_TABLES[table])


def _insert(
    connection: sqlite3.Connection, table: str, columns: Mapping[str, type], row: Mapping
) -> int:
    statement = (
        f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({_marks(tuple(columns))})"
    )
    return connection.execute(statement, [row[name] for name in columns]).rowcount


def _rows(connection: sqlite3.Connection, table: str, include: frozenset[str]) -> list[dict]:
    """Return the rows of a table that an export may hold."""
    if table == "verdicts" and "verdicts" not in include:
        return []
    if table == "additions" and "texts" not in include:
        return []
    columns = list(_TABLES[table])
    where = ""
    if "private" in columns and "texts" not in include:
        where = "WHERE private = 0"
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} {where} ORDER BY seq")
    kept = [dict(zip(columns, row, strict=True)) for row in rows]
    if table == "verdicts" and "texts" not in include:
        kept = [{**row, "note": ""} for row in kept]
    return kept


def included(include: Iterable[str]) -> frozenset[str]:
    """Return the parts ticked for an export or a portfolio, or refuse an unknown one."""
    try:
        parts = frozenset([include] if isinstance(include, str) else include)
    except TypeError:
        parts = frozenset([repr(include)])
    unknown = sorted(map(str, parts.difference(LEFT_OUT)))
    if unknown:
        known = say("list.or").join(map(repr, LEFT_OUT))
        raise RecordError(say("record.no_part", part=unknown[0], known=known))
    return parts


def left_out(include: frozenset[str]) -> str:
    """Return the sentence that says what an export or a portfolio leaves out."""
    parts = [part for part in LEFT_OUT if part not in include]
    if not parts:
        return say("record.all_in")
    ticked = ", ".join(f'"{part}"' for part in parts)
    return say(f"record.left_out.{'_'.join(parts)}", ticked=f"{{{ticked}}}")


def beside(name: str) -> str:
    """Return the path of a file beside the record, or in the working directory without one."""
    place = current().path
    return str(Path.cwd() / name if place == MEMORY else Path(place).with_name(name))


def write_page(path: str | Path, html: str) -> str:
    """Write a page whole, readable by its owner only, and return its name.

    Raises
    ------
    RecordError
        If it cannot be written, or another kind of file is in the way.
    """
    target = _path(path)
    if os.path.isdir(target):
        raise RecordError(say("record.folder", file=target.name))
    _write_whole(target, html.encode("utf-8", "replace").decode("utf-8"))
    return target.name


# ---------------------------------------------------------------- reading an export


def _read_export(path: Path) -> dict[str, Any]:
    """Return a checked export, or refuse it with a sentence."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_IMPORT + 1)
    except OSError as error:
        raise RecordError(say("record.unreadable", file=_short(path), why=error.strerror)) from None
    if len(raw) > LARGEST_IMPORT:
        raise RecordError(say("record.too_large", file=path.name))
    try:
        content = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RecordError(say("record.no_export", file=path.name)) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise RecordError(say("record.no_export", file=path.name))
    version = content.get("version")
    if not isinstance(version, int) or not 1 <= version <= SCHEMA:
        raise RecordError(say("record.other_edition", file=path.name))
    tables: dict[str, Any] = {}
    for table, columns in _TABLES.items():
        rows = content.get(table, [])
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            raise RecordError(say("record.no_list", file=path.name, table=table))
        tables[table] = []
        for row in rows:
            if not isinstance(row, dict):
                raise RecordError(say("record.misshapen", file=path.name, table=table))
            row = _SINCE.get(table, {}) | row
            if set(row) != set(columns):
                raise RecordError(say("record.misshapen", file=path.name, table=table))
            _check_row(table, columns, row)
            tables[table].append(row)
    spent = content.get("minutes", [])
    if not isinstance(spent, list) or len(spent) > MOST_ROWS:
        raise RecordError(say("record.minutes", file=path.name))
    if not all(map(_are_minutes, spent)):
        raise RecordError(say("record.minutes", file=path.name))
    tables["minutes"] = [(device, notebook, float(s)) for device, notebook, s in spent]
    return tables


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _check_row(table: str, columns: Mapping[str, type], row: Mapping[str, Any]) -> None:
    for name, kind in columns.items():
        value = row[name]
        if name == "confidence" and value is None:
            continue
        if type(value) is not kind:
            raise RecordError(say("record.entry_unreadable", table=table, name=name))
        if kind is int and not 0 <= value < 2**53:
            raise RecordError(say("record.entry_impossible", table=table, name=name))
        if kind is str and len(value) > LARGEST_ANSWER:
            raise RecordError(say("record.entry_long", table=table))
        if kind is str:
            _fits(_is_text(value), table, name)
    _fits(_UID.fullmatch(row["uid"]), table, "id")
    if "exercise" in row:
        _fits(_ID.fullmatch(row["exercise"]), table, "exercise")
    for name in ("claim", "verdict"):
        if name in columns:
            _fits(_WORD.fullmatch(row[name]), table, name)
    for name in ("kind", "level", "course_version"):
        if name in columns:
            _fits(not row[name] or _WORD.fullmatch(row[name]), table, name)
    for name in ("answer", "mistakes", "content"):
        if name in columns:
            try:
                value = json.loads(row[name], parse_constant=_no_constant)
                _json(value)  # escapes can hide half a character, and 1e999 is endless
            except (ValueError, RecursionError):
                raise RecordError(say("record.entry_broken", table=table, name=name)) from None
            if name == "answer":
                _fits(value is not None, table, name)
            if name == "mistakes":
                _fits(
                    isinstance(value, list) and all(isinstance(one, str) for one in value),
                    table,
                    name,
                )
    if row.get("confidence") is not None and "confidence" in columns:
        _fits(row["confidence"] <= 100, table, "confidence")
    if "private" in columns:
        _fits(row["private"] in (0, 1), table, "private")


def _fits(sound: object, table: str, name: str) -> None:
    if not sound:
        raise RecordError(say("record.entry_unreadable", table=table, name=name))


def _is_sound(table: str, row: Mapping[str, Any]) -> bool:
    try:
        _check_row(table, _TABLES[table], row)
    except RecordError:
        return False
    return True


def _are_minutes(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 3
        and isinstance(row[0], str)
        and bool(_UID.fullmatch(row[0]))
        and isinstance(row[1], str)
        and bool(_WORD.fullmatch(row[1]))
        and _is_seconds(row[2])
    )


def _is_seconds(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value < MOST_SECONDS


def _is_text(value: object) -> bool:
    """Return whether a value is a text that a file can hold: no half characters."""
    if not isinstance(value, str):
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_export(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            return FORMAT in file.read(200)
    except (OSError, ValueError):
        return False


def _write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    partial = path.with_name(f".{path.name}.part")
    try:
        with open(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", -1, "utf-8"
        ) as f:
            f.write(text)
            f.flush()
            os.fsync(f.fileno())
        os.replace(partial, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise RecordError(say("record.unwritable", file=_short(path), why=error.strerror)) from None


# ---------------------------------------------------------------- small things


def _check_id(exercise: object) -> None:
    if not isinstance(exercise, str) or not _ID.fullmatch(exercise):
        raise RecordError(say("record.no_id"))


def _is_private(exercise: str) -> bool:
    from .exercises import catalogue

    try:
        return catalogue.exercise(exercise).private
    except Exception:  # even a broken catalogue must not cost an answer
        return True


def _check_word(name: str, value: object) -> None:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise RecordError(say("record.short_text", name=name))


def _whole(name: str, value: object, lowest: int, highest: int) -> int:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not lowest <= value <= highest or value != int(value):
        raise RecordError(say("record.whole_number", name=name, lowest=lowest, highest=highest))
    return int(value)


def _json(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        raise RecordError(say("record.no_json")) from None
    if not _is_text(text):
        raise RecordError(say("record.half_character"))
    if _is_deeper(value, MOST_NESTED):
        raise RecordError(say("record.nested", most=MOST_NESTED))
    if len(text) > LARGEST_ANSWER:
        raise RecordError(say("record.long", most=f"{LARGEST_ANSWER:,}"))
    return text


def _answer(value: Any) -> str:
    if value is None:
        raise RecordError(say("record.no_answer"))
    return _json(value)


def _is_deeper(value: Any, most: int) -> bool:
    """Return whether lists and dictionaries stand inside each other more than `most` times."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return False
    return most == 0 or any(_is_deeper(inner, most - 1) for inner in value)


def _listed(mistakes: Iterable[str]) -> list[str]:
    try:
        return list(mistakes)
    except TypeError:
        raise RecordError(say("record.no_mistakes")) from None


def _path(name: object) -> Path:
    """Return the path that was named, or refuse what no file can be called."""
    try:
        path = Path(name).expanduser()
        usable = b"\0" not in os.fsencode(path) and bool(path.name)
    except (TypeError, ValueError, RuntimeError):
        usable = False
    if not usable:
        raise RecordError(say("record.no_path"))
    return path


def _short(path: Path) -> str:
    """Return a file's name for a sentence, cut where it would drown the rest."""
    return path.name if len(path.name) <= 60 else path.name[:59] + "…"


def _marks(values: tuple) -> str:
    return ", ".join("?" * len(values))


def _inode(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _error_name(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for known in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        if name.startswith(known):
            return known
    return name


def _read_only() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorname = "SQLITE_READONLY"
    return error


def _sentence(error: sqlite3.Error, path: str) -> str:
    name, file = _error_name(error), Path(path).name
    if name.startswith("SQLITE_FULL"):
        return say("record.full")
    if name.startswith("SQLITE_IOERR"):
        return say("record.failing", file=file)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return say("record.busy", file=file)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return say("record.read_only", file=file)
    return say("record.answered", file=file, error=error)


def _roll_back(connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _free(path: Path, mark: str) -> Path:
    """Return a name beside `path` that is not taken: record.<mark>.sqlite, record.<mark>-2.sqlite."""
    number = 1
    while True:
        tail = mark if number == 1 else f"{mark}-{number}"
        found = path.with_name(f"{path.stem}.{tail}{path.suffix}")
        if not found.exists():
            return found
        number += 1


@contextlib.contextmanager
def _only_one(path: Path, patience: float = 10.0) -> Iterator[None]:
    """Let one process at a time set a file aside; a lock older than that is left over."""
    lock = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + patience
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > until:
                with contextlib.suppress(OSError):
                    lock.unlink()
            time.sleep(0.02)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()


def _shred(path: Path) -> None:
    """Overwrite a file with zeros and delete it."""
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        with path.open("r+b") as file:
            for start in range(0, size, 1 << 20):
                file.write(b"\0" * min(1 << 20, size - start))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


# ---------------------------------------------------------------- the record of this session

_records: dict[str, Record] = {}


def current() -> Record:
    """Return the record at `location()`, opened on first use."""
    place = location()
    if place not in _records:
        _records[place] = Record(place, _known_aliases())
    return _records[place]


def _known_aliases() -> Mapping[str, str]:
    from .exercises import catalogue

    try:
        return catalogue.aliases()
    except Exception:  # a broken catalogue must not keep the record shut
        return {}


def close() -> None:
    """Close every record of this process; the next use opens it again."""
    while _records:
        _records.popitem()[1].close()


def notices() -> tuple[str, ...]:
    """Return, once, what the learner should know about the file (set aside, read-only)."""
    found = tuple(current().notices)
    current().notices.clear()
    return found


def _verb(name: str) -> Callable[..., Any]:
    method = getattr(Record, name)

    def verb(*args: Any, **options: Any) -> Any:
        return getattr(current(), name)(*args, **options)

    verb.__name__, verb.__doc__ = name, method.__doc__
    verb.__wrapped__ = method
    return verb


additions = _verb("additions")
attempts = _verb("attempts")
erase = _verb("erase")
export = _verb("export")
first_answers = _verb("first_answers")
latest = _verb("latest")
load = _verb("load")
minutes = _verb("minutes")
prediction = _verb("prediction")
pseudonym = _verb("pseudonym")
save = _verb("save")
save_addition = _verb("save_addition")
save_prediction = _verb("save_prediction")
save_verdict = _verb("save_verdict")
spend = _verb("spend")
standings = _verb("standings")
time_on_task = _verb("time_on_task")
verdict = _verb("verdict")
verdicts = _verb("verdicts")
