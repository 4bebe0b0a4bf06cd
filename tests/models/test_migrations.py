"""The migrations build exactly the tables of the models, name every constraint, and cannot lose rows half-way."""

from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from app.database import make_engine, reading
from app.exchange.rows import generation_of
from app.migrations import upgrade
from app.models import metadata
from tests.databases import postgresql_url


def test_tables_are_those_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_constraint_has_its_name(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.tables:
        names = [
            found.get_pk_constraint(table)["name"],
            *(key["name"] for key in found.get_foreign_keys(table)),
            *(unique["name"] for unique in found.get_unique_constraints(table)),
            *(check["name"] for check in found.get_check_constraints(table)),
        ]
        assert all(name and name.startswith(("pk_", "fk_", "uq_", "ck_")) for name in names), (table, names)


def test_parts_go_with_their_service(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.tables:
        for key in found.get_foreign_keys(table):
            if key["constrained_columns"] == ["service_id"]:
                assert key["options"]["ondelete"] == "CASCADE", table


def test_a_second_upgrade_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/with % and space.db"
    upgrade(url)
    upgrade(url)
    with reading(make_engine(url)) as session:
        assert generation_of(session) == 0


@pytest.mark.postgres
def test_an_empty_postgresql_is_upgraded() -> None:
    with postgresql_url(empty=True) as url:
        upgrade(url)
        engine = make_engine(url)
        with reading(engine) as session:
            assert generation_of(session) == 0
        engine.dispose()


def test_an_interrupted_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.db"
    monkeypatch.setattr("alembic.op.bulk_insert", _fail)
    with pytest.raises(ZeroDivisionError):
        upgrade(url)
    assert inspect(make_engine(url)).get_table_names() == []


def test_rows_that_point_to_nothing_undo_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.db"
    monkeypatch.setattr("alembic.op.bulk_insert", _leave_an_orphan)
    with pytest.raises(RuntimeError, match="address"):
        upgrade(url)
    assert inspect(make_engine(url)).get_table_names() == []


def _leave_an_orphan(*_: object) -> None:
    op.execute("INSERT INTO address (id, location_id, address_1) VALUES ('a', 'b', 'c')")


def _fail(*_: object) -> None:
    raise ZeroDivisionError
