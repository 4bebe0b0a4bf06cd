"""Checks ``urgent.yaml``: sources and contacts of the lines, and phrases that say two things."""

from collections.abc import Iterator

from app.directory.urgent import Urgent
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.sources import check_contacts, check_sources
from app.exchange.seed.word_lists import contradictions


def check_urgent(document: Document, urgent: Urgent, papers: Document | None) -> list[Problem]:
    """Sources and contacts of the lines, and phrases that are both danger and calm."""
    found = [*check_sources(urgent.sources, list(_sources_used(urgent)), document, papers)]
    found += _unknown_lines(document, urgent)
    seen: set[str] = set()
    for number, line in enumerate(urgent.lines):
        found += check_contacts(line.contacts, document, "lines", number, "contacts")
        if line.id in seen:
            found.append(document.problem(f"The id “{line.id}” is given twice. Rename one.", "lines", number, "id"))
        seen.add(line.id)
    return found + contradictions(document, _phrases(urgent))


def _unknown_lines(document: Document, urgent: Urgent) -> Iterator[Problem]:
    phones = {line.id: any(contact.type == "phone" for contact in line.contacts) for line in urgent.lines}
    for nth, id_ in enumerate(urgent.in_full_view):
        if id_ not in phones:
            yield document.problem(f"There is no line “{id_}”. Correct the id.", "in_full_view", nth)
    if not phones.get(urgent.footer.line):
        message = f"“{urgent.footer.line}” is no line with a phone number. Name one that has."
        yield document.problem(message, "footer", "line")


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
