"""Searches that found little: what is kept of them, and that nothing else is."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import col, select

from app.actions import little_found
from app.actions.administration.searches import most_searched_in_vain
from app.actions.find import Found, find
from app.actions.little_found import LittleFound, counted_words, hidden
from app.database import reading, writing
from app.models import LittleFoundSearch
from tests.accounts import KEY
from tests.seeds import seed_catalogue

KNOWN = seed_catalogue().search.spelling.words
WORDS = frozenset({"course", "work"})
IN_VAIN = Found("work course", 0, (), (), "Nothing matches your words.")
NAME = "zbigniew"
"""The directory does not know it; it may be of a person."""
DAY = date(2026, 11, 20)


def searched(counts: LittleFound, times: int, text: str = IN_VAIN.query) -> None:
    """By so many people, each at a place of their own."""
    searched_from(counts, map(str, range(times)), text)


def searched_from(counts: LittleFound, addresses: Iterable[str], text: str) -> None:
    for address in addresses:
        counts.note(replace(IN_VAIN, query=text), KNOWN, address)


def searched_on(engine: Engine, day: date, times: int, text: str) -> None:
    """By people at one process, which writes it down."""
    with time_machine.travel(f"{day} 12:00:00", tick=False):
        counts = LittleFound(engine, KEY)
        searched(counts, times, text)
        counts.write()


def counted(text: str) -> frozenset[str]:
    return counted_words(find(seed_catalogue(), text, None, 10), KNOWN)


def rows_of(engine: Engine) -> list[tuple[date, str, int]]:
    with reading(engine) as session:
        rows = session.exec(select(LittleFoundSearch).order_by(col(LittleFoundSearch.day))).all()
        return [(row.day, row.word, row.times) for row in rows]


HOLDS_A_NUMBER = ["work course 1965", "work course 07700900123", "course n19", f"{NAME} 1965"]


@pytest.mark.parametrize("text", [*HOLDS_A_NUMBER, f"work course {NAME}@example.org"])
def test_of_a_search_that_holds_a_number_or_an_email_address_nothing_is_kept(text: str) -> None:
    assert counted_words(IN_VAIN, KNOWN) == WORDS
    assert counted_words(replace(IN_VAIN, query=text), KNOWN) == frozenset()


def test_a_search_that_found_enough_is_not_kept() -> None:
    assert counted("back pain") == frozenset()
    assert counted("WorkWell") == frozenset()


@pytest.mark.parametrize("text", ["want to die course", f"want to die {NAME}"])
def test_what_tells_of_danger_is_never_kept(text: str) -> None:
    danger = find(seed_catalogue(), text, None, 10)
    assert counted_words(replace(danger, relaxed="Nothing matches your words."), KNOWN) == frozenset()


def test_an_unknown_word_of_an_odd_length_is_not_kept() -> None:
    assert counted_words(replace(IN_VAIN, query=f"zq {'z' * 25} {'q' * 24}"), KNOWN) == frozenset({"q" * 24})


def test_counts_are_written_by_day_and_add_up(engine: Engine) -> None:
    searched_on(engine, DAY, 2, IN_VAIN.query)
    with time_machine.travel("2026-11-21 12:00:00", tick=False):
        one, other = LittleFound(engine, KEY), LittleFound(engine, KEY)
        searched(one, 1)
        searched(other, 1)
        one.write()
        other.write()
        assert {(day, times) for day, _, times in rows_of(engine)} == {(DAY, 2), (date(2026, 11, 21), 2)}
        assert most_searched_in_vain(engine, days=30, limit=5) == [("course", 4), ("work", 4)]
        assert most_searched_in_vain(engine, days=1, limit=5) == [("course", 2), ("work", 2)]


def test_a_word_that_the_directory_does_not_know_is_hidden_until_eight_searches_held_it(engine: Engine) -> None:
    searched_on(engine, DAY, 4, f"{NAME} course")
    searched_on(engine, DAY + timedelta(days=29), 3, NAME)
    assert NAME not in str(rows_of(engine))
    assert {word for _, word, _ in rows_of(engine)} == {"course", hidden(KEY, NAME)}
    searched_on(engine, DAY + timedelta(days=29), 1, NAME)
    assert [row for row in rows_of(engine) if row[1] != "course"] == [
        (DAY, NAME, 4),
        (DAY + timedelta(days=29), NAME, 4),
    ]
    with time_machine.travel("2026-12-19 13:00:00", tick=False):
        assert most_searched_in_vain(engine, days=30, limit=5) == [(NAME, 8), ("course", 4)]
    # Long after, it is rare again, and hidden again.
    searched_on(engine, DAY + timedelta(days=90), 1, NAME)
    assert rows_of(engine)[-1] == (DAY + timedelta(days=90), hidden(KEY, NAME), 1)


def test_nobody_makes_a_word_readable_alone(engine: Engine) -> None:
    """Whoever reloads a page, or types a long search bit by bit, counts once a day; the next day they count again."""
    with time_machine.travel(f"{DAY} 12:00:00", tick=False) as clock:
        counts = LittleFound(engine, KEY)
        searched_from(counts, ["192.0.2.1"] * 20, NAME)
        searched_from(counts, ["192.0.2.1", "192.0.2.2"], f"{NAME} course")
        counts.write()
        assert rows_of(engine) == [(DAY, hidden(KEY, NAME), 2), (DAY, "course", 2)]
        clock.shift(timedelta(days=1))
        searched_from(counts, ["192.0.2.1"] * 20, NAME)
        counts.write()
        assert rows_of(engine)[-1] == (DAY + timedelta(days=1), hidden(KEY, NAME), 1)


def test_a_hash_is_deleted_after_thirty_days_and_adds_to_nothing(engine: Engine) -> None:
    searched_on(engine, DAY, 7, f"{NAME} course")
    searched_on(engine, DAY + timedelta(days=30), 1, NAME)
    assert rows_of(engine) == [(DAY, "course", 7), (DAY + timedelta(days=30), hidden(KEY, NAME), 1)]
    assert NAME not in hidden(KEY, NAME)
    assert hidden("another key", NAME) != hidden(KEY, NAME)


def test_where_a_row_stands_does_not_tell_which_words_were_searched_together(engine: Engine) -> None:
    """On the disk, rows stand in the order in which they were written."""
    searched_on(engine, DAY, 1, "zumba anna")
    searched_on(engine, DAY, 1, "nordic bosnian")
    with engine.connect() as connection:
        place = "rowid" if engine.dialect.name == "sqlite" else "ctid"
        words = f"SELECT word FROM little_found_search ORDER BY {place}"  # noqa: S608
        written = list(connection.exec_driver_sql(words).scalars())
    assert len(written) == 4
    assert written == sorted(written)


def test_nobody_fills_the_disk_with_made_up_words(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(little_found, "MOST_HASHED", 2)
    searched_on(engine, DAY, 1, "qqa qqb qqc course")
    searched_on(engine, DAY, 1, "qqd work")
    words = [word for _, word, _ in rows_of(engine)]
    assert {word for word in words if word.isalpha()} == {"course", "work"}
    assert len(words) == 4


def test_several_processes_lose_nothing(engine: Engine) -> None:
    def count() -> None:
        mine = LittleFound(engine, KEY)
        searched(mine, 1, f"work course {NAME}")
        mine.write()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most_searched_in_vain(engine, days=1, limit=5) == [("course", 8), ("work", 8), (NAME, 8)]


def test_a_database_that_does_not_answer_stops_no_search_and_loses_no_count(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    counts = LittleFound(engine, KEY)
    searched(counts, 1, f"{NAME} course")
    table = LittleFoundSearch.__table__  # type: ignore[attr-defined]
    table.drop(engine)
    counts.write()
    assert NAME not in caplog.text
    with writing(engine) as session:
        table.create(session.connection())
    counts.write()
    assert len(rows_of(engine)) == 2
