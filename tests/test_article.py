"""The article's structure, its words in number, and a reader's own copy in many disguises."""

import csv
import hashlib
import html
import json
import re
import textwrap
import tomllib

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import article, data
from course.publish import article as maintained

# An invented text in the place of the article: four paragraphs, two sections.
TEXT = [
    "Once upon a time the lighthouse keepers’ guild met in a café by the north-west harbour. "
    "They disagreed – as guilds do – about who should trim the lamps.",
    "“Nobody trims alone,” said the eldest keeper.",
    "A rule was written, the rule was short, and the ink was barely dry when the first storm came.",
    "So the lamps were trimmed in turns, and the harbour slept.",
]
SECTION = {1: 1, 2: 1, 3: 2, 4: 2}


@pytest.fixture
def invented(tmp_path, monkeypatch):
    """The course's data with the invented text in the article's place."""
    rows = {
        "paragraphs": [
            {
                "paragraph": number,
                "section": SECTION[number],
                "words": len(article.words(text)),
                "fingerprint": article.fingerprint(article.words(text)),
                "rolling": article.rolling(article.words(text)),
                "summary": "What the paragraph says.",
                "themes": ("worldview",),
            }
            for number, text in enumerate(TEXT, start=1)
        ],
        "word_counts": maintained.counts(TEXT),
    }
    real = data.rows
    monkeypatch.setattr(data, "rows", lambda name: rows.get(name) or real(name))
    monkeypatch.setattr(data, "root", lambda: tmp_path / "invented")
    return tmp_path


def _saved(folder, text, name="copy.txt", encoding="utf-8"):
    place = folder / name
    place.write_bytes(text.encode(encoding))
    return place


# Structure


def test_the_article_has_eight_sections_and_sixty_seven_paragraphs():
    numbers = [number for section in article.sections() for number in section.paragraphs]
    assert numbers == list(range(1, 68))
    assert [section.section for section in article.sections()] == list(range(1, 9))


def test_a_section_is_as_long_as_its_paragraphs():
    for section in article.sections():
        inside = article.paragraphs(section=section.section)
        assert section.words == sum(paragraph.words for paragraph in inside)
        assert [paragraph.paragraph for paragraph in inside] == list(section.paragraphs)


def test_every_paragraph_is_summed_up_in_our_own_words():
    for paragraph in article.paragraphs():
        assert 5 <= len(paragraph.summary.split()) <= 60
        assert paragraph.themes


@pytest.mark.parametrize("odd", [0, 68, -1, "ten", None, 1.5])
def test_a_paragraph_that_is_not_there_gets_a_sentence(odd):
    with pytest.raises(article.ArticleError, match="numbered 1 to 67"):
        article.paragraph(odd)


def test_a_section_that_is_not_there_gets_a_sentence():
    for ask in (article.section, article.paragraphs, article.keyness):
        with pytest.raises(article.ArticleError, match="numbered 1 to 8"):
            ask(9)


# Words


def test_as_many_lemmas_are_counted_as_there_are_words():
    counted = dict.fromkeys(range(1, 68), 0)
    for row in data.rows("word_counts"):
        counted[row["paragraph"]] += row["count"]
    assert counted == {one.paragraph: one.words for one in article.paragraphs()}


def test_a_word_is_found_in_any_of_its_forms():
    assert article.concordance("treaties") == article.concordance("Treaty")
    assert 10 in article.concordance("genocide")


def test_counts_by_section_add_up():
    sections = range(1, 9)
    assert article.count("NATO") == sum(article.count("NATO", section=s) for s in sections)


def test_a_word_that_the_article_does_not_use_is_answered_with_the_nearest():
    with pytest.raises(article.ArticleError, match="the nearest word in it is 'genocide'"):
        article.concordance("genocid")
    with pytest.raises(article.ArticleError, match="'euro' and 'atlantic'"):
        article.concordance("Euro-Atlantic")


def test_keyness_is_the_published_log_likelihood():
    # a = 10 of 1,000 words, b = 5 of 4,000: E1 = 3, E2 = 12, G2 = 2 (10 ln 10/3 + 5 ln 5/12).
    word = article._keyword("word", 10, 5, 1000, 4000)
    assert word.log_likelihood == pytest.approx(15.3248, abs=1e-4)
    assert word.ratio == pytest.approx(8)


def test_the_words_that_mark_a_section_come_first():
    telling = article.keyness(4)
    values = [word.log_likelihood for word in telling]
    assert values == sorted(values, reverse=True)
    assert telling[0].lemma == "osce"
    assert all(word.ratio > 1 for word in telling)


# Fingerprints


def test_a_fingerprint_is_the_sha_256_of_the_words():
    assert article.words("It’s a “TEST”: soft-spoken, naïve.") == (
        ["its", "a", "test", "soft", "spoken", "naive"]
    )
    expected = hashlib.sha256(b"its a test").hexdigest()
    assert article.fingerprint(["its", "a", "test"]) == expected


