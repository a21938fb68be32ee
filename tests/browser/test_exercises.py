"""One exercise of every kind in a real browser: answered by mouse, then by the keyboard alone."""

import nbformat
import pytest
from lab import Notebook
from playwright.sync_api import expect

from course.exercises import KINDS, load, notebooks

PLAIN = "The article says what its author wished others to believe in the spring of 2010. " * 5
ENDS = ("Check", "Save")  # what hands an answer in

# Where the focus is, in a few words: the kind of control, its group and what stands on it.
FOCUS = """view => {
  const one = document.activeElement;
  if (!view.contains(one)) return null;
  const tag = one.tagName.toLowerCase();
  return {kind: tag === 'input' ? one.type : tag, group: one.name, says: one.textContent.trim()};
}"""


def _one_of_each():
    found = {}
    for notebook in notebooks():
        for key, entry in load(notebook).items():
            found.setdefault(entry.kind, key)
    # code is answered in a cell of its own, not in a panel
    return {kind: found[kind] for kind in KINDS if kind != "code"}


EXERCISES = _one_of_each()


@pytest.fixture(scope="module", params=["mouse", "keyboard"])
def page(request, lab, browser):
    """A notebook with one exercise of each kind, and the way in which they are answered."""
    verbs = {"predict": "predict"}
    cells = [nbformat.v4.new_code_cell("from course import ask, predict")]
    cells += [
        nbformat.v4.new_code_cell(f'{verbs.get(kind, "ask")}("{key}")')
        for kind, key in EXERCISES.items()
    ]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    name = f"exercises_{request.param}.ipynb"
    nbformat.write(made, lab.folder / name)
    notebook = Notebook(browser, lab, name)
    notebook.run_all()
    yield request.param, notebook
    notebook.close()
    assert not notebook.outside


def _by_mouse(view):
    groups = view.locator("input[type=radio]").evaluate_all("all => all.map(one => one.name)")
    for group in dict.fromkeys(groups):
        view.locator(f'input[type=radio][name="{group}"]').first.click()
    for box in view.locator("input[type=checkbox]").all():
        box.click()
    for at, chosen in enumerate(view.locator("select").all()):
        chosen.select_option(index=min(at + 1, chosen.locator("option").count() - 1))
    for at, number in enumerate(view.locator("input[type=number]").all()):
        number.click()
        number.fill(str(10 + at))
    for text in view.locator("textarea, input[type=text]").all():
        text.click()
        text.fill(PLAIN)
    view.get_by_role("button", name=ENDS[0], exact=True).or_(
        view.get_by_role("button", name=ENDS[1], exact=True)
    ).first.click()


def _by_keyboard(view, keyboard):
    """Tab through the panel, answer what is asked, hand it in with Enter."""
    node, numbers, seen = view.element_handle(), 10, set()
    view.locator(".course-live :is(input, select, textarea, button)").first.focus()
    for _ in range(90):
        at = view.page.evaluate(FOCUS, node)
        assert at is not None, "the focus left the panel before the answer was handed in"
        if at["kind"] == "button" and at["says"] in ENDS:
            keyboard.press("Enter")
            return
        if at["kind"] in ("radio", "checkbox") and (at["kind"], at["group"]) not in seen:
            seen.add((at["kind"], at["group"]))
            keyboard.press("Space")
        elif at["kind"] == "select":
            keyboard.press("ArrowDown")
        elif at["kind"] == "number":
            keyboard.type(str(numbers))
            numbers += 1
        elif at["kind"] in ("textarea", "text"):
            keyboard.type(PLAIN[:160])
        elif at["kind"] == "range":
            keyboard.press("ArrowRight")
        keyboard.press("Tab")
    raise AssertionError("no button to hand the answer in was reached")


@pytest.mark.parametrize("kind", EXERCISES)
def test_an_exercise_of_this_kind_is_answered(page, kind):
    how, notebook = page
    areas = notebook.page.locator(".jp-Cell-outputArea:has(.course-live)")
    expect(areas).to_have_count(len(EXERCISES))
    view = areas.nth(list(EXERCISES).index(kind))
    live = view.locator(".course-live [aria-live]").first
    expect(view.locator(".course-live")).to_be_visible()
    if how == "mouse":
        _by_mouse(view)
    else:
        _by_keyboard(view, notebook.page.keyboard)
    expect(live).not_to_be_empty()
    assert not notebook.outputs.filter(has_text="Traceback").count()
