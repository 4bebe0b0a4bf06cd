"""Listings and organisations to and from the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, delete, func, select, update

from app.directory.availability import Availability
from app.directory.contact_checks import ContactCheck
from app.directory.freshness import Freshness
from app.directory.listing import Listing, Organisation
from app.exchange.availability import read_availability
from app.exchange.freshness import read_contact_checks, read_freshness
from app.exchange.listing_rows import PARTS, part_rows, ruleset_fields, service_fields
from app.exchange.merged import without_merged, words_led_on
from app.exchange.records import Record, into_by_slug, read_records
from app.exchange.row_listings import listing_of
from app.models import (
    Address,
    CatalogueGeneration,
    Location,
    Organization,
    ReferenceData,
    Ruleset,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
    row_id,
)

# Writing


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
        service = Service(id=identity, slug=listing.id, number=_next_number(session), **service_fields(listing))
    else:
        service.sqlmodel_update(service_fields(listing))
    session.add(service)
    session.flush()
    return service


def _next_number(session: Session) -> int:
    return (session.exec(select(func.max(Service.number))).one() or 0) + 1


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
        session.add(Organization(id=row_id("organization", slug), slug=slug, **_organization_fields(organisation)))
    else:
        session.add(existing.sqlmodel_update(_organization_fields(organisation)))
    session.flush()


def touch(session: Session, now: datetime, organisation: str | None = None) -> None:
    """Something changed of every service, or of those of one organisation, by its slug, that other programs read."""
    services = update(Service).values(modified_at=now)
    of = row_id("organization", organisation) if organisation else None
    session.exec(services.where(col(Service.organization_id) == of) if of else services)


def _organization_fields(organisation: Organisation) -> dict[str, Any]:
    return {**organisation.model_dump(exclude={"aliases"}), "aliases": list(organisation.aliases)}


def _ruleset_version(session: Session, listing: Listing) -> int:
    before = session.exec(
        select(Ruleset).where(Ruleset.service_id == row_id("service", listing.id)).order_by(col(Ruleset.position))
    ).all()
    version = max((row.version for row in before), default=0)
    same = [ruleset_fields(rule, version) for rule in listing.rules] == [
        row.model_dump(include={"since", "until", "version", "body"}) for row in before
    ]
    return version if same else version + 1


def _delete_parts(session: Session, service_id: UUID) -> None:
    places = session.exec(select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == service_id)).all()
    session.exec(delete(Address).where(col(Address.location_id).in_(places)))
    for table in PARTS:
        session.exec(delete(table).where(col(table.service_id) == service_id))
    session.exec(delete(Location).where(col(Location.id).in_(places)))


# Reading


@dataclass(frozen=True)
class Published:
    """The whole catalogue as plain values. ``reference`` holds the data of each reference file by its name.

    ``availability`` is what was said last of each service, by its slug; ``freshness`` is by slug too, and
    ``contact_checks`` by key. ``merged`` are listings that others stand for; ``records`` are of both kinds.
    """

    generation: int
    listings: Mapping[str, Listing]
    organisations: Mapping[str, Organisation]
    reference: Mapping[str, Any]
    availability: Mapping[str, Availability] = field(default_factory=dict)
    freshness: Mapping[str, Freshness] = field(default_factory=dict)
    contact_checks: Mapping[str, ContactCheck] = field(default_factory=dict)
    merged: Mapping[str, Listing] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)


def read_published(session: Session) -> Published:
    """Everything that a process needs to answer the public."""
    records = read_records(session)
    into = into_by_slug(records)
    listings, merged = without_merged(read_listings(session), into)
    return Published(
        generation=generation_of(session),
        listings=listings,
        organisations=read_organisations(session),
        reference=words_led_on(read_reference(session), into),
        availability=read_availability(session),
        freshness=read_freshness(session),
        contact_checks=read_contact_checks(session),
        merged=merged,
        records=records,
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


def read_standing(session: Session) -> dict[str, Listing]:
    """Those that stand for themselves, as the public has them."""
    return without_merged(read_listings(session), into_by_slug(read_records(session)))[0]


def read_listing(session: Session, slug: str) -> Listing | None:
    service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
    return _read(session, [service], [service.id])[slug] if service else None


def read_listings_of(session: Session, ids: Collection[UUID]) -> dict[UUID, Listing]:
    """The listings of these services by the services' ids; not many at once."""
    services = session.exec(select(Service).where(col(Service.id).in_(ids))).all()
    found = _read(session, services, ids)
    return {service.id: found[service.slug] for service in services}


def read_organisations(session: Session) -> dict[str, Organisation]:
    rows = session.exec(select(Organization).order_by(col(Organization.slug))).all()
    return {row.slug: _organisation_of(row) for row in rows}


def _organisation_of(row: Organization) -> Organisation:
    return Organisation(name=row.name, description=row.description, aliases=tuple(row.aliases), url=row.url)


def _read(session: Session, services: Iterable[Service], only: Collection[UUID] | None) -> dict[str, Listing]:
    organisations = dict(session.exec(select(Organization.id, Organization.slug)).all())
    goals = dict(session.exec(select(TaxonomyTerm.id, TaxonomyTerm.code)).all())
    parts: dict[UUID, list[SQLModel]] = defaultdict(list)
    for table in PARTS:
        rows = select(table) if only is None else select(table).where(col(table.service_id).in_(only))
        for row in session.exec(rows):
            parts[row.service_id].append(row)
    at = col(ServiceAtLocation.location_id) == col(Address.location_id)
    addresses = select(ServiceAtLocation.service_id, Address).join(Address, at)
    if only is not None:
        addresses = addresses.where(col(ServiceAtLocation.service_id).in_(only))
    for owner, address in session.exec(addresses):
        parts[owner].append(address)
    return {service.slug: listing_of(service, parts[service.id], organisations, goals) for service in services}
