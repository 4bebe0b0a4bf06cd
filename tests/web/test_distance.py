"""How far a service is from a person's postcode: told roughly, and kept in the cookie alone."""

import json
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web.wizard.answers_cookie import _cipher
from tests.web.site import Visitor
from tests.web.test_canary import addresses, files, rows
from tests.web.test_person import NEW, given, hit, text_of

IN_ISLINGTON, HALF_A_MILE_ON, IN_BARNET, ON_THE_BORDER = "N19 4AB", "N1 2AA", "NW2 2DX", "N19 5AB"
SMALL = "N22 9AA"
"""In a sector with so few homes that nothing of it is kept."""


def near(response: TestResponse) -> str | None:
    """The sector in the strip that says what is known of the person."""
    strip = re.search(r'<p class="app-person__facts">(.*?)</p>', response.text, re.DOTALL)
    found = re.search(r"near (\w+ \d)", strip[1]) if strip else None
    return found[1] if found else None


def cookie(client: FlaskClient) -> dict[str, object]:
    """What the cookie holds, as the application alone can read it."""
    held = client.get_cookie("answers")
    assert held
    with client.application.app_context():
        read: dict[str, object] = json.loads(_cipher().decrypt(held.value))
    return read


def test_a_result_says_roughly_how_far_it_is_and_others_say_nothing(client: FlaskClient) -> None:
    response = given(client, postcode=IN_ISLINGTON, q="job help")
    assert near(response) == "N19 4"
    assert "Where Islington. About 3 km from N19 4 How to get in" in hit(response.text, "iWork")
    assert "km" not in hit(response.text, "WorkWell (North Central London)")
    assert "Where Islington. Less than 1 km from N1 2 " in hit(
        given(client, postcode=HALF_A_MILE_ON, q="job help").text, "iWork"
    )


def test_an_address_that_may_no_longer_hold_is_marked(client: FlaskClient) -> None:
    response = given(client, postcode=IN_BARNET, lives_in="barnet", q="job help")
    assert "Less than 1 km from NW2 2 (old address: check)" in hit(response.text, "BOOST (Barnet)")


def test_without_a_postcode_nothing_is_said_of_distance(client: FlaskClient) -> None:
    for response in (client.get("/services?q=job+help"), given(client, lives_in="islington", q="job help")):
        assert " km " not in text_of(response)


def test_the_fragment_says_it_too(client: FlaskClient) -> None:
    given(client, postcode=IN_ISLINGTON)
    fragment = client.get("/services?q=iwork", headers={"HX-Request": "true"})
    assert "from N19 4" in fragment.text
    assert fragment.headers["Cache-Control"] == "no-store"


def test_the_sector_stays_while_the_borough_does(client: FlaskClient) -> None:
    given(client, postcode=IN_ISLINGTON)
    assert near(given(client, lives_in="islington", age="26-110")) == "N19 4"
    assert near(given(client, lives_in="islington", postcode=HALF_A_MILE_ON)) == "N1 2"


@pytest.mark.parametrize("then", [{"lives_in": "barnet"}, {}, {"lives_in": ""}, {"lives_in": "haringey", "age": "97"}])
def test_the_sector_goes_with_the_borough(client: FlaskClient, then: dict[str, str | list[str]]) -> None:
    given(client, postcode=IN_ISLINGTON, age="26-110")
    assert near(given(client, **then)) is None
    assert cookie(client)["near"] == ""


def test_the_sector_goes_with_the_person(client: FlaskClient) -> None:
    given(client, postcode=IN_ISLINGTON)
    client.post(NEW)
    assert near(given(client, lives_in="islington")) is None


@pytest.mark.parametrize("way_out", ["/check/delete", "/exit"])
def test_the_sector_goes_with_the_answers(client: FlaskClient, way_out: str) -> None:
    given(client, postcode=IN_ISLINGTON)
    client.open(way_out, method="POST" if way_out == "/check/delete" else "GET")
    assert client.get_cookie("answers") is None
    assert near(given(client, lives_in="islington")) is None


def test_the_check_keeps_only_the_borough_and_forgets_an_earlier_sector(visitor: Visitor) -> None:
    visitor.begin()
    home = "/check/lives_in"
    visitor.post(visitor.form_at(home), postcode=IN_ISLINGTON)
    assert cookie(visitor.client)["near"] == ""
    given(visitor.client, postcode=IN_ISLINGTON)
    visitor.answer("/check/age", "42")
    assert cookie(visitor.client)["near"] == "N19 4"
    visitor.post(visitor.form_at(home), postcode=HALF_A_MILE_ON)
    assert cookie(visitor.client)["near"] == ""


def test_a_postcode_on_a_border_is_kept_once_the_borough_is_chosen(client: FlaskClient) -> None:
    refused = given(client, postcode=ON_THE_BORDER)
    assert refused.status_code == 422
    assert near(refused) is None
    assert near(given(client, postcode=ON_THE_BORDER, lives_in="islington")) == "N19 5"


def test_of_a_sector_with_hardly_any_homes_nothing_is_kept(client: FlaskClient) -> None:
    response = given(client, postcode=SMALL, lives_in="haringey")
    assert response.status_code == 200
    assert cookie(client)["near"] == ""
    assert "N22 9" not in response.text


def test_the_sector_is_in_the_cookie_and_nowhere_else(
    site: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.get("/services")
    before = list(rows(site)), files(site)
    with caplog.at_level(logging.DEBUG):
        seen = [given(visitor.client, postcode=IN_ISLINGTON, q="job help"), visitor.get("/services?q=iwork")]
        assert [near(response) for response in seen] == ["N19 4", "N19 4"]
        seen += [*seen[0].history, visitor.get("/check/answers"), visitor.get("/check/results")]
        seen += [visitor.get("/services/iwork"), visitor.get("/services/iwork/referral")]
        seen += [given(visitor.client, postcode="nowhere"), given(visitor.client, postcode=ON_THE_BORDER)]
    assert cookie(visitor.client)["near"] == "N19 4"
    assert IN_ISLINGTON not in json.dumps(cookie(visitor.client))
    told = [*caplog.messages, *(address for response in seen for address in addresses(response))]
    told += [str(response.headers) for response in seen]
    assert [line for line in told if re.search(r"N19( |\+|%20)[45]|N19[45]AB", line, re.IGNORECASE)] == []
    assert not any(re.search(r"N19 ?4AB", response.text, re.IGNORECASE) for response in seen), "never the whole"
    assert (list(rows(site)), files(site)) == before
