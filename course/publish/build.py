"""Make the notebooks from their sources: `python3 -m course build [--check] [NAME …]`.

Notebooks are edited as py:percent text in `notebooks/source/`. The build resolves citations
(`[@source-id]`) and glossary terms (`[[term]]`), runs every cell in a fresh kernel, and stores the
notebook with outputs that do not depend on when or where it was built: two builds are
byte-identical, so `--check` can compare them with what is committed.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from html import escape
from pathlib import Path

__all__ = [
    "BuildError",
    "Built",
    "Reading",
    "build",
    "check",
    "main",
    "normalise",
    "reading",
    "resolve",
    "sources",
]

ROOT = Path(__file__).resolve().parents[2]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# A build never sees the builder's own past answers, nor the builder's own copy of the article.
ENVIRONMENT = {"COURSE_RECORD": ":memory:", "COURSE_BUILDING": "1"}
HIDDEN = ("COURSE_ARTICLE",)
CELL_SECONDS = 120


class BuildError(ValueError):
    """A source that cannot become a notebook; the message says which cell and why."""


@dataclass(frozen=True)
class Built:
    """One built notebook.

    Attributes
    ----------
    stem : str
        File name without its ending, such as `04_kosovo_1999`.
    text : str
        The notebook file as it is written.
    """

    stem: str
    text: str


def sources(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """Source files in `folder`, all or those named.

    Parameters
    ----------
    folder : Path
        Where the py:percent files lie.
    names : sequence of str
        File stems, or the part of a stem after its number (`kosovo_1999`), or its first word.

    Raises
    ------
    BuildError
        If a name fits no source; the message gives the nearest one.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.py"))}
    if not names:
        return list(found.values())
    return [found[_stem(name, list(found))] for name in names]


def _stem(name: str, stems: list[str]) -> str:
    wanted = Path(name).stem
    fits = [s for s in stems if s == wanted or s.partition("_")[2] == wanted]
    fits = fits or [s for s in stems if s.partition("_")[2].split("_")[0] == wanted]
    if len(fits) == 1:
        return fits[0]
    near = difflib.get_close_matches(wanted, stems, n=1, cutoff=0.3) or stems[:1]
    hint = f" The nearest is {near[0]!r}." if near else " The folder holds no source at all."
    raise BuildError(f"No notebook source is called {name!r}.{hint}")


# --- text: citations and glossary terms -------------------------------------------------------

_CITATION = re.compile(r"\[@([^\]]+)\]")
_TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


def _cited_ids(keys: str) -> list[str]:
    return [key.strip().lstrip("@").strip() for key in keys.split(";") if key.strip()]


def _citation(keys: str, cited: list[str], where: str) -> str:
    """One bracket of citations as linked labels; `cited` collects the source ids."""
    from course import evidence

    parts: list[str] = []
    facts = {fact.id for fact in evidence.facts()}
    for key in _cited_ids(keys):
        try:
            fact = evidence.fact(key) if key in facts else None
            sources = [evidence.source(i) for i in (fact.source_ids if fact else [key])]
        except evidence.UnknownId as error:
            raise BuildError(f"{where}: {error}") from None
        cited += [s.id for s in sources if s.id not in cited]
        parts += [_label(s) for s in sources]
        if fact and fact.verification.startswith("unverified"):
            parts.append("unverified")
    return f"({'; '.join(dict.fromkeys(parts))})"


def _label(source) -> str:
    """Short markdown label of a source, linked where it has an address."""
    title = source.title.replace('"', "'")
    return f'[{source.label}]({source.url} "{title}")' if source.url else source.label


def _terms(text: str, seen: set[str], where: str) -> str:
    """Replace `[[term]]` by the term with its meaning as a tooltip at its first use."""
    from course import evidence

    def put(match: re.Match) -> str:
        shown = (match.group(2) or match.group(1)).strip()
        try:
            term = evidence.term(match.group(1).strip())
        except evidence.UnknownId as error:
            raise BuildError(f"{where}: {error}") from None
        if term.term in seen:
            return shown
        seen.add(term.term)
        return f'<abbr title="{escape(term.definition)}">{escape(shown)}</abbr>'

    return _TERM.sub(put, text)


def resolve(notebook, stem: str) -> tuple[str, ...]:
    """Resolve citations and terms in the markdown cells of `notebook`; return the ids cited."""
    cited: list[str] = []
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "markdown":
            continue
        where = f"{stem}, cell {number}"
        text = _CITATION.sub(lambda m, w=where: _citation(m.group(1), cited, w), cell.source)
        cell.source = _terms(text, seen, where)
    return tuple(cited)


# --- outputs that do not vary -----------------------------------------------------------------


def patterns(path: Path | None = None) -> list[tuple[re.Pattern, str]]:
    """The (regex, replacement) pairs of the sanitising file that nbval uses too."""
    path = path or ROOT / "tests" / "nbval_sanitize.cfg"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = re.findall(r"^regex: (.*)\nreplace: (.*)$", "\n".join(lines), flags=re.M)
    return [(re.compile(regex), replace) for regex, replace in found]


