"""How much listings are used."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class ListingUse(SQLModel, table=True):
    """How often on a day, in London, a listing was found, read, recommended or copied: numbers, and nothing of who."""

    __tablename__ = "listing_use"
    __table_args__ = (CheckConstraint("kind IN ('found', 'read', 'recommended', 'copied')", name="kind"),)

    day: date = Field(primary_key=True)
    service_id: UUID = Field(primary_key=True, foreign_key="service.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    times: int
