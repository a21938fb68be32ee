"""The argument map in a real browser: by mouse, by keyboard alone, light and dark, wide and narrow."""

import re

import jupytext
import nbformat
import pytest
from lab import ROOT, Notebook
from playwright.sync_api import expect

NAME = "argument_demo.ipynb"
TALL = 1800
LINK = 20_000  # bytes over the kernel link that one move may take


@pytest.fixture(scope="module")
def page(lab, browser):
    """The demo, run once; each test starts both maps again."""
    notebook = jupytext.read(ROOT / "tests" / "browser" / "argument_demo.py", fmt="py:percent")
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(notebook, lab.folder / NAME)
    expect.set_options(timeout=15_000)
    opened = Notebook(browser, lab, NAME, height=TALL)
    opened.run_all()
    expect(around(opened).locator("[data-node]").first).to_be_visible()
    yield opened
    opened.close()
    assert not opened.outside, f"requests left the machine: {opened.outside}"


@pytest.fixture
def demo(page):
    still(page)
    for view, home in ((whole(page), ""), (around(page), "C132")):
        view.get_by_role("button", name="Map", exact=True).click()
        if view.get_by_role("button", name="All sections").is_enabled():
            view.get_by_role("button", name="All sections").click()
        view.get_by_label("Stricter reading").uncheck()
        view.get_by_role("button", name="Start again").click()
        if home:
            view.locator(".am-board").get_by_role("button", name=home).click()
            expect(view.locator(".am-detail")).to_contain_text(home)
    return page


def still(notebook):
    """Ask for reduced motion, so that every label is there at once."""
    notebook.page.emulate_media(reduced_motion="reduce")


def whole(notebook):
    return notebook.page.locator(".am").nth(0)


def around(notebook):
    return notebook.page.locator(".am").nth(1)


def node(view, key):
    return view.locator(f'[data-node="{key}"]')


def label(view, key):
    return node(view, key).locator(".am-label")


def test_the_map_is_pulled_at_by_mouse(demo):
    notebook = demo
    view = whole(notebook)
    expect(view.locator("[data-node]")).to_have_count(11)  # eight sections, three conclusions
    node(view, "S8").click()
    expect(node(view, "I08")).to_be_visible()
    expect(node(view, "C137")).to_be_visible()
    view.get_by_role("button", name="All sections").click()
    expect(view.locator("[data-node]")).to_have_count(11)

    view.locator(".am-board").get_by_role("button", name="C132").click()
    expect(view.locator(".am-detail")).to_contain_text("3 of 3 lines of support are left")
    node(view, "I08").click()
    view.locator(".am-detail").get_by_role("button", name="Reject").click()
    expect(label(view, "I08")).to_have_text("falls · you reject")
    expect(view.locator(".am-news")).to_contain_text("I08 falls because you reject it.")
    expect(view.locator(".am-board")).to_contain_text("2 of 3 lines of support")
    expect(node(view, "G08")).to_have_attribute("aria-label", re.compile("falls"))

    node(view, "C132").click()
    view.locator(".am-detail").get_by_role("button", name="Raise").first.click()
    expect(label(view, "C132")).to_have_text("falls")
    expect(node(view, "O52")).to_be_visible()
    # the reply becomes ready once the objection is raised, and then it is raised too
    view.locator('.am-detail [data-do="raise"][data-id="R52"]').click()
    expect(label(view, "C132")).not_to_have_text("falls")
    expect(node(view, "R52")).to_be_visible()
    view.get_by_role("button", name="Undo").click()
    expect(label(view, "C132")).to_have_text("falls")
    view.get_by_role("button", name="Start again").click()
    expect(label(view, "C132")).to_have_text("stands")
    expect(node(view, "O52")).to_have_count(0)


def test_labels_travel_hop_by_hop_and_are_there_at_once_without_motion(demo):
    notebook = demo
    view = around(notebook)
    notebook.page.emulate_media(reduced_motion="no-preference")
    order = """(view) => { window.seen = []; new MutationObserver(() => {
        for (const key of ['C093', 'C034']) {
          const now = view.querySelector(`[data-node="${key}"] .am-label`)?.textContent ?? '';
          if (now.startsWith('falls') && !window.seen.includes(key)) window.seen.push(key);
        } }).observe(view, {subtree: true, childList: true, characterData: true}); }"""
    node(view, "C093").click()  # opens its lines
    expect(node(view, "C034")).to_be_visible()
    view.get_by_label("Stricter reading").check()
    view.evaluate(order)
    node(view, "C034").click()
    view.locator(".am-detail").get_by_role("button", name="Reject").click()
    expect(label(view, "C093")).to_have_text("falls")
    assert notebook.page.evaluate("window.seen") == ["C034", "C093"]

    still(notebook)
    view.get_by_role("button", name="Start again").click()
    expect(label(view, "C093")).to_have_text("stands")
    expect(label(view, "C034")).to_have_text("stands")


