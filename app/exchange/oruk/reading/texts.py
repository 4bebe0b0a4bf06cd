"""Texts of other directories as plain sentences of ours."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from app.directory.editing.typed import has_words, tidied

LONGEST = 600
"""Characters of a sentence that is shown."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_BREAKS = frozenset({"p", "br", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "table"})
_HIDDEN = frozenset({"script", "style"})
_ENDS = (".", "!", "?", ":", ";", ",", "…")


def text_of(value: Any) -> str:
    """A text or a number, tidied; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = tidied(str(value))
    return text if has_words(text) else ""


def plain(value: Any) -> tuple[str, bool]:
    """The text without the markup of web pages, and whether there was any."""
    if not isinstance(value, str) or not _MARKUP.search(value):
        return text_of(value), False
    reader = _Plain()
    reader.feed(value)
    reader.close()
    text = text_of("".join(reader.found))
    return text, text != text_of(value)


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)

    def _break(self, tag: str) -> None:
        """A line of its own reads as a sentence of its own."""
        if tag in _BREAKS:
            before = "".join(self.found[-1:]).rstrip()
            self.found.append(" " if not before or before.endswith(_ENDS) else ". ")


def beginning(text: str, most: int) -> tuple[str, str]:
    """As many whole sentences as have room in ``most`` characters, and the rest; a first one that has not is cut at a
    word."""
    if len(text) <= most:
        return text, ""
    ends = [found.start() for found in _SENTENCE_END.finditer(text, 0, most + 2) if found.start() <= most]
    if ends:
        return text[: ends[-1]], text[ends[-1] :].strip()
    space = text.rfind(" ", 0, most)
    cut = space if space > 0 else most - 1
    return f"{text[:cut].rstrip()}…", text[cut:].strip()


def pieces(text: str, most: int = LONGEST) -> Iterator[str]:
    """All of the text, in pieces that have room."""
    while text:
        piece, text = beginning(text, most)
        yield piece


def shown(value: Any) -> str:
    """For a report: never more than a line."""
    text = tidied(str(value))
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
