"""What is handed out to participants: learner sheets, role cards, ballots, glossary, timeline.

Nothing here reads a solution: a sheet is made from `shown`, which keeps of an exercise only what a
learner sees before answering.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from course import article, data, evidence
from course.exercises.model import Exercise
from course.exercises.prose import inline, paragraphs
from course.publish.instructor.markup import document, esc, lines, markdown, rows
from course.publish.instructor.material import Lesson, Part, Section
from course.widgets.claim_desk import VERDICTS

__all__ = [
    "ballots",
    "case",
    "cases",
    "counting",
    "exercise",
    "glossary",
    "role_cards",
    "sheet",
    "shown",
    "timeline",
]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CARE = "You may hand this card back at any time. No reason is asked."


# --- learner sheets -----------------------------------------------------------------------------


def shown(entry: Exercise) -> Exercise:
    """The exercise as a learner meets it: all that solves, hints, explains or marks is gone.

    Lines that have to be put in order come in alphabetical order.
    """
    options = tuple(replace(o, right=False, feedback="", reasons=()) for o in entry.options)
    items = tuple(replace(i, answers=(), feedback="", wrong={}, note="") for i in entry.items)
    if entry.kind == "order":
        items = tuple(sorted(items, key=lambda item: item.text.casefold()))
    kept = ("unit", "lowest", "highest", "min_words", "max_words", "claim_text")
    return replace(
        entry,
        options=options,
        items=items,
        sides=tuple(replace(side, model="") for side in entry.sides),
        rubric=(),
        mistakes=(),
        hints=(),
        solution="",
        explanation="",
        settings={key: entry.settings[key] for key in kept if key in entry.settings},
    )


def exercise(entry: Exercise) -> str:
    """One exercise on paper, with room for the answer."""
    entry = shown(entry)
    return (
        f'<section class="task"><p class="kicker">{_label(entry)} · {_minutes(entry.minutes)}</p>'
        f"<h3>{inline(entry.title)}</h3>{paragraphs(entry.prompt)}{_ANSWER[entry.kind](entry)}"
        "</section>"
    )


def _label(entry: Exercise) -> str:
    return {"predict": "Predict", "contested": "Where do you stand?"}.get(entry.kind, "Your turn")


def _minutes(value: float) -> str:
    return f"{value:g} min"


def _boxes(texts: Iterable[str], mark: str = "box") -> str:
    items = "".join(f'<li><span class="{mark}"></span><span>{t}</span></li>' for t in texts)
    return f'<ul class="boxes">{items}</ul>'


def _one(entry: Exercise) -> str:
    return _boxes((inline(o.text) for o in entry.options), "ring")


def _several(entry: Exercise) -> str:
    return _boxes(inline(o.text) for o in entry.options)


def _matching(entry: Exercise) -> str:
    keys = {c.id: LETTERS[n] for n, c in enumerate(entry.choices)}
    choices = "".join(
        f"<li><b>{keys[c.id]}</b> {inline(c.text)}</li>" for c in entry.choices if c.text
    )
    items = "".join(
        f'<li><span class="blank"></span><span>{inline(i.text)}</span></li>' for i in entry.items
    )
    return (
        f'{_cards(entry)}<ul class="keys">{choices}</ul>'
        f'<p class="how">Write one letter in front of each line.</p><ul class="boxes">{items}</ul>'
    )


def _cards(entry: Exercise) -> str:
    if not entry.cards:
        return ""
    cards = "".join(
        f'<div class="source"><h4>{inline(c.title)}</h4><p class="how">{inline(c.who)}; '
        f"{inline(c.when)}; for {inline(c.audience)}</p>{paragraphs(c.text)}</div>"
        for c in entry.cards
    )
    return f'<div class="three">{cards}</div>'


def _scaled(entry: Exercise) -> str:
    head = ("", *(inline(c.text) for c in entry.choices))
    ring = '<span class="ring"></span>'
    body = [(inline(i.text), *(ring for _ in entry.choices)) for i in entry.items]
    return f'<div class="scale">{rows(head, body)}</div>'


def _ordered(entry: Exercise) -> str:
    items = "".join(
        f'<li><span class="blank"></span><span>{inline(i.text)}</span></li>' for i in entry.items
    )
    return f'<p class="how">Number the lines, 1 for the first.</p><ul class="boxes">{items}</ul>'


def _estimated(entry: Exercise) -> str:
    unit = esc(entry.settings.get("unit") or "")
    return (
        '<p class="fill">I am 90 % sure that it lies between <span class="gap"></span> and '
        f'<span class="gap"></span> {unit}.</p>'
    )


def _written(entry: Exercise) -> str:
    given = entry.settings
    claim = (
        f"<blockquote>{inline(given['claim_text'])}</blockquote>" if "claim_text" in given else ""
    )
    sides = _boxes((inline(s.text) for s in entry.sides), "ring")
    most = int(given.get("max_words") or 80)
    least = int(given.get("min_words") or 0)
    said = "words" in entry.prompt  # the prompt's own limits are narrower than the check's
    words = "" if said else f'<p class="how">{least} to {most} words.</p>'
    return f"{claim}{sides if entry.sides else ''}{words}{lines(min(16, 2 + most // 11))}"


def _reasoned(entry: Exercise) -> str:
    return f"{_one(entry)}<p class='how'>Because</p>{lines(4)}"


def _predicted(entry: Exercise) -> str:
    if entry.options:
        return _one(entry)
    if entry.settings.get("lowest") is None:
        return lines(3)
    unit = esc(entry.settings.get("unit") or "")
    return f'<p class="fill">My guess: <span class="gap"></span> {unit}</p>'


def _coded(entry: Exercise) -> str:
    stub = f"<pre>{esc(entry.stub)}</pre>" if entry.stub else ""
    return (
        f"{stub}<p class='how'>In the notebook. On paper: say in words which rows you would keep, "
        f"what you would count, and what you expect.</p>{lines(4)}"
    )


_ANSWER = {
    "single": _one,
    "multiple": _several,
    "match": _matching,
    "annotate": _matching,
    "triad": _matching,
    "scale": _scaled,
    "order": _ordered,
    "estimate": _estimated,
    "written": _written,
    "repair": _written,
    "best_case": _written,
    "contested": _reasoned,
    "predict": _predicted,
    "code": _coded,
}


def sheet(lesson: Lesson) -> str:
    """The learner's sheet of one notebook: what to read, judge and answer, and no answer."""
    head = (
        f'<header><p class="kicker">Learner sheet · notebook {lesson.file[:2]}</p>'
        f"<h1>{esc(lesson.title)}</h1><p class='lead'>{esc(lesson.entry['question'])}</p>"
        "<p class='name'>Name or pseudonym <span class='gap long'></span></p>"
        "<p class='how'>Numbers in square brackets are paragraphs of the article; the summaries "
        "are the course’s. Nothing on this sheet is marked by others.</p></header>"
    )
    body = "".join(_part(lesson, part) for part in lesson.parts)
    return document(
        f"{lesson.title}: learner sheet", head + body, kind="sheet", running=lesson.title
    )


