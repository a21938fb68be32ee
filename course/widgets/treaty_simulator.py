"""The draft treaty, played: step by step, by chance, and with an Article 8 of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
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
from course.widgets import base, markup
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
    titles,
    way_choices,
)
from course.widgets.markup import details, esc, figure
from course.widgets.references import flag

__all__ = ["TreatySimulator"]

FIRST = "river"
PARTS = {
    "play": "Play the procedure",
    "chance": "The chance to act",
    "draft": "Draft your own Article 8",
}
FEW = ("abstention", "excluded_in_quorum")
PATHS = {
    "emergency": ("peacekeepers", "counterclaims", "several", "immediate_days"),
    "conference": ("supporters", "consultation_days", "convening_days", "answer_days"),
}
KEEP = {"": "as assumed", "yes": "yes", "no": "no", "abstain": "abstain", "absent": "stay away"}
STEPS = {
    "ask": "Ask for information (Article 3)",
    "consult": "Ask for consultations (Article 5)",
    "join": "Join the consultations (Article 5)",
    "hold": "Hold the consultations (Article 5)",
    "propose": "Propose a Conference (Article 6)",
    "confer": "Put the decision to the Conference (Article 6)",
    "report": "Report an armed attack (Article 8)",
    "assist": "Help the attacked Party (Article 7)",
    "council_acts": "The Security Council acts (Article 7)",
    "name_attacker": "Settle who the attacker is (draft silent)",
    "decide": "Put measures to the vote (Article 8)",
    "withdraw": "Give notice of withdrawal (Article 13)",
    "wait": "Let one week pass",
}
WHO = {"ask": 2, "consult": 2, "join": 1, "propose": 1, "report": 2, "assist": 2, "withdraw": 1}
"""How many Parties a step names: who takes it, and towards whom."""
NAMED = {"who": "Who takes the step", "other": "Towards whom"}
WEEK = 7
STAGES = {
    "in force": "The treaty is in force",
    "consultations called": "Consultations are called",
    "consultations held": "Consultations were held",
    "conference called": "The Conference is called",
    "extraordinary called": "The Extraordinary Conference is called",
    "attacker settled": "It is settled whose vote is left out",
}
NOT_A_FORECAST = (
    "This is arithmetic about the rules, not a forecast: it takes every yes as a toss with the same"
    " chance, by alliances or one by one. States do neither."
)
UNDONE = "With this choice the procedure stops earlier; the steps after that are undone."


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

    kicker = "Treaty simulator"
    lead = (
        "The draft of 2009 was never in force. Play it day by day; where it is silent or leaves a"
        " blank, you choose, and your choice is marked."
    )

    def __init__(self, scenario: str | None = None):
        self.first = walk.walk(scenario or FIRST)
        self.title = self._title(self.first)

    @staticmethod
    def _title(played: walk.Walk) -> str:
        return f"If the draft had been law. {played.scenario.title}"

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
            base.choice("part", "Part", PARTS),
            base.select("case", "Crisis to play", titles(walk.walks())),
        ]

    def _party_controls(self, values) -> list[dict]:
        played = self._walk(values)
        names = Names(played.scenario)
        parties = dict(sorted(((p, names[p]) for p in played.parties), key=lambda x: x[1]))
        return [
            base.select("you", "You act for", parties),
            base.choice("yours", "Your ballot, when it comes to a decision", KEEP),
            base.choice(
                "all",
                "Where the draft is silent or blank",
                {"few": "the choices that matter most here", "all": "all choices"},
            ),
        ]

    def _option_controls(self, values) -> list[dict]:
        played = self._walk(values)
        names = Names(played.scenario)
        path = played.roles["path"]
        parts = []
        if played.emergency or values["all"] == "all":
            parts.append(
                base.select("way", "Who names the attacker? (draft silent)", way_choices())
            )
            if values["way"] in ("depositary", "security-council"):
                claims = played.extraordinary.claims
                sides = dict.fromkeys(s for c in claims for s in (c.claimant, *c.accused[:3]))
                parts.append(base.checks("named", "It names", {s: names[s] for s in sides}))
        wanted = (*FEW, *PATHS[path])
        for option in options_of("EST"):
            if option.name == "organisations":
                continue  # organisations have no position in the scenarios
            if values["all"] == "all" or option.name in wanted:
                parts.append(_control(option))
        return parts

    def _step_controls(self, values) -> list[dict]:
        state = self._played
        listed = {a.name: STEPS[a.name] for a in state.actions if a.name in STEPS}
        return [base.choice("action", "Next step", listed, column=True)]

    def _party_list(self, values, name: str, label: str) -> list[dict]:
        """One select of all Parties, the likeliest first; the same for every step of a crisis."""
        played = self._walk(values)
        names = Names(played.scenario)
        claims = played.extraordinary.claims
        near = [played.roles["asker"], played.roles["asked"]]
        near += [s for c in claims for s in (c.claimant, *c.accused[:3])] + played.roles["invited"]
        rest = sorted(played.parties, key=lambda p: names[p])
        parties = {p: names[p] for p in dict.fromkeys((*near, *rest)) if p in played.parties}
        return [base.select(name, label, parties)]

    @staticmethod
    def _buttons() -> list[dict]:
        return [
            base.button("take", "Take this step", primary=True),
            base.button("back", "One step back"),
            base.button("again", "Start again"),
            base.button("run", "Run to the decision"),
        ]

    @staticmethod
    def _chance_controls() -> list[dict]:
        return [
            base.range_("p", "Chance that each says yes", 0, 100, 1, " %"),
            base.choice("otherwise", "Those who do not say yes", outlook.OTHERWISE),
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
            words = Names(self._walk(values).scenario).say(str(error)) if refused else UNDONE
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
            return f"{self._walk(values).scenario.title}."
        if "take" in changed:
            values["moves"] = [*values["moves"], [values["action"], values["who"], values["other"]]]
            return "step"
        if "back" in changed:
            values["moves"] = values["moves"][:-1]
            return "One step back."
        if "again" in changed:
            values["moves"] = []
            return "Back to the first day."
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
            ' <span class="c-tag c-dashed">what if</span></p>'
            f'<p class="c-say">{esc(played.scenario.summary)}</p>'
            f'<p class="c-note">Put to the Parties: {esc(names.say(asked.proposal))}'
            f" {esc(asked.note)}</p></div>"
        )

    def _state(self, state: Treaty, played: walk.Walk, values, names: Names) -> str:
        day = date.fromisoformat(played.question.on) + timedelta(days=state.day)
        stage = STAGES[state.stage]
        if state.outcome is not None and state.stage == "in force":
            key = "adopted" if state.outcome.adopted else "not adopted"
            stage = f"Decision {key}"
        words = f"Day {state.day}, {day_words(day.isoformat())}: {stage}."
        return f'<p class="c-day">{esc(words)}</p>{self.forming(state, played, values, names)}'

    def forming(self, state: Treaty, played: walk.Walk, values, names: Names, static=False) -> str:
        """Quorum and unanimity as they form: one mark a Party, numbers, and words."""
        shown = self._forming(state, played, values)
        strip = pictures.strip(shown["units"], shown["need"], shown["total"], shown["label"])
        legend = "".join(
            f"<li>{glyph(pictures.BALLOTS[u.kind][1])} {esc(pictures.BALLOTS[u.kind][0])} {u.count}</li>"
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
        name = {"extraordinary": "Extraordinary Conference", "conference": "Conference"}[heading]
        when = "At the vote" if decided is not None else "If it came to a vote now"
        short = need - len(there)
        quorum = f"{when}, {name}: {len(there)} of {total} Parties present, {need} needed"
        quorum += f": {short} too few." if short > 0 else ": the quorum is there."
        need_all = "unanimity" if heading == "extraordinary" else "consensus"
        if outcome.blockers:
            stop = (
                f"No {need_all}: {_list(outcome.blockers)} stands in the way."
                if len(outcome.blockers) == 1
                else f"No {need_all}: {_list(outcome.blockers)} stand in the way."
            )
        else:
            stop = f"Nobody stands in the way of {need_all}."
        words = [quorum, stop]
        if decided is not None:
            words.append(
                f"The decision is {'adopted and binds' if decided.adopted else 'not adopted'}"
                + (
                    f" {len(state.bound)} of {len(state.parties)} Parties."
                    if decided.adopted
                    else "."
                )
            )
            if decided.decided_by:
                words.append(f"Another answer would turn it: {option_words(decided.decided_by)}.")
        told = ", ".join(f"{u.count} {pictures.BALLOTS[u.kind][0]}" for u in units)
        label = f"{name}: {told}. {need} of {total} must be present."
        return {"units": units, "need": need, "total": total, "words": words, "label": label}

    @staticmethod
    def _said(state: Treaty, values, names: Names) -> str:
        if values["said"] == "step" and state.log:
            return esc(names.say(f"Day {state.day}. {state.log[-1].step.text}"))
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
            return '<p class="c-note">No step has been taken yet.</p>'
        return steps(trace, names, "What happened, day by day", days)

    def _fact(self, played: walk.Walk, names: Names) -> str:
        if played.scenario.kind == "invented":
            return '<p class="c-note">This crisis is invented: there is nothing to compare it with.</p>'
        rows = [
            {
                "day": f.day,
                "date": day_words(f.question.on),
                "what": names.say(f"{f.question.body().title}: {f.question.proposal}"),
                "status": f.question.status,
                "result": names.say(f.question.decide().reason),
            }
            for f in played.in_fact()
        ]
        columns = {"day": "Day", "date": "Date", "what": "What was put", "status": "On record as", "result": "Result"}  # fmt: skip
        table = markup.table(
            rows, columns, "What happened in fact, by days from the same start", first=False
        )
        return table + details("What else is on record", facts(played.scenario))

    @staticmethod
    def _stated(played: walk.Walk, names: Names) -> str:
        columns = {"who": "Who", "vote": "Ballot", "known": "How it is known", "why": "Why", "also": "Could also be"}  # fmt: skip
        listed = markup.table(
            grouped(played.question, names), columns, raw=("vote", "known", "why")
        )
        return details("The stated positions that the others follow", listed)

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
        told = "; ".join(
            f"{s.name}: {_percent(s.now[0])} by blocs, {_percent(s.now[1])} alone"
            for s in self._series(values, played)
        )
        return esc(f"At {values['p']} %: {told}.")

    def _curve(self, values, played: walk.Walk, static: bool = False) -> str:
        lines, series = self._lines(values, played), self._series(values, played)
        label = f"Curves of the chance to act by p. {self._odds(values, played)}"
        picture = pictures.chances(series, values["p"] / 100, label)
        rows = [
            {
                "name": f'<span class="c-glyph" aria-hidden="true">{pictures.series_mark(i)}</span>'
                f" {esc(s.name)}",
                "members": " and ".join(str(n) for n in dict.fromkeys(len(b.members) for b in line.bodies)),
                "blocs": _percent(s.now[0]),
                "alone": _percent(s.now[1]),
            }
            for i, (line, s) in enumerate(zip(lines, series, strict=True))
        ]  # fmt: skip
        columns = {"name": "Body", "members": "Members", "blocs": "As blocs", "alone": "Each alone"}
        out = sorted({m for line in lines for m in line.excluded})
        real = Names(walk.walk("georgia-2008").scenario)
        words = (
            f"Each says yes with a chance of {values['p']} %; those who do not,"
            f" {outlook.OTHERWISE[values['otherwise']]}. Members of {day_words(played.question.on)}."
        )
        if out:
            words += f" Left out, where the rule leaves a vote out: {real.several(out, 3)}."
        return (
            f"<p>{esc(words)}</p>{figure(plate(picture) if static else picture)}"
            + f'<div class="c-series">{markup.table(rows, columns, raw=("name",))}</div>'
            + f'<p class="c-note">{esc(NOT_A_FORECAST)}</p>'
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
                row[r.trial.id] = f'<span class="{css}">{mark} {"reached" if there else "not reached"}</span>'  # fmt: skip
            rows.append(row)
        columns = {"rung": "Rung"} | {r.trial.id: r.trial.title for r in results}
        table = markup.table(rows, columns, raw=tuple(r.trial.id for r in results))
        return f"{table}{self._why(results)}"

    @staticmethod
    def _verdict(results) -> str:
        """What the clause can do and what can be done with it, in two sentences."""
        crises = [r for r in results if r.trial.kind != "innocent"]
        act = [r.trial.title for r in crises if r.highest == rungs()[-1]]
        turned = next(r for r in results if r.trial.kind == "innocent")
        first = f"It reaches collective measures in {len(act)} of {len(crises)} crises"
        first += f" ({'; '.join(act)})." if act else "."
        if turned.highest in rungs()[4:]:
            second = f"It can be turned against a State that did nothing: up to {turned.highest}."
        else:
            second = (
                "Against the State that did nothing it reaches no further than "
                f"{turned.highest or 'nothing'}."
            )
        return f"{first} {second}"

    @staticmethod
    def _why(results) -> str:
        rows = []
        for r in results:
            names = Names(walk.walk(r.trial.scenario).scenario)
            out = names.several(r.excluded, 3) if r.excluded else "none"
            rows.append(
                {
                    "case": r.trial.title,
                    "stops": names.say(r.stopped) or "nothing",
                    "out": out,
                    "how": " ".join(names.say(s.text) for s in r.finding.trace),
                }
            )
        columns = {"case": "Case", "stops": "What stops it first", "out": "Votes left out", "how": "How the attacker was named"}  # fmt: skip
        stands = "".join(
            f"<li><strong>{esc(r.trial.title)}</strong>: "
            + esc(" ".join(dict.fromkeys(_stand_words(r.trial))))
            + "</li>"
            for r in results
        )
        return markup.table(rows, columns, "Why") + details(
            "What is assumed about the Parties", f"<ul>{stands}</ul>"
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
            self.part([base.region("controls")], self._party_list(values, name, label))
            for name, label in NAMED.items()
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
        for panel, (name, label) in zip(self._who, NAMED.items(), strict=True):
            self.redress(panel, self._party_list(values, name, label))
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
        silent = markup.table(
            _option_rows(), OPTION_COLUMNS, "Where the draft is silent or blank", raw=("default",)
        )
        return "".join(
            [
                self._case(played, names),
                f"<h4>{esc(PARTS['play'])}</h4>",
                self._state_static(state, values, names),
                self._log(state, names),
                self._fact(played, names),
                self._stated(played, names),
                details("Every choice where the draft is silent or blank, with its default", silent),
                f"<h4>{esc(PARTS['chance'])}</h4>",
                self._curve(values, played, static=True),
                f"<h4>{esc(PARTS['draft'])}</h4>",
                "<p>The draft of 2009, as we can read or recall it, put to four cases. "
                f"{self._verdict_line(values)}</p>",
                self._own(values),
            ]
        )  # fmt: skip

    def _state_static(self, state: Treaty, values, names: Names) -> str:
        words = f"Day {state.day}: the usual path, with every default."
        return f'<p class="c-day">{esc(words)}</p>' + self.forming(
            state, self.first, values, names, static=True
        )

    def text(self) -> str:
        values, played = self.initial(), self.first
        names, state = Names(played.scenario), self._run()
        lines = [self.title, self.lead, "", played.scenario.summary, ""]
        lines += [names.say(str(entry)) for entry in state.log]
        lines += [names.say(" ".join(self._forming(state, played, values)["words"])), ""]
        lines.append(f"Chances at p = {values['p']} % (by blocs; each alone). {NOT_A_FORECAST}")
        for line in self._lines(values, played):
            blocs, alone = line.at(values["p"] / 100)
            lines.append(f"  {_line_name(line)}: {_percent(blocs)}; {_percent(alone)}")
        results = self.article(values).try_all()
        lines += ["", f"The draft's Article 8 on four cases. {self._verdict(results)}"]
        lines += [f"  {r.trial.title}: {r.highest or 'nothing reached'}" for r in results]
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
    label = f"{option.question} ({_STATUS[option.status]})"
    name = f"option:{option.name}"
    if option.choices:
        return base.select(name, label, {c: c for c in option.choices})
    if option.name == "supporters":
        return base.range_(name, label, 0, 20, 1, " Parties")
    return base.range_(name, label, 0, 120 if option.default > 30 else 60, 1, " day(s)")


_STATUS = {
    "silent": "draft silent",
    "blank in the draft": "blank in the draft",
    "from secondary reading": "from secondary reading",
}
OPTION_COLUMNS = {
    "question": "Question", "status": "The draft", "default": "Default", "reason": "Why", "article": "Where",
}  # fmt: skip


def _option_rows() -> list[dict]:
    return [
        {
            "question": o.question,
            "status": _STATUS[o.status],
            "default": f"{esc(o.default)}" + (flag("unverified") if o.status == "from secondary reading" else ""),
            "reason": o.reason,
            "article": o.article,
        }
        for o in options_of("EST")
    ]  # fmt: skip


def _list(codes) -> str:
    if len(codes) > 6:
        return f"{', '.join(codes[:6])} and {len(codes) - 6} more"
    return " and ".join([", ".join(codes[:-1])] * (len(codes) > 1) + [codes[-1]])


_LINE_NAMES = {
    "UNSC": "Security Council",
    "OSCE": "OSCE, consensus",
    "OSCE:minus-one": "OSCE, consensus minus one",
    "NATO": "North Atlantic Council",
    "EST:conference": "draft treaty, Conference",
    "EST:extraordinary": "draft treaty, Extraordinary Conference",
}


def _line_name(line: outlook.Line) -> str:
    words = "; ".join(_LINE_NAMES[b.name] for b in line.bodies)
    return words[0].upper() + words[1:]


def _percent(share: float) -> str:
    """A share in per cent: no more figures than it deserves, and never a false zero."""
    if 0 < share < 0.0005:
        return "under 0.1 %"
    if 0.9995 < share < 1:
        return "over 99.9 %"
    return f"{100 * share:.1f} %"


def _stand_words(trial: redraft.Trial) -> list[str]:
    names = Names(walk.walk(trial.scenario).scenario)
    told: dict[tuple, list[str]] = {}
    for party, stand in trial.stands.items():
        told.setdefault((stand.accepts, stand.above, stand.why), []).append(party)
    lines = [
        f"{names.several(who, 3)}: up to {accepts}, above that {above}. {why}"
        for (accepts, above, why), who in told.items()
    ]
    return [*lines, f"The Security Council: {trial.council_why}"]
