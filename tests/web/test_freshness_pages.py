"""What readers see of how fresh a page is, wherever a service is named."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, update
from sqlmodel import col

from app.actions.exchange import load_seed
from app.database import writing
from app.exchange.rows import raise_generation
from app.models import Service
from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, SEED, Visitor, empty_site

CAME_IN, NOW = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC)
CONFIRMED = {"assured_at": datetime(2026, 11, 10, 9, tzinfo=UTC)}
LATE, MARK = "workwell-ncl", "Not confirmed lately"
THEIRS, OURS, CLOSED = "acas-helpline", "haringey-works", "fit-for-work"
SINCE = "Nobody has confirmed what we say here. We put it here on 1 June 2026."
RING = "Some of it may have changed. Ring before you go."


@pytest.fixture(scope="module", name="late_site")
def site_that_came_in_long_ago(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Half a year later one page was confirmed by its organisation, one by the directory team, and one was changed."""
    app = empty_site(tmp_path_factory.mktemp("site"))
    engine: Engine = app.extensions["engine"]
    assert not load_seed(engine, SEED, CAME_IN).rejected
    with writing(engine) as session:
        for slug, fields in (
            (THEIRS, {**CONFIRMED, "assured_by": "organisation"}),
            (OURS, {**CONFIRMED, "assured_by": "directory_team"}),
            (LATE, {"changed_at": datetime(2026, 9, 1, 9, tzinfo=UTC)}),
        ):
            session.exec(update(Service).where(col(Service.slug) == slug).values(**fields))
        raise_generation(session)
    with time_machine.travel(NOW, tick=False):
        yield app
    engine.dispose()


def text_at(app: Flask, address: str) -> str:
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert problems(response.text, app) == []
    return Page(response.text).text


@pytest.mark.parametrize("ending", ["", "/print"])
def test_a_page_shows_its_three_dates_and_says_when_it_is_late(late_site: Flask, ending: str) -> None:
    text = text_at(late_site, f"/services/{LATE}{ending}")
    head, _, dates = text.partition("How fresh this page is Confirmed")
    assert f"{MARK} {SINCE} {RING} Newest page that says it runs: February 2026." in head
    assert "has confirmed this page" not in head, "it is said once"
    for words in (
        "Nobody who runs it has confirmed this page. Last changed 1 September 2026. Put here 1 June 2026.",
        "Newest page that says it runs February 2026.",
    ):
        assert words in dates, words


def test_a_page_that_was_confirmed_says_by_whom_and_is_not_late(late_site: Flask) -> None:
    for id_, who in ((THEIRS, "The people who run it"), (OURS, "The directory team")):
        text = text_at(late_site, f"/services/{id_}")
        assert text.count(f"{who} confirmed this page on 10 November 2026.") == 2, "below the title, and at the dates"
        assert "Last changed Not since it was put here. Put here 1 June 2026." in text
        assert MARK not in text
        assert "Nobody" not in text.partition("How fresh this page is Confirmed")[2].partition("Last changed")[0]


def test_a_service_that_has_closed_is_never_late(late_site: Flask) -> None:
    text = text_at(late_site, f"/services/{CLOSED}")
    assert MARK not in text
    assert "Nobody who ran it has confirmed this page." in text


def test_results_mark_what_is_late_and_say_when_others_were_confirmed(late_site: Flask) -> None:
    marked = text_at(late_site, "/services?q=workwell")
    assert f"WorkWell (North Central London) {MARK}" in marked
    assert "Confirmed Not yet. Newest page: February 2026" in marked
    assert "Confirmed 10 November 2026" in text_at(late_site, "/services?q=acas+helpline")


def test_the_check_and_the_text_for_a_referral_mark_it_and_say_what_to_do(late_site: Flask) -> None:
    visitor = Visitor(late_site)
    html = visitor.go_through(BACK_PAIN).text
    text = Page(html).text
    assert problems(html, late_site) == []
    assert f"{MARK} WorkWell (North Central London)" in text
    assert f"{SINCE} {RING}" in text
    assert "People you can always talk to" in text
    for way in ("text", "easy"):
        in_brief = Page(visitor.get(f"/check/results/{way}").text).text
        assert "What we know of it may be old." in in_brief, way
        assert "Ask first." in in_brief, way
    texts = visitor.get(f"/services/{LATE}/referral").text
    assert problems(texts, late_site) == []
    assert f"Ring first: it may have changed. The directory says: “{SINCE}”" in Page(texts).text
    assert "Nobody who runs it has confirmed this page.”" in Page(texts).text
    assert "It may have changed, so ask first." in Page(texts).text
    assert MARK in Page(texts).text


def test_programs_are_told_the_days_too(late_site: Flask) -> None:
    client = late_site.test_client()
    cards = {
        one["id"]: one
        for q in ("workwell", "acas")
        for one in json.loads(client.get(f"/api/v1/search?q={q}").text)["results"]
    }
    late = {"confirmed": None, "confirmed_by": None, "changed": "2026-09-01", "imported": "2026-06-01", "overdue": True}
    assert cards[LATE]["freshness"] == late
    assert cards[THEIRS]["freshness"] == {
        "confirmed": "2026-11-10",
        "confirmed_by": "organisation",
        "changed": None,
        "imported": "2026-06-01",
        "overdue": False,
    }
    asked = {"answers": {"lives_in": "camden", "age": 42, "conditions": ["back_or_neck"], "health": "yes"}}
    for day, overdue in (("2026-11-22", True), ("2026-07-01", False)):
        told = json.loads(client.post("/api/v1/recommendations", json={**asked, "as_of": day}).text)["recommendations"]
        assert {one["id"]: one for one in told}[LATE]["freshness"] == {**late, "overdue": overdue}