def _part(lesson: Lesson, part: Part) -> str:
    inside = "".join(_section(s) for s in part.sections)
    if not inside:
        return ""
    title = "" if part.title == "Opening" else f"<h2>{inline(part.title)}</h2>"
    return title + inside


def _section(section: Section) -> str:
    made, seen = [], set()
    strongest = section.title.casefold().startswith("the case at its strongest")
    for cell in section.cells:
        if cell.kind == "markdown" and "content note" in cell.text.casefold():
            made.append(f'<div class="care">{markdown(cell.text)}</div>')
        elif cell.kind == "markdown" and strongest:
            made.append(_steps(cell.text))
        for verb, values in cell.calls():
            if verb == "passage":
                made.append(_passages(values))
            elif verb == "claim_desk":
                made.append(_claims(values))
        for key in cell.exercises:
            if key not in seen:
                seen.add(key)
                made.append(exercise(_entry(key)))
    return "".join(made)


def _entry(key: str) -> Exercise:
    from course import exercises

    return exercises.exercise(key)


def _steps(text: str) -> str:
    steps = re.findall(r"^\d+\.\s+(.+(?:\n(?!\d+\.|\n|#).+)*)", text, re.M)
    items = "".join(f"<li>{_plain(step)}</li>" for step in steps)
    return f'<section class="steps"><h3>The case at its strongest</h3><ol>{items}</ol></section>'


