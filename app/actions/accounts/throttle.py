"""Ten tries in five minutes for each account and for each network address, counted for all processes together."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, delete
from sqlmodel import Session, col, func, select

from app.actions.accounts.tokens import keyed
from app.database import writing
from app.models import SignInAttempt

MOST_TRIES = 10
WITHIN = timedelta(minutes=5)


def note_try(engine: Engine, key: str, what: str, account: str, address: str, now: datetime) -> UUID | None:
    """Notes a try of ``what`` and gives its id; None where there were too many, and this one must not be looked at.

    Writers take turns, so that no two processes count the same.
    """
    account_hash = keyed(key, f"{what} account", account).hex()
    address_hash = keyed(key, f"{what} address", address).hex()
    with writing(engine) as session:
        session.exec(delete(SignInAttempt).where(col(SignInAttempt.tried_at) <= now - WITHIN))
        by_account = _tries(session, col(SignInAttempt.account_hash) == account_hash)
        by_address = _tries(session, col(SignInAttempt.address_hash) == address_hash)
        if max(by_account, by_address) >= MOST_TRIES:
            return None
        attempt = SignInAttempt(tried_at=now, account_hash=account_hash, address_hash=address_hash)
        session.add(attempt)
        return attempt.id


def forget_try(session: Session, attempt: UUID) -> None:
    """A try that was right does not count."""
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.id) == attempt))


def _tries(session: Session, of: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(SignInAttempt).where(of)).one()
