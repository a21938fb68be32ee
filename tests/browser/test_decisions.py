"""The decision lab and the treaty simulator in a browser: by mouse, by keyboard alone, light and dark."""

import pytest
from axe import violations
from lab import ROOT, Notebook
from playwright.sync_api import expect

TALL = 3400  # the whole of a view in one screenshot


@pytest.fixture(scope="module")
def demo(lab, browser):
    """The demo notebook, run once."""
    import jupytext
    import nbformat

    source = jupytext.read(ROOT / "tests" / "browser" / "decisions_demo.py", fmt="py:percent")
    source.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(source, lab.folder / "decisions.ipynb")
    notebook = Notebook(browser, lab, "decisions.ipynb", height=TALL)
    notebook.run_all()
    expect(notebook.page.locator(".course-live").first).to_be_visible()
    yield notebook
    notebook.close()
    assert not notebook.outside, f"requests left the machine: {notebook.outside}"


@pytest.fixture
def lab_view(demo):
    return demo.view("Decision lab")


@pytest.fixture
def simulator(demo):
    return demo.view("Treaty simulator")


def press(demo, *keys):
    for key in keys:
        demo.page.keyboard.press(key)


def card(view, title):
    return view.get_by_role("button", name=title)


def cell(view, name):
    return view.get_by_role("button", name=f"{name}:")


# --- decision lab


def test_lab_by_mouse(lab_view):
    lab_view.get_by_label("Proposal", exact=True).select_option("osce-monitors")
    council = card(lab_view, "OSCE Permanent or Ministerial Council")
    expect(council).to_contain_text("Adopted")
    expect(lab_view).to_contain_text("On record: decided without a vote.")
    lab_view.get_by_label("no", exact=True).check()
    cell(lab_view, "Russia").click()
    expect(council).to_contain_text("Would not be adopted")
    expect(council).to_contain_text("Blocked by Russia")
    expect(cell(lab_view, "Russia")).to_have_attribute("aria-label", "Russia: no, set by you")
    card(lab_view, "Draft treaty: Extraordinary Conference").click()
    expect(lab_view.get_by_role("heading", name="Extraordinary Conference: why")).to_be_visible()
    lab_view.get_by_label("Who names the attacker").select_option("nobody")
    expect(card(lab_view, "Extraordinary Conference")).to_contain_text("Blocked by Russia")
    lab_view.get_by_role("button", name="Back to the ballots of the record").click()
    expect(council).to_contain_text("Adopted")


def test_lab_by_keyboard_alone(demo, lab_view):
    grid = lab_view.locator(".c-grid")
    assert grid.locator('button[tabindex="0"]').count() == 1, "the grid is one Tab stop"
    lab_view.get_by_role("button", name="Back to the ballots of the record").focus()
    press(demo, "Tab")
    focused = demo.page.locator(":focus")
    press(demo, "Home")
    expect(focused).to_have_attribute("data-code", "BEL")
    press(demo, "ArrowRight", "n")
    expect(focused).to_have_attribute("data-code", "BGR")
    expect(focused).to_have_attribute("aria-label", "Bulgaria: no, set by you")
    press(demo, "ArrowDown")
    assert focused.get_attribute("data-code") not in ("BEL", "BGR")
    press(demo, "Home", "x")
    expect(focused).to_have_attribute("aria-label", "Belgium: absent, set by you")
    press(demo, "Tab")
    expect(focused).to_have_attribute("data-set", "body")
    press(demo, "Enter")
    expect(focused).to_have_attribute("aria-pressed", "true")
    said = lab_view.locator("[role=status]").first
    lab_view.get_by_label("Give it to one State").press_sequentially("Moldva")
    press(demo, "Enter")
    expect(said).to_contain_text("did you mean Moldova?")
    lab_view.get_by_role("button", name="Back to the ballots of the record").focus()
    press(demo, "Enter")
    expect(said).to_contain_text("The ballots of the record are back.")


def test_lab_takes_another_day_and_another_crisis(lab_view):
    day = lab_view.get_by_label("Members of the day")
    day.press("Control+a")
    day.press_sequentially("1998-06-01")
    day.press("Tab")
    expect(lab_view).to_contain_text("NATO (16)")
    expect(lab_view).to_contain_text("Did not exist on that day: NATO-Russia Council")
    lab_view.get_by_label("Crisis", exact=True).select_option("valley")
    expect(cell(lab_view, "Jorvik")).to_be_visible()
    expect(day).to_have_count(0)
    lab_view.get_by_label("Crisis", exact=True).select_option("georgia-2008")
    expect(lab_view).to_contain_text("No vote was taken: this was never put.")


