"""Every page of the room speaks the learner's language; only cases, names and what people wrote do not."""

import asyncio
import json
import re
from html import unescape
from types import SimpleNamespace

import pytest
from marked import Texts, assert_all_marked, strings

from course import data, exercises
from course.room import command, export, reading, scenario, views
from course.room import server as srv
from course.room import session as s
from course.room.counting import count
from course.room.simulation import CASES, UnknownScenario
from course.room.store import Store, StoreError
from course.room.suggestions import suggestion, suggestions

pytestmark = pytest.mark.usefixtures("pseudo")

ADDRESS, CODE = "class.example", "QWERTZ"
WRITTEN = ("We were not asked", "A text from the desk", "Shall it rain", "Rain", "Sun")


def content(case):
    """What has another catalogue, or none: the case, articles of rules, names, texts that people wrote."""
    told = [
        text for name in (case, "common") for text in strings(data.document(f"simulation/{name}"))
    ]
    told += [text[:1].upper() + text[1:] for text in told]
    for name in ("rules", "treaty"):
        told += strings(data.document(f"institutions/{name}"))
    told += [row["name"] for row in data.rows("states")]
    told += [f"Name{number}" for number in range(12)]
    told += [f"{name}.csv" for name in export.COLUMNS]
    told += [source for source in srv._cites(scenario(case))]
    return [*told, *WRITTEN, ADDRESS, CODE]


class Played:
    """A whole workshop, with every page as it stood after each act."""

    def __init__(self, case):
        self.case = scenario(case)
        self.events = [s.SessionOpened(at=0, session="x", scenario=case)]
        self.room = s.replay(self.case, self.events)
        self.pages = []

    def act(self, events):
        self.events.extend(events)
        self.room = self.room.after(*events)
        self.look()

    def look(self):
        room = self.room
        self.pages.append(views.wall(room, "/", ADDRESS, CODE))
        online = frozenset(list(room.participants)[:3])
        self.pages.append(views.instructor(room, "/", "", CODE, online, 600.0, ()))
        self.pages += [views.participant(room, person, "/", "") for person in room.participants]

    def play(self):
        self.look()
        for number in range(9):
            self.act(self.room.join(f"p{number}", f"Name{number}", 60.0))
        self.act(self.room.leave("p8", 70.0))
        self.act(self.room.add_poll("own", "Shall it rain", ["Rain", "Sun"], 80.0))
        for place, stage in enumerate(self.room.stages):
            at = 100.0 * (place + 1)
            if stage.id != self.room.stage_id:
                self.act(self.room.enter(stage.id, at))
            for person in list(self.room.participants):
                self.note(person, f"{place}{person}", at)
            if stage.voted:
                self.vote(stage, place, at)
        return self

    def note(self, person, note, at):
        try:
            self.act(self.room.file_note(person, note, "A text from the desk", at))
        except s.Refused as refused:
            assert "⟦" in str(refused)
        else:
            self.act(self.room.show_note(note, True, at))

    def vote(self, stage, place, at):
        if stage.kind == "round":
            body = self.case.bodies[place % len(self.case.bodies)][0]
            default = "yes" if place % 2 else "silent"
            self.act(self.room.set_round(body, default, self.case.accused[: place % 2], at))
        self.act(self.room.open_round(at + 1))
        choices = [choice for choice, _ in self.room.choices()]
        for number, person in enumerate(self.room.participants):
            if stage.kind == "poll" and place % 2 and number > 2:
                continue  # too few to be shown
            try:
                choice = choices[(number * place) % len(choices)]
                self.act(self.room.cast(person, stage.id, choice, at + 2, "We were not asked"))
            except s.Refused as refused:
                assert "⟦" in str(refused)
        self.act(self.room.close_round(at + 3, count))
        if self.room.publishable(stage.id):
            self.act(self.room.show_result(stage.id, True, at + 4))


@pytest.fixture
def played(request, pseudo):
    return Played(request.param).play()


@pytest.mark.parametrize("played", CASES, indirect=True)
def test_every_page_of_a_workshop_is_wholly_translated(played):
    known = content(played.case.id)
    seats = [r.name for r in played.case.roles]
    pages = "".join(map(whole, dict.fromkeys(played.pages)))
    assert_all_marked(pages, [*known, *_lists(pages, seats)])


def whole(page):
    """The page with the sentence in its corner in one piece: two of its words stand in bold."""
    box = re.compile(r'<p class="codebox">.*?</p>', re.S)
    return box.sub(lambda found: re.sub(r"</?b\b[^>]*>", "", found[0]), page)


def _lists(page, seats):
    """Lists of seats, as they stand on a page: each item is a name of the case."""
    names = {name.casefold() for name in seats}
    return [
        text
        for text in Texts(page).found
        if all(part.strip().casefold() in names for part in text.split(","))
    ]


