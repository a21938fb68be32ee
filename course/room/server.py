"""The room on the network: one Tornado process, one session, three kinds of visitor.

A participant, the wall and the instructor hold different unguessable keys in HttpOnly cookies, and
each handler asks for the one it needs. An event is stored before anybody is told about it, so a
server that is killed and started again goes on where it was.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from tornado import web, websocket
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from course.words import say

from . import names, qr, views
from . import session as s
from .counting import count
from .export import COLUMNS, csv_text, tables, zip_bytes
from .reading import keep
from .simulation import Scenario, scenario
from .store import Store, digest, folder
from .suggestions import suggestion, suggestions

__all__ = ["Room", "application", "serve"]

BODY_LIMIT = 16 * 1024
MESSAGE_LIMIT = 1024
CONNECTION_LIMIT = 1200
TABS = 6
PAIRING_SECONDS = 600
WALL_PAUSE = 0.06
BEAT = 20.0
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


# ---------------------------------------------------------------------------------- the room


class Bucket:
    """Allow ``rate`` acts a second for each key, and ``burst`` at once."""

    def __init__(self, rate: float, burst: float, keys: int = 4096) -> None:
        self.rate, self.burst, self.keys = rate, burst, keys
        self._level: dict[str, tuple[float, float]] = {}

    def take(self, key: str, now: float) -> bool:
        """Whether one more act is allowed now; if so it is counted."""
        level, at = self._level.pop(key, (self.burst, now))
        level = min(self.burst, level + (now - at) * self.rate)
        allowed = level >= 1
        self._level[key] = (level - allowed, now)
        if len(self._level) > self.keys:
            del self._level[next(iter(self._level))]
        return allowed


class Room:
    """One live session: the state in memory, the log on disk, and who is connected.

    Parameters
    ----------
    store : Store
        A new file, or one with a session to go on with.
    case : Scenario, optional
        The case of a new session.
    clock : callable
        Seconds since 1970.
    """

    def __init__(
        self, store: Store, case: Scenario | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.store, self.clock = store, clock
        found = store.session()
        self.resumed = found is not None
        self.session = found or self._begin(case or scenario("play"))
        self.code = store.get("code") or self._new_code()
        self.instructor_key = store.secret("instructor")
        self.wall_key = store.secret("wall")
        self.people = store.keys()
        self.live: dict[str, set[Live]] = {}
        self.joins = Bucket(rate=20, burst=250)
        self.misses = Bucket(rate=0.5, burst=30)
        self.acts = Bucket(rate=4, burst=30)
        self._pairing: dict[str, tuple[str, float]] = {}
        self._queue: list[tuple[tuple[s.Event, ...], tuple[tuple[str, str], ...]]] = []
        self._waiting: asyncio.Future | None = None
        self._writing = False
        self._written: asyncio.Future | None = None
        self._touched: set[str] = set()
        self._wall_at = 0.0
        self._wall_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task] = set()

    def _begin(self, case: Scenario) -> s.Session:
        opened = s.SessionOpened(at=self.clock(), session=secrets.token_hex(4), scenario=case.id)
        self.store.write((opened,))
        return s.replay(case, (opened,))

    def _new_code(self) -> str:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
        self.store.put("code", code)
        return code

    # ------------------------------------------------------------------------------- acting

    async def act(
        self,
        make: Callable[[s.Session, float], tuple[s.Event, ...]],
        keys: Iterable[tuple[str, str]] = (),
    ) -> tuple[s.Event, ...]:
        """Ask the session for events, store them, and return when they are on the disk."""
        events = make(self.session, self.clock())
        keys = tuple(keys)
        if events or keys:
            self.session = self.session.after(*events)
            self.people.update(keys)
            self._touched |= self._concerned(events)
            self._queue.append((events, keys))
        await self._stored()
        return events

    async def _stored(self) -> None:
        """Wait until everything that was asked for so far is on the disk.

        One thread writes. What comes in while it waits for the disk is written together next, so
        a slow disk makes larger steps and not a longer queue.
        """
        loop = asyncio.get_running_loop()
        if self._queue and self._waiting is None:
            self._waiting = loop.create_future()
        if self._queue and not self._writing:
            self._writing = True
            self._keep(loop.create_task(self._write()))
        waiting = self._waiting or self._written
        if waiting is not None:
            await asyncio.shield(waiting)

    async def _write(self) -> None:
        while self._queue:
            batch, self._queue = self._queue, []
            future, self._waiting = self._waiting, None
            self._written = future
            events = [event for found, _ in batch for event in found]
            keys = [key for _, found in batch for key in found]
            try:
                await asyncio.to_thread(self.store.write, events, keys)
            except sqlite3.Error as error:
                self._fail(future, error)
            else:
                future.set_result(None)
                self._announce()
        self._writing, self._written = False, None

    def _fail(self, future: asyncio.Future, error: Exception) -> None:
        """What could not be stored did not happen: go back to what the file says, and say so."""
        self._queue.clear()
        for waiting in (future, self._waiting):
            if waiting is not None:
                waiting.set_exception(error)
                waiting.exception()
        self._waiting = None
        self.session = self.store.session() or self.session
        self.people = self.store.keys()
        self._touched = {"*"}
        self._announce()

    def _keep(self, task: asyncio.Task) -> None:
        """Hold on to a task until it is done."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _concerned(self, events: Iterable[s.Event]) -> set[str]:
        """Whose page changes: ``*`` for everybody, ids of participants, ``-`` for nobody else."""
        found: set[str] = set()
        for event in events:
            match event:
                case s.BallotCast() | s.NameChosen() | s.NoteFiled():
                    found |= self._seatmates(event)
                case s.NoteShown():
                    found.add("-")
                case s.ParticipantJoined() | s.RoleGiven() | s.ParticipantReturned():
                    found |= {p.id for p in self.session.holders(event.role)}
                    found.add(event.participant)
                case s.ParticipantLeft():
                    found.add(event.participant)
                case _:
                    found.add("*")
        return found | {"-"}

    def _seatmates(self, event) -> set[str]:
        if isinstance(event, s.NoteFiled):
            return {p.id for p in self.session.holders(event.role)}
        person = self.session.participants[event.participant]
        return {p.id for p in self.session.holders(person.role)} | {person.id}

    # ------------------------------------------------------------------------------ telling

    def _announce(self) -> None:
        touched, self._touched = self._touched, set()
        if not touched:
            return
        everybody = "*" in touched
        people = set(self.live) - {"wall", "instructor"} if everybody else touched & set(self.live)
        if everybody:
            self._show_wall()
        else:
            self._show_wall_soon()
        if people:
            self._keep(asyncio.get_running_loop().create_task(self._show_people(people)))

    async def _show_people(self, people: Iterable[str]) -> None:
        for place, person in enumerate(people):
            for live in tuple(self.live.get(person, ())):
                live.show()
            if place % 8 == 7:
                await asyncio.sleep(0)

    def _show_wall_soon(self) -> None:
        """Wall and desk are drawn at most about sixteen times a second."""
        if self._wall_timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = max(0.0, self._wall_at + WALL_PAUSE - loop.time())
        self._wall_timer = loop.call_later(wait, self._show_wall)

    def _show_wall(self) -> None:
        if self._wall_timer is not None:
            self._wall_timer.cancel()
            self._wall_timer = None
        self._wall_at = asyncio.get_running_loop().time()
        for name in ("wall", "instructor"):
            for live in tuple(self.live.get(name, ())):
                live.show()

    def online(self) -> frozenset[str]:
        """Ids of the participants with a live connection."""
        return frozenset(self.live) - {"wall", "instructor"}

    def connected(self, live: Live) -> None:
        """Count a connection in; the oldest tab of a participant makes room for a seventh."""
        mine = self.live.setdefault(live.who, set())
        mine.add(live)
        if live.who not in ("wall", "instructor") and len(mine) > TABS:
            min(mine, key=lambda other: other.since).close(4000, "too many tabs")
        self._show_wall_soon()

    def gone(self, live: Live) -> None:
        """Count a connection out."""
        mine = self.live.get(live.who)
        if mine:
            mine.discard(live)
            if not mine:
                del self.live[live.who]
        self._show_wall_soon()

    # ------------------------------------------------------------------------------ letting in

    async def join(self, name: str) -> str:
        """Let somebody in and return their secret, which only their browser keeps."""
        secret, person = secrets.token_urlsafe(32), secrets.token_hex(6)
        taken = {p.name for p in self.session.participants.values()}
        wanted = s.clean(name, s.MAX_NAME) or names.pseudonym(taken, secrets.choice)
        await self.act(
            lambda room, at: room.join(person, wanted, at), keys=((digest(secret), person),)
        )
        return secret

    def pair(self, person: str) -> str:
        """A code, good once and for ten minutes, with which a second device becomes the same
        participant."""
        now = self.clock()
        self._pairing = {
            c: (p, until) for c, (p, until) in self._pairing.items() if until > now and p != person
        }
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(10))
        self._pairing[code] = (person, now + PAIRING_SECONDS)
        return code

    async def paired(self, code: str) -> str | None:
        """The new secret for a second device, or None if the code is not good (any more)."""
        person, until = self._pairing.pop(code, ("", 0.0))
        if until <= self.clock() or person not in self.session.participants:
            return None
        secret = secrets.token_urlsafe(32)
        await self.act(lambda room, at: (), keys=((digest(secret), person),))
        return secret

    # --------------------------------------------------------------------------------- ending

    def tables(self) -> dict[str, list[dict]]:
        """The tables for export, from the log."""
        return tables(self.store.events(), self.session.scenario)

    def debrief(self, base: str = "", css: str = "") -> str:
        """The debrief page."""
        return views.debrief(
            self.store.events(), self.session.scenario, base, css, _cites(self.session.scenario)
        )

    async def end(self, keep_tables: bool) -> str:
        """End the workshop: everybody is told, everything is erased, and what is kept is named."""
        await self.act(lambda room, at: room.close(at, keep_tables))
        where = ""
        if keep_tables:
            stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(self.clock()))
            path = folder() / f"kept-{stamp}-{self.session.scenario.id}.sqlite"
            keep(self.tables(), path)
            path.with_suffix(".html").write_text(self.debrief(css=_css()), encoding="utf-8")
            where = str(path)
        self.store.erase()
        self.people = {}
        return where