def _plain(text: str) -> str:
    return re.sub(r"^<p>|</p>$", "", markdown(" ".join(text.split())))


def _passages(numbers: Iterable[str]) -> str:
    found = (article.paragraph(int(n)) for n in numbers)
    return "".join(f'<p class="passage"><b>[{p.paragraph}]</b> {esc(p.summary)}</p>' for p in found)


def _claims(ids: Iterable[str]) -> str:
    ticks = "".join(f'<span><i class="ring"></i>{esc(v)}</span>' for v in VERDICTS)
    return "".join(
        '<section class="task claim"><p class="kicker">Judge this claim</p>'
        f"<blockquote>{esc(claim.text)} <span class='ref'>[{claim.paragraph}]</span></blockquote>"
        f"<p class='verdicts'>{ticks}</p><p class='fill'>Sure: <span class='gap'></span> %. "
        "Because <span class='gap wide'></span></p></section>"
        for claim in map(evidence.claim, ids)
    )


# --- the simulation on paper --------------------------------------------------------------------


def cases() -> tuple[str, ...]:
    """The simulations that can be played, the invented one first."""
    folder = data.root() / "simulation"
    names = sorted(path.stem for path in folder.glob("*.toml") if path.stem != "common")
    return tuple(
        sorted(names, key=lambda name: bool(data.document(f"simulation/{name}").get("on")))
    )


def case(name: str) -> dict[str, Any]:
    """One simulation with what all share: its own roles and steps, then the common ones."""
    own, common = data.document(f"simulation/{name}"), data.document("simulation/common")
    return {
        **own,
        "id": name,
        "roles": (*own["roles"], *common["roles"]),
        "stages": (*own["stages"], *common["closing"]),
        **{key: common[key] for key in ("ladder", "ethics", "debrief", "scales")},
    }


def role_cards(name: str) -> str:
    """All role cards of a simulation, four to a page, with the plan of dealing for 8 to 30."""
    played = case(name)
    cards = "".join(_card(played, role) for role in played["roles"])
    head = (
        f'<header><p class="kicker">Role cards</p><h1>{esc(played["title"])}</h1>'
        f"<p class='lead'>{esc(played['summary'])}</p></header>"
        f"<h2>Before anybody takes a card</h2><ul class='plain'>"
        + "".join(f"<li>{esc(line)}</li>" for line in played["ethics"])
        + "</ul><h2>How many people, which cards</h2>"
        "<p>Deal the cards in this order and stop at the number of people in the room. A role that "
        "comes a second time is a pair: two people share one seat and one ballot. More people than "
        "this are observers.</p>" + _dealing(played)
    )
    return document(
        f"{played['title']}: role cards",
        f"{head}<div class='cards'>{cards}</div>",
        kind="roles",
        running=played["title"],
    )


def _dealing(played: Mapping[str, Any]) -> str:
    names = {role["id"]: _capital(role["name"]) for role in played["roles"]}
    seen: set[str] = set()
    items = []
    for role in played["deal"]:
        pair = " (pair)" if role in seen and role != "observer" else ""
        seen.add(role)
        items.append(f"<li>{esc(names[role])}{pair}</li>")
    return f'<ol class="deal">{"".join(items)}</ol>'


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


_SEAT = {
    "party": "has a ballot",
    "depositary": "no ballot; keeps the papers",
    "mediator": "no ballot; sits in no body",
    "press": "no ballot; reports",
    "observer": "no ballot; watches",
}


