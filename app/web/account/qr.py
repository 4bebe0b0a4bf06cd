"""A picture that a phone reads, as SVG in the page: no file, and nobody else's service."""

import segno
from markupsafe import Markup


def picture(text: str) -> Markup:
    """Black on white with its margin, also on a dark page. Its size is for the style sheet."""
    code = segno.make_qr(text, error="l")
    return Markup(code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True))  # noqa: S704  # Our own drawing.
