"""What leaves a session: tables without persons, as rows, CSV files and DataFrames.

Ballots of the simulation stand beside their seat, for a seat is a role. Opinions and reasons stand
beside nobody: polls leave as counts, and only when enough people answered; reasons leave sorted by
their words, so that their order tells nothing either.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from course.words import count, say

from . import session as s
from .simulation import Scenario, scenario

__all__ = ["COLUMNS", "csv_text", "tables", "zip_bytes"]

COLUMNS = {
    "outcomes": (
        "stage",
        "title",
        "rung",
        "draft",
        "body",
        "body_title",
        "chosen",
        "adopted",
        "reason",
        "present",
        "quorum",
        "members",
        "blockers",
        "excluded",
    ),
    "ballots": ("stage", "title", "seat", "ballot"),
    "reasons": ("stage", "title", "answer", "reason"),
    "polls": ("stage", "question", "answer", "count"),
    "notes": ("minute", "desk", "text", "on_wall"),
    "log": ("minute", "stage", "what"),
}
"""Table name to its columns."""


def tables(
    events: Iterable[s.Event], case: Scenario | None = None
) -> dict[str, list[dict[str, object]]]:
    """The tables of a session.

    Parameters
    ----------
    events : iterable of Event
        From the first one on.
    case : Scenario, optional
        The case that was played; read from the data if left out.

    Returns
    -------
    dict of str to list of dict
        ``outcomes`` (one row a decision and a row for each rule it was counted under beside),
        ``ballots`` (seat by seat), ``reasons``, ``polls`` (counts), ``notes`` (texts of mediator,
        Depositary and press) and ``log`` (what happened, in minutes from the start). No row
        names a person.
    """
    events = tuple(events)
    if not events:
        return {name: [] for name in COLUMNS}
    case = case or scenario(events[0].scenario)
    end = s.replay(case, events)
    return {
        "outcomes": _outcomes(end),
        "ballots": _ballots(end),
        "reasons": _reasons(end),
        "polls": _polls(end),
        "notes": _notes(end, events),
        "log": _log(case, events),
    }


def csv_text(name: str, rows: Iterable[dict]) -> str:
    """One table as CSV; a cell that a spreadsheet would read as a formula is made plain text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS[name], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: _plain(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def zip_bytes(found: dict[str, list[dict]], debrief: str = "") -> bytes:
    """All tables as CSV files in one zip, with the debrief page if it is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, rows in found.items():
            file.writestr(f"{name}.csv", "\ufeff" + csv_text(name, rows))
        if debrief:
            file.writestr("debrief.html", debrief)
    return out.getvalue()


def _plain(value: object) -> object:
    text = value if isinstance(value, str) else None
    return f"'{text}" if text and text[0] in "=+-@\t\r" else value


def _closed(end: s.Session) -> Iterable[tuple[s.Stage, s.Round]]:
    for stage in end.stages:
        round_ = end.rounds.get(stage.id)
        if round_ and round_.status == "closed":
            yield stage, round_


def _outcomes(end: s.Session) -> list[dict]:
    rows = []
    for stage, round_ in _closed(end):
        if stage.kind == "mediation":
            rows.append(_mediated(stage, round_))
        elif stage.kind == "round":
            for place, result in enumerate((round_.result, *round_.contrast)):
                rows.append(_outcome(stage, round_, result, chosen=not place))
    return rows


def _outcome(stage: s.Stage, round_: s.Round, result: dict, chosen: bool) -> dict:
    return {
        "stage": stage.id,
        "title": stage.title,
        "rung": stage.rung,
        "draft": round_.draft,
        "body": result["body"],
        "body_title": result["title"],
        "chosen": chosen,
        "adopted": result["adopted"],
        "reason": result["reason"],
        "present": result["present"],
        "quorum": result["quorum"],
        "members": result["members"],
        "blockers": "; ".join(result["blockers"]),
        "excluded": "; ".join(result["excluded"]),
    }


def _mediated(stage: s.Stage, round_: s.Round) -> dict:
    accepted = round_.result["adopted"]
    return {
        "stage": stage.id,
        "title": stage.title,
        "rung": 0,
        "draft": round_.draft,
        "body": "mediation",
        "body_title": say("room.mediation.body"),
        "chosen": True,
        "adopted": accepted,
        "reason": say("room.mediation.accepted" if accepted else "room.mediation.not"),
        "present": len(round_.ballots),
        "quorum": None,
        "members": len(stage.voters),
        "blockers": "",
        "excluded": "",
    }


def _ballots(end: s.Session) -> list[dict]:
    """What each seat did: in a round also those that said nothing or stayed away."""
    rows = []
    for stage, round_ in _closed(end):
        if stage.kind == "round":
            cast = sorted(round_.result["seats"].items())
        elif stage.kind != s.OPINIONS:
            words = dict(end.choices(stage.id))
            ballots = round_.ballots.items()
            cast = sorted((end.scenario.role(v).name, words[b.choice]) for v, b in ballots)
        else:
            continue
        for seat, ballot in cast:
            rows.append({"stage": stage.id, "title": stage.title, "seat": seat, "ballot": ballot})
    return rows


def _reasons(end: s.Session) -> list[dict]:
    rows = [
        {
            "stage": stage.id,
            "title": stage.title,
            "answer": dict(end.choices(stage.id))[ballot.choice],
            "reason": ballot.reason,
        }
        for stage, round_ in _closed(end)
        if end.publishable(stage.id)
        for ballot in round_.ballots.values()
        if ballot.reason
    ]
    place = {stage.id: i for i, stage in enumerate(end.stages)}
    return sorted(rows, key=lambda r: (place[r["stage"]], r["answer"], r["reason"]))


def _polls(end: s.Session) -> list[dict]:
    return [
        {"stage": stage.id, "question": stage.question, "answer": words, "count": n}
        for stage, _ in _closed(end)
        if stage.kind == s.OPINIONS and end.publishable(stage.id)
        for _, words, n in end.tally(stage.id)
    ]


def _notes(end: s.Session, events: tuple[s.Event, ...]) -> list[dict]:
    filed = {e.note: e.at for e in events if isinstance(e, s.NoteFiled)}
    return [
        {
            "minute": _minute(end, filed[note.id]),
            "desk": end.scenario.role(note.role).name,
            "text": note.text,
            "on_wall": note.shown,
        }
        for note in end.notes
    ]


def _log(case: Scenario, events: tuple[s.Event, ...]) -> list[dict]:
    rows, now = [], s.replay(case, ())
    for event in events:
        before, now = now, now.after(event)
        what = _sentence(before, now, event)
        if what:
            row = {"minute": _minute(now, event.at), "stage": now.stage_id, "what": what}
            rows.append(row)
    return rows


def _sentence(before: s.Session, now: s.Session, event: s.Event) -> str:
    match event:
        case s.SessionOpened():
            return say("room.log.opened", title=now.scenario.title)
        case s.StageEntered():
            return say("room.log.entered", title=now.stage.title)
        case s.RoundOpened():
            here = sum(p.here for p in now.participants.values())
            return count("room.log.voting", here)
        case s.DraftAmended():
            return say("room.log.draft", text=event.text)
        case s.RoundSet():
            title = dict(now.scenario.bodies)[event.body]
            out = ", ".join(now.scenario.role(r).name for r in event.excluded)
            if not out:
                return say("room.log.rule.nobody", title=title)
            return say("room.log.rule", title=title, who=out)
        case s.RoundClosed():
            return _closing(now, event)
        case s.NoteShown(shown=True):
            note = next(n for n in now.notes if n.id == event.note)
            desk = now.scenario.role(note.role).desk
            return say("room.log.note", desk=desk, text=note.text)
        case s.SessionClosed():
            return say("room.log.ended")
    return ""


def _closing(now: s.Session, event: s.RoundClosed) -> str:
    stage = now.stage_of(event.stage)
    if stage.kind == "round":
        result = event.result
        return say("room.outcome", body=result["title"], reason=result["reason"])
    if stage.kind == "mediation":
        return say("room.log.accepted" if event.result["adopted"] else "room.log.not_accepted")
    if stage.kind == s.OPINIONS and not now.publishable(stage.id):
        return say("room.log.few", least=s.MIN_GROUP)
    counts = ", ".join(
        say("room.log.count", answer=words, number=n) for _, words, n in event.result["counts"]
    )
    return say("room.log.closed", counts=counts)


def _minute(now: s.Session, at: float) -> int:
    return max(0, int((at - now.opened_at) // 60))
