"""Crisis help: the lines to show, and the words that call for them. Read from ``seed/urgent.yaml``."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from .listing import Contact, Slug, Source, Text, Value


class UrgentLine(Value):
    """One crisis line. ``review`` says what a person must check before launch."""

    id: Slug
    name: str
    for_whom: str
    summary: Text
    contacts: tuple[Contact, ...] = Field(min_length=1)
    checked: bool
    review: str
    source: tuple[str, ...]


class Notice(Value):
    """The words above the lines."""

    title: str
    text: Text


class Withheld(Value):
    """A line that must not be shown to anybody yet, and why."""

    id: Slug
    name: str
    reason: str


class Urgent(Value):
    """The whole of the file. ``danger`` and ``calm`` are phrases of whole words, by theme; the longest phrase wins."""

    notice: Notice
    lines: tuple[UrgentLine, ...]
    danger: dict[str, tuple[str, ...]]
    calm: tuple[str, ...]
    review_only: tuple[Withheld, ...] = ()
    sources: dict[str, Source]


def urgent_from(data: Mapping[str, Any]) -> Urgent:
    """Reads the data of ``seed/urgent.yaml``."""
    return Urgent.model_validate(data)
