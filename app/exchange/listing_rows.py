"""A listing as rows of the tables. Nothing is lost: ``app.exchange.row_listings`` is the way back."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import SQLModel

from app.directory.listing import Contact as ContactValue
from app.directory.listing import Fact as FactValue
from app.directory.listing import Listing, Rule
from app.directory.opening import Hours, OpeningTime
from app.models import (
    Address,
    Attribute,
    Contact,
    Fact,
    Language,
    Location,
    Phone,
    Ruleset,
    Schedule,
    ServiceAlias,
    ServiceArea,
    ServiceAtLocation,
    ServiceLink,
    Source,
    Url,
    row_id,
)
from app.models.base import ServicePart

PARTS: tuple[type[ServicePart], ...] = (
    Attribute,
    Contact,
    Fact,
    Language,
    Phone,
    Ruleset,
    Schedule,
    ServiceAlias,
    ServiceArea,
    ServiceAtLocation,
    ServiceLink,
    Source,
    Url,
)
HOW_KNOWN = ("hours", "note", "grade", "old", "audience")
_RULE_DATES = {"since", "until"}

Fields = dict[str, Any]
Row = tuple[type[SQLModel], Fields]
"""A row that is not made yet: its table, and what stands in it."""


def service_fields(listing: Listing) -> Fields:
    """What the service's own row says; its dates of change are kept apart, and stay when this is written over it."""
    return {
        "organization_id": row_id("organization", listing.organisation) if listing.organisation else None,
        "name": listing.name,
        "role": listing.role,
        "description": listing.summary,
        "status": listing.status,
        "opened": listing.opened,
        "never_opened": listing.never_opened,
        "closed": listing.closed,
        "last_seen": listing.last_seen,
        "unknown": list(listing.unknown),
        "successor_sources": list(listing.successor_source),
    }


def part_rows(listing: Listing, ruleset_version: int = 1) -> list[SQLModel]:
    """All that hangs from the service's row. Locations come first: others point to them."""
    return [table(**fields) for table, fields in part_fields(listing, ruleset_version)]


def part_fields(listing: Listing, ruleset_version: int = 1) -> list[Row]:
    """The same for whoever writes very many: what a row does not name has its default."""
    return [
        *_contact_rows(listing),
        *_fact_rows(listing),
        *_rows(listing, ServiceAlias, [alias.model_dump() for alias in listing.aliases]),
        *_rows(listing, ServiceArea, [{"name": area} for area in listing.area]),
        *_rows(listing, Attribute, [{"taxonomy_term_id": row_id("taxonomy_term", goal)} for goal in listing.goals]),
        *_rows(listing, Source, [{"key": key, **source.model_dump()} for key, source in listing.sources.items()]),
        *_rows(listing, ServiceLink, _links(listing)),
        *_rows(listing, Schedule, [_schedule(time) for time in listing.hours.times] if listing.hours else []),
        *_rows(listing, Language, [{"name": one.name, "sources": list(one.source)} for one in listing.languages]),
        *_rows(listing, Ruleset, [ruleset_fields(rule, ruleset_version) for rule in listing.rules]),
    ]


def _rows(listing: Listing, table: type[ServicePart], all_fields: Iterable[Fields]) -> list[Row]:
    return [_row(listing, table, position, fields) for position, fields in enumerate(all_fields)]


def _row(listing: Listing, table: type[ServicePart], position: int, fields: Fields) -> Row:
    identity = row_id(str(table.__tablename__), listing.id, position)
    return table, {"id": identity, "service_id": row_id("service", listing.id), "position": position, **fields}


def _contact_rows(listing: Listing) -> list[Row]:
    places: list[Row] = []
    contacts: list[Row] = []
    for position, contact in enumerate(listing.contacts):
        known = {**contact.model_dump(include=set(HOW_KNOWN)), "sources": list(contact.source)}
        if contact.type == "address":
            location_id = row_id("location", listing.id, position)
            places.append((Location, {"id": location_id}))
            address_id = row_id("address", listing.id, position)
            contacts.append((Address, {"id": address_id, "location_id": location_id, "address_1": contact.value}))
            contacts.append(_row(listing, ServiceAtLocation, position, {"location_id": location_id, **known}))
        else:
            table, fields = _contact_fields(contact)
            contacts.append(_row(listing, table, position, {**fields, **known}))
    return places + contacts


def _contact_fields(contact: ContactValue) -> tuple[type[ServicePart], Fields]:
    match contact.type:
        case "phone":
            return Phone, {"type": "voice", "number": contact.value}
        case "text":
            return Phone, {"type": "text", "number": contact.value}
        case "web":
            return Url, {"url": contact.value}
        case "email":
            return Contact, {"email": contact.value}
        case _:
            return Contact, {"ask": contact.value}


def _fact_rows(listing: Listing) -> list[Row]:
    facts = [
        _fact("status_note", listing.status_note),
        *([_fact("commissioner", listing.commissioner)] if listing.commissioner else []),
        *(_fact("offer", offer) for offer in listing.offers),
        *(_fact("note", note) for note in listing.notes),
        *(_fact("access", fact) for fact in listing.access),
        *([_hours_fact(listing.hours)] if listing.hours else []),
        *(_fact("referral", way, key=way.route) for way in listing.referral),
        *(_fact("practical", fact, key=key, answer=fact.answer) for key, fact in listing.practical.items()),
    ]
    return _rows(listing, Fact, facts)


def _fact(about: str, fact: FactValue, **more: Any) -> Fields:
    return {"about": about, "text": fact.text, "sources": list(fact.source), **more}


def _hours_fact(hours: Hours) -> Fields:
    """The note, or an empty text: it carries the sources of the hours either way."""
    return {"about": "hours", "text": hours.note or "", "sources": list(hours.source)}


def _schedule(time: OpeningTime) -> Fields:
    return {"byday": time.day[:2].upper(), "opens_at": time.opens, "closes_at": time.closes}


def _links(listing: Listing) -> list[Fields]:
    return [
        *({"kind": "successor", "target_slug": slug} for slug in listing.successors),
        *({"kind": "see_instead", "target_slug": slug} for slug in listing.see_instead),
        *(
            {"kind": "reach_through", "target_slug": door.service, "text": door.text, "area": list(door.area)}
            for door in listing.reach_through
        ),
    ]


def ruleset_fields(rule: Rule, version: int) -> Fields:
    body = rule.model_dump(mode="json", exclude=_RULE_DATES, exclude_defaults=True)
    return {"since": rule.since, "until": rule.until, "version": version, "body": body}
