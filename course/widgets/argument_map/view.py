"""The argument map as a view: each move gives a new stance, and `course.argument` the rest."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course import argument
from course.widgets import base
from course.widgets.argument_map import picture, words
from course.widgets.argument_map.stance import Stance, addition, restored, without
from course.widgets.markup import details, esc, figure, plain_table, table
from course.widgets.references import flag, shorts
from course.words import count, say

__all__ = ["ArgumentMap", "MapWidget"]

HERE = Path(__file__).parent
ADDITION = "argument"  # the kind under which the record keeps what the learner adds
LETTERS = {"stands": "s", "falls": "f", "undecided": "u"}  # one letter a label over the link
FILES = {"argdown": "my-argument.argdown", "aif": "my-argument.json"}


SHEETS = (HERE.parent / "theme.css", HERE.parent / "panel.css", HERE / "argument_map.css")


class MapWidget(anywidget.AnyWidget):
    """The live map in the page. It draws `plan`, colours it by `labels`, and sends moves.

    Attributes
    ----------
    plan : dict
        The graph as it is drawn, without what the learner has added; sent once.
    own : dict
        The learner's own statements and their attacks, which follow those of `plan`.
    words : dict
        What the page says, by key; sent once.
    labels, steps : str
        One letter for each statement and each step, in the order of `plan` and `own`: s, f, u, or
        - for what is not raised.
    choices : dict
        The learner's choice by statement, where there is one.
    degrees : list of int
        Strengths in per cent in the order of the labels; empty without credences.
    moved : list of str
        Ids whose label the last move changed, reasons before what rests on them.
    answered : int
        Number of moves answered.
    """

    _esm = HERE / "argument_map.js"
    _css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    plan = traitlets.Dict().tag(sync=True)
    own = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    head = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    labels = traitlets.Unicode().tag(sync=True)
    steps = traitlets.Unicode().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    degrees = traitlets.List().tag(sync=True)
    strict = traitlets.Bool().tag(sync=True)
    moved = traitlets.List().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)
    undo = traitlets.Bool().tag(sync=True)
    board = traitlets.Unicode().tag(sync=True)
    detail = traitlets.Unicode().tag(sync=True)
    news = traitlets.Unicode().tag(sync=True)
    probe = traitlets.Unicode().tag(sync=True)


class ArgumentMap(base.View):
    """The article's argument, folded by section or opened around one statement.

    Parameters
    ----------
    around : str, optional
        A statement to open around; by default the whole argument, folded by section.
    graph : course.argument.Graph, optional
        Another argument; by default the article's, with what the learner has added to it.

    Raises
    ------
    course.argument.UnknownStatement
        If there is no such statement; the message names the nearest.
    """

    def __init__(self, around: str = "", graph: argument.Graph | None = None):
        self.kicker, self.lead = say("argument.kicker"), say("argument.lead")
        self.title, self.notice = say("argument.title"), ""
        if graph is None:
            graph = self._with_additions(argument.load())
        self.graph = graph
        self.around = graph[around].id if around else ""
        self.selected = self.around
        self.stance = Stance()
        self.past: list[tuple[Stance, argument.Graph]] = []
        self.labels = self.stance.labels(graph)
        self.asked: tuple[str, str] = ("", "")
        self._weighed: dict[str, tuple] = {}
        if around:
            self.title = say("argument.title.around", name=words.name(graph, around))

    def _with_additions(self, graph: argument.Graph) -> argument.Graph:
        from course import record

        try:
            graph, lost = restored(graph, record.additions(ADDITION))
        except record.RecordError as error:
            self.notice = say("argument.unread", error=error)
            return graph
        if lost:
            self.notice = count("argument.unfit", lost)
        return graph

    # --- moves ----------------------------------------------------------------------------------

    def move(self, do: str, key: str = "", **more: Any) -> str:
        """Make one move and return in a sentence what it was.

        Parameters
        ----------
        do : str
            ``select``, ``reject``, ``accept``, ``leave``, ``weigh`` (with ``value`` from 0 to
            100), ``raise``, ``withdraw``, ``raise-all``, ``strict`` (with ``value``), ``try``
            (reject several ids, set apart by spaces), ``object`` and ``rebut`` (with ``text``,
            ``basis``, ``effect``), ``remove``, ``undo``, ``reset``, ``probe`` (with ``value``:
            ``load``, ``cuts`` or ``swings``).
        key : str
            A statement, or for ``object`` also a step.

        Raises
        ------
        course.argument.ArgumentError
            If the move cannot be made; the message says why.
        """
        make = getattr(self, "_" + do.replace("-", "_") + "_move", None)
        if make is None:
            raise argument.WrongValue(say("argument.move.unknown", do=repr(do)))
        before, graph, stance = self.labels, self.graph, self.stance
        said = make(key, **more)
        if (self.stance, self.graph) != (stance, graph):
            if do != "undo":
                self.past.append((stance, graph))
            self.labels = self.stance.labels(self.graph)
            self._tell(said, before, graph)
        elif do == "select":
            self._update(detail=self._detail(), selected=self.selected)
        else:
            self._update(
                detail=self._detail(), news=f"<p>{esc(said)}</p>" if said else "", moved=[]
            )
        return said

    def _select_move(self, key):
        if key and key not in self.graph:
            self.graph.step(key)
        self.selected = key
        return ""

    def _reject_move(self, key):
        self.stance = self.stance.reject(self.graph[key].id)
        return say("argument.move.reject", name=self._name(key))

    def _accept_move(self, key):
        self.stance = self.stance.accept(self.graph[key].id)
        return say("argument.move.accept", name=self._name(key))

    def _leave_move(self, key):
        self.stance = self.stance.leave(self.graph[key].id)
        return say("argument.move.leave", name=self._name(key))

    def _weigh_move(self, key, value=50):
        self.stance = self.stance.weaken(self.graph[key].id, min(max(float(value), 0), 100) / 100)
        return say("argument.move.weigh", name=self._name(key), number=f"{float(value):.0f}")

    def _raise_move(self, key):
        self.stance = self.stance.lift(self.graph, key)
        return say("argument.move.raise", id=key)

    def _withdraw_move(self, key):
        self.stance = self.stance.withdraw(self.graph, key)
        return say("argument.move.withdraw", id=key)

    def _raise_all_move(self, key="", replies=False):
        kinds = ("objection", "reply") if replies else ("objection",)
        for statement in self.graph.of_kind(*kinds):
            self.stance = self.stance.lift(self.graph, statement.id)
        number = len(self.graph.objections)
        if replies:
            return say("argument.move.raise.replies", number=number)
        return say("argument.move.raise.all", number=number)

    def _strict_move(self, key="", value=True):
        from dataclasses import replace

        self.stance = replace(self.stance, strict=bool(value))
        if value:
            return say("argument.move.strict")
        return say("argument.move.lenient")

    def _try_move(self, key):
        keys = [self.graph[k].id for k in str(key).split()]
        self.stance = self.stance.reject(*keys)
        return say("argument.move.reject", name=", ".join(map(self._name, keys)))

    def _object_move(self, key, text="", basis="fact"):
        return self._add(self.graph.add_objection(text, key, basis))

    def _rebut_move(self, key, text="", basis="fact", effect="answers"):
        return self._add(self.graph.add_rebuttal(text, key, basis, effect))

    def _add(self, graph):
        from course import record

        new = graph.last_added
        try:
            record.save_addition(ADDITION, addition(graph))
            said = say("argument.move.add", id=new)
        except record.RecordError as error:
            said = say("argument.move.add.unkept", id=new, error=error)
        self.graph = graph
        self.stance = self.stance.lift(graph, new)
        return said

    def _remove_move(self, key):
        from course import record

        graph = without(self.graph, key)
        try:
            record.save_addition(ADDITION, {"form": "removed", "id": key})
        except record.RecordError as error:
            return say("argument.move.remove.unkept", error=error)
        self.graph, self.stance = graph, self.stance.within(graph)
        self.selected = self.selected if self.selected in graph else ""
        return say("argument.move.remove", id=key)

    def _undo_move(self, key=""):
        if not self.past:
            return say("argument.move.undo.none")
        stance, graph = self.past.pop()
        # additions live in the record: only the choices go back
        self.stance = stance.within(self.graph)
        return say("argument.move.undo")

    def _reset_move(self, key=""):
        self.stance = Stance()
        return say("argument.move.reset")

    def _probe_move(self, key="", value=""):
        self.asked = (value, key)
        self._update(probe=self._probe())
        return ""

    # --- what is shown --------------------------------------------------------------------------

    def _name(self, key):
        return words.name(self.graph, key)

    @property
    def degrees(self) -> dict[str, float] | None:
        """Strengths from 0 to 1 once the learner has weighed a statement, else None."""
        if not self.stance.credences:
            return None
        return self._once("degrees", self.stance, lambda: self.stance.degrees(self.graph))

    def _unweighed(self) -> dict[str, float] | None:
        """The same with no credence of the learner's, to compare with; None while nothing is weighed."""
        if not self.stance.credences:
            return None
        raised = self.stance.raised
        return self._once("rest", raised, lambda: self.graph.credences(objections=raised))

    def _once(self, name, given, work):
        """Work out a value once for as long as the graph and what is given stay the same."""
        held = self._weighed.get(name)
        if held is None or held[0] is not self.graph or held[1] != given:
            held = self._weighed[name] = (self.graph, given, work())
        return held[2]

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The main conclusions and the panel beside the map, as HTML."""
        return {"board": self._board(), "detail": self._detail()}

    def _board(self) -> str:
        return words.board(self.graph, self.labels, self.degrees)

    def _detail(self) -> str:
        if not self.selected:
            return words.invitation(self.graph)
        return words.detail(
            self.graph, self.selected, self.stance, self.labels, self.degrees, self._unweighed()
        )

    def _probe(self) -> str:
        kind, key = self.asked
        key = key or self.selected or self.graph.main[0]
        if kind == "load":
            return words.load_bearing(self.graph, self.stance)
        if kind == "cuts":
            known = key in self.graph and self.graph.steps_to(key)
            key = key if known else self.graph.main[0]
            return words.cuts(self.graph, key, self.stance.strict)
        if kind == "swings":
            key = key if key in self.labels else self.graph.main[0]
            return words.swings(self.graph, key, self.stance)
        return ""

    def state(self) -> dict[str, Any]:
        """What the live map is told of labels and choices, as few bytes as will do."""
        degrees, order = self.degrees, self._order()
        choices = {key: self.stance.choice(key) for key in order}
        return {
            "labels": "".join(LETTERS.get(self.labels.get(key), "-") for key in order),
            "steps": "".join(LETTERS[self.labels.steps[s.id]] for s in self.graph.steps),
            "choices": {key: choice for key, choice in choices.items() if choice},
            "degrees": [round(100 * degrees.get(key, 0)) for key in order] if degrees else [],
            "strict": self.stance.strict,
            "undo": bool(self.past),
        }

    def _order(self) -> list[str]:
        """Every statement in the order of the letters: the learner's own after all others."""
        return [s["id"] for s in (*self._drawn(False), *self._drawn(True))]

    def _drawn(self, own: bool) -> list[dict[str, Any]]:
        """The statements as they are drawn: all but the learner's own, or these."""
        return self._once(f"drawn {own}", None, lambda: self._draw(own))

    def _draw(self, own: bool) -> list[dict[str, Any]]:
        return [
            {
                "id": s.id,
                "kind": s.kind,
                "text": s.text,
                "where": s.locator,
                "near": s.paragraph is None,
                "section": words.section_of(self.graph, s.id),
                "reply": s.reply_to or "",
                "own": own,
            }
            for s in self.graph.statements
            if (s.origin_kind == "learner") is own
        ]

    def _struck(self, own: bool) -> list[list[str]]:
        mine = {s["id"] for s in self._drawn(True)}
        return [
            [a.source, a.target, a.no_effect or ""]
            for a in self.graph.attacks
            if bool(mine & {a.source, a.target}) is own
        ]

    def own(self) -> dict[str, Any]:
        """What the learner has added, as the live map draws it."""
        return {"statements": self._drawn(True), "attacks": self._struck(True)}

    def plan(self) -> dict[str, Any]:
        """The rest of the graph as it is drawn: what is said, where, and what leads to what."""
        graph = self.graph
        return {
            "main": list(graph.main),
            "around": self.around,
            "sections": [[n, title] for n, title, *_ in words.sections()],
            "statements": self._drawn(False),
            "steps": [[s.id, list(s.premises), s.conclusion, s.note] for s in graph.steps],
            "attacks": self._struck(False),
            "glyphs": words.GLYPHS,
            "kinds": words.kinds(),
        }

    # --- live -------------------------------------------------------------------------------------

    def live(self) -> MapWidget:
        """The live map."""
        self._strength = self.degrees
        self.widget = MapWidget(
            words=words.of_the_page(),
            plan=self.plan(),
            own=self.own(),
            head=self.head(),
            selected=self.selected,
            news=f"<p>{esc(self.notice)}</p>" if self.notice else "",
            **self.state(),
            **self.regions({}),
        )
        self.widget.on_msg(self._heard)
        return self.widget

    def _update(self, **traits: Any) -> None:
        widget = getattr(self, "widget", None)
        if widget is not None:
            with widget.hold_sync():
                for name, value in traits.items():
                    setattr(widget, name, value)

    def _tell(self, said: str, before: argument.Labelling, graph: argument.Graph) -> None:
        if getattr(self, "widget", None) is None:
            return
        found = words.changes(self.graph, before, self.labels)
        degrees = self.degrees
        strength = words.strengths(self.graph, self._strength, degrees)
        self._strength = degrees
        traits = {
            "moved": [c["id"] for c in found],
            "news": words.news(self.graph, said, found, strength),
            "probe": self._probe(),
            **self.state(),
            **self.regions({}),
        }
        if graph is not self.graph:
            traits["own"] = self.own()
        self._update(selected=self.selected, **traits)

    def _heard(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        """A move from the page; what cannot be done is answered with a sentence."""
        asked = dict(content)
        do, key = str(asked.pop("do", "")), str(asked.pop("id", ""))
        with self.widget.hold_sync():  # one answer, one message
            try:
                if do in ("export", "save"):
                    self._hand_over(do, str(asked.get("value", "")))
                else:
                    self.move(do, key, **asked)
            except ValueError as error:
                self._update(news=f"<p>{esc(error)}</p>", moved=[])
            except TypeError:
                self._update(news=f"<p>{esc(say('argument.move.odd'))}</p>", moved=[])
            self.widget.answered += 1

    # --- the learner's version, for other tools ---------------------------------------------------

    def export(self, form: str = "argdown") -> str:
        """The learner's version of the argument as text.

        Parameters
        ----------
        form : str
            ``argdown``, or ``aif`` for the JSON of the Argument Interchange Format.
        """
        if form == "argdown":
            return argument.to_argdown(self.graph, self.labels)
        if form == "aif":
            document = argument.to_aif(self.graph, self.labels)
            return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        raise argument.WrongValue(say("argument.export.form", form=repr(form)))

    def save(self, path: str | Path = "") -> str:
        """Write the learner's version to a file and return its name.

        Parameters
        ----------
        path : str or Path
            Ends in ``.argdown``, or in ``.json`` for AIF. An older file of the same kind is
            replaced; anything else there is left alone.

        Raises
        ------
        course.argument.WrongValue, course.record.RecordError
            If the name does not fit, another file is in the way, or it cannot be written.
        """
        from course import record

        path = Path(str(path or FILES["argdown"]))
        forms = {".argdown": "argdown", ".json": "aif"}
        if path.suffix not in forms:
            raise argument.WrongValue(say("argument.save.ending", file=path.name))
        text = self.export(forms[path.suffix])
        if path.is_file() and path.read_bytes()[:10] != text.encode("utf-8")[:10]:
            raise argument.WrongValue(say("argument.save.other", file=path.name))
        return record.write_page(path, text)

    def _hand_over(self, do: str, form: str) -> None:
        if do == "save":
            said = say("argument.save", file=self.save(FILES.get(form, "")))
            self._update(news=f"<p>{esc(said)}</p>", moved=[])
        else:
            # packed: the whole argument as text would be a large message
            packed = zlib.compress(self.export(form).encode("utf-8"), 9)
            self.widget.send({"export": form}, [packed])

    # --- words and picture ------------------------------------------------------------------------

    COLUMNS = ("id", "where", "text", "label", "lines", "objections")

    def _columns(self) -> dict[str, str]:
        return {name: say(f"argument.column.{name}") for name in self.COLUMNS}

    def shown(self) -> list[argument.Statement]:
        """Statements that the twin lists: all of the article's side, or what lies around one."""
        graph = self.graph
        if not self.around:
            return list(graph.article)
        near = set(picture.neighbourhood(graph, self.around))
        return [s for s in graph.article if s.id in near]

    def _rows(self) -> list[dict]:
        graph, labels = self.graph, self.labels
        rows = []
        for statement in self.shown():
            lines = graph.steps_to(statement.id)
            left = sum(labels.steps[s.id] == "stands" for s in lines)
            rows.append(
                {
                    "id": statement.id,
                    "where": statement.locator,
                    "text": statement.text,
                    "label": words.label(labels[statement.id]),
                    "lines": say("argument.of", left=left, total=len(lines)) if lines else "",
                    "objections": " ".join(a.source for a in graph.attacks_on(statement.id)),
                }
            )
        return rows

    def summary(self) -> list[str]:
        """What the map shows, in sentences made from the graph."""
        graph, labels = self.graph, self.labels
        said = []
        if not self.around:
            counted = {
                "claims": len(graph.of_kind("claim")),
                "unsaid": len(graph.of_kind("implicit")),
                "steps": len(graph.steps),
                "objections": len(graph.objections),
            }
            said.append(say("argument.summary", **counted))
        for key in [self.around] if self.around else graph.main:
            fares = {"name": self._name(key), "label": words.label(labels[key])}
            told = [say("argument.summary.line", text=graph[key].text, **fares)]
            told.append(graph.routes(key).heading)
            if graph.steps_to(key) and graph.count_cuts(key):
                told.append(count("argument.fell", len(graph.cuts(key, limit=1)[0])))
            said.append(" ".join(told))
        said += [b.words for b in graph.load_bearing()[:3]] if not self.around else []
        return said

    def text(self) -> str:
        return "\n".join(
            [self.title, *self.summary(), "", plain_table(self._rows(), self._columns())]
        )

    def body(self) -> str:
        graph = self.graph
        said = "".join(f"<li>{esc(s)}</li>" for s in self.summary())
        drawn = figure(picture.plate(graph, self.labels, self.around), picture.caption(self.around))
        listed = table(self._rows(), self._columns())
        parts = [f"<ul>{said}</ul>", drawn]
        parts.append(details(say("argument.shown", number=len(self.shown())), listed))
        targets = {s.id for s in self.shown()}
        targets |= {s.id for s in graph.steps if s.conclusion in targets}
        held = [
            o for o in graph.objections if any(a.target in targets for a in graph.attacks_by(o.id))
        ]
        if held:
            inner = "".join(self._held(o) for o in held)
            parts.append(details(count("argument.held", len(held)), f"<ul>{inner}</ul>"))
        return "".join(parts)

    def _held(self, objection: argument.Statement) -> str:
        targets = ", ".join(a.target for a in self.graph.attacks_by(objection.id) if a.target != "")
        replies = "".join(
            f"<br>{esc(say('argument.held.reply', id=r.id, text=r.text))}{flag(r.verification)}"
            for r in self.graph.replies_to(objection.id)
        )
        sources = shorts(objection.source_ids)
        said = say("argument.held.line", id=objection.id, targets=targets, text=objection.text)
        return (
            f"<li>{esc(said)}"
            f' <span class="c-note">{esc(objection.origin)}{flag(objection.verification)}'
            f"{' (' + sources + ')' if sources else ''}</span>{replies}</li>"
        )
