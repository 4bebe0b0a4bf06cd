"""Who may open what: every address, for everybody, from one table. An address that is not in the table fails."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, url_for
from sqlalchemy import Engine, text
from sqlmodel import select
from werkzeug.test import TestResponse

from app.actions.accounts import links
from app.actions.accounts.links import Invitation
from app.actions.editing import drafts
from app.actions.editing.drafts import Typed
from app.database import reading, writing
from app.directory.editing.edited import digest
from app.models import EmailLink, ListingReport, ListingVersion, UserAccount, metadata, row_id
from tests.web.account_site import TOKEN, Browser
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    ORGANISATION,
    OWNER,
    SECOND,
    STRANGER,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

NOBODY = ""
ROLES = {"nobody": NOBODY, "another provider's editor": STRANGER, "editor": EDITOR, "owner": OWNER, "admin": ADMIN}
PUBLIC = frozenset(ROLES)
SIGNED_IN = PUBLIC - {"nobody"}
TEAM = SIGNED_IN - {"another provider's editor"}
MEMBERS = TEAM - {"admin"}
OWNERS = TEAM - {"editor"}
ADMINS = frozenset({"admin"})

GET, POST = "GET", "POST"
BOTH = (GET, POST)
MAY: dict[frozenset[str], dict[str, tuple[str, ...]]] = {
    PUBLIC: {
        "static": (GET,),
        "home.index": (GET,),
        "home.professionals": (GET,),
        "home.privacy": (GET,),
        "home.accessibility": (GET,),
        "home.leave": (GET,),
        "find.services": (GET,),
        "find.service": (GET,),
        "find.service_print": (GET,),
        "find.service_referral": (GET,),
        "find.report": BOTH,
        "find.report_sent": (GET,),
        "find.copied": (POST,),
        "find.results_stood": (POST,),
        "person.save": (POST,),
        "person.new": (POST,),
        "person.new_search": (GET,),
        "person.nothing_to_read": (GET,),
        "wizard.start": (GET,),
        "wizard.begin": (POST,),
        "wizard.question": (GET,),
        "wizard.answer": (POST,),
        "wizard.answers": (GET,),
        "wizard.results": (GET,),
        "wizard.results_easy": (GET,),
        "wizard.results_text": (GET,),
        "wizard.delete": (POST,),
        "wizard.deleted": (GET,),
        "api.search": (GET,),
        "api.questions": (GET,),
        "api.recommendations": (POST,),
        "api.healthz": (GET,),
        "api.readyz": (GET,),
        "oruk.details": (GET,),
        "oruk.services": (GET,),
        "oruk.service": (GET,),
        "oruk.places": (GET,),
        "oruk.place": (GET,),
        "oruk.taxonomies": (GET,),
        "oruk.taxonomy": (GET,),
        "oruk.terms": (GET,),
        "oruk.term": (GET,),
        "openapi.description": (GET,),
        "developers.developers": (GET,),
        "account.login": BOTH,
        "account.logout": (POST,),
        "account.code": BOTH,
        "account.reset": BOTH,
        "account.link": BOTH,
        "account.confirm": BOTH,
        "account.confirmed": (GET,),
    },
    SIGNED_IN: {
        "account.home": (GET,),
        "account.password": (POST,),
        "account.enrol": BOTH,
        "account.end_session": (POST,),
        "manage.listings": (GET,),
    },
    TEAM: {
        "manage.listing": (GET,),
        "manage.section": BOTH,
        "manage.availability": BOTH,
        "manage.confirm": (POST,),
        "manage.freshness": (GET,),
        "manage.who_effects": (GET,),
        "manage.preview": (GET,),
        "manage.send": BOTH,
        "manage.take_back": (POST,),
        "manage.discard": BOTH,
        "manage.history": (GET,),
        "manage.reports": (GET,),
        "manage.report": BOTH,
        "manage.use": (GET,),
        "manage.version": (GET,),
        "manage.restore": (POST,),
    },
    MEMBERS: {"manage.leave_team": BOTH},
    OWNERS: {
        "account.invite": BOTH,
        "manage.people_home": (GET,),
        "manage.people": (GET,),
        "manage.member": BOTH,
        "manage.remove_member": (POST,),
        "manage.take_back_invitation": (POST,),
        "manage.freshness": (POST,),
    },
    ADMINS: {
        "admin.home": (GET,),
        "admin.freshness": (GET,),
        "admin.approvals": (GET,),
        "admin.approval": BOTH,
        "admin.people": (GET,),
        "admin.person": (GET,),
        "admin.make_admin": (POST,),
        "admin.unmake_admin": (POST,),
        "admin.close_account": (POST,),
        "admin.open_account": (POST,),
        "admin.sign_out_person": (POST,),
        "admin.forget_authenticator": (POST,),
        "admin.delete_account": BOTH,
        "admin.invite_admin": BOTH,
        "admin.take_back_admin": (POST,),
        "admin.organisations": (GET,),
        "admin.reports": (GET,),
        "admin.duplicates": (GET,),
        "admin.look_for_duplicates": (POST,),
        "admin.duplicate": BOTH,
        "admin.take_apart_again": (POST,),
        "admin.proposals": (GET,),
        "admin.proposal": BOTH,
        "admin.organisation": BOTH,
        "admin.new_organisation": BOTH,
        "admin.searches": (GET,),
        "admin.deal_with_search": (POST,),
        "admin.synonyms": (GET,),
        "admin.synonym": BOTH,
        "admin.new_synonym": BOTH,
        "admin.take_out_synonym": BOTH,
        "admin.questions": (GET,),
        "admin.question": (GET,),
        "admin.save_question": (POST,),
        "admin.preview_question": (POST,),
        "admin.taxonomies": (GET,),
        "admin.taxonomy_term": BOTH,
        "admin.audit_trail": (GET,),
        "admin.audit_csv": (GET,),
        "admin.contacts": (GET,),
        "admin.contact": BOTH,
        "admin.untick_contact": (POST,),
        "admin.contacts_csv": (GET,),
        "admin.coverage": (GET,),
        "admin.use": (GET,),
        "admin.use_csv": (GET,),
        "admin.coverage_csv": (GET,),
    },
}
TABLE = {
    (method, endpoint): roles
    for roles, endpoints in MAY.items()
    for endpoint, methods in endpoints.items()
    for method in methods
}
FIELDS: dict[str, dict[str, str]] = {
    "manage.section": {"notes-0": "Overwritten by somebody.", "act": "save"},
    "manage.availability": {"state": "paused"},
    "manage.report": {"outcome": "put_right"},
    "manage.member": {"role": "owner"},
    "admin.organisation": {"name": "Taken over", "description": "Taken over."},
    "admin.new_organisation": {"name": "New", "description": "New."},
    "admin.invite_admin": {"email": "evil@example.org"},
    "account.invite": {"email": "evil@example.org", "role": "owner"},
}
"""What is sent to an address, where an empty form would be refused for other reasons."""
CANARY = "Zanzibar marmalade"
"""Stands in a draft, in a comment, in a report and in the history, and nowhere in public."""
REPORT = row_id("report", "of a reader")
QUIET_TABLES = {"login_session", "sign_in_attempt"}
"""Looking at a page may note that somebody was here."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        _write_what_is_not_public(app.extensions["engine"])
        yield app


