"""A listing as rows of the tables, and back. Nothing is lost either way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, delete, select, update

from app.directory.listing import Contact as ContactValue
from app.directory.listing import Fact as FactValue
from app.directory.listing import Listing, Organisation, Rule
from app.models import (
    Address,
    Attribute,
    CatalogueGeneration,
    Contact,
    Fact,
    Location,
    Organization,
    Phone,
    ReferenceData,
    Ruleset,
    Service,
    ServiceAlias,
    ServiceArea,
    ServiceAtLocation,
    ServiceLink,
    Source,
    TaxonomyTerm,
    Url,
    row_id,
)
from app.models.base import ServicePart

_PARTS: tuple[type[ServicePart], ...] = (
    Attribute,
    Contact,
    Fact,
    Phone,
    Ruleset,
    ServiceAlias,
    ServiceArea,
    ServiceAtLocation,
    ServiceLink,
    Source,
    Url,
)
_HOW_KNOWN = ("hours", "note", "grade", "old", "audience")
_RULE_DATES = {"since", "until"}

Fields = dict[str, Any]


# Listing → rows


def organization_row(slug: str, organisation: Organisation) -> Organization:
    return Organization(id=row_id("organization", slug), slug=slug, **_organization_fields(organisation))


def _organization_fields(organisation: Organisation) -> Fields:
    return {**organisation.model_dump(exclude={"aliases"}), "aliases": list(organisation.aliases)}


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
    return [
        *_contact_rows(listing),
        *_fact_rows(listing),
        *_rows(listing, ServiceAlias, [alias.model_dump() for alias in listing.aliases]),
        *_rows(listing, ServiceArea, [{"name": area} for area in listing.area]),
        *_rows(listing, Attribute, [{"taxonomy_term_id": row_id("taxonomy_term", goal)} for goal in listing.goals]),
        *_rows(listing, Source, [{"key": key, **source.model_dump()} for key, source in listing.sources.items()]),
        *_rows(listing, ServiceLink, _links(listing)),
        *_rows(listing, Ruleset, [_ruleset(rule, ruleset_version) for rule in listing.rules]),
    ]


def _rows(listing: Listing, table: type[ServicePart], all_fields: Iterable[Fields]) -> list[ServicePart]:
    return [_row(listing, table, position, fields) for position, fields in enumerate(all_fields)]


def _row(listing: Listing, table: type[ServicePart], position: int, fields: Fields) -> ServicePart:
    identity = row_id(str(table.__tablename__), listing.id, position)
    return table(id=identity, service_id=row_id("service", listing.id), position=position, **fields)


def _contact_rows(listing: Listing) -> list[SQLModel]:
    places: list[SQLModel] = []
    contacts: list[SQLModel] = []
    for position, contact in enumerate(listing.contacts):
        known = {**contact.model_dump(include=set(_HOW_KNOWN)), "sources": list(contact.source)}
        if contact.type == "address":
            location_id = row_id("location", listing.id, position)
            places.append(Location(id=location_id))
            address_id = row_id("address", listing.id, position)
            contacts.append(Address(id=address_id, location_id=location_id, address_1=contact.value))
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


def _fact_rows(listing: Listing) -> list[ServicePart]:
    facts = [
        _fact("status_note", listing.status_note),
        *([_fact("commissioner", listing.commissioner)] if listing.commissioner else []),
        *(_fact("offer", offer) for offer in listing.offers),
        *(_fact("note", note) for note in listing.notes),
        *(_fact("referral", way, key=way.route) for way in listing.referral),
        *(_fact("practical", fact, key=key, answer=fact.answer) for key, fact in listing.practical.items()),
    ]
    return _rows(listing, Fact, facts)


def _fact(about: str, fact: FactValue, **more: Any) -> Fields:
    return {"about": about, "text": fact.text, "sources": list(fact.source), **more}


def _links(listing: Listing) -> list[Fields]:
    return [
        *({"kind": "successor", "target_slug": slug} for slug in listing.successors),
        *({"kind": "see_instead", "target_slug": slug} for slug in listing.see_instead),
        *(
            {"kind": "reach_through", "target_slug": door.service, "text": door.text, "area": list(door.area)}
            for door in listing.reach_through
        ),
    ]


def _ruleset(rule: Rule, version: int) -> Fields:
    body = rule.model_dump(mode="json", exclude=_RULE_DATES, exclude_defaults=True)
    return {"since": rule.since, "until": rule.until, "version": version, "body": body}


# Rows → listing


def organisation_of(row: Organization) -> Organisation:
    return Organisation(name=row.name, description=row.description, aliases=tuple(row.aliases), url=row.url)


def listing_of(
    service: Service, parts: Iterable[SQLModel], organisations: Mapping[UUID, str], goals: Mapping[UUID, str]
) -> Listing:
    """The listing that these rows hold. ``parts`` in any order; ``organisations`` and ``goals`` turn ids into slugs."""
    rows: dict[type[SQLModel], list[Any]] = defaultdict(list)
    for part in parts:
        rows[type(part)].append(part)
    for table in _PARTS:
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
            **_facts_of(rows[Fact]),
        }
    )


_SOURCE_FIELDS = {"paper", "at", "page", "dated", "read"}


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
        {"type": kind, "value": value, "source": row.sources, **row.model_dump(include=set(_HOW_KNOWN))}
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
        "referral": [{"route": fact.key, **_fact_of(fact)} for fact in by_subject["referral"]],
        "practical": {fact.key: {"answer": fact.answer, **_fact_of(fact)} for fact in by_subject["practical"]},
    }


def _fact_of(fact: Fact) -> Fields:
    return {"text": fact.text, "source": fact.sources}


# To and from the database


def write_listing(session: Session, listing: Listing) -> Service:
    """Write the listing over what was there. Organisation, goals and linked services must be there already.

    Returns the service's row, so that the caller can say when and how it came to be so.
    """
    service = write_service(session, listing)
    write_parts(session, listing)
    return service


def write_service(session: Session, listing: Listing) -> Service:
    """The service's own row alone. Where listings link to each other, all of these rows come before any part."""
    identity = row_id("service", listing.id)
    service = session.get(Service, identity)
    if service is None:
        service = Service(id=identity, slug=listing.id, **service_fields(listing))
    else:
        service.sqlmodel_update(service_fields(listing))
    session.add(service)
    session.flush()
    return service


