"""Words that take a side stand only in quotations or where docs/words.md allows them."""

import re
from pathlib import Path

import pytest

from course import article, data

ROOT = Path(__file__).parents[2]
RULES = data.document("style/words")


def plain(text):
    """Markdown without marks, on one line, so that a phrase can be found across line ends."""
    text = re.sub(r"\[\[(?:[^\]|]+\|)?([^\]]+)\]\]", r"\1", text)
    text = re.sub(r"\s*\[@[^\]]+\]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"(?m)^# ?", "", text))


def texts():
    for path in sorted((ROOT / "notebooks" / "source").glob("*.py")):
        cells = re.split(r"(?m)^# %%", path.read_text(encoding="utf-8"))
        for number, cell in enumerate(cells[1:], 1):
            if cell.startswith(" [markdown]"):
                yield f"{path.stem}, cell {number}", plain(cell)
    for path in sorted((ROOT / "data" / "exercises").glob("*.toml")):
        for table in path.read_text(encoding="utf-8").split("\n\n["):
            # an id or a phrase that gives a mistake away is read by the check, not by a learner
            shown = re.sub(r'\bid = "[^"]*"|contains = \[[^\]]*\]|answers? = \S+', "", table)
            yield f"{path.stem}.{table.partition(']')[0]}", plain(shown)
    for paragraph in article.paragraphs():
        yield f"summary of [{paragraph.paragraph}]", plain(paragraph.summary)


def unquoted(word, text, allowed):
    """Places where `word` stands outside quotation marks and outside every allowed context."""
    for context in allowed:
        text = text.replace(context, " ")
    text = text.replace('\\"', "“")
    for quoted in re.findall(r"“[^“”]{1,160}[“”]|\"[^\"]{1,160}\"", text):
        if len(quoted.split()) <= 15:
            text = text.replace(quoted, " ")
    return [m.start() for m in re.finditer(rf"\b{re.escape(word)}\b", text, re.I)]


@pytest.mark.parametrize("word", RULES)
def test_a_word_that_takes_a_side_is_quoted_or_allowed(word):
    found = {
        where: text[max(0, at[0] - 60) : at[0] + 60]
        for where, text in texts()
        if (at := unquoted(word, text, RULES[word]["allowed"]))
    }
    assert not found


def test_the_page_on_words_speaks_of_every_word():
    page = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    assert [w for w in RULES if w not in page] == []


@pytest.mark.parametrize(
    "text", ["The regime fell.", "A so-called border.", 'He said "no"; the regime fell.']
)
def test_a_listed_word_is_found(text):
    assert any(unquoted(w, text, []) for w in ("regime", "so-called"))


def test_a_quoted_word_is_let_through():
    assert not unquoted("regime", 'The article says "incumbent regime" [50].', [])
