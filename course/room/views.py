"""What each page shows: a session and a viewer in, HTML out. No view changes anything.

The same fragment is sent whole to a browser without JavaScript and, over the live connection, to
one with it, so both see the same words. Templates escape every value; the few raw ones are made
here from numbers and templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from time import localtime, strftime

from tornado.escape import xhtml_escape
from tornado.template import Loader

from course.words import catalogue, say
from course.words import count as counted

from . import session as s
from .counting import count, forming
from .export import COLUMNS, tables
from .simulation import Scenario, Stage

__all__ = ["bars", "debrief", "instructor", "page", "participant", "wall"]

HERE = Path(__file__).parent
READINGS = ("nobody", "accuser", "majority", "unanimity")
"""Ways to read the draft treaty's silence about who finds the attacker."""
ROLL = ("yes", "no", "abstain", "silent", "absent", "no seat")
"""What a seat can have done in a round."""
DEFAULTS = ("yes", "silent", "abstain", "absent", "no")
"""What the members may do that nobody plays."""
SCRIPT = ("step", "again", "tabs", "offline", "unsent", "saved", "refused", "minutes")
"""Sentences of the script in the browser."""


@cache
def _loader() -> Loader:
    return Loader(str(HERE / "templates"))


def render(name: str, **values) -> str:
    """One template as text."""
    told = {**_speech(), "mark": mark, "marked": marked, "xhtml_escape": _escape}
    return _loader().load(f"{name}.html").generate(**told, **values).decode()


@lru_cache(maxsize=4096)
def _escape(text: bytes) -> bytes:
    """What the templates escape every value with; most pages say what the page before said."""
    return xhtml_escape(text).encode()


def _speech() -> dict[str, Callable[..., str]]:
    """`say` and `count` with the catalogue looked up once: a room draws pages by the hundred."""
    held = catalogue()

    def say(key: str, **values: object) -> str:
        return held[key].format(**values)

    def count(key: str, number: int, **values: object) -> str:
        form = "one" if number == 1 else "many"
        return say(f"{key}.{form}", number=number, **values)

    return {"say": say, "count": count}


def mark(value: object, css: str = "") -> str:
    """A value that `marked` prints in bold, inside a sentence."""
    return f"\ue000{css}\ue001{value}\ue002"


def marked(sentence: str) -> str:
    """A sentence as HTML, escaped, with its marked values in bold."""
    bold = lambda found: f'<b class="{found[1]}">' if found[1] else "<b>"  # noqa: E731
    html = re.sub("\ue000([a-z]*)\ue001", bold, xhtml_escape(sentence))
    return html.replace("\ue002", "</b>")


def page(body: str, *, title: str, base: str, view: str, live="", xsrf="", error="") -> str:
    """A whole page around a fragment."""
    minutes = {"minutes": "{minutes}", "title": "{title}"}  # blanks for the browser to fill
    script = {name: say(f"room.script.{name}", **minutes) for name in SCRIPT} if live else {}
    return render(
        "shell",
        body=body,
        title=title,
        base=base,
        view=view,
        live=live,
        xsrf=xsrf,
        error=error,
        script=json.dumps(script, ensure_ascii=False),
    )


def field(xsrf: str) -> str:
    """The hidden field that proves that a form came from a page of this room."""
    return f'<input type="hidden" name="_xsrf" value="{xhtml_escape(xsrf)}">'


def bars(tally: Iterable[tuple[str, str, int]], caption: str) -> str:
    """Counts as a table with a bar in each row: words and numbers first, the picture beside."""
    rows = tuple(tally)
    total = sum(n for _, _, n in rows) or 1
    cells = "".join(
        f'<tr class="b-{xhtml_escape(choice)}"><th scope="row">{xhtml_escape(words)}</th>'
        f'<td class="n">{n}</td><td class="barcell"><svg viewBox="0 0 100 10" '
        f'preserveAspectRatio="none" aria-hidden="true"><rect width="{100 * n / total:.1f}" '
        f'height="10"/></svg></td></tr>'
        for choice, words, n in rows
    )
    heads = "".join(
        f'<th scope="col">{xhtml_escape(say(f"room.bars.{name}"))}</th>'
        for name in ("answer", "number", "share")
    )
    return (
        f'<table class="bars"><caption>{xhtml_escape(caption)}</caption>'
        f'<thead class="hide"><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>'
    )


