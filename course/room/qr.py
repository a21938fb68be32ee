"""The join link as a QR code."""

from __future__ import annotations

import io

import segno

__all__ = ["svg"]


def svg(link: str) -> bytes:
    """The link as an SVG picture, dark on white with its quiet zone, legible from afar.

    Parameters
    ----------
    link : str
        What a phone shall open.

    Returns
    -------
    bytes
        A UTF-8 SVG document.
    """
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=4, dark="#111111", light="#ffffff", svgclass=None)
    return out.getvalue()