def test_the_map_is_worked_by_keyboard_alone(demo):
    notebook = demo
    view, keys = around(notebook), notebook.page.keyboard
    view.get_by_label("Stricter reading").focus()
    for _ in range(12):
        keys.press("Tab")
        if notebook.page.evaluate("document.activeElement.dataset.node") == "C132":
            break
    expect(node(view, "C132")).to_be_focused()
    keys.press("ArrowRight")
    expect(node(view, "C120")).to_be_focused()
    keys.press("ArrowLeft")
    expect(node(view, "C132")).to_be_focused()
    keys.press("ArrowLeft")
    premise = notebook.page.evaluate("document.activeElement.dataset.node")
    assert premise not in ("C132", "C120")
    keys.press("Enter")
    expect(view.locator(".am-detail")).to_contain_text(premise)
    for _ in range(12):  # on to the panel beside the map
        keys.press("Tab")
        if notebook.page.evaluate("document.activeElement.dataset.do") == "reject":
            break
    keys.press("Enter")
    expect(label(view, premise)).to_have_text("falls · you reject")
    # the choice keeps the focus after the panel is filled again
    assert notebook.page.evaluate("document.activeElement.dataset.do") == "reject"
    keys.press("Tab")
    for _ in range(3):
        keys.press("ArrowRight")
    expect(view.locator(".am-credence output")).to_have_text("15 %")
    expect(view.locator(".am-board")).to_contain_text("strength")
    assert notebook.page.evaluate("document.activeElement.dataset.weigh") == premise
    node(view, "C132").focus()
    keys.press("Enter")
    keys.press("Escape")
    expect(view.locator(".am-news")).to_have_attribute("aria-live", "polite")


def test_the_outline_shares_the_state_and_needs_no_mouse(demo):
    notebook = demo
    view, keys = whole(notebook), notebook.page.keyboard
    view.get_by_role("button", name="Outline").focus()
    keys.press("Enter")
    tree = view.locator(".am-outline")
    expect(tree.get_by_role("heading", name="Main conclusions")).to_be_visible()
    opener = tree.get_by_role("button", name="Open what bears on C085")
    opener.focus()
    keys.press("Enter")
    close = tree.get_by_role("button", name="Close what bears on C085")
    expect(close).to_be_focused()
    item = tree.locator(".am-item[aria-label^='I13']").first
    expect(item).to_have_attribute("aria-label", re.compile("stands"))
    item.focus()
    keys.press("Enter")
    expect(item).to_be_focused()
    expect(item).to_have_attribute("aria-current", "true")
    view.locator(".am-detail").get_by_role("button", name="Reject").focus()
    keys.press("Space")
    expect(item).to_have_attribute("aria-label", re.compile("falls. you reject it"))
    expect(tree.locator(".am-via").filter(has_text="G31 falls")).to_be_visible()
    view.get_by_role("button", name="Map", exact=True).focus()
    keys.press("Enter")
    view.locator(".am-board").get_by_role("button", name="C085").click()
    expect(label(view, "I13")).to_have_text("falls · you reject")
    expect(node(view, "I13")).to_have_attribute("aria-label", re.compile("you reject it"))


def test_what_the_learner_writes_is_raised_escaped_and_kept(demo):
    notebook = demo
    view = around(notebook)
    words = "Trade grew. <img src=x onerror=window.hit=1>"
    view.get_by_text("Add an objection of your own").click()
    view.get_by_label("In one sentence").fill(words)
    view.get_by_role("button", name="Add and raise it").click()
    expect(view.locator(".am-news")).to_contain_text(
        "Added as L01 and raised. It is kept in your record."
    )
    expect(label(view, "C132")).to_have_text("falls")
    expect(node(view, "L01")).to_contain_text("your objection L01")
    expect(view.locator(".am-detail")).to_contain_text("<img src=x")
    assert notebook.page.evaluate("window.hit") is None
    node(view, "L01").click()
    view.get_by_text("Add a reply of your own").click()
    view.get_by_label("In one sentence").fill("It grew for other reasons.")
    view.get_by_label("What it does").select_option("answers")
    view.get_by_role("button", name="Add and raise it").click()
    expect(label(view, "C132")).to_have_text("stands")
    expect(label(view, "L01")).to_have_text("falls")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
]


