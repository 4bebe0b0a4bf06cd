"""Tells the directory team of reports that nobody answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, or_, update
from sqlmodel import Session, col, select

from app.actions.listing_people import admins
from app.actions.reports.letters import Unanswered, unanswered_letter
from app.database import reading, writing
from app.directory.reports import UNANSWERED_AFTER
from app.mail import Letter, MailError
from app.models import ListingReport, Service


@dataclass(frozen=True)
class Escalated:
    """``reports`` went to the directory team in one list. ``refused``: the mail server took no letter, so that they
    go the next time. ``nobody``: there is no admin to write to."""

    reports: int
    refused: bool = False
    nobody: bool = False


def due_reports(engine: Engine, now: datetime) -> int:
    """How many ``escalate_reports`` would tell of."""
    with reading(engine) as session:
        return len(_due(session, now))


def escalate_reports(engine: Engine, site: str, send: Callable[[Letter], None], now: datetime) -> Escalated:
    """One letter to each admin with all that is due. ``send`` raises ``MailError``; ``site`` is that of the settings.

    It is noted before the letters go, so that two runs at once send nothing twice.
    """
    with writing(engine) as session:
        due, readers = _due(session, now), [admin.email for admin in admins(session)]
        if not due or not readers:
            return Escalated(0, nobody=bool(due))
        before = {row.id: row.escalated_at for row, _ in due}
        told = tuple(Unanswered(service.name, service.slug, row.reported_at) for row, service in due)
        for row, _ in due:
            row.escalated_at = now
            session.add(row)
    gone = [to for to in readers if _goes(send, unanswered_letter(to, site, told))]
    if gone:
        return Escalated(len(told))
    _take_back(engine, before, now)
    return Escalated(0, refused=True)


def _due(session: Session, now: datetime) -> list[tuple[ListingReport, Service]]:
    """Unanswered for long, and not told of lately. A clock that ran ahead once silences nothing."""
    told_at = col(ListingReport.escalated_at)
    rows = session.exec(
        select(ListingReport, Service)
        .join(Service, col(Service.id) == col(ListingReport.service_id))
        .where(col(ListingReport.outcome).is_(None), col(ListingReport.reported_at) <= now - UNANSWERED_AFTER)
        .where(or_(told_at.is_(None), told_at <= now - UNANSWERED_AFTER, told_at > now))
        .order_by(col(ListingReport.reported_at))
    )
    return list(rows.all())


def _goes(send: Callable[[Letter], None], letter: Letter) -> bool:
    try:
        send(letter)
    except MailError:
        return False
    return True


def _take_back(engine: Engine, before: dict[UUID, datetime | None], now: datetime) -> None:
    with writing(engine) as session:
        for id_, told_at in before.items():
            mine = (col(ListingReport.id) == id_, col(ListingReport.escalated_at) == now)
            session.exec(update(ListingReport).where(*mine).values(escalated_at=told_at))
