"""What keeps listings true: reminders, links to confirm from an e-mail, and checks of contacts."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime

_STILL_OPEN = text("closed_at IS NULL")


class Reminder(SQLModel, table=True):
    """That a listing is due: open until somebody confirms it, and at most one for each listing at a time.

    ``level`` says who is written to; ``sent_on`` is the day in London of the last letters, None before the first.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("level IN ('editors', 'owners', 'admins')", name="level"),
        Index("uq_reminder_open", "service_id", unique=True, sqlite_where=_STILL_OPEN, postgresql_where=_STILL_OPEN),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    due_on: date
    level: str
    opened_at: datetime = Field(sa_type=UtcDateTime)
    sent_on: date | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReminderLetter(SQLModel, table=True):
    """That somebody was reminded of a listing on a day: written before the letter goes, so that none goes twice.

    ``taken``: the mail server took it. Where a run ended before it knew, another day tries again.
    """

    __tablename__ = "reminder_letter"

    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    user_id: UUID = Field(primary_key=True, foreign_key="user_account.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    taken: bool = False


class ConfirmationLink(SQLModel, table=True):
    """A link with which somebody can confirm one listing without signing in: single use."""

    __tablename__ = "confirmation_link"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(unique=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="user_account.id", ondelete="CASCADE")
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ContactCheck(SQLModel, table=True):
    """What was found out last about a way of getting in touch. ``item`` says which (``contact_key``)."""

    __tablename__ = "contact_check"
    __table_args__ = (
        CheckConstraint("outcome IN ('right', 'wrong', 'none')", name="outcome"),
        CheckConstraint("how IN ('rang', 'visited', 'asked', 'read')", name="how"),
    )

    item: str = Field(primary_key=True)
    outcome: str
    how: str
    note: str = ""
    checked_on: date
    checked_by: str
    noted_at: datetime = Field(sa_type=UtcDateTime)
