"""The learner's workspace: copies of the notebooks that an update never overwrites.

A manifest in the workspace remembers what was laid there. A copy that is still as it was laid may
be replaced by a newer edition; a copy that the learner changed stays, and the newer edition is laid
beside it under its own name.
"""

import datetime
import hashlib
import json
import os
from pathlib import Path

from course.machine import Problem, explain_os_error, replace_file, require_writable

__all__ = ["DEFAULT", "MANIFEST", "RECORD", "find", "prepare"]

DEFAULT = "my-course"
MANIFEST = ".course-workspace.json"
RECORD = "record.sqlite"
SCHEMA = 1


def find(folder):
    """The workspace that ``folder`` lies in: the nearest folder upwards that holds a manifest.

    Returns
    -------
    Path or None
    """
    folder = Path(folder).resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / MANIFEST).is_file():
            return candidate
    return None


def _hash(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_manifest(workspace, today):
    """What was laid so far, and a sentence when the manifest had to be set aside."""
    path = workspace / MANIFEST
    if not path.exists():
        return {}, None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        laid = manifest["laid"]
        if not all(isinstance(entry["sha256"], str) for entry in laid.values()):
            raise ValueError("not a manifest")
    except (ValueError, KeyError, TypeError, AttributeError):
        aside = _free_name(workspace / f"course-workspace.damaged-{today}.json")
        os.replace(str(path), str(aside))
        return {}, (
            f"The list of what was laid in {workspace} was damaged and is kept as {aside.name}: "
            "every notebook there counts as yours and stays as it is."
        )
    return laid, None


def _free_name(path):
    """``path``, or the same with -2, -3, … before the suffix if it is taken."""
    number, candidate = 1, path
    while os.path.lexists(str(candidate)):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _lay(source, workspace, entry, today):
    """Lay one notebook; return its manifest entry and a sentence for the learner, or None."""
    target = workspace / source.name
    content = source.read_bytes()
    new = hashlib.sha256(content).hexdigest()
    laid = {"sha256": new}
    if not os.path.lexists(str(target)):
        replace_file(target, content)
        return laid, None
    have = _hash(target) if target.is_file() else None
    if have == new:
        return laid, None
    if entry is not None and have == entry["sha256"]:
        replace_file(target, content)
        return laid, f"{source.name} was updated (you had not changed yours)."
    if entry is not None and new in (entry["sha256"], entry.get("beside")):
        return entry, None
    # A file that was never laid here is the learner's, whatever it holds.
    kept = {"sha256": entry["sha256"] if entry else "", "beside": new}
    earlier = workspace.glob(f"{source.stem}.new-*{source.suffix}")
    if any(_hash(path) == new for path in earlier if path.is_file()):
        return kept, None
    beside = _free_name(workspace / f"{source.stem}.new-{today.isoformat()}{source.suffix}")
    replace_file(beside, content)
    return kept, (
        f"{source.name} is yours and stays as it is; the new edition lies beside it as "
        f"{beside.name}."
    )


def prepare(source, workspace, today=None):
    """Lay the notebooks of ``source`` in the learner's workspace, losing nothing.

    Parameters
    ----------
    source : Path
        The folder with the course's notebooks.
    workspace : Path
        The learner's folder; made if it is not there.
    today : datetime.date, optional
        The date in the name of a new edition.

    Returns
    -------
    list of str
        Sentences for the learner about what changed; empty when nothing did.

    Raises
    ------
    Problem
        When the folder cannot be made or written, or the course has no notebooks.
    """
    source, workspace = Path(source), Path(workspace)
    today = today or datetime.date.today()
    notebooks = sorted(source.glob("*.ipynb"))
    if not notebooks:
        raise Problem(
            f"There are no notebooks in {source}: get the whole course again with git and run the "
            "command there."
        )
    if workspace.resolve() == source.resolve():
        raise Problem(
            f"The workspace cannot be the folder of the course's own notebooks ({workspace}): choose "
            "another with --workspace."
        )
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        require_writable(workspace)
        laid, damaged = _read_manifest(workspace, today)
        said = [damaged]
        for notebook in notebooks:
            laid[notebook.name], sentence = _lay(
                notebook, workspace, laid.get(notebook.name), today
            )
            said.append(sentence)
        manifest = json.dumps({"schema": SCHEMA, "laid": laid}, indent=1, sort_keys=True) + "\n"
        path = workspace / MANIFEST
        if not path.exists() or path.read_text(encoding="utf-8") != manifest:
            replace_file(path, manifest.encode())
    except OSError as error:
        raise Problem(explain_os_error(error, workspace)) from error
    return [sentence for sentence in said if sentence]
