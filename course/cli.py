"""The command line: which command is which module, and how a failure speaks."""

import difflib
import errno
import importlib
import os
import sys
from collections import namedtuple
from pathlib import Path

from course import workspace
from course.bootstrap import enter
from course.machine import Problem, checkout, explain_os_error

__all__ = ["COMMANDS", "available", "help_text", "main"]

# `level`: the environment that the command needs before its module is imported (None: none).
Command = namedtuple("Command", "module level help")

COMMANDS = {
    "lab": Command("course.commands.lab", None, "open the course in JupyterLab"),
    "test": Command("course.commands.test", None, "check everything (--quick: no browser)"),
    "doctor": Command("course.commands.doctor", None, "show versions, paths and what is missing"),
    "export": Command("course.publish.export", "lab", "write out record, argument or portfolio"),
    "room": Command("course.room", "lab", "run a workshop in one room"),
    "instructor": Command("course.publish.instructor", "lab", "make the instructor's edition"),
    "build": Command("course.publish.build", "test", "make the notebooks from notebooks/source"),
    "exercise": Command("course.publish.exercise", "test", "start or check an exercise"),
    "datapackage": Command("course.publish.datapackage", "test", "describe the tables of data/"),
    "book": Command("course.publish.book", "test", "make the book as web pages"),
    "lite": Command("course.publish.lite", "test", "make the site that runs in a browser"),
    "bench": Command("course.publish.bench", "test", "measure speed against its targets"),
    "lock": Command("course.commands.lock", None, "choose the versions of all packages anew"),
}


def available(root=None):
    """The commands whose module is there, in the order of ``COMMANDS``."""
    root = root or checkout()
    found = {}
    for name, command in COMMANDS.items():
        path = root.joinpath(*command.module.split("."))
        if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
            found[name] = command
    return found


def help_text():
    """What ``python3 -m course`` prints."""
    lines = ["usage: python3 -m course COMMAND [OPTIONS]", ""]
    lines += [f"  {name:<13}{command.help}" for name, command in available().items()]
    return "\n".join([*lines, "", "python3 -m course COMMAND --help says more."])


def _point_to_the_record():
    """Outside every workspace, a command means the record in the default one, if that is there."""
    default = checkout() / workspace.DEFAULT
    if workspace.find(Path.cwd()) is None and (default / workspace.MANIFEST).is_file():
        os.environ.setdefault("COURSE_RECORD", str(default / workspace.RECORD))


def _dispatch(name, argv):
    commands = available()
    if name not in commands:
        near = difflib.get_close_matches(name, commands, n=1)
        hint = f"perhaps you mean '{near[0]}'" if near else "there are " + ", ".join(commands)
        raise Problem(f"There is no command '{name}': {hint}.")
    command = commands[name]
    if command.level:
        enter(command.level, [name, *argv])
        _point_to_the_record()
    return importlib.import_module(command.module).main(argv) or 0


def _sentence(error):
    """What to say for an error that a person can mend, or None for a fault of the course."""
    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, OSError) and error.errno in (
        errno.ENOSPC,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
    ):
        return explain_os_error(error, error.filename or checkout())
    # The models' own errors are sentences written for people.
    if isinstance(error, ValueError) and type(error).__module__.startswith("course."):
        return str(error)
    return None


def main(argv=None):
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        The words after ``python3 -m course``.

    Returns
    -------
    int
        The exit code.
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(help_text())
        return 0
    try:
        return _dispatch(argv[0], argv[1:])
    except KeyboardInterrupt:
        print("\nStopped; nothing is lost, run the same command to go on.", file=sys.stderr)
        return 130
    except Exception as error:
        sentence = None if os.environ.get("COURSE_DEBUG") else _sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1
