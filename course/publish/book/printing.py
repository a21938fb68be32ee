"""Hand-outs: each lesson of the book printed to a PDF by Chromium, with no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from html import escape
from pathlib import Path

__all__ = ["PrintError", "chromium", "print_pages"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
]  # fmt: skip
_FOOT = (
    '<div style="font: 7.5pt sans-serif; color: #555; width: 100%; padding: 0 17mm; display: flex;'
    ' justify-content: space-between"><span>{title}</span><span><span class="pageNumber"></span>'
    ' / <span class="totalPages"></span></span></div>'
)


class PrintError(ValueError):
    """Why no hand-out could be printed, and what to do."""


def chromium() -> str | None:
    """Path of the browser: `COURSE_CHROMIUM`, else the first one installed, else None."""
    chosen = os.environ.get("COURSE_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, BROWSERS)), None)


def print_pages(pages: Iterable[tuple[Path, Path, str]]) -> list[Path]:
    """Print pages to PDF files: tagged for screen readers, with an outline, details opened.

    Parameters
    ----------
    pages : iterable of (Path, Path, str)
        The HTML file, the PDF to write, and what stands at the foot of each sheet.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    PrintError
        If there is no Chromium.
    """
    from playwright.sync_api import sync_playwright

    browser_path = chromium()
    if browser_path is None:
        raise PrintError(
            "Hand-outs are printed by Chromium, which was not found: install it, or set "
            "COURSE_CHROMIUM to its path, or leave out --pdf."
        )
    written = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        tab = browser.new_page(color_scheme="light")
        tab.route(
            "**/*", lambda r: r.continue_() if r.request.url.startswith("file:") else r.abort()
        )
        for page, target, title in pages:
            tab.goto(page.as_uri())
            tab.evaluate("document.documentElement.dataset.theme = 'light'")
            tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            target.parent.mkdir(parents=True, exist_ok=True)
            tab.pdf(
                path=target,
                format="A4",
                margin={"top": "16mm", "bottom": "18mm", "left": "17mm", "right": "17mm"},
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=_FOOT.format(title=escape(title)),
                tagged=True,
                outline=True,
            )
            written.append(target)
        browser.close()
    return written
