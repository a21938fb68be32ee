"""Catalogue texts as HTML and as plain words; a few marks only, everything else escaped."""

from __future__ import annotations

import re
from html import escape

__all__ = ["inline", "paragraphs", "plain"]

_MARKS = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*"), r"<em>\1</em>"),
)
_BREAK = re.compile(r"\n\s*\n")


def inline(text: str) -> str:
    """Return one line of HTML: `code`, *emphasis* and **weight** are marked, the rest is escaped."""
    parts = re.split(r"(`[^`]+`)", escape(" ".join(text.split()), quote=False))
    for number, part in enumerate(parts):
        marks = _MARKS[:1] if part.startswith("`") else _MARKS[1:]
        for pattern, put in marks:
            part = pattern.sub(put, part)
        parts[number] = part
    return "".join(parts)


def paragraphs(text: str) -> str:
    """Return HTML paragraphs; a blank line begins a new one."""
    return "".join(f"<p>{inline(part)}</p>" for part in _BREAK.split(text.strip()) if part.strip())


def plain(text: str) -> str:
    """Return the words without marks, one line a paragraph."""
    lines = [" ".join(part.split()) for part in _BREAK.split(text.strip())]
    return "\n".join(re.sub(r"\*\*?([^*\s](?:[^*]*[^*\s])?)\*\*?", r"\1", line) for line in lines)
