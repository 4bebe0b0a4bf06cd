"""What the directory team does for an account from the command line, once they know who asks."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from app.actions.accounts import sessions
from app.actions.accounts.authenticator import forget_codes
from app.actions.accounts.rules import AccountError, as_typed
from app.actions.accounts.sign_in import user_with
from app.database import writing
from app.models import UserAccount


def forget_authenticator(engine: Engine, email: str) -> None:
    """For who lost the phone and the recovery codes. An admin enrols again at the next sign-in.

    Raises ``AccountError``.
    """
    with writing(engine) as session:
        user = _user(session, email)
        forget_codes(session, user)
        sessions.end_all(session, user.id)


def close(engine: Engine, email: str, now: datetime) -> None:
    """Nobody signs in with this account any more. Raises ``AccountError``."""
    with writing(engine) as session:
        user = _user(session, email)
        user.disabled_at = user.disabled_at or now
        session.add(user)
        sessions.end_all(session, user.id)


def open_again(engine: Engine, email: str) -> None:
    """Raises ``AccountError``."""
    with writing(engine) as session:
        user = _user(session, email)
        user.disabled_at = None
        session.add(user)


def _user(session: Session, email: str) -> UserAccount:
    user = user_with(session, as_typed(email))
    if user is None:
        raise AccountError("Nobody has an account with that address.")
    return user
