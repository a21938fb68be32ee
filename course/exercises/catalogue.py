"""Reads the catalogue of exercises: `data/exercises/<notebook>.toml`, one table per exercise.

The format is described in docs/exercises.md. Reading is strict, so that a misspelt key or a missing
feedback sentence is found when the exercise is written and not when a learner meets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .. import article, data
from ..words import say
from .model import (
    KINDS,
    LEVELS,
    PHRASE_TYPES,
    Card,
    CatalogueError,
    Choice,
    Criterion,
    Exercise,
    Item,
    Mistake,
    Option,
    Side,
    UnknownExercise,
)
from .values import a_thing

__all__ = ["aliases", "exercise", "ids", "load", "notebooks", "order", "parse"]

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_PARTS = {
    "options": Option,
    "items": Item,
    "choices": Choice,
    "cards": Card,
    "sides": Side,
    "rubric": Criterion,
    "mistakes": Mistake,
}
_COMMON = {
    "kind",
    "title",
    "prompt",
    "minutes",
    "version",
    "hints",
    "solution",
    "explanation",
    "paragraphs",
    "sources",
    "aliases",
}
# For each kind: the parts it must have, those it may have, and its own settings (with defaults).
_SHAPE: dict[str, tuple[set[str], set[str], dict[str, object]]] = {
    "single": ({"options"}, set(), {}),
    "multiple": ({"options"}, set(), {}),
    "match": ({"items", "choices"}, set(), {}),
    "order": ({"items"}, set(), {}),
    "scale": ({"items", "choices"}, set(), {}),
    "estimate": (
        set(),
        {"mistakes"},
        {"value": None, "unit": None, "lowest": None, "highest": None, "verification": None},
    ),
    "written": ({"rubric"}, {"mistakes"}, {"min_words": 15, "max_words": 200}),
    "code": (
        set(),
        {"mistakes", "stub"},
        {"tolerance": 1e-9, "ignore_order": False, "ignore_index": False, "cases": ()},
    ),
    "annotate": ({"items"}, set(), {}),
    "repair": (
        {"rubric"},
        {"mistakes"},
        {"claim": "", "claim_text": None, "min_words": 8, "max_words": 80},
    ),
    "triad": ({"items", "cards"}, set(), {}),
    "best_case": ({"rubric", "sides"}, {"mistakes"}, {"min_words": 40, "max_words": 120}),
    "contested": ({"options"}, set(), {"min_words": 5}),
    "predict": (
        set(),
        {"options"},
        {"later": None, "unit": "", "lowest": None, "highest": None},
    ),
}
_NUMBERS = {"value", "lowest", "highest", "min_words", "max_words", "tolerance"}
_TOLL = re.compile(r"\b(?:dead|death|deaths|died|killed|casualt\w*|victims?|bodies)\b", re.I)
_SETTLED = {"seen", "seen_two_sources", "derived"}


def exercise(exercise_id: str) -> Exercise:
    """Return one exercise by its id ("kosovo.votes"), or by an id it once had.

    Raises
    ------
    UnknownExercise
        If there is none; the sentence names the nearest id.
    """
    if not isinstance(exercise_id, str):
        raise UnknownExercise(
            say("exercise.not_text", sample=_sample(), kind=a_thing(type(exercise_id).__name__))
        )
    wanted = exercise_id.strip()
    wanted = aliases().get(wanted, wanted)
    found = load(wanted.partition(".")[0]).get(wanted)
    if found is None:
        raise UnknownExercise(_nearest(exercise_id))
    return found


def ids() -> tuple[str, ...]:
    """Return the ids of all exercises, in the order of the course and of each catalogue."""
    return tuple(key for notebook in notebooks() for key in load(notebook))


def notebooks() -> tuple[str, ...]:
    """Return the notebooks that have a catalogue, in the order of the course."""
    return _notebooks(data.root())


def order() -> tuple[str, ...]:
    """Return all notebooks of the course in its order, as `data/notebooks.toml` has them."""
    return _order(data.root())


def aliases() -> Mapping[str, str]:
    """Return {id an exercise once had: the id it has now}."""
    return _aliases(data.root())


def load(notebook: str) -> Mapping[str, Exercise]:
    """Return {id: exercise} of one notebook; empty when it has no catalogue.

    Raises
    ------
    CatalogueError
        If the file is not as docs/exercises.md describes it.
    """
    return _load(data.root(), notebook)


@cache
def _notebooks(root: Path) -> tuple[str, ...]:
    present = {path.stem for path in (root / "exercises").glob("*.toml")}
    known = _order(root)
    return (*(n for n in known if n in present), *sorted(present.difference(known)))


@cache
def _order(root: Path) -> tuple[str, ...]:
    if not (root / "notebooks.toml").is_file():  # a catalogue can be read before there is a course
        return ()
    return tuple(entry["id"] for entry in data.document("notebooks")["notebook"])


@cache
def _sober(root: Path) -> frozenset[str]:
    """Return the notebooks about killings, in which nothing looks like a score."""
    if not (root / "notebooks.toml").is_file():
        return frozenset()
    entries = data.document("notebooks")["notebook"]
    return frozenset(entry["id"] for entry in entries if entry.get("sober"))


@cache
def _paragraphs(root: Path) -> frozenset[int] | None:
    """Return the numbers of the article's paragraphs; None where the folder holds no article."""
    if not (root / "tables" / "paragraphs.csv").is_file():
        return None
    return frozenset(one.paragraph for one in article.paragraphs())


