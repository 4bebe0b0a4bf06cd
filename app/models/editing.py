"""What changes listings: drafts, the history of what was published, and what providers say of today."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class ListingDraft(SQLModel, table=True):
    """What is being written beside the live listing: at most one for each.

    ``body`` is an ``Edited``, also where it is not complete. ``base_version`` is the version that it began from, and
    ``restored_from`` another one whose sources it may use. ``forms`` says for each section which open form saved it
    last. ``contributors`` are ids of accounts; ``comments`` are what an admin said, by field. ``undo``: earlier states
    of ``rules``, the newest last. ``proposed``: the ``feed`` that it came with, and the ``listing`` as that says it.
    """

    __tablename__ = "listing_draft"
    __table_args__ = (CheckConstraint("state IN ('open', 'sent', 'returned')", name="state"),)

    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    body: dict[str, Any] = Field(sa_type=JSON)
    base_version: int
    restored_from: int | None = None
    state: str
    forms: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    contributors: list[str] = Field(default_factory=list, sa_type=JSON)
    comments: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    undo: list[list[dict[str, Any]]] = Field(default_factory=list, sa_type=JSON)
    proposed: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    updated_by: str
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_by: str | None = None


class ListingVersion(SQLModel, table=True):
    """A listing as it stood in public from ``at`` on. ``body`` is a ``Listing``; ``number`` counts from one.

    ``made_by`` are e-mail addresses of whoever wrote it, or says that it came from files. ``own_approval``: the only
    admin approved what they had written themselves.
    """

    __tablename__ = "listing_version"
    __table_args__ = (
        UniqueConstraint("service_id", "number", name="uq_listing_version_service_id_number"),
        CheckConstraint("how IN ('imported', 'edited')", name="how"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE")
    number: int
    body: dict[str, Any] = Field(sa_type=JSON)
    how: str
    made_by: list[str] = Field(default_factory=list, sa_type=JSON)
    approved_by: str | None = None
    own_approval: bool = False
    note: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)


class Availability(SQLModel, table=True):
    """What the provider says of today: public at once. ``until``: the last day of it, where it is known."""

    __tablename__ = "availability"
    __table_args__ = (CheckConstraint("state IN ('taking', 'waiting_list', 'paused', 'closed_today')", name="state"),)

    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    state: str
    wait: str | None = None
    note: str | None = None
    until: date | None = None
    said_at: datetime = Field(sa_type=UtcDateTime)
    said_by: str
