"""Search in a real browser: with JavaScript, without it, and when the connection fails."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser


def test_typing_changes_the_results_and_the_address(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("#q").press_sequentially("back pain", delay=20)
        expect(page.locator("#results-heading")).to_contain_text("for “back pain”")
        assert "q=back%20pain" in page.url
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.activeElement.id") == "q"


def test_results_are_announced_once(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("#q").press_sequentially("sick note", delay=20)
        expect(page.locator("#results-heading")).to_contain_text("sick note")
        assert page.locator("#search-status").text_content() == ""
        expect(page.locator("#search-status")).to_contain_text("for “sick note”", timeout=4000)


def test_the_borough_filter_works_at_once(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.get_by_text("Only services for one borough").click()
        page.get_by_label("Camden").check()
        expect(page.locator("#results-heading")).to_contain_text("in Camden")
        assert "borough=camden" in page.url


def test_paging_moves_the_focus_and_back_brings_the_whole_page(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.get_by_role("link", name="Next page").click()
        expect(page.locator("#results-heading")).to_contain_text("21 to")
        assert page.evaluate("document.activeElement.id") == "results-heading"
        assert "page=2" in page.url
        page.go_back()
        expect(page.locator("#results-heading")).to_contain_text("1 to 20")
        assert page.locator("header").count() == 1


def test_back_from_a_listing_brings_the_whole_page(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("#q").press_sequentially("workwell", delay=20)
        expect(page.locator("#results-heading")).to_contain_text("for “workwell”")
        page.get_by_role("link", name="WorkWell (North Central London)").first.click()
        expect(page.locator("h1")).to_have_text("WorkWell (North Central London)")
        page.go_back()
        expect(page.locator("#results-heading")).to_contain_text("for “workwell”")
        assert page.locator("header").count() == 1


def test_a_lost_connection_is_said(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.route("**/services?*", lambda route: route.abort())
        page.locator("#q").press_sequentially("pain", delay=20)
        expect(page.get_by_role("alert")).to_contain_text("There is no connection.")
        visit.complaints.clear()
        page.unroute("**/services?*")
        page.locator("#q").press_sequentially(" back", delay=20)
        expect(page.locator("#results-heading")).to_contain_text("pain back")
        expect(page.locator("#search-failure")).to_be_empty()


def test_a_failing_server_is_said(visits: Visits) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=500, body="no")

    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.route("**/services?*", fail)
        page.locator("#q").press_sequentially("pain", delay=20)
        expect(page.get_by_role("alert")).to_contain_text("The search failed on our side.")
        visit.complaints.clear()


def test_slash_goes_to_the_box_until_turned_off(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        expect(page.locator("[data-shortcut]")).to_be_visible()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        assert page.input_value("#q") == ""
        page.get_by_role("button", name="Turn these keys off").click()
        page.reload()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") != "q"


def test_without_javascript(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        page = visit.page
        page.goto("/")
        page.fill("#q", "sick note")
        page.get_by_role("button", name="Search").click()
        expect(page.locator("#results-heading")).to_contain_text("for “sick note”")
        page.get_by_text("Only services for one borough").click()
        page.get_by_label("Barnet").check()
        page.get_by_role("button", name="Search").click()
        expect(page.locator("#results-heading")).to_contain_text("in Barnet")
        page.goto("/services")
        page.get_by_role("link", name="Next page").click()
        expect(page.locator("#results-heading")).to_contain_text("21 to")


def test_danger_is_announced_before_the_results(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("#q").press_sequentially("suicide", delay=20)
        expect(page.locator("#urgent-title")).to_be_visible()
        expect(page.locator("#search-status")).to_contain_text(
            "If you or someone else is in danger, get help now. If you were looking for a service", timeout=4000
        )
