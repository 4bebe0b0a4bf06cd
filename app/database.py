"""The one place that knows how to talk to SQLite and PostgreSQL.

Use ``reading`` and ``writing``: both yield a session that is one transaction. Readers see one unchanging state. Writers
take turns, in both databases, so that what a writer has read is still true when it writes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlmodel import Session

# Any number does, as long as every process uses the same one.
_WRITERS_TAKE_TURNS = 7_245_001
_WRITER_WAITS = 30_000
"""Milliseconds. SQLite gives turns by chance: among many writers, one may wait much longer than the others."""

_PAGES_KEPT = 45_000
"""Of 4 KB, in memory until the end of a transaction, about 180 MB. Only from there on a writer shuts out readers."""


def has_wal_fix(version: tuple[int, ...]) -> bool:
    """Whether write-ahead logging is safe with this SQLite: others may lose a commit when the log is reset."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql+psycopg://…``."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return _postgresql_engine(url)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database; nothing written in it is kept."""
    if engine.dialect.name == "postgresql":
        # The default would show each statement a newer state: half of somebody's edit.
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end of the block, or undoes everything when the block fails."""
    with Session(for_writing(engine)) as session, session.begin():
        yield session


def for_writing(engine: Engine) -> Engine:
    """The same engine, whose transactions wait for other writers when they begin."""
    return engine.execution_options(writing=True)


def _sqlite_engine(url: str) -> Engine:
    # isolation_level=None: the driver's own way of beginning transactions loses updates between processes.
    # NullPool: a file that was restored or replaced is opened anew, and not read through an old connection.
    engine = create_engine(url, hide_parameters=True, connect_args={"isolation_level": None}, poolclass=NullPool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    journal = "WAL" if has_wal_fix(sqlite3.sqlite_version_info) else "DELETE"
    # secure_delete: an address that was deleted must not stay readable in the file, and in copies of it.
    settings = "busy_timeout=5000", "foreign_keys=ON", "synchronous=FULL", f"journal_mode={journal}", "secure_delete=ON"
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_WRITER_WAITS}")
        # Who writes very much would else shut readers out long before the end.
        connection.exec_driver_sql(f"PRAGMA cache_spill={_PAGES_KEPT}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing(connection) else "BEGIN")


def _postgresql_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_TAKE_TURNS})")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writing"))
