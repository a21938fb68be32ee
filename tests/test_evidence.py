"""Claims, facts, terms and sources come back whole, and a wrong id gets a helpful sentence."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import FrozenInstanceError

import pytest

from course import data, evidence

CSL_TYPES = set(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "dataset document entry entry-dictionary entry-encyclopedia interview legal_case legislation "
    "pamphlet paper-conference post post-weblog regulation report review review-book software "
    "speech standard thesis treaty webpage".split()
)
SOURCES = evidence.sources()


def test_a_claim_comes_with_its_verdicts_findings_and_sources():
    claim = evidence.claim("C039")
    assert (claim.paragraph, claim.section, claim.theme) == (10, 2, "kosovo")
    assert claim.verdict == "contradicted"
    assert claim.aspect("fact").verdict == "supported"
    assert claim.evidence_for and claim.evidence_against and claim.context
    assert "hina-1999-01-16" in claim.source_ids


def test_the_verdict_of_a_claim_is_that_on_the_whole_of_it():
    for claim in evidence.claims():
        assert claim.verdicts[0].aspect == "whole"
        assert claim.verdict == claim.aspect("whole").verdict


def test_claims_stand_in_the_order_of_the_article():
    places = [(claim.paragraph, claim.id) for claim in evidence.claims()]
    assert places == sorted(places)


def test_conditions_on_claims_are_joined():
    found = evidence.claims(paragraph=10, verdict="contradicted")
    assert found == [
        claim
        for claim in evidence.claims()
        if claim.paragraph == 10 and claim.verdict == "contradicted"
    ]
    assert found


def test_a_notebook_finds_the_claims_it_treats():
    kosovo = {claim.id for claim in evidence.claims(notebook="kosovo")}
    assert {"C037", "C038", "C039", "C040", "C041", "C042", "C043", "C139"} <= kosovo
    assert "C050" not in kosovo


def test_values_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        evidence.claim("C039").text = "something else"
    with pytest.raises(TypeError):
        evidence.source("lavrov-2010").csl["title"] = "something else"


@pytest.mark.parametrize(
    ("ask", "wrong", "nearest", "error"),
    [
        (evidence.claim, "c39", "C039", evidence.UnknownClaim),
        (evidence.claim, "C0139", "C139", evidence.UnknownClaim),
        (evidence.fact, "kf21", "KF21", evidence.UnknownFact),
        (evidence.source, "hina-1999-01-61", "hina-1999-01-16", evidence.UnknownSource),
        (evidence.term, "quorums", "quorum", evidence.UnknownTerm),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest(ask, wrong, nearest, error):
    with pytest.raises(error, match=re.escape(repr(nearest))):
        ask(wrong)


@pytest.mark.parametrize("odd", [39, None, "", ["C039"], {"id": "C039"}, b"C039"])
def test_what_is_no_id_gets_a_sentence_too(odd):
    with pytest.raises(evidence.UnknownClaim, match="There is no claim"):
        evidence.claim(odd)


def test_a_condition_that_nothing_fits_is_no_silent_empty_list():
    with pytest.raises(ValueError, match="the nearest is 'kosovo'"):
        evidence.claims(notebook="kosov")
    with pytest.raises(ValueError, match="no paragraph 68"):
        evidence.claims(paragraph=68)
    with pytest.raises(ValueError, match="no notebook"):
        evidence.facts(notebook="kosov")


def test_an_aspect_that_was_not_weighed_says_which_were():
    with pytest.raises(ValueError, match="whole, law"):
        evidence.claim("C139").aspect("motive")


def test_facts_can_be_asked_for_by_notebook_and_by_trust():
    unread = evidence.facts(notebook="kosovo", verification="unverified")
    assert unread
    assert {fact.verification for fact in unread} == {"unverified"}


def test_a_term_is_found_whatever_its_capitals():
    assert evidence.term("QUORUM") == evidence.term("quorum")


def test_the_glossary_is_in_alphabetical_order_and_refers_only_to_itself():
    terms = evidence.glossary()
    names = [term.term for term in terms]
    assert names == sorted(names, key=str.casefold)
    assert {other for term in terms for other in term.see_also} <= set(names)


# Sources


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_source_is_a_valid_entry(source):
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", source.id)
    assert source.title == source.title.strip() != ""
    assert source.type in CSL_TYPES
    assert re.fullmatch(r"[a-z]{2}", source.language)
    assert source.access in {"open", "archive", "print"}
    assert source.read in {"whole", "in part", "through another", "not read"}
    assert (source.access == "print") == (source.url is None)
    assert source.url is None or re.match(r"https?://[^/\s]+\.[^/\s]+", source.url)
    assert len(source.issued) <= 3
    for part, (low, high) in zip(source.issued, ((1850, 2026), (1, 12), (1, 31)), strict=False):
        assert low <= part <= high


def test_one_source_stands_once():
    shared = {
        # Repositories and pages that hold several different works.
        "https://github.com/owid/notebooks",
        "https://github.com/owid/owid-datasets",
        "https://github.com/intreleng-research/unsc-dataset",
        "https://www.semanticscholar.org/paper/The-Myth-of-a-No-NATO-Enlargement-Pledge-to-"
        "Russia-Kramer/f8a9b053d0165828a41bb123a8f196104f275e8b",
    }
    bare = [_bare(source.url) for source in SOURCES if source.url]
    twice = {url for url in bare if bare.count(url) > 1}
    assert twice <= {_bare(url) for url in shared}


def _bare(url):
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/").casefold()


def test_an_older_id_finds_the_same_source():
    held = {source.id for source in SOURCES}
    aliases = [(a, s.id) for s in SOURCES for a in s.csl["custom"].get("aliases", ())]
    assert len(dict(aliases)) == len(aliases)
    for alias, id in aliases:
        assert alias not in held
        assert evidence.source(alias).id == id
        assert evidence.cite(alias) == evidence.cite(id)


def test_what_nobody_read_carries_no_verified_row():
    unread = {source.id for source in SOURCES if source.read == "not read"}
    for finding in (f for claim in evidence.claims() for f in claim.evidence):
        if finding.verification != "unverified":
            assert not set(finding.source_ids) <= unread, finding.statement
    for fact in evidence.facts():
        if fact.verification != "unverified":
            assert not set(fact.source_ids) <= unread, fact.id


def test_every_fact_but_the_unverified_has_a_source():
    for fact in evidence.facts():
        assert fact.source_ids or fact.verification == "unverified", fact.id


@pytest.mark.parametrize(
    ("id", "label"),
    [
        ("hina-1999-01-16", "Hina, 16 January 1999"),
        ("bbc-1999-03-17", "BBC, 17 March 1999"),
        ("rainio-2001", "Rainio, Lalu and Penttila, 15 February 2001"),
        ("bt-2009", "Bergens Tidende, 26 February 2009"),
    ],
)
def test_a_label_names_who_and_when(id, label):
    assert evidence.source(id).label == label


# References


@pytest.mark.parametrize(
    ("id", "reference"),
    [
        (
            "asmus-2010",
            "Asmus, R.D. (2010) A Little War That Shook the World",
        ),
        (
            "hina-1999-01-16",
            "Hina (1999) “Report from Pristina on Walker's news conference”, Hina, 16 January.",
        ),
        (
            "nat-1949",
            "NATO (1949) “The North Atlantic Treaty”. NATO. Available at: https://www.nato.int/",
        ),
        ("bt-2009", "Bergens Tidende (2009) “Skyldig i krigsforbrytelser (in Norwegian)”, "),
        ("insajder-ranta", "Insajder (no date) "),
    ],
)
def test_references_read_as_the_style_has_them(id, reference):
    known = {"asmus-2010": "geo-asmus-2010"}
    assert evidence.cite(known.get(id, id)).startswith(reference)


def test_a_reference_does_not_say_its_title_twice():
    for source in SOURCES[::7]:
        reference = evidence.cite(source.id)
        assert reference.casefold().count(source.title.casefold()[:60]) <= 1 or (
            source.creator.casefold() in source.title.casefold()
        ), reference


def test_a_bibliography_lists_each_source_once_in_order():
    ids = evidence.claim("C040").source_ids
    listed = evidence.bibliography([*ids, *ids])
    assert len(listed) == len(set(listed)) == len(ids)
    assert listed == sorted(listed, key=str.casefold)


def test_the_style_carries_its_licence():
    tree = ElementTree.parse(data.root() / "styles" / evidence.STYLE)
    rights = tree.find(".//{http://purl.org/net/xbiblio/csl}rights")
    assert "creativecommons.org/licenses/by-sa/3.0" in rights.attrib["license"]


def test_reading_a_claim_needs_the_standard_library_only():
    script = (
        "import sys; from course import evidence; evidence.claim('C039'); evidence.facts();"
        "print(sorted({'pandas', 'numpy', 'citeproc', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: evidence.source([]),
        lambda: evidence.source(None),
        lambda: evidence.claim(["C039"]),
        lambda: evidence.fact({}),
        lambda: evidence.term(None),
        lambda: evidence.term(["quorum"]),
        lambda: evidence.claims(paragraph=["10"]),
        lambda: evidence.claims(paragraph="ten"),
        lambda: evidence.claims(theme=["kosovo"]),
        lambda: evidence.facts(notebook=[]),
        lambda: evidence.bibliography("nowhere"),
        lambda: evidence.bibliography(None),
    ],
)
def test_an_id_that_is_none_is_answered_in_one_sentence(ask):
    with pytest.raises(evidence.UnknownId, match=r"^[^\n]+[.?]$"):
        ask()


def test_a_paragraph_may_be_given_as_digits_and_one_source_as_a_text():
    assert evidence.claims(paragraph="10") == evidence.claims(paragraph=10) != []
    one = evidence.sources()[0].id
    assert evidence.bibliography(one) == [evidence.cite(one)]
