"""Texts as HTML: a few marks, `[@id]` citations, whole documents with their style sheet inside."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from course import evidence
from course.exercises.prose import inline
from course.publish.instructor.material import InstructorError

__all__ = ["Citations", "asset", "document", "esc", "lines", "markdown", "rows"]

HERE = Path(__file__).parent
_CITED = re.compile(r"\s*\[@([^\]]+)\]")
_FACT = re.compile(r"(?:KF|GE-|S\d-|F|T)\d+[a-z]?")


def esc(value: object) -> str:
    """Escape `value` for HTML text and quoted attributes."""
    return escape(str(value))


@cache
def asset(name: str) -> str:
    """A style sheet or script of the edition."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


class Citations:
    """Turns `[@source-id]` and `[@fact-id]` into numbers and keeps the list that they point to."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def line(self, text: str) -> str:
        """One line of catalogue text as HTML, its citations as links to the list."""
        return _CITED.sub(self._put, inline(text))

    def paragraphs(self, text: str) -> str:
        """Several paragraphs of catalogue text, a blank line between them."""
        parts = re.split(r"\n\s*\n", text.strip())
        return "".join(f"<p>{self.line(part)}</p>" for part in parts if part.strip())

    def _put(self, match: re.Match) -> str:
        marks = []
        for key in (part.strip().lstrip("@") for part in match.group(1).split(";")):
            try:
                fact = evidence.fact(key) if _FACT.fullmatch(key) else None
                found = [evidence.source(i) for i in (fact.source_ids if fact else [key])]
            except evidence.UnknownId as error:
                raise InstructorError(str(error)) from None
            marks += [self._number(source.id) for source in found]
            if fact and fact.verification in ("unverified", "sources_differ"):
                marks.append(fact.verification.replace("_", " "))
        return f'<sup class="cite">{", ".join(dict.fromkeys(marks))}</sup>'

    def _number(self, source_id: str) -> str:
        if source_id not in self.ids:
            self.ids.append(source_id)
        number = self.ids.index(source_id) + 1
        return f'<a href="#source-{number}">{number}</a>'

    def html(self) -> str:
        """The numbered list of what was cited."""
        items = []
        for number, source_id in enumerate(self.ids, 1):
            source = evidence.source(source_id)
            link = f' <a href="{esc(source.url)}">{esc(source.url)}</a>' if source.url else ""
            items.append(
                f'<li id="source-{number}">{esc(source.label)}. <cite>{esc(source.title)}</cite>.'
                f"{link}</li>"
            )
        return f'<ol class="sources">{"".join(items)}</ol>' if items else ""


@cache
def _markdown():
    import mistune

    return mistune.create_markdown(escape=False, plugins=["table"])


def markdown(text: str) -> str:
    """A notebook's words as HTML, as a notebook shows them."""
    return _markdown()(text).strip()


def rows(head: tuple[str, ...], body: list[tuple[str, ...]], numbers: int = 0) -> str:
    """A table from ready HTML cells; the last `numbers` columns are set as figures."""
    first = len(head) - numbers
    kinds = ["" if place < first else ' class="n"' for place in range(len(head))]
    top = "".join(f'<th scope="col"{k}>{c}</th>' for k, c in zip(kinds, head, strict=True))
    lines_ = (
        "<tr>" + "".join(f"<td{k}>{c}</td>" for k, c in zip(kinds, row, strict=True)) + "</tr>"
        for row in body
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines_)}</tbody></table>"


def lines(count: int) -> str:
    """Ruled lines to write on."""
    return '<div class="ruled" aria-hidden="true">' + "<i></i>" * count + "</div>"


def document(title: str, body: str, *, kind: str = "", running: str = "") -> str:
    """A whole page that needs no other file.

    Parameters
    ----------
    title : str
    body : str
        HTML of the page.
    kind : str
        A class on the body, for pages laid out in a way of their own.
    running : str
        What stands at the foot of each printed page, beside its number.
    """
    foot = running.replace("\\", "").replace('"', "'")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(title)}</title><style>{asset('paper.css')}\n"
        f'@page {{ @bottom-left {{ content: "{foot}"; }} }}</style></head>'
        f'<body class="{esc(kind)}"><main>{body}</main></body></html>\n'
    )
