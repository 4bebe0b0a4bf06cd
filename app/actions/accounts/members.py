"""Changes to who looks after an organisation. Whoever loses or gets a role signs in again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.links import ROLES
from app.actions.accounts.owners import forget_invitations, owner_counts, set_role
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.teams import OWNER, GoneError, check_right, member_of, organization_with
from app.actions.audit import Entry
from app.database import writing
from app.models import EmailLink, Membership, Organization, UserAccount

NOT_YOURSELF = "You cannot change your own role. Ask another owner."
LAST_OWNER = "You are the only owner. Invite another owner first. When they have accepted, you can leave."


def change_role(engine: Engine, who: SignedIn, slug: str, user_id: UUID, role: str, now: datetime) -> None:
    """Ends the sessions of the member. Raises ``AccountError``."""
    if role not in ROLES:
        raise AccountError("Choose a role.")
    with _changing(engine, who, slug, user_id) as (session, organization, user, membership):
        if membership.role == role:
            return
        detail = {"organisation": organization.slug, "role": role, "before": membership.role}
        set_role(session, user.id, organization.id, role)
        audit.note(session, Entry(now, who.email, "role given", f"person/{user.email}", detail))


def remove(engine: Engine, who: SignedIn, slug: str, user_id: UUID, now: datetime) -> None:
    """Ends the sessions of the member. Raises ``AccountError``."""
    with _changing(engine, who, slug, user_id) as (session, organization, user, membership):
        _take_role(session, organization, user, membership, who, now)


def leave(engine: Engine, who: SignedIn, slug: str, now: datetime) -> None:
    """Raises ``AccountError``, also for the only owner."""
    with writing(engine) as session:
        organization = organization_with(session, slug)
        user, membership = member_of(session, organization, who.user_id)
        if membership.role == OWNER and owner_counts(session).get(organization.id, 0) <= 1:
            raise AccountError(LAST_OWNER)
        _take_role(session, organization, user, membership, who, now)


def take_back(engine: Engine, who: SignedIn, slug: str, invitation_id: UUID, now: datetime) -> None:
    """The link of the invitation no longer works. Raises ``AccountError``."""
    with writing(engine) as session:
        organization = organization_with(session, slug)
        check_right(session, who, organization)
        row = session.get(EmailLink, invitation_id)
        if row is None or row.organization_id != organization.id or row.used_at or row.expires_at <= now:
            raise GoneError("This invitation was accepted meanwhile, or it is over.")
        session.delete(row)
        detail = {"organisation": organization.slug, "role": row.role}
        audit.note(session, Entry(now, who.email, "invitation taken back", f"person/{row.email}", detail))


@contextmanager
def _changing(
    engine: Engine, who: SignedIn, slug: str, user_id: UUID
) -> Iterator[tuple[Session, Organization, UserAccount, Membership]]:
    with writing(engine) as session:
        organization = organization_with(session, slug)
        check_right(session, who, organization)
        user, membership = member_of(session, organization, user_id)
        if user.id == who.user_id:
            raise AccountError(NOT_YOURSELF)
        yield session, organization, user, membership


def _take_role(
    session: Session, organization: Organization, user: UserAccount, membership: Membership, by: SignedIn, now: datetime
) -> None:
    detail = {"organisation": organization.slug, "role": membership.role}
    session.delete(membership)
    forget_invitations(session, user.email, organization.id)
    sessions.end_all(session, user.id)
    audit.note(session, Entry(now, by.email, "role taken", f"person/{user.email}", detail))
