"""The outcome of a decision: adopted or not, why, who blocked, what was missing, and the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course.words import count, say

__all__ = ["Outcome", "Shortfall", "Step", "either", "names", "reason"]


def names(states: Sequence[str], most: int = 6) -> str:
    """Return a readable list of States, cut when long."""
    if len(states) > most:
        shown = ", ".join(states[:most])
        return say("institutions.list.more", first=shown, number=len(states) - most)
    if len(states) == 1:
        return states[0]
    return say("institutions.list.and", first=", ".join(states[:-1]), last=states[-1])


def either(names: Sequence[str]) -> str:
    """Return alternatives as a readable list."""
    told = names[0]
    for name in names[1:]:
        told = say("institutions.list.or", first=told, last=name)
    return told


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
        parts = [_mark(self.passed, self.text)]
        parts += [f"[{self.article}]"] if self.article else []
        parts += [say("institutions.step.option", option=self.option)] if self.option else []
        parts += [say("institutions.step.unverified")] if self.flagged else []
        return " ".join(parts)


def _mark(passed: bool | None, text: str) -> str:
    if passed is None:
        return say("institutions.step.note", text=text)
    return say("institutions.step.met" if passed else "institutions.step.not_met", text=text)


@dataclass(frozen=True)
class Shortfall:
    """What was missing for adoption: a number of something.

    Attributes
    ----------
    count : int
        How many more were needed.
    what : str
        "votes", "supporters", "requests" or "present".
    total : int
        For "present": the number of members of which a share must be there.
    """

    count: int
    what: str
    total: int = 0

    def __str__(self) -> str:
        return count(f"institutions.more.{self.what}", self.count, total=self.total)


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
    def because(self) -> str:
        """The reason without the verdict: who blocked it and what was missing; empty if adopted."""
        return "" if self.adopted else _because(self.blockers, self.missing)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of all rules applied, in order, each once."""
        return tuple(dict.fromkeys(i for step in self.trace for i in step.source_ids))

    def text(self) -> str:
        """Return the outcome in plain words, one line a step."""
        head = f"{self.body}{', ' + self.on if self.on else ''}: {self.reason}"
        lines = [head, *(f"  {step}" for step in self.trace)]
        if self.decided_by:
            turned = say("institutions.turned", options=", ".join(self.decided_by))
            lines.append(f"  {turned}")
        return "\n".join(lines)

    def __bool__(self) -> bool:
        return self.adopted


def reason(adopted: bool, blockers: Sequence[str], missing: Sequence[Shortfall]) -> str:
    """Return the one sentence of an outcome."""
    if adopted:
        return say("institutions.adopted")
    return say("institutions.not_adopted", because=_because(blockers, missing))


def _because(blockers: Sequence[str], missing: Sequence[Shortfall]) -> str:
    parts = [say("institutions.blocked", who=names(blockers))] if blockers else []
    parts += [say("institutions.missing", what=short) for short in missing]
    return f"{'; '.join(parts)}."
