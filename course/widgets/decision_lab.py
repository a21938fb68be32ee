"""One proposal, every body: set the ballots and see who could stop what, by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course.charts import decisions as pictures
from course.charts import plate
from course.institutions import (
    BALLOTS,
    InstitutionError,
    Outcome,
    Question,
    Scenario,
    redraft,
    rungs,
)
from course.institutions import compare as model
from course.institutions import scenario as find_scenario
from course.institutions.ladder import reach
from course.widgets import base, markup
from course.widgets.ballot_grid import BallotGrid
from course.widgets.decisions import (
    DecisionView,
    Names,
    day_words,
    facts,
    glyph,
    grouped,
    option_words,
    result,
    steps,
    steps_plain,
    titles,
    way_choices,
)
from course.widgets.markup import details, esc, figure
from course.widgets.references import flag

__all__ = ["DecisionLab"]

FIRST = "kosovo-1999"
STATUS = {
    "recorded vote": ("On record: a vote was taken.", "c-solid"),
    "recorded trial vote": ("On record: a trial vote, which decided nothing.", "c-solid"),
    "recorded decision": ("On record: decided without a vote.", "c-solid"),
    "never put": ("No vote was taken: this was never put.", "c-dashed"),
    "what if": ("No vote was taken: a what-if.", "c-dashed"),
}
BRUSHES = ("yes", "no", "abstain", "silent", "absent", "abstain-constructive")
RUNG_WORDS = {row: n for n, row in enumerate(rungs(), start=1)}


class DecisionLab(DecisionView):
    """A crisis put to every body of its day.

    Parameters
    ----------
    scenario : str, optional
        Id of a scenario in `data/institutions/scenarios.json`; the first crisis of Kosovo if absent.

    Raises
    ------
    course.institutions.OptionError
        If there is no such scenario; the message names the nearest.
    """

    kicker = "Decision lab"
    lead = (
        "The same ballots, put to every body of the day. Change what you can defend; what was"
        " recorded and what is only assumed stay apart."
    )

    def __init__(self, scenario: str | None = None):
        self.first = find_scenario(scenario or FIRST)
        self.title = self._title(self.first)

    @staticmethod
    def _title(crisis: Scenario) -> str:
        return f"Who could stop what? {crisis.title}"

    # --- values to model ----------------------------------------------------------------------

    def initial(self) -> dict[str, Any]:
        return {
            "brush": "no",
            "reset": 0,
            **self._fresh(self.first.id, self.first.questions[0].id),
        }

    @staticmethod
    def _fresh(crisis: str, proposal: str) -> dict[str, Any]:
        """Values as they are before anything is changed."""
        found = find_scenario(crisis)
        asked = found.question(proposal)
        concerned = asked.excluded
        if not concerned:
            claims = asked.claims or next((q.claims for q in found.questions if q.claims), ())
            concerned = claims[0].accused[:1] if claims else ()
            concerned = concerned or next((q.excluded for q in found.questions if q.excluded), ())
        names = Names(found)
        return {
            "crisis": crisis,
            "proposal": proposal,
            "day": asked.on,
            "bloc": "",
            "find": "",
            "body": asked.body_name,
            "concerned": ", ".join(names[c] for c in concerned),
            "way": asked.way or "victim",
            "named": [],
            "cast": {},
            "options": {},
            "said": "",
        }

    def _crisis(self, values):
        return find_scenario(values["crisis"])

    def _question(self, values) -> Question:
        return self._crisis(values).question(values["proposal"])

    def _motion(self, values) -> model.Motion:
        """The proposal on the day chosen, kept until either changes."""
        key = (values["crisis"], values["proposal"], values["day"])
        if getattr(self, "_kept", (None,))[0] != key:
            moved = model.motion(self._crisis(values), self._question(values), values["day"])
            self._kept = (key, moved)
        return self._kept[1]

    def ballots(self, values: Mapping[str, Any]) -> dict[str, model.Ballot]:
        """Every ballot now: recorded, assumed, unread, or yours."""
        own = values["cast"]
        return {
            state: model.Ballot(own[state], "yours") if state in own else ballot
            for state, ballot in self._motion(values).ballots.items()
        }

    def _concerned(self, values) -> tuple[tuple[str, ...], str]:
        """Codes of the States concerned, and a sentence on one that was not understood."""
        moved, names = self._motion(values), Names(self._crisis(values))
        codes, said = [], ""
        for words in filter(None, (w.strip() for w in values["concerned"].split(","))):
            code, wrong = names.find(words, moved.everyone)
            codes += [code] if code else []
            said = said or wrong
        return tuple(dict.fromkeys(codes)), said

    def rows(self, values: Mapping[str, Any]) -> tuple[model.Row, ...]:
        """What every body makes of the ballots."""
        moved = self._motion(values)
        return model.compare(
            moved,
            {state: ballot.vote for state, ballot in self.ballots(values).items()},
            self._concerned(values)[0],
            values["way"],
            values["named"],
            values["options"],
            redraft.jury(values["crisis"]),
        )

    # --- controls -----------------------------------------------------------------------------

    def controls(self) -> list[dict]:
        return [base.select("crisis", "Crisis", titles())]

    def _proposal_controls(self, values) -> list[dict]:
        listed = {q.id: f"{day_words(q.on)}: {q.title}" for q in self._crisis(values).questions}
        parts = [base.select("proposal", "Proposal", listed)]
        if not self._crisis(values).names:
            parts.append(base.text_box("day", "Members of the day (year-month-day)", 1))
        return parts

    def _ballot_controls(self, values) -> list[dict]:
        words = {b: pictures.BALLOTS[b][0] for b in BRUSHES}
        brush = base.choice("brush", "The ballot that you give", words)
        for option in brush["options"]:
            option["mark"] = pictures.glyph(pictures.BALLOTS[option["value"]][1])
        moved = self._motion(values)
        blocs = {"": "choose a bloc"}
        blocs |= {b: b for b in model.blocs(moved.scenario, moved.on, moved.everyone)}
        blocs["everyone"] = "Everyone"
        return [
            brush,
            base.select("bloc", "Give it to a bloc", blocs),
            base.text_box("find", "Give it to one State (name or code)", 1),
            base.button("reset", "Back to the ballots of the record"),
        ]

    def _option_controls(self, values) -> list[dict]:
        """Choices that the text of the chosen body leaves open."""
        moved = self._motion(values)
        body = moved.seats.get(values["body"])
        if body is None:
            return []
        parts = []
        if body.kind.excludes[1] and not (body.name == "EST:extraordinary" and moved.claims):
            parts.append(base.text_box("concerned", "State concerned: its vote is left out", 1))
        if body.name == "EST:extraordinary" and moved.claims:
            parts.append(base.select("way", "Who names the attacker (draft silent)", way_choices()))
            names = Names(moved.scenario)
            sides = dict.fromkeys(s for c in moved.claims for s in (c.claimant, *c.accused[:3]))
            if values["way"] in ("depositary", "security-council"):
                parts.append(base.checks("named", "It names", {s: names[s] for s in sides}))
        for option in body.choices:
            if option.status == "set by the day" or option.name == "organisations":
                continue
            words = {c: c for c in option.choices}
            parts.append(
                base.select(f"option:{option.name}", f"{option.question} ({option.status})", words)
            )
        return parts

    def _option_value(self, name: str, values) -> Any:
        moved = self._motion(values)
        family = _family(values["body"])
        chosen = values["options"].get(family, {})
        own = moved.question.options if moved.question.body_name == values["body"] else {}
        default = {o.name: o.default for o in moved.seats[values["body"]].choices}
        return {**default, **own, **chosen}[name]

    # --- what happens -------------------------------------------------------------------------

    def update(self, changed: Mapping[str, Any]) -> None:
        self._account(self._act(changed))
        for control in self._option_controls(self.values):
            if control["name"].startswith("option:"):
                name = control["name"].removeprefix("option:")
                self.values[control["name"]] = self._option_value(name, self.values)
        if getattr(self, "panels", ()):
            self._redraw()

    def _act(self, changed: Mapping[str, Any]) -> str:
        """Follow one change; return what to say about it."""
        values = self.values
        if "crisis" in changed:
            first = self._crisis(values).questions[0]
            values.update(self._fresh(values["crisis"], first.id))
            return f"{self._crisis(values).title}."
        if "proposal" in changed:
            values.update(self._fresh(values["crisis"], values["proposal"]))
            return f"{self._question(values).title}."
        if "day" in changed:
            return self._move(values)
        if "reset" in changed:
            values.update(cast={}, options={}, way=self._question(values).way or "victim")
            return "The ballots of the record are back."
        if changed.get("bloc"):
            return self._give_bloc(values)
        if changed.get("find"):
            words, values["find"] = values["find"], ""
            code, wrong = Names(self._crisis(values)).find(words, self._motion(values).everyone)
            return self._give(code, values["brush"]) if code else wrong
        for name, value in changed.items():
            if name.startswith("option:"):
                family = _family(values["body"])
                chosen = {**values["options"].get(family, {}), name.removeprefix("option:"): value}
                values["options"] = {**values["options"], family: chosen}
        return self._concerned(values)[1] if "concerned" in changed else ""

    def _move(self, values) -> str:
        """Take the members of another day, or go back with a sentence."""
        try:
            moved = self._motion(values)
        except InstitutionError as error:
            values["day"] = self._question(values).on
            return f"{error} The day stays {day_words(values['day'])}."
        values["cast"] = {s: b for s, b in values["cast"].items() if s in moved.ballots}
        if values["body"] not in moved.seats:
            values["body"] = "UNSC"
        return f"Members of {day_words(values['day'])}."

    def _give_bloc(self, values) -> str:
        moved, bloc = self._motion(values), values["bloc"]
        values["bloc"] = ""
        blocs = model.blocs(moved.scenario, moved.on, moved.everyone)
        who = moved.everyone if bloc == "everyone" else blocs[bloc]
        values["cast"] = {**values["cast"], **dict.fromkeys(who, values["brush"])}
        name = "Everyone" if bloc == "everyone" else bloc
        return f"{name} ({len(who)}): {pictures.BALLOTS[values['brush']][0]}."

    def _give(self, code: str, vote: str) -> str:
        """Set one State's ballot; the recorded one again if it is the same."""
        values = self.values
        cast = {**values["cast"], code: vote}
        if self._motion(values).ballots[code].vote == vote:
            del cast[code]
        values["cast"] = cast
        return f"{Names(self._crisis(values))[code]}: {pictures.BALLOTS[vote][0]}."

    def press(self, code: str, vote: str = "") -> None:
        """Give a State the ballot typed, or the one chosen above."""
        if code not in self._motion(self.values).ballots or (vote and vote not in BALLOTS):
            return
        said = self._give(code, vote or self.values["brush"])
        self._show_ballots()  # the answer to the key first, what follows from it after
        self._account(said)
        self._cards.fill(self._results(self.values))
        self.fill()

    def _account(self, said: str) -> None:
        """Ask every body again, and say what turned."""
        before = getattr(self, "_rows", ())
        self._rows = self.rows(self.values)
        self.values["said"] = " ".join(w for w in (said, self._turned(before)) if w)

    def _turned(self, before: Sequence[model.Row]) -> str:
        """Which results the last change turned."""
        was = {r.body.name: r.outcome.adopted for r in before if r.outcome is not None and r.open}
        names = Names(self._crisis(self.values))
        turned = [
            f"{_short(row)} now {'adopts' if row.outcome.adopted else 'does not adopt'}"
            for row in self._rows
            if row.outcome is not None
            and row.open
            and was.get(row.body.name) not in (None, row.outcome.adopted)
        ]
        return names.say("; ".join(turned) + ".") if turned else ""

    # --- regions ------------------------------------------------------------------------------

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        if not hasattr(self, "_rows"):
            self._rows = self.rows(values)
        rows, names = self._rows, Names(self._crisis(values))
        looked = next((r for r in rows if r.body.name == values["body"]), rows[0])
        return {
            "head": markup.heading(self._title(self._crisis(values)), self.kicker, self.lead),
            "motion": self._motion_card(values, names),
            **self._results(values),
            "trace": self._trace(looked, values, names),
            "basis": self._basis(values, names),
        }

    def _results(self, values) -> dict[str, str]:
        """What the last change did, and every body's result."""
        chosen = ("crisis", "proposal", "day", "cast", "options")
        key = (self._rows, *(values[name] for name in chosen))
        names = Names(self._crisis(values))
        return {
            "said": esc(values["said"] or self._still(values)),
            "bodies": self.once("bodies", key, lambda: self._bodies(self._rows, names)),
        }

    @staticmethod
    def _still(values) -> str:
        """What holds while nothing new is to be said."""
        own = len(values["cast"])
        if not own:
            return "The ballots are those of the record."
        return (
            f"{own} ballot{'s are' if own > 1 else ' is'} yours, the rest are those of the record."
        )

    def _motion_card(self, values, names: Names) -> str:
        asked, crisis = self._question(values), self._crisis(values)
        words, css = STATUS[asked.status]
        kind = " c-what-if" if css == "c-dashed" else ""
        note = f'<p class="c-note">{esc(asked.note)}</p>' if asked.note else ""
        rung = f"Rung {RUNG_WORDS[asked.rung]} of {len(RUNG_WORDS)} of the ladder: {asked.rung}."
        return (
            f'<div class="c-motion{kind}"><p class="c-note">{esc(day_words(values["day"]))}. {esc(rung)}'
            f' <span class="c-tag {css}">{esc(words)}</span></p>'
            f'<p class="c-say">{esc(names.say(asked.proposal))}</p>{note}</div>'
            + details("What is on record about this crisis", facts(crisis))
        )

    def _bodies(self, rows: Sequence[model.Row], names: Names) -> str:
        values = self.values
        asked = self._question(values)
        untouched = not values["cast"] and not values["options"] and values["day"] == asked.on
        on_record = asked.status.startswith("recorded") and untouched
        cards = "".join(self._card(row, names, on_record) for row in rows if row.open)
        return f'{self._rung(rows)}<ul class="c-bodies">{cards}</ul>{self._closed(rows)}'

    def _rung(self, rows: Sequence[model.Row]) -> str:
        """Which bodies reach the proposal's rung with these ballots."""
        able = [row for row in rows if row.open]
        there = [row.body.title for row in able if row.reached]
        rung = self._question(self.values).rung
        words = f"The rung “{rung}” is reached in {len(there)} of {len(able)} bodies"
        words += f": {'; '.join(there)}." if there else "."
        return f"<p>{esc(words)}</p>"

    def _card(self, row: model.Row, names: Names, on_record: bool) -> str:
        if row.outcome is None:
            head, why = f"{result('closed')} Not run", row.why
        else:
            key = "adopted" if row.outcome.adopted else "not adopted"
            head = f"{result(key)} {_verdict(row.outcome, on_record and row.asked)}"
            why = names.say(_why(row.outcome))
            if row.excluded:
                why += f" Left out: {names.several(row.excluded, 3)}."
        unread = sum(self._origin(m) == "unread" for m in row.body.members)
        notes = ["The body that was asked."] if row.asked else []
        if unread:
            notes.append(f"No position read for {unread} of {len(row.body.members)} members.")
        note = f'<span class="c-note">{" ".join(notes)}</span>' if notes else ""
        css = "c-body c-asked" if row.asked else "c-body"
        name = esc(row.body.name)
        return (
            f'<li><button type="button" class="{css}" data-set="body" data-value="{name}"'
            f' data-key="{name}" aria-pressed="false"><span class="c-name">{esc(row.body.title)}</span>'
            f'<span class="c-result">{head}</span><span class="c-why">{esc(why)}</span>{note}'
            "</button></li>"
        )

    def _origin(self, member: str) -> str:
        if member in self.values["cast"]:
            return "yours"
        return self._motion(self.values).ballots[member].origin

    def _closed(self, rows: Sequence[model.Row]) -> str:
        shut = [f"{row.body.title} (at most: {row.reach[-1]})" for row in rows if not row.open]
        gone = [model_title(name) for name in self._motion(self.values).missing]
        words = []
        if shut:
            words.append(f"May not decide on this rung, whatever the ballots: {'; '.join(shut)}.")
        if gone:
            words.append(f"Did not exist on that day: {'; '.join(gone)}.")
        return f'<p class="c-note">{esc(" ".join(words))}</p>' if words else ""

    def _trace(self, row: model.Row, values, names: Names) -> str:
        title = f"<h4>{esc(row.body.title)}: why</h4>"
        if row.outcome is None:
            return f"{title}<p>{esc(row.why)}</p>"
        cast = {s: b.vote for s, b in self.ballots(values).items()}
        able = reach(row.body.name)
        parts = [
            title,
            f"<p>{_tally(row.outcome)}</p>",
            steps(row.outcome.trace, names),
            self._tipping(model.tipping(row.body, cast, row.excluded), names),
            _turning(row.outcome),
            f'<p class="c-note">What this body can do: {esc(able.why)}{flag(able.verification)}</p>',
        ]
        return "".join(parts)

    @staticmethod
    def _tipping(found: Sequence[model.Tipping], names: Names) -> str:
        if not found:
            return "<p><strong>Tipping ballots:</strong> none. No single State could turn this result.</p>"
        lines = "".join(f"<li>{esc(_tip(t, names))}</li>" for t in found)
        return f"<p><strong>Tipping ballots.</strong> One of these alone would turn it:</p><ul>{lines}</ul>"

    def _basis(self, values, names: Names) -> str:
        asked = self._question(values)
        rows = grouped(asked, names)
        columns = {"who": "Who", "vote": "Ballot", "known": "How it is known", "why": "Why", "also": "Could also be"}  # fmt: skip
        listed = markup.table(rows, columns, raw=("vote", "known", "why"))
        return details("Where each ballot comes from", listed)

    # --- live ---------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        self.update({})
        values = self.values
        self._top = self.part([base.region("head"), base.region("controls")], self.controls())
        self._middle = self.part(
            [base.region("controls"), base.region("motion")], self._proposal_controls(values)
        )
        self._brush = self.part([base.region("controls")], self._ballot_controls(values))
        self._grid = BallotGrid(self.press)
        self._cards = self.part(
            [base.live_region("said", "c-status"), base.region("bodies")], [], ["body"]
        )
        self._why = self.part(
            [base.region("controls"), base.region("trace"), base.region("basis")],
            self._option_controls(values),
        )
        self._fill_grid()
        box = [self._top, self._middle, self._brush, self._grid, self._cards, self._why]
        return ipywidgets.VBox(box).add_class("course-stack")

    def _redraw(self) -> None:
        if not hasattr(self, "_why") or not getattr(self, "panels", ()):
            return
        values = self.values
        self.redress(self._middle, self._proposal_controls(values))
        self.redress(self._brush, self._ballot_controls(values))
        self.redress(self._why, self._option_controls(values))
        self.fill()
        self._fill_grid()

    def _fill_grid(self) -> None:
        moved, names = self._motion(self.values), Names(self._crisis(self.values))
        blocs = model.blocs(moved.scenario, moved.on, moved.everyone)
        groups = [
            (title, sorted(((c, names[c]) for c in who), key=lambda pair: pair[1]))
            for title, who in blocs.items()
        ]
        body = moved.seats.get(self.values["body"])
        self._grid.fill(groups, body.members if body else ())
        self._show_ballots()

    def _show_ballots(self) -> None:
        self._grid.show_ballots(
            {s: (b.vote, b.origin) for s, b in self.ballots(self.values).items()}
        )

    # --- words --------------------------------------------------------------------------------

    def body(self) -> str:
        """The crisis as it stands on record: every question, its outcome and its trace."""
        names, crisis = Names(self.first), self.first
        parts = [
            f"<p>{esc(crisis.summary)}</p>",
            facts(crisis),
            figure(plate(self.picture()), CAPTION),
            markup.table(self._table(names), self.COLUMNS, raw=("day", "result", "status")),
        ]
        for number, asked in enumerate(crisis.questions, start=1):
            outcome = asked.decide()
            inner = (
                f"<p>{esc(names.say(asked.proposal))}</p><p>{_tally(outcome)}</p>"
                + steps(outcome.trace, names)
                + _turning(outcome)
                + markup.table(
                    grouped(asked, names),
                    {"who": "Who", "vote": "Ballot", "known": "How it is known", "why": "Why", "also": "Could also be"},
                    raw=("vote", "known", "why"),
                )
            )  # fmt: skip
            parts.append(details(f"{number}. {asked.title}: the rules applied", inner))
        return "".join(parts)

    COLUMNS = {
        "number": "No.", "title": "Proposal", "day": "Day", "status": "What is on record",
        "result": "Outcome", "rung": "Rung", "tips": "Tipping ballots",
    }  # fmt: skip

    def _table(self, names: Names) -> list[dict]:
        rows = []
        for number, asked in enumerate(self.first.questions, start=1):
            outcome = asked.decide()
            key = "adopted" if outcome.adopted else "not adopted"
            tips = list(dict.fromkeys(names[t.member] for t in asked.tipping()))
            told = _told(outcome, asked.status.startswith("recorded"), names)
            more = f" and {len(tips) - 6} more" if len(tips) > 6 else ""
            day = day_words(asked.on)
            css = STATUS[asked.status][1]
            rows.append(
                {
                    "number": number,
                    "title": asked.title,
                    "when": day,
                    "day": f'<span class="c-date">{esc(day)}</span>',
                    "status": f'<span class="c-tag {css}">{esc(asked.status)}</span>',
                    "known": STATUS[asked.status][0],
                    "result": f"{result(key)} {esc(told)}",
                    "outcome": told,
                    "rung": f"{asked.rung}{'' if outcome.adopted else ' (not reached)'}",
                    "tips": ", ".join(tips[:6]) + more or "none",
                }
            )
        return rows

    def picture(self) -> str:
        """The ladder: on which rung each proposal stood, and whether it was reached."""
        columns = [
            {
                "head": (f"{n}", q.body_name.split(":")[0]),
                "rung": q.rung,
                "reached": q.decide().adopted,
                "kind": "on record" if q.status.startswith("recorded") else "what if",
            }
            for n, q in enumerate(self.first.questions, start=1)
        ]
        told = "; ".join(
            f"{c['head'][0]} {c['head'][1]}, {c['rung']}, {'reached' if c['reached'] else 'not reached'}"
            f", {c['kind']}"
            for c in columns
        )
        label = f"Rungs of the ladder in {self.first.title}. Proposals by number and body: {told}."
        return pictures.rungs(rungs(), columns, label)

    def text(self) -> str:
        names, crisis = Names(self.first), self.first
        columns = {
            "number": "No.", "title": "Proposal", "when": "Day", "known": "What is on record",
            "outcome": "Outcome", "rung": "Rung",
        }  # fmt: skip
        lines = [
            self.title,
            crisis.summary,
            *(f"- {f.text} ({f.verification})" for f in crisis.facts),
        ]
        lines += ["", markup.plain_table(self._table(names), columns)]
        for number, asked in enumerate(crisis.questions, start=1):
            outcome = asked.decide()
            told = _told(outcome, asked.status.startswith("recorded"), names)
            lines += ["", f"{number}. {asked.title}. {STATUS[asked.status][0]} {told}"]
            lines += steps_plain(outcome.trace, names)
        return "\n".join(lines)


