"""`python3 -m course room`: start a room, go on with one, or erase one."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from course.words import say

from .server import Room, application, serve
from .simulation import CASES, scenario
from .store import Store, StoreError, live_path

__all__ = ["main"]

PORT = 8899
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns 0, or 1 after a sentence on what was wrong."""
    options = _parser().parse_args(argv)
    path = Path(options.session) if options.session else live_path()
    try:
        if options.erase:
            return _erase(path)
        return asyncio.run(_run(options, path))
    except (StoreError, OSError) as error:
        print(_words(error, options), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m course room",
        description=say("room.command"),
    )
    add = parser.add_argument
    add("--case", choices=CASES, help=say("room.command.case"))
    add("--lan", action="store_true", help=say("room.command.lan"))
    add("--ip", help=say("room.command.ip"))
    add("--port", type=int, help=say("room.command.port", port=PORT))
    add("--url", default="", help=say("room.command.url"))
    add("--base-url", help=say("room.command.base_url"))
    add("--proxied", action="store_true", help=say("room.command.proxied"))
    add("--session", help=say("room.command.session"))
    add("--open", action="store_true", help=say("room.command.open"))
    add("--erase", action="store_true", help=say("room.command.erase"))
    return parser


def place(options: argparse.Namespace, environ=os.environ) -> tuple[str, int, str]:
    """Where to listen: address, port and prefix, from the options or from a hub's settings.

    A JupyterHub gives a managed service its address in ``JUPYTERHUB_SERVICE_URL`` and its prefix
    in ``JUPYTERHUB_SERVICE_PREFIX``.
    """
    hub = urlsplit(environ.get("JUPYTERHUB_SERVICE_URL", ""))
    ip = options.ip or ("0.0.0.0" if options.lan else hub.hostname or "127.0.0.1")
    port = options.port if options.port is not None else hub.port or PORT
    prefix = options.base_url or environ.get("JUPYTERHUB_SERVICE_PREFIX") or "/"
    return ip, port, prefix


async def _run(options: argparse.Namespace, path: Path) -> int:
    ip, port, prefix = place(options)
    proxied = options.proxied or "JUPYTERHUB_SERVICE_PREFIX" in os.environ
    store = Store(path)
    room = Room(store, scenario(options.case or "play"))
    app = application(room, prefix, options.url)
    try:
        server, port = await serve(app, port, ip, proxied)
    except BaseException:
        store.close()
        raise
    base = app.settings["base_url"]
    host = _host(ip)
    print(_greeting(room, options, ip, f"http://{host}:{port}{base}"), flush=True)
    if options.open:
        webbrowser.open(f"http://{host}:{port}{base}instructor?key={room.instructor_key}")
    ended = await _until_end(app)
    server.stop()
    await server.close_all_connections()
    if ended:
        print(say("room.command.over"))
    else:
        store.close()
        print("\n" + say("room.command.kept"))
        print(say("room.command.erase_instead"))
    return 0


async def _until_end(app) -> bool:
    """Wait for the end of the workshop (True) or a signal to stop (False)."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(sign, stopped.set)
        except NotImplementedError:
            signal.signal(sign, lambda *_: loop.call_soon_threadsafe(stopped.set))
    finished = asyncio.ensure_future(app.settings["finished"].wait())
    signalled = asyncio.ensure_future(stopped.wait())
    await asyncio.wait((finished, signalled), return_when=asyncio.FIRST_COMPLETED)
    ended = finished.done()
    if ended:
        await asyncio.sleep(2)
    finished.cancel()
    signalled.cancel()
    return ended


def _greeting(room: Room, options: argparse.Namespace, ip: str, address: str) -> str:
    case = room.session.scenario
    public = options.url.rstrip("/") + "/" if options.url else address
    lines = [
        say(
            "room.command.resumed" if room.resumed else "room.command.new",
            title=case.title,
            id=case.id,
        ),
        "",
        say("room.command.participants", address=public, code=room.code),
        say("room.command.wall", address=f"{address}wall?key={room.wall_key}"),
        say("room.command.instructor", address=f"{address}instructor?key={room.instructor_key}"),
        "",
        say("room.command.secret"),
        say("room.command.stored", path=room.store.path),
    ]
    if options.case and room.resumed and options.case != case.id:
        lines.append(say("room.command.other_case", id=case.id, asked=options.case))
    if ip in LOOPBACK:
        lines.append(say("room.command.alone"))
    else:
        lines.append(say("room.command.network"))
    lines.append(say("room.command.stop"))
    return "\n".join(lines)


def _host(ip: str) -> str:
    """The address to show: where every interface is open, the one that leads to the network."""
    if ip not in ("0.0.0.0", "::", ""):
        return f"[{ip}]" if ":" in ip else ip
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which address would be used
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def _erase(path: Path) -> int:
    if not path.exists():
        print(say("room.command.nothing"))
        return 0
    Store(path).erase()
    print(say("room.command.erased"))
    return 0


def _words(error: Exception, options: argparse.Namespace) -> str:
    if isinstance(error, StoreError):
        return str(error)
    if getattr(error, "errno", None) in (98, 48, 10048):
        port = options.port or PORT
        return say("room.command.port_used", port=port, other=port + 1)
    return say("room.command.failed", error=error)