@pytest.mark.parametrize("played", CASES, indirect=True)
def test_the_debrief_and_what_leaves_the_room_are_wholly_translated(played):
    known = content(played.case.id)
    page = views.debrief(played.events, played.case, "/", "", srv._cites(played.case))
    assert_all_marked(page, [*known, *_lists(page, [r.name for r in played.case.roles])])
    tables = export.tables(played.events, played.case)
    assert all("⟦" in row["what"] for row in tables["log"])
    assert all("⟦" in row["reason"] for row in tables["outcomes"])
    assert "⟦" in views.debrief(played.events[:2], played.case)


def test_what_the_end_leaves_to_read_is_translated(pseudo):
    room = Played("play")
    room.act(room.room.join("p0", "Name0", 1.0))
    before = room.room
    for keep in (True, False):
        over = before.after(*before.close(9000.0, keep))
        for page in (
            views.wall(over, "/", ADDRESS, CODE),
            views.instructor(over, "/", "", CODE, frozenset(), 1.0),
            views.participant(over, "p0", "/", ""),
        ):
            assert_all_marked(page, content("play"))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("join", {"code": CODE, "field": "", "group": 5, "resume": True}),
        ("about", {"group": 5}),
        ("device", {"code": CODE}),
    ],
)
def test_the_door_and_its_neighbours_are_wholly_translated(name, values):
    assert_all_marked(views.render(name, base="/", **values), [CODE])


def test_the_shell_hands_the_script_its_words():
    page = views.page("", title="⟦t⟧", base="/", view="x", live="/live/me", error="")
    assert_all_marked(page, [])
    told = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))
    assert set(told) == set(views.SCRIPT) and all("⟦" in words for words in told.values())
    assert "{title}" in told["step"] and "{minutes}" in told["minutes"]
    script = (views.HERE / "static" / "room.js").read_text(encoding="utf-8")
    assert set(re.findall(r"\bwords\.(\w+)", script)) == set(told)
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.S)
    assert not re.search(r'"[^"\n]*[a-z]{2,} [a-z]{2,}[^"\n]*"', script.replace('"use strict"', ""))


def test_every_refusal_is_told_in_the_learners_language():
    for ask in (
        lambda: scenario("zork"),
        lambda: scenario("play").role("zork"),
        lambda: scenario("play").stage("zork"),
        lambda: suggestion("zork"),
        lambda: s.event_from("Zork", {}),
    ):
        with pytest.raises((UnknownScenario, ValueError, s.Refused), match="⟦"):
            ask()


def test_problems_are_told_in_the_learners_language(tmp_path):
    from tornado.httpclient import AsyncHTTPClient
    from tornado.httpserver import HTTPServer
    from tornado.testing import bind_unused_port

    async def ask(paths):
        store = Store(tmp_path / "live.sqlite")
        socket, port = bind_unused_port()
        server = HTTPServer(srv.application(srv.Room(store)))
        server.add_socket(socket)
        client = AsyncHTTPClient(force_instance=True)
        try:
            return [
                (await client.fetch(f"http://127.0.0.1:{port}{p}", raise_error=False))
                for p in paths
            ]
        finally:
            client.close()
            server.stop()
            store.close()

    answers = asyncio.run(ask(["/nowhere", "/wall", "/about", "/"]))
    assert [a.code for a in answers] == [404, 403, 200, 200]
    for answer in answers:
        assert_all_marked(answer.body.decode(), [])


def test_the_command_speaks_the_instructors_language(capsys, tmp_path):
    helped = command._parser().format_help().split("options:")[1]
    assert helped.count("⟦") >= 10
    session = s.replay(scenario("play"), [s.SessionOpened(at=0, session="x", scenario="play")])
    room = SimpleNamespace(
        session=session, resumed=True, code=CODE, wall_key="w", instructor_key="i",
        store=SimpleNamespace(path="p"),
    )  # fmt: skip
    for ip in ("127.0.0.1", "0.0.0.0"):
        asked = SimpleNamespace(url="", case="kosovo_1999", port=None)
        lines = command._greeting(room, asked, ip, "http://x/").splitlines()
        assert all("⟦" in line for line in lines if line)
    used = OSError("in use")
    used.errno = 98
    for error in (used, OSError("other")):
        assert command._words(error, SimpleNamespace(port=None)).startswith("⟦")
    command._erase(tmp_path / "none.sqlite")
    assert "⟦" in capsys.readouterr().out
    with pytest.raises(StoreError, match="⟦"):
        reading.read(tmp_path / "none.sqlite")


def test_questions_of_the_course_come_in_the_words_of_the_course():
    assert {one.id for one in suggestions()} <= set(exercises.ids())