def _card(played: Mapping[str, Any], role: Mapping[str, Any]) -> str:
    def listed(key: str) -> str:
        return "".join(f"<li>{esc(line)}</li>" for line in role.get(key, ()))

    limits = f"<h4>What you will not accept</h4><ul>{listed('red_lines')}</ul>"
    limits = limits if role.get("red_lines") else ""
    return (
        f'<article class="card"><p class="kicker">{esc(played["title"])} · {_SEAT[role["kind"]]}'
        f"</p><h3>{esc(_capital(role['name']))}</h3><p class='stance'>“{esc(role['stance'])}”</p>"
        f"<h4>For you alone: what you want</h4><ul>{listed('interests')}</ul>{limits}"
        f"<p class='foot'>{CARE}</p></article>"
    )


def ballots(name: str) -> str:
    """Ballot papers for every vote of a simulation, and a sheet to count them on."""
    played = case(name)
    pages = "".join(
        f'<section class="ballots">{_slip(played, stage) * _slips(stage)}</section>'
        for stage in played["stages"]
        if stage["kind"] in ("round", "attacker", "mediation", "poll")
    )
    head = (
        f'<header><p class="kicker">Ballot papers</p><h1>{esc(played["title"])}</h1>'
        "<p>Print one page for every six seats and cut along the lines. A seat that hands in no "
        "paper but sits in the room says nothing; a seat that leaves the room is absent, and does "
        "not count for the quorum. Opinions are asked on papers without a name; count them only "
        "when at least five people answered.</p></header>"
    )
    return document(
        f"{played['title']}: ballots",
        head + _tally(played) + pages,
        kind="votes",
        running=f"{played['title']}: ballots",
    )


def _slips(stage: Mapping[str, Any]) -> int:
    return 2 if stage["kind"] == "mediation" else 6


def _slip(played: Mapping[str, Any], stage: Mapping[str, Any]) -> str:
    kind = stage["kind"]
    secret = kind == "poll"
    asked = stage.get("draft") or stage.get("question", "")
    if kind == "round":
        words = ["Yes", "No", "Abstain"]
    elif kind == "mediation":
        words = ["We accept", "We do not accept"]
    elif stage.get("scale"):
        words = [line["label"] for line in played["scales"][stage["scale"]]]
    else:
        words = [line["label"] for line in stage["choices"]]
    boxes = "".join(f'<span><i class="ring"></i>{esc(word)}</span>' for word in words)
    who = "No name on this paper" if secret else "Seat <span class='gap'></span>"
    why = "" if secret else "<p class='fill'>Because <span class='gap wide'></span></p>"
    return (
        f'<article class="slip"><p class="kicker">{esc(stage["title"])}</p><p class="draft">'
        f"{esc(asked)}</p><p class='verdicts{' column' if len(words) > 3 else ''}'>{boxes}</p>"
        f"{why}<p class='seat'>{who}</p></article>"
    )


def _tally(played: Mapping[str, Any]) -> str:
    rounds = [s for s in played["stages"] if s["kind"] in ("round", "attacker")]
    parties = [r for r in played["roles"] if r["kind"] == "party"]
    head = ("Seat", *(esc(s["title"].rstrip("?")) for s in rounds))
    body = [(esc(_seat(r)), *("" for _ in rounds)) for r in parties]
    return (
        "<h2>Count here</h2><p class='how'>Y yes, N no, A abstain, S says nothing, – absent.</p>"
        f"<div class='tally'>{rows(head, body)}</div>"
        "<h2>And let the notebook decide</h2><p>One notebook counts the paper by the same rules as "
        "the room. Name the seats that did not say yes; the answer gives the quorum, who stopped "
        f"the decision, and the articles applied.</p><pre>{esc(counting(played))}</pre>"
    )


def _seat(role: Mapping[str, Any]) -> str:
    """A seat's name with the code that the notebook counts it by, where they differ."""
    code = _code(role)
    return _capital(role["name"]) + (f" ({code})" if code.isupper() else "")


