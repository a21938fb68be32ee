"""The argument map: moves, what they change, what crosses the link, and the twin."""

import json
import re
import zlib
from html.parser import HTMLParser

import pytest
from argument.graphs import graphs
from hypothesis import given
from hypothesis import strategies as st

from course import argument, lesson, record
from course.widgets.argument_map import ArgumentMap, Stance, picture, words
from course.widgets.argument_map.stance import restored

GRAPH = argument.load()
LINK = 20_000  # bytes over the kernel link that one move may take


@pytest.fixture(autouse=True)
def own_record(monkeypatch, tmp_path):
    """A record of its own for each test."""
    record.close()
    monkeypatch.setenv("COURSE_RECORD", str(tmp_path / "record.sqlite"))
    yield
    record.close()


@pytest.fixture
def view():
    found = ArgumentMap()
    found.live()
    return found


@pytest.fixture
def graph():
    return GRAPH


def sent_by(view, act):
    """Traits that a move sends, with their size as JSON."""
    sent = {}

    def note(change):
        sent[change["name"]] = len(json.dumps(change["new"]))

    view.widget.observe(note)
    act()
    view.widget.unobserve(note)
    return {name: size for name, size in sent.items() if name in view.widget.keys}


# --- moves ----------------------------------------------------------------------------------------


def test_at_rest_the_whole_article_stands_and_nothing_is_raised(view):
    letters = dict(
        zip((s["id"] for s in view.plan()["statements"]), view.widget.labels, strict=True)
    )
    article = {s.id for s in view.graph.article}
    assert {letters[key] for key in article} == {"s"}
    assert {letter for key, letter in letters.items() if key not in article} == {"-"}


def test_a_rejected_premise_costs_a_line_and_the_reason_is_told(view):
    view.move("reject", "I11")
    assert view.labels["I11"] == "falls" and view.labels["C120"] == "stands"
    assert "I11 falls because you reject it." in view.widget.news
    assert "C120 [53] still stands: 3 of its 4 lines of support are left." in view.widget.news
    assert "3 of 4 lines of support" in view.widget.board
    assert view.widget.moved == ["I11", "C120"]


def test_a_main_conclusion_falls_when_a_smallest_cut_is_rejected(view, graph):
    cut = graph.cuts("C085", limit=1)[0]
    view.move("try", " ".join(cut))
    assert view.labels["C085"] == "falls"
    for spared in cut:
        view.move("leave", spared)
        assert view.labels["C085"] == "stands"
        view.move("reject", spared)


def test_an_objection_fells_its_target_and_its_reply_answers(view, graph):
    view.move("raise", "O52")
    assert view.labels["C132"] == "falls"
    assert "C132 [64] falls because O52 stands against it." in view.widget.news
    reply = graph.replies_to("O52")[0].id
    view.move("raise", reply)
    assert (
        view.labels["C132"] == {"answers": "stands", "contests": "undecided"}[graph[reply].effect]
    )
    view.move("withdraw", "O52")
    assert reply not in view.labels and view.labels["C132"] == "stands"


def test_a_reply_cannot_be_raised_without_what_it_replies_to(graph):
    assert Stance().lift(graph, "R01").raised == {"O01", "R01"}


def test_weighing_a_premise_shows_degrees_and_leaves_the_labels(view):
    before = dict(view.labels)
    view.move("weigh", "C034", value=10)
    weak = view.degrees["C132"]
    assert view.labels == before
    assert len(view.widget.degrees) == len(view.graph)
    view.move("weigh", "C034", value=95)
    assert view.degrees["C132"] > weak
    assert f"C132 [64] {view.degrees['C132']:.0%} (before: {weak:.0%})" in view.widget.news
    view.move("leave", "C034")
    assert view.widget.degrees == []


def test_the_stricter_reading_needs_every_line(view):
    view.move("reject", "I11")
    view.move("strict", value=True)
    assert view.labels["C120"] == "falls"
    assert "on the strict reading every line is needed" in view.widget.news
    view.move("strict", value=False)
    assert view.labels["C120"] == "stands"


def test_each_choice_can_be_undone_to_the_beginning(view):
    moves = [("reject", "I11"), ("accept", "C013"), ("raise", "O01"), ("weigh", "I02")]
    for move in moves:
        view.move(*move)
    for _ in moves:
        view.move("undo")
    assert view.stance == Stance() and not view.widget.undo
    assert view.move("undo") == "There is nothing to undo."


