"""Who looks after one organisation, for its owners and for the directory team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.owners import owner_counts
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import Role, SignedIn
from app.database import reading
from app.models import EmailLink, Membership, Organization, UserAccount

OWNER = "owner"
OWNERS_ALONE = "Only an owner can see and change this."
NOT_HERE = "This person does not look after the organisation any more."


class NoTeamError(AccountError):
    """There is no such organisation."""


class GoneError(AccountError):
    """Somebody else was faster: the person was removed, or the invitation was accepted or taken back."""


class NotYourTeamError(AccountError):
    """Only the owners of an organisation and the directory team see and change who looks after it."""


@dataclass(frozen=True)
class Member:
    """``closed``: the account is closed, and they cannot sign in."""

    user_id: UUID
    email: str
    role: str
    closed: bool


@dataclass(frozen=True)
class OpenInvitation:
    """Somebody who was asked and has not accepted yet."""

    id: UUID
    email: str
    role: str
    expires_at: datetime


@dataclass(frozen=True)
class Team:
    """Who looks after an organisation. ``owners`` is how many can sign in."""

    organization_id: UUID
    slug: str
    organisation: str
    members: tuple[Member, ...]
    invitations: tuple[OpenInvitation, ...]
    owners: int


def my_teams(engine: Engine, who: SignedIn) -> Sequence[tuple[str, str]]:
    """(slug, name) of the organisations that this person owns."""
    mine = [role.organization_id for role in who.roles if role.role == OWNER]
    by_name = select(Organization.slug, Organization.name).order_by(col(Organization.name))
    with reading(engine) as session:
        return list(session.exec(by_name.where(col(Organization.id).in_(mine))).all())


def slug_of(engine: Engine, organization_id: UUID) -> str:
    with reading(engine) as session:
        return session.get_one(Organization, organization_id).slug


def role_in(engine: Engine, who: SignedIn, slug: str) -> Role:
    """What this person is in the organisation. Raises ``NoTeamError`` or ``NotYourTeamError``."""
    with reading(engine) as session:
        organization = organization_with(session, slug)
    role = next((role for role in who.roles if role.organization_id == organization.id), None)
    if role is None:
        raise NotYourTeamError("You do not look after this organisation.")
    return role


def team(engine: Engine, who: SignedIn, slug: str, now: datetime) -> Team:
    """Raises ``NoTeamError`` or ``NotYourTeamError``."""
    with reading(engine) as session:
        organization = organization_with(session, slug)
        check_right(session, who, organization)
        return Team(
            organization.id,
            organization.slug,
            organization.name,
            _members(session, organization.id),
            _invitations(session, organization.id, now),
            owner_counts(session).get(organization.id, 0),
        )


def organization_with(session: Session, slug: str) -> Organization:
    found = session.exec(select(Organization).where(Organization.slug == slug)).one_or_none()
    if found is None:
        raise NoTeamError("There is no such organisation.")
    return found


def check_right(session: Session, who: SignedIn, organization: Organization) -> None:
    """As it is at this moment: two owners may remove each other at the same time."""
    user = session.get(UserAccount, who.user_id)
    if user is None or user.disabled_at or who.awaits_code or who.must_enrol:
        raise NotYourTeamError("Sign in again.")
    owner = _membership(session, organization.id, user.id)
    if not user.directory_admin and (owner is None or owner.role != OWNER):
        raise NotYourTeamError(OWNERS_ALONE)


def member_of(session: Session, organization: Organization, user_id: UUID) -> tuple[UserAccount, Membership]:
    user, membership = session.get(UserAccount, user_id), _membership(session, organization.id, user_id)
    if user is None or membership is None:
        raise GoneError(NOT_HERE)
    return user, membership


def _membership(session: Session, organization_id: UUID, user_id: UUID) -> Membership | None:
    here = Membership.organization_id == organization_id
    return session.exec(select(Membership).where(here, Membership.user_id == user_id)).one_or_none()


def _members(session: Session, organization_id: UUID) -> tuple[Member, ...]:
    rows = session.exec(
        select(UserAccount, Membership.role)
        .join(Membership, col(Membership.user_id) == col(UserAccount.id))
        .where(Membership.organization_id == organization_id)
        .order_by(col(UserAccount.email))
    ).all()
    return tuple(Member(user.id, user.email, role, user.disabled_at is not None) for user, role in rows)


def _invitations(session: Session, organization_id: UUID, now: datetime) -> tuple[OpenInvitation, ...]:
    rows = session.exec(
        select(EmailLink)
        .where(EmailLink.organization_id == organization_id, col(EmailLink.used_at).is_(None))
        .where(col(EmailLink.expires_at) > now)
        .order_by(col(EmailLink.email))
    ).all()
    return tuple(OpenInvitation(row.id, row.email, row.role or "", row.expires_at) for row in rows)
