"""Turns the seed folder into values, and collects everything that is wrong with it, each with its file and line.

All problems are told at once: somebody who mends a catalogue should not have to load it twenty times to find twenty.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from app.exchange.listing import Listing, Organisation, Source, first_day, last_day
from app.exchange.plain_yaml import Document, Place, Problem
from app.exchange.programmes import Paper
from app.exchange.question_book import QuestionBook, read_book
from app.exchange.seed_files import SeedFiles
from app.exchange.seed_rules import check_rules, conditions_of
from app.exchange.seed_shape import validate
from app.exchange.urgent import Urgent

_FACT_LISTS = ("offers", "notes", "referral", "contacts")


@dataclass
class Seed:
    """The catalogue of the files, each part by its id. ``reference`` is the data of each reference file as it stood."""

    listings: dict[str, Listing] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    reference: dict[str, Any] = field(default_factory=dict)


def check_seed(files: SeedFiles) -> tuple[Seed, list[Problem]]:
    """The values and the problems, by file and line. The values are worth using only where there is no problem."""
    problems = list(files.problems)
    seed = Seed(reference={name: doc.data for name, doc in files.reference.items() if name != "organisations"})
    _read_organisations(files, seed, problems)
    _check_reference(files, problems)
    documents = _read_listings(files.services, seed, problems)
    questions = files.reference.get("questions")
    book = read_book(questions, problems) if questions else None
    for slug, document in documents.items():
        problems += _check_listing(seed.listings[slug], document, seed, files)
        if book:
            problems += _check_goals(seed.listings[slug], document, book)
            problems += check_rules(seed.listings[slug], document, book)
    return seed, sorted(set(problems))


# Values


def _read_organisations(files: SeedFiles, seed: Seed, problems: list[Problem]) -> None:
    document = files.reference.get("organisations")
    if document is None:
        return
    for slug in document.data:
        organisation = validate(Organisation, document, problems, slug)
        if organisation is None:
            continue
        seed.organisations[slug] = organisation
        if organisation.url and not _is_page(organisation.url):
            problems.append(document.problem(_not_a_page(organisation.url), slug, "url"))


def _check_reference(files: SeedFiles, problems: list[Problem]) -> None:
    if papers := files.reference.get("papers"):
        for paper in papers.data:
            validate(Paper, papers, problems, paper)
    document = files.reference.get("urgent")
    urgent = validate(Urgent, document, problems) if document else None
    if not document or not urgent:
        return
    used: list[tuple[Place, str]] = []
    for number, line in enumerate(urgent.lines):
        used += [(("lines", number), key) for key in line.source]
        for nth, contact in enumerate(line.contacts):
            used += [(("lines", number, "contacts", nth), key) for key in contact.source]
    problems += _check_sources(urgent.sources, used, document, files.reference.get("papers"))


def _read_listings(documents: Iterable[Document], seed: Seed, problems: list[Problem]) -> dict[str, Document]:
    """The documents of the listings that have a shape, by id; the values go to ``seed``."""
    found: dict[str, Document] = {}
    for document in documents:
        if not isinstance(document.data.get("aliases", []), list | None):
            problems.append(document.problem("“aliases” should be a list. Put it in square brackets: [ ].", "aliases"))
            continue
        listing = validate(Listing, document, problems)
        if listing is None:
            continue
        name = PurePosixPath(document.file).stem
        if listing.id != name:
            problems.append(
                document.problem(f"The id is “{listing.id}” and the file is “{name}”. Give both one name.", "id")
            )
        if listing.id in found:
            message = f"“{listing.id}” is also the id of {found[listing.id].file}. Give one of them another."
            problems.append(document.problem(message, "id"))
            continue
        found[listing.id] = document
        seed.listings[listing.id] = listing
    return found


# One listing


def _check_listing(listing: Listing, document: Document, seed: Seed, files: SeedFiles) -> list[Problem]:
    return [
        *_check_sources(listing.sources, _sources_used(listing), document, files.reference.get("papers")),
        *_check_status(listing, document),
        *_check_organisation(listing, document, files.reference.get("organisations")),
        *_check_links(listing, document, seed, files.names),
        *_check_contacts(listing, document),
    ]


def _check_goals(listing: Listing, document: Document, book: QuestionBook) -> list[Problem]:
    return [
        document.problem(f"There is no goal “{goal}”. Use an answer of the question goals.", "goals", number)
        for number, goal in enumerate(listing.goals)
        if goal not in book.answers("goals")
    ]


def _check_status(listing: Listing, document: Document) -> Iterator[Problem]:
    if listing.opened and listing.closed and last_day(listing.closed) < first_day(listing.opened):
        yield document.problem("It closed before it opened. Correct one of the dates.", "closed")
    if listing.status == "closed":
        if not listing.successors and not listing.see_instead:
            message = (
                "It is closed and leads nowhere. Add successors or see_instead, so that nobody is left at a dead end."
            )
            yield document.problem(message, "status")
    else:
        if listing.closed:
            yield document.problem("It has a day of closing, but its status is not closed. Correct one.", "closed")
        if listing.status == "live" and listing.successors:
            yield document.problem("It is live, so nothing took over from it. Take the successors out.", "successors")
    if listing.successor_source and not listing.successors:
        yield document.problem(
            "There is a successor_source and no successors. Add them, or take it out.", "successor_source"
        )
    if listing.successors and not listing.successor_source:
        message = "No source says that these took over. Add successor_source, or move them to see_instead."
        yield document.problem(message, "successors")


def _check_organisation(listing: Listing, document: Document, organisations: Document | None) -> Iterator[Problem]:
    # A file that is missing or misshapen is one problem, and not one more for every listing.
    if organisations and listing.organisation and listing.organisation not in organisations.data:
        message = f"There is no organisation “{listing.organisation}”. Add it to organisations.yaml, or correct the id."
        yield document.problem(message, "organisation")


def _check_links(listing: Listing, document: Document, seed: Seed, names: set[str]) -> Iterator[Problem]:
    for place, target in _links(listing):
        if target == listing.id:
            yield document.problem("It leads to itself. Name another listing.", *place)
        elif target not in names:
            yield document.problem(f"There is no listing “{target}”. Correct the id, or write the listing.", *place)
        elif target in seed.listings and seed.listings[target].status == "closed" and _must_be_open(listing, place):
            yield document.problem(f"“{target}” is closed. Name a listing that is open.", *place)


def _links(listing: Listing) -> Iterator[tuple[Place, str]]:
    for number, target in enumerate(listing.successors):
        yield ("successors", number), target
    for number, target in enumerate(listing.see_instead):
        yield ("see_instead", number), target
    for number, door in enumerate(listing.reach_through):
        yield ("reach_through", number), door.service


def _must_be_open(listing: Listing, place: Place) -> bool:
    """Our own advice must lead to an open door. A closed listing's successor may have closed since: that is history."""
    return place[0] == "see_instead" or listing.status != "closed"


