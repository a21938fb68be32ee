"""The claim desk: one's own verdict first, and what was judged earlier stands there again."""

import pytest

from course import data, record
from course.widgets.claim_desk import TYPES, VERDICTS, ClaimDesk
from course.words import say


@pytest.fixture(autouse=True)
def own_record(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    yield
    record.close()


def test_no_finding_is_shown_before_a_verdict():
    view = ClaimDesk("C039")
    values = view.initial()
    assert "Hina" not in "".join(view.regions(values).values())
    assert "Choose a verdict first" in view.regions(values | {"compare": 1})["record"]
    shown = view.regions(values | {"compare": 1, "verdict": "contested", "type": "legal"})["record"]
    assert "Hina" in shown and "contested, 50 % sure" in shown
    assert "You called it legal; the course files it as factual" in shown


def test_a_verdict_is_kept_in_the_record(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view = ClaimDesk("C039")
    view.show()
    view.set(verdict="contested", confidence=70)
    view.set(compare=1)
    kept = record.verdict("C039")
    assert (kept.verdict, kept.confidence) == ("contested", 70)
    view.set(verdict="contradicted")
    view.set(compare=2)
    assert "Last time you said “contested”" in view.panels[0].region_record


def test_turning_to_the_next_claim_forgets_the_answer(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view = ClaimDesk("C039", "C043")
    view.show()
    view.set(verdict="supported")
    view.set(on=1)
    assert view.values["verdict"] is None and "C043" in view.panels[0].region_claim
    assert view.panels[0].values["verdict"] is None


def test_verdicts_offered_are_verdicts_of_the_record():
    schema = data.schema("verdicts")["fields"]
    allowed = next(f for f in schema if f["name"] == "verdict")["constraints"]["enum"]
    assert set(VERDICTS) <= set(allowed)


JUDGED = {"type": "legal", "verdict": "contested", "confidence": 70, "note": "Two <b>reports</b>."}


def judged(claim="C039", **values):
    """A desk at which a verdict was saved."""
    view = ClaimDesk(claim)
    view.set(**{**JUDGED, **values})
    view.set(compare=1)
    assert say("claims.saved") in view.regions(view.values)["record"]
    record.close()  # as a new kernel finds it
    return view


def held(view):
    return {name: view.values[name] for name in JUDGED}


def test_an_earlier_verdict_stands_at_a_new_desk():
    judged()
    assert held(ClaimDesk("C039")) == JUDGED
    assert ClaimDesk("C043").values["verdict"] is None


def test_an_earlier_verdict_does_not_open_the_record_by_itself():
    judged()
    view = ClaimDesk("C039")
    shown = view.regions(view.values)["record"]
    assert say("claims.earlier") in shown
    assert "Hina" not in shown and say("claims.course") not in shown
    view.set(compare=1)
    shown = view.regions(view.values)["record"]
    assert "Hina" in shown and say("claims.earlier") not in shown


def test_what_is_said_of_an_earlier_verdict_is_translated(pseudo):
    judged()
    view = ClaimDesk("C039")
    assert "⟦" in view.regions(view.values)["record"]
    view.set(compare=1)
    assert "⟦" in view.regions(view.values)["record"]


def test_comparing_again_unchanged_keeps_one_entry_and_a_change_another():
    judged()
    view = ClaimDesk("C039")
    view.set(compare=1)
    assert say("claims.saved") in view.regions(view.values)["record"]
    assert len(record.verdicts()) == 1
    view.set(type="factual")
    view.set(compare=2)
    assert [own.kind for own in record.verdicts()] == ["legal", "factual"]


def test_paging_brings_each_claim_back_as_it_was_judged(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    judged()
    view = ClaimDesk("C043", "C039")
    view.show()
    assert view.values["verdict"] is None
    view.set(on=1)
    assert held(view) == JUDGED
    assert {name: view.panels[0].values[name] for name in JUDGED} == JUDGED
    assert say("claims.earlier") in view.panels[0].region_record
    view.set(back=1)
    assert (view.values["verdict"], view.values["note"]) == (None, "")
    assert say("claims.waiting") in view.panels[0].region_record


def test_what_is_stored_with_a_notebook_is_the_same_with_and_without_a_verdict():
    before = ClaimDesk("C039", "C043")
    html, text, controls = before.html(), before.text(), before.controls()
    untouched = before.initial()
    judged()
    after = ClaimDesk("C039", "C043")
    assert (after.html(), after.text(), after.controls()) == (html, text, controls)
    assert untouched == {
        "type": None, "verdict": None, "confidence": 50, "note": "", "compare": 0, "saved": "",
        "position": 0, "back": 0, "on": 0,
    }  # fmt: skip


def test_a_verdict_in_words_of_another_edition_leaves_the_desk_empty():
    record.save_verdict("C039", "beyond doubt", None, "why", "poetic")
    assert ClaimDesk("C039").values["verdict"] is None
    record.save_verdict("C039", "supported", None, "why", "poetic")
    view = ClaimDesk("C039")
    assert (view.values["type"], view.values["confidence"]) == (None, 50)
    assert view.values["verdict"] == "supported"


def test_a_record_that_cannot_be_read_leaves_the_desk_usable(monkeypatch):
    def refuse(*_):
        raise record.RecordError("Not saved: the file is held.")

    monkeypatch.setattr(record, "verdict", refuse)
    assert ClaimDesk("C039").values["verdict"] is None


def test_every_type_offered_can_be_kept():
    for kind in TYPES:
        record.save_verdict("C039", "supported", 50, "", kind)
        assert ClaimDesk("C039").values["type"] == kind
