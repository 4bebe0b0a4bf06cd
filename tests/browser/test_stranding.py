"""The story of a change that leaves people with no programme: blocked, explained, published with a reason, undone."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.actions.editing import drafts
from app.current import ENGINE
from app.directory.editing.edited_rules import EditedCondition
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.visit import too_wide
from tests.browser.ways import every_way
from tests.editing import write
from tests.web.manage_site import ADMIN, EDITOR, LISTING, manage_site, signed_in_as, signed_in_browser

pytestmark = pytest.mark.browser
WORKWELL = "WorkWell (North Central London)"
SEND, APPROVAL = f"/manage/{LISTING}/send", f"/admin/approvals/{LISTING}"
HISTORY, PUBLIC = f"/manage/{LISTING}/history", f"/services/{LISTING}"
OLDER = EditedCondition(question="age", at_least="60", text="For people aged 60 and over.")
LEFT = "People would be left with no programme."
WHY = "The money is for older people now."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """Somebody has written that WorkWell is for people aged 60 and over. It is not sent yet."""
    with manage_site(tmp_path) as app:
        engine = app.extensions[ENGINE]
        who = signed_in_as(engine)
        (rule,) = drafts.managed(engine, who, LISTING).edited.rules
        narrower = rule.model_copy(update={"everyone": (*rule.everyone, OLDER)})
        write(engine, who, LISTING, rules=(narrower,), now=datetime.now(UTC))
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def enter(page: Page, site: Flask, email: str, address: str) -> Page:
    page.goto("/account/login")
    cookie = signed_in_browser(site, email).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    page.goto(address)
    return page


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    size = page.viewport_size
    assert size
    assert too_wide(page, size["width"]) == []


def becomes(page: Page, text: str, *, there: bool) -> bool:
    """Whether the text is soon on the public page, or gone from it: each process looks for news once a second."""
    for _ in range(20):
        page.goto(PUBLIC)
        if bool(page.get_by_text(text).count()) is there:
            return True
        page.wait_for_timeout(250)
    return False


def the_editor_reads_what_it_does_and_sends_it(page: Page) -> None:
    impact = page.get_by_role("region", name="What this changes for people")
    expect(impact).to_contain_text(LEFT)
    expect(impact).to_contain_text("People who live outside the five boroughs")
    expect(impact).to_contain_text("Something else would come first for these people")
    impact.get_by_text("Who they are").first.click()
    press(page, "Send for approval")
    expect(page.get_by_role("status")).to_contain_text("Your changes are sent.")


def the_admin_is_stopped_and_reads_why(page: Page) -> None:
    press(page, "Accept all changes")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("People would be left with no programme or service.")
    impact = page.get_by_role("region", name="What the changes that you accept do for people")
    expect(impact).to_contain_text("People who live outside the five boroughs")
    expect(page.get_by_role("radio", name="Accept", exact=True)).to_be_checked()
    summary.get_by_role("link", name="Tick the box").click()
    expect(page.get_by_label("Publish although people are left with no programme")).to_be_focused()


def the_admin_says_yes_without_a_reason(page: Page) -> None:
    page.get_by_label("Publish although people are left with no programme").check()
    press(page, "Save what I decided")
    expect(page.get_by_role("alert")).to_contain_text("Say why, in three words or more.")
    expect(page.get_by_label("Publish although people are left with no programme")).to_be_checked()


def the_admin_says_why(page: Page) -> None:
    page.get_by_label("Why?").fill(WHY)
    press(page, "Save what I decided")
    expect(page.get_by_role("status")).to_contain_text("One change is public now.")


def the_editor_brings_back_what_was(page: Page) -> None:
    page.goto(HISTORY)
    newest = page.locator(".app-version").first
    expect(newest).to_contain_text(f"Published although people are left with no programme: {WHY}")
    page.get_by_role("link", name="Version 1", exact=True).click()
    press(page, "Bring this version back")
    page.goto(SEND)
    expect(page.locator("#impact")).to_contain_text("Nobody is left without a programme.")
    press(page, "Send for approval")


@every_way
def test_blocked_explained_published_with_a_reason_and_undone(
    visits: Visits, site: Flask, width: int, javascript: bool
) -> None:
    with ExitStack() as stack:
        editor, admin, public = (stack.enter_context(visits.visit(width, javascript=javascript)).page for _ in range(3))
        the_editor_reads_what_it_does_and_sends_it(enter(editor, site, EDITOR, SEND))
        the_admin_is_stopped_and_reads_why(enter(admin, site, ADMIN, APPROVAL))
        public.goto(PUBLIC)
        expect(public.get_by_text(OLDER.text)).to_have_count(0)
        the_admin_says_yes_without_a_reason(admin)
        the_admin_says_why(admin)
        assert becomes(public, OLDER.text, there=True)
        the_editor_brings_back_what_was(enter(editor, site, EDITOR, HISTORY))
        admin.goto(APPROVAL)
        press(admin, "Accept all changes")
        expect(admin.get_by_role("status")).to_contain_text("public now.")
        assert becomes(public, OLDER.text, there=False)


@pytest.mark.parametrize("state", ["before it is sent", "before it is approved", "blocked", "in the history"])
def test_everybody_can_use_these_pages(visits: Visits, site: Flask, state: str) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, EDITOR, SEND)
        if state != "before it is sent":
            press(page, "Send for approval")
            enter(page, site, ADMIN, APPROVAL)
        if state in {"blocked", "in the history"}:
            press(page, "Accept all changes")
        if state == "in the history":
            the_admin_says_yes_without_a_reason(page)
            the_admin_says_why(page)
            page.goto(HISTORY)
        for fold in page.locator("details.app-fold > summary").all():
            fold.click()
        no_faults(page, PHONE_AND_DESK)
