"""What several processes do at the same time, on one SQLite file: counted together, and once is once."""

import multiprocessing
from collections.abc import Callable
from datetime import datetime

from app.actions.accounts.authenticator import give_code
from app.actions.accounts.links import Invitation, invite, use
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sign_in import sign_in
from app.actions.accounts.throttle import note_try
from app.database import make_engine
from tests.accounts import (
    ANNE,
    HERE,
    KEY,
    NOW,
    PASSWORD,
    a_person,
    after,
    an_organisation,
    app_code,
    enter,
    with_authenticator,
)
from tests.databases import sqlite_url

PROCESSES = 4


def together(work: Callable[..., int], *arguments: object) -> list[int]:
    """What the work answered in each of several processes."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return pool.starmap(work, [(*arguments, number) for number in range(PROCESSES)])


def guesses(url: str, number: int) -> int:
    """How many of fifteen guesses from a network address of one's own were looked at."""
    engine = make_engine(url)
    return sum(bool(note_try(engine, KEY, "password", ANNE, f"192.0.2.{number}", NOW)) for _ in range(15))


def accept(url: str, token: str, number: int) -> bool:
    return _did(lambda: use(make_engine(url), token, f"{PASSWORD} {number}", NOW))


def second_step(url: str, waiting: str, code: str, now: datetime, _number: int) -> bool:
    return _did(lambda: give_code(make_engine(url), KEY, waiting, code, HERE, now))


def _did(work: Callable[[], object]) -> bool:
    try:
        work()
    except AccountError:
        return False
    return True


def test_brute_force_over_several_processes_gets_ten_tries_in_all() -> None:
    with sqlite_url() as url:
        engine = make_engine(url)
        a_person(engine, in_=an_organisation(engine))
        assert sum(together(guesses, url)) == 10
        assert not _did(lambda: sign_in(engine, KEY, ANNE, PASSWORD, "198.51.100.7", NOW))
        assert enter(engine, now=after(minutes=5)).secret


def test_one_link_is_taken_by_one_process() -> None:
    with sqlite_url() as url:
        engine = make_engine(url)
        token = invite(engine, Invitation(ANNE, "owner", an_organisation(engine)), NOW)
        assert sum(together(accept, url, token)) == 1


def test_one_code_is_taken_by_one_process() -> None:
    with sqlite_url() as url:
        engine = make_engine(url)
        a_person(engine)
        app, _ = with_authenticator(engine)
        now = after(minutes=5)
        waiting = enter(engine, now=now).secret
        answers = together(second_step, url, waiting, app_code(app, now), now)
        assert sum(answers) == 1
