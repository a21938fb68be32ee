"""The course weighs fairly: no verdict without grounds, no contested one without both sides."""

import re
from urllib.parse import urlsplit

import pytest

from course import data, evidence

CLAIMS = evidence.claims()
JUDGED = [(claim, verdict) for claim in CLAIMS for verdict in claim.verdicts]
TESTED = {"supported", "partly supported", "contested", "contradicted"}
DISPUTED = [(claim, verdict) for claim, verdict in JUDGED if verdict.verdict == "contested"]
HARD = {"contested", "contradicted"}


def _name(value):
    return getattr(value, "id", None) or getattr(value, "aspect", None)


def _of_aspect(parts, verdict):
    """What bears on a verdict: on the whole claim everything, on an aspect what is about it."""
    if verdict.aspect == "whole":
        return parts
    return [part for part in parts if part.aspect in (verdict.aspect, "whole")]


def _origins(ids):
    """Who stands behind the sources: two texts by one author or publisher count as one."""
    behind = set()
    for id in ids:
        source = evidence.source(id)
        authors = [a.get("literal") or a["family"] for a in source.csl.get("author", ())]
        publisher = source.csl.get("container-title") or source.csl.get("publisher")
        host = urlsplit(source.url or "").hostname or ""
        behind.add((authors[0] if authors else publisher or host).casefold())
    return behind


# The claims


def test_all_claims_of_the_article_are_there():
    ids = [claim.id for claim in CLAIMS]
    assert {f"C{number:03d}" for number in range(1, 139)} <= set(ids)
    assert len(ids) == len(set(ids)) == 142


def test_every_paragraph_with_claims_lies_in_its_section():
    sections = {row["paragraph"]: row["section"] for row in data.rows("paragraphs")}
    for claim in CLAIMS:
        assert sections[claim.paragraph] == claim.section, claim.id


def test_two_questions_that_were_one_claim_are_weighed_apart():
    aggression, illegal = evidence.claim("C037"), evidence.claim("C139")
    assert aggression.type == illegal.type == "legal"
    assert "aggression" in aggression.text and "illegal" not in aggression.text
    assert "illegal" in illegal.text and "aggression" not in illegal.text
    assert "nobody" not in evidence.claim("C105").text
    assert evidence.claim("C140").verdict != "contradicted"


@pytest.mark.parametrize("claim", CLAIMS, ids=_name)
def test_a_quoted_phrase_is_short(claim):
    assert 1 <= len(claim.quoted_phrase.split()) <= 15


@pytest.mark.parametrize("claim", CLAIMS, ids=_name)
def test_a_claim_names_notebooks_that_exist(claim):
    known = "start source europe osce kosovo georgia treaty aftermath conference".split()
    assert claim.notebooks
    assert set(claim.notebooks) <= set(known)


def test_every_quoted_phrase_stands_in_its_paragraph(article_text):
    from course.article import words
    from course.publish.article import body

    paragraphs = [" ".join(words(text)) for text in body(article_text)]
    for claim in CLAIMS:
        phrase = " ".join(words(claim.quoted_phrase))
        assert f" {phrase} " in f" {paragraphs[claim.paragraph - 1]} ", claim.id


# The verdicts


@pytest.mark.parametrize("claim", CLAIMS, ids=_name)
def test_a_claim_has_one_verdict_on_the_whole(claim):
    assert [verdict.aspect for verdict in claim.verdicts].count("whole") == 1


@pytest.mark.parametrize(("claim", "verdict"), JUDGED, ids=_name)
def test_a_tested_verdict_says_how_sure_it_is(claim, verdict):
    if verdict.verdict in TESTED | {"not adjudicated"}:
        assert verdict.confidence in {"high", "medium", "low"}
    else:
        assert verdict.confidence is None


@pytest.mark.parametrize(("claim", "verdict"), JUDGED, ids=_name)
def test_no_verdict_rests_on_what_nobody_verified(claim, verdict):
    if verdict.verdict in TESTED | {"not adjudicated"}:
        grounds = [
            finding
            for finding in _of_aspect(claim.evidence, verdict)
            if finding.verification != "unverified"
        ]
        assert grounds
        assert all(finding.source_ids for finding in grounds)


@pytest.mark.parametrize(("claim", "verdict"), JUDGED, ids=_name)
def test_what_is_supported_has_evidence_for_it(claim, verdict):
    if verdict.verdict in {"supported", "partly supported"}:
        found = _of_aspect(claim.evidence_for, verdict)
        assert any(finding.verification != "unverified" for finding in found)


