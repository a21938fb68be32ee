"""What the record says of the article: claims, verdicts, evidence, facts and their sources.

Everything is read from the tables of `data/` and comes back as frozen values. The core needs the
standard library alone; the citation processor is loaded when the first reference is formatted.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from course import data
from course.words import say

__all__ = [
    "Claim",
    "Evidence",
    "Fact",
    "Position",
    "Source",
    "Term",
    "UnknownClaim",
    "UnknownFact",
    "UnknownId",
    "UnknownSource",
    "UnknownTerm",
    "Verdict",
    "bibliography",
    "cite",
    "claim",
    "claims",
    "dated",
    "fact",
    "facts",
    "glossary",
    "source",
    "sources",
    "term",
]

STYLE = "harvard-cite-them-right.csl"
WHOLE = "whole"
MONTHS = (
    "January February March April May June July August September October November December"
).split()


class UnknownId(ValueError):
    """A question about something that the record does not hold; the message names the nearest."""


class UnknownClaim(UnknownId):
    """No claim has that id."""


class UnknownFact(UnknownId):
    """No fact has that id."""


class UnknownSource(UnknownId):
    """No source has that id."""


class UnknownTerm(UnknownId):
    """The glossary lacks that term."""


# The values


@dataclass(frozen=True)
class Evidence:
    """One finding on a claim.

    Attributes
    ----------
    claim_id, aspect : str
        The claim, and the side of it that the finding bears on ("whole", "fact", "law", …).
    side : str
        "for", "against" or "context".
    statement : str
        The finding in the course's own words.
    verification : str
        How far it can be trusted; "unverified" is shown with a flag and carries no verdict.
    fact_id : str or None
        The fact that carries it.
    source_ids : tuple of str
        Its sources, the strongest first.
    """

    claim_id: str
    aspect: str
    side: str
    statement: str
    verification: str
    fact_id: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """What one side of a dispute holds, at its strongest."""

    claim_id: str
    aspect: str
    holder: str
    statement: str
    verification: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What the record says of a claim, or of one side (aspect) of it."""

    claim_id: str
    aspect: str
    verdict: str
    confidence: str | None
    note: str | None


@dataclass(frozen=True)
class Claim:
    """A claim of the article with all that the record says of it.

    Attributes
    ----------
    id : str
        For example "C039".
    paragraph, section : int
        Where it stands in the article.
    theme, type, role, checkable : str
        Its subject, its kind (it decides what would test it), its work in the argument, and
        whether records could test it ("yes", "partly", "no").
    text : str
        The claim in our own words, as its author would put it.
    quoted_phrase : str
        The words of the article that show where it stands, 15 at most.
    notebooks : tuple of str
        The notebooks that treat it.
    verdicts : tuple of Verdict
        The verdict on the whole first, then those on its aspects.
    evidence : tuple of Evidence
        All findings, by aspect; see also `evidence_for`, `evidence_against` and `context`.
    disputed_by : tuple of Position
        Who disagrees, and what each of them holds.
    """

    id: str
    paragraph: int
    section: int
    theme: str
    text: str
    quoted_phrase: str
    type: str
    role: str
    checkable: str
    notebooks: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    evidence: tuple[Evidence, ...] = field(repr=False)
    disputed_by: tuple[Position, ...] = field(repr=False)

    @property
    def verdict(self) -> str:
        """The verdict on the whole claim."""
        return self.verdicts[0].verdict

    @property
    def confidence(self) -> str | None:
        """How sure that verdict is: "high", "medium", "low"; None where nothing was tested."""
        return self.verdicts[0].confidence

    @property
    def note(self) -> str | None:
        """What to keep in mind with that verdict."""
        return self.verdicts[0].note

    @property
    def evidence_for(self) -> tuple[Evidence, ...]:
        """The findings that support the claim, or one side of it."""
        return self._side("for")

    @property
    def evidence_against(self) -> tuple[Evidence, ...]:
        """The findings that speak against the claim, or one side of it."""
        return self._side("against")

    @property
    def context(self) -> tuple[Evidence, ...]:
        """What neither supports nor opposes the claim, but belongs beside it."""
        return self._side("context")

    @property
    def source_ids(self) -> tuple[str, ...]:
        """All sources of its findings and of the positions on it, each once."""
        parts = [*self.evidence, *self.disputed_by]
        return tuple(dict.fromkeys(one for part in parts for one in part.source_ids))

    def aspect(self, name: str) -> Verdict:
        """Return the verdict on one side of the claim.

        Raises
        ------
        UnknownId
            If the claim has no verdict of that aspect.
        """
        for verdict in self.verdicts:
            if verdict.aspect == name:
                return verdict
        known = ", ".join(verdict.aspect for verdict in self.verdicts)
        raise UnknownId(say("missing.aspect", claim=self.id, wanted=name, known=known))

    def _side(self, side: str) -> tuple[Evidence, ...]:
        return tuple(finding for finding in self.evidence if finding.side == side)


