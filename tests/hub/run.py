"""Try the course on a real JupyterHub: many learners start at once, work, are culled and come back.

    python3 -m venv build/hub
    build/hub/bin/pip install --require-hashes -r requirements.lock
    build/hub/bin/pip install -r tests/hub/requirements.txt
    build/hub/bin/pip install --no-deps .
    npm ci --prefix tests/hub/npm
    build/hub/bin/python tests/hub/run.py --users 20

First every learner opens a bare pandas notebook, then Kosovo, on the same hub in the same run, so
that the figures compare. Each learner's notebooks are laid by nbgitpuller, each answer is kept in
the learner's own home. It ends with 1 if anybody could not work or did not find the answer again.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from pathlib import Path

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROXY = HERE / "npm" / "node_modules" / ".bin" / "configurable-http-proxy"
PATIENCE = 900  # seconds for one step of one learner on a busy machine
QUIET = 14  # seconds of reading after the last picture
IDLE = 20  # seconds without activity after which a server is stopped
LESSON = "04_kosovo_1999.ipynb"
BARE = (
    "import pandas",
    "events = pandas.DataFrame({'day': range(400), 'kind': ['a', 'b'] * 200})",
    "events.groupby('kind').size()",
)
ANSWER = """
from course import check, record
from course.exercises import load, triples
entry = next(e for e in load("kosovo").values() if e.kind not in ("code", "predict"))
check(entry.id, triples.solved(entry))
print("ANSWERED", entry.id, record.current().latest(entry.id))
"""
AGAIN = """
from course import record
from course.exercises import load
entry = next(e for e in load("kosovo").values() if e.kind not in ("code", "predict"))
print("FOUND", entry.id, record.current().latest(entry.id))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


WARM = "import altair; from course.charts import live; live(altair.Chart().mark_point())"