def _clean(value, rules):
    if isinstance(value, str):
        for regex, replace in rules:
            value = regex.sub(replace, value)
        return value
    if isinstance(value, list):
        return [_clean(item, rules) for item in value]
    return value


def _outputs(outputs: Iterable, count: int, rules) -> list:
    """Outputs without live-widget views, with adjacent streams joined and noise replaced."""
    kept: list = []
    for output in outputs:
        if output.output_type in ("display_data", "execute_result"):
            output.data.pop(WIDGET_VIEW, None)
            if not output.data:
                continue
            for mime in output.data:
                if mime.startswith("text/") or mime.endswith("svg+xml"):
                    output.data[mime] = _clean(output.data[mime], rules)
            output.metadata.clear()
            if output.output_type == "execute_result":
                output.execution_count = count
        elif output.output_type == "stream":
            output.text = _clean(output.text, rules)
            last = kept[-1] if kept else None
            if last is not None and last.output_type == "stream" and last.name == output.name:
                last.text += output.text
                continue
        kept.append(output)
    return kept


def normalise(notebook, rules=None):
    """Give `notebook` stable ids, counts 1..n, plain metadata and outputs without noise.

    A cell's id is a hash of its content (and of how often that content came before), so that
    inserting a cell leaves the ids of all others alone.
    """
    rules = patterns() if rules is None else rules
    notebook.metadata = type(notebook.metadata)({"kernelspec": KERNEL, "language_info": LANGUAGE})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    earlier: Counter = Counter()
    count = 0
    for cell in notebook.cells:
        content = f"{cell.cell_type}:{cell.source}"
        digest = hashlib.sha256(f"{content}#{earlier[content]}".encode()).hexdigest()
        earlier[content] += 1
        cell.id = digest[:8]
        tags = cell.metadata.get("tags", [])
        cell.metadata = type(cell.metadata)({"tags": tags} if tags else {})
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = _outputs(cell.outputs, count, rules)
    return notebook


# --- running ----------------------------------------------------------------------------------


