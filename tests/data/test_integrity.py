"""The record holds together: a wrong date, a dead source or a sum that does not add up fails here."""

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from course import data

FIRST, LAST = date(1945, 1, 1), date(2024, 12, 31)
NOTEBOOKS = set("start source europe osce kosovo georgia treaty aftermath conference".split())
VERIFICATIONS = {"seen", "seen_two_sources", "sources_differ", "inferred", "derived", "unverified"}
CODE_FIELDS = {"iso3", "host_iso3", "location", "vetoed_by", "intervening", "states", "shapes"}
AREAS = {"EUROPE", "NATO-EUR", "NATO-EUR-1990"}
# Tables that state no facts of their own: layout, links, and the course's own reading.
STRUCTURE = {"citations", "organisations", "tile_grid"}
MIB = 2**20

TABLES = data.names()
FACTS = [
    name for name in TABLES if "verification" in {f["name"] for f in data.schema(name)["fields"]}
]


def _fields(name, *kinds):
    return [f["name"] for f in data.schema(name)["fields"] if f["type"] in kinds]


def _texts():
    """Yield (where, text) for every text of every table and document of the record."""
    for name in TABLES:
        for row in data.rows(name):
            for field in _fields(name, "string"):
                if row[field]:
                    yield f"{name}.{field}", row[field]
    for path in sorted(data.root().rglob("*.json")):
        if path.parent.name != "schemas" and path.name not in ("datapackage.json", "sources.json"):
            yield from ((path.name, text) for text in _strings(json.loads(path.read_text("utf-8"))))
    for path in sorted(data.root().rglob("*.toml")):
        yield from ((path.name, text) for text in _strings(tomllib.loads(path.read_text("utf-8"))))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


# The package and its schemas


def test_the_package_is_valid_with_unique_keys_and_whole_foreign_keys():
    frictionless = pytest.importorskip("frictionless")
    assert frictionless.__version__
    from course.publish.datapackage import validate

    assert validate() == []


def test_the_description_and_the_dictionary_are_in_step_with_the_schemas():
    from course.publish.datapackage import main

    assert main(["--check", "--no-validate"]) == 0


def test_every_schema_has_a_table_and_every_table_a_schema():
    folder = data.root()
    tables = {path.stem for path in (folder / "tables").glob("*.csv")}
    assert tables == {path.stem for path in (folder / "schemas").glob("*.json")}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_described_to_its_reader(name):
    layout = data.schema(name)
    assert layout["title"] and layout["description"]
    assert layout["licenses"], "each table says under which licence it stands"
    assert all(field.get("description") for field in layout["fields"])


@pytest.mark.parametrize("name", FACTS)
def test_the_rows_of_a_table_lie_in_the_order_of_its_key(name):
    keys = data.schema(name)["primaryKey"]
    file = data.root() / "tables" / f"{name}.csv"
    with open(file, encoding="utf-8", newline="") as lines:
        found = [tuple(line[key] for key in keys) for line in csv.DictReader(lines)]
    assert found == sorted(found)


def test_the_record_stays_small():
    size = sum(path.stat().st_size for path in data.root().rglob("*") if path.is_file())
    assert size < 5 * MIB


# Trust and sources


@pytest.mark.parametrize("name", FACTS)
def test_every_row_of_a_fact_table_says_how_far_it_can_be_trusted(name):
    for row in data.rows(name):
        assert row["verification"] in VERIFICATIONS
        sources = row.get("source_ids", ())
        if row["verification"] != "unverified":
            assert sources, f"{name}: a row that was read names where: {row}"
        if row["verification"] == "seen_two_sources":
            assert len(set(sources)) >= 2, f"{name}: two sources are two: {row}"


