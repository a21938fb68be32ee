"""The engine reads another article: a letter of ten paragraphs, invented for this test.

Everything of the letter lies in `data/` and `notebooks/source/` beside this file; nothing of it is
in `course/`.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course import argument, article, data, evidence, lesson
from course.exercises import catalogue, exercise, ids
from course.exercises.model import CatalogueError
from course.publish import article as measured
from course.publish import datapackage
from course.publish import exercise as proof

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXT = HERE / "article.txt"
SOURCE = HERE / "notebooks" / "source" / "00_the_bridge.py"
# Words of the course's own article, which must not turn up in another's notebook.
OURS = ("Lavrov", "OSCE", "Kosovo", "[67]", "67 paragraphs")


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """A copy of the letter's data, which the engine reads instead of the course's."""
    folder = tmp_path / "data"
    shutil.copytree(HERE / "data", folder)
    monkeypatch.setenv("COURSE_DATA", str(folder))
    monkeypatch.delenv("COURSE_ARTICLE", raising=False)
    return folder


def environment(folder, **more):
    return {**os.environ, "COURSE_DATA": str(folder), "COURSE_RECORD": ":memory:", **more}


def test_lengths_fingerprints_and_word_counts_follow_from_the_text(letter, monkeypatch):
    monkeypatch.setenv("COURSE_ARTICLE", str(TEXT))
    assert measured.main(["--check"]) == 0
    monkeypatch.setenv("COURSE_ARTICLE", str(letter / "changed.txt"))
    (letter / "changed.txt").write_text(TEXT.read_text().replace("ninety", "eighty"))
    assert measured.main(["--check"]) == 1


def test_a_readers_copy_is_recognised_whole(letter, tmp_path):
    copy = article.attach(TEXT)
    assert copy.recognised == tuple(range(1, 11)) and copy.missing == ()
    assert copy.text(10).startswith("The river does not ask")
    page = tmp_path / "page.html"
    blocks = TEXT.read_text(encoding="utf-8").split("\n\n")
    page.write_text("<html><nav>Menu</nav>" + "".join(f"<p>{b}</p>" for b in blocks[3:]))
    assert article.attach(page).missing == (1, 2, 3)


def test_the_structure_is_the_letters(letter):
    assert [one.title for one in article.sections()][0] == "What was lost"
    assert article.count("ferry") == 3 and article.concordance("quay") == [5, 6]
    with pytest.raises(article.ArticleError, match="numbered 1 to 10"):
        article.paragraph(11)


def test_claims_are_weighed_and_sources_cited_in_the_style_of_the_course(letter):
    claim = evidence.claim("C002")
    assert claim.verdict == "contradicted"
    assert [finding.fact_id for finding in claim.evidence_against] == ["L01"]
    assert len(evidence.claims()) == 10
    assert evidence.cite("minutes-1923").startswith("Councils of Overlind and Underlind (1923)")
    with pytest.raises(evidence.UnknownSource):
        evidence.source("kvm-special-1999")


def test_every_quoted_phrase_stands_in_its_paragraph(letter):
    paragraphs = measured.body(TEXT.read_text(encoding="utf-8"))
    for claim in evidence.claims():
        assert claim.quoted_phrase in paragraphs[claim.paragraph - 1], claim.id


def test_the_argument_stands_falls_and_is_answered(letter):
    graph = argument.load()
    assert set(graph.label().values()) == {"stands"}
    assert graph.label(rejected=["C006", "C003"])["C008"] == "falls"
    assert graph.label(rejected=["C006"])["C008"] == "stands"  # the other line bears it
    assert graph.label(objections=["O01"])["C007"] == "falls"
    assert graph.label(objections=["O01"], replies="all")["C007"] == "undecided"
    assert all(graph.label(rejected=cut)["C008"] == "falls" for cut in graph.cuts("C008"))


def test_its_exercises_are_proven_as_the_courses_own(letter):
    assert ids() == ("bridge.guess", "bridge.still", "bridge.cause")
    assert [line for key in ids() for line in proof.problems(exercise(key))] == []


def test_an_exercise_cannot_point_beyond_the_last_paragraph(letter):
    table = dict(data.document("exercises/bridge")["bridge"]["cause"])
    catalogue.parse({"bridge": {"cause": table}}, "bridge")
    with pytest.raises(CatalogueError, match="11 is not a paragraph"):
        catalogue.parse({"bridge": {"cause": {**table, "paragraphs": [11]}}}, "bridge")


def test_a_new_exercise_is_begun_in_the_letters_own_notebook(letter):
    assert catalogue.order() == ("bridge",)
    proof.add("bridge.order", "single")
    assert "[bridge.order]" in (letter / "exercises" / "bridge.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="there are bridge"):
        proof.add("kosovo.votes", "single")


def test_the_package_describes_itself_and_is_valid(letter):
    assert datapackage.main([]) == 0
    package = json.loads((letter / "datapackage.json").read_text(encoding="utf-8"))
    assert package == json.loads((HERE / "data" / "datapackage.json").read_text(encoding="utf-8"))
    shapes = {one["name"]: type(one["schema"]) for one in package["resources"]}
    assert shapes["claims"] is str and shapes["verdicts"] is dict  # its own, and the course's
    assert (letter.parent / "docs" / "data.md").is_file()


def test_a_wrong_request_is_answered_with_the_letters_numbers(letter, capsys):
    lesson.passage()
    assert "from 1 to 10" in capsys.readouterr().out


def test_its_notebook_runs_untouched_solved_and_typically_wrong(letter, tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "notebooks" / "states.py", tmp_path, SOURCE],
        env=environment(letter),
        capture_output=True,
        text=True,
        timeout=300,
    )
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert [run["state"] for run in runs] == ["untouched", "solved", "wrong"], done.stderr
    assert [run["problems"] for run in runs] == [[], [], []]


def test_its_notebook_is_built_by_the_command(letter, tmp_path):
    folder = tmp_path / "notebooks"
    shutil.copytree(HERE / "notebooks", folder)
    command = [sys.executable, "-m", "course.publish.build", "--folder", folder]
    built = subprocess.run(
        command, env=environment(letter), cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stderr
    text = (folder / "00_the_bridge.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    shown = [
        "".join(output["data"].get("text/plain", ""))
        for cell in cells
        for output in cell.get("outputs", ())
    ]
    assert any("10 paragraphs" in one or "[10]" in one for one in shown)
    assert any("contradicted" in one for one in shown)
    assert not [word for word in OURS if word in text]
    assert {row["source_id"] for row in data.rows("notebook_citations")} == {
        "ferry-log",
        "market-book",
        "underlind-reply",
    }
