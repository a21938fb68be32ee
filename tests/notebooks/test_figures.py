"""Every figure in the prose that comes from the record is what the record holds."""

import re
from datetime import date
from pathlib import Path

import pytest

from course import article, data, exercises
from course.exercises.solutions import conference, kosovo, osce, treaty

SOURCES = Path(__file__).parents[2] / "notebooks" / "source"
MAY_2010 = "2010-05-01"


def prose(stem):
    """All markdown of a source on one line, without citations."""
    text = next(SOURCES.glob(f"*{stem}*.py")).read_text(encoding="utf-8")
    cells = [c for c in re.split(r"(?m)^# %%", text) if c.startswith(" [markdown]")]
    plain = re.sub(r"(?m)^# ?", "", "\n".join(cells))
    plain = re.sub(r"\[\[(?:[^\]|]+\|)?([^\]]+)\]\]", r"\1", plain)
    return re.sub(r"\s+", " ", re.sub(r"\s*\[@[^\]]+\]", "", plain))


def texts(exercise_id):
    """Prompt, explanation and solution of an exercise, on one line."""
    entry = exercises.exercise(exercise_id)
    return re.sub(r"\s+", " ", " ".join((entry.prompt, entry.explanation, entry.solution)))


def tally(document):
    row = next(r for r in data.rows("un_documents") if r["document"] == document)
    return row["votes_for"], row["votes_against"], row["abstentions"]


def deaths(year):
    return next(
        r["deaths"]
        for r in data.rows("conflict_deaths")
        if (r["area"], r["year"], r["violence"]) == ("EUROPE", year, "all")
    )


def stockpiles(year):
    return sum(r["stockpile"] for r in data.rows("warheads") if r["year"] == year)


def day(title):
    return next(r["date"] for r in data.rows("events") if title in r["title"])


def figures(conflict, words):
    """Best or lowest figures of the counts whose group or note has these words."""
    found = [
        r
        for r in data.rows("casualties")
        if r["conflict"] == conflict and words in f"{r['group']} {r['counted_by']} {r['scope']}"
    ]
    return {r["best"] if r["best"] is not None else r["low"] for r in found}


def test_the_article_has_as_many_parts_as_the_notebooks_say():
    assert len(article.paragraphs()) == 67 and len(article.sections()) == 8
    assert "the tenth of 67" in prose("start_here")
    assert "eight sections and 67 paragraphs" in prose("the_source")


def test_the_share_of_facts_and_of_what_cannot_be_checked():
    claims = data.rows("claims")
    factual = sum(c["type"] == "factual" for c in claims) / len(claims)
    assert 0.30 < factual < 0.37 and "only about a third" in texts("start.types")
    unchecked = sum(c["checkable"] == "no" for c in claims) / len(claims)
    later = exercises.exercise("start.checkable").settings["later"]
    assert 0.2 < unchecked < 0.3 and "about a quarter not at all" in re.sub(r"\s+", " ", later)


def test_how_often_the_article_names_the_two_organisations():
    ratio = article.count("osce") / article.count("nato")
    assert 1.3 < ratio < 1.7 and "three times for every two of NATO" in texts("source.names")
    paragraphs = len(article.concordance("osce"))
    assert paragraphs == exercises.exercise("source.paragraphs").settings["value"]
    assert f"in {paragraphs}, about a third" in texts("source.paragraphs")


def test_warheads_and_deaths_between_1990_and_2010():
    first, last = stockpiles(1990), stockpiles(2010)
    assert f"{first:,}" in texts("europe.warheads")
    assert last == exercises.exercise("europe.warheads").settings["value"]
    assert 0.17 < last / first < 0.22 and "About a fifth" in texts("europe.warheads")
    assert abs(deaths(2010) - deaths(1990)) < 100
    assert max(deaths(y) for y in range(1990, 2011)) > 25_000
    assert "two ends are nearly equal and the middle is terrible" in prose("europe_after")


