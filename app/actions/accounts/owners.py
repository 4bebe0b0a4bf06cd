"""Who looks after which organisation."""

from collections.abc import Set
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from app.actions.accounts import sessions
from app.actions.accounts.sessions import SignedIn
from app.database import reading
from app.models import EmailLink, Membership, Organization, UserAccount


def set_role(session: Session, user_id: UUID, organization_id: UUID, role: str) -> None:
    """Makes somebody an editor or owner, whatever they were, and ends their sessions."""
    mine = select(Membership).where(Membership.user_id == user_id, Membership.organization_id == organization_id)
    membership = session.exec(mine).one_or_none()
    if membership is None:
        membership = Membership(user_id=user_id, organization_id=organization_id, role=role)
    membership.role = role
    session.add(membership)
    sessions.end_all(session, user_id)


def forget_invitations(session: Session, email: str, organization_id: UUID | None) -> None:
    """Whoever was removed does not come back with a link that lies in their mail. Without an organisation: an admin."""
    invited = delete(EmailLink).where(col(EmailLink.email) == email, col(EmailLink.purpose) == "invitation")
    session.exec(invited.where(col(EmailLink.organization_id) == organization_id))


def role_detail(session: Session, organization_id: UUID | None, role: str | None) -> dict[str, str]:
    """What the audit trail says of a role: the role, and the id of its organisation where it has one."""
    organization = session.get(Organization, organization_id) if organization_id else None
    return {
        **({"role": role} if role else {}),
        **({"organisation": organization.slug} if organization else {}),
    }


def owned_alone(engine: Engine, who: SignedIn) -> Set[UUID]:
    """The organisations of which this person is the only owner: nobody could help if they were away."""
    with reading(engine) as session:
        owners = owner_counts(session)
    mine = (role.organization_id for role in who.roles if role.role == "owner")
    return frozenset(id_ for id_ in mine if owners.get(id_, 0) <= 1)


def owner_counts(session: Session) -> dict[UUID, int]:
    """How many owners each organisation has who can sign in. One with none is not there."""
    counted = (
        select(Membership.organization_id, func.count())
        .join(UserAccount, col(UserAccount.id) == col(Membership.user_id))
        .where(Membership.role == "owner", col(UserAccount.disabled_at).is_(None))
        .group_by(col(Membership.organization_id))
    )
    return dict(session.exec(counted).all())
