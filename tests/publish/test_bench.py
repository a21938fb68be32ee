"""Measuring: targets are read as they are written, and a missed one is said and no more."""

import json

import pytest

from course.publish import bench


@pytest.mark.parametrize(
    ("value", "target", "missed"),
    [
        (1, 1, False),
        (1.01, 1, True),
        (5, ">= 5", False),
        (4.9, ">=5", True),
        (10**9, None, False),
    ],
)
def test_a_target_is_at_most_unless_it_says_at_least(value, target, missed):
    assert bench.misses(value, target) is missed


@pytest.fixture
def folder(tmp_path, monkeypatch):
    def put(rows):
        (tmp_path / "bench_speed.py").write_text(
            f"def measure():\n    return {rows!r}\n", encoding="utf-8"
        )
        monkeypatch.setattr(bench, "topics", lambda: {"speed": tmp_path / "bench_speed.py"})

    return put


def test_a_missed_target_is_reported_and_no_failure(folder, capsys):
    folder(
        [
            {"name": "fast", "value": 1, "unit": "ms", "target": 2},
            {"name": "slow", "value": 3, "unit": "ms", "target": 2},
        ]
    )
    assert bench.main([]) == 0
    fast, slow, total = capsys.readouterr().out.splitlines()[1:]
    assert "MISSED" not in fast and slow.endswith("slow  MISSED")
    assert total == "2 figures, 1 missed their target"


def test_a_row_that_says_too_little_is_named(folder):
    folder([{"name": "fast", "value": 1}])
    with pytest.raises(bench.BenchError, match=r"bench_speed.py lacks target, unit"):
        bench.main(["speed"])


def test_an_unknown_topic_names_the_nearest(folder):
    folder([])
    with pytest.raises(bench.BenchError, match="perhaps you mean 'speed'"):
        bench.main(["sped"])


def test_every_topic_can_be_measured(root):
    assert "shell" in bench.topics()
    for path in bench.topics().values():
        assert "def measure(" in path.read_text(encoding="utf-8")


def test_kept_figures_make_the_page_and_leave_other_topics_alone(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(bench, "PAGE", tmp_path / "performance.md")
    folder([{"name": "slow", "value": 3, "unit": "ms", "target": 2}])
    assert bench.main(["--write"]) == 0
    hub = tmp_path / "hub.json"
    hub.write_text('[{"name": "kept", "value": 20, "unit": "learners", "target": ">= 20"}]')
    assert bench.main(["--hub", str(hub), "--write"]) == 0
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| slow | 3 | ms | ≤ 2 **missed** |" in page
    assert "| kept | 20 | learners | ≥ 20 |" in page
    assert "2 figures, 1 of them beyond" in page
    assert str(tmp_path) not in page


def test_the_page_is_what_the_kept_figures_make(root):
    held = json.loads((root / "tests" / "bench" / "results.json").read_text(encoding="utf-8"))
    assert (root / "docs" / "performance.md").read_text(encoding="utf-8") == bench.page(held)
