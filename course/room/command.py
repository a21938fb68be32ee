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
        description="Start a workshop room on this machine. Participants need a browser only.",
    )
    add = parser.add_argument
    add("--case", choices=CASES, help="the case of a new session (default: play)")
    add("--lan", action="store_true", help="let the machines of this network in")
    add("--ip", help="listen on this address (default: this machine only)")
    add("--port", type=int, help=f"listen on this port (default: {PORT})")
    add("--url", default="", help="the address that participants type, if it is another one")
    add("--base-url", help="prefix of every address, behind a proxy")
    add("--proxied", action="store_true", help="believe the proxy's headers about the visitor")
    add("--session", help="the file of the session (default: the one in progress)")
    add("--open", action="store_true", help="open the instructor's page in a browser")
    add("--erase", action="store_true", help="erase the session in progress and stop")
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
        print("The workshop is over. The session was erased from this machine.")
    else:
        store.close()
        print(
            "\nThe room is closed for now. The session is kept: the same command goes on with it."
        )
        print("To erase it instead: python3 -m course room --erase")
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
        f"{'Going on with' if room.resumed else 'A new room for'}: {case.title} ({case.id}).",
        "",
        f"  Participants   {public}   code {room.code}",
        f"  Wall           {address}wall?key={room.wall_key}",
        f"  Instructor     {address}instructor?key={room.instructor_key}",
        "",
        "Keep the instructor's line to yourself: whoever has it runs the room.",
        f"The session is stored in {room.store.path}.",
    ]
    if options.case and room.resumed and options.case != case.id:
        lines.append(
            f"The session in progress plays {case.id!r}, not {options.case!r}; to begin anew, "
            "end it on the instructor's page or erase it with --erase."
        )
    if ip in LOOPBACK:
        lines.append("Only this machine can reach the room. For a class in the same network: --lan")
    else:
        lines.append(
            "Every machine that reaches this network address can open the door page, and what is "
            "sent is not encrypted. Entering needs the code."
        )
    lines.append("Stop with Ctrl-C; the session stays and the same command goes on with it.")
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
        print("There is no session to erase.")
        return 0
    Store(path).erase()
    print("The session is erased.")
    return 0


def _words(error: Exception, options: argparse.Namespace) -> str:
    if isinstance(error, StoreError):
        return str(error)
    if getattr(error, "errno", None) in (98, 48, 10048):
        port = options.port or PORT
        return (
            f"Port {port} is in use: another room or program listens there. "
            f"Stop it, or choose another port with --port {port + 1}."
        )
    return f"The room could not start: {error}"
