"""Deletes what is not needed any more: with every report, and once a day."""

from datetime import datetime

from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col

from app.database import writing
from app.directory.reports import ADDRESS_HASH_KEPT, ANSWERED_KEPT, EMAIL_KEPT
from app.models import ListingReport


def wipe_reports(engine: Engine, now: datetime) -> None:
    with writing(engine) as session:
        wipe(session, now)


def wipe(session: Session, now: datetime) -> None:
    """Takes out the traces of network addresses, addresses that were never used, and what was answered long ago."""
    reported_at = col(ListingReport.reported_at)
    session.exec(update(ListingReport).where(reported_at <= now - ADDRESS_HASH_KEPT).values(address_hash=None))
    session.exec(update(ListingReport).where(reported_at <= now - EMAIL_KEPT).values(email=None))
    session.exec(delete(ListingReport).where(col(ListingReport.answered_at) <= now - ANSWERED_KEPT))
