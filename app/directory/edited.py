"""A listing as somebody edits it: plain texts, without sources, and not yet checked.

What is typed is kept also where it will not do. Sources follow from what was changed: a sentence that stands as it
stood keeps its sources; a new one is what the provider says, on this day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import Field

from app.directory.listing import (
    Alias,
    Contact,
    Fact,
    Language,
    Listing,
    PracticalFact,
    ReferralRoute,
    Rule,
)
from app.directory.opening import Hours
from app.directory.sources import Source
from app.directory.value import Value

Sourced = TypeVar("Sourced", bound=Value)


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
    says how we know. ``rules`` are as in the listing.
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
    rules: tuple[dict[str, Any], ...] = ()


FIELDS: tuple[str, ...] = tuple(Edited.model_fields)
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "about": ("name", "summary", "aliases", "commissioner"),
    "offers": ("offers", "goals"),
    "area": ("area",),
    "contacts": ("contacts",),
    "hours": ("hours", "hours_note"),
    "access": ("languages", "access"),
    "practical": ("practical",),
    "referral": ("referral",),
    "notes": ("notes", "unknown"),
    "open": ("status", "status_note", "opened", "closed", "successors", "see_instead"),
}
"""The parts of the form, in the order of the public page. Addresses stand with the other contacts."""


@dataclass(frozen=True)
class Statement:
    """What the provider says on a day, as the source of what they wrote: its key in the listing, and the source."""

    key: str
    source: Source


def statement(organisation: str | None, day: str) -> Statement:
    """``day`` is written 2026-11-22. Without an organisation the directory team says it."""
    source = Source(said_by=organisation or "directory", dated=day, read=day)
    return Statement(f"said-{day}", source)


# Listing → edited


def edited_of(listing: Listing) -> Edited:
    return Edited(
        name=listing.name,
        summary=listing.summary,
        aliases=tuple(alias.name for alias in listing.aliases),
        commissioner=listing.commissioner.text if listing.commissioner else "",
        offers=_texts(listing.offers),
        goals=listing.goals,
        area=listing.area,
        contacts=tuple(_edited_contact(contact) for contact in listing.contacts),
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
        rules=tuple(rule.model_dump(mode="json", by_alias=True, exclude_defaults=True) for rule in listing.rules),
    )


def _texts(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.text for fact in facts)


def _edited_contact(contact: Contact) -> EditedContact:
    return EditedContact(
        type=contact.type,
        value=contact.value,
        hours=contact.hours or "",
        note=contact.note or "",
        professionals=contact.audience is not None,
    )


# Edited → listing


def listing_of(edited: Edited, live: Listing, said: Statement, others: Sequence[Listing] = ()) -> Listing:
    """The listing that ``edited`` makes of the ``live`` one.

    What stands as it stood in the live listing, or in one of the ``others``, keeps its sources. Raises pydantic's
    ``ValidationError`` where ``app.directory.edit_checks`` finds something wrong.
    """
    pool = _Pool(said, (live, *others))
    fields = {
        "name": edited.name,
        "summary": edited.summary,
        "aliases": [pool.alias(name) for name in edited.aliases],
        "commissioner": pool.optional_fact("commissioner", edited.commissioner),
        "offers": [pool.fact("offers", text) for text in edited.offers],
        "goals": edited.goals,
        "area": edited.area,
        "contacts": [pool.contact(contact) for contact in edited.contacts],
        "hours": pool.hours(edited),
        "languages": [pool.language(name) for name in edited.languages],
        "access": [pool.fact("access", text) for text in edited.access],
        "practical": {id_: pool.practical(id_, answer) for id_, answer in edited.practical.items() if answer.text},
        "referral": [pool.route(route) for route in edited.referral],
        "notes": [pool.fact("notes", text) for text in edited.notes],
        "unknown": edited.unknown,
        "status": edited.status,
        "status_note": pool.fact("status_note", edited.status_note),
        "opened": edited.opened or None,
        "closed": edited.closed or None,
        "successors": edited.successors,
        "successor_source": pool.successor_source(edited.successors),
        "see_instead": edited.see_instead,
        "rules": pool.rules(edited.rules),
    }
    kept = live.model_dump(include={"id", "role", "organisation", "never_opened", "last_seen", "reach_through"})
    return Listing.model_validate({**kept, **fields, "sources": pool.sources_used()})


class _Pool:
    """What is known already, with its sources. Notes each source that is used."""

    def __init__(self, said: Statement, listings: Sequence[Listing]) -> None:
        self._said = said
        self._listings = listings
        self._used: dict[str, Source] = {}

    def fact(self, field: str, text: str) -> Fact:
        known = self._find(lambda listing: _facts(listing, field), lambda fact: fact.text == text)
        return known or Fact(text=text, source=self._new())

    def optional_fact(self, field: str, text: str) -> Fact | None:
        return self.fact(field, text) if text else None

    def alias(self, name: str) -> Alias:
        known = (alias for listing in self._listings for alias in listing.aliases if alias.name == name)
        return next(known, None) or Alias(name=name)

    def contact(self, edited: EditedContact) -> Contact:
        known = self._find(lambda listing: listing.contacts, lambda contact: _edited_contact(contact) == edited)
        return known or Contact.model_validate(
            {
                "type": edited.type,
                "value": edited.value,
                "hours": edited.hours or None,
                "note": edited.note or None,
                "audience": "professionals" if edited.professionals else None,
                "source": self._new(),
            }
        )

    def hours(self, edited: Edited) -> Hours | None:
        if not edited.hours and not edited.hours_note:
            return None
        new = {"times": [time.model_dump() for time in edited.hours], "note": edited.hours_note or None}
        same = Hours.model_validate({**new, "source": [self._said.key]})
        known = self._find(
            lambda listing: [listing.hours] if listing.hours else [],
            lambda hours: (hours.times, hours.note) == (same.times, same.note),
        )
        return known or same.model_copy(update={"source": self._new()})

    def language(self, name: str) -> Language:
        known = self._find(lambda listing: listing.languages, lambda language: language.name == name)
        return known or Language(name=name, source=self._new())

    def practical(self, id_: str, edited: EditedAnswer) -> PracticalFact:
        known = self._find(
            lambda listing: [fact for key, fact in listing.practical.items() if key == id_],
            lambda fact: (fact.answer or "", fact.text) == (edited.answer, edited.text),
        )
        return known or PracticalFact.model_validate(
            {"answer": edited.answer or None, "text": edited.text, "source": self._new()}
        )

    def route(self, edited: EditedRoute) -> ReferralRoute:
        known = self._find(
            lambda listing: listing.referral, lambda route: (route.route, route.text) == (edited.route, edited.text)
        )
        return known or ReferralRoute.model_validate(
            {"route": edited.route, "text": edited.text, "source": self._new()}
        )

    def successor_source(self, successors: tuple[str, ...]) -> tuple[str, ...]:
        if not successors:
            return ()
        for listing in self._listings:
            if listing.successors == successors:
                return self._adopted(listing, listing.successor_source)
        return self._new()

    def rules(self, rules: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
        for listing in self._listings:
            known = edited_of(listing).rules
            if known == tuple(rules):
                for rule in listing.rules:
                    parts = (rule.everyone, rule.exclusions, rule.made_for, *rule.routes)
                    self._adopted(listing, [key for part in parts for one in part for key in one.source])
                return listing.rules
        raise ValueError("rules that no version of the listing has")

    def sources_used(self) -> dict[str, Source]:
        """In the order of the live listing; what is new comes last."""
        order = [key for listing in self._listings for key in listing.sources]
        place = {key: number for number, key in reversed(list(enumerate(order)))}
        return dict(sorted(self._used.items(), key=lambda item: place.get(item[0], len(order))))

    def _find(self, all_of: Any, is_same: Any) -> Any:
        for listing in self._listings:
            for known in all_of(listing):
                if is_same(known):
                    return known.model_copy(update={"source": self._adopted(listing, known.source)})
        return None

    def _new(self) -> tuple[str, ...]:
        return (self._note(self._said.key, self._said.source),)

    def _adopted(self, listing: Listing, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._note(key, listing.sources[key]) for key in keys)

    def _note(self, key: str, source: Source) -> str:
        """Another listing may have given this key to another source."""
        if self._used.get(key, source) != source:
            return self._note(f"{key}-2", source)
        self._used[key] = source
        return key


def _facts(listing: Listing, field: str) -> Sequence[Fact]:
    found = getattr(listing, field)
    return found if isinstance(found, tuple) else [found] if found else []
