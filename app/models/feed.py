"""What came in from other directories, what of it waits for somebody, and which listings are one and the same."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class ImportedRecord(SQLModel, table=True):
    """A service as a feed gave it last. ``body`` is all of it, also the fields that nobody here knows.

    ``feed`` is a name that whoever brought it in chose; ``foreign_id`` is the id there. ``listing`` is the ``Listing``
    that was made of it, so that it is known later what the feed changed and what was changed here.
    """

    __tablename__ = "imported_record"

    feed: str = Field(primary_key=True)
    foreign_id: str = Field(primary_key=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    body: dict[str, Any] = Field(sa_type=JSON)
    listing: dict[str, Any] = Field(sa_type=JSON)
    imported_at: datetime = Field(sa_type=UtcDateTime)


class ImportProposal(SQLModel, table=True):
    """What a feed says of a listing that was edited here: it waits. ``listing`` is a ``Listing``."""

    __tablename__ = "import_proposal"

    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    feed: str
    listing: dict[str, Any] = Field(sa_type=JSON)
    proposed_at: datetime = Field(sa_type=UtcDateTime)


class LikelyDuplicate(SQLModel, table=True):
    """Two listings that may be one. ``reasons`` are codes; ``decided`` is None until somebody looked."""

    __tablename__ = "likely_duplicate"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id", name="uq_likely_duplicate_one_id_other_id"),
        CheckConstraint("decided IN ('merged', 'different')", name="decided"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    one_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE")
    other_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE")
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    found_at: datetime = Field(sa_type=UtcDateTime)
    decided: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MergedListing(SQLModel, table=True):
    """A listing that another one stands for. Its own rows stay, so that it can be taken apart again."""

    __tablename__ = "merged_listing"

    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    into_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    merged_by: str
    merged_at: datetime = Field(sa_type=UtcDateTime)
