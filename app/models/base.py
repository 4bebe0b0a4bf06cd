"""What all tables share: ids, constraint names, dates with a time zone."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlmodel import Field, SQLModel

# Made once for this directory. Changing it changes every id that other systems may have kept.
NAMESPACE = UUID("5f0c8e0e-6a4b-5d0e-9b0f-2c1d7a5e4b11")

# Migrations can only change what has a name that is the same on every machine.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def row_id(table: str, *parts: str | int) -> UUID:
    """The same id on every machine for the same thing: ``row_id("service", "workwell-ncl")``."""
    return uuid5(NAMESPACE, "/".join([table, *map(str, parts)]))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone, which SQLite would drop."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ServicePart(SQLModel):
    """A row that belongs to one service, goes when it goes, and keeps its place among its like."""

    id: UUID = Field(primary_key=True)
    service_id: UUID = Field(foreign_key="service.id", ondelete="CASCADE", index=True)
    position: int


class HowKnown(SQLModel):
    """How far a way of getting in touch can be trusted, and who it is for."""

    hours: str | None = None
    note: str | None = None
    grade: str | None = None
    old: bool = False
    audience: str | None = None
    sources: list[str] = Field(default_factory=list, sa_type=JSON)
