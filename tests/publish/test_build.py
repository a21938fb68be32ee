"""The builder: stable notebooks from text, citations resolved, failures as sentences."""

import json

import pytest

from course.publish import build as b

TINY = """# %% [markdown]
# # A tiny notebook
#
# One question.

# %%
import ipywidgets
from IPython.display import HTML, display

display({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, raw=True)
display(HTML("<p>In words</p>"))

# %% tags=["hide-input"]
print("one")
print("two")
object()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "source").mkdir()
    (folder / "source" / "00_tiny.py").write_text(TINY, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(folder):
    return b.build(folder / "source" / "00_tiny.py")


def test_two_builds_are_byte_identical(folder, built):
    assert b.build(folder / "source" / "00_tiny.py").text == built.text


def test_live_views_leave_no_trace_and_their_words_stay(built):
    cells = json.loads(built.text)["cells"]
    assert [list(o["data"]) for o in cells[1]["outputs"]] == [["text/html", "text/plain"]]
    assert "widget" not in json.dumps(json.loads(built.text)["metadata"])


def test_counts_run_from_one_and_addresses_are_hidden(built):
    code = [c for c in json.loads(built.text)["cells"] if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == [1, 2]
    assert "0xXXXX" in json.dumps(code[1]["outputs"])
    assert code[1]["metadata"] == {"tags": ["hide-input"]}


def test_an_inserted_cell_leaves_other_ids_alone(built):
    import nbformat

    notebook = nbformat.reads(built.text, as_version=4)
    before = [c.id for c in notebook.cells]
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell("New."))
    after = [c.id for c in b.normalise(notebook, rules=[]).cells]
    assert after[:1] + after[2:] == before


def test_check_is_quiet_when_equal_and_shows_a_diff_when_not(built, tmp_path):
    path = tmp_path / "00_tiny.ipynb"
    assert "does not exist" in b.check(built, path)
    path.write_text(built.text, encoding="utf-8")
    assert b.check(built, path) == ""
    path.write_text(built.text.replace("one", "eleven"), encoding="utf-8")
    assert "-" in b.check(built, path) and "eleven" in b.check(built, path)


def test_command_reports_a_difference_with_exit_code_one(folder, capsys):
    assert b.main(["--folder", str(folder)]) == 0
    assert b.main(["--folder", str(folder), "--check", "tiny"]) == 0
    (folder / "old.ipynb").write_text("{}", encoding="utf-8")
    assert b.main(["--folder", str(folder), "--check"]) == 1
    assert "old.ipynb has no source" in capsys.readouterr().err


def test_a_failing_cell_is_named(tmp_path):
    (tmp_path / "source").mkdir()
    source = tmp_path / "source" / "01_broken.py"
    source.write_text("# %%\n1 / 0\n", encoding="utf-8")
    with pytest.raises(b.BuildError, match="01_broken"):
        b.build(source)


def test_a_wrong_name_gets_the_nearest(folder):
    with pytest.raises(b.BuildError, match="00_tiny"):
        b.sources(folder / "source", ["tyni"])


def cell(text):
    import nbformat

    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])


def test_a_citation_becomes_a_linked_label_and_is_counted_once():
    notebook = cell("He said so [@hina-1999-01-16; @taz-walker]. Again [@hina-1999-01-16].")
    assert b.resolve(notebook, "x") == ("hina-1999-01-16", "taz-walker")
    text = notebook.cells[0].source
    assert text.startswith("He said so ([Hina, 16 January 1999](http") and "[@" not in text


def test_a_fact_cites_its_sources_and_an_unverified_one_says_so():
    notebook = cell("Words [@KF21]. Others [@KF12].")
    cited = b.resolve(notebook, "x")
    assert "hina-1999-01-16" in cited
    assert "Others (unverified)." in notebook.cells[0].source


def test_an_unknown_source_stops_the_build_with_the_nearest_and_the_cell():
    with pytest.raises(b.BuildError, match="x, cell 1: .*hina-1999-01-16"):
        b.resolve(cell("[@hina-1999-01-61]"), "x")


def test_a_term_is_explained_at_its_first_use_only():
    notebook = cell("A [[quorum]], then the [[quorum|said quorum]].")
    b.resolve(notebook, "x")
    text = notebook.cells[0].source
    assert text.count("<abbr title=") == 1 and text.endswith("then the said quorum.")
    with pytest.raises(b.BuildError, match="quorum"):
        b.resolve(cell("[[qorum]]"), "x")
