"""The article's argument as a graph, and what follows when a premise falls.

>>> from course import argument
>>> graph = argument.load()
>>> graph.label()["C120"]
'stands'
>>> graph.routes("C120", rejected=["I11"]).words.split(".")[0]
'3 of 4 lines of support are left'

Contents
--------
``load``                              the graph of ``data/argument.json``
``Graph.label``, ``.routes``, ``.explain``     what stands, on which lines, and why
``Graph.cuts``, ``.count_cuts``, ``.load_bearing``   what it would take to fell a conclusion
``Graph.credences``, ``.sensitivity``  degrees instead of labels
``Graph.add_objection``, ``.add_rebuttal``   the learner's own moves, each giving a new graph
``to_argdown``, ``to_aif``             the graph for other tools
"""

from .cuts import LoadBearing
from .errors import (
    ArgumentError,
    BadGraph,
    NotSettled,
    SupportCycle,
    TooLarge,
    UnknownStatement,
    WrongValue,
)
from .export import to_aif, to_argdown
from .gradual import Swing
from .graph import Attack, Graph, Statement, Step, load
from .labelling import Change, Labelling, Line, Routes

__all__ = [
    "ArgumentError",
    "Attack",
    "BadGraph",
    "Change",
    "Graph",
    "Labelling",
    "Line",
    "LoadBearing",
    "NotSettled",
    "Routes",
    "Statement",
    "Step",
    "SupportCycle",
    "Swing",
    "TooLarge",
    "UnknownStatement",
    "WrongValue",
    "load",
    "to_aif",
    "to_argdown",
]
