"""The site without installation: Python in the browser, from files, with every other address refused."""

import functools
import http.server
import json
import os
import threading

import pytest
from playwright.sync_api import expect

from course.publish import lite

KINDS = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}
READY = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready; await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""
RUN = """async code => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code}); const said = [];
  future.onIOPub = ({content}) => said.push(content.text ?? content.traceback?.join('\\n') ?? '');
  await future.done; return said.join('').trim();
}"""
IN_A_CELL = """async code => {
  const panel = await jupyterapp.commands.execute('notebook:create-new', {kernelName: 'python'});
  await panel.context.ready; await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  panel.content.widgets[0].model.sharedModel.setSource(code);
  await jupyterapp.commands.execute('notebook:run-all-cells');
}"""


class Files(http.server.SimpleHTTPRequestHandler):
    """Plain files, with the types that a browser asks of modules and of machine code."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | KINDS

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Address of the site on this machine; its page lets the test speak to JupyterLab."""
    try:
        lite.pyodide()
    except lite.LiteError as error:
        if os.environ.get("CI"):
            pytest.fail(f"Python for the browser is needed under CI: {error}")
        pytest.skip(f"Python for the browser is not at hand: {error}")
    folder = tmp_path_factory.mktemp("lite") / "site"
    lite.build(folder)
    settings = folder / "jupyter-lite.json"
    told = json.loads(settings.read_text(encoding="utf-8"))
    told["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(told), encoding="utf-8")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Files, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(site, browser):
    """The first notebook with its kernel started; at the end, no request has left the machine."""
    outside = []

    def guard(route):
        if route.request.url.startswith((site, "data:", "blob:")):
            return route.continue_()
        outside.append(route.request.url)
        return route.abort()

    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    context.route("**/*", guard)
    page = context.new_page()
    page.goto(f"{site}/lab/index.html?path={lite.FIRST}")
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.context?.isReady", timeout=120_000
    )
    page.evaluate(READY)
    yield page
    context.close()
    assert not outside, f"requests left the machine: {outside}"


def test_the_course_runs_without_any_installation(page):
    decided = page.evaluate(
        RUN,
        "from course import institutions\n"
        "osce = institutions.body('OSCE', on='2008-08-08')\n"
        "print(osce.decide({'RUS': 'no'}, default='yes').blockers)",
    )
    assert decided == "('RUS',)"
    falls = page.evaluate(
        RUN,
        "from course import argument\nprint(argument.load().label(rejected=['C013'])['C013'])",
    )
    assert falls == "falls"
    sentence = page.evaluate(RUN, "from course import table\ntable('events')")
    assert "this edition in the browser does not have" in sentence and "Traceback" not in sentence
    assert page.evaluate(RUN, "%pip install anything").startswith("Nothing can be installed here")

    page.evaluate(IN_A_CELL, "from course import ask\nask('start.trust')")
    outputs = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output")
    outputs.get_by_role("radio", name="When it says things that can be checked").check()
    outputs.get_by_role("textbox").fill("A record is the same for friend and enemy.")
    outputs.get_by_role("button", name="Save").click()
    expect(outputs.get_by_text("This session keeps no record").first).to_be_visible(timeout=20_000)
