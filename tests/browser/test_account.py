"""Accounts in a real browser: the whole way in, with and without JavaScript, and every page for axe."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.actions.accounts.links import ADMIN, Invitation, invite
from app.models import row_id
from tests.accounts import ANNE, PASSWORD, app_code
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.web.account_site import OWNER, account_site

pytestmark = pytest.mark.browser
with_and_without = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
NEW = "seven green bottles"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with account_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with accounts, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def invited(site: Flask, email: str = "boss@example.org") -> str:
    """The link of an invitation to look after the directory."""
    engine = site.extensions["engine"]
    return f"/account/link/{invite(engine, Invitation(email, ADMIN, None), datetime.now(UTC))}"


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def sign_in(page: Page, email: str = ANNE, password: str = PASSWORD) -> None:
    page.goto("/account/login")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def accept(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("New password").fill(NEW)
    press(page, "Save my password")


def enrol(page: Page) -> None:
    key = page.locator("main strong").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill(app_code(key, datetime.now(UTC)))
    page.get_by_label("Your password").fill(NEW)
    press(page, "Continue")


@with_and_without
def test_an_admin_is_invited_enrols_and_signs_in_with_a_recovery_code(
    visits: Visits, site: Flask, javascript: bool
) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        accept(page, invited(site))
        expect(page.locator("main")).to_contain_text("Your password is set.")
        sign_in(page, "boss@example.org", NEW)
        heading(page, "Set up your authenticator app")
        enrol(page)
        heading(page, "Keep your recovery codes")
        code = page.locator("main code").first.inner_text()
        with page.expect_navigation():
            page.get_by_role("link", name="I have kept them").click()
        expect(page.locator("main")).to_contain_text("The directory, as an admin")
        press(page, "Sign out")
        sign_in(page, "boss@example.org", NEW)
        heading(page, "Enter the code from your authenticator app")
        page.get_by_label("Code").fill(code)
        press(page, "Continue")
        heading(page, "Your account")


def test_a_mistake_is_reached_from_the_top_of_the_page_with_the_keyboard(visits: Visits) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        sign_in(page, "", "")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        page.get_by_role("link", name="Enter your password.").press("Enter")
        expect(page.get_by_label("Password")).to_be_focused()
        assert re.match("Error: Sign in", page.title())


def test_back_after_signing_out_shows_nothing(visits: Visits) -> None:
    with visits.visit(javascript=False) as visit:
        page = visit.page
        sign_in(page)
        heading(page, "Your account")
        press(page, "Sign out")
        page.go_back()
        heading(page, "Sign in")


def the_login(page: Page, _site: Flask) -> None:
    page.goto("/account/login")


def the_login_refused(page: Page, _site: Flask) -> None:
    sign_in(page, ANNE, "wrong")


def the_account(page: Page, _site: Flask) -> None:
    sign_in(page)
    other = page.context.browser
    assert other
    elsewhere = other.new_page(base_url=page.url.partition("/account")[0])
    sign_in(elsewhere)
    elsewhere.close()
    page.get_by_role("button", name="Change my password").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def the_invitation_to_send(page: Page, _site: Flask) -> None:
    sign_in(page, OWNER)
    page.goto("/account/invite")
    press(page, "Send the invitation")


def the_invitation_to_accept(page: Page, site: Flask) -> None:
    page.goto(invited(site))
    press(page, "Save my password")


def the_enrolment(page: Page, site: Flask) -> None:
    accept(page, invited(site))
    sign_in(page, "boss@example.org", NEW)
    press(page, "Continue")


def the_recovery_codes(page: Page, site: Flask) -> None:
    the_enrolment(page, site)
    enrol(page)


def the_code(page: Page, site: Flask) -> None:
    the_recovery_codes(page, site)
    page.goto("/account")
    press(page, "Sign out")
    sign_in(page, "boss@example.org", NEW)
    press(page, "Continue")


def the_people(page: Page, site: Flask) -> None:
    wanted = Invitation(
        "new.colleague.with.a.long.name@harbour.example.org", "owner", row_id("organization", "harbour")
    )
    invite(site.extensions["engine"], wanted, datetime.now(UTC))
    sign_in(page, OWNER)
    page.goto("/manage/people/harbour")


def the_editor(page: Page, site: Flask) -> None:
    the_people(page, site)
    page.get_by_role("link", name="Change or remove").click()


def the_leaving(page: Page, site: Flask) -> None:
    the_people(page, site)
    page.get_by_role("link", name="Leave Harbour").click()


def everybody(page: Page, site: Flask) -> None:
    the_recovery_codes(page, site)
    page.goto("/admin/people")


def the_owner(page: Page, site: Flask) -> None:
    everybody(page, site)
    page.get_by_role("link", name=OWNER).click()


def the_deletion(page: Page, site: Flask) -> None:
    the_owner(page, site)
    page.get_by_role("link", name="Delete the account for good").click()


def the_organisations(page: Page, site: Flask) -> None:
    the_recovery_codes(page, site)
    page.goto("/admin/organisations")


def the_new_organisation(page: Page, site: Flask) -> None:
    the_organisations(page, site)
    page.get_by_role("link", name="Add an organisation").click()
    press(page, "Add it")


def the_organisation_changed_meanwhile(page: Page, site: Flask) -> None:
    the_organisations(page, site)
    page.get_by_role("link", name="Harbour").click()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("What it does").fill("Theirs.")
    press(other, "Save")
    page.get_by_label("What it does").fill("Mine.")
    press(page, "Save")
    expect(page.get_by_label("What it does")).to_have_value("Mine.")


def the_reset(page: Page, _site: Flask) -> None:
    page.goto("/account/reset")
    press(page, "Send me a link")


def the_reset_sent(page: Page, site: Flask) -> None:
    the_reset(page, site)
    page.get_by_label("Email address").fill("nobody@example.org")
    press(page, "Send me a link")


def the_link_that_is_over(page: Page, _site: Flask) -> None:
    page.goto("/account/link/gone")


STATES: dict[str, Callable[[Page, Flask], None]] = {
    "Sign in": the_login,
    "Error: Sign in": the_login_refused,
    "Error: Your account": the_account,
    "Error: Invite somebody": the_invitation_to_send,
    "Error: Accept the invitation": the_invitation_to_accept,
    "Error: Set up your authenticator app": the_enrolment,
    "Keep your recovery codes": the_recovery_codes,
    "Error: Enter the code from your authenticator app": the_code,
    "People who look after Harbour": the_people,
    ANNE: the_editor,
    "Leave Harbour": the_leaving,
    "People": everybody,
    OWNER: the_owner,
    "Delete this account for good": the_deletion,
    "Organisations": the_organisations,
    "Error: Add an organisation": the_new_organisation,
    "Harbour": the_organisation_changed_meanwhile,
    "Error: Choose a new password": the_reset,
    "Look into your email": the_reset_sent,
    "This link does not work": the_link_that_is_over,
}


@pytest.mark.parametrize("title", STATES)
def test_no_violations_and_nothing_sideways(visits: Visits, site: Flask, title: str) -> None:
    with visits.visit() as visit:
        page = visit.page
        STATES[title](page, site)
        assert page.title() == f"{title} – No Wrong Door"
        no_faults(page, PHONE_AND_DESK)
