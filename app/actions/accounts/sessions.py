"""Who is signed in: rows of a table, so that signing out ends a session also for a copy of its cookie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from app.actions.accounts.tokens import hashed, new_token
from app.database import reading, writing
from app.models import LoginSession, Membership, Organization, UserAccount

LASTS = timedelta(hours=12)
UNUSED = timedelta(hours=2)
FOR_THE_CODE = timedelta(minutes=10)
"""How long somebody may look for their authenticator, after the password."""
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Role:
    """What somebody is in an organisation: ``editor`` or ``owner``."""

    organization_id: UUID
    organisation: str
    role: str
    slug: str


@dataclass(frozen=True)
class SignedIn:
    """Somebody at one browser. ``awaits_code``: they gave their password, and may do nothing but give a code."""

    session_id: UUID
    user_id: UUID
    email: str
    directory_admin: bool
    has_authenticator: bool
    awaits_code: bool
    roles: tuple[Role, ...]

    @property
    def must_enrol(self) -> bool:
        """Admins need an authenticator before anything else."""
        return self.directory_admin and not self.has_authenticator

    @property
    def may_invite(self) -> bool:
        return self.directory_admin or any(role.role == "owner" for role in self.roles)

    def owns(self, organization_id: UUID) -> bool:
        return any(role.organization_id == organization_id and role.role == "owner" for role in self.roles)


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it in the list."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime


def begin(session: Session, user: UserAccount, now: datetime, *, awaits_code: bool = False) -> str:
    """A new session; gives the secret that the browser keeps. Sessions that are over go at this moment."""
    session.exec(delete(LoginSession).where(col(LoginSession.ends_at) <= now))
    secret = new_token()
    session.add(
        LoginSession(
            secret_hash=hashed(secret),
            user_id=user.id,
            awaits_code=awaits_code,
            created_at=now,
            last_seen_at=now,
            ends_at=now + (FOR_THE_CODE if awaits_code else LASTS),
        )
    )
    return secret


def signed_in(engine: Engine, secret: str, now: datetime) -> SignedIn | None:
    """Who has this session; None where it ended, was not used for long, or never was."""
    with reading(engine) as session:
        row = open_session(session, secret, now)
        user = session.get(UserAccount, row.user_id) if row else None
        if row is None or user is None or user.disabled_at:
            return None
        who = SignedIn(
            session_id=row.id,
            user_id=user.id,
            email=user.email,
            directory_admin=user.directory_admin,
            has_authenticator=user.authenticator_secret is not None,
            awaits_code=row.awaits_code,
            roles=_roles(session, user.id),
        )
        noted_at = row.last_seen_at
    if now - noted_at >= NOTED_EVERY:
        _note_use(engine, secret, now)
    return who


def open_session(session: Session, secret: str, now: datetime) -> LoginSession | None:
    """The row of a session that is not over."""
    row = session.exec(select(LoginSession).where(LoginSession.secret_hash == hashed(secret))).one_or_none()
    return row if row and now < row.ends_at and now - row.last_seen_at < UNUSED else None


def end(engine: Engine, secret: str) -> None:
    """Signs out."""
    with writing(engine) as session:
        session.exec(delete(LoginSession).where(col(LoginSession.secret_hash) == hashed(secret)))


def end_by_id(session: Session, session_id: UUID) -> None:
    session.exec(delete(LoginSession).where(col(LoginSession.id) == session_id))


def end_one(engine: Engine, user_id: UUID, session_id: UUID) -> None:
    """Ends a session of this user. Those of others stay, whatever the id."""
    with writing(engine) as session:
        mine = col(LoginSession.user_id) == user_id
        session.exec(delete(LoginSession).where(mine, col(LoginSession.id) == session_id))


def end_all(session: Session, user_id: UUID) -> None:
    """After a change of what lets somebody in, or of what they may do."""
    session.exec(delete(LoginSession).where(col(LoginSession.user_id) == user_id))


def open_sessions(engine: Engine, user_id: UUID, now: datetime) -> Sequence[OpenSession]:
    """Where this user is signed in, the latest first."""
    with reading(engine) as session:
        rows = session.exec(
            select(LoginSession)
            .where(LoginSession.user_id == user_id, col(LoginSession.awaits_code).is_(False))
            .where(col(LoginSession.ends_at) > now, col(LoginSession.last_seen_at) > now - UNUSED)
            .order_by(col(LoginSession.created_at).desc())
        ).all()
        return [OpenSession(row.id, row.created_at, row.last_seen_at) for row in rows]


def _note_use(engine: Engine, secret: str, now: datetime) -> None:
    with writing(engine) as session:
        row = open_session(session, secret, now)
        if row:
            row.last_seen_at = now
            session.add(row)


def _roles(session: Session, user_id: UUID) -> tuple[Role, ...]:
    rows = session.exec(
        select(Membership.organization_id, Organization.name, Membership.role, Organization.slug)
        .join(Organization, col(Organization.id) == col(Membership.organization_id))
        .where(Membership.user_id == user_id)
        .order_by(col(Organization.name))
    ).all()
    return tuple(Role(*row) for row in rows)
