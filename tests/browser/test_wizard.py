"""The check in a real browser, on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Visits
from tests.web.site import BACK_PAIN

pytestmark = pytest.mark.browser
STORED = """
    async () => [
        {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys(),
        (await navigator.serviceWorker.getRegistrations()).length, document.cookie, history.state, window.name,
    ]
"""
"""All the places where a page can keep something. The cookie with the answers is hidden from scripts."""
NOTHING = [{}, {}, [], [], 0, "", None, ""]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_home_page_to_the_results(visits: Visits, width: int, javascript: bool) -> None:
    with visits.visit(width, javascript=javascript) as visit:
        page = visit.page
        page.goto("/")
        page.get_by_role("main").get_by_role("button", name="Find what fits").or_(
            page.get_by_role("main").get_by_role("link", name="Find what fits")
        ).first.click()
        visit.go_through(BACK_PAIN)
        expect(page.locator("h1")).to_have_text("This fits you best")
        expect(page.locator("article").first).to_contain_text("WorkWell (North Central London)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width if javascript else True


def test_an_error_takes_the_focus(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.begin()
        visit.go_on()
        expect(visit.page).to_have_title(re.compile("^Error: .* – No Wrong Door$"))
        assert "govuk-error-summary" in visit.page.evaluate("document.activeElement.className")


def test_the_back_button_goes_through_the_questions(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.begin()
        first = visit.question
        visit.answer("not_sure")
        visit.page.go_back()
        assert visit.question == first
        expect(visit.page.locator("input[value=not_sure]")).to_be_checked()
        visit.page.go_forward()
        assert visit.question != first


def test_back_goes_past_a_mistake_without_sending_it_again(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.begin()
        first = visit.question
        visit.go_on()
        assert visit.page.title().startswith("Error: ")
        visit.answer("not_sure")
        visit.page.go_back()
        assert visit.question == first
        expect(visit.page.locator("input[value=not_sure]")).to_be_checked()


def test_none_of_these_unticks_the_others(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.begin()
        visit.page.goto("/check/benefits")
        visit.page.check("input[value=pip]")
        visit.page.check("input[value=none]")
        expect(visit.page.locator("input[value=pip]")).not_to_be_checked()


def test_exit_clears_the_answers_and_back_shows_nothing(visits: Visits) -> None:
    def weather(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")

    with visits.visit() as visit:
        page = visit.page
        page.context.route("https://www.bbc.co.uk/**", weather)
        visit.go_through(BACK_PAIN)
        page.get_by_role("button", name="Exit this page").click()
        expect(page.locator("h1")).to_have_text("Weather")
        assert page.context.cookies() == []
        page.go_back()
        expect(page.locator("h1")).to_have_text("Who needs help?")
        visit.calls[:] = [url for url in visit.calls if not url.startswith("https://www.bbc.co.uk/")]
        visit.complaints.clear()


def test_delete_my_answers(visits: Visits) -> None:
    with visits.visit(375) as visit:
        visit.begin()
        visit.page.get_by_role("button", name="Delete my answers now").click()
        expect(visit.page.locator("h1")).to_have_text("Your answers are deleted")
        assert visit.page.context.cookies() == []


def test_two_patients_in_two_tabs_do_not_mix(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.two_tabs()
        visit.page.reload()
        expect(visit.page.locator("h1")).to_have_text("This page belongs to an earlier check")
        visit.page.get_by_role("link", name="Go on with the newer check").click()
        expect(visit.page.locator("h1")).to_have_text("Check the answers")


def test_nothing_is_put_into_browser_storage_or_an_address(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.go_through(BACK_PAIN)
        page = visit.page
        page.goto("/check/age")
        visit.answer("97")
        page.goto("/check/answers")
        assert page.evaluate(STORED) == NOTHING
        assert [cookie["name"] for cookie in page.context.cookies()] == ["answers"]
        told = [*visit.calls, *page.evaluate("performance.getEntries().map(each => each.name)")]
        assert [address for address in told if any(mark in address for mark in ("back_or_neck", "camden", "=97"))] == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_every_way_to_get_in_touch_is_open(visits: Visits, javascript: bool) -> None:
    with visits.visit(javascript=javascript) as visit:
        visit.go_through(BACK_PAIN)
        folded = visit.page.locator("article").nth(1).get_by_text("You could say:")
        assert not shown(folded)
        visit.page.emulate_media(media="print")
        assert shown(folded)


def shown(place: Locator) -> bool:
    """Whether it takes room on the page. (What is folded away takes none.)"""
    return bool(place.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})"))
