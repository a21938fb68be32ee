"""What stands in the browser for what cannot run there: one sentence, no traceback."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from course.publish.lite import wheels

__all__ = ["installer", "stand_ins"]

_REFUSE = '''"""The edition in the browser says in a sentence what it cannot do."""


class NotHere(ImportError):
    """A package that this edition does not have."""

    def _render_traceback_(self):
        return [str(self)]


def refuse(name):
    raise NotHere(
        f"This step needs the package {name}, which this edition in the browser does not have: "
        "the web book shows what it gives, and the course on your own computer runs it.",
        name=name,
    )
'''

_PIPLITE = '''"""Nothing is installed into this site: what it has, it has from the start."""

_PIPLITE_DISABLE_PYPI = True
_PIPLITE_URLS = []
SENTENCE = "Nothing can be installed here: this edition has what the course needs, from the start."


async def install(*names, **options):
    print(SENTENCE)
'''

_CLI = """from piplite.piplite import SENTENCE


async def get_transformed_code(words):
    return f"print({SENTENCE!r})"
"""


def stand_ins(modules: Iterable[str], folder: Path) -> wheels.Wheel:
    """Write a wheel whose modules, on import, say that they are not to be had.

    Parameters
    ----------
    modules : iterable of str
        Top-level modules that the course imports and the site lacks.
    """
    files = {"course_absent.py": _REFUSE}
    for name in modules:
        files[f"{name}/__init__.py"] = f"from course_absent import refuse\n\nrefuse({name!r})\n"
    return wheels.write("course-absent", "1", files, folder)


def installer(folder: Path) -> list[wheels.Wheel]:
    """Write the two packages that the kernel expects for `%pip`, and that install nothing."""
    piplite = {
        "piplite/__init__.py": "from piplite.piplite import install\n",
        "piplite/piplite.py": _PIPLITE,
        "piplite/cli.py": _CLI,
    }
    micropip = {"micropip/__init__.py": "from piplite.piplite import install\n"}
    return [
        wheels.write("piplite", "1", piplite, folder),
        wheels.write("micropip", "1", micropip, folder),
    ]
