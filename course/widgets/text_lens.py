"""The article's words: which mark a section, where a word stands, who is "we" and who "partners"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import article
from course.widgets import base, markup
from course.widgets.markup import details, esc
from course.words import say

__all__ = ["TextLens"]

WORDS = ("we", "partner", "NATO", "OSCE", "treaty", "indivisible", "Russia")
SHOWN = 12


class TextLens(base.View):
    """Key words by section, and every paragraph in which a word stands.

    Parameters
    ----------
    section : int
        The section looked at first.
    word : str
        The word looked for first.
    copy : course.article.Copy, optional
        The reader's own copy; its paragraphs are then shown beside our summaries.

    Raises
    ------
    course.article.ArticleError
        If there is no such section.
    """

    layout = (base.region("controls"), base.live_region("status"), base.region("strip"))

    def __init__(self, section: int = 1, word: str = "partner", copy: article.Copy | None = None):
        self.sections = article.sections()
        self.section = article.section(section).section
        self.word, self.copy = word, copy
        self.kicker, self.title = say("text.kicker"), say("text.title")

    def controls(self) -> list[dict]:
        named = {
            str(s.section): say("text.option", section=s.section, title=s.title)
            for s in self.sections
        }
        return [
            base.select("section", say("text.section"), named),
            base.text_box("word", say("text.word"), 1),
        ]

    def initial(self) -> dict[str, Any]:
        return {"section": str(self.section), "word": self.word, "paragraph": ""}

    # --- regions --------------------------------------------------------------------------------

    def regions(self, values: Mapping[str, Any]) -> dict[str, str]:
        word = values["word"].strip() or self.word
        try:
            places = self._places(word)
            status = f"<p>{esc(self._words(word, places))}</p>"
        except article.ArticleError as error:
            places, status = {}, f'<p class="c-note">{esc(error)}</p>'
        return {
            "status": status,
            "strip": self._strip(places, live=True),
            "keys": self._keys(int(values["section"])),
            "paragraph": self._card(values, word, places),
        }

    def _places(self, word: str) -> dict[int, int]:
        """How often the word stands in each paragraph that has it."""
        return dict.fromkeys(article.concordance(word), 1)

    def _words(self, word: str, places: Mapping[int, int]) -> str:
        total = article.count(word)
        by_section = [
            say("text.in_section", section=s.section, times=n)
            for s in self.sections
            if (n := article.count(word, section=s.section))
        ]
        return say(
            "text.stands",
            word=word,
            times=total,
            paragraphs=len(places),
            all=len(article.paragraphs()),
            sections="; ".join(by_section),
        )

    def _strip(self, places: Mapping[int, int], live: bool) -> str:
        """All paragraphs in their sections; those with the word are filled."""
        rows = []
        for section in self.sections:
            cells = []
            for number in section.paragraphs:
                css = "c-cell c-hit" if number in places else "c-cell"
                label = "text.paragraph_has" if number in places else "text.paragraph"
                label = esc(say(label, paragraph=number))
                cells.append(
                    f'<button type="button" class="{css}" data-set="paragraph" data-value="{number}"'
                    f' data-key="p{number}" aria-label="{label}">{number}</button>'
                    if live
                    else f'<span class="{css}">{number}</span>'
                )
            rows.append(
                f'<div class="c-line"><span class="c-note">{section.section}</span>'
                f'<span class="c-cells">{"".join(cells)}</span></div>'
            )
        label = esc(say("text.paragraphs"))
        return f'<div class="c-strip" role="group" aria-label="{label}">{"".join(rows)}</div>'

    def _keys(self, section: int) -> str:
        found = article.keyness(section, SHOWN)
        top = max((k.log_likelihood for k in found), default=1)
        head = article.section(section)
        rows = [
            {
                "word": f'<button type="button" class="c-word" data-set="word" data-value="{esc(k.lemma)}"'
                f' data-key="w-{esc(k.lemma)}">{esc(k.lemma)}</button>',
                "here": k.count,
                "elsewhere": k.elsewhere,
                "score": f'<span class="c-bar" style="width:{0.7 * k.log_likelihood / top:.0%}"></span>'
                f"{k.log_likelihood:.1f}",
            }
            for k in found
        ]
        columns = {
            "word": say("text.column.word"),
            "here": say("text.column.here_of", section=section),
            "elsewhere": say("text.column.elsewhere"),
            "score": say("text.column.telling"),
        }
        usual = " ".join(
            f'<button type="button" class="c-word" data-set="word" data-value="{w}" data-key="u-{w}">{w}</button>'
            for w in WORDS
        )
        caption = say("text.marks", section=section, title=head.title)
        return f'<p class="c-note">{say("text.try", words=usual)}</p>' + markup.table(
            rows, columns, caption, raw=("word", "score")
        )

    def _card(self, values: Mapping[str, Any], word: str, places: Mapping[int, int]) -> str:
        if not values["paragraph"]:
            return f'<p class="c-note">{esc(say("text.choose"))}</p>'
        one = article.paragraph(int(values["paragraph"]))
        own = ""
        if self.copy and one.paragraph in self.copy.recognised:
            own = details(
                say("text.copy"),
                f"<blockquote>{esc(self.copy.text(one.paragraph))}</blockquote>",
                True,
            )
        told = {"paragraph": one.paragraph, "section": one.section, "words": one.words}
        if one.paragraph in places:
            where = say("text.where_has", word=word, **told)
        else:
            where = say("text.where", **told)
        return (
            f'<div class="c-card"><p class="c-note">{esc(where)}</p>'
            f"<p>{esc(one.summary)}</p>{own}</div>"
        )

    # --- words ----------------------------------------------------------------------------------

    def body(self) -> str:
        places = self._places(self.word)
        listed = "".join(
            details(
                say("text.listed", section=s.section, title=s.title), self._key_table(s.section)
            )
            for s in self.sections
        )
        return (
            f"<p>{esc(self._words(self.word, places))}</p>{self._strip(places, live=False)}{listed}"
        )

    def _key_table(self, section: int) -> str:
        rows = [
            {
                "word": k.lemma,
                "here": k.count,
                "elsewhere": k.elsewhere,
                "score": f"{k.log_likelihood:.1f}",
            }
            for k in article.keyness(section, SHOWN)
        ]
        columns = {
            "word": say("text.column.word"),
            "here": say("text.column.here"),
            "elsewhere": say("text.column.elsewhere"),
            "score": say("text.column.likelihood"),
        }
        return markup.table(rows, columns)

    def text(self) -> str:
        lines = [
            say(
                "text.line",
                section=s.section,
                title=s.title,
                words=", ".join(f"{k.lemma} {k.count}" for k in article.keyness(s.section, SHOWN)),
            )
            for s in self.sections
        ]
        return "\n".join([self.title, self._words(self.word, self._places(self.word)), *lines])

    def live(self):
        lower = [base.region("keys"), base.live_region("paragraph")]
        panel = self.panel([base.region("head"), *self.layout, lower[1], lower[0]], self.controls())
        panel.values = {**panel.values, "paragraph": ""}
        return panel
