"""Pseudonyms: two plain words, easy to say aloud and the same to nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection

from course.words import say

__all__ = ["pseudonym"]


def pseudonym(taken: Collection[str], choose: Callable) -> str:
    """A name that nobody in the room has.

    Parameters
    ----------
    taken : collection of str
        Names in use.
    choose : callable
        Picks one item of a sequence, such as `random.choice` or `secrets.choice`.
    """
    first, second = say("room.names.first").split(), say("room.names.second").split()
    for _ in range(200):
        name = say("room.names", first=choose(first), second=choose(second))
        if name not in taken:
            return name
    return say("room.names.guest", number=len(taken) + 1)