class Hub:
    """The hub, its proxy, its culler and its room, in a folder of their own."""

    def __init__(self, folder):
        self.folder, self.port, self.token = folder, free_port(), secrets.token_hex(16)
        self.url = f"http://127.0.0.1:{self.port}"
        self.api = f"{self.url}/hub/api"
        environment = {
            **os.environ,
            "TRIAL_HOME": str(folder),
            "TRIAL_ROOT": str(ROOT),
            "TRIAL_URL": self.url,
            "TRIAL_HUB_PORT": str(free_port()),
            "TRIAL_PROXY": os.environ.get("COURSE_HUB_PROXY", str(PROXY)),
            "TRIAL_PROXY_API": f"http://127.0.0.1:{free_port()}",
            "TRIAL_PROXY_TOKEN": secrets.token_hex(16),
            "TRIAL_ROOM_PORT": str(free_port()),
            "TRIAL_TOKEN": self.token,
            "TRIAL_CULLER_TOKEN": secrets.token_hex(16),
        }
        self.culler_token = environment["TRIAL_CULLER_TOKEN"]
        for name in ("COURSE_RECORD", "COURSE_ARTICLE", "COURSE_DATA"):
            environment.pop(name, None)
        cache = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        subprocess.run([sys.executable, "-c", WARM], cwd=folder, env=cache, check=True)
        self.log = open(folder / "hub.log", "w", encoding="utf-8")
        command = [sys.executable, "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip

    @contextlib.contextmanager
    def culling(self):
        """Stop idle servers, as the hub's culler does, while the learners are away.

        It starts only then, since on a busy machine one cell can take longer than the short
        patience that the trial gives it.
        """
        command = [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--url={self.api}",
            f"--timeout={IDLE}",
            "--cull-every=5",
        ]
        environment = os.environ | {"JUPYTERHUB_API_TOKEN": self.culler_token}
        culler = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        try:
            yield
        finally:
            culler.terminate()
            culler.wait(30)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.log.close()


class Learner:
    """One learner: a server, a kernel, and a stopwatch for each step."""

    def __init__(self, hub, name):
        self.hub, self.name, self.times = hub, name, {}
        admin = {"Authorization": f"token {hub.token}"}
        self.admin = httpx.AsyncClient(base_url=hub.api, headers=admin, timeout=PATIENCE)
        self.base = f"{hub.url}/user/{name}/"

    async def enrol(self):
        (await self.admin.post(f"/users/{self.name}")).raise_for_status()
        made = await self.admin.post(f"/users/{self.name}/tokens", json={})
        made.raise_for_status()
        self.token = made.json()["token"]
        self.headers = {"Authorization": f"token {self.token}"}
        self.client = httpx.AsyncClient(base_url=self.base, headers=self.headers, timeout=PATIENCE)

    async def timed(self, step, work):
        start = time.perf_counter()
        result = await work
        self.times[step] = time.perf_counter() - start
        return result

    async def start_server(self):
        asked = await self.admin.post(f"/users/{self.name}/server")
        if asked.status_code not in (201, 202):
            raise RuntimeError(f"{self.name}: the server was refused: {asked.text}")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if await self.server_is("ready"):
                answer = await self.client.get("api/status")
                if answer.status_code == 200:
                    return
            await asyncio.sleep(0.25)
        raise RuntimeError(f"{self.name}: the server did not start")

    async def server_is(self, state):
        told = (await self.admin.get(f"/users/{self.name}")).json()
        server = (told.get("servers") or {}).get("")
        return server is None if state == "gone" else bool(server and server.get(state))

    async def pull(self, repository):
        query = urllib.parse.urlencode(
            {"repo": f"file://{repository}", "branch": "main", "targetpath": "course"}
        )
        async with self.client.stream("GET", f"git-pull/api?{query}") as lines:
            told = [line async for line in lines.aiter_lines() if line.startswith("data:")]
        phases = [json.loads(line.removeprefix("data:")).get("phase") for line in told]
        if "finished" not in phases:
            raise RuntimeError(f"{self.name}: nbgitpuller ended with {told[-2:]}")

    async def start_kernel(self, path):
        asked = {"name": "", "path": path, "type": "notebook", "kernel": {"name": "python3"}}
        made = await self.client.post("api/sessions", json=asked)
        made.raise_for_status()
        kernel = made.json()["kernel"]["id"]
        address = f"{self.base.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
        request = HTTPRequest(address, headers=self.headers, request_timeout=PATIENCE)
        self.socket = await websocket_connect(request, max_message_size=2**28)
        await self.run("1")

    async def run(self, code):
        """Run one cell; return what it printed, and the bytes that its answers took."""
        key = uuid.uuid4().hex
        header = {
            "msg_id": key, "msg_type": "execute_request", "username": self.name,
            "session": self.name, "date": "2000-01-01T00:00:00Z", "version": "5.3",
        }  # fmt: skip
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        message = {
            "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "channel": "shell", "buffers": [],
        }  # fmt: skip
        await self.socket.write_message(json.dumps(message))
        printed, size = [], 0
        while True:
            raw = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
            if raw is None:
                raise RuntimeError(f"{self.name}: the kernel hung up")
            size += len(raw)
            if isinstance(raw, bytes):  # the state of a widget, with binary parts
                continue
            told = json.loads(raw)
            if (told.get("parent_header") or {}).get("msg_id") != key:
                continue
            if told["msg_type"] == "stream":
                printed.append(told["content"]["text"])
            if told["msg_type"] == "error":
                raise RuntimeError(
                    f"{self.name}: {told['content']['ename']}: {told['content']['evalue']}"
                )
            if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
                return "".join(printed), size

    async def run_cells(self, cells):
        return sum([(await self.run(cell))[1] for cell in cells])

    async def stop_server(self):
        self.socket.close()
        await self.admin.delete(f"/users/{self.name}/server")
        while not await self.server_is("gone"):
            await asyncio.sleep(0.25)

    async def leave(self):
        """Close the page and wait until the culler has stopped the server."""
        self.socket.close()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if await self.server_is("gone"):
                return
            await asyncio.sleep(1)
        raise RuntimeError(f"{self.name}: the server was not culled")


def memory(names):
    """Proportional memory in MB of each learner's server and kernel: {name: (server, kernel)}."""
    import psutil

    found = {name: [0.0, 0.0] for name in names}
    for process in psutil.process_iter(["cmdline", "environ"]):
        name = (process.info["environ"] or {}).get("JUPYTERHUB_USER")
        if name in found:
            try:
                share = process.memory_full_info().pss / 2**20
            except psutil.Error:
                continue
            kernel = "ipykernel_launcher" in " ".join(process.info["cmdline"] or ())
            found[name][kernel] += share
    return found


def share_of(pid):
    import psutil

    return psutil.Process(pid).memory_full_info().pss / 2**20


def repository(folder):
    """A git repository with the notebooks, as nbgitpuller would take it from the course's own."""
    place = folder / "lessons"
    place.mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copy(path, place)
    who = ["-c", "user.name=trial", "-c", "user.email=trial@example.org"]
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        [*who, "commit", "-q", "-m", "Lay the lessons"],
    ):
        subprocess.run(["git", *words], cwd=place, check=True)
    return place


