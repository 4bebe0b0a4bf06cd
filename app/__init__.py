"""No Wrong Door: a directory that brings people to the programme that fits, from whichever door they came in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

LARGEST_REQUEST = 256 * 1024
"""Bytes of a request's body. Thirty answers are under two thousand."""


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """The application, wired. ``environment`` stands in for the process's own in tests.

    The parts are imported here, so that a lower floor can be used without Flask.
    """
    from flask import Flask
    from flask_compress import Compress
    from htmx_flask import Htmx
    from werkzeug.middleware.proxy_fix import ProxyFix

    from app import cli, web
    from app.actions.little_found import LittleFound
    from app.actions.use import UseCounts
    from app.catalogue import CatalogueHolder
    from app.config import settings_from
    from app.current import CATALOGUE, ENGINE, LITTLE_FOUND, USE
    from app.database import make_engine
    from app.web.templates import Templates

    app = Flask(__name__)
    app.jinja_environment = Templates
    settings = settings_from(os.environ if environment is None else environment, Path(app.instance_path))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        # Pages are packed anew each time, so fast; files are kept by browsers, so small.
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_ZSTD_LEVEL=6,
    )
    if settings.proxies:
        # Without it everybody would come from the proxy's address, and one could shut the log-in for all.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    engine = make_engine(settings.database_url)
    app.extensions[ENGINE] = engine
    app.extensions[LITTLE_FOUND] = LittleFound(engine, settings.secret_key)
    app.extensions[USE] = UseCounts(engine)
    app.extensions[CATALOGUE] = CatalogueHolder(engine, settings.index_folder)
    Htmx(app)
    Compress(app)
    web.register(app)
    cli.register(app)
    return app
