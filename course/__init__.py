"""One primary source, read closely: the course package.

Everything here is loaded when it is first used, so that ``import course`` needs nothing but the
standard library and takes no time. A notebook speaks the verbs (``course.ask``, ``course.check``,
…), which live in ``course.lesson``; the layers below are ``course.data``, ``course.evidence`` and
so on.
"""

import importlib
import importlib.util

_LAYERS = (
    "argument",
    "article",
    "charts",
    "data",
    "evidence",
    "institutions",
    "lesson",
    "record",
)
_VERBS = ("ask", "check", "hint", "solution", "progress", "portfolio")

__all__ = [*_LAYERS, *_VERBS]


def __getattr__(name):
    """Load a layer, or a verb of ``course.lesson``, on first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("equal-security-course")
    if not name.startswith("_"):
        # `from course import workspace` asks here first, so modules go before the verbs.
        if importlib.util.find_spec("course." + name):
            return importlib.import_module("course." + name)
        lesson = importlib.import_module("course.lesson")
        if name in lesson.__all__:
            value = getattr(lesson, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'course' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
