"""Turns the seed folder into values, and collects everything that is wrong with it, each with its file and line.

All problems are told at once: somebody who mends a catalogue should not have to load it twenty times to find twenty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from app.directory.dates import first_day, last_day
from app.directory.listing import Listing, Organisation
from app.directory.rule_checks import conditions_of
from app.eligibility.questions import questionnaire_from
from app.exchange.seed.files import SeedFiles
from app.exchange.seed.links import Doors
from app.exchange.seed.opening import check_opening
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import QuestionBook
from app.exchange.seed.reference import check_reference
from app.exchange.seed.rules import check_rules
from app.exchange.seed.shape import validate
from app.exchange.seed.sources import check_contacts, check_said_by, check_sources, is_page, not_a_page

_FACT_LISTS = ("offers", "notes", "referral", "contacts", "languages", "access")


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
    documents = _read_listings(files.services, seed, problems)
    doors = Doors(seed.listings, frozenset(files.names))
    book = check_reference(files.reference, doors, problems)
    questionnaire = questionnaire_from(seed.reference["questions"]) if book else None
    for slug, document in documents.items():
        problems += _check_listing(seed.listings[slug], document, doors, files)
        if book and questionnaire:
            problems += _check_goals(seed.listings[slug], document, book)
            problems += check_rules(seed.listings[slug], document, questionnaire)
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
        if organisation.url and not is_page(organisation.url):
            problems.append(document.problem(not_a_page(organisation.url), slug, "url"))


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


def _check_listing(listing: Listing, document: Document, doors: Doors, files: SeedFiles) -> list[Problem]:
    return [
        *check_sources(listing.sources, _sources_used(listing), document, files.reference.get("papers")),
        *check_said_by(listing.sources, document, files.reference.get("organisations")),
        *check_opening(listing, document),
        *_check_status(listing, document),
        *_check_organisation(listing, document, files.reference.get("organisations")),
        *_check_links(listing, document, doors),
        *check_contacts(listing.contacts, document, "contacts"),
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


def _check_links(listing: Listing, document: Document, doors: Doors) -> Iterator[Problem]:
    for place, target in _links(listing):
        if target == listing.id:
            yield document.problem("It leads to itself. Name another listing.", *place)
        elif fault := doors.fault(target, may_be_closed=_may_be_closed(listing, place)):
            yield document.problem(fault, *place)


def _links(listing: Listing) -> Iterator[tuple[Place, str]]:
    for number, target in enumerate(listing.successors):
        yield ("successors", number), target
    for number, target in enumerate(listing.see_instead):
        yield ("see_instead", number), target
    for number, door in enumerate(listing.reach_through):
        yield ("reach_through", number), door.service


def _may_be_closed(listing: Listing, place: Place) -> bool:
    """Our own advice must lead to an open door. A closed listing's successor may have closed since: that is history."""
    return place[0] != "see_instead" and listing.status == "closed"


# Sources


def _sources_used(listing: Listing) -> list[tuple[Place, str]]:
    used: list[tuple[Place, str]] = []

    def add(keys: Iterable[str], *place: str | int) -> None:
        used.extend((place, key) for key in keys)

    add(listing.status_note.source, "status_note")
    add(listing.successor_source, "successor_source")
    if listing.commissioner:
        add(listing.commissioner.source, "commissioner")
    if listing.hours:
        add(listing.hours.source, "hours")
    for kind in _FACT_LISTS:
        for number, fact in enumerate(getattr(listing, kind)):
            add(fact.source, kind, number)
    for practical, answer in listing.practical.items():
        add(answer.source, "practical", practical)
    for number, rule in enumerate(listing.rules):
        for place, condition in conditions_of(rule, ("rules", number)):
            add(condition.source, *place)
    return used