def counting(played: Mapping[str, Any]) -> str:
    """The lines of Python that count a paper vote of this simulation."""
    codes = [_code(role) for role in played["roles"] if role["kind"] == "party"]
    if not played.get("on"):
        names = ", ".join(f'"{code}"' for code in codes)
        listed = textwrap.fill(names, 80, initial_indent="    ", subsequent_indent="    ")
        seats = f"seats = [  # leave out the seats that nobody took\n{listed},\n]"
        made = 'institutions.body("EST:conference", members=seats)'
        start = "from course import institutions\n\n"
    else:
        extra = [c for c in codes if c not in data.members("OSCE", on=played["on"])]
        more = f" + {extra}" if extra else ""
        seats = f'seats = data.members("OSCE", on="{played["on"]}"){more}'
        made = f'institutions.body("EST:conference", on="{played["on"]}", parties=seats)'
        start = "from course import data, institutions\n\n"
    cast = f'{{"{codes[1]}": "no", "{codes[-1]}": "abstain"}}'
    return (
        f'{start}{seats}\nroom = {made}\nprint(room.decide({cast}, default="yes").text())\n\n'
        "# under Article 8, with the vote of one Party left out:\n"
        f"room = {made.replace('conference', 'extraordinary')}\n"
        f'print(room.decide({{}}, default="yes", excluded=["{codes[1]}"]).text())'
    ).replace("'", '"')


def _code(role: Mapping[str, Any]) -> str:
    return role.get("code", role["name"].removeprefix("the "))


# --- glossary and timeline ----------------------------------------------------------------------


def glossary() -> str:
    """Every term of the course with its meaning."""
    terms = sorted(evidence.glossary(), key=lambda term: term.term.casefold())
    items = "".join(
        f"<div><dt>{esc(t.term)}</dt><dd>{esc(t.definition)}{_places(t.paragraphs)}</dd></div>"
        for t in terms
    )
    body = (
        '<header><p class="kicker">Hand-out</p><h1>Glossary</h1><p class="lead">'
        f"{len(terms)} terms as this course uses them. Numbers in square brackets are paragraphs of "
        f"the article.</p></header><dl class='terms'>{items}</dl>"
    )
    return document("Glossary", body, kind="glossary", running="Glossary")


def _places(paragraphs_: Iterable[int]) -> str:
    places = ", ".join(f"[{p}]" for p in paragraphs_)
    return f' <span class="ref">{places}</span>' if places else ""


_MARKS = {
    "diplomatic": "●",
    "institutional": "■",
    "legal": "◆",
    "military": "▲",
    "humanitarian": "✚",
}


def timeline() -> str:
    """Every event of the course, year by year; what is not verified says so."""
    events = sorted(data.rows("events"), key=lambda row: (row["date"], row["id"]))
    years: dict[int, list[str]] = {}
    for row in events:
        years.setdefault(row["date"].year, []).append(_event(row))
    body = "".join(
        f'<section class="year"><h2>{year}</h2><ul>{"".join(items)}</ul></section>'
        for year, items in years.items()
    )
    key = " ".join(f"<span>{mark} {esc(kind)}</span>" for kind, mark in _MARKS.items())
    head = (
        '<header><p class="kicker">Hand-out</p><h1>Timeline</h1><p class="lead">'
        f"{len(events)} events from {min(years)} to {max(years)}.</p><p class='legend'>{key}</p>"
        "<p class='how'>Sources stand in the notebooks’ timelines. The article came out in "
        "spring 2010: what stands after that its author could not know.</p></header>"
    )
    return document("Timeline", f"{head}<div class='years'>{body}</div>", kind="timeline",
                    running="Timeline")  # fmt: skip


def _event(row: Mapping[str, Any]) -> str:
    flags = {"unverified": " (unverified)", "sources_differ": " (sources differ)"}
    flag = flags.get(row["verification"], "")
    mark = _MARKS.get(row["kind"], "·")
    return (
        f'<li><span class="mark" aria-hidden="true">{mark}</span><time>{_day(row)}</time>'
        f"<span>{esc(row['title'])}{flag}</span></li>"
    )


def _day(row: Mapping[str, Any]) -> str:
    day: date = row["date"]
    month = evidence.MONTHS[day.month - 1][:3]
    if row["precision"] == "day":
        return f"{day.day} {month}"
    return month if row["precision"] == "month" else "–"
