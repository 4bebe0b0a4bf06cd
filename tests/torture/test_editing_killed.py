"""The server is killed while people write: what was acknowledged stands, and the history has no gap."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from app.current import ENGINE
from tests.seeds import open_listings
from tests.torture.killed_writers import Publisher, Saver, Teller, Writer, all_faults
from tests.torture.real_server import HttpBrowser, Server, browser_of
from tests.web.manage_site import ADMIN, OTHER_ADMIN, manage_site

pytestmark = pytest.mark.torture
ROUNDS, WORKERS = 50, 2
SAVERS, PUBLISHERS, TELLERS = 3, 4, 2
LONGEST = 1.2
"""Seconds for which the server lives, once the first thing was acknowledged."""


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    dice = Random(2026)
    with manage_site(tmp_path) as app:
        engine = app.extensions[ENGINE]
        # Read once for all workers: it starts sooner.
        server = Server(tmp_path, WORKERS, GUNICORN_CMD_ARGS="--preload")
        slugs = iter(sorted(listing.id for listing in open_listings()))

        def browser(email: str = ADMIN) -> HttpBrowser:
            return browser_of(app, email, server.host)

        writers: list[Writer] = [
            *(Saver(next(slugs), browser()) for _ in range(SAVERS)),
            *(Publisher(next(slugs), browser(), browser(OTHER_ADMIN)) for _ in range(PUBLISHERS)),
            *(Teller(next(slugs), browser()) for _ in range(TELLERS)),
        ]
        for _ in range(ROUNDS):
            server.start()
            with ThreadPoolExecutor(len(writers)) as pool:
                before = sum(writer.done for writer in writers)
                at_work = [pool.submit(writer.work) for writer in writers]
                while sum(writer.done for writer in writers) == before and not any(one.done() for one in at_work):
                    time.sleep(0.01)
                time.sleep(dice.uniform(0, LONGEST))
                server.kill()
                for one in at_work:
                    one.result()
            with sqlite3.connect(tmp_path / "directory.sqlite") as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert all_faults(engine, writers) == []
        print(f"\n{[writer.done for writer in writers]} acknowledged")