def _css() -> str:
    """The style, for a page that is kept as one file."""
    return (views.HERE / "static" / "room.css").read_text(encoding="utf-8")


def _cites(case: Scenario) -> tuple[str, ...]:
    """Formatted sources of a real case."""
    wanted = [*case.source_ids, *(i for stage in case.stages for i in stage.source_ids)]
    if not wanted:
        return ()
    from course import evidence

    return tuple(dict.fromkeys(evidence.cite(i) for i in wanted))


# -------------------------------------------------------------------------------- handlers


class Handler(web.RequestHandler):
    """What all pages share: security headers, keys, sentences instead of tracebacks."""

    room: Room

    def initialize(self) -> None:
        self.room = self.application.settings["room"]
        self.base = self.application.settings["base_url"]

    def set_default_headers(self) -> None:
        host = "".join(c for c in self.request.host if c.isalnum() or c in ".-:[]")
        self.set_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src 'self' ws://{host} wss://{host}; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'",
        )
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.clear_header("Server")

    # ------------------------------------------------------------------------------- keys

    def cookie_name(self, kind: str) -> str:
        return f"room-{self.room.session.id}-{kind}"

    def key(self, kind: str) -> str:
        return self.get_cookie(self.cookie_name(kind)) or ""

    def give_key(self, kind: str, value: str) -> None:
        self.set_cookie(
            self.cookie_name(kind),
            value,
            path=self.base,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
            max_age=24 * 3600,
        )

    def person(self) -> str:
        """The participant that this browser is, or an empty text."""
        return self.room.people.get(digest(self.key("me")), "")

    def is_instructor(self) -> bool:
        return hmac.compare_digest(self.key("desk"), self.room.instructor_key)

    def is_wall(self) -> bool:
        return hmac.compare_digest(self.key("wall"), self.room.wall_key) or self.is_instructor()

    # ------------------------------------------------------------------------------ guards

    def prepare(self) -> None:
        if self.request.method == "POST":
            self._same_origin()

    def _same_origin(self) -> None:
        """A second wall behind the token: a form on another site is turned away."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise web.HTTPError(403)
        origin = self.request.headers.get("Origin")
        if origin and origin not in self.application.settings["origins"]:
            if urlsplit(origin).netloc != self.request.host:
                raise web.HTTPError(403)

    def limit(self, bucket: Bucket, key: str) -> None:
        if not bucket.take(key, self.room.clock()):
            self.set_header("Retry-After", "2")
            raise web.HTTPError(429)

    # ----------------------------------------------------------------------------- answers

    @property
    def wants_json(self) -> bool:
        return self.request.headers.get("X-Room") == "1"

    def page(self, body: str, title: str, view: str, live: str = "", error: str = "") -> None:
        live_url = f"{self.base}live/{live}" if live else ""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(
            views.page(
                body,
                title=title,
                base=self.base,
                view=view,
                live=live_url,
                xsrf=self.xsrf_token.decode(),
                error=error,
            )
        )

    def write_error(self, status_code: int, **kwargs) -> None:
        known = status_code in (400, 403, 404, 413, 429)
        words = say(f"room.error.{status_code if known else 'other'}")
        self.set_default_headers()
        if self.wants_json:
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"error": words}))
            return
        title = say("room.error")
        body = views.render("problem", heading=title, words=words, base=self.base)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(views.page(body, title=title, base=self.base, view="plain", xsrf=""))


class Start(Handler):
    """The participant's page, or the door."""

    def get(self) -> None:
        if self.person():
            self.show()
        else:
            self.door(self.get_query_argument("code", "")[:12])

    def show(self, error: str = "") -> None:
        room = self.room.session
        body = views.participant(room, self.person(), self.base, self.xsrf_token.decode())
        self.page(body, room.scenario.title, "participant", "me", error)

    def door(self, code: str = "", error: str = "") -> None:
        body = views.render(
            "join",
            base=self.base,
            code=code,
            field=views.field(self.xsrf_token.decode()),
            group=s.MIN_GROUP,
            resume=True,
        )
        self.page(body, say("room.join"), "plain", error=error)


