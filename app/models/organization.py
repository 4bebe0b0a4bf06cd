"""Who runs services."""

from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Organization(SQLModel, table=True):
    __tablename__ = "organization"

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    description: str
    url: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
