"""The argument map: the article's argument to open, to pull at and to answer.

`view` is what a notebook shows; `stance` what a learner has chosen; `words` says each thing in
HTML; `picture` draws the twin's picture without a browser. The live map is one file,
`argument_map.js`, bundled from `src/`; it draws and asks, and holds no rule of the argument.
"""

from course.widgets.argument_map.stance import Stance
from course.widgets.argument_map.view import ArgumentMap

__all__ = ["ArgumentMap", "Stance"]
