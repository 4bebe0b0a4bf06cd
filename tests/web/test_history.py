"""The history in the browser: every version, the page as it was, and bringing one back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.actions.editing import drafts
from app.current import ENGINE
from tests.editing import decide, live, publish_beside, write
from tests.web.checker import Page, problems
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    OWNER,
    STRANGER,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

ADDRESS = f"/manage/{LISTING}/history"
FIRST = f"{ADDRESS}/1"
SUMMARY = "Two Work and Health coaches help you start work, stay in work, or go back after time off sick."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """WorkWell with a second version: a new summary, and more than one goal less."""
    with manage_site(tmp_path) as app:
        engine = engine_of(app)
        editor, now = signed_in_as(engine), datetime.now(UTC)
        write(engine, editor, LISTING, summary=SUMMARY, now=now)
        stands = write(engine, editor, LISTING, goals=("find_job",), now=now)
        drafts.send(engine, editor, LISTING, stands.seen, now)
        decide(engine, signed_in_as(engine, ADMIN), LISTING, note="They rang us.", now=now)
        yield app


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions[ENGINE]
    return engine


@pytest.mark.parametrize("email", [EDITOR, OWNER, ADMIN])
def test_every_version_is_listed_with_who_and_what(site: Flask, email: str) -> None:
    html = signed_in_browser(site, email).get(ADDRESS).text
    text = Page(html).text
    assert problems(html, site) == []
    assert text.index("Version 2") < text.index("Version 1")
    assert f"Written by {EDITOR}. Approved by {ADMIN}. Note: They rang us." in text
    assert "Brought in from files." in text
    assert "coach helps" in text
    assert "find_job" not in text, "goals are named, and not given by their ids"


def test_a_long_history_is_read_page_by_page(site: Flask) -> None:
    for number in range(51):
        publish_beside(engine_of(site), LISTING, f"{number} coaches.", datetime.now(UTC))
    browser = signed_in_browser(site)
    newest = browser.get(ADDRESS).text
    assert newest.count('app-version"') == 50
    assert f'href="{ADDRESS}?before=4"' in newest
    older = browser.get(f"{ADDRESS}?before=4").text
    assert older.count('app-version"') == 3
    assert "(public now)" in newest
    assert "(public now)" not in older
    assert problems(older, site) == []
    assert browser.get(f"{ADDRESS}?before={'9' * 30}").text.count('app-version"') == 50
    assert "There are no older versions." in browser.get(f"{ADDRESS}?before=1").text


def test_a_version_is_shown_as_the_page_was(site: Flask) -> None:
    answer = signed_in_browser(site).get(FIRST)
    page = Page(answer.text)
    assert problems(answer.text, site) == []
    assert "A Work and Health coach helps you start work" in page.text
    assert "Version 1, public from" in answer.text
    assert "How the page differs today" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "This is what the page says today." in signed_in_browser(site).get(f"{ADDRESS}/2").text


def test_a_version_is_brought_back_as_a_draft(site: Flask) -> None:
    browser = signed_in_browser(site)
    answer = browser.send(f"{FIRST}/restore", FIRST)
    assert (answer.status_code, answer.location) == (303, f"/manage/{LISTING}")
    assert "The older version is a draft now." in browser.get(f"/manage/{LISTING}").text
    engine = engine_of(site)
    assert live(engine, LISTING).summary == SUMMARY, "it is not public before somebody approves it"
    stands = drafts.managed(engine, signed_in_as(engine), LISTING)
    assert {one.field for one in stands.changes} == {"summary", "goals"}


def test_a_version_is_not_brought_back_over_a_draft(site: Flask) -> None:
    engine = engine_of(site)
    write(engine, signed_in_as(engine), LISTING, summary="Three coaches.", now=datetime.now(UTC))
    answer = signed_in_browser(site).send(f"{FIRST}/restore", FIRST)
    assert answer.status_code == 409
    assert "There is a draft already. Send it or throw it away first." in answer.text
    assert problems(answer.text, site) == []
    assert drafts.managed(engine, signed_in_as(engine), LISTING).edited.summary == "Three coaches."


def test_the_history_is_for_those_who_look_after_the_listing(site: Flask) -> None:
    stranger = signed_in_browser(site, STRANGER)
    for address in (ADDRESS, FIRST):
        assert stranger.get(address).status_code == 403
        assert site.test_client().get(address).status_code == 303
    assert stranger.send(f"{FIRST}/restore", "/account").status_code == 403
    assert drafts.managed(engine_of(site), signed_in_as(engine_of(site)), LISTING).draft is None


@pytest.mark.parametrize(
    "address", ["/manage/no-such-listing/history", f"{ADDRESS}/99", f"{ADDRESS}/0", f"{ADDRESS}/{'9' * 30}"]
)
def test_what_is_not_there(site: Flask, address: str) -> None:
    assert signed_in_browser(site).get(address).status_code == 404
