"""The event log of a session: one SQLite file, written before anybody is told that it is so.

Only the digest of a participant's secret is stored, so nobody who reads the file can vote as a
participant. The file is readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from course.words import say

from .session import Event, Session, event_from, event_to, replay
from .simulation import Scenario, scenario

__all__ = ["Store", "StoreError", "digest", "folder", "live_path"]

FORMAT = 1
LAYOUT = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS keys (
  digest TEXT PRIMARY KEY,
  participant TEXT NOT NULL
) WITHOUT ROWID;
"""


class StoreError(ValueError):
    """The file of the session cannot be used; the message says what to do."""


def folder() -> Path:
    """Where sessions live: ``COURSE_ROOM``, else ``~/.equal-security-course/room``."""
    chosen = os.environ.get("COURSE_ROOM")
    return Path(chosen) if chosen else Path.home() / ".equal-security-course" / "room"


def live_path() -> Path:
    """The file of the session that is not closed yet."""
    return folder() / "live.sqlite"


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Store:
    """One session's file.

    Parameters
    ----------
    path : Path or str
        The SQLite file; made (readable by its owner alone) if it is not there.

    Raises
    ------
    StoreError
        If another room uses the file now, or a newer course wrote it, or it is damaged.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._owner = self._claim()
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            self._owner.close()
            raise StoreError(say("room.store.damaged", path=self.path, error=error)) from None

    def _claim(self) -> sqlite3.Connection:
        """Hold a lock that ends with this process, however it ends."""
        owner = sqlite3.connect(
            self._lock_path, timeout=0.2, isolation_level=None, check_same_thread=False
        )
        try:
            owner.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            owner.close()
            raise StoreError(say("room.store.used", path=self.path)) from None
        return owner

    @property
    def _lock_path(self) -> Path:
        return self.path.with_name(self.path.name + ".lock")

    def _open(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        db = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode = TRUNCATE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        db.executescript(LAYOUT)
        self._db = db
        found = self.get("format")
        if found is None:
            self.put("format", str(FORMAT))
        elif int(found) > FORMAT:
            db.close()
            raise StoreError(say("room.store.newer", path=self.path))
        return db

    # --------------------------------------------------------------------------- small values

    def get(self, key: str) -> str | None:
        """A stored value, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: str) -> None:
        """Store a value at once."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def secret(self, key: str) -> str:
        """A random secret that stays the same over restarts; made when first asked for."""
        value = self.get(key)
        if value is None:
            value = secrets.token_urlsafe(32)
            self.put(key, value)
        return value

    # --------------------------------------------------------------------------------- events

    def write(self, events: Iterable[Event], keys: Iterable[tuple[str, str]] = ()) -> None:
        """Store events (and new participants' key digests): all of them, or none.

        They are on the disk when this returns. It may be called from another thread.
        """
        rows = []
        for event in events:
            kind, body = event_to(event)
            rows.append((kind, json.dumps(body, ensure_ascii=False, separators=(",", ":"))))
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT INTO events (kind, body) VALUES (?, ?)", rows)
                self._db.executemany("INSERT INTO keys VALUES (?, ?)", keys)
                self._db.execute("COMMIT")
            except sqlite3.Error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def events(self) -> tuple[Event, ...]:
        """All events in order."""
        with self._lock:
            return _events(self._db)

    def keys(self) -> dict[str, str]:
        """Digest of a participant's secret to the participant's id."""
        with self._lock:
            return dict(self._db.execute("SELECT digest, participant FROM keys"))

    def session(self) -> Session | None:
        """The session that the file holds, or None if none was opened yet."""
        return _session(self.events())

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._owner.close()

    def erase(self) -> None:
        """Overwrite and delete everything that the session stored."""
        for table in ("events", "keys", "meta"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("VACUUM")
        self._db.close()
        self._owner.close()
        for path in (self.path, self.path.with_name(self.path.name + "-journal"), self._lock_path):
            path.unlink(missing_ok=True)


def read_only(path: Path | str) -> tuple[Event, ...]:
    """The events of a session's file, without disturbing the room that may be using it."""
    uri = Path(path).resolve().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=5)) as db:
        return _events(db)


def _events(db: sqlite3.Connection) -> tuple[Event, ...]:
    rows = db.execute("SELECT kind, body FROM events ORDER BY seq")
    return tuple(event_from(kind, json.loads(body)) for kind, body in rows)


def _session(events: tuple[Event, ...], case: Scenario | None = None) -> Session | None:
    if not events:
        return None
    return replay(case or scenario(events[0].scenario), events)
