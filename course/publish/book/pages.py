"""The pages of the book that are made from the record: front page, article, glossary, references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from course import article, data, evidence

__all__ = ["article_page", "front_page", "glossary_page", "guide", "references_page", "toctree"]

READ = {
    "whole": "read whole",
    "in part": "read in part",
    "through another": "known through another source",
    "not read": "not read",
}
ACCESS = {"archive": "a copy or reproduction", "print": "in print"}


def toctree(caption: str, entries: Iterable[str]) -> str:
    """A hidden table of contents under a caption, in MyST Markdown."""
    lines = "\n".join(entries)
    return f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n"


def _raw(html: str) -> str:
    """HTML that Sphinx passes on as it is; one line, so that no Markdown rule breaks it."""
    return html.replace("\n", " ") + "\n"


# --- front page -----------------------------------------------------------------------------------


def front_page(
    lessons: Sequence[Mapping[str, Any]],
    minutes: Mapping[str, int],
    handouts: bool,
    addresses,
    contents: str,
) -> str:
    """The first page: what the course is, its lessons, and how to work with them.

    Parameters
    ----------
    lessons : sequence of mapping
        Entries of `data/notebooks.toml`, in order.
    minutes : mapping
        Lesson id to minutes.
    handouts : bool
        Whether PDF files were printed.
    addresses : Addresses
        Where the course is to be found in public.
    contents : str
        Tables of contents, in MyST Markdown.
    """
    rows = "".join(_lesson(one, minutes[one["id"]], handouts) for one in lessons)
    return _FRONT.format(
        lead=_raw(_LEAD),
        lessons=_raw(f'<ol class="lessons">{rows}</ol>'),
        total=_raw(_sum(minutes)),
        ways=_raw(_ways(addresses.launch())),
        contents=contents,
    )


_LEAD = """<p class="lead">In 2010 the Russian foreign minister asked Europe for a new treaty: security,
he wrote, must be equal for all or it is no security. This course reads his article at its strongest,
tests what can be tested against the public record, and leaves the judgement to you.</p>"""

_FRONT = """# Equal Security for All, read closely

{lead}

## The lessons

{lessons}

{total}

(how-to-work)=
## Read here, work there

This book is the reading edition. Its pictures, tables and texts stand as the notebooks left them, so
nothing here needs a connection or a program. What needs your hand needs the notebook: to answer an
exercise and be answered, to play a timeline, to take away a premise and see what falls, to count a
vote with pandas.

{ways}

The lines of code that only open a view are left out here. Code that computes something is shown.

## Where things are

* [The article, paragraph by paragraph](article.md): our summary of each paragraph, the claims in it,
  and what the record says of them. The article itself is not reprinted.
* [Glossary](glossary.md), [References](references.md) and [Data dictionary](guides/data.md).

Facts carry their sources. What was not verified says so and decides nothing.

