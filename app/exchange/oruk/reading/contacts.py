"""Ways to get in touch, and addresses."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.directory.editing.typed import is_email, is_phone, is_web, number_tidied, squeezed, tidied, web_tidied
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.texts import beginning, shown, text_of

MOST = 40
_LONGEST_ADDRESS = 400
LONGEST_NOTE = 600
_ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
Row = Mapping[str, Any]
Fields = dict[str, Any]


def contacts_of(row: Row, mending: Mending) -> list[Fields]:
    """As fields of ``Contact`` without their sources. Names of people are never shown."""
    found: dict[tuple[str, str], Fields] = {}
    for contact in _contacts(row, mending):
        found.setdefault((contact["type"], squeezed(contact["value"])), contact)
    contacts = list(found.values())
    if len(contacts) > MOST:
        mending.say(f"There are more than {MOST} ways to get in touch. The others are kept in the record alone.")
    return contacts[:MOST]


def _contacts(row: Row, mending: Mending) -> Iterator[Fields]:
    yield from _phones(row, mending)
    for place in places_of(row, mending):
        yield from _phones(place, mending)
        yield from _phones(_location(place), mending)
    yield from _web(row.get("url"), "url", mending)
    for other in mending.dicts(row, "additional_urls"):
        yield from _web(other.get("url"), "additional_urls", mending)
    yield from _email(row.get("email"), "", mending)
    for contact in mending.dicts(row, "contacts"):
        yield from _person(contact, mending)
    for place in places_of(row, mending):
        yield from _addresses(_location(place), mending)


def places_of(row: Row, mending: Mending) -> list[Row]:
    return [*mending.dicts(row, "service_at_locations")]


def _location(place: Row) -> Row:
    location = place.get("location")
    return location if isinstance(location, dict) else {}


def locations_of(row: Row, mending: Mending) -> list[Row]:
    return [_location(place) for place in places_of(row, mending)]


def _person(contact: Row, mending: Mending) -> Iterator[Fields]:
    """Whoever answers, by what they are and not by their name."""
    if text_of(contact.get("name")):
        mending.say("Names of people are kept in the record alone.")
    title = " ".join(filter(None, (text_of(contact.get("title")), text_of(contact.get("department")))))
    phones, emails = [*_phones(contact, mending)], [*_email(contact.get("email"), title, mending)]
    yield from ({**phone, "note": phone.get("note") or title or None} for phone in phones)
    yield from emails
    if title and not phones and not emails:
        yield {"type": "ask", "value": beginning(f"Ask for: {title}.", _LONGEST_ADDRESS)[0]}


def _phones(row: Row, mending: Mending) -> Iterator[Fields]:
    for phone in mending.dicts(row, "phones"):
        number = number_tidied(text_of(phone.get("number")))
        extension = text_of(phone.get("extension"))
        number = f"{number} ext {extension}" if extension and is_phone(f"{number} ext {extension}") else number
        about = text_of(phone.get("description"))[:LONGEST_NOTE]
        if is_phone(number):
            type_ = "text" if text_of(phone.get("type")).casefold() in {"text", "sms"} else "voice"
            yield {"type": "phone" if type_ == "voice" else "text", "value": number, "note": about or None}
        elif number:
            mending.say(f"{shown(number)} is no phone number of this country. It is kept as a note.")
            mending.note(f"Phone: {number}{f' ({about})' if about else ''}.")


def _web(value: Any, field: str, mending: Mending) -> Iterator[Fields]:
    typed = text_of(value)
    address = web_tidied(typed)
    if address != typed:
        mending.say(f"“{field}” had no https:// before it: added.")
    if address and is_web(address) and len(address) <= _LONGEST_ADDRESS:
        yield {"type": "web", "value": address}
    elif typed:
        mending.say(f"“{field}” is not the address of a web page: {shown(typed)}. It is kept in the record alone.")


def _email(value: Any, note: str, mending: Mending) -> Iterator[Fields]:
    typed = tidied(text_of(value)).removeprefix("mailto:")
    if is_email(typed):
        yield {"type": "email", "value": typed, "note": note[:LONGEST_NOTE] or None}
    elif typed:
        mending.say(f"{shown(typed)} is not an email address. It is kept in the record alone.")


def _addresses(location: Row, mending: Mending) -> Iterator[Fields]:
    name, note = text_of(location.get("name")), mending.text(location, "description")
    addresses = [address for one in mending.dicts(location, "addresses") if (address := _address(one))]
    for address in addresses or ([name] if name else []):
        written = address if not name or squeezed(name) in squeezed(address) else f"{name}, {address}"
        shortened, rest = beginning(written, _LONGEST_ADDRESS)
        if rest:
            mending.say("An address is too long. It was cut.")
        told, more = beginning(note, LONGEST_NOTE)
        mending.note(more)
        yield {"type": "address", "value": shortened, "note": told or None}


def _address(row: Row) -> str:
    """On one line, as people write it."""
    parts = [text_of(row.get(field)) for field in _ADDRESS]
    return ", ".join(dict.fromkeys(part.strip(", ") for part in parts if part.strip(", ")))
