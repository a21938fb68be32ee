"""JupyterLab in a real browser: one server and one Chromium for all tests, one page per notebook.

Every request to another machine is refused and written down; a test fails if there was one.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from axe import violations

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHOTS = ROOT / "tests" / "screenshots"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--force-color-profile=srgb",
]  # fmt: skip
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


def chromium():
    """Path of Chromium, or None."""
    return os.environ.get("COURSE_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Lab:
    """A JupyterLab server with fresh settings on a folder of notebooks.

    No record is kept unless `record` names a file.
    """

    def __init__(self, folder, home, record=":memory:"):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder, self.home = Path(folder), Path(home)
        settings = self.home / "settings"
        settings.mkdir(parents=True)
        (settings / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        names = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTERLAB_SETTINGS_DIR": "user",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
        }  # fmt: skip
        environment = os.environ | {k: str(self.home / v) for k, v in names.items()}
        environment |= {"COURSE_RECORD": str(record), "PYTHONPATH": str(ROOT)}
        environment.pop("COURSE_ARTICLE", None)
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1",
            f"--port={self.port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}",
            "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--allow-root",
            "--LabApp.expose_app_in_browser=True", f"--LabApp.app_settings_dir={settings}",
        ]  # fmt: skip
        self.log = open(self.home / "server.log", "w", encoding="utf-8")
        self.server = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        self._wait()

    def _wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/api/status", timeout=2)
                return
            except OSError:
                if self.server.poll() is not None:
                    break
                time.sleep(0.1)
        self.stop()
        raise RuntimeError((self.home / "server.log").read_text(encoding="utf-8")[-2000:])

    def stop(self):
        self.server.terminate()
        try:
            self.server.wait(15)
        except subprocess.TimeoutExpired:
            self.server.kill()
        self.log.close()


IDLE = """() => {
  const w = jupyterapp.shell.currentWidget; const k = w.sessionContext.session?.kernel;
  if (w.node.querySelector('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'))
    return 'error';
  return k?.status === 'idle' && [...w.content.widgets].every(c => c.model.type !== 'code'
    || c.model.executionCount !== null || !c.model.sharedModel.source.trim());
}"""


class Notebook:
    """One notebook open in one page."""

    def __init__(self, browser, lab, name, dark=False, kernel=True, width=1200, height=1000):
        self.lab, self.name, self.outside = lab, name, []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="no-preference"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.context.route("**/*", self._guard)
        self.wire = []  # sizes of the messages between page and kernel
        self.page.on("websocket", self._listen)
        self.page.goto(f"{lab.url}/doc/tree/{name}?reset")
        self.page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.context?.isReady", timeout=60_000
        )
        if kernel:
            self.page.evaluate(
                "async () => { const w = jupyterapp.shell.currentWidget; await w.context.ready;"
                " await w.sessionContext.ready; await w.sessionContext.session.kernel.info; }"
            )
        if dark:
            self.dark()

    def _listen(self, socket):
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda frame: self.wire.append(len(frame)))

    def _guard(self, route):
        url = route.request.url
        if url.startswith((self.lab.url, "data:", "blob:")):
            return route.continue_()
        self.outside.append(url)
        return route.abort()

    def dark(self, on=True):
        theme = "JupyterLab Dark" if on else "JupyterLab Light"
        self.page.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
        )
        light = "false" if on else "true"
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")

    def run_all(self):
        self.page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        end = self.page.wait_for_function(IDLE, timeout=180_000).json_value()
        if end == "error":
            raise AssertionError(self.page.locator('[data-mime-type$="error"]').first.inner_text())

    def save(self):
        self.page.evaluate("jupyterapp.shell.currentWidget.context.save()")

    def close(self):
        if self.page.is_closed():
            return
        self.page.evaluate(
            "async () => { const w = jupyterapp.shell.currentWidget;"
            " if (w?.sessionContext?.session) await w.sessionContext.shutdown(); }"
        )
        self.context.close()

    @property
    def outputs(self):
        """All outputs; scope every locator to them, since Lab's own page repeats many words."""
        return self.page.locator(".jp-OutputArea-output")

    def view(self, kicker, title=None):
        """Output area of the cell with the view under this small label (and title)."""
        area = self.page.locator(".jp-Cell-outputArea").filter(
            has=self.page.locator(".c-kicker", has_text=kicker)
        )
        if title:
            area = area.filter(has=self.page.locator("h3", has_text=title))
        return area.first

    def shot(self, name, locator=None):
        """Save a screenshot under the git-ignored folder, for people to look at."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        if locator is None:
            self.page.screenshot(path=path)
        else:
            locator.scroll_into_view_if_needed()
            locator.screenshot(path=path)
        return path

    def axe(self, selector=".jp-OutputArea-output"):
        """Serious and critical violations inside `selector`, one line each."""
        return violations(self.page, selector, least="serious")
