"""A listing as somebody edits it: plain texts, without sources, and not yet checked.

What is typed is kept also where it will not do. ``sourcing`` makes a listing of it again.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from pydantic import Field

from app.directory.editing.edited_rules import EditedRule, edited_rules
from app.directory.listing import (
    Contact,
    Fact,
    Listing,
)
from app.directory.value import Value


class EditedContact(Value):
    """A way to get in touch. ``type`` is ``phone``, ``text``, ``email``, ``web``, ``ask`` or ``address``."""

    type: str = ""
    value: str = ""
    hours: str = ""
    note: str = ""
    professionals: bool = False


class EditedTime(Value):
    """A span of a weekday; ``opens`` and ``closes`` as typed."""

    day: str = ""
    opens: str = ""
    closes: str = ""


class EditedAnswer(Value):
    """An answer to what people ask first; ``answer`` is ``yes``, ``no``, ``partly`` or nothing."""

    answer: str = ""
    text: str = ""


class EditedRoute(Value):
    """A way to be referred."""

    route: str = ""
    text: str = ""


class Edited(Value):
    """Every field that can be edited. Empty texts are facts that nobody gives.

    ``practical`` is by the id of the question. ``status`` is ``live``, ``check_first`` or ``closed``; ``status_note``
    says how we know. ``rules`` are one for each period.
    """

    name: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    commissioner: str = ""
    offers: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    contacts: tuple[EditedContact, ...] = ()
    hours: tuple[EditedTime, ...] = ()
    hours_note: str = ""
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    practical: dict[str, EditedAnswer] = Field(default_factory=dict)
    referral: tuple[EditedRoute, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    status: str = ""
    status_note: str = ""
    opened: str = ""
    closed: str = ""
    successors: tuple[str, ...] = ()
    see_instead: tuple[str, ...] = ()
    rules: tuple[EditedRule, ...] = ()


FIELDS: tuple[str, ...] = tuple(Edited.model_fields)
_DIGEST = 16
"""Hexadecimal digits."""
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "about": ("name", "summary", "aliases", "commissioner"),
    "offers": ("offers", "goals"),
    "area": ("area",),
    "who": ("rules",),
    "contacts": ("contacts",),
    "hours": ("hours", "hours_note"),
    "access": ("languages", "access"),
    "practical": ("practical",),
    "referral": ("referral",),
    "notes": ("notes", "unknown"),
    "open": ("status", "status_note", "opened", "closed", "successors", "see_instead"),
}
"""The parts of the form, in the order of the public page. Addresses stand with the other contacts."""


def digest(edited: Edited, section: str) -> str:
    """A short mark of what stands in a section, to tell whether somebody changed it; of everything where it is ""."""
    fields = edited.model_dump(include=set(SECTIONS[section] if section else FIELDS))
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:_DIGEST]


def edited_of(listing: Listing) -> Edited:
    return Edited(
        name=listing.name,
        summary=listing.summary,
        aliases=tuple(alias.name for alias in listing.aliases),
        commissioner=listing.commissioner.text if listing.commissioner else "",
        offers=_texts(listing.offers),
        goals=listing.goals,
        area=listing.area,
        contacts=tuple(edited_contact(contact) for contact in listing.contacts),
        hours=tuple(EditedTime(**time.model_dump()) for time in listing.hours.times) if listing.hours else (),
        hours_note=(listing.hours.note or "") if listing.hours else "",
        languages=tuple(language.name for language in listing.languages),
        access=_texts(listing.access),
        practical={
            id_: EditedAnswer(answer=fact.answer or "", text=fact.text) for id_, fact in listing.practical.items()
        },
        referral=tuple(EditedRoute(route=route.route, text=route.text) for route in listing.referral),
        notes=_texts(listing.notes),
        unknown=listing.unknown,
        status=listing.status,
        status_note=listing.status_note.text,
        opened=listing.opened or "",
        closed=listing.closed or "",
        successors=listing.successors,
        see_instead=listing.see_instead,
        rules=edited_rules(listing),
    )


def _texts(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.text for fact in facts)


def edited_contact(contact: Contact) -> EditedContact:
    return EditedContact(
        type=contact.type,
        value=contact.value,
        hours=contact.hours or "",
        note=contact.note or "",
        professionals=contact.audience is not None,
    )