CAPTION = (
    "A filled mark: the rung was reached. A hollow one: it was not. Solid line: on record. Broken line:"
    " a what-if, or never put."
)


def _family(name: str) -> str:
    return "EST" if name.startswith("EST:") else name


def model_title(name: str) -> str:
    """Full name of a body."""
    from course.institutions import BODIES

    return BODIES[name].title


def _short(row: model.Row) -> str:
    return row.body.title


def _verdict(outcome: Outcome, on_record: bool) -> str:
    """The result in words: conditional wherever the ballots are not all on record."""
    if on_record:
        return "Adopted" if outcome.adopted else "Not adopted"
    return "Would be adopted" if outcome.adopted else "Would not be adopted"


def _told(outcome: Outcome, on_record: bool, names: Names) -> str:
    """The verdict and its reason, for a table."""
    why = outcome.reason.removeprefix("not adopted; ").removeprefix("adopted.")
    verdict = _verdict(outcome, on_record)
    return names.say(f"{verdict}. {why[0].upper()}{why[1:]}" if why else f"{verdict}.")


def _why(outcome: Outcome) -> str:
    """What the card says under the verdict that already stands there."""
    words = outcome.reason.removeprefix("not adopted; ").removeprefix("adopted.")
    if not words:
        cast = [f"{n} {pictures.BALLOTS[kind][0]}" for kind, n in outcome.tally.items() if n]
        words = f"{', '.join(cast)}."
    return words[0].upper() + words[1:]


def _tally(outcome: Outcome) -> str:
    """The count of each kind of ballot, with its mark."""
    parts = [
        f"{glyph(pictures.BALLOTS[kind][1])} {pictures.BALLOTS[kind][0]} {count}"
        for kind, count in outcome.tally.items()
        if count
    ]
    if outcome.excluded:
        parts.append(f"{glyph(pictures.BALLOTS['left out'][1])} left out {len(outcome.excluded)}")
    return " &nbsp; ".join(parts)


def _turning(outcome: Outcome) -> str:
    if not outcome.decided_by:
        return ""
    told = option_words(outcome.decided_by)
    return f"<p><strong>Another answer where the text is silent would turn it:</strong> {esc(told)}.</p>"


def _tip(tip: model.Tipping, names: Names) -> str:
    who = names[tip.members[0]]
    if len(tip.members) > 1:
        who = f"Any one of {names.several(tip.members)}"
    verdict = "adopted" if tip.adopted else "not adopted"
    now, then = (pictures.BALLOTS[b][0] for b in (tip.ballot, tip.instead))
    return f"{who}: {then} instead of {now}, and it is {verdict}."
