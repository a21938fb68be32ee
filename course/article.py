"""The article as the course holds it: structure, summaries, word counts, and a reader's own copy.

The text of the article is not part of the course. What is here is our own summary of each
paragraph, a bag of words and a fingerprint. A reader who has a copy of the text (saved from the
publisher's page, say) can attach it: its paragraphs are recognised by their fingerprints and can be
read beside the notes. The copy stays in memory and on the reader's machine.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from html.parser import HTMLParser
from operator import index
from pathlib import Path
from types import MappingProxyType

from course import data
from course.words import say

__all__ = [
    "ArticleError",
    "Copy",
    "Keyword",
    "Paragraph",
    "Section",
    "attach",
    "concordance",
    "count",
    "fingerprint",
    "keyness",
    "paragraph",
    "paragraphs",
    "rolling",
    "section",
    "sections",
    "words",
]

# A rolling hash modulo a Mersenne prime (Karp and Rabin 1987): the hash of every window of n words
# follows from two prefix sums, so that only true candidates are fingerprinted.
PRIME = (1 << 61) - 1
BASE = 1_000_003
# A saved page with its pictures inside may be large; beyond this it is something else.
LARGEST_COPY = 20 * 1024 * 1024


class ArticleError(ValueError):
    """A question about the article that has no answer, or a copy that cannot be read."""


@dataclass(frozen=True)
class Section:
    """One section of the article.

    Attributes
    ----------
    section : int
        Its number, from 1.
    title : str
        A short title of our own; the article numbers its sections only.
    first_paragraph, last_paragraph : int
        The paragraphs it spans, both included.
    words : int
        Words of its paragraphs together.
    """

    section: int
    title: str
    first_paragraph: int
    last_paragraph: int
    words: int

    @property
    def paragraphs(self) -> range:
        """The numbers of its paragraphs."""
        return range(self.first_paragraph, self.last_paragraph + 1)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the article, without its text.

    Attributes
    ----------
    paragraph, section : int
        Its number and its section.
    words : int
        Its length in words; a hyphenated word counts as two.
    summary : str
        What it says, in our own words.
    themes : tuple of str
        Its subjects.
    fingerprint : str
        SHA-256 of its normalised words.
    """

    paragraph: int
    section: int
    words: int
    summary: str
    themes: tuple[str, ...]
    fingerprint: str = field(repr=False)
    rolling: str = field(repr=False)


@dataclass(frozen=True)
class Keyword:
    """A word that a section uses more, or less, than the rest of the article.

    Attributes
    ----------
    lemma : str
        Dictionary form.
    count, elsewhere : int
        How often it stands in the section, and in the other sections.
    log_likelihood : float
        How surprising the difference is; 3.84 is reached by chance in one word out of twenty.
    ratio : float
        Its frequency in the section over that elsewhere (infinite if it stands only here).
    """

    lemma: str
    count: int
    elsewhere: int
    log_likelihood: float
    ratio: float


# Structure


def paragraph(number: int) -> Paragraph:
    """Return one paragraph: section, length, summary and themes.

    Raises
    ------
    ArticleError
        If there is no such paragraph.
    """
    return _numbered(_paragraphs(data.root()), number, "paragraph")


def paragraphs(section: int | None = None) -> list[Paragraph]:
    """Return all paragraphs in order, or those of one section.

    Raises
    ------
    ArticleError
        If there is no such section.
    """
    held = list(_paragraphs(data.root()).values())
    if section is None:
        return held
    _numbered(_sections(data.root()), section, "section")
    return [one for one in held if one.section == section]


def section(number: int) -> Section:
    """Return one section: title, range of paragraphs, length.

    Raises
    ------
    ArticleError
        If there is no such section.
    """
    return _numbered(_sections(data.root()), number, "section")


def sections() -> list[Section]:
    """Return the sections in order."""
    return list(_sections(data.root()).values())


@cache
def _paragraphs(_root: Path) -> Mapping[int, Paragraph]:
    built = (Paragraph(**row) for row in data.rows("paragraphs"))
    return MappingProxyType({one.paragraph: one for one in sorted(built, key=_number)})


@cache
def _sections(_root: Path) -> Mapping[int, Section]:
    built = (Section(**row) for row in data.rows("sections"))
    return MappingProxyType({one.section: one for one in sorted(built, key=lambda s: s.section)})


def _number(one: Paragraph) -> int:
    return one.paragraph


def _numbered(held: Mapping[int, object], number: object, kind: str):
    # whole numbers of other libraries count too, and True is none
    if hasattr(number, "__index__") and not isinstance(number, bool):
        with suppress(TypeError):  # an array of several has no one index
            wanted = index(number)
            if wanted in held:
                return held[wanted]
    raise ArticleError(say(f"article.no.{kind}", wanted=number, last=len(held)))


# Words


