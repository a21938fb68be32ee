"""The pattern of all views: one panel, one twin, only what changed is sent."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.widgets import base, markup
from course.widgets.slider import Slider


class Echo(base.View):
    title, kicker, lead = "Echo", "Test", "It says what was chosen."
    layout = (base.region("controls"), base.live_region("words"), base.region("still"))

    def controls(self):
        return [
            base.range_("n", "Number", 0, 9),
            base.choice("who", "Who", {"a": "Ann", "b": "Bo"}),
        ]

    def initial(self):
        return {"n": 3, "who": None}

    def regions(self, values):
        return {"words": f"<p>{values['n']}</p>", "still": "<p>still</p>"}

    def text(self):
        return "Echo: 3"


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda b, raw: bundles.append(b))
    return bundles


def test_one_live_display_then_one_twin(shown):
    Echo().show()
    live, twin = shown
    assert list(live) == ["application/vnd.jupyter.widget-view+json"]
    assert list(twin) == ["text/html", "text/plain"]
    assert 'class="course-twin"' in twin["text/html"] and twin["text/plain"] == "Echo: 3"


def test_a_static_view_is_a_twin_alone(shown):
    base.Note.sentence("Nothing to draw <here>.").show()
    assert len(shown) == 1
    assert "&lt;here&gt;" in shown[0]["text/html"]


def test_a_key_press_changes_the_region_that_depends_on_it_and_no_other(shown):
    view = Echo()
    view.show()
    (panel,) = view.panels
    sent = []
    panel.observe(
        lambda c: sent.append(c["name"]), [n for n in panel.trait_names() if "region" in n]
    )
    panel.values = {**panel.values, "n": 4}
    assert panel.region_words == "<p>4</p>"
    assert sent == ["region_words"]


def test_setting_from_python_moves_the_control(shown):
    view = Echo()
    view.show()
    view.set(n=7)
    assert view.panels[0].values["n"] == 7
    assert view.panels[0].region_words == "<p>7</p>"


def test_the_style_sheet_hides_the_twin_only_beside_a_live_view():
    assert ".jp-OutputArea:has(.course-live) .course-twin{display: none;}" in base.theme()
    assert "/*" not in base.theme()


def test_no_style_or_script_asks_for_anything_outside():
    for name in ("theme.css", "panel.css", "panel.js"):
        text = (base.HERE / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|\bimport\b.*from|url\(", text)


@given(st.text())
def test_no_text_can_break_out_of_markup(text):
    html = markup.table([{"a": text}], {"a": text}, caption=text) + markup.link(text, "x")
    assert text not in html or not set(text) & set("<>\"'&")


def test_numbers_stand_right_and_first_cells_name_their_row():
    html = markup.table([{"a": "x", "n": 23809}], {"a": "A", "n": "N"})
    assert '<th scope="row">x</th>' in html
    assert '<td class="c-num">23\u202f809</td>' in html


def test_slider_speaks_its_label_and_keeps_its_range():
    slider = Slider("Date", labels=["March", "April"], value=1)
    assert slider.text == "April"
    slider.values = {"value": 0}
    assert (slider.value, slider.text) == (0, "March")
    slider.value = 1
    assert slider.values == {"value": 1}
    assert Slider("Share", 0, 100, unit=" %", value=40).text == "40 %"


@pytest.mark.parametrize(
    "wrong", [{"labels": []}, {"low": 3, "high": 1}, {"value": 500}, {"step": 0}]
)
def test_slider_refuses_what_cannot_be_chosen(wrong):
    with pytest.raises(ValueError, match="Where"):
        Slider("Where", **wrong)


def test_without_a_library_the_words_are_still_shown(shown):
    class Lacking(Echo):
        def live(self):
            raise ImportError("The library 'altair' is not here.")

    Lacking().show()
    (bundle,) = shown
    assert bundle["text/plain"] == "The library 'altair' is not here.\n\nEcho: 3"
