"""Who is served where, in a real browser: for axe, on a phone, in other colours and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser.axe import no_faults
from tests.browser.conftest import Visits, served
from tests.web.manage_site import ADMIN, manage_site, signed_in_browser

pytestmark = pytest.mark.browser
ADDRESS = "/admin/coverage?as_of=2026-11-22"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def enter(page: Page, site: Flask, address: str = ADDRESS) -> Page:
    page.goto("/account/login")
    cookie = signed_in_browser(site, ADMIN).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    page.goto(address)
    return page


def edges(page: Page) -> dict[str, float]:
    """How wide the edge of a box of each shade is, in pixels."""
    found: dict[str, float] = page.evaluate(
        """() => Object.fromEntries(["none", "few", "many", "most"].map(band =>
            [band, parseFloat(getComputedStyle(document.querySelector(`td.app-band--${band}`)).borderLeftWidth)]))"""
    )
    return found


def test_axe_finds_nothing_and_nothing_runs_off_the_side(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        no_faults(enter(visit.page, site))
        no_faults(enter(visit.page, site, "/admin/coverage?as_of=2001-01-01"))


def test_on_a_phone_every_box_has_its_place_beside_it(visits: Visits, site: Flask) -> None:
    with visits.visit(375, javascript=False) as visit:
        page = enter(visit.page, site)
        expect(page.locator("td").first).to_contain_text("Barnet")
        expect(page.locator("td .app-map__where").first).to_be_visible()
        expect(page.locator("thead").first).to_be_hidden()
        page.set_viewport_size({"width": 1280, "height": 800})
        expect(page.locator("td .app-map__where").first).to_be_hidden()
        expect(page.get_by_role("columnheader", name="Barnet").first).to_be_visible()
        expect(page.get_by_role("rowheader", name="Came as a refugee")).to_be_visible()


def test_shades_can_be_told_apart_where_the_system_chooses_the_colours(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site)
        page.emulate_media(forced_colors="active")
        widths = edges(page)
        assert 0 < widths["none"] < widths["few"] < widths["many"] < widths["most"]


def test_on_paper_there_is_the_whole_table_and_nothing_to_press(visits: Visits, site: Flask) -> None:
    with visits.visit(500) as visit:
        page = enter(visit.page, site)
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Show")).to_be_hidden()
        expect(page.get_by_role("link", name="Take these numbers out")).to_be_hidden()
        expect(page.locator("nav").first).to_be_hidden()
        expect(page.locator("thead").first).to_be_visible()
        expect(page.locator("td .app-map__where").first).to_be_hidden()


def test_another_day_is_chosen_with_the_form(visits: Visits, site: Flask) -> None:
    with visits.visit(javascript=False) as visit:
        page = enter(visit.page, site)
        page.get_by_label("Day").fill("2016-02-01")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("main")).to_contain_text("Nobody ends at a dead end on 1 February 2016")