def test_every_citation_points_to_a_row_and_to_a_source():
    known = {entry["id"] for entry in data.document("sources")}
    keys = {}
    for name in TABLES:
        head = data.schema(name)["primaryKey"]
        keys[name] = {"|".join(_as_text(row[field]) for field in head) for row in data.rows(name)}
    for line in data.rows("citations"):
        assert line["table"] in keys, line
        assert line["row"] in keys[line["table"]], line
        assert line["source_id"] in known, line


def _as_text(value):
    return value.isoformat() if isinstance(value, date) else str(value)


def _cited_in_documents():
    """Yield every source id named in the JSON and TOML documents and in the notebooks."""
    documents = [
        *(json.loads(path.read_text("utf-8")) for path in data.root().rglob("*.json")
          if path.parent.name != "schemas" and path.name != "sources.json"),
        *(tomllib.loads(path.read_text("utf-8")) for path in data.root().rglob("*.toml")),
    ]  # fmt: skip
    for document in documents:
        yield from _source_ids(document)
    for path in (data.root().parent / "notebooks" / "source").glob("*.py"):
        for cited in re.findall(r"\[@([^\]]+)\]", path.read_text("utf-8")):
            yield from (part.strip(" @") for part in cited.split(";"))


def _source_ids(value):
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("source_ids", "sources") and isinstance(part, list):
                yield from (text for text in part if isinstance(text, str))
            elif key in ("source_id", "source") and isinstance(part, str):
                yield part
            else:
                yield from _source_ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from _source_ids(part)


def test_no_source_is_listed_that_nothing_uses():
    used = {line["source_id"] for line in data.rows("citations")} | set(_cited_in_documents())
    unused = [
        entry["id"]
        for entry in data.document("sources")
        if not {entry["id"], *entry.get("custom", {}).get("aliases", ())} & used
    ]
    assert unused == []


def test_source_ids_are_unique():
    counted = Counter(
        name
        for entry in data.document("sources")
        for name in (entry["id"], *entry.get("custom", {}).get("aliases", ()))
    )
    assert [name for name, times in counted.items() if times > 1] == []


# Words


def test_quoted_phrases_are_short():
    for where, text in _texts():
        if where.endswith(".toml"):  # exercises put invented speech in quotation marks
            continue
        for quoted in re.findall(r"[\"“]([^\"”“]+)[\"”]", text):
            assert len(quoted.split()) <= 15, f"{where}: {quoted}"
    for row in data.rows("indivisibility_texts"):
        assert len((row["quote"] or "").split()) <= 15


def test_the_record_never_repeats_a_run_of_the_article(article_text):
    run = 16

    def words(text):
        return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))

    article = words(article_text)
    held = {tuple(article[i : i + run]) for i in range(len(article) - run + 1)}
    for where, text in _texts():
        own = words(text)
        for i in range(len(own) - run + 1):
            assert tuple(own[i : i + run]) not in held, f"{where}: {text}"


@pytest.mark.parametrize("name", [n for n in TABLES if "paragraphs" in _fields(n, "list")])
def test_paragraphs_exist_in_the_article(name):
    for row in data.rows(name):
        assert all(1 <= number <= 67 for number in map(int, row["paragraphs"])), row


def test_events_name_notebooks_that_exist():
    for row in data.rows("events"):
        assert row["notebooks"] and set(row["notebooks"]) <= NOTEBOOKS, row["id"]


# Dates and codes


@pytest.mark.parametrize("name", [n for n in TABLES if _fields(n, "date")])
def test_dates_lie_in_the_time_the_course_covers(name):
    for row in data.rows(name):
        for field in _fields(name, "date"):
            assert row[field] is None or FIRST <= row[field] <= LAST, (field, row)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("memberships", "from_date", "to_date"),
        ("organisations", "covered_from", "covered_to"),
        ("states", "admission_date", "end_date"),
        ("field_operations", "opened", "closed"),
        ("conflicts", "start", "end"),
        ("arms_control", "signed", "ended"),
        ("arms_control", "suspended", "ended"),
        ("nato_enlargement", "invited", "acceded"),
        ("vienna_documents", "adopted", "in_force"),
    ],
)
def test_nothing_ends_before_it_begins(name, start, end):
    for row in data.rows(name):
        if row[start] and row[end]:
            assert row[start] <= row[end], row


