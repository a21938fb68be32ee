"""What a learner answered survives a killed kernel, and travels from one workspace to another."""

import nbformat
import pytest
from lab import Lab, Notebook
from playwright.sync_api import expect

CELLS = {
    "answer": ["from course import ask", 'ask("kosovo.vote_means")'],
    "write": ["from course import ask", 'ask("start.label")'],
    "export": ["from course import record", 'print(record.export("mine.json"))'],
    "import": [
        "from course import ask, record",
        'print(record.load("mine.json"))',
        'ask("kosovo.vote_means")',
    ],
}


def lay(folder, name):
    """Write a small notebook with these cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS[name]]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture
def workspace(tmp_path, browser):
    """A workspace of its own, with a server; what it opens is closed at the end."""
    opened, labs = [], []

    class Workspace:
        def __init__(self, name):
            self.folder = tmp_path / name
            self.folder.mkdir()
            for notebook in CELLS:
                lay(self.folder, notebook)
            record = self.folder / "record.sqlite"
            self.lab = Lab(self.folder, tmp_path / f"{name}-home", record)
            labs.append(self.lab)

        def open(self, name):
            notebook = Notebook(browser, self.lab, f"{name}.ipynb")
            opened.append(notebook)
            notebook.run_all()
            return notebook

    yield Workspace
    outside = [url for notebook in opened for url in notebook.outside]
    for notebook in opened:
        notebook.close()
    for lab in labs:
        lab.stop()
    assert not outside


def kill(notebook):
    """Kill the kernel's process outright, as a crash does, and wait for a fresh one."""
    notebook.page.evaluate(
        """async () => {
          const session = jupyterapp.shell.currentWidget.sessionContext.session;
          const code = 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)';
          session.kernel.requestExecute({code});
          await new Promise(done => {
            const seen = (_, status) => {
              if (['autorestarting', 'restarting', 'dead'].includes(status)) {
                session.kernel.statusChanged.disconnect(seen); done();
              }
            };
            session.kernel.statusChanged.connect(seen);
          });
        }"""
    )
    page = notebook.page
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for(timeout=30_000)
    dialog.get_by_role("button").last.click()
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'",
        timeout=60_000,
    )
    notebook.run_all()


def test_answers_are_there_after_the_kernel_was_killed(workspace):
    notebook = workspace("one").open("answer")
    exercise = notebook.view("Your turn")
    exercise.get_by_label("The vote did not settle whether the bombing was legal").check()
    exercise.get_by_label("Most members of the Council").check()
    exercise.get_by_role("button", name="Check").click()
    expect(exercise).to_contain_text("Right")
    kill(notebook)
    exercise = notebook.view("Your turn")
    expect(
        exercise.get_by_label("The vote did not settle whether the bombing was legal")
    ).to_be_checked()
    expect(exercise.get_by_label("Most members of the Council")).to_be_checked()
    expect(exercise.get_by_label("A veto stopped the draft")).not_to_be_checked()


def test_answers_travel_to_a_second_workspace(workspace):
    first, second = workspace("first"), workspace("second")
    notebook = first.open("answer")
    exercise = notebook.view("Your turn")
    exercise.get_by_label("A veto stopped the draft").check()
    exercise.get_by_role("button", name="Check").click()
    expect(exercise).to_contain_text("No veto was needed")
    first.open("export")
    file = first.folder / "mine.json"
    assert file.is_file()
    (second.folder / "mine.json").write_bytes(file.read_bytes())
    moved = second.open("import").view("Your turn")
    expect(moved.get_by_label("A veto stopped the draft")).to_be_checked()
    expect(moved.get_by_label("The bombing was legal.", exact=True)).not_to_be_checked()


def test_a_text_stays_home_unless_it_is_ticked(workspace):
    place = workspace("shy")
    exercise = place.open("write").view("Your turn")
    exercise.get_by_role("textbox").fill("Article by a minister, for readers in the West, " * 5)
    exercise.get_by_role("button", name="Check").click()
    expect(exercise.locator("[aria-live]").first).not_to_be_empty()
    exported = place.open("export")
    expect(exported.outputs.filter(has_text="mine.json").first).to_be_visible()
    assert "readers in the West" not in (place.folder / "mine.json").read_text(encoding="utf-8")
