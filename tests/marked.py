"""Whether every text of a page went through the catalogue of words."""

import re
from html.parser import HTMLParser

from course import data, words
from course.publish import words as translation


def pseudo_language(path):
    """Write the language that nobody speaks into a file that `COURSE_WORDS` can name."""
    told = {
        key: translation.pseudo(text) for key, text in words._catalogue(data.root(), "").items()
    }
    path.write_text(translation.toml(told), encoding="utf-8")
    return path


class Texts(HTMLParser):
    """Every run of text of a page, with the texts that only a screen reader gives."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found, self.style = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.style = tag == "style"
        self.found += [v for name, v in attrs if name in ("aria-label", "alt", "title") and v]

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, text):
        if not self.style and text.strip():
            self.found.append(text.strip())


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def plain(text):
    return " ".join(re.findall(r"\w+", text))


def assert_all_marked(page, content):
    """Every text of the page is marked as translated, or is content with a catalogue of its own."""
    told = f" {plain(' '.join(content))} "
    bare = [
        text
        for text in Texts(page).found
        if translation.OPEN not in text
        and translation.CLOSE not in text
        and re.search(r"[A-Za-z]{2}", text)
        and f" {plain(text)} " not in told
    ]
    assert bare == []
