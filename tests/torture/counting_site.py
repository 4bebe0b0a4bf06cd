"""The website, whose workers write what they counted more often, so that a test need not wait a minute."""

from flask import Flask

from app import create_app
from app.actions.use import UseCounts
from app.current import ENGINE, USE

EVERY = 1.0
"""Seconds."""


def counting_site() -> Flask:
    app = create_app()
    app.extensions[USE] = UseCounts(app.extensions[ENGINE], after=EVERY)
    return app
