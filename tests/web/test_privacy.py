"""The promise that nothing about a resident is kept or told: checked with answers that can be recognised anywhere."""

import hashlib
import json
import logging
import re
import time
from pathlib import Path

import pytest
import time_machine
from cryptography.fernet import Fernet
from flask import Flask, Response, request
from flask.testing import FlaskClient

from app.web.wizard.answers_cookie import Journey, _cipher, save
from tests.web.checker import Page
from tests.web.site import Answers, Visitor

CANARIES: Answers = {
    "goals": ["keep_job", "health_care_job"],
    "conditions": ["severe_mental_illness"],
    "situation": ["criminal_record"],
    "age": "97",
    "health": "yes",
    "work_status": "off_sick",
}
JOURNEY = re.compile(r"\bj=[\w-]+")
"""Random, so that it may look like an answer."""
MARKS = ("severe_mental_illness", "criminal_record", "health_care_job", "off_sick", "97")


def database_of(site: Flask) -> bytes:
    folder: Path = site.config["SETTINGS"].instance
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.sqlite*")))).digest()


def test_answers_are_in_no_address_log_or_table(
    site: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    before = database_of(site)
    with caplog.at_level(logging.DEBUG):
        visitor.go_through(CANARIES)
        visitor.answer("/check/situation", ["criminal_record"])
        visitor.get("/check/answers")
        visitor.post("/check/delete")
    addresses = [response.request.url for response in visitor.seen]
    addresses += [response.location or "" for response in visitor.seen]
    for response in visitor.seen:
        addresses += [link.get("href") or "" for link in Page(response.text).all("a")]
    told = [*addresses, *caplog.messages]
    own = [JOURNEY.sub("", line) for line in told if not line.startswith(("https://", "tel:", "sms:"))]
    assert [line for line in own if any(mark in line for mark in MARKS)] == []
    assert database_of(site) == before


def test_the_cookie_hides_the_answers_and_is_the_only_one(visitor: Visitor) -> None:
    visitor.go_through(CANARIES)
    cookies = [line for response in visitor.seen for line in response.headers.getlist("Set-Cookie")]
    assert {line.partition("=")[0] for line in cookies} == {"answers"}
    for line in cookies:
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line
        assert "Max-Age=3600" in line
        assert "Path=/" in line
        assert not any(mark in line for mark in MARKS[:-1])
    assert max(map(len, cookies)) < 4000


def test_over_https_the_cookie_is_bound_to_the_host(client: FlaskClient) -> None:
    response = client.post("/check", data={"answer": "me"}, base_url="https://localhost")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-answers=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_cookie_of_another_making_is_no_journey(client: FlaskClient) -> None:
    for token in ("", "x", "gAAAAA", Fernet(Fernet.generate_key()).encrypt(b"{}").decode()):
        client.set_cookie("answers", token)
        assert client.get("/check/answers").location == "/check?cleared=1"


@pytest.mark.parametrize("address", ["/check/results", "/check/lives_in", "/check/answers", "/services/workwell-ncl"])
@pytest.mark.parametrize("token", ["é", "\u20ac", '"\\351"', "=", "\x00"])
def test_a_cookie_of_odd_letters_is_no_journey(site: Flask, address: str, token: str) -> None:
    header = f"answers={token}".encode().decode("latin-1")
    response = site.test_client(use_cookies=False).get(address, headers={"Cookie": header})
    assert (response.status_code, response.location) in {(303, "/check?cleared=1"), (200, None)}
    assert "Back to your results" not in response.text


@pytest.mark.parametrize("old", [{}, [], None, {"id": "a", "answers": {}}, {"id": 1, "answers": [], "dropped": []}])
def test_a_cookie_of_an_older_version_is_no_journey(site: Flask, client: FlaskClient, old: object) -> None:
    with site.app_context():
        client.set_cookie("answers", _cipher().encrypt(json.dumps(old).encode()).decode())
    assert client.get("/check/answers").location == "/check?cleared=1"
    assert client.post("/check/goals", data={"answer": "keep_job"}).status_code == 409


def test_every_wizard_page_is_kept_nowhere_and_offers_ways_out(visitor: Visitor) -> None:
    visitor.go_through(CANARIES)
    for address in ("/check", "/check/answers", "/check/delete", "/check/shoe_size", "/check/no/such/page"):
        visitor.get(address)
    visitor.answer("/check/age", "forty")
    visitor.post("/check/goals?j=of-another-tab", answer="keep_job")
    visitor.get("/check/goals?j=of-another-tab")
    visitor.seen.append(visitor.client.put("/check/goals"))
    visitor.seen.append(visitor.client.post("/check/goals", headers={"Sec-Fetch-Site": "cross-site"}))
    assert {200, 303, 403, 404, 405, 409, 422} <= {response.status_code for response in visitor.seen}
    for response in visitor.seen:
        assert response.headers["Cache-Control"] == "no-store"
        if response.status_code != 303:
            assert 'href="/exit"' in response.text, response.request.path
            assert "Delete my answers now" in response.text, response.request.path


def test_after_deleting_there_is_a_way_out_and_nothing_left_to_delete(visitor: Visitor) -> None:
    visitor.begin()
    visitor.post("/check/delete")
    html = visitor.get("/check/delete").text
    assert "Exit this page" in html
    assert "Your answers are deleted" in html
    assert "Delete my answers now" not in html


def test_a_listing_leads_back_to_the_results_while_there_are_answers(visitor: Visitor) -> None:
    back, listing = "Back to your results", "/services/workwell-ncl"
    assert back not in visitor.get(listing).text
    visitor.begin()
    assert back not in visitor.get(listing).text, "there are no results yet"
    visitor.go_through(CANARIES)
    response = visitor.get(listing)
    assert re.search(rf'href="/check/results\?j=[\w-]+">{back}</a>', response.text)
    assert response.headers["Cache-Control"] == "no-store"
    visitor.post("/check/delete")
    assert back not in visitor.get(listing).text


def test_the_privacy_page_names_every_cookie_and_company(client: FlaskClient) -> None:
    text = Page(client.get("/privacy").text).text
    assert "staff" not in text
    assert "BBC" in text, "Exit this page goes there"
    for address in ("/", "/check", "/services", "/services/workwell-ncl", "/privacy"):
        assert "Set-Cookie" not in client.get(address).headers, "only once a question is answered"


def test_delete_and_exit_clear_the_cookie(visitor: Visitor) -> None:
    for leave, address in ((visitor.post, "/check/delete"), (visitor.get, "/exit")):
        visitor.begin()
        response = leave(address)
        assert response.status_code == 303
        assert "answers=;" in response.headers["Set-Cookie"]
        assert visitor.client.get_cookie("answers") is None
        assert visitor.get("/check/answers").location == "/check?cleared=1"


def test_a_page_that_comes_late_does_not_bring_deleted_answers_back(visitor: Visitor) -> None:
    visitor.go_through(CANARIES)
    for address in ("/check/results", "/check/answers", "/check/age", "/check/shoe_size"):
        assert "Set-Cookie" not in visitor.get(address).headers, (
            "it could come after the answer that deletes the cookie"
        )


def test_reading_on_keeps_the_answers(site: Flask) -> None:
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        visitor = Visitor(site)
        address = visitor.begin()
        clock.move_to(start + 11 * 60)
        assert "Max-Age=3600" in visitor.get(address).headers["Set-Cookie"]
        assert "Set-Cookie" not in visitor.get(address).headers
        form = visitor.form_at(address)
        clock.move_to(start + 22 * 60)
        assert "Set-Cookie" in visitor.post(form, answer="").headers, "an answer that was refused"


def test_exit_touches_no_other_cookie_and_goes_to_a_neutral_page(client: FlaskClient) -> None:
    client.set_cookie("session", "staff")
    response = client.get("/exit")
    assert response.location == "https://www.bbc.co.uk/weather"
    assert "Clear-Site-Data" not in response.headers
    assert client.get_cookie("session") is not None


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
    ],
)
@pytest.mark.parametrize("address", ["/check", "/check/goals", "/check/delete"])
def test_forms_from_other_websites_are_refused(
    client: FlaskClient, address: str, headers: dict[str, str], taken: bool
) -> None:
    response = client.post(address, data={"answer": "me"}, headers=headers)
    assert (response.status_code != 403) is taken
    if not taken:
        assert "Set-Cookie" not in response.headers


def test_answers_of_an_older_questionnaire_are_no_journey(site: Flask, client: FlaskClient) -> None:
    response = Response()
    with site.test_request_context():
        save(request, response, Journey(answers={"shoe_size": "9"}))
    client.set_cookie("answers", response.headers["Set-Cookie"].partition("=")[2].partition(";")[0])
    assert client.get("/check/results").location == "/check?cleared=1"
