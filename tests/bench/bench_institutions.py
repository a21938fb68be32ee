"""Measure the institutions: exact power and probability, growth with size, batch against one by one.

`measure()` returns figures with their targets; run as a script to see them, with the growth as a
small plot in text.
"""

from __future__ import annotations

import math
import sys
import time

from course.institutions import BODIES, body, scenario, scenarios
from course.institutions.batch import decide, decode, sample
from course.institutions.power import blocking, probability, ternary_power, voting_power

DAY = "2008-08-08"
SIZES = (14, 28, 57, 114, 228, 456)
VOTES = 1_000_000


def _seconds(call, repeats=7):
    """Return the best processor time of one call, which other work on the machine does not touch."""
    call()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def _codes(size):
    return [f"X{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(size)]


def _full(name, size=57):
    """Return a body with 57 voters (15 in the Council, 27 in the Union, whose sizes are fixed)."""
    if name == "EU" or name.startswith("UNSC"):
        return body(name, on=DAY)
    return body(name, members=_codes(size))


def _row(name, value, unit, target=None):
    return {"name": name, "value": round(value, 4), "unit": unit, "target": target}


def slowest():
    """Return the slowest exact computation over all bodies, in milliseconds."""
    rows = []
    for name in BODIES:
        where = _full(name)
        out = where.members[: BODIES[name].excludes[0]]
        groups = [where.members[:20], where.members[20:30]]
        rows += [
            (_seconds(lambda w=where, o=out: voting_power(w, o)), f"voting power, {name}"),
            (
                _seconds(lambda w=where, o=out: probability(w, 0.9, excluded=o)),
                f"probability, {name}",
            ),
            (
                _seconds(lambda w=where, o=out, g=groups: probability(w, 0.9, g, excluded=o)),
                f"probability by blocs, {name}",
            ),
            (_seconds(lambda w=where, o=out: blocking(w, o)), f"blocking, {name}"),
        ]
    return max(rows)


def growth(call):
    """Return pairs (size, seconds) and the exponent between the last two sizes."""
    points = [
        (n, _seconds(lambda n=n: call(body("OSCE:berlin", members=_codes(n))), 5)) for n in SIZES
    ]
    (n1, t1), (n2, t2) = points[-2:]
    return points, math.log(t2 / t1) / math.log(n2 / n1)


def batch(name):
    """Return how many times faster a million votes are than one by one, and whether they agree."""
    where = body(name, on=DAY)
    shares = {"yes": 0.9, "no": 0.02, "abstain": 0.04, "absent": 0.02, "silent": 0.02}
    codes = sample(where, VOTES, shares)
    start = time.process_time()
    adopted = decide(where, codes)
    together = time.process_time() - start
    few = 1_000
    votes = [decode(where, row) for row in codes[:few]]
    start = time.process_time()
    alone = [where.decide(vote).adopted for vote in votes]
    one_by_one = (time.process_time() - start) / few * VOTES
    return one_by_one / together, together, alone == adopted[:few].tolist()


def measure() -> list[dict]:
    """Return the figures: name, value, unit, target (a number: at most; ">= N": at least)."""
    worst, what = slowest()
    council = body("UNSC", on="2009-06-15")
    rows = [_row(f"slowest exact computation, 57 voters ({what})", worst * 1e3, "ms", 5)]
    ternary = _seconds(lambda: ternary_power(council))
    rows.append(_row("ternary power, Security Council", ternary * 1e3, "ms", 5))
    for label, call in (
        ("probability", lambda w: probability(w, 0.4)),
        ("voting power", voting_power),
    ):
        _, exponent = growth(call)
        rows.append(_row(f"growth of {label} with n, exponent", exponent, "", 2.1))
    for name in ("UNSC", "OSCE", "EST:extraordinary"):
        ratio, together, same = batch(name)
        rows.append(
            _row(f"a million votes in {name}, against one by one", ratio, "times", ">= 100")
        )
        rows.append(_row(f"a million votes in {name}", together, "s"))
        rows.append(_row(f"the first thousand agree in {name}", int(same), "", ">= 1"))
    rows.append(
        _row("our power against the oracle's, Security Council", _oracle(council), "times", ">= 1")
    )
    rows.append(_row("one decision in the OSCE", _seconds(_decision) * 1e3, "ms"))
    rows.append(_row("all questions of all scenarios", _seconds(_all_questions, 3) * 1e3, "ms"))
    return rows


def _oracle(council):
    """Return how many times faster our indices of the Council are than powerindex's."""
    from powerindex import Game

    def oracle():
        game = Game(39, [7] * 5 + [1] * 10)
        game.calc_banzhaf()
        game.calc_shapley_shubik()

    return _seconds(oracle) / _seconds(lambda: voting_power(council))


def _decision():
    where = body("OSCE", on=DAY)
    where.decide({"RUS": "no"}, default="yes")


def _all_questions():
    for crisis in scenarios():
        for question in scenario(crisis).questions:
            question.decide()


def plot() -> str:
    """Return the growth of the exact computations as bars in text, times relative to n = 14."""
    lines = []
    for label, call in (
        ("probability", lambda w: probability(w, 0.4)),
        ("voting power", voting_power),
    ):
        points, exponent = growth(call)
        lines.append(f"{label}: grows like n^{exponent:.2f}")
        for n, seconds in points:
            bar = "#" * max(1, round(12 * math.log10(1 + seconds * 1e5)))
            lines.append(f"  n={n:4d} {seconds * 1e3:9.3f} ms {bar}")
    return "\n".join(lines)


if __name__ == "__main__":
    for row in measure():
        target = "" if row["target"] is None else f"   (target {row['target']})"
        sys.stdout.write(f"{row['name']}: {row['value']} {row['unit']}{target}\n")
    sys.stdout.write(plot() + "\n")
