"""The room under load: two hundred participants on loopback, beside a bare WebSocket echo.

Server and clients share the machine, and the clients' work is part of every figure. The number of
participants and each wait are bounded. Run as a script, or through `python3 -m course bench`.
"""

import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

PEOPLE = 200
SPREAD = 4.0
LIMIT = 60.0

ROOM = """
import asyncio, sys
from course.room import scenario
from course.room.server import Room, application, serve
from course.room.store import Store

async def main():
    room = Room(Store(sys.argv[1]), scenario("play"))
    _, port = await serve(application(room), int(sys.argv[2]))
    print(port, room.code, room.wall_key, room.instructor_key, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""

ECHO = """
import asyncio
from tornado import web, websocket

class Echo(websocket.WebSocketHandler):
    def on_message(self, message):
        self.write_message(message)

async def main():
    server = web.Application([("/", Echo)]).listen(0, "127.0.0.1")
    print(next(iter(server._sockets.values())).getsockname()[1], flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def _start(script, *words):
    """Start a server of its own and return it with the words it prints once it listens."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words], stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().split()


def _memory(process):
    """Resident memory in MiB where the system says it, else 0."""
    try:
        text = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0.0
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def _p95(times):
    return statistics.quantiles(times, n=20)[-1]


class Visitor:
    """A browser: cookies, the form token, one live line."""

    client = None

    def __init__(self, port):
        self.url, self.cookies, self.token, self.line = f"http://127.0.0.1:{port}", {}, "", None

    @property
    def head(self):
        return {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "X-Room": "1"}

    async def ask(self, path, data=None):
        body = None if data is None else urlencode({"_xsrf": self.token, **data})
        answer = await self.client.fetch(
            HTTPRequest(
                self.url + path,
                method="POST" if body is not None else "GET",
                body=body,
                headers=self.head,
                follow_redirects=False,
                connect_timeout=LIMIT,
                request_timeout=LIMIT,
            ),
            raise_error=False,
        )
        for line in answer.headers.get_list("Set-Cookie"):
            self.cookies.update({k: m.value for k, m in SimpleCookie(line).items()})
        found = re.search(rb'data-xsrf="([^"]+)"', answer.body or b"")
        if found:
            self.token = found[1].decode()
        return answer

    async def join(self, code):
        await self.ask("/")
        assert (await self.ask("/join", {"code": code, "name": ""})).code == 303

    async def connect(self, view="me"):
        url = f"{self.url.replace('http', 'ws', 1)}/live/{view}"
        self.line = await websocket_connect(HTTPRequest(url, headers=self.head))
        return json.loads(await self.line.read_message())["html"]

    async def wait_for(self, words):
        while True:
            html = json.loads(await self.line.read_message())["html"]
            if words in html:
                return time.perf_counter()


async def _watch(wall, seen):
    """Note when the wall first shows each number of ballots."""
    while True:
        message = await wall.line.read_message()
        if message is None:
            return
        now, found = time.perf_counter(), re.search(r"<b>(\d+)</b> of", message)
        if found:
            for number in range(max(seen, default=0) + 1, int(found[1]) + 1):
                seen[number] = now


async def _vote(person, choice, acks, wait=0.0):
    await asyncio.sleep(wait)
    sent = time.perf_counter()
    answer = await person.ask("/do/vote", {"stage": "predict", "choice": choice, "reason": ""})
    assert answer.code == 200, answer.code
    acks.append((time.perf_counter(), sent))


async def _echo(port):
    """95th percentile of an echo's way there and back, the same people at the same pace."""
    lines = [await websocket_connect(f"ws://127.0.0.1:{port}/") for _ in range(PEOPLE)]
    times = []

    async def ping(line):
        await asyncio.sleep(random.random() * SPREAD)
        start = time.perf_counter()
        await line.write_message("a vote of about this length, with one line of reasoning")
        await line.read_message()
        times.append(time.perf_counter() - start)

    await asyncio.gather(*map(ping, lines))
    for line in lines:
        line.close()
    return _p95(times)


async def _room(folder):
    """Run the whole load and return the raw figures."""
    path = f"{folder}/live.sqlite"
    process, (port, code, wall_key, desk_key) = _start(ROOM, path, "0")
    found = {}
    try:
        empty = _memory(process)
        people = [Visitor(port) for _ in range(PEOPLE)]
        desk, wall = Visitor(port), Visitor(port)
        await desk.ask(f"/instructor?key={desk_key}")
        await desk.ask("/instructor")
        await wall.ask(f"/wall?key={wall_key}")

        start = time.perf_counter()
        await asyncio.gather(*(p.join(code) for p in people))
        found["join"] = time.perf_counter() - start
        await asyncio.gather(*(p.connect() for p in people))
        await wall.connect("wall")

        async def instruct(verb, **data):
            answer = await desk.ask(f"/instructor/do/{verb}", data)
            assert answer.code == 200, (verb, answer.code)

        await instruct("enter", stage="predict")
        waiting = [asyncio.ensure_future(p.wait_for("Hand it in")) for p in people]
        start = time.perf_counter()
        await instruct("open")
        found["step"] = max(await asyncio.gather(*waiting)) - start

        seen, acks = {}, []
        watcher = asyncio.ensure_future(_watch(wall, seen))
        waits = [random.random() * SPREAD for _ in people]
        await asyncio.gather(
            *(_vote(p, "meet", acks, w) for p, w in zip(people, waits, strict=True))
        )
        await _until(lambda: len(seen) == PEOPLE)
        acks.sort()
        late = [seen[n] - sent for n, (_, sent) in enumerate(acks, 1)]
        found["vote_to_wall"] = _p95(late)
        found["vote_stored"] = _p95([done - sent for done, sent in acks])

        burst = []
        await asyncio.gather(*(_vote(p, "censure", burst) for p in people))
        found["burst"] = max(done - sent for done, sent in burst)

        for person in people:
            person.line.close()
        start = time.perf_counter()
        again = await asyncio.gather(*(p.connect() for p in people))
        found["reconnect"] = time.perf_counter() - start
        assert all("Your answer is in: A censure" in html for html in again)
        found["memory"] = (_memory(process) - empty) / PEOPLE * 1024
        found["memory_total"] = _memory(process)
        watcher.cancel()

        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        start = time.perf_counter()
        process, _ = _start(ROOM, path, port)
        found["restart"] = time.perf_counter() - start
        await instruct("close")
        answer = await desk.ask("/instructor/export/polls.csv")
        counts = dict(re.findall(r"(\w[\w ,]*?)\"?,(\d+)\r", answer.body.decode()))
        found["lost_or_doubled"] = abs(PEOPLE - int(counts["A censure"])) + sum(
            int(n) for words, n in counts.items() if words != "A censure"
        )
    finally:
        process.kill()
        process.wait()
    return found


async def _until(done):
    end = time.perf_counter() + LIMIT
    while not done() and time.perf_counter() < end:
        await asyncio.sleep(0.01)
    assert done()


async def _all():
    AsyncHTTPClient.configure(None, max_clients=PEOPLE)
    Visitor.client = AsyncHTTPClient(force_instance=True)
    echo, (port,) = _start(ECHO)
    try:
        before = await _echo(port)
        with tempfile.TemporaryDirectory() as folder:
            found = await asyncio.wait_for(_room(folder), 3 * LIMIT)
        after = await _echo(port)
    finally:
        echo.kill()
        echo.wait()
    found["echo"] = statistics.median((before, after))
    return found


def measure():
    """Return each figure with its unit and target."""
    f = asyncio.run(_all())

    def row(name, value, unit, target=None):
        return {"name": f"room, {PEOPLE} people: {name}", "value": value, "unit": unit,
                "target": target}  # fmt: skip

    return [
        row("ballots lost or counted twice, kill -9 included", f["lost_or_doubled"], "ballots", 0),
        row("vote to wall, 95th percentile", round(1000 * f["vote_to_wall"]), "ms", 300),
        row("vote stored and confirmed, 95th percentile", round(1000 * f["vote_stored"]), "ms"),
        row("bare echo, 95th percentile", round(1000 * f["echo"], 1), "ms"),
        row("vote stored, over a bare echo", round(f["vote_stored"] / f["echo"], 1), "ratio", 40),
        row("all vote in one instant, the last confirmed", round(1000 * f["burst"]), "ms", 3000),
        row("a new step on every phone", round(1000 * f["step"]), "ms", 1500),
        row("all join in one instant", round(f["join"], 2), "s", 5),
        row("all reconnect in one instant", round(f["reconnect"], 2), "s", 3),
        row("killed and listening again", round(f["restart"], 2), "s", 3),
        row("memory for each participant", round(f["memory"]), "KiB", 300),
        row("memory in all", round(f["memory_total"]), "MiB", 200),
    ]


if __name__ == "__main__":
    for line in measure():
        print(line)
