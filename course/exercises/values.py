"""Compares a learner's result with the reference by type, structure and value.

Never by source text, so every right way counts as right; and no sentence gives the right value
away. pandas is imported only when a result needs it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from numbers import Integral, Real
from typing import Any

from ..words import count, say

__all__ = ["a_thing", "compare", "compare_function", "describe", "is_empty"]

Finding = tuple[str, str, str] | None


def is_empty(answer: object) -> bool:
    """Return whether the stub has been left as it was: None, … or an empty text."""
    return answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip())


def compare(expected: object, actual: object, settings: Mapping[str, Any]) -> Finding:
    """Compare a result with the reference.

    Parameters
    ----------
    expected, actual : object
        Reference and learner's result.
    settings : Mapping
        `tolerance` (relative), `ignore_order` (of rows or elements), `ignore_index`.

    Returns
    -------
    tuple of (level, kind of mistake, sentence), or None
        None when both agree.
    """
    shape = _shape(expected)
    if _shape(actual) != shape:
        line = say("code.type", expected=describe(expected), actual=describe(actual))
        return ("not yet", "type", line)
    return _COMPARE[shape](expected, actual, settings)


def compare_function(
    expected: Callable[..., Any], actual: object, settings: Mapping[str, Any]
) -> Finding:
    """Compare a learner's function with the reference on every case of the exercise."""
    if not callable(actual):
        line = say("code.callable", name=expected.__name__.partition("__")[0])
        return ("not yet", "callable", line)
    for arguments in settings["cases"]:
        shown = ", ".join(map(repr, arguments))
        try:
            result = actual(*arguments)
        except Exception as error:  # the learner's own code may do anything
            line = say("code.raises", arguments=shown, error=type(error).__name__)
            return ("not yet", "raises", line)
        found = compare(expected(*arguments), result, settings)
        if found:
            level, slug, line = found
            return (level, slug, say("code.case", arguments=shown, line=line))
    return None


def describe(value: object) -> str:
    """Return what kind of thing a value is, in words a beginner knows."""
    shape = _shape(value)
    return say(f"code.kind.{shape}") if shape in _KNOWN else a_thing(type(value).__name__)


def a_thing(name: str) -> str:
    """Return the name of a type with its article."""
    return say("code.kind.an" if name[:1].lower() in "aeiou" else "code.kind.a", name=name)


_KNOWN = {
    "frame", "series", "index", "array", "truth", "number", "text", "date", "list", "set",
    "mapping", "nothing", "function",
}  # fmt: skip


def _shape(value: object) -> str:
    kind = type(value)
    module = kind.__module__.partition(".")[0]
    for name in kind.__mro__:
        if name.__module__.startswith("pandas") and name.__name__ in ("DataFrame", "Series"):
            return {"DataFrame": "frame", "Series": "series"}[name.__name__]
    if module == "pandas" and kind.__name__.endswith("Index"):
        return "index"
    if module == "numpy" and kind.__name__ == "ndarray":
        return "array"
    if value is None:
        return "nothing"
    if isinstance(value, bool) or (module == "numpy" and kind.__name__.startswith("bool")):
        return "truth"
    if isinstance(value, Real):
        return "number"
    for shape, kinds in _SHAPES.items():
        if isinstance(value, kinds):
            return shape
    return "function" if callable(value) else kind.__name__


_SHAPES = {
    "text": str,
    "date": date,  # datetime and pandas.Timestamp are dates too
    "list": (list, tuple),
    "set": (set, frozenset),
    "mapping": Mapping,
}