def concordance(word: str) -> list[int]:
    """Return the numbers of the paragraphs in which a word stands, in any of its forms.

    Parameters
    ----------
    word : str
        A word, in its dictionary form or close to it ("treaty" and "treaties" both work).

    Raises
    ------
    ArticleError
        If the article does not use it; the message names the nearest word that it does use.
    """
    return sorted(_where(data.root())[_lemma(word)])


def count(word: str, section: int | None = None) -> int:
    """Return how often a word stands in the article, or in one section of it.

    Raises
    ------
    ArticleError
        If the article does not use the word, or has no such section.
    """
    places = _where(data.root())[_lemma(word)]
    inside = set(places) if section is None else set(globals()["section"](section).paragraphs)
    return sum(times for number, times in places.items() if number in inside)


def keyness(section: int, limit: int | None = 20, minimum: int = 3) -> list[Keyword]:
    """Return the words that mark one section off from the rest, the most telling first.

    The measure is the log-likelihood ratio of Dunning (1993) in the form that Rayson and Garside
    (2000) use to compare two corpora: G2 = 2 (a ln(a/E1) + b ln(b/E2)), where a and b are the
    counts in the section and elsewhere, and E1 and E2 what they would be if the word were spread
    evenly over the text.

    Parameters
    ----------
    section : int
        Its number, from 1.
    limit : int or None
        At most so many words; None for all.
    minimum : int
        Words rarer than this in the whole article are left out.

    Returns
    -------
    list of Keyword
        Only words that the section uses more than the rest.

    Raises
    ------
    ArticleError
        If there is no such section, or the limit is no number of words.
    """
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise ArticleError(say("article.limit", limit=limit))
    inside = set(globals()["section"](section).paragraphs)
    here, rest = Counter(), Counter()
    for lemma, places in _where(data.root()).items():
        for number, times in places.items():
            (here if number in inside else rest)[lemma] += times
    size, other = here.total(), rest.total()
    found = [
        _keyword(lemma, times, rest[lemma], size, other)
        for lemma, times in here.items()
        if times + rest[lemma] >= minimum
    ]
    telling = [word for word in found if word.ratio > 1]
    telling.sort(key=lambda word: (-word.log_likelihood, word.lemma))
    return telling[:limit]


def _keyword(lemma: str, a: int, b: int, size: int, other: int) -> Keyword:
    expected_here = size * (a + b) / (size + other)
    expected_rest = other * (a + b) / (size + other)
    surprise = a * math.log(a / expected_here)
    if b:
        surprise += b * math.log(b / expected_rest)
    ratio = (a / size) / (b / other) if b else math.inf
    return Keyword(lemma, a, b, 2 * surprise, ratio)


@cache
def _where(_root: Path) -> Mapping[str, Mapping[int, int]]:
    """Return {lemma: {paragraph: count}}."""
    places: dict[str, dict[int, int]] = {}
    for row in data.rows("word_counts"):
        places.setdefault(row["lemma"], {})[row["paragraph"]] = row["count"]
    return MappingProxyType(places)


