"""The draft treaty, played: step by step, by chance, and with an Article 8 of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import reduce
from typing import Any

from course.charts import decisions as pictures
from course.charts import plate
from course.institutions import (
    InstitutionError,
    Option,
    Treaty,
    body,
    options_of,
    outlook,
    redraft,
    rungs,
    walk,
)
from course.institutions.outcome import names as listed
from course.widgets import base, markup
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
    titles,
    way_choices,
)
from course.widgets.markup import details, esc, figure
from course.widgets.references import flag
from course.words import count, say

__all__ = ["TreatySimulator"]

FIRST = "river"
PARTS = ("play", "chance", "draft")
FEW = ("abstention", "excluded_in_quorum")
PATHS = {
    "emergency": ("peacekeepers", "counterclaims", "several", "immediate_days"),
    "conference": ("supporters", "consultation_days", "convening_days", "answer_days"),
}
KEEP = ("yes", "no", "abstain", "absent")
WHO = {"ask": 2, "consult": 2, "join": 1, "propose": 1, "report": 2, "assist": 2, "withdraw": 1}
"""How many Parties a step names: who takes it, and towards whom."""
NAMED = ("who", "other")
WEEK = 7


class TreatySimulator(DecisionView):
    """The draft European Security Treaty of 2009 in one crisis.

    Parameters
    ----------
    scenario : str, optional
        Id of a crisis in which the draft can be played; an invented dam on a river if absent.

    Raises
    ------
    course.institutions.OptionError
        If there is none of that id; the message names the nearest.
    """

    def __init__(self, scenario: str | None = None):
        self.kicker, self.lead = say("simulator.kicker"), say("simulator.lead")
        self.first = walk.walk(scenario or FIRST)
        self.title = self._title(self.first)

    @staticmethod
    def _title(played: walk.Walk) -> str:
        return say("simulator.title", crisis=played.scenario.title)

    # --- values to model ----------------------------------------------------------------------

    def initial(self) -> dict[str, Any]:
        chosen = {c.name: c.default for c in redraft.choices()}
        return {
            "part": "play",
            # counters of the buttons; never set back, so that no late press is read as another one
            **dict.fromkeys(("take", "back", "again", "run"), 0),
            **self._fresh(self.first.scenario.id),
            "p": 90,
            "otherwise": "no",
            **{f"own:{name}": value for name, value in chosen.items()},
        }

    @staticmethod
    def _fresh(case: str) -> dict[str, Any]:
        """Values of the procedure as they are on the first day."""
        played = walk.walk(case)
        values = {
            "case": case,
            "you": played.roles["asker"],
            "yours": "",
            "all": "few",
            "way": played.extraordinary.way or "victim",
            "named": [],
            "moves": [],
            "said": "",
        }
        for option in options_of("EST"):
            own = played.question.options.get(option.name, option.default)
            values[f"option:{option.name}"] = own
        return values | _move_values(played, played.next(played.start()))

    def _walk(self, values: Mapping[str, Any]) -> walk.Walk:
        return walk.walk(values["case"])

    @staticmethod
    def options(values: Mapping[str, Any]) -> dict[str, Any]:
        """Answers where the draft is silent or blank."""
        return {o.name: values[f"option:{o.name}"] for o in options_of("EST")}

    def changes(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Your Party's ballot, where you set one."""
        return {values["you"]: values["yours"]} if values["yours"] else {}

    def play(self, values: Mapping[str, Any]) -> Treaty:
        """The procedure after all moves, from the first day."""
        played = self._walk(values)
        state = played.start(**(self.options(values) | {"organisations": "off"}))
        for action, who, other in values["moves"]:
            move = walk.Move(action, who, other, WEEK if action == "wait" else 0)
            state = played.take(state, move, self.changes(values), values["way"], values["named"])
        return state

    # --- controls -----------------------------------------------------------------------------

    def controls(self) -> list[dict]:
        return [
            base.choice("part", say("simulator.part"), {p: _part(p) for p in PARTS}),
            base.select("case", say("simulator.case"), titles(walk.walks())),
        ]

    def _party_controls(self, values) -> list[dict]:
        played = self._walk(values)
        names = Names(played.scenario)
        parties = dict(sorted(((p, names[p]) for p in played.parties), key=lambda x: x[1]))
        return [
            base.select("you", say("simulator.you"), parties),
            base.choice(
                "yours",
                say("simulator.yours"),
                {"": say("simulator.keep"), **{k: say(f"simulator.keep.{k}") for k in KEEP}},
            ),
            base.choice(
                "all",
                say("simulator.silent"),
                {"few": say("simulator.silent.few"), "all": say("simulator.silent.all")},
            ),
        ]

    def _option_controls(self, values) -> list[dict]:
        played = self._walk(values)
        names = Names(played.scenario)
        path = played.roles["path"]
        parts = []
        if played.emergency or values["all"] == "all":
            parts.append(base.select("way", say("simulator.way"), way_choices()))
            if values["way"] in ("depositary", "security-council"):
                claims = played.extraordinary.claims
                sides = dict.fromkeys(s for c in claims for s in (c.claimant, *c.accused[:3]))
                parts.append(
                    base.checks("named", say("decisions.named"), {s: names[s] for s in sides})
                )
        wanted = (*FEW, *PATHS[path])
        for option in options_of("EST"):
            if option.name == "organisations":
                continue  # organisations have no position in the scenarios
            if values["all"] == "all" or option.name in wanted:
                parts.append(_control(option))
        return parts

    def _step_controls(self, values) -> list[dict]:
        state = self._played
        able = {a.name: say(f"simulator.step.{a.name}") for a in state.actions}
        return [base.choice("action", say("simulator.next"), able, column=True)]

    def _party_list(self, values, name: str) -> list[dict]:
        """One select of all Parties, the likeliest first; the same for every step of a crisis."""
        played = self._walk(values)
        names = Names(played.scenario)
        claims = played.extraordinary.claims
        near = [played.roles["asker"], played.roles["asked"]]
        near += [s for c in claims for s in (c.claimant, *c.accused[:3])] + played.roles["invited"]
        rest = sorted(played.parties, key=lambda p: names[p])
        parties = {p: names[p] for p in dict.fromkeys((*near, *rest)) if p in played.parties}
        return [base.select(name, say(f"simulator.named.{name}"), parties)]

    @staticmethod
    def _buttons() -> list[dict]:
        return [
            base.button("take", say("simulator.take"), primary=True),
            base.button("back", say("simulator.back")),
            base.button("again", say("simulator.again")),
            base.button("run", say("simulator.run")),
        ]

    @staticmethod
    def _chance_controls() -> list[dict]:
        return [
            base.range_("p", say("simulator.p"), 0, 100, 1, " %"),
            base.choice(
                "otherwise",
                say("simulator.otherwise"),
                {name: say(f"simulator.otherwise.{name}") for name in outlook.OTHERWISE},
            ),
        ]

    @staticmethod
    def _draft_controls() -> list[dict]:
        return [base.select(f"own:{c.name}", c.question, c.choices) for c in redraft.choices()]

    # --- what happens -------------------------------------------------------------------------

    def update(self, changed: Mapping[str, Any]) -> None:
        values = self.values
        words = self._act(changed)
        try:
            self._played = self.play(values)
        except InstitutionError as error:
            # either the step was refused, or a choice made since has shut the way taken before
            refused = "take" in changed
            words = (
                Names(self._walk(values).scenario).say(str(error))
                if refused
                else say("simulator.undone")
            )
            values["moves"] = self._possible(values)
            self._played = self.play(values)
        if not changed or {"take", "back", "again", "run", "case"} & set(changed):
            played = self._walk(values)
            values.update(_move_values(played, played.next(self._played)))
        if values["action"] not in {a.name for a in self._played.actions}:
            values.update(_move_values(self._walk(values), self._walk(values).next(self._played)))
        elif "action" in changed:
            values.update(self._usual(values["action"]))
        values["said"] = words
        if getattr(self, "panels", ()):
            self._redraw()

    def _act(self, changed: Mapping[str, Any]) -> str:
        values = self.values
        if "case" in changed:
            values.update(self._fresh(values["case"]))
            return say("decisions.titled", title=self._walk(values).scenario.title)
        if "take" in changed:
            values["moves"] = [*values["moves"], [values["action"], values["who"], values["other"]]]
            return "step"
        if "back" in changed:
            values["moves"] = values["moves"][:-1]
            return say("simulator.back.done")
        if "again" in changed:
            values["moves"] = []
            return say("simulator.again.done")
        if "run" in changed:
            values["moves"] = self._to_decision(values)
            return "step"
        return ""

    def _to_decision(self, values) -> list[list[str]]:
        """Moves until the next decision, as they usually come."""
        played, moves = self._walk(values), list(values["moves"])
        before = self.play(values).outcome
        for _ in range(12):
            state = self.play(values | {"moves": moves})
            if (
                state.outcome is not None
                and state.outcome is not before
                and state.outcome != before
            ):
                break
            if state.outcome is not None and state.stage == "in force":
                break
            usual = played.next(state)
            moves.append([usual.action, usual.who, usual.other])
        return moves

    def _possible(self, values) -> list[list[str]]:
        for kept in range(len(values["moves"]) - 1, -1, -1):
            try:
                self.play(values | {"moves": values["moves"][:kept]})
            except InstitutionError:
                continue
            return values["moves"][:kept]
        return []

    def _usual(self, action: str) -> dict[str, str]:
        """Who usually takes a step."""
        played, values = self._walk(self.values), self.values
        usual = played.next(self._played)
        if usual.action == action:
            return {"who": usual.who or values["who"], "other": usual.other or values["other"]}
        roles = played.roles
        claims = played.extraordinary.claims
        victim = claims[0].claimant if claims else roles["asker"]
        if action == "assist":
            helper = values["you"] if values["you"] != victim else roles["invited"][-1]
            return {"who": helper, "other": victim}
        if action in ("join", "withdraw"):
            return {"who": values["you"], "other": roles["asked"]}
        return {"who": roles["asker"], "other": roles["asked"]}

    # --- regions ------------------------------------------------------------------------------

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        if not hasattr(self, "_played"):
            self._played = self.play(values)
        state, played = self._played, self._walk(values)
        names = Names(played.scenario)
        case = values["case"]
        choices = tuple(self.options(values).values())
        voting = (case, state, choices, values["you"], values["yours"])
        odds = (case, values["p"], values["otherwise"])
        own = tuple(v for k, v in values.items() if k.startswith("own:"))
        once = self.once
        return {
            "head": markup.heading(self._title(played), self.kicker, self.lead),
            "case": once("case", case, lambda: self._case(played, names)),
            "state": once("state", voting, lambda: self._state(state, played, values, names)),
            "said": self._said(state, values, names),
            "log": once("log", state, lambda: self._log(state, names)),
            "fact": once("fact", case, lambda: self._fact(played, names)),
            "stated": once("stated", case, lambda: self._stated(played, names)),
            "odds": once("odds", odds, lambda: self._odds(values, played)),
            "curve": once("curve", odds, lambda: self._curve(values, played)),
            "verdict": once("verdict", own, lambda: self._verdict_line(values)),
            "own": once("own", own, lambda: self._own(values)),
        }

    @staticmethod
    def _case(played: walk.Walk, names: Names) -> str:
        asked = played.question
        return (
            f'<div class="c-motion c-what-if"><p class="c-note">{esc(day_words(asked.on))}.'
            f' <span class="c-tag c-dashed">{esc(status_words("what if"))}</span></p>'
            f'<p class="c-say">{esc(played.scenario.summary)}</p>'
            f'<p class="c-note">{esc(say("simulator.put", proposal=names.say(asked.proposal)))}'
            f" {esc(asked.note)}</p></div>"
        )

    def _state(self, state: Treaty, played: walk.Walk, values, names: Names) -> str:
        day = date.fromisoformat(played.question.on) + timedelta(days=state.day)
        stage = state.stage
        if state.outcome is not None and stage == "in force":
            stage = "adopted" if state.outcome.adopted else "not adopted"
        words = say(f"simulator.stage.{stage}", number=state.day, day=day_words(day.isoformat()))
        return f'<p class="c-day">{esc(words)}</p>{self.forming(state, played, values, names)}'

    def forming(self, state: Treaty, played: walk.Walk, values, names: Names, static=False) -> str:
        """Quorum and unanimity as they form: one mark a Party, numbers, and words."""
        shown = self._forming(state, played, values)
        strip = pictures.strip(shown["units"], shown["need"], shown["total"], shown["label"])
        legend = "".join(
            f"<li>{glyph(pictures.BALLOTS[u.kind])} {esc(counted(u.kind, u.count))}</li>"
            for u in shown["units"]
        )
        words = names.say(" ".join(shown["words"]))
        return (
            f'<div class="c-strip">{plate(strip) if static else strip}</div>'
            f'<ul class="c-key">{legend}</ul><p>{esc(words)}</p>'
        )

    def _forming(self, state: Treaty, played: walk.Walk, values) -> dict[str, Any]:
        decided = state.outcome if state.stage == "in force" else None
        heading = played.heading(state)
        if decided is not None:
            heading = "extraordinary" if "extra" in decided.body else "conference"
            cast, out = decided.ballots, decided.excluded
        else:
            cast = played.ballots(state, self.changes(values))
            out = state.finding.excluded if state.finding else ()
        where = body(
            f"EST:{heading}",
            parties=state.parties,
            abstention=values["option:abstention"],
            **({"excluded_in_quorum": values["option:excluded_in_quorum"]} if heading == "extraordinary" else {}),
        )  # fmt: skip
        outcome = where.decide(cast, excluded=out) if decided is None else decided
        apart = set(out) if heading == "extraordinary" and values["option:excluded_in_quorum"] == "left out" else set()  # fmt: skip
        need = where.clauses(out)[0].need
        total = len(set(state.parties) - apart)
        counted = [p for p in state.parties if p not in apart]
        there = [p for p in counted if cast[p] != "absent"]
        kinds = [k for k in pictures.BALLOTS if k not in ("absent", "left out")]
        units = [
            pictures.Unit(kind, n)
            for kind in kinds
            if (n := sum(cast[p] == kind and p not in out for p in there))
        ]
        left = sum(p in out for p in there)
        units += [pictures.Unit("left out", left)] if left else []
        units += [pictures.Unit("absent", n)] if (n := len(counted) - len(there)) else []
        units += [pictures.Unit("left out", len(apart), False)] if apart else []
        name = say(f"simulator.conference.{heading}")
        short = need - len(there)
        key = f"{'vote' if decided is not None else 'now'}.{'short' if short > 0 else 'there'}"
        numbers = {"there": len(there), "total": total, "need": need, "short": short}
        words = [say(f"simulator.quorum.{key}", name=name, **numbers)]
        if outcome.blockers:
            who = listed(outcome.blockers)
            words.append(count(f"simulator.stop.{heading}", len(outcome.blockers), who=who))
        else:
            words.append(say(f"simulator.free.{heading}"))
        if decided is not None:
            key = "simulator.adopted" if decided.adopted else "simulator.not_adopted"
            words.append(say(key, bound=len(state.bound), parties=len(state.parties)))
            if decided.decided_by:
                words.append(say("simulator.turning", options=option_words(decided.decided_by)))
        told = ", ".join(
            say("decisions.cast", number=u.count, ballot=pictures.ballot(u.kind)) for u in units
        )
        label = say("simulator.strip", name=name, ballots=told, need=need, total=total)
        return {"units": units, "need": need, "total": total, "words": words, "label": label}

    @staticmethod
    def _said(state: Treaty, values, names: Names) -> str:
        if values["said"] == "step" and state.log:
            told = say("simulator.said", day=state.day, text=state.log[-1].step.text)
            return esc(names.say(told))
        return esc(values["said"] if values["said"] != "step" else "")

    @staticmethod
    def _log(state: Treaty, names: Names) -> str:
        trace, days, last = [], [], {}
        for line in state.log:
            key = (line.step.text, line.step.rule)
            if last.get(key) is not None and line.step.rule == "est-attacker":
                continue  # the account of a decision repeats how the attacker was found
            last[key] = line.day
            trace.append(line.step)
            days.append(line.day)
        if not trace:
            return f'<p class="c-note">{esc(say("simulator.log.none"))}</p>'
        return steps(trace, names, say("simulator.log"), days)

    def _fact(self, played: walk.Walk, names: Names) -> str:
        if played.scenario.kind == "invented":
            return f'<p class="c-note">{esc(say("simulator.fact.invented"))}</p>'
        rows = [
            {
                "day": f.day,
                "date": day_words(f.question.on),
                "what": names.say(
                    say(
                        "simulator.fact.what",
                        body=f.question.body().title,
                        proposal=f.question.proposal,
                    )
                ),
                "status": status_words(f.question.status),
                "result": names.say(f.question.decide().reason),
            }
            for f in played.in_fact()
        ]
        columns = _columns("fact", "day", "date", "what", "status", "result")
        table = markup.table(rows, columns, say("simulator.fact"), first=False)
        return table + details(say("simulator.fact.more"), facts(played.scenario))

    @staticmethod
    def _stated(played: walk.Walk, names: Names) -> str:
        rows = grouped(played.question, names)
        table = markup.table(rows, ballot_columns(), raw=("vote", "known", "why"))
        return details(say("simulator.stated"), table)

    # --- the chance to act --------------------------------------------------------------------

    def _lines(self, values, played: walk.Walk) -> tuple[outlook.Line, ...]:
        real = not played.scenario.names
        claims = played.extraordinary.claims
        concerned = claims[0].accused if claims and real else ("RUS",)
        parties = played.parties if real else None
        return outlook.lines(played.question.on, parties, concerned, values["otherwise"])

    def _series(self, values, played: walk.Walk) -> list[pictures.Series]:
        p = values["p"] / 100
        return [
            pictures.Series(_line_name(line), line.by_blocs, line.alone, line.at(p))
            for line in self._lines(values, played)
        ]

    def _odds(self, values, played: walk.Walk) -> str:
        """The chances in one sentence, for those who hear the view."""
        return esc(self._odds_words(values, played))

    def _odds_words(self, values, played: walk.Walk) -> str:
        told = "; ".join(
            say(
                "simulator.odds.line",
                name=s.name,
                blocs=_percent(s.now[0]),
                alone=_percent(s.now[1]),
            )
            for s in self._series(values, played)
        )
        return say("simulator.odds", p=values["p"], chances=told)

    def _curve(self, values, played: walk.Walk, static: bool = False) -> str:
        lines, series = self._lines(values, played), self._series(values, played)
        label = say("simulator.curves", odds=self._odds_words(values, played))
        picture = pictures.chances(series, values["p"] / 100, label)
        rows = [
            {
                "name": f'<span class="c-glyph" aria-hidden="true">{pictures.series_mark(i)}</span>'
                f" {esc(s.name)}",
                "members": _sizes(line),
                "blocs": _percent(s.now[0]),
                "alone": _percent(s.now[1]),
            }
            for i, (line, s) in enumerate(zip(lines, series, strict=True))
        ]  # fmt: skip
        columns = _columns("curve", "name", "members", "blocs", "alone")
        out = sorted({m for line in lines for m in line.excluded})
        real = Names(walk.walk("georgia-2008").scenario)
        key = f"simulator.each.{values['otherwise']}"
        words = say(key, p=values["p"], day=day_words(played.question.on))
        if out:
            words += f" {say('simulator.out', who=real.several(out, 3))}"
        return (
            f"<p>{esc(words)}</p>{figure(plate(picture) if static else picture)}"
            + f'<div class="c-series">{markup.table(rows, columns, raw=("name",))}</div>'
            + f'<p class="c-note">{esc(say("simulator.forecast"))}</p>'
        )

    # --- an Article 8 of one's own ------------------------------------------------------------

    @staticmethod
    def article(values: Mapping[str, Any]) -> redraft.Article8:
        """The clause that the choices make."""
        return redraft.Article8(**{c.name: values[f"own:{c.name}"] for c in redraft.choices()})

    def _verdict_line(self, values) -> str:
        return esc(self._verdict(self.article(values).try_all()))

    def _own(self, values) -> str:
        results = self.article(values).try_all()
        rows = []
        for rung in reversed(rungs()):
            row: dict[str, Any] = {"rung": rung}
            for r in results:
                there = rung in r.reached
                good = "danger" if r.trial.kind == "innocent" else "adopted"
                mark = result(good if there else "not adopted")
                css = "c-reached" if there else "c-missed"
                word = esc(say("simulator.reached" if there else "simulator.missed"))
                row[r.trial.id] = f'<span class="{css}">{mark} {word}</span>'
            rows.append(row)
        columns = _columns("own", "rung") | {r.trial.id: r.trial.title for r in results}
        table = markup.table(rows, columns, raw=tuple(r.trial.id for r in results))
        return f"{table}{self._why(results)}"

    @staticmethod
    def _verdict(results) -> str:
        """What the clause can do and what can be done with it, in two sentences."""
        crises = [r for r in results if r.trial.kind != "innocent"]
        act = [r.trial.title for r in crises if r.highest == rungs()[-1]]
        turned = next(r for r in results if r.trial.kind == "innocent")
        key = "simulator.own.acts" if act else "simulator.own.acts_nowhere"
        cases = {"number": len(act), "all": len(crises), "crises": "; ".join(act)}
        first = say(key, rung=rungs()[-1], **cases)
        if turned.highest in rungs()[4:]:
            second = say("simulator.own.turned", rung=turned.highest)
        elif turned.highest:
            second = say("simulator.own.safe", rung=turned.highest)
        else:
            second = say("simulator.own.harmless")
        return f"{first} {second}"

    @staticmethod
    def _why(results) -> str:
        rows = []
        for r in results:
            names = Names(walk.walk(r.trial.scenario).scenario)
            out = names.several(r.excluded, 3) if r.excluded else say("simulator.none")
            rows.append(
                {
                    "case": r.trial.title,
                    "stops": names.say(r.stopped) or say("simulator.nothing"),
                    "out": out,
                    "how": " ".join(names.say(s.text) for s in r.finding.trace),
                }
            )
        columns = _columns("why", "case", "stops", "out", "how")
        stands = "".join(
            f"<li><strong>{esc(r.trial.title)}</strong>: "
            + esc(" ".join(dict.fromkeys(_stand_words(r.trial))))
            + "</li>"
            for r in results
        )
        return markup.table(rows, columns, say("simulator.why")) + details(
            say("simulator.assumed"), f"<ul>{stands}</ul>"
        )

    # --- live ---------------------------------------------------------------------------------

    def live(self):
        import ipywidgets

        self.update({})
        values = self.values
        top = self.part([base.region("head"), base.region("controls")], self.controls())
        case = self.part([base.region("case")])
        self._party = self.part([base.region("controls")], self._party_controls(values))
        self._silent = self.part([base.region("controls")], self._option_controls(values))
        shown = self.part([base.region("state")])
        self._step = self.part([base.region("controls")], self._step_controls(values))
        self._who = [
            self.part([base.region("controls")], self._party_list(values, name)) for name in NAMED
        ]
        self._named = [ipywidgets.VBox([panel]).add_class("course-stack") for panel in self._who]
        go = self.part(
            [base.region("controls"), base.live_region("said", "c-status"), base.region("log"),
             base.region("fact"), base.region("stated")],
            self._buttons(),
        )  # fmt: skip
        chance = self.part(
            [base.region("controls"), base.live_region("odds", "c-hidden"), base.region("curve")],
            self._chance_controls(),
        )
        draft = self.part(
            [base.region("controls"), base.live_region("verdict", "c-say"), base.region("own")],
            self._draft_controls(),
        )
        parts = {
            "play": [case, self._party, self._silent, shown, self._step, *self._named, go],
            "chance": [chance],
            "draft": [draft],
        }
        self._parts = {
            name: ipywidgets.VBox(panels).add_class("course-stack")
            for name, panels in parts.items()
        }
        self._show_part()
        return ipywidgets.VBox([top, *self._parts.values()]).add_class("course-stack")

    def _show_part(self) -> None:
        for name, part in self._parts.items():
            part.layout.display = None if name == self.values["part"] else "none"
        wanted = WHO.get(self.values["action"], 0)
        for place, box in enumerate(self._named):
            box.layout.display = None if place < wanted else "none"

    def _redraw(self) -> None:
        if not hasattr(self, "_parts"):
            return
        values = self.values
        self.redress(self._party, self._party_controls(values))
        self.redress(self._silent, self._option_controls(values))
        self.redress(self._step, self._step_controls(values))
        for panel, name in zip(self._who, NAMED, strict=True):
            self.redress(panel, self._party_list(values, name))
        self._show_part()
        self.fill()

    # --- words --------------------------------------------------------------------------------

    def _run(self) -> Treaty:
        """The usual path to the decision, with every default."""
        values = dict(self.initial())
        values["moves"] = self._to_decision(values)
        return self.play(values)

    def body(self) -> str:
        values, played = self.initial(), self.first
        names, state = Names(played.scenario), self._run()
        columns = _columns("option", "question", "status", "default", "reason", "article")
        silent = markup.table(_option_rows(), columns, say("simulator.silent"), raw=("default",))
        return "".join(
            [
                self._case(played, names),
                f"<h4>{esc(_part('play'))}</h4>",
                self._state_static(state, values, names),
                self._log(state, names),
                self._fact(played, names),
                self._stated(played, names),
                details(say("simulator.silent.every"), silent),
                f"<h4>{esc(_part('chance'))}</h4>",
                self._curve(values, played, static=True),
                f"<h4>{esc(_part('draft'))}</h4>",
                f"<p>{esc(say('simulator.draft.cases'))} {self._verdict_line(values)}</p>",
                self._own(values),
            ]
        )  # fmt: skip

    def _state_static(self, state: Treaty, values, names: Names) -> str:
        words = say("simulator.usual", day=state.day)
        return f'<p class="c-day">{esc(words)}</p>' + self.forming(
            state, self.first, values, names, static=True
        )

    def text(self) -> str:
        values, played = self.initial(), self.first
        names, state = Names(played.scenario), self._run()
        lines = [self.title, self.lead, "", played.scenario.summary, ""]
        lines += [names.say(str(entry)) for entry in state.log]
        lines += [names.say(" ".join(self._forming(state, played, values)["words"])), ""]
        lines.append(f"{say('simulator.chances', p=values['p'])} {say('simulator.forecast')}")
        for line in self._lines(values, played):
            blocs, alone = line.at(values["p"] / 100)
            lines.append(f"  {_line_name(line)}: {_percent(blocs)}; {_percent(alone)}")
        results = self.article(values).try_all()
        lines += ["", f"{say('simulator.four')} {self._verdict(results)}"]
        lines += [f"  {r.trial.title}: {r.highest or say('simulator.own.none')}" for r in results]
        return "\n".join(lines)


