"""What leaves a session, and what a notebook reads of it."""

import csv
import sqlite3

import pytest

from course import room as package
from course.room import export, scenario, views
from course.room import session as s
from course.room.command import _parser, main, place
from course.room.counting import count
from course.room.reading import keep
from course.room.store import Store, StoreError

CASE = scenario("play")


@pytest.fixture
def events():
    """Eight people, one poll of eight, one of three, one round."""
    made = [s.SessionOpened(at=0, session="x", scenario="play")]
    room = s.replay(CASE, made)

    def act(new):
        nonlocal room
        made.extend(new)
        room = room.after(*new)

    for number in range(8):
        act(room.join(f"person{number}", f"Name{number}", 60.0))
    for stage, voters in (("predict", 8), ("poll-accused", 3)):
        act(room.enter(stage, 120.0))
        act(room.open_round(120.0))
        for number in range(voters):
            choice = "meet" if stage == "predict" else "disagree"
            act(room.cast(f"person{number}", stage, choice, 130.0, f"Reason {number} of {stage}"))
        act(room.close_round(180.0, count))
    act(room.enter("censure", 190.0))
    act(room.open_round(200.0))
    for role, choice in (("arvenia", "yes"), ("belmark", "no")):
        act(room.cast(room.holders(role)[0].id, "censure", choice, 210.0, "=1+1"))
    act(room.close_round(240.0, count))
    return made


def test_tables_say_what_was_decided_and_by_which_rule(events):
    found = export.tables(events)
    chosen = [row for row in found["outcomes"] if row["chosen"]]
    assert [row["adopted"] for row in chosen] == [False]
    assert chosen[0]["blockers"] == "Belmark"
    assert {row["body"] for row in found["outcomes"]} == {
        "EST:conference",
        "EST:extraordinary",
        "OSCE:minus-one",
    }
    assert {r["seat"]: r["ballot"] for r in found["ballots"]} == {
        "Arvenia": "yes",
        "Belmark": "no",
        "Dunmere": "silent",
        "Estaria": "silent",
        "Feyland": "silent",
        "Istermoor": "silent",
    }
    for name, rows in found.items():
        assert all(tuple(row) == export.COLUMNS[name] for row in rows)


def test_a_poll_of_three_leaves_nothing_but_that_it_was_asked(events):
    found = export.tables(events)
    assert {row["stage"] for row in found["polls"]} == {"predict"}
    everything = str(found)
    assert "of poll-accused" not in everything and "Rather disagree" not in everything
    assert "fewer than 5 answered" in everything


def test_no_table_and_no_debrief_names_a_person(events):
    page = views.debrief(events, CASE)
    for text in (str(export.tables(events)), page):
        for number in range(8):
            assert f"person{number}" not in text and f"Name{number}" not in text
    assert "Where the procedure stopped" in page and "blocked by Belmark" in page


def test_reasons_come_in_the_order_of_their_words(events):
    reasons = [r["reason"] for r in export.tables(events)["reasons"] if r["stage"] == "predict"]
    assert reasons == sorted(reasons) and len(reasons) == 8


def test_read_gives_the_same_frames_from_log_file_export_and_kept_file(events, tmp_path):
    live = tmp_path / "live.sqlite"
    store = Store(live)
    store.write(events)
    rows = export.tables(events)
    keep(rows, tmp_path / "kept.sqlite")
    folder = tmp_path / "csv"
    folder.mkdir()
    for name in rows:
        text = "\ufeff" + export.csv_text(name, rows[name])
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    first = package.read(events)
    for source in (live, tmp_path / "kept.sqlite", folder):
        again = package.read(source)
        assert set(again) == set(export.COLUMNS)
        for name in export.COLUMNS:
            if name != "reasons" or source is not folder:
                assert again[name].equals(first[name]), (source, name)
    store.close()
    assert first.polls["count"].sum() == 8
    assert first.outcomes.adopted.dtype == "boolean"
    assert str(first).startswith("<Workshop outcomes: 3")
    with pytest.raises(AttributeError, match="it has outcomes"):
        assert first.names


def test_reading_nothing_is_a_sentence(tmp_path):
    with pytest.raises(StoreError, match="no session"):
        package.read(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("This is no database, it only looks like a file.")
    with pytest.raises(StoreError, match="is no session"):
        package.read(tmp_path / "text.sqlite")
    with pytest.raises(StoreError, match="holds no outcomes.csv"):
        package.read(tmp_path)


def test_csv_is_what_a_spreadsheet_expects(events):
    rows = export.tables(events)["reasons"]
    text = export.csv_text("reasons", rows)
    read = list(csv.DictReader(text.splitlines()))
    assert {r["reason"] for r in read if r["stage"] == "censure"} == {"'=1+1"}


def test_a_damaged_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "live.sqlite"
    path.write_bytes(b"not a database " * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="it was not changed"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_course_is_refused(tmp_path):
    path = tmp_path / "live.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(StoreError, match="newer course"):
        Store(path)


def test_only_this_machine_unless_told_otherwise():
    assert place(_parser().parse_args([]), {}) == ("127.0.0.1", 8899, "/")
    assert place(_parser().parse_args(["--lan", "--port", "9"]), {}) == ("0.0.0.0", 9, "/")
    hub = {
        "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:10101",
        "JUPYTERHUB_SERVICE_PREFIX": "/services/room/",
    }
    assert place(_parser().parse_args([]), hub) == ("127.0.0.1", 10101, "/services/room/")


def test_erase_removes_the_session_and_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_ROOM", str(tmp_path))
    assert main(["--erase"]) == 0
    assert "no session" in capsys.readouterr().out
    Store(tmp_path / "live.sqlite").close()
    assert main(["--erase"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_a_sentence(tmp_path, monkeypatch, capsys):
    import socket

    monkeypatch.setenv("COURSE_ROOM", str(tmp_path))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert main(["--port", str(other.getsockname()[1])]) == 1
    assert "is in use" in capsys.readouterr().err
