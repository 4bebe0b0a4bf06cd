"""Floor 6, HTTP: a route reads the form, calls one action and answers."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from . import api, assets, crisis, errors, headers, home, meanings, request_log, words
from .account import access
from .account import confirm as account_confirm
from .account import links as account_links
from .account import log as account_log
from .admin import approvals, audit, contacts, coverage, question_wording, searches, synonyms, taxonomies
from .admin import duplicates as admin_duplicates
from .admin import freshness as admin_freshness
from .admin import home as admin
from .admin import organisations as admin_organisations
from .admin import people as admin_people
from .admin import proposals as admin_proposals
from .admin import reports as admin_reports
from .admin import use as all_use
from .find import copied, freshness_words, opening, person, referral, report
from .manage import availability, edit, freshness, history, people, preview, reports, sending, who
from .manage import listing as manage_one
from .manage import listings as manage
from .manage import use as listing_use
from .open_data import developers, openapi, oruk
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
        freshness_words,
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
        report.blueprint,
        copied.blueprint,
        listing_use.blueprint,
        all_use.blueprint,
        results.blueprint,
        api.api,
        oruk.blueprint,
        openapi.blueprint,
        developers.blueprint,
        account_links.blueprint,
        account_confirm.blueprint,
        manage.blueprint,
        manage_one.blueprint,
        freshness.blueprint,
        edit.blueprint,
        who.blueprint,
        preview.blueprint,
        history.blueprint,
        approvals.blueprint,
        sending.blueprint,
        reports.blueprint,
        people.blueprint,
        admin.blueprint,
        admin_people.blueprint,
        admin_freshness.blueprint,
        admin_reports.blueprint,
        admin_duplicates.blueprint,
        admin_proposals.blueprint,
        admin_organisations.blueprint,
        question_wording.blueprint,
        synonyms.blueprint,
        searches.blueprint,
        taxonomies.blueprint,
        audit.blueprint,
        contacts.blueprint,
        coverage.blueprint,
    )
    for blueprint in dict.fromkeys(blueprints):
        app.register_blueprint(blueprint)
