"""The website on the real catalogue, with people who look after listings: a new copy for every test."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from app import create_app
from app.actions.accounts import sessions
from app.actions.accounts.sessions import SignedIn
from app.actions.exchange import load_seed
from app.current import CATALOGUE, ENGINE
from app.database import writing
from app.migrations import upgrade
from app.models import UserAccount, row_id
from tests.accounts import a_person, who_is
from tests.seeds import SEED
from tests.web.account_site import Browser

LISTING, ORGANISATION = "workwell-ncl", "shaw-trust"
OTHER_LISTING, OTHER_ORGANISATION = "iwork", "islington-council"
EDITOR, SECOND, OWNER = "editor@shaw.example", "second@shaw.example", "owner@shaw.example"
STRANGER = "editor@islington.example"
ADMIN, OTHER_ADMIN = "admin@example.org", "other-admin@example.org"
KEY = "bm8gd3JvbmcgZG9vciwgYSBrZXkgZm9yIHRlc3RzLi4="


@contextmanager
def manage_site(folder: Path, **environment: str) -> Iterator[Flask]:
    """WorkWell is the listing of EDITOR, SECOND and OWNER; STRANGER looks after others; both admins may do all.

    All have PASSWORD. The admins have an authenticator.
    """
    shutil.copytree(_prepared(), folder, dirs_exist_ok=True)
    app = create_app({"INSTANCE_PATH": str(folder), "SECRET_KEY": KEY, **environment})
    try:
        yield app
    finally:
        app.extensions[ENGINE].dispose()


def signed_in_browser(app: Flask, email: str = EDITOR) -> Browser:
    """A browser at which this person is signed in already."""
    browser = Browser(app)
    secret = _begin(app.extensions[ENGINE], email)
    with browser.client.session_transaction(base_url=browser.base) as cookie:
        cookie["_user_id"], cookie["_fresh"] = secret, True
    return browser


def signed_in_as(engine: Engine, email: str = EDITOR) -> SignedIn:
    """The same for an action."""
    return who_is(engine, _begin(engine, email), datetime.now(UTC))


def _begin(engine: Engine, email: str) -> str:
    with writing(engine) as session:
        user = session.exec(select(UserAccount).where(UserAccount.email == email)).one()
        return sessions.begin(session, user, datetime.now(UTC))


@cache
def _prepared() -> Path:
    """A folder with the database and the index, made once a test process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app({"INSTANCE_PATH": str(folder), "SECRET_KEY": KEY})
    upgrade(app.config["SETTINGS"].database_url)
    engine = app.extensions[ENGINE]
    fill(engine)
    app.extensions[CATALOGUE].get()
    engine.dispose()
    return folder


def fill(engine: Engine) -> None:
    """Loads the catalogue and the people into tables that are empty."""
    now = datetime.now(UTC)
    assert not load_seed(engine, SEED, now).rejected
    for email, role, organisation in (
        (EDITOR, "editor", ORGANISATION),
        (SECOND, "editor", ORGANISATION),
        (OWNER, "owner", ORGANISATION),
        (STRANGER, "editor", OTHER_ORGANISATION),
    ):
        a_person(engine, email, role=role, in_=row_id("organization", organisation), now=now)
    for email in (ADMIN, OTHER_ADMIN):
        a_person(engine, email, now=now)
        _give_authenticator(engine, email)


def _give_authenticator(engine: Engine, email: str) -> None:
    """An admin without one comes no further than setting it up. Nobody here signs in with a code."""
    with writing(engine) as session:
        user = session.exec(select(UserAccount).where(UserAccount.email == email)).one()
        user.authenticator_secret = "of a phone that nobody has"
        session.add(user)
