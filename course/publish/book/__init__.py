"""The course as a web book: `python3 -m course book [-o DIR] [--pdf]`.

The pages are the stored notebooks, which no kernel runs again: of every view its twin is read, with
the words, the table and the picture that it holds. Around them stand pages made from the record and
the guides of `docs/`. Nothing in the book asks another machine for anything, so it reads the same
from a web server, from a memory stick, or from a folder.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from course import data, evidence
from course.publish import address
from course.publish.book import lessons, pages, printing

__all__ = ["BookError", "build", "main", "settings", "write_sources"]

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(__file__).parent / "static"
OUTPUT = ROOT / "build" / "book"
MARK = ".course-book"
TITLE = "Equal Security for All"
FIRST_GUIDES = ("instructor", "data", "models")  # the others follow in their alphabetical order


class BookError(ValueError):
    """Why the book could not be made, and what to do."""


def _lessons(folder: Path) -> list[dict]:
    """The entries of `data/notebooks.toml` whose notebook is there."""
    listed = data.document("notebooks")["notebook"]
    return [one for one in listed if (folder / f"{one['file']}.ipynb").is_file()]


def _banner(entry: dict, handouts: bool, addresses: address.Addresses) -> str:
    """The line under a lesson's title: what can be done with it elsewhere."""
    file = entry["file"]
    links = [f'<a href="../files/{file}.ipynb" download>Notebook</a>']
    if handouts:
        links.append(f'<a href="../files/{file}.pdf">Hand-out (PDF)</a>')
    if addresses.binder_url:
        where = escape(addresses.launch(f"notebooks/{file}.ipynb"))
        links.append(f'<a href="{where}">Open on Binder</a>')
    return (
        '<p class="banner">Reading edition: to answer, play and compute, '
        f'<a href="../index.html#how-to-work">open the notebook</a>. {" · ".join(links)}</p>'
    )


def write_sources(
    target: Path,
    notebooks: Path = ROOT / "notebooks",
    docs: Path = ROOT / "docs",
    handouts: bool = False,
    addresses: address.Addresses | None = None,
) -> list[dict]:
    """Write what Sphinx reads: prepared notebooks, pages from the record, guides, styles.

    Parameters
    ----------
    target : Path
        An empty folder.
    notebooks, docs : Path
        The built notebooks and the guides.
    handouts : bool
        Whether the pages link to PDF files.
    addresses : Addresses, optional
        By default those of `pyproject.toml`.

    Returns
    -------
    list of dict
        The lessons in the book, as in `data/notebooks.toml`.
    """
    import nbformat

    from course import lesson

    addresses = address.read() if addresses is None else addresses
    held = _lessons(notebooks)
    if not held:
        raise BookError(f"There is no notebook of the course in {notebooks}: run the build first.")
    for name in ("notebooks", "guides", "_static", "extra/files"):
        (target / name).mkdir(parents=True)
    styles = lessons.Styles()
    terms = {one.definition: one.term for one in evidence.glossary()}
    for entry in held:
        path = notebooks / f"{entry['file']}.ipynb"
        shutil.copy(path, target / "extra" / "files" / path.name)
        page = nbformat.read(path, as_version=4)
        banner = _banner(entry, handouts, addresses)
        lessons.page(page, banner, styles, terms, lesson.__all__)
        nbformat.write(page, target / "notebooks" / path.name)
    guides = _write_guides(target / "guides", docs, [one["file"] for one in held])
    contents = "\n".join(
        [
            pages.toctree(
                "The lessons",
                [f"{int(e['file'][:2])} · {e['title']} <notebooks/{e['file']}>" for e in held],
            ),
            pages.toctree("The record", ["article", "glossary", "references", "guides/data"]),
            pages.toctree("Guides", [f"guides/{one}" for one in guides]),
        ]
    )
    minutes = {one["id"]: lesson.minutes(one["id"]) for one in held}
    made = {
        "index.md": pages.front_page(held, minutes, handouts, addresses, contents),
        "article.md": pages.article_page(),
        "glossary.md": pages.glossary_page(),
        "references.md": pages.references_page(held),
        "_static/views.css": styles.text,
    }
    for name, text in made.items():
        (target / name).write_text(text, encoding="utf-8")
    for path in STATIC.iterdir():
        shutil.copy(path, target / "_static" / path.name)
    return held


