"""The tables of every version so far, and the way from one to the next."""

from pathlib import Path

from alembic import command
from alembic.config import Config


def upgrade(url: str) -> None:
    """Create the database's tables, or bring them up to date. All of it happens, or none."""
    command.upgrade(configuration(url), "head")


def configuration(url: str) -> Config:
    """Alembic's settings without an ini file. The address goes beside them: they would expand a % in it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config