def why(result: dict) -> str:
    """The reason of an outcome in one sentence, and whose vote was left out."""
    words = _capital(result["because"])
    if result["excluded"]:
        out = say("room.left_out", who=", ".join(result["excluded"]))
        words = f"{words} {out}"
    return words.strip()


# ------------------------------------------------------------------------------- three views


def participant(room: s.Session, person_id: str, base: str, xsrf: str) -> str:
    """What one participant sees: their own ballot, nobody else's before the result is shown."""
    person, role, stage, round_ = (
        room.participant(person_id),
        room.role_of(person_id),
        room.stage,
        room.round,
    )
    no_ballot, ballot = "", None
    try:
        ballot = round_.ballots.get(room.voter(person_id))
    except s.Refused as refused:
        no_ballot = str(refused) if stage.voted and person.here and not room.closed else ""
    choices = () if no_ballot or not stage.voted else room.choices()
    opinion = stage.kind == s.OPINIONS
    words = dict(room.choices()) if stage.voted else {}
    return render(
        "participant",
        base=base,
        field=field(xsrf),
        person=person,
        role=role,
        mates=[p.name for p in room.holders(role.id) if p.id != person_id]
        if role.kind == "party"
        else [],
        stage=stage,
        place=_place(room),
        steps=len(room.stages),
        draft=round_.draft,
        decider=_decider(room),
        status=round_.status if stage.voted else "",
        shown=round_.shown,
        choices=choices,
        ballot=ballot,
        no_ballot=no_ballot,
        legend=_legend(room, role),
        reason_note=say("room.reason.opinion" if opinion else "room.reason.seat"),
        done=_done(words, ballot, round_.status, opinion) if ballot and choices else "",
        result=_result(room, stage.id) if round_.shown else "",
        desk=[n for n in room.notes if n.role == role.id],
        in_role=_in_role(room),
        ladder=_ladder(room),
        stances=[(_capital(r.name), r.stance) for r in room.seats()],
        closed=_closed(room),
    )


def wall(room: s.Session, base: str, address: str, code: str) -> str:
    """What the whole room sees: never who voted what before the result is shown."""
    stage, round_ = room.stage, room.round
    shown = round_.shown and room.publishable(stage.id)
    return render(
        "wall",
        base=base,
        title=room.scenario.title,
        address=address,
        code=code,
        closed=_closed(room),
        stage=stage,
        first=stage.id == room.stages[0].id,
        people=_people(room),
        ethics=room.scenario.ethics,
        draft=round_.draft,
        decider=_decider(room),
        status=round_.status if stage.voted else "",
        shown=shown,
        cast=len(round_.ballots),
        expected=max(len(room.expected()), len(round_.ballots)),
        forming=forming(room, round_.body)
        if stage.kind == "round" and round_.status == "open"
        else None,
        result=_result(room, stage.id, trace=False) if shown else "",
        questions=room.scenario.debrief,
        notes=[
            (say("room.wall.desk", desk=room.scenario.role(n.role).desk), n.text)
            for n in room.notes
            if n.shown
        ][-3:],
        ladder=_ladder(room),
    )


