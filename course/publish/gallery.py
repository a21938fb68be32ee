"""The gallery of the nine views: makes `docs/gallery.md` and the pictures in `docs/gallery/`.

`python3 -m course.publish.gallery [--check] [--pictures]`

The words are those of each view's own twin, so the page cannot say what the view does not. The
pictures are what the browser tests saw (`tests/screenshots`), cut and reduced by ImageMagick with
`--pictures`; run those tests first.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course import data

if TYPE_CHECKING:
    from course.widgets.base import View

__all__ = ["LARGEST", "PLATES", "Plate", "main", "page", "picture", "pictures"]

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "gallery.md"
SHOTS = ROOT / "tests" / "screenshots"
LARGEST = 120_000  # bytes of one picture
LINES, WIDTH = 18, 110  # of a twin's words on the page
HEIGHT = 1500  # pixels of a picture; what lies below is cut


@dataclass(frozen=True)
class Plate:
    """One view of the gallery.

    Attributes
    ----------
    name : str
        Name of its picture.
    shot : str
        Name of the screenshot that the picture is made from.
    call : str
        What a learner writes.
    shows : str
        What can be done with it, in one sentence.
    make : callable
        Makes the view.
    """

    name: str
    shot: str
    call: str
    shows: str
    make: Callable[[], View]


def _timeline() -> View:
    from course.widgets.timeline import Timeline

    events = [e for e in data.rows("events") if "kosovo" in (e["notebooks"] or ())]
    return Timeline(events, "Kosovo, 1998 and 1999")


def _map() -> View:
    from course.widgets.membership_map import MembershipMap

    return MembershipMap()


def _indicators() -> View:
    from course.widgets.indicators import Indicators

    return Indicators()


def _lens() -> View:
    from course.widgets.text_lens import TextLens

    return TextLens()


def _argument() -> View:
    from course.widgets.argument_map import ArgumentMap

    return ArgumentMap()


def _desk() -> View:
    from course.widgets.claim_desk import ClaimDesk

    return ClaimDesk("C039", "C043")


def _lab() -> View:
    from course.widgets.decision_lab import DecisionLab

    return DecisionLab("georgia-2008")


def _treaty() -> View:
    from course.widgets.treaty_simulator import TreatySimulator

    return TreatySimulator("georgia-2008")


def _ranges() -> View:
    from course.widgets.ranges import Ranges

    rows = [r for r in data.rows("casualties") if r["conflict"] == "kosovo"]
    return Ranges(rows, "Kosovo: every count")


PLATES = (
    Plate("timeline", "timeline-light", 'timeline("kosovo")',
          "Filter events, stand on a date, see who joined which body meanwhile.", _timeline),
    Plate("map", "map-light", "membership_map()",
          "Move through 1990 to 2010, colour by zone or by bodies, change the borders' source.", _map),
    Plate("indicators", "indicators-light", "indicators()",
          "Choose the years and see how the choice of the window changes the answer.", _indicators),
    Plate("lens", "lens-light", "text_lens()",
          "Look a word up, see where it stands and what each section prefers.", _lens),
    Plate("argument", "argument-folded-light", "argument_map()",
          "Accept, reject or weaken a premise and see what stands or falls.", _argument),
    Plate("claim-desk", "claim-desk-light", 'claim_desk("C039", "C043")',
          "Judge a claim with your own confidence, then compare with the record.", _desk),
    Plate("decision-lab", "decision-lab-light", 'decision_lab("georgia-2008")',
          "Set ballots and see what each body of the day could decide.", _lab),
    Plate("treaty", "treaty-play-light", 'treaty_simulator("georgia-2008")',
          "Step through the draft treaty's procedure, day by day.", _treaty),
    Plate("ranges", "ranges-light", 'range_chart("kosovo")',
          "See every source's figure with its range, never one number alone.", _ranges),
)  # fmt: skip


def _words(view: View) -> str:
    """The first lines of what the twin says: sentences wrapped, rows of tables cut."""
    kept: list[str] = []
    lines = [line.rstrip() for line in view.text().splitlines()]
    for number, line in enumerate(lines):
        if len(kept) >= LINES:
            return "\n".join([*kept, f"… and {len(lines) - number} lines more"])
        if "  " in line.strip():
            kept.append(line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…")
        else:
            kept.extend(textwrap.wrap(line, WIDTH, subsequent_indent="  ") or [""])
    return "\n".join(kept)


def page() -> str:
    """The page `docs/gallery.md`."""
    parts = [
        "# Gallery of the views\n\n"
        "Each view once, as it looks in JupyterLab, and the first lines of its twin: what is read"
        " where no kernel runs, and what a screen reader reads out. Every figure and sentence comes"
        " from the record. Made by `python3 -m course.publish.gallery`; how a view is built stands"
        " in [views.md](views.md)."
    ]
    for plate in PLATES:
        view = plate.make()
        title = view.title if view.title.endswith("?") else f"{view.title}."
        alt = f"{view.kicker}: {title} {plate.shows}"
        parts.append(
            f"## {view.kicker}\n\n{plate.shows} `{plate.call}`\n\n"
            f"![{alt}](gallery/{plate.name}.png)\n\n```text\n{_words(view)}\n```"
        )
    return "\n\n".join(parts) + "\n"


def picture(plate: Plate) -> Path:
    """Where the picture of a view is kept."""
    return PAGE.parent / "gallery" / f"{plate.name}.png"


def pictures() -> list[str]:
    """Make all pictures from the screenshots; return what could not be made, in sentences."""
    tool = shutil.which("magick") or shutil.which("convert")
    if tool is None:
        return ["Reducing pictures needs ImageMagick; install it and call again."]
    failed = []
    for plate in PLATES:
        shot, target = SHOTS / f"{plate.shot}.png", picture(plate)
        if not shot.is_file():
            failed.append(f"{shot.name} is missing: run the browser tests first.")
            continue
        target.parent.mkdir(exist_ok=True)
        for colours in (160, 64, 32, 16):  # as many as fit
            reduce = ["-crop", f"x{HEIGHT}+0+0", "+repage", "-resize", "900x>", "+dither"]
            reduce += ["-colors", str(colours), "-strip", "-define", "png:compression-level=9"]
            subprocess.run([tool, str(shot), *reduce, str(target)], check=True)
            if target.stat().st_size < LARGEST:
                break
        else:
            failed.append(f"{target.name} is larger than {LARGEST} bytes.")
    return failed


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page, or with `--check` say whether it would change."""
    parser = argparse.ArgumentParser(prog="python3 -m course.publish.gallery")
    parser.add_argument("--check", action="store_true", help="compare with what is stored")
    parser.add_argument("--pictures", action="store_true", help="make the pictures anew too")
    chosen = parser.parse_args(argv)
    if chosen.pictures and (failed := pictures()):
        print("\n".join(failed), file=sys.stderr)
        return 1
    text = page()
    if not chosen.check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
    if not same:
        print("docs/gallery.md is not what the views say; make it anew.", file=sys.stderr)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