@pytest.mark.parametrize("name", [n for n in TABLES if "precision" in _fields(n, "string")])
def test_the_part_of_a_date_that_is_not_known_is_padded(name):
    for row in data.rows(name):
        if row["precision"] in ("month", "year"):
            assert row["date"].day == 1, row
        if row["precision"] == "year" and name == "events":
            assert row["date"].month == 1, row


@pytest.mark.parametrize(
    "name", [n for n in TABLES if CODE_FIELDS & set(_fields(n, "string", "list"))]
)
def test_every_code_is_one_of_the_states(name):
    known = {row["iso3"] for row in data.rows("states")}
    for row in data.rows(name):
        for field in CODE_FIELDS & set(row):
            codes = row[field] if isinstance(row[field], tuple) else [row[field]]
            assert set(codes) <= known, (field, row)


@pytest.mark.parametrize("name", ["milex", "conflict_deaths"])
def test_every_area_is_a_state_or_a_named_group(name):
    known = {row["iso3"] for row in data.rows("states")} | AREAS
    assert {row["area"] for row in data.rows(name)} <= known


# States and organisations


def test_intervals_of_one_state_in_one_body_do_not_overlap():
    seats = defaultdict(list)
    for row in data.rows("memberships"):
        seats[row["iso3"], row["organisation"]].append((row["from_date"], row["to_date"]))
    for key, intervals in seats.items():
        for (_, end), (start, _) in pairwise(sorted(intervals, key=lambda i: i[0])):
            assert end is not None and end <= start, key


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("OSCE", "1989-12-31", 35),
        ("OSCE", "1990-12-31", 34),
        ("OSCE", "1991-12-31", 38),
        ("OSCE", "2000-12-31", 55),
        ("OSCE", "2006-12-31", 56),
        ("OSCE", "2012-12-31", 57),
        ("NATO", "2004-03-29", 26),
        ("NATO", "2024-03-07", 32),
        ("EU", "1990-01-01", 12),
        ("EU", "1995-01-01", 15),
        ("EU", "2004-05-01", 25),
        ("EU", "2013-07-01", 28),
        ("EU", "2020-02-01", 27),
        ("COE", "1989-12-31", 23),
        ("COE", "1996-12-31", 40),
        ("COE", "2022-12-31", 46),
        ("NRC", "2002-05-28", 20),
        ("EAPC", "1999-04-01", 44),
        ("EAPC", "2010-05-01", 50),
    ],
)
def test_head_counts_agree_with_the_known_sizes(body, day, count):
    assert len(data.members(body, day)) == count


@pytest.mark.parametrize("year", range(1990, 2011))
def test_the_security_council_has_five_permanent_and_ten_elected_members(year):
    council = data.members("UNSC", date(year, 7, 1))
    permanent = {"CHN", "FRA", "GBR", "USA", "SUN" if year < 1992 else "RUS"}
    assert len(council) == 15
    assert permanent <= set(council)


def test_the_participating_states_are_the_members_of_the_osce():
    standing = {row["iso3"] for row in data.rows("states") if row["standing"] == "participating"}
    assert standing == set(data.members("OSCE", "2024-12-31"))
    assert len(standing) == 57
    assert sum(row["original_35"] for row in data.rows("states")) == 35


def test_every_state_that_joined_nato_joined_on_the_same_day_in_both_tables():
    joined = {
        row["iso3"]: row["from_date"]
        for row in data.rows("memberships")
        if row["organisation"] == "NATO"
    }
    for row in data.rows("nato_enlargement"):
        assert row["acceded"] == joined.get(row["iso3"]), row["iso3"]
        assert (row["round"] is None) == (row["acceded"] is None)


# Votes


