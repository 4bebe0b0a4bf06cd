"""Crisis help: the lines to show, and the words that call for them. Read from ``seed/urgent.yaml``."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from .listing import Contact, Slug, Source, Text, Value
from .plain_yaml import Document, Place, Problem
from .seed_sources import check_contacts, check_sources
from .word_lists import Phrases, contradictions


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


class Withheld(Value):
    """A line that must not be shown to anybody yet, and why."""

    id: Slug
    name: Text
    reason: Text


class Urgent(Value):
    """The whole of the file. ``danger`` and ``calm`` are phrases of whole words, by theme; the longest phrase wins."""

    notice: Notice
    lines: tuple[UrgentLine, ...] = Field(min_length=1)
    danger: dict[str, Annotated[Phrases, Field(min_length=1)]] = Field(min_length=1)
    calm: Phrases
    review_only: tuple[Withheld, ...] = ()
    sources: dict[str, Source]


def urgent_from(data: Mapping[str, Any]) -> Urgent:
    """Reads the data of ``seed/urgent.yaml``."""
    return Urgent.model_validate(data)


def check_urgent(document: Document, urgent: Urgent, papers: Document | None) -> list[Problem]:
    """Sources and contacts of the lines, and phrases that are both danger and calm."""
    found = [*check_sources(urgent.sources, list(_sources_used(urgent)), document, papers)]
    seen: set[str] = set()
    for number, line in enumerate(urgent.lines):
        found += check_contacts(line.contacts, document, "lines", number, "contacts")
        if line.id in seen:
            found.append(document.problem(f"The id “{line.id}” is given twice. Rename one.", "lines", number, "id"))
        seen.add(line.id)
    return found + contradictions(document, _phrases(urgent))


def _sources_used(urgent: Urgent) -> Iterator[tuple[Place, str]]:
    for number, line in enumerate(urgent.lines):
        for key in line.source:
            yield ("lines", number), key
        for nth, contact in enumerate(line.contacts):
            for key in contact.source:
                yield ("lines", number, "contacts", nth), key


def _phrases(urgent: Urgent) -> Iterator[tuple[Place, str, str]]:
    for theme, phrases in urgent.danger.items():
        for nth, phrase in enumerate(phrases):
            yield ("danger", theme, nth), phrase, "danger"
    for nth, phrase in enumerate(urgent.calm):
        yield ("calm", nth), phrase, "calm"