@cache
def _load(root: Path, notebook: str) -> Mapping[str, Exercise]:
    if notebook not in _notebooks(root):
        return MappingProxyType({})
    return MappingProxyType(parse(data.document(f"exercises/{notebook}"), notebook))


@cache
def _aliases(root: Path) -> Mapping[str, str]:
    renamed: dict[str, str] = {}
    known = ids()
    for key in known:
        for old in exercise_aliases(load(key.partition(".")[0])[key]):
            if old in known or renamed.setdefault(old, key) != key:
                raise CatalogueError(f"{key}: the alias {old!r} is the id of another exercise.")
    return MappingProxyType(renamed)


def exercise_aliases(entry: Exercise) -> tuple[str, ...]:
    """Return the full ids that an exercise once had (a bare name stays in its notebook)."""
    return tuple(old if "." in old else f"{entry.notebook}.{old}" for old in entry.aliases)


def parse(document: Mapping[str, Any], notebook: str) -> dict[str, Exercise]:
    """Read one catalogue, as TOML gives it.

    Parameters
    ----------
    document : Mapping
        `{notebook: {name: table}}`, the content of `data/exercises/<notebook>.toml`.
    notebook : str
        The notebook's id, for example "kosovo".

    Returns
    -------
    dict
        {"kosovo.votes": Exercise}, in the order of the file.

    Raises
    ------
    CatalogueError
        With one sentence that names the exercise, the key and what is wrong.
    """
    if set(document) != {notebook} or not isinstance(document[notebook], Mapping):
        raise CatalogueError(
            f"{notebook}.toml: every table must begin with the notebook's id, "
            f"for example [{notebook}.votes]."
        )
    found = {}
    for name, table in document[notebook].items():
        key = f"{notebook}.{name}"
        if not _ID.fullmatch(name) or not isinstance(table, Mapping):
            raise CatalogueError(f"{key}: a name is small letters, digits and single underscores.")
        found[key] = _exercise(key, table)
    return found


def _exercise(key: str, table: Mapping[str, Any]) -> Exercise:
    kind = table.get("kind")
    if kind not in KINDS:
        near = get_close_matches(str(kind), KINDS, n=1)
        raise CatalogueError(
            f"{key}: the kind {kind!r} is unknown; "
            + (f"did you mean {near[0]!r}?" if near else f"the kinds are {', '.join(KINDS)}.")
        )
    needed, allowed, defaults = _SHAPE[kind]
    _known_keys(key, table, _COMMON | needed | allowed | set(defaults))
    for part in sorted(needed | {"title", "prompt", "minutes"}):
        if not table.get(part):
            raise CatalogueError(f"{key}: a {kind} exercise needs {part!r}.")
    values: dict[str, Any] = {"id": key, "kind": kind}
    for part in ("title", "prompt", "solution", "explanation", "stub"):
        values[part] = _text(key, part, table.get(part, ""))
    values["minutes"] = _positive(key, "minutes", table["minutes"])
    values["version"] = table.get("version", 1)
    for part in ("hints", "paragraphs", "sources", "aliases"):
        values[part] = _list(key, part, table.get(part, []))
    for part, shape in _PARTS.items():
        rows = table.get(part, [])
        values[part] = tuple(_part(f"{key}.{part}", shape, row) for row in rows)
        _unique(f"{key}.{part}", [row.id for row in values[part]])
    if kind == "annotate":
        values["choices"] = tuple(Choice(one, say(f"type.{one}")) for one in PHRASE_TYPES)
    if kind == "triad":
        none = Choice("none", say("type.none"))
        values["choices"] = (*(Choice(c.id, c.title) for c in values["cards"]), none)
    settings = {name: table.get(name, default) for name, default in defaults.items()}
    for name in _NUMBERS & set(settings):
        if settings[name] is not None:
            _number(key, name, settings[name])
    values["settings"] = MappingProxyType(settings)
    values["sober"] = key.partition(".")[0] in _sober(data.root())
    entry = Exercise(**values)
    _CHECKS.get(kind, _nothing)(entry)
    _common_checks(entry)
    return entry


