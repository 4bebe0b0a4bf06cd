"""What the privacy page promises, and the assessment relies on, is what the website does."""

import re
import runpy
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.web.wizard.answers_cookie import MINUTES
from tests.web.checker import Page

ROOT = Path(__file__).resolve().parents[2]
ASSESSMENT = ROOT / "docs" / "data-protection-assessment.md"


def promised(client: FlaskClient, scheme: str = "http") -> str:
    return Page(client.get("/privacy", base_url=f"{scheme}://localhost").text).text


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_names_the_cookie_as_the_browser_does_and_says_how_long_it_lasts(client: FlaskClient, scheme: str) -> None:
    response = client.post("/check", data={"answer": "me"}, base_url=f"{scheme}://localhost")
    name = response.headers["Set-Cookie"].partition("=")[0]
    text = promised(client, scheme)
    assert f"The cookie is called “{name}”." in text
    assert f"deletes it within {MINUTES} minutes" in text
    assert f"Max-Age={MINUTES * 60}" in response.headers["Set-Cookie"]


def test_it_says_that_the_next_person_at_this_browser_could_look(client: FlaskClient) -> None:
    client.post("/check", data={"answer": "me"})
    assert "Go on with it" in client.get("/check").text
    assert "Somebody who uses this browser within the hour can open your answers" in promised(client)


def test_our_log_has_no_address_of_a_device(client: FlaskClient) -> None:
    logged = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["access_log_format"]
    assert not any(part in logged for part in ("%(h)s", "%({x-forwarded-for}i)s", "%(a)s"))
    assert "It does not note your device’s address on the internet." in promised(client)


def test_the_words_on_the_buttons_are_the_words_on_the_page(client: FlaskClient) -> None:
    client.post("/check", data={"answer": "me"})
    check, text = client.get("/check").text, promised(client)
    for button in ("Delete my answers now", "Exit this page"):
        assert button in check
        assert f"“{button}”" in text


def test_nobody_on_the_way_keeps_the_advice_that_a_program_asks_for(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", json={"answers": {"health": "yes"}})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_every_test_that_the_assessment_relies_on_is_there() -> None:
    relied_on = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", ASSESSMENT.read_text()))
    assert len(relied_on) > 15
    missing = {(file, name) for file, name in relied_on if f"def {name}(" not in (ROOT / file).read_text()}
    assert missing == set()
