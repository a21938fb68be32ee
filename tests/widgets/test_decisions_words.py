"""The decision lab and the treaty simulator speak the learner's language: sentences, labels, alt texts."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from marked import assert_all_marked, plain, strings

from course import data, evidence
from course.institutions import BODIES, OptionError, options_of, scenario, scenarios
from course.institutions.walk import walks
from course.widgets import base
from course.widgets.decision_lab import DecisionLab
from course.widgets.decisions import Names
from course.widgets.treaty_simulator import TreatySimulator

pytestmark = pytest.mark.usefixtures("pseudo")
WAYS = ("victim", "depositary", "vote", "security-council", "nobody")


@pytest.fixture(scope="module")
def content():
    """Texts that have catalogues of their own: the data, names of bodies in it, and sources."""
    documents = ("rules", "treaty", "scenarios", "redraft")
    told = [text for name in documents for text in strings(data.document(f"institutions/{name}"))]
    told += [row["name"] for row in data.rows("states")] + [
        row["iso3"] for row in data.rows("states")
    ]
    told += [name.split(":")[0] for name in BODIES]  # acronyms: the names that bodies go by
    told += {row["organisation"] for row in data.rows("memberships")}
    for crisis in data.document("institutions/scenarios")["scenarios"]:
        told += crisis.get("groups", ())  # the names of an invented crisis's blocs
    ids = {i for i in told if i in {s["id"] for s in data.document("sources")}}
    told += [text for i in ids for text in (evidence.source(i).label, evidence.source(i).title)]
    return told


class Pictures(HTMLParser):
    """Texts drawn inside pictures that stand as images."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("src", "")
        if tag == "img" and address.startswith("data:image/svg"):
            self.found += re.findall(r"<text[^>]*>([^<]*)</text>", unquote(address))


def assert_told(texts, content):
    """Short texts of a control: each is marked, or is content."""
    told = f" {plain(' '.join(content))} "
    bare = [
        text
        for text in texts
        if re.search(r"[A-Za-z]{2}", text) and "⟦" not in text and f" {plain(text)} " not in told
    ]
    assert bare == []


def assert_panel(panel, content):
    for control in panel.controls:
        labels = [control["label"], control.get("unit", "")]
        labels += [option["label"] for option in control.get("options", ())]
        assert_told(labels, content)


def assert_view(view, content):
    """All that a live view shows now; its pictures stand in it, with their texts."""
    for html in view.shown_regions.values():
        assert_all_marked(html, content)
    for panel in view.panels:
        assert_panel(panel, content)


def tipping_names(crisis):
    """For each question the names of those who tip it, as a cell lists them."""
    names = Names(scenario(crisis))
    for question in scenario(crisis).questions:
        yield ", ".join(dict.fromkeys(names[tip.member] for tip in question.tipping()))


@pytest.mark.parametrize("crisis", scenarios())
def test_the_twin_of_the_lab_is_wholly_translated(crisis, content):
    view = DecisionLab(crisis)
    assert_all_marked(view.html(), [*content, *tipping_names(crisis)])
    assert_told(Pictures(view.html()).found, content)
    assert all("⟦" in said for said in (view.title, view.kicker, view.lead))
    for line in view.text().splitlines():
        if re.match(r"  (?!⟦)", line):
            pytest.fail(f"a step of a trace has no mark: {line}")


@pytest.mark.parametrize("crisis", walks())
def test_the_twin_of_the_simulator_is_wholly_translated(crisis, content):
    view = TreatySimulator(crisis)
    assert_all_marked(view.html(), content)
    assert_told(Pictures(view.html()).found, content)
    assert view.text().count("⟦") > 20
    for line in view.text().splitlines():
        if line.startswith("day "):
            pytest.fail(f"a line of the log has no mark: {line}")


