"""When a service is open, and in which languages."""

from sqlalchemy import JSON
from sqlmodel import Field

from app.models.base import ServicePart


class Schedule(ServicePart, table=True):
    """One span of a weekday, by the clock in London. ``byday`` is MO to SU, as in the standard; times are HH:MM."""

    __tablename__ = "schedule"

    byday: str
    opens_at: str
    closes_at: str


class Language(ServicePart, table=True):
    """``name`` is what people call the language."""

    __tablename__ = "language"

    name: str
    sources: list[str] = Field(default_factory=list, sa_type=JSON)
