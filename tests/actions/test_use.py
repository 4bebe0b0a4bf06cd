"""How often listings are used: what is counted is written once, whole, and nothing is lost."""

import threading
from collections.abc import Mapping
from datetime import date

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.counting import Counts
from app.actions.use import UseCounts, use_of_all
from app.database import reading, writing
from app.models import ListingUse, Service, row_id

NOON = "2026-11-22 12:00:00"


@pytest.fixture
def listing(engine: Engine) -> str:
    """A listing in otherwise empty tables."""
    slug, id_ = "open-door", row_id("service", "open-door")
    with writing(engine) as session:
        named = Service(
            id=id_, slug=slug, name="Open door", role="programme", description="", status="active", number=1
        )
        session.add(named)
    return slug


def rows(engine: Engine) -> dict[tuple[date, str], int]:
    with reading(engine) as session:
        return {(row.day, row.kind): row.times for row in session.exec(select(ListingUse))}


def test_two_processes_add_up_by_day_and_kind_and_lose_nothing(engine: Engine, listing: str) -> None:
    processes = [UseCounts(engine), UseCounts(engine)]

    def count(mine: UseCounts) -> None:
        for _ in range(20):
            mine.note("found", [listing])
            mine.write()

    with time_machine.travel(NOON, tick=False):
        threads = [threading.Thread(target=count, args=[mine]) for mine in processes for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        processes[0].note("read", [listing, "gone-meanwhile"])
        processes[0].write()
        use = use_of_all(engine, 30)[0]
    assert rows(engine) == {(date(2026, 11, 22), "found"): 80, (date(2026, 11, 22), "read"): 1}
    assert (use.id, len(use.days), use.times["found"]) == (listing, 30, (0,) * 29 + (80,))


def test_a_day_ends_at_midnight_in_london(engine: Engine, listing: str) -> None:
    counts = UseCounts(engine)
    for moment in ("2026-06-30 22:59:00", "2026-06-30 23:01:00"):
        with time_machine.travel(moment, tick=False):
            counts.note("copied", [listing])
    counts.write()
    assert rows(engine) == {(date(2026, 6, 30), "copied"): 1, (date(2026, 7, 1), "copied"): 1}


def test_what_could_not_be_written_is_written_later(engine: Engine, listing: str) -> None:
    counts = UseCounts(engine)
    counts.note("read", [listing])
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE listing_use RENAME TO elsewhere")
    counts.write()
    counts.note("read", [listing])
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO listing_use")
    counts.write()
    counts.write()
    assert list(rows(engine).values()) == [2]


def test_what_is_counted_is_written_by_itself_and_no_more_waits_than_may() -> None:
    written: list[Mapping[str, int]] = []
    done = threading.Event()

    def add(found: Mapping[str, int]) -> None:
        written.append(found)
        done.set()

    counts: Counts[str] = Counts(add, most=2, after=0.01)
    counts.note("aabbcca")
    assert done.wait(20)
    assert written == [{"a": 3, "b": 2}]
