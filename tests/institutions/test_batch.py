"""Many votes at once give the same answers as one at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from institutions.voting import FEW, VARIANTS, ballots, ids, left_out, small

from course.institutions import BallotError, body
from course.institutions.batch import decide, decode, encode, sample
from course.institutions.power import blocs, probability

variants = pytest.mark.parametrize("variant", VARIANTS, ids=ids)


@variants
@FEW
@given(data=st.data())
def test_a_batch_decides_as_the_body_does(variant, data):
    name, options = variant
    where, out = small(name, **options), left_out(name)
    votes = data.draw(st.lists(ballots(where), min_size=1, max_size=5))
    one_by_one = [where.decide(vote, excluded=out).adopted for vote in votes]
    assert decide(where, encode(where, votes), out).tolist() == one_by_one


def test_a_vote_survives_being_encoded():
    where = small("OSCE")
    vote = dict(zip(where.members, ("yes", "no", "abstain", "absent", "silent"), strict=True))
    assert decode(where, encode(where, [vote])[0]) == vote


def test_more_votes_than_fit_in_one_piece():
    where = body("UNSC", on="2009-06-15")
    codes = sample(where, 10_001, {"yes": 0.9, "no": 0.1})
    adopted = decide(where, codes)
    assert len(adopted) == 10_001
    assert abs(adopted.mean() - probability(where, 0.9)) < 0.03


def test_members_of_a_bloc_cast_one_ballot_and_a_seed_repeats_them():
    where = body("OSCE", on="2008-08-08")
    groups = blocs("2008-08-08")
    codes = sample(where, 200, {"yes": 0.8, "no": 0.2}, groups, seed=7)
    columns = [where.members.index(m) for m in groups[0]]
    assert (codes[:, columns] == codes[:, columns[:1]]).all()
    assert (codes == sample(where, 200, {"yes": 0.8, "no": 0.2}, groups, seed=7)).all()


@pytest.mark.parametrize(
    "codes",
    [np.zeros((3, 2), dtype=np.int8), np.full((3, 5), 9, dtype=np.int8)],
    ids=["columns", "codes"],
)
def test_arrays_that_do_not_fit_are_refused(codes):
    with pytest.raises(BallotError):
        decide(small("OSCE"), codes)


def test_shares_must_add_up():
    with pytest.raises(BallotError, match="add up to 1"):
        sample(small("OSCE"), 3, {"yes": 0.5})
