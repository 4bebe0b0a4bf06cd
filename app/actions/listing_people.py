"""Who is written to about a listing: those who look after it, or else the directory team."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.models import Membership, Service, UserAccount


@dataclass(frozen=True)
class Reader:
    """Somebody with an open account."""

    id: UUID
    email: str


@dataclass(frozen=True)
class ListingPeople:
    """By e-mail address. Who is an admin besides stands in both places."""

    editors: tuple[Reader, ...]
    owners: tuple[Reader, ...]
    admins: tuple[Reader, ...]

    @property
    def nearest(self) -> tuple[Reader, ...]:
        """Everybody of the organisation or, where there is nobody, the directory team."""
        return (*self.editors, *self.owners) or self.admins


def people_of(session: Session, service: Service) -> ListingPeople:
    return ListingPeople(_members(session, service, "editor"), _members(session, service, "owner"), admins(session))


def admins(session: Session) -> tuple[Reader, ...]:
    """The directory team."""
    chosen = select(UserAccount).where(col(UserAccount.directory_admin).is_(True), _is_open())
    return _readers(session.exec(chosen.order_by(col(UserAccount.email))).all())


def _members(session: Session, service: Service, role: str) -> tuple[Reader, ...]:
    here = (Membership.organization_id == service.organization_id, Membership.role == role, _is_open())
    chosen = select(UserAccount).join(Membership, col(Membership.user_id) == col(UserAccount.id)).where(*here)
    return _readers(session.exec(chosen.order_by(col(UserAccount.email))).all())


def _is_open() -> ColumnElement[bool]:
    return col(UserAccount.disabled_at).is_(None)


def _readers(users: Sequence[UserAccount]) -> tuple[Reader, ...]:
    return tuple(Reader(user.id, user.email) for user in users)