class Join(Start):
    """Come in with the code from the wall, or with the code for a second device."""

    def get(self) -> None:
        self.redirect(self.base)

    async def post(self) -> None:
        if self.person():
            return self.redirect(self.base, status=303)
        self.limit(self.room.joins, self.request.remote_ip)
        given = self.get_body_argument("code", "")[:40].upper()
        code = "".join(c for c in given if c.isalnum())
        try:
            if len(code) == 10:
                secret = await self.room.paired(code)
            elif hmac.compare_digest(code.encode(), self.room.code.encode()):
                secret = await self.room.join(self.get_body_argument("name", ""))
            else:
                secret = None
        except s.Refused as refused:
            self.set_status(409)
            return self.door(given[:12], str(refused))
        if secret is None:
            self.limit(self.room.misses, self.request.remote_ip)
            self.set_status(403)
            return self.door("", say("room.refused.code"))
        self.give_key("me", secret)
        self.redirect(self.base, status=303)


class Do(Start):
    """What a participant does: one form, one verb."""

    def get(self, verb: str) -> None:
        self.redirect(self.base)

    async def post(self, verb: str) -> None:
        person = self.person()
        if not person:
            raise web.HTTPError(403)
        self.limit(self.room.acts, person)
        try:
            await self.act(verb, person)
        except s.Refused as refused:
            self.set_status(409)
            if self.wants_json:
                return self.finish({"error": str(refused)})
            return self.show(str(refused))
        if self.wants_json:
            body = views.participant(self.room.session, person, self.base, self.xsrf_token.decode())
            return self.finish({"html": body})
        if verb == "device":
            body = views.render("device", base=self.base, code=self.room.pair(person))
            return self.page(body, say("room.device"), "plain")
        self.redirect(self.base, status=303)

    async def act(self, verb: str, person: str) -> None:
        word = self.get_body_argument
        acts = {
            "vote": lambda room, at: room.cast(
                person, word("stage", ""), word("choice", ""), at, word("reason", "")
            ),
            "decline": lambda room, at: room.decline(person, at),
            "leave": lambda room, at: room.leave(person, at),
            "back": lambda room, at: room.come_back(person, at),
            "name": lambda room, at: room.rename(person, word("name", ""), at),
            "note": lambda room, at: room.file_note(
                person, secrets.token_hex(4), word("text", ""), at
            ),
            "device": lambda room, at: (),
        }
        if verb not in acts:
            raise web.HTTPError(404)
        await self.room.act(acts[verb])


