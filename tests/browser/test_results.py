"""The results as a text to send, in Easy Read and on paper, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import no_faults
from tests.browser.conftest import Visits
from tests.browser.visit import Visit
from tests.web.site import BACK_PAIN, Answers

pytestmark = pytest.mark.browser
DANGER: Answers = {"goals": ["urgent_help"]}
TO_TEXT = "Get this as a text to copy into a message"
TO_EASY = "Easy Read: large, with one idea a line"


@pytest.mark.parametrize("link", [TO_TEXT, TO_EASY])
@pytest.mark.parametrize("answers", [BACK_PAIN, DANGER, {}], ids=["fits", "danger", "nothing said"])
def test_no_violations_and_nothing_sideways(visits: Visits, answers: Answers, link: str) -> None:
    with visits.visit() as visit:
        visit.go_through(answers)
        visit.page.get_by_role("link", name=link).click()
        no_faults(visit.page)


def come_to_text(visit: Visit) -> str:
    visit.go_through(BACK_PAIN)
    visit.page.get_by_role("link", name=TO_TEXT).click()
    return visit.page.get_by_label("The text").input_value()


def test_one_press_copies_the_text(visits: Visits) -> None:
    with visits.visit(375) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        text = come_to_text(visit)
        visit.page.get_by_role("button", name="Copy the text").click()
        expect(visit.page.locator("[data-copied]")).to_have_text("Copied. You can paste it now.")
        assert visit.page.evaluate("navigator.clipboard.readText()") == text


def test_where_the_browser_does_not_copy_the_text_is_marked(visits: Visits) -> None:
    with visits.visit(375) as visit:
        text = come_to_text(visit)
        visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        visit.page.get_by_role("button", name="Copy the text").click()
        expect(visit.page.locator("[data-copied]")).to_contain_text("The text is marked.")
        marked = visit.page.get_by_label("The text").evaluate(
            "one => one.value.slice(one.selectionStart, one.selectionEnd)"
        )
        assert marked == text


def test_without_javascript_the_text_is_there_and_no_button_that_does_nothing(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        assert come_to_text(visit).startswith("WorkWell")
        expect(visit.page.get_by_role("button", name="Copy the text")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_easy_read_and_back(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        visit.go_through(BACK_PAIN)
        visit.page.get_by_role("link", name=TO_EASY).click()
        expect(visit.page.locator("h1")).to_have_text("What may help")
        visit.page.get_by_role("link", name="Go to the full results").last.click()
        expect(visit.page.locator("h1")).to_have_text("This fits you best")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_word_is_explained_beside_it(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        visit.begin()
        visit.page.goto("/check/benefits")
        meaning = visit.page.get_by_text("Limited capability for work and work-related activity.")
        expect(meaning).to_be_hidden()
        visit.page.get_by_text("What the words mean").click()
        expect(meaning).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_paper_has_no_controls_and_no_folded_lines(visits: Visits, javascript: bool) -> None:
    with visits.visit(javascript=javascript) as visit:
        visit.go_through(BACK_PAIN)
        visit.page.emulate_media(media="print")
        for control in (
            visit.page.get_by_role("button", name="Exit this page"),
            visit.page.get_by_role("button", name="Delete my answers now"),
            visit.page.get_by_role("link", name=TO_TEXT),
            visit.page.get_by_role("link", name=TO_EASY),
            visit.page.get_by_text("Not for you, because …"),
            visit.page.get_by_text("What the words mean").first,
        ):
            expect(control).to_be_hidden()
        expect(visit.page.get_by_text("Will it affect my benefits?").first).to_be_visible()
        expect(visit.page.get_by_text("0808 196 2386").first).to_be_visible()


def test_without_javascript_no_button_promises_to_print(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        visit.go_through(BACK_PAIN)
        expect(visit.page.get_by_role("button", name="Print this page")).to_be_hidden()
