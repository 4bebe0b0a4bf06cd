"""How Alembic runs a migration here: one transaction, also on SQLite, and no cascade while tables are rebuilt."""

from alembic import context
from sqlalchemy import Connection

from app.database import for_writing, make_engine
from app.models import metadata


def run(url: str) -> None:
    """Run what is asked for in one transaction."""
    engine = for_writing(make_engine(url))
    try:
        with engine.connect() as connection:
            _stop_cascades(connection)
            # Alembic holds SQLite to be unable to undo a change of tables; with our own BEGIN it can.
            context.configure(
                connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True
            )
            with context.begin_transaction():
                context.run_migrations()
                _check_references(connection)
    finally:
        engine.dispose()


def _stop_cascades(connection: Connection) -> None:
    """SQLite rebuilds a table by dropping it, which would delete its children. The setting is ignored after BEGIN."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"The migration would leave rows that point to nothing, in: {tables}. Nothing was changed.")


run(context.config.attributes["url"])
