"""Logins for trying the directory out: one for each role."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, case, exists
from sqlmodel import Session, col, select

from app.actions.accounts.authenticator import forget_codes
from app.actions.accounts.owners import set_role
from app.actions.accounts.passwords import password_hash
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sign_in import set_password, user_with
from app.database import writing
from app.models import Organization, Service, UserAccount


@dataclass(frozen=True)
class DemoLogin:
    """``role`` in words; ``password`` is told this once."""

    role: str
    email: str
    password: str


def make_demo_logins(engine: Engine, now: datetime) -> tuple[DemoLogin, ...]:
    """Makes the logins or, when they are there, gives them new passwords. Raises ``AccountError``."""
    with writing(engine) as session:
        return tuple(_logins(session, now))


def _logins(session: Session, now: datetime) -> Iterator[DemoLogin]:
    organisations = _two_organisations(session)
    if len(organisations) < 2:
        raise AccountError("The database holds no catalogue. Load it first: flask --app app seed load")
    one, other = organisations
    for name, role, organization in (("editor", "editor", one), ("owner", "owner", one), ("other", "editor", other)):
        user, login = _login(session, f"{name}@demo.example", f"{role} of {organization.name}", now)
        set_role(session, user.id, organization.id, role)
        yield login
    user, login = _login(session, "admin@demo.example", "directory admin", now)
    user.directory_admin = True
    # Whoever tries it out enrols an authenticator of their own.
    forget_codes(session, user)
    yield login


def _two_organisations(session: Session) -> Sequence[Organization]:
    """Those first that have a listing which is open: there is something to edit."""
    is_open = exists().where(col(Service.organization_id) == col(Organization.id), col(Service.status) != "closed")
    by_name = select(Organization).order_by(case((is_open, 0), else_=1), col(Organization.name))
    return session.exec(by_name.limit(2)).all()


def _login(session: Session, email: str, role: str, now: datetime) -> tuple[UserAccount, DemoLogin]:
    user = user_with(session, email) or UserAccount(email=email, created_at=now)
    session.add(user)
    session.flush()
    password = secrets.token_urlsafe(12)
    set_password(session, user, password_hash(password), now)
    return user, DemoLogin(role, email, password)
