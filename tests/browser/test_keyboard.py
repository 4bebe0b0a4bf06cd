"""The keyboard alone: it reaches all that can be used on a page, and finishes the check."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.states import CHECK
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
MOST_TABS = 300
"""After the last place the focus leaves the page, and comes back at its top."""
NAMED = """
    () => {
        window.named = one => one.type === "radio" ? "radio " + one.name
            : [...document.querySelectorAll("*")].indexOf(one) + " " + one.outerHTML.slice(0, 80);
    }
"""
"""Of a group of radios Tab reaches one; the arrows do the rest."""
USABLE = """
    () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter(one => one.checkVisibility({contentVisibilityAuto: true}) && one.type !== "hidden" && !one.disabled)
        .map(window.named)
"""
FOCUSED = "() => document.activeElement === document.body ? null : window.named(document.activeElement)"
SHOWN = """
    () => {
        const one = document.activeElement, style = getComputedStyle(one);
        const beside = one.labels?.length ? getComputedStyle(one.labels[0], "::before") : style;
        return [style, beside].some(each => each.boxShadow !== "none" || each.outlineStyle !== "none");
    }
"""
"""Whether one sees where the focus is: radios and boxes are drawn before their labels."""


@pytest.mark.parametrize(
    "name", ["start", "question, number", "error, several answers", "answers", "results, fits", "urgent", "deleted"]
)
def test_tab_reaches_all_that_can_be_used_and_shows_where_it_is(visits: Visits, name: str) -> None:
    with visits.visit(375) as visit:
        come: Callable[[Visit], object] = CHECK[name]
        come(visit)
        page = visit.page
        page.evaluate(NAMED)
        wanted, reached = set(page.evaluate(USABLE)), set[str]()
        page.evaluate("document.activeElement.blur()")
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused in reached:
                break
            if focused:
                reached.add(focused)
                assert page.evaluate(SHOWN), f"no sign of the focus on {focused}"
        assert wanted - reached == set()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_the_check_can_be_finished_with_the_keyboard(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        page.goto("/check")
        while visit.question != "results":
            tab_to(page, "main form input")
            if page.locator(":focus").get_attribute("type") == "text":
                page.keyboard.type("42")
            else:
                page.keyboard.press("Space")
            tab_to(page, "main form button")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        expect(page.locator("article").first).to_be_visible()


def tab_to(page: Page, place: str) -> None:
    """Presses Tab until the focus is on something of that kind."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(":focus").and_(page.locator(place)).count():
            return
    pytest.fail(f"Tab never came to {place} on {page.url}")