@given(st.text(max_size=80))
def test_how_a_text_is_set_does_not_change_its_words(text):
    plain = article.words(text)
    assert article.words(" ".join(plain)) == plain
    assert article.words(f"\n  {text}\t\n") == plain


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.integers(0, 11), st.integers(1, 12))
def test_every_window_has_the_hash_of_its_own_words(stream, start, length):
    window = stream[start : start + length]
    sums = [0]
    for word in stream:
        sums.append((sums[-1] * article.BASE + article._code(word)) % article.PRIME)
    end = start + len(window)
    if window:
        power = pow(article.BASE, len(window), article.PRIME)
        value = (sums[end] - sums[start] * power) % article.PRIME
        assert f"{value:016x}" == article.rolling(window)


# A reader's own copy


def test_a_plain_copy_is_recognised(invented):
    copy = article.attach(_saved(invented, "\n\n".join(TEXT)))
    assert (copy.recognised, copy.missing) == ((1, 2, 3, 4), ())
    assert copy.report() == "4 of 4 paragraphs recognised."


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: "\n\n".join(textwrap.fill(p, 30) for p in text),
        lambda text: "\r\n".join(text),
        lambda text: " ".join(text),
        lambda text: "\n".join(f"[{n}] {p}" for n, p in enumerate(text, 1)),
        lambda text: "\n".join(text).replace("’", "'").replace("“", '"').replace("”", '"'),
        lambda text: "\n".join(text).replace("–", "--").replace("é", "e"),
        lambda text: "\n".join(text).replace("é", "e\u0301").replace(" ", "\u00a0"),
        lambda text: "Home\nAbout us\n" + "\n* * *\n".join(text) + "\nShare this page\n(c) 2010",
        lambda text: "\n".join(text).upper(),
    ],
    ids="wrapped windows run-together numbered straight plain decomposed furniture capitals".split(),
)
def test_a_copy_is_recognised_however_it_is_set(invented, dress):
    assert article.attach(_saved(invented, dress(TEXT))).missing == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_copy_is_recognised_in_common_encodings(invented, encoding):
    assert article.attach(_saved(invented, "\n".join(TEXT), encoding=encoding)).missing == ()


def test_a_saved_page_is_recognised(invented):
    body = "".join(f"<p><b>{n}</b>. {html.escape(p)}<sup>{n}</sup></p>" for n, p in enumerate(TEXT))
    body = body.replace("trims alone", "<em>trims</em> al<i>one</i>").replace("’", "&rsquo;")
    page = (
        "<!DOCTYPE html><html><head><title>x</title><script>var a = '<p>no</p>';</script></head>"
        f"<body><nav>Menu</nav>{body}<style>p {{}}</style><footer>End</footer></body></html>"
    )
    for name in ("page.html", "page.txt"):
        copy = article.attach(_saved(invented, page, name))
        assert copy.missing == ()
        assert copy.text(2) == TEXT[1]


def test_a_changed_or_missing_paragraph_is_named(invented):
    changed = [TEXT[0], TEXT[1].replace("alone", "together"), TEXT[3]]
    copy = article.attach(_saved(invented, "\n".join(changed)))
    assert copy.recognised == (1, 4)
    assert copy.report() == "2 of 4 paragraphs recognised, missing [2] [3]."
    with pytest.raises(article.ArticleError, match=r"lacks \[3\]"):
        copy.text(3)


def test_another_text_says_what_to_do(invented):
    copy = article.attach(_saved(invented, "Quite another story altogether."))
    assert copy.recognised == ()
    assert "publisher's page" in copy.report()


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04zip", b"a\x00b\x00"])
def test_a_file_of_another_kind_gets_a_sentence(tmp_path, start):
    place = tmp_path / "copy.bin"
    place.write_bytes(start)
    with pytest.raises(article.ArticleError, match="plain text"):
        article.attach(place)


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    for place in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(article.ArticleError, match="There is no file"):
            article.attach(place)


def test_attaching_a_copy_writes_nothing(invented):
    place = _saved(invented, "\n".join(TEXT))
    before = sorted(path.name for path in invented.iterdir())
    article.attach(place)
    assert sorted(path.name for path in invented.iterdir()) == before


# The real article, where it is at hand


def test_the_tables_agree_with_the_article(article_text):
    paragraphs = maintained.body(article_text)
    for name, rows in maintained.computed(paragraphs).items():
        assert maintained._keyed(name, rows) == maintained._keyed(name, data.rows(name))


def test_the_real_article_is_recognised_whole_between_much_else(article_text, tmp_path):
    furniture = "Menu Search Subscribe " * 2000
    copy = article.attach(_saved(tmp_path, furniture + article_text + furniture))
    assert copy.missing == ()
    shown = copy.text(53).split()
    assert len(shown) == article.paragraph(53).words


QUOTED = re.compile(r"[\"“]([^\"“”\n=\[\]{}<>]{3,120})[\"”]")
LOCATOR = re.compile(r"\[(\d+)\]")
REACH = 120
"""How many characters may lie between quoted words and the locator that they belong to."""

