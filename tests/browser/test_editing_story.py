"""The whole story in real browsers: somebody is invited, changes a listing, an admin approves, and people find it."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.actions.accounts.authenticator import enrol, offered_secret
from app.current import ENGINE
from tests.accounts import PASSWORD, app_code, who_is
from tests.accounts import enter as sign_in_by_action
from tests.browser.conftest import Visits, served
from tests.browser.people import (
    MINE,
    PUBLIC,
    WORKWELL,
    People,
    change,
    comes,
    follow,
    heading,
    press,
    she_sends,
    sign_in_at,
    text_of,
    the_admin_approves,
    the_wizard_says,
    told,
)
from tests.browser.ways import every_way
from tests.mail_server import Postbox, mail_server
from tests.web.manage_site import ADMIN, OTHER_ADMIN, OWNER, manage_site

pytestmark = pytest.mark.browser

NINA, NINAS_PASSWORD = "nina@shaw.example", "seven green bottles"
OLD = "A Work and Health coach helps you start work, stay in work, or go back after time off sick."
SUMMARY = "A coach called a navigatrix helps you start work, stay in work, or go back after time off sick."
PHONE, OTHER_PHONE = "020 7946 0123", "020 7946 0199"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@pytest.fixture
def box() -> Iterator[Postbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(tmp_path: Path, box: Postbox) -> Iterator[Flask]:
    with manage_site(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{box.port}") as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with people who look after listings, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def letter(box: Postbox, to: str, subject: str) -> str:
    """The text of the next letter to somebody; those to others are not looked at."""
    while True:
        found = box.next()
        if found["To"] == to:
            assert subject in found["Subject"]
            return str(found.get_content())


def path_in(text: str) -> str:
    found = LINK.search(text)
    assert found
    return found[1]


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def phone_of(site: Flask, email: str) -> str:
    """The key in the authenticator app on their telephone, set up some minutes ago."""
    engine, key, then = site.extensions[ENGINE], site.config["SETTINGS"].secret_key, datetime.now(UTC)
    then -= timedelta(minutes=5)
    secret = sign_in_by_action(engine, email, now=then).secret
    offered = offered_secret(key, secret)
    enrol(engine, key, who_is(engine, secret, then), secret, app_code(offered, then), then)
    return offered


def sign_in_with_code(page: Page, site: Flask, email: str) -> None:
    key = phone_of(site, email)
    sign_in(page, email)
    heading(page, "Enter the code from your authenticator app")
    page.get_by_label("Code").fill(app_code(key, datetime.now(UTC)))
    press(page, "Continue")


def an_owner_invites_her(page: Page) -> None:
    page.goto("/account/login")
    sign_in(page, OWNER)
    follow(page, "People")
    follow(page, "Invite somebody")
    page.get_by_label("Their email address").fill(NINA)
    page.get_by_role("radio", name="Editor").check()
    press(page, "Send the invitation")
    told(page, "The invitation is sent.")


def she_accepts_and_enrols(page: Page, box: Postbox) -> None:
    page.goto(path_in(letter(box, NINA, "You are invited")))
    expect(page.locator("main")).to_contain_text("look after the listings of Shaw Trust as an editor")
    page.get_by_label("New password").fill(NINAS_PASSWORD)
    press(page, "Save my password")
    sign_in(page, NINA, NINAS_PASSWORD)
    follow(page, "Set up an authenticator app")
    key = page.locator("main strong").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill(app_code(key, datetime.now(UTC)))
    page.get_by_label("Your password").fill(NINAS_PASSWORD)
    press(page, "Continue")
    heading(page, "Keep your recovery codes")
    follow(page, "I have kept them")
    expect(page.locator("main")).to_contain_text("You sign in with your password and a code.")


def she_changes_four_things(page: Page) -> None:
    follow(page, "My listings")
    follow(page, WORKWELL)
    change(page, "Name and summary")
    page.get_by_label("Summary").fill(SUMMARY)
    press(page, "Save")
    told(page, "Saved.")
    follow(page, f"All parts of {WORKWELL}")
    change(page, "Ways to get in touch")
    add(page, "Add another way")
    page.get_by_label("What it is").last.select_option("phone")
    page.get_by_label("Number, address or words").last.fill(PHONE)
    press(page, "Save and go on to “Opening hours”")
    monday = page.get_by_role("group", name="Monday")
    monday.get_by_label("Opens", exact=True).fill("9am")
    monday.get_by_label("Closes", exact=True).fill("17.30")
    press(page, "Use Monday’s times for Tuesday to Friday too")
    expect(page.get_by_role("group", name="Friday").get_by_label("Closes", exact=True)).to_have_value("17:30")
    press(page, "Save and go on to “Languages and access”")
    page.get_by_role("textbox", name="Language 1").fill("Bengali")
    press(page, "Save")
    follow(page, f"All parts of {WORKWELL}")


def add(page: Page, name: str) -> None:
    """One row more: in its place, or by loading the page again."""
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def the_preview_shows_it(page: Page, public: Page) -> None:
    follow(page, "Preview")
    for text in (SUMMARY, PHONE, "Bengali", "Monday to Friday"):
        expect(page.locator("main").get_by_text(text).first).to_be_visible()
    follow(page, "Back to the changes")
    public.goto(PUBLIC)
    expect(public.locator("main")).to_contain_text(OLD)
    expect(public.locator("main")).not_to_contain_text(PHONE)


def the_admin_sends_the_number_back(page: Page, site: Flask, box: Postbox) -> None:
    page.goto(path_in(letter(box, ADMIN, f"Changes to approve: {WORKWELL}")))
    sign_in_with_code(page, site, ADMIN)
    heading(page, f"Changes to {WORKWELL}")
    for part in page.locator(".app-decide").all():
        phone = PHONE in part.inner_text()
        part.get_by_role("radio", name="Send back" if phone else "Accept").check()
        if phone:
            part.get_by_role("textbox").fill("Is it the number of the team?")
    press(page, "Save what I decided")
    told(page, "One change went back with your comments.")


def it_is_public(page: Page) -> None:
    assert comes(page, PUBLIC, SUMMARY)
    main = page.locator("main")
    expect(main).to_contain_text("Bengali")
    expect(main).to_contain_text("Monday to Friday")
    expect(main).not_to_contain_text(PHONE)
    page.goto("/services")
    page.locator("#q").fill("navigatrix")
    page.locator("#q").press("Enter")
    expect(page.locator("#results-heading")).to_contain_text("navigatrix")
    expect(page.locator(".app-hit").filter(has_text=SUMMARY)).to_be_visible()


def she_mends_the_number(page: Page, box: Postbox) -> None:
    page.goto(path_in(letter(box, NINA, "The directory team looked at your changes")))
    expect(page.get_by_role("heading", name="Your changes came back with comments")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Is it the number of the team?")
    change(page, "Ways to get in touch")
    expect(page.locator("main")).to_contain_text("Is it the number of the team?")
    page.locator(f"input[value='{PHONE}']").fill(OTHER_PHONE)
    press(page, "Save")
    follow(page, f"All parts of {WORKWELL}")
    she_sends(page)


def the_history_says_who_and_when(page: Page) -> None:
    page.goto(f"{MINE}/history")
    newest = page.locator(".app-version").first
    expect(newest).to_contain_text("Version 3 (public now)")
    expect(newest).to_contain_text(f"Written by {NINA}. Approved by {ADMIN}.")
    expect(newest).to_contain_text(f"{datetime.now(UTC):%B %Y}")
    newest.get_by_text("What changed").click()
    expect(newest.get_by_text(OTHER_PHONE)).to_be_visible()


def the_admin_brings_the_old_version_back(page: Page, public: Page) -> None:
    page.goto(f"{MINE}/history")
    follow(page, "Version 1")
    press(page, "Bring this version back")
    told(page, "The older version is a draft now.")
    assert SUMMARY in text_of(public, PUBLIC), "a draft is not public"
    she_sends(page)


@every_way
def test_from_an_invitation_to_the_public_page_and_back(
    visits: Visits, site: Flask, box: Postbox, width: int, javascript: bool
) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        owner, nina, admin, public = people.new(), people.new(), people.new(), people.new()
        an_owner_invites_her(owner)
        she_accepts_and_enrols(nina, box)
        she_changes_four_things(nina)
        the_preview_shows_it(nina, public)
        she_sends(nina)
        the_admin_sends_the_number_back(admin, site, box)
        it_is_public(public)
        the_wizard_says(public, SUMMARY)
        she_mends_the_number(nina, box)
        the_admin_approves(admin)
        assert comes(public, PUBLIC, OTHER_PHONE)
        the_history_says_who_and_when(nina)
        the_admin_brings_the_old_version_back(admin, public)
        the_admin_approves(sign_in_at(people.new(), site, OTHER_ADMIN))
        assert comes(public, PUBLIC, OLD)
