"""Where a rule comes from: reads data/institutions/ and puts the citation into a trace step."""

from __future__ import annotations

from functools import cache
from typing import Any

from course import data
from course.words import say

from .errors import InstitutionError, nearest
from .outcome import Step

__all__ = ["cited", "entry", "number", "rules"]


def rules() -> dict[str, dict[str, Any]]:
    """Return every rule and every article of the draft treaty by id (read only)."""
    return _rules(data.root())


@cache
def _rules(_root) -> dict[str, dict[str, Any]]:
    """Join the two documents; the key is the folder, so that a test can point elsewhere."""
    found = {row["id"]: row for row in data.document("institutions/rules")["rules"]}
    for row in data.document("institutions/treaty")["articles"]:
        found[row["id"]] = row
    return found


def entry(rule: str) -> dict[str, Any]:
    """Return what the record says about one rule: article, wording, status, sources.

    Raises
    ------
    InstitutionError
        If there is no such rule.
    """
    known = rules()
    if not isinstance(rule, str) or rule not in known:
        raise InstitutionError(say("institutions.rule", rule=rule, near=nearest(rule, known)))
    return known[rule]


def number(rule: str, name: str) -> Any:
    """Return one number of a rule, for example `number("unsc-majority", "votes_needed")`."""
    found = [row["value"] for row in entry(rule)["numbers"] if row["name"] == name]
    if not found:
        raise InstitutionError(say("institutions.rule.number", rule=rule, name=name))
    return found[0]


def cited(rule: str, text: str, passed: bool | None = None, option: str | None = None) -> Step:
    """Return a trace step that carries the article, sources and verification of a rule."""
    source = entry(rule)
    return Step(
        text=text,
        passed=passed,
        rule=rule,
        article=source["cite"],
        source_ids=tuple(source["source_ids"]),
        verification=source["verification"],
        option=option,
    )
