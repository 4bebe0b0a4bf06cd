"""Confirming that a listing is still right, and how often somebody is asked to.

An edit confirms nothing, and neither does its approval: only somebody who says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.editing.errors import EditError, NotYoursError
from app.actions.editing.rights import editable_service, is_admin, standing_for
from app.actions.freshness.rows import close, open_reminder_of
from app.database import reading, writing
from app.directory.freshness import REVIEW_DAYS, AssuredBy, Freshness, day_in_london
from app.exchange.freshness import freshness_of
from app.exchange.rows import raise_generation
from app.models import ConfirmationLink, Membership, Service, UserAccount

How = Literal["signed_in", "email_link"]
OWNERS_ALONE = "Only an owner of the organisation, or the directory team, can change this."


class ChangedMeanwhileError(EditError):
    """The listing, or its review period, is no longer what the form showed."""


class ClosedListingError(EditError):
    """Nobody is asked whether a closed service is still right, or a page that another one stands for."""


class UnknownPeriodError(EditError):
    """Not one of ``REVIEW_DAYS``."""


@dataclass(frozen=True)
class Stands:
    """How fresh a listing is. ``version`` is what a form that confirms it carries; ``may_set``: its review period."""

    name: str
    status: str
    version: int
    freshness: Freshness
    may_set: bool


def stands(engine: Engine, who: SignedIn, slug: str) -> Stands:
    """Raises ``NoListingError`` or ``NotYoursError``."""
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        may_set = _may_set(session, who, service)
        return Stands(service.name, service.status, service.version, freshness_of(service), may_set)


def confirm(engine: Engine, who: SignedIn, slug: str, version: int, now: datetime) -> None:
    """Says in public that all of it is still right. ``version`` is that of the listing when it was looked at.

    Raises ``NoListingError``, ``NotYoursError``, ``ChangedMeanwhileError`` or ``ClosedListingError``.
    """
    with writing(engine) as session:
        service = editable_service(session, who, slug)
        user = session.get_one(UserAccount, who.user_id)
        confirm_in(session, service, user, "signed_in", version, now)


def confirm_in(session: Session, service: Service, user: UserAccount, how: How, version: int, now: datetime) -> None:
    """The same for somebody whose right was looked at. Raises ``ChangedMeanwhileError`` or ``ClosedListingError``."""
    if service.version != version:
        raise ChangedMeanwhileError("This page was changed meanwhile. Please look at it again before you confirm it.")
    if service.status == "closed":
        raise ClosedListingError("The directory says that this service has closed, so there is nothing to confirm.")
    if standing := standing_for(session, service):
        raise ClosedListingError(f"The page of {standing.name} stands for this one now. There is nothing to confirm.")
    service.assured_at = service.modified_at = now
    service.assured_by = _on_whose_behalf(session, service, user)
    service.assured_how = how
    session.add(service)
    reminder = open_reminder_of(session, service.id)
    if reminder:
        close(session, reminder, now, day_in_london(now))
    still_open = (col(ConfirmationLink.service_id) == service.id, col(ConfirmationLink.used_at).is_(None))
    session.exec(update(ConfirmationLink).where(*still_open).values(used_at=now))
    detail = {"confirmed_by": service.assured_by.replace("_", " "), "how": how.replace("_", " ")}
    note(session, Entry(now, user.email, "listing confirmed", f"listing/{service.slug}", detail))
    raise_generation(session)


def set_review_period(engine: Engine, who: SignedIn, slug: str, days: str, seen: str, now: datetime) -> None:
    """After how many days the listing is to be confirmed again. ``seen`` is what the form showed.

    Raises ``NoListingError``, ``NotYoursError``, ``ChangedMeanwhileError`` or ``UnknownPeriodError``.
    """
    with writing(engine) as session:
        service = editable_service(session, who, slug)
        if not _may_set(session, who, service):
            raise NotYoursError(OWNERS_ALONE)
        before, after = service.review_days, next((some for some in REVIEW_DAYS if str(some) == days), None)
        if after is None:
            raise UnknownPeriodError("Choose how often we should ask you.")
        if str(before) != seen:
            raise ChangedMeanwhileError("Somebody else changed this while you had the form open. Choose again.")
        if after == before:
            return
        service.review_days, service.modified_at = after, now
        session.add(service)
        detail = {"field": "review_days", "before": before, "after": after}
        note(session, Entry(now, who.email, "review period changed", f"listing/{slug}", detail))
        raise_generation(session)


def membership_of(session: Session, user: UserAccount, service: Service) -> Membership | None:
    """What somebody is in the organisation that runs the service."""
    here = (Membership.user_id == user.id, col(Membership.organization_id) == service.organization_id)
    return session.exec(select(Membership).where(*here)).first()


def _on_whose_behalf(session: Session, service: Service, user: UserAccount) -> AssuredBy:
    return "organisation" if membership_of(session, user, service) else "directory_team"


def _may_set(session: Session, who: SignedIn, service: Service) -> bool:
    user = session.get(UserAccount, who.user_id)
    membership = membership_of(session, user, service) if user else None
    return is_admin(session, who) or (membership is not None and membership.role == "owner")
