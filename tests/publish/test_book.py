"""The pages that become the web book, before Sphinx and a browser see them."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import article, data, evidence
from course.publish import address, book
from course.publish.book import lessons, pages, printing

VERBS = ("ask", "check", "head", "timeline")
LESSONS = data.document("notebooks")["notebook"]
SOMEWHERE = address.Addresses(
    public_url="https://course.example", binder_url="https://hub.example/v2/gh/someone/course/main"
)


@pytest.mark.parametrize(
    "code, plumbing",
    [
        ('head("kosovo")', True),
        ("from course import ask\nimport course\n\ncourse.ask('a.b')", True),
        ("import pandas as pd", False),
        ('votes = table("unsc_votes")', False),
        ("votes.head()", False),  # a method of pandas that has a verb's name
        ("course.head('start')", True),
        ('check("kosovo.days", days)', True),
        ('days = None\ncheck("kosovo.days", days)', False),
        ("", False),
        ("for", False),
    ],
)
def test_only_lines_that_just_open_a_view_are_left_out(code, plumbing):
    assert lessons.is_plumbing(code, VERBS) is plumbing


def test_a_style_sheet_is_kept_once_and_taken_out_of_every_view():
    styles = lessons.Styles()
    views = [f"<div><style>{css}</style>words</div>" for css in ("a{}", "b{}", "a{}")]
    assert [styles.take(view) for view in views] == ["<div>words</div>"] * 3
    assert styles.text == "a{}\nb{}\n"


def test_a_term_becomes_a_link_to_the_glossary_and_other_abbreviations_stay():
    terms = {'One\'s "own" meaning.': "consensus"}
    text = 'By <abbr title="One&#x27;s &quot;own&quot; meaning.">consent</abbr> of all.'
    assert lessons.words_of_a_term(text, terms) == "By {term}`consent <consensus>` of all."
    old = '<abbr title="An older meaning.">Consensus</abbr>'
    assert lessons.words_of_a_term(old, terms) == "{term}`Consensus <consensus>`"
    other = '<abbr title="Something else">SE</abbr>'
    assert lessons.words_of_a_term(other, terms) == other


def test_a_lesson_keeps_what_is_read_and_leaves_room_for_answers():
    view = new_output("display_data", data={"text/html": "<style>a{}</style><p>view</p>"})
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title"),
            new_code_cell('ask("a.b")', outputs=[view.copy()]),
            new_code_cell('days = None\n\ncheck("a.days", days)', outputs=[view.copy()]),
            new_code_cell(
                "1 + 1", outputs=[new_output("execute_result", data={"text/plain": "2"})]
            ),
        ]
    )
    page = lessons.page(notebook, "<p>banner</p>", lessons.Styles(), {}, VERBS)
    nbformat.validate(page)
    title, banner, asked, checked, computed = page.cells
    assert (title.source, banner.source) == ("# Title", "<p>banner</p>")
    assert asked.metadata["tags"] == ["remove-input", "answer"]
    assert asked.outputs[0].data["text/html"] == "<p>view</p>"
    assert checked.metadata["tags"] == ["answer"] and not checked.outputs
    assert computed.metadata["tags"] == [] and computed.outputs[0].data["text/plain"] == "2"


def test_the_article_page_shows_every_paragraph_and_every_claim_with_its_verdict():
    text = pages.article_page()
    assert re.findall(r'id="p(\d+)"', text) == [str(p.paragraph) for p in article.paragraphs()]
    found = re.findall(r'<li id="(c\d+)">.*?<span class="verdict">([^<,]+)', text)
    assert sorted(found) == sorted((c.id.lower(), c.verdict) for c in evidence.claims())


def test_the_references_name_every_source_once_and_say_how_far_it_was_read():
    text = pages.references_page(LESSONS)
    assert sorted(re.findall(r'<li id="([^"]+)">', text)) == sorted(
        s.id for s in evidence.sources()
    )
    assert len(re.findall(r'<span class="quiet">\((?:read|known|not read)', text)) == len(
        evidence.sources()
    )
    assert "Available at" not in text


def test_the_references_lead_to_the_lessons_that_use_them():
    text = pages.references_page(LESSONS)
    for row in data.rows("notebook_citations")[:50]:
        file = next(e["file"] for e in LESSONS if e["id"] == row["notebook"])
        entry = text[text.index(f'<li id="{row["source_id"]}">') :]
        assert f"notebooks/{file}.html" in entry[: entry.index("</li>")]


def test_the_glossary_page_defines_every_term_and_points_at_known_ones():
    text = pages.glossary_page()
    names = {one.term for one in evidence.glossary()}
    assert all(f"\n{name}\n  " in text for name in names)
    assert set(re.findall(r"\{term\}`([^`]+)`", text)) <= names


@pytest.mark.parametrize(
    "minutes, words",
    [
        (10, "about half an hour"),
        (60, "about 1 hour"),
        (85, "about 1½ hours"),
        (600, "about 10 hours"),
    ],
)
def test_hours_are_said_in_words(minutes, words):
    front = pages.front_page(
        LESSONS[:1], {LESSONS[0]["id"]: minutes}, False, address.Addresses(), ""
    )
    assert f"1 lesson, {words}." in front


def test_nothing_points_to_a_public_place_until_there_is_one():
    minutes = {one["id"]: 30 for one in LESSONS}
    front = pages.front_page(LESSONS, minutes, True, address.Addresses(), "")
    assert "Binder" not in front
    assert "Binder" in pages.front_page(LESSONS, minutes, True, SOMEWHERE, "")
    assert "hub.example" not in book._banner(LESSONS[0], True, address.Addresses())
    banner = book._banner(LESSONS[0], True, SOMEWHERE)
    assert "gh/someone/course/main?urlpath=lab%2Ftree%2Fnotebooks%2F00_start_here.ipynb" in banner


def test_a_guide_keeps_links_inside_the_book_and_turns_the_others_into_words():
    text = (
        "[data](data.md#events) [first](../notebooks/00_start_here.ipynb) [the readme](../README.md)"
        " [site](https://course.example/a) [here](#part) [gone](nowhere.md)"
    )
    assert pages.guide(text, Path("docs/x.md"), ["data"], ["00_start_here"]) == (
        "[data](data.md#events) [first](../notebooks/00_start_here.ipynb) the readme"
        " [site](https://course.example/a) [here](#part) gone"
    )


def test_the_sources_of_the_book_need_no_other_machine(tmp_path):
    held = book.write_sources(tmp_path, addresses=address.Addresses())
    assert [one["file"] for one in held] == [
        one["file"]
        for one in LESSONS
        if (book.ROOT / "notebooks" / f"{one['file']}.ipynb").is_file()
    ]
    front = (tmp_path / "index.md").read_text(encoding="utf-8")
    for one in held:
        assert f"notebooks/{one['file']}.html" in front
        original = (book.ROOT / "notebooks" / f"{one['file']}.ipynb").read_bytes()
        assert (tmp_path / "extra" / "files" / f"{one['file']}.ipynb").read_bytes() == original
    styles = (tmp_path / "_static" / "views.css").read_text(encoding="utf-8")
    assert ".course" in styles and "://" not in styles and "@import" not in styles


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("my own", encoding="utf-8")
    with pytest.raises(book.BookError, match="choose another folder"):
        book.build(tmp_path)
    assert mine.read_text(encoding="utf-8") == "my own"


def test_without_notebooks_or_a_browser_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(book.BookError, match="run the build first"):
        book.write_sources(tmp_path / "book", notebooks=tmp_path)
    monkeypatch.delenv("COURSE_CHROMIUM", raising=False)
    monkeypatch.setattr(printing.shutil, "which", lambda name: None)
    with pytest.raises(printing.PrintError, match="COURSE_CHROMIUM"):
        printing.print_pages([])


def test_every_picture_of_a_guide_comes_with_it(tmp_path):
    book.write_sources(tmp_path)
    for page in (tmp_path / "guides").glob("*.md"):
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / picture).is_file(), f"{page.name}: {picture}"
