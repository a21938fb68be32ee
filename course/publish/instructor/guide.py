"""The instructor's own pages: solutions with their reasons, discussion, misreadings, timing, plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from course.exercises import reference
from course.exercises.model import Exercise, Mistake
from course.exercises.prose import inline, paragraphs
from course.publish.instructor.markup import Citations, document, esc, rows
from course.publish.instructor.material import Guide, Lesson, Part
from course.publish.instructor.plans import Plan, Session, Step
from course.publish.instructor.sheets import case

__all__ = ["contents", "page", "plan_page", "script", "solution"]

WARNING = (
    "<div class='warning'><p><b>For you alone.</b> This page holds solutions. What participants may "
    "have lies in <code>handouts</code> and <code>slides</code>.</p></div>"
)
SAFETY = (
    "<div class='warning'><p><b>Opinions on this subject can endanger people.</b> What is said here "
    "about these wars can harm participants from some States, or their families at home. Ask nobody "
    "where they come from, ask for no opinion in the open, allow pseudonyms, take no pictures and no "
    "recordings, and say this before the first question.</p></div>"
)


# --- solutions ----------------------------------------------------------------------------------


def solution(entry: Exercise) -> str:
    """One exercise with its answer, why it is so, hints, and what to say to typical mistakes."""
    rubric = "".join(f"<li>{inline(line.text)}</li>" for line in entry.rubric)
    parts = [
        f'<section class="answer" id="{esc(entry.id)}"><p class="kicker">{esc(entry.id)} · '
        f"{entry.minutes:g} min · {esc(entry.kind.replace('_', ' '))}</p>"
        f"<h3>{inline(entry.title)}</h3>{paragraphs(entry.prompt)}",
        _ANSWERS[entry.kind](entry),
        f"<h4>Why</h4>{paragraphs(entry.explanation)}" if entry.explanation else "",
        f"<h4>A good text</h4><ul>{rubric}</ul>" if rubric else "",
        _mistakes(entry),
        _hints(entry),
        "</section>",
    ]
    return "".join(parts)


def _answer(inner: str, head: str = "Solution") -> str:
    return f"<h4>{head}</h4>{inner}"


def _right(entry: Exercise) -> str:
    items = "".join(f"<li>{inline(o.text)}</li>" for o in entry.options if o.right)
    note = paragraphs(entry.solution) if entry.solution else ""
    return _answer(f"<ul>{items}</ul>{note}")


def _items(entry: Exercise) -> str:
    names = {c.id: inline(c.text) for c in entry.choices}
    body = [
        (inline(i.text), " or ".join(names[a] for a in i.answers), inline(i.feedback))
        for i in entry.items
    ]
    note = paragraphs(entry.solution) if entry.solution else ""
    return _answer(rows(("Line", "Answer", "Why no other"), body) + note)


def _order(entry: Exercise) -> str:
    items = "".join(
        f"<li>{inline(i.text)}<br><span class='small'>{inline(i.feedback)}</span></li>"
        for i in entry.items
    )
    return _answer(f"<ol>{items}</ol>")


def _estimate(entry: Exercise) -> str:
    given = entry.settings
    note = paragraphs(entry.solution) if entry.solution else ""
    return _answer(f"<p>{given['value']:,g} {esc(given['unit'])}</p>{note}")


def _text(entry: Exercise) -> str:
    return _answer(f"<blockquote>{paragraphs(entry.solution)}</blockquote>", "A model text")


def _sides(entry: Exercise) -> str:
    return "".join(
        _answer(f"<blockquote>{paragraphs(side.model)}</blockquote>", inline(side.text))
        for side in entry.sides
    )


def _contested(entry: Exercise) -> str:
    items = "".join(
        f"<dt>{inline(o.text)}</dt>" + "".join(f"<dd>{inline(r)}</dd>" for r in o.reasons)
        for o in entry.options
    )
    return _answer(f"<dl>{items}</dl>", "No answer is marked; the best reasons for each")


def _prediction(entry: Exercise) -> str:
    later = entry.settings["later"]
    return _answer(paragraphs(str(later)), "What people read when it comes back")


def _code(entry: Exercise) -> str:
    written = reference.snippet(reference.task(entry).function)
    note = paragraphs(entry.solution) if entry.solution else ""
    return _answer(f"<pre>{esc(written)}</pre>{note}")


_ANSWERS = {
    "single": _right,
    "multiple": _right,
    "match": _items,
    "annotate": _items,
    "scale": _items,
    "triad": _items,
    "order": _order,
    "estimate": _estimate,
    "written": _text,
    "repair": _text,
    "best_case": _sides,
    "contested": _contested,
    "predict": _prediction,
    "code": _code,
}


def _mistakes(entry: Exercise) -> str:
    found = [(o.text, o.feedback) for o in entry.options if o.feedback and not o.right]
    found += [(_said(m), m.feedback) for m in entry.mistakes]
    if not found:
        return ""
    items = "".join(f"<dt>{inline(said)}</dt><dd>{inline(told)}</dd>" for said, told in found)
    return f"<h4>If they say</h4><dl>{items}</dl>"


def _said(mistake: Mistake) -> str:
    """What shows the mistake: an example in words, a range of numbers, or its name for code."""
    return mistake.example.replace("..", " to ") or mistake.id.replace("_", " ")


def _hints(entry: Exercise) -> str:
    items = "".join(f"<li>{inline(hint)}</li>" for hint in entry.hints)
    return f"<h4>Hints, in steps</h4><ol>{items}</ol>" if items else ""


# --- the page of a notebook ---------------------------------------------------------------------


def page(lesson: Lesson, guide: Guide | None) -> str:
    """All that an instructor needs for one notebook."""
    cited = Citations()
    written = _written(guide, cited) if guide else "<p>No guide is written for this notebook.</p>"
    answers = "".join(solution(entry) for entry in lesson.exercises)
    body = (
        f'<header><p class="kicker">Instructor’s guide · notebook {lesson.file[:2]}</p>'
        f"<h1>{esc(lesson.title)}</h1><p class='lead'>{esc(lesson.entry['question'])}</p></header>"
        f"{WARNING}{_timing(lesson, guide)}{written}<h2>Solutions</h2>{answers}"
        + (f"<h2>Sources of this guide</h2>{cited.html()}" if cited.ids else "")
    )
    return document(
        f"{lesson.title}: instructor’s guide", body, kind="guide",
        running=f"{lesson.title}: instructor's guide. Not for participants",
    )  # fmt: skip


def _timing(lesson: Lesson, guide: Guide | None) -> str:
    body = []
    for part in lesson.parts:
        body.append(_timed(part.title, part, part.minutes))
        if len(part.sections) > 2:
            body += [
                _timed(f"<span class='small'>{inline(s.title)}</span>", s, None)
                for s in part.sections[1:]
                if s.exact >= 1
            ]
    table = rows(("Part", "Words", "Reading", "Exercises", "Minutes"), body, numbers=4)
    talk = sum(d.minutes for d in guide.discussions) if guide else 0
    return (
        f"<h2>Timing</h2><p>{lesson.minutes} minutes for one person alone: words at 180 a minute "
        "and the minutes that each exercise states, each part rounded up. "
        f"The discussions below take {talk} minutes more. Looking closely at a picture is not "
        f"counted: add five minutes for each one you stop at.</p>{table}"
    )


def _timed(title: str, part: Part, minutes: int | None) -> tuple[str, ...]:
    shown = "" if minutes is None else str(minutes)
    return (
        title if title.startswith("<") else inline(title),
        f"{part.words:,}", f"{part.reading:.1f}", f"{part.practice:g}", shown,
    )  # fmt: skip


def _written(guide: Guide, cited: Citations) -> str:
    return "".join(
        [
            f"<h2>What the session is for</h2>{cited.paragraphs(guide.aim)}",
            "<h2>For the workshop</h2>",
            *(
                f'<div class="note"><b>{esc(n.when)}</b><div>{cited.paragraphs(n.text)}</div></div>'
                for n in guide.workshop
            ),
            "<h2>Discussion notes</h2>",
            *(_talk(d, cited) for d in guide.discussions),
            "<h2>Common misreadings</h2>",
            *(
                f'<div class="misreading"><p class="heard">“{esc(m.heard)}”</p>'
                f"{cited.paragraphs(m.answer)}<p class='how'>{esc(m.part)}</p></div>"
                for m in guide.misreadings
            ),
        ]
    )


def _talk(talk, cited: Citations) -> str:
    notes = "".join(f"<li>{cited.line(note)}</li>" for note in talk.notes)
    return (
        f'<section class="talk"><p class="kicker">{talk.minutes} min · after “{esc(talk.part)}”</p>'
        f"<h3>{cited.line(talk.question)}</h3><ul>{notes}</ul>"
        f"<p><b>Where to end.</b> {cited.line(talk.close)}</p></section>"
    )


# --- the simulation, step by step ---------------------------------------------------------------


def script(name: str) -> str:
    """All that the instructor says and does in a simulation, for a room or for paper alone."""
    played, cited = case(name), Citations()
    body = [
        f'<header><p class="kicker">Simulation, for the instructor</p><h1>{esc(played["title"])}'
        f"</h1><p class='lead'>{esc(played['summary'])}</p></header>{SAFETY}",
        "<h2>Read aloud before the cards</h2>",
        _bullets(played["ethics"]),
    ]
    clock = 0
    for stage in played["stages"]:
        body.append(_scene(stage, clock, played, cited))
        clock += stage["minutes"]
    body += [f"<h2>Three questions for the debrief</h2>{_bullets(played['debrief'], 'ol')}"]
    if played.get("happened"):
        told = "".join(f"<p>{inline(text)}</p>" for text in played["happened"])
        body.append(
            "<h2>What happened in fact</h2><p class='how'>Only after the room has said where it "
            f"got stuck.</p>{told}{_seen(played.get('source_ids', ()), cited)}"
        )
    if cited.ids:
        body.append(f"<h2>Sources</h2>{cited.html()}")
    return document(
        f"{played['title']}: step by step", "".join(body), kind="script",
        running=f"{played['title']}: step by step. Not for participants",
    )  # fmt: skip


def _scene(stage: Mapping[str, Any], clock: int, played: Mapping[str, Any], cited) -> str:
    rung = (
        f" · rung {stage['rung']}: {played['ladder'][stage['rung'] - 1]}" if "rung" in stage else ""
    )
    text = "".join(f"<p>{inline(line)}</p>" for line in stage.get("text", ()))
    asked = stage.get("draft") or stage.get("question", "")
    choices = stage.get("choices") or (
        played["scales"][stage["scale"]] if stage.get("scale") else ()
    )
    body = dict((b["id"], b["name"]) for b in played["bodies"]).get(stage.get("body", ""), "")
    parts = [
        f'<section class="talk"><p class="kicker">{_clock(clock)} · {stage["minutes"]} min'
        f"{esc(rung)}</p><h3>{esc(stage['title'])}</h3>{text}",
        f"<blockquote>{inline(asked)}</blockquote>" if asked else "",
        _bullets([c["label"] for c in choices]) if choices else "",
        f"<p class='how'>Decides: {esc(body)}</p>" if body else "",
        f"<p><b>For you.</b> {inline(stage['guide'])}</p>" if stage.get("guide") else "",
        f"<p><b>In fact, for the debrief.</b> {inline(stage['happened'])}"
        f"{_seen(stage.get('source_ids', ()), cited)}</p>" if stage.get("happened") else "",
        "</section>",
    ]  # fmt: skip
    return "".join(parts)


def _bullets(lines: Iterable[str], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{inline(line)}</li>' for line in lines)}</{kind}>"


def _seen(source_ids: Iterable[str], cited: Citations) -> str:
    return cited.line("".join(f"[@{'; '.join(source_ids)}]")) if source_ids else ""


# --- plans and contents -------------------------------------------------------------------------


def plan_page(plan: Plan) -> str:
    """One plan as a page to have on the desk."""
    many = len(plan.sessions) > 1
    sessions = "".join(_session(s, n if many else 0) for n, s in enumerate(plan.sessions, 1))
    body = (
        f'<header><p class="kicker">Plan</p><h1>{esc(plan.title)}</h1>'
        f"<p class='lead'>{esc(plan.summary)}</p></header>{SAFETY}"
        f"<h2>What you need</h2><p>{inline(plan.needs)}</p>{sessions}"
        "<p class='how'>Minutes are computed from the notebooks as they are built: words at 180 a "
        "minute, the minutes of the exercises, the steps of the simulation.</p>"
    )
    return document(f"Plan: {plan.title}", body, kind="plan", running=f"Plan: {plan.title}")


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _session(session: Session, number: int) -> str:
    body = [
        (_clock(start), _step(step), esc(step.how), str(step.minutes))
        for start, step in zip(session.starts, session.steps, strict=True)
    ]
    body.append(
        (
            _clock(session.minutes),
            f"End; {session.budget - session.minutes} minutes in hand",
            "",
            "",
        )
    )
    table = rows(("At", "Step", "How", "Minutes"), body, numbers=1)
    before = _listed("Before this session, at home", session.before)
    spare = _listed(
        "Left out for want of time; for those who are early, or afterwards", session.spare
    )
    title = f"{esc(session.title)} ({session.budget} minutes)"
    head = f"<h2>{title if number else 'The time'}</h2>"
    head = head.replace("<h2>", '<h2 class="session">') if number > 1 else head
    return f"{head}<p>{esc(session.goal)}</p>{before}{table}{spare}"


def _step(step: Step) -> str:
    where = f"<br><span class='small'>{esc(step.where)}</span>" if step.where else ""
    kind = {"discussion": "Discuss: ", "room": "Simulation: "}.get(step.kind, "")
    return f"{kind}<b>{inline(step.title)}</b>{where}"


def _listed(title: str, steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    items = "".join(
        f"<li>{inline(s.title)} <span class='small'>({esc(s.where) or '–'}, {s.minutes} min)</span></li>"
        for s in steps
    )
    return f"<h4>{esc(title)}</h4><ul>{items}</ul>"


def contents(
    lessons: Sequence[Lesson],
    plans: Sequence[Plan],
    handouts: Iterable[tuple[str, str]],
    printed: bool,
    missing: Sequence[str],
) -> str:
    """The first page: where everything lies."""

    def links(path: str) -> str:
        pdf = f' · <a href="{path}.pdf">PDF</a>' if printed else ""
        return f'<a href="{path}.html">page</a>{pdf}'

    body = [
        (
            f"{lesson.file[:2]} {esc(lesson.title)}",
            links(f"guide/{lesson.file}"),
            links(f"handouts/{lesson.file}"),
            f'<a href="slides/{lesson.file}.html">slides</a>',
            str(lesson.minutes),
        )
        for lesson in lessons
    ]
    ready = "".join(
        f"<li><b>{esc(p.title)}</b> {links(f'plans/{p.id}')}<br>{esc(p.summary)}</li>"
        for p in plans
    )
    papers = "".join(f"<li><b>{esc(title)}</b> {links(name)}</li>" for name, title in handouts)
    gone = (
        f"<p class='how'>Not built yet, so not here: {esc(', '.join(missing))}.</p>"
        if missing
        else ""
    )
    return document(
        "Instructor’s edition",
        '<header><p class="kicker">Instructor’s edition</p><h1>Equal security: a course about one '
        "text</h1><p class='lead'>Guides, plans, hand-outs and slides, made from the notebooks."
        f"</p></header>{SAFETY}<h2>Plans</h2><ul class='contents'>{ready}</ul><h2>Notebooks</h2>"
        + rows(("Notebook", "Guide", "Learner sheet", "Slides", "Minutes"), body, numbers=1)
        + f"{gone}<h2>Simulation and hand-outs</h2><ul class='contents'>{papers}</ul>"
        "<p class='how'>Give away <code>handouts</code> and <code>slides</code> only: "
        "<code>guide</code> holds the solutions, and the role cards are for their holders.</p>",
        kind="contents",
        running="Instructor's edition",
    )
