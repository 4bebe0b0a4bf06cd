"""What belongs to no single service: reference data, and the number that tells every process to read again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime

ONLY_ROW = 1


class ReferenceData(SQLModel, table=True):
    """One file of the seed folder as it stood: ``questions``, ``urgent``, ``synonyms`` and so on.

    ``changed_at``: somebody edited it here since it was last brought in.
    """

    __tablename__ = "reference_data"

    name: str = Field(primary_key=True)
    body: Any = Field(sa_type=JSON)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CatalogueGeneration(SQLModel, table=True):
    """One row. Its number rises in the same transaction as any change that the public can see."""

    __tablename__ = "catalogue_generation"
    __table_args__ = (CheckConstraint(f"id = {ONLY_ROW}", name="one_row"),)

    id: int = Field(default=ONLY_ROW, primary_key=True)
    number: int
