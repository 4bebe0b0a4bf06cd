"""Approval and history in a real browser: with and without JavaScript, on a phone and on a desk."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.actions.editing import drafts
from app.current import ENGINE
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.visit import too_wide
from tests.editing import write
from tests.web.manage_site import ADMIN, LISTING, manage_site, signed_in_as, signed_in_browser

pytestmark = pytest.mark.browser
ADDRESS = f"/admin/approvals/{LISTING}"
SUMMARY = "Two Work and Health coaches help you start work, stay in work, or go back after time off sick."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """A new summary and one note more wait for approval."""
    with manage_site(tmp_path) as app:
        engine, now = app.extensions[ENGINE], datetime.now(UTC)
        editor = signed_in_as(engine)
        stands = write(engine, editor, LISTING, summary=SUMMARY, now=now)
        stands = write(engine, editor, LISTING, notes=(*stands.edited.notes, "Ring first."), now=now)
        drafts.send(engine, editor, LISTING, stands.seen, now)
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def enter(page: Page, site: Flask, address: str) -> Page:
    page.goto("/account/login")
    cookie = signed_in_browser(site, ADMIN).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    page.goto(address)
    return page


def comes(page: Page, text: str) -> bool:
    """Whether the text is there soon: each process looks for news once a second."""
    for _ in range(20):
        if page.get_by_text(text).count():
            return True
        page.wait_for_timeout(250)
        page.reload()
    return False


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
@pytest.mark.parametrize("width", [375, 1280])
def test_an_admin_accepts_one_change_and_sends_one_back(
    visits: Visits, site: Flask, width: int, javascript: bool
) -> None:
    with visits.visit(width, javascript=javascript) as visit:
        page = enter(visit.page, site, "/admin/approvals")
        page.get_by_role("link", name="WorkWell (North Central London)").click()
        summary = page.get_by_role("region", name="Summary")
        expect(summary.locator("ins").first).to_contain_text("Two")
        summary.get_by_role("radio", name="Accept").check()
        page.get_by_role("region", name="Good to know").get_by_role("radio", name="Send back").check()
        assert too_wide(page, width) == []
        page.get_by_role("button", name="Save what I decided").click()
        page.get_by_role("link", name="Say why you send it back").click()
        expect(page.get_by_label("Comment on “Good to know”")).to_be_focused()
        page.get_by_label("Comment on “Good to know”").fill("On which number?")
        page.get_by_role("button", name="Save what I decided").click()
        expect(page.get_by_role("status")).to_contain_text("One change is public now. One change went back")
        page.goto(f"/services/{LISTING}")
        assert comes(page, SUMMARY)
        expect(page.get_by_text("Ring first.")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "fold"),
    [
        ("/admin/approvals", ""),
        (ADDRESS, ""),
        (f"/manage/{LISTING}/history", "What changed"),
        (f"/manage/{LISTING}/history/1", "How the page differs today"),
    ],
)
def test_everybody_can_use_these_pages(visits: Visits, site: Flask, address: str, fold: str) -> None:
    with visits.visit() as visit:
        if fold:
            enter(visit.page, site, ADDRESS).get_by_role("button", name="Accept all changes").click()
        page = enter(visit.page, site, address)
        if fold:
            page.locator("summary", has_text=re.compile(fold)).first.click()
        no_faults(page, PHONE_AND_DESK)


def test_a_page_with_problems_can_be_used_by_everybody(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, ADDRESS)
        with page.expect_navigation():
            page.get_by_role("button", name="Save what I decided").click()
        no_faults(page, PHONE_AND_DESK)
