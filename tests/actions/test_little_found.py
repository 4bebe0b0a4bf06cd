"""Searches that found little: what is kept of them, and that nothing else is."""

import threading
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.find import Found, find
from app.actions.little_found import LittleFound, kept_words, most_searched_in_vain
from app.database import reading
from app.models import LittleFoundSearch
from tests.seeds import seed_catalogue

KNOWN = seed_catalogue().search.spelling.words
WORDS = frozenset({"course", "work"})
IN_VAIN = Found("work course", 0, (), (), "Nothing matches your words.")


def searched(counts: LittleFound, times: int) -> None:
    for _ in range(times):
        counts.note(IN_VAIN, KNOWN)


def kept(text: str) -> frozenset[str]:
    return kept_words(find(seed_catalogue(), text, None, 10), KNOWN)


@pytest.mark.parametrize("text", ["work course Zbigniew", "work course 1965", "work course 07700900123", "course n19"])
def test_of_a_search_that_may_be_about_somebody_nothing_is_kept(text: str) -> None:
    assert kept_words(IN_VAIN, KNOWN) == WORDS
    assert kept_words(replace(IN_VAIN, query=text), KNOWN) == frozenset()


def test_a_search_that_found_enough_is_not_kept() -> None:
    assert kept("back pain") == frozenset()
    assert kept("WorkWell") == frozenset()


def test_what_tells_of_danger_is_never_kept() -> None:
    danger = find(seed_catalogue(), "want to die course", None, 10)
    assert kept_words(replace(danger, relaxed="Nothing matches your words."), KNOWN) == frozenset()


def test_counts_are_written_by_day_and_add_up(engine: Engine) -> None:
    one, other = LittleFound(engine), LittleFound(engine)
    with time_machine.travel("2026-11-20 12:00:00", tick=False):
        searched(one, 2)
        one.write()
    with time_machine.travel("2026-11-21 12:00:00", tick=False):
        searched(one, 1)
        searched(other, 1)
        one.write()
        other.write()
        with reading(engine) as session:
            rows = session.exec(select(LittleFoundSearch)).all()
            assert {(row.day, row.times) for row in rows} == {(date(2026, 11, 20), 2), (date(2026, 11, 21), 2)}
        assert most_searched_in_vain(engine, days=30, limit=5) == [("course", 4), ("work", 4)]
        assert most_searched_in_vain(engine, days=1, limit=5) == [("course", 2), ("work", 2)]


def test_several_processes_lose_nothing(engine: Engine) -> None:
    def count() -> None:
        mine = LittleFound(engine)
        searched(mine, 1)
        mine.write()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most_searched_in_vain(engine, days=1, limit=5) == [("course", 8), ("work", 8)]


def test_a_database_that_does_not_answer_stops_no_search(engine: Engine) -> None:
    counts = LittleFound(engine)
    searched(counts, 1)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE little_found_search")
    counts.write()
