"""Small pieces of HTML that every view is made of; plain text in, escaped markup out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from course.words import say

__all__ = ["cells", "details", "entry", "esc", "figure", "heading", "link", "plain_table", "table"]


def esc(value: object) -> str:
    """Escape `value` for use in HTML text or in a quoted attribute; None becomes an empty text."""
    return "" if value is None else escape(str(value))


def heading(title: str, kicker: str = "", lead: str = "") -> str:
    """A view's head: small label, title, and one sentence."""
    return (
        (f'<p class="c-kicker">{esc(kicker)}</p>' if kicker else "")
        + (f"<h3>{esc(title)}</h3>" if title else "")
        + (f'<p class="c-lead">{esc(lead)}</p>' if lead else "")
    )


def link(label: str, url: str | None, title: str = "") -> str:
    """A link with `label`, or the label alone where there is no web address."""
    if not url or not url.startswith(("https://", "http://")):
        return esc(label)
    tip = f' title="{esc(title)}"' if title else ""
    return f'<a href="{esc(url)}"{tip} target="_blank" rel="noopener">{esc(label)}</a>'


def details(summary: str, inner: str, opened: bool = False) -> str:
    """A part that opens on demand, also without a kernel."""
    return f"<details{' open' if opened else ''}><summary>{esc(summary)}</summary>{inner}</details>"


def figure(picture: str, caption: str = "") -> str:
    """A picture with its caption; the picture carries its own alternative text."""
    words = f"<figcaption>{esc(caption)}</figcaption>" if caption else ""
    return f"<figure>{picture}{words}</figure>"


def entry(mark: str, date: str, words: str, *, name: str = "", key: str = "") -> str:
    """One line of a list: mark, date, words; a button that sets `name` to `key` when given."""
    inner = (
        f'<span class="c-mark" aria-hidden="true">{mark}</span>'
        f'<span class="c-date">{esc(date)}</span><span>{words}</span>'
    )
    if not name:
        return f'<li><div class="c-entry">{inner}</div></li>'
    return (
        f'<li><button type="button" class="c-entry" data-set="{esc(name)}" data-value="{esc(key)}"'
        f' data-key="{esc(key)}" aria-pressed="false">{inner}</button></li>'
    )


def table(
    rows: Iterable[Mapping[str, object]],
    columns: Mapping[str, str],
    caption: str = "",
    raw: Sequence[str] = (),
    first: bool = True,
) -> str:
    """An HTML table with a caption, header cells, and numbers set to the right.

    Parameters
    ----------
    rows : iterable of mappings
        One mapping per row.
    columns : mapping
        Column key to printed heading, in order.
    caption : str
        What the table shows.
    raw : sequence of str
        Columns whose values are markup already.
    first : bool
        Whether the first column names its row.
    """
    rows = list(rows)
    numeric = {
        key
        for key in columns
        if (values := [r.get(key) for r in rows if r.get(key) is not None])
        and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)
    }
    css = {key: ' class="c-num"' if key in numeric else "" for key in columns}
    head = "".join(f'<th scope="col"{css[k]}>{esc(v)}</th>' for k, v in columns.items())
    body = []
    for row in rows:
        put = []
        for i, key in enumerate(columns):
            inner = str(row.get(key) or "") if key in raw else esc(_number(row.get(key)))
            put.append(
                f'<th scope="row">{inner}</th>'
                if first and i == 0
                else f"<td{css[key]}>{inner}</td>"
            )
        body.append(f"<tr>{''.join(put)}</tr>")
    words = f"<caption>{esc(caption)}</caption>" if caption else ""
    return (
        f'<div class="c-scroll"><table>{words}<thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _number(value: object) -> object:
    """Thousands set apart by a thin space; years and small numbers stay as they are."""
    if isinstance(value, bool):
        return say("cell.yes" if value else "cell.no")
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}".replace(",", "\u202f")
    return value


def cells(value: object) -> str:
    """`value` as one plain-text cell: lists joined, None empty."""
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)


def plain_table(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> str:
    """The same table as plain text, columns set out by spaces."""
    grid = [list(columns.values())] + [[cells(r.get(k)) for k in columns] for r in rows]
    widths = [max(len(line[i]) for line in grid) for i in range(len(columns))]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in grid
    ]
    return "\n".join(lines)
