"""The data layer: typed rows without pandas, typed tables with it, and who belonged when."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import data

BODIES = [row["organisation"] for row in data.rows("organisations")]


def _package(folder, cells, fields, key):
    """Write a package of one table, `t`, into a folder."""
    (folder / "tables").mkdir()
    (folder / "schemas").mkdir()
    schema = {"title": "T", "description": "T.", "fields": fields, "primaryKey": key}
    (folder / "schemas" / "t.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "tables" / "t.csv").write_text(cells, encoding="utf-8")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in which every type occurs, with and without gaps."""
    kinds = "string integer number boolean date list".split()
    fields = [{"name": f"a_{kind}", "type": kind} for kind in kinds]
    fields.append({"name": "numbers", "type": "list", "itemType": "integer"})
    cells = (
        "a_string,a_integer,a_number,a_boolean,a_date,a_list,numbers\n"
        "NA,7,1.5,true,1999-03-24,x;y,10;14\n"
        "null,,,,,,\n"
    )
    _package(tmp_path, cells, fields, ["a_string"])
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path


def test_rows_are_typed_and_an_empty_cell_is_none(package):
    full, empty = data.rows("t")
    assert full == {
        "a_string": "NA",
        "a_integer": 7,
        "a_number": 1.5,
        "a_boolean": True,
        "a_date": date(1999, 3, 24),
        "a_list": ("x", "y"),
        "numbers": (10, 14),
    }
    assert empty["a_string"] == "null"
    assert empty["a_list"] == empty["numbers"] == ()
    assert all(empty[name] is None for name in ("a_integer", "a_number", "a_boolean", "a_date"))


def test_table_keeps_the_text_na_and_types_its_columns(package):
    frame = data.table("t")
    assert list(frame["a_string"]) == ["NA", "null"]
    assert {head: str(kind) for head, kind in frame.dtypes.items()} == {
        "a_string": "str",
        "a_integer": "Int64",
        "a_number": "float64",
        "a_boolean": "boolean",
        "a_date": "datetime64[s]",
        "a_list": "object",
        "numbers": "object",
    }
    assert frame["a_date"].isna().tolist() == [False, True]


def test_a_table_without_rows_still_has_its_columns(tmp_path, monkeypatch):
    _package(tmp_path, "a,b\n", [{"name": n, "type": "string"} for n in "ab"], ["a"])
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert data.rows("t") == []
    assert list(data.table("t").columns) == ["a", "b"]


@pytest.mark.parametrize("name", data.names())
def test_rows_and_table_say_the_same(name):
    rows, frame = data.rows(name), data.table(name)
    assert len(rows) == len(frame)
    for head, column in frame.items():
        for row, value in zip(rows, column, strict=True):
            told = row[head]
            if told is None:
                assert pandas.isna(value)
            elif isinstance(told, date):
                assert value.date() == told
            else:
                assert value == told


def test_changing_a_row_or_a_frame_does_not_change_the_record():
    data.rows("organisations")[0]["name"] = "changed"
    frame = data.table("organisations")
    frame.loc[0, "name"] = "changed"
    assert "changed" not in {row["name"] for row in data.rows("organisations")}
    assert "changed" not in set(data.table("organisations")["name"])


def test_rows_members_and_documents_need_the_standard_library_only(root):
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); from course import data; "
        "data.rows('memberships'); data.members('NATO', '1999-03-24'); "
        "data.document('maps/about'); assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-S", "-I", "-c", code], check=True)


def test_rows_carry_their_sources_in_the_order_of_the_link_table():
    linked = {}
    for line in data.rows("citations"):
        linked.setdefault((line["table"], line["row"]), []).append(line["source_id"])
    for row in data.rows("unsc_votes"):
        key = ("unsc_votes", f"{row['document']}|{row['iso3']}")
        assert row["source_ids"] == tuple(linked[key])


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("NATO", "1990-01-01", 16),
        ("NATO", "1999-03-24", 19),
        ("NATO", "2008-08-08", 26),
        ("NATO", "2010-05-01", 28),
        ("OSCE", "1975-08-01", 35),
        ("OSCE", "1998-10-15", 54),
        ("OSCE", "2010-05-01", 56),
        ("UNSC", "1999-03-26", 15),
        ("UNSC", "2009-06-15", 15),
        ("NRC", "2008-08-12", 27),
        ("EU", "2007-01-01", 27),
        ("COE", "2010-05-01", 47),
        ("CSTO", "2010-05-01", 7),
        ("CIS", "2009-08-17", 10),
        ("CIS", "2009-08-18", 9),
        ("WEU", "2000-01-01", 10),
        ("GUAM", "2010-05-01", 4),
    ],
)
def test_members_counts_the_known_sizes(body, day, count):
    assert len(data.members(body, day)) == count