def _check_contacts(listing: Listing, document: Document) -> Iterator[Problem]:
    times = Counter((contact.type, _squeezed(contact.value)) for contact in listing.contacts)
    for number, contact in enumerate(listing.contacts):
        if contact.type == "web" and not _is_page(contact.value):
            yield document.problem(_not_a_page(contact.value), "contacts", number, "value")
        if times[contact.type, _squeezed(contact.value)] > 1:
            yield document.problem(f"The contact “{contact.value}” is given twice. Keep one.", "contacts", number)


def _squeezed(value: str) -> str:
    return "".join(value.split()).casefold()


# Sources


def _sources_used(listing: Listing) -> list[tuple[Place, str]]:
    used: list[tuple[Place, str]] = []

    def add(keys: Iterable[str], *place: str | int) -> None:
        used.extend((place, key) for key in keys)

    add(listing.status_note.source, "status_note")
    add(listing.successor_source, "successor_source")
    if listing.commissioner:
        add(listing.commissioner.source, "commissioner")
    for kind in _FACT_LISTS:
        for number, fact in enumerate(getattr(listing, kind)):
            add(fact.source, kind, number)
    for practical, answer in listing.practical.items():
        add(answer.source, "practical", practical)
    for number, rule in enumerate(listing.rules):
        for place, condition in conditions_of(rule, ("rules", number)):
            add(condition.source, *place)
    return used


def _check_sources(
    sources: Mapping[str, Source], used: list[tuple[Place, str]], document: Document, papers: Document | None
) -> Iterator[Problem]:
    for place, key in used:
        if key not in sources:
            yield document.problem(
                f"There is no source “{key}”. Add it to sources, or correct the name.", *place, "source"
            )
    cited = {key for _, key in used}
    for key, source in sources.items():
        if key not in cited:
            yield document.problem(f"No fact uses the source “{key}”. Cite it, or take it out.", "sources", key)
        if not source.paper and not source.page:
            yield document.problem(f"The source “{key}” has no paper and no page. Give one.", "sources", key)
        if source.page and not _is_page(source.page):
            yield document.problem(_not_a_page(source.page), "sources", key, "page")
        if source.paper and papers and source.paper not in papers.data:
            message = f"There is no paper “{source.paper}” in papers.yaml. Correct the number, or add the paper."
            yield document.problem(message, "sources", key, "paper")


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in address)


def _not_a_page(address: str) -> str:
    return f"“{address}” is not the address of a web page. It should begin with https:// or http://."
