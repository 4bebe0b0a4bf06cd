"""Everybody with an account, as the directory team sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from app.actions.accounts.care import check_admin
from app.actions.accounts.links import ADMIN
from app.actions.accounts.owners import owner_counts
from app.actions.accounts.rules import as_typed
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.teams import OWNER, GoneError, OpenInvitation
from app.actions.audit import Entry, note
from app.database import reading, writing
from app.models import EmailLink, Membership, Organization, UserAccount

A_PAGE = 25


@dataclass(frozen=True)
class RoleHere:
    """What somebody is in one organisation. ``alone``: nobody else owns it."""

    slug: str
    organisation: str
    role: str
    alone: bool


@dataclass(frozen=True)
class PersonRow:
    """One line of the list."""

    id: UUID
    email: str
    directory_admin: bool
    closed: bool
    roles: tuple[RoleHere, ...]


@dataclass(frozen=True)
class PeoplePage:
    """``page`` counts from 1. ``total`` is how many people there are with these words in their address."""

    people: tuple[PersonRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class PersonInFull:
    """One person."""

    id: UUID
    email: str
    directory_admin: bool
    has_authenticator: bool
    created_at: datetime
    closed_at: datetime | None
    roles: tuple[RoleHere, ...]


def find_people(engine: Engine, words: str, page: int) -> PeoplePage:
    """Those whose address holds the words, by address. A page that is not there is the nearest that is."""
    holds = col(UserAccount.email).contains(as_typed(words).replace("\0", ""), autoescape=True)
    with reading(engine) as session:
        total = session.exec(select(func.count()).select_from(UserAccount).where(holds)).one()
        pages = max(1, -(-total // A_PAGE))
        page = min(max(page, 1), pages)
        by_address = select(UserAccount).where(holds).order_by(col(UserAccount.email))
        users = session.exec(by_address.limit(A_PAGE).offset((page - 1) * A_PAGE)).all()
        roles = _roles(session, [user.id for user in users])
        people = tuple(
            PersonRow(user.id, user.email, user.directory_admin, user.disabled_at is not None, roles.get(user.id, ()))
            for user in users
        )
        return PeoplePage(people, total, page, pages)


def person_in_full(engine: Engine, id_: UUID) -> PersonInFull | None:
    """None where nobody has this id."""
    with reading(engine) as session:
        user = session.get(UserAccount, id_)
        if user is None:
            return None
        return PersonInFull(
            id=user.id,
            email=user.email,
            directory_admin=user.directory_admin,
            has_authenticator=user.authenticator_secret is not None,
            created_at=user.created_at,
            closed_at=user.disabled_at,
            roles=_roles(session, [id_]).get(id_, ()),
        )


def admins_invited(engine: Engine, now: datetime) -> Sequence[OpenInvitation]:
    """Who was asked to be an admin, and has not accepted yet."""
    with reading(engine) as session:
        rows = session.exec(
            select(EmailLink)
            .where(EmailLink.role == ADMIN, col(EmailLink.used_at).is_(None), col(EmailLink.expires_at) > now)
            .order_by(col(EmailLink.email))
        ).all()
        return [OpenInvitation(row.id, row.email, ADMIN, row.expires_at) for row in rows]


def take_back_from_admin(engine: Engine, who: SignedIn, invitation_id: UUID, now: datetime) -> None:
    """The link no longer works. Raises ``AccountError``, such as ``GoneError``."""
    with writing(engine) as session:
        check_admin(session, who)
        row = session.get(EmailLink, invitation_id)
        if row is None or row.role != ADMIN or row.used_at:
            raise GoneError("This invitation was accepted meanwhile, or it is over.")
        session.delete(row)
        note(session, Entry(now, who.email, "invitation taken back", f"person/{row.email}", {"role": ADMIN}))


def _roles(session: Session, user_ids: Sequence[UUID]) -> Mapping[UUID, tuple[RoleHere, ...]]:
    owners = owner_counts(session)
    rows = session.exec(
        select(Membership.user_id, Membership.role, Organization)
        .join(Organization, col(Organization.id) == col(Membership.organization_id))
        .where(col(Membership.user_id).in_(user_ids))
        .order_by(col(Organization.name))
    ).all()
    found: dict[UUID, tuple[RoleHere, ...]] = {}
    for user_id, role, organization in rows:
        alone = role == OWNER and owners.get(organization.id, 0) <= 1
        here = RoleHere(organization.slug, organization.name, role, alone)
        found[user_id] = (*found.get(user_id, ()), here)
    return found
