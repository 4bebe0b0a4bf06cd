"""The referral texts in a real browser: one press copies each, and the letter alone goes on one sheet of paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.actions.referral import PROFESSIONALS
from tests.browser.axe import no_faults
from tests.browser.conftest import Visits
from tests.browser.visit import Visit
from tests.seeds import open_listings
from tests.web.site import BACK_PAIN

pytestmark = pytest.mark.browser
REFERRAL = "/services/workwell-ncl/referral"
BOXES = {"record": "For the record", "letter": "Letter", "message": "For the patient"}
A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.parametrize("box", BOXES)
def test_one_press_copies_a_text(visits: Visits, box: str) -> None:
    with visits.visit(375) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.page.goto(REFERRAL)
        visit.page.get_by_role("button", name=f"Copy the {box}").click()
        expect(visit.page.locator("[data-copied]")).to_contain_text("Copied.")
        expect(visit.page.locator("[data-copied]")).to_be_in_viewport()
        assert (
            visit.page.evaluate("navigator.clipboard.readText()") == visit.page.get_by_label(BOXES[box]).input_value()
        )


def test_without_javascript_the_texts_are_there_and_no_button_that_does_nothing(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        visit.page.goto(REFERRAL)
        for label in BOXES.values():
            assert visit.page.get_by_label(label).input_value()
        assert visit.page.locator("main button").filter(visible=True).count() == 0


def test_the_letter_alone_is_printed(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.page.goto(REFERRAL)
        expect(visit.page.locator(".app-letter")).to_be_hidden()
        letter = visit.page.get_by_label(BOXES["letter"]).input_value()
        visit.page.emulate_media(media="print")
        printed = visit.page.locator("body").inner_text()
        assert printed.split()[:3] == ["[Your", "name", "and"]
        assert printed.split() == letter.replace("- ", " ").split()


def test_every_letter_fits_on_one_sheet(visits: Visits) -> None:
    """Of nobody in particular, whose letters are the longest: every condition is still to check."""
    with visits.visit() as visit:
        letters = 0
        for listing in open_listings():
            if PROFESSIONALS & {route.route for route in listing.referral}:
                visit.page.goto(f"/services/{listing.id}/referral")
                if visit.page.locator("#letter").count():
                    letters += 1
                    assert len(A_PAGE.findall(visit.page.pdf(format="A4"))) == 1, listing.id
        assert letters


def test_where_there_is_no_letter_the_record_is_printed(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.page.goto("/services/acas-helpline/referral")
        visit.page.emulate_media(media="print")
        assert visit.page.locator("body").inner_text().split()[:4] == ["Told", "about:", "Acas", "helpline"]


def in_danger(visit: Visit) -> None:
    visit.go_through({"asking_for": "patient", "goals": ["urgent_help"]})
    visit.page.goto(REFERRAL)


def not_suitable(visit: Visit) -> None:
    visit.go_through({**BACK_PAIN, "asking_for": "patient", "lives_in": "barnet", "gp_borough": "barnet"})
    visit.page.goto("/services/good-work-camden/referral")


@pytest.mark.parametrize("state", [in_danger, not_suitable])
def test_a_page_that_sends_nothing_can_be_used_by_everybody(visits: Visits, state: Callable[[Visit], None]) -> None:
    with visits.visit() as visit:
        state(visit)
        assert visit.page.locator("textarea").count() == 1
        no_faults(visit.page)


def test_in_danger_the_key_opens_the_page_and_copies_nothing(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.go_through({"asking_for": "patient", "goals": ["urgent_help"]})
        page.goto("/services?q=workwell")
        page.evaluate("navigator.clipboard.writeText('as it was')")
        page.locator("[data-hit]").first.focus()
        page.keyboard.press("c")
        page.wait_for_url("**/referral*")
        expect(page.locator(".app-urgent")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "as it was"
