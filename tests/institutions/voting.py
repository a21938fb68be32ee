"""Small bodies and ballots for the tests of this folder."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from course.institutions import BALLOTS, BODIES, body

FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")
OTHERS = ("XAA", "XAB", "XAC", "XAD", "XAE", "XAF")
SMALL = OTHERS[:5]

FEW = settings(max_examples=max(10, settings.default.max_examples // 8))
"""For properties that are tried on every body: fewer examples each."""


def small(name, **options):
    """Return a body small enough to try everything: eleven seats in the Council, else five."""
    members = (*FIVE, *OTHERS) if name.startswith("UNSC") else SMALL
    return body(name, members=members, **options)


def left_out(name):
    """Return as many members as the rule must leave out, or one where it may."""
    least, most = BODIES[name].excludes
    members = FIVE if name.startswith("UNSC") else SMALL
    return members[: max(least, min(most, 1))]


def all_variants():
    """Return every body with every single choice of its options, as (name, options)."""
    from course.institutions import options_of

    variants = []
    for name in BODIES:
        variants.append((name, {}))
        for option in options_of(name):
            for choice in option.choices:
                if choice != option.default:
                    variants.append((name, {option.name: choice}))
    return variants


VARIANTS = all_variants()


def ids(variant):
    name, options = variant
    return " ".join([name, *(f"{k}={v}" for k, v in options.items())])


def ballots(where):
    """Draw one ballot for each member."""
    kinds = st.sampled_from(BALLOTS)
    return st.fixed_dictionaries(dict.fromkeys(where.members, kinds))


ABLE = [v for v in VARIANTS if v[0] not in ("OSCE:berlin", "OSCE:moscow-6", "OSCE:moscow-10")]
"""Those that five members are enough to set in motion."""