def _write_guides(target: Path, docs: Path, stems: Sequence[str]) -> list[str]:
    """Copy the documents with their pictures; return the stems of all but the data dictionary, in reading order."""
    paths = {path.stem: path for path in sorted(docs.glob("*.md"))}
    for stem, path in paths.items():
        text = pages.guide(path.read_text(encoding="utf-8"), path, paths, stems)
        (target / f"{stem}.md").write_text(text, encoding="utf-8")
    for path in docs.glob("*/*.png"):
        copy = target / path.relative_to(docs)
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(path, copy)
    order = {name: place for place, name in enumerate(FIRST_GUIDES)}
    rest = sorted(paths, key=lambda stem: (order.get(stem, len(order)), stem))
    return [stem for stem in rest if stem != "data"]


def settings(addresses: address.Addresses) -> dict:
    """The configuration of Sphinx: no cell is run, no address outside is asked."""
    return {
        "project": TITLE,
        "author": "the authors of the course",
        "copyright": "text and pictures CC BY 4.0; code BSD 3-Clause; tables as their licences say",
        "language": "en-GB",
        "extensions": ["myst_nb", "sphinx_book_theme"],
        "html_theme": "sphinx_book_theme",
        "html_title": TITLE,
        "html_baseurl": addresses.public_url,
        "html_static_path": ["_static"],
        "html_extra_path": ["extra"],
        "html_css_files": ["views.css", "book.css"],
        "html_js_files": ["book.js"],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_search_summary": False,  # a page opened from a folder may not read others
        "html_last_updated_fmt": None,
        "html_use_index": False,
        "html_context": {"default_mode": "auto"},
        "html_theme_options": {
            "use_download_button": False,
            "use_fullscreen_button": False,
            "navbar_start": [],
            "navbar_center": [],
            "navbar_end": [],
            "navbar_persistent": [],
            "show_toc_level": 2,
            "repository_url": addresses.repository_url,
            "use_repository_button": bool(addresses.repository_url),
            "pygments_light_style": "a11y-high-contrast-light",
            "pygments_dark_style": "a11y-high-contrast-dark",
        },
        "nb_execution_mode": "off",
        "nb_ipywidgets_js": {},
        "nb_merge_streams": True,
        "myst_enable_extensions": ["colon_fence", "deflist", "smartquotes"],
        "myst_heading_anchors": 3,
        "exclude_patterns": ["extra"],
    }


def build(target: Path, pdf: bool = False, **options) -> list[dict]:
    """Make the book in a folder.

    Parameters
    ----------
    target : Path
        Where it is laid. What an earlier build left there is replaced; a folder of anything else
        is left alone.
    pdf : bool
        Also print each lesson as a hand-out.
    options
        For `write_sources`.

    Returns
    -------
    list of dict
        The lessons in the book.

    Raises
    ------
    BookError
        If the folder holds something else, or a page refers to what is not there.
    """
    from sphinx.application import Sphinx

    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise BookError(f"{target} holds something that is no book: choose another folder with -o.")
    addresses = options.setdefault("addresses", address.read())
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "source", Path(folder) / "book"
        source.mkdir()
        held = write_sources(source, handouts=pdf, **options)
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            app = Sphinx(
                source, None, made, Path(folder) / "trees", "html", settings(addresses),
                status=None, warning=told, parallel=2,
            )  # fmt: skip
            app.build()
        warnings = [
            line for line in told.getvalue().splitlines() if "WARNING" in line or "ERROR" in line
        ]
        if warnings:
            listed = "\n".join(line.replace(f"{source}/", "") for line in warnings[:20])
            raise BookError(f"The book was not made, since its pages have faults:\n{listed}")
        (made / MARK).touch()
        (made / ".buildinfo").unlink(missing_ok=True)
        if pdf:
            printing.print_pages(
                (
                    made / "notebooks" / f"{one['file']}.html",
                    made / "files" / f"{one['file']}.pdf",
                    f"{TITLE} · {one['title']}",
                )
                for one in held
            )
        if target.exists():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    return held


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python3 -m course book",
        description="Make the whole course as a web book that reads offline.",
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=OUTPUT, help="default: build/book"
    )
    parser.add_argument("--pdf", action="store_true", help="also print each lesson as a hand-out")
    options = parser.parse_args(argv)
    start = time.monotonic()
    try:
        held = build(options.output.expanduser().absolute(), options.pdf)
    except (BookError, printing.PrintError, address.AddressError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in options.output.rglob("*") if path.is_file())
    print(
        f"{len(held)} lessons, {size / 1e6:.0f} MB, {time.monotonic() - start:.0f} s: open "
        f"{options.output / 'index.html'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
