"""Which reports wait for an answer, over many listings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from app.database import reading
from app.directory.reports import UNANSWERED_AFTER
from app.models import ListingReport, Membership, Organization, Service, UserAccount


@dataclass(frozen=True)
class Waiting:
    """``overdue``: nobody answered in time. ``nobody``: the directory team alone can answer it."""

    id: UUID
    slug: str
    name: str
    organisation: str
    text: str
    reported_at: datetime
    overdue: bool
    nobody: bool


def open_reports(engine: Engine, slugs: Collection[str]) -> Mapping[str, int]:
    """How many wait for an answer, by the listing's slug; listings without any are left out."""
    number = func.count(col(ListingReport.id))
    with reading(engine) as session:
        rows = session.exec(
            select(Service.slug, number)
            .join(ListingReport, col(ListingReport.service_id) == col(Service.id))
            .where(col(ListingReport.outcome).is_(None))
            .group_by(col(Service.slug))
        ).all()
    return {slug: times for slug, times in rows if slug in slugs}


def all_waiting(engine: Engine, now: datetime) -> Sequence[Waiting]:
    """First what the directory team has to see to, then the others; the longest first."""
    with reading(engine) as session:
        looked_after = _looked_after(session)
        rows = session.exec(
            select(ListingReport, Service, Organization.name)
            .join(Service, col(Service.id) == col(ListingReport.service_id))
            .join(Organization, col(Organization.id) == col(Service.organization_id), isouter=True)
            .where(col(ListingReport.outcome).is_(None))
            .order_by(col(ListingReport.reported_at))
        ).all()
        found = [
            Waiting(
                id=report.id,
                slug=service.slug,
                name=service.name,
                organisation=organisation or "",
                text=report.text,
                reported_at=report.reported_at,
                overdue=report.reported_at <= now - UNANSWERED_AFTER,
                nobody=service.organization_id not in looked_after,
            )
            for report, service, organisation in rows
        ]
    return sorted(found, key=lambda one: not (one.overdue or one.nobody))


def _looked_after(session: Session) -> set[UUID]:
    """The organisations in which somebody can answer."""
    here = col(UserAccount.id) == col(Membership.user_id)
    members = select(Membership.organization_id).join(UserAccount, here)
    return set(session.exec(members.where(col(UserAccount.disabled_at).is_(None))).all())