def test_a_statement_is_rejected_accepted_or_weighed_never_two_of_these():
    stance = Stance().reject("C1").accept("C1").weaken("C1", 0.3)
    assert (stance.rejected, stance.accepted, stance.credences) == (set(), set(), {"C1": 0.3})
    assert stance.reject("C1").credences == {}


MOVES = (
    "reject",
    "accept",
    "leave",
    "weigh",
    "raise",
    "withdraw",
    "strict",
    "undo",
    "reset",
    "select",
)


@given(
    st.lists(
        st.tuples(st.sampled_from(MOVES), st.sampled_from(["C120", "I11", "O23", "R23", "C050"])),
        max_size=8,
    )
)
def test_whatever_is_pressed_labels_are_those_of_the_model(moves):
    view = ArgumentMap(graph=GRAPH)
    for do, key in moves:
        try:
            view.move(do, key)
        except argument.ArgumentError:
            pass  # an article's statement is not raised
    stance = view.stance
    expected = view.graph.label(
        rejected=stance.rejected,
        accepted=stance.accepted,
        objections=stance.raised,
        strict=stance.strict,
    )
    assert view.labels == expected


# --- what the learner adds ------------------------------------------------------------------------


def test_an_addition_counts_at_once_is_kept_and_comes_back(view):
    view.move("object", "C013", text="Trade  rose in those years.", basis="fact")
    assert view.labels["C013"] == "falls"
    view.move("rebut", "L01", text="Trade is not security.", basis="inference", effect="answers")
    assert view.labels["C013"] == "stands"
    record.close()
    again = ArgumentMap()
    assert again.graph["L01"].text == "Trade rose in those years."
    assert again.graph["L02"].reply_to == "L01"
    assert again.labels["C013"] == "stands" and "L01" not in again.labels  # held ready
    again.move("raise", "L01")
    assert again.labels["C013"] == "falls"


def test_an_objection_to_a_step_undercuts_it(view):
    view.move("object", "G19", text="It may work and still not be owed.", basis="inference")
    assert view.labels.steps["G19"] == "falls" and view.labels["C132"] == "stands"


def drawn(view):
    """Ids of the statements that the page holds, in the order of the letters."""
    return [s["id"] for part in (view.widget.plan, view.widget.own) for s in part["statements"]]


def test_an_addition_is_sent_alone_and_the_graph_never_again(view):
    sent = sent_by(view, lambda: view.move("object", "C013", text="One more."))
    assert "own" in sent and "plan" not in sent
    assert drawn(view)[-1] == "L01" and len(view.widget.labels) == len(drawn(view))
    assert ["L01", "C013", ""] in view.widget.own["attacks"]
    assert not {"plan", "own"} & set(sent_by(view, lambda: view.move("withdraw", "L01")))
    view.move("rebut", "L01", text="No.", effect="contests")
    assert drawn(view)[-2:] == ["L01", "L02"]
    sent = sent_by(view, lambda: view.move("remove", "L01"))
    assert "plan" not in sent and view.widget.own == {"statements": [], "attacks": []}
    assert len(view.widget.labels) == len(drawn(view)) == len(view.graph)


def test_what_the_learner_added_before_is_drawn_after_the_rest(view):
    view.move("object", "C013", text="One more.")
    again = ArgumentMap()
    again.live()
    assert drawn(again)[-1] == "L01" and set(drawn(again)) == set(again.graph)
    again.move("raise", "L01")
    letters = dict(zip(drawn(again), again.widget.labels, strict=True))
    assert letters["L01"] == "s" and letters["C013"] == "f"


def test_a_removed_addition_stays_away_with_its_replies(view):
    view.move("object", "C013", text="One.")
    view.move("rebut", "L01", text="Two.")
    view.move("remove", "L01")
    assert not {"L01", "L02"} & set(view.graph)
    record.close()
    assert not {"L01", "L02"} & set(ArgumentMap().graph)
    with pytest.raises(argument.WrongValue, match="not one of your additions"):
        view.move("remove", "O01")


