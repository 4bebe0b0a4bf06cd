"""How soon everybody sees what was changed: in each of several workers, on a page, in the search and in the check.

Each worker is asked ten times a second, on a connection of its own, from the moment at which whoever made the change
was told that it is done.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median
from string import ascii_lowercase
from urllib.parse import quote

from sqlalchemy import Engine

from app.actions.today import today
from app.current import ENGINE
from app.database import writing
from app.directory.small_numbers import FEW
from app.models import LittleFoundSearch
from tests.benchmarks.named_workers import WORKER
from tests.torture.killed_writers import press, save
from tests.torture.real_server import Answer, HttpBrowser, Server, browser_of
from tests.web.manage_site import ADMIN, EDITOR, LISTING, manage_site

WORKERS = 4
ROUNDS = 10
EVERY = 0.1
GIVEN_UP = 60
AT_MOST = 2.0
"""Seconds."""
ASKS = {"goals": ["keep_job"], "lives_in": "camden", "age": 42, "health": "yes", "work_status": "off_sick"}
PAGE = f"/services/{LISTING}"


@dataclass(frozen=True)
class Sight:
    """Somewhere to look for something. ``answers`` are for the check; None: the address is opened."""

    path: str
    wanted: str
    answers: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Team:
    """Who makes changes, signed in at the running website; and its tables."""

    editor: HttpBrowser
    admin: HttpBrowser
    engine: Engine


@dataclass(frozen=True)
class Change:
    """``make`` makes it, with a word in it that was nowhere before; ``sights`` is where everybody can see it then."""

    make: Callable[[Team, str], None]
    sights: Callable[[str], Sequence[Sight]]


def _approve_edit(team: Team, word: str) -> None:
    save(team.editor, LISTING, "about", "name", f"WorkWell {word}")
    press(team.editor, f"/manage/{LISTING}/send", f"/manage/{LISTING}/send")
    _done(press(team.admin, f"/admin/approvals/{LISTING}", f"/admin/approvals/{LISTING}", ("all", "accept")))


def _change_availability(team: Team, word: str) -> None:
    address = f"/manage/{LISTING}/availability"
    _done(press(team.editor, address, address, ("state", "waiting_list"), ("wait", f"about {word} weeks")))


def _add_synonym(team: Team, word: str) -> None:
    address = "/admin/synonyms/new"
    _done(press(team.admin, address, address, ("means", f"a {word}"), ("say", word), ("lead", LISTING)))


def _add_searched_word(team: Team, word: str) -> None:
    """After people searched for it in vain."""
    with writing(team.engine) as session:
        session.add(LittleFoundSearch(day=today(), word=word, times=FEW))
    address = "/admin/searches"
    _done(press(team.admin, address, address, ("word", word), ("means", "WorkWell"), ("act", "add")))


CHANGES: Mapping[str, Change] = {
    "approved edit": Change(
        _approve_edit,
        lambda word: (Sight(PAGE, word), Sight(f"/services?q={word}", PAGE), Sight("", word, ASKS)),
    ),
    "availability": Change(
        _change_availability,
        lambda word: (Sight(PAGE, word), Sight("/services?q=workwell", word), Sight("", word, ASKS)),
    ),
    "synonym": Change(_add_synonym, lambda word: (Sight(f"/services?q={word}", PAGE),)),
    "searched in vain": Change(_add_searched_word, lambda word: (Sight(f"/services?q={word}", PAGE),)),
}


def figures() -> dict[str, float]:
    """Seconds until the last of the workers shows a change everywhere."""
    found: dict[str, float] = {}
    with _website() as (team, workers):
        dice = Random(2026)
        for name, change in CHANGES.items():
            # Far from every word: nobody's slip of the finger leads here.
            words = ("".join(dice.choices(ascii_lowercase, k=14)) for _ in range(ROUNDS))
            times = [_until_all_see(team, workers, change, word) for word in words]
            found |= {f"{name}: in every worker, median s": median(times), f"{name}: in every worker, s": max(times)}
    return found


def limit(name: str, figure: float) -> str:
    """What stands beside a figure: the limit that it has to keep, and whether it is missed."""
    if not any(name.startswith(f"{change}: ") for change in CHANGES):
        return ""
    return f"  at most {AT_MOST:g}" + ("  MISSED" if figure > AT_MOST else "")


def _until_all_see(team: Team, workers: "Sequence[Worker]", change: Change, word: str) -> float:
    sights = change.sights(word)
    if too_soon := workers[0].seen(sights):
        raise RuntimeError(f"seen before it was said: {too_soon}")
    change.make(team, word)
    began = time.monotonic()

    def seen_by(worker: "Worker") -> float:
        return worker.sees(sights, began)

    with ThreadPoolExecutor(len(workers)) as pool:
        return max(pool.map(seen_by, workers))


class Worker:
    """One worker process, on a connection that it keeps open."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection

    def sees(self, sights: Sequence[Sight], began: float) -> float:
        """Seconds since ``began`` until it shows all of it."""
        left = list(sights)
        while left:
            seen = self.seen(left)
            left = [sight for sight in left if sight not in seen]
            if time.monotonic() - began > GIVEN_UP:
                raise TimeoutError(f"not seen after {GIVEN_UP} s: {left}")
            time.sleep(EVERY if left else 0)
        return time.monotonic() - began

    def seen(self, sights: Sequence[Sight]) -> Sequence[Sight]:
        """Those of the sights that it shows now."""
        return [sight for sight in sights if sight.wanted in _asked(self._connection, sight)]


@contextmanager
def _website() -> Iterator[tuple[Team, Sequence[Worker]]]:
    with tempfile.TemporaryDirectory() as name, manage_site(Path(name) / "instance") as app:
        folder, named = Path(name) / "instance", "tests.benchmarks.named_workers:create()"
        server = Server(folder, WORKERS, named, GUNICORN_CMD_ARGS=f"--keep-alive {GIVEN_UP}")
        server.start()
        try:
            editor, admin = (browser_of(app, email, server.host) for email in (EDITOR, ADMIN))
            team = Team(editor, admin, app.extensions[ENGINE])
            yield team, [Worker(connection) for connection in _connections(server.host)]
        finally:
            server.stop()


def _connections(host: str) -> Sequence[HTTPConnection]:
    """One to each worker. Whoever answers a new connection is a matter of chance."""
    found: dict[str, HTTPConnection] = {}
    until = time.monotonic() + GIVEN_UP
    while len(found) < WORKERS:
        with ThreadPoolExecutor(2 * WORKERS) as pool:
            for worker, connection in pool.map(_connected, [host] * 2 * WORKERS):
                found.setdefault(worker, connection)
        if time.monotonic() > until:
            raise TimeoutError(f"only {len(found)} workers answer")
    return list(found.values())


def _connected(host: str) -> tuple[str, HTTPConnection]:
    connection = HTTPConnection(host, timeout=GIVEN_UP)
    connection.request("GET", "/readyz")
    response = connection.getresponse()
    response.read()
    return response.headers[WORKER], connection


def _asked(connection: HTTPConnection, sight: Sight) -> str:
    if sight.answers is None:
        connection.request("GET", quote(sight.path, safe="/?=&+"))
    else:
        body = json.dumps({"answers": sight.answers})
        connection.request("POST", "/api/v1/recommendations", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        raise RuntimeError(f"{response.status}: {text[:500]}")
    return text


def _done(answer: Answer) -> None:
    if answer.status != 303:
        raise RuntimeError(f"The change was answered with {answer.status}.")
