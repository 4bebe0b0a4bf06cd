"""Floor 6, HTTP: a route reads the form, calls one action and answers."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from . import api, assets, crisis, errors, headers, home, meanings, request_log, words
from .account import access
from .account import links as account_links
from .account import log as account_log
from .admin import approvals, audit, coverage, question_wording, synonyms, taxonomies
from .admin import home as admin
from .admin import organisations as admin_organisations
from .admin import people as admin_people
from .find import opening, person, referral
from .manage import availability, edit, history, people, preview, sending, who
from .manage import listing as manage_one
from .manage import listings as manage
from .wizard import own_journey, results

GOVUK = "govuk_frontend_jinja"


def register(app: Flask) -> None:
    """Puts the pages, their errors and their headers into the application."""
    own = app.jinja_env.loader
    macros = PrefixLoader({GOVUK: PackageLoader(GOVUK)})
    app.jinja_env.loader = ChoiceLoader([loader for loader in (own, macros) if loader])
    for part in (
        words,
        opening,
        meanings,
        crisis,
        assets,
        errors,
        headers,
        own_journey,
        request_log,
        account_log,
        access,
        availability,
        coverage,
    ):
        part.register(app)
    # Several files share a blueprint: each is named here, so that none is forgotten.
    blueprints = (
        home.blueprint,
        person.blueprint,
        referral.blueprint,
        results.blueprint,
        api.api,
        account_links.blueprint,
        manage.blueprint,
        manage_one.blueprint,
        edit.blueprint,
        who.blueprint,
        preview.blueprint,
        history.blueprint,
        approvals.blueprint,
        sending.blueprint,
        people.blueprint,
        admin.blueprint,
        admin_people.blueprint,
        admin_organisations.blueprint,
        question_wording.blueprint,
        synonyms.blueprint,
        taxonomies.blueprint,
        audit.blueprint,
        coverage.blueprint,
    )
    for blueprint in dict.fromkeys(blueprints):
        app.register_blueprint(blueprint)
