"""What frames a notebook: its head, its end, its sources, and passages of the article."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from course import article, evidence
from course.exercises.prose import inline, plain
from course.widgets import base
from course.widgets.markup import details, esc
from course.widgets.references import references
from course.words import say

__all__ = ["Done", "Glossary", "Head", "Passage", "Sources", "forgets"]

#: The calls that carry everything over: `export` alone leaves out verdicts and texts.
SAVING = 'import course; course.record.export("my-record.json", include={"verdicts", "texts"})'
LOADING = 'import course; course.record.load("my-record.json")'


def forgets() -> bool:
    """Whether this machine is wiped when the reader leaves, as Binder's and the browser edition's are."""
    return bool(os.environ.get("BINDER_LAUNCH_HOST")) or sys.platform == "emscripten"


def _keep(back: str) -> tuple[str, str]:
    """How to take the record along and bring it back, as HTML and as text."""
    lines = (say("keep.all", saving=SAVING), back)
    html = "".join(f'<p class="c-note">{inline(line)}</p>' for line in lines)
    return html, "\n".join(map(plain, lines))


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
    temporary : bool
        Whether to say that this machine forgets, and how to take the record along.
    """

    def __init__(
        self,
        entry: Mapping[str, Any],
        minutes: int,
        needs: Sequence[Mapping[str, Any]],
        temporary: bool = False,
    ):
        self.kicker = say("head.kicker")
        self.keep = _keep(say("head.back", loading=LOADING)) if temporary else ("", "")
        self.entry, self.minutes = entry, minutes
        names = [f"{_number(n['file'])} {n['title']}" for n in needs]
        before = say("head.needs", names=say("head.and").join(names)) if names else ""
        words = [before, entry["needs_words"]]
        self.facts = {
            say("head.time"): say("head.minutes", minutes=minutes),
            say("head.article"): say("head.paragraphs", places=_places(entry["paragraphs"])),
            say("head.before"): " ".join(w for w in words if w),
        }

    def body(self) -> str:
        note = self.entry.get("content_note")
        facts = "".join(f"<dt>{esc(k)}</dt><dd>{esc(v)}</dd>" for k, v in self.facts.items() if v)
        warned = f'<p class="c-note">{esc(note)}</p>' if note else ""
        return (
            f"<p>{esc(say('head.able'))}</p>"
            f"{_sentence_list(self.entry['outcomes'])}<dl>{facts}</dl>{warned}{self.keep[0]}"
        )

    def text(self) -> str:
        lines = [say("head.able_text")]
        lines += [f"- {outcome}" for outcome in self.entry["outcomes"]]
        lines += [f"{k}: {v}" for k, v in self.facts.items() if v]
        return "\n".join([*lines, self.entry.get("content_note") or "", self.keep[1]]).strip()


class Done(base.View):
    """The last cell: the head's promises, now as questions to oneself, and what comes next."""

    def __init__(
        self, entry: Mapping[str, Any], following: Mapping[str, Any] | None, temporary: bool = False
    ):
        self.kicker = say("done.kicker")
        self.entry, self.following = entry, following
        self.keep = _keep(say("done.back", loading=LOADING)) if temporary else ("", "")

    def _next(self) -> str:
        if self.following is None:
            return say("done.last")
        return say(
            "done.next",
            number=_number(self.following["file"]),
            title=self.following["title"],
            question=self.following["question"],
        )

    def body(self) -> str:
        return (
            f"<p>{esc(say('done.able'))}</p>"
            f"{_sentence_list(self.entry['outcomes'])}"
            f'<p class="c-note">{esc(say("done.again"))}</p>'
            f'<p class="c-verdict">{esc(self._next())}</p>' + self.keep[0]
        )

    def text(self) -> str:
        lines = [say("done.able"), *(f"- {o}" for o in self.entry["outcomes"])]
        return "\n".join([*lines, self._next(), self.keep[1]]).strip()


class Sources(base.View):
    """The sources that a notebook uses, as full references in alphabetical order."""

    def __init__(self, source_ids: Sequence[str]):
        self.kicker = say("sources.kicker")
        self.ids = sorted(dict.fromkeys(source_ids), key=lambda i: evidence.cite(i).casefold())

    def body(self) -> str:
        words = say("sources.count", count=len(self.ids))
        return f'<p class="c-note">{esc(words)}</p>{references(self.ids)}'

    def text(self) -> str:
        return "\n".join(evidence.bibliography(self.ids))


class Glossary(base.View):
    """What some terms, or all of them, mean in this course."""

    def __init__(self, terms: Sequence[evidence.Term]):
        self.kicker = say("glossary.kicker")
        self.terms = sorted(terms, key=lambda one: one.term.casefold())

    def body(self) -> str:
        lines = (
            f"<dt><strong>{esc(one.term)}</strong></dt><dd>{esc(one.definition)}</dd>"
            for one in self.terms
        )
        return f"<dl>{''.join(lines)}</dl>"

    def text(self) -> str:
        return "\n".join(f"{one.term}: {one.definition}" for one in self.terms)


class Passage(base.View):
    """Paragraphs of the article in our words, and in the reader's own copy where there is one."""

    def __init__(self, paragraphs: Sequence[article.Paragraph], copy: article.Copy | None = None):
        self.kicker = say("passage.kicker")
        self.paragraphs, self.copy = paragraphs, copy

    def body(self) -> str:
        parts = []
        for one in self.paragraphs:
            section = article.section(one.section)
            where = say(
                "passage.where",
                paragraph=one.paragraph,
                section=one.section,
                title=section.title,
                words=one.words,
            )
            own = ""
            if self.copy and one.paragraph in self.copy.recognised:
                own = details(
                    say("passage.copy"),
                    f"<blockquote>{esc(self.copy.text(one.paragraph))}</blockquote>",
                )
            parts.append(
                f'<div class="c-passage"><p class="c-note">{esc(where)}</p><p>{esc(one.summary)}</p>{own}</div>'
            )
        if self.copy is None:
            parts.append(f'<p class="c-note">{inline(say("passage.attach"))}</p>')
        return "".join(parts)

    def text(self) -> str:
        return "\n".join(f"[{p.paragraph}] {p.summary}" for p in self.paragraphs)
