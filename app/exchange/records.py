"""What is known of a service besides what it says: its place in every list, and when it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import MergedListing, Service


@dataclass(frozen=True)
class Record:
    """``number`` is the service's place in every list, for good. ``modified_at``: when anything of it changed last.

    ``merged_into`` is the slug of the listing that stands for it now.
    """

    id: UUID
    number: int
    modified_at: datetime | None = None
    merged_into: str | None = None


def into_by_slug(records: Mapping[str, Record]) -> dict[str, str]:
    """Which listing stands for another, by the slug of the other."""
    return {slug: record.merged_into for slug, record in records.items() if record.merged_into}


def read_records(session: Session) -> Mapping[str, Record]:
    """Of every service, by its slug, also of those that are merged away."""
    slugs = dict(session.exec(select(Service.id, Service.slug)).all())
    merged = dict(session.exec(select(MergedListing.service_id, MergedListing.into_id)).all())
    rows = session.exec(
        select(Service.slug, Service.id, Service.number, Service.modified_at).order_by(col(Service.number))
    )
    return {
        slug: Record(id_, number, modified_at, slugs[merged[id_]] if id_ in merged else None)
        for slug, id_, number, modified_at in rows
    }
