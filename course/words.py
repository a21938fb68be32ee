"""What the course says to a learner: sentences and labels by key, from `data/words/en/`.

One catalogue in several files, one for each part of the course. A translation gives other
sentences to the same keys and touches no code: the file that `COURSE_WORDS` names is laid over the
English ones, key by key.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from . import data

__all__ = ["WordsError", "catalogue", "count", "say"]

ENGLISH = "words/en"
_BLANK = re.compile(r"(?<!\{)\{(\w+)[^}]*\}")


class WordsError(ValueError):
    """A translation that does not fit the sentences it replaces."""


def say(key: str, **values: object) -> str:
    """Return the sentence with this key, with its blanks filled."""
    return catalogue()[key].format(**values)


def count(key: str, number: int, **values: object) -> str:
    """Return the sentence for a number of things: `key` with ".one" or ".many", `{number}` filled."""
    return say(f"{key}.one" if number == 1 else f"{key}.many", number=number, **values)


def catalogue() -> Mapping[str, str]:
    """Return {key: sentence} in the language in use.

    Raises
    ------
    WordsError
        If `COURSE_WORDS` names a file that cannot be read, has a key that the course does not
        know, or leaves out or adds a blank; the sentence names the key. Also if two of the
        course's own files hold one key.
    """
    return _catalogue(data.root(), os.environ.get("COURSE_WORDS", ""))


@cache
def _catalogue(folder: Path, chosen: str) -> Mapping[str, str]:
    held = _english(folder)
    if not chosen:
        return MappingProxyType(held)
    try:
        own = tomllib.loads(Path(chosen).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordsError(f"COURSE_WORDS names {chosen}, which cannot be read: {error}.") from None
    for key, sentence in own.items():
        if key not in held:
            near = get_close_matches(key, held, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            raise WordsError(f"{Path(chosen).name}: the course has no words {key!r}{hint}")
        if not isinstance(sentence, str) or _blanks(sentence) != _blanks(held[key]):
            raise WordsError(
                f"{Path(chosen).name}: {key!r} must keep what stands in braces in {held[key]!r}."
            )
    return MappingProxyType({**held, **own})


def _english(folder: Path) -> dict[str, str]:
    held: dict[str, str] = {}
    for path in data.brought_all(ENGLISH, ".toml"):
        for key, sentence in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in held:
                raise WordsError(f"{path.name}: another file already has the words {key!r}.")
            held[key] = sentence
    return held


def _blanks(sentence: str) -> set[str]:
    return set(_BLANK.findall(sentence))
