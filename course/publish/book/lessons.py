"""A notebook as a page of the book: what a reader without a kernel needs, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from html import unescape

__all__ = ["Styles", "is_plumbing", "page", "words_of_a_term"]

_STYLE = re.compile(r"<style>(.*?)</style>", re.S)
_ASKED = re.compile(r"^(ask|check|predict)\(", re.M)  # on paper, lines to write on follow
_ABBR = re.compile(r'<abbr title="([^"]*)">(.*?)</abbr>', re.S)


class Styles:
    """The style sheets that views carry with them, each kept once for the whole book."""

    def __init__(self):
        self._seen: dict[str, None] = {}

    def take(self, html: str) -> str:
        """Return `html` without its style elements, and keep what they said."""
        for css in _STYLE.findall(html):
            self._seen[css] = None
        return _STYLE.sub("", html)

    @property
    def text(self) -> str:
        """All of them, in the order in which they came."""
        return "\n".join(self._seen) + "\n"


def is_plumbing(code: str, verbs: Iterable[str]) -> bool:
    """Whether a cell only imports the course or asks it to show something.

    Such a line is typed to open a view; in the book the view stands there already. Whatever
    computes or assigns is part of the lesson.
    """
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return False
    return bool(statements) and all(_opens_a_view(one, set(verbs)) for one in statements)


def _opens_a_view(statement: ast.stmt, verbs: set[str]) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return (statement.module or "").partition(".")[0] == "course"
    if isinstance(statement, ast.Import):
        return all(name.name.partition(".")[0] == "course" for name in statement.names)
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    function = statement.value.func
    if isinstance(function, ast.Attribute):  # course.ask(…), and not frame.head()
        return getattr(function.value, "id", "") == "course" and function.attr in verbs
    return getattr(function, "id", "") in verbs


def words_of_a_term(text: str, terms: Mapping[str, str]) -> str:
    """Turn each term that carries its meaning as a tooltip into a link to the glossary.

    Parameters
    ----------
    text : str
        Markdown of a cell.
    terms : mapping
        Meaning to term, as in the glossary. Where a notebook is older than a meaning, the word
        itself is looked up.
    """
    names = {term.casefold(): term for term in terms.values()}

    def put(match: re.Match) -> str:
        meaning, shown = map(unescape, match.groups())
        term = terms.get(meaning) or names.get(shown.casefold())
        return f"{{term}}`{shown} <{term}>`" if term else match.group(0)

    return _ABBR.sub(put, text)


def page(notebook, banner: str, styles: Styles, terms: Mapping[str, str], verbs: Iterable[str]):
    """Make the page of one notebook, in place, and return it.

    Parameters
    ----------
    notebook : NotebookNode
        A built notebook with its outputs.
    banner : str
        HTML that stands under the title and the question.
    styles : Styles
        Collects the style sheets of the views.
    terms : mapping
        Meaning to term, as in the glossary.
    verbs : iterable of str
        The functions whose bare calls need not be read.
    """
    from nbformat.v4 import new_markdown_cell

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = words_of_a_term(cell.source, terms)
            continue
        tags = cell.metadata.setdefault("tags", [])
        if is_plumbing(cell.source, verbs):
            tags.append("remove-input")
        if _ASKED.search(cell.source):
            tags.append("answer")
        if "check(" in cell.source:  # its one sentence says that nothing was computed yet
            cell.outputs = []
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html")
            if html:
                output.data["text/html"] = styles.take(html)
    notebook.cells.insert(1, new_markdown_cell(banner, id="banner"))
    return notebook
