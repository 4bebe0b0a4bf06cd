"""My listings, one listing, and what becomes of a draft."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select
from werkzeug.test import TestResponse

from app.actions.editing import drafts
from app.actions.editing.publication import Made, publish
from app.database import writing
from app.models import ListingDraft
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.filled_form import filled_form
from tests.web.manage_site import ADMIN, EDITOR, LISTING, STRANGER, manage_site, signed_in_as, signed_in_browser

MINE = f"/manage/{LISTING}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def editor(site: Flask) -> Browser:
    return signed_in_browser(site, EDITOR)


def rewrite(browser: Browser, summary: str = "A coach helps you.") -> None:
    address = f"{MINE}/edit/about"
    form = filled_form(browser.get(address).text)
    form["summary"] = summary
    assert browser.client.post(address, data=form, headers={"Referer": "http://localhost/manage"}).status_code == 303


def press(browser: Browser, what: str) -> TestResponse:
    """Confirms sending or throwing away, as the page shows it."""
    page = browser.get(f"{MINE}/{what}").text
    seen = next(one["value"] or "" for one in Page(page).all("input") if one.get("name") == "seen")
    return browser.send(f"{MINE}/{what}", f"{MINE}/{what}", seen=seen)


def shown(browser: Browser, address: str = MINE) -> str:
    return Page(browser.get(address).text).text


def test_an_editor_sees_the_listings_of_their_organisation_alone(site: Flask, editor: Browser) -> None:
    page = editor.get("/manage")
    assert problems(page.text, site) == []
    assert f'href="{MINE}"' in page.text
    assert 'href="/manage/iwork"' not in page.text
    assert 'href="/manage/iwork"' in signed_in_browser(site, STRANGER).get("/manage").text


def test_an_admin_sees_all_and_finds_one_by_name_or_organisation(site: Flask) -> None:
    admin = signed_in_browser(site, ADMIN)
    everything = admin.get("/manage")
    assert problems(everything.text, site) == []
    assert f'href="{MINE}"' in everything.text
    assert 'href="/manage/iwork"' in everything.text
    found = admin.get("/manage?q=workwell+ncl").text + admin.get("/manage?q=shaw+trust").text
    assert found.count(f'href="{MINE}"') >= 1
    assert 'href="/manage/iwork"' not in found
    nothing = admin.get("/manage?q=%3Cscript%3E")
    assert "No listing has this name." in nothing.text
    assert problems(nothing.text, site) == []


def test_what_wants_doing_comes_first_in_words(site: Flask) -> None:
    admin = signed_in_browser(site, ADMIN)
    rewrite(admin)
    first = admin.get("/manage").text
    assert first.index(f'href="{MINE}"') == min(
        first.index(f'href="/manage/{id_}"') for id_ in (LISTING, "iwork", "acas-helpline")
    )
    assert "Changes not sent yet" in first
    press(admin, "send")
    assert "Waits for approval" in admin.get("/manage").text


def test_a_listing_says_what_stands_in_each_part_and_what_is_changed(site: Flask, editor: Browser) -> None:
    page = editor.get(MINE)
    assert problems(page.text, site) == []
    assert page.headers["Cache-Control"] == "no-store"
    assert "0808 196 2386" in page.text
    assert "Barnet · Camden · Enfield · Haringey · Islington" in page.text
    assert "Changed</strong>" not in page.text
    assert "How is it today?" in page.text
    rewrite(editor)
    changed = editor.get(MINE)
    assert changed.text.count("Changed</strong>") == 1
    assert "You have changes that are not sent yet" in changed.text
    assert problems(changed.text, site) == []


def test_a_preview_is_the_public_page_with_the_changes(site: Flask, editor: Browser) -> None:
    assert editor.get(f"{MINE}/preview").location == MINE
    rewrite(editor, "A coach helps you, says the preview.")
    page = editor.get(f"{MINE}/preview")
    assert problems(page.text, site) == []
    assert "Preview. Nobody else sees this yet." in page.text
    assert page.text.count("A coach helps you, says the preview.") == 2
    assert "How it will look in the search" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "says the preview" not in site.test_client().get(f"/services/{LISTING}").text


def test_what_came_back_says_why_where_it_is_written(site: Flask, editor: Browser) -> None:
    rewrite(editor)
    with writing(site.extensions["engine"]) as session:
        draft = session.exec(select(ListingDraft)).one()
        draft.state, draft.comments = "returned", {"summary": "Say for whom it is."}
        session.add(draft)
    assert "Came back with comments" in editor.get("/manage").text
    for address in (MINE, f"{MINE}/edit/about"):
        page = editor.get(address)
        assert "Say for whom it is." in page.text
        assert problems(page.text, site) == []
    assert "Say for whom it is." not in editor.get(f"{MINE}/edit/notes").text


def test_what_the_public_page_says_meanwhile_stands_beside_the_draft(site: Flask, editor: Browser) -> None:
    rewrite(editor)
    engine = site.extensions["engine"]
    live = drafts.managed(engine, signed_in_as(engine), LISTING).listing
    with writing(engine) as session:
        newer = live.model_copy(update={"summary": "The team changed this."})
        publish(session, newer, Made("edited", ("somebody@example.org",)), datetime.now(UTC))
    for address in (MINE, f"{MINE}/edit/about"):
        page = editor.get(address)
        assert "It now says: The team changed this." in " ".join(page.text.split())
        assert problems(page.text, site) == []


def test_changes_are_read_once_more_and_sent(site: Flask, editor: Browser) -> None:
    rewrite(editor)
    confirm = editor.get(f"{MINE}/send")
    assert problems(confirm.text, site) == []
    assert "A coach helps you." in confirm.text
    assert press(editor, "send").location == MINE
    page = editor.get(MINE)
    assert "Your changes are sent." in page.text
    assert "Your changes wait for approval" in page.text
    assert problems(page.text, site) == []
    waiting = editor.get(f"{MINE}/edit/about")
    assert waiting.location == MINE
    assert editor.send(f"{MINE}/take-back", MINE).location == MINE
    assert editor.get(f"{MINE}/edit/about").status_code == 200


def test_a_draft_that_moved_on_is_not_sent_unread(editor: Browser) -> None:
    rewrite(editor)
    answer = editor.send(f"{MINE}/send", f"{MINE}/send", seen="an older one")
    assert answer.location == MINE
    assert "Read it again, and then send it." in shown(editor)
    assert "Waits for approval" not in editor.get("/manage").text


def test_mistakes_stand_in_the_way_of_sending(site: Flask, editor: Browser) -> None:
    rewrite(editor, "")
    engine = site.extensions["engine"]
    seen = drafts.managed(engine, signed_in_as(engine), LISTING).seen
    refused = editor.send(f"{MINE}/send", MINE, seen=seen)
    assert refused.status_code == 422
    assert problems(refused.text, site) == []
    assert f'href="{MINE}/edit/about#summary"' in refused.text
    listing = editor.get(MINE).text
    assert "One thing to put right" in listing
    assert f'href="{MINE}/send"' not in listing
    assert "There is no preview yet" in editor.get(f"{MINE}/preview").text


def test_changes_are_thrown_away_after_a_question(site: Flask, editor: Browser) -> None:
    rewrite(editor)
    question = editor.get(f"{MINE}/discard")
    assert problems(question.text, site) == []
    assert "A coach helps you." in question.text
    assert press(editor, "discard").location == MINE
    assert "A coach helps you." not in editor.get(f"{MINE}/edit/about").text
    assert editor.get(f"{MINE}/discard").location == MINE
    assert "There are no changes here." in shown(editor)


def test_who_is_not_signed_in_is_led_to_the_log_in(site: Flask) -> None:
    nobody = Browser(site)
    for address in ("/manage", MINE, f"{MINE}/edit/about", f"{MINE}/preview", f"{MINE}/send", f"{MINE}/discard"):
        answer = nobody.get(address)
        assert answer.status_code == 303
        assert (answer.location or "").startswith("/account/login")