ENDINGS = (("", ""), ("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""))
ENDINGS += (("ed", "e"), ("'s", ""), ("our", "or"), ("isation", "ization"), ("ise", "ize"))


def _lemma(word: str) -> str:
    """Return the dictionary form under which the word is counted."""
    asked = unicodedata.normalize("NFKC", str(word)).replace("’", "'").strip().casefold()
    held = _where(data.root())
    if "-" in asked:
        parts = say("list.and").join(map(repr, asked.split("-")))
        raise ArticleError(say("article.hyphen", parts=parts))
    for ending, instead in ENDINGS:
        if asked.endswith(ending):
            tried = asked[: len(asked) - len(ending)] + instead
            if tried in held:
                return tried
    near = get_close_matches(asked, held, n=1, cutoff=0.6)
    if near:
        raise ArticleError(say("article.no_word_near", word=word, near=near[0]))
    raise ArticleError(say("article.no_word", word=word))


# Fingerprints

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´\u00ad\u200b\ufeff"))
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, normalised.

    Capitals, accents, apostrophes, hyphens, quotation marks and line breaks make no difference, so
    that copies of one text that were set in different ways give the same words.
    """
    return WORD.findall(_fold(text))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def fingerprint(normalised: Iterable[str]) -> str:
    """Return the SHA-256 of normalised words, joined by single spaces, as 64 hexadecimal digits."""
    return hashlib.sha256(" ".join(normalised).encode()).hexdigest()


def rolling(normalised: Iterable[str]) -> str:
    """Return the polynomial hash of normalised words as 16 hexadecimal digits."""
    value = 0
    for word in normalised:
        value = (value * BASE + _code(word)) % PRIME
    return f"{value:016x}"


@cache
def _code(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=7).digest(), "big")


# A reader's own copy


@dataclass(frozen=True)
class Copy:
    """A reader's copy of the article, held in memory.

    Attributes
    ----------
    path : Path
        The file it was read from.
    recognised, missing : tuple of int
        Numbers of the paragraphs found and not found.
    """

    path: Path
    recognised: tuple[int, ...]
    missing: tuple[int, ...]
    _texts: Mapping[int, str] = field(repr=False, compare=False)

    def text(self, number: int) -> str:
        """Return a paragraph as it stands in the reader's copy, on one line.

        Raises
        ------
        ArticleError
            If there is no such paragraph, or the copy lacks it.
        """
        wanted = paragraph(number).paragraph
        if wanted not in self._texts:
            raise ArticleError(say("article.lacks", paragraph=wanted))
        return self._texts[wanted]

    def report(self) -> str:
        """Say in one sentence how much of the article was recognised."""
        total = len(self.recognised) + len(self.missing)
        told = {"found": len(self.recognised), "all": total}
        if not self.recognised:
            return say("article.recognised_none", **told)
        if not self.missing:
            return say("article.recognised", **told)
        missing = " ".join(f"[{number}]" for number in self.missing)
        return say("article.recognised_part", missing=missing, **told)


def attach(path: str | os.PathLike[str]) -> Copy:
    """Recognise the paragraphs of the article in a reader's own copy.

    Each paragraph is looked for anywhere in the copy's stream of words, so headings, menus, notes,
    line breaks and paragraph numbers around it do no harm. Nothing is stored and nothing leaves the
    machine.

    Parameters
    ----------
    path : str or path
        A plain text file, or a saved web page.

    Returns
    -------
    Copy
        With `recognised`, `missing`, `report()` and `text(number)`.

    Raises
    ------
    ArticleError
        If the file is missing or is neither text nor a web page.
    """
    try:
        place = Path(path).expanduser()
        text = _read(place)
    except (TypeError, RuntimeError, OSError):  # no path, no such home, not ours to read
        raise ArticleError(say("article.no_file", path=path)) from None
    stream, spans = _stream(text)
    texts = {}
    for one, start in _found(stream):
        last = start + one.words - 1
        texts[one.paragraph] = _clip(text, spans[start][0], spans[last][1])
    everyone = _paragraphs(data.root())
    return Copy(
        path=place,
        recognised=tuple(number for number in everyone if number in texts),
        missing=tuple(number for number in everyone if number not in texts),
        _texts=MappingProxyType(texts),
    )


def _found(stream: list[str]) -> Iterable[tuple[Paragraph, int]]:
    """Yield each paragraph found, with the place of its first word in the stream."""
    by_length: dict[int, dict[int, list[Paragraph]]] = {}
    for one in _paragraphs(data.root()).values():
        by_length.setdefault(one.words, {}).setdefault(int(one.rolling, 16), []).append(one)
    sums = [0]
    for word in stream:
        sums.append((sums[-1] * BASE + _code(word)) % PRIME)
    for length, wanted in by_length.items():
        power = pow(BASE, length, PRIME)
        for start, (before, after) in enumerate(zip(sums, sums[length:], strict=False)):
            candidates = wanted.get((after - before * power) % PRIME)
            if not candidates:
                continue
            mark = fingerprint(stream[start : start + length])
            yield from ((one, start) for one in candidates if one.fingerprint == mark)


def _stream(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the normalised words of a text and where each came from."""
    stream: list[str] = []
    spans: list[tuple[int, int]] = []
    for chunk in re.finditer(r"\S+", text):
        for word in words(chunk.group()):
            stream.append(word)
            spans.append(chunk.span())
    return stream, spans


def _clip(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def _read(place: Path) -> str:
    if not place.is_file():
        raise ArticleError(say("article.no_file", path=str(place)))
    with place.open("rb") as file:
        raw = file.read(LARGEST_COPY + 1)
    if len(raw) > LARGEST_COPY:
        raise ArticleError(say("article.too_large", file=place.name))
    if raw[:4] in (b"%PDF", b"PK\x03\x04") or (b"\x00" in raw and raw[:2] not in BOMS):
        raise ArticleError(say("article.no_text", file=place.name))
    text = _decode(raw)
    looks_like_page = place.suffix.lower() in (".html", ".htm", ".xhtml", ".mhtml")
    if looks_like_page or re.search(r"<(?:!doctype html|html|body|p)\b", text[:4000], re.I):
        return _visible(text)
    return text


BOMS = (b"\xff\xfe", b"\xfe\xff")


def _decode(raw: bytes) -> str:
    if raw[:2] in BOMS:
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class _Page(HTMLParser):
    """Collect the visible text of a page."""

    HIDDEN = {"script", "style", "head", "template", "noscript", "sup", "svg"}
    INLINE = {"a", "abbr", "b", "cite", "em", "i", "mark", "q", "small", "span", "strong", "u"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in self.HIDDEN
        self._break(tag)

    def handle_endtag(self, tag):
        if tag in self.HIDDEN and self.hidden:
            self.hidden -= 1
        self._break(tag)

    def handle_data(self, text):
        if not self.hidden:
            self.parts.append(text)

    def _break(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.parts.append("\n")


def _visible(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts)