def _part(where: str, shape: type, row: Any) -> Any:
    if not isinstance(row, Mapping):
        raise CatalogueError(f"{where}: each entry is a table, written [[{where}]].")
    row = dict(row)
    if shape is Item and "answer" in row:
        answer = row.pop("answer")
        row["answers"] = [answer] if isinstance(answer, str) else answer
    fields = shape.__dataclass_fields__
    _known_keys(where, row, set(fields) | ({"answer"} if shape is Item else set()))
    values: dict[str, Any] = {}
    for name, spec in fields.items():
        if name not in row:
            if spec.default is not spec.default_factory:  # both MISSING: the field is required
                continue
            raise CatalogueError(f"{where}: {row.get('id', 'an entry')!r} needs {name!r}.")
        given = row[name]
        if name == "right":
            values[name] = given is True
        elif name == "wrong":
            values[name] = MappingProxyType(dict(given))
        elif name in ("answers", "reasons", "paragraphs", "sources", "contains"):
            values[name] = _list(where, name, given)
        else:
            values[name] = _text(where, name, given)
    if "level" in values and values["level"] not in LEVELS[1:4]:
        raise CatalogueError(f"{where}: the level of a mistake is one of {', '.join(LEVELS[1:4])}.")
    return shape(**values)


def _common_checks(entry: Exercise) -> None:
    if not isinstance(entry.version, int) or entry.version < 1:
        raise CatalogueError(f"{entry.id}: the version counts 1, 2, 3 …")
    known = _paragraphs(data.root())
    for number in entry.paragraphs:
        if not isinstance(number, int) or number < 1 or (known and number not in known):
            raise CatalogueError(f"{entry.id}: {number!r} is not a paragraph of the article.")
    if entry.kind not in ("predict", "contested") and not entry.hints:
        raise CatalogueError(f"{entry.id}: give at least one hint, in steps.")
    if entry.kind != "predict" and not entry.explanation:
        raise CatalogueError(f"{entry.id}: the explanation says why the solution is the solution.")
    choices = {choice.id for choice in entry.choices}
    for item in entry.items:
        for answer in (*item.answers, *item.wrong):
            if answer not in choices:
                raise CatalogueError(f"{entry.id}: {item.id!r} names the unknown choice {answer!r}")


def _check_single(entry: Exercise) -> None:
    if sum(option.right for option in entry.options) != 1:
        raise CatalogueError(f"{entry.id}: exactly one option of a single choice is right.")
    for option in entry.options:
        if not option.right and not option.feedback:
            raise CatalogueError(f"{entry.id}: the wrong option {option.id!r} needs feedback.")


def _check_multiple(entry: Exercise) -> None:
    if not any(option.right for option in entry.options):
        raise CatalogueError(f"{entry.id}: at least one option must be right.")
    for option in entry.options:
        if not option.feedback:
            raise CatalogueError(
                f"{entry.id}: the option {option.id!r} needs feedback, for whoever gets it wrong."
            )


def _check_items(entry: Exercise) -> None:
    for item in entry.items:
        if not item.answers or not item.feedback:
            raise CatalogueError(f"{entry.id}: {item.id!r} needs an answer and feedback.")
    if entry.kind == "triad" and len(entry.cards) != 3:
        raise CatalogueError(f"{entry.id}: a triad has three cards.")


def _check_order(entry: Exercise) -> None:
    for item in entry.items[1:]:
        if not item.feedback:
            raise CatalogueError(
                f"{entry.id}: {item.id!r} needs feedback that says why it follows the one before."
            )


