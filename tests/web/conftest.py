"""A site and a visitor for every test of pages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

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
