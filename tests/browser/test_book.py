"""The web book in a browser, opened from its folder, with every other address refused."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from axe import violations
from playwright.sync_api import expect

from course.publish import book
from course.publish.book import printing

CONTENT = "article.bd-article"
ABORTED = "net::ERR_ABORTED"  # a page left before it had loaded all
MADE = ("index", "article", "glossary", "references", "guides/data")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The book of all lessons, and the names of its pages without their ending."""
    folder = tmp_path_factory.mktemp("book") / "out"
    held = book.build(folder)
    return folder, [*MADE, *(f"notebooks/{one['file']}" for one in held)]


@pytest.fixture
def open_page(browser, shelf):
    """Open pages from the folder; afterwards see that nothing outside was asked, nothing failed."""
    folder, _ = shelf
    contexts, outside, failed = [], [], []

    def guard(route):
        if route.request.url.startswith((folder.as_uri(), "data:", "blob:")):
            return route.continue_()
        outside.append(route.request.url)
        return route.abort()

    def open_(name, **options):
        context = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **options})
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on(
            "requestfailed",
            lambda r: failed.append(f"{r.failure} {r.url}") if r.failure != ABORTED else None,
        )
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{folder.as_uri()}/{name}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not outside, f"requests left the book: {outside}"
    assert not failed, failed


NAMELESS = """() => [...document.querySelectorAll('article img, article svg')].filter(one =>
    !(one.getAttribute('alt') || one.getAttribute('aria-label')
      || one.closest('[aria-hidden=true]'))).map(one => 'no words: ' + one.outerHTML.slice(0, 120))"""


def test_every_page_is_clean_for_axe_has_words_for_pictures_and_fits_a_phone(open_page, shelf):
    found = {}
    for name in shelf[1]:
        page = open_page(f"{name}.html")
        # measuring every colour of a page as long as a book takes minutes: see the next test
        found[name] = violations(page, CONTENT, least="moderate", without=["color-contrast"])
        found[name] += page.evaluate(NAMELESS)
        if page.locator(".course-twin style").count():
            found[name].append("a view brought its own style sheet again")
        page.set_viewport_size({"width": 360, "height": 740})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found[name].append(f"{wide} px too wide for a phone")
        page.close()
    assert not any(found.values()), {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(open_page, scheme):
    for name in ("index", "notebooks/00_start_here"):
        page = open_page(f"{name}.html", color_scheme=scheme)
        assert violations(page, CONTENT, least="moderate") == []


def test_views_are_read_without_a_kernel(open_page):
    page = open_page("notebooks/04_kosovo_1999.html")
    expect(page.get_by_role("img", name=re.compile("^Timeline"))).to_be_visible()
    assert "model not found" not in page.locator("article").inner_text().casefold()
    folded = page.locator(".course-twin details:has(table)").first
    expect(folded.locator("table")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("table")).to_be_visible()


def test_dark_mode_reaches_the_views(open_page):
    page = open_page("notebooks/04_kosovo_1999.html", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-jp-theme-light", "false")
    colours = page.locator(".course-twin .course").first.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
    )
    ink, paper = (sum(map(int, c[c.index("(") + 1 : -1].split(",")[:3])) for c in colours)
    assert ink > 500 > 150 > paper, colours
    page.locator(".theme-switch-button:visible").first.click()
    page.get_by_role("button", name="Light").click()
    expect(page.locator("html")).to_have_attribute("data-jp-theme-light", "true")


def test_search_finds_a_word_of_a_lesson_and_a_term_of_the_glossary(open_page):
    page = open_page("index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("Rambouillet")
    page.keyboard.press("Enter")
    results = page.locator("#search-results li")
    expect(results.get_by_role("link", name="Kosovo 1999").first).to_be_visible()
    page = open_page("search.html?q=consensus")
    expect(
        page.locator("#search-results").get_by_role("link", name="Glossary").first
    ).to_be_visible()


def test_a_term_leads_to_its_neighbour_and_to_the_article(open_page):
    page = open_page("glossary.html")
    page.locator("dd", has_text="See also use of force").get_by_role(
        "link", name="use of force"
    ).first.click()
    expect(page.locator("dt", has_text="use of force").first).to_be_in_viewport()
    page.locator("dd a[href*='article.html#p10']").first.click()
    expect(page.locator("#p10")).to_be_in_viewport()


class Links(HTMLParser):
    """The links and the places of a page."""

    def __init__(self, page):
        super().__init__()
        self.links, self.places = set(), set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.places.add(held.get("id"))
        if tag == "a" and held.get("href"):
            self.links.add(held["href"])


def test_every_link_inside_the_book_leads_somewhere(shelf):
    folder, names = shelf
    pages = {(folder / f"{name}.html").resolve(): None for name in names}
    pages = {path: Links(path) for path in pages}
    broken = []
    for path, held in pages.items():
        for link in held.links:
            if "://" in link or link.startswith("mailto:"):
                continue
            file, _, part = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (
                part and target in pages and part not in pages[target].places
            ):
                broken.append(f"{path.name}: {link}")
    assert not broken, broken[:10]


def test_a_hand_out_is_printed_with_everything_unfolded(shelf, tmp_path):
    folder, _ = shelf
    page, target = folder / "notebooks" / "00_start_here.html", tmp_path / "start.pdf"
    # The printer has a browser of its own, and one thread drives one browser at a time.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(printing.print_pages, [(page, target, "Start here")]).result() == [
            target
        ]
    content = target.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") > 2 or content.count(b"/Type /Page") > 2
    assert b"/StructTreeRoot" in content  # tagged, for screen readers
