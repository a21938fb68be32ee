"""What a rule makes likely, who can stop it, and how much a vote is worth. Exact, not simulated.

Three families of questions, all answered from the clauses of a rule (`Clause.blocks` and
`Clause.points`), so that they can't differ from what `Body.decide` does:

* the probability that a body can act, when each State, or each bloc, says yes with probability p;
* the smallest boycott that breaks a quorum, and the smallest groups that can stop a decision;
* voting power: Penrose-Banzhaf, Shapley-Shubik, Coleman's powers to prevent and to initiate, and
  with abstention as a third choice the ternary games of Felsenthal and Machover.

This is arithmetic about rules, not a forecast: States don't toss coins, and they don't vote
independently of each other. Under a rule of unanimity the indices say only that all are equal.

References: L. S. Penrose, Journal of the Royal Statistical Society 109 (1946) 53; L. S. Shapley and
M. Shubik, American Political Science Review 48 (1954) 787; J. F. Banzhaf, Rutgers Law Review 19
(1965) 317; J. S. Coleman, in B. Lieberman (ed.), Social Choice (1971); D. S. Felsenthal and
M. Machover, Ternary Voting Games, International Journal of Game Theory 26 (1997) 335.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, lcm, prod
from numbers import Real

from course import data
from course.words import count, say

from .ballots import ABSENT, ABSTAIN, BALLOTS, NO, YES
from .bodies import Body, as_day
from .clauses import Clause, MostOfThoseVoting
from .codes import codes
from .errors import BallotError, InstitutionError, MembershipError
from .outcome import names

__all__ = [
    "Blocking",
    "Chance",
    "Power",
    "TernaryPower",
    "ability_to_act",
    "blocking",
    "blocs",
    "chance",
    "curve",
    "probability",
    "smallest_boycott",
    "ternary_power",
    "voting_power",
]


# The rule, seen through its clauses


@dataclass(frozen=True)
class _Shape:
    """A rule as blocking ballots and one count: all that the computations need.

    `blocks[member]` is the set of ballots that block; `points[member]` the worth of each ballot;
    `need` the number to reach, None where nothing is counted.
    """

    members: tuple[str, ...]
    blocks: Mapping[str, frozenset[str]]
    points: Mapping[str, tuple[int, ...]]
    need: int | None
    asks_for_a_vote: bool

    def worth(self, member: str, ballot: str) -> int:
        return self.points[member][BALLOTS.index(ballot)]

    def groups(self, ballots: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Members that the rule can't tell apart by these ballots, together."""
        alike = defaultdict(list)
        for member in self.members:
            blocking = self.blocks[member].intersection(ballots)
            alike[blocking, tuple(self.worth(member, b) for b in ballots)].append(member)
        return [tuple(group) for group in alike.values()]


def _shape(body: Body, excluded: Iterable[str]) -> _Shape:
    left_out = frozenset(codes(excluded))
    clauses = body.clauses(left_out)
    counting = [clause for clause in clauses if clause.need is not None]
    if len(counting) > 1:
        raise InstitutionError(say("institutions.power.two", body=body.name))
    counted: Clause | None = counting[0] if counting else None
    return _Shape(
        body.members,
        {m: _blocking_ballots(m, clauses, left_out) for m in body.members},
        {m: tuple(counted.points(m, b) if counted else 0 for b in BALLOTS) for m in body.members},
        None if counted is None else counted.need,
        isinstance(counted, MostOfThoseVoting),
    )


def _blocking_ballots(member, clauses, left_out) -> frozenset[str]:
    if member in left_out:
        return frozenset()
    return frozenset(b for b in BALLOTS if any(c.blocks(member, b) for c in clauses))


# Probability


