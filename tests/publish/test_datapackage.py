"""Writing the record: what goes in comes out typed, and the description follows the schemas."""

import json
import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import data
from course.publish import datapackage

FIELDS = [
    {"name": "id", "type": "string", "description": "Key"},
    {"name": "year", "type": "year", "description": "Year", "unit": "years"},
    {"name": "share", "type": "number", "description": "Share"},
    {"name": "open", "type": "boolean", "description": "Open"},
    {"name": "day", "type": "date", "description": "Day"},
    {"name": "actors", "type": "list", "delimiter": ";", "description": "Actors"},
    {"name": "paragraphs", "type": "list", "itemType": "integer", "description": "Paragraphs"},
]
WORDS = st.text("abcČ, \"'|\nNA", min_size=1).map(str.strip).filter(bool)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": WORDS,
            "year": st.none() | st.integers(1900, 2030),
            "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "open": st.none() | st.booleans(),
            "day": st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1)),
            "actors": st.lists(WORDS, max_size=3).map(tuple),
            "paragraphs": st.lists(st.integers(1, 67), max_size=3).map(tuple),
        }
    ),
    unique_by=lambda row: row["id"],
    max_size=8,
)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """An empty package with the schemas of two tables, `first` and `second`."""
    folder = tmp_path_factory.mktemp("package") / "data"
    (folder / "schemas").mkdir(parents=True)
    for name in ("first", "second"):
        schema = {
            "title": f"The {name} table",
            "description": "A table.",
            "licenses": [{"title": "CC0"}],
            "fields": FIELDS,
            "primaryKey": ["id"],
        }
        (folder / "schemas" / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
    shutil.copy(data.root() / "schemas" / "citations.json", folder / "schemas")
    sources = [{"id": "who-1999", "custom": {"aliases": ["who-99"]}}, {"id": "other-2001"}]
    (folder / "sources.json").write_text(json.dumps(sources), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_DATA", str(folder))
        yield folder


@given(rows=ROWS)
def test_rows_come_back_as_they_went_in_sorted_by_key(package, rows):
    datapackage.write_table("first", rows)
    assert data.rows("first") == sorted(rows, key=lambda row: row["id"])


def test_sources_keep_their_order_and_go_by_the_id_in_use(package):
    datapackage.write_table("first", [{"id": "a", "source_ids": ["who-99", "other-2001"]}])
    datapackage.write_table("second", [{"id": "b", "source_ids": ["other-2001", "who-1999"]}])
    assert _cited(package) == [
        "first,a,who-1999",
        "first,a,other-2001",
        "second,b,other-2001",
        "second,b,who-1999",
    ]


def test_writing_a_table_again_replaces_its_citations_and_no_others(package):
    datapackage.write_table("first", [{"id": "a", "source_ids": ["who-1999"]}])
    datapackage.write_table("second", [{"id": "b", "source_ids": ["who-1999"]}])
    datapackage.write_table("first", [{"id": "c", "source_ids": []}])
    assert _cited(package) == ["second,b,who-1999"]


def _cited(package):
    return (package / "tables" / "citations.csv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("first", [{"id": "a", "colour": "red"}], "no field"),
        ("first", [{"id": "a"}, {"id": "a"}], "stands twice"),
        ("first", [{"id": ""}], "empty part of its key"),
        ("third", [], "no schema"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_a_reason(package, name, rows, words):
    before = {path: path.read_bytes() for path in package.rglob("*.csv")}
    with pytest.raises(ValueError, match=words):
        datapackage.write_table(name, rows)
    assert {path: path.read_bytes() for path in package.rglob("*.csv")} == before


def test_the_check_fails_when_a_schema_has_moved_on(package, capsys):
    datapackage.write_table("first", [{"id": "a"}])
    datapackage.write_table("second", [{"id": "a"}])
    assert datapackage.main(["--no-validate"]) == 0
    assert datapackage.main(["--check", "--no-validate"]) == 0
    path = package / "schemas" / "first.json"
    told = path.read_text("utf-8")
    try:
        path.write_text(told.replace("The first table", "Renamed"), encoding="utf-8")
        data._schema.cache_clear()
        assert datapackage.main(["--check", "--no-validate"]) == 1
        assert "has drifted" in capsys.readouterr().err
    finally:
        path.write_text(told, encoding="utf-8")
        data._schema.cache_clear()


def test_the_dictionary_names_units_and_licences(package):
    datapackage.write_table("first", [{"id": "a"}])
    page = datapackage.dictionary()
    assert "Year (unit: years)" in page
    assert "licence: CC0" in page
    assert "1 rows" not in page and "1 row " in page