def _write_what_is_not_public(engine: Engine) -> None:
    now = datetime.now(UTC)
    who = signed_in_as(engine, SECOND)
    before = drafts.managed(engine, who, LISTING)
    fields = {"notes": [*before.edited.notes, CANARY], "unknown": before.edited.unknown}
    drafts.save(engine, who, LISTING, Typed("notes", fields, digest(before.edited, "notes"), "form"), now)
    links.invite(engine, Invitation("zanzibar@example.org", "editor", row_id("organization", ORGANISATION)), now)
    with writing(engine) as session:
        mine = select(ListingVersion).where(ListingVersion.service_id == row_id("service", LISTING))
        old = session.exec(mine).one().model_dump()
        session.add(ListingVersion.model_validate({**old, "id": uuid4(), "number": 2, "note": CANARY}))
        mine_id = row_id("service", LISTING)
        session.add(ListingReport(id=REPORT, service_id=mine_id, about="other", text=CANARY, reported_at=now))


def _everything_in(engine: Engine) -> str:
    """All rows of all tables, but those that say when somebody was here."""
    with reading(engine) as session:
        tables = [table.name for table in metadata.sorted_tables if table.name not in QUIET_TABLES]
        rows = {name: [list(row) for row in session.execute(text(f"SELECT * FROM {name}"))] for name in tables}  # noqa: S608
    return json.dumps({name: sorted(map(repr, found)) for name, found in rows.items()})


