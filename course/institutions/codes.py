"""Codes of States as they come in: one or a list, checked, with the right code named if one is wrong.

A State may be known by several names; a learner writes "Russia" or "UK" where the record says RUS
and GBR. What is suggested is looked for among the names first and among the codes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from course import data
from course.words import say

from .errors import UnknownState

__all__ = ["ORGANISATIONS", "checked", "codes", "is_real", "unknown_state"]

ORGANISATIONS = ("CIS", "CSTO", "EU", "NATO", "OSCE")
"""Organisations that the draft treaty lets sign beside the States (Article 10)."""

INVENTED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
"""Codes that ISO 3166 leaves to the user; invented States take theirs from here."""

COMMON = {
    "america": "USA",
    "belorussia": "BLR",
    "bosnia": "BIH",
    "britain": "GBR",
    "czech republic": "CZE",
    "east germany": "DDR",
    "england": "GBR",
    "fr yugoslavia": "YUG",
    "fry": "YUG",
    "fyrom": "MKD",
    "gdr": "DDR",
    "great britain": "GBR",
    "holland": "NLD",
    "macedonia": "MKD",
    "russia": "RUS",
    "soviet union": "SUN",
    "the netherlands": "NLD",
    "turkey": "TUR",
    "türkiye": "TUR",
    "u.k.": "GBR",
    "u.s.": "USA",
    "uk": "GBR",
    "united states": "USA",
    "us": "USA",
    "ussr": "SUN",
    "vatican": "VAT",
}
"""Names in common use that the table `states` does not have."""


def codes(given: object) -> tuple[str, ...]:
    """Return codes as a tuple; a text alone is one code, not its letters.

    Raises
    ------
    UnknownState
        If it is neither a text nor a list of texts.
    """
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise UnknownState(say("institutions.codes", given=given))
    listed = tuple(given)
    for code in listed:
        if not isinstance(code, str):
            raise UnknownState(say("institutions.codes", given=code))
    return listed


def checked(given: object, among: Iterable[str] = ()) -> tuple[str, ...]:
    """Return codes of which each is a State, an organisation, an invented State or one of `among`.

    Two or more of whom nobody is a State of the record are an invented world, taken as it is.

    Raises
    ------
    UnknownState
        If one is none of these; the sentence names the nearest right code.
    """
    listed, own = codes(given), frozenset(among)
    known = _known(data.root())
    if not own and len(listed) > 1 and not any(is_real(code) for code in listed):
        return listed
    for code in listed:
        if code not in known and code not in own and not INVENTED.fullmatch(code):
            raise unknown_state(code, own)
    return listed


def is_real(state: str) -> bool:
    """Return whether this is the code or a usual name of a State or organisation of the record."""
    return state in _known(data.root()) or _read(state) in _names(data.root())


def unknown_state(state: str, among: Iterable[str] = ()) -> UnknownState:
    """Return the error that says which code was probably meant.

    Parameters
    ----------
    state : str
        What was written.
    among : iterable of str
        Codes that may be meant besides those of the record.
    """
    named = _names(data.root())
    text = _read(state)
    if text in named:
        return UnknownState(say("institutions.state.code", state=state, code=named[text]))
    near = get_close_matches(state, among := sorted(among), n=1, cutoff=0.75)
    near = near or [named[name] for name in get_close_matches(text, named, n=1, cutoff=0.75)]
    if not near and len(text) < 5:
        near = _near_code(state.upper(), among) or _near_code(state.upper(), _known(data.root()))
    if not near:
        return UnknownState(say("institutions.state.none", state=state))
    return UnknownState(
        say("institutions.state", state=state, near=say("institutions.near", match=near[0]))
    )


def _near_code(code: str, known: Iterable[str]) -> list[str]:
    """Return the known code with the most letters in the same place, of those that are near."""
    near = get_close_matches(code, sorted(known), n=9, cutoff=0.6)
    return sorted(near, key=lambda k: -sum(a == b for a, b in zip(k, code, strict=False)))[:1]


def _read(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _known(_root) -> frozenset[str]:
    return frozenset((*(row["iso3"] for row in data.rows("states")), *ORGANISATIONS))


@cache
def _names(_root) -> dict[str, str]:
    """Return {name: code}: what stands before a bracket in the table, and the names in common use."""
    table = {row["name"].split(" (")[0].casefold(): row["iso3"] for row in data.rows("states")}
    return {**table, **COMMON}