def test_additions_of_two_machines_with_one_id_are_both_kept(graph):
    entry = {"form": "objection", "id": "L01", "against": "C013", "basis": "fact"}
    entries = [entry | {"text": "Here."}, entry | {"text": "There.", "against": "C014"}]
    entries.append(
        {
            "form": "reply",
            "id": "L02",
            "text": "No.",
            "against": "L01",
            "basis": "fact",
            "effect": "answers",
        }
    )
    made, lost = restored(graph, entries)
    assert lost == 0
    assert [made[k].text for k in ("L01", "L02", "L03")] == ["Here.", "There.", "No."]
    assert made["L03"].reply_to == "L02"  # the reply was written beside the second


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {},
        {"form": "objection", "id": "L01", "text": "x", "against": "C999", "basis": "fact"},
        {"form": "reply"},
        "text",
    ],
)
def test_an_entry_that_no_longer_fits_is_left_out_and_said(graph, entry):
    made, lost = restored(graph, [entry])
    assert (len(made), lost) == (len(graph), 1)
    record.save_addition("argument", entry)
    assert "1 of your own additions no longer fit" in ArgumentMap().notice


def test_an_unreadable_record_costs_no_move(view, monkeypatch):
    def refuse(*_):
        raise record.RecordError("Not saved: the disk is full.")

    monkeypatch.setattr(record, "save_addition", refuse)
    said = view.move("object", "C013", text="Still said.")
    assert "the disk is full" in said and view.labels["C013"] == "falls"


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "</textarea></div><iframe srcdoc='<script>alert(1)</script>'>",
    "</style></title>--></p><math><mi//xlink:href='javascript:alert(1)'>",
    "{0} {__class__} {name!r} %s ${alert(1)} \\u003cimg\\u003e",
    "a\0target\0 b\0premises\0",
]