@pytest.mark.parametrize("crisis", ["kosovo-1999", "georgia-2008", "valley"])
def test_the_live_lab_is_wholly_translated(crisis, content):
    view = DecisionLab(crisis)
    view.live()
    everyone = view._motion(view.values).everyone
    assert_view(view, content)
    for brush in ("no", "yes", "abstain-constructive", "absent"):
        view.set(brush=brush)
        view.set(bloc="everyone")
        assert view.values["said"].startswith("⟦")
        assert_view(view, content)
        view.press(everyone[0], "no")
        assert_view(view, content)
    for name in list(view._motion(view.values).seats):
        view.set(body=name)
        assert_view(view, content)
    for way in WAYS:
        view.set(way=way)
        assert_view(view, content)
    for asked in ("Uni", "zzzz", "Russa"):
        view.set(find=asked)
        assert "⟦" in view.values["said"]
    view.set(concerned="Atlantis")
    assert "⟦" in view.values["said"]
    view.set(day="soon")
    assert "⟦" in view.values["said"]
    view.set(reset=1)
    assert_view(view, content)


def test_the_grid_of_ballots_is_wholly_translated(content):
    view = DecisionLab("georgia-2008")
    view.live()
    grid = view._grid
    assert_told([word for word, _ in grid.marks.values()], [])
    assert_told([word for pair in grid.origins.values() for word in pair], [])
    assert_told(grid.words.values(), [])
    titles = [title for title, _ in grid.groups]
    assert_told(titles, content)
    for blanks in ("cell", "seatless"):
        assert {"{name}", "{ballot}", "{origin}"} <= set(re.findall(r"\{\w+\}", grid.words[blanks]))


def test_the_script_of_the_grid_brings_no_words_of_its_own():
    script = (base.HERE / "ballot_grid.js").read_text(encoding="utf-8")
    script = re.sub(r"^\s*(//|/\*).*$", "", script, flags=re.M)
    texts = re.findall(r'"([^"]*)"|`([^`]*)`', script)
    assert [t for pair in texts for t in pair if re.search(r"[a-z]{2,} [a-z]{2,}", t)] == []


@pytest.mark.parametrize("crisis", ["river", "valley", "georgia-2008"])
def test_the_live_simulator_is_wholly_translated(crisis, content):
    view = TreatySimulator(crisis)
    view.live()
    view.set(all="all")
    assert_view(view, content)
    presses = 0

    def press(name):
        nonlocal presses
        presses += 1
        view.set(**{name: presses})
        assert_view(view, content)

    for _ in range(4):
        press("take")
    press("back")
    press("run")
    view.set(yours="no")
    press("again")
    press("run")
    for way in WAYS:
        view.set(way=way)
        press("again")
        press("run")
    for option in options_of("EST"):
        for chosen in option.choices:
            view.set(**{f"option:{option.name}": chosen})
        assert_view(view, content)
    for action in [o["value"] for o in view._step.controls[0]["options"]]:
        press("again")
        view.set(action=action)
        press("take")
        said = view.regions(view.values)["said"]
        assert "⟦" in said or action == "wait", "a week that passes is seen in the day alone"


def test_chances_and_an_article_of_ones_own_are_wholly_translated(content):
    view = TreatySimulator("georgia-2008")
    view.live()
    for p in (0, 50, 99):
        for otherwise in ("no", "abstain", "absent"):
            view.set(part="chance", p=p, otherwise=otherwise)
            assert_view(view, content)
    for control in view._draft_controls():
        for option in control["options"]:
            view.set(**{control["name"]: option["value"]})
            assert "⟦" in view.regions(view.values)["verdict"]
        assert_view(view, content)


def test_a_wrong_crisis_is_answered_in_the_learners_language():
    for view in (DecisionLab, TreatySimulator):
        with pytest.raises(OptionError, match="⟦"):
            view("valey")


def test_the_words_of_both_views_can_travel_as_json():
    view = DecisionLab("valley")
    view.live()
    assert json.dumps([view._grid.words, view._grid.marks, view._grid.origins])
