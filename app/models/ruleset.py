"""Who can use a service, one row a period."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from app.models.base import ServicePart


class Ruleset(ServicePart, table=True):
    """``since`` and ``until`` are partial dates, both included. ``version`` rises when the rules of the service change.

    ``body`` holds ``everyone``, ``routes``, ``exclusions`` and ``made_for`` as in a listing file.
    """

    __tablename__ = "ruleset"

    since: str | None = None
    until: str | None = None
    version: int
    body: dict[str, Any] = Field(sa_type=JSON)