@pytest.mark.parametrize(("claim", "verdict"), JUDGED, ids=_name)
def test_a_hard_verdict_has_independent_sources(claim, verdict):
    if verdict.verdict in HARD:
        findings = [f for f in claim.evidence if f.verification != "unverified"]
        against = [f for f in findings if f.side == "against"]
        wanted = against if verdict.verdict == "contradicted" else findings
        ids = {id for finding in _of_aspect(wanted, verdict) for id in finding.source_ids}
        ids.discard("lavrov-2010")
        assert len(_origins(ids)) >= 2, ids


@pytest.mark.parametrize(("claim", "verdict"), DISPUTED, ids=_name)
def test_a_contested_verdict_gives_both_sides(claim, verdict):
    positions = [p for p in claim.disputed_by if p.aspect == verdict.aspect]
    if verdict.aspect == "whole" and not positions:
        positions = list(claim.disputed_by)
    assert len({position.holder for position in positions}) >= 2
    assert all(position.source_ids for position in positions)
    found = _of_aspect(claim.evidence, verdict)
    assert {"for", "against"} <= {finding.side for finding in found}


def test_a_contradicted_verdict_says_what_the_author_could_answer():
    for claim, verdict in JUDGED:
        if verdict.verdict == "contradicted" and verdict.aspect == "whole":
            assert verdict.note, claim.id
            assert len(claim.disputed_by) >= 2, claim.id


def test_what_no_court_decided_is_called_so():
    assert evidence.claim("C139").aspect("law").verdict == "not adjudicated"  # the campaign of 1999
    assert evidence.claim("C037").aspect("law").verdict == "not adjudicated"
    assert evidence.claim("C050").aspect("law").verdict == "not adjudicated"  # August 2008
    assert evidence.claim("C045").aspect("law").verdict == "not adjudicated"


def test_what_the_record_cannot_show_is_not_guessed():
    assert evidence.claim("C069").verdict == "untestable"  # no budget by dimension was found


def test_a_claim_that_was_not_examined_has_no_findings():
    for claim in CLAIMS:
        if claim.verdict == "not examined":
            assert not claim.evidence and not claim.disputed_by, claim.id
            assert len(claim.verdicts) == 1


@pytest.mark.parametrize("claim", CLAIMS, ids=_name)
def test_kinds_of_claim_and_kinds_of_verdict_fit(claim):
    if claim.type == "normative":
        assert claim.verdict in {"value judgement", "not examined"}
    if claim.type == "predictive":
        assert claim.verdict in {"prediction", "not examined"}


@pytest.mark.parametrize(("claim", "verdict"), JUDGED, ids=_name)
def test_an_aspect_has_findings_of_its_own(claim, verdict):
    if verdict.aspect != "whole" and verdict.verdict in TESTED | {"not adjudicated"}:
        own = [f for f in claim.evidence if f.aspect == verdict.aspect]
        assert own or verdict.aspect in {"cause", "scope", "wording", "fact"}
        assert _of_aspect(claim.evidence, verdict)


# Where the verdicts come from

STRENGTH = ["contradicted", "contested", "partly supported", "supported"]


def test_a_verdict_above_that_of_a_study_is_explained():
    """Where studies of the record differ, the weaker verdict stands, or a note says why not."""
    for row in data.rows("claim_map"):
        told = next((v for v in STRENGTH[::-1] if row["verdict"].startswith(v)), None)
        own = evidence.claim(row["claim_id"])
        if told == "contradicted":
            assert any(verdict.verdict in HARD for verdict in own.verdicts), row
        if told in {"contested", "partly supported"}:
            assert own.verdict != "supported" or own.note or len(own.verdicts) > 1, row


def test_every_claim_on_the_two_wars_was_examined():
    for claim in CLAIMS:
        if 10 <= claim.paragraph <= 14:
            assert claim.verdict != "not examined", claim.id


def test_findings_that_rest_on_a_fact_agree_with_it_on_trust():
    """A finding may be more careful than the fact behind it, never bolder."""
    for claim in CLAIMS:
        for finding in claim.evidence:
            if finding.fact_id and evidence.fact(finding.fact_id).verification == "unverified":
                assert finding.verification == "unverified", (claim.id, finding.fact_id)


def test_the_words_of_the_course_are_not_the_words_of_a_charge_sheet():
    loaded = re.compile(
        r"\b(lie|lies|lied|liar|propaganda|puppet|absurd|ridiculous|obviously)\b", re.I
    )
    for claim, verdict in JUDGED:
        for text in (claim.text, verdict.note or ""):
            assert not loaded.search(re.sub(r'"[^"]*"', "", text)), (claim.id, text)
