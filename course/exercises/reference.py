"""Reference solutions of code exercises: real functions, run by the check and shown as source.

They stand in `course/exercises/solutions/<notebook>.py`, those of another article in the folder
`solutions/` of its own data. The function named like the exercise returns the right result;
`<exercise>__<mistake>` makes one of the typical mistakes.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from typing import Any

from .. import data
from .model import CatalogueError, Exercise

__all__ = ["Task", "snippet", "task"]


@dataclass(frozen=True)
class Task:
    """The functions of one code exercise."""

    function: Callable[..., Any]
    mistakes: Mapping[str, Callable[..., Any]]


def task(exercise: Exercise) -> Task:
    """Return the reference solution and the typical mistakes of a code exercise.

    Raises
    ------
    CatalogueError
        If a function is missing; the sentence says which and where.
    """
    module = _module(data.root(), exercise.notebook)
    return Task(
        _function(module, exercise.name),
        {m.id: _function(module, f"{exercise.name}__{m.id}") for m in exercise.mistakes},
    )


def snippet(function: Callable[..., Any], variable: str = "answer") -> str:
    """Return a function's body as the cell a learner could have written.

    The imports it needs come first; the final `return …` becomes `answer = …`. A function with
    parameters (an exercise with `cases`) is what the learner writes, and is shown whole.
    """
    module = ast.parse(Path(inspect.getsourcefile(function)).read_text(encoding="utf-8"))
    source = inspect.getsource(function)
    tree = ast.parse(source).body[0]
    body = tree.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    lines = source.splitlines()
    inside = lines[body[0].lineno - 1 :]
    if inspect.signature(function).parameters:
        head = lines[: tree.body[0].lineno - 1]
        code = "\n".join([*head, *inside]).replace(f"def {tree.name}(", f"def {variable}(", 1)
    else:
        at = body[-1].lineno - body[0].lineno
        inside[at] = inside[at].replace("return ", f"{variable} = ", 1)
        code = textwrap.dedent("\n".join(inside)).rstrip()
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imports = [ast.unparse(line) for line in module.body if _binds(line) & used]
    return "\n".join([*imports, *([""] if imports else []), code])


def _binds(node: ast.stmt) -> set[str]:
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return set()
    return {(name.asname or name.name).partition(".")[0] for name in node.names}


@cache
def _module(root: Path, notebook: str) -> ModuleType:
    name = f"course.exercises.solutions.{notebook}"
    own = root / "solutions" / f"{notebook}.py"
    if own.is_file():
        # A name of its own, so that two articles can each have a notebook called "start".
        name = f"solutions_{hashlib.sha256(bytes(own.resolve())).hexdigest()[:12]}_{notebook}"
        spec = util.spec_from_file_location(name, own)
        module = util.module_from_spec(spec)
        sys.modules[name] = module  # so that what it holds can be imported and shown as source
        spec.loader.exec_module(module)
        return module
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CatalogueError(
            f"{notebook}: the code exercises need course/exercises/solutions/{notebook}.py."
        ) from None


def _function(module: ModuleType, name: str) -> Callable[..., Any]:
    found = getattr(module, name, None)
    if not callable(found):
        raise CatalogueError(f"{module.__name__} needs a function {name}().")
    return found
