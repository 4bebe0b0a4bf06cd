"""Who did what: noted in the transaction of what they did, so that neither stands without the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.actions.accounts.sessions import SignedIn
from app.actions.today import LONDON
from app.database import reading, writing
from app.models import AuditEntry, Organization, Service

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
    return _read(engine, _newest(before, limit).where(*([AuditEntry.subject == subject] if subject else [])))


@dataclass(frozen=True)
class Wanted:
    """Which entries to show. ``who`` is a part of the name; ``kind`` is what a subject begins with; ``day`` is
    a day in London."""

    who: str = ""
    kind: str = ""
    day: date | None = None


def trail(engine: Engine, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> Sequence[AuditEntry]:
    """The entries that are wanted, the newest first. ``before``: only entries older than this id."""
    chosen = _newest(before, limit)
    if wanted.who:
        chosen = chosen.where(func.lower(col(AuditEntry.who)).contains(wanted.who.lower(), autoescape=True))
    if wanted.kind:
        chosen = chosen.where(col(AuditEntry.subject).startswith(f"{wanted.kind}/", autoescape=True))
    if wanted.day:
        begins = datetime.combine(wanted.day, time.min, LONDON)
        ends = datetime.combine(wanted.day + timedelta(days=1), time.min, LONDON)
        chosen = chosen.where(col(AuditEntry.at) >= begins, col(AuditEntry.at) < ends)
    return _read(engine, chosen)


def every_entry(engine: Engine, at_a_time: int = 1000) -> Iterator[AuditEntry]:
    """All entries that there are now, the oldest first, without holding them all in memory.

    Each lot is read on its own: whoever fetches them slowly keeps nobody from writing.
    """
    last = max((entry.id or 0 for entry in newest(engine, limit=1)), default=0)
    after = 0
    while after < last:
        between = (col(AuditEntry.id) > after, col(AuditEntry.id) <= last)
        lot = _read(engine, select(AuditEntry).where(*between).order_by(col(AuditEntry.id)).limit(at_a_time))
        yield from lot
        after = max((entry.id or 0 for entry in lot), default=last)


def note_export(engine: Engine, who: SignedIn, now: datetime) -> None:
    """Before the whole trail leaves the directory."""
    with writing(engine) as session:
        note(session, Entry(now, who.email, "trail exported", "audit/all"))


def names_of(engine: Engine, entries: Iterable[AuditEntry]) -> dict[str, str]:
    """What people call the subjects that have a name, by subject."""
    slugs: dict[str, set[str]] = {"listing": set(), "organisation": set()}
    for entry in entries:
        kind, _, slug = entry.subject.partition("/")
        slugs.get(kind, set()).add(slug)
    with reading(engine) as session:
        services = session.exec(select(Service.slug, Service.name).where(col(Service.slug).in_(slugs["listing"])))
        listings = {f"listing/{slug}": name for slug, name in services}
        chosen = col(Organization.slug).in_(slugs["organisation"])
        organisations = session.exec(select(Organization.slug, Organization.name).where(chosen))
        return listings | {f"organisation/{slug}": name for slug, name in organisations}


def _newest(before: int | None, limit: int) -> SelectOfScalar[AuditEntry]:
    chosen = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    return chosen if before is None else chosen.where(col(AuditEntry.id) < before)


def _read(engine: Engine, chosen: SelectOfScalar[AuditEntry]) -> Sequence[AuditEntry]:
    with reading(engine) as session:
        return session.exec(chosen).all()
