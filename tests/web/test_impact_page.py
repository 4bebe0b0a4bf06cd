"""What a change does to people is told before it is sent and before it is approved, and nobody is left out unseen."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app.actions.editing import drafts
from app.current import ENGINE
from app.directory.editing.edit_checks import Mistake
from app.directory.editing.edited_rules import EditedCondition
from app.web.manage.impact import impact_of_draft
from tests.editing import live, write
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import ADMIN, EDITOR, LISTING, manage_site, signed_in_as, signed_in_browser

SEND, APPROVAL = f"/manage/{LISTING}/send", f"/admin/approvals/{LISTING}"
HIDDEN = re.compile(r'name="(seen|sign-[^"]*|although-seen)"\s+value="([^"]*)"')
OLDER = EditedCondition(question="age", at_least="60", text="For people aged 60 and over.")
WIDER = EditedCondition(question="lives_in", any_of=("enfield",), text="Made for people in Enfield.")
LEFT = "People would be left with no programme."
WHY = "The money is for older people now."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions[ENGINE]
    return engine


def a_draft(app: Flask, *, send: bool = False, **fields: Any) -> None:
    engine, now = engine_of(app), datetime.now(UTC)
    who = signed_in_as(engine)
    stands = write(engine, who, LISTING, now=now, **fields)
    if send:
        drafts.send(engine, who, LISTING, stands.seen, now)


def narrowed(app: Flask, condition: EditedCondition = OLDER, *, send: bool = False) -> None:
    """WorkWell is for fewer people from now on."""
    (rule,) = drafts.managed(engine_of(app), signed_in_as(engine_of(app)), LISTING).edited.rules
    a_draft(app, send=send, rules=(rule.model_copy(update={"everyone": (*rule.everyone, condition)}),))


def made_for(app: Flask) -> None:
    """It says for whom it was made, and shuts nobody out."""
    (rule,) = drafts.managed(engine_of(app), signed_in_as(engine_of(app)), LISTING).edited.rules
    a_draft(app, rules=(rule.model_copy(update={"made_for": (WIDER,)}),))


def decided(browser: Browser, page: str = "", **fields: str) -> TestResponse:
    """Accepts everything on the page, or on an older one, with these fields filled in."""
    hidden = dict(HIDDEN.findall(page or browser.get(APPROVAL).text))
    return browser.send(APPROVAL, "/account", **{**hidden, "all": "accept", **fields})


def test_before_it_is_sent_its_writer_reads_what_it_does(site: Flask) -> None:
    narrowed(site)
    html = signed_in_browser(site, EDITOR).get(SEND).text
    assert problems(html, site) == []
    text = Page(html).text
    assert f"{LEFT} No other programme or service fits these people, or may fit them. That is about" in text
    assert "People who live outside the five boroughs" in text
    assert "It does not fit these people any more" in text
    assert "Something else would come first for these people" in text
    assert re.search(r"A man of 42 in Haringey.* Now: WorkWell.* After the change: Access to Work\.", text)


def test_what_leaves_nobody_out_says_so(site: Flask) -> None:
    made_for(site)
    html = signed_in_browser(site, EDITOR).get(SEND).text
    assert problems(html, site) == []
    assert "Nobody is left without a programme. It fits the same people as before." in Page(html).text


def test_what_says_nothing_of_people_is_not_counted(site: Flask) -> None:
    a_draft(site, summary="Coaches help you start work or stay in work.")
    assert 'id="impact"' not in signed_in_browser(site, EDITOR).get(SEND).text


def test_a_closing_that_is_still_to_come_is_looked_at_on_the_day_after(site: Flask) -> None:
    a_draft(site, status="closed", status_note="It ends.", closed="2099-03-31", see_instead=("jobcentre-plus",))
    with site.test_request_context():
        managed = drafts.managed(engine_of(site), signed_in_as(engine_of(site)), LISTING)
        impact = impact_of_draft(managed, ())
    assert impact
    assert (impact.later, impact.day.isoformat()) == (True, "2099-04-01")


def test_it_is_told_while_something_else_is_wrong_and_not_while_the_rules_are(site: Flask) -> None:
    narrowed(site)
    a_draft(site, name="")
    with site.test_request_context():
        managed = drafts.managed(engine_of(site), signed_in_as(engine_of(site)), LISTING)
        other = impact_of_draft(managed, [Mistake("name", "name", "Give its name.")])
        assert other
        assert other.strands
        assert impact_of_draft(managed, [Mistake("rules", "who-everyone-0", "Choose an answer.")]) is None


def test_the_approval_is_blocked_and_says_who_is_left_out(site: Flask) -> None:
    narrowed(site, send=True)
    browser, before = signed_in_browser(site, ADMIN), live(engine_of(site), LISTING)
    first = browser.get(APPROVAL).text
    assert problems(first, site) == []
    assert LEFT in Page(first).text
    assert "although-yes" not in first, "nobody says yes before they have read it"
    answer = decided(browser)
    assert answer.status_code == 422
    assert problems(answer.text, site) == []
    text = Page(answer.text).text
    assert "Tick the box if the change is to be published although people are left with no programme." in text
    assert "Say why, in three words or more." in text
    assert "People who live outside the five boroughs" in text
    assert 'href="#although-yes"' in answer.text
    assert 'href="#although-reason"' in answer.text
    assert live(engine_of(site), LISTING) == before


def test_with_a_yes_and_a_reason_it_is_public_and_the_history_keeps_it(site: Flask) -> None:
    narrowed(site, send=True)
    browser = signed_in_browser(site, ADMIN)
    refused = decided(browser).text
    short = decided(browser, refused, **{"although-yes": "yes", "although-reason": "Less money."})
    assert short.status_code == 422
    assert "Less money." in short.text
    assert re.search(r'id="although-yes"[^>]*checked', short.text), "the yes was given to the same people"
    answer = decided(browser, short.text, **{"although-yes": "yes", "although-reason": WHY})
    assert answer.status_code == 303
    assert live(engine_of(site), LISTING).rules[0].everyone[-1].text == OLDER.text
    history = signed_in_browser(site, EDITOR).get(f"/manage/{LISTING}/history").text
    assert f"Published although people are left with no programme: {WHY}" in Page(history).text
    trail = Page(browser.get("/admin/audit").text).text
    assert "Who is left with no programme" in trail
    assert WHY in trail


def test_a_yes_to_people_who_were_not_shown_is_no_yes(site: Flask) -> None:
    narrowed(site, send=True)
    browser = signed_in_browser(site, ADMIN)
    fields = {"although-yes": "yes", "although-reason": WHY, "although-seen": "of others"}
    answer = decided(browser, **fields)
    assert answer.status_code == 422
    assert "Other people are left with no programme now than those you were shown." in Page(answer.text).text
    assert not re.search(r'id="although-yes"[^>]*checked', answer.text)
    assert WHY in answer.text, "what was written is kept"
