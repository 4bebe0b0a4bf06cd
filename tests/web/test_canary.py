"""Answers that can be recognised anywhere are given to the check, and then looked for everywhere but in the pages."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import MetaData, select
from werkzeug.test import TestResponse

from tests.web.checker import Page
from tests.web.site import Answers, Visitor

UNUSUAL: Answers = {
    "lives_in": "enfield",
    "goals": ["prescriptions", "talk_to_someone"],
    "conditions": ["severe_mental_illness", "epilepsy"],
    "situation": ["criminal_record", "domestic_abuse"],
    "benefits": ["uc_lcwra"],
    "age": "97",
    "health": "yes",
    "disabled": "prefer_not_to_say",
    "work_status": "never_worked",
}
CODES = ("severe_mental_illness", "criminal_record", "domestic_abuse", "uc_lcwra", "never_worked")
SECTOR = "EN1 2"
MARKS = (*CODES, "en1 2", "en1+2", "en1%202", "canary", "kanarie")
"""``canary`` is what is written where nothing should be."""
NONSENSE = "canary <b>kanarie</b>\r\nX-Canary: 1"
POSTCODE = "EN3 7CANARY"
WITH_MISTAKES: dict[str, Answers] = {
    "/check/age": {"answer": NONSENSE},
    "/check/lives_in": {"answer": "", "postcode": POSTCODE},
    "/check/goals": {"answer": NONSENSE, "open_answer": NONSENSE},
    "/check/work_status": {"answer": NONSENSE, "from": NONSENSE, NONSENSE: NONSENSE},
    "/check/conditions": {"answer": ["epilepsy", NONSENSE]},
}


@pytest.fixture
def walk(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> Visitor:
    """Somebody went all the way, made mistakes, changed answers, and deleted them."""
    with caplog.at_level(logging.DEBUG):
        visitor.go_through(UNUSUAL)
        for question in ("situation", "conditions", "benefits", "work_status"):
            assert visitor.answer(f"/check/{question}", UNUSUAL[question]).status_code == 303
        for address, form in WITH_MISTAKES.items():
            assert visitor.post(visitor.form_at(address), **form).status_code == 422
        for page in ("answers", "results", "results/text", "results/easy"):
            visitor.get(f"/check/{page}")
        for page in ("workwell-ncl", "ips-severe-mental-illness", "fit-for-work"):
            visitor.get(f"/services/{page}/referral")
        visitor.post("/check/goals?j=of-another-tab", answer=NONSENSE)
        visitor.post("/services/person", j=journey_id(visitor), lives_in="enfield", postcode=f"{SECTOR}AA")
        for page in ("services?q=job", "services/work-programme", "check/answers"):
            visitor.get(f"/{page}")
        visitor.client.post("/check/goals", data={"answer": NONSENSE}, headers={"Sec-Fetch-Site": "cross-site"})
        visitor.post("/check/delete")
    return visitor


def journey_id(visitor: Visitor) -> str:
    """What the form beside the search carries."""
    page = Page(visitor.get("/services").text)
    return next(box["value"] or "" for box in page.all("input") if box.get("name") == "j")


def marked(told: Iterator[str]) -> list[str]:
    return [line for line in told if any(mark in line.lower() for mark in MARKS)]


def test_the_walk_gave_the_answers_it_looks_for(walk: Visitor) -> None:
    pages = " ".join(response.text for response in walk.seen)
    assert "Severe mental illness" in pages
    assert POSTCODE in pages, "a refused form shows what was typed, to be put right"
    assert f"near {SECTOR}" in pages


def test_answers_are_in_no_log(walk: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    assert walk.seen
    lines = (f"{record.getMessage()} {record.exc_text or ''} {record.args}" for record in caplog.records)
    assert marked(lines) == []


def test_answers_are_in_no_address_that_is_asked_for_or_offered(walk: Visitor) -> None:
    assert marked(address for response in walk.seen for address in addresses(response)) == []


def addresses(response: TestResponse) -> Iterator[str]:
    page = Page(response.text)
    yield response.request.url
    yield response.location or ""
    yield from (link.get("href") or "" for link in page.all("a") if (link.get("href") or "").startswith("/"))
    yield from (form.get("action") or "" for form in page.all("form"))


def test_answers_are_in_no_header(walk: Visitor) -> None:
    """The cookie is encrypted: nobody reads an answer in it on the way."""
    assert marked(f"{name}: {value}" for response in walk.seen for name, value in response.headers) == []


def test_no_answer_given_is_in_a_table(site: Flask, walk: Visitor) -> None:
    """The catalogue itself names answers. So the tables are searched for what only this person said."""
    assert walk.seen
    only_theirs = ("canary", "kanarie")
    assert [row for row in rows(site) if any(mark in row.lower() for mark in only_theirs)] == []


def test_a_walk_changes_no_table_and_writes_no_file(site: Flask, visitor: Visitor) -> None:
    visitor.get("/check")
    before = list(rows(site)), files(site)
    visitor.go_through(UNUSUAL)
    visitor.post("/check/delete")
    assert (list(rows(site)), files(site)) == before


def rows(site: Flask) -> Iterator[str]:
    """Every row of every table, as text."""
    tables = MetaData()
    with site.extensions["engine"].connect() as connection:
        tables.reflect(connection)
        assert tables.sorted_tables
        for table in tables.sorted_tables:
            yield from (f"{table.name}: {tuple(row)}" for row in connection.execute(select(table)))


def files(site: Flask) -> dict[str, bytes]:
    """All that the application keeps on the disk."""
    folder: Path = site.config["SETTINGS"].instance
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
