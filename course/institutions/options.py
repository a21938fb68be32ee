"""Named options: choices that a text leaves open, each with its question, default and reason.

They stand in data/institutions/ (rules.json for bodies in force, treaty.json for the draft), so a
view can list them; nothing that the texts leave open is decided in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from course import data
from course.words import say

from .errors import OptionError, nearest

__all__ = ["Option", "defaults", "options_of", "settle"]


@dataclass(frozen=True)
class Option:
    """One open question and the answers that can be chosen.

    Attributes
    ----------
    name : str
        Keyword, for example "abstention".
    applies : tuple of str
        Bodies and variants it belongs to ("EST" for the procedure as a whole).
    question : str
        What the text leaves open.
    choices : tuple
        Possible answers; empty for a number of days or States (any whole number from 0).
    default : object
        The answer used when nothing is said.
    reason : str
        Why that default.
    article, status : str
        Where the question arises, and whether the text is silent, blank or only reported.
    """

    name: str
    applies: tuple[str, ...]
    question: str
    choices: tuple[str, ...]
    default: Any
    reason: str
    article: str
    status: str

    def check(self, value: Any) -> Any:
        """Return the value if it can be chosen.

        Raises
        ------
        OptionError
            If not, with the choices.
        """
        if self.choices and value not in self.choices:
            near = nearest(value, self.choices)
            raise OptionError(say("institutions.choice", name=self.name, value=value, near=near))
        if not self.choices and (isinstance(value, bool) or not _whole(value)):
            raise OptionError(say("institutions.choice.whole", name=self.name, value=value))
        return value


def _whole(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


@cache
def _all(_root) -> tuple[Option, ...]:
    found = (*data.document("institutions/rules")["options"],)
    found += (*data.document("institutions/treaty")["options"],)
    return tuple(
        Option(
            row["name"],
            tuple(row["applies"]),
            row["question"],
            tuple(row["choices"]),
            row["default"],
            row["reason"],
            row["article"],
            row["status"],
        )
        for row in found
    )


def options_of(name: str) -> tuple[Option, ...]:
    """Return the options of a body or variant, for example `options_of("EST:extraordinary")`."""
    return _of(data.root(), str(name))


@cache
def _of(root, name: str) -> tuple[Option, ...]:
    return tuple(option for option in _all(root) if name in option.applies)


def defaults(name: str) -> dict[str, Any]:
    """Return the default of every option of a body or variant."""
    return {option.name: option.default for option in options_of(name)}


def settle(name: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return all options of a body with the chosen values checked and the rest at default.

    Raises
    ------
    OptionError
        If an option is unknown to that body, or a value can't be chosen.
    """
    known = {option.name: option for option in options_of(name)}
    for key in chosen:
        if key not in known:
            if not known:
                raise OptionError(say("institutions.option.none", body=name, option=key))
            near = nearest(key, known)
            raise OptionError(say("institutions.option", body=name, option=key, near=near))
    return {key: option.check(chosen.get(key, option.default)) for key, option in known.items()}