def _execute(notebook, folder: Path, stem: str) -> None:
    """Run all cells in a fresh kernel of this Python, in `folder`."""
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    kernel = AsyncKernelManager(kernel_name="python3")
    kernel.kernel_spec.argv[0] = sys.executable
    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=CELL_SECONDS,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    environment = {k: v for k, v in os.environ.items() if k not in HIDDEN} | ENVIRONMENT
    try:
        client.execute(env=environment, cleanup_kc=True, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        told = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().splitlines()
        raise BuildError(
            "\n".join([f"{stem}: a cell failed.", *told[:12], "…", *told[-8:]])
        ) from None


def build(source: Path, folder: Path | None = None) -> Built:
    """Build one notebook from its py:percent source.

    Parameters
    ----------
    source : Path
        The source file.
    folder : Path, optional
        Working directory of the kernel; by default the folder above the source's.

    Raises
    ------
    BuildError
        If a citation or a term is unknown, or a cell fails.
    """
    import jupytext
    import nbformat

    notebook = jupytext.read(source, fmt="py:percent")
    resolve(notebook, source.stem)
    notebook.cells += _invitation(source.stem)
    _execute(notebook, folder or source.parent.parent, source.stem)
    normalise(notebook)
    nbformat.validate(notebook)
    return Built(source.stem, nbformat.writes(notebook) + "\n")


def _invitation(stem: str) -> list:
    """The closing cell that leads to the report of an error; none without a public repository."""
    from importlib.metadata import version

    from nbformat.v4 import new_markdown_cell

    from course.publish import address

    where = address.read().report(stem, version("equal-security-course"))
    if not where:
        return []
    return [
        new_markdown_cell(f"Something is wrong here? [Tell us what, and what is right]({where}).")
    ]


def check(built: Built, target: Path, lines: int = 30) -> str:
    """Differences between a fresh build and the stored notebook, as a short diff; "" if none."""
    if not target.is_file():
        return f"{target.name} does not exist yet."
    stored = target.read_text(encoding="utf-8")
    if stored == built.text:
        return ""
    diff = difflib.unified_diff(
        stored.splitlines(), built.text.splitlines(), "stored", "built", n=1, lineterm=""
    )
    shown = [line if len(line) < 200 else line[:200] + " …" for line in list(diff)[:lines]]
    return "\n".join([f"{target.name} differs from its source:", *shown])


# --- what a notebook cites and how much there is to read ----------------------------------------

_DESK = re.compile(r"^claim_desk\(([^)]*)\)", re.M)
_PASSAGE = re.compile(r"^passage\(([^)]*)\)", re.M)


@dataclass(frozen=True)
class Reading:
    """What the text of one notebook holds, known before it is run.

    Attributes
    ----------
    notebook : str
        Its id.
    cited : tuple of str
        Source ids: those of the text first, then of its claim desks, then of its exercises.
    words : int
        Words to read: cells, passages and what the claim desks show.
    """

    notebook: str
    cited: tuple[str, ...]
    words: int


def reading(source: Path, notebook: str) -> Reading:
    """Count the words of a source and collect what it, its desks and its exercises cite."""
    import jupytext

    from course import article, evidence, exercises

    cells = jupytext.read(source, fmt="py:percent")
    cited = list(resolve(cells, source.stem))
    code = "\n".join(c.source for c in cells.cells if c.cell_type == "code")
    texts = [c.source for c in cells.cells if c.cell_type == "markdown"]
    try:
        for call in _DESK.findall(code):
            for claim in map(evidence.claim, re.findall(r"[A-Z]\d+", call)):
                texts += [claim.text, *(e.statement for e in claim.evidence)]
                texts += [p.statement for p in claim.disputed_by]
                cited += claim.source_ids
        for call in _PASSAGE.findall(code):
            texts += [article.paragraph(int(n)).summary for n in re.findall(r"\d+", call)]
    except ValueError as error:
        raise BuildError(f"{source.stem}: {error}") from None
    if notebook in exercises.notebooks():
        for entry in exercises.load(notebook).values():
            cited += [evidence.source(i).id for i in sorted(_exercise_sources(entry))]
    plain = re.sub(r"\]\([^)]*\)|<[^>]+>", " ", "\n".join(texts))
    return Reading(
        notebook, tuple(dict.fromkeys(cited)), len(re.findall(r"[^\W\d_][\w'’-]*", plain))
    )


def _exercise_sources(part) -> set[str]:
    """Every source id in an exercise, wherever in its parts it stands."""
    if isinstance(part, (tuple, list)):
        return set().union(*map(_exercise_sources, part)) if part else set()
    if not is_dataclass(part):
        return set()
    found = set(getattr(part, "sources", ()) or ())
    return found.union(*(_exercise_sources(getattr(part, f.name)) for f in fields(part)))


def _notebook_ids() -> dict[str, str]:
    """Notebook id by file stem, from `data/notebooks.toml`."""
    from course import data

    return {n["file"]: n["id"] for n in data.document("notebooks")["notebook"]}


def _tables(readings: Sequence[Reading], folder: Path) -> dict[Path, str]:
    """The two generated tables with the rows of these notebooks replaced."""
    cites = [(r.notebook, i, str(order)) for r in readings for order, i in enumerate(r.cited, 1)]
    words = [(r.notebook, str(r.words)) for r in readings]
    names = {r.notebook for r in readings}
    made = {}
    for name, header, fresh in (
        ("notebook_citations", "notebook,source_id,order", cites),
        ("notebook_words", "notebook,words", words),
    ):
        path = folder / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
        kept = [
            tuple(line.split(",")) for line in lines if line and line.split(",")[0] not in names
        ]
        rows = sorted(kept + fresh, key=lambda row: (row[0], int(row[-1])))
        made[path] = "\n".join([header, *(",".join(row) for row in rows)]) + "\n"
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 if `--check` found a difference or a build failed."""
    parser = argparse.ArgumentParser(prog="python3 -m course build", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="notebooks to build (default all)")
    parser.add_argument("--check", action="store_true", help="compare with what is stored")
    parser.add_argument(
        "--folder",
        type=Path,
        default=ROOT / "notebooks",
        help="where the notebooks lie (default notebooks/); their sources are in its source/",
    )
    options = parser.parse_args(argv)
    target = options.folder
    problems: list[str] = []
    try:
        chosen = sources(target / "source", options.names)
        # Another folder is another article's, with its own data, or a trial that keeps no count.
        if target == ROOT / "notebooks" or "COURSE_DATA" in os.environ:
            problems += _update_tables(chosen, options.check)
        with ThreadPoolExecutor(max_workers=2) as pool:
            built = list(pool.map(lambda source: build(source, target), chosen))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    problems += [] if options.names else _strays(target, chosen)
    for one in built:
        path = target / f"{one.stem}.ipynb"
        if options.check:
            problems += filter(None, [check(one, path)])
        else:
            path.write_text(one.text, encoding="utf-8")
            print(f"built {path.name}")
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    return 1 if problems else 0


def _update_tables(chosen: Sequence[Path], only_check: bool) -> list[str]:
    """Write what the notebooks cite and hold, before they are run, since they show it."""
    from course import data

    ids = _notebook_ids()
    readings = [reading(s, ids.get(s.stem, s.stem)) for s in chosen]
    stale = []
    for path, text in _tables(readings, data.root() / "tables").items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if only_check:
            stale.append(f"tables/{path.name} is not what the sources hold; run the build.")
        else:
            path.write_text(text, encoding="utf-8")
    return stale


def _strays(folder: Path, chosen: Sequence[Path]) -> list[str]:
    known = {path.stem for path in chosen}
    return [
        f"{path.name} has no source in {folder.name}/source."
        for path in sorted(folder.glob("*.ipynb"))
        if path.stem not in known
    ]


if __name__ == "__main__":
    sys.exit(main())
