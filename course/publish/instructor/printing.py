"""Pages to PDF with the Chromium that is there; without one the HTML files print from any browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

__all__ = ["browser", "print_all"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
          "msedge", "microsoft-edge")  # fmt: skip
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
)  # fmt: skip
SECONDS = 90


def browser() -> str | None:
    """Path of a Chromium that can print, or None; `COURSE_CHROMIUM` names another one."""
    named = os.environ.get("COURSE_CHROMIUM")
    if named is not None:
        return named or None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def print_all(pages: Sequence[Path], program: str) -> list[Path]:
    """Print each page beside itself, as PDF; return the pages that could not be printed.

    Two are printed at a time, each by a browser with an empty profile of its own that can reach no
    other machine.
    """
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda page: _print(page, program), pages))
    return [page for page, printed in zip(pages, done, strict=True) if not printed]


def _print(page: Path, program: str) -> bool:
    target = page.with_suffix(".pdf")
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            program, *_FLAGS, *_unboxed(), f"--user-data-dir={profile}",
            f"--print-to-pdf={target.resolve()}", page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return target.is_file() and target.stat().st_size > 0


def _unboxed() -> list[str]:
    """Chromium refuses its sandbox to the administrator of a Linux machine, as in a container."""
    root = sys.platform.startswith("linux") and os.geteuid() == 0
    return ["--no-sandbox"] if root else []
