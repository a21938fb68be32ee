"""What frames a notebook: its head, its end, its sources, and passages of the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from course import article, evidence
from course.widgets import base
from course.widgets.markup import details, esc
from course.widgets.references import references

__all__ = ["Done", "Head", "Passage", "Sources"]


def _sentence_list(items: Sequence[str]) -> str:
    """A list that reads as one sentence: semicolons between, a full stop at the end."""
    ends = [";"] * (len(items) - 1) + ["."]
    return (
        "<ul>"
        + "".join(f"<li>{esc(i)}{e}</li>" for i, e in zip(items, ends, strict=True))
        + "</ul>"
    )


def _places(paragraphs: Iterable[int]) -> str:
    return " ".join(f"[{p}]" for p in paragraphs)


def _number(file: str) -> str:
    return file.split("_")[0]


class Head(base.View):
    """The head cell: outcomes, minutes, paragraphs, what is needed, content note.

    Parameters
    ----------
    entry : mapping
        The notebook in `data/notebooks.toml`.
    minutes : int
        How long it takes.
    needs : sequence of mapping
        The notebooks to do first.
    """

    kicker = "In this notebook"

    def __init__(self, entry: Mapping[str, Any], minutes: int, needs: Sequence[Mapping[str, Any]]):
        self.entry, self.minutes = entry, minutes
        names = [f"{_number(n['file'])} {n['title']}" for n in needs]
        words = [f"Notebook {' and '.join(names)}." if names else "", entry["needs_words"]]
        self.facts = {
            "Time": f"about {minutes} minutes; stop and come back as you like",
            "Article": f"paragraphs {_places(entry['paragraphs'])}",
            "Before": " ".join(w for w in words if w),
        }

    def body(self) -> str:
        note = self.entry.get("content_note")
        facts = "".join(f"<dt>{k}</dt><dd>{esc(v)}</dd>" for k, v in self.facts.items() if v)
        warned = f'<p class="c-note">{esc(note)}</p>' if note else ""
        return (
            "<p>When you have worked through it, you will be able to</p>"
            f"{_sentence_list(self.entry['outcomes'])}<dl>{facts}</dl>{warned}"
        )

    def text(self) -> str:
        lines = ["When you have worked through this notebook, you will be able to"]
        lines += [f"- {outcome}" for outcome in self.entry["outcomes"]]
        lines += [f"{k}: {v}" for k, v in self.facts.items() if v]
        return "\n".join(lines + [self.entry.get("content_note") or ""]).strip()


KEEP = (
    'This computer forgets your answers when you leave. course.record.export("record.json") writes'
    ' them to a file to download; course.record.load("record.json") brings them back.'
)


class Done(base.View):
    """The last cell: the head's promises, now as questions to oneself, and what comes next."""

    kicker = "What you have done"

    def __init__(
        self, entry: Mapping[str, Any], following: Mapping[str, Any] | None, forgets: bool = False
    ):
        self.entry, self.following = entry, following
        self.keep = KEEP if forgets else ""

    def _next(self) -> str:
        if self.following is None:
            return "This was the last notebook. Your portfolio holds what you wrote on the way."
        return f"Next: {_number(self.following['file'])} {self.following['title']}. {self.following['question']}"

    def body(self) -> str:
        return (
            "<p>You can now</p>"
            f"{_sentence_list(self.entry['outcomes'])}"
            '<p class="c-note">Read the list once more. Where you hesitate, that section is worth '
            f'a second look.</p><p class="c-verdict">{esc(self._next())}</p>'
            + (f'<p class="c-note">{esc(self.keep)}</p>' if self.keep else "")
        )

    def text(self) -> str:
        lines = ["You can now", *(f"- {o}" for o in self.entry["outcomes"])]
        return "\n".join([*lines, self._next(), *([self.keep] if self.keep else [])])


class Sources(base.View):
    """The sources that a notebook uses, as full references in alphabetical order."""

    kicker = "Sources used here"

    def __init__(self, source_ids: Sequence[str]):
        self.ids = sorted(dict.fromkeys(source_ids), key=lambda i: evidence.cite(i).casefold())

    def body(self) -> str:
        words = f"{len(self.ids)} sources. Each says in the record how far it was read."
        return f'<p class="c-note">{words}</p>{references(self.ids)}'

    def text(self) -> str:
        return "\n".join(evidence.bibliography(self.ids))


class Passage(base.View):
    """Paragraphs of the article in our words, and in the reader's own copy where there is one."""

    kicker = "The article, in our words"

    def __init__(self, paragraphs: Sequence[article.Paragraph], copy: article.Copy | None = None):
        self.paragraphs, self.copy = paragraphs, copy

    def body(self) -> str:
        parts = []
        for one in self.paragraphs:
            section = article.section(one.section)
            where = f"[{one.paragraph}] section {one.section}, “{section.title}”, {one.words} words"
            own = ""
            if self.copy and one.paragraph in self.copy.recognised:
                own = details(
                    "Your own copy",
                    f"<blockquote>{esc(self.copy.text(one.paragraph))}</blockquote>",
                )
            parts.append(
                f'<div class="c-passage"><p class="c-note">{esc(where)}</p><p>{esc(one.summary)}</p>{own}</div>'
            )
        if self.copy is None:
            parts.append(
                '<p class="c-note">If you saved the article as a file, <code>course.attach("article.txt")</code>'
                " lays your copy beside these notes.</p>"
            )
        return "".join(parts)

    def text(self) -> str:
        return "\n".join(f"[{p.paragraph}] {p.summary}" for p in self.paragraphs)
