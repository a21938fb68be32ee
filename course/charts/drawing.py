"""Draws Vega-Lite specifications in a process of its own, which ends when it has had no work.

The engine that draws (V8 inside vl-convert) takes 90 MB and gives none back. A learner's kernel
lives for hours and draws for seconds, so it borrows a process that does not stay.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from threading import Lock
from typing import Any

__all__ = ["DrawingError", "draw"]

IDLE = 10  # seconds without work after which the process ends

# A line of JSON in, a line of JSON out. It ignores an interrupt, which is meant for the kernel.
_WORKER = """
import json, os, signal, sys, threading
import vl_convert
signal.signal(signal.SIGINT, signal.SIG_IGN)
idle = float(sys.argv[1])
def rest():
    timer = threading.Timer(idle, os._exit, [0])
    timer.daemon = True
    timer.start()
    return timer
timer = rest()
for line in sys.stdin:
    timer.cancel()
    try:
        answer = {"svg": vl_convert.vegalite_to_svg(json.loads(line))}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer) + "\\n")
    sys.stdout.flush()
    timer = rest()
"""


class DrawingError(RuntimeError):
    """A specification that the engine cannot draw, which is a fault of the course."""


class _Engine:
    """The process, started when there is work and started again when it has gone."""

    def __init__(self, idle: float = IDLE):
        self.idle = idle
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None

    def draw(self, spec: dict[str, Any]) -> str:
        line = json.dumps(spec)
        with self._lock:
            # it may have ended between two pictures: the second try meets a new one
            answer = self._ask(line) or self._ask(line)
        if answer is None:  # no process to be had: a browser has none, a full machine no more
            import vl_convert

            return vl_convert.vegalite_to_svg(spec)
        if "error" in answer:
            raise DrawingError(answer["error"])
        return answer["svg"]

    def _ask(self, line: str) -> dict[str, str] | None:
        try:
            process = self._running()
            process.stdin.write(line + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if answer:
                return json.loads(answer)
        except (OSError, ValueError):
            pass
        except BaseException:  # interrupted half-way: its answer would be taken for the next one
            self.stop()
            raise
        self.stop()
        return None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _WORKER, str(self.idle)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


_engine = _Engine()
atexit.register(_engine.stop)


def draw(spec: dict[str, Any]) -> str:
    """Return the SVG text of a Vega-Lite specification.

    Raises
    ------
    DrawingError
        If the engine refuses the specification.
    ImportError
        In an edition that has neither processes nor vl-convert.
    """
    return _engine.draw(spec)
