"""What the running application holds, for whoever answers a request or a command."""

from flask import current_app, g
from sqlalchemy import Engine

from app.actions.little_found import LittleFound
from app.actions.use import UseCounts
from app.catalogue import Catalogue, CatalogueHolder
from app.config import Settings

CATALOGUE = "catalogue"
ENGINE = "engine"
LITTLE_FOUND = "little_found"
USE = "use"


def current_catalogue() -> Catalogue:
    """The catalogue: one and the same through a whole request. Raises ``CatalogueEmptyError``."""
    if "catalogue" not in g:
        holder: CatalogueHolder = current_app.extensions[CATALOGUE]
        g.catalogue = holder.get()
    catalogue: Catalogue = g.catalogue
    return catalogue


def current_engine() -> Engine:
    engine: Engine = current_app.extensions[ENGINE]
    return engine


def current_little_found() -> LittleFound:
    little_found: LittleFound = current_app.extensions[LITTLE_FOUND]
    return little_found


def current_use() -> UseCounts:
    use: UseCounts = current_app.extensions[USE]
    return use


def current_settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
