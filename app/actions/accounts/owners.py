"""Who looks after which organisation."""

from collections.abc import Set
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from app.actions.accounts import sessions
from app.actions.accounts.sessions import SignedIn
from app.database import reading
from app.models import Membership


def set_role(session: Session, user_id: UUID, organization_id: UUID, role: str) -> None:
    """Makes somebody an editor or owner, whatever they were, and ends their sessions."""
    mine = select(Membership).where(Membership.user_id == user_id, Membership.organization_id == organization_id)
    membership = session.exec(mine).one_or_none()
    if membership is None:
        membership = Membership(user_id=user_id, organization_id=organization_id, role=role)
    membership.role = role
    session.add(membership)
    sessions.end_all(session, user_id)


def owned_alone(engine: Engine, who: SignedIn) -> Set[UUID]:
    """The organisations of which this person is the only owner: nobody could help if they were away."""
    mine = [role.organization_id for role in who.roles if role.role == "owner"]
    with reading(engine) as session:
        return frozenset(
            session.exec(
                select(Membership.organization_id)
                .where(col(Membership.organization_id).in_(mine), Membership.role == "owner")
                .group_by(col(Membership.organization_id))
                .having(func.count() == 1)
            ).all()
        )
