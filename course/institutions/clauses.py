"""The building blocks of decision rules: an objection that blocks, a number that must be reached.

A rule is a short list of clauses, all of which must be met. Each clause knows two things: which
ballot of which member blocks by itself, and how many points a ballot is worth towards a number that
must be reached. The same two facts serve one decision (`check`), an exact probability (`power`) and
a million simulated ballots (`batch`), so the three can't drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from course.words import count, say

from .ballots import ABSENT, ABSTAIN, CONSTRUCTIVE, NO, PRESENT, SILENT, YES, Vote
from .catalogue import cited
from .outcome import Shortfall, Step, names

__all__ = ["AtLeast", "Clause", "MostOfThoseVoting", "NotTooMany", "Unopposed", "quorum"]


@dataclass(frozen=True)
class Checked:
    """A clause applied to one vote: the step for the trace, and what it found."""

    step: Step
    blockers: tuple[str, ...] = ()
    missing: tuple[Shortfall, ...] = ()

    @property
    def passed(self) -> bool:
        return self.step.passed is not False


class Clause:
    """One condition of a rule. Subclasses say what blocks and what counts."""

    rule: str
    option: str | None = None
    need: int | None = None

    def blocks(self, member: str, ballot: str) -> bool:
        """Whether this ballot of this member blocks by itself (excluded votes never ask)."""
        return False

    def points(self, member: str, ballot: str) -> int:
        """What this ballot is worth towards `need`."""
        return 0

    def check(self, vote: Vote) -> Checked:
        """Apply the clause to one complete vote."""
        raise NotImplementedError

    def met(self, vote: Vote) -> bool:
        """Whether a complete vote meets the clause, without the account of it."""
        return self.check(vote).passed

    def _step(self, text: str, passed: bool) -> Step:
        return cited(self.rule, text, passed, self.option)


@dataclass(frozen=True)
class AtLeast(Clause):
    """Enough members cast one of certain ballots: affirmative votes, supporters, a quorum.

    Parameters
    ----------
    rule : str
        Id in rules.json.
    need : int
        Number to be reached.
    of : frozenset of str
        Ballots that count.
    what : str
        What is counted: "votes", "supporters", "requests" or "present".
    total : int
        For "present": the number of members of which a share must be there.
    uncounted : frozenset of str
        Members left out of the count (an excluded vote is no affirmative vote; whether an excluded
        Party still counts towards a quorum is an option of the draft treaty).
    """

    rule: str
    need: int
    of: frozenset[str] = frozenset({YES})
    what: str = "votes"
    total: int = 0
    uncounted: frozenset[str] = frozenset()
    option: str | None = None

    def points(self, member: str, ballot: str) -> int:
        return int(ballot in self.of and member not in self.uncounted)

    def check(self, vote: Vote) -> Checked:
        found = self._found(vote)
        key = f"institutions.found.{self.what}"
        text = count(key, found, need=self.need, total=self.total)
        short = self.need - found
        if short <= 0:
            return Checked(self._step(text, True))
        missing = Shortfall(short, self.what, self.total)
        return Checked(self._step(text, False), missing=(missing,))

    def met(self, vote: Vote) -> bool:
        return self._found(vote) >= self.need

    def _found(self, vote: Vote) -> int:
        return sum(self.points(m, vote.ballots[m]) for m in vote.members)


@dataclass(frozen=True)
class Unopposed(Clause):
    """Nobody who may block casts a ballot that blocks.

    Parameters
    ----------
    rule : str
        Id in rules.json.
    holders : frozenset of str or None
        Who can block; None for every member.
    against : frozenset of str
        Ballots that block: a spoken objection, and abstention or absence where the rule asks for
        an active yes.
    option : str or None
        The option on which `against` rests.
    broken, unbroken : str
        Keys of the words for the two findings.
    after : AtLeast or None
        A number that must be reached first: a permanent member's no counts as a veto only where
        the majority was otherwise there.
    """

    rule: str
    holders: frozenset[str] | None = None
    against: frozenset[str] = frozenset({NO})
    option: str | None = None
    broken: str = "institutions.objection"
    unbroken: str = "institutions.no_objection"
    after: AtLeast | None = None

    def blocks(self, member: str, ballot: str) -> bool:
        return ballot in self.against and (self.holders is None or member in self.holders)

    def check(self, vote: Vote) -> Checked:
        against = self._against(vote)
        if not against:
            text = " ".join((say(self.unbroken), *self._harmless(vote)))
            return Checked(self._step(text, True))
        if self.after and not self.after.met(vote):
            text = say("institutions.no_veto", who=names(against))
            return Checked(cited(self.rule, text))
        text = say(self.broken, who=names(against))
        return Checked(self._step(text, False), blockers=against)

    def met(self, vote: Vote) -> bool:
        return not self._against(vote) or bool(self.after and not self.after.met(vote))

    def _against(self, vote: Vote) -> tuple[str, ...]:
        return tuple(
            m for m in vote.members if m not in vote.excluded and self.blocks(m, vote.ballots[m])
        )

    def _harmless(self, vote: Vote) -> Iterable[str]:
        """Say which other ballots were cast that do not block here; the three are different."""
        for kind in (ABSTAIN, SILENT, ABSENT):
            cast = tuple(m for m in vote.who(kind) if self.holders is None or m in self.holders)
            if cast:
                apart = kind == SILENT and self.holders is not None
                yield say(f"institutions.harmless.{'apart' if apart else kind}", who=names(cast))


@dataclass(frozen=True)
class MostOfThoseVoting(Clause):
    """A share of those who vote yes or no; abstentions are not counted as voting."""

    rule: str
    share: Fraction = Fraction(2, 3)
    option: str | None = None
    need: int = 0

    def points(self, member: str, ballot: str) -> int:
        if ballot == YES:
            return self.share.denominator - self.share.numerator
        return -self.share.numerator if ballot == NO else 0

    def check(self, vote: Vote) -> Checked:
        yes, no = len(vote.who(YES)), len(vote.who(NO))
        return self.count(yes, no)

    def count(self, yes: int, no: int) -> Checked:
        """Apply the share to a plain tally."""
        needed = self._needed(yes, no)
        text = say("institutions.voting", yes=yes, no=no, needed=needed, all=yes + no)
        if yes >= needed:
            return Checked(self._step(text, True))
        short = Shortfall(needed - yes, "votes")
        return Checked(self._step(text, False), missing=(short,))

    def met(self, vote: Vote) -> bool:
        yes, no = len(vote.who(YES)), len(vote.who(NO))
        return yes >= self._needed(yes, no)

    def _needed(self, yes: int, no: int) -> int:
        return max(1, -(-(yes + no) * self.share.numerator // self.share.denominator))


@dataclass(frozen=True)
class NotTooMany(Clause):
    """The weight of those who cast one kind of ballot stays within a limit.

    Used for constructive abstention in the European Union.
    """

    rule: str
    limit: int
    weights: Mapping[str, int]
    of: frozenset[str] = frozenset({CONSTRUCTIVE})
    words: str = "institutions.qualified.votes"
    option: str | None = None

    @property
    def need(self) -> int:
        return -self.limit

    def points(self, member: str, ballot: str) -> int:
        return -self.weights[member] if ballot in self.of else 0

    def check(self, vote: Vote) -> Checked:
        found = self._found(vote)
        passed = found <= self.limit
        if not found:
            return Checked(self._step(say("institutions.qualified.none"), True))
        text = say(self.words, number=found, limit=self.limit)
        blockers = () if passed else vote.who(*self.of)
        return Checked(self._step(text, passed), blockers=blockers)

    def met(self, vote: Vote) -> bool:
        return self._found(vote) <= self.limit

    def _found(self, vote: Vote) -> int:
        return -sum(self.points(m, vote.ballots[m]) for m in vote.members if m not in vote.excluded)


def quorum(rule: str, share: Fraction, members, uncounted=frozenset(), option=None) -> AtLeast:
    """Return the clause that a share of the members must be present (rounded up).

    Parameters
    ----------
    rule : str
        Id in rules.json.
    share : Fraction
        Share of the members that counts, for example 4/5.
    members : collection of str
        All members.
    uncounted : frozenset of str
        Members left out on both sides: neither counted as present nor in the total.
    """
    total = len(set(members) - uncounted)
    need = -(-total * share.numerator // share.denominator)
    return AtLeast(rule, need, PRESENT, "present", total, uncounted, option)
