"""Writes many listings at once: a few statements for some hundred of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, SQLModel, col, delete, select

from app.actions.editing.publication import FILES, Made, next_version
from app.directory.listing import Listing
from app.exchange.incoming import Incoming
from app.exchange.listing_rows import PARTS, Fields, Row, part_fields, ruleset_fields, service_fields
from app.models import (
    Address,
    Availability,
    Location,
    Ruleset,
    Service,
    ServiceAtLocation,
    ServiceLink,
    metadata,
    row_id,
)


@dataclass(frozen=True)
class Writable:
    """A listing to be written. ``before`` is what it said until now; None where it is new.

    ``modified_at`` is the moment that other programs are told, and ``number`` the place of a new one in every list.
    """

    listing: Listing
    incoming: Incoming
    modified_at: datetime
    before: Listing | None = None
    number: int = 0


def write_listings(session: Session, writables: Sequence[Writable], feed: str, now: datetime) -> list[Row]:
    """Writes them with their history, and gives back their links: these are written when all services are there."""
    if not writables:
        return []
    services = _services(session, writables, now)
    earlier = _rulesets(session, [services[one.listing.id].id for one in writables if one.before])
    _delete_parts(session, [services[one.listing.id].id for one in writables if one.before])
    parts: list[Row] = []
    for one in writables:
        service = services[one.listing.id]
        parts += part_fields(one.listing, _ruleset_version(one.listing, earlier[service.id]))
        if one.before and service.version == 0:
            session.add(next_version(service, one.before, Made("imported", (FILES,)), service.imported_at or now))
        service.imported_at = now
        session.add(next_version(service, one.listing, Made("imported", (feed,)), now))
    _write_availability(session, writables, feed)
    session.flush()
    write_rows(session, [part for part in parts if part[0] is not ServiceLink])
    return [part for part in parts if part[0] is ServiceLink]


def write_rows(session: Session, rows: Iterable[Row]) -> None:
    """A statement for each table. Tables to which others point come first among the rows."""
    by_table: dict[type[SQLModel], list[Fields]] = defaultdict(list)
    for table, fields in rows:
        by_table[table].append(fields)
    for table in sorted(by_table, key=lambda table: table is not Location):
        usual = {name: field.get_default(call_default_factory=True) for name, field in table.model_fields.items()}
        # Every row has to name the same columns.
        rows_of_table = [{**usual, **fields} for fields in by_table[table]]
        session.connection().execute(metadata.tables[str(table.__tablename__)].insert(), rows_of_table)


def _services(session: Session, writables: Sequence[Writable], now: datetime) -> Mapping[str, Service]:
    """The rows of the services, by slug, as they shall be."""
    here = session.exec(select(Service).where(col(Service.slug).in_([one.listing.id for one in writables]))).all()
    rows = {service.slug: service for service in here}
    for one in writables:
        slug, fields = one.listing.id, service_fields(one.listing)
        if slug in rows:
            rows[slug].sqlmodel_update(fields)
        else:
            rows[slug] = Service(id=row_id("service", slug), slug=slug, number=one.number, **fields)
        rows[slug].modified_at = one.modified_at
        take_freshness(rows[slug], one.incoming, now)
    session.add_all(rows.values())
    session.flush()
    return rows


def is_edited_here(service: Service) -> bool:
    """Whether somebody changed the listing here after it came in last."""
    if service.changed_at is None:
        return False
    return service.imported_at is None or service.changed_at > service.imported_at


def take_freshness(service: Service, incoming: Incoming, now: datetime) -> None:
    """The dates of the directory that it comes from, where that is one like this."""
    if fresh := incoming.freshness:
        service.changed_at = min(fresh.changed_at, now) if fresh.changed_at else None
        service.assured_at = min(fresh.assured_at, now) if fresh.assured_at else None
        service.assured_by = fresh.assured_by
        service.review_days = fresh.review_days


def _rulesets(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, list[Ruleset]]:
    found: dict[UUID, list[Ruleset]] = defaultdict(list)
    rows = select(Ruleset).where(col(Ruleset.service_id).in_(ids)).order_by(col(Ruleset.position))
    for row in session.exec(rows):
        found[row.service_id].append(row)
    return found


def _ruleset_version(listing: Listing, before: Iterable[Ruleset]) -> int:
    """It rises where the rules change."""
    last = max((row.version for row in before), default=0)
    said = [row.model_dump(include={"since", "until", "version", "body"}) for row in before]
    return last if said == [ruleset_fields(rule, last) for rule in listing.rules] else last + 1


def _delete_parts(session: Session, ids: Sequence[UUID]) -> None:
    if not ids:
        return
    places = session.exec(select(ServiceAtLocation.location_id).where(col(ServiceAtLocation.service_id).in_(ids))).all()
    session.exec(delete(Address).where(col(Address.location_id).in_(places)))
    for table in PARTS:
        session.exec(delete(table).where(col(table.service_id).in_(ids)))
    session.exec(delete(Location).where(col(Location.id).in_(places)))


def _write_availability(session: Session, writables: Iterable[Writable], feed: str) -> None:
    """What was said of a service that is new here. What is said here of the others is newer than any file."""
    for one in writables:
        if (said := one.incoming.availability) and one.before is None:
            fields = said.model_dump()
            session.add(Availability(service_id=row_id("service", one.listing.id), said_by=feed, **fields))