@dataclass(frozen=True)
class Fact:
    """A statement of fact, its sources, and what was not seen."""

    id: str
    statement: str
    topic: str
    notebooks: tuple[str, ...]
    verification: str
    note: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A source: what it is, where it lies, and how far it was read.

    Attributes
    ----------
    id, title, type : str
        `type` is a CSL type ("report", "article-newspaper", …).
    issued : tuple of int
        Year, month, day as far as known; empty if undated.
    url : str or None
        None for print.
    language : str
        ISO 639-1 code of the text that was read.
    access : str
        "open" (at its own address), "archive" (a copy or reproduction) or "print".
    read : str
        "whole", "in part", "through another" or "not read".
    csl : mapping
        The entry as CSL-JSON.
    """

    id: str
    title: str
    type: str
    issued: tuple[int, ...]
    url: str | None
    language: str
    access: str
    read: str
    csl: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def creator(self) -> str:
        """Author, institution, paper or host: whoever stands first in a reference."""
        return _creator(self.csl)

    @property
    def label(self) -> str:
        """A short label for running text, for example "Hina, 16 January 1999"."""
        if not self.issued:
            return self.creator
        return say("source.label", creator=self.creator, date=dated(*self.issued))


@dataclass(frozen=True)
class Term:
    """A term of the course and what it means here."""

    term: str
    definition: str
    kind: str
    paragraphs: tuple[int, ...]
    see_also: tuple[str, ...]


# Claims


def claim(id: str) -> Claim:
    """Return one claim with its verdicts and all findings.

    Parameters
    ----------
    id : str
        For example "C039".

    Raises
    ------
    UnknownClaim
        If there is none; the message names the nearest id.
    """
    return _pick(_claims(), id, "claim", UnknownClaim)


def claims(
    paragraph: int | None = None,
    theme: str | None = None,
    notebook: str | None = None,
    verdict: str | None = None,
) -> list[Claim]:
    """Return the claims that fit all the conditions given, in the order of the article.

    Parameters
    ----------
    paragraph : int, optional
        Its number in the article.
    theme, notebook, verdict : str, optional
        For example "georgia", "kosovo", "contested".

    Raises
    ------
    UnknownId
        If no claim at all has such a paragraph, theme, notebook or verdict.
    """
    held = list(_claims().values())
    if isinstance(paragraph, str) and paragraph.isdecimal():
        paragraph = int(paragraph)
    found = _narrow(held, held, "paragraph", paragraph, lambda one: [one.paragraph])
    found = _narrow(found, held, "theme", theme, lambda one: [one.theme])
    found = _narrow(found, held, "notebook", notebook, lambda one: one.notebooks)
    found = _narrow(found, held, "verdict", verdict, lambda one: [one.verdict])
    return sorted(found, key=lambda one: (one.paragraph, one.id))


def _narrow(found: list, held: list, name: str, wanted, values) -> list:
    """Keep what has the wanted value; a value that nothing in the record has is an error."""
    if wanted is None:
        return found
    known = {value for one in held for value in values(one)}
    if not isinstance(wanted, Hashable) or wanted not in known:
        raise UnknownId(_sentence(name, wanted, known))
    return [one for one in found if wanted in values(one)]


def _claims() -> Mapping[str, Claim]:
    return _claims_of(data.root())


@cache
def _claims_of(_root) -> Mapping[str, Claim]:
    verdicts, findings, positions = (
        _grouped("verdicts"),
        _grouped("evidence"),
        _grouped("positions"),
    )
    built = {}
    for row in data.rows("claims"):
        key = row["id"]
        told = [Verdict(**line) for line in verdicts.get(key, ())]
        told.sort(key=lambda one: one.aspect != WHOLE)
        built[key] = Claim(
            **row,
            verdicts=tuple(told),
            evidence=tuple(_value(Evidence, line) for line in findings.get(key, ())),
            disputed_by=tuple(_value(Position, line) for line in positions.get(key, ())),
        )
    return MappingProxyType(built)


def _grouped(table: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a table by claim, in the order in which they should be read."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    lines = data.rows(table)
    # The files are sorted as text, where 10 comes before 2.
    lines.sort(key=lambda line: (line["aspect"] != WHOLE, line["aspect"], line.get("order", 0)))
    for line in lines:
        grouped.setdefault(line["claim_id"], []).append(line)
    return grouped


def _value(kind: type, line: Mapping[str, Any]):
    return kind(**{name: line[name] for name in kind.__dataclass_fields__})


# Facts and terms


def fact(id: str) -> Fact:
    """Return one fact of the record, for example "KF21".

    Raises
    ------
    UnknownFact
        If there is none; the message names the nearest id.
    """
    return _pick(_facts(data.root()), id, "fact", UnknownFact)


def facts(notebook: str | None = None, verification: str | None = None) -> list[Fact]:
    """Return the facts that fit the conditions given, in the order of the record.

    Raises
    ------
    UnknownId
        If no fact at all has such a notebook or verification.
    """
    held = list(_facts(data.root()).values())
    found = _narrow(held, held, "notebook", notebook, lambda one: one.notebooks)
    return _narrow(found, held, "verification", verification, lambda one: [one.verification])


@cache
def _facts(_root) -> Mapping[str, Fact]:
    return MappingProxyType({row["id"]: Fact(**row) for row in data.rows("facts")})


def term(name: str) -> Term:
    """Return a term of the glossary, whatever its capitals.

    Raises
    ------
    UnknownTerm
        If there is none; the message names the nearest.
    """
    by_fold = {key.casefold(): key for key in _terms(data.root())}
    return _pick(_terms(data.root()), by_fold.get(str(name).casefold(), name), "term", UnknownTerm)


def glossary() -> list[Term]:
    """Return all terms of the course, in alphabetical order."""
    return sorted(_terms(data.root()).values(), key=lambda one: one.term.casefold())


@cache
def _terms(_root) -> Mapping[str, Term]:
    return MappingProxyType({row["term"]: _value(Term, row) for row in data.rows("glossary")})


# Sources


def source(id: str) -> Source:
    """Return one source. An older id of the same source finds it too.

    Raises
    ------
    UnknownSource
        If there is none; the message names the nearest id.
    """
    held = _sources(data.root())
    known = _aliases(data.root()).get(id, id) if isinstance(id, str) else id
    return _pick(held, known, "source", UnknownSource)


def sources() -> list[Source]:
    """Return all sources, sorted by id."""
    return list(_sources(data.root()).values())


@cache
def _sources(_root) -> Mapping[str, Source]:
    return MappingProxyType({entry["id"]: _source(entry) for entry in data.document("sources")})


@cache
def _aliases(_root) -> Mapping[str, str]:
    return {
        alias: entry["id"]
        for entry in data.document("sources")
        for alias in entry["custom"].get("aliases", ())
    }


def _source(entry: Mapping[str, Any]) -> Source:
    parts = (entry.get("issued") or {}).get("date-parts") or [[]]
    return Source(
        id=entry["id"],
        title=entry["title"],
        type=entry["type"],
        issued=tuple(parts[0]),
        url=entry.get("URL"),
        language=entry["language"],
        access=entry["custom"]["access"],
        read=entry["custom"]["read"],
        csl=MappingProxyType(entry),
    )


def _creator(entry: Mapping[str, Any]) -> str:
    names = [one.get("literal") or one["family"] for one in entry.get("author", ())]
    if len(names) > 3:
        return say("source.many", first=names[0])
    if len(names) > 1:
        return say("source.two", first=", ".join(names[:-1]), last=names[-1])
    if names:
        return names[0]
    host = urlsplit(entry.get("URL", "")).hostname or entry["title"]
    return entry.get("container-title") or entry.get("publisher") or host


def dated(year: int, month: int = 0, day: int = 0) -> str:
    """Return a date in words, as far as it is known: "16 January 1999", "January 1999", "1999"."""
    if not month:
        return str(year)
    name = say(f"month.{month}")
    if not day:
        return say("date.month", month=name, year=year)
    return say("date.day", day=day, month=name, year=year)


# References


def cite(id: str) -> str:
    """Return one source as a formatted reference (Harvard, "Cite Them Right").

    Parameters
    ----------
    id : str
        A source, for example "kvm-special-1999".

    Raises
    ------
    UnknownSource
        If there is none; the message names the nearest id.
    """
    return _reference(data.root(), source(id).id)


def bibliography(ids: Iterable[str]) -> list[str]:
    """Return formatted references, each source once, in alphabetical order."""
    ids = ids if isinstance(ids, Iterable) and not isinstance(ids, str) else (ids,)
    return sorted(map(cite, dict.fromkeys(source(id).id for id in ids)), key=str.casefold)


@cache
def _reference(root, id: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    library = CiteProcJSON([_plain(_sources(root)[id])])
    book = CitationStylesBibliography(_style(root), library, formatter.plain)
    book.register(Citation([CitationItem(id)]))
    return " ".join(str(book.bibliography()[0]).split())


@cache
def _style(_root):
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(data.brought(f"styles/{STYLE}")), validate=False)


def _plain(held: Source) -> dict[str, Any]:
    """Return the entry as the processor understands it.

    Without an author the processor prints the title twice, so whoever published it comes first.
    """
    kept = {key: held.csl[key] for key in held.csl if key not in ("custom", "annote", "note")}
    kept.pop("language", None)
    return {"author": [{"literal": held.creator}], **kept}


# Sentences about what is missing


def _pick(held: Mapping[str, Any], id: object, kind: str, error: type[UnknownId]) -> Any:
    try:
        return held[id]
    except (KeyError, TypeError):
        raise error(_sentence(kind, id, held)) from None


def _sentence(kind: str, wanted: object, known: Iterable[Any]) -> str:
    held = sorted(known, key=str)
    texts = {_bare(one): str(one) for one in reversed(held)}
    near = get_close_matches(_bare(wanted), texts, n=1, cutoff=0.5)
    if near:
        return say(f"missing.near.{kind}", wanted=wanted, near=texts[near[0]])
    some = ", ".join(map(str, held[:4]))
    return say(f"missing.some.{kind}", wanted=wanted, number=len(held), some=some)


def _bare(id: object) -> str:
    """Return an id without capitals and leading zeros, so that "c39" finds C039."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", str(id).casefold())
