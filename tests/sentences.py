"""What a reader meets on a page, as sentences that can be counted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "sup"}
"""Elements that stand within a sentence, unless their class gives them a line of their own."""
OWN_LINE = ("app-", "govuk-caption", "govuk-visually-hidden")
UNREAD = {"script", "style"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
ENDS = re.compile(r"(?<=[.?!…])[”’\")]*\s+")
FINISHED = re.compile(r"[.?!…][”’\")]*$")
WORD = re.compile(r"\w")


@dataclass
class Blocks(HTMLParser):
    """The texts of a page, one for each paragraph, heading, label, list item or line."""

    html: str
    texts: list[str] = field(default_factory=lambda: [""])
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        alone = tag not in INLINE or (dict(attrs).get("class") or "").startswith(OWN_LINE)
        if alone:
            self.texts.append("")
        if tag not in VOID:
            self._open.append((tag, alone))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, alone = self._open.pop()
            if alone:
                self.texts.append("")
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in UNREAD:
            return
        if self._open and self._open[-1][0] in {"pre", "textarea"}:
            self.texts += data.splitlines()
        else:
            self.texts[-1] += data


def blocks_of(html: str) -> list[str]:
    """The texts of a page with single spaces; none is empty."""
    spaced = (" ".join(text.split()) for text in Blocks(html).texts)
    return [text for text in spaced if text]


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """The texts, cut where a sentence ends."""
    for text in texts:
        yield from (part for part in ENDS.split(text.strip()) if WORD.search(part))


def is_finished(sentence: str) -> bool:
    """Whether it is a sentence with its full stop, and no heading or label."""
    return bool(FINISHED.search(sentence))


def length(sentence: str, names: Iterable[str] = ()) -> int:
    """How many words it has. A name counts as one, however long it is."""
    for name in names:
        sentence = sentence.replace(name, "Name")
    return sum(1 for word in sentence.split() if WORD.search(word))
