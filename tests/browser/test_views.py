"""Every view in a real browser: by mouse, by keyboard alone, read aloud, light and dark, reopened."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def demo(lab, browser):
    """The demo notebook, run once; the tests of this module look at different views of it."""
    from lab import Notebook

    notebook = Notebook(browser, lab, "demo.ipynb", height=2000)
    notebook.run_all()
    expect(notebook.page.locator(".course-live").first).to_be_visible()
    yield notebook
    notebook.close()
    assert not notebook.outside, f"requests left the machine: {notebook.outside}"


def status(view):
    return view.locator("[role=status]").first


def press(demo, *keys):
    for key in keys:
        demo.page.keyboard.press(key)


# --- timeline


@pytest.fixture
def timeline(demo):
    return demo.view("Timeline")


def test_timeline_filters_by_mouse(timeline):
    expect(status(timeline)).to_contain_text("30 of 43 events shown")
    timeline.get_by_label("Military", exact=True).uncheck()
    expect(status(timeline)).to_contain_text("25 of 43 events shown")
    expect(timeline.get_by_role("button", name="KLA ambush")).to_be_hidden()
    timeline.get_by_label("Military", exact=True).check()
    timeline.get_by_label("Actor", exact=True).select_option("OSCE")
    expect(status(timeline)).not_to_contain_text("30 of 43")
    timeline.get_by_label("Actor", exact=True).select_option("")
    expect(status(timeline)).to_contain_text("30 of 43 events shown")


def test_timeline_is_worked_by_keyboard_alone(demo, timeline):
    timeline.get_by_label("What was known on", exact=True).focus()
    press(demo, "Home")
    expect(status(timeline)).to_contain_text("You stand on 1 January 1989")
    press(demo, "End")
    expect(status(timeline)).to_contain_text("30 of 43 events shown")
    timeline.get_by_role("button", name="Killings at Račak").focus()
    press(demo, "Enter")
    card = timeline.locator(".c-card")
    expect(card).to_contain_text("15 January 1999")
    expect(card.get_by_role("link").first).to_have_attribute("href", re.compile("^https?://"))
    press(demo, "ArrowDown", "Enter")
    expect(card).to_contain_text("16 January 1999")
    expect(timeline.get_by_role("button", name="Walker visits Račak")).to_be_focused()
    expect(timeline.get_by_role("button", name="Walker visits Račak")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_timeline_picture_follows_and_answers_a_click(demo, timeline):
    marks = timeline.locator('.vega-embed [aria-roledescription="point"]')
    expect(marks).to_have_count(30)
    timeline.get_by_label("Legal", exact=True).uncheck()
    expect(marks).to_have_count(22)
    timeline.get_by_label("Legal", exact=True).check()
    expect(marks).to_have_count(30)
    mark = timeline.locator('.vega-embed [aria-label*="Drenica"]').first
    mark.click()
    expect(timeline.locator(".c-card")).to_contain_text("Police attacks in Drenica")


def test_second_lane_is_worked_by_keyboard_alone(demo, timeline):
    steps = timeline.locator('.vega-embed [aria-roledescription="step"]')
    picture = timeline.locator(".vega-embed svg")
    expect(status(timeline)).to_contain_text("Steps beneath the events: 5 in bodies")
    expect(steps).to_have_count(5)
    tall = picture.bounding_box()["height"]
    timeline.get_by_label("Memberships and treaties", exact=True).focus()
    demo.wire.clear()
    press(demo, "Space")
    expect(steps).to_have_count(0)
    expect(timeline.get_by_role("button", name="NATO: 3 join")).to_be_hidden()
    assert picture.bounding_box()["height"] < tall - 150, "the empty half stays"
    assert sum(demo.wire) < 20_000
    press(demo, "Space")
    expect(steps).to_have_count(5)
    expect(
        timeline.locator('.vega-embed [aria-label="NATO: 3 join, 12 March 1999"]')
    ).to_be_visible()
    timeline.get_by_role("button", name="NATO: 3 join").focus()
    press(demo, "Enter")
    expect(timeline.locator(".c-card")).to_contain_text("Czechia, Hungary, Poland")
    expect(timeline.get_by_role("button", name="NATO: 3 join")).to_be_focused()


# --- claim desk


@pytest.fixture
def desk(demo):
    return demo.view("Claim desk")


def test_the_record_opens_only_after_a_verdict_of_ones_own(demo, desk):
    answer = desk.locator("[role=status]").last
    expect(answer).to_contain_text("Commit to a verdict of your own")
    assert "Hina" not in desk.locator(".course-live").inner_text()
    desk.get_by_role("button", name="Compare with the record").click()
    expect(answer).to_contain_text("Choose a verdict first")
    desk.get_by_label("Good sources disagree").focus()
    press(demo, "Space")
    desk.get_by_label("How sure are you?").focus()
    press(demo, "End")
    desk.get_by_role("button", name="Compare with the record").focus()
    press(demo, "Enter")
    expect(answer).to_contain_text("contested, 100 % sure")
    expect(answer).to_contain_text("contradicted, high confidence")
    expect(answer).to_contain_text("saved in your record")
    expect(answer.get_by_role("heading", name="Against")).to_be_visible()


def test_the_next_claim_starts_afresh(desk):
    desk.get_by_role("button", name="Next claim").click()
    expect(desk).to_contain_text("2 of 2. Claim C043")
    expect(desk.get_by_label("Good sources disagree")).not_to_be_checked()
    expect(desk.locator("[role=status]").last).to_contain_text("Commit to a verdict")
    desk.get_by_role("button", name="Previous claim").click()
    expect(desk).to_contain_text("1 of 2. Claim C039")


# --- ranges


def test_ranges_show_every_count_of_a_measure(demo):
    view = demo.view("What was counted")
    view.get_by_label("all", exact=True).check()
    expect(view.locator("svg[role=img]")).to_have_attribute(
        "aria-label", re.compile("Račak|figures")
    )
    view.get_by_label("displaced", exact=True).focus()
    press(demo, "Space")
    expect(view.locator("svg[role=img]")).to_contain_text("Persons displaced")
    view.get_by_text("The same figures as a table").click()
    expect(view.get_by_role("columnheader", name="Counted by")).to_be_visible()


# --- map


def test_map_moves_by_keyboard_and_a_tile_opens_its_state(demo):
    view = demo.view("Who was in what")
    day = view.get_by_label("Day", exact=True)
    expect(view.get_by_role("button", name="Poland: NATO")).to_be_visible()
    day.focus()
    press(demo, "Home")
    expect(status(view)).to_contain_text("On 1 January 1990, of 35 participating States")
    expect(view.get_by_role("button", name="Poland: OSCE only")).to_be_visible()
    press(demo, "End")
    expect(status(view)).to_contain_text("of 56 participating States")
    view.get_by_role("button", name="Georgia: OSCE only").focus()
    press(demo, "Enter")
    expect(view.locator(".c-card")).to_contain_text("Collective Security Treaty")
    view.get_by_label("the bodies ticked").check()
    expect(status(view)).to_contain_text("0 States in all of NATO, Collective Security Treaty")
    view.get_by_label("zones of obligation").check()


def test_map_changes_its_borders_and_then_sends_little(demo):
    view = demo.view("Who was in what")
    maps = view.locator(".vega-embed svg")
    view.get_by_label("as the General Assembly has them").focus()
    press(demo, "ArrowRight")
    expect(view).to_contain_text("Crimea is drawn with Russian Federation")
    expect(view).to_contain_text("world-atlas 2.0.2")
    expect(maps).to_have_count(2)
    expect(maps.first).to_be_hidden()
    expect(maps.last).to_be_visible()
    expect(view.get_by_label("as Natural Earth draws control")).to_be_focused()
    view.get_by_label("Day", exact=True).focus()
    demo.wire.clear()
    press(demo, "ArrowLeft")
    expect(status(view)).to_contain_text("On 1 November 2010")
    assert sum(demo.wire) < 20_000
    view.get_by_label("as the General Assembly has them").focus()
    press(demo, "Space")
    expect(maps.first).to_be_visible()
    expect(view).to_contain_text("Crimea is drawn with Ukraine")


# --- indicators


def test_indicators_show_how_the_window_decides(demo):
    view = demo.view("Indicators")
    expect(status(view)).to_contain_text("rose by 9 %")
    view.get_by_label("From", exact=True).focus()
    press(demo, "ArrowRight", "ArrowRight")
    expect(status(view)).to_contain_text("1992 to 2010: fell by 98 %")
    expect(view.locator(".vega-embed svg")).to_contain_text("27\u202f917")
    view.get_by_label("Nuclear warheads", exact=False).check()
    expect(status(view)).to_contain_text("fell in 210")
    expect(view.locator(".vega-embed svg")).not_to_contain_text("27\u202f917")


# --- lens


def test_lens_finds_words_and_opens_paragraphs(demo):
    view = demo.view("Text lens")
    word = view.get_by_label("Look for a word")
    word.fill("genocide")
    press(demo, "Tab")
    expect(status(view)).to_contain_text("“genocide” stands")
    word.fill("indivisble")
    press(demo, "Tab")
    expect(status(view)).to_contain_text("the nearest word in it is 'indivisible'")
    view.get_by_role("button", name="OSCE", exact=True).click()
    expect(status(view)).to_contain_text("“OSCE” stands 43 times")
    view.get_by_role("button", name="paragraph 10", exact=False).first.focus()
    press(demo, "Enter")
    expect(view.locator(".c-card")).to_contain_text("[10] section 2")
    view.get_by_label("Key words of section").select_option("2")
    expect(view.get_by_role("columnheader", name="In section 2")).to_be_visible()


# --- slider


def test_slider_speaks_and_moves(demo):
    slider = demo.page.get_by_label("Date", exact=True)
    slider.focus()
    press(demo, "ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "April 1999")
    demo.page.get_by_role("button", name="Play: Date").focus()
    press(demo, "Enter")
    expect(demo.page.get_by_role("button", name="Pause: Date")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", "May 1999")
    expect(demo.page.get_by_role("button", name="Play: Date")).to_be_visible()


# --- all views


def test_the_twin_steps_back_while_the_view_is_live(demo):
    twins = demo.page.locator(".course-twin")
    live = demo.page.locator(".jp-OutputArea:has(.course-live) .course-twin")
    assert twins.count() >= 3
    for i in range(live.count()):
        expect(live.nth(i)).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_violation_and_a_picture_of_each_view(demo, theme):
    demo.dark(theme == "dark")
    for kicker, name in VIEWS:
        demo.shot(f"{name}-{theme}", demo.view(kicker))
    assert not demo.axe()
    demo.dark(False)


VIEWS = [
    ("Timeline", "timeline"),
    ("Claim desk", "claim-desk"),
    ("What was counted", "ranges"),
    ("Who was in what", "map"),
    ("Indicators", "indicators"),
    ("Text lens", "lens"),
]


def test_nothing_overflows_at_double_size(open_notebook):
    notebook = open_notebook("demo_narrow.ipynb", width=600, height=900)
    notebook.run_all()
    wide = notebook.page.evaluate(
        "[...document.querySelectorAll('.course')].filter(x => x.offsetParent &&"
        " x.scrollWidth > x.clientWidth + 2).map(x => x.textContent.slice(0, 60))"
    )
    assert not wide


@pytest.mark.parametrize("name", ["demo_reopened", "kosovo_reopened"])
def test_reopened_without_its_kernel_every_twin_is_read(name, open_notebook):
    first = open_notebook(f"{name}.ipynb")
    first.run_all()
    expect(first.page.locator(".course-live").first).to_be_visible()
    held = first.page.locator(".course-twin").count()
    assert held >= 6
    first.save()
    first.close()
    again = open_notebook(f"{name}.ipynb")
    # the widget manager now knows that it has no such model
    again.page.wait_for_function(
        "document.body.textContent.includes('model not found')", timeout=30_000
    )
    twins = again.page.locator(".course-twin")
    assert twins.count() == held
    for i in range(twins.count()):
        expect(twins.nth(i)).to_be_visible()
    dead = again.page.locator(".jp-OutputArea:has(.course-twin)").get_by_text("model not found")
    assert not [i for i in range(dead.count()) if dead.nth(i).is_visible()]
    for theme in ("light", "dark"):
        again.dark(theme == "dark")
        again.shot(f"{name}-{theme}")
    assert not again.axe(".course-twin")
