"""A small catalogue with one real exercise of every kind stands in for the course's own."""

from pathlib import Path

import pytest

import course.exercises.solutions as solutions
from course import data

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixtures(monkeypatch):
    """Point the data layer and the reference solutions at the fixture catalogue."""
    monkeypatch.setenv("COURSE_DATA", str(FIXTURES))
    monkeypatch.setattr(
        solutions, "__path__", [*solutions.__path__, str(FIXTURES / "solutions")], raising=True
    )
    assert data.root() == FIXTURES
    return FIXTURES
