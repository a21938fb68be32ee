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
    ballot_columns,
    counted,
    day_words,
    facts,
    glyph,
    grouped,
    option_words,
    result,
    status_words,
    steps,
    steps_plain,
    titles,
    way_choices,
)
from course.widgets.markup import details, esc, figure
from course.widgets.references import flag
from course.words import count, say

__all__ = ["DecisionLab"]

FIRST = "kosovo-1999"
BRUSHES = ("yes", "no", "abstain", "silent", "absent", "abstain-constructive")


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

    def __init__(self, scenario: str | None = None):
        self.kicker, self.lead = say("lab.kicker"), say("lab.lead")
        self.first = find_scenario(scenario or FIRST)
        self.title = self._title(self.first)

    @staticmethod
    def _title(crisis: Scenario) -> str:
        return say("lab.title", crisis=crisis.title)

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
        return [base.select("crisis", say("lab.crisis"), titles())]

    def _proposal_controls(self, values) -> list[dict]:
        listed = {
            q.id: say("lab.proposal.option", day=day_words(q.on), title=q.title)
            for q in self._crisis(values).questions
        }
        parts = [base.select("proposal", say("lab.proposal"), listed)]
        if not self._crisis(values).names:
            parts.append(base.text_box("day", say("lab.day"), 1))
        return parts

    def _ballot_controls(self, values) -> list[dict]:
        words = {b: pictures.ballot(b) for b in BRUSHES}
        brush = base.choice("brush", say("lab.brush"), words)
        for option in brush["options"]:
            option["mark"] = pictures.glyph(pictures.BALLOTS[option["value"]])
        moved = self._motion(values)
        blocs = {"": say("lab.bloc.choose")}
        blocs |= {b: b for b in model.blocs(moved.scenario, moved.on, moved.everyone)}
        blocs["everyone"] = say("lab.everyone")
        return [
            brush,
            base.select("bloc", say("lab.bloc"), blocs),
            base.text_box("find", say("lab.find"), 1),
            base.button("reset", say("lab.reset")),
        ]

    def _option_controls(self, values) -> list[dict]:
        """Choices that the text of the chosen body leaves open."""
        moved = self._motion(values)
        body = moved.seats.get(values["body"])
        if body is None:
            return []
        parts = []
        if body.kind.excludes[1] and not (body.name == "EST:extraordinary" and moved.claims):
            parts.append(base.text_box("concerned", say("lab.concerned"), 1))
        if body.name == "EST:extraordinary" and moved.claims:
            parts.append(base.select("way", say("lab.way"), way_choices()))
            names = Names(moved.scenario)
            sides = dict.fromkeys(s for c in moved.claims for s in (c.claimant, *c.accused[:3]))
            if values["way"] in ("depositary", "security-council"):
                parts.append(
                    base.checks("named", say("decisions.named"), {s: names[s] for s in sides})
                )
        for option in body.choices:
            if option.status == "set by the day" or option.name == "organisations":
                continue
            words = {c: c for c in option.choices}
            label = say("decisions.open", question=option.question, status=option.status)
            parts.append(base.select(f"option:{option.name}", label, words))
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
            return say("decisions.titled", title=self._crisis(values).title)
        if "proposal" in changed:
            values.update(self._fresh(values["crisis"], values["proposal"]))
            return say("decisions.titled", title=self._question(values).title)
        if "day" in changed:
            return self._move(values)
        if "reset" in changed:
            values.update(cast={}, options={}, way=self._question(values).way or "victim")
            return say("lab.reset.done")
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
            return say("lab.day.stays", error=error, day=day_words(values["day"]))
        values["cast"] = {s: b for s, b in values["cast"].items() if s in moved.ballots}
        if values["body"] not in moved.seats:
            values["body"] = "UNSC"
        return say("lab.day.members", day=day_words(values["day"]))

    def _give_bloc(self, values) -> str:
        moved, bloc = self._motion(values), values["bloc"]
        values["bloc"] = ""
        blocs = model.blocs(moved.scenario, moved.on, moved.everyone)
        who = moved.everyone if bloc == "everyone" else blocs[bloc]
        values["cast"] = {**values["cast"], **dict.fromkeys(who, values["brush"])}
        name = say("lab.everyone") if bloc == "everyone" else bloc
        ballot = pictures.ballot(values["brush"])
        return say("lab.given.bloc", name=name, number=len(who), ballot=ballot)

    def _give(self, code: str, vote: str) -> str:
        """Set one State's ballot; the recorded one again if it is the same."""
        values = self.values
        cast = {**values["cast"], code: vote}
        if self._motion(values).ballots[code].vote == vote:
            del cast[code]
        values["cast"] = cast
        name = Names(self._crisis(values))[code]
        return say("lab.given", name=name, ballot=pictures.ballot(vote))

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
            say(
                "lab.turned.adopts" if row.outcome.adopted else "lab.turned.not",
                body=row.body.title,
            )
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
            return say("lab.still")
        return count("lab.still.yours", own)

    def _motion_card(self, values, names: Names) -> str:
        asked, crisis = self._question(values), self._crisis(values)
        words, css = say(f"lab.status.{asked.status}"), _css(asked)
        kind = " c-what-if" if css == "c-dashed" else ""
        note = f'<p class="c-note">{esc(asked.note)}</p>' if asked.note else ""
        number, all_ = rungs().index(asked.rung) + 1, len(rungs())
        rung = say("lab.rung", number=number, all=all_, rung=asked.rung)
        return (
            f'<div class="c-motion{kind}"><p class="c-note">{esc(day_words(values["day"]))}. {esc(rung)}'
            f' <span class="c-tag {css}">{esc(words)}</span></p>'
            f'<p class="c-say">{esc(names.say(asked.proposal))}</p>{note}</div>'
            + details(say("lab.facts"), facts(crisis))
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
        key = "lab.reached" if there else "lab.reached.none"
        bodies = "; ".join(there)
        words = say(key, rung=rung, number=len(there), all=len(able), bodies=bodies)
        return f"<p>{esc(words)}</p>"

    def _card(self, row: model.Row, names: Names, on_record: bool) -> str:
        if row.outcome is None:
            head, why = f"{result('closed')} {esc(say('lab.not_run'))}", row.why
        else:
            key = "adopted" if row.outcome.adopted else "not adopted"
            head = f"{result(key)} {esc(_verdict(row.outcome, on_record and row.asked))}"
            why = names.say(_why(row.outcome))
            if row.excluded:
                why += f" {say('lab.left_out', who=names.several(row.excluded, 3))}"
        unread = sum(self._origin(m) == "unread" for m in row.body.members)
        notes = [say("lab.asked")] if row.asked else []
        if unread:
            notes.append(say("lab.unread", number=unread, all=len(row.body.members)))
        note = f'<span class="c-note">{esc(" ".join(notes))}</span>' if notes else ""
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
        shut = [
            say("lab.at_most", body=row.body.title, rung=row.reach[-1])
            for row in rows
            if not row.open
        ]
        gone = [model_title(name) for name in self._motion(self.values).missing]
        words = []
        if shut:
            words.append(say("lab.closed", bodies="; ".join(shut)))
        if gone:
            words.append(say("lab.missing", bodies="; ".join(gone)))
        return f'<p class="c-note">{esc(" ".join(words))}</p>' if words else ""

    def _trace(self, row: model.Row, values, names: Names) -> str:
        title = f"<h4>{esc(say('lab.why', body=row.body.title))}</h4>"
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
            f'<p class="c-note">{esc(say("lab.able", why=able.why))}{flag(able.verification)}</p>',
        ]
        return "".join(parts)

    @staticmethod
    def _tipping(found: Sequence[model.Tipping], names: Names) -> str:
        if not found:
            head, rest = esc(say("lab.tipping.none.head")), esc(say("lab.tipping.none"))
            return f"<p><strong>{head}</strong> {rest}</p>"
        lines = "".join(f"<li>{esc(_tip(t, names))}</li>" for t in found)
        head, rest = esc(say("lab.tipping.head")), esc(say("lab.tipping"))
        return f"<p><strong>{head}</strong> {rest}</p><ul>{lines}</ul>"

    def _basis(self, values, names: Names) -> str:
        asked = self._question(values)
        rows = grouped(asked, names)
        listed = markup.table(rows, ballot_columns(), raw=("vote", "known", "why"))
        return details(say("lab.basis"), listed)

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
            figure(plate(self.picture()), say("lab.caption")),
            markup.table(self._table(names), self._columns(_TWIN), raw=("day", "result", "status")),
        ]
        for number, asked in enumerate(crisis.questions, start=1):
            outcome = asked.decide()
            inner = (
                f"<p>{esc(names.say(asked.proposal))}</p><p>{_tally(outcome)}</p>"
                + steps(outcome.trace, names)
                + _turning(outcome)
                + markup.table(
                    grouped(asked, names),
                    ballot_columns(),
                    raw=("vote", "known", "why"),
                )
            )  # fmt: skip
            parts.append(details(say("lab.rules", number=number, title=asked.title), inner))
        return "".join(parts)

    @staticmethod
    def _columns(names: Mapping[str, str]) -> dict[str, str]:
        """Names of columns, with their headings."""
        return {name: say(f"lab.column.{heading}") for name, heading in names.items()}

    def _table(self, names: Names) -> list[dict]:
        rows = []
        for number, asked in enumerate(self.first.questions, start=1):
            outcome = asked.decide()
            key = "adopted" if outcome.adopted else "not adopted"
            tips = list(dict.fromkeys(t.member for t in asked.tipping()))
            told = _told(outcome, asked.status.startswith("recorded"), names)
            day = day_words(asked.on)
            css = _css(asked)
            rung = asked.rung if outcome.adopted else say("lab.rung.missed", rung=asked.rung)
            rows.append(
                {
                    "number": number,
                    "title": asked.title,
                    "when": day,
                    "day": f'<span class="c-date">{esc(day)}</span>',
                    "status": f'<span class="c-tag {css}">{esc(status_words(asked.status))}</span>',
                    "known": say(f"lab.status.{asked.status}"),
                    "result": f"{result(key)} {esc(told)}",
                    "outcome": told,
                    "rung": rung,
                    "tips": _tips(tips, names),
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
            say(
                "lab.picture.reached" if c["reached"] else "lab.picture.missed",
                number=c["head"][0],
                body=c["head"][1],
                rung=c["rung"],
                kind=say(f"lab.picture.{c['kind']}"),
            )
            for c in columns
        )
        label = say("lab.picture", crisis=self.first.title, proposals=told)
        return pictures.rungs(rungs(), columns, label)

    def text(self) -> str:
        names, crisis = Names(self.first), self.first
        lines = [
            self.title,
            crisis.summary,
            *(f"- {f.text} ({f.verification})" for f in crisis.facts),
        ]
        lines += ["", markup.plain_table(self._table(names), self._columns(_TEXT))]
        for number, asked in enumerate(crisis.questions, start=1):
            outcome = asked.decide()
            told = _told(outcome, asked.status.startswith("recorded"), names)
            known = say(f"lab.status.{asked.status}")
            lines += ["", f"{number}. {asked.title}. {known} {told}"]
            lines += steps_plain(outcome.trace, names)
        return "\n".join(lines)


_TEXT = {
    "number": "number", "title": "title", "when": "day", "known": "known", "outcome": "result",
    "rung": "rung",
}  # fmt: skip
_TWIN = {
    "number": "number", "title": "title", "day": "day", "status": "known", "result": "result",
    "rung": "rung", "tips": "tips",
}  # fmt: skip
"""Columns of the table, with the keys of their headings."""


def _css(asked: Question) -> str:
    """Solid for what is on record, broken for the rest."""
    return "c-solid" if asked.status.startswith("recorded") else "c-dashed"


def _tips(members: Sequence[str], names: Names) -> str:
    """Who tips the result, at most six by name."""
    if not members:
        return say("lab.tips.none")
    if len(members) > 6:
        return names.several(members)
    return ", ".join(names[m] for m in members)


def _family(name: str) -> str:
    return "EST" if name.startswith("EST:") else name


def model_title(name: str) -> str:
    """Full name of a body."""
    from course.institutions import BODIES

    return BODIES[name].title


def _verdict(outcome: Outcome, on_record: bool) -> str:
    """The result in words: conditional wherever the ballots are not all on record."""
    if on_record:
        return say("lab.adopted" if outcome.adopted else "lab.not_adopted")
    return say("lab.would" if outcome.adopted else "lab.would_not")


def _told(outcome: Outcome, on_record: bool, names: Names) -> str:
    """The verdict and its reason, for a table."""
    why, verdict = outcome.because, _verdict(outcome, on_record)
    return names.say(f"{verdict}. {why[0].upper()}{why[1:]}" if why else f"{verdict}.")


def _why(outcome: Outcome) -> str:
    """What the card says under the verdict that already stands there."""
    words = outcome.because
    if not words:
        cast = [
            say("decisions.cast", number=n, ballot=pictures.ballot(kind))
            for kind, n in outcome.tally.items()
            if n
        ]
        words = f"{', '.join(cast)}."
    return words[0].upper() + words[1:]


def _tally(outcome: Outcome) -> str:
    """The count of each kind of ballot, with its mark."""
    parts = [
        f"{glyph(pictures.BALLOTS[kind])} {esc(counted(kind, number))}"
        for kind, number in outcome.tally.items()
        if number
    ]
    if outcome.excluded:
        words = say("lab.tally.left_out", number=len(outcome.excluded))
        parts.append(f"{glyph(pictures.BALLOTS['left out'])} {esc(words)}")
    return " &nbsp; ".join(parts)


def _turning(outcome: Outcome) -> str:
    if not outcome.decided_by:
        return ""
    head, told = esc(say("lab.turning")), esc(option_words(outcome.decided_by))
    return f"<p><strong>{head}</strong> {told}.</p>"


def _tip(tip: model.Tipping, names: Names) -> str:
    who = names[tip.members[0]]
    if len(tip.members) > 1:
        who = say("lab.tip.any", who=names.several(tip.members))
    now, then = pictures.ballot(tip.ballot), pictures.ballot(tip.instead)
    key = "institutions.tip.adopted" if tip.adopted else "institutions.tip.not_adopted"
    return say(key, who=who, instead=then, ballot=now)
