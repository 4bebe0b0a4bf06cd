"""What a first visit costs somebody with a slow phone on a slow line, and the limit that each figure has to keep."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from http.client import HTTPConnection
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.benchmarks import lighthouse
from tests.benchmarks.page_load import Load, chromium, load
from tests.benchmarks.served import served
from tests.web.site import BACK_PAIN, Visitor, seeded_site

ROUNDS = 3
SEARCH = "/services?q=back+pain"
HTMX = {"HX-Request": "true", "Accept-Encoding": "gzip, deflate, br, zstd"}
OF_A_VISIT: Mapping[str, float] = {
    "largest paint, s": 2.5,
    "layout shift": 0.02,
    "blocking time, ms": 50,
    "transferred, KB": 60,
    "requests": 7,
    "requests to third parties": 0,
    "fragment, KB": 4,
}
AT_MOST: Mapping[str, float] = {**OF_A_VISIT, "worst impact, s": 1}
AT_LEAST: Mapping[str, float] = {
    "Lighthouse performance": 95,
    "Lighthouse accessibility": 100,
    "Lighthouse best-practices": 100,
    "Lighthouse seo": 100,
}


class Opened(NamedTuple):
    """A page to open, and the cookie with the answers that it needs."""

    name: str
    path: str
    answers: str = ""


def figures() -> dict[str, float]:
    """Times are medians of ``ROUNDS`` visits with an empty cache; the rest is the worst of them."""
    with served(seeded_site().config["SETTINGS"].instance) as site:
        with chromium() as browser:
            found = figures_of_visits(browser, site, pages(), ROUNDS)
        return found | fragment_kb(site) | dict(_scored(site))


def limit(name: str, figure: float) -> str:
    """What stands beside a figure: the limit that it has to keep, if any, and whether it is missed."""
    measure = name.partition(": ")[2]
    if measure in AT_MOST:
        return f"  at most {AT_MOST[measure]:g}" + ("  MISSED" if figure > AT_MOST[measure] else "")
    if measure in AT_LEAST:
        return f"  at least {AT_LEAST[measure]:g}" + ("  MISSED" if figure < AT_LEAST[measure] else "")
    return ""


def figures_of_visits(
    browser: Browser, site: str, opened: Sequence[Opened], rounds: int, *, slow: bool = True
) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, path, answers in opened:
        loads = [load(browser, site, path, answers, slow=slow) for _ in range(rounds)]
        found |= {f"{name}: {measure}": figure for measure, figure in _measures(loads).items()}
    return found


def fragment_kb(site: str) -> dict[str, float]:
    """Kilobytes of what is sent while somebody types: head and packed body."""
    with closing(HTTPConnection(urlsplit(site).netloc, timeout=20)) as connection:
        connection.request("GET", SEARCH, headers=HTMX)
        response = connection.getresponse()
        return {"search: fragment, KB": (len(str(response.headers)) + len(response.read())) / 1024}


def pages() -> list[Opened]:
    """One of each kind that people come to. The check's need answers in the cookie."""
    person = Visitor(seeded_site())
    question = Opened("question", person.begin(), _answers_of(person))
    person.go_through(BACK_PAIN)
    results = Opened("results", person.seen[-1].request.full_path, _answers_of(person))
    return [
        Opened("home", "/"),
        Opened("search", SEARCH),
        question,
        results,
        Opened("listing", "/services/workwell-ncl"),
    ]


def _answers_of(person: Visitor) -> str:
    cookie = person.client.get_cookie("answers")
    assert cookie
    return cookie.value


def _measures(loads: Sequence[Load]) -> dict[str, float]:
    return {
        "largest paint, s": median(one.paint for one in loads),
        "layout shift": max(one.shift for one in loads),
        "blocking time, ms": median(one.blocking for one in loads),
        "transferred, KB": max(one.kilobytes for one in loads),
        "requests": max(one.requests for one in loads),
        "requests to third parties": max(one.third_parties for one in loads),
    }


def _scored(site: str) -> Iterator[tuple[str, float]]:
    if not lighthouse.COMMAND:
        print("  Lighthouse was not measured: there is no such command here.", flush=True)
        return
    for name, path, answers in pages():
        for category, score in lighthouse.scores(site + path, answers).items():
            yield f"{name}: Lighthouse {category}", score
