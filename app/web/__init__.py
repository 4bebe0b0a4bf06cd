"""Floor 6, HTTP: a route reads the form, calls one action and answers."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from . import (
    access,
    account_links,
    account_log,
    admin,
    api,
    assets,
    crisis,
    errors,
    headers,
    home,
    manage,
    meanings,
    own_journey,
    person,
    referral,
    request_log,
    results,
    words,
)

GOVUK = "govuk_frontend_jinja"


def register(app: Flask) -> None:
    """Puts the pages, their errors and their headers into the application."""
    own = app.jinja_env.loader
    macros = PrefixLoader({GOVUK: PackageLoader(GOVUK)})
    app.jinja_env.loader = ChoiceLoader([loader for loader in (own, macros) if loader])
    for part in (words, meanings, crisis, assets, errors, headers, own_journey, request_log, account_log, access):
        part.register(app)
    for blueprint in (
        home.blueprint,
        person.blueprint,
        referral.blueprint,
        results.blueprint,
        api.api,
        account_links.blueprint,
        manage.blueprint,
        admin.blueprint,
    ):
        app.register_blueprint(blueprint)
