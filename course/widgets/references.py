"""Sources as readers meet them: a short label in running text, a full reference in lists."""

from __future__ import annotations

from collections.abc import Iterable

from course import evidence
from course.widgets.markup import esc, link
from course.words import say

__all__ = ["flag", "label", "references", "shorts"]


def label(source_id: str) -> str:
    """The short label of a source as a link with the title as tooltip."""
    source = evidence.source(source_id)
    return link(source.label, source.url, source.title)


def shorts(source_ids: Iterable[str]) -> str:
    """Short labels of several sources, set apart by semicolons, each label once."""
    return "; ".join(dict.fromkeys(label(i) for i in source_ids or ()))


def references(source_ids: Iterable[str]) -> str:
    """Full references as an HTML list, with addresses as links."""
    lines = []
    for source_id in dict.fromkeys(source_ids or ()):
        source = evidence.source(source_id)
        words = esc(evidence.cite(source_id))
        if source.url:
            address = esc(source.url)
            words = words.replace(address, "").removesuffix("Available at: ").rstrip(" .:")
            words = words.removesuffix("Available at")
            words = f"{words.rstrip(' .')}. {link(source.url, source.url)}"
        lines.append(f"<li>{words}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


_FLAGGED = ("unverified", "inferred", "derived", "sources_differ")


def flag(verification: str | None) -> str:
    """A visible mark for what was not read in a source as it stands; "" where it was."""
    if verification not in _FLAGGED:
        return ""
    return f' <span class="c-tag">{esc(say(f"flag.{verification}"))}</span>'
