"""What a search takes with more and more listings: in the engine, over HTTP, and beside other ways to search.

The percentiles are over the judged queries, each with the median of its rounds. Names of figures hold their limits.
"""

import random
import string
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import yaml

from app.actions.find import find
from app.catalogue import make_catalogue
from app.exchange.rows import Published
from app.search.bundle import Search
from tests.benchmarks.listings_like import listings_like
from tests.benchmarks.search_peers import Fts5, PlainWhoosh
from tests.benchmarks.search_site import FRAGMENT, Site, site_of
from tests.benchmarks.timing import Task, milliseconds, percentile
from tests.seeds import ROOT, published_seed
from tests.torture.test_payloads import PIECES

SIZES = (0, 2_000, 20_000)
"""How many listings; the real ones are always there, and none besides where the size is 0."""
LIMIT = 20
"""How many results are asked for: a page."""
MANY = 10_000
"""From so many listings on, each time is taken once."""
HOSTILE = 5_000
HOSTILE_AMONG = 2_000
KILOBYTE = 1024
MEGABYTE = KILOBYTE**2

Figures = Iterator[tuple[str, float]]


def figures(sizes: Sequence[int] = SIZES) -> dict[str, float]:
    """Times in milliseconds, memory and index in megabytes, for each number of listings."""
    return {
        f"{f'{size:,} listings' if size else 'real catalogue'}: {name}": figure
        for size in sizes
        for name, figure in _figures(listings_like(published_seed(), size), size)
    }


def _figures(published: Published, size: int) -> Figures:
    rounds = 1 if size >= MANY else 5
    queries = judged_queries()
    with tempfile.TemporaryDirectory() as folder:
        yield from _in_the_engine(published, Path(folder), queries, size, rounds)
    with tempfile.TemporaryDirectory() as folder, site_of(published, Path(folder)) as site:
        yield from _over_http(site, queries, size, rounds)
        if size == HOSTILE_AMONG:
            yield from _hostile(site)


def judged_queries() -> list[str]:
    """What people type, as the tests have it."""
    judged = yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text())
    return list(dict.fromkeys(str(one["q"]) for one in judged))


def typed_so_far(queries: Iterable[str]) -> list[str]:
    """What stands in the box while these are typed: the first three letters, the first half, all but the last."""
    return list(dict.fromkeys(query[:length] for query in queries for length in (3, len(query) // 2, len(query) - 1)))


def _in_the_engine(published: Published, folder: Path, queries: Sequence[str], size: int, rounds: int) -> Figures:
    catalogue = make_catalogue(published, folder / "index")
    yield "index on disk, MB", _size(folder / "index") / MEGABYTE
    limit = {0: 3, 2_000: 10}.get(size)
    searches = [partial(find, catalogue, query, None, LIMIT) for query in queries]
    yield from _spread("engine, first time asked", [milliseconds(task) for task in searches])
    yield from _spread("engine", _medians(searches, rounds), limit)
    typed = [partial(find, catalogue, query, None, LIMIT) for query in typed_so_far(queries)]
    yield from _spread("engine, while typing", _medians(typed, rounds))
    yield "index build, ms", milliseconds(catalogue.search.rebuild)
    yield from _peers(catalogue.search, folder, queries, rounds)


def _peers(search: Search, folder: Path, queries: Sequence[str], rounds: int) -> Figures:
    yield from _peer("SQLite FTS5", Fts5, search, folder / "fts5", queries, rounds)
    yield from _peer("Whoosh, multi-field", PlainWhoosh, search, folder / "whoosh", queries, rounds)


def _peer(
    name: str, kind: type[Fts5 | PlainWhoosh], search: Search, place: Path, queries: Sequence[str], rounds: int
) -> Figures:
    place.mkdir()
    started = time.perf_counter()
    peer = kind(place, search.entries.values())
    yield f"{name}: index build, ms", (time.perf_counter() - started) * 1000
    yield f"{name}: index on disk, MB", _size(place) / MEGABYTE
    yield from _spread(name, _medians([partial(peer.search, query, LIMIT) for query in queries], rounds))


def _over_http(site: Site, queries: Sequence[str], size: int, rounds: int) -> Figures:
    limit = 15 if size == 2_000 else None
    yield from _spread("page over HTTP", _medians([partial(site.search, query) for query in queries], rounds), limit)
    fragments = [partial(site.search, query, FRAGMENT) for query in queries]
    yield from _spread("fragment over HTTP", _medians(fragments, rounds))
    # Made-up words pack worse than real ones.
    most = "" if size else " (at most 4)"
    yield f"largest fragment, packed, KB{most}", max(len(fragment()[1]) for fragment in fragments) / KILOBYTE
    for which in ("resident", "peak"):
        yield f"{which} memory of the process that serves it, MB", site.megabytes(which)


def _hostile(site: Site) -> Figures:
    states: list[int] = []

    def ask(query: str) -> None:
        states.append(site.search(query)[0])

    times = [milliseconds(partial(ask, query)) for query in hostile_queries()]
    yield f"slowest of {HOSTILE:,} hostile queries over HTTP, ms (at most 250)", max(times)
    yield f"errors among {HOSTILE:,} hostile queries (at most 0)", sum(state != 200 for state in states)


def hostile_queries() -> Iterator[str]:
    """As the long tests have them."""
    dice = random.Random(2026)
    for _ in range(HOSTILE):
        words = dice.choices([*PIECES, "".join(dice.choices(string.printable, k=9))], k=dice.randint(1, 30))
        yield dice.choice(["", " "]).join(words)


def _medians(tasks: Iterable[Task], rounds: int) -> list[float]:
    """The median time of each task, after running it once."""
    return [median(_times(task, rounds)) for task in tasks]


def _times(task: Task, rounds: int) -> list[float]:
    task()
    return [milliseconds(task) for _ in range(rounds)]


def _spread(name: str, times: Sequence[float], limit: int | None = None) -> Figures:
    for percent in (50, 95, 99):
        most = f" (at most {limit})" if limit and percent == 95 else ""
        yield f"{name}, p{percent} ms{most}", percentile(times, percent)


def _size(folder: Path) -> int:
    """The bytes of all files in it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
