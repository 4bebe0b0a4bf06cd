"""Two listings that look alike in the browser: beside each other, made one, and taken apart again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app.current import ENGINE
from app.models import row_id
from tests.editing import write
from tests.twins import add_twin, look, pair_of, say
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    OTHER_ADMIN,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

TWIN, NAME = "workwell-camden", "Work Well of Camden"
NAME_HERE = "WorkWell (North Central London)"
ACAS, ACAS_TWIN = "acas-helpline", "acas-again"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """WorkWell came in twice, and so did the helpline of Acas."""
    monkeypatch.setattr("app.catalogue.FRESH_FOR", 0.0)
    with manage_site(tmp_path) as app:
        engine = engine_of(app)
        add_twin(engine, LISTING, TWIN, datetime.now(UTC), name=NAME, area=["camden"])
        add_twin(engine, ACAS, ACAS_TWIN, datetime.now(UTC))
        look(engine)
        yield app


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions[ENGINE]
    return engine


def address(site: Flask, one: str = LISTING, other: str = TWIN) -> str:
    return f"/admin/duplicates/{pair_of(engine_of(site), one, other).id}"


def chosen(site: Flask, browser: Browser, choice: str, one: str = LISTING, other: str = TWIN) -> TestResponse:
    return browser.send(address(site, one, other), "/account", choice=choice)


def test_the_likeliest_pair_comes_first_and_shows_what_differs(site: Flask) -> None:
    browser = signed_in_browser(site, ADMIN)
    html = browser.get("/admin/duplicates").text
    assert html.index(address(site, ACAS, ACAS_TWIN)) < html.index("Access to Work Mental Health")
    html = browser.get(address(site)).text
    text = Page(html).text
    assert problems(html, site) == []
    for said in (NAME, NAME_HERE, "They have the same name, or nearly.", "0808 196 2386", "Camden", "Confirmed: never"):
        assert said in text
    assert problems(browser.get("/admin/duplicates").text, site) == []
    assert browser.get(f"/admin/duplicates/{row_id('service', LISTING)}").status_code == 404
    assert browser.send("/admin/duplicates", "/account").status_code == 303
    assert "No new pair" in browser.get("/admin/duplicates").text


def test_the_old_addresses_lead_to_the_listing_that_stays_until_they_are_taken_apart(site: Flask) -> None:
    browser, reader = signed_in_browser(site, ADMIN), Browser(site)
    before = reader.get(f"/services/{TWIN}").text
    assert chosen(site, browser, LISTING).location == "/admin/duplicates"
    told = browser.get("/admin/duplicates").text
    assert f"They are one now: {NAME_HERE}." in Page(told).text
    assert problems(told, site) == []
    for page in ("", "/print", "/referral", "/report", "/report/sent"):
        answer = reader.get(f"/services/{TWIN}{page}")
        assert (answer.status_code, answer.location) == (302, f"/services/{LISTING}{page}")
    assert reader.get(f"/services/{TWIN}?journey=a%20b").location == f"/services/{LISTING}?journey=a%20b"
    assert reader.post(f"/services/{TWIN}/report", text="x").status_code == 307
    found = reader.get(f"/services?q={NAME.replace(' ', '+')}").text
    assert f'href="/services/{LISTING}' in found
    assert f'href="/services/{TWIN}' not in found
    api = f"/api/oruk/v3/services/{row_id('service', TWIN)}"
    assert reader.get(api).location.endswith(str(row_id("service", LISTING)))

    answer = browser.send(f"/admin/duplicates/apart/{TWIN}", "/account")
    assert (answer.status_code, answer.location) == (303, f"/manage/{TWIN}")
    assert reader.get(f"/services/{TWIN}").text == before
    assert "They are two listings again" in browser.get(f"/manage/{TWIN}").text
    again = browser.send(f"/admin/duplicates/apart/{TWIN}", "/account")
    assert (again.status_code, "taken apart already" in again.text) == (409, True)


def test_whoever_looks_after_it_reads_that_it_is_part_of_another(site: Flask) -> None:
    chosen(site, signed_in_browser(site, ADMIN), LISTING)
    editor = signed_in_browser(site, EDITOR)
    assert "Part of another listing" in editor.get("/manage").text
    html = editor.get(f"/manage/{TWIN}").text
    assert problems(html, site) == []
    assert "one and the same" in html
    assert "Take them apart again" not in html
    assert "Take them apart again" in signed_in_browser(site, ADMIN).get(f"/manage/{TWIN}").text
    for form in ("edit/about", "preview", "availability", "send", "freshness"):
        assert editor.get(f"/manage/{TWIN}/{form}").location == f"/manage/{TWIN}"
    assert editor.send(f"/manage/{TWIN}/availability", "/account", state="paused").location == f"/manage/{TWIN}"
    confirmed = editor.send(f"/manage/{TWIN}/confirm", "/account", version="1")
    assert confirmed.status_code == 409


def test_a_page_that_led_to_it_is_changed_and_tried_as_before(site: Flask) -> None:
    """Its rows still name the old listing."""
    engine, browser = engine_of(site), signed_in_browser(site, ADMIN)
    door = {"service": ACAS_TWIN, "text": "Ask them."}
    say(engine, LISTING, datetime.now(UTC), see_instead=[ACAS_TWIN], contacts=[], reach_through=[door])
    chosen(site, browser, ACAS, ACAS, ACAS_TWIN)
    editor = signed_in_as(engine)
    write(engine, editor, LISTING, summary="Something new.", area=["camden"], now=datetime.now(UTC))
    for page in ("preview", "edit/open", "edit/who", "history", "send", "history/2"):
        answer = browser.get(f"/manage/{LISTING}/{page}")
        assert answer.status_code == 200, page
    assert f'<option value="{ACAS_TWIN}" selected>Acas helpline' in browser.get(f"/manage/{LISTING}/edit/open").text


def test_what_cannot_be_done_is_said_in_words(site: Flask) -> None:
    browser, engine = signed_in_browser(site, ADMIN), engine_of(site)
    empty = browser.send(address(site), "/account")
    assert empty.status_code == 422
    assert problems(empty.text, site) == []
    assert 'href="#choice-one"' in empty.text
    write(engine, signed_in_as(engine), TWIN, summary="Something new.", now=datetime.now(UTC))
    refused = chosen(site, browser, LISTING)
    assert (refused.status_code, "Decide about them first" in refused.text) == (409, True)
    assert problems(refused.text, site) == []
    human = chosen(site, browser, ACAS_TWIN, ACAS, ACAS_TWIN)
    assert (human.status_code, "one of the places where anybody can ask" in human.text) == (409, True)
    assert chosen(site, browser, "different").status_code == 303
    late = chosen(site, signed_in_browser(site, OTHER_ADMIN), "different")
    assert (late.status_code, "Somebody decided about these two" in late.text) == (409, True)
    assert problems(late.text, site) == []


def test_people_who_would_have_no_programme_are_shown_first(site: Flask) -> None:
    """WorkWell would become part of a page that only tells of it."""
    engine, browser = engine_of(site), signed_in_browser(site, ADMIN)
    add_twin(engine, LISTING, "workwell-told", datetime.now(UTC), role="information", rules=[], name="The Work Well")
    look(engine)
    chosen(site, browser, "workwell-told", "workwell-told", TWIN)
    refused = chosen(site, browser, "workwell-told", "workwell-told", LISTING)
    assert refused.status_code == 422
    assert problems(refused.text, site) == []
    assert "People would be left with no programme." in Page(refused.text).text
    assert 'name="although-yes"' in refused.text
