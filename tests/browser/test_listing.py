"""A listing in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser


def test_a_small_number_leads_to_its_source_though_the_list_is_folded(visits: Visits) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        page.goto("/services/workwell-ncl")
        source = page.locator("#source-4")
        expect(source).not_to_be_visible()
        page.locator("a[href='#source-4']").first.click()
        expect(source).to_be_in_viewport()
        page.reload()
        expect(source).to_be_visible()


def test_without_javascript_the_sources_can_be_read(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        page = visit.page
        page.goto("/services/workwell-ncl")
        page.locator("a[href='#source-4']").first.click()
        expect(page.locator("#source-4")).to_be_in_viewport()


def test_on_paper_the_sources_are_open(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services/workwell-ncl")
        expect(page.locator("#source-4")).not_to_be_visible()
        page.emulate_media(media="print")
        assert page.locator("#source-4").evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")


def test_from_the_results_to_a_listing_and_back(visits: Visits) -> None:
    with visits.visit(375) as visit:
        visit.go_through({"goals": ["keep_job"], "lives_in": "camden", "health": "yes"})
        page = visit.page
        page.locator("article h2 a").first.click()
        page.get_by_role("link", name="Back to your results").click()
        expect(page.locator("article").first).to_be_visible()
