"""A professional with a patient in the room: from an empty page to the copied referral text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.textContent"


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def found(page: Page, words: str) -> None:
    expect(page.locator("#results-heading")).to_contain_text(f"for “{words}”")


def mark_as_in_camden(page: Page) -> None:
    page.locator("summary", has_text="For one patient or client").click()
    page.get_by_label("Lives in").select_option("camden")
    page.get_by_role("button", name="Mark what fits").click()
    expect(page.locator(".app-person__facts")).to_contain_text("Camden")


def test_by_keyboard_alone_from_an_empty_page_to_the_copied_text(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/services")
        page.keyboard.press("/")
        page.keyboard.type("back pain", delay=20)
        found(page, "back pain")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FOCUSED) == "WorkWell (North Central London)"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("c")
        expect(page.locator("#search-status")).to_contain_text("Copied the referral text for WorkWell")
        assert "WorkWell (North Central London)" in copied(page)
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "q"


def test_the_person_is_marked_by_keyboard_and_forgotten_with_one_key(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services?q=back+pain")
        page.locator("summary", has_text="For one patient or client").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("Camden")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".app-person__facts")).to_contain_text("Camden")
        page.locator("h1").click()
        page.keyboard.press("n")
        expect(page.locator(".app-person__facts")).to_have_count(0)


def test_letters_that_are_typed_into_a_box_are_letters(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        mark_as_in_camden(page)
        page.locator("#q").press_sequentially("nc/", delay=20)
        assert page.locator("#q").input_value() == "nc/"
        expect(page.locator(".app-person__facts")).to_contain_text("Camden")


def test_the_keys_can_be_turned_off(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        mark_as_in_camden(page)
        page.get_by_role("button", name="Turn these keys off").click()
        page.locator("h1").click()
        page.keyboard.press("n")
        expect(page.locator(".app-person__facts")).to_contain_text("Camden")


def test_by_touch_on_a_phone_to_the_copied_text(visits: Visits) -> None:
    with visits.visit(375, touch=True) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/services?q=back+pain")
        page.locator("summary", has_text="For one patient or client").tap()
        page.get_by_label("Lives in").select_option("camden")
        page.get_by_role("button", name="Mark what fits").tap()
        page.get_by_role("link", name="Referral text for WorkWell").tap()
        page.get_by_role("button", name="Copy the record").tap()
        expect(page.locator("[data-copied]")).to_contain_text("Copied.")
        assert "They live in Camden." in copied(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_back_brings_the_results_with_the_person_and_the_address_stays_clean(visits: Visits, javascript: bool) -> None:
    with visits.visit(javascript=javascript) as visit:
        page = visit.page
        page.goto("/services?q=back+pain")
        mark_as_in_camden(page)
        page.get_by_role("link", name="WorkWell (North Central London)").first.click()
        expect(page.locator("h1")).to_contain_text("WorkWell")
        page.go_back()
        found(page, "back pain")
        expect(page.locator(".app-person__facts")).to_contain_text("Camden")
        assert page.url.endswith("/services?q=back+pain")


def test_what_was_typed_before_the_person_was_marked_is_still_searched_for(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("#q").press_sequentially("sick note", delay=20)
        found(page, "sick note")
        mark_as_in_camden(page)
        found(page, "sick note")


def test_a_new_person_is_not_brought_back_by_the_back_button(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services?q=back+pain")
        mark_as_in_camden(page)
        page.get_by_role("button", name="New person").click()
        expect(page.locator(".app-person__facts")).to_have_count(0)
        page.go_back()
        expect(page.locator("#q")).to_be_visible()
        assert page.locator(".app-person__facts").count() == 0


def test_two_tabs_with_two_patients_never_mix(visits: Visits) -> None:
    with visits.visit() as visit:
        first = visit.page
        first.context.grant_permissions(["clipboard-read", "clipboard-write"])
        first.goto("/services?q=back+pain")
        mark_as_in_camden(first)
        second = first.context.new_page()
        second.goto("/services?q=back+pain")
        second.get_by_role("button", name="New person").click()
        second.locator("summary", has_text="For one patient or client").click()
        second.get_by_label("Lives in").select_option("enfield")
        second.get_by_role("button", name="Mark what fits").click()
        expect(second.locator(".app-person__facts")).to_contain_text("Enfield")
        second.close()
        first.locator("[data-hit]").first.focus()
        first.keyboard.press("c")
        expect(first.locator("h1")).to_contain_text("This page belongs to an earlier check")
        first.goto("/services?q=back+pain")
        expect(first.locator(".app-person__facts")).to_contain_text("Enfield")


def test_typing_on_in_an_earlier_tab_shows_whole_pages_alone(visits: Visits) -> None:
    with visits.visit() as visit:
        first = visit.page
        first.goto("/services?q=back+pain")
        mark_as_in_camden(first)
        second = first.context.new_page()
        second.goto("/services/person/new")
        second.close()
        first.locator("#q").press_sequentially("s", delay=20)
        expect(first.locator(".app-person__facts")).to_have_count(0)
        assert first.locator(".app-tag--may, .app-tag--fits").count() == 0


def test_an_arrow_waits_for_the_results_of_what_was_typed(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services?q=carer")
        page.locator("#q").fill("macmillan")
        page.keyboard.press("ArrowDown")
        found(page, "macmillan")
        page.wait_for_function("document.activeElement.matches('[data-hit]')")
        assert "Macmillan" in page.evaluate(FOCUSED)


def test_what_was_just_typed_goes_with_the_person(visits: Visits) -> None:
    with visits.visit() as visit:
        page = visit.page
        page.goto("/services")
        page.locator("summary", has_text="For one patient or client").click()
        page.get_by_label("Lives in").select_option("camden")
        page.locator("#q").fill("sick note")
        page.get_by_role("button", name="Mark what fits").click()
        found(page, "sick note")