def _move_values(played: walk.Walk, move: walk.Move) -> dict[str, str]:
    roles = played.roles
    return {
        "action": move.action,
        "who": move.who or roles["asker"],
        "other": move.other or roles["asked"],
    }


def _control(option: Option) -> dict:
    """An open question as a control, with what the draft leaves open in its label."""
    label = say("decisions.open", question=option.question, status=_status(option))
    name = f"option:{option.name}"
    if option.choices:
        return base.select(name, label, {c: c for c in option.choices})
    if option.name == "supporters":
        return base.range_(name, label, 0, 20, 1, say("simulator.unit.parties"))
    return base.range_(
        name, label, 0, 120 if option.default > 30 else 60, 1, say("simulator.unit.days")
    )


def _status(option: Option) -> str:
    """What the draft says on an open question."""
    return say(f"simulator.status.{option.status}")


def _part(name: str) -> str:
    """The heading of a part."""
    return say(f"simulator.part.{name}")


def _columns(table: str, *names: str) -> dict[str, str]:
    """Columns of a table, with their headings."""
    return {name: say(f"simulator.column.{table}.{name}") for name in names}


def _option_rows() -> list[dict]:
    return [
        {
            "question": o.question,
            "status": _status(o),
            "default": f"{esc(o.default)}" + (flag("unverified") if o.status == "from secondary reading" else ""),
            "reason": o.reason,
            "article": o.article,
        }
        for o in options_of("EST")
    ]  # fmt: skip


