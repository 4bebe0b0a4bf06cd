"""My listings: what somebody looks after, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.database import reading
from app.models import ListingDraft, Organization, Service


@dataclass(frozen=True)
class Mine:
    """A listing in a list. ``draft`` is its state, or None; ``organisation`` is a name, or None where none is known."""

    id: str
    name: str
    status: str
    organisation: str | None
    changed_at: datetime | None
    draft: str | None
    updated_at: datetime | None
    updated_by: str | None
    sent_at: datetime | None
    sent_by: str | None


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
    rows = session.exec(
        select(Service, Organization.name, ListingDraft)
        .join(Organization, col(Organization.id) == col(Service.organization_id), isouter=True)
        .join(ListingDraft, col(ListingDraft.service_id) == col(Service.id), isouter=True)
        .order_by(col(Service.name), col(Service.slug))
    ).all()
    return [(service.organization_id, _mine(service, name, draft)) for service, name, draft in rows]


def _mine(service: Service, organisation: str | None, draft: ListingDraft | None) -> Mine:
    return Mine(
        id=service.slug,
        name=service.name,
        status=service.status,
        organisation=organisation,
        changed_at=service.changed_at,
        draft=draft.state if draft else None,
        updated_at=draft.updated_at if draft else None,
        updated_by=draft.updated_by if draft else None,
        sent_at=draft.sent_at if draft and draft.state == "sent" else None,
        sent_by=draft.sent_by if draft else None,
    )