def lesson_cells():
    cells = json.loads((ROOT / "notebooks" / LESSON).read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


async def together(learners, step, work):
    """Let all learners do one step at once, each with a stopwatch."""
    return await asyncio.gather(*(one.timed(step, work(one)) for one in learners))


def spread(learners, step):
    times = sorted(one.times[step] for one in learners)
    return statistics.median(times), times[-1]


async def bare_phase(hub, users):
    learners = [Learner(hub, f"bare{n:02d}") for n in range(users)]
    await asyncio.gather(*(one.enrol() for one in learners))
    await together(learners, "spawn", lambda one: one.start_server())
    await together(learners, "kernel", lambda one: one.start_kernel("bare.ipynb"))
    await together(learners, "run", lambda one: one.run_cells(BARE))
    used = memory([one.name for one in learners])
    await asyncio.gather(*(one.stop_server() for one in learners))
    return learners, used


async def course_phase(hub, users, lessons):
    learners = [Learner(hub, f"reader{n:02d}") for n in range(users)]
    await asyncio.gather(*(one.enrol() for one in learners))
    cells = lesson_cells()
    await together(learners, "spawn", lambda one: one.start_server())
    await together(learners, "pull", lambda one: one.pull(lessons))
    await together(learners, "kernel", lambda one: one.start_kernel(f"course/{LESSON}"))
    await together(learners, "first", lambda one: one.run_cells(cells[:1]))
    sizes = await together(learners, "run", lambda one: one.run_cells(cells[1:]))
    said = await together(learners, "answer", lambda one: one.run(ANSWER))
    busy = memory([one.name for one in learners])
    await asyncio.sleep(QUIET)  # the process that draws pictures goes when it has no more work
    used = memory([one.name for one in learners])
    with hub.culling():
        await together(learners, "culled", lambda one: one.leave())
    await together(learners, "return", lambda one: one.start_server())
    await asyncio.gather(*(one.start_kernel(f"course/{LESSON}") for one in learners))
    found = await together(learners, "found", lambda one: one.run(AGAIN))
    await asyncio.gather(*(one.stop_server() for one in learners))
    kept = sum(
        "ANSWERED" in before
        and before.split("ANSWERED")[1].strip() == after.partition("FOUND")[2].strip()
        for (before, _), (after, _) in zip(said, found, strict=True)
    )
    return learners, (busy, used), kept, statistics.median(sizes)


async def room_answers(hub):
    """Whether the room stands behind the hub's proxy as a service."""
    async with httpx.AsyncClient(timeout=60, follow_redirects=True) as client:
        page = await client.get(f"{hub.url}/services/room/")
        return page.status_code == 200 and "<form" in page.text


async def trial(users, folder):
    hub = Hub(folder)
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            for _ in range(600):
                try:
                    if (await client.get(f"{hub.api}/")).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                if hub.process.poll() is not None:
                    raise RuntimeError((folder / "hub.log").read_text(encoding="utf-8")[-3000:])
                await asyncio.sleep(0.5)
        room = await room_answers(hub)
        bare, bare_memory = await bare_phase(hub, users)
        learners, used, kept, size = await course_phase(hub, users, repository(folder))
        return _rows(users, hub, (bare, bare_memory), (learners, used), kept, size, room)
    finally:
        hub.stop()


def _row(name, value, unit, target=None):
    return {"name": name, "value": value, "unit": unit, "target": target}


def _rows(users, hub, bare, ours, kept, size, room):
    (bare, bare_memory), (learners, (busy, used)) = bare, ours
    whole = {who: sum(parts) for who, parts in used.items()}
    plain = {who: sum(parts) for who, parts in bare_memory.items()}
    mid = statistics.median
    rows = [
        _row("learners at once", users, "learners"),
        _row("learners who found their answer again after being culled", kept, "learners", f">={users}"),
        _row("the room answers as a service of the hub", int(room), "yes = 1", ">=1"),
        _row("memory of a learner's server and kernel, Kosovo run to its end", round(mid(whole.values())), "MB"),
        _row("of which the kernel", round(mid(parts[1] for parts in used.values())), "MB"),
        _row("the same while pictures are still being drawn", round(mid(sum(parts) for parts in busy.values())), "MB"),
        _row("memory of a learner with a bare pandas notebook", round(mid(plain.values())), "MB"),
        _row("memory with the course over memory with bare pandas", round(mid(whole.values()) / mid(plain.values()), 2), "ratio", 1.6),
        _row("memory of the hub", round(share_of(hub.process.pid)), "MB"),
        _row("bytes to a learner's browser while Kosovo runs", round(size / 1e6, 2), "MB"),
    ]  # fmt: skip
    for step, words in (
        ("spawn", "start of a server, all at once"),
        ("kernel", "start of a kernel, all at once"),
        ("run", "run all cells, all at once"),
    ):
        for who, label in ((bare, "bare pandas"), (learners, "the course")):
            median, worst = spread(who, step)
            rows.append(_row(f"{words}, {label}: median", round(median, 1), "s"))
            rows.append(_row(f"{words}, {label}: slowest", round(worst, 1), "s"))
    rows.append(
        _row("start of a server with the course over bare pandas",
             round(spread(learners, "spawn")[0] / spread(bare, "spawn")[0], 2), "ratio", 1.15)
    )  # fmt: skip
    for step, words in (
        ("pull", "nbgitpuller lays the notebooks"),
        ("first", "first cell of Kosovo, imports included"),
        ("answer", "answer one exercise"),
        ("return", "start of the server on coming back"),
        ("found", "find the answer again"),
    ):
        rows.append(_row(f"{words}: median", round(spread(learners, step)[0], 1), "s"))
    return rows


def measure(users=20):
    """Return each figure with its unit and target."""
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        try:
            return asyncio.run(trial(users, Path(folder)))
        except Exception:
            log = Path(folder) / "hub.log"
            print(log.read_text(encoding="utf-8", errors="replace")[-6000:], file=sys.stderr)
            raise


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from course.publish.bench import misses

    rows = measure(options.users)
    for row in rows:
        mark = "  MISSED" if misses(row["value"], row["target"]) else ""
        print(f"{row['value']:>8g} {row['unit']:<10} {row['name']}{mark}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    must = [row for row in rows if row["unit"] in ("learners", "yes = 1")]
    return int(any(misses(row["value"], row["target"]) for row in must))


if __name__ == "__main__":
    sys.exit(main())
