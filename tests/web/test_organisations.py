"""Organisations, as the directory team meets them."""

import re

import pytest
from flask import Flask

from tests.web.account_site import ADMIN, TOKEN, Browser
from tests.web.checker import Page, problems

LIST, HARBOUR, NEW = "/admin/organisations", "/admin/organisations/harbour", "/admin/organisations/new"
SEEN = re.compile(r'name="seen"\s+value="([^"]+)"')
WORDS = {"name": "Harbour", "description": "It helps everybody.", "url": "www.harbour.example", "aliases": "The H"}


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in(ADMIN)
    browser.enrol()
    return browser


def opened(browser: Browser) -> dict[str, str]:
    return unseen(browser.get(HARBOUR).text)


def unseen(html: str) -> dict[str, str]:
    """What the form of an organisation sends back that nobody sees."""
    token, seen = TOKEN.search(html), SEEN.search(html)
    assert token
    assert seen
    return {"csrf_token": token[1], "seen": seen[1]}


def test_the_list_says_how_many_owners_are_missing(admin: Browser) -> None:
    shown = Page(admin.get(LIST).text).text
    assert "Harbour 0 listings. One owner: needs a second." in shown
    assert "Quay 0 listings. No owner: needs two." in shown


def test_a_change_is_saved_and_shown(admin: Browser) -> None:
    assert admin.post(HARBOUR, **opened(admin), **WORDS).location == HARBOUR
    shown = admin.get(HARBOUR).text
    assert "Saved. Everybody sees it now." in shown
    assert 'value="https://www.harbour.example"' in shown
    assert "It helps everybody.</textarea>" in shown


def test_mistakes_are_said_and_what_was_typed_stays(admin: Browser) -> None:
    answer = admin.post(HARBOUR, **opened(admin), **{**WORDS, "description": "", "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.text.count("Say in a sentence what the organisation does.") == 2
    assert page.text.count("Enter the whole web address") == 2
    assert 'value="javascript:alert(1)"' in answer.text
    assert admin.post(HARBOUR, **unseen(answer.text), **WORDS).status_code == 303


def test_a_stale_form_shows_both_and_can_be_sent_again(admin: Browser) -> None:
    first, second = opened(admin), opened(admin)
    admin.post(HARBOUR, **first, **{**WORDS, "description": "Theirs."})
    answer = admin.post(HARBOUR, **second, **{**WORDS, "description": "Mine."})
    assert answer.status_code == 409
    shown = Page(answer.text).text
    assert "Somebody else changed this while you were writing" in shown
    assert "Theirs." in shown
    assert "Mine.</textarea>" in answer.text
    assert admin.post(HARBOUR, **unseen(answer.text), **{**WORDS, "description": "Mine."}).status_code == 303
    assert "Mine.</textarea>" in admin.get(HARBOUR).text


def test_a_mistake_in_a_stale_form_does_not_hide_that_it_is_stale(admin: Browser) -> None:
    stale = opened(admin)
    admin.post(HARBOUR, **opened(admin), **WORDS)
    assert admin.post(HARBOUR, **stale, **{**WORDS, "name": ""}).status_code == 409


def test_an_organisation_is_added(admin: Browser) -> None:
    assert "None" not in admin.get(NEW).text, "an empty form is empty"
    answer = admin.send(NEW, NEW, name="The New One", description="It is new.")
    assert answer.location == "/admin/organisations/the-new-one"
    shown = Page(admin.get(answer.location).text).text
    assert "In web addresses it is the-new-one. That never changes." in shown
    twice = admin.send(NEW, NEW, name="the new one", description="Again.")
    assert twice.status_code == 422
    assert "There is an organisation with this name." in twice.text


def test_every_page_about_organisations_is_well_made(accounts: Flask, admin: Browser) -> None:
    pages = [admin.get(page) for page in (LIST, HARBOUR, NEW)]
    stale = opened(admin)
    admin.post(HARBOUR, **opened(admin), **WORDS)
    pages += [admin.send(NEW, NEW, name=""), admin.post(HARBOUR, **stale, **{**WORDS, "name": "<b>"})]
    for page in pages:
        assert problems(page.text, accounts) == [], page.request.path
    assert admin.get("/admin/organisations/nowhere").status_code == 404