{contents}
"""


def _ways(binder: str) -> str:
    """Where the lessons can be worked, as a list; with Binder where there is an address."""
    ways = [
        "<b>On your own computer.</b> In a copy of the course, with Python 3.11 or newer, type "
        "<code>python3 -m course lab</code>. It opens the same lessons in JupyterLab and works "
        "offline from the second time on.",
        "<b>On paper.</b> Print any page; what is folded here is printed open.",
    ]
    if binder:
        ways.insert(
            1,
            f'<b>With nothing installed.</b> <a href="{escape(binder)}">Open the course on Binder</a>; '
            "it forgets what you write when you leave, so export your answers.",
        )
    return f"<ul>{''.join(f'<li>{way}</li>' for way in ways)}</ul>"


def _sum(minutes: Mapping[str, int]) -> str:
    """How many lessons there are and how long they take."""
    number = f"{len(minutes)} lesson{'s' if len(minutes) > 1 else ''}"
    words = f"{number}, {_hours(sum(minutes.values()))}. Each says what to read before it."
    return f'<p class="quiet">{words}</p>'


def _hours(minutes: int) -> str:
    """A length of time in words, to the half hour."""
    halves = max(1, round(minutes / 30))
    whole, half = divmod(halves, 2)
    if not whole:
        return "about half an hour"
    return f"about {whole}{'½' if half else ''} hour{'s' if halves > 2 else ''}"


def _lesson(entry: Mapping[str, Any], minutes: int, handouts: bool) -> str:
    file, title = entry["file"], escape(entry["title"])
    pdf = f' · <a href="files/{file}.pdf">hand-out (PDF)</a>' if handouts else ""
    return (
        f'<li><span class="number">{int(file[:2])}</span><div><a href="notebooks/{file}.html">'
        f'{title}</a><p>{escape(entry["question"])}</p><p class="quiet">{minutes} minutes{pdf}</p>'
        "</div></li>"
    )


# --- the article ----------------------------------------------------------------------------------


def article_page() -> str:
    """Sections and paragraphs in our words, with the claims in each and the verdicts on them."""
    claims: dict[int, list] = {}
    for one in evidence.claims():
        claims.setdefault(one.paragraph, []).append(one)
    parts = [
        "# The article, paragraph by paragraph",
        "Sergei Lavrov, *The Euro-Atlantic Region: Equal Security for All* (2010). The article is not "
        "reprinted here: each paragraph is summarised in our own words, as its author might accept "
        "it. Below it stand the claims that it makes and the verdict that the record allows. A value, "
        "a demand or a forecast gets no verdict of true or false.",
    ]
    for section in article.sections():
        parts.append(f"## {section.section}. {section.title}")
        for one in article.paragraphs(section.section):
            listed = "".join(map(_claim, claims.get(one.paragraph, ())))
            parts.append(
                _raw(
                    f'<div class="paragraph" id="p{one.paragraph}"><p class="number">'
                    f"[{one.paragraph}]</p><div><p>{escape(one.summary)}</p>"
                    + (f'<ul class="claims">{listed}</ul>' if listed else "")
                    + "</div></div>"
                )
            )
    return "\n\n".join(parts) + "\n"


def _claim(one) -> str:
    sure = f", {escape(one.confidence)} confidence" if one.confidence else ""
    return (
        f'<li id="{one.id.lower()}"><span class="quiet">{one.id}</span> {escape(one.text)} '
        f'<span class="verdict">{escape(one.verdict)}{sure}</span></li>'
    )


# --- glossary and references ----------------------------------------------------------------------


def glossary_page() -> str:
    """Every term of the record with its meaning, its paragraphs and its neighbours."""
    entries = []
    for one in evidence.glossary():
        where = " ".join(f'<a href="article.html#p{n}">[{n}]</a>' for n in one.paragraphs)
        also = ", ".join(f"{{term}}`{name}`" for name in one.see_also)
        more = [f"In the article: {where}." if where else "", f"See also {also}." if also else ""]
        lines = [f"  {one.definition}"]
        extra = " ".join(part for part in more if part)
        if extra:
            lines += ["", f"  {extra}"]
        entries.append("\n".join([one.term, *lines]))
    body = "\n\n".join(entries)
    return f"# Glossary\n\n{len(entries)} terms as this course uses them.\n\n````{{glossary}}\n{body}\n````\n"


def references_page(lessons: Sequence[Mapping[str, Any]]) -> str:
    """Every source of the record under its first letter: how far it was read, where it is cited."""
    titles = {one["id"]: (one["file"], one["title"]) for one in lessons}
    used: dict[str, list[str]] = {}
    for row in data.rows("notebook_citations"):
        if row["notebook"] in titles:
            used.setdefault(row["source_id"], []).append(row["notebook"])
    held = sorted(
        ((evidence.cite(one.id), one) for one in evidence.sources()), key=lambda p: _plain(p[0])
    )
    letters: dict[str, list[str]] = {}
    for words, one in held:
        letters.setdefault(_letter(words), []).append(
            _reference(words, one, used.get(one.id, []), titles)
        )
    parts = [
        "# References",
        f"{len(held)} sources stand behind the tables, the claims and the lessons. Each says how far "
        "it was read for this course; the rest of a source may say more.",
    ]
    for letter, entries in letters.items():
        parts += [f"## {letter}", _raw(f'<ul class="references">{"".join(entries)}</ul>')]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """The text as it is filed: no accents, no case, no opening quotation mark."""
    bare = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return bare.casefold().lstrip("'\"‘“«")


def _letter(words: str) -> str:
    first = _plain(words)[:1].upper()
    if first.isdigit():
        return "0–9"
    return first if first.isascii() and first.isalpha() else "Other scripts"


def _reference(words: str, one, used: Sequence[str], titles: Mapping[str, tuple]) -> str:
    text = escape(words)
    if one.url:
        address = escape(one.url)
        text = re.sub(rf"\s*Available at:?\s*{re.escape(address)}\.?\s*$", "", text)
        text = f'{text.rstrip(" .")}. <a href="{address}">{address}</a>'
    facts = [READ.get(one.read, one.read), ACCESS.get(one.access, "")]
    lessons = ", ".join(
        f'<a href="notebooks/{titles[i][0]}.html">{escape(titles[i][1])}</a>' for i in used
    )
    facts.append(f"used in {lessons}" if lessons else "")
    quiet = "; ".join(part for part in facts if part)
    return f'<li id="{escape(one.id)}">{text} <span class="quiet">({quiet})</span></li>'


# --- guides ---------------------------------------------------------------------------------------

_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?://|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")


def guide(text: str, path: Path, guides: Iterable[str], lessons: Iterable[str]) -> str:
    """A document of `docs/` as a page: links to files that the book does not hold become words.

    Parameters
    ----------
    text : str
        The document.
    path : Path
        Where it lies.
    guides, lessons : iterable of str
        Stems of the documents and notebooks that the book holds.
    """
    guides, lessons = set(guides), set(lessons)

    def put(match: re.Match) -> str:
        words, target, part = match.group(1), Path(match.group(2)), match.group(3) or ""
        if target.suffix == ".md" and target.stem in guides and target.parent in (
            Path("."), Path("docs"),
        ):  # fmt: skip
            return f"[{words}]({target.stem}.md{part})"
        if target.suffix == ".ipynb" and target.stem in lessons:
            return f"[{words}](../notebooks/{target.name})"
        return words

    return _LINK.sub(put, text)
