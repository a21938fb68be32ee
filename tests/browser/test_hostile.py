"""Hostile texts in a real browser: shown as texts, whoever brings them, and nothing of them runs."""

import nbformat
import pytest
from hostile import PLAIN, WORST, hostile
from hypothesis import given, settings
from lab import Lab, Notebook
from playwright.sync_api import expect

from course import record
from course.exercises import exercise, portfolio, progress
from course.exercises.calibration import Calibration
from course.widgets import base, markup
from course.widgets import exercise as verbs
from course.widgets.claim_desk import ClaimDesk
from course.widgets.exercise import ExerciseView

# Any of the pieces that came to life would call alert, or stand in the page as an element.
STRUCK = "window.struck = []; window.alert = word => { window.struck.push(String(word)); }; void 0"
ALIVE = """inside => [
  ...window.struck.map(word => `alert(${word}) ran`),
  ...[...(inside ? document.querySelectorAll(inside) : [document])].flatMap(place =>
    [...place.querySelectorAll('script, iframe, base, object, embed, form')].concat(
      [...place.querySelectorAll('*')].filter(one => [...one.attributes].some(({name, value}) =>
        name.startsWith('on') || name === 'srcdoc'
        || ['href', 'src', 'action'].includes(name) && /^\\s*javascript:/i.test(value))))
    ).map(one => one.outerHTML.slice(0, 200)),
]"""


def settle(page):
    """Give a picture that cannot be loaded, or a script, the time to strike."""
    page.evaluate("() => new Promise(done => setTimeout(done, 30))")


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    page.add_init_script(STRUCK)
    yield page
    page.close()


def _desk(text):
    desk = ClaimDesk("C039")
    desk.set(verdict="contested", note=text)
    desk.set(compare=desk.values["compare"] + 1)
    return desk.html() + "".join(map(str, desk.regions(desk.values).values()))


def _exercise(text):
    verbs._session = verbs._Session()
    view = ExerciseView(exercise("start.label"))
    view.set(text=text)
    view.set(check=view.values["check"] + 1)
    return view.html() + "".join(map(str, view.regions(view.values).values()))


def _portfolio(text):
    calibration = Calibration((), None, None, 0, None)
    return portfolio.page(
        portfolio.Content(
            text, text, progress.survey({}, {}, {}), {}, calibration,
            (portfolio.Prediction(text, text, text),), (portfolio.Text(text, text, text, text),),
            (portfolio.Verdict(text, text, text, text, text),), (text,), (text,),
        )
    )  # fmt: skip


def _pieces(text):
    rows = [{"a": text}]
    parts = [markup.heading(text, text, text), markup.table(rows, {"a": text}, text)]
    return base.twin("".join([*parts, base.Note.sentence(text).body()]))


MADE = [_desk, _exercise, _portfolio, _pieces]


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__.strip("_"))
@settings(max_examples=settings().max_examples // 5)
@given(text=hostile)
def test_no_text_comes_to_life_on_a_page(page, monkeypatch, make, text):
    monkeypatch.setenv("COURSE_RECORD", ":memory:")
    record.close()
    html = make(text)
    record.close()
    page.set_content(html)  # as a file that is opened
    page.evaluate(STRUCK)
    settle(page)
    assert page.evaluate(ALIVE, None) == []
    page.set_content("<main></main>")
    page.evaluate("html => { document.querySelector('main').innerHTML = html; }", html)  # as live
    settle(page)
    assert page.evaluate(ALIVE, None) == []


CELLS = [
    "from course import ask, check, claim_desk, portfolio, timeline",
    'ask("start.label")',
    'claim_desk("C039")',
    "check(" + repr(WORST) + ", 1)",
    "timeline(" + repr(WORST) + ")",
]


@pytest.fixture
def notebook(browser, tmp_path):
    """A notebook of these cells, with a record and a server of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(made, folder / "hostile.ipynb")
    lab = Lab(folder, tmp_path / "home", folder / "record.sqlite")
    notebook = Notebook(browser, lab, "hostile.ipynb")
    notebook.page.evaluate(STRUCK)
    notebook.run_all()
    yield notebook
    notebook.close()
    lab.stop()
    assert not notebook.outside


def test_what_a_learner_types_stays_text_in_a_live_notebook(notebook):
    page, typed = notebook.page, WORST.replace("\u2028", " ")
    answer = notebook.view("Your turn")
    answer.get_by_role("textbox").fill(typed)
    answer.get_by_role("button", name="Check").click()
    expect(answer.locator("[aria-live]").first).not_to_be_empty()
    desk = notebook.view("Claim desk")
    desk.get_by_role("radio").first.check()
    desk.get_by_role("textbox").first.fill(typed)
    desk.get_by_role("button").first.click()
    expect(desk.locator("[aria-live]").first).not_to_be_empty()
    expect(notebook.outputs.filter(has_text="alert(1)").first).to_be_visible()
    settle(page)
    assert page.evaluate(ALIVE, ".jp-OutputArea-output") == []
    assert PLAIN in answer.get_by_role("textbox").input_value()
