"""One cell: what a spreadsheet would take for a formula is written so that it is text, and read back as it was."""

import re
from collections.abc import Iterable

from app.directory.editing.typed import tidied

NONE = "none"
"""What takes something out. An empty cell leaves it as it is."""
_CALCULATED = re.compile(r"'*(\s*[=+\-@]|[\t\r\n])")
_FORMULA = re.compile(r"[=@]|[+-][^\s0-9(]")


def inert(text: str) -> str:
    """What a spreadsheet would calculate begins with an apostrophe, and is read as text."""
    return f"'{text}" if _CALCULATED.match(text) else text


def plain(cell: str) -> str:
    """What ``inert`` was given."""
    return cell[1:] if cell.startswith("'") and _CALCULATED.match(cell[1:]) else cell


def is_formula(cell: str) -> bool:
    """Whether it looks like one; a phone number that begins with + does not."""
    return bool(_FORMULA.match(cell.strip()))


def cleaned(text: str) -> str:
    """Without empty lines, doubled spaces and what nobody sees."""
    return "\n".join(filter(None, map(tidied, text.splitlines())))


def lines(text: str) -> tuple[str, ...]:
    """Several sentences stand on lines of their own."""
    return tuple(cleaned(text).split("\n")) if cleaned(text) else ()


def items(text: str) -> tuple[str, ...]:
    """Several short things stand with a semicolon between them, or on lines of their own."""
    return tuple(filter(None, map(tidied, re.split(r"[;\n]", cleaned(text)))))


def joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
