"""Approval in the browser: what waits, what changed, and what an admin's decision does."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts
from app.current import ENGINE
from app.database import writing
from app.models import UserAccount
from tests.editing import decide, live, publish_beside, write
from tests.mail_server import Postbox, mail_server
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    OTHER_ADMIN,
    OWNER,
    SECOND,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

ADDRESS = f"/admin/approvals/{LISTING}"
SUMMARY = "Two Work and Health coaches help you start work, stay in work, or go back after time off sick."
HIDDEN = re.compile(r'name="(seen|sign-[^"]*)"\s+value="([^"]*)"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


def now() -> datetime:
    return datetime.now(UTC)


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions[ENGINE]
    return engine


def a_sent_draft(app: Flask, email: str = EDITOR) -> SignedIn:
    """A new summary, and an answer to “is it free”."""
    engine = engine_of(app)
    who = signed_in_as(engine, email)
    stands = write(engine, who, LISTING, summary=SUMMARY, now=now())
    practical = {**stands.edited.model_dump()["practical"], "free": {"answer": "yes", "text": "It costs nothing."}}
    stands = write(engine, who, LISTING, practical=practical, now=now())
    drafts.send(engine, who, LISTING, stands.seen, now())
    return who


def decided(browser: Browser, page: str = "", **fields: str) -> TestResponse:
    """Sends the form as the page shows it, or as an older ``page`` did, with these fields filled in."""
    hidden = dict(HIDDEN.findall(page or browser.get(ADDRESS).text))
    return browser.send(ADDRESS, "/account", **{**hidden, **fields})


ACCEPT_SUMMARY = {"decision-summary": "accept"}
RETURN_FREE = {"decision-practical-free": "return", "comment-practical-free": "Is it free for all?"}


def test_what_waits_is_listed_the_longest_first(site: Flask) -> None:
    browser = signed_in_browser(site, ADMIN)
    assert "Nothing waits for approval." in browser.get("/admin/approvals").text
    a_sent_draft(site)
    engine = engine_of(site)
    admin = signed_in_as(engine, OTHER_ADMIN)
    later = write(engine, admin, "iwork", summary="Help with finding work.", now=now())
    drafts.send(engine, admin, "iwork", later.seen, now())
    html = browser.get("/admin/approvals").text
    assert html.index(f'href="{ADDRESS}"') < html.index('href="/admin/approvals/iwork"')
    assert f"Sent by {EDITOR}" in Page(html).text
    assert problems(html, site) == []


def test_each_change_is_shown_with_the_words_that_differ(site: Flask) -> None:
    a_sent_draft(site)
    html = signed_in_browser(site, ADMIN).get(ADDRESS).text
    assert problems(html, site) == []
    text = Page(html).text
    assert f"Written by {EDITOR}" in text
    assert re.search(r"<del><span[^>]*>taken out: </span>A</del>", html)
    assert re.search(r"<ins><span[^>]*>new: </span>Two</ins>", html)
    assert "Is it free?" in text
    assert f'href="/manage/{LISTING}/preview"' in html
    assert "checked" not in html, "nothing is decided before somebody decides"


def test_what_is_accepted_is_public_and_the_rest_goes_back(site: Flask) -> None:
    a_sent_draft(site)
    browser = signed_in_browser(site, ADMIN)
    answer = decided(browser, **ACCEPT_SUMMARY, **RETURN_FREE)
    assert (answer.status_code, answer.location) == (303, "/admin/approvals")
    told = Page(browser.get("/admin/approvals").text).text
    assert "One change is public now. One change went back with your comments." in told
    assert live(engine_of(site), LISTING).summary == SUMMARY
    assert "free" not in live(engine_of(site), LISTING).practical
    assert "Is it free for all?" in signed_in_browser(site, EDITOR).get(f"/manage/{LISTING}").text


def test_all_can_be_accepted_with_one_button(site: Flask) -> None:
    a_sent_draft(site)
    browser = signed_in_browser(site, ADMIN)
    assert decided(browser, all="accept", note="They rang us.").status_code == 303
    listing = live(engine_of(site), LISTING)
    assert (listing.summary, listing.practical["free"].text) == (SUMMARY, "It costs nothing.")
    assert "They rang us." in browser.get(f"/manage/{LISTING}/history").text


def test_what_is_not_decided_is_asked_for(site: Flask) -> None:
    a_sent_draft(site)
    answer = decided(signed_in_browser(site, ADMIN), **{"decision-practical-free": "return", "note": "A note."})
    assert answer.status_code == 422
    assert problems(answer.text, site) == []
    assert 'href="#decision-summary"' in answer.text
    assert 'href="#comment-practical-free"' in answer.text
    assert "A note." in answer.text
    assert live(engine_of(site), LISTING).summary != SUMMARY


def test_a_draft_that_moved_is_looked_at_again_and_nothing_written_is_lost(site: Flask) -> None:
    who = a_sent_draft(site)
    browser = signed_in_browser(site, ADMIN)
    before = browser.get(ADDRESS).text
    engine = engine_of(site)
    drafts.take_back(engine, who, LISTING, now())
    stands = write(engine, who, LISTING, summary="Another text altogether.", now=now())
    drafts.send(engine, who, LISTING, stands.seen, now())
    answer = decided(browser, before, **ACCEPT_SUMMARY, **RETURN_FREE, **{"comment-summary": "Good.", "note": "Rang."})
    assert answer.status_code == 409
    assert problems(answer.text, site) == []
    page = Page(answer.text)
    checked = [one["id"] for one in page.all("input") if "checked" in one]
    assert len(checked) == 1, "the change that is the same keeps its choice, and the other one is asked about again"
    assert (checked[0] or "").startswith("decision-practical-free")
    for written in ("Good.", "Is it free for all?", "Rang."):
        assert written in answer.text
    assert live(engine, LISTING).summary not in {SUMMARY, "Another text altogether."}


def test_a_draft_that_somebody_else_decided_gives_back_what_was_written(site: Flask) -> None:
    a_sent_draft(site)
    browser = signed_in_browser(site, ADMIN)
    before = browser.get(ADDRESS).text
    decide(engine_of(site), signed_in_as(engine_of(site), OTHER_ADMIN), LISTING, now=now())
    answer = decided(browser, before, **RETURN_FREE)
    assert answer.status_code == 409
    assert "Is it free for all?" in answer.text
    assert problems(answer.text, site) == []


def test_admins_do_not_approve_what_they_wrote(site: Flask) -> None:
    a_sent_draft(site, ADMIN)
    html = signed_in_browser(site, ADMIN).get(ADDRESS).text
    assert "Another admin has to approve it." in Page(html).text
    assert 'type="radio"' not in html
    answer = decided(signed_in_browser(site, ADMIN), all="accept")
    assert answer.status_code == 403
    assert live(engine_of(site), LISTING).summary != SUMMARY
    assert decided(signed_in_browser(site, OTHER_ADMIN), all="accept").status_code == 303


def test_the_only_admin_is_told_that_the_history_will_say_so(site: Flask) -> None:
    with writing(engine_of(site)) as session:
        session.get_one(UserAccount, signed_in_as(engine_of(site), OTHER_ADMIN).user_id).disabled_at = now()
    a_sent_draft(site, ADMIN)
    browser = signed_in_browser(site, ADMIN)
    sentence = "You wrote some of this. You are the only admin, so you may approve it. The history will say so."
    assert sentence in Page(browser.get(ADDRESS).text).text
    assert decided(browser, all="accept").status_code == 303
    assert "Approved by the only admin, who wrote it" in Page(browser.get(f"/manage/{LISTING}/history").text).text


def test_what_clashes_with_the_page_is_said(site: Flask) -> None:
    a_sent_draft(site)
    engine = engine_of(site)
    was = live(engine, LISTING).summary
    publish_beside(engine, LISTING, "The page was changed.", now())
    text = Page(signed_in_browser(site, ADMIN).get(ADDRESS).text).text
    assert "The page was changed here after this draft was begun." in text
    assert was in text


def test_a_listing_is_not_closed_while_others_lead_to_it(site: Flask) -> None:
    engine = engine_of(site)
    admin = signed_in_as(engine, OTHER_ADMIN)
    closing: dict[str, Any] = {"status": "closed", "status_note": "It ended.", "see_instead": ("iwork",)}
    stands = write(engine, admin, "jobcentre-plus", now=now(), **closing)
    drafts.send(engine, admin, "jobcentre-plus", stands.seen, now())
    browser, address = signed_in_browser(site, ADMIN), "/admin/approvals/jobcentre-plus"
    hidden = dict(HIDDEN.findall(browser.get(address).text))
    answer = browser.send(address, "/account", **hidden, all="accept")
    assert answer.status_code == 422
    assert "Change them first, and then close it." in Page(answer.text).text
    assert live(engine, "jobcentre-plus").status != "closed"


def test_a_listing_that_is_not_there(site: Flask) -> None:
    browser = signed_in_browser(site, ADMIN)
    assert browser.get("/admin/approvals/no-such-listing").status_code == 404
    nothing = browser.get(ADDRESS)
    assert nothing.status_code == 404
    assert problems(nothing.text, site) == []


@pytest.mark.parametrize("email", [EDITOR, OWNER])
def test_providers_do_not_approve(site: Flask, email: str) -> None:
    a_sent_draft(site)
    browser = signed_in_browser(site, email)
    for address in ("/admin/approvals", ADDRESS):
        assert browser.get(address).status_code == 403
    assert browser.send(ADDRESS, "/account", all="accept").status_code == 403
    assert live(engine_of(site), LISTING).summary != SUMMARY


def test_words_that_look_like_code_are_shown_as_words(site: Flask) -> None:
    engine = engine_of(site)
    who = signed_in_as(engine)
    stands = write(engine, who, LISTING, notes=("<img src=x onerror=alert(1)> & more",), now=now())
    drafts.send(engine, who, LISTING, stands.seen, now())
    browser = signed_in_browser(site, ADMIN)
    assert "<img src=x" not in browser.get(ADDRESS).text
    assert decided(browser, all="accept").status_code == 303
    for address in (f"/manage/{LISTING}/history", f"/manage/{LISTING}/history/2"):
        assert "<img src=x" not in browser.get(address).text


# E-mails


def test_whoever_wrote_it_and_the_owners_are_told_what_became_of_it(tmp_path: Path) -> None:
    with mail_server() as box, _site_with_mail(tmp_path, box) as app:
        a_sent_draft(app, SECOND)
        decided(signed_in_browser(app, ADMIN), **ACCEPT_SUMMARY, **RETURN_FREE)
        letters = {str(letter["To"]): letter.get_content() for letter in (box.next(), box.next())}
    assert letters.keys() == {SECOND, OWNER}
    for text in letters.values():
        assert "One change of the listing “WorkWell (North Central London)” is public now." in text
        assert "One change came back to you." in text
        assert "Is it free?: Is it free for all?" in text
        assert f"https://directory.example/manage/{LISTING}" in text.split()


def test_the_directory_team_is_told_that_something_waits(tmp_path: Path) -> None:
    with mail_server() as box, _site_with_mail(tmp_path, box) as app:
        stands = write(engine_of(app), signed_in_as(engine_of(app)), LISTING, summary=SUMMARY, now=now())
        address = f"/manage/{LISTING}/send"
        assert signed_in_browser(app).send(address, address, seen=stands.seen).status_code == 303
        letters = {str(letter["To"]): letter for letter in (box.next(), box.next())}
    assert letters.keys() == {ADMIN, OTHER_ADMIN}
    assert all(one["Subject"] == "Changes to approve: WorkWell (North Central London)" for one in letters.values())
    text = letters[ADMIN].get_content()
    assert f"{EDITOR} sent changes" in text
    assert f"https://directory.example{ADDRESS}" in text.split()


def test_a_mail_server_that_is_away_stops_nobody(tmp_path: Path) -> None:
    with manage_site(tmp_path, SMTP_URL="smtp://127.0.0.1:9", SITE_URL="https://directory.example") as app:
        a_sent_draft(app)
        assert decided(signed_in_browser(app, ADMIN), all="accept").status_code == 303
        assert live(engine_of(app), LISTING).summary == SUMMARY


def _site_with_mail(folder: Path, box: Postbox) -> AbstractContextManager[Flask]:
    return manage_site(folder, SMTP_URL=f"smtp://127.0.0.1:{box.port}", SITE_URL="https://directory.example")
