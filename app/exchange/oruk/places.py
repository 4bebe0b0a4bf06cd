"""Addresses in the parts that the standard wants, as far as they can be told from how people write them."""

import re
from collections.abc import Iterator

from app.directory.listing import Contact, Listing
from app.exchange.oruk.shapes import Accessibility, Address, Location, PlaceOfService
from app.models import row_id

_POSTCODE = re.compile(r",?\s*\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][ABD-HJLNP-UW-Z]{2})\b\.?$")
_TOWN = re.compile(r",?\s*\bLondon$")
# All that this directory knows lies in Greater London, or says otherwise in its own words.
_CITY, _COUNTY = "London", "Greater London"


def places_of(listing: Listing) -> tuple[PlaceOfService, ...]:
    """Every address that the public may see, each with how people get into it."""
    return tuple(_places(listing))


def _places(listing: Listing) -> Iterator[PlaceOfService]:
    for position, contact in enumerate(listing.contacts):
        if contact.type == "address" and contact.audience is None:
            location = row_id("location", listing.id, position)
            yield PlaceOfService(
                id=row_id("service_at_location", listing.id, position),
                service_id=row_id("service", listing.id),
                location_id=location,
                location=_location(listing, position, contact),
            )


def _location(listing: Listing, position: int, contact: Contact) -> Location:
    id_ = row_id("location", listing.id, position)
    address = _address(listing, position, contact)
    return Location(
        id=id_,
        location_type="physical",
        name=contact.value,
        description=contact.note or None,
        addresses=(address,) if address else (),
        accessibility=tuple(
            Accessibility(id=row_id("accessibility", listing.id, position, n), location_id=id_, description=fact.text)
            for n, fact in enumerate(listing.access)
        ),
    )


def _address(listing: Listing, position: int, contact: Contact) -> Address | None:
    """None where there is no postcode: the standard wants one, and nothing is made up."""
    found = _POSTCODE.search(contact.value)
    if not found:
        return None
    street = _TOWN.sub("", contact.value[: found.start()])
    return Address(
        id=row_id("address", listing.id, position),
        location_id=row_id("location", listing.id, position),
        address_1=street or contact.value,
        city=_CITY,
        state_province=_COUNTY,
        postal_code=f"{found[1]} {found[2]}",
        country="GB",
        address_type="physical",
    )
