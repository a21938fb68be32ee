"""What the two views of decisions share: names for codes, marks, traces, and panels in parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from course import data
from course.charts import chronology
from course.charts import decisions as pictures
from course.institutions import WAYS, Question, Scenario, Step
from course.institutions import scenario as find_scenario
from course.institutions import scenarios as scenario_ids
from course.institutions.outcome import names as listed
from course.widgets import base
from course.widgets.markup import esc, table
from course.widgets.references import flag, shorts
from course.words import catalogue, say

__all__ = [
    "DecisionView", "Names", "ballot_columns", "counted", "css", "day_words", "facts", "glyph", "grouped",
    "option_words", "result", "status_words", "steps", "steps_plain", "titles", "way_choices",
]  # fmt: skip


@cache
def css() -> str:
    """Style sheet of both views, for their twins."""
    text = (base.HERE / "decisions.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s*([{};,>])\s*|\s+", lambda m: m.group(1) or " ", text).strip()


def titles(ids: Iterable[str] | None = None) -> dict[str, str]:
    """Scenarios by id, with their titles."""
    return {i: find_scenario(i).title for i in (scenario_ids() if ids is None else ids)}


class Names:
    """Codes of States turned into names, for one crisis.

    Parameters
    ----------
    crisis : Scenario
        An invented crisis has names of its own.
    """

    def __init__(self, crisis: Scenario):
        self.names = dict(crisis.names) or _state_names()
        self._short = () if crisis.names else SHORT
        self._codes = re.compile(r"\b[A-Z]{3}\b")

    def __getitem__(self, code: str) -> str:
        if code in self._short:
            return say(f"decisions.state.{code}")
        return self.names.get(code, code)

    def say(self, text: str) -> str:
        """`text` with every code of a State replaced by its name."""
        return self._codes.sub(lambda m: self[m.group()], text)

    def several(self, codes: Sequence[str], most: int = 6) -> str:
        """A readable list, cut when long."""
        return listed([self[c] for c in codes], most) if codes else ""

    def find(self, words: str, among: Sequence[str]) -> tuple[str | None, str]:
        """The code that `words` mean (a name, its beginning, or a code), or a helpful sentence."""
        from difflib import get_close_matches

        asked = words.strip().casefold()
        by_name = {self[c].casefold(): c for c in among}
        codes = {c.casefold(): c for c in among}
        begin = [c for name, c in by_name.items() if name.startswith(asked)]
        found = codes.get(asked) or by_name.get(asked) or (begin[0] if len(begin) == 1 else None)
        if found:
            return found, ""
        if len(begin) > 1:
            return None, say("decisions.find.many", words=words, names=self.several(begin))
        near = get_close_matches(asked, [*by_name, *codes], n=1, cutoff=0.5)
        code = by_name.get(near[0]) or codes.get(near[0]) if near else None
        if code:
            return None, say("decisions.find.near", words=words, name=self[code])
        return None, say("decisions.find.none", words=words)


SHORT = ("BIH", "COD", "KOR", "RUS", "SCG", "USA", "YUG")
"""States that a cell calls by a shorter name than the record."""


@cache
def _state_names() -> dict[str, str]:
    return {row["iso3"]: row["name"] for row in data.rows("states")}


def glyph(inner: str) -> str:
    """A mark in running text."""
    return f'<span class="c-glyph" aria-hidden="true">{pictures.glyph(inner)}</span>'


def counted(kind: str, number: int) -> str:
    """A kind of ballot and how many of it, for a legend."""
    return say("decisions.counted", ballot=pictures.ballot(kind), number=number)


def result(key: str) -> str:
    """ "adopted", "not adopted" or "closed" as a mark."""
    return glyph(pictures.RESULTS[key])


_READ = ("seen", "seen_two_sources")


def _checked(verification: str) -> str:
    """How far a rule was checked; what rests on memory carries a visible mark."""
    if verification not in _READ:
        return flag(verification)
    return f' <span class="c-note">({esc(say(f"decisions.read.{verification}"))})</span>'


_MET = {True: ("adopted", "met"), False: ("not adopted", "not_met"), None: ("closed", "note")}


def steps(trace: Sequence[Step], names: Names, caption: str = "", days: Sequence[int] = ()) -> str:
    """A trace as a table: what was found, by which article, how far that was checked; sources below.

    Parameters
    ----------
    trace : sequence of Step
        Rules applied, in order.
    names : Names
        Names for codes.
    caption : str
        What the table shows.
    days : sequence of int
        The day of each step, where there is one.
    """
    rows = []
    for place, step in enumerate(trace):
        mark, word = _MET[step.passed]
        told = names.say(step.text)
        if step.option:
            told = f"{told} {say('decisions.rests', option=_option(step.option))}"
        met = esc(say(f"decisions.step.{word}"))
        rows.append(
            {
                "day": days[place] if days else None,
                "found": f'<span class="c-step-mark">{result(mark)} {met}</span>',
                "what": esc(told),
                "rule": esc(step.article) + _checked(step.verification),
            }
        )
    columns = {"day": say("decisions.column.day")} if days else {}
    columns |= {name: say(f"decisions.column.{name}") for name in ("found", "what", "rule")}
    listed = table(rows, columns, caption, raw=("found", "what", "rule"), first=False)
    sources = shorts(i for step in trace for i in step.source_ids)
    note = say("decisions.sources", sources=sources)
    return listed + (f'<p class="c-note">{note}</p>' if sources else "")


def steps_plain(trace: Sequence[Step], names: Names) -> list[str]:
    """The same as lines of plain text."""
    return [f"  {names.say(str(step))}" for step in trace]


def facts(crisis: Scenario) -> str:
    """What is on record about a crisis, each sentence with its sources."""
    lines = (
        f"<li>{esc(f.text)}{flag(f.verification)} "
        + (f'<span class="c-note">({shorts(f.source_ids)})</span>' if f.source_ids else "")
        + "</li>"
        for f in crisis.facts
    )
    return f"<ul>{''.join(lines)}</ul>"


def day_words(on: str) -> str:
    """An ISO day in words."""
    return chronology.when(date.fromisoformat(on))


def way_choices() -> dict[str, str]:
    """Ways to name the attacker, in words."""
    return {way: say(f"decisions.way.{way}") for way in WAYS}


def option_words(names: Iterable[str]) -> str:
    """Names of options in words."""
    return ", ".join(
        say(f"decisions.turns.{name}") if name in _TURNING else _option(name) for name in names
    )


_TURNING = ("attacker", "excluded_in_quorum", "abstention")


def _option(name: str) -> str:
    """The name of an option; one that only the data know as it stands there."""
    key = f"decisions.option.{name}"
    return say(key) if key in catalogue() else name.replace("_", " ")


def status_words(status: str) -> str:
    """How a question stands on record, in words."""
    return say(f"decisions.status.{status}")


def ballot_columns() -> dict[str, str]:
    """Columns of the rows that `grouped` returns."""
    return {
        name: say(f"decisions.column.{name}") for name in ("who", "vote", "known", "why", "also")
    }


def grouped(asked: Question, names: Names) -> list[dict]:
    """Assumptions that say the same, in one line."""
    alike: dict[tuple, list[str]] = {}
    for a in asked.assumptions:
        key = (a.ballot, a.basis, a.why, a.confidence, a.alternatives, a.verification, a.source_ids)
        alike.setdefault(key, []).append(a.member)
    cast = asked.status in ("recorded vote", "recorded trial vote")
    rows = []
    for (ballot, basis, why, sure, others, verification, source_ids), who in alike.items():
        if basis == "decision":
            known = say("decisions.known.decision")
        elif cast:
            known = say("decisions.origin.recorded")
        else:
            known = say(f"decisions.known.{basis}", sure=say(f"decisions.sure.{sure}"))
        tag = esc(say("decisions.recorded" if cast else "decisions.assumed"))
        css = "c-solid" if cast else "c-dashed"
        sources = f' <span class="c-note">({shorts(source_ids)})</span>' if source_ids else ""
        rows.append(
            {
                "who": names.several(who, 8),
                "vote": f"{glyph(pictures.BALLOTS[ballot])} {esc(pictures.ballot(ballot))}",
                "known": f'<span class="c-tag {css}">{tag}</span> {esc(known)}',
                "why": esc(names.say(why)) + flag(verification) + sources,
                "also": ", ".join(map(pictures.ballot, others)) or "–",
            }
        )  # fmt: skip
    return rows


class Part(base.Panel):
    """A panel with the style sheet of decisions."""

    _css = base.Panel._css + "\n" + css()


class DecisionView(base.View):
    """A view made of several panels, each with the values of its own controls only."""

    def part(
        self,
        layout: Sequence[dict],
        controls: Sequence[base.Control] = (),
        also: Sequence[str] = (),
    ) -> Part:
        """A panel with these regions and controls.

        Parameters
        ----------
        also : sequence of str
            Values that buttons inside its regions set.
        """
        keys = [c["name"] for c in controls] + list(also)
        panel = Part(
            layout,
            controls,
            {k: self.values[k] for k in keys},
            self.shown_regions,
        )
        panel.add_class("c-deck")
        self.panels = [*getattr(self, "panels", ()), panel]
        panel.observe(self._heard, "values")
        return panel

    def _heard(self, change) -> None:
        new = {k: v for k, v in change["new"].items() if self.values.get(k) != v}
        if new:
            self.set(**new)

    def redress(self, panel: Part, controls: Sequence[base.Control], also=()) -> None:
        """Give a panel other controls, if they are other."""
        if panel.controls != list(controls):
            keys = [c["name"] for c in controls] + list(also)
            with panel.hold_sync():
                panel.values = {k: self.values[k] for k in keys}
                panel.controls = list(controls)

    @property
    def shown_regions(self) -> dict[str, str]:
        """Regions for the values now, computed once for all panels."""
        if getattr(self, "_for", None) != self.values:
            self._for = {
                k: (dict(v) if isinstance(v, Mapping) else v) for k, v in self.values.items()
            }
            self._shown = self.regions(self.values)
        return self._shown

    def once(self, name: str, key: Any, make) -> str:
        """What `make` returns, made again only where `key` has changed."""
        kept = self.__dict__.setdefault("_made", {})
        if name not in kept or kept[name][0] != key:
            kept[name] = (key, make())
        return kept[name][1]

    def fill(self) -> None:
        """Send every region that changed, and every value that a control shows."""
        for panel in self.panels:
            panel.fill(self.shown_regions)
            known = {k: self.values[k] for k in panel.values}
            if known != panel.values:
                panel.values = known

    def html(self) -> str:
        return base.twin(f"<style>{css()}</style>{self.head()}{self.body()}")

    def initial(self) -> dict[str, Any]:
        raise NotImplementedError