def _check_estimate(entry: Exercise) -> None:
    given = entry.settings
    if any(given[name] is None for name in ("value", "lowest", "highest")) or not given["unit"]:
        raise CatalogueError(f"{entry.id}: an estimate needs value, unit, lowest and highest.")
    if not given["lowest"] <= given["value"] <= given["highest"]:
        raise CatalogueError(f"{entry.id}: the value lies outside lowest … highest.")
    if given["verification"] not in _SETTLED or not entry.sources:
        raise CatalogueError(
            f"{entry.id}: only settled figures are estimated: give sources and a verification of "
            f"{', '.join(sorted(_SETTLED))}."
        )
    if _TOLL.search(f"{given['unit']} {entry.prompt}"):
        raise CatalogueError(f"{entry.id}: the dead are never a figure to guess.")


def _check_words(entry: Exercise) -> None:
    given = entry.settings
    if given["min_words"] >= given["max_words"]:
        raise CatalogueError(f"{entry.id}: min_words must be below max_words.")
    if entry.kind != "best_case" and not entry.solution:
        raise CatalogueError(f"{entry.id}: the solution is a model text.")
    if entry.kind == "repair" and not given["claim_text"]:
        raise CatalogueError(f"{entry.id}: claim_text is the claim to repair, in our words.")
    for mistake in entry.mistakes:
        if not mistake.contains or not mistake.example:
            raise CatalogueError(
                f"{entry.id}: the mistake {mistake.id!r} needs the phrases that give it away "
                "(contains) and an example."
            )


def _check_contested(entry: Exercise) -> None:
    for option in entry.options:
        if not option.reasons:
            raise CatalogueError(f"{entry.id}: {option.id!r} needs its best reasons.")
        if option.right or option.feedback:
            raise CatalogueError(f"{entry.id}: a contested question marks no answer as wrong.")


def _check_predict(entry: Exercise) -> None:
    if not entry.settings["later"]:
        raise CatalogueError(f"{entry.id}: later is what the learner reads when it comes back.")


def _nothing(entry: Exercise) -> None:
    return None


_CHECKS = {
    "single": _check_single,
    "multiple": _check_multiple,
    "match": _check_items,
    "annotate": _check_items,
    "scale": _check_items,
    "triad": _check_items,
    "order": _check_order,
    "estimate": _check_estimate,
    "written": _check_words,
    "repair": _check_words,
    "best_case": _check_words,
    "contested": _check_contested,
    "predict": _check_predict,
}


def _known_keys(where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
    for name in table:
        if name not in known:
            near = get_close_matches(name, list(known), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            raise CatalogueError(f"{where}: the key {name!r} is unknown{hint}")


def _unique(where: str, names: list[str]) -> None:
    for name in names:
        if not _ID.fullmatch(name):
            raise CatalogueError(f"{where}: the id {name!r} is not small letters and underscores.")
    if len(set(names)) != len(names):
        raise CatalogueError(f"{where}: two entries have the same id.")


def _text(where: str, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise CatalogueError(f"{where}: {name!r} is a text.")
    return value.strip()


def _list(where: str, name: str, value: Any) -> tuple:
    if not isinstance(value, list):
        raise CatalogueError(f"{where}: {name!r} is a list, written [ … ].")
    return tuple(item.strip() if isinstance(item, str) else item for item in value)


def _number(where: str, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CatalogueError(f"{where}: {name!r} is a number.")
    return value


def _positive(where: str, name: str, value: Any) -> float:
    if _number(where, name, value) <= 0:
        raise CatalogueError(f"{where}: {name!r} is a number above 0.")
    return value


def _nearest(asked: str) -> str:
    known = ids()
    if not known:
        return say("exercise.empty", asked=asked)
    meant = asked.strip().casefold()  # ids are small letters
    near = get_close_matches(meant, known, n=1, cutoff=0.3)
    notebook = meant.partition(".")[0]
    here = [key for key in known if key.startswith(f"{notebook}.")]
    if near:
        return say("exercise.near", asked=asked, near=near[0])
    listed = ", ".join(repr(key) for key in (here or known)[:4])
    return say("exercise.some", asked=asked, known=listed)


def _sample() -> str:
    known = ids()
    return repr(known[0]) if known else "'kosovo.votes'"