def test_members_takes_a_date_and_answers_in_order():
    assert data.members("NATO", date(1999, 3, 24)) == data.members("NATO", on="1999-03-24")
    assert data.members("CSTO", "2010-05-01") == "ARM BLR KAZ KGZ RUS TJK UZB".split()


def test_a_suspended_seat_is_not_counted_and_comes_back():
    assert "YUG" in data.members("OSCE", "1992-07-07")
    assert "YUG" not in data.members("OSCE", "1992-07-08")
    assert "YUG" not in data.members("OSCE", "2000-11-09")
    assert "YUG" in data.members("OSCE", "2000-11-10")


def test_codes_follow_the_state_that_held_the_seat():
    assert {"SUN", "CSK"} <= set(data.members("OSCE", "1990-12-31"))
    assert not {"DDR", "RUS"} & set(data.members("OSCE", "1990-12-31"))
    assert "SCG" in data.members("OSCE", "2005-01-01")
    assert "SRB" in data.members("OSCE", "2006-06-03")
    assert "SUN" in data.members("UNSC", "1991-12-23")
    assert "RUS" in data.members("UNSC", "1991-12-24")


@given(st.sampled_from(BODIES), st.data())
def test_members_is_the_half_open_reading_of_memberships(body, drawn):
    row = next(r for r in data.rows("organisations") if r["organisation"] == body)
    days = (row["covered_to"] - row["covered_from"]).days
    on = row["covered_from"] + timedelta(drawn.draw(st.integers(0, days)))
    expected = {
        seat["iso3"]
        for seat in data.rows("memberships")
        if seat["organisation"] == body
        and seat["status"] == "member"
        and seat["from_date"] <= on
        and (seat["to_date"] is None or on < seat["to_date"])
    }
    assert data.members(body, on) == sorted(expected)
    assert expected


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: data.members("NATTO", "1999-01-01"), "did you mean 'NATO'"),
        (lambda: data.members("nato", "1999-01-01"), "did you mean 'NATO'"),
        (lambda: data.members("NATO", "1949-04-03"), "covers NATO from 1949-04-04"),
        (lambda: data.members("UNSC", "2011-01-01"), "to 2010-12-31"),
        (lambda: data.members("NATO", "24 March 1999"), "year-month-day"),
        (lambda: data.members("NATO", 1999), "year-month-day"),
        (lambda: data.table("membership"), "did you mean 'memberships'"),
        (lambda: data.rows("zzz"), "known are"),
        (lambda: data.document("source"), "did you mean 'sources'"),
    ],
)
def test_a_wrong_question_gets_one_helpful_sentence(ask, words):
    with pytest.raises(ValueError) as refused:
        ask()
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_documents_are_read_once():
    assert data.document("maps/about") is data.document("maps/about")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: data.table(["events"]),
        lambda: data.rows(["events"]),
        lambda: data.rows(None),
        lambda: data.schema(["events"]),
        lambda: data.document(["sources"]),
        lambda: data.members(["NATO"], "1999-03-24"),
        lambda: data.members("NATO", ["1999-03-24"]),
    ],
)
def test_a_name_that_is_no_text_is_answered_in_one_sentence(ask):
    with pytest.raises(data.DataError, match=r"^[^\n]+[.?]$"):
        ask()


def test_a_fact_without_a_source_is_marked_and_their_number_stands_in_the_dictionary():
    bare = [
        row
        for name in data.names()
        for row in data.rows(name)
        if row.get("source_ids") == () and "verification" in row
    ]
    assert {row["verification"] for row in bare} <= {"unverified"}
    docs = Path(__file__).parents[1] / "docs" / "data.md"
    told = f"{len(bare)} rows of fact name no source" if bare else "Every row of fact names"
    assert told in docs.read_text(encoding="utf-8")
