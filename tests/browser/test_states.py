"""What goes wrong in the middle of a check, in a real browser: each time a sentence, and a way on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit
from tests.web.site import BACK_PAIN

pytestmark = pytest.mark.browser
with_and_without = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def said(page: Page, text: str) -> None:
    expect(page.locator("main")).to_contain_text(text)


def answers_so_far(page: Page) -> str:
    page.goto("/check/answers")
    return page.locator("main").inner_text()


def expired(page: Page) -> None:
    """An hour without use: the browser drops the cookie."""
    page.context.clear_cookies()


def tampered(page: Page) -> None:
    (cookie,) = page.context.cookies()
    value = cookie["value"]
    middle = len(value) // 2
    other = "A" if value[middle] != "A" else "B"
    changed = value[:middle] + other + value[middle + 1 :]
    page.context.add_cookies(
        [{"name": cookie["name"], "value": changed, "domain": cookie["domain"], "path": cookie["path"]}]
    )


LOST = pytest.mark.parametrize("lose", [expired, tampered])


@LOST
@with_and_without
def test_an_answer_after_the_cookie_is_lost_is_not_saved_and_that_is_said(
    visits: Visits, lose: Callable[[Page], None], javascript: bool
) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        visit.begin()
        visit.answer("not_sure")
        lose(page)
        visit.answer("not_sure")
        heading(page, "We did not save that answer")
        said(page, "Your earlier answers are gone.")
        page.get_by_role("link", name="Start again").click()
        heading(page, "Who needs help?")
        visit.go_through(BACK_PAIN)
        heading(page, "This fits you best")


@LOST
def test_a_page_opened_after_the_cookie_is_lost_shows_nothing_of_before(
    visits: Visits, lose: Callable[[Page], None]
) -> None:
    with visits.visit(375, javascript=False) as visit:
        page = visit.page
        visit.go_through(BACK_PAIN)
        lose(page)
        page.reload()
        heading(page, "Who needs help?")
        said(page, "There are no answers in this browser now.")


@with_and_without
def test_changing_an_answer_says_which_others_went_and_keeps_the_rest(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        visit.go_through(BACK_PAIN | {"disabled": "yes"})
        page.goto("/check/disabled")
        visit.answer("yes")
        page.goto("/check/answers")
        page.get_by_role("link", name="Change the answer to: Do you have a health condition").click()
        visit.answer("no")
        heading(page, "Check the answers")
        said(page, "You changed an answer. We removed these answers, because they no longer apply:")
        expect(page.locator("main .govuk-list--bullet")).to_contain_text("Would you say you are disabled?")
        said(page, "Camden")


def test_back_and_another_answer_changes_it(visits: Visits) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        visit.begin()
        asked = visit.question
        visit.answer("not_sure")
        page.go_back()
        visit.answer("prefer_not_to_say")
        expect(page.locator("h1")).not_to_have_text("We did not save that answer")
        assert visit.question != asked
        assert "I'm not sure" not in answers_so_far(page)
        assert "Prefer not to say" in answers_so_far(page)


@with_and_without
def test_back_after_delete_shows_nothing(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        visit.go_through(BACK_PAIN)
        page.get_by_role("button", name="Delete my answers now").click()
        heading(page, "Your answers are deleted")
        for _ in range(3):
            page.go_back()
            heading(page, "Who needs help?")
            assert "Camden" not in page.locator("body").inner_html()


def test_exit_without_javascript_clears_the_answers_and_back_shows_nothing(visits: Visits) -> None:
    def weather(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")

    with visits.visit(375, javascript=False) as visit:
        page = visit.page
        page.context.route("https://www.bbc.co.uk/**", weather)
        visit.go_through(BACK_PAIN)
        page.get_by_role("link", name="Exit this page").or_(
            page.get_by_role("button", name="Exit this page")
        ).first.click()
        heading(page, "Weather")
        assert page.context.cookies() == []
        page.go_back()
        heading(page, "Who needs help?")
        visit.calls[:] = [url for url in visit.calls if not url.startswith("https://www.bbc.co.uk/")]


@with_and_without
def test_two_clicks_on_continue_give_one_answer(visits: Visits, javascript: bool) -> None:
    with visits.visit(375, javascript=javascript) as visit:
        page = visit.page
        page.goto("/check")
        page.check("input[value=me]")
        page.get_by_role("button", name="Continue").dblclick()
        # Not wait_for_url: the second click breaks off the first one's way.
        expect(page).to_have_url(re.compile(r"/check/\w+"))
        page.wait_for_load_state()
        asked = visit.question
        page.check("main input[value=not_sure]")
        page.get_by_role("button", name="Continue").dblclick()
        expect(page).not_to_have_url(re.compile(asked))
        page.wait_for_load_state()
        page.goto("/check/answers")
        expect(page.locator(".govuk-summary-list__row")).to_have_count(2)


def test_the_same_answer_sent_again_changes_nothing(visits: Visits) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        visit.begin()
        visit.answer("not_sure")
        following = visit.question
        page.go_back()
        visit.go_on()
        assert visit.question == following
        page.goto("/check/answers")
        expect(page.locator(".govuk-summary-list__row")).to_have_count(2)


def test_one_person_in_two_tabs_is_one_check(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.begin()
        other = Visit(visit.page.context.new_page())
        other.page.goto(visit.page.url)
        other.answer("not_sure")
        visit.answer("prefer_not_to_say")
        expect(visit.page.locator("h1")).not_to_have_text("We did not save that answer")
        other.page.reload()
        page = other.page
        page.goto("/check/answers")
        expect(page.locator(".govuk-summary-list__row")).to_have_count(2)
        said(page, "Prefer not to say")


def test_an_answer_in_the_first_patients_tab_is_not_given_to_the_second(visits: Visits) -> None:
    with visits.visit() as visit:
        visit.two_tabs()
        page = visit.page
        page.check("main input[value=prefer_not_to_say]")
        visit.go_on()
        heading(page, "We did not save that answer")
        said(page, "Answers about two people must not mix")
        assert "Prefer not to say" not in answers_so_far(page)


@with_and_without
def test_a_question_that_no_longer_applies_leads_on_and_saves_nothing(visits: Visits, javascript: bool) -> None:
    with visits.visit(javascript=javascript) as visit:
        page = visit.page
        visit.begin()
        page.goto("/check/work_status")
        visit.answer("unemployed")
        page.goto("/check/out_of_work_for")
        other = Visit(page.context.new_page())
        other.page.goto("/check/work_status")
        other.answer("in_work")
        visit.answer("12_months_or_more")
        assert visit.question not in {"out_of_work_for", "work_status"}
        said(page, "That question does not apply to these answers. We saved nothing from it.")
        text = answers_so_far(page)
        assert "In a job" in text
        assert "12 months or more" not in text


def test_results_with_no_answers_yet_say_that_more_could_change_them(visits: Visits) -> None:
    with visits.visit(375) as visit:
        page = visit.page
        visit.begin()
        page.goto("/check/results")
        said(page, "More answers could still change this list.")
        said(page, "People you can always talk to")
        page.get_by_role("heading", name="One more answer could change this list").locator("..").get_by_role(
            "link"
        ).click()
        expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_nothing_chosen_asks_again_and_keeps_what_was_answered(visits: Visits) -> None:
    with visits.visit(375, javascript=False) as visit:
        page = visit.page
        visit.begin()
        visit.answer("not_sure")
        visit.go_on()
        said(page, "There is a problem")
        said(page, "If you do not know, choose “I'm not sure”.")
        visit.answer("not_sure")
        page.goto("/check/answers")
        expect(page.locator(".govuk-summary-list__row")).to_have_count(3)
