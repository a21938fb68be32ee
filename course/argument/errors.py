"""What can be wrong with an argument graph or with a question put to it, each in one sentence."""

from difflib import get_close_matches

__all__ = [
    "ArgumentError",
    "BadGraph",
    "NotSettled",
    "SupportCycle",
    "TooLarge",
    "UnknownStatement",
    "WrongValue",
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
        hint = f"did you mean {', '.join(near)}?" if near else f"ids look like {_sample(known)}."
        super().__init__(f"There is no statement {wanted!r} in this argument: {hint}")


class WrongValue(ArgumentError):
    """A value outside what the question allows: a credence above 1, an unknown kind of objection."""


class TooLarge(ArgumentError):
    """A question whose exact answer would need more than this course sets aside for it."""


class NotSettled(ArgumentError):
    """Credences that go round a cycle without coming to rest."""


def _sample(known):
    return ", ".join(known[:3]) if known else "nothing yet: the graph is empty"
