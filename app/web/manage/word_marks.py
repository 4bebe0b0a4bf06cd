"""Which words of a change differ, so that a reader finds them at a glance."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_WORDS = re.compile(r"\s*\S+")
_ALIKE = 0.5
"""Two lines with fewer words in common are two lines, and not one that was changed."""


@dataclass(frozen=True)
class Piece:
    """Some words of a line. ``differs``: taken out, where it stands before; new, where it stands after."""

    text: str
    differs: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Marked:
    """The lines before and after a change."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]


def marked(before: Sequence[str], after: Sequence[str]) -> Marked:
    """Lines are compared in their order. All pieces of a line together are the line."""
    pairs = [_pair(old, new) for old, new in zip_longest(before, after)]
    return Marked(tuple(old for old, _ in pairs if old), tuple(new for _, new in pairs if new))


def _pair(old: str | None, new: str | None) -> tuple[Line, Line]:
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(old), _whole(new)
    steps = matcher.get_opcodes()
    return (
        tuple(_pieces(before, [(tag, begin, end) for tag, begin, end, _, _ in steps])),
        tuple(_pieces(after, [(tag, begin, end) for tag, _, _, begin, end in steps])),
    )


def _whole(line: str | None) -> Line:
    return (Piece(line, True),) if line else ()


def _words(line: str | None) -> list[str]:
    """Each with the space before it."""
    return _WORDS.findall(line or "")


def _pieces(words: list[str], steps: list[tuple[str, int, int]]) -> Iterator[Piece]:
    for tag, begin, end in steps:
        if begin < end:
            yield Piece("".join(words[begin:end]), tag != "equal")