def test_markup_that_is_typed_stays_text_in_every_face_and_export(demo):
    notebook = demo
    view, page = around(notebook), notebook.page
    dialogs = []
    refuse = lambda dialog: (dialogs.append(dialog.message), dialog.dismiss())  # noqa: E731
    page.on("dialog", refuse)
    ids = []
    for text in HOSTILE:
        node(view, "C132").click()
        view.get_by_text("Add an objection of your own").click()
        view.get_by_label("In one sentence").fill(text)
        view.get_by_role("button", name="Add and raise it").click()
        expect(view.locator(".am-detail")).to_contain_text(text)
        added = re.search(r"Added as (L\d+)", view.locator(".am-news").inner_text()).group(1)
        expect(node(view, added)).to_have_attribute("aria-label", re.compile(re.escape(text)))
        node(view, added).click()
        expect(view.locator(".am-detail h4").first).to_have_text(text)
        ids.append(added)
    view.get_by_role("button", name="Outline").click()
    for text in HOSTILE:
        expect(view.locator(".am-outline")).to_contain_text(text)
    view.get_by_text("Take your version away").click()
    for form, name in (("Argdown", "Argdown"), ("AIF (JSON)", "AIF")):
        view.get_by_role("button", name=f"Show as {form}").click()
        expect(view.get_by_label(f"Your version as {name}")).to_have_value(
            re.compile("onload=alert")
        )
    view.get_by_text("Take your version away").click()  # closed again, as the others find it
    foreign = "img:not(.c-plate), script, iframe, [onload], [onerror]"
    assert view.locator(foreign).count() == 0
    page.wait_for_timeout(200)
    page.remove_listener("dialog", refuse)
    assert dialogs == []
    view.get_by_role("button", name="Map", exact=True).click()
    for key in ids:
        view.locator(".am-board").get_by_role("button", name="C132").click()
        view.locator(f'.am-detail [data-go="{key}"]').first.click()
        view.get_by_role("button", name="Remove this addition of yours").click()
        expect(view.locator(".am-news")).to_contain_text(f"{key} is removed")


def test_questions_and_export_stay_in_the_page(demo, lab):
    notebook = demo
    view = around(notebook)
    view.get_by_role("button", name="What would fell it?").click()
    expect(view.locator(".am-probe")).to_contain_text("What it would take to fell C132 [64]")
    view.locator(".am-probe").get_by_role("button", name="Reject them").first.click()
    expect(view.locator(".am-board .am-falls")).to_contain_text("C132")
    view.get_by_role("button", name="Which unsaid premises carry most?").click()
    expect(view.locator(".am-probe li").first).to_contain_text("I13")
    view.get_by_text("Take your version away").click()
    view.get_by_role("button", name="Show as Argdown").click()
    expect(view.get_by_label("Your version as Argdown")).to_have_value(
        re.compile('"choice": "rejected"')
    )
    view.get_by_role("button", name="Show as AIF").click()
    expect(view.get_by_label("Your version as AIF")).to_have_value(re.compile('"locutions"'))
    view.get_by_role("button", name="Save as Argdown").click()
    expect(view.locator(".am-news")).to_contain_text("Saved as my-argument.argdown")
    saved = (lab.folder / "my-argument.argdown").read_text(encoding="utf-8")
    assert "[C132]" in saved and '"label": "falls"' in saved


def test_no_move_weighs_more_than_the_link_should_carry(demo):
    notebook = demo
    view = around(notebook)
    client = notebook.context.new_cdp_session(notebook.page)
    client.send("Network.enable")
    carried = []
    for event in ("webSocketFrameReceived", "webSocketFrameSent"):
        client.on(f"Network.{event}", lambda e: carried.append(len(e["response"]["payloadData"])))

    def weigh(act, seen):
        notebook.page.wait_for_timeout(300)
        carried.clear()
        act()
        expect(seen[0]).to_contain_text(seen[1])
        notebook.page.wait_for_timeout(300)
        return sum(carried)

    node(view, "I08").click()
    detail, board = view.locator(".am-detail"), view.locator(".am-board")
    expect(detail).to_contain_text("I08")
    moves = {
        "reject": weigh(detail.get_by_role("button", name="Reject").click, (board, "2 of 3")),
        "all": weigh(
            view.get_by_role("button", name="Raise every objection").click,
            (view.locator(".am-news"), "objections are raised"),
        ),
    }
    node(view, "C132").click()
    expect(detail).to_contain_text("C132")
    view.get_by_text("Add an objection of your own").click()
    view.get_by_label("In one sentence").fill("Said at the usual length, in one sentence. " * 4)
    add = view.get_by_role("button", name="Add and raise it").click
    moves["object"] = weigh(add, (view.locator(".am-news"), "Added as"))
    remove = view.get_by_role("button", name="Remove this addition of yours")
    view.locator(".am-detail [data-go^=L]").last.click()
    moves["remove"] = weigh(remove.click, (view.locator(".am-news"), "is removed"))
    assert 0 < max(moves.values()) < LINK, moves


