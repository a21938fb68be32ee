"""What the instructor's edition is made of: built notebooks, part by part, and the written guides.

A notebook is read as it was built, so that hand-outs and slides show what learners see. A guide is
`data/instructor/<notebook>.toml`: discussion notes, misreadings and notes for the workshop.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path
from typing import Any

from course import article, data, evidence, exercises
from course.exercises.model import Exercise
from course.lesson import WORDS_A_MINUTE

__all__ = [
    "Cell",
    "Discussion",
    "Guide",
    "InstructorError",
    "Lesson",
    "Misreading",
    "Note",
    "Part",
    "Section",
    "guide",
    "lesson",
    "lessons",
    "section_words",
]


class InstructorError(ValueError):
    """The edition cannot be made as asked; the sentence says what to change."""


@dataclass(frozen=True)
class Cell:
    """One cell of a built notebook: its kind, its text and the HTML that it showed."""

    kind: str
    text: str
    html: str = ""

    def calls(self, *verbs: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The course's verbs that this cell calls, each with the plain values handed to it."""
        if self.kind != "code":
            return
        for verb, inside in re.findall(r"^(\w+)\(([^()\n]*)\)", self.text, re.M):
            if not verbs or verb in verbs:
                yield verb, tuple(_values(inside))

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of the exercises that it asks (a prediction that comes back is not asked again)."""
        return tuple(re.findall(r'\b(?:ask|predict|check)\(\s*"([a-z0-9_.]+)"', self.code))

    @property
    def code(self) -> str:
        """The text of a code cell; empty for words."""
        return self.text if self.kind == "code" else ""


def _values(inside: str) -> list[str]:
    return [text or number for text, number in re.findall(r'"([^"]*)"|\b(\d+)\b', inside)]


@dataclass(frozen=True)
class Section:
    """A heading with the cells up to the next one, of whatever level.

    Attributes
    ----------
    level : int
        1 for the title, 2 for a part, 3 for a section inside a part.
    title : str
    cells : tuple of Cell
    words : int
        Words to read, those that passages and claim desks show included.
    """

    level: int
    title: str
    cells: tuple[Cell, ...]
    words: int

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of its exercises, in their order."""
        return tuple(dict.fromkeys(key for cell in self.cells for key in cell.exercises))

    @property
    def reading(self) -> float:
        """Minutes to read its words at 180 a minute."""
        return self.words / WORDS_A_MINUTE

    @property
    def practice(self) -> float:
        """Minutes that its exercises state."""
        return sum(exercises.exercise(key).minutes for key in self.exercises)

    @property
    def exact(self) -> float:
        """Reading and practice together, not rounded."""
        return self.reading + self.practice


@dataclass(frozen=True)
class Part:
    """A numbered part of a notebook: its first heading and the sections inside it."""

    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """The part's heading; the opening has none of its own and is called so."""
        return self.sections[0].title if self.sections[0].level > 1 else "Opening"

    @property
    def words(self) -> int:
        """Words to read."""
        return sum(s.words for s in self.sections)

    @property
    def reading(self) -> float:
        """Minutes of reading."""
        return sum(s.reading for s in self.sections)

    @property
    def practice(self) -> float:
        """Minutes of exercises."""
        return sum(s.practice for s in self.sections)

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of its exercises."""
        return tuple(dict.fromkeys(key for s in self.sections for key in s.exercises))

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up."""
        return math.ceil(self.reading + self.practice)


