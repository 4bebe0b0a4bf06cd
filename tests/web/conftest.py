"""A site and a visitor for every test of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.account_site import Browser, account_site
from tests.web.site import Visitor, seeded_site


@pytest.fixture
def site() -> Flask:
    return seeded_site()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.fixture
def visitor(site: Flask) -> Visitor:
    return Visitor(site)


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Flask]:
    """The website with a few people who may sign in, and no catalogue."""
    with account_site(tmp_path) as app:
        yield app


@pytest.fixture
def browser(accounts: Flask) -> Browser:
    """Somebody at a browser there."""
    return Browser(accounts)
