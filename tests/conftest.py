"""Fixtures that tests of several floors need."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from tests.databases import engine_on
from tests.templates import compile_once

# Machines are shared and noisy: no test has a stopwatch.
settings.register_profile("no-stopwatch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-stopwatch")
compile_once()
# Many tests make a whole website: as Python stands, it looks through all its memory some hundred times for each.
gc.set_threshold(50_000, 10, 10)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A new database with all tables and no rows, once on SQLite and once on PostgreSQL."""
    with engine_on(request.param) as engine:
        yield engine