def _line_name(line: outlook.Line) -> str:
    words = "; ".join(say(f"simulator.line.{b.name}") for b in line.bodies)
    return words[0].upper() + words[1:]


def _sizes(line: outlook.Line) -> str:
    """How many members the bodies of a line have."""
    sizes = [str(n) for n in dict.fromkeys(len(b.members) for b in line.bodies)]
    return reduce(lambda a, b: say("institutions.list.and", first=a, last=b), sizes)


def _percent(share: float) -> str:
    """A share in per cent: no more figures than it deserves, and never a false zero."""
    if 0 < share < 0.0005:
        return say("simulator.percent.under")
    if 0.9995 < share < 1:
        return say("simulator.percent.over")
    return f"{100 * share:.1f} %"


def _stand_words(trial: redraft.Trial) -> list[str]:
    names = Names(walk.walk(trial.scenario).scenario)
    told: dict[tuple, list[str]] = {}
    for party, stand in trial.stands.items():
        told.setdefault((stand.accepts, stand.above, stand.why), []).append(party)
    lines = [
        say(
            "simulator.stand",
            who=names.several(who, 3),
            accepts=accepts if accepts in rungs() else say("simulator.nothing"),
            above=pictures.ballot(above),
            why=why,
        )
        for (accepts, above, why), who in told.items()
    ]
    return [*lines, say("simulator.stand.council", why=trial.council_why)]
