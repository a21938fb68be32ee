"""Nothing that the views, their pictures, the verbs or the record say stands outside the catalogue."""

import re
from datetime import date

import pytest
from marked import Texts, plain, strings

from course import article, charts, data, evidence, lesson, record, words
from course.charts import bonds, chronology, measures, ranges, zones
from course.exercises import values as compared
from course.publish.words import CLOSE, OPEN
from course.widgets import base, text_lens
from course.widgets.claim_desk import VERDICTS, ClaimDesk
from course.widgets.exercise import ProgressView
from course.widgets.indicators import Indicators
from course.widgets.membership_map import MembershipMap
from course.widgets.ranges import Ranges
from course.widgets.slider import Slider
from course.widgets.timeline import Timeline

# Written in the picture and in the lists by their codes, in every language.
CODES = [code for row in bonds.ROWS.values() for code in row]
# What steers a picture and is never read.
HIDDEN = {"kind", "way", "open", "key"}


def outside(text):
    """The parts of a text that stand outside every mark."""
    depth, parts = 0, [""]
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        if letter in (OPEN, CLOSE):
            parts.append("")
        elif not depth:
            parts[-1] += letter
    return [part for part in parts if re.search(r"[A-Za-z]{2}", part)]


def unmarked(texts, content):
    """What is neither marked nor, whole, a part of content that is translated with the data."""
    told = f" {plain(' '.join(map(str, content)))} "
    return [
        part.strip()
        for text in texts
        for part in outside(str(text))
        if f" {plain(part)} " not in told
    ]


def in_controls(controls):
    for control in controls:
        yield control["label"]
        yield from control.get("labels", ())
        yield from (option["label"] for option in control.get("options", ()))
        yield from control.get("words", {}).values()


