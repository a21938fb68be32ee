"""The graph for other tools: Argdown text, and the JSON of the Argument Interchange Format.

Argdown is the notation of C. Voigt (argdown.org). The AIF shape is the one that AIFdb and OVA
read: I-nodes carry sentences, RA-nodes inferences, CA-nodes conflicts, and no I-node touches
another (Argumentation Research Group, University of Dundee, "The Argument Interchange Format
(AIF) Specification", 2011).
"""

import json
import re
from reprlib import repr as shortened

from course.words import say

from .errors import WrongValue
from .labelling import Labelling

__all__ = ["to_aif", "to_argdown"]

_SPECIAL = re.compile(r"([\[\]<>{}#*_@|\\])")
_KINDS = ("claim", "implicit", "objection", "reply")  # in this order


def to_argdown(graph, labels=None, sources=True):
    """The argument as Argdown text.

    Parameters
    ----------
    graph : Graph
    labels : Labelling, optional
        If given, only what was raised is written, and each statement carries its label and the
        learner's choice.
    sources : bool
        Whether to write the source ids into the metadata.

    Returns
    -------
    str

    Raises
    ------
    WrongValue
        If the labels are not an answer of ``graph.label``.
    """
    _check(labels)
    shown = [s for s in graph.statements if labels is None or s.id in labels]
    ids = {s.id for s in shown}
    title = json.dumps(graph.title or say("argument.export.title"))
    blocks = [f"===\ntitle: {title}\n===\n"]
    for kind in _KINDS:
        members = [s for s in shown if s.kind == kind]
        if members:
            blocks.append(f"# {say(f'argument.export.{kind}')}\n")
            blocks += [_argdown_statement(graph, s, ids, labels, sources) for s in members]
    if graph.steps:
        blocks.append(f"# {say('argument.export.steps')}\n")
        blocks += [_argdown_step(step) for step in graph.steps]
    return "\n".join(blocks)


def to_aif(graph, labels=None):
    """The argument as a document in the JSON shape of the Argument Interchange Format.

    Parameters
    ----------
    graph : Graph
    labels : Labelling, optional
        If given, only what was raised is written.

    Returns
    -------
    dict
        With ``nodes``, ``edges`` and an empty list of ``locutions``, ready for ``json.dump``.

    Raises
    ------
    WrongValue
        If the labels are not an answer of ``graph.label``.
    """
    _check(labels)
    nodes, edges = [], []

    def add_node(key, text, kind):
        nodes.append({"nodeID": key, "text": text, "type": kind})

    def add_edge(source, target):
        number = str(len(edges) + 1)
        edges.append({"edgeID": number, "fromID": source, "toID": target, "formEdgeID": None})

    ids = {s.id for s in graph.statements if labels is None or s.id in labels}
    for statement in graph.statements:
        if statement.id in ids:
            add_node(statement.id, statement.text, "I")
    for step in graph.steps:
        add_node(step.id, "Default Inference", "RA")
        for premise in step.premises:
            add_edge(premise, step.id)
        add_edge(step.id, step.conclusion)
    for number, attack in enumerate(_shown_attacks(graph, ids), start=1):
        key = f"CA{number:03}"
        add_node(key, "Default Undercut" if attack.undercut else "Default Conflict", "CA")
        add_edge(attack.source, key)
        add_edge(key, attack.target)
    return {"nodes": nodes, "edges": edges, "locutions": []}


def _check(labels):
    if labels is not None and not isinstance(labels, Labelling):
        raise WrongValue(say("argument.export.labels", given=shortened(labels)))


def _shown_attacks(graph, ids):
    return [
        a
        for a in graph.attacks
        if a.no_effect is None and a.source in ids and (a.undercut or a.target in ids)
    ]


def _argdown_statement(graph, statement, ids, labels, sources):
    data = _metadata(statement, labels, sources)
    lines = [f"[{statement.id}]: {_escaped(statement.text)} {json.dumps(data, ensure_ascii=False)}"]
    for attack in _shown_attacks(graph, ids):
        if attack.source == statement.id:
            arrow, ends = ("_>", "<{}>") if attack.undercut else ("->", "[{}]")
            lines.append(f"  {arrow} {ends.format(attack.target)}")
    return "\n".join(lines) + "\n"


def _metadata(statement, labels, sources):
    names = ["kind", "type", "paragraph", "basis", "effect", "reply_to", "origin", "verification"]
    data = {n: getattr(statement, n) for n in names if getattr(statement, n) is not None}
    if sources and statement.source_ids:
        data["source_ids"] = list(statement.source_ids)
    if labels is not None:
        data["label"] = labels[statement.id]
        if statement.id in labels.rejected:
            data["choice"] = "rejected"
        if statement.id in labels.accepted:
            data["choice"] = "accepted"
    return data


def _argdown_step(step):
    said = _escaped(step.note or say("argument.export.step"))
    lines = [f"<{step.id}>: {said}", ""]
    lines += [f"({i}) [{p}]" for i, p in enumerate(step.premises, start=1)]
    lines += ["----", f"({len(step.premises) + 1}) [{step.conclusion}]", ""]
    return "\n".join(lines)


def _escaped(text):
    return _SPECIAL.sub(r"\\\1", text)
