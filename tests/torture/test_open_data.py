"""Other programs read everything, and ask everything, while the directory changes."""

import json
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from app.current import ENGINE
from tests.databases import postgresql_url, sqlite_url
from tests.service_changes import Changing
from tests.torture.real_server import PATIENCE, Server
from tests.web.described import deviations
from tests.web.manage_site import fill, manage_site
from tests.web.site import seeded_site

pytestmark = pytest.mark.torture
CHANGES, WORKERS, PER_PAGE, EXAMPLES = 500, 3, 7, 200


@pytest.mark.parametrize(
    "database", [sqlite_url, pytest.param(postgresql_url, marks=pytest.mark.postgres)], ids=["sqlite", "postgresql"]
)
def test_a_crawler_sees_each_surviving_service_exactly_once(
    tmp_path: Path, database: Callable[[], AbstractContextManager[str]]
) -> None:
    with database() as url, manage_site(tmp_path, DATABASE_URL=url) as app:
        fill(app.extensions[ENGINE])
        server = Server(tmp_path, WORKERS, DATABASE_URL=url)
        server.start()
        try:
            crawls = _crawls_while_changing(app, server.host)
        finally:
            server.stop()
    print(f"\n{crawls} crawls during {CHANGES} changes")
    assert crawls > 1


def test_the_answers_are_what_the_description_says() -> None:
    for seed in range(2):
        assert list(deviations(seeded_site(), EXAMPLES, seed)) == []


def _crawls_while_changing(app: Flask, host: str) -> int:
    changing = Changing(app.extensions[ENGINE])
    at_first = set(_crawl(host))
    editor = threading.Thread(target=_change, args=(changing,))
    editor.start()
    crawls = 0
    while editor.is_alive():
        seen = _crawl(host)
        assert len(seen) == len(set(seen))
        assert set(seen) >= at_first
        crawls += 1
    editor.join()
    assert changing.made > CHANGES / 2
    assert changing.gone
    return crawls


def _change(changing: Changing) -> None:
    for _ in range(CHANGES):
        changing.one(datetime.now(UTC))


def _crawl(host: str) -> list[UUID]:
    """Every service, on a new connection for each page: each may be another process's."""
    seen: list[UUID] = []
    number, last = 1, False
    while not last:
        connection = HTTPConnection(host, timeout=PATIENCE)
        connection.request("GET", f"/api/oruk/v3/services?page={number}&per_page={PER_PAGE}")
        page = json.loads(connection.getresponse().read())
        connection.close()
        seen += [UUID(item["id"]) for item in page["contents"]]
        number, last = number + 1, page["last_page"]
    return seen
