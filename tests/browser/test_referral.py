"""The referral texts in a real browser: one press copies each, and the letter alone goes on one sheet of paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
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


def test_the_longest_letters_fit_on_one_sheet(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.go_through({**BACK_PAIN, "lives_in": "barnet"})
        for id_ in _with_most_to_say():
            visit.page.goto(f"/services/{id_}/referral")
            assert len(A_PAGE.findall(visit.page.pdf(format="A4"))) == 1, id_


def _with_most_to_say() -> list[str]:
    most = sorted(open_listings(), key=lambda listing: len(str(listing)))[-6:]
    return [*(listing.id for listing in most), "care-leavers-programme", "connect-to-work"]