class About(Handler):
    """What is stored."""

    def get(self) -> None:
        body = views.render("about", base=self.base, group=s.MIN_GROUP)
        self.page(body, say("room.about"), "plain")


class Keyed(Handler):
    """Pages behind a key: the link carries it once, then a cookie does."""

    kind = "wall"

    def allowed(self) -> bool:
        return self.is_wall()

    def prepare(self) -> None:
        super().prepare()
        key = self.get_query_argument("key", "")
        if key:
            self.limit(self.room.misses, self.request.remote_ip)
            right = self.room.instructor_key if self.kind == "desk" else self.room.wall_key
            if not hmac.compare_digest(key.encode(), right.encode()):
                raise web.HTTPError(403)
            self.give_key(self.kind, key)
            self.redirect(self.request.path)
        elif not self.allowed():
            raise web.HTTPError(403)


class Wall(Keyed):
    """The page for the projector."""

    def get(self) -> None:
        room = self.room
        body = views.wall(room.session, self.base, self.settings["address"](self), room.code)
        title = say("room.wall.title", title=room.session.scenario.title)
        self.page(body, title, "wall", "wall")


class Qr(Keyed):
    """The join link as a QR code, for the wall."""

    def get(self) -> None:
        link = f"{self.settings['link'](self)}?code={self.room.code}"
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(qr.svg(link))


