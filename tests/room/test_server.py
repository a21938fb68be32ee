"""Trust: capabilities apart, no vote twice or for another, hostile input inert, nothing lost."""

import asyncio
import json
import re
import sqlite3
import zipfile
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.testing import AsyncHTTPTestCase
from tornado.testing import gen_test as tornado_gen_test
from tornado.websocket import websocket_connect

from course.room import scenario
from course.room import server as srv
from course.room.store import Store, StoreError

gen_test = tornado_gen_test(timeout=120)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


class Browser:
    """Just enough of a browser: cookies, the form token, no redirects followed by itself."""

    def __init__(self, test, prefix="/"):
        self.test, self.prefix, self.cookies, self.token = test, prefix, {}, ""

    async def ask(self, path, data=None, headers=None, **more):
        url = self.test.get_url(path)
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        body = None if data is None else urlencode({"_xsrf": self.token, **data}, doseq=True)
        request = HTTPRequest(
            url,
            method="GET" if data is None else "POST",
            body=body,
            headers=head,
            follow_redirects=False,
            connect_timeout=60,
            request_timeout=60,
            **more,
        )
        answer = await self.test.client.fetch(request, raise_error=False)
        for line in answer.headers.get_list("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        found = re.search(rb'data-xsrf="([^"]+)"', answer.body or b"")
        if found:
            self.token = found[1].decode()
        return answer

    async def text(self, path="/"):
        answer = await self.ask(path)
        return answer.body.decode()

    async def join(self, code=None, name=""):
        await self.ask("/")
        answer = await self.ask("/join", {"code": code or self.test.room.code, "name": name})
        if answer.code == 303:
            await self.ask("/")
        return answer

    async def do(self, verb, **data):
        return await self.ask(f"/do/{verb}", data)

    async def live(self, view="me"):
        url = self.test.get_url(f"{self.prefix}live/{view}").replace("http", "ws", 1)
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        return await websocket_connect(HTTPRequest(url, headers=head))


class Desk(Browser):
    """The instructor."""

    async def come(self):
        await self.ask(f"/instructor?key={self.test.room.instructor_key}")
        await self.ask("/instructor")
        return self

    async def run(self, verb, **data):
        return await self.ask(f"/instructor/do/{verb}", data)

    async def vote_on(self, stage):
        assert (await self.run("enter", stage=stage)).code == 303
        assert (await self.run("open")).code == 303


class Case(AsyncHTTPTestCase):
    """A room on a free port, with its file in a folder of its own."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path, monkeypatch):
        monkeypatch.setenv("COURSE_ROOM", str(tmp_path))
        self.folder = tmp_path

    def get_app(self):
        self.store = Store(self.folder / "live.sqlite")
        self.room = srv.Room(self.store, scenario("play"))
        return srv.application(self.room)

    def get_httpserver_options(self):
        return {"max_body_size": srv.BODY_LIMIT, "max_header_size": srv.BODY_LIMIT}

    def get_http_client(self):
        self.client = AsyncHTTPClient(force_instance=True)
        return self.client

    def tearDown(self):
        super().tearDown()
        try:
            self.store.close()
        except sqlite3.ProgrammingError:
            pass

    async def people(self, number):
        found = [Browser(self) for _ in range(number)]
        for browser in found:
            assert (await browser.join()).code == 303
        return found

    def ballots(self, stage):
        return {k: b.choice for k, b in self.room.session.rounds[stage].ballots.items()}


class TestCapabilities(Case):
    @gen_test
    async def test_nobody_comes_in_without_the_code(self):
        stranger = Browser(self)
        assert (await stranger.join("AAAAAA")).code == 403
        assert (await stranger.do("vote", stage="meet", choice="yes")).code == 403
        assert not self.room.session.participants

    @gen_test
    async def test_a_participant_opens_neither_desk_nor_wall_nor_export(self):
        me = Browser(self)
        await me.join()
        for path in ("/instructor", "/wall", "/qr.svg", "/instructor/debrief",
                     "/instructor/export.zip", "/instructor/export/ballots.csv"):  # fmt: skip
            assert (await me.ask(path)).code == 403, path
        for verb in ("open", "close", "next", "enter", "give", "end", "show"):
            assert (await me.ask(f"/instructor/do/{verb}", {"sure": "1"})).code == 403, verb
        assert self.room.session.stage_id == "brief"

    @gen_test
    async def test_the_walls_key_is_not_the_desks(self):
        wall = Browser(self)
        await wall.ask(f"/wall?key={self.room.wall_key}")
        assert (await wall.ask("/wall")).code == 200
        assert (await wall.ask("/instructor")).code == 403
        assert (await wall.ask(f"/instructor?key={self.room.wall_key}")).code == 403
        assert (await wall.ask("/do/vote", {"stage": "brief"})).code == 403

    @gen_test
    async def test_the_key_leaves_the_address_bar_at_once(self):
        desk = Browser(self)
        answer = await desk.ask(f"/instructor?key={self.room.instructor_key}")
        assert answer.code == 302 and answer.headers["Location"] == "/instructor"
        cookie = answer.headers.get_list("Set-Cookie")[0]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

    @gen_test
    async def test_a_live_line_needs_its_own_key(self):
        me = Browser(self)
        await me.join()
        for view in ("wall", "instructor"):
            with pytest.raises(Exception, match="403"):
                await me.live(view)
        with pytest.raises(Exception, match="403"):
            await Browser(self).live("me")

    @gen_test
    async def test_keys_cannot_be_guessed_and_the_file_holds_no_participants_key(self):
        me = Browser(self)
        await me.join()
        secret = next(v for k, v in me.cookies.items() if k.endswith("-me"))
        assert len(secret) >= 43 and len(self.room.instructor_key) >= 43
        assert secret.encode() not in (self.folder / "live.sqlite").read_bytes()

    @gen_test
    async def test_guessing_the_code_is_slowed_down(self):
        guesser = Browser(self)
        await guesser.ask("/")
        self.room.misses.rate = 0
        codes = [(await guesser.join("AAAAA" + c)).code for c in "ABCDEFGHJKMNPQRSTUVWXYZ" * 2]
        assert codes.count(403) <= 31 and 429 in codes


class TestVotes(Case):
    @gen_test
    async def test_one_participant_in_two_browsers_is_one_ballot(self):
        (first,) = await self.people(1)
        second = Browser(self)
        code = re.search(
            r'paircode"><b class="code">(\w+)', (await first.do("device")).body.decode()
        )[1]
        assert (await second.join(code)).code == 303
        assert len(self.room.session.participants) == 1
        await (await Desk(self).come()).vote_on("predict")
        await first.do("vote", stage="predict", choice="meet")
        await second.do("vote", stage="predict", choice="censure")
        assert list(self.ballots("predict").values()) == ["censure"]
        third = Browser(self)
        assert (await third.join(code)).code == 403

    @gen_test
    async def test_nobody_votes_for_another(self):
        first, second = await self.people(2)
        other = list(self.room.session.participants)[0]
        await (await Desk(self).come()).vote_on("meet")
        await second.do("vote", stage="meet", choice="no", participant=other, voter="arvenia")
        assert self.ballots("meet") == {"belmark": "no"}

    @gen_test
    async def test_a_ballot_sent_ten_times_at_once_counts_once(self):
        (me,) = await self.people(1)
        await (await Desk(self).come()).vote_on("predict")
        answers = await asyncio.gather(
            *(me.do("vote", stage="predict", choice="meet") for _ in range(10))
        )
        assert {a.code for a in answers} == {303}
        assert list(self.ballots("predict").values()) == ["meet"]
        assert sum(type(e).__name__ == "BallotCast" for e in self.store.events()) == 1

    @gen_test
    async def test_what_others_answered_stays_hidden_until_it_is_shown(self):
        people = await self.people(6)
        desk = await Desk(self).come()
        await desk.vote_on("meet")
        await people[0].do("vote", stage="meet", choice="no", reason="Secret-reason-77")
        wall = Browser(self)
        await wall.ask(f"/wall?key={self.room.wall_key}")
        assert "Secret-reason-77" not in await people[1].text()
        assert "Seat by seat" not in await wall.text("/wall")
        await desk.run("close")
        assert "Seat by seat" not in await wall.text("/wall") + await people[1].text()
        await desk.run("show", stage="meet", shown="1")
        assert "Seat by seat" in await wall.text("/wall")
        assert "Secret-reason-77" not in await wall.text("/wall") + await people[1].text()

    @gen_test
    async def test_a_poll_of_four_is_shown_to_nobody_the_desk_included(self):
        people = await self.people(4)
        desk = await Desk(self).come()
        await desk.vote_on("predict")
        for me in people:
            await me.do("vote", stage="predict", choice="censure", reason="Only-four-88")
        await desk.run("close")
        assert (await desk.run("show", stage="predict", shown="1")).code == 409
        page = await desk.text("/instructor")
        assert "nobody is shown the answers" in page and "Only-four-88" not in page
        for name in ("polls", "reasons", "log"):
            text = await desk.text(f"/instructor/export/{name}.csv")
            assert "A censure" not in text and "Only-four-88" not in text, name

    @gen_test
    async def test_no_export_names_a_person(self):
        people = await self.people(7)
        names = [p.name for p in self.room.session.participants.values()]
        desk = await Desk(self).come()
        await desk.vote_on("predict")
        for me in people:
            await me.do("vote", stage="predict", choice="meet", reason="We shall see.")
        await desk.run("close")
        answer = await desk.ask("/instructor/export.zip")
        with zipfile.ZipFile(BytesIO(answer.body)) as file:
            assert set(file.namelist()) > {"polls.csv", "reasons.csv", "debrief.html"}
            everything = "".join(file.read(n).decode() for n in file.namelist())
        assert "We shall see." in everything
        for name in (*names, *self.room.session.participants):
            assert name not in everything


class TestHostileInput(Case):
    @gen_test
    async def test_markup_is_text_everywhere(self):
        people = await self.people(8)
        desk = await Desk(self).come()
        await people[0].do("name", name=EVIL)
        mediator = next(
            b for b, p in zip(people, self.room.session.participants.values(), strict=True)
            if p.role == "mediator"
        )  # fmt: skip
        await mediator.do("note", text=EVIL)
        await desk.run("note", note=self.room.session.notes[0].id, shown="1")
        await desk.run("enter", stage="meet")
        await desk.run("amend", text=EVIL)
        await desk.run("open")
        await people[0].do("vote", stage="meet", choice="yes", reason=EVIL)
        await desk.run("close")
        await desk.run("show", stage="meet", shown="1")
        await desk.run("poll", question=EVIL, answers=f"{EVIL}\nno")
        pages = [await desk.text(p) for p in ("/instructor", "/instructor/debrief", "/wall")]
        pages += [await people[0].text(), await people[1].text("/?code=" + "%3Cscript%3E")]
        line = await people[0].live()
        pages.append(json.loads(await line.read_message())["html"])
        for page in pages:
            assert "<script>alert" not in page and "<img src=x" not in page
            assert "&lt;script&gt;alert(1)" in page or "onerror" not in page
            assert "{{ 7*7 }}" in page or "49" not in page
        policy = (await desk.ask("/instructor")).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        line.close()

    @gen_test
    async def test_a_form_without_token_or_from_elsewhere_is_turned_away(self):
        (me,) = await self.people(1)
        await (await Desk(self).come()).vote_on("predict")
        vote = {"stage": "predict", "choice": "meet"}
        assert (await me.ask("/do/vote", {**vote, "_xsrf": "x"})).code == 403
        for headers in (
            {"Origin": "http://elsewhere.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "null"},
        ):
            assert (await me.ask("/do/vote", vote, headers)).code == 403, headers
        assert not self.ballots("predict")
        assert (await me.ask("/do/vote", vote, {"Origin": self.get_url("")})).code == 303

    @gen_test
    async def test_a_live_line_from_another_site_is_turned_away(self):
        (me,) = await self.people(1)
        head = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in me.cookies.items()),
            "Origin": "http://elsewhere.example",
        }
        url = self.get_url("/live/me").replace("http", "ws", 1)
        with pytest.raises(Exception, match="403"):
            await websocket_connect(HTTPRequest(url, headers=head))

    @gen_test
    async def test_size_and_pace_have_limits(self):
        (me,) = await self.people(1)
        assert (await me.do("note", text="x" * 20_000)).code >= 400
        self.room.acts.rate = 0
        codes = [(await me.do("name", name=f"Bird {i}")).code for i in range(40)]
        assert 303 in codes and 429 in codes
        line = await me.live()
        await line.read_message()
        await line.write_message("x" * 5_000)
        assert await line.read_message() is None

    @gen_test
    async def test_a_cell_that_a_spreadsheet_would_run_is_plain_text(self):
        people = await self.people(6)
        desk = await Desk(self).come()
        await desk.vote_on("meet")
        await people[0].do("vote", stage="meet", choice="yes", reason="=HYPERLINK(1)")
        await desk.run("close")
        assert "'=HYPERLINK(1)" in await desk.text("/instructor/export/reasons.csv")

    @gen_test
    async def test_an_unknown_verb_or_page_is_a_sentence(self):
        (me,) = await self.people(1)
        for path in ("/nothing", "/static/../server.py", "/static/nothing.css"):
            answer = await me.ask(path)
            assert answer.code in (403, 404)
            assert b"Traceback" not in answer.body and b"import" not in answer.body
        assert (await me.do("sudo")).code == 404


class TestLine(Case):
    @gen_test
    async def test_everybody_sees_a_new_step_and_only_the_wall_counts(self):
        people = await self.people(2)
        wall = Browser(self)
        await wall.ask(f"/wall?key={self.room.wall_key}")
        screen, line = await wall.live("wall"), await people[0].live()
        assert "The room and the rules" in await screen.read_message()
        assert "The room and the rules" in await line.read_message()
        await (await Desk(self).come()).vote_on("predict")
        while "Hand it in" not in await line.read_message():
            pass
        await people[1].do("vote", stage="predict", choice="meet")
        while "<b>1</b> of 2 handed in" not in json.loads(await screen.read_message())["html"]:
            pass
        silent = asyncio.ensure_future(line.read_message())
        await asyncio.sleep(0.2)
        assert not silent.done()
        line.close()
        screen.close()
        await silent

    @gen_test
    async def test_after_sleep_the_page_shows_the_vote_that_was_cast(self):
        (me,) = await self.people(1)
        line = await me.live()
        await line.read_message()
        line.close()
        await (await Desk(self).come()).vote_on("predict")
        await me.do("vote", stage="predict", choice="meet")
        again = await me.live()
        assert "Your answer is in: It meets" in await again.read_message()
        again.close()

    @gen_test
    async def test_a_seventh_tab_closes_the_oldest(self):
        (me,) = await self.people(1)
        tabs = [await me.live() for _ in range(srv.TABS + 1)]
        await tabs[0].read_message()
        assert await tabs[0].read_message() is None
        assert tabs[0].close_code == 4000
        for tab in tabs[1:]:
            tab.close()


class TestRestart(Case):
    @gen_test
    async def test_killed_in_the_middle_of_a_round_nothing_is_lost(self):
        people = await self.people(7)
        desk = await Desk(self).come()
        await desk.vote_on("meet")
        for me in people[:3]:
            await me.do("vote", stage="meet", choice="yes")
        before, keys = self.room.session, (self.room.code, self.room.instructor_key)
        self.store._db.close()  # as a kill does: no goodbye, no commit
        self.store._owner.close()
        self.store = Store(self.folder / "live.sqlite")
        self.room = srv.Room(self.store)
        assert self.room.resumed and self.room.session == before
        assert (self.room.code, self.room.instructor_key) == keys
        self._app.settings["room"] = self.room
        await people[0].ask("/")
        await people[3].do("vote", stage="meet", choice="no")
        assert len(self.ballots("meet")) == 4
        assert (await desk.run("close")).code == 303

    @gen_test
    async def test_a_vote_that_could_not_be_stored_did_not_happen(self):
        (me,) = await self.people(1)
        await (await Desk(self).come()).vote_on("predict")
        real = self.store.write

        def full(*_):
            raise sqlite3.OperationalError("database or disk is full")

        self.store.write = full
        answer = await me.do("vote", stage="predict", choice="meet")
        assert answer.code == 500
        assert not self.ballots("predict")
        self.store.write = real
        assert (await me.do("vote", stage="predict", choice="meet")).code == 303
        assert list(self.ballots("predict").values()) == ["meet"]

    @gen_test
    async def test_two_rooms_never_share_a_file(self):
        with pytest.raises(StoreError, match="Another room"):
            Store(self.folder / "live.sqlite")

    @gen_test
    async def test_the_end_erases_everything(self):
        people = await self.people(2)
        desk = await Desk(self).come()
        line = await people[0].live()
        await line.read_message()
        assert (await desk.run("end")).code == 409
        assert (await desk.run("end", sure="1")).code == 200
        assert "Everything that this room stored is erased" in await line.read_message()
        assert list(self.folder.iterdir()) == []
        assert (await people[0].do("vote", stage="brief", choice="yes")).code == 403
        line.close()

    @gen_test
    async def test_what_is_kept_knowingly_names_nobody(self):
        people = await self.people(6)
        names = [p.name for p in self.room.session.participants.values()]
        desk = await Desk(self).come()
        await desk.vote_on("meet")
        await people[0].do("vote", stage="meet", choice="no")
        await desk.run("close")
        assert (await desk.run("end", sure="1", keep="1")).code == 200
        page, kept = sorted(self.folder.iterdir())
        assert kept.name.startswith("kept-") and kept.suffix == ".sqlite"
        assert page.suffix == ".html"
        stored = kept.read_bytes() + page.read_bytes()
        assert b"Arvenia" in stored
        for name in (*names, *self.room.session.participants):
            assert name.encode() not in stored
        assert (await desk.ask("/instructor/export.zip")).code == 403

    @gen_test
    async def test_a_reading_of_the_silence_sets_whose_vote_is_out(self):
        people = await self.people(6)
        desk = await Desk(self).come()
        await desk.vote_on("attacker")
        for me in people[2:]:
            await me.do("vote", stage="attacker", choice="both")
        await desk.run("close")
        await desk.run("enter", stage="collective")
        rule = {"body": "EST:extraordinary", "default": "silent"}
        assert (await desk.run("rule", **rule, reading="nonsense")).code == 409
        await desk.run("rule", **rule, reading="unanimity")
        assert self.room.session.round.excluded == ("arvenia", "belmark")
        await desk.run("rule", **rule, excluded=["belmark"])
        assert self.room.session.round.excluded == ("belmark",)


class TestPrefix(Case):
    def get_app(self):
        super().get_app()
        return srv.application(self.room, "/services/room/", "https://class.example/services/room")

    @gen_test
    async def test_behind_a_proxy_with_or_without_the_prefix(self):
        me = Browser(self)
        for path in ("/", "/services/room/"):
            page = await me.text(path)
            assert 'action="/services/room/join"' in page
            assert 'href="/services/room/static/room.css"' in page
        answer = await me.ask("/services/room/join", {"code": self.room.code, "name": ""})
        assert answer.code == 303 and answer.headers["Location"] == "/services/room/"
        assert "Path=/services/room/" in str(answer.headers.get_list("Set-Cookie"))
        assert (await me.ask("/services/room/static/room.css")).code == 200
        assert (await me.ask("/static/room.css")).code == 200
        for me.prefix in ("/", "/services/room/"):
            line = await me.live()
            assert 'action="/services/room/do/' in json.loads(await line.read_message())["html"]
            line.close()

    @gen_test
    async def test_the_public_address_is_the_one_on_the_wall(self):
        wall = Browser(self)
        await wall.ask(f"/wall?key={self.room.wall_key}")
        assert "class.example/services/room" in await wall.text("/wall")
        me = Browser(self)
        await me.join()
        headers = {"Origin": "https://class.example"}
        assert (await me.ask("/do/name", {"name": "Owl"}, headers)).code == 303


def test_the_room_listens_on_this_machine_only_unless_told_otherwise(tmp_path):
    async def listen():
        store = Store(tmp_path / "live.sqlite")
        server, port = await srv.serve(srv.application(srv.Room(store)), 0)
        ours = [sock.getsockname() for sock in server._sockets.values()]
        server.stop()
        store.close()
        return ours, port

    ours, port = asyncio.run(listen())
    assert ours == [("127.0.0.1", port)]
