"""What other programs wait for: a page of services and one service by its id, over HTTP, from one worker.

First when nothing was asked since the directory changed, then again and again.
"""

import json
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median

from app.config import settings_from
from app.database import make_engine, writing
from app.exchange.rows import raise_generation
from tests.benchmarks.listings_like import listings_like
from tests.benchmarks.search_site import site_of
from tests.benchmarks.timing import milliseconds, percentile
from tests.seeds import published_seed

SIZE, PER_PAGE, IDS, ROUNDS, CHANGES = 2000, 100, 200, 10, 5
ROOT = "/api/oruk/v3"
PACKED = {"Accept-Encoding": "gzip, deflate, br, zstd"}
AT_MOST = {"page of 100, p95 ms": 30.0, "by id, p95 ms": 5.0}
LOOKED_AT_AGAIN = 0.6
"""Seconds after which the process looks at the database again."""


def figures() -> dict[str, float]:
    """Milliseconds for a whole answer, packed, read to its end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with site_of(listings_like(published_seed(), SIZE), folder) as site:
            listed = json.loads(_get(site.connection, f"{ROOT}/services?per_page=1000", {}))["contents"]
            ids = Random(1).sample([item["id"] for item in listed], IDS)
            pages = [f"{ROOT}/services?page={number + 1}&per_page={PER_PAGE}" for number in range(SIZE // PER_PAGE)]
            services = [f"{ROOT}/services/{id_}" for id_ in ids]
            return {
                **_after_changes(site.connection, folder, pages, services),
                **_figures("page of 100", _times(site.connection, pages * ROUNDS)),
                **_figures("by id", _times(site.connection, services * ROUNDS)),
            }


def limit(name: str, figure: float) -> str:
    """What stands beside a figure: the limit that it has to keep, and whether it is missed."""
    if name not in AT_MOST:
        return ""
    return f"  at most {AT_MOST[name]:g}" + ("  MISSED" if figure > AT_MOST[name] else "")


def _after_changes(
    connection: HTTPConnection, folder: Path, pages: Sequence[str], services: Sequence[str]
) -> dict[str, float]:
    """The directory changes a few times; each time the first answers are made anew."""
    engine = make_engine(settings_from({"INSTANCE_PATH": str(folder)}, folder).database_url)
    first: list[float] = []
    cold_pages: list[float] = []
    cold_services: list[float] = []
    for change in range(CHANGES):
        with writing(engine) as session:
            raise_generation(session)
        time.sleep(LOOKED_AT_AGAIN)
        first += _times(connection, pages[:1])
        cold_pages += _times(connection, pages[1:])
        cold_services += _times(connection, services[change::CHANGES])
    engine.dispose()
    return {
        "after a change: the request that reads the tables anew, median ms": median(first),
        **_figures("after a change: page of 100", cold_pages),
        **_figures("after a change: by id", cold_services),
    }


def _figures(name: str, times: Sequence[float]) -> dict[str, float]:
    return {f"{name}, median ms": median(times), f"{name}, p95 ms": percentile(times, 95)}


def _times(connection: HTTPConnection, addresses: Sequence[str]) -> list[float]:
    return [milliseconds(lambda: _get(connection, address, PACKED)) for address in addresses]  # noqa: B023


def _get(connection: HTTPConnection, address: str, headers: dict[str, str]) -> bytes:
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{address}: {response.status}")
    return body
