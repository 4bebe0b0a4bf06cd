"""Who may change which listing: admins all, editors and owners those of their organisations.

It is looked at in the transaction of the change: somebody may lose a role while they write.
"""

from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.editing.errors import MergedListingError, NoListingError, NotYoursError
from app.models import Membership, MergedListing, Service, UserAccount

NO_LISTING = "We do not have a service with this address."
NOT_YOURS = "Your organisation does not look after this service."


def editable_service(session: Session, who: SignedIn, slug: str) -> Service:
    """The row of a service that this person may change. Raises ``NoListingError`` or ``NotYoursError``."""
    service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
    if service is None:
        raise NoListingError(NO_LISTING)
    if not (is_admin(session, who) or _looks_after(session, who, service)):
        raise NotYoursError(NOT_YOURS)
    return service


def changeable_service(session: Session, who: SignedIn, slug: str) -> Service:
    """The same of a listing that stands for itself. Raises also ``MergedListingError``."""
    service = editable_service(session, who, slug)
    if standing := standing_for(session, service):
        raise MergedListingError(
            f"The page of {standing.name} stands for this one now. Change that page, or ask the directory team."
        )
    return service


def standing_for(session: Session, service: Service) -> Service | None:
    """The listing that stands for this one; None where it stands for itself."""
    merged = session.get(MergedListing, service.id)
    return session.get_one(Service, merged.into_id) if merged else None


def is_admin(session: Session, who: SignedIn) -> bool:
    """Whether this person signed in as an admin, and still is one."""
    user = _user(session, who)
    return who.directory_admin and user is not None and user.directory_admin


def _looks_after(session: Session, who: SignedIn, service: Service) -> bool:
    """A service that belongs to no organisation is for admins alone."""
    here = (Membership.user_id == who.user_id, col(Membership.organization_id) == service.organization_id)
    return _user(session, who) is not None and session.exec(select(Membership).where(*here)).first() is not None


def _user(session: Session, who: SignedIn) -> UserAccount | None:
    """None where they may do nothing: the account is closed, or a code or an authenticator is still to come."""
    user = session.get(UserAccount, who.user_id)
    return None if user is None or user.disabled_at or who.awaits_code or who.must_enrol else user
