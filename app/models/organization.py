"""Who runs services."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class Organization(SQLModel, table=True):
    """``changed_at``: somebody changed it here. None where it stands as the files say."""

    __tablename__ = "organization"

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    description: str
    url: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
