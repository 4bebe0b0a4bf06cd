"""Several people at browsers of their own, and what each of them does there."""

from contextlib import ExitStack

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit, too_wide
from tests.web.manage_site import LISTING, signed_in_browser

WORKWELL = "WorkWell (North Central London)"
PUBLIC, MINE = f"/services/{LISTING}", f"/manage/{LISTING}"


class People:
    """Everybody at a browser of their own, all of one kind."""

    def __init__(self, visits: Visits, stack: ExitStack, width: int, *, javascript: bool) -> None:
        self._visits, self._stack = visits, stack
        self._width, self._javascript = width, javascript

    def new(self) -> Page:
        visit = self._stack.enter_context(self._visits.visit(self._width, javascript=self._javascript))
        visit.page.set_default_timeout(20_000)
        return visit.page


def press(page: Page, name: str) -> None:
    """A button that leads to a page, or to the same one again; nothing of it runs off the side."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    looked_at(page)


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()
    looked_at(page)


def looked_at(page: Page) -> None:
    size = page.viewport_size
    assert size
    assert too_wide(page, size["width"]) == []


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text)


def told(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def comes(page: Page, address: str, text: str) -> bool:
    """Whether a page has the text soon: each process looks for news once a second."""
    for _ in range(20):
        page.goto(address)
        if text in page.locator("main").inner_text():
            return True
        page.wait_for_timeout(250)
    return False


def change(page: Page, part: str) -> None:
    """Presses where the words are that one sees: the link begins with one that is only read out."""
    link = page.get_by_role("link", name=f"Change {part}", exact=True)
    with page.expect_navigation():
        link.click(position={"x": 20, "y": 12})
    looked_at(page)


def she_sends(page: Page) -> None:
    press(page, "Send for approval")
    heading(page, "Send these changes for approval")
    press(page, "Send for approval")
    expect(page.get_by_role("heading", name="Your changes wait for approval")).to_be_visible()


def the_admin_approves(page: Page, listing: str = LISTING) -> None:
    page.goto(f"/admin/approvals/{listing}")
    press(page, "Accept all changes")
    told(page, "public now.")


def the_wizard_says(page: Page, text: str) -> None:
    """To somebody in Islington who is off sick."""
    visit = Visit(page)
    visit.go_through(
        {
            "asking_for": "me",
            "goals": ["keep_job"],
            "lives_in": "islington",
            "age": "42",
            "health": "yes",
            "work_status": "off_sick",
            "conditions": ["back_or_neck"],
        }
    )
    result = page.get_by_role("article").filter(has=page.get_by_role("link", name=WORKWELL, exact=True))
    expect(result).to_contain_text(text)
    looked_at(page)


def text_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()


def sign_in_at(page: Page, site: Flask, email: str) -> Page:
    """Somebody who has signed in before."""
    page.goto("/account/login")
    cookie = signed_in_browser(site, email).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    return page
