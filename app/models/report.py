"""What readers say is wrong on a listing."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class ListingReport(SQLModel, table=True):
    """``about`` is the part of the listing; ``email`` is only there until the reporter has heard back.

    ``address_hash``: a keyed hash of the network address, kept for a day to hold off floods. ``outcome`` is None until
    somebody answered. ``escalated_at``: the directory team was told that nobody did.
    """

    __tablename__ = "listing_report"
    __table_args__ = (CheckConstraint("outcome IN ('put_right', 'was_right', 'no_report')", name="outcome"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    about: str
    text: str
    email: str | None = None
    address_hash: str | None = None
    reported_at: datetime = Field(sa_type=UtcDateTime, index=True)
    escalated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = None
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str | None = None
