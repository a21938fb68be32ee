"""What every notebook keeps to: short cells, counts in order, one title, no captured output.

nbval compares nothing for a code cell without an execution count, so counts are checked here.
"""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ALLOWED_TAGS = {"raises-exception", "nbval-ignore-output", "hide-input"}
WORDS = 120
LINES, HARD_LINES = 12, 20

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="no notebook is built yet")


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def cells(request):
    return json.loads(request.param.read_text(encoding="utf-8"))["cells"]


def text(cell):
    return "".join(cell["source"])


def code(cells):
    return [c for c in cells if c["cell_type"] == "code"]


def markdown(cells):
    return [text(c) for c in cells if c["cell_type"] == "markdown"]


def words(source):
    """Words a reader meets: no addresses, no tags, no titles of links."""
    source = re.sub(r"\]\([^)]*\)", "]", source)
    return re.findall(r"[^\W\d_][\w'’-]*", re.sub(r"<[^>]+>", " ", source))


def test_counts_run_from_one_to_n(cells):
    found = [c["execution_count"] for c in code(cells)]
    assert found == list(range(1, len(found) + 1))


def test_tags_are_known(cells):
    assert {t for c in cells for t in c["metadata"].get("tags", [])} <= ALLOWED_TAGS


def test_code_cells_are_short(cells):
    long = [c["execution_count"] for c in code(cells) if text(c).count("\n") + 1 > HARD_LINES]
    assert not long
    over = [c for c in code(cells) if text(c).count("\n") + 1 > LINES]
    assert len(over) <= len(code(cells)) // 10, "more than one code cell in ten is over 12 lines"


def test_no_code_captures_output_or_hides_it_with_a_semicolon(cells):
    for cell in code(cells):
        assert not re.search(r"\bOutput\(|\binteract\b|%%capture", text(cell)), text(cell)
        assert not text(cell).rstrip().endswith(";"), text(cell)


def test_no_cell_stores_an_error_or_a_warning(cells):
    for cell in code(cells):
        may_fail = "raises-exception" in cell["metadata"].get("tags", [])
        kinds = {o["output_type"] for o in cell["outputs"]}
        assert may_fail or "error" not in kinds
        assert "stderr" not in {o.get("name") for o in cell["outputs"]}


def test_markdown_cells_are_short(cells):
    long = {m[:60]: len(words(m)) for m in markdown(cells) if len(words(m)) >= WORDS}
    assert not long


def test_one_title_comes_first(cells):
    titles = [m for m in markdown(cells) if re.search(r"^# ", m, flags=re.M)]
    assert len(titles) == 1
    assert cells[0]["cell_type"] == "markdown" and text(cells[0]).startswith("# ")


def test_no_heading_level_is_skipped(cells):
    levels = [len(h) for m in markdown(cells) for h in re.findall(r"^(#+) ", m, flags=re.M)]
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


def test_nothing_live_is_stored(cells):
    mimes = {m for c in code(cells) for o in c["outputs"] for m in o.get("data", {})}
    assert not {m for m in mimes if "widget" in m}


def test_every_picture_is_described(cells):
    for cell in code(cells):
        for output in cell["outputs"]:
            page = "".join(output.get("data", {}).get("text/html", ""))
            for tag in re.findall(r"<svg\b[^>]*>", page):
                assert 'aria-label="' in tag or 'aria-hidden="true"' in tag
            for tag in re.findall(r"<img\b[^>]*>", page):
                assert re.search(r'alt="[^"]+"', tag)