def _frame(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    missing = [str(name) for name in expected.columns if name not in actual.columns]
    extra = [str(name) for name in actual.columns if name not in expected.columns]
    if missing:
        return ("keep going", "columns", say("code.column_missing", columns=", ".join(missing)))
    if extra:
        return ("almost", "columns", say("code.column_extra", columns=", ".join(extra)))
    if len(actual) != len(expected):
        return ("keep going", "length", _rows(len(expected), len(actual)))
    columns = list(expected.columns)
    expected, actual = expected[columns], actual[columns]
    if settings["ignore_order"]:
        expected, actual = _sorted_rows(expected), _sorted_rows(actual)
    elif not settings["ignore_index"] and not _same_labels(expected.index, actual.index):
        return ("almost", "index", _labels(expected.index, actual.index))
    for name in columns:
        found = _values(expected[name], actual[name], settings, str(name))
        if found:
            return found
    return None


def _sorted_rows(frame: Any) -> Any:
    keyed = frame.map(str) if hasattr(frame, "map") else frame
    order = keyed.sort_values(list(keyed.columns), kind="stable").index
    return frame.loc[order] if frame.index.is_unique else frame.reset_index(drop=True)


def _series(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    if len(actual) != len(expected):
        return ("keep going", "length", _rows(len(expected), len(actual)))
    if not settings["ignore_index"] and not _same_labels(expected.index, actual.index):
        same = _same_labels(expected.index.sort_values(), actual.index.sort_values())
        if not (settings["ignore_order"] and same):
            return ("almost", "index", _labels(expected.index, actual.index))
        actual = actual.loc[expected.index]
    elif settings["ignore_order"] and settings["ignore_index"]:
        expected, actual = expected.sort_values(), actual.sort_values()
    return _values(expected, actual, settings)


def _same_labels(expected: Any, actual: Any) -> bool:
    return list(map(_label, expected)) == list(map(_label, actual))


def _label(label: object) -> object:
    return float(label) if isinstance(label, Real) else str(label)


def _labels(expected: Any, actual: Any) -> str:
    strangers = [str(label) for label in actual if label not in expected][:3]
    if strangers:
        return say("code.labels", labels=", ".join(strangers))
    return say("code.labels_order")


def _rows(expected: int, actual: int) -> str:
    key = "code.rows_more" if actual > expected else "code.rows_fewer"
    return count(key, actual, by=abs(actual - expected))


def _values(expected: Any, actual: Any, settings: Mapping[str, Any], column: str = "") -> Finding:
    pairs = list(zip(list(expected), list(actual), strict=True))
    first, second = (_family(pair) for pair in zip(*pairs, strict=True)) if pairs else ("", "")
    if first and second and first != second:
        told = {"expected": say(f"code.family.{first}"), "actual": say(f"code.family.{second}")}
        line = (
            say("code.family_in", column=column, **told) if column else say("code.family", **told)
        )
        return ("keep going", "dtype", line)
    wrong = sum(not _equal(one, other, settings) for one, other in pairs)
    if not wrong:
        return None
    level = "almost" if wrong * 4 <= len(pairs) else "keep going"
    told = {"wrong": wrong, "all": len(pairs)}
    line = say("code.differ_in", column=column, **told) if column else say("code.differ", **told)
    return (level, "values", f"{line} {say('code.more')}")


def _family(values: tuple) -> str:
    """Return the shape that all cells share, if it is one of the simple ones."""
    kinds = {_shape(value) for value in values if not _missing(value)}
    return kinds.pop() if len(kinds) == 1 and kinds <= {"number", "text", "truth", "date"} else ""


def _missing(value: object) -> bool:
    """Return whether a cell is empty: None, NaN, pandas.NA or NaT."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, Real) and not isinstance(value, Integral) and math.isnan(value)


def _equal(one: object, other: object, settings: Mapping[str, Any]) -> bool:
    if _missing(one) or _missing(other):
        return _missing(one) and _missing(other)
    shape = _shape(one)
    if shape == "number" and _shape(other) == "number":
        return math.isclose(one, other, rel_tol=settings["tolerance"], abs_tol=1e-12)
    if shape == "date" and _shape(other) == "date":
        return str(one)[:10] == str(other)[:10] if _is_day(one, other) else one == other
    if shape in ("list", "set", "mapping") and _shape(other) == shape:
        return _COMPARE[shape](one, other, settings) is None
    return shape == _shape(other) and bool(one == other)


def _is_day(one: object, other: object) -> bool:
    return not (hasattr(one, "hour") and hasattr(other, "hour"))


def _number(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    if _equal(expected, actual, settings):
        return None
    if _missing(actual):
        return ("not yet", "missing", say("code.empty"))
    size = "too_large" if actual > expected else "too_small"
    near = abs(actual - expected) <= max(0.05 * abs(expected), 1)
    return ("almost" if near else "not yet", size, say(f"code.{size}"))


def _plain(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    if _equal(expected, actual, settings):
        return None
    if isinstance(expected, str) and expected.casefold() == actual.strip().casefold():
        return ("almost", "spelling", say("code.spelling"))
    return ("not yet", "values", say("code.other"))


def _list(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    expected, actual = list(expected), list(actual)
    if len(expected) != len(actual):
        key = "code.list_more" if len(actual) > len(expected) else "code.list_fewer"
        line = count(key, len(actual), by=abs(len(actual) - len(expected)))
        return ("keep going", "length", line)
    if settings["ignore_order"]:
        expected, actual = sorted(expected, key=repr), sorted(actual, key=repr)
    elif sorted(map(repr, expected)) == sorted(map(repr, actual)) and expected != actual:
        return ("almost", "order", say("code.order"))
    return _values(expected, actual, settings)


def _set(expected: Any, actual: Any, settings: Mapping[str, Any], key: str = "code.set") -> Finding:
    missing, extra = len(expected - actual), len(actual - expected)
    if not missing and not extra:
        return None
    level = "almost" if missing + extra <= max(1, len(expected) // 4) else "keep going"
    return (level, "values", say(key, missing=missing, extra=extra))


def _mapping(expected: Any, actual: Any, settings: Mapping[str, Any]) -> Finding:
    found = _set(set(expected), set(actual), settings, "code.keys")
    if found:
        return (found[0], "keys", found[2])
    return _values(expected.values(), [actual[key] for key in expected], settings)


_COMPARE: dict[str, Callable[[Any, Any, Mapping[str, Any]], Finding]] = {
    "frame": _frame,
    "series": _series,
    "index": _list,
    "array": _list,
    "truth": _plain,
    "number": _number,
    "text": _plain,
    "date": _plain,
    "list": _list,
    "set": _set,
    "mapping": _mapping,
}
