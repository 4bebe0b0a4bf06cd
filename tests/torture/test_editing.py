"""Many people edit the same listings on a real server: nothing that was acknowledged is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.current import ENGINE
from tests.databases import postgresql_url, sqlite_url
from tests.torture.many_editors import editors_of, final_states, lost_updates
from tests.torture.real_server import Server
from tests.web.manage_site import fill, manage_site

pytestmark = pytest.mark.torture
CLIENTS, EDITS, LISTINGS, WORKERS = 16, 200, 20, 4


@pytest.mark.parametrize(
    "database", [sqlite_url, pytest.param(postgresql_url, marks=pytest.mark.postgres)], ids=["sqlite", "postgresql"]
)
def test_no_update_of_many_editors_is_lost(tmp_path: Path, database: Callable[[], AbstractContextManager[str]]) -> None:
    with database() as url, manage_site(tmp_path, DATABASE_URL=url) as app:
        fill(app.extensions[ENGINE])
        server = Server(tmp_path, WORKERS, DATABASE_URL=url)
        server.start()
        try:
            began = time.monotonic()
            editors = editors_of(app, server.host, CLIENTS, LISTINGS)
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(lambda editor: editor.work(EDITS), editors))
            steps = [step for editor in editors for step in editor.steps]
            stale = sum(editor.stale for editor in editors)
            print(f"\n{len(steps)} saves, {stale} stale forms, {time.monotonic() - began:.0f} s")
            assert [fault for editor in editors for fault in editor.faults] == []
            assert lost_updates(steps, final_states(editors[0].browser, steps)) == []
            assert stale > CLIENTS
        finally:
            server.stop()
