"""My listings: what somebody looks after, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.database import reading
from app.directory.freshness import Freshness
from app.exchange.freshness import freshness_of
from app.models import ListingDraft, MergedListing, Organization, Service


@dataclass(frozen=True)
class Mine:
    """A listing in a list. ``draft`` is its state, or None; ``organisation`` is a name, or None where none is known.

    ``version`` is what a form that confirms it carries. ``part_of`` is the name of the listing that stands for it.
    """

    id: str
    name: str
    status: str
    organisation: str | None
    version: int
    freshness: Freshness
    changed_at: datetime | None
    draft: str | None
    updated_at: datetime | None
    updated_by: str | None
    sent_at: datetime | None
    sent_by: str | None
    part_of: str | None = None

    def is_due_on(self, day: date) -> bool:
        """Whether somebody should confirm it. A closed one is never due, nor one that another stands for."""
        return self.status != "closed" and self.part_of is None and self.freshness.is_due_on(day)


def my_listings(engine: Engine, who: SignedIn) -> Sequence[Mine]:
    """By name. An admin looks after all."""
    with reading(engine) as session:
        mine = None if who.directory_admin else {role.organization_id for role in who.roles}
        return [
            one
            for organization_id, one in _all(session)
            if mine is None or (organization_id and organization_id in mine)
        ]


def waiting(engine: Engine) -> Sequence[Mine]:
    """What waits for approval, the longest first."""
    with reading(engine) as session:
        sent = [one for _, one in _all(session) if one.sent_at]
        return sorted(sent, key=lambda one: one.sent_at or one.name)


def _all(session: Session) -> list[tuple[object, Mine]]:
    names = dict(session.exec(select(Service.id, Service.name)).all())
    standing = dict(session.exec(select(MergedListing.service_id, MergedListing.into_id)).all())
    part_of = {id_: names[into] for id_, into in standing.items()}
    rows = session.exec(
        select(Service, Organization.name, ListingDraft)
        .join(Organization, col(Organization.id) == col(Service.organization_id), isouter=True)
        .join(ListingDraft, col(ListingDraft.service_id) == col(Service.id), isouter=True)
        .order_by(col(Service.name), col(Service.slug))
    ).all()
    return [
        (service.organization_id, _mine(service, name, draft, part_of.get(service.id))) for service, name, draft in rows
    ]


def _mine(service: Service, organisation: str | None, draft: ListingDraft | None, part_of: str | None) -> Mine:
    return Mine(
        id=service.slug,
        name=service.name,
        status=service.status,
        organisation=organisation,
        version=service.version,
        freshness=freshness_of(service),
        changed_at=service.changed_at,
        draft=draft.state if draft else None,
        updated_at=draft.updated_at if draft else None,
        updated_by=draft.updated_by if draft else None,
        sent_at=draft.sent_at if draft and draft.state == "sent" else None,
        sent_by=draft.sent_by if draft else None,
        part_of=part_of,
    )
