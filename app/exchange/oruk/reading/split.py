"""Where the things of a JSON file begin and end, so that never more than one of them is in memory.

Nothing is judged here but brackets and quotation marks: what stands between them is read later, one thing at a time, so
that one that is broken does not spoil the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_PARTS = 200_000
DEEPEST = 50
_HOPELESS = 1_000
"""What lies deeper is no data. Nothing after it is read."""
_LISTS = frozenset({b'"contents"', b'"services"', b'"organizations"', b'"organisations"'})
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_BOM = b"\xef\xbb\xbf"
_OPENING, _CLOSING, _QUOTE = frozenset(b"{["), frozenset(b"}]"), b'"'[0]

Content = bytes | memoryview
_ODD = "Its brackets do not match. Nothing after this could be read."
_DEEP = f"Things lie more than {_HOPELESS:,} deep in it. Nothing after this was read."
_MANY = f"It holds more than {MOST_PARTS:,} things. The others were not read."
_CUT = "It ends in the middle. What was cut off could not be read."
_NO_JSON = "This is not JSON. Save the file as JSON with the encoding UTF-8."


@dataclass(frozen=True)
class Part:
    """A thing in a list: from ``start`` up to ``end``. ``list_name`` is empty where the whole file is the list.

    ``loose``: what stands between things, and is none itself. ``deep``: it lies too deep in itself to be read.
    """

    start: int
    end: int
    list_name: str
    loose: bool = False
    deep: bool = False


@dataclass
class Split:
    """``around`` are the spans beside all lists: together they are the object that holds the lists, or the one thing
    that the file is. ``problem`` is a sentence, or empty."""

    parts: list[Part] = field(default_factory=list)
    around: list[tuple[int, int]] = field(default_factory=list)
    problem: str = ""
    deep: bool = False


def split(content: bytes) -> Split:
    """``content`` may be a memory map of a file."""
    found = Split()
    start = _first(content)
    if start is None:
        found.problem = _NO_JSON
        return found
    _Scan(content, start, found).run()
    return found


def _first(content: bytes) -> int | None:
    begin = len(_BOM) if content[: len(_BOM)] == _BOM else 0
    match = re.compile(rb"[\s]*([{\[])").match(content, begin)
    return match.start(1) if match else None


class _Scan:
    def __init__(self, content: bytes, start: int, found: Split) -> None:
        self._content, self._start, self._found = content, start, found
        self._is_list = content[start] == b"["[0]
        self._depth = self._deepest = 0
        self._in_list: str | None = None
        self._from = self._kept_from = start
        """Where the thing at hand, or what is between things, begins; and what is around the lists."""
        self._name = b""

    @property
    def _level(self) -> int:
        """The depth of the list itself."""
        return 1 if self._is_list else 2

    def run(self) -> None:
        for token in _TOKEN.finditer(self._content, self._start):
            first = self._content[token.start()]
            if first == _QUOTE:
                if self._depth == 1 and not self._is_list:
                    self._name = token.group() if token.end() - token.start() < 20 else b""
            elif first in _OPENING:
                self._open(token.start(), first)
            else:
                self._close(token.end())
            if self._found.problem:
                return
            if self._depth == 0:
                self._end(token.end())
                return
        self._cut_off()

    def _open(self, at: int, bracket: int) -> None:
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        if self._in_list is None:
            named = self._depth == 2 and bracket == b"["[0] and self._name in _LISTS
            if named or (self._is_list and self._depth == 1):
                self._in_list = self._name.decode().strip('"')
                self._keep(at)
                self._from = at + 1
        elif self._depth == self._level + 1:
            self._loose(at)
            self._from, self._deepest = at, self._depth
        if self._depth > _HOPELESS:
            self._found.problem = _DEEP
            self._found.deep = self._in_list is None

    def _close(self, end: int) -> None:
        self._depth -= 1
        if self._in_list is None:
            return
        if self._depth == self._level:
            self._part(Part(self._from, end, self._in_list, deep=self._deepest - self._level > DEEPEST))
            self._from = end
        elif self._depth < self._level:
            self._loose(end - 1)
            self._in_list, self._kept_from = None, end

    def _part(self, part: Part) -> None:
        if len(self._found.parts) >= MOST_PARTS:
            self._found.problem = _MANY
        else:
            self._found.parts.append(part)

    def _loose(self, end: int) -> None:
        """What is not a comma or a space between two things."""
        between = bytes(self._content[self._from : min(end, self._from + 1000)])
        if between.strip(b", \t\r\n"):
            self._part(Part(self._from, end, self._in_list or "", loose=True))

    def _keep(self, end: int) -> None:
        if end > self._kept_from:
            self._found.around.append((self._kept_from, end))

    def _end(self, end: int) -> None:
        self._keep(end)
        self._found.deep = not self._found.parts and self._deepest > DEEPEST
        if bytes(self._content[end : end + 1000]).strip():
            self._found.problem = "Something stands after its end. It was not read."

    def _cut_off(self) -> None:
        self._found.problem = _CUT
        if self._in_list is not None and self._depth > self._level:
            self._part(Part(self._from, len(self._content), self._in_list))


def loose_things(text: bytes) -> Iterator[bytes]:
    """What stands between things, piece by piece."""
    return (piece for piece in (one.strip() for one in text.split(b",")) if piece)
