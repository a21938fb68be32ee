"""Which notebook treats which paragraph and claim: makes `docs/coverage.md`.

Everything is read from the notebooks' sources and from the catalogues of exercises, so the page
cannot say more than a learner meets. `python3 -m course.publish.coverage [--check]`
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course import article, data, evidence, exercises, lesson

__all__ = ["Coverage", "Lesson", "coverage", "lix", "main", "page", "readable"]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "coverage.md"
_CALL = re.compile(r"^(\w+)\(([^)]*)\)", re.M)
_VIEWS = {
    "argument_map", "claim_desk", "decision_lab", "indicators", "membership_map", "range_chart",
    "text_lens", "timeline", "treaty_simulator",
}  # fmt: skip


@dataclass(frozen=True)
class Lesson:
    """What one notebook holds, as its source says.

    Attributes
    ----------
    notebook, title : str
    passages : tuple of int
        Paragraphs whose summary is shown.
    claims : tuple of str
        Claims at a desk, or to be repaired in an exercise.
    exercises : tuple of str
        Ids asked or checked, in order.
    views : tuple of str
        Kinds of view, each once.
    words, minutes, sources : int
        To read; by the reckoning of the head cell; cited.
    lix : float
        Readability of the prose (see `lix`).
    """

    notebook: str
    title: str
    passages: tuple[int, ...]
    claims: tuple[str, ...]
    exercises: tuple[str, ...]
    views: tuple[str, ...]
    words: int
    minutes: int
    sources: int
    lix: float


@dataclass(frozen=True)
class Coverage:
    """All lessons, with what no lesson treats."""

    lessons: tuple[Lesson, ...]
    paragraphs_missed: tuple[int, ...]
    claims_missed: tuple[str, ...]


def lix(text: str) -> float:
    """Readability: words a sentence, plus the share of words over six letters in per cent.

    Below 30 very easy, 40 a newspaper, above 55 heavy (C. H. Björnsson, *Läsbarhet*, 1968).
    A text without words gives 0.
    """
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.:!?](?=\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(w) > 6 for w in words) / len(words)


def readable(markdown: str) -> str:
    """Prose as it is read aloud: no citations, marks, code or headings' signs."""
    text = re.sub(r"\s*\[@[^\]]+\]", "", markdown)
    text = re.sub(r"\[\[(?:[^\]|]+\|)?([^\]]+)\]\]", r"\1", text)
    text = re.sub(r"`[^`]*`|[*_>#]", "", text)
    return re.sub(r"(?m)^(?=\S[^.:!?]*$)(.+)$", r"\1.", text)


def _lesson(entry: Mapping, source: Path) -> Lesson:
    cells = re.split(r"(?m)^# %%", source.read_text(encoding="utf-8"))[1:]
    code = "\n".join(c.partition("\n")[2] for c in cells if not c.startswith(" [markdown]"))
    prose = "\n\n".join(
        re.sub(r"(?m)^# ?", "", c.partition("\n")[2]) for c in cells if c.startswith(" [markdown]")
    )
    calls = _CALL.findall(code)
    given = {verb: " ".join(a for v, a in calls if v == verb) for verb, _ in calls}
    found = re.findall(r'"(\w+\.\w+)"', " ".join(given.get(v, "") for v in ("ask", "check")))
    asked = tuple(dict.fromkeys(found))
    claims = re.findall(r"C\d+", given.get("claim_desk", ""))
    claims += [str(c) for i in asked if (c := exercises.exercise(i).settings.get("claim"))]
    counted = {r["notebook"]: r["words"] for r in data.rows("notebook_words")}
    cited = [r for r in data.rows("notebook_citations") if r["notebook"] == entry["id"]]
    return Lesson(
        notebook=entry["id"],
        title=f"{entry['file'][:2]} {entry['title']}",
        passages=tuple(dict.fromkeys(map(int, re.findall(r"\d+", given.get("passage", ""))))),
        claims=tuple(dict.fromkeys(claims)),
        exercises=asked,
        views=tuple(v for v in dict.fromkeys(v for v, _ in calls) if v in _VIEWS),
        words=counted.get(entry["id"], 0),
        minutes=lesson.minutes(entry["id"]),
        sources=len(cited),
        lix=lix(readable(prose)),
    )


def coverage(folder: Path = ROOT / "notebooks" / "source") -> Coverage:
    """Read every source in `folder` that `data/notebooks.toml` names."""
    lessons = tuple(
        _lesson(entry, path)
        for entry in data.document("notebooks")["notebook"]
        if (path := folder / f"{entry['file']}.py").is_file()
    )
    shown = {n for one in lessons for n in one.passages}
    met = {c for one in lessons for c in one.claims}
    return Coverage(
        lessons,
        tuple(p.paragraph for p in article.paragraphs() if p.paragraph not in shown),
        tuple(c.id for c in evidence.claims() if _must_be_met(c) and c.id not in met),
    )


def _must_be_met(claim: evidence.Claim) -> bool:
    """Checkable claims, and those partly checkable that have a verdict."""
    if claim.checkable == "yes":
        return True
    return claim.checkable == "partly" and claim.verdict != "not examined"


def page(found: Coverage) -> str:
    """The page, as Markdown."""
    numbers = {one.notebook: one.title[:2] for one in found.lessons}
    lines = [
        "# What the course covers",
        "",
        "Made by `python3 -m course.publish.coverage` from the notebooks' sources. Minutes are those of",
        "the head cells: words at 180 a minute and the exercises' own. LIX is the readability of the",
        "prose: about 30 is easy, 40 is a newspaper.",
        "",
        "## Notebooks",
        "",
        "| notebook | minutes | words | LIX | exercises | claims | sources | views |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found.lessons:
        views = ", ".join(v.replace("_", " ") for v in one.views)
        lines.append(
            f"| {one.title} | {one.minutes} | {one.words} | {one.lix:.0f} | {len(one.exercises)} | "
            f"{len(one.claims)} | {one.sources} | {views} |"
        )
    lines += [
        "",
        "## Paragraphs and claims",
        "",
        "| paragraph | shown in | claims that a learner judges or repairs |",
        "|---|---|---|",
    ]
    for paragraph in article.paragraphs():
        shown = [
            numbers[one.notebook] for one in found.lessons if paragraph.paragraph in one.passages
        ]
        met = {
            c.id: [numbers[one.notebook] for one in found.lessons if c.id in one.claims]
            for c in evidence.claims(paragraph=paragraph.paragraph)
        }
        claims = ", ".join(f"{i} ({', '.join(where)})" for i, where in met.items() if where)
        lines.append(f"| [{paragraph.paragraph}] | {', '.join(shown)} | {claims} |")
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page, or with `--check` say whether it would change."""
    parser = argparse.ArgumentParser(prog="python3 -m course.publish.coverage")
    parser.add_argument("--check", action="store_true", help="compare with what is stored")
    text = page(coverage())
    if not parser.parse_args(argv).check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
    if not same:
        print("docs/coverage.md is not what the sources hold; make it anew.", file=sys.stderr)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
