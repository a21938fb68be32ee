"""What can go wrong when a body is asked to decide; each error is one sentence with a way out."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from course.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BallotError",
    "DateError",
    "InstitutionError",
    "MembershipError",
    "OptionError",
    "OrderError",
    "UnknownBody",
    "UnknownState",
    "nearest",
]


class InstitutionError(ValueError):
    """Base of all errors of the package."""


class UnknownBody(InstitutionError):
    """No body of that name."""


class UnknownState(InstitutionError):
    """No State of that code."""


class MembershipError(InstitutionError):
    """The State exists but has no seat in the body on that day."""


class BallotError(InstitutionError):
    """A ballot is missing, doubled or of no known kind."""


class DateError(InstitutionError):
    """Not a day, or a day outside what the record covers."""


class OptionError(InstitutionError):
    """An option, or a value of it, that the body does not have."""


class OrderError(InstitutionError):
    """A step of the draft treaty's procedure taken before the step that it needs."""


def nearest(name: object, known: Iterable[str]) -> str:
    """Return half a sentence of advice: the nearest known name, or all of them if few."""
    known = sorted(known)
    near = get_close_matches(str(name).lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if near:
        match = next(k for k in known if k.lower() == near[0])
        return say("institutions.near", match=match)
    return say("institutions.known", known=", ".join(known))