def test_field_operations_lie_east_of_vienna_and_outside_the_clubs():
    rows = data.rows("field_operations")
    west = [r for r in rows if not r["east_of_vienna"]]
    assert {r["seat"] for r in west} == {"Zagreb"} and len(west) == 2
    assert osce.east() == [len(rows), len(rows) - 2]
    assert "All but two, and those two were in Zagreb" in texts("osce.east")
    for row in rows:
        for club in ("NATO", "EU"):
            assert row["host_iso3"] not in data.members(club, on=row["opened"])


def test_the_days_on_the_road_to_war():
    orders = date(1998, 10, 13)
    racak = day("Killings at Račak")
    strikes = day("NATO air campaign begins")
    assert f"are {(racak - orders).days} days" in prose("kosovo")
    assert f"to the first strikes {(strikes - racak).days}" in prose("kosovo")


def test_the_votes_of_1999_2009_2014_and_2022():
    assert tally("S/1999/328") == (3, 12, 0)
    assert "failed with 3 votes for, 12 against, none abstaining" in texts("kosovo.vote_means")
    assert tally("S/RES/1244") == (14, 0, 1)
    assert "by fourteen votes with one abstention" in prose("treaty")
    assert tally("S/2009/310") == (10, 1, 4)
    assert "Ten for, one against, four abstaining" in texts("georgia.unomig")
    yes, no, abstain = tally("A/RES/68/262")
    assert f"by {yes} votes to {no} with {abstain} abstaining" in prose("aftermath")
    yes, no, abstain = tally("A/RES/ES-11/1")
    assert f"{yes} to {no} with {abstain} abstaining" in prose("aftermath")


def test_china_never_said_yes_and_russia_did_not_always_vote_with_it():
    kosovo_texts = {f"S/RES/{n}" for n in (1160, 1199, 1203, 1239, 1244)}
    rows = [r for r in data.rows("unsc_votes") if r["document"] in kosovo_texts]
    assert {r["ballot"] for r in rows if r["iso3"] == "CHN"} == {"abstain"}
    assert {r["ballot"] for r in rows if r["iso3"] == "RUS"} == {"yes", "abstain"}
    assert len(kosovo.tally()) == len({r["document"] for r in data.rows("unsc_votes")})


def test_quorums_and_groups_of_the_draft():
    assert treaty.quorums() == [38, 45, 19, 12]
    assert "Thirty-eight and forty-five; nineteen and twelve" in texts("treaty.quorums")
    assert treaty.groups() == [True, True, False, False]
    states = data.members("OSCE", on=MAY_2010)
    assert f"all {len(states)} participating States of May 2010" in prose("treaty")
    assert len(data.members("CSTO", on=MAY_2010)) == 7
    assert "seven stop no more than one" in prose("treaty")
    first, second = conference.chances()
    assert round(first * 100) == 57 and round(second * 100) == 95


@pytest.mark.parametrize(
    ("stem", "conflict", "words", "figure", "printed"),
    [
        ("kosovo", "kosovo", "Human Rights Watch, February 2000", 500, "about 500 civilians"),
        ("kosovo", "kosovo", "UNHCR", 164_000, "Over 164,000"),
        ("kosovo", "kosovo", "Committee for Refugees", 220_000, "220,000"),
        ("georgia", "georgia", "Russian Investigative Committee, 20 August 2008", 133, "133"),
        ("georgia", "georgia", "Russian Investigative Committee, 23 December", 162, "162"),
    ],
)
def test_counts_in_the_prose_stand_in_the_record(stem, conflict, words, figure, printed):
    assert figure in figures(conflict, words)
    assert printed in prose(stem)


def test_treaties_are_counted_as_the_indicators_count_them():
    from course.charts import measures

    applied = dict(measures.measures()["treaties"].points)
    assert len(measures.TREATIES) == 5 and "ABM" not in measures.TREATIES
    assert (applied[1990], applied[2010]) == (1, 2)
    assert [year for year, number in applied.items() if number == 4] == list(range(2002, 2007))
    said = "one was applied in 1990, four from 2002 to 2006 and two"
    assert f"Of five treaties that we chose, {said} in 2010" in prose("europe")
    later = exercises.exercise("europe.decline").settings["later"]
    assert f"Of our five treaties {said} at the end" in " ".join(later.split())
