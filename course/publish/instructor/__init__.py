"""The instructor's edition: `python3 -m course instructor [-o DIR] [--no-pdf]`.

From the same source as the notebooks comes a folder with guides (solutions, discussion notes,
misreadings, timing), three plans of time, hand-outs to print, and slides that run offline.
`docs/instructor.md` says how to use it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.publish.instructor import guide, material, plans, printing, sheets, slides
from course.publish.instructor.material import InstructorError

__all__ = ["LEARNER", "Edition", "InstructorError", "main", "pages", "write"]

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
MARK = ".instructor-edition"
LEARNER = ("handouts", "slides")
"""Folders of the edition that participants may have."""


@dataclass(frozen=True)
class Edition:
    """A made edition.

    Attributes
    ----------
    folder : Path
    pages : tuple of str
        Names of the HTML files.
    missing : tuple of str
        Titles of notebooks that are not built.
    unprinted : tuple of str
        Pages that should have become a PDF and did not.
    printer : str or None
        The browser that printed, or None.
    """

    folder: Path
    pages: tuple[str, ...]
    missing: tuple[str, ...]
    unprinted: tuple[str, ...]
    printer: str | None


def pages(notebooks: Path = NOTEBOOKS, printed: bool = False) -> tuple[dict[str, str], tuple]:
    """Every page of the edition by its name, and the titles of the notebooks that are not built.

    Parameters
    ----------
    notebooks : Path
        Folder of the built notebooks.
    printed : bool
        Whether the first page links to PDF files.
    """
    lessons, missing = material.lessons(notebooks)
    if not lessons:
        raise InstructorError(
            f"No built notebook lies in {notebooks.name}/: run python3 -m course build first."
        )
    made: dict[str, str] = {}
    for lesson in lessons:
        made[f"guide/{lesson.file}.html"] = guide.page(lesson, material.guide(lesson.id))
        made[f"handouts/{lesson.file}.html"] = sheets.sheet(lesson)
        made[f"slides/{lesson.file}.html"] = slides.deck(lesson)
    ready = plans.plans(lessons)
    made |= {f"plans/{plan.id}.html": guide.plan_page(plan) for plan in ready}
    papers = []
    for name in sheets.cases():
        title = sheets.case(name)["title"]
        made[f"guide/simulation-{name}.html"] = guide.script(name)
        made[f"handouts/roles-{name}.html"] = sheets.role_cards(name)
        made[f"handouts/ballots-{name}.html"] = sheets.ballots(name)
        papers += [
            (f"guide/simulation-{name}", f"{title}: step by step, for you"),
            (f"handouts/roles-{name}", f"{title}: role cards"),
            (f"handouts/ballots-{name}", f"{title}: ballots"),
        ]
    made["handouts/glossary.html"] = sheets.glossary()
    made["handouts/timeline.html"] = sheets.timeline()
    papers += [("handouts/glossary", "Glossary"), ("handouts/timeline", "Timeline")]
    made["index.html"] = guide.contents(lessons, ready, papers, printed, missing)
    return made, missing


def write(folder: Path, notebooks: Path = NOTEBOOKS, pdf: bool = True) -> Edition:
    """Make the edition in `folder`; an edition that lies there is replaced, anything else is not.

    Raises
    ------
    InstructorError
        If the folder holds something else.
    """
    printer = printing.browser() if pdf else None
    made, missing = pages(notebooks, printed=printer is not None)
    _clear(folder)
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / MARK).write_text(json.dumps(sorted(made), indent=0) + "\n", encoding="utf-8")
    unprinted: list[Path] = []
    if printer:
        paper = [folder / name for name in made if not name.startswith(("slides/", "index"))]
        unprinted = printing.print_all(paper, printer)
    return Edition(
        folder, tuple(made), missing,
        tuple(path.relative_to(folder).as_posix() for path in unprinted), printer,
    )  # fmt: skip


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InstructorError(f"{folder} is a file: choose another folder with -o.")
    if any(folder.iterdir()) and not (folder / MARK).is_file():
        raise InstructorError(
            f"{folder} holds other things, which stay as they are: choose an empty folder with -o."
        )
    for name in ("guide", "plans", *LEARNER):
        shutil.rmtree(folder / name, ignore_errors=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 if a page could not be printed."""
    parser = argparse.ArgumentParser(
        prog="python3 -m course instructor",
        description="Make the instructor's edition: guides, plans, hand-outs and slides.",
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", default="build/instructor", help="by default %(default)s"
    )
    parser.add_argument("--no-pdf", action="store_true", help="HTML only, without a browser")
    options = parser.parse_args(argv)
    if not options.no_pdf and printing.browser():
        print("Making the pages and printing them as PDF; this takes a minute or two.", flush=True)
    made = write(Path(options.output), pdf=not options.no_pdf)
    print("\n".join(_said(made, wanted=not options.no_pdf)))
    return 1 if made.unprinted else 0


def _said(made: Edition, wanted: bool) -> list[str]:
    lines = [
        f"{len(made.pages)} pages lie in {made.folder}; begin with {made.folder / 'index.html'}."
    ]
    if made.missing:
        lines.append(f"Not built, so left out: {', '.join(made.missing)}.")
    if made.unprinted:
        lines.append(f"The browser did not print {', '.join(made.unprinted)}; the HTML is there.")
    elif made.printer:
        lines.append("Everything but the slides is there as PDF too.")
    elif wanted:
        lines.append(
            "No Chromium, Chrome or Edge was found, so there is no PDF: print the pages from any "
            "browser (A4, background graphics on)."
        )
    lines.append("The folder guide holds the solutions; give away handouts and slides only.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
