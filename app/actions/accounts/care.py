"""What the directory team does for one account, on the website or from the command line, once they know who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, delete
from sqlmodel import Session, col

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.authenticator import forget_codes
from app.actions.accounts.owners import forget_invitations
from app.actions.accounts.rules import AccountError, as_typed
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.sign_in import user_with
from app.actions.audit import COMMAND_LINE, Entry
from app.database import writing
from app.models import EmailLink, UserAccount

NOT_YOURSELF = "You cannot do this to your own account. Ask another admin."
ADMINS_ALONE = "Only the directory team can do this."
NOBODY = "Nobody has an account with that address."


@contextmanager
def care(
    engine: Engine, email: str, action: str, now: datetime, by: SignedIn | None, **detail: str
) -> Iterator[tuple[Session, UserAccount]]:
    """A transaction on somebody's account, noted as ``action``. ``by`` is an admin; None at the command line.

    Raises ``AccountError``.
    """
    with writing(engine) as session:
        if by is not None:
            check_admin(session, by)
        user = user_with(session, as_typed(email))
        if user is None:
            raise AccountError(NOBODY)
        who = by.email if by else COMMAND_LINE
        audit.note(session, Entry(now, who, action, f"person/{user.email}", dict(detail)))
        yield session, user


def check_admin(session: Session, who: SignedIn) -> None:
    """As it is at this moment: two admins may unmake each other at the same time. Raises ``AccountError``."""
    admin = session.get(UserAccount, who.user_id)
    if admin is None or admin.disabled_at or not admin.directory_admin or who.awaits_code or who.must_enrol:
        raise AccountError(ADMINS_ALONE)


def not_oneself(by: SignedIn | None, user: UserAccount) -> None:
    """An admin stays, so that there is always one. Raises ``AccountError``."""
    if by is not None and by.user_id == user.id:
        raise AccountError(NOT_YOURSELF)


def forget_authenticator(engine: Engine, email: str, now: datetime, by: SignedIn | None = None) -> None:
    """For who lost the phone and the recovery codes. An admin enrols again at the next sign-in.

    Raises ``AccountError``.
    """
    with care(engine, email, "authenticator forgotten", now, by) as (session, user):
        not_oneself(by, user)
        forget_codes(session, user)
        sessions.end_all(session, user.id)


def sign_out_everywhere(engine: Engine, email: str, now: datetime, by: SignedIn | None = None) -> None:
    """Raises ``AccountError``."""
    with care(engine, email, "signed out everywhere", now, by) as (session, user):
        sessions.end_all(session, user.id)


def close(engine: Engine, email: str, now: datetime, by: SignedIn | None = None) -> None:
    """Nobody signs in with this account any more. Raises ``AccountError``."""
    with care(engine, email, "account closed", now, by) as (session, user):
        not_oneself(by, user)
        user.disabled_at = user.disabled_at or now
        session.add(user)
        sessions.end_all(session, user.id)


def open_again(engine: Engine, email: str, now: datetime, by: SignedIn | None = None) -> None:
    """Raises ``AccountError``."""
    with care(engine, email, "account opened again", now, by) as (session, user):
        user.disabled_at = None
        session.add(user)


def delete_for_good(engine: Engine, email: str, now: datetime, by: SignedIn | None = None) -> None:
    """The account, its roles and its links go. What the person did stays noted with their address.

    Raises ``AccountError``.
    """
    with care(engine, email, "account deleted", now, by) as (session, user):
        not_oneself(by, user)
        session.exec(delete(EmailLink).where(col(EmailLink.email) == user.email))
        session.delete(user)


def set_admin(engine: Engine, email: str, admin: bool, now: datetime, by: SignedIn | None = None) -> None:
    """Makes somebody an admin of the directory, or no longer one, and ends their sessions. Raises ``AccountError``."""
    with care(engine, email, "role given" if admin else "role taken", now, by, role="admin") as (session, user):
        not_oneself(by, user)
        user.directory_admin = admin
        session.add(user)
        if not admin:
            forget_invitations(session, user.email, None)
        sessions.end_all(session, user.id)
