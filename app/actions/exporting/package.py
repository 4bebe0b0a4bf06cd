"""The published catalogue as a package for other directories."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.database import reading
from app.eligibility.questions import questionnaire_from
from app.exchange.availability import read_availability
from app.exchange.freshness import read_freshness
from app.exchange.oruk.feed import feed_of
from app.exchange.oruk.package import PackageError, package_of, unknown_fields, write_package
from app.exchange.records import read_records
from app.exchange.rows import Published, generation_of, read_listings, read_organisations, read_reference
from app.models import ImportedRecord

AT_ONCE = 200
"""Records that are held in memory together."""


def export_package(engine: Engine, folder: Path, day: date) -> Mapping[str, int]:
    """Writes the package of a day into the folder; gives how many things are in each list.

    Raises ``PackageError`` and ``OSError``.
    """
    with reading(engine) as session:
        published = _as_written(session)
        unknown = _unknown(session)
    if "questions" not in published.reference:
        raise PackageError("The database holds no catalogue. Load it first: flask --app app seed load")
    package = package_of(feed_of(published, questionnaire_from(published.reference["questions"]), day), unknown)
    write_package(package, folder)
    return package.counts


def _as_written(session: Session) -> Published:
    """Each listing as its own rows say: whoever reads the package learns beside it which of them stand for others."""
    listings, records = read_listings(session), read_records(session)
    return Published(
        generation=generation_of(session),
        listings={slug: listings[slug] for slug, record in records.items() if not record.merged_into},
        merged={slug: listings[slug] for slug, record in records.items() if record.merged_into},
        organisations=read_organisations(session),
        reference=read_reference(session),
        availability=read_availability(session),
        freshness=read_freshness(session),
        records=records,
    )


def _unknown(session: Session) -> Mapping[UUID, Mapping[str, Any]]:
    """Fields that other directories gave and nobody here knows, by the service. What was read last leads."""
    in_order = col(ImportedRecord.imported_at), col(ImportedRecord.feed), col(ImportedRecord.foreign_id)
    rows = select(ImportedRecord.service_id, ImportedRecord.body).order_by(*in_order)
    found: dict[UUID, dict[str, Any]] = {}
    for service_id, body in session.exec(rows.execution_options(yield_per=AT_ONCE)):
        if more := unknown_fields(body):
            found[service_id] = {**found.get(service_id, {}), **more}
    return found
