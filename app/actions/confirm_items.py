"""What a person must check before the directory goes live, as values: every crisis line, then listing by listing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.directory.contact_checks import contact_key, crisis_key
from app.directory.listing import Contact, ContactType, Listing
from app.directory.sources import Source
from app.directory.urgent import Urgent, UrgentLine

Part = Literal["crisis", "open", "closed"]
_GRADES = {
    "second_hand": "second-hand: not seen on a page of the service or of a public body",
    "weak": "the source is weak",
    "seed_only": "only in one of the published papers",
}
_TO_CHECK: frozenset[ContactType] = frozenset({"phone", "text", "address"})
_WANTED: tuple[ContactType, ...] = ("phone", "address")


@dataclass(frozen=True)
class Item:
    """One thing to check: a contact, or that none of this type is known.

    ``key`` changes with what the contact says, so that what was found out counts for that alone. ``doubts`` say why it
    may be wrong. Where none is known, ``ways`` and ``doors`` (ids of listings) are what we give instead.
    """

    key: str
    type: ContactType
    contact: Contact | None = None
    doubts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    ways: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """What is to be checked of one listing, or of one crisis line, by its ``id``.

    ``review`` says what to look at in a crisis line. ``role`` and ``check_first`` are of a listing.
    """

    part: Part
    id: str
    name: str
    items: tuple[Item, ...]
    review: str = ""
    role: str = ""
    check_first: bool = False


def groups_to_confirm(listings: Mapping[str, Listing], urgent: Urgent) -> Iterator[Group]:
    """Crisis lines that nobody checked, then open listings, then closed ones, where there is something to check.

    Of closed listings only what is shown is listed; nobody needs to find what is missing there.
    """
    yield from (crisis_group(line, urgent.sources) for line in urgent.lines if not line.checked)
    for listing in sorted(listings.values(), key=lambda one: (one.status == "closed", one.name.casefold())):
        group = listing_group(listing)
        if group.items:
            yield group


def crisis_group(line: UrgentLine, sources: Mapping[str, Source]) -> Group:
    items = [
        Item(
            crisis_key(line.id, contact.type, contact.value),
            contact.type,
            contact,
            sources=_sources(contact.source, sources),
        )
        for contact in line.contacts
    ]
    return Group("crisis", line.id, line.name, tuple(items), review=line.review)


def listing_group(listing: Listing) -> Group:
    """``items`` are none where all is well known."""
    return Group(
        part="closed" if listing.status == "closed" else "open",
        id=listing.id,
        name=listing.name,
        items=(*_doubted(listing), *_missing(listing)),
        role=listing.role,
        check_first=listing.status == "check_first",
    )


def _doubted(listing: Listing) -> Iterator[Item]:
    for contact in listing.contacts:
        doubts = tuple(_doubts(contact))
        if contact.type in _TO_CHECK and doubts:
            key = contact_key(listing.id, contact.type, contact.value)
            yield Item(key, contact.type, contact, doubts, _sources(contact.source, listing.sources))


def _missing(listing: Listing) -> Iterator[Item]:
    if listing.status == "closed":
        return
    public = listing.public_contacts
    for type_ in _WANTED:
        if not any(contact.type == type_ for contact in public):
            ways = tuple(contact.value for contact in public if contact.type not in _WANTED)
            doors = tuple(door.service for door in listing.reach_through)
            yield Item(contact_key(listing.id, type_), type_, ways=ways, doors=doors)


def _doubts(contact: Contact) -> Iterator[str]:
    if contact.grade in _GRADES:
        yield _GRADES[contact.grade]
    if contact.old:
        yield "the page it was seen on is old"


def _sources(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    return tuple(sources[key] for key in keys if key in sources)
