"""What is known of a way of getting in touch now: what its listing says, and what somebody found out about it since."""

from collections.abc import Callable, Mapping

from app.directory.contact_checks import ContactCheck, contact_key, crisis_key
from app.directory.freshness import Freshness
from app.directory.listing import Contact, Listing
from app.directory.urgent import Urgent, UrgentLine

Checks = Mapping[str, ContactCheck]


class KnownContact(Contact):
    """A contact that somebody checked; all else is as its listing says."""

    check: ContactCheck


def known(contact: Contact, check: ContactCheck | None) -> Contact:
    """The contact with its check; as it is where nobody checked it."""
    if check is None:
        return contact
    return KnownContact(**contact.model_dump(), check=check)


def check_of_contact(contact: Contact) -> ContactCheck | None:
    return contact.check if isinstance(contact, KnownContact) else None


def may_be_old(contact: Contact) -> bool:
    """Whether it may have changed since it was seen. One that was checked is as good as the check."""
    check = check_of_contact(contact)
    return contact.old if check is None else check.outcome != "right"


def known_listings(
    listings: Mapping[str, Listing], checks: Checks, freshness: Mapping[str, Freshness]
) -> Mapping[str, Listing]:
    """The same listings, with what was found out about their contacts."""
    assured = {id_ for id_, fresh in freshness.items() if fresh.assured_at}
    return {id_: _known_listing(listing, checks, sure=id_ in assured) for id_, listing in listings.items()}


def known_urgent(urgent: Urgent, checks: Checks) -> Urgent:
    """The same crisis help, with what was found out about its contacts. No line is lost."""
    if not checks:
        return urgent
    return urgent.model_copy(update={"lines": tuple(_known_line(line, checks) for line in urgent.lines)})


def _known_listing(listing: Listing, checks: Checks, *, sure: bool) -> Listing:
    before = tuple(_without_doubt(contact) for contact in listing.contacts) if sure else listing.contacts
    now = _all_known(before, lambda contact: checks.get(contact_key(listing.id, contact.type, contact.value)))
    return listing if now == listing.contacts else listing.model_copy(update={"contacts": now})


def _without_doubt(contact: Contact) -> Contact:
    """Somebody responsible said that all of the page is right: that counts for more than where it was once seen."""
    return contact.model_copy(update={"grade": None, "old": False})


def _known_line(line: UrgentLine, checks: Checks) -> UrgentLine:
    now = _all_known(line.contacts, lambda contact: checks.get(crisis_key(line.id, contact.type, contact.value)))
    return line if now == line.contacts else line.model_copy(update={"contacts": now})


def _all_known(
    contacts: tuple[Contact, ...], found_out: Callable[[Contact], ContactCheck | None]
) -> tuple[Contact, ...]:
    return tuple(known(contact, found_out(contact)) for contact in contacts)