class Desk(Keyed):
    """The instructor's page."""

    kind = "desk"

    def allowed(self) -> bool:
        return self.is_instructor()

    def body(self) -> str:
        return desk_html(self.room, self.base, self.xsrf_token.decode())

    def show(self, error: str = "") -> None:
        title = say("room.desk.title", title=self.room.session.scenario.title)
        self.page(self.body(), title, "instructor", "instructor", error)

    def get(self) -> None:
        self.show()


def desk_html(room: Room, base: str, xsrf: str) -> str:
    """The instructor's fragment as the room stands now."""
    return views.instructor(
        room.session, base, xsrf, room.code, room.online(), room.clock(), suggestions()
    )


class DeskDo(Desk):
    """What the instructor does."""

    def get(self, verb: str) -> None:
        self.redirect(f"{self.base}instructor")

    async def post(self, verb: str) -> None:
        if verb == "end":
            return await self.end()
        try:
            await self.act(verb)
        except (s.Refused, ValueError) as refused:
            self.set_status(409)
            if self.wants_json:
                return self.finish({"error": str(refused)})
            return self.show(str(refused))
        if self.wants_json:
            return self.finish({"html": self.body()})
        self.redirect(f"{self.base}instructor", status=303)

    async def act(self, verb: str) -> None:
        word = self.get_body_argument
        shown = bool(word("shown", ""))
        acts = {
            "next": lambda room, at: room.next_stage(at),
            "enter": lambda room, at: room.enter(word("stage", ""), at),
            "open": lambda room, at: room.open_round(at),
            "close": lambda room, at: room.close_round(at, count),
            "show": lambda room, at: room.show_result(word("stage", ""), shown, at),
            "note": lambda room, at: room.show_note(word("note", ""), shown, at),
            "rule": lambda room, at: room.set_round(
                word("body", ""), word("default", ""), self._excluded(room), at
            ),
            "amend": lambda room, at: room.amend(word("text", ""), at),
            "give": lambda room, at: room.give(word("participant", ""), word("role", ""), at),
            "poll": self._poll,
        }
        if verb not in acts:
            raise web.HTTPError(404)
        await self.room.act(acts[verb])

    def _excluded(self, room: s.Session) -> Iterable[str]:
        """Whose vote is left out: the boxes that are ticked, or one reading of the silence."""
        reading, stage = self.get_body_argument("reading", ""), views.attacker_stage(room)
        if not reading:
            return self.get_body_arguments("excluded")
        if reading not in views.READINGS or not stage:
            raise s.Refused(say("room.refused.reading"))
        return s.exclusions(room, stage)[reading]

    def _poll(self, room: s.Session, at: float) -> tuple[s.Event, ...]:
        word = self.get_body_argument
        chosen = word("suggestion", "")
        if chosen:
            found = suggestion(chosen)
            return room.add_poll(
                f"q-{secrets.token_hex(3)}", found.question, found.answers, at, found.title
            )
        answers = word("answers", "").splitlines()
        return room.add_poll(f"q-{secrets.token_hex(3)}", word("question", ""), answers, at)

    async def end(self) -> None:
        if self.get_body_argument("sure", "") != "1":
            self.set_status(409)
            return self.show(say("room.refused.sure"))
        keep_tables = self.get_body_argument("keep", "") == "1"
        try:
            where = await self.room.end(keep_tables)
        except s.Refused as refused:
            self.set_status(409)
            return self.show(str(refused))
        words = say("room.kept_in", path=where) if where else say("room.erased")
        title = say("room.ended")
        body = views.render("problem", heading=title, words=words, base=self.base)
        self.page(body, title, "plain")
        self.settings["finished"].set()