def test_roll_calls_add_up_to_the_totals():
    counted = defaultdict(Counter)
    for vote in data.rows("unsc_votes"):
        counted[vote["document"]][vote["ballot"]] += 1
    totals = {row["document"]: row for row in data.rows("un_documents")}
    assert counted
    for document, ballots in counted.items():
        row = totals[document]
        assert (ballots["yes"], ballots["no"], ballots["abstain"]) == (
            row["votes_for"],
            row["votes_against"],
            row["abstentions"],
        ), document


def test_those_who_voted_were_members_of_the_council_that_day():
    voters = defaultdict(set)
    for vote in data.rows("unsc_votes"):
        voters[vote["document"], vote["date"]].add(vote["iso3"])
    for (document, day), voted in voters.items():
        assert voted == set(data.members("UNSC", day)), document


def test_the_outcome_of_a_council_vote_follows_from_its_ballots():
    permanent = {"CHN", "FRA", "GBR", "RUS", "USA"}
    against = defaultdict(set)
    for vote in data.rows("unsc_votes"):
        if vote["ballot"] == "no":
            against[vote["document"]].add(vote["iso3"])
    for row in data.rows("un_documents"):
        if row["document"] not in {vote["document"] for vote in data.rows("unsc_votes")}:
            continue
        enough = row["votes_for"] >= 9
        stopped = bool(against[row["document"]] & permanent)
        expected = "not adopted" if not enough else "vetoed" if stopped else "adopted"
        assert row["outcome"] == expected, row["document"]


def test_vetoes_were_cast_by_permanent_members_and_counted():
    permanent = {"CHN", "FRA", "GBR", "RUS", "SUN", "USA"}
    for row in data.rows("unsc_vetoes"):
        assert row["votes_for"] + row["votes_against"] + row["abstentions"] <= 15
        assert (row["outcome"] == "vetoed") == bool(row["vetoed_by"])
        assert set(row["vetoed_by"]) <= permanent
        assert len(row["vetoed_by"]) <= row["votes_against"]
        if row["outcome"] == "vetoed":
            assert row["votes_for"] >= 9


def test_a_draft_in_both_tables_of_votes_has_the_same_totals():
    totals = {row["document"]: row for row in data.rows("un_documents")}
    shared = [row for row in data.rows("unsc_vetoes") if row["draft"] in totals]
    assert len(shared) >= 2
    for row in shared:
        for field in ("date", "outcome", "votes_for", "votes_against", "abstentions"):
            assert row[field] == totals[row["draft"]][field], row["draft"]


# Figures


def test_the_yearly_deaths_of_a_conflict_add_up():
    yearly = defaultdict(list)
    for row in data.rows("conflict_years"):
        yearly[row["conflict_id"]].append(row)
    for conflict in data.rows("conflicts"):
        rows = yearly[conflict["conflict_id"]]
        active = (row["year"] for row in rows if row["intensity"])
        assert tuple(sorted(active)) == conflict["active_years"]
        for bound in ("deaths_low", "deaths_high"):
            if conflict[bound] is not None:
                total = sum(row[bound] for row in rows if row[bound] is not None)
                assert total == conflict[bound], (conflict["name"], bound)


@pytest.mark.parametrize("name", ["conflicts", "conflict_years"])
def test_estimates_of_deaths_lie_in_their_range(name):
    for row in data.rows(name):
        known = [row[f] for f in ("deaths_low", "deaths_best", "deaths_high") if row[f] is not None]
        assert known == sorted(known), row


def test_the_kinds_of_violence_in_europe_add_up_to_all():
    deaths = defaultdict(Counter)
    for row in data.rows("conflict_deaths"):
        if row["area"] == "EUROPE":
            deaths[row["year"]][row["violence"]] += row["deaths"]
    assert deaths
    for year, kinds in deaths.items():
        assert kinds["all"] == sum(kinds.values()) - kinds["all"], year


