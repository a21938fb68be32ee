"""``python3 -m course export KIND``: the learner's things as files.

Each kind of export is made by the layer that knows it; this module only finds that layer, and
loads none of the others.
"""

import argparse
import importlib
import sys
from pathlib import Path

__all__ = ["KINDS", "argument", "main"]

KINDS = {
    "argument": "course.publish.export:argument",
    "portfolio": "course.publish.personal:portfolio",
    "record": "course.publish.personal:record",
}
"""What can be exported, and the function (module:name) that takes the arguments left."""


def main(argv=None):
    """Write out what is named first in ``argv``.

    Parameters
    ----------
    argv : list of str, optional
        By default the arguments of the process.

    Returns
    -------
    int
        0, or 2 if the kind is not known.
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    if not argv or argv[0] not in KINDS:
        asked = f"There is no export {argv[0]!r}" if argv else "Say what to export"
        print(f"{asked}: choose {', '.join(sorted(KINDS))}.", file=sys.stderr)
        return 2
    module, _, name = KINDS[argv[0]].partition(":")
    return getattr(importlib.import_module(module), name)(argv[1:]) or 0


def argument(argv):
    """Write the argument map as Argdown text or as JSON of the Argument Interchange Format.

    Parameters
    ----------
    argv : list of str
        The options; ``--help`` lists them. Ids may be separated by commas.

    Returns
    -------
    int
        0, or 2 if the file cannot be written or the record cannot be read.
    """
    options = _options().parse_args(argv)
    from course import argument as model

    graph, own = model.load(), frozenset()
    if options.learner:
        from course.record import RecordError

        try:
            graph, own = _with_additions(graph)
        except RecordError as error:
            print(error, file=sys.stderr)
            return 2
    labels = None
    if options.learner or options.reject or options.accept or options.objections:
        labels = graph.label(
            rejected=_ids(options.reject),
            accepted=_ids(options.accept),
            objections=_raised(graph, options.objections, own),
            replies=_chosen(options.replies),
            strict=options.strict,
        )
    if options.format == "argdown":
        text = model.to_argdown(graph, labels)
    else:
        import json

        text = json.dumps(model.to_aif(graph, labels), ensure_ascii=False, indent=1) + "\n"
    return _write(text, options.output)


def _with_additions(graph):
    """The graph with what the record keeps of the learner's, and the ids that these raise."""
    from course import record
    from course.widgets.argument_map.stance import Stance, restored
    from course.widgets.argument_map.view import ADDITION

    graph, lost = restored(graph, record.additions(ADDITION))
    if lost:
        from course.words import count

        print(count("argument.unfit", lost), file=sys.stderr)
    stance = Stance()
    for statement in graph.statements:
        if statement.origin_kind == "learner":
            stance = stance.lift(graph, statement.id)
    return graph, stance.raised


def _raised(graph, text, own):
    """The objections named, and those of the learner's own."""
    chosen = _chosen(text)
    if chosen == "all":
        chosen = [s.id for s in graph.objections]
    return [*chosen, *own]


def _options():
    parser = argparse.ArgumentParser(
        prog="python3 -m course export argument",
        description="Write the argument map for other tools.",
    )
    parser.add_argument("--format", choices=("argdown", "aif"), default="argdown")
    parser.add_argument("-o", "--output", metavar="FILE", help="by default the screen")
    parser.add_argument("--reject", default="", metavar="IDS", help="statements you reject")
    parser.add_argument("--accept", default="", metavar="IDS", help="statements you take as given")
    parser.add_argument(
        "--raise", dest="objections", default="", metavar="IDS", help="objections raised, or all"
    )
    parser.add_argument("--replies", default="", metavar="IDS", help="replies raised, or all")
    parser.add_argument("--strict", action="store_true", help="every line of support is needed")
    parser.add_argument(
        "--learner",
        action="store_true",
        help="your version: with what you added; leave out what is not raised; write the labels",
    )
    return parser


def _ids(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def _chosen(text):
    return "all" if text.strip() == "all" else _ids(text)


def _write(text, output):
    if not output:
        sys.stdout.write(text)
        return 0
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        print(
            f"{output} cannot be written: {error.strerror}. Choose another file.", file=sys.stderr
        )
        return 2
    print(f"Written: {output}")
    return 0
