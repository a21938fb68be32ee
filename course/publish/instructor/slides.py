"""Slides from a notebook's own cells: its headings, its pictures, its questions, and no answer.

One file a notebook, with its style and script inside. The words of the notebook that a slide has
no room for are its notes (key N). Without a script the slides stand one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course import article, evidence
from course.exercises.model import Exercise
from course.exercises.prose import inline, paragraphs, plain
from course.publish.instructor.markup import asset, esc, markdown
from course.publish.instructor.material import Cell, Lesson, Section
from course.publish.instructor.sheets import shown
from course.widgets.claim_desk import VERDICTS

__all__ = ["deck", "question", "slides"]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LEAD_WORDS = 85
TORN = 12  # words: a shorter beginning of a paragraph says too little to stand
ON_A_SLIDE = 4
_TWIN_STYLE = re.compile(r"<style\b.*?</style>", re.S)
_PICTURE = re.compile(r'<svg\b[^>]*role="img".*?</svg>|<img\b[^>]*src="data:image/[^>]*>', re.S)


def deck(lesson: Lesson) -> str:
    """The slides of one notebook as a page that needs no other file and no network."""
    made = list(slides(lesson))
    count = len(made)
    body = "".join(
        f'<section class="slide {kind}" id="slide-{n}" aria-label="Slide {n} of {count}">'
        f'<div class="fit">{inner}</div><footer><span>{esc(lesson.title)}</span>'
        f"<span>{n} / {count}</span></footer>"
        f"{f'<aside>{notes}</aside>' if notes else ''}</section>"
        for n, (kind, inner, notes) in enumerate(made, 1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(lesson.title)}: slides</title><style>{asset('slides.css')}</style></head>"
        f'<body><main id="deck">{body}</main><div id="help" hidden>{_HELP}</div>'
        '<p id="said" role="status"></p>'
        f"<script>{asset('slides.js')}</script></body></html>\n"
    )


_HELP = (
    "<h2>Keys</h2><dl><dt>→ Space Page Down</dt><dd>next</dd><dt>← Page Up</dt><dd>back</dd>"
    "<dt>Home End</dt><dd>first, last</dd><dt>N</dt><dd>the notebook’s own words</dd>"
    "<dt>F</dt><dd>full screen</dd><dt>A</dt><dd>all slides in one page</dd>"
    "<dt>Ctrl P</dt><dd>print, one slide a page</dd><dt>?</dt><dd>this list</dd></dl>"
)


def slides(lesson: Lesson) -> Iterator[tuple[str, str, str]]:
    """Kind, inner HTML and notes of each slide."""
    yield (
        "title",
        f'<p class="kicker">Notebook {lesson.file[:2]}</p><h1>{esc(lesson.title)}</h1>'
        f'<p class="lead">{esc(lesson.entry["question"])}</p>',
        "",
    )
    care = next((c for c in _all(lesson) if "content note" in c.text.casefold()), None)
    if care and care.kind == "markdown":
        yield "quiet", markdown(re.sub(r"^#.*$", "", care.text, flags=re.M)), ""
    for part in lesson.parts:
        if part.sections[0].level == 1:
            continue
        for section in part.sections:
            if section.title.casefold().startswith("sources of this"):
                continue
            yield from _section(section, part.title if section.level > 2 else "")
    yield (
        "list",
        '<p class="kicker">At the end</p><h2>You can …</h2><ul>'
        + "".join(f"<li>{esc(line)}</li>" for line in lesson.entry["outcomes"])
        + "</ul>",
        "",
    )


def _all(lesson: Lesson) -> Iterator[Cell]:
    return (cell for section in lesson.sections for cell in section.cells)


def _section(section: Section, above: str) -> Iterator[tuple[str, str, str]]:
    words = "\n\n".join(_bare(c.text) for c in section.cells if c.kind == "markdown").strip()
    kicker = f'<p class="kicker">{inline(_unnumbered(above))}</p>' if above else ""
    asked = set()
    if words:
        kind = "head" if section.level == 2 else "list" if _list(words) else "text"
        title = _unnumbered(section.title) if section.level == 2 else section.title
        yield kind, f"{kicker}<h2>{inline(title)}</h2>{_body(_clear(words))}", markdown(words)
    for cell in section.cells:
        for verb, values in cell.calls():
            if verb == "passage":
                yield from (("list", _passages(few), "") for few in _shared(values))
            elif verb == "claim_desk":
                yield from (("question few", _claims(few), "") for few in _shared(values))
        for picture in _PICTURE.findall(_TWIN_STYLE.sub("", cell.html)):
            yield "picture", _picture(section, picture), ""
        for key in cell.exercises:
            if key not in asked:
                asked.add(key)
                yield question(_entry(key))


def _entry(key: str) -> Exercise:
    from course import exercises

    return exercises.exercise(key)


def _bare(text: str) -> str:
    """A cell's words without its headings and without the content note, which has its own slide."""
    text = re.sub(r"^#{1,3} .*$", "", text, flags=re.M).strip()
    return "" if "content note" in text.casefold() else text


