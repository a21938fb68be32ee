"""``python3 -m course export argument``: files for other tools, sentences for mistakes."""

import importlib
import json

import pytest

from course.argument import ArgumentError
from course.publish import export


def test_the_argument_is_written_as_argdown_by_default(capsys):
    assert export.main(["argument"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("===\ntitle:") and "[C120]:" in text and "[O01]:" in text


def test_the_argument_is_written_as_aif_into_a_file(tmp_path, capsys):
    target = tmp_path / "argument.json"
    assert export.main(["argument", "--format", "aif", "-o", str(target)]) == 0
    assert set(json.loads(target.read_text())) == {"nodes", "edges", "locutions"}
    assert str(target) in capsys.readouterr().out


def test_the_learners_choices_are_written_and_the_rest_held_back(capsys):
    assert export.main(["argument", "--reject", "I02, I11", "--raise", "O01"]) == 0
    text = capsys.readouterr().out
    assert "[O01]:" in text and "[O02]:" not in text
    assert text.count('"choice": "rejected"') == 2


def test_the_learners_version_holds_what_the_record_keeps_of_it(tmp_path, monkeypatch, capsys):
    from course import record
    from course.argument import load
    from course.widgets.argument_map.stance import addition
    from course.widgets.argument_map.view import ADDITION

    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    graph = load().add_objection("The record does not bear this out.", "I02")
    record.save_addition(ADDITION, addition(graph))
    graph = graph.add_rebuttal("It does, in part.", "O01", effect="qualifies")
    record.save_addition(ADDITION, addition(graph))
    assert export.main(["argument", "--learner"]) == 0
    text = capsys.readouterr().out
    assert "[L01]: The record does not bear this out." in text and "-> [I02]" in text
    assert "[L02]: It does, in part." in text and "[O01]:" in text and "[O02]:" not in text
    line = next(line for line in text.splitlines() if line.startswith("[I02]"))
    assert '"label": "falls"' in line
    assert export.main(["argument"]) == 0
    assert "[L01]" not in capsys.readouterr().out


def test_a_record_that_cannot_be_read_is_answered_in_a_sentence(monkeypatch, capsys):
    from course import record

    def unreadable(kind):
        raise record.RecordError("The record was made by a newer course: update this one.")

    monkeypatch.setattr(record, "additions", unreadable)
    assert export.main(["argument", "--learner"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(capsys):
    assert export.main(["essay"]) == 2
    assert "no export 'essay': choose argument" in capsys.readouterr().err
    assert export.main([]) == 2


def test_an_unknown_statement_is_answered_in_a_sentence():
    with pytest.raises(ArgumentError, match="did you mean"):
        export.main(["argument", "--reject", "C12"])


def test_a_place_that_cannot_be_written_is_answered_in_a_sentence(tmp_path, capsys):
    assert export.main(["argument", "-o", str(tmp_path / "none" / "a.argdown")]) == 2
    assert "Choose another file" in capsys.readouterr().err


def test_every_kind_that_is_offered_can_be_run():
    for target in export.KINDS.values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name)), target