@dataclass(frozen=True)
class Lesson:
    """A built notebook with what `data/notebooks.toml` says of it."""

    entry: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        """Its id, such as "kosovo"."""
        return self.entry["id"]

    @property
    def file(self) -> str:
        """The stem of its file, such as `04_kosovo_1999`."""
        return self.entry["file"]

    @property
    def title(self) -> str:
        """Its title."""
        return self.entry["title"]

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, in order."""
        return tuple(s for part in self.parts for s in part.sections)

    @property
    def minutes(self) -> int:
        """Whole minutes of the notebook: the sum of its parts, rounded up once."""
        return math.ceil(sum(s.exact for s in self.sections))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Its exercises, in the order in which the notebook asks them."""
        keys = dict.fromkeys(key for s in self.sections for key in s.exercises)
        return tuple(exercises.exercise(key) for key in keys)

    def find(self, name: str) -> tuple[Section, ...]:
        """The sections under a heading, named by its text with or without its number.

        A part brings all the sections inside it.

        Raises
        ------
        InstructorError
            If no heading has that name; the sentence gives the nearest.
        """
        wanted = _bare(name)
        for part in self.parts:
            if wanted == _bare(part.title):
                return part.sections
        for section in self.sections:
            if wanted == _bare(section.title):
                return (section,)
        titles = {_bare(s.title): s.title for s in self.sections}
        near = get_close_matches(wanted, titles, n=1, cutoff=0.3)
        hint = f" The nearest is {titles[near[0]]!r}." if near else ""
        raise InstructorError(f"The notebook {self.id!r} has no part called {name!r}.{hint}")


def _bare(title: str) -> str:
    return re.sub(r"^\d+\.\s*", "", title).strip(" .?!").casefold()


# --- reading a built notebook -------------------------------------------------------------------

_HEADING = re.compile(r"^(#{1,3})\s+(.+?)\s*#*\s*$", re.M)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def lessons(folder: Path) -> tuple[tuple[Lesson, ...], tuple[str, ...]]:
    """The notebooks that are built in `folder`, in the order of the course, and the titles missing.

    Parameters
    ----------
    folder : Path
        Where the `.ipynb` files lie.
    """
    found, missing = [], []
    for entry in data.document("notebooks")["notebook"]:
        path = folder / f"{entry['file']}.ipynb"
        if path.is_file():
            found.append(lesson(entry, json.loads(path.read_text(encoding="utf-8"))))
        else:
            missing.append(entry["title"])
    return tuple(found), tuple(missing)


def lesson(entry: Mapping[str, Any], notebook: Mapping[str, Any]) -> Lesson:
    """Take a built notebook, as JSON gives it, apart into parts and sections.

    Raises
    ------
    InstructorError
        If it asks an exercise that the catalogue does not have: it is older than its source.
    """
    cells = [_cell(raw) for raw in notebook["cells"]]
    known = set(exercises.ids()) | set(exercises.aliases())
    for key in (key for cell in cells for key in cell.exercises if key not in known):
        raise InstructorError(
            f"The built notebook {entry['title']!r} asks {key!r}, which is no exercise any more: run "
            f"python3 -m course build {entry['id']}."
        )
    sections = [
        Section(level, title, tuple(held), section_words(held))
        for level, title, held in _headed(cells, entry["title"])
    ]
    parts: list[list[Section]] = []
    for section in sections:
        if section.level <= 2 or not parts:
            parts.append([])
        parts[-1].append(section)
    return Lesson(entry, tuple(Part(tuple(part)) for part in parts))


def _cell(raw: Mapping[str, Any]) -> Cell:
    html = []
    for output in raw.get("outputs", ()):
        shown = output.get("data", {})
        for kind in ("text/html", "image/svg+xml"):
            if kind in shown:
                html.append("".join(shown[kind]))
                break
    return Cell(raw["cell_type"], "".join(raw["source"]), "\n".join(html))


def _headed(cells: Sequence[Cell], title: str) -> list[tuple[int, str, list[Cell]]]:
    """Cells grouped under their headings; a cell with two headings is cut between them."""
    groups: list[tuple[int, str, list[Cell]]] = [(1, title, [])]
    for cell in cells:
        marks = [] if cell.kind != "markdown" else list(_HEADING.finditer(cell.text))
        before = cell.text[: marks[0].start()] if marks else cell.text
        if not marks or before.strip():
            groups[-1][2].append(Cell(cell.kind, before, cell.html))
        for mark, following in zip_longest(marks, marks[1:]):
            body = cell.text[mark.start() : following.start() if following else None]
            level = len(mark.group(1))
            if level == 1:
                groups[-1][2].append(Cell(cell.kind, body))
            else:
                groups.append((level, _plain_title(mark.group(2)), [Cell(cell.kind, body)]))
    return groups


