"""Crisis help: the lines to show, and the words that call for them. Read from ``seed/urgent.yaml``."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from app.directory.listing import Contact
from app.directory.sources import Source
from app.directory.value import Phrases, Slug, Text, Value


class UrgentLine(Value):
    """One crisis line. ``review`` says what a person must check before launch."""

    id: Slug
    name: Text
    for_whom: Text
    summary: Text
    contacts: tuple[Contact, ...] = Field(min_length=1)
    checked: bool
    review: Text
    source: tuple[str, ...] = Field(min_length=1)


class Notice(Value):
    """The words above the lines."""

    title: Text
    text: Text


class Footer(Value):
    """Who is named at the foot of every page: a line with a phone, and the words before its number."""

    line: Slug
    text: Text


class Withheld(Value):
    """A line that must not be shown to anybody yet, and why."""

    id: Slug
    name: Text
    reason: Text


class Urgent(Value):
    """The whole of the file. ``danger`` and ``calm`` are phrases of whole words, by theme; the longest phrase wins."""

    notice: Notice
    in_full_view: tuple[Slug, ...] = Field(min_length=1)
    footer: Footer
    lines: tuple[UrgentLine, ...] = Field(min_length=1)
    danger: dict[str, Annotated[Phrases, Field(min_length=1)]] = Field(min_length=1)
    calm: Phrases
    review_only: tuple[Withheld, ...] = ()
    sources: dict[str, Source]

    @property
    def footer_number(self) -> str:
        """The first phone number of the line in the footer."""
        line = next(line for line in self.lines if line.id == self.footer.line)
        return next(contact.value for contact in line.contacts if contact.type == "phone")


def urgent_from(data: Mapping[str, Any]) -> Urgent:
    """Reads the data of ``seed/urgent.yaml``."""
    return Urgent.model_validate(data)
