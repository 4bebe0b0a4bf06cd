"""Sentences about a service, each with its sources, and the sources themselves."""

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from app.models.base import ServicePart


class Fact(ServicePart, table=True):
    """``about``: ``offer``, ``note``, ``access``, ``hours``, ``practical``, ``referral``, ``status_note`` or
    ``commissioner``.

    ``key`` says which practical question or way of referral; ``answer`` is the yes, no or partly of a practical fact.
    What is about ``hours`` is the note beside them, and may be empty.
    """

    __tablename__ = "fact"

    about: str
    key: str | None = None
    text: str
    answer: str | None = None
    sources: list[str] = Field(default_factory=list, sa_type=JSON)


class Source(ServicePart, table=True):
    """Where facts were read. ``dated`` and ``read`` are partial dates; ``said_by`` is the organisation that told us."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("service_id", "key"),)

    key: str
    paper: str | None = None
    at: str | None = None
    page: str | None = None
    dated: str | None = None
    read: str
    said_by: str | None = None
