"""``python3 -m course lab``: prepare the environment and the workspace, then open JupyterLab."""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

from course import workspace as workspaces
from course.bootstrap import enter
from course.machine import Problem, checkout, require_space

__all__ = ["jupyter_command", "main"]

FIRST = "00_start_here.ipynb"
PORTS = range(8888, 8908)
WORKSPACE_BYTES = 100_000_000


def _is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there the option would let two servers share one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted=None):
    """The port to serve on: the wanted one, or the first free one from 8888.

    Raises
    ------
    Problem
        When the wanted port, or every usual one, is taken.
    """
    if wanted is not None and not 1 <= wanted <= 65535:
        raise Problem(
            f"{wanted} is not a port number: choose one between 1024 and 65535, for example "
            "--port 8890."
        )
    free = next((port for port in ([wanted] if wanted else PORTS) if _is_free(port)), None)
    if free is None:
        taken = f"Port {wanted} is" if wanted else "The ports 8888 to 8907 are"
        raise Problem(
            f"{taken} taken by another program: close it (perhaps a JupyterLab that is still "
            "running), or choose another with --port, for example --port 9000."
        )
    return free


def first_notebook(source):
    """The notebook to open: the one that comes first in the course's own folder."""
    return min((path.name for path in source.glob("*.ipynb")), default=FIRST)


def jupyter_command(python, workspace, port, browser=True, first=FIRST):
    """The command line that opens JupyterLab on the first notebook.

    The server listens on this machine only, keeps its access token, and asks for neither news nor
    updates nor the list of extensions, so that no request leaves the machine.
    """
    command = [
        str(python),
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={workspace}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--LabApp.default_url=/lab/tree/{first}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if not browser:
        command.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:  # Jupyter refuses root (containers) unless told
        command.append("--allow-root")
    return command


def sign(source, workspace):
    """Let JupyterLab trust the notebooks that are still as the course laid them.

    Otherwise it would hide the styles and pictures of their stored outputs until they are run. A
    notebook with anything of another hand in it is left for its reader to judge.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    ours = {path.read_bytes() for path in source.glob("*.ipynb")}
    notary = NotebookNotary()
    for path in workspace.glob("*.ipynb"):
        content = path.read_bytes()
        if content in ours:
            notary.sign(nbformat.reads(content.decode(), as_version=4))


def _arguments(argv):
    parser = argparse.ArgumentParser(
        prog="python3 -m course lab",
        description="Prepare the environment and your copies of the notebooks, then open JupyterLab.",
    )
    parser.add_argument(
        "--workspace",
        metavar="DIR",
        type=Path,
        help="where your copies of the notebooks lie (default: my-course beside the README)",
    )
    parser.add_argument("--port", type=int, help="the port of the local server (default: 8888)")
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address instead of opening it"
    )
    return parser.parse_args(argv)


def main(argv):
    """Open the course; returns only when it could not be opened."""
    arguments = _arguments(argv)
    root = checkout()
    workspace = (arguments.workspace or root / workspaces.DEFAULT).expanduser().absolute()
    port = choose_port(arguments.port)
    enter("lab", ["lab", *argv])
    nearest = next(folder for folder in (workspace, *workspace.parents) if folder.is_dir())
    require_space(nearest, WORKSPACE_BYTES)
    for sentence in workspaces.prepare(root / "notebooks", workspace):
        print(sentence, file=sys.stderr)
    sign(root / "notebooks", workspace)
    print(f"Your notebooks are in {workspace}", file=sys.stderr)
    print("JupyterLab starts; press Ctrl-C here to stop it.", file=sys.stderr, flush=True)
    env = dict(os.environ)
    env.setdefault("COURSE_RECORD", str(workspace / workspaces.RECORD))
    # A terminal opened in JupyterLab then finds the Python that has the course.
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    first = first_notebook(root / "notebooks")
    command = jupyter_command(sys.executable, workspace, port, not arguments.no_browser, first)
    if os.name == "nt":
        return subprocess.call(command, env=env)
    os.execve(command[0], command, env)