def probability(
    body: Body,
    p: Real | Mapping[str, Real],
    blocs: Iterable[Iterable[str]] = (),
    otherwise: Mapping[str, Real] | str = NO,
    excluded: Iterable[str] = (),
) -> Real:
    """Return the probability that a body adopts a proposal.

    Parameters
    ----------
    body : Body
        The body and its options.
    p : number or mapping of State to number
        Probability of a yes, from 0 to 1. With `fractions.Fraction` the result is an exact
        fraction, with floats it is exact up to rounding.
    blocs : iterable of groups of members
        Members of one group cast the same ballot (drawn once, with the mean of their p). Everyone
        else decides alone. `blocs("2008-08-08")` of this module gives the alliances of a day.
    otherwise : str or mapping of ballot to share
        What those do who don't say yes: one ballot, or shares that add up to 1, for example
        `{"no": 0.5, "abstain": 0.5}`.
    excluded : iterable of str
        Votes left out.

    Returns
    -------
    number
        From 0 to 1.

    Raises
    ------
    BallotError, MembershipError
        If a number is no probability, a member has none, or a State has no seat.
    """
    _check_chances(body, p)
    shape = _shape(body, excluded)
    shares = _shares(otherwise)
    units = _units(body, blocs)
    chances = [(unit, _distribution(unit, p, shares)) for unit in units]
    if shape.need is None:
        return prod(_unblocked(shape, unit, ballots) for unit, ballots in chances)
    return _reaching(shape, chances)


def _reaching(shape: _Shape, chances) -> Real:
    """Probability that nobody blocks and the count is reached: convolution over the units."""
    units = [
        [
            (sum(shape.worth(m, b) for m in unit), chance)
            for b, chance in ballots
            if not any(b in shape.blocks[m] for m in unit)
        ]
        for unit, ballots in chances
    ]
    units, scale = _whole_numbers(units)
    by_total, least = _convolve(units)
    found = sum(by_total[max(0, shape.need - least) :]) / scale
    if shape.asks_for_a_vote:
        found -= _nobody_votes(chances)
    return min(1.0, max(0.0, found)) if isinstance(found, float) else found


def _whole_numbers(units):
    """Clear the denominators of exact fractions, which makes the convolution fast."""
    if any(isinstance(chance, float) for unit in units for _, chance in unit):
        return units, 1
    scale, scaled = Fraction(1), []
    for unit in units:
        common = lcm(*(Fraction(chance).denominator for _, chance in unit))
        scaled.append([(worth, int(chance * common)) for worth, chance in unit])
        scale *= common
    return scaled, scale


def _convolve(units: list[list[tuple[int, Real]]]) -> tuple[list[Real], int]:
    """Return chances by total, as a list, and the total that its first place stands for."""
    chances: list[Real] = [1]
    least = 0
    for unit in units:
        if not unit:
            return [0], 0
        low, high = min(w for w, _ in unit), max(w for w, _ in unit)
        grown: list[Real] = [0] * (len(chances) + high - low)
        for worth, chance in unit:
            shift = worth - low
            for place, value in enumerate(chances):
                grown[place + shift] += value * chance
        chances, least = grown, least + low
    return chances, least


def _nobody_votes(chances) -> Real:
    return prod(sum(c for b, c in ballots if b not in (YES, NO)) for _, ballots in chances)


def _unblocked(shape: _Shape, unit, ballots) -> Real:
    return sum(c for b, c in ballots if not any(b in shape.blocks[m] for m in unit))


