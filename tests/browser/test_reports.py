"""A reader says that something is wrong; the provider mends it and answers; the reader is told."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import (
    MINE,
    PUBLIC,
    WORKWELL,
    People,
    change,
    comes,
    follow,
    heading,
    press,
    she_sends,
    sign_in_at,
    the_admin_approves,
    told,
)
from tests.mail_server import Postbox, mail_server
from tests.web.manage_site import ADMIN, EDITOR, manage_site

pytestmark = pytest.mark.browser
READER, PHONE = "reader@example.net", "020 7946 0199"
TEXT = "The phone number leads to a bakery. <b>Really</b>"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@pytest.fixture
def box() -> Iterator[Postbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(tmp_path: Path, box: Postbox) -> Iterator[Flask]:
    with manage_site(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{box.port}") as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def letter(box: Postbox, to: str) -> str:
    """The text of the next letter to somebody; those to others are not looked at."""
    while True:
        found = box.next()
        if found["To"] == to:
            return str(found.get_content())


def path_in(text: str) -> str:
    found = LINK.search(text)
    assert found
    return found[1]


def a_reader_reports(page: Page) -> None:
    page.goto(PUBLIC)
    follow(page, "Something wrong here? Tell us")
    heading(page, "Tell us what is wrong")
    page.get_by_role("radio", name="The ways to get in touch").check()
    page.get_by_label("What is wrong?").fill(TEXT)
    page.get_by_label("Your email address (optional)").fill(READER)
    press(page, "Send")
    while page.get_by_text("That was very quick").is_visible():
        # Nobody types so fast. Nothing is lost, and sending it again after a moment will do.
        expect(page.get_by_label("What is wrong?")).to_have_value(TEXT)
        press(page, "Send")
    heading(page, "Thank you for telling us")
    follow(page, f"Back to {WORKWELL}")


def the_provider_mends_it(page: Page, box: Postbox) -> None:
    text = letter(box, EDITOR)
    assert f"> {TEXT}" in text
    assert READER not in text
    page.goto(path_in(text))
    expect(page.locator("main .app-lines")).to_have_text(TEXT)
    expect(page.locator("main")).not_to_contain_text(READER)
    page.goto(MINE)
    expect(page.get_by_role("link", name="One report to look at")).to_be_visible()
    change(page, "Ways to get in touch")
    page.get_by_role("button", name="Add another way").click()
    page.wait_for_load_state()
    page.get_by_label("What it is").last.select_option("phone")
    page.get_by_label("Number, address or words").last.fill(PHONE)
    press(page, "Save")
    follow(page, f"All parts of {WORKWELL}")
    she_sends(page)


def the_provider_answers(page: Page) -> None:
    page.goto(MINE)
    follow(page, "One report to look at")
    follow(page, "Answer report 1")
    page.get_by_role("radio", name="We put it right").check()
    page.get_by_role("textbox").fill("The number is new.")
    press(page, "Save the answer")
    told(page, "We send it to whoever reported this")
    expect(page.get_by_text("There is no report to look at.")).to_be_visible()


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, False)], ids=["phone", "desk-no-javascript"])
def test_from_a_report_to_the_answer(
    visits: Visits, site: Flask, box: Postbox, width: int, *, javascript: bool
) -> None:
    with ExitStack() as stack:
        phones, others = (People(visits, stack, at, javascript=javascript) for at in (375, width))
        reader, provider = phones.new(), sign_in_at(others.new(), site, EDITOR)
        a_reader_reports(reader)
        the_provider_mends_it(provider, box)
        the_admin_approves(sign_in_at(others.new(), site, ADMIN))
        the_provider_answers(provider)
        answer = letter(box, READER)
        assert "> The number is new." in answer
        assert comes(reader, path_in(answer), PHONE)


def test_every_page_of_it_is_free_of_faults(visits: Visits, site: Flask) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, 375, javascript=True)
        reader, provider, admin = people.new(), sign_in_at(people.new(), site, EDITOR), people.new()
        a_reader_reports(reader)
        for address in (f"{PUBLIC}/report/sent", f"{PUBLIC}/report"):
            reader.goto(address)
            no_faults(reader, PHONE_AND_DESK)
        reader.get_by_role("button", name="Send").click()
        expect(reader.locator(".govuk-error-summary")).to_be_focused()
        no_faults(reader, PHONE_AND_DESK)
        sign_in_at(admin, site, ADMIN).goto("/admin/reports")
        no_faults(admin, PHONE_AND_DESK)
        provider.goto(f"{MINE}/reports")
        no_faults(provider, PHONE_AND_DESK)
        provider.get_by_role("link", name="Answer report 1").click()
        heading(provider, "Answer a report")
        provider.get_by_role("button", name="Save the answer").click()
        expect(provider.locator(".govuk-error-summary")).to_be_focused()
        no_faults(provider, PHONE_AND_DESK)
        the_provider_answers(provider)
        no_faults(provider, PHONE_AND_DESK)
        provider.go_back()
        provider.reload()
        expect(provider.get_by_role("heading", name="This report is answered")).to_be_visible()
        no_faults(provider, PHONE_AND_DESK)