# --- treaty simulator


def test_simulator_by_keyboard_alone(demo, simulator):
    step = simulator.get_by_role("button", name="Take this step")
    step.focus()
    for told in (
        "Day 0. Norrin asks Kelmar",
        "Day 0. Norrin asks Kelmar and Ardal to consult",
        "Day 14. 3 Parties consult",
        "Day 14. The Depositary convenes",
        "Day 28. Objection by Kelmar",
    ):
        press(demo, "Enter")
        expect(simulator.locator("[role=status]").first).to_contain_text(told)
        expect(step).to_be_focused()
    expect(simulator).to_contain_text("Decision not adopted")
    simulator.get_by_label("How many Parties must support").focus()
    press(demo, "End")
    expect(simulator).to_contain_text("the steps after that are undone")
    press(demo, "Home")
    simulator.get_by_role("radio", name="Play the procedure").focus()
    press(demo, "ArrowRight")
    expect(simulator.get_by_role("img", name="Curves of the chance")).to_be_visible()
    expect(step).to_be_hidden()
    simulator.get_by_label("Chance that each says yes").focus()
    press(demo, "End")
    expect(simulator.get_by_role("row", name="Security Council")).to_contain_text("100.0 %")
    simulator.get_by_role("radio", name="The chance to act").focus()
    press(demo, "ArrowRight")
    simulator.get_by_label("Who names the attacker?").and_(
        simulator.locator("select:visible")
    ).focus()
    press(demo, "End")
    expect(simulator).to_contain_text("no further than share facts")
    press(demo, "Home")
    expect(simulator).to_contain_text("It can be turned against a State that did nothing")


def test_simulator_by_mouse(simulator):
    simulator.get_by_role("radio", name="Play the procedure").check()
    simulator.get_by_label("Crisis to play").select_option("georgia-2008")
    simulator.get_by_role("button", name="Run to the decision").click()
    expect(simulator.get_by_role("heading", name="Georgia, 8 to 12 August")).to_be_visible()
    expect(simulator).to_contain_text("Decision adopted")
    simulator.get_by_label("You act for").select_option("ARM")
    simulator.get_by_role("radio", name="no", exact=True).check()
    expect(simulator).to_contain_text("No unanimity: Armenia stands in the way.")
    simulator.get_by_role("radio", name="as assumed").check()
    simulator.get_by_label("Who names the attacker? (draft silent)").select_option("nobody")
    expect(simulator).to_contain_text("No unanimity: Russia stands in the way.")
    simulator.get_by_role("button", name="One step back").click()
    expect(simulator).to_contain_text("If it came to a vote now")


# --- both


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_violation_and_a_picture_of_each_part(demo, lab_view, simulator, theme):
    demo.dark(theme == "dark")
    cell(lab_view, "Russia").click()
    demo.shot(f"decision-lab-{theme}", lab_view)
    assert not demo.axe()
    parts = {
        "play": "Play the procedure",
        "chance": "The chance to act",
        "draft": "Draft your own Article 8",
    }
    for name, part in parts.items():
        simulator.get_by_role("radio", name=part).check()
        expect(simulator.locator(".course-live:visible")).not_to_have_count(0)
        demo.shot(f"treaty-{name}-{theme}", simulator)
        assert not demo.axe()
    simulator.get_by_role("radio", name="Play the procedure").check()
    demo.dark(False)


def test_the_twins_alone_are_whole_and_accessible(demo, browser):
    from course.widgets.decision_lab import DecisionLab
    from course.widgets.treaty_simulator import TreatySimulator

    page = browser.new_page(viewport={"width": 800, "height": 900})
    for name, view in (("lab", DecisionLab("kosovo-1999")), ("treaty", TreatySimulator("valley"))):
        page.set_content(f'<html lang="en"><title>{name}</title><main>{view.html()}</main></html>')
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert not violations(page, ".course-twin", least="serious")
        assert page.evaluate("document.documentElement.scrollWidth <= 800")
    page.close()


def test_nothing_overflows_at_double_size(demo):
    demo.page.set_viewport_size({"width": 600, "height": 900})
    wide = demo.page.evaluate(
        "[...document.querySelectorAll('.course')].filter(x => x.offsetParent &&"
        " x.scrollWidth > x.clientWidth + 2).map(x => x.textContent.slice(0, 60))"
    )
    demo.page.set_viewport_size({"width": 1200, "height": TALL})
    assert not wide
