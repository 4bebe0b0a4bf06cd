"""The search as a reader meets it: a server process on a catalogue of any size, asked over HTTP."""

import http.client
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from app.actions.exchange import load_seed
from app.database import writing
from app.exchange.rows import Published, raise_generation, write_organisation, write_parts, write_service
from tests.benchmarks.served import served
from tests.seeds import SEED, published_seed
from tests.web.site import empty_site

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
FRAGMENT = {**BROWSER, "HX-Request": "true"}
MEMORY = {"resident": "VmRSS", "peak": "VmHWM"}
"""How Linux calls the memory that a process has now, and the most that it ever had."""


@dataclass(frozen=True)
class Site:
    """A running website. ``worker``: the id of the process that answers."""

    connection: http.client.HTTPConnection
    worker: int

    def search(self, typed: str, headers: Mapping[str, str] = BROWSER) -> tuple[int, bytes]:
        """The state and the packed body of the answer."""
        self.connection.request("GET", f"/services?{urlencode({'q': typed})}", headers=dict(headers))
        response = self.connection.getresponse()
        return response.status, response.read()

    def megabytes(self, which: str) -> float:
        """Its "resident" or "peak" memory."""
        state = Path(f"/proc/{self.worker}/status").read_text()
        kilobytes = next(line.split()[1] for line in state.splitlines() if line.startswith(MEMORY[which]))
        return int(kilobytes) / 1024


@contextmanager
def site_of(published: Published, folder: Path) -> Iterator[Site]:
    """The website on this catalogue, with its database and its index in the folder."""
    _load(published, folder)
    with served(folder) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        connection.request("GET", "/readyz")
        connection.getresponse().read()
        yield Site(connection, _worker())
        connection.close()


def _worker() -> int:
    """The server's only worker: the grandchild of this process."""
    return next(worker for server in _children(os.getpid()) for worker in _children(server))


def _children(process: int) -> list[int]:
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


def _load(published: Published, folder: Path) -> None:
    """The seed files, and then what the catalogue has besides."""
    engine = empty_site(folder).extensions["engine"]
    load_seed(engine, SEED, datetime.now(UTC))
    real = published_seed()
    more = [listing for id_, listing in published.listings.items() if id_ not in real.listings]
    with writing(engine) as session:
        for slug in published.organisations.keys() - real.organisations.keys():
            write_organisation(session, slug, published.organisations[slug])
        for listing in more:
            write_service(session, listing)
        for listing in more:
            write_parts(session, listing)
        raise_generation(session)
