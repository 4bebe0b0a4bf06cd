"""Who did what: noted in the transaction of what they did, so that neither stands without the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.database import reading
from app.models import AuditEntry

COMMAND_LINE = "command line"


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did. ``subject`` is a kind and an id: ``listing/iwork``, ``person/anne@example.org``."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)


def note(session: Session, entry: Entry) -> None:
    session.add(AuditEntry(at=entry.at, who=entry.who, action=entry.action, subject=entry.subject, detail=entry.detail))


def newest(engine: Engine, *, subject: str = "", before: int | None = None, limit: int = 100) -> Sequence[AuditEntry]:
    """The newest first. ``subject``: only what was done to this. ``before``: only entries older than this id."""
    chosen = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    if subject:
        chosen = chosen.where(AuditEntry.subject == subject)
    if before is not None:
        chosen = chosen.where(col(AuditEntry.id) < before)
    with reading(engine) as session:
        return session.exec(chosen).all()


def every_entry(engine: Engine, at_a_time: int = 1000) -> Iterator[AuditEntry]:
    """All entries, the oldest first, without holding them all in memory."""
    with reading(engine) as session:
        yield from session.exec(select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=at_a_time))