class Tags(HTMLParser):
    """Names and attributes of the elements of a page, and its text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.names, self.attributes, self.text = set(), set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_text_wherever_it_is_shown(view, text):
    view.move("object", "C013", text=text)
    view.move("rebut", "L01", text=text, effect="contests")
    pages = {}
    for do, key in (("select", "L02"), ("select", "L01"), ("select", "C013"), ("reject", "I11")):
        view.move(do, key)
        pages[do, key] = view.widget.detail + view.widget.news + view.widget.board
    pages["asked"] = view._probe() + view.move("probe", "L01", value="swings") + view.widget.probe
    pages["refused"] = view._heard(view.widget, {"do": text, "id": text}, []) or view.widget.news
    again = ArgumentMap()
    again.stance = view.stance
    pages["twin"], pages["around"] = again.html(), ArgumentMap("C013").html()
    for where, html in pages.items():
        page = Tags(html)
        assert not page.names & {"script", "iframe", "math", "svg", "image", "title"}, where
        assert not {a for a in page.attributes if a.startswith("on")} | {"srcdoc"} & page.attributes
        assert "img" not in page.names or where in ("twin", "around")  # the picture of the twin
    shown = " ".join(text.split())
    for where in (("select", "L01"), ("select", "C013"), "twin"):
        assert shown in Tags(pages[where]).text, where
    assert [s["text"] for s in view.widget.own["statements"]] == [shown, shown]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_text_in_every_export(view, text):
    view.move("object", "C013", text=text)
    shown = " ".join(text.split())
    nodes = {n["nodeID"]: n["text"] for n in json.loads(view.export("aif"))["nodes"]}
    assert nodes["L01"] == shown
    (line,) = [one for one in view.export().splitlines() if one.startswith("[L01]: ")]
    told, _, metadata = line.removeprefix("[L01]: ").rpartition(" {")
    assert re.sub(r"\\([\[\]<>{}#*_@|\\])", r"\1", told) == shown
    assert json.loads("{" + metadata)["label"] == "stands"


# --- the link -------------------------------------------------------------------------------------


def test_a_move_sends_what_changed_and_not_the_graph(view):
    sent = sent_by(view, lambda: view.move("reject", "I11"))
    assert {"labels", "steps", "choices", "news", "board"} <= set(sent)
    assert not {"plan", "head", "degrees", "strict", "selected"} & set(sent)


def test_no_move_takes_more_than_the_link_should(view):
    moves = [("select", s.id) for s in view.graph.statements]
    moves += [("select", s.id) for s in view.graph.steps]
    moves += [("raise-all", ""), ("reset", ""), ("strict", ""), ("weigh", "I02")]
    heaviest = {}
    for move in moves:
        heaviest[move] = sum(sent_by(view, lambda move=move: view.move(*move)).values())
    text = "A reason of the usual length, written by the learner. " * 3
    for i in range(10):  # many additions, and each is sent
        act = {"object": ("C120", "fact"), "rebut": (f"L{2 * i + 1:02}", "law")}
        for do, (key, basis) in act.items():
            more = {"text": text, "basis": basis}
            sent = sent_by(view, lambda do=do, key=key, more=more: view.move(do, key, **more))
            heaviest[do, i] = sum(sent.values())
    for key in ("C120", "L01"):
        heaviest["select", key] = sum(
            sent_by(view, lambda key=key: view.move("select", key)).values()
        )
    view.move("raise-all", replies=True)
    for kind in ("load", "cuts", "swings"):
        heaviest[kind] = sum(
            sent_by(view, lambda kind=kind: view.move("probe", "C120", value=kind)).values()
        )
    assert max(heaviest.values()) < LINK, max(heaviest, key=heaviest.get)


def test_a_message_from_the_page_is_answered_even_if_it_makes_no_sense(view):
    for content in (
        {"do": "reject", "id": "C999"}, {"do": "fly", "id": "C120"}, {}, {"do": "reject", "id": "C120", "x": 1},
        {"do": "raise", "id": "C120"}, {"do": "object", "id": "C013", "text": "   "}, {"do": "export", "value": "pdf"},
    ):  # fmt: skip
        before = view.widget.answered
        view._heard(view.widget, content, [])
        assert view.widget.answered == before + 1
        assert re.sub("<[^>]+>", "", view.widget.news).endswith((".", "?"))
    assert view.stance == Stance()


# --- questions ------------------------------------------------------------------------------------


def test_load_and_cuts_are_asked_of_the_model(view, graph):
    view.move("probe", value="load")
    first = graph.load_bearing()[0]
    assert view.widget.probe.index(first.id) < view.widget.probe.index(graph.load_bearing()[1].id)
    assert first.words in view.widget.probe
    view.move("probe", "C132", value="cuts")
    assert f"{graph.count_cuts('C132')} smallest sets" in view.widget.probe
    assert f'data-id="{" ".join(graph.cuts("C132", limit=1)[0])}"' in view.widget.probe
    view.move("probe", "C132", value="swings")
    assert graph.sensitivity("C132")[0].id in view.widget.probe
    view.move("probe")
    assert view.widget.probe == ""


@pytest.mark.parametrize("key", ["C120", "I11", "O23", "R23", "C050", "G06", "O02"])
def test_every_kind_of_statement_explains_itself(view, graph, key):
    view.move("select", key)
    said = view.widget.detail
    text = graph[key].text if key in graph else graph.step(key).note
    assert words.esc(text) in said and key in said
    assert "None" not in re.split(r"<[^>]+>|[·(),] ?", said)


def test_an_objection_without_effect_says_why(view, graph):
    found = next(
        a
        for a in graph.attacks
        if a.no_effect == "unverified" and not a.undercut and graph[a.source].kind == "objection"
    )
    view.move("raise", found.source)
    view.move("select", found.target)
    assert "defeats nothing until its source has been read" in view.widget.detail


# --- the learner's version ------------------------------------------------------------------------


def test_the_exported_version_holds_choices_and_additions(view):
    view.move("reject", "I11")
    view.move("object", "C013", text="Trade rose.")
    assert "Trade rose." in view.export() and '"choice": "rejected"' in view.export()
    nodes = {n["nodeID"] for n in json.loads(view.export("aif"))["nodes"]}
    assert "L01" in nodes and "O01" not in nodes


def test_the_version_crosses_the_link_packed(view, monkeypatch):
    packed = []
    monkeypatch.setattr(
        view.widget, "send", lambda content, buffers: packed.append((content, buffers))
    )
    for form in ("argdown", "aif"):
        view._heard(view.widget, {"do": "export", "value": form}, [])
        content, (data,) = packed.pop()
        assert content == {"export": form} and len(data) < LINK
        assert zlib.decompress(data).decode() == view.export(form)


def test_a_saved_version_replaces_only_its_own_kind(view, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert view.save() == "my-argument.argdown"
    view.move("reject", "I11")
    view.save()
    assert '"choice": "rejected"' in (tmp_path / "my-argument.argdown").read_text(encoding="utf-8")
    (tmp_path / "notes.json").write_text("[1, 2, 3, 4, 5]", encoding="utf-8")
    for path in ("notes.json", "00_start_here.ipynb"):
        with pytest.raises(ValueError, match="kind of file|must end in"):
            view.save(path)
    assert (tmp_path / "notes.json").read_text(encoding="utf-8") == "[1, 2, 3, 4, 5]"


def test_the_verbs_show_the_map_and_save_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda b, raw: bundles.append(b))
    lesson.argument_map("C132")
    live, twin = bundles
    assert list(live) == ["application/vnd.jupyter.widget-view+json"]
    assert "What holds C132 [64] up" in twin["text/plain"]
    lesson.save_argument("mine.json")
    assert json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["nodes"]
    lesson.argument_map("C1320")
    lesson.argument_map(132)
    for said in bundles[-2:]:
        assert "C1" in said["text/plain"] and "Traceback" not in said["text/plain"]


# --- the twin -------------------------------------------------------------------------------------


def test_the_twin_lists_every_statement_and_every_objection_with_its_reply(graph):
    html, text = ArgumentMap().html(), ArgumentMap().text()
    for statement in graph.statements:
        assert words.esc(statement.text) in html, statement.id
    for statement in graph.article:
        assert statement.text in text


def test_the_twin_around_a_statement_lists_what_lies_around_it():
    listed = {s.id for s in ArgumentMap("C132").shown()}
    assert {"C132", "C120", "C093", "I08", "I05"} <= listed and "C013" not in listed


def test_the_twin_is_the_same_every_time():
    assert ArgumentMap("C120").html() == ArgumentMap("C120").html()
    assert ArgumentMap().html() == ArgumentMap().html()


def test_the_picture_says_in_words_what_it_shows(graph):
    drawn = picture.svg(graph, graph.label())
    alt = re.search(r'aria-label="([^"]*)"', drawn).group(1)
    assert "8 sections and 3 main conclusions" in alt
    assert "C120 [53] stands on 4 of 4 lines" in alt
    fallen = picture.svg(graph, graph.label(rejected=["I11"]))
    assert "C120 [53] stands on 3 of 4 lines" in fallen


def test_sections_and_conclusions_are_all_in_the_folded_picture(graph):
    nodes, _ = picture._folded(graph, graph.label())
    assert {f"S{n}" for n in range(1, 9)} | set(graph.main) == set(nodes)
    shown = sum(len(n.glyphs) for n in nodes.values()) + len(graph.main)
    assert shown == len(graph.article)


def cards_apart(nodes):
    cards = [(n.x, n.y, n.x + n.width, n.y + n.height) for n in nodes.values()]
    return all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for i, a in enumerate(cards)
        for b in cards[i + 1 :]
    )


@pytest.mark.parametrize("key", ["", "C120", "C132", "C085", "I01", "O23", "C014"])
def test_no_card_of_the_picture_lies_on_another(graph, key):
    labels = graph.label()
    nodes, edges = picture._around(graph, labels, key) if key else picture._folded(graph, labels)
    width, height, _ = picture._place(nodes, edges)
    assert cards_apart(nodes)
    assert all(0 <= n.x and n.x + n.width <= width for n in nodes.values())
    assert all(0 <= n.y and n.y + n.height <= height for n in nodes.values())


@given(graphs())
def test_any_argument_can_be_drawn_and_told(graph):
    view = ArgumentMap(graph=graph)
    assert view.html() and view.text()
    for key in graph:
        nodes, edges = picture._around(graph, view.labels, key)
        picture._place(nodes, edges)
        assert cards_apart(nodes)
        view.move("select", key)
        assert words.detail(graph, key, view.stance, view.labels)


@pytest.mark.parametrize("label", ["stands", "falls", "undecided", "held"])
def test_each_label_has_a_shape_of_its_own(label):
    others = [g for name, g in words.GLYPHS.items() if name != label]
    assert all(words.GLYPHS[label]["shape"] != g["shape"] for g in others)
    assert all(words.GLYPHS[label]["sign"] != g["sign"] for g in others)