def test_casualty_figures_lie_in_their_own_range():
    for row in data.rows("casualties"):
        known = [row[f] for f in ("low", "best", "high") if row[f] is not None]
        assert known and known == sorted(known), row["id"]


def test_the_memory_book_adds_up_by_community():
    best = {row["id"]: row["best"] for row in data.rows("casualties")}
    parts = ("kosovo-albanians-kmb", "kosovo-serbs-kmb", "kosovo-others-kmb")
    assert sum(best[part] for part in parts) == best["kosovo-all-kmb"]


def test_the_sum_over_the_allies_of_1990_is_never_above_that_of_all_european_allies():
    spent = {(row["area"], row["year"]): row["constant_usd"] for row in data.rows("milex")}
    for year in range(1990, 2011):
        assert spent["NATO-EUR-1990", year] <= spent["NATO-EUR", year]


def test_the_ceilings_of_the_cfe_treaty_were_equal_for_both_groups():
    ceilings = defaultdict(dict)
    for row in data.rows("cfe_holdings"):
        if row["kind"] == "ceiling CFE 1990":
            ceilings[row["category"]][row["unit"]] = row["value"]
    assert len(ceilings) == 5
    for category, groups in ceilings.items():
        assert groups["NATO"] == groups["EAST"], category


def test_east_of_vienna_is_a_matter_of_longitude():
    for row in data.rows("field_operations"):
        assert row["east_of_vienna"] == (row["lon"] > 16.3725), row["name"]


# Maps


def test_the_tile_grid_has_one_tile_for_each_participating_state():
    tiles = data.rows("tile_grid")
    assert {row["iso3"] for row in tiles} == set(data.members("OSCE", "2024-12-31"))
    assert len({(row["row"], row["column"]) for row in tiles}) == len(tiles)


def _outlines(topology, geometry):
    """Yield the outer ring of each part of a shape as (longitude, latitude) pairs."""
    (scale_x, scale_y), (start_x, start_y) = topology["transform"].values()

    def arc(index):
        x = y = 0
        points = []
        for step_x, step_y in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + start_x, y * scale_y + start_y))
        return points if index >= 0 else points[::-1]

    for part in geometry["arcs"]:
        yield [point for index in part[0] for point in arc(index)]


def _edges(ring):
    return zip(ring, ring[1:] + ring[:1], strict=True)


def _inside(ring, x, y):
    crossings = 0
    for (x1, y1), (x2, y2) in _edges(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def _area(ring):
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _edges(ring))) / 2


@pytest.mark.parametrize("entry", data.document("maps/about")["maps"], ids=lambda e: e["name"])
def test_a_map_shows_every_participating_state_and_stays_small(entry):
    path = data.root() / "maps" / entry["file"]
    topology = data.document(f"maps/{entry['name']}")
    size = defaultdict(float)
    for geometry in topology["objects"]["states"]["geometries"]:
        for ring in _outlines(topology, geometry):
            size[geometry["properties"]["iso3"]] += _area(ring)
    assert set(size) == {*data.members("OSCE", "2024-12-31"), "XKX"}
    assert min(size.values()) > 0
    assert path.stat().st_size < 400_000
    assert (path.parent / entry["licence_file"]).is_file()
    assert entry["source"] and entry["borders_as_of"]


@pytest.mark.parametrize("name", ["base", "second"])
@pytest.mark.parametrize("place", data.document("maps/about")["disputed"], ids=lambda p: p["place"])
def test_a_map_draws_a_disputed_place_as_its_caption_says(name, place):
    topology = data.document(f"maps/{name}")
    found = {
        geometry["properties"]["iso3"]
        for geometry in topology["objects"]["states"]["geometries"]
        if any(_inside(ring, *place["point"]) for ring in _outlines(topology, geometry))
    }
    assert found == {place[name]}
    captions = {entry["name"]: entry["caption"] for entry in data.document("maps/about")["maps"]}
    assert place["place"] in captions[name]