def _plain_title(text: str) -> str:
    return re.sub(r"<[^>]+>|[*`_]", "", text)


def section_words(cells: Sequence[Cell]) -> int:
    """Words to read in `cells`, counted as the build counts a notebook's words."""
    texts = []
    for cell in cells:
        if cell.kind == "markdown":
            texts.append(cell.text)
        for verb, values in cell.calls("claim_desk", "passage"):
            texts += _passages(values) if verb == "passage" else _desk(values)
    plain = re.sub(r"\]\([^)]*\)|<[^>]+>", " ", "\n".join(texts))
    return len(_WORD.findall(plain))


def _passages(values: Sequence[str]) -> list[str]:
    return [article.paragraph(int(number)).summary for number in values]


def _desk(values: Sequence[str]) -> list[str]:
    texts = []
    for claim in map(evidence.claim, values):
        texts += [claim.text, *(e.statement for e in claim.evidence)]
        texts += [p.statement for p in claim.disputed_by]
    return texts


# --- the written guides -------------------------------------------------------------------------


@dataclass(frozen=True)
class Discussion:
    """A question for the room, with what to listen for and where to end."""

    id: str
    question: str
    minutes: int
    part: str
    notes: tuple[str, ...]
    close: str


@dataclass(frozen=True)
class Misreading:
    """A sentence that instructors will hear, and the answer that the record gives."""

    heard: str
    answer: str
    part: str


@dataclass(frozen=True)
class Note:
    """Advice for the workshop; `when` says at which moment."""

    when: str
    text: str


@dataclass(frozen=True)
class Guide:
    """What was written for the instructor of one notebook."""

    notebook: str
    aim: str
    discussions: tuple[Discussion, ...]
    misreadings: tuple[Misreading, ...]
    workshop: tuple[Note, ...]

    def discussion(self, name: str) -> Discussion:
        """The question with that id."""
        for found in self.discussions:
            if found.id == name:
                return found
        near = get_close_matches(name, [d.id for d in self.discussions], n=1, cutoff=0.3)
        hint = f" The nearest is {near[0]!r}." if near else ""
        raise InstructorError(f"The guide of {self.notebook!r} has no question {name!r}.{hint}")

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that is meant for the instructor alone."""
        found = [self.aim]
        for d in self.discussions:
            found += [*d.notes, d.close]
        found += [m.answer for m in self.misreadings]
        found += [n.text for n in self.workshop]
        return tuple(text for text in found if text)


_KEYS = {
    "discussion": {"id", "question", "minutes", "part", "notes", "close"},
    "misreading": {"heard", "answer", "part"},
    "workshop": {"when", "text"},
}


def guide(notebook: str) -> Guide | None:
    """The guide of a notebook, or None where none is written.

    Raises
    ------
    InstructorError
        If a key is unknown or missing; the sentence names it.
    """
    if not (data.root() / "instructor" / f"{notebook}.toml").is_file():
        return None
    raw = data.document(f"instructor/{notebook}")
    for name in raw:
        if name not in (*_KEYS, "aim"):
            raise InstructorError(f"data/instructor/{notebook}.toml: {name!r} is unknown.")
    for name, keys in _KEYS.items():
        for row in raw.get(name, ()):
            if set(row) != keys:
                odd = ", ".join(sorted(set(row) ^ keys))
                raise InstructorError(
                    f"data/instructor/{notebook}.toml: a {name} has exactly the keys "
                    f"{', '.join(sorted(keys))}; this one differs in {odd}."
                )
    return Guide(
        notebook,
        raw["aim"].strip(),
        tuple(
            Discussion(**{**row, "notes": tuple(n.strip() for n in row["notes"])})
            for row in raw.get("discussion", ())
        ),
        tuple(Misreading(**row) for row in raw.get("misreading", ())),
        tuple(Note(**row) for row in raw.get("workshop", ())),
    )