def _groups(blocs: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Blocs as codes; a text among them is a bloc of one."""
    if isinstance(blocs, str) or not isinstance(blocs, Iterable):
        raise MembershipError(say("institutions.power.groups", given=blocs))
    return tuple(codes(bloc) for bloc in blocs)


def _units(body: Body, blocs: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    seated, units = set(body.members), []
    placed: set[str] = set()
    for bloc in _groups(blocs):
        unit = tuple(m for m in bloc if m in seated)
        if placed & set(unit):
            raise MembershipError(say("institutions.power.blocs", state=min(placed & set(unit))))
        placed |= set(unit)
        units += [unit] if unit else []
    return units + [(m,) for m in body.members if m not in placed]


def _shares(otherwise: Mapping[str, Real] | str) -> dict[str, Real]:
    """Return the shares of the ballots that stand for "not yes", each from 0 up, 1 in all."""
    if isinstance(otherwise, str):
        otherwise = {otherwise: 1}
    if not isinstance(otherwise, Mapping) or not set(otherwise) <= set(BALLOTS) - {YES}:
        raise BallotError(say("institutions.power.otherwise"))
    shares = dict(otherwise)
    proper = all(isinstance(share, Real) and share >= 0 for share in shares.values())
    if not proper or abs(sum(shares.values()) - 1) > 1e-9:
        raise BallotError(say("institutions.power.otherwise"))
    return shares


def _distribution(unit, p, shares) -> list[tuple[str, Real]]:
    yes = p if isinstance(p, Real) else sum(p[m] for m in unit) / len(unit)
    return [(YES, yes), *((b, (1 - yes) * share) for b, share in shares.items() if share)]


def _check_chances(body: Body, p: object) -> None:
    """Refuse what gives no probability for each member."""
    if isinstance(p, Mapping):
        body.check(*codes(p))
        left = [m for m in body.members if m not in p]
        if left:
            raise BallotError(say("institutions.power.missing", who=names(left)))
    for value in p.values() if isinstance(p, Mapping) else (p,):
        if not isinstance(value, Real) or not 0 <= value <= 1:
            raise BallotError(say("institutions.power.p", p=value))


@dataclass(frozen=True)
class Chance:
    """How likely a body is to act at one p, by blocs and with everyone alone.

    Attributes
    ----------
    p : number
        Probability of a yes, for each bloc or State.
    by_blocs, alone : number
        Probability of adoption.
    blocs : tuple of tuples of str
        The blocs used.
    """

    p: Real
    by_blocs: Real
    alone: Real
    blocs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """Two figures and what they are not."""
        return say(
            "institutions.power.chance",
            p=float(self.p),
            by_blocs=float(self.by_blocs),
            alone=float(self.alone),
        )


def chance(
    body: Body,
    p: Real,
    groups: Iterable[Iterable[str]] | None = None,
    otherwise: Mapping[str, Real] | str = NO,
    excluded: Iterable[str] = (),
) -> Chance:
    """Return both probabilities, correlated by blocs first.

    Parameters
    ----------
    body, p, otherwise, excluded :
        As in `probability`.
    groups : iterable of groups of members, optional
        The blocs; left out, the alliances on the body's day.
    """
    if groups is None:
        groups = blocs(body.on, body.members) if body.on else ()
    units = _groups(groups)
    return Chance(
        p,
        probability(body, p, units, otherwise, excluded),
        probability(body, p, (), otherwise, excluded),
        units,
    )


def curve(body: Body, blocs: Iterable[Iterable[str]] = (), points: int = 21, **options):
    """Return pairs (p, probability of acting) for p from 0 to 1, for a chart.

    Parameters
    ----------
    body, blocs, options :
        As in `probability`.
    points : int
        Number of pairs, at least 2.
    """
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise InstitutionError(say("institutions.power.points", points=points))
    groups = _groups(blocs)
    steps = [i / (points - 1) for i in range(points)]
    return [(p, probability(body, p, groups, **options)) for p in steps]


def blocs(on: str, members: Iterable[str] | None = None) -> list[tuple[str, ...]]:
    """Return the alliances of a day as blocs: NATO; the EU outside NATO; the CSTO (or CST).

    Parameters
    ----------
    on : str
        The day.
    members : iterable of str, optional
        Keep only these.
    """
    on = as_day(on).isoformat()
    kept = None if members is None else set(codes(members))
    placed: set[str] = set()
    found = []
    for organisation in ("NATO", "EU", "CSTO" if on >= "2002-10-07" else "CST"):
        try:
            seated = data.members(organisation, on)
        except data.DataError:
            continue
        bloc = tuple(m for m in seated if m not in placed and (kept is None or m in kept))
        placed |= set(bloc)
        found += [bloc] if len(bloc) > 1 else []
    return found


# Stopping a decision


@dataclass(frozen=True)
class Blocking:
    """One way to stop a decision.

    Attributes
    ----------
    how : str
        "no", "withholding a yes" or "staying away".
    size : int
        Members needed; no fewer are enough in this way.
    pool : tuple of str
        Those among whom they are found.
    count : int
        Number of such smallest groups.
    """

    how: str
    size: int
    pool: tuple[str, ...]
    count: int

    @property
    def text(self) -> str:
        """One sentence."""
        key = f"institutions.power.{self.how}"
        return count(key, self.count, size=self.size, pool=len(self.pool))


_WAYS = (("voting no", NO), ("withholding a yes", ABSTAIN), ("staying away", ABSENT))


def blocking(body: Body, excluded: Iterable[str] = ()) -> tuple[Blocking, ...]:
    """Return the smallest ways to stop a decision that all others want.

    Parameters
    ----------
    body : Body
        The body and its options.
    excluded : iterable of str
        Votes left out; they can't stop anything.

    Returns
    -------
    tuple of Blocking
        For each way (voting no, withholding a yes, staying away) the lone blockers if there are
        any, and the smallest groups of the others.
    """
    shape = _shape(body, excluded)
    found = []
    for how, ballot in _WAYS:
        lone = tuple(m for m in shape.members if ballot in shape.blocks[m])
        if lone:
            found.append(Blocking(how, 1, lone, len(lone)))
        group = _group(shape, ballot, [m for m in shape.members if m not in lone])
        if group:
            size, pool = group
            found.append(Blocking(how, size, pool, comb(len(pool), size)))
    return tuple(found)


def _group(shape: _Shape, ballot: str, candidates: list[str]) -> tuple[int, tuple[str, ...]] | None:
    """Fewest of the candidates whose ballot keeps the count below what is needed."""
    if shape.need is None:
        return None
    losses = {m: shape.worth(m, YES) - shape.worth(m, ballot) for m in candidates}
    pool = tuple(m for m in candidates if losses[m])
    spare = sum(shape.worth(m, YES) for m in shape.members) - shape.need
    lost = 0
    for size, member in enumerate(sorted(pool, key=lambda m: -losses[m]), start=1):
        lost += losses[member]
        if lost > spare:
            return size, pool
    if shape.asks_for_a_vote and ballot != NO:
        return len(shape.members), shape.members  # with nobody voting there is no majority
    return None


def smallest_boycott(body: Body, excluded: Iterable[str] = ()) -> int | None:
    """Return how many members must stay away to make a decision impossible; None if they can't.

    Parameters
    ----------
    body : Body
        The body and its options.
    excluded : iterable of str
        Votes left out.
    """
    ways = [way.size for way in blocking(body, excluded) if way.how == "staying away"]
    return min(ways, default=None)


# Voting power, yes or no


@dataclass(frozen=True)
class Power:
    """What one vote is worth when everyone votes yes or no.

    Attributes
    ----------
    member : str
        Code.
    banzhaf : Fraction
        Probability that the vote decides, if all others toss coins (Penrose-Banzhaf, absolute).
    banzhaf_share : Fraction
        The same, scaled so that all add up to 1.
    shapley_shubik : Fraction
        Share of the orders of voting in which the member's yes is the one that decides.
    prevent, initiate : Fraction
        Coleman: share of the decisions that its leaving would undo, and of the failures that its
        joining would turn.
    """

    member: str
    banzhaf: Fraction
    banzhaf_share: Fraction
    shapley_shubik: Fraction
    prevent: Fraction
    initiate: Fraction


def voting_power(body: Body, excluded: Iterable[str] = ()) -> tuple[Power, ...]:
    """Return the voting power of every member under the yes-or-no game of the rule.

    Closed forms: with v members who can block and m others, of whom r must say yes, a blocker
    decides whenever all blockers and at least r others agree, another decides when all blockers and
    exactly r-1 of the rest do.

    Parameters
    ----------
    body : Body
        The body and its options.
    excluded : iterable of str
        Votes left out: they have no power.
    """
    shape = _shape(body, excluded)
    game = _game(shape)
    return tuple(_power(member, *game, shape) for member in shape.members)


def ability_to_act(body: Body, excluded: Iterable[str] = ()) -> Fraction:
    """Return Coleman's power of a collectivity to act: the share of all yes-no votes that adopt."""
    game = _game(_shape(body, excluded))
    return Fraction(_winning(*game[:3]), 2 ** (game[0] + game[1]))


def _game(shape: _Shape) -> tuple[int, int, int]:
    """Return (blockers, others who count, yes votes that the others must give)."""
    blockers = [m for m in shape.members if NO in shape.blocks[m]]
    weights = {m: shape.worth(m, YES) - shape.worth(m, NO) for m in shape.members}
    others = [m for m in shape.members if m not in set(blockers) and weights[m]]
    if shape.need is None:
        return len(blockers), 0, 0
    unit = next((w for w in weights.values() if w), 0)
    if any(w not in (0, unit) for w in weights.values()):
        raise InstitutionError(say("institutions.power.weights"))
    lacking = shape.need - sum(shape.worth(m, NO) for m in shape.members)
    needed = -(-lacking // unit) if unit else 0
    from_blockers = sum(1 for m in blockers if weights[m])
    return len(blockers), len(others), max(0, needed - from_blockers)


@lru_cache(maxsize=256)
def _winning(v: int, m: int, r: int) -> int:
    """Number of winning coalitions among the members who count."""
    return sum(comb(m, j) for j in range(r, m + 1))


@lru_cache(maxsize=256)
def _values(v: int, m: int, r: int, blocker: bool) -> tuple[Fraction, ...]:
    """Return the five measures of a blocker or of another member who counts."""
    n, winning = v + m, _winning(v, m, r)
    pivot = Fraction(comb(m - 1, r - 1), n * comb(n - 1, v + r - 1)) if m and r else Fraction(0)
    swings_blocker = winning if v else 0
    swings_other = comb(m - 1, r - 1) if m and r else 0
    swings = swings_blocker if blocker else swings_other
    total = v * swings_blocker + m * swings_other
    ballots = 2**n
    return (
        Fraction(swings, 2 ** (n - 1)),
        Fraction(swings, total) if total else Fraction(0),
        (1 - m * pivot) / v if blocker else pivot,
        Fraction(swings, winning) if winning else Fraction(0),
        Fraction(swings, ballots - winning) if ballots > winning else Fraction(0),
    )


def _power(member: str, v: int, m: int, r: int, shape: _Shape) -> Power:
    blocker = NO in shape.blocks[member]
    counts = shape.need is not None and shape.worth(member, YES) != shape.worth(member, NO)
    if not blocker and not counts:
        return Power(member, *(Fraction(0),) * 5)
    return Power(member, *_values(v, m, r, blocker))


# Voting power with abstention


@dataclass(frozen=True)
class TernaryPower:
    """What one vote is worth when everyone votes yes, no or abstains.

    Attributes
    ----------
    member : str
        Code.
    banzhaf : Fraction
        Probability that changing from yes to no would turn the outcome, if all others choose among
        the three at random.
    shapley_shubik : Fraction
        Probability that, in a roll-call in random order with random answers, the outcome is settled
        by this member's answer.
    """

    member: str
    banzhaf: Fraction
    shapley_shubik: Fraction


_THREE = (YES, ABSTAIN, NO)


def ternary_power(body: Body, excluded: Iterable[str] = ()) -> tuple[TernaryPower, ...]:
    """Return voting power with abstention as a third choice (Felsenthal and Machover).

    Made for the Security Council, where treating an abstention as a no would turn it into a veto.

    Parameters
    ----------
    body : Body
        The body and its options.
    excluded : iterable of str
        Votes left out.
    """
    shape = _shape(body, excluded)
    if shape.asks_for_a_vote:
        raise InstitutionError(say("institutions.power.ternary"))
    groups = shape.groups(_THREE)
    sizes = [len(group) for group in groups]
    spreads = [_spreads(shape, group[0], len(group)) for group in groups]
    shares = _open_shares(shape, groups, spreads)
    values = {}
    for index, group in enumerate(groups):
        value = (
            _ternary_banzhaf(shape, groups, spreads, index),
            _roll_call(sizes, shares, index),
        )
        values.update(dict.fromkeys(group, value))
    return tuple(TernaryPower(m, *values[m]) for m in shape.members)


def _spreads(shape: _Shape, member: str, many: int) -> list[dict[int, int]]:
    """Ways in which 0, 1, ... `many` members like this one reach each total without blocking."""
    worths = [shape.worth(member, b) for b in _THREE if b not in shape.blocks[member]]
    spreads: list[dict[int, int]] = [{0: 1}]
    for _ in range(many):
        grown: dict[int, int] = defaultdict(int)
        for total, ways in spreads[-1].items():
            for worth in worths:
                grown[total + worth] += ways
        spreads.append(dict(grown))
    return spreads


def _join(parts: Iterable[dict[int, int]]) -> dict[int, int]:
    totals = {0: 1}
    for part in parts:
        grown: dict[int, int] = defaultdict(int)
        for (a, x), (b, y) in product(totals.items(), part.items()):
            grown[a + b] += x * y
        totals = grown
    return totals


def _ternary_banzhaf(shape: _Shape, groups, spreads, index: int) -> Fraction:
    """Share of the others' answers for which a yes passes and a no fails."""
    member = groups[index][0]
    others = _join(s[len(s) - 1 - (i == index)] for i, s in enumerate(spreads))

    def passing(ballot: str) -> int:
        if ballot in shape.blocks[member]:
            return 0
        need = (shape.need or 0) - shape.worth(member, ballot)
        return sum(ways for total, ways in others.items() if total >= need)

    return Fraction(passing(YES) - passing(NO), 3 ** (len(shape.members) - 1))


def _roll_call(sizes, open_shares, index: int) -> Fraction:
    """Average, over positions k, of "open before this answer" minus "open after it"."""
    n = sum(sizes)
    total = Fraction(0)
    for called, (still_open, answers) in open_shares.items():
        k = sum(called)
        before = Fraction(_chosen(sizes, called, index, False), comb(n - 1, k)) if k < n else 0
        after = Fraction(_chosen(sizes, called, index, True), comb(n - 1, k - 1)) if k else 0
        total += Fraction(still_open, answers) * (before - after)
    return total / n


def _open_shares(shape: _Shape, groups, spreads) -> dict[tuple[int, ...], tuple[int, int]]:
    """For each number of members called per group: answers that leave the outcome open, of all.

    The outcome is open while an all-yes rest would adopt and an all-no rest would not.
    """
    shares = {}
    for called in product(*(range(len(group) + 1) for group in groups)):
        rest = [(g[0], len(g) - k) for g, k in zip(groups, called, strict=True)]
        can_block = any(many and NO in shape.blocks[m] for m, many in rest)
        at_least = (shape.need or 0) - sum(many * shape.worth(m, YES) for m, many in rest)
        settled = (shape.need or 0) - sum(many * shape.worth(m, NO) for m, many in rest)
        totals = _join(spread[k] for spread, k in zip(spreads, called, strict=True))
        still_open = sum(
            ways for t, ways in totals.items() if t >= at_least and (can_block or t < settled)
        )
        if still_open:
            shares[called] = (still_open, 3 ** sum(called))
    return shares


def _chosen(sizes, called, index: int, present: bool) -> int:
    """Ways to choose who was called, with one given member of group `index` among them or not."""
    ways = 1
    for i, (size, k) in enumerate(zip(sizes, called, strict=True)):
        if i != index:
            ways *= comb(size, k)
        elif present:
            ways *= comb(size - 1, k - 1) if k else 0
        else:
            ways *= comb(size - 1, k) if k < size else 0
    return ways
