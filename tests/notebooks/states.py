"""Runs the notebooks untouched, solved and typically wrong; a script of its own process.

    python tests/notebooks/states.py FOLDER notebooks/source/04_kosovo_1999.py …

FOLDER takes one record for each state.

Before a notebook runs, the record is filled with that state's answers, and in code exercises the
stub is replaced by the reference solution or by a typical mistake. The cells run in an IPython shell
of this process, which costs a tenth of a second where a kernel costs several. It prints one JSON
line a notebook: what stopped, and what each check said.
"""

import ast
import contextlib
import io
import json
import os
import sys
from pathlib import Path

STATES = ("untouched", "solved", "wrong")


def code_cells(path):
    """Return the sources of the code cells of a notebook in py:percent text."""
    cells, inside = [], False
    for line in Path(path).read_text("utf-8").splitlines():
        if line.startswith("# %%"):
            inside = not line.startswith("# %% [")
            cells += [[]] if inside else []
        elif inside:
            cells[-1].append(line)
    return ["\n".join(cell).strip() for cell in cells]


def checked(source):
    """Return {exercise id: name of the variable} for each `check(id, variable)` of a cell."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or len(node.args) != 2:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        key, answer = node.args
        if name == "check" and isinstance(key, ast.Constant) and isinstance(answer, ast.Name):
            found[key.value] = answer.id
    return found


def answered(source, state):
    """Return a cell as a learner in this state would have left it."""
    from course.exercises import exercise, reference

    if state == "untouched":
        return source
    for key, variable in checked(source).items():
        entry = exercise(key)
        if entry.kind != "code":
            continue
        task = reference.task(entry)
        if state == "solved":
            code = reference.snippet(task.function, variable)
        elif entry.mistakes:
            function = task.mistakes[entry.mistakes[0].id]
            call = function.__name__ if entry.settings["cases"] else f"{function.__name__}()"
            code = f"from {function.__module__} import {function.__name__}\n{variable} = {call}"
        else:
            code = f"{variable} = 'something else'"
        calls = [
            ast.unparse(node)
            for node in ast.parse(source).body
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ]
        source = "\n".join([code, *calls])
    return source


def fill_record(state):
    """Give the answers of this state to every exercise that is answered in a panel."""
    from course.exercises import exercise, ids, triples
    from course.widgets.exercise import mark

    for entry in map(exercise, ids()):
        if state == "untouched" or entry.kind == "code":
            continue
        wrong = triples.wrong(entry)
        answer = wrong[0].answer if state == "wrong" and wrong else triples.solved(entry)
        mark(entry, answer)


def expected(key, state):
    """Return what the check must say to this state's answer to a code exercise."""
    from course.exercises import exercise

    entry = exercise(key)
    if state == "untouched":
        return "Nothing to check yet."
    if state == "solved":
        return "Right."
    return entry.mistakes[0].feedback if entry.mistakes else ""


def plain_outputs(captured):
    """Return all that a cell showed, as plain text."""
    shown = [output.data.get("text/plain", "") for output in captured.outputs]
    return "\n".join([captured.stdout, *shown])


def run(path, state):
    """Run one notebook and return what went wrong and what its checks said."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    from course.exercises import ids
    from course.exercises.prose import plain

    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    problems, said = [], {}
    for number, source in enumerate(code_cells(path), start=1):
        unknown = [key for key in checked(source) if key not in ids()]
        if unknown:
            problems.append(f"code cell {number}: no exercise {', '.join(unknown)}")
            continue
        with capture_output() as captured:
            result = shell.run_cell(answered(source, state), store_history=False)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            problems.append(f"code cell {number}: {type(error).__name__}: {error}")
        shown = plain_outputs(captured)
        for key in checked(source):
            said[key] = shown
            if plain(expected(key, state)) not in shown:
                problems.append(f"code cell {number}: check({key!r}) said {shown!r}")
    return {"notebook": Path(path).stem, "problems": problems, "said": said}


def main(folder, paths):
    """Run the notebooks in every state and print a JSON line for each run."""
    from course import record

    for state in STATES:
        os.environ["COURSE_RECORD"] = str(Path(folder) / f"{state}.sqlite")
        with contextlib.redirect_stdout(io.StringIO()):
            fill_record(state)
        for path in paths:
            print(json.dumps({"state": state, **run(path, state)}), flush=True)
        record.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