def write_parts(session: Session, listing: Listing) -> None:
    """Replace all that hangs from the service's row."""
    version = _ruleset_version(session, listing)
    _delete_parts(session, row_id("service", listing.id))
    rows = part_rows(listing, version)
    session.add_all([row for row in rows if isinstance(row, Location)])
    session.flush()
    session.add_all(rows)
    session.flush()


def write_organisation(session: Session, slug: str, organisation: Organisation) -> None:
    existing = session.get(Organization, row_id("organization", slug))
    if existing is None:
        session.add(organization_row(slug, organisation))
    else:
        session.add(existing.sqlmodel_update(_organization_fields(organisation)))
    session.flush()


def _ruleset_version(session: Session, listing: Listing) -> int:
    before = session.exec(
        select(Ruleset).where(Ruleset.service_id == row_id("service", listing.id)).order_by(col(Ruleset.position))
    ).all()
    version = max((row.version for row in before), default=0)
    same = [_ruleset(rule, version) for rule in listing.rules] == [
        row.model_dump(include={"since", "until", "version", "body"}) for row in before
    ]
    return version if same else version + 1


def _delete_parts(session: Session, service_id: UUID) -> None:
    places = session.exec(select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == service_id)).all()
    session.exec(delete(Address).where(col(Address.location_id).in_(places)))
    for table in _PARTS:
        session.exec(delete(table).where(col(table.service_id) == service_id))
    session.exec(delete(Location).where(col(Location.id).in_(places)))


@dataclass(frozen=True)
class Published:
    """The whole catalogue as plain values. ``reference`` holds the data of each reference file by its name."""

    generation: int
    listings: Mapping[str, Listing]
    organisations: Mapping[str, Organisation]
    reference: Mapping[str, Any]


def read_published(session: Session) -> Published:
    """Everything that a process needs to answer the public."""
    return Published(
        generation=generation_of(session),
        listings=read_listings(session),
        organisations=read_organisations(session),
        reference=read_reference(session),
    )


def generation_of(session: Session) -> int:
    """The number of the catalogue as this session sees it; 0 before anything was loaded."""
    return session.exec(select(CatalogueGeneration.number)).one()


def raise_generation(session: Session) -> None:
    """Tell every process that the catalogue has changed. Call it in the transaction of the change."""
    session.exec(update(CatalogueGeneration).values(number=col(CatalogueGeneration.number) + 1))


def read_reference(session: Session) -> dict[str, Any]:
    return dict(session.exec(select(ReferenceData.name, ReferenceData.body).order_by(ReferenceData.name)).all())


def read_listings(session: Session) -> dict[str, Listing]:
    """Every listing by its slug, in the order of the slugs."""
    return _read(session, session.exec(select(Service).order_by(col(Service.slug))).all(), None)


def read_listing(session: Session, slug: str) -> Listing | None:
    service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
    return _read(session, [service], service.id)[slug] if service else None


def read_organisations(session: Session) -> dict[str, Organisation]:
    rows = session.exec(select(Organization).order_by(col(Organization.slug))).all()
    return {row.slug: organisation_of(row) for row in rows}


def _read(session: Session, services: Iterable[Service], only: UUID | None) -> dict[str, Listing]:
    organisations = dict(session.exec(select(Organization.id, Organization.slug)).all())
    goals = dict(session.exec(select(TaxonomyTerm.id, TaxonomyTerm.code)).all())
    parts: dict[UUID, list[SQLModel]] = defaultdict(list)
    for table in _PARTS:
        rows = select(table) if only is None else select(table).where(col(table.service_id) == only)
        for row in session.exec(rows):
            parts[row.service_id].append(row)
    at = col(ServiceAtLocation.location_id) == col(Address.location_id)
    addresses = select(ServiceAtLocation.service_id, Address).join(Address, at)
    if only is not None:
        addresses = addresses.where(ServiceAtLocation.service_id == only)
    for owner, address in session.exec(addresses):
        parts[owner].append(address)
    return {service.slug: listing_of(service, parts[service.id], organisations, goals) for service in services}