class Export(Desk):
    """Tables as CSV, or everything as a zip; nothing once the workshop is over."""

    def allowed(self) -> bool:
        return super().allowed() and not self.room.session.closed

    def get(self, name: str) -> None:
        stem = f"workshop-{self.room.session.scenario.id}"
        if name == "zip":
            self.set_header("Content-Type", "application/zip")
            self.set_header("Content-Disposition", f'attachment; filename="{stem}.zip"')
            return self.finish(zip_bytes(self.room.tables(), self.room.debrief(css=_css())))
        if name not in COLUMNS:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "text/csv; charset=UTF-8")
        self.set_header("Content-Disposition", f'attachment; filename="{stem}-{name}.csv"')
        self.finish("\ufeff" + csv_text(name, self.room.tables()[name]))


class Debrief(Export):
    """The page for the talk afterwards."""

    def get(self, name: str = "") -> None:
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self.room.debrief(self.base))


class Health(Handler):
    """Whether the room answers, for a hub or a script."""

    def get(self) -> None:
        self.finish({"room": "open" if not self.room.session.closed else "closed"})


class Missing(Handler):
    """Any other address."""

    def prepare(self) -> None:
        raise web.HTTPError(404)


class Static(web.StaticFileHandler):
    """Style and script, from the package."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "max-age=300")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")


class Live(websocket.WebSocketHandler, Handler):
    """The live line: fragments go out, nothing that counts comes in."""

    def initialize(self) -> None:
        Handler.initialize(self)
        self.who, self.since, self._last = "", 0.0, b""

    def check_origin(self, origin: str) -> bool:
        if origin in self.application.settings["origins"]:
            return True
        return super().check_origin(origin)

    async def prepare(self) -> None:
        view = self.path_args[0]
        allowed = {
            "me": self.person,
            "wall": lambda: "wall" if self.is_wall() else "",
            "instructor": lambda: "instructor" if self.is_instructor() else "",
        }[view]()
        if not allowed:
            raise web.HTTPError(403)
        if sum(map(len, self.room.live.values())) >= CONNECTION_LIMIT:
            raise web.HTTPError(503)
        self.who = allowed

    def open(self, view: str) -> None:
        self.since = self.room.clock()
        self.set_nodelay(True)
        self.room.connected(self)
        self.show()

    def on_message(self, message: str | bytes) -> None:
        """A beat from the page, so that both ends notice a dead line; nothing else is heard."""

    def on_close(self) -> None:
        self.room.gone(self)

    def fragment(self) -> str:
        room = self.room
        if self.who == "wall":
            return views.wall(room.session, self.base, self.settings["address"](self), room.code)
        if self.who == "instructor":
            return desk_html(room, self.base, "")
        return views.participant(room.session, self.who, self.base, "")

    def show(self) -> None:
        """Send the fragment if it differs from what this page has."""
        html = self.fragment()
        mark = hashlib.blake2b(html.encode(), digest_size=16).digest()
        if mark == self._last:
            return
        self._last = mark
        try:
            self.write_message(json.dumps({"html": html}))
        except websocket.WebSocketClosedError:
            return


# ------------------------------------------------------------------------------ application


def application(
    room: Room, base_url: str = "/", public_url: str = "", **settings
) -> web.Application:
    """The Tornado application of a room.

    Parameters
    ----------
    room : Room
    base_url : str
        Prefix of every address, ``/`` or ``/some/prefix/``. Requests are understood with and
        without it, for some proxies keep the prefix and some take it off.
    public_url : str
        What participants type, where that is not the address the instructor uses.
    """
    base = "/" + base_url.strip("/") + "/" if base_url.strip("/") else "/"
    routes = [
        (r"", Start),
        (r"join", Join),
        (r"do/([a-z]+)", Do),
        (r"about", About),
        (r"wall", Wall),
        (r"qr\.svg", Qr),
        (r"instructor", Desk),
        (r"instructor/do/([a-z]+)", DeskDo),
        (r"instructor/export\.(zip)", Export),
        (r"instructor/export/([a-z]+)\.csv", Export),
        (r"instructor/debrief", Debrief),
        (r"live/(me|wall|instructor)", Live),
        (r"health", Health),
        (r"static/(.*)", Static, {"path": str(views.HERE / "static")}),
    ]
    prefixes = dict.fromkeys((base, "/"))
    handlers = [(prefix + path, *rest) for prefix in prefixes for path, *rest in routes]

    def link(handler: web.RequestHandler) -> str:
        if public_url:
            return public_url.rstrip("/") + "/"
        return f"{handler.request.protocol}://{handler.request.host}{base}"

    def address(handler: web.RequestHandler) -> str:
        return link(handler).removeprefix("http://").removeprefix("https://").rstrip("/")

    origin = "{0.scheme}://{0.netloc}".format(urlsplit(public_url)) if public_url else ""
    return web.Application(
        handlers,
        room=room,
        base_url=base,
        link=link,
        address=address,
        origins=frozenset({origin} - {""}),
        finished=asyncio.Event(),
        default_handler_class=Missing,
        xsrf_cookies=True,
        xsrf_cookie_name=f"room-{room.session.id}-xsrf",
        xsrf_cookie_kwargs={"path": base, "httponly": True, "samesite": "Lax"},
        websocket_ping_interval=BEAT,
        websocket_ping_timeout=BEAT,
        websocket_max_message_size=MESSAGE_LIMIT,
        log_function=_quiet,
        **settings,
    )


def _quiet(handler: web.RequestHandler) -> None:
    """Write no access log: addresses of devices and keys in links are nobody's business."""


async def serve(
    app: web.Application, port: int, ip: str = "127.0.0.1", proxied: bool = False
) -> tuple[HTTPServer, int]:
    """Listen; returns the server, whose ``stop`` ends it, and the port (0 chooses a free one)."""
    sockets = bind_sockets(port, ip)
    server = HTTPServer(
        app,
        max_body_size=BODY_LIMIT,
        max_buffer_size=8 * BODY_LIMIT,
        max_header_size=BODY_LIMIT,
        idle_connection_timeout=75,
        xheaders=proxied,
    )
    server.add_sockets(sockets)
    return server, sockets[0].getsockname()[1]
