"""A website with a few people who may sign in, and a browser for each of them."""

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.database import make_engine
from tests.accounts import ANNE, PASSWORD, a_person, an_organisation, app_code
from tests.databases import sqlite_url

OWNER, ADMIN = "owner@example.org", "admin@example.org"
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
KEY_SHOWN = re.compile(r"<strong>((?:[A-Z2-7]{4} ?){8})</strong>")


@contextmanager
def account_site(folder: Path, **environment: str) -> Iterator[Flask]:
    """The website without a catalogue: Anne is an editor of Harbour, and there are its owner, and an admin."""
    with sqlite_url() as url:
        shutil.copy(_prepared(), url.removeprefix("sqlite:///"))
        app = create_app({"INSTANCE_PATH": str(folder), "DATABASE_URL": url, **environment})
        yield app
        app.extensions["engine"].dispose()


@cache
def _prepared() -> Path:
    """The file of a database with these people, made once a test process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with sqlite_url() as url:
        engine = make_engine(url)
        harbour, now = an_organisation(engine), datetime.now(UTC)
        an_organisation(engine, "quay")
        a_person(engine, in_=harbour, now=now)
        a_person(engine, OWNER, role="owner", in_=harbour, now=now)
        a_person(engine, ADMIN, now=now)
        engine.dispose()
        return Path(shutil.copy(url.removeprefix("sqlite:///"), folder))


class Browser:
    """Somebody at a browser. ``base`` is how they came: http, or https."""

    def __init__(self, app: Flask, base: str = "http://localhost", address: str = "192.0.2.1") -> None:
        self.client: FlaskClient = app.test_client()
        self.base = base
        self.address = address

    def get(self, address: str) -> TestResponse:
        return self.client.get(address, base_url=self.base, environ_overrides={"REMOTE_ADDR": self.address})

    def send(self, address: str, form: str, **fields: str) -> TestResponse:
        """Fills in and sends a form to ``address``, whose token stands on the page ``form``."""
        token = TOKEN.search(self.get(form).text)
        return self.post(address, csrf_token=token[1] if token else "", **fields)

    def post(self, address: str, **fields: str) -> TestResponse:
        return self.client.post(
            address,
            data=fields,
            base_url=self.base,
            headers={"Referer": f"{self.base}/account"},
            environ_overrides={"REMOTE_ADDR": self.address},
        )

    def sign_in(self, email: str = ANNE, password: str = PASSWORD, on: str = "") -> TestResponse:
        address = f"/account/login{on}"
        return self.send(address, address, email=email, password=password)

    def enrol(self) -> tuple[str, TestResponse]:
        """Sets up the authenticator: its secret, and the page with the recovery codes."""
        shown = KEY_SHOWN.search(self.get("/account/enrol").text)
        assert shown
        secret = shown[1].replace(" ", "")
        code = app_code(secret, datetime.now(UTC))
        return secret, self.send("/account/enrol", "/account/enrol", code=code, password=PASSWORD)

    @property
    def cookie(self) -> str:
        """What its cookie of the session holds."""
        name = "__Host-session" if self.base.startswith("https") else "session"
        cookie = self.client.get_cookie(name)
        return cookie.value if cookie else ""

    @property
    def is_in(self) -> bool:
        return self.get("/account").status_code == 200
