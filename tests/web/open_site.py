"""The open data of any catalogue, asked as other programs ask, without a database."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.catalogue import Catalogue, make_catalogue
from app.current import CATALOGUE
from app.exchange.rows import Published
from tests.seeds import seed_catalogue

ROOT = "/api/oruk/v3"
LISTS = ("services", "service_at_locations", "taxonomies", "taxonomy_terms")
MANY = 10_000


class Held:
    """A catalogue that never changes by itself."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def get(self) -> Catalogue:
        return self.catalogue


def open_site(published: Published) -> Flask:
    """The application on this catalogue. What is found by words is that of the seed files."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app({"INSTANCE_PATH": folder})
    app.extensions[CATALOGUE] = Held(catalogue_on(published))
    return app


def catalogue_on(published: Published) -> Catalogue:
    search = seed_catalogue().search
    return make_catalogue(published, search.folder, search)


def pages(client: FlaskClient, address: str, per_page: int) -> Iterator[dict[str, Any]]:
    """Every page of a list, as somebody turns them."""
    for number in range(1, MANY):
        response = client.get(f"{ROOT}/{address}", query_string={"page": number, "per_page": per_page})
        assert response.status_code == 200, response.text
        page = body(response)
        yield page
        if page["last_page"]:
            return


def body(response: TestResponse) -> dict[str, Any]:
    found = response.json
    assert isinstance(found, dict)
    return found


def items(client: FlaskClient, address: str, per_page: int = 100) -> list[dict[str, Any]]:
    return [item for page in pages(client, address, per_page) for item in page["contents"]]
