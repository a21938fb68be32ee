"""The machine that the course stands on: its disk and files, and plain words when they fail."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

__all__ = [
    "Problem",
    "checkout",
    "explain_os_error",
    "free_bytes",
    "replace_file",
    "require_space",
    "require_writable",
]


class Problem(Exception):
    """Something the person at the keyboard can mend; the text is one sentence with the remedy."""


def checkout():
    """The folder of the course: the one that holds README.md, notebooks/ and course/."""
    return Path(__file__).resolve().parent.parent


def free_bytes(folder):
    """Free disk space, in bytes, where ``folder`` lies."""
    return shutil.disk_usage(str(folder)).free


def require_space(folder, needed):
    """Refuse to start what would fill the disk.

    Raises
    ------
    Problem
        When fewer than ``needed`` bytes are free.
    """
    free = free_bytes(folder)
    if free < needed:
        raise Problem(
            f"The disk that holds {folder} has {free / 1e9:.1f} GB free and the course needs "
            f"{needed / 1e9:.1f} GB: free some space, or move the course to a larger disk, and "
            "run the command again."
        )


def require_writable(folder):
    """Make sure that files can be made in ``folder`` by making one.

    Raises
    ------
    Problem
        When the folder cannot be written to.
    """
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as error:
        raise Problem(explain_os_error(error, folder)) from error


def explain_os_error(error, folder):
    """One sentence with a remedy for an operating-system error on ``folder``."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return (
            f"The disk that holds {folder} is full: free some space and run the command again; "
            "nothing of yours was changed."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"The folder {folder} is not writable: give yourself the right to write there, or "
            "move the course to a folder of your own, and run the command again."
        )
    return (
        f"The folder {folder} could not be used ({error.strerror or error}): check that it is a "
        "folder and try again."
    )


def replace_file(path, content):
    """Write bytes so that a reader, or a crash, sees the old file or the new one, never a half."""
    path = Path(path)
    handle, name = tempfile.mkstemp(prefix="." + path.name + ".", dir=str(path.parent))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(str(path), name)
        else:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
        os.replace(name, str(path))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
