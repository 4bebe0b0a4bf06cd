"""Who did what, and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One thing that somebody did. Rows are only ever added.

    ``who`` is an e-mail address or says which command it was; ``subject`` is what it was done to, such as
    ``listing/workwell-ncl``; ``detail`` says more, without passwords or links.
    """

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    who: str
    action: str
    subject: str = Field(index=True)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
