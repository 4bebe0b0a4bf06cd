"""People who look after listings: their accounts, their sessions, and what lets them in.

Whatever lets somebody in is kept as a hash: who reads the tables cannot sign in with what stands there.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class UserAccount(SQLModel, table=True):
    """One person. ``email`` is folded (``folded_email``).

    ``authenticator_secret`` is encrypted; ``authenticator_step`` is the last half minute whose code was taken.
    """

    __tablename__ = "user_account"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(unique=True)
    password_hash: str | None = None
    directory_admin: bool = False
    authenticator_secret: str | None = None
    authenticator_step: int | None = None
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """Who looks after the listings of which organisation."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "organization_id", name="uq_membership_user_id_organization_id"),
        CheckConstraint("role IN ('editor', 'owner')", name="role"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user_account.id", ondelete="CASCADE")
    organization_id: UUID = Field(foreign_key="organization.id", ondelete="CASCADE", index=True)
    role: str


class LoginSession(SQLModel, table=True):
    """Somebody who is signed in at one browser. ``awaits_code``: only the password was given so far."""

    __tablename__ = "login_session"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    secret_hash: str = Field(unique=True)
    user_id: UUID = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    awaits_code: bool
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)


class SignInAttempt(SQLModel, table=True):
    """One try. The account and the network address stand here as keyed hashes, for some minutes."""

    __tablename__ = "sign_in_attempt"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    tried_at: datetime = Field(sa_type=UtcDateTime, index=True)
    account_hash: str
    address_hash: str


class EmailLink(SQLModel, table=True):
    """A link that was sent to somebody: single use. An invitation has a role and, but for admins, an organisation."""

    __tablename__ = "email_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),
        CheckConstraint("role IN ('editor', 'owner', 'admin')", name="role"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(unique=True)
    purpose: str
    email: str = Field(index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", ondelete="CASCADE")
    role: str | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """A code for who lost the telephone with the authenticator: single use."""

    __tablename__ = "recovery_code"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
