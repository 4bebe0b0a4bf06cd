"""Every page behind the log-in, and every state of it: anybody can use it, on a phone, on a desk, and in the dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser.admin_states import ADMIN_STATES
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.behind_the_login import ELSEWHERE, MINE, PAGES, At
from tests.browser.conftest import Visits, served
from tests.browser.provider_states import PROVIDER_STATES
from tests.web.manage_site import EDITOR, manage_site

pytestmark = pytest.mark.browser
BLUEPRINTS = {"account", "admin", "manage"}
STATES = {**PROVIDER_STATES, **ADMIN_STATES}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with people who look after listings, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def test_no_page_is_forgotten(site: Flask) -> None:
    pages = {
        rule.endpoint
        for rule in site.url_map.iter_rules()
        if rule.methods and "GET" in rule.methods and rule.endpoint.partition(".")[0] in BLUEPRINTS
    }
    assert {endpoint for some in PAGES.values() for endpoint in some} == pages - ELSEWHERE


@pytest.mark.parametrize("email", PAGES)
def test_every_page_is_free_of_faults(visits: Visits, site: Flask, email: str) -> None:
    with visits.visit() as visit:
        at = At(visit.page, site)
        for address in PAGES[email].values():
            at.enter(email, address)
            no_faults(visit.page, PHONE_AND_DESK)
            visit.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_free_of_faults(visits: Visits, site: Flask, state: str) -> None:
    with visits.visit() as visit:
        STATES[state](At(visit.page, site))
        no_faults(visit.page, PHONE_AND_DESK)


def tab_to(page: Page, name: str) -> None:
    """Goes on with the Tab key until the focus is on what has this name."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if name in page.evaluate(NAME):
            return
    raise AssertionError(f"{name!r} is not reached")


NAME = """() => {
    const here = document.activeElement;
    return [...(here.labels ?? [])].map(one => one.innerText).join(" ") || here.innerText || "";
}"""


def test_a_part_is_changed_and_sent_with_the_keyboard_alone(visits: Visits, site: Flask) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        At(page, site).enter(EDITOR, MINE)
        tab_to(page, "What you get")
        page.keyboard.press("Enter")
        page.wait_for_url("**/edit/offers")
        tab_to(page, "Point 1")
        page.keyboard.press("Control+A")
        page.keyboard.type("A coach for you alone.")
        tab_to(page, "Add another point")
        page.keyboard.press("Enter")
        expect(page.get_by_role("textbox", name="Point 8")).to_be_focused()
        page.keyboard.type("Help with letters.")
        tab_to(page, "Save")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "All parts of")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{MINE}")
        tab_to(page, "Send for approval")
        page.keyboard.press("Enter")
        page.wait_for_url("**/send")
        tab_to(page, "Send for approval")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your changes wait for approval")).to_be_visible()
