"""A service with its other names, the places it serves and the listings it points to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.base import ServicePart, UtcDateTime


class Service(SQLModel, table=True):
    """One listing. ``opened``, ``closed`` and ``last_seen`` are partial dates: 2024, 2024-10 or 2024-10-01.

    Three moments, never one: ``changed_at``, somebody edited it here; ``assured_at``, somebody responsible said that it
    is still true; ``imported_at``, it was brought in from a file. ``assured_by`` is "organisation" or "directory_team",
    and ``assured_how`` "signed_in" or "email_link". After ``review_days`` it is to be assured again. ``version`` is the
    number of the newest one in its history; 0 where nothing was written since there is a history.

    ``number`` counts services as they came: it never changes, so that other programs can page through them all while
    some are edited. ``modified_at``: the last time that anything which they can read of it changed.
    """

    __tablename__ = "service"

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", ondelete="SET NULL", index=True)
    name: str
    role: str
    description: str
    status: str
    opened: str | None = None
    never_opened: bool = False
    closed: str | None = None
    last_seen: str | None = None
    unknown: list[str] = Field(default_factory=list, sa_type=JSON)
    successor_sources: list[str] = Field(default_factory=list, sa_type=JSON)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assured_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assured_by: str | None = None
    assured_how: str | None = None
    imported_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    review_days: int = 90
    version: int = 0
    number: int = Field(unique=True, index=True)
    modified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ServiceAlias(ServicePart, table=True):
    """Another name. ``alone``: common words, which count only when they are the whole search."""

    __tablename__ = "service_alias"

    name: str
    alone: bool = False


class ServiceArea(ServicePart, table=True):
    """A borough, or ``ncl``, ``london`` or ``national``."""

    __tablename__ = "service_area"

    name: str


class ServiceLink(ServicePart, table=True):
    """Another listing to go to. ``kind``: ``successor``, ``see_instead`` or ``reach_through`` (with a text)."""

    __tablename__ = "service_link"

    kind: str
    target_slug: str = Field(foreign_key="service.slug", ondelete="CASCADE", index=True)
    text: str | None = None
    area: list[str] = Field(default_factory=list, sa_type=JSON)
