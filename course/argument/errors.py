"""What can be wrong with an argument graph or with a question put to it, each in one sentence."""

from collections.abc import Iterable
from difflib import get_close_matches

from course.words import say

__all__ = [
    "ArgumentError",
    "BadGraph",
    "NotSettled",
    "SupportCycle",
    "TooLarge",
    "UnknownStatement",
    "WrongValue",
    "texts",
]


class ArgumentError(ValueError):
    """Base of every error of ``course.argument``: the message says what was wrong and what to do."""


class BadGraph(ArgumentError):
    """The graph itself is not well formed: an edge to nowhere, an id used twice, a missing field."""


class SupportCycle(BadGraph):
    """Statements that, through their steps, support themselves."""


class UnknownStatement(ArgumentError):
    """An id that names no statement or step of the graph.

    Parameters
    ----------
    wanted : str
        The id that was asked for.
    known : iterable of str
        The ids among which the nearest are suggested.
    """

    def __init__(self, wanted, known):
        wanted = str(wanted)
        known = list(known)
        near = get_close_matches(wanted.upper(), known, n=3, cutoff=0.5)
        if near:
            sentence = say("argument.unknown.near", wanted=repr(wanted), near=", ".join(near))
        elif known:
            sentence = say("argument.unknown", wanted=repr(wanted), sample=", ".join(known[:3]))
        else:
            sentence = say("argument.unknown.empty", wanted=repr(wanted))
        super().__init__(sentence)


class WrongValue(ArgumentError):
    """A value outside what the question allows: a credence above 1, an unknown kind of objection."""


class TooLarge(ArgumentError):
    """A question whose exact answer would need more than this course sets aside for it."""


class NotSettled(ArgumentError):
    """Credences that go round a cycle without coming to rest."""


def texts(name, given):
    """Ids as a tuple of texts; a text alone is one id.

    Parameters
    ----------
    name : str
        What they are called in the question, for the message.
    given : str or iterable of str

    Raises
    ------
    WrongValue
        If it is neither.
    """
    if isinstance(given, str):
        return (given,)
    listed = tuple(given) if isinstance(given, Iterable) else (None,)
    if not all(isinstance(one, str) for one in listed):
        raise WrongValue(say("argument.ids", name=name, given=repr(given)))
    return listed
