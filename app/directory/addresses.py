"""Where a listing is, as far as the postcodes in its addresses tell. Nothing else is looked up or guessed."""

from dataclasses import dataclass

from app.directory.known_contacts import may_be_old
from app.directory.listing import Listing
from app.directory.postcodes import UNKNOWN, Position, Sectors, sectors_in


@dataclass(frozen=True)
class Address:
    """About where an address is: the middle of its postcode's sector. ``old``: it may no longer hold."""

    position: Position
    old: bool


def addresses_of(listing: Listing, sectors: Sectors) -> tuple[Address, ...]:
    """Those that are for everybody and whose sector has a position; old ones where there are no others."""
    placed = [
        Address(middle, may_be_old(contact))
        for contact in listing.public_contacts
        if contact.type == "address"
        for sector in sectors_in(contact.value)
        if (middle := sectors.get(sector, UNKNOWN).middle)
    ]
    return tuple([one for one in placed if not one.old] or placed)
