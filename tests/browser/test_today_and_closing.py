"""What is said of today is public at once; closing a service, and opening it again, goes the way of every change."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits, served
from tests.browser.people import (
    MINE,
    PUBLIC,
    People,
    change,
    comes,
    follow,
    looked_at,
    press,
    she_sends,
    sign_in_at,
    text_of,
    the_admin_approves,
    the_wizard_says,
    told,
)
from tests.browser.ways import every_way
from tests.web.manage_site import ADMIN, EDITOR, OTHER_ADMIN, STRANGER, manage_site

pytestmark = pytest.mark.browser
YOUNG, YOUNG_NAME = "islington-trailblazer-care-experienced", "Islington Trailblazer for care-experienced young people"
TAKEN_OVER_BY = "Islington Youth Employment Hubs"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with people who look after listings, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def the_editor_closes_it(page: Page) -> None:
    """With the month, what took over from it, and why."""
    page.goto(f"/manage/{YOUNG}")
    change(page, "Open or closed")
    page.get_by_role("radio", name="No, it has closed for good").check()
    page.get_by_label("How we know").fill("The money for it ended.")
    closed = page.get_by_role("group", name="When it closed, if it has")
    closed.get_by_label("Month").fill("10")
    closed.get_by_label("Year").fill("2026")
    took_over(page).select_option(label=TAKEN_OVER_BY)
    press(page, "Save")
    told(page, "Saved.")
    follow(page, f"All parts of {YOUNG_NAME}")
    she_sends(page)


def took_over(page: Page) -> Locator:
    return page.get_by_role("group", name="What took over from it").get_by_label("Service 1")


def the_admin_opens_it_again(page: Page) -> None:
    page.goto(f"/manage/{YOUNG}")
    change(page, "Open or closed")
    page.get_by_role("radio", name="Yes, it is open").check()
    page.get_by_label("How we know").fill("New money came.")
    closed = page.get_by_role("group", name="When it closed, if it has")
    for part in ("Month", "Year"):
        closed.get_by_label(part).fill("")
    took_over(page).select_option("")
    press(page, "Save")
    follow(page, f"All parts of {YOUNG_NAME}")
    she_sends(page)


@every_way
def test_a_pause_is_public_at_once(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        editor, public = sign_in_at(people.new(), site, EDITOR), people.new()
        editor.goto(MINE)
        editor.get_by_role("radio", name="Not taking referrals at the moment").check()
        editor.get_by_label("Anything else that people should know?").fill("Our team is small.")
        press(editor, "Make it public now")
        told(editor, "Everybody can see it now.")
        assert comes(public, PUBLIC, "Not taking referrals at the moment")
        assert "Our team is small." in text_of(public, PUBLIC)
        assert "Not taking referrals" in text_of(public, "/services?q=workwell")
        the_wizard_says(public, "Not taking referrals at the moment")
        editor.get_by_role("radio", name="Say nothing about it").check()
        press(editor, "Make it public now")
        public.wait_for_timeout(1000)
        assert "Not taking referrals" not in text_of(public, PUBLIC)


@every_way
def test_a_service_closes_and_opens_again(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        editor, public = sign_in_at(people.new(), site, STRANGER), people.new()
        admin, other_admin = sign_in_at(people.new(), site, ADMIN), sign_in_at(people.new(), site, OTHER_ADMIN)
        address = f"/services/{YOUNG}"
        the_editor_closes_it(editor)
        the_admin_approves(admin, YOUNG)
        assert comes(public, address, "The money for it ended.")
        main = public.locator("main")
        expect(main).to_contain_text("October 2026")
        expect(main.get_by_role("link", name=TAKEN_OVER_BY, exact=True).first).to_be_visible()
        looked_at(public)
        the_admin_opens_it_again(admin)
        the_admin_approves(other_admin, YOUNG)
        assert comes(public, address, "New money came.")
        expect(main).not_to_contain_text("The money for it ended.")
