"""The parts of a whole service: when, where, for whom, in which languages, and how to get in touch."""

from collections.abc import Iterator, Mapping

from app.directory.listing import BOROUGHS, Listing
from app.exchange.oruk import shapes
from app.exchange.oruk.places import places_of
from app.exchange.oruk.ways import is_email, numbered
from app.models import row_id

_AREAS = {
    "ncl": "North Central London: Barnet, Camden, Enfield, Haringey and Islington",
    "london": "All of London",
    "national": "The whole United Kingdom",
}


def parts_of(listing: Listing, terms: Mapping[str, shapes.Term]) -> Mapping[str, object]:
    """All of them, by their names in the standard. ``terms`` by the id of the goal."""
    return {
        "schedules": _schedules(listing),
        "service_areas": _areas(listing),
        "service_at_locations": places_of(listing),
        "languages": _languages(listing),
        "funding": _funding(listing),
        "cost_options": _costs(listing),
        "contacts": _contacts(listing),
        "phones": _phones(listing),
        "attributes": _attributes(listing, terms),
    }


def _schedules(listing: Listing) -> Iterator[shapes.Schedule]:
    for position, time in enumerate(listing.hours.times if listing.hours else ()):
        yield shapes.Schedule(
            id=row_id("schedule", listing.id, position),
            service_id=row_id("service", listing.id),
            freq="WEEKLY",
            interval=1,
            byday=time.day[:2].upper(),
            opens_at=time.opens,
            closes_at=time.closes,
            notes=listing.hours.note if listing.hours else None,
        )


def _areas(listing: Listing) -> Iterator[shapes.ServiceArea]:
    for position, area in enumerate(listing.area):
        name = area.title() if area in BOROUGHS else _AREAS[area]
        yield shapes.ServiceArea(
            id=row_id("service_area", listing.id, position),
            service_id=row_id("service", listing.id),
            name=name,
            service_area=name,
        )


def _languages(listing: Listing) -> Iterator[shapes.ServiceLanguage]:
    for position, language in enumerate(listing.languages):
        id_ = row_id("language", listing.id, position)
        yield shapes.ServiceLanguage(id=id_, service_id=row_id("service", listing.id), name=language.name)


def _funding(listing: Listing) -> Iterator[shapes.Funding]:
    if listing.commissioner:
        id_ = row_id("funding", listing.id)
        yield shapes.Funding(id=id_, service_id=row_id("service", listing.id), source=listing.commissioner.text)


def _costs(listing: Listing) -> Iterator[shapes.CostOption]:
    free = listing.practical.get("free")
    if free and free.answer == "yes":
        yield shapes.CostOption(
            id=row_id("cost_option", listing.id),
            service_id=row_id("service", listing.id),
            option="Free",
            amount=0,
            amount_description=free.text,
        )


def _contacts(listing: Listing) -> Iterator[shapes.ServiceContact]:
    for position, contact in numbered(listing, "email", "ask"):
        email = contact.value if contact.type == "email" and is_email(contact.value) else None
        yield shapes.ServiceContact(
            id=row_id("contact", listing.id, position),
            service_id=row_id("service", listing.id),
            title=None if email else contact.value,
            email=email,
        )


def _phones(listing: Listing) -> Iterator[shapes.Phone]:
    for position, contact in numbered(listing, "phone", "text"):
        said = [text for text in (contact.hours, contact.note) if text]
        yield shapes.Phone(
            id=row_id("phone", listing.id, position),
            service_id=row_id("service", listing.id),
            number=contact.value,
            type="voice" if contact.type == "phone" else "text",
            description=". ".join(said) or None,
        )


def _attributes(listing: Listing, terms: Mapping[str, shapes.Term]) -> Iterator[shapes.Attribute]:
    for position, goal in enumerate(listing.goals):
        yield shapes.Attribute(
            id=row_id("attribute", listing.id, position),
            link_id=row_id("service", listing.id),
            link_type="service",
            taxonomy_term_id=terms[goal].id,
            taxonomy_term=terms[goal],
        )
