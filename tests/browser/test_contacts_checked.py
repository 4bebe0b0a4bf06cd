"""A number that nobody was sure of is rung and ticked off, and from then on nobody doubts it."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import People, comes, follow, heading, looked_at, press, sign_in_at, text_of, told
from tests.web.manage_site import ADMIN, manage_site

pytestmark = pytest.mark.browser
NAME, NUMBER, PUBLIC = "Acas helpline", "0300 123 1100", "/services/acas-helpline"
LINK = f"Phone: {NUMBER} of {NAME}"
OTHER = "/services/access-to-work-mental-health"
OTHER_LINK = "Phone: 0800 321 3137 of Access to Work Mental Health Support Service (Able Futures or Maximus)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with manage_site(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def the_admin_says(page: Page, outcome: str) -> None:
    page.get_by_role("radio", name=outcome, exact=True).check()
    page.get_by_role("radio", name="I rang them, or wrote to them").check()
    press(page, "Save")
    told(page, "Noted.")


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, True), (375, False)])
def test_a_weak_number_is_checked(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        admin, public = sign_in_at(people.new(), site, ADMIN), people.new()
        assert "old number: check" in text_of(public, PUBLIC)
        admin.goto("/admin")
        follow(admin, "Contacts to confirm before launch")
        follow(admin, LINK)
        heading(admin, f"Phone: {NUMBER}")
        the_admin_says(admin, "It is right")
        heading(admin, "Contacts to confirm before launch")
        expect(admin.locator("main")).to_contain_text("1 of ")
        expect(admin.get_by_role("link", name=LINK)).to_have_count(0)
        assert comes(public, PUBLIC, "We checked this number on")
        looked_at(public)
        assert "old number: check" not in public.locator("main").inner_text()

        admin.get_by_label("Which").select_option(label="Checked")
        press(admin, "Show")
        follow(admin, LINK)
        the_admin_says(admin, "It is wrong")
        assert comes(public, PUBLIC, "wrong when we tried on")
        looked_at(public)
        press(admin, "Take this back")
        told(admin, "Taken back.")
        assert comes(public, PUBLIC, "old number: check")


def test_the_pages_are_for_everybody(visits: Visits, site: Flask) -> None:
    """On a phone and on a desk, in light and in dark: each page, what is refused, and what the public sees."""
    with ExitStack() as stack:
        people = People(visits, stack, 1280, javascript=True)
        admin = sign_in_at(people.new(), site, ADMIN)
        admin.goto("/admin/contacts")
        no_faults(admin, PHONE_AND_DESK)
        follow(admin, OTHER_LINK)
        press(admin, "Save")
        expect(admin.get_by_role("alert")).to_contain_text("Choose what you found out.")
        no_faults(admin, PHONE_AND_DESK)
        the_admin_says(admin, "It is wrong")
        no_faults(admin, PHONE_AND_DESK)
        assert comes(admin, OTHER, "wrong when we tried on")
        no_faults(admin, PHONE_AND_DESK)
