"""Judge a claim: your own verdict and confidence first, then the record for and against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import evidence
from course.widgets import base
from course.widgets.markup import details, esc, table
from course.widgets.references import flag, shorts

__all__ = ["TYPES", "VERDICTS", "ClaimDesk"]

TYPES = {
    "factual": "says that something is or was so; records can show it",
    "causal": "says that one thing led to another; needs evidence of the link",
    "legal": "says what law requires or forbids; tested by texts and rulings",
    "evaluative": "says that something is good or bad; a record cannot settle it",
    "normative": "says what should be done; tested by its reasons",
    "predictive": "says what will happen; tested by what came",
    "definitional": "says what a word means or what belongs to what",
    "rhetorical": "moves the reader; look for the claim behind it",
}
VERDICTS = {
    "supported": "The record supports it",
    "partly supported": "The record supports a part of it",
    "contested": "Good sources disagree",
    "contradicted": "The record contradicts it",
    "value judgement": "A value judgement, for reasons to settle",
    "untestable": "It cannot be tested yet",
}
SIDES = {"for": "For", "against": "Against"}
WAITING = "Commit to a verdict of your own; then compare it with the record."


class ClaimDesk(base.View):
    """One claim at a time: read, judge, then compare with the record.

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
            raise ValueError('The claim desk needs a claim: claim_desk("C039").')
        self.claims = [evidence.claim(i) for i in claim_ids]
        many = len(self.claims) > 1
        self.kicker = "Claim desk"
        self.title = f"{len(self.claims)} claims, one at a time" if many else "Judge this claim"

    def controls(self) -> list[dict]:
        types = {name: name for name in TYPES}
        parts = [
            base.choice("type", "What kind of claim is it?", types),
            base.choice("verdict", "Your verdict", VERDICTS, column=True),
            base.range_("confidence", "How sure are you?", 0, 100, 5, " %"),
            base.text_box("note", "Your reasons, if you like", 2),
            base.button("compare", "Compare with the record", primary=True),
        ]
        if len(self.claims) > 1:
            parts += [base.button("back", "Previous claim"), base.button("on", "Next claim")]
        return parts

    def initial(self) -> dict[str, Any]:
        return {**self._blank(), "position": 0, "back": 0, "on": 0}

    @staticmethod
    def _blank() -> dict[str, Any]:
        return {
            "type": None, "verdict": None, "confidence": 50, "note": "", "compare": 0, "saved": "",
        }  # fmt: skip

    # --- what happens -------------------------------------------------------------------------

    def update(self, changed: Mapping[str, Any]) -> None:
        if "on" in changed or "back" in changed:
            self._turn(1 if "on" in changed else -1)
        elif "compare" in changed and self.values["verdict"]:
            self.values["saved"] = self._save()
        super().update(changed)

    def _turn(self, by: int) -> None:
        position = (self.values["position"] + by) % len(self.claims)
        fresh = {**self._blank(), "position": position}
        self.values.update(fresh)
        for panel in self.panels:
            panel.values = {**panel.values, **fresh}

    def _save(self) -> str:
        """Keep the learner's verdict; return a sentence on what became of it."""
        from course import record

        values, claim = self.values, self._claim(self.values)
        try:
            before = record.verdict(claim.id)
            record.save_verdict(claim.id, values["verdict"], values["confidence"], values["note"])
        except record.RecordError as error:
            return f"Your verdict was not saved. {error}"
        if before and before.verdict != values["verdict"]:
            return f"Saved. Last time you said “{before.verdict}”."
        return "Your verdict is saved in your record."

    # --- regions ----------------------------------------------------------------------------

    def _claim(self, values: Mapping[str, Any]) -> evidence.Claim:
        return self.claims[int(values.get("position", 0))]

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        claim = self._claim(values)
        return {"claim": self._statement(claim, values), "record": self._answer(claim, values)}

    def _statement(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        where = f"Claim {claim.id}, paragraph [{claim.paragraph}]"
        if len(self.claims) > 1:
            where = f"{int(values['position']) + 1} of {len(self.claims)}. {where}"
        phrase = f" In its words: “{esc(claim.quoted_phrase)}”." if claim.quoted_phrase else ""
        return (
            f'<blockquote>{esc(claim.text)}</blockquote><p class="c-note">{esc(where)}.{phrase}</p>'
        )

    def _answer(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        if not values["compare"] or not values["verdict"]:
            words = "Choose a verdict first." if values["compare"] else WAITING
            return f'<p class="c-status">{words}</p>'
        saved = f'<p class="c-note">{esc(values["saved"])}</p>' if values["saved"] else ""
        return self._compare(claim, values) + saved + record_html(claim)

    def _compare(self, claim: evidence.Claim, values: Mapping[str, Any]) -> str:
        """The learner's judgement beside the course's; agreement is never scored."""
        mine = f"{values['verdict']}, {values['confidence']} % sure"
        rows = [("You", mine), ("The course", _verdict_words(claim))]
        kind = values.get("type")
        if kind and kind != claim.type:
            also = f"You called it {kind}; the course files it as {claim.type}: it {TYPES[claim.type]}."
        elif kind:
            also = f"Both of you call it {claim.type}: it {TYPES[claim.type]}."
        else:
            also = f"The course files it as {claim.type}: it {TYPES[claim.type]}."
        pairs = "".join(f"<dt>{who}</dt><dd>{esc(what)}</dd>" for who, what in rows)
        return (
            f'<div class="c-card"><h4>Side by side</h4><dl class="c-verdicts">{pairs}</dl>'
            f"<p>{esc(also)}</p></div>"
        )

    # --- words ---------------------------------------------------------------------------------

    def body(self) -> str:
        values, parts = self.initial(), []
        for position, claim in enumerate(self.claims):
            parts.append(self._statement(claim, values | {"position": position}))
            inner = f'<p class="c-verdict">{esc(_verdict_words(claim))}</p>' + record_html(claim)
            parts.append(details("First your own verdict; then open the record", inner))
        return "".join(parts)

    def text(self) -> str:
        lines = [self.title]
        for claim in self.claims:
            lines += ["", f"{claim.id}, paragraph [{claim.paragraph}]: {claim.text}", WAITING]
            for side, name in {**SIDES, "context": "Context"}.items():
                found = [e for e in claim.evidence if e.side == side]
                lines += [f"  {name}: {e.statement} ({e.verification})" for e in found]
            lines += [f"  {p.holder}: {p.statement}" for p in claim.disputed_by]
            lines.append(f"  The course's verdict: {_verdict_words(claim)}")
        return "\n".join(lines)


def _verdict_words(claim: evidence.Claim) -> str:
    if claim.verdict == "not examined":
        return "not examined: the course has not tested this claim against the record"
    sure = f", {claim.confidence} confidence" if claim.confidence else ""
    return f"{claim.verdict}{sure}. {claim.note or ''}".strip()


def record_html(claim: evidence.Claim) -> str:
    """What the record says of a claim: for and against, context, who holds what, its aspects."""
    sides = "".join(
        f"<div><h4>{name}</h4>{_findings(claim, side)}</div>" for side, name in SIDES.items()
    )
    parts = [f'<div class="c-two">{sides}</div>']
    if claim.context:
        parts.append(f"<h4>Beside it</h4>{_findings(claim, 'context')}")
    if claim.disputed_by:
        held = "".join(
            f"<li><strong>{esc(p.holder)}</strong>: {esc(p.statement)}{flag(p.verification)} "
            f'<span class="c-note">({shorts(p.source_ids)})</span></li>'
            for p in claim.disputed_by
        )
        parts.append(f"<h4>Who holds what</h4><ul>{held}</ul>")
    if len(claim.verdicts) > 1:
        rows = [
            {"aspect": v.aspect, "verdict": v.verdict, "sure": v.confidence, "note": v.note}
            for v in claim.verdicts
        ]
        columns = {"aspect": "Side of the claim", "verdict": "Verdict", "sure": "Confidence"}
        parts.append(table(rows, columns | {"note": "To keep in mind"}))
    return "".join(parts)


def _findings(claim: evidence.Claim, side: str) -> str:
    found = [e for e in claim.evidence if e.side == side]
    if not found:
        return '<p class="c-note">Nothing found.</p>'
    lines = (
        f"<li>{esc(e.statement)}{flag(e.verification)} "
        f'<span class="c-note">({shorts(e.source_ids)})</span></li>'
        for e in found
    )
    return f"<ul>{''.join(lines)}</ul>"
