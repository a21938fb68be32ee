"""What the data layer costs beside bare pandas: ratios in the same run, so that machines compare.

Run as a script, or through `python3 -m course bench`.
"""

import subprocess
import sys
import time

import pandas

from course import data

REPEATS = 15
OURS = "import course; course.data.table('memberships')"
BARE = "import pandas; pandas.read_csv({path!r}, keep_default_na=False, na_values=[''])"


def _process(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def _ratio(first, second, repeats: int) -> float:
    """Run two measures in turn; return the best of the first over the best of the second.

    The best of several runs is what the code costs; the rest is what else the machine was doing.
    """
    first(), second()  # warm the file cache
    pairs = [(first(), second()) for _ in range(repeats)]
    ours, bare = zip(*pairs, strict=True)
    return min(ours) / min(bare)


def _first_table() -> float:
    bare = BARE.format(path=str(data.root() / "tables" / "memberships.csv"))
    return _ratio(lambda: _process(OURS), lambda: _process(bare), REPEATS)


def _load_all() -> float:
    for cached in (data._schema, data._columns, data._cited):
        cached.cache_clear()
    start = time.perf_counter()
    for name in data.names():
        data.table(name)
    return time.perf_counter() - start


def _load_all_bare() -> float:
    start = time.perf_counter()
    for path in (data.root() / "tables").glob("*.csv"):
        pandas.read_csv(path, keep_default_na=False, na_values=[""])
    return time.perf_counter() - start


def _members() -> float:
    """Seconds for one `members()` after the first."""
    data.members("OSCE", "2010-05-01")
    start = time.perf_counter()
    for _ in range(1000):
        data.members("OSCE", "2010-05-01")
    return (time.perf_counter() - start) / 1000


def measure() -> list[dict]:
    """Return each figure with its unit and target."""
    size = sum(path.stat().st_size for path in data.root().rglob("*") if path.is_file())
    return [
        {
            "name": "import course and the first table, over import pandas and one read_csv",
            "value": round(_first_table(), 3),
            "unit": "ratio",
            "target": 1.15,
        },
        {
            "name": "all tables, over a bare read_csv of the same files",
            "value": round(_ratio(_load_all, _load_all_bare, 3 * REPEATS), 3),
            "unit": "ratio",
            "target": 1.5,
        },
        {
            "name": "members() of one body on one day, once read",
            "value": round(_members() * 1e6, 1),
            "unit": "microseconds",
            "target": 50,
        },
        {
            "name": "all of data/",
            "value": round(size / 2**20, 2),
            "unit": "MiB",
            "target": 5,
        },
    ]


if __name__ == "__main__":
    for line in measure():
        print(f"{line['name']}: {line['value']} {line['unit']} (target {line['target']})")