FOLLOWS = re.compile(r"^,? ?\(?\[(\d+)\]")
SOURCED = re.compile(r"^[^\[\]\"“]{0,60}\[@")
"""Words of somebody else, with that one's own citation."""

NOT_QUOTED = {
    "gold standard": "words of 2008, of which it is said that their image returns",
    "NATO is evil": "a premise that the text does not have, and that is said",
    "in all respects": "from [6]; the locator near it belongs to what stands before it",
}
LEAST_QUOTATIONS = 50
"""Fewer found would mean that the search has gone blind, not that the course quotes less."""


def _told(path):
    """The sentences of a file, without the quotation marks of its own syntax."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        return [cell for row in csv.reader(text.splitlines()) for cell in row]
    if path.suffix in (".json", ".toml"):
        return list(_strings((json if path.suffix == ".json" else tomllib).loads(text)))
    blocks = re.split(r"\n\s*(?:#\s*)?\n", text)
    return [" ".join(line.lstrip("# ").strip() for line in block.splitlines()) for block in blocks]


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _quotations(sentence, last):
    """Yield (quoted words, paragraphs they may stand in) for words with a locator near them."""
    places = [(m.start(), m.end(), int(m.group(1))) for m in LOCATOR.finditer(sentence)]
    places = [place for place in places if 1 <= place[2] <= last]
    for found in QUOTED.finditer(sentence) if places else ():
        start, end = found.span()
        follows = FOLLOWS.match(sentence[end:])
        if follows:
            yield found.group(1), {int(follows.group(1))}
        elif len(article.words(found.group(1))) > 1 and not SOURCED.match(sentence[end:]):
            near = {n for a, b, n in places if 0 <= a - end <= REACH or 0 <= start - b <= REACH}
            yield found.group(1), near


def test_words_quoted_with_a_locator_stand_in_that_paragraph(article_text, root):
    paragraphs = [" ".join(article.words(text)) for text in maintained.body(article_text)]
    files = [*root.glob("notebooks/source/*.py"), *root.glob("docs/*.md")]
    # what views and code print: claims in our own words, and results
    files = [path for path in files if path.stem not in ("gallery", "models", "exercises")]
    files += [path for kind in ("csv", "json", "toml") for path in data.root().rglob(f"*.{kind}")]
    found = 0
    for path in files:
        for sentence in _told(path):
            for phrase, numbers in _quotations(sentence, len(paragraphs)):
                if not numbers or phrase in NOT_QUOTED:
                    continue
                spoken = " ".join(article.words(phrase))
                stands = any(spoken in paragraphs[number - 1] for number in numbers)
                assert stands, (path.name, phrase, numbers)
                found += 1
    assert found >= LEAST_QUOTATIONS, found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('He says "so it was" [10].', [("so it was", {10})]),
        ('[10] says that "so it was".', [("so it was", {10})]),
        ('Near [9] and [10]: "so it was", and [12].', [("so it was", {9, 10, 12})]),
        ('It was "thus" ([10]).', [("thus", {10})]),
        ('She said "so it was" [@other-2009], and [10] not.', []),
        ("[10]." + " " * 150 + 'Another: "so it was".', [("so it was", set())]),
        ('No locator: "so it was".', []),
    ],
)
def test_a_quotation_is_found_before_and_after_its_locator(sentence, expected):
    assert list(_quotations(sentence, 67)) == expected


def test_the_summaries_are_not_the_articles_words(article_text):
    text = " ".join(article.words(article_text))
    for paragraph in article.paragraphs():
        own = article.words(paragraph.summary)
        for start in range(len(own) - 7):
            assert " ".join(own[start : start + 8]) not in text, paragraph.paragraph


def test_whole_numbers_of_other_libraries_name_paragraphs_and_sections():
    assert article.paragraph(numpy.int64(10)) == article.paragraph(10)
    assert article.section(numpy.int8(2)) == article.section(2)


@pytest.mark.parametrize("number", [True, 10.0, "10", None, [10], numpy.array([9, 10]), 0, 10**30])
def test_what_is_no_number_of_a_paragraph_is_answered_in_one_sentence(number):
    with pytest.raises(article.ArticleError, match=r"^The article has no paragraph .*\.$"):
        article.paragraph(number)


@pytest.mark.parametrize("limit", [-1, 2.5, "ten", []])
def test_a_limit_that_is_no_number_of_words_is_answered_in_one_sentence(limit):
    with pytest.raises(article.ArticleError, match="is no number of words"):
        article.keyness(1, limit=limit)


@pytest.mark.parametrize("path", [None, 5, [], "~nobody-of-that-name/article.txt", "a\0b"])
def test_what_is_no_path_of_a_copy_is_answered_in_one_sentence(path):
    with pytest.raises(article.ArticleError, match=r"^There is no file [^\n]*\.$"):
        article.attach(path)
