"""Two learners on a real hub, where its environment has been made as `run.py` says."""

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = Path(os.environ.get("COURSE_HUB_PYTHON", ROOT / "build" / "hub" / "bin" / "python"))


@pytest.mark.slow
def test_two_learners_work_are_culled_and_find_their_answers(tmp_path):
    if not PYTHON.is_file():
        pytest.skip("no hub is installed: tests/hub/run.py says how to make build/hub")
    figures = tmp_path / "figures.json"
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    ran = subprocess.run(
        [PYTHON, HERE / "run.py", "--users", "2", "--json", figures],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = {row["name"]: row["value"] for row in json.loads(figures.read_text(encoding="utf-8"))}
    assert told["learners who found their answer again after being culled"] == 2
    assert told["the room answers as a service of the hub"] == 1
