"""The treaty simulator: steps of the model, choices marked, chances that are no forecast."""

from __future__ import annotations

import json
import re

import pytest

from course import lesson
from course.charts import decisions as pictures
from course.institutions import OptionError, options_of
from course.institutions.walk import walk, walks
from course.widgets.treaty_simulator import TreatySimulator, _percent

LIMIT = 20_000  # bytes over the kernel link for one interaction


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda b, raw: bundles.append(b))
    return bundles


def opened(id):
    view = TreatySimulator(id)
    view.live()
    return view


def sent(view, act):
    """Bytes of all synchronised values that `act` changes."""
    total = []
    for widget in view.panels:
        widget.observe(lambda c: total.append(len(json.dumps(c["new"]).encode())), widget.keys)
    act()
    return sum(total)


def take(view):
    view.set(take=view.values["take"] + 1)


@pytest.mark.parametrize("id", walks())
def test_the_twin_plays_the_usual_path_and_is_the_same_each_time(id):
    view = TreatySimulator(id)
    html, text = view.html(), view.text()
    assert (html, text) == (TreatySimulator(id).html(), TreatySimulator(id).text())
    assert "At the vote" in text and "not a forecast" in text
    assert html.count('class="c-plate"') == 2, "the strip of Parties and the curves"
    assert not [c for c in walk(id).scenario.names if c in text]


def test_the_steps_are_those_of_the_model():
    view = opened("river")
    taken = []
    while view._played.outcome is None:
        taken.append(view.values["action"])
        take(view)
    assert taken == ["ask", "consult", "hold", "propose", "confer"]
    assert view._played.day == 28
    assert "Day 28, 18 July 2010: Decision not adopted" in view.shown_regions["state"]
    assert "Kelmar stands in the way" in view.shown_regions["state"]
    view.set(back=1)
    assert view._played.outcome is None and view.values["action"] == "confer"
    view.set(again=1)
    assert view._played.day == 0 and view.values["action"] == "ask"


def test_a_choice_that_shuts_the_way_taken_undoes_the_later_steps():
    view = opened("river")
    view.set(run=1)
    view.set(**{"option:supporters": 5})
    assert "the steps after that are undone" in view.values["said"]
    assert view._played.stage == "consultations held"


def test_a_step_that_is_refused_says_why_and_changes_nothing():
    view = opened("river")
    take(view)
    take(view)
    take(view)
    before = view.values["moves"]
    view.set(who="XAT")
    take(view)
    assert "only a participant may propose" in view.values["said"]
    assert "Tarn" in view.values["said"]
    assert view.values["moves"] == before


def test_your_own_ballot_counts_and_the_others_follow_their_positions():
    view = opened("georgia-2008")
    view.set(run=1)
    assert view._played.outcome.adopted
    view.set(you="ARM")
    view.set(yours="no")
    assert view._played.outcome.blockers == ("ARM",)
    assert "No unanimity: Armenia stands in the way." in view.shown_regions["state"]


def test_every_open_choice_is_offered_with_what_the_draft_leaves_open():
    view = opened("valley")
    view.set(all="all")
    labels = {c["name"]: c["label"] for c in view._silent.controls}
    for option in options_of("EST"):
        if option.name != "organisations":
            assert any(
                w in labels[f"option:{option.name}"] for w in ("silent", "blank", "secondary")
            )
    assert "draft silent" in labels["way"]


def test_quorum_and_unanimity_are_told_in_numbers_before_the_vote():
    view = opened("kosovo-1999")
    words = view.shown_regions["state"]
    assert "If it came to a vote now, Extraordinary Conference: 36 of 55 Parties present" in words
    assert "44 needed: 8 too few" in words
    view.set(run=1)
    view.set(**{"option:excluded_in_quorum": "left out"})
    assert "36 of 36 Parties present, 29 needed" in view.shown_regions["state"]
    assert view._played.outcome.adopted


def test_the_record_stands_beside_the_game():
    fact = opened("georgia-2008").shown_regions["fact"]
    assert "19 August 2008" in fact and "recorded vote" in fact
    assert "nothing to compare it with" in opened("valley").shown_regions["fact"]


def test_chances_come_by_blocs_first_and_say_what_they_are_not():
    view = opened("georgia-2008")
    curve = view.shown_regions["curve"]
    assert curve.index("As blocs") < curve.index("Each alone")
    assert "not a forecast" in curve
    before = view.shown_regions["odds"]
    view.set(p=99)
    assert view.shown_regions["odds"] != before
    assert "At 99 %" in view.shown_regions["odds"]


def test_an_article_of_ones_own_is_put_to_four_cases_at_once():
    view = opened("georgia-2008")
    own = view.shown_regions["own"]
    for title in ("Kosovo, March 1999", "Georgia, August 2008", "Tarn valley", "Norrin"):
        assert title in own
    assert "2 of 3 crises" in view.shown_regions["verdict"]
    assert "turned against a State that did nothing" in view.shown_regions["verdict"]
    view.set(**{"own:way": "nobody"})
    assert "no further than share facts" in view.shown_regions["verdict"]


@pytest.mark.parametrize("id", walks())
def test_one_interaction_stays_light_on_the_wire(id):
    view = opened(id)
    while view._played.outcome is None:
        assert sent(view, lambda: take(view)) <= LIMIT
    assert sent(view, lambda: view.set(p=50)) <= LIMIT
    assert sent(view, lambda: view.set(**{"own:quorum": "1/2"})) <= LIMIT
    assert sent(view, lambda: view.set(yours="no")) <= LIMIT


def test_shares_are_never_a_false_zero_or_a_false_certainty():
    told = [_percent(x) for x in (0.0, 1e-9, 0.0027, 0.99999, 1.0)]
    assert told == ["0.0 %", "under 0.1 %", "0.3 %", "over 99.9 %", "100.0 %"]


def test_marks_of_ballots_and_results_differ_without_their_colours():
    for marks in (pictures.BALLOTS, pictures.RESULTS):
        shapes = [re.sub(r"#\w+|currentColor", "", inner) for inner in marks.values()]
        assert len(set(shapes)) == len(shapes)


def test_a_wrong_scenario_is_answered_with_the_nearest(shown):
    with pytest.raises(OptionError, match="'valley'"):
        TreatySimulator("valey")
    lesson.treaty_simulator("georgia-2009")
    assert "is not played" in shown[-1]["text/plain"]
