"""One server and one browser for all browser tests; a request to another machine fails the test."""

import shutil

import pytest
from lab import ROOT, Lab, Notebook, chromium


def pytest_collection_modifyitems(items):
    if chromium() is None:
        for item in items:
            if "browser" in str(item.path):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    """Copies of the course's notebooks and of the demo, without outputs, in a folder of their own."""
    import jupytext
    import nbformat

    folder = tmp_path_factory.mktemp("notebooks")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / path.name)
    demo = jupytext.read(ROOT / "tests" / "browser" / "demo.py", fmt="py:percent")
    demo.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    # one file a test that reopens it, since Lab gives a file that is open twice one kernel
    for name in ("demo", "demo_narrow", "demo_reopened"):
        nbformat.write(demo, folder / f"{name}.ipynb")
    shutil.copy(folder / "04_kosovo_1999.ipynb", folder / "kosovo_reopened.ipynb")
    return folder


@pytest.fixture(scope="session")
def lab(notebooks, tmp_path_factory):
    lab = Lab(notebooks, tmp_path_factory.mktemp("home"))
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def browser():
    from lab import FLAGS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_notebook(lab, browser, request):
    """Open a notebook; afterwards stop its kernel and see that no request left the machine."""
    opened = []

    def open_(name, **options):
        notebook = Notebook(browser, lab, name, **options)
        opened.append(notebook)
        return notebook

    yield open_
    outside = [url for notebook in opened for url in notebook.outside]
    for number, notebook in enumerate(opened):
        try:
            if getattr(request.node, "failed_in_browser", False):
                notebook.shot(f"failed-{request.node.name}-{number}")
        finally:
            notebook.close()
    assert not outside, f"requests left the machine: {outside}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call" and outcome.get_result().failed:
        item.failed_in_browser = True
