"""The decision lab: thin over the model, honest about what was recorded, light on the wire."""

from __future__ import annotations

import json
import re

import pytest

from course import lesson
from course.institutions import OptionError, scenario, scenarios
from course.widgets.decision_lab import DecisionLab
from course.widgets.decisions import Names

LIMIT = 20_000  # bytes over the kernel link for one interaction


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda b, raw: bundles.append(b))
    return bundles


def opened(id):
    view = DecisionLab(id)
    view.live()
    return view


def sent(view, act):
    """Bytes of all synchronised values that `act` changes."""
    total = []
    widgets = [*view.panels, view._grid]
    for widget in widgets:
        widget.observe(lambda c: total.append(len(json.dumps(c["new"]).encode())), widget.keys)
    act()
    return sum(total)


def adopted(view):
    return {r.body.name: r.outcome.adopted for r in view.rows(view.values) if r.outcome is not None}


@pytest.mark.parametrize("id", scenarios())
def test_the_twin_tells_every_question_and_is_the_same_each_time(id):
    view = DecisionLab(id)
    html, text = view.html(), view.text()
    assert (html, text) == (DecisionLab(id).html(), DecisionLab(id).text())
    for question in scenario(id).questions:
        assert question.title in text
    assert html.count("<details") == len(scenario(id).questions)
    assert 'class="c-plate" alt="Rungs of the ladder' in html
    codes = set(scenario(id).names or ())
    assert not [c for c in codes if c in text], "an invented State is shown by its code"


def test_where_no_vote_was_taken_the_view_says_so_and_speaks_in_the_conditional():
    text = DecisionLab("georgia-2008").text()
    row = next(line for line in text.splitlines() if "the text of 8 August" in line)
    assert "No vote was taken" in row and "Would not be adopted" in row
    monitors = next(line for line in text.splitlines() if "OSCE: monitors, 19 August" in line)
    assert "On record" in monitors and re.search(r"\bAdopted\.", monitors)


def test_what_was_not_verified_carries_a_visible_mark():
    view = DecisionLab("georgia-2008")
    flagged = [f for f in scenario("georgia-2008").facts if f.verification == "unverified"]
    assert flagged
    after = view.html().split(flagged[0].text)[1][:60]
    assert "not verified" in after


def test_a_pressed_state_changes_its_ballot_and_is_marked_as_yours():
    view = opened("georgia-2008")
    view.set(proposal="osce-monitors")
    assert adopted(view)["OSCE"]
    view.press("RUS", "no")
    assert not adopted(view)["OSCE"]
    assert view._grid.ballots["RUS"] == ["no", "yours"]
    assert "Russia: no." in view.values["said"]
    assert "OSCE Permanent or Ministerial Council now does not adopt" in view.values["said"]
    view.press("RUS", "yes")
    assert view._grid.ballots["RUS"] == ["yes", "assumed"], "the ballot of the record is back"


def test_recorded_assumed_and_unread_stay_apart():
    view = opened("kosovo-1999-june")
    origins = {code: origin for code, (_, origin) in view._grid.ballots.items()}
    assert origins["CHN"] == "recorded" and origins["AUT"] == "unread"
    view.set(proposal="nato-suspension")
    assert view._grid.ballots["GRC"][1] == "assumed"


def test_a_bloc_and_one_state_by_search():
    view = opened("georgia-2008")
    view.set(brush="absent")
    view.set(bloc="NATO")
    assert {view._grid.ballots[s][0] for s in ("DEU", "USA", "TUR")} == {"absent"}
    assert view.values["bloc"] == ""
    view.set(brush="yes")
    view.set(find="Belar")
    assert view._grid.ballots["BLR"] == ["yes", "yours"]
    view.set(find="Uzbekistn")
    assert "did you mean Uzbekistan?" in view.values["said"]
    view.set(reset=1)
    assert "yours" not in {origin for _, origin in view._grid.ballots.values()}


def test_another_day_and_a_day_that_is_none():
    view = opened("georgia-2008")
    view.set(day="1998-06-01")
    assert len(view._motion(view.values).seats["NATO"].members) == 16
    view.set(day="June 1998")
    assert "is not a day" in view.values["said"]
    assert view.values["day"] == "2008-08-08"


def test_options_of_the_body_chosen_are_offered_and_counted():
    view = opened("kosovo-1999-june")
    assert {c["name"] for c in view._why.controls} >= {"option:abstention"}
    view.set(**{"option:abstention": "blocks"})
    assert not adopted(view)["UNSC"]
    view.set(body="EST:extraordinary")
    assert view.values["option:abstention"] == "harmless", "each body keeps its own answer"


def test_who_names_the_attacker_can_be_chosen():
    view = opened("valley")
    view.set(body="EST:extraordinary")
    assert adopted(view)["EST:extraordinary"]
    view.set(way="nobody")
    assert not adopted(view)["EST:extraordinary"]
    view.set(way="depositary")
    assert [c for c in view._why.controls if c["name"] == "named"]
    view.set(named=["XAJ"])
    assert adopted(view)["EST:extraordinary"]


def test_another_crisis_begins_afresh():
    view = opened("georgia-2008")
    view.press("RUS", "yes")
    view.set(crisis="valley")
    assert view.values["cast"] == {}
    assert view.values["proposal"] == "victims-word"
    assert not [c for c in view._middle.controls if c["name"] == "day"]


@pytest.mark.parametrize("id", ["kosovo-1999", "georgia-2008", "valley"])
def test_one_interaction_stays_light_on_the_wire(id):
    view = opened(id)
    state = view._motion(view.values).everyone[-1]
    assert sent(view, lambda: view.press(state, "no")) <= LIMIT
    assert sent(view, lambda: view.set(body="OSCE")) <= LIMIT
    assert sent(view, lambda: view.set(bloc="everyone")) <= LIMIT


def test_a_wrong_scenario_is_answered_with_the_nearest(shown):
    with pytest.raises(OptionError, match="'valley'"):
        DecisionLab("valey")
    lesson.decision_lab("kosovo-99")
    assert "did you mean 'kosovo-1999'" in shown[-1]["text/plain"]
    lesson.decision_lab(1, 2)
    assert 'decision_lab("georgia-2008")' in shown[-1]["text/plain"]


def test_names_are_found_by_name_beginning_or_code():
    names = Names(scenario("georgia-2008"))
    among = ("AUT", "AUS", "RUS", "GBR", "USA")
    assert names.find("rus", among)[0] == "RUS"
    assert names.find("Russia", among)[0] == "RUS"
    assert names.find("United", among)[1].startswith("“United” fits")
    assert names.say("blocked by RUS and CHN.") == "blocked by Russia and China."