def _unnumbered(title: str) -> str:
    return re.sub(r"^\d+\.\s*", "", title)


def _list(words: str) -> str:
    found = re.search(r"(?:^(?:\d{1,2}\.|-)\s.+(?:\n(?!\n).+)*\n*)+", words, re.M)
    return found.group(0) if found else ""


def _body(words: str) -> str:
    """The list of a section where it has one, else as much of its words as a slide can hold."""
    return markdown(_list(words) or _lead(words))


def _clear(text: str) -> str:
    """Words without tooltips and without sources in brackets; the notes keep both."""
    text = re.sub(r"<abbr\b[^>]*>(.*?)</abbr>", r"\1", text, flags=re.S)
    kept, place = "", 0
    while place < len(text):
        end = _bracket(text, place)
        if end and "](" in text[place:end]:
            kept, place = kept.rstrip(), end
        else:
            kept, place = kept + text[place], place + 1
    return kept


def _bracket(text: str, start: int) -> int:
    """Where the round bracket that opens at `start` is over; 0 if none opens there, or a link's."""
    if text[start] != "(" or text[start - 1 : start] == "]":
        return 0
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    return 0


def _lead(words: str) -> str:
    """The first paragraphs, whole sentences only, up to `LEAD_WORDS` words."""
    kept, room = [], LEAD_WORDS
    for paragraph in re.split(r"\n\s*\n", words):
        if paragraph.startswith((">", "|")):
            continue
        taken = []
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z*\[“\"])", " ".join(paragraph.split())):
            room -= len(sentence.split())
            if room < 0 and (kept or taken):
                break
            taken.append(sentence)
        torn = room < 0 and kept and len(" ".join(taken).split()) < TORN
        if taken and not torn:
            kept.append(" ".join(taken))
        if room < 0:
            break
    return "\n\n".join(kept)


def _shared(values: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Values in groups of about the same size, none larger than a slide can hold."""
    count = -(-len(values) // ON_A_SLIDE)
    size = -(-len(values) // count) if count else 1
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _passages(numbers: tuple[str, ...]) -> str:
    found = (article.paragraph(int(n)) for n in numbers)
    items = "".join(f"<dt>[{p.paragraph}]</dt><dd>{esc(p.summary)}</dd>" for p in found)
    return f'<p class="kicker">The article, in our words</p><dl class="passages">{items}</dl>'


def _claims(ids: tuple[str, ...]) -> str:
    claims = [evidence.claim(i) for i in ids]
    lines = "".join(
        f"<blockquote>{esc(c.text)} <small>[{c.paragraph}]</small></blockquote>" for c in claims
    )
    words = " · ".join(VERDICTS)
    return (
        f'<p class="kicker">Judge before you open the record</p>{lines}'
        f'<p class="foot">{esc(words)}. And how sure are you?</p>'
    )


def _picture(section: Section, picture: str) -> str:
    return f'<p class="kicker">{inline(_unnumbered(section.title))}</p><figure>{picture}</figure>'


def question(entry: Exercise) -> tuple[str, str, str]:
    """One exercise as a slide: its question, and what there is to choose from."""
    entry = shown(entry)
    label = {"predict": "Predict", "contested": "Where do you stand?"}.get(
        entry.kind, f"Your turn · {entry.minutes:g} min"
    )
    inner = (
        f'<p class="kicker">{label}</p><h2>{inline(entry.title)}</h2>'
        f"{_asked(entry)}{_choices(entry)}"
    )
    return "question", inner, ""


def _asked(entry: Exercise) -> str:
    claim = entry.settings.get("claim_text")
    quote = f"<blockquote>{inline(str(claim))}</blockquote>" if claim else ""
    return f"{quote}{paragraphs(entry.prompt)}"


def _choices(entry: Exercise) -> str:
    if entry.options or entry.sides:
        lines = [o.text for o in entry.options or entry.sides]
        items = "".join(
            f"<li><b>{LETTERS[n]}</b><span>{inline(text)}</span></li>"
            for n, text in enumerate(lines)
        )
        return f'<ul class="choices">{items}</ul>'
    if entry.items:
        items = "".join(f"<li><span>{inline(item.text)}</span></li>" for item in entry.items)
        ends = " · ".join(inline(plain(c.text).partition(":")[0]) for c in entry.choices)
        foot = f'<p class="foot">{ends}</p>' if ends else ""
        return f'<ul class="choices">{items}</ul>{foot}'
    if entry.stub:
        return f"<pre>{esc(entry.stub)}</pre>"
    return ""
