"""The public addresses of the course, and the links and badges made from them.

They stand in one place, `[tool.course]` of `pyproject.toml`, and are empty until there is such an
address; nothing then points anywhere. `python -m course.publish.address` writes the badge into the
README, between its two marks, or takes it out.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

__all__ = ["FIRST", "Addresses", "badge", "main", "read", "with_badge"]

ROOT = Path(__file__).resolve().parents[2]
FIRST = "notebooks/00_start_here.ipynb"
FORM = "error.yml"  # .github/ISSUE_TEMPLATE has it; its fields carry the names used below
MARKS = ("<!-- binder -->", "<!-- /binder -->")


class AddressError(ValueError):
    """An address that no link can be made from."""


@dataclass(frozen=True)
class Addresses:
    """Where the course is to be found in public; every part may be empty.

    Attributes
    ----------
    public_url : str
        The published web book.
    repository_url : str
        The repository, for readers.
    binder_url : str
        The build of that repository on a BinderHub: the hub's address with the provider, owner,
        name and branch behind it, without `?urlpath=…`.
    """

    public_url: str = ""
    repository_url: str = ""
    binder_url: str = ""

    def __post_init__(self):
        for name, value in vars(self).items():
            if value and not re.fullmatch(r"https://[^\s?#\"'<>()]+", value):
                raise AddressError(
                    f"tool.course.{name} in pyproject.toml is {value!r}: write an address that "
                    "begins with https:// and has no question mark, or leave it empty."
                )

    def launch(self, path: str = FIRST) -> str:
        """The address that opens a file of the course in JupyterLab on Binder; "" if there is none.

        Parameters
        ----------
        path : str
            The file, from the root of the repository.
        """
        if not self.binder_url:
            return ""
        return f"{self.binder_url.rstrip('/')}?urlpath={quote('lab/tree/' + path, safe='')}"

    def pull(self, hub: str, branch: str = "main") -> str:
        """The link by which nbgitpuller lays the notebooks on a hub; "" without a repository.

        Parameters
        ----------
        hub : str
            The address of the hub.
        branch : str
            The branch of the repository that learners get.

        Raises
        ------
        AddressError
            If the hub's address is none that a link can be made from.
        """
        if not self.repository_url:
            return ""
        where = Addresses(public_url=hub).public_url.rstrip("/")
        repository = self.repository_url.rstrip("/")
        folder = repository.rpartition("/")[2].removesuffix(".git")
        query = {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/{FIRST}"}
        return f"{where}/hub/user-redirect/git-pull?{urlencode(query)}"

    def report(self, notebook: str, version: str, cell: str = "") -> str:
        """The address of a report of an error, with its first fields filled in; "" if there is none.

        Parameters
        ----------
        notebook : str
            The notebook's file name without its ending.
        version : str
            The version of the course.
        cell : str
            The cell or exercise, where it is known.
        """
        if not self.repository_url:
            return ""
        fields = {"template": FORM, "notebook": notebook, "cell": cell, "version": version}
        told = urlencode({name: value for name, value in fields.items() if value})
        return f"{self.repository_url.rstrip('/')}/issues/new?{told}"


def read(pyproject: Path = ROOT / "pyproject.toml") -> Addresses:
    """The addresses that `pyproject.toml` gives.

    Raises
    ------
    AddressError
        If one is no https address, or a setting has another name.
    """
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"].get("course", {})
    unknown = set(settings) - set(Addresses.__dataclass_fields__)
    if unknown:
        names = ", ".join(Addresses.__dataclass_fields__)
        raise AddressError(
            f"tool.course in pyproject.toml knows {names}, and not {min(unknown)}: rename it."
        )
    return Addresses(**settings)


def badge(addresses: Addresses) -> str:
    """The Binder link as Markdown, in words, since a picture would ask another machine; or ""."""
    where = addresses.launch()
    return f"[**Open the course on Binder**]({where}) (nothing to install)" if where else ""


def with_badge(readme: str, addresses: Addresses) -> str:
    """The README with the badge of these addresses between its marks.

    Raises
    ------
    AddressError
        If the marks are not there once each, in their order.
    """
    start, end = MARKS
    if (
        readme.count(start) != 1
        or readme.count(end) != 1
        or readme.index(end) < readme.index(start)
    ):
        raise AddressError(f"README.md needs the line {start}{end} once, where the badge belongs.")
    head, tail = readme[: readme.index(start)], readme[readme.index(end) + len(end) :]
    return f"{head}{start}{badge(addresses)}{end}{tail}"


def main() -> int:
    """Write the badge into the README."""
    path = ROOT / "README.md"
    path.write_text(with_badge(path.read_text(encoding="utf-8"), read()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
