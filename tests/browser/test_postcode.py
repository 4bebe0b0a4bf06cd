"""A postcode in place of a borough, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import no_faults
from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def give(visit: Visit, postcode: str) -> None:
    """Gives a postcode as somebody on a phone does: types it, and presses the key that goes on."""
    visit.page.goto("/check/lives_in")
    visit.page.get_by_label("Or give a postcode").fill(postcode)
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_postcode_gives_the_borough(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        visit.begin()
        give(visit, "nw12db")
        assert visit.question not in {"lives_in", "check"}
        visit.page.goto("/check/lives_in")
        expect(visit.page.get_by_label("Camden")).to_be_checked()
        expect(visit.page.get_by_label("Or give a postcode")).to_have_value("")
        assert not any("12db" in url.casefold() for url in visit.calls)


@pytest.mark.parametrize("javascript", [True, False])
def test_where_it_is_split_the_borough_is_chosen_and_that_is_all(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        visit.begin()
        give(visit, "N4 3AB")
        expect(visit.page.locator("#answer-error")).to_contain_text("This postcode lies in Haringey or Islington.")
        expect(visit.page.get_by_label("Or give a postcode")).to_have_value("")
        visit.answer("islington")
        assert visit.question != "lives_in"


def test_the_error_leads_to_the_field(visits: Visits) -> None:
    with visits.visit(375) as visit:
        visit.begin()
        give(visit, "Camden Town")
        visit.page.get_by_role("link", name="This does not look like a postcode.").click()
        expect(visit.page.get_by_label("Or give a postcode")).to_be_focused()


@pytest.mark.parametrize("postcode", ["", "Camden Town", "N4 3AB"])
def test_no_violations(visits: Visits, postcode: str) -> None:
    with visits.visit() as visit:
        visit.begin()
        give(visit, postcode)
        no_faults(visit.page)
