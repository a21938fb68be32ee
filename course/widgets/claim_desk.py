"""Judge a claim: your own verdict and confidence first, then the record for and against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import evidence
from course.widgets import base
from course.widgets.markup import details, esc, table
from course.widgets.references import flag, shorts
from course.words import catalogue, say

__all__ = ["TYPES", "VERDICTS", "ClaimDesk", "verdict_name"]

TYPES = (
    "factual", "causal", "legal", "evaluative", "normative", "predictive", "definitional",
    "rhetorical",
)  # fmt: skip
# The verdicts that a learner may give; the course itself has a few more.
VERDICTS = (
    "supported", "partly supported", "contested", "contradicted", "value judgement", "untestable",
)  # fmt: skip
SIDES = ("for", "against")


class ClaimDesk(base.View):
    """One claim at a time: read, judge, then compare with the record.

    An earlier verdict of the learner stands in the controls again. The course's own stays hidden
    until the learner compares once more.

    Parameters
    ----------
    *claim_ids : str
        Claims of the article, such as "C039".

    Raises
    ------
    course.evidence.UnknownClaim
        If there is no such claim; the message names the nearest.
    ValueError
        If no claim is given.
    """

    layout = (
        base.region("claim"),
        base.region("controls"),
        base.live_region("record"),
    )

    def __init__(self, *claim_ids: str):
        if not claim_ids:
            raise ValueError(say("claims.none"))
        self.claims = [evidence.claim(i) for i in claim_ids]
        number = len(self.claims)
        self.kicker = say("claims.kicker")
        self.title = say("claims.title_many", number=number) if number > 1 else say("claims.title")

    def controls(self) -> list[dict]:
        types = {name: say(f"claims.type.{name}") for name in TYPES}
        verdicts = {name: say(f"claims.offer.{name}") for name in VERDICTS}
        parts = [
            base.choice("type", say("claims.ask_type"), types),
            base.choice("verdict", say("claims.ask_verdict"), verdicts, column=True),
            base.range_("confidence", say("claims.ask_sure"), 0, 100, 5, " %"),
            base.text_box("note", say("claims.ask_reasons"), 2),
            base.button("compare", say("claims.compare"), primary=True),
        ]
        if len(self.claims) > 1:
            parts += [base.button(name, say(f"claims.{name}")) for name in ("back", "on")]
        return parts

    def initial(self) -> dict[str, Any]:
        return {**self._fresh(0), "back": 0, "on": 0}

    @staticmethod
    def _blank() -> dict[str, Any]:
        return {
            "type": None, "verdict": None, "confidence": 50, "note": "", "compare": 0, "saved": "",
        }  # fmt: skip

    def _fresh(self, position: int) -> dict[str, Any]:
        """What the controls hold when a claim is opened: what was saved earlier, or nothing."""
        return {**self._blank(), **self._earlier(self.claims[position]), "position": position}

    @staticmethod
    def _earlier(claim: evidence.Claim) -> dict[str, Any]:
        from course import record

        try:
            own = record.verdict(claim.id)
        except record.RecordError:
            return {}
        if own is None or own.verdict not in VERDICTS:  # an import may know other words
            return {}
        return {
            "type": own.kind if own.kind in TYPES else None,
            "verdict": own.verdict,
            "confidence": 50 if own.confidence is None else own.confidence,
            "note": own.note,
            "saved": say("claims.earlier"),
        }

    # --- what happens -------------------------------------------------------------------------

    def update(self, changed: Mapping[str, Any]) -> None:
        if "on" in changed or "back" in changed:
            self._turn(1 if "on" in changed else -1)
        elif "compare" in changed and self.values["verdict"]:
            self.values["saved"] = self._save()
        super().update(changed)

    def _turn(self, by: int) -> None:
        position = (self.values["position"] + by) % len(self.claims)
        fresh = self._fresh(position)
        self.values.update(fresh)
        for panel in self.panels:
            panel.values = {**panel.values, **fresh}

    def _save(self) -> str:
        """Keep the learner's verdict; return a sentence on what became of it."""
        from course import record

        values, claim = self.values, self._claim(self.values)
        judged = (values["verdict"], values["confidence"], values["note"], values["type"] or "")
        try:
            before = record.verdict(claim.id)
            if before and judged == (before.verdict, before.confidence, before.note, before.kind):
                return say("claims.saved")  # it is there already, word for word
            record.save_verdict(claim.id, *judged)
        except record.RecordError as error:
            return say("claims.not_saved", why=error)
        if before and before.verdict != values["verdict"]:
            return say("claims.saved_again", verdict=verdict_name(before.verdict))
        return say("claims.saved")

    # --- regions ----------------------------------------------------------------------------

    def _claim(self, values: Mapping[str, Any]) -> evidence.Claim:
        return self.claims[int(values.get("position", 0))]

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        claim = self._claim(values)
        return {"claim": self._statement(claim, values), "record": self._answer(claim, values)}

    def _statement(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        told = {"claim": claim.id, "paragraph": claim.paragraph}
        if len(self.claims) > 1:
            told |= {"number": int(values["position"]) + 1, "all": len(self.claims)}
        words = say("claims.where_of" if len(self.claims) > 1 else "claims.where", **told)
        if claim.quoted_phrase:
            words += f" {say('claims.phrase', phrase=claim.quoted_phrase)}"
        return f'<blockquote>{esc(claim.text)}</blockquote><p class="c-note">{esc(words)}</p>'

    def _answer(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        if not values["compare"] or not values["verdict"]:
            waiting = say("claims.choose" if values["compare"] else "claims.waiting")
            return f'<p class="c-status">{esc(values["saved"] or waiting)}</p>'
        saved = f'<p class="c-note">{esc(values["saved"])}</p>' if values["saved"] else ""
        return self._compare(claim, values) + saved + record_html(claim)

    def _compare(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        """The learner's judgement beside the course's; agreement is never scored."""
        verdict = verdict_name(values["verdict"])
        mine = say("claims.yours", verdict=verdict, confidence=values["confidence"])
        rows = [("claims.you", mine), ("claims.course", _verdict_words(claim))]
        kind = values.get("type")
        told = {"type": say(f"claims.type.{claim.type}"), "says": say(f"claims.says.{claim.type}")}
        if kind and kind != claim.type:
            also = say("claims.other_type", yours=say(f"claims.type.{kind}"), **told)
        else:
            also = say("claims.same_type" if kind else "claims.its_type", **told)
        pairs = "".join(f"<dt>{esc(say(who))}</dt><dd>{esc(what)}</dd>" for who, what in rows)
        return (
            f'<div class="c-card"><h4>{esc(say("claims.side_by_side"))}</h4>'
            f'<dl class="c-verdicts">{pairs}</dl><p>{esc(also)}</p></div>'
        )

    # --- words ---------------------------------------------------------------------------------

    def body(self) -> str:
        values, parts = self._blank(), []  # the stored page never holds what the learner wrote
        for position, claim in enumerate(self.claims):
            parts.append(self._statement(claim, values | {"position": position}))
            inner = f'<p class="c-verdict">{esc(_verdict_words(claim))}</p>' + record_html(claim)
            parts.append(details(say("claims.first"), inner))
        return "".join(parts)

    def text(self) -> str:
        lines = [self.title]
        for claim in self.claims:
            told = {"claim": claim.id, "paragraph": claim.paragraph, "text": claim.text}
            lines += ["", say("claims.line", **told), say("claims.waiting")]
            lines += [
                f"  {_finding(e)}" for side in (*SIDES, "context") for e in _side(claim, side)
            ]
            lines += [f"  {p.holder}: {p.statement}" for p in claim.disputed_by]
            lines.append(f"  {say('claims.line_verdict', verdict=_verdict_words(claim))}")
        return "\n".join(lines)


def verdict_name(verdict: str) -> str:
    """A verdict in print; one that the course does not know, from an old record, as it stands."""
    key = f"claims.verdict.{verdict}"
    return say(key) if key in catalogue() else verdict


def _verdict_words(claim: evidence.Claim) -> str:
    if claim.verdict == "not examined":
        return say("claims.not_examined")
    told = {"verdict": verdict_name(claim.verdict), "note": claim.note or ""}
    if not claim.confidence:
        return say("claims.bare_verdict", **told).strip()
    return say("claims.sure_verdict", sure=say(f"claims.sure.{claim.confidence}"), **told).strip()


def _side(claim: evidence.Claim, side: str) -> list[evidence.Evidence]:
    return [e for e in claim.evidence if e.side == side]


def _finding(found: evidence.Evidence) -> str:
    read = say(f"claims.read.{found.verification}")
    side = say(f"claims.{found.side}")
    return say("claims.line_finding", side=side, statement=found.statement, read=read)


def record_html(claim: evidence.Claim) -> str:
    """What the record says of a claim: for and against, context, who holds what, its aspects."""
    sides = "".join(
        f"<div><h4>{esc(say(f'claims.{side}'))}</h4>{_findings(claim, side)}</div>"
        for side in SIDES
    )
    parts = [f'<div class="c-two">{sides}</div>']
    if claim.context:
        parts.append(f"<h4>{esc(say('claims.beside'))}</h4>{_findings(claim, 'context')}")
    if claim.disputed_by:
        held = "".join(
            f"<li><strong>{esc(p.holder)}</strong>: {esc(p.statement)}{flag(p.verification)} "
            f'<span class="c-note">({shorts(p.source_ids)})</span></li>'
            for p in claim.disputed_by
        )
        parts.append(f"<h4>{esc(say('claims.holders'))}</h4><ul>{held}</ul>")
    if len(claim.verdicts) > 1:
        rows = [
            {
                "aspect": say(f"claims.aspect.{v.aspect}"),
                "verdict": verdict_name(v.verdict),
                "sure": v.confidence and say(f"claims.sure.{v.confidence}"),
                "note": v.note,
            }
            for v in claim.verdicts
        ]
        heads = ("aspect", "verdict", "sure", "note")
        parts.append(table(rows, {key: say(f"claims.column.{key}") for key in heads}))
    return "".join(parts)


def _findings(claim: evidence.Claim, side: str) -> str:
    found = _side(claim, side)
    if not found:
        return f'<p class="c-note">{esc(say("claims.nothing"))}</p>'
    lines = (
        f"<li>{esc(e.statement)}{flag(e.verification)} "
        f'<span class="c-note">({shorts(e.source_ids)})</span></li>'
        for e in found
    )
    return f"<ul>{''.join(lines)}</ul>"
