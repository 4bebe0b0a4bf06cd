"""What another list says, in the browser: what differs from our page, and what becomes of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app.current import ENGINE
from tests.editing import live
from tests.twins import FEED, propose
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import ADMIN, LISTING, OTHER_ADMIN, manage_site, signed_in_browser

ADDRESS = f"/admin/proposals/{LISTING}"
NEWS = "Coaches help you start work, also at the library."
SEEN = re.compile(r'name="seen"\s+value="([^"]*)"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        propose(engine_of(app), LISTING, datetime.now(UTC), summary=NEWS)
        yield app


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions[ENGINE]
    return engine


def said(browser: Browser, act: str, html: str = "") -> TestResponse:
    seen = SEEN.search(html or browser.get(ADDRESS).text)
    return browser.send(ADDRESS, "/account", act=act, seen=seen[1] if seen else "")


def test_what_differs_is_made_a_draft_and_approved(site: Flask) -> None:
    browser = signed_in_browser(site, ADMIN)
    html = browser.get("/admin/proposals").text
    assert (f'href="{ADDRESS}"' in html, FEED.replace("'", "&#39;") in html, problems(html, site)) == (True, True, [])
    html = browser.get(ADDRESS).text
    assert problems(html, site) == []
    assert "also at the library" in html
    made = said(browser, "draft")
    assert (made.status_code, made.location) == (303, f"/admin/approvals/{LISTING}")
    approval = browser.get(made.location).text
    assert f"Written by {FEED}" in Page(approval).text
    hidden = dict(re.findall(r'name="(seen|sign-[^"]*)"\s+value="([^"]*)"', approval))
    browser.send(made.location, "/account", **hidden, all="accept")
    assert live(engine_of(site), LISTING).summary == NEWS
    assert "No other list says anything" in browser.get("/admin/proposals").text
    assert browser.get(ADDRESS).status_code == 404


def test_ours_is_left_and_whoever_comes_later_is_told(site: Flask) -> None:
    browser, other = signed_in_browser(site, ADMIN), signed_in_browser(site, OTHER_ADMIN)
    html = other.get(ADDRESS).text
    propose(engine_of(site), LISTING, datetime.now(UTC), summary=f"{NEWS} On Mondays.")
    moved = said(other, "leave", html)
    assert (moved.status_code, "says something else now" in moved.text) == (409, True)
    assert problems(moved.text, site) == []
    assert said(browser, "leave").location == "/admin/proposals"
    assert "stays as it is" in browser.get("/admin/proposals").text
    late = said(other, "draft", html)
    assert (late.status_code, "Nothing of this listing waits any more" in Page(late.text).text) == (409, True)
    trail = Page(browser.get("/admin/audit").text).text
    assert ("Left as it was" in trail, FEED in trail) == (True, True)