def instructor(
    room: s.Session,
    base: str,
    xsrf: str,
    code: str,
    online: frozenset[str],
    now: float,
    suggestions: tuple = (),
) -> str:
    """What the instructor sees: seats as they vote, opinions only when enough people answered."""
    stage, round_, case = room.stage, room.round, room.scenario
    opinion = stage.kind == s.OPINIONS
    open_round = stage.kind == "round" and round_.status == "open"
    following = room.stages[_place(room) :]
    roles = {r.id: r.name for r in case.roles}
    return render(
        "instructor",
        base=base,
        field=field(xsrf),
        title=case.title,
        code=code,
        people=_people(room),
        online=sum(p.here and p.id in online for p in room.participants.values()),
        minutes=say("room.desk.minutes", minutes=int(now - room.opened_at) // 60),
        closed=_closed(room),
        stages=[(x, _state(room, i), x.minutes) for i, x in enumerate(room.stages)],
        stage=stage,
        place=_place(room),
        steps=len(room.stages),
        since=f"{now - room.entered_at:.0f}",
        elapsed=say("room.script.minutes", minutes=int(now - room.entered_at) // 60, title=""),
        next_title=following[0].title if following else "",
        status=round_.status if stage.voted else "",
        shown=round_.shown,
        draft=round_.draft,
        round=round_,
        group=s.MIN_GROUP,
        cast=len(round_.ballots),
        expected=max(len(room.expected()), len(round_.ballots)),
        forming=forming(room, round_.body) if open_round else None,
        if_closed=count(room, round_.body) if open_round else None,
        tally=room.tally() if open_round else (),
        bars=bars,
        why=why,
        waiting=[]
        if opinion or round_.status != "open"
        else [case.role(v).name for v in room.expected() if v not in round_.ballots],
        result=_result(room, stage.id) if room.publishable(stage.id) else "",
        questions=case.debrief,
        settings=stage.kind == "round",
        bodies=case.bodies,
        defaults=[
            (name, say(f"room.default.{name}"))
            for name in (DEFAULTS if case.real else DEFAULTS[1:2])
        ],
        parties=[r for r in case.roles if r.kind == "party"] if case.real else room.parties(),
        readings=_readings(room, attacker_stage(room)),
        notes=[(n, case.role(n.role).desk) for n in reversed(room.notes)],
        suggestions=suggestions,
        everybody=[
            (p, roles[p.role], "" if p.id in online else _away(p))
            for p in room.participants.values()
        ],
        roles=case.roles,
        tables=COLUMNS,
    )


def debrief(
    events: Iterable[s.Event],
    case: Scenario,
    base: str = "",
    css: str = "",
    cites: Iterable[str] = (),
) -> str:
    """The page for the talk afterwards, made from the same tables as the export."""
    events = tuple(events)
    room = s.replay(case, events)
    found = tables(events, case)
    decisions = []
    for stage in room.stages:
        round_ = room.rounds.get(stage.id)
        if round_ and round_.status == "closed" and room.publishable(stage.id):
            mine = [r for r in found["reasons"] if r["stage"] == stage.id]
            reasons = [(r["answer"], r["reason"]) for r in mine]
            decisions.append((stage, round_, _result(room, stage.id), reasons))
    return render(
        "debrief",
        case=case,
        base=base,
        css=css,
        decisions=decisions,
        stops=[
            (row["title"], say("room.outcome", body=row["body_title"], reason=row["reason"]))
            for row in found["outcomes"]
            if row["chosen"] and not row["adopted"]
        ],
        log=found["log"],
        cites=tuple(cites),
    )


# -------------------------------------------------------------------------------- small parts


def _place(room: s.Session) -> int:
    return [x.id for x in room.stages].index(room.stage_id) + 1


def _people(room: s.Session) -> int:
    return sum(p.here for p in room.participants.values())


def _others(result: dict) -> str:
    """What the members did that nobody plays, where there are any."""
    if not result.get("others"):
        return ""
    return counted(f"room.others.{result['default']}", result["others"])


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _closed(room: s.Session) -> str:
    """What became of what was stored, once the workshop is over."""
    if not room.closed:
        return ""
    return say("room.kept" if room.keep else "room.erased")


def _did(ballot: str, left_out: bool = False) -> str:
    """What a seat did, in words."""
    words = say(f"room.did.{ballot}")
    return say("room.did.left_out", did=words) if left_out else words


def _away(person: s.Participant) -> str:
    return "away" if person.here else "left"


def _state(room: s.Session, index: int) -> str:
    here = _place(room) - 1
    return "now" if index == here else "past" if index < here else "ahead"


def _in_role(room: s.Session) -> bool:
    """Roles are put down at the stage of that name, and stay down."""
    ids = [x.id for x in room.stages]
    return "leave-role" not in ids or _place(room) <= ids.index("leave-role")


def _legend(room: s.Session, role) -> str:
    if room.stage.kind == s.OPINIONS:
        return say("room.legend.opinion")
    return say("room.legend", role=role.name)


def _done(words: dict, ballot: s.Ballot, status: str, opinion: bool) -> str:
    at = strftime("%H:%M", localtime(ballot.at))
    key = "room.done.opinion" if opinion else "room.done"
    done = say(key, answer=words[ballot.choice], at=at)
    return f"{done} {say('room.done.change')}" if status == "open" else done


def _decider(room: s.Session) -> str:
    """Which body decides, and whose vote is left out."""
    if room.stage.kind != "round":
        return ""
    words = dict(room.scenario.bodies)[room.round.body]
    out = ", ".join(room.scenario.role(r).name for r in room.round.excluded)
    decider = say("room.decider", body=words)
    return f"{decider} {say('room.left_out', who=out)}" if out else decider


def _ladder(room: s.Session) -> str:
    """The six rungs and what became of each, for a case that climbs them."""
    rungs = {x.rung: x for x in room.stages if x.rung}
    if not rungs:
        return ""
    steps = []
    for number, name in enumerate(room.scenario.ladder, 1):
        state, words = _rung(room, rungs.get(number))
        steps.append((name, state, words))
    return render("ladder", ladder=steps)


def _rung(room: s.Session, stage: Stage | None) -> tuple[str, str]:
    if stage is None:
        return "ahead", say("room.rung.not_asked")
    round_ = room.rounds[stage.id]
    if round_.status == "closed" and round_.shown:
        if round_.result["adopted"]:
            return "yes", say("room.rung.adopted")
        return "no", say("room.rung.not_adopted")
    if stage.id == room.stage_id:
        return "now", say("room.rung.now")
    return "ahead", say("room.rung.voted" if round_.status == "closed" else "room.rung.ahead")


def _result(room: s.Session, stage_id: str, trace: bool = True) -> str:
    stage, round_ = room.stage_of(stage_id), room.rounds[stage_id]
    tally = room.tally(stage_id)
    roll = []
    if stage.kind == "round":
        seats = round_.result["seats"]
        out = round_.result["excluded"]
        roll = [
            (_capital(name), _did(ballot, name in out), ballot) for name, ballot in seats.items()
        ]
        tally = tuple(
            (ballot, _did(ballot), n)
            for ballot in ROLL
            if (n := list(seats.values()).count(ballot)) or ballot in ("yes", "no", "abstain")
        )
    elif stage.kind == "mediation":
        words = dict(room.choices(stage_id))
        roll = [
            (room.scenario.role(voter).name, words[b.choice], b.choice)
            for voter, b in round_.ballots.items()
        ]
    return render(
        "result",
        stage=stage,
        round=round_,
        tally=tally,
        bars=bars,
        why=why,
        roll=sorted(roll),
        trace=trace,
        others=_others(round_.result),
        turned=", ".join(t.replace("_", " ") for t in round_.result.get("turned", ())),
        readings=_readings(room, stage_id) if stage.kind == "attacker" else (),
    )


def attacker_stage(room: s.Session) -> str:
    """The id of the step that asks who the attacker is, or an empty text."""
    return next((x.id for x in room.stages if x.kind == "attacker"), "")


def _readings(room: s.Session, stage_id: str) -> list[tuple[str, str, str]]:
    round_ = room.rounds.get(stage_id)
    if not round_ or round_.status != "closed":
        return []
    found = round_.result["exclusions"]
    names = {r.id: r.name for r in room.scenario.roles}
    return [
        (
            key,
            say(f"room.reading.{key}"),
            ", ".join(names[x] for x in found[key]) or say("room.reading.none"),
        )
        for key in READINGS
    ]
