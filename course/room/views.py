"""What each page shows: a session and a viewer in, HTML out. No view changes anything.

The same fragment is sent whole to a browser without JavaScript and, over the live connection, to
one with it, so both see the same words. Templates escape every value; the few raw ones are made
here from numbers and templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from time import localtime, strftime

from tornado.escape import xhtml_escape
from tornado.template import Loader

from . import session as s
from .counting import count, forming
from .export import COLUMNS, tables
from .simulation import Scenario, Stage

__all__ = ["bars", "debrief", "instructor", "page", "participant", "wall"]

HERE = Path(__file__).parent
READINGS = {
    "nobody": "No finding, no exclusion",
    "accuser": "The Party that reports the attack says so",
    "majority": "More than half of the other Parties say so",
    "unanimity": "All other Parties say so",
}
ROLL = {
    "yes": "Yes",
    "no": "No",
    "abstain": "Abstained",
    "silent": "Said nothing",
    "absent": "Stayed away",
    "no seat": "No seat here",
}
DID = {
    "yes": "voted Yes",
    "no": "voted No",
    "abstain": "abstained",
    "silent": "said nothing",
    "absent": "stayed away",
}
DEFAULTS = (
    ("yes", "vote Yes"),
    ("silent", "sit there and say nothing"),
    ("abstain", "abstain"),
    ("absent", "stay away"),
    ("no", "vote No"),
)
KEPT = "The tables without names are kept by the instructor. Everything else is erased."
ERASED = "Everything that this room stored is erased."


@cache
def _loader() -> Loader:
    return Loader(str(HERE / "templates"))


def render(name: str, **values) -> str:
    """One template as text."""
    return _loader().load(f"{name}.html").generate(**values).decode()


def page(body: str, *, title: str, base: str, view: str, live="", xsrf="", error="") -> str:
    """A whole page around a fragment."""
    return render(
        "shell", body=body, title=title, base=base, view=view, live=live, xsrf=xsrf, error=error
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
    return (
        f'<table class="bars"><caption>{xhtml_escape(caption)}</caption>'
        f'<thead class="hide"><tr><th scope="col">Answer</th><th scope="col">Number</th>'
        f'<th scope="col">Share</th></tr></thead><tbody>{cells}</tbody></table>'
    )


def why(result: dict) -> str:
    """The reason of an outcome in one sentence, and whose vote was left out."""
    reason = result["reason"]
    for start in ("not adopted; ", "not adopted: ", "adopted; ", "adopted: ", "adopted."):
        reason = reason.removeprefix(start)
    words = reason[:1].upper() + reason[1:]
    if result["excluded"]:
        words = f"{words} Vote left out: {', '.join(result['excluded'])}."
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
        reason_note="kept without a name" if opinion else "exported without your seat",
        done=_done(words, ballot, round_.status, opinion) if ballot and choices else "",
        result=_result(room, stage.id) if round_.shown else "",
        desk=[n for n in room.notes if n.role == role.id],
        in_role=_in_role(room),
        ladder=_ladder(room),
        stances=[(_capital(r.name), r.stance) for r in room.seats()],
        closed=(KEPT if room.keep else ERASED) if room.closed else "",
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
        closed=(KEPT if room.keep else ERASED) if room.closed else "",
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
        notes=[(room.scenario.role(n.role).desk + ":", n.text) for n in room.notes if n.shown][-3:],
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
        minutes=f"{int(now - room.opened_at) // 60} min since the start",
        closed=(KEPT if room.keep else ERASED) if room.closed else "",
        stages=[(x, _state(room, i), x.minutes) for i, x in enumerate(room.stages)],
        stage=stage,
        place=_place(room),
        steps=len(room.stages),
        since=f"{now - room.entered_at:.0f}",
        elapsed=f"{int(now - room.entered_at) // 60} min here",
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
        defaults=DEFAULTS if case.real else DEFAULTS[1:2],
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
            (row["title"], f"{row['body_title']}: {row['reason']}")
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
    return f"The {result['others']} members that nobody plays {DID[result['default']]}."


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _away(person: s.Participant) -> str:
    return " (not connected)" if person.here else " (left)"


def _state(room: s.Session, index: int) -> str:
    here = _place(room) - 1
    return "now" if index == here else "past" if index < here else "ahead"


def _in_role(room: s.Session) -> bool:
    """Roles are put down at the stage of that name, and stay down."""
    ids = [x.id for x in room.stages]
    return "leave-role" not in ids or _place(room) <= ids.index("leave-role")


def _legend(room: s.Session, role) -> str:
    if room.stage.kind == s.OPINIONS:
        return "Your own answer"
    return f"The ballot of {role.name}"


def _done(words: dict, ballot: s.Ballot, status: str, opinion: bool) -> str:
    who = "Your answer" if opinion else "Your seat’s ballot"
    at = strftime("%H:%M", localtime(ballot.at))
    until = " You may change it until the vote is closed." if status == "open" else ""
    return f"{who} is in: {words[ballot.choice]}, at {at}.{until}"


def _decider(room: s.Session) -> str:
    """Which body decides, and whose vote is left out."""
    if room.stage.kind != "round":
        return ""
    words = dict(room.scenario.bodies)[room.round.body]
    out = ", ".join(room.scenario.role(r).name for r in room.round.excluded)
    return f"Decided by: {words}." + (f" Vote left out: {out}." if out else "")


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
        return "ahead", "not asked"
    round_ = room.rounds[stage.id]
    if round_.status == "closed" and round_.shown:
        return ("yes", "adopted") if round_.result["adopted"] else ("no", "not adopted")
    if stage.id == room.stage_id:
        return "now", "now"
    return "ahead", "voted" if round_.status == "closed" else "ahead"


def _result(room: s.Session, stage_id: str, trace: bool = True) -> str:
    stage, round_ = room.stage_of(stage_id), room.rounds[stage_id]
    tally = room.tally(stage_id)
    roll = []
    if stage.kind == "round":
        seats = round_.result["seats"]
        out = round_.result["excluded"]
        roll = [
            (_capital(name), ROLL[ballot] + (" (left out)" if name in out else ""), ballot)
            for name, ballot in seats.items()
        ]
        tally = tuple(
            (ballot, words, n)
            for ballot, words in ROLL.items()
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
        (key, words, ", ".join(names[x] for x in found[key]) or "nobody")
        for key, words in READINGS.items()
    ]
