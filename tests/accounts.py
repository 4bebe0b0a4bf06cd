"""People with accounts, for tests of several floors."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pyotp import TOTP
from sqlalchemy import Engine

from app.actions.accounts import sessions
from app.actions.accounts.authenticator import Enrolled, enrol, offered_secret
from app.actions.accounts.links import ADMIN, Invitation, invite, use
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.sign_in import Entered, sign_in
from app.database import writing
from app.models import Organization, row_id

KEY = "a key for tests, the same in every process"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "purple monkey dishwasher"
ANNE = "anne@example.org"
HERE = "192.0.2.1"


def after(**time: float) -> datetime:
    """NOW, and some ``minutes=…`` later."""
    return NOW + timedelta(**time)


def an_organisation(engine: Engine, slug: str = "harbour") -> UUID:
    id_ = row_id("organization", slug)
    with writing(engine) as session:
        session.add(Organization(id=id_, slug=slug, name=slug.title(), description="Helps."))
    return id_


def a_person(
    engine: Engine, email: str = ANNE, *, role: str = "editor", in_: UUID | None = None, now: datetime = NOW
) -> None:
    """Somebody who accepted an invitation, with PASSWORD. Without an organisation they are an admin."""
    invitation = Invitation(email, role if in_ else ADMIN, in_)
    use(engine, invite(engine, invitation, now), PASSWORD, now)


def enter(engine: Engine, email: str = ANNE, password: str = PASSWORD, now: datetime = NOW) -> Entered:
    return sign_in(engine, KEY, email, password, HERE, now)


def who_is(engine: Engine, secret: str, now: datetime = NOW) -> SignedIn:
    who = sessions.signed_in(engine, secret, now)
    assert who
    return who


def app_code(secret: str, now: datetime) -> str:
    """What the authenticator app shows."""
    return TOTP(secret).at(now)


def with_authenticator(engine: Engine, email: str = ANNE, now: datetime = NOW) -> tuple[str, Enrolled]:
    """The app's secret, and what enrolling gave."""
    secret = enter(engine, email, now=now).secret
    offered = offered_secret(KEY, secret)
    return offered, enrol(engine, KEY, who_is(engine, secret, now), secret, app_code(offered, now), now)
