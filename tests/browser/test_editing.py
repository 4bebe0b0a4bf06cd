"""Changing a listing in a real browser: with and without JavaScript, with a bad connection, and two at once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route, expect

from app.directory.editing.edited import SECTIONS
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.visit import too_wide
from tests.web.filled_form import filled_form
from tests.web.manage_site import EDITOR, LISTING, SECOND, manage_site, signed_in_browser

pytestmark = pytest.mark.browser
MINE = f"/manage/{LISTING}"
ABOUT = f"{MINE}/edit/about"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with people who look after listings, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def enter(page: Page, site: Flask, address: str, email: str = EDITOR) -> Page:
    """The page as this person sees it, who is signed in."""
    page.set_default_timeout(15_000)
    page.goto("/account/login")
    sign_in(page, site, email)
    page.goto(address)
    return page


def sign_in(page: Page, site: Flask, email: str = EDITOR) -> None:
    cookie = signed_in_browser(site, email).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])


def press(page: Page, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, text: str) -> None:
    expect(page.locator("[data-told]")).to_have_text(re.compile(text), timeout=15_000)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
@pytest.mark.parametrize("width", [375, 1280])
def test_an_editor_changes_previews_sends_and_takes_back(
    visits: Visits, site: Flask, width: int, javascript: bool
) -> None:
    with visits.visit(width, javascript=javascript) as visit:
        page = enter(visit.page, site, "/manage")
        page.get_by_role("link", name="WorkWell (North Central London)").click()
        page.get_by_role("link", name="Change What you get").click()
        page.get_by_role("button", name="Add another point").click()
        page.get_by_role("textbox", name="Point 8").fill("Help with letters.")
        press(page, "Save")
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        press(page, re.compile(r"Move up\s+\(Point 8\)"))
        expect(page.get_by_role("textbox", name="Point 7")).to_have_value("Help with letters.")
        page.get_by_role("checkbox", name="(Point 1)").check()
        press(page, "Save")
        expect(page.get_by_role("textbox", name="Point 6")).to_have_value("Help with letters.")
        assert too_wide(page, width) == []
        page.get_by_role("link", name="Preview the page").click()
        expect(page.get_by_text("Preview. Nobody else sees this yet.")).to_be_visible()
        expect(page.get_by_text("Help with letters.")).to_be_visible()
        page.get_by_role("link", name="Send for approval").click()
        press(page, "Send for approval")
        expect(page.get_by_role("heading", name="Your changes wait for approval")).to_be_visible()
        press(page, "Take it back")
        expect(page.get_by_role("heading", name="You have changes that are not sent yet")).to_be_visible()
        assert too_wide(page, width) == []


def test_enter_saves_and_does_not_move_a_row(visits: Visits, site: Flask) -> None:
    with visits.visit(javascript=False) as visit:
        page = enter(visit.page, site, ABOUT)
        name = page.get_by_role("textbox", name="Other name 2")
        before = name.input_value()
        with page.expect_navigation():
            name.press("Enter")
        expect(page.get_by_role("textbox", name="Other name 2")).to_have_value(before)


def test_what_is_typed_is_saved_by_itself_and_is_there_the_next_time(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, ABOUT)
        page.get_by_label("Summary").fill("A coach helps you.")
        told(page, "Saved at [0-9]{2}:[0-9]{2}")
        page.reload()
        expect(page.get_by_label("Summary")).to_have_value("A coach helps you.")


def test_what_is_typed_while_a_save_is_under_way_is_saved_next_and_never_two_at_once(
    visits: Visits, site: Flask
) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, ABOUT)
        held: list[Route] = []
        page.route(f"**{ABOUT}", lambda route: held.append(route))
        page.get_by_label("Summary").fill("First.")
        page.get_by_label("Summary").blur()
        while not held:
            page.wait_for_timeout(50)
        page.get_by_label("Summary").fill("Second.")
        page.get_by_label("Summary").blur()
        page.wait_for_timeout(1000)
        assert len(held) == 1
        with page.expect_response(f"**{ABOUT}"):
            held[0].continue_()
        while len(held) < 2:
            page.wait_for_timeout(50)
        with page.expect_response(f"**{ABOUT}"):
            held[1].continue_()
        told(page, "Saved at")
        page.unroute(f"**{ABOUT}")
        page.reload()
        expect(page.get_by_label("Summary")).to_have_value("Second.")


def test_without_a_connection_the_page_says_so_and_tries_again(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, ABOUT)
        page.context.set_offline(True)
        page.get_by_label("Summary").fill("On the train.")
        told(page, "Not saved: no connection. We try again.")
        page.context.set_offline(False)
        told(page, "Saved at")
        visit.complaints.clear()
        page.reload()
        expect(page.get_by_label("Summary")).to_have_value("On the train.")


def save_as_another(site: Flask, summary: str) -> None:
    other = signed_in_browser(site, SECOND)
    form = filled_form(other.get(ABOUT).text)
    form["summary"] = summary
    assert other.client.post(ABOUT, data=form, headers={"Referer": "http://localhost/manage"}).status_code == 303


def into_two_versions(page: Page, site: Flask) -> None:
    enter(page, site, ABOUT)
    save_as_another(site, "Theirs.")
    page.get_by_label("Summary").fill("Mine.")
    told(page, "Somebody else changed this. Press Save to see both versions.")
    press(page, "Save")


def test_two_people_see_both_versions_and_none_is_lost(visits: Visits, site: Flask) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        into_two_versions(page, site)
        expect(page.locator("dl").get_by_text("Theirs.")).to_be_visible()
        expect(page.get_by_label("Summary")).to_have_value("Mine.")
        press(page, "Save mine")
        expect(page.get_by_label("Summary")).to_have_value("Mine.")


def signed_out(page: Page, site: Flask) -> None:
    enter(page, site, ABOUT)
    page.context.clear_cookies()
    page.get_by_label("Summary").fill("Still here.")
    told(page, "You are signed out.")
    press(page, "Save")


def test_who_is_signed_out_keeps_the_text_and_saves_it_after_signing_in(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = visit.page
        signed_out(page, site)
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        sign_in(page, site)
        press(page, "Save")
        expect(page.get_by_role("heading", name="Press Save once more")).to_be_visible()
        press(page, "Save")
        expect(page.get_by_label("Summary")).to_have_value("Still here.")


def a_listing(page: Page, site: Flask) -> None:
    enter(page, site, MINE)


def the_listings(page: Page, site: Flask) -> None:
    enter(page, site, "/manage")


def mistakes(page: Page, site: Flask) -> None:
    enter(page, site, f"{MINE}/edit/contacts")
    page.get_by_label("Number, address or words").first.fill("ring us")
    press(page, "Save")


def a_listing_with_mistakes(page: Page, site: Flask) -> None:
    mistakes(page, site)
    page.goto(MINE)


def sending(page: Page, site: Flask) -> None:
    enter(page, site, ABOUT)
    page.get_by_label("Summary").fill("A coach helps you.")
    press(page, "Save")
    page.goto(f"{MINE}/send")


def discarding(page: Page, site: Flask) -> None:
    sending(page, site)
    page.goto(f"{MINE}/discard")


def preview(page: Page, site: Flask) -> None:
    sending(page, site)
    page.goto(f"{MINE}/preview")


STATES: dict[str, Callable[[Page, Flask], None]] = {
    "My listings": the_listings,
    "WorkWell (North Central London)": a_listing,
    "Ways to get in touch with mistakes": mistakes,
    "with things to put right": a_listing_with_mistakes,
    "two versions": into_two_versions,
    "signed out": signed_out,
    "sending": sending,
    "throwing away": discarding,
    "preview": preview,
}


@pytest.mark.parametrize("state", STATES)
def test_no_violations_and_nothing_sideways(visits: Visits, site: Flask, state: str) -> None:
    with visits.visit() as visit:
        STATES[state](visit.page, site)
        no_faults(visit.page, PHONE_AND_DESK)


def test_no_part_of_the_form_has_violations(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        for section in SECTIONS:
            enter(visit.page, site, f"{MINE}/edit/{section}")
            no_faults(visit.page, PHONE_AND_DESK)
            visit.page.emulate_media(color_scheme="light")
