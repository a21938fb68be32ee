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

from .ballots import ABSENT, ABSTAIN, CONSTRUCTIVE, NO, PRESENT, SILENT, YES, Vote
from .catalogue import cited
from .outcome import Shortfall, Step, counted

__all__ = ["AtLeast", "Clause", "MostOfThoseVoting", "NotTooMany", "Unopposed", "names", "quorum"]


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
        What is counted, in the plural.
    uncounted : frozenset of str
        Members left out of the count (an excluded vote is no affirmative vote; whether an excluded
        Party still counts towards a quorum is an option of the draft treaty).
    """

    rule: str
    need: int
    of: frozenset[str] = frozenset({YES})
    what: str = "affirmative votes"
    uncounted: frozenset[str] = frozenset()
    option: str | None = None

    def points(self, member: str, ballot: str) -> int:
        return int(ballot in self.of and member not in self.uncounted)

    def check(self, vote: Vote) -> Checked:
        found = sum(self.points(m, vote.ballots[m]) for m in vote.members)
        text = f"{counted(found, self.what)}; {self.need} needed."
        short = self.need - found
        if short <= 0:
            return Checked(self._step(text, True))
        return Checked(self._step(text, False), missing=(Shortfall(short, self.what),))


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
    broken, met : str
        How the two findings are put in words.
    after : AtLeast or None
        A number that must be reached first: a permanent member's no counts as a veto only where
        the majority was otherwise there.
    """

    rule: str
    holders: frozenset[str] | None = None
    against: frozenset[str] = frozenset({NO})
    option: str | None = None
    broken: str = "Objection by {}."
    met: str = "Nobody objected."
    after: AtLeast | None = None

    def blocks(self, member: str, ballot: str) -> bool:
        return ballot in self.against and (self.holders is None or member in self.holders)

    def check(self, vote: Vote) -> Checked:
        against = tuple(
            m for m in vote.members if m not in vote.excluded and self.blocks(m, vote.ballots[m])
        )
        if not against:
            return Checked(self._step(" ".join((self.met, *self._harmless(vote))), True))
        if self.after and not self.after.check(vote).passed:
            text = f"{names(against)} voted against; with the votes reached it would be a veto."
            return Checked(cited(self.rule, text))
        return Checked(self._step(self.broken.format(names(against)), False), blockers=against)

    def _harmless(self, vote: Vote) -> Iterable[str]:
        """Say which other ballots were cast that do not block here; the three are different."""
        for kind, words in _NOT_BLOCKING.items():
            cast = tuple(m for m in vote.who(kind) if self.holders is None or m in self.holders)
            if cast and kind == SILENT and self.holders is not None:
                yield f"Taking no part, which does not block: {names(cast)}."
            elif cast:
                yield words.format(names(cast))


_NOT_BLOCKING = {
    ABSTAIN: "Abstaining, which does not block: {}.",
    SILENT: "Silent, which counts as consent: {}.",
    ABSENT: "Absent, which does not block: {}.",
}


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
        needed = max(1, -(-(yes + no) * self.share.numerator // self.share.denominator))
        text = f"{yes} for, {no} against; {needed} of {yes + no} voting needed."
        if yes >= needed:
            return Checked(self._step(text, True))
        short = Shortfall(needed - yes, "affirmative votes")
        return Checked(self._step(text, False), missing=(short,))


@dataclass(frozen=True)
class NotTooMany(Clause):
    """The weight of those who cast one kind of ballot stays within a limit.

    Used for constructive abstention in the European Union.
    """

    rule: str
    limit: int
    weights: Mapping[str, int]
    of: frozenset[str] = frozenset({CONSTRUCTIVE})
    what: str = "weighted votes"
    option: str | None = None

    @property
    def need(self) -> int:
        return -self.limit

    def points(self, member: str, ballot: str) -> int:
        return -self.weights[member] if ballot in self.of else 0

    def check(self, vote: Vote) -> Checked:
        found = -sum(
            self.points(m, vote.ballots[m]) for m in vote.members if m not in vote.excluded
        )
        passed = found <= self.limit
        if not found:
            return Checked(self._step("Nobody qualified an abstention.", True))
        text = (
            f"Qualified abstentions carry {found} {self.what}; more than {self.limit} would block."
        )
        blockers = () if passed else vote.who(*self.of)
        return Checked(self._step(text, passed), blockers=blockers)


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
    what = f"members present out of {total}"
    return AtLeast(rule, need, PRESENT, what, uncounted, option)


def names(states: tuple[str, ...], most: int = 6) -> str:
    """Return a readable list of States, cut when long."""
    if len(states) <= most:
        return " and ".join([", ".join(states[:-1])] * (len(states) > 1) + [states[-1]])
    return f"{', '.join(states[:most])} and {len(states) - most} more"