def _arguments(engine: Engine) -> dict[str, Any]:
    with reading(engine) as session:
        user = session.exec(select(UserAccount.id).where(UserAccount.email == SECOND)).one()
        invitation = session.exec(select(EmailLink.id).where(EmailLink.email == "zanzibar@example.org")).one()
    return {
        "service_id": LISTING,
        "section": "notes",
        "number": 1,
        "slug": ORGANISATION,
        "user_id": user,
        "invitation_id": invitation,
        "session_id": uuid4(),
        "pair_id": uuid4(),
        "report_id": REPORT,
        "id_": "age",
        "code": "find_job",
        "token": "no-such-link",
        "question_id": "age",
        "filename": "door.svg",
    }


def _address(app: Flask, endpoint: str) -> str:
    with app.test_request_context():
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        arguments = _arguments(app.extensions["engine"])
        return url_for(endpoint, **{name: arguments[name] for name in rule.arguments})


def _browser(app: Flask, role: str) -> Browser:
    return signed_in_browser(app, ROLES[role]) if ROLES[role] else Browser(app)


def _asked(browser: Browser, app: Flask, method: str, endpoint: str) -> TestResponse:
    """As a browser asks: a form comes with a token that this browser was given."""
    address = _address(app, endpoint)
    if method == GET:
        return browser.get(address)
    token = TOKEN.search(browser.get("/account" if browser.is_in else "/account/login").text)
    assert token
    return browser.post(address, csrf_token=token[1], **FIELDS.get(endpoint, {}))


def test_every_address_is_in_the_table(site: Flask) -> None:
    there = {
        (method, rule.endpoint)
        for rule in site.url_map.iter_rules()
        for method in (rule.methods or ())
        if method in BOTH
    }
    assert there == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_opens_or_writes_what_is_not_theirs(site: Flask, role: str) -> None:
    engine = site.extensions["engine"]
    browser = _browser(site, role)
    refused = [(method, endpoint) for (method, endpoint), roles in TABLE.items() if role not in roles]
    before = _everything_in(engine)
    wrong = {}
    for method, endpoint in refused:
        answer = _asked(browser, site, method, endpoint)
        to_the_login = role == "nobody" and "/account/login" in (answer.location or "")
        if not (answer.status_code == 403 or to_the_login) or CANARY in answer.text:
            wrong[method, endpoint] = (answer.status_code, answer.location)
    assert wrong == {}
    assert _everything_in(engine) == before


@pytest.mark.parametrize("role", ROLES)
def test_everybody_opens_what_is_theirs(site: Flask, role: str) -> None:
    browser = _browser(site, role)
    wrong = {}
    for (method, endpoint), roles in TABLE.items():
        if role in roles and method == GET:
            answer = _asked(browser, site, method, endpoint)
            if answer.status_code not in {200, 303, 404, 410} or "/account/login" in (answer.location or ""):
                wrong[endpoint] = (answer.status_code, answer.location)
    assert wrong == {}


@pytest.mark.parametrize("role", ["nobody", "another provider's editor"])
def test_what_is_not_public_is_on_no_page_for_others(site: Flask, role: str) -> None:
    """Not even in the pages that they may open."""
    browser = _browser(site, role)
    told = [
        endpoint
        for (method, endpoint), roles in TABLE.items()
        if method == GET and CANARY in _asked(browser, site, method, endpoint).text
    ]
    assert told == []


@pytest.mark.parametrize("role", ["editor", "owner", "admin"])
def test_what_is_not_public_is_there_for_whom_it_is_meant(site: Flask, role: str) -> None:
    browser = _browser(site, role)
    for endpoint in ("manage.section", "manage.preview", "manage.history", "manage.reports"):
        assert CANARY in _asked(browser, site, GET, endpoint).text, endpoint


def test_no_form_behind_the_log_in_is_taken_without_its_token(site: Flask) -> None:
    browser = signed_in_browser(site, ADMIN)
    before = _everything_in(site.extensions["engine"])
    taken = {}
    for (method, endpoint), roles in TABLE.items():
        if method == POST and (roles is not PUBLIC or endpoint.startswith("account.")):
            answer = browser.post(_address(site, endpoint), **FIELDS.get(endpoint, {}))
            if answer.status_code != 400:
                taken[endpoint] = answer.status_code
    assert taken == {}
    assert _everything_in(site.extensions["engine"]) == before
