"""The outcome of a decision: adopted or not, why, who blocked, what was missing, and the trace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Outcome", "Shortfall", "Step"]


def counted(number: int, what: str, more: str = "") -> str:
    """Return "1 affirmative vote" or "2 affirmative votes"."""
    words = re.sub(r"(vote|member|State|request)s", r"\1", what, count=1) if number == 1 else what
    return f"{number} {more}{words}"


@dataclass(frozen=True)
class Step:
    """One rule applied, with the article it comes from.

    Attributes
    ----------
    text : str
        What was found, in one sentence.
    passed : bool or None
        Whether the rule was met; None for a step that only informs.
    rule : str
        Id of the rule in data/institutions/rules.json (or of the article in treaty.json).
    article : str
        The article or document that the rule comes from.
    source_ids : tuple of str
        Ids of the sources that carry it.
    verification : str
        How far the rule itself was checked: seen, seen_two_sources, inferred, unverified ...
    option : str or None
        Name of the option that this step rests on, where the text is silent or blank.
    """

    text: str
    passed: bool | None = None
    rule: str = ""
    article: str = ""
    source_ids: tuple[str, ...] = ()
    verification: str = "seen"
    option: str | None = None

    @property
    def flagged(self) -> bool:
        """Whether the rule rests on memory or reports and is to be shown with a mark."""
        return self.verification == "unverified"

    def __str__(self) -> str:
        mark = {True: "met", False: "not met", None: "note"}[self.passed]
        flag = " (unverified)" if self.flagged else ""
        where = f" [{self.article}]" if self.article else ""
        choice = f" (option: {self.option})" if self.option else ""
        return f"{mark}: {self.text}{where}{choice}{flag}"


@dataclass(frozen=True)
class Shortfall:
    """What was missing for adoption: a number of something."""

    count: int
    what: str

    def __str__(self) -> str:
        return counted(self.count, self.what, "more ")


@dataclass(frozen=True)
class Outcome:
    """What a body decided, and how it came about.

    Attributes
    ----------
    body : str
        Name of the body and variant, for example "OSCE:minus-one".
    on : str
        The day of the membership used, as ISO text; empty when members were given.
    adopted : bool
        The result.
    blockers : tuple of str
        Those whose own ballot was enough to stop it.
    missing : tuple of Shortfall
        Counts that fell short (votes, Parties present, supporters).
    reason : str
        One sentence.
    trace : tuple of Step
        The rules applied, in order, each with its article.
    ballots, excluded, tally :
        The complete ballots, the votes left out, and the count of each kind.
    binding : str
        Force of a decision of this body: "law", "politics" or "none".
    decided_by : tuple of str
        Options of which another choice would have turned the result; computed, not assumed.
    """

    body: str
    on: str
    adopted: bool
    blockers: tuple[str, ...]
    missing: tuple[Shortfall, ...]
    reason: str
    trace: tuple[Step, ...]
    ballots: Mapping[str, str] = field(repr=False)
    excluded: tuple[str, ...] = ()
    tally: Mapping[str, int] = field(default_factory=dict)
    binding: str = "none"
    decided_by: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """Rules in the trace that no page read confirms; show them with a mark."""
        return tuple(dict.fromkeys(s.rule for s in self.trace if s.flagged and s.rule))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of all rules applied, in order, each once."""
        return tuple(dict.fromkeys(i for step in self.trace for i in step.source_ids))

    def text(self) -> str:
        """Return the outcome in plain words, one line a step."""
        head = f"{self.body}{', ' + self.on if self.on else ''}: {self.reason}"
        lines = [head, *(f"  {step}" for step in self.trace)]
        if self.decided_by:
            lines.append("  Another choice here would turn it: " + ", ".join(self.decided_by) + ".")
        return "\n".join(lines)

    def __bool__(self) -> bool:
        return self.adopted
