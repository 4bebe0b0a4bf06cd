"""The server is killed while people read: of what was counted, no more than the last interval is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.current import ENGINE
from app.database import reading
from app.models import ListingUse
from tests.torture.counting_site import EVERY
from tests.torture.real_server import HttpBrowser, Server
from tests.web.manage_site import LISTING, manage_site

pytestmark = pytest.mark.torture
ROUNDS, READERS = 8, 4
SLACK = 1.0
"""Seconds in which a busy machine writes what is due."""
LEAST = 100
"""Page views before the server may be killed."""


def test_only_the_last_interval_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    dice = Random(8)
    with manage_site(tmp_path) as app:
        engine = app.extensions[ENGINE]
        server = Server(tmp_path, 2, "tests.torture.counting_site:counting_site()")
        before, seen, lost = 0, 0, 0
        for _ in range(ROUNDS):
            server.start()
            read, ended = _read_until(server, lambda: dice.uniform(EVERY, 3 * EVERY), kill=True)
            stands = _times(engine) - before
            safe = sum(1 for moment in read if moment < ended - EVERY - SLACK)
            assert safe <= stands <= len(read) + READERS, (safe, stands, len(read))
            before, seen, lost = before + stands, seen + len(read), lost + len(read) - stands
        server.start()
        read, _ = _read_until(server, lambda: 0.0, kill=False)
        assert len(read) <= _times(engine) - before <= len(read) + READERS, "a server that is stopped loses nothing"
        print(f"\n{seen} pages were read, and {lost} of them were not counted, in {ROUNDS} kills")


def _read_until(server: Server, more: Callable[[], float], *, kill: bool) -> tuple[list[float], float]:
    """The moments at which a page had been read, and the moment at which the server was ended."""
    read: list[float] = []
    with ThreadPoolExecutor(READERS) as pool:
        for _ in range(READERS):
            pool.submit(_read, server.host, read)
        while len(read) < LEAST:
            time.sleep(0.01)
        time.sleep(more())
        ended = time.monotonic()
        if kill:
            server.kill()
        else:
            server.stop()
    return read, ended


def _read(host: str, read: list[float]) -> None:
    browser = HttpBrowser(host)
    try:
        while browser.get(f"/services/{LISTING}").status == 200:
            read.append(time.monotonic())
    except (OSError, HTTPException):
        return


def _times(engine: Engine) -> int:
    with reading(engine) as session:
        rows = session.exec(select(ListingUse).where(ListingUse.kind == "read")).all()
    return sum(row.times for row in rows)
