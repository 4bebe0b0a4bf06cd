"""Rows of the tables as the listing that they hold: ``app.exchange.listing_rows`` is the way there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.directory.listing import Listing
from app.directory.opening import WEEKDAYS
from app.exchange.listing_rows import HOW_KNOWN, PARTS, Fields
from app.models import (
    Address,
    Attribute,
    Contact,
    Fact,
    Language,
    Phone,
    Ruleset,
    Schedule,
    Service,
    ServiceAlias,
    ServiceArea,
    ServiceAtLocation,
    ServiceLink,
    Source,
    Url,
)

_DAYS = {day[:2].upper(): day for day in WEEKDAYS}
_SOURCE_FIELDS = {"paper", "at", "page", "dated", "read", "said_by"}


def listing_of(
    service: Service, parts: Iterable[SQLModel], organisations: Mapping[UUID, str], goals: Mapping[UUID, str]
) -> Listing:
    """The listing that these rows hold. ``parts`` in any order; ``organisations`` and ``goals`` turn ids into slugs."""
    rows: dict[type[SQLModel], list[Any]] = defaultdict(list)
    for part in parts:
        rows[type(part)].append(part)
    for table in PARTS:
        rows[table].sort(key=lambda row: row.position)
    return Listing.model_validate(
        {
            "id": service.slug,
            "organisation": organisations[service.organization_id] if service.organization_id else None,
            "summary": service.description,
            "successor_source": service.successor_sources,
            **service.model_dump(
                include={"name", "role", "status", "opened", "never_opened", "closed", "last_seen", "unknown"}
            ),
            "aliases": [alias.model_dump(include={"name", "alone"}) for alias in rows[ServiceAlias]],
            "area": [area.name for area in rows[ServiceArea]],
            "goals": [goals[attribute.taxonomy_term_id] for attribute in rows[Attribute]],
            "sources": {row.key: row.model_dump(include=_SOURCE_FIELDS) for row in rows[Source]},
            "rules": [{**row.body, "from": row.since, "until": row.until} for row in rows[Ruleset]],
            "contacts": _contacts_of(rows),
            **_links_of(rows[ServiceLink]),
            "languages": [{"name": row.name, "source": row.sources} for row in rows[Language]],
            "hours": _hours_of(rows[Schedule], rows[Fact]),
            **_facts_of(rows[Fact]),
        }
    )


def _contacts_of(rows: Mapping[type[SQLModel], list[Any]]) -> list[Fields]:
    addresses = {row.location_id: row.address_1 for row in rows[Address]}
    found = [
        *((row, "phone" if row.type == "voice" else "text", row.number) for row in rows[Phone]),
        *((row, "web", row.url) for row in rows[Url]),
        *((row, "email", row.email) for row in rows[Contact] if row.email is not None),
        *((row, "ask", row.ask) for row in rows[Contact] if row.ask is not None),
        *((row, "address", addresses[row.location_id]) for row in rows[ServiceAtLocation]),
    ]
    return [
        {"type": kind, "value": value, "source": row.sources, **row.model_dump(include=set(HOW_KNOWN))}
        for row, kind, value in sorted(found, key=lambda item: item[0].position)
    ]


def _links_of(links: list[ServiceLink]) -> Fields:
    return {
        "successors": [link.target_slug for link in links if link.kind == "successor"],
        "see_instead": [link.target_slug for link in links if link.kind == "see_instead"],
        "reach_through": [
            {"service": link.target_slug, "text": link.text, "area": link.area}
            for link in links
            if link.kind == "reach_through"
        ],
    }


def _facts_of(facts: list[Fact]) -> Fields:
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.about].append(fact)
    plain = {about: [_fact_of(fact) for fact in found] for about, found in by_subject.items()}
    return {
        "status_note": plain["status_note"][0],
        "commissioner": plain["commissioner"][0] if "commissioner" in plain else None,
        "offers": plain.get("offer", []),
        "notes": plain.get("note", []),
        "access": plain.get("access", []),
        "referral": [{"route": fact.key, **_fact_of(fact)} for fact in by_subject["referral"]],
        "practical": {fact.key: {"answer": fact.answer, **_fact_of(fact)} for fact in by_subject["practical"]},
    }


def _hours_of(schedules: list[Schedule], facts: list[Fact]) -> Fields | None:
    about = next((fact for fact in facts if fact.about == "hours"), None)
    if about is None:
        return None
    times = [{"day": _DAYS[row.byday], "opens": row.opens_at, "closes": row.closes_at} for row in schedules]
    return {"times": times, "note": about.text or None, "source": about.sources}


def _fact_of(fact: Fact) -> Fields:
    return {"text": fact.text, "source": fact.sources}
