"""Signing in, and changing the password. An unknown address, a wrong password and too many tries get one answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.passwords import is_password, password_hash
from app.actions.accounts.rules import AccountError, WrongPasswordError, as_typed, check_password
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.throttle import forget_try, note_try
from app.actions.audit import Entry
from app.database import reading, writing
from app.models import EmailLink, UserAccount

REFUSED = "The email address or the password is not right. After ten tries you have to wait five minutes."
WRONG_PASSWORD = "Your password is not right. After ten tries you have to wait five minutes."  # noqa: S105


@dataclass(frozen=True)
class Entered:
    """The secret of a new session. ``awaits_code``: it is good for nothing but giving a code."""

    secret: str
    awaits_code: bool


def sign_in(engine: Engine, key: str, email: str, password: str, address: str, now: datetime) -> Entered:
    """A new session. ``address`` is that of the network. Raises ``AccountError``."""
    email = as_typed(email)
    attempt = note_try(engine, key, "password", email, address, now)
    kept = _kept_password(engine, email)
    if not is_password(kept, password) or attempt is None:
        raise AccountError(REFUSED)
    with writing(engine) as session:
        forget_try(session, attempt)
        user = user_with(session, email)
        # It may have been changed, or the account closed, while we looked.
        if user is None or user.disabled_at or user.password_hash != kept:
            raise AccountError(REFUSED)
        awaits_code = user.authenticator_secret is not None
        return Entered(sessions.begin(session, user, now, awaits_code=awaits_code), awaits_code)


def change_password(
    engine: Engine, key: str, who: SignedIn, password: str, new: str, address: str, now: datetime
) -> str:
    """Ends every session of this user, and gives the secret of a new one.

    Raises ``WrongPasswordError``, and ``AccountError`` for a new password that will not do.
    """
    proved = prove_password(engine, key, who, password, address, now)
    check_password(new, who.email)
    new_hash = password_hash(new)
    with writing(engine) as session:
        user = session.get(UserAccount, who.user_id)
        if user is None or user.disabled_at or user.password_hash != proved:
            raise WrongPasswordError(WRONG_PASSWORD)
        set_password(session, user, new_hash, now)
        audit.note(session, Entry(now, user.email, "password changed", f"person/{user.email}"))
        return sessions.begin(session, user, now)


def prove_password(engine: Engine, key: str, who: SignedIn, password: str, address: str, now: datetime) -> str:
    """The hash that the password was found right against. Raises ``WrongPasswordError``.

    Asked again before what would let a stranger at an unwatched screen stay for good.
    """
    attempt = note_try(engine, key, "password", who.email, address, now)
    kept = _kept_password(engine, who.email)
    if not is_password(kept, password) or attempt is None or kept is None:
        raise WrongPasswordError(WRONG_PASSWORD)
    with writing(engine) as session:
        forget_try(session, attempt)
    return kept


def set_password(session: Session, user: UserAccount, new_hash: str, now: datetime) -> None:
    """Whoever was signed in with the old password no longer is, and links to reset it no longer work."""
    user.password_hash = new_hash
    session.add(user)
    sessions.end_all(session, user.id)
    open_resets = (
        update(EmailLink)
        .where(col(EmailLink.email) == user.email, col(EmailLink.purpose) == "reset")
        .where(col(EmailLink.used_at).is_(None))
    )
    session.exec(open_resets.values(used_at=now))


def user_with(session: Session, email: str) -> UserAccount | None:
    if "\0" in email:
        # It is nobody's, and PostgreSQL would not even look for it.
        return None
    return session.exec(select(UserAccount).where(UserAccount.email == email)).one_or_none()


def _kept_password(engine: Engine, email: str) -> str | None:
    with reading(engine) as session:
        user = user_with(session, email)
        return user.password_hash if user and user.disabled_at is None else None
