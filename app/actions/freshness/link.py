"""Confirming a listing from an e-mail, without signing in: by a link that works once, and not for long."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.actions.accounts.tokens import hashed
from app.actions.editing.errors import EditError
from app.actions.editing.publication import live_listing
from app.actions.editing.rights import standing_for
from app.actions.freshness.confirming import ClosedListingError, confirm_in, membership_of
from app.database import reading, writing
from app.directory.freshness import Freshness
from app.directory.listing import Listing
from app.exchange.freshness import freshness_of
from app.models import ConfirmationLink, Service, UserAccount

UNKNOWN = "We do not know this link. Perhaps a part of it is missing."
TOO_OLD = "This link is too old."
NOT_YOURS_NOW = "You do not look after this page any more."


class LinkOverError(EditError):
    """The link was used, is too old, or never was. ``slug``: the listing that it was for, where one is known.

    ``confirmed`` is how the listing stands, where somebody confirmed it since the link was sent.
    """

    def __init__(self, message: str, slug: str = "", confirmed: Freshness | None = None) -> None:
        super().__init__(message)
        self.slug, self.confirmed = slug, confirmed


@dataclass(frozen=True)
class Asked:
    """What a link asks about. ``version`` is what the form carries."""

    listing: Listing
    version: int
    freshness: Freshness


def look_at(engine: Engine, token: str, now: datetime) -> Asked:
    """What is public at this moment. Changes nothing. Raises ``LinkOverError`` or ``ClosedListingError``."""
    with reading(engine) as session:
        service, _ = _open_link(session, token, now)
        if service.status == "closed":
            raise ClosedListingError("This service has closed. There is nothing more to confirm.")
        if standing := standing_for(session, service):
            raise ClosedListingError(f"The page of {standing.name} stands for this one now.")
        return Asked(live_listing(session, service), service.version, freshness_of(service))


def as_confirmed(engine: Engine, slug: str) -> tuple[str, Freshness] | None:
    """The name of a listing, and how fresh it is; None where nobody ever confirmed it."""
    with reading(engine) as session:
        service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
        return (service.name, freshness_of(service)) if service and service.assured_at else None


def confirm_by_link(engine: Engine, token: str, version: int, now: datetime) -> str:
    """Confirms the listing; gives its id.

    Raises ``LinkOverError``, ``ClosedListingError`` and, where the link still works, ``ChangedMeanwhileError``.
    """
    with writing(engine) as session:
        service, user = _open_link(session, token, now)
        # This uses up the link, with all others for the listing.
        confirm_in(session, service, user, "email_link", version, now)
        return service.slug


def _open_link(session: Session, token: str, now: datetime) -> tuple[Service, UserAccount]:
    link = session.exec(select(ConfirmationLink).where(ConfirmationLink.token_hash == hashed(token))).one_or_none()
    if link is None:
        raise LinkOverError(UNKNOWN)
    service = session.get_one(Service, link.service_id)
    user = session.get_one(UserAccount, link.user_id)
    if user.disabled_at or not (user.directory_admin or membership_of(session, user, service)):
        raise LinkOverError(NOT_YOURS_NOW)
    if link.used_at:
        fresh = freshness_of(service)
        raise LinkOverError("Somebody has confirmed this page already.", service.slug, fresh)
    if link.expires_at <= now:
        raise LinkOverError(TOO_OLD, service.slug)
    return service, user
