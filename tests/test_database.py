"""One transaction a block, writers in turn, and the settings that keep SQLite safe."""

import multiprocessing
import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.database import has_wal_fix, make_engine, reading, writing
from app.exchange.rows import generation_of, raise_generation
from app.models import ServiceAlias, row_id
from tests.databases import postgresql_url, sqlite_url

PROCESSES, TURNS = 4, 25


@pytest.mark.parametrize(
    ("version", "fixed"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((4, 0, 0), True),
    ],
)
def test_write_ahead_logging_only_with_the_fix(version: tuple[int, ...], fixed: bool) -> None:
    assert has_wal_fix(version) is fixed


def test_sqlite_settings() -> None:
    with sqlite_url() as url, reading(make_engine(url)) as session:
        settings = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("foreign_keys", "busy_timeout", "synchronous", "journal_mode", "secure_delete")
        }
    full = 2
    assert settings.pop("journal_mode") in {"wal", "delete"}
    assert settings == {"foreign_keys": 1, "busy_timeout": 5000, "synchronous": full, "secure_delete": 1}


def test_a_writer_among_many_waits_longer_than_a_reader_has_to() -> None:
    with sqlite_url() as url, writing(make_engine(url)) as session:
        assert session.execute(text("PRAGMA busy_timeout")).scalar_one() == 30_000


def test_a_failed_block_writes_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        _raise_and_fail(engine)
    assert _generation(engine) == 0


def test_what_a_reader_does_is_not_kept(engine: Engine) -> None:
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    with writing(engine) as session:
        raise_generation(session)
    assert _generation(engine) == 1


def test_errors_do_not_print_values(engine: Engine) -> None:
    secret = "a private address"
    alias = ServiceAlias(id=row_id("x", "x"), service_id=row_id("service", "nowhere"), position=0, name=secret)
    with pytest.raises(IntegrityError) as caught, writing(engine) as session:
        session.add(alias)
    assert secret not in str(caught.value).split("DETAIL")[0]


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    """On SQLite a writer waits for the reader to end; on PostgreSQL the reader keeps its own view."""
    with reading(engine) as session:
        before = generation_of(session)
        writer = threading.Thread(target=_raise_once, args=(engine,))
        writer.start()
        writer.join(timeout=0.3)
        session.expire_all()
        assert generation_of(session) == before
    writer.join()
    assert _generation(engine) == before + 1


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_processes_that_read_then_write_lose_no_update(kind: str) -> None:
    with (sqlite_url if kind == "sqlite" else postgresql_url)() as url:
        spawn = multiprocessing.get_context("spawn")
        workers = [spawn.Process(target=_read_then_write, args=(url,)) for _ in range(PROCESSES)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * PROCESSES
        assert _generation(make_engine(url)) == PROCESSES * TURNS


def _read_then_write(url: str) -> None:
    engine = make_engine(url)
    for _ in range(TURNS):
        with writing(engine) as session:
            _set_generation(session, generation_of(session) + 1)


def _set_generation(session: Session, number: int) -> None:
    session.execute(text("UPDATE catalogue_generation SET number = :number"), {"number": number})


def _raise_and_fail(engine: Engine) -> None:
    with writing(engine) as session:
        raise_generation(session)
        raise ZeroDivisionError


def _raise_once(engine: Engine) -> None:
    with writing(engine) as session:
        raise_generation(session)


def _generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)
