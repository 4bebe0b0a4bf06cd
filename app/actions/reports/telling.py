"""Tells reporters what came of their reports. Where the mail server is down, their address waits for the next day."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Engine, update
from sqlmodel import col, select

from app.actions.reports.answering import Answered, answered_of
from app.actions.reports.letters import answered_letter
from app.database import reading, writing
from app.mail import Letter, MailError
from app.models import ListingReport, Service

_ANSWERED = (col(ListingReport.outcome).is_not(None), col(ListingReport.email).is_not(None))


def tell(engine: Engine, site: str, send: Callable[[Letter], None], answered: Answered) -> None:
    """Raises the ``MailError`` of ``send``. Then the address that was taken out of the table is back in it."""
    if answered.email is None:
        return
    try:
        send(answered_letter(answered.email, site, answered))
    except MailError:
        with writing(engine) as session:
            mine = (col(ListingReport.id) == answered.report, col(ListingReport.email).is_(None))
            session.exec(update(ListingReport).where(*mine).values(email=answered.email))
        raise


def tell_again(engine: Engine, site: str, send: Callable[[Letter], None]) -> int:
    """Tells those whose letter did not go before; gives how many have it now. Their address may be one that nobody
    has: nothing more is made of it, and after its time it is deleted."""
    with reading(engine) as session:
        waiting = session.exec(select(ListingReport.id).where(*_ANSWERED)).all()
    return sum(_goes(engine, site, send, report) for report in waiting)


def _goes(engine: Engine, site: str, send: Callable[[Letter], None], report: UUID) -> bool:
    """The address leaves the table before the letter goes: of two runs at once, one sends it."""
    with writing(engine) as session:
        mine = select(ListingReport, Service).join(Service, col(Service.id) == col(ListingReport.service_id))
        found = session.exec(mine.where(ListingReport.id == report, *_ANSWERED)).one_or_none()
        if found is None:
            return False
        answered = answered_of(*found)
        found[0].email = None
    try:
        tell(engine, site, send, answered)
    except MailError:
        return False
    return True