def in_picture(node, name=""):
    """Titles, descriptions, rows and quoted sentences of a Vega-Lite specification."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "datasets" or (key == "values" and isinstance(value, list)):
                yield from in_rows(value)
            elif key in ("title", "description", "ariaRoleDescription"):
                yield from [value] if isinstance(value, str) else in_picture(value, key)
            elif key in ("labelExpr", "calculate") and isinstance(value, str):
                yield from re.findall(r'"([^"]*)"', value)
            else:
                yield from in_picture(value, key)
    elif isinstance(node, list):
        for one in node:
            yield from in_picture(one, name)


def in_rows(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in HIDDEN:
                yield from in_rows(value)
    elif isinstance(node, list):
        for one in node:
            yield from in_rows(one)


def said_outside(view, states, content):
    """Every text of a view, still and live in some states, that no translation reaches."""
    live = [html for state in states for html in view.regions(view.initial() | state).values()]
    page = "".join([view.html(), view.head(), *live])
    texts = [*Texts(page).found, *in_controls(view.controls())]
    cells = re.split(r"\n|\s{2,}", view.text())  # lines, and cells of a plain table
    return unmarked([*texts, *cells], content)


def columns(table, *names):
    return list(strings([[row[name] or "" for name in names] for row in data.rows(table)]))


@pytest.fixture
def content():
    """What the tables and documents of `data/` hold, which is translated with them."""
    sources = [evidence.source(one["id"]) for one in data.document("sources")]
    return [
        *columns("events", "title", "note", "actors", "source_ids"),
        *(", ".join(row["actors"]) for row in data.rows("events")),
        *columns("states", "name"),
        *(", ".join(bond.states) for bond in bonds.bonds()),
        *(note for bond in bonds.bonds() for note in bond.notes),
        *(source.creator for source in sources),
        *(source.title for source in sources),
        *CODES,
    ]


def cited(ids):
    return [evidence.cite(one) for one in ids]


def test_the_timeline_is_wholly_translated(pseudo, content):
    events = [e for e in data.rows("events") if "kosovo" in e["notebooks"]]
    view = Timeline(events)
    weak = next(i for i, b in enumerate(view.bonds) if b.verification == "unverified")
    sources = {
        *view.events[0]["source_ids"],
        *view.bonds[0].source_ids,
        *view.bonds[weak].source_ids,
    }
    states = [
        {"known": 3},
        {"known": 0, "from": len(view.months) - 2},
        {"kinds": []},
        {"lane": []},
        {"event": "0"},
        {"event": "bonds0"},
        {"event": f"bonds{weak}"},
    ]
    assert said_outside(view, states, [*content, *cited(sources)]) == []


@pytest.mark.parametrize("interactive", [False, True])
def test_the_picture_of_the_timeline_is_wholly_translated(pseudo, content, interactive):
    events, start, end = data.rows("events"), date(1998, 1, 1), date(2000, 1, 1)
    found = bonds.bonds() if interactive else bonds.within(start, end)
    chart = charts.timeline(events, start, end, interactive=interactive, beneath=found)
    assert unmarked(in_picture(chart.to_dict()), content) == []
    assert f"{OPEN}Jàn" in charts.svg(chart), "the months of the axis too"


def test_a_mark_of_the_second_lane_says_its_sentence_in_the_words_of_the_language(pseudo):
    import vl_convert

    start, end = date(1999, 1, 1), date(2000, 1, 1)
    chart = charts.timeline(data.rows("events"), start, end, beneath=bonds.within(start, end))
    spoken = re.findall(r'aria-label="([^"]*)"', vl_convert.vegalite_to_svg(chart.to_dict()))
    joined = words.count("bonds.join", 3, body="NATO", states="")
    told = words.say("bonds.dated", deed=joined, date=chronology.when(date(1999, 3, 12)))
    assert told in spoken


def test_every_number_of_events_and_steps_is_told_in_marks(pseudo, content):
    events = data.rows("events")
    told = [chronology.describe(events[:n]) for n in (0, 1, 2, 40)]
    told += [bonds.describe(bonds.bonds()[:n]) for n in (0, 1, 2, 40)]
    told += [bond.words for bond in bonds.bonds()]
    assert unmarked(told, content) == []


@pytest.mark.parametrize("ids", [["C039"], [one["id"] for one in data.rows("claims")]])
def test_the_claim_desk_is_wholly_translated(pseudo, content, ids):
    shown = [evidence.claim(key) for key in ids]
    content += strings([[c.id, c.text, c.quoted_phrase or ""] for c in shown])
    content += [v.note or "" for c in shown for v in c.verdicts]
    content += [one.statement for c in shown for one in c.evidence]
    content += [f"{p.holder}: {p.statement}" for c in shown for p in c.disputed_by]
    states = [
        {"compare": 1},
        *({"compare": 1, "verdict": verdict} for verdict in VERDICTS),
        *({"compare": 1, "verdict": "contested", "type": kind} for kind in ("legal", "factual")),
        {"compare": 1, "verdict": "contested", "position": len(ids) - 1},
    ]
    assert said_outside(ClaimDesk(*ids), states, content) == []


def test_what_became_of_a_verdict_is_told_in_marks(pseudo, monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: None)
    view = ClaimDesk("C039")
    view.show()
    view.set(verdict="contested")
    view.set(compare=1)
    first = view.values["saved"]
    view.set(verdict="supported")
    view.set(compare=2)
    assert unmarked([first, view.values["saved"]], []) == []
    assert first != view.values["saved"]


@pytest.mark.parametrize("bodies", [(), ("NATO", "EU"), ("CIS",)])
def test_the_map_is_wholly_translated(pseudo, content, bodies):
    about = data.document("maps/about")
    content += [one[key] for one in about["maps"] for key in ("title", "source", "borders_as_of")]
    content += [one[key] for one in about["disputed"] for key in ("place", "why")]
    content += [tile["iso3"] for tile in data.rows("tile_grid")]
    view = MembershipMap(date(2004, 4, 1), bodies)
    content += [row["names"] for row in view._rows(view.initial())]
    states = [{"state": code} for code in ("POL", "EST", "RUS")]
    states += [{"day": 0, "state": "EST"}, {"borders": "second"}]
    assert said_outside(view, states, content) == []


def test_the_picture_of_the_map_is_wholly_translated(pseudo):
    spec = zones.map_chart({"RUS": "cst"}, zones.ZONES).to_dict()
    capitals = [row["iso3"] for row in data.rows("states")]
    assert unmarked(in_picture(spec), capitals) == []


def test_who_joined_and_left_is_told_in_marks(pseudo):
    told = zones.changes(date(1990, 1, 1), date(2010, 12, 31))
    assert told and unmarked(told, []) == []


def test_the_indicators_are_wholly_translated(pseudo, content):
    view = Indicators("deaths", 1992, 2010)
    states = [{"measure": key} for key in view.measures] + [{"end": 0, "start": 0}]
    assert said_outside(view, states, content) == []


def test_the_picture_of_a_measure_is_wholly_translated(pseudo):
    for key in measures.measures():
        spec = measures.chart(key, 1992, 2010).to_dict()
        # the picture holds all measures and shows one: their keys are never read
        assert unmarked(in_picture(spec), []) == []


@pytest.mark.parametrize("conflict", ["kosovo", "georgia"])
def test_the_ranges_are_wholly_translated(pseudo, content, conflict):
    rows = [row for row in data.rows("casualties") if row["conflict"] == conflict]
    content += strings([[r["group"], r["counted_by"], r["scope"] or ""] for r in rows])
    view = Ranges(rows)
    states = [{"measure": one, "which": "all"} for one in view.measures]
    assert said_outside(view, states, content) == []
    for one in view.measures:
        chosen = view.chosen({"measure": one, "which": "all"})
        spec = charts.range_chart(chosen, words.say("ranges.axis", measure=ranges.named(one)))
        # a long name of who counted is set in several lines
        assert unmarked(in_picture(spec.to_dict()), content) == []


def test_every_form_of_a_count_is_told_in_marks(pseudo):
    forms = [
        {"low": 1}, {"high": 2}, {"low": 1, "high": 2}, {"low": 1, "high": 2, "best": 1},
        {"low": 1, "best": 2}, {},
    ]  # fmt: skip
    told = [ranges.figure(row) for row in forms]
    assert all(text.startswith(OPEN) for text in told)
    assert ranges.describe([]).startswith(OPEN)


def test_the_text_lens_is_wholly_translated(pseudo, content):
    content += columns("sections", "title") + columns("paragraphs", "summary")
    content += [row["lemma"] for row in data.rows("word_counts")]
    view = text_lens.TextLens(2, "treaty")
    content += text_lens.WORDS
    states = [{"paragraph": "9"}, {"paragraph": "30"}, {"word": "zzzz"}, {"word": "indivisble"}]
    states += [{"word": "euro-atlantic"}, {"section": "1"}]
    assert said_outside(view, states, content) == []


def test_the_map_of_the_course_is_wholly_translated(pseudo):
    titles = [entry["title"] for entry in data.document("notebooks")["notebook"]]
    assert said_outside(ProgressView(), [{}], titles) == []


def test_a_slider_gets_its_words_from_python(pseudo):
    control = base.range_("day", "1", labels=["1"], play=100)
    assert set(control["words"]) == {
        "play", "pause", "step", "play_label", "pause_label", "step_label",
    }  # fmt: skip
    assert unmarked(in_controls([control]), []) == []
    script = (base.HERE / "panel.js").read_text(encoding="utf-8")
    assert not re.search("[\"'`>](Play|Pause|Step|One step)", script)
    with pytest.raises(ValueError, match=OPEN):
        Slider("x", low=3, high=1)
    with pytest.raises(ValueError, match=OPEN):
        Slider("x", value=400)


# --- what the verbs answer


ANSWERS = {
    "unknown notebook": lambda: lesson.head("kosvo"),
    "no such notebook": lambda: lesson.head("zzzzzzzz"),
    "wrong call": lambda: lesson.head(),
    "no file": lambda: lesson.attach("nowhere.txt"),
    "no paragraph": lambda: lesson.passage(),
    "paragraph outside": lambda: lesson.passage(99),
    "no date": lambda: lesson.timeline("kosovo", start="x"),
    "crossed window": lambda: lesson.timeline("kosovo", "1999-01-01", "1998-01-01"),
    "no event": lambda: lesson.timeline("conference"),
    "no claim": lambda: lesson.claim_desk(),
    "near claim": lambda: lesson.claim_desk("C39x"),
    "far claim": lambda: lesson.claim_desk("zzzzzzzzz"),
    "near counts": lambda: lesson.range_chart("kosvo"),
    "no counts": lambda: lesson.range_chart("zzzzzz"),
    "day outside": lambda: lesson.membership_map("1985-01-01"),
    "no body": lambda: lesson.membership_map(bodies=["NAT"]),
    "no measure": lambda: lesson.indicators("x"),
    "no window": lambda: lesson.indicators("deaths", 2010, 1990),
    "no section": lambda: lesson.text_lens(9),
    "no word": lambda: lesson.text_lens(1, "zzzzz"),
    "near word": lambda: lesson.text_lens(1, "indivisble"),
    "hyphen": lambda: lesson.text_lens(1, "euro-atlantic"),
    "near term": lambda: lesson.glossary("quorm"),
    "far term": lambda: lesson.glossary("zzzzzzzz"),
    "near exercise": lambda: lesson.ask("kosovo.vots"),
    "far exercise": lambda: lesson.ask("zzzzzz"),
    "no text": lambda: lesson.ask(3),
    "no prediction": lambda: lesson.recall("kosovo.tally"),
    "no page": lambda: lesson.portfolio("x.txt"),
    "no part": lambda: lesson.portfolio("x.html", ["x"]),
    "no record": lambda: lesson.portfolio(),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_every_answer_of_a_verb_is_translated(pseudo, monkeypatch, case):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw=None: shown.append(bundle))
    ANSWERS[case]()
    [bundle] = shown
    assert OPEN in bundle["text/plain"] and unmarked([bundle["text/plain"]], []) == []


def test_an_attached_copy_is_answered_in_marks(pseudo, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw=None: shown.append(bundle))
    (tmp_path / "other.txt").write_text("Nothing of it.", encoding="utf-8")
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.7")
    for name in ("other.txt", "book.pdf"):
        lesson.attach(str(tmp_path / name))
    monkeypatch.setattr(lesson, "_copies", {})
    monkeypatch.setattr(
        article, "attach", lambda path: article.Copy(tmp_path, (9,), (10,), {9: "…"})
    )
    lesson.attach("mine.txt")
    told = [bundle["text/plain"] for bundle in shown]
    told += [
        article.Copy(tmp_path, *found, {}).report()
        for found in [((), (1,)), ((1,), ()), ((1,), (2,))]
    ]
    assert len(told) == 6 and unmarked(told, []) == []


# --- the record, and the check of code


def test_what_the_record_tells_is_translated(pseudo, tmp_path):
    out = tmp_path / "out.json"
    record.save_verdict("C039", "contested", 50)
    told = [
        record.export(out, {"verdicts"}),
        record.export(out, {"texts"}),
        record.export(out),
        record.export(out, {"verdicts", "texts"}),
        record.load(out),
        record.erase(),
        record.erase(record.ERASE),
        record.pseudonym(),
    ]
    assert unmarked(told, []) == []


ROW = {
    "uid": "0" * 32, "stamp": 1, "exercise": "kosovo.votes", "kind": "single", "level": "right",
    "answer": '"a"', "mistakes": "[]", "private": 0, "exercise_version": 1, "course_version": "1",
}  # fmt: skip
EXPORTS = [
    {},
    {"version": 99},
    {"attempts": "x"},
    {"attempts": [{}]},
    {"minutes": 3},
    {"minutes": [3]},
    *(
        {"attempts": [ROW | change]}
        for change in (
            {"stamp": "x"},
            {"stamp": -1},
            {"answer": "{"},
            {"uid": "z"},
            {"answer": "x" * 300_000},
            {"mistakes": "3"},
            {"private": 7},
            {"exercise": "?"},
        )  # fmt: skip
    ),
]


@pytest.mark.parametrize("number", range(len(EXPORTS)))
def test_every_refusal_of_an_export_is_translated(pseudo, tmp_path, number):
    import json

    held = {"format": record.FORMAT, "version": 1} | EXPORTS[number] if number else {}
    path = tmp_path / "out.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(record.RecordError) as refused:
        record.load(path)
    assert unmarked([refused.value], []) == []


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: record.save("x", "y"),
        lambda: record.save("kosovo.votes", object()),
        lambda: record.save("kosovo.votes", "x" * 300_000),
        lambda: record.save_verdict("C031", "contested", 500),
        lambda: record.save_verdict("C031", "contested", "x"),
        lambda: record.save_verdict("!", "contested", 50),
        lambda: record.save_verdict("C031", "contested", 50, 3),
        lambda: record.pseudonym(""),
        lambda: record.load("nowhere.json"),
        lambda: record.included({"x"}),
    ],
)
def test_every_refusal_of_the_record_is_translated(pseudo, wrong):
    with pytest.raises(record.RecordError) as refused:
        wrong()
    assert unmarked([re.sub(r": No such .*", "", str(refused.value))], []) == []


@pytest.mark.parametrize("name", ["FULL", "IOERR", "BUSY", "READONLY", "INTERRUPT"])
def test_what_the_disk_says_is_translated(pseudo, name):
    import sqlite3

    error = sqlite3.OperationalError("stopped")
    error.sqlite_errorname = f"SQLITE_{name}"
    assert unmarked([record._sentence(error, "record.sqlite")], []) == []


def test_what_differs_from_the_reference_is_told_in_marks(pseudo):
    import pandas

    frame = pandas.DataFrame({"a": [1, 2, 3, 4], "b": list("wxyz")})
    pairs = [
        (frame, frame[["a"]]), (frame, frame.assign(c=1)), (frame, frame.head(2)),
        (frame, pandas.concat([frame, frame])), (frame, frame.assign(a=["1"] * 4)),
        (frame, frame.assign(a=9)), (frame, frame.set_axis([5, 6, 7, 8])), (frame.a, frame.a[::-1]),
        (3, float("nan")), (3, 4), (3, 2), ("abc", "ABC "), ("a", "b"), ([1, 2], [1]),
        ([1], [1, 2, 3]), ([1, 2], [2, 1]), ([1, 2], ["a", "b"]), ({1, 2}, {1}), ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 2}), (True, False), (frame, 3), (3, object()),
    ]  # fmt: skip
    settings = {"tolerance": 1e-9, "ignore_order": False, "ignore_index": False}
    found = [compared.compare(one, other, settings) for one, other in pairs]
    assert all(found) and unmarked([line for _, _, line in found], []) == []
    described = [3, "a", None, frame, frame.a, frame.index, [], {}, set(), print, object(), True]
    assert unmarked(map(compared.describe, described), []) == []


def test_the_same_look_finds_english_where_nothing_is_translated():
    assert "What rose, what fell, and since when" in " ".join(said_outside(Indicators(), [{}], []))
    spec = measures.chart("deaths", 1992, 2010).to_dict()
    assert any("Deaths in organised violence" in text for text in unmarked(in_picture(spec), []))
