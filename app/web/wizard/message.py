"""The results in brief: a few lines to send to somebody, and the lines of the Easy Read page.

Whoever reads a message over a shoulder should learn nothing about anybody's health or money. So it tells what services
are called, how to reach them and where somebody lives, and no other answer and no other reason. Whom to ask is told in
prose that may name an illness, so the text leaves it to the results page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.recommend import HumanRoute, Recommendation, Recommended
from app.catalogue import Catalogue
from app.directory.dates import date_in_words
from app.directory.listing import Contact, Listing
from app.directory.urgent import UrgentLine

from ..words import CHANNELS, OPENINGS, best_contact, doubt, open_doors

OTHERS = 2
"""How many services are named after the first."""
NOT_CONFIRMED_LATELY = ("What we know of it may be old.", "Ask first.")
ADVICE = "This is advice. Each service decides who it can help."


@dataclass(frozen=True)
class Doorway:
    """A service with the ways to reach it: its own, or those of the listing ``through`` which one comes to it."""

    listing: Listing
    contacts: tuple[Contact, ...]
    through: Listing | None = None


@dataclass(frozen=True)
class Best:
    """The first service. ``why`` and ``today`` are whole sentences; ``opening`` is what to say."""

    door: Doorway
    why: str
    check_first: bool
    today: tuple[str, ...]
    opening: str


@dataclass(frozen=True)
class Brief:
    """``people`` are there for everybody. In danger, there are ``urgent`` lines and nothing else."""

    best: Best | None
    others: tuple[Doorway, ...]
    people: tuple[HumanRoute, ...]
    urgent: tuple[UrgentLine, ...]


def in_brief(catalogue: Catalogue, decision: Recommendation, boroughs: frozenset[str]) -> Brief:
    """The decision for somebody who lives in these boroughs; empty: we do not know where."""
    doors = [_doorway(catalogue, entry.listing, boroughs) for entry in decision.recommendations[: 1 + OTHERS]]
    urgent = tuple(line for line in decision.urgent_lines if line.id in catalogue.urgent.in_full_view)
    for_everybody = catalogue.questionnaire.human_routes
    return Brief(
        best=_best(catalogue, decision.recommendations[0], doors[0], decision.person) if doors else None,
        others=tuple(doors[1:]),
        people=() if urgent else tuple(route for route in decision.always if route.listing.id in for_everybody),
        urgent=urgent,
    )


def _doorway(catalogue: Catalogue, listing: Listing, boroughs: frozenset[str]) -> Doorway:
    if listing.public_contacts:
        return Doorway(listing, listing.public_contacts)
    leading = (catalogue.listings[door.service] for door in open_doors(listing, boroughs))
    through = next((other for other in leading if other.public_contacts and other.status != "closed"), None)
    return Doorway(listing, through.public_contacts if through else (), through)


def _best(catalogue: Catalogue, entry: Recommended, door: Doorway, person: str) -> Best:
    places = {question.id for question in catalogue.questionnaire if question.describes == "place"}
    near = [reason.text for reason in entry.reasons if reason.state == "met" and reason.question in places]
    sure = "It fits the answers given." if entry.verdict.value == "fits" else "It may fit. Something is still to check."
    opening = OPENINGS[person].format(name=entry.listing.name)
    said = entry.availability.in_short if entry.availability else ()
    late = NOT_CONFIRMED_LATELY if entry.overdue and not entry.check_first else ()
    return Best(door, " ".join([sure, *near]), entry.check_first, (*said, *late), opening)


def message(brief: Brief, day: date) -> str:
    """The text, line by line."""
    blocks = [
        _named("Help now:", [_urgent(line) for line in brief.urgent]),
        list(_first(brief.best)) if brief.best else [],
        _named("Others to try:", [_in_a_line(door) for door in brief.others]),
        _named("People that anybody can talk to:", [_person(route) for route in brief.people]),
        [f"From No Wrong Door, {date_in_words(day.isoformat())}.", *([] if brief.urgent else [ADVICE])],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _named(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, *(f"- {line}" for line in lines)] if lines else []


def _urgent(line: UrgentLine) -> str:
    first = line.contacts[0]
    return " ".join(filter(None, (f"{line.name}.", f"{_contact(first)}.", first.note)))


def _first(best: Best) -> Iterator[str]:
    yield best.door.listing.name
    yield best.why
    if best.check_first:
        yield "Check first that it still runs."
    yield from best.today
    if best.door.through:
        yield f"You reach it through {best.door.through.name}."
    numbers = _numbers(best.door)
    if not numbers:
        yield "We have no phone number for it yet. The results page says whom to ask."
    yield from (_contact(contact) for contact in numbers)
    yield f"You could say: “{best.opening}”"


def _in_a_line(door: Doorway) -> str:
    through = f" (through {door.through.name})" if door.through else ""
    contact = best_contact(_numbers(door))
    return f"{door.listing.name}{through}. {_contact(contact) if contact else ''}".strip()


def _person(route: HumanRoute) -> str:
    return _in_a_line(Doorway(route.listing, route.contacts))


def _numbers(door: Doorway) -> list[Contact]:
    """Numbers and addresses."""
    return [contact for contact in door.contacts if contact.type != "ask"]


def _contact(contact: Contact) -> str:
    mark = f" ({doubt(contact)})" if doubt(contact) else ""
    return f"{CHANNELS[contact.type]}: {contact.value}{mark}"
