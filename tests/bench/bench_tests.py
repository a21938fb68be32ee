"""How long each part of the test command took when it was last run to its end on this machine.

`python3 -m course test` leaves its times in `build/test-times.json`; without that file there is
nothing to say, and nothing is run for it.
"""

import json
from pathlib import Path

TIMES = Path(__file__).resolve().parents[2] / "build" / "test-times.json"
TARGETS = {"lint": 30, "all": 1200}


def measure():
    """Return each figure with its unit and target."""
    if not TIMES.is_file():
        return []
    times = json.loads(TIMES.read_text(encoding="utf-8"))
    times["all"] = sum(times.values())
    return [
        {"name": f"test command: {part}", "value": round(s, 1), "unit": "s", "target": TARGETS.get(part)}
        for part, s in times.items()
    ]  # fmt: skip


if __name__ == "__main__":
    for row in measure():
        print(row)
