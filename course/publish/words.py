"""For translators: `python3 -m course.publish.words [--pseudo | --missed]`.

Without an option it prints every key with its English sentence, to begin a translation from.
`--pseudo` prints a language that nobody speaks, in which every sentence is marked: run the course
with it, and what is not marked is in no catalogue yet. `--missed` lists such sentences in the code.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from course import words

__all__ = ["main", "missed", "pseudo", "toml"]

ROOT = Path(__file__).resolve().parents[1]
# Where words for learners may stand.
PLACES = (
    "lesson.py", "widgets", "charts", "exercises", "record.py", "room",
    "argument", "institutions", "article.py", "evidence.py",
)  # fmt: skip
OPEN, CLOSE = "⟦", "⟧"
_LETTERS = str.maketrans("aeiouAEIOU", "àéîöüÀÉÎÖÜ")
_BLANK = re.compile(r"(\{[^{}]*\}|`[^`]*`)")


def toml(sentences: Mapping[str, str]) -> str:
    """Return sentences by key as a file that `COURSE_WORDS` can name."""
    lines = (
        f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(sentence, ensure_ascii=False)}"
        for key, sentence in sentences.items()
    )
    return "\n".join(lines) + "\n"


def pseudo(sentence: str) -> str:
    """Return a sentence in the language that nobody speaks: accents, longer, between marks.

    Blanks and code stay. It is a third longer, as German or Russian would be, so that a label that
    has no room shows too.
    """
    parts = _BLANK.split(sentence)
    told = "".join(p if p.startswith(("{", "`")) else p.translate(_LETTERS) for p in parts)
    return f"{OPEN}{told}{'~' * (len(sentence) // 3)}{CLOSE}"


def missed() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and text of each sentence that stands in the code and in no catalogue.

    A sentence is a text with a space and four letters in a row that is neither a docstring nor an
    argument of `say`, nor markup, nor the message of an error meant for programmers. It is a list
    for people to work from: some of what it names is not shown to learners.
    """
    for place in PLACES:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for line, text in _sentences(file.read_text(encoding="utf-8")):
                yield file.relative_to(ROOT).as_posix(), line, text


def _sentences(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    # a text that stands alone is said to nobody: it documents what is above or around it
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        words_only = re.sub(r"<[^>]*>", " ", node.value)
        if id(node) in documents or not re.search(r"[A-Z][a-z]+ [a-z]+", words_only):
            continue
        if not _is_code(node.value):
            yield node.lineno, " ".join(node.value.split())


def _is_code(text: str) -> bool:
    """Return whether a text is a program, for another process to run."""
    try:
        return any(isinstance(node, ast.Import) for node in ast.walk(ast.parse(text)))
    except SyntaxError:
        return False


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was asked for; always 0."""
    parser = argparse.ArgumentParser(prog="python3 -m course.publish.words")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--pseudo", action="store_true", help="a language that nobody speaks")
    how.add_argument("--missed", action="store_true", help="sentences that stand in the code")
    options = parser.parse_args(argv)
    if options.missed:
        for file, line, text in missed():
            print(f"course/{file}:{line}: {text}")
        return 0
    sentences = words.catalogue()
    if options.pseudo:
        sentences = {key: pseudo(sentence) for key, sentence in sentences.items()}
    sys.stdout.write(toml(sentences))
    return 0


if __name__ == "__main__":
    sys.exit(main())