# Words that stand out of their own card.
OUTSIDE = """map => [...map.querySelectorAll('[data-node]')].flatMap(card => {
  const box = card.querySelector('rect, path').getBoundingClientRect();
  return [...card.querySelectorAll('text, tspan')].filter(one => {
    const {left, right} = one.getBoundingClientRect();
    return left < box.left - 2 || right > box.right + 2;
  }).map(one => one.textContent);
})"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_violation_in_either_face_and_pictures_to_look_at(demo, dark):
    name = "dark" if dark else "light"
    notebook = demo
    notebook.dark(dark)
    notebook.page.set_viewport_size({"width": 1200, "height": 2600})
    view, open_ = whole(notebook), around(notebook)
    assert notebook.axe(".am") == []
    for map_ in (view, open_):
        assert map_.evaluate(OUTSIDE) == [], "a card is narrower than its words"
    notebook.shot(f"argument-folded-{name}", view)
    node(open_, "I08").click()
    open_.locator(".am-detail").get_by_role("button", name="Reject").click()
    node(open_, "C132").click()
    open_.locator(".am-detail").get_by_role("button", name="Raise").first.click()
    expect(label(open_, "C132")).to_have_text("falls")
    notebook.shot(f"argument-around-{name}", open_)
    view.get_by_role("button", name="Raise every objection").click()
    view.get_by_role("button", name="Raise every reply too").click()
    expect(view.locator(".am-news")).to_contain_text("the replies to them are raised")
    notebook.shot(f"argument-contested-{name}", view)
    node(view, "S5").click()
    expect(node(view, "C101")).to_be_visible()
    notebook.shot(f"argument-section-{name}", view)
    view.get_by_role("button", name="Outline").click()
    view.get_by_role("button", name="Open what bears on C085").click()
    notebook.shot(f"argument-outline-{name}", view)
    assert notebook.axe(".am") == []


def test_a_narrow_page_scrolls_nowhere_but_inside_the_map(demo):
    notebook = demo
    notebook.dark(False)
    notebook.page.set_viewport_size({"width": 480, "height": 3400})
    view = around(notebook)
    too_wide = """(view) => [...view.querySelectorAll('*')].filter((e) => !e.closest('svg')
        && !e.closest('.am-frame') && e.getBoundingClientRect().right > view.getBoundingClientRect().right + 2)
        .map((e) => e.className || e.tagName)"""
    assert view.evaluate(too_wide) == []
    notebook.shot("argument-narrow", view)
    notebook.shot("argument-narrow-folded", whole(notebook))
    notebook.page.set_viewport_size({"width": 1200, "height": TALL})


def test_two_maps_in_one_page_do_not_share_a_choice(demo):
    notebook = demo
    node(around(notebook), "I08").click()
    around(notebook).locator(".am-detail").get_by_role("button", name="Reject").click()
    expect(around(notebook).locator(".am-board")).to_contain_text("2 of 3 lines")
    expect(whole(notebook).locator(".am-board")).not_to_contain_text("2 of 3 lines")


# last, for a page that closes ends the kernel of every page on the same notebook
def test_a_saved_map_without_its_kernel_is_read_as_its_twin(demo, open_notebook):
    notebook = demo
    notebook.page.evaluate("jupyterapp.shell.currentWidget.context.save()")
    notebook.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    again = open_notebook(NAME, kernel=False)
    twin = again.page.locator(".course-twin").first
    expect(twin).to_be_visible()
    expect(twin).to_contain_text("60 objections are held ready")
    expect(twin.locator("img.c-plate")).to_have_attribute(
        "alt", re.compile("8 sections and 3 main")
    )
