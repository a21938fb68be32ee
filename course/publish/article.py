"""Recompute what the course holds of the article: lengths, fingerprints and word counts.

Maintainers only. `COURSE_ARTICLE` names a plain text of the article. Titles of sections, summaries
and themes are our own and stay as they stand in the tables; everything else is worked out anew.
`python -m course.publish.article` writes the tables `sections`, `paragraphs` and `word_counts`;
with `--check` it changes nothing and fails on a difference.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course import article, data
from course.publish.datapackage import write_table

__all__ = ["body", "counts", "lemmas", "main"]

# The line that ends the head of the publisher's page.
LAST_OF_HEAD = "This article was written for"
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def body(text: str) -> list[str]:
    """Return the paragraphs of the article: the blocks of text after the head of the page."""
    blocks = [" ".join(block.split()) for block in text.splitlines()]
    heads = [place for place, block in enumerate(blocks) if block.startswith(LAST_OF_HEAD)]
    after = blocks[heads[-1] + 1 :] if heads else blocks
    return [block for block in after if article.words(block)]


def lemmas(text: str) -> list[str]:
    """Return the dictionary forms of the words of a text, in lower case.

    A hyphenated word counts by its parts, so that NATO is found in NATO-Russia and the number of
    lemmas is the number of words. The possessive 's is dropped.
    """
    import simplemma

    plain = text.replace("’", "'").replace("‘", "'").casefold()
    tokens = (token.removesuffix("'s") for token in TOKEN.findall(plain))
    return [simplemma.lemmatize(token, lang="en").casefold() for token in tokens]


def counts(paragraphs: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows of `word_counts` for the paragraphs, numbered from 1."""
    return [
        {"paragraph": number, "lemma": lemma, "count": times}
        for number, text in enumerate(paragraphs, start=1)
        for lemma, times in sorted(Counter(lemmas(text)).items())
    ]


def computed(paragraphs: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the three tables as they should be for this text."""
    held = {row["paragraph"]: row for row in data.rows("paragraphs")}
    if len(paragraphs) != len(held):
        raise ValueError(f"The text has {len(paragraphs)} paragraphs, not {len(held)}.")
    rows = []
    for number, text in enumerate(paragraphs, start=1):
        normalised = article.words(text)
        measured = {
            "words": len(normalised),
            "fingerprint": article.fingerprint(normalised),
            "rolling": article.rolling(normalised),
        }
        rows.append({**held[number], **measured})
    sections = [
        {**row, "words": sum(r["words"] for r in rows if r["section"] == row["section"])}
        for row in data.rows("sections")
    ]
    return {"sections": sections, "paragraphs": rows, "word_counts": counts(paragraphs)}


def main(argv: list[str] | None = None) -> int:
    """Write the three tables, or check them.

    Parameters
    ----------
    argv : list of str, optional
        `--check`: change nothing, fail on a difference.

    Returns
    -------
    int
        0 when the tables agree with the text (or were written), 1 when they do not, 2 when
        `COURSE_ARTICLE` names no file.
    """
    parser = argparse.ArgumentParser(prog="python -m course.publish.article")
    parser.add_argument("--check", action="store_true", help="change nothing, fail on a difference")
    options = parser.parse_args(argv)
    place = Path(os.environ.get("COURSE_ARTICLE", ""))
    if not place.is_file():
        print("Set COURSE_ARTICLE to a plain text of the article.", file=sys.stderr)
        return 2
    changed = 0
    for name, rows in computed(body(place.read_text(encoding="utf-8"))).items():
        if options.check:
            same = _keyed(name, rows) == _keyed(name, data.rows(name))
            changed += not same
            if not same:
                print(f"{name} does not agree with the text.", file=sys.stderr)
        else:
            write_table(name, rows)
    return 1 if changed else 0


def _keyed(name: str, rows: list[dict[str, Any]]) -> dict[tuple, dict[str, Any]]:
    key = data.schema(name)["primaryKey"]
    return {tuple(row[part] for part in key): row for row in rows}


if __name__ == "__main__":
    raise SystemExit(main())
