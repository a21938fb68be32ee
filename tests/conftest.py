"""What holds for every test: no request leaves the machine, no learner's record is touched."""

import importlib.util
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
LEVEL = os.environ.get("COURSE_TESTS", "normal")

# Machines differ: a slow one must not fail a property, so there is no deadline.
for _level, _examples in {"quick": 50, "normal": 100, "full": 1000}.items():
    settings.register_profile(
        _level,
        deadline=None,
        max_examples=_examples,
        derandomize=_level != "full",
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
settings.load_profile(LEVEL if LEVEL in ("quick", "normal", "full") else "normal")

os.environ["COURSE_RECORD"] = ":memory:"


def _offline():
    spec = importlib.util.spec_from_file_location(
        "course_offline", ROOT / "tests" / "offline" / "sitecustomize.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)  # it puts the guard in place
    return module


OFFLINE = _offline()


def pytest_collection_modifyitems(items):
    """Leave long tests to ``python3 -m course test --full``."""
    if LEVEL != "full":
        skip = pytest.mark.skip(reason="long: runs with 'python3 -m course test --full'")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture
def article_text():
    """The article's plain text, where the environment says that it is at hand."""
    path = os.environ.get("COURSE_ARTICLE")
    if not path:
        pytest.skip("COURSE_ARTICLE is not set, so there is no copy of the article to compare with")
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture
def pseudo(tmp_path, monkeypatch):
    """The course in the language that nobody speaks."""
    from marked import pseudo_language

    from course import record
    from course.exercises import catalogue

    monkeypatch.setenv("COURSE_WORDS", str(pseudo_language(tmp_path / "pseudo.toml")))
    monkeypatch.setenv("COURSE_RECORD", ":memory:")
    record.close()
    catalogue._load.cache_clear()  # an exercise that was read before speaks English
    yield
    record.close()
    catalogue._load.cache_clear()
