"""What other programs get when they ask oddly, ask again, or ask from a page elsewhere."""

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.actions.open_data import MOST
from tests.made_up_services import made_up
from tests.seeds import published_seed
from tests.web.open_site import LISTS, ROOT, body, items, open_site

UNKNOWN = "00000000-0000-4000-8000-000000000000"
ODD_IDS = (UNKNOWN, "workwell-ncl", "1", "%00", "{}", "..", "é", "x" * 5000, UNKNOWN.replace("-", ""), f"{UNKNOWN}%0a")
REFUSED = (
    *("page=0", "page=-1", "page=x", "page=1.5", "page=9999999999999999999999", "page=%D9%A3", "page=%00"),
    *("per_page=0", "per_page=10000", f"per_page={MOST + 1}", "per_page=x", "per_page=1e1"),
    *("modified_after=yesterday", "modified_after=2026-02-30", "modified_after=2026", "modified_after=1763800000"),
    *("modified_after=2026-11-21T25:00:00Z", "modified_after=%00", "taxonomy_id=1", "taxonomy_term_id=goals"),
    *("minimum_age=x", "minimum_age=nan", "maximum_age=inf", "maximum_age=-1", "minimum_age=1e999"),
    *("day=XX", "day=monday", "start_time=9", "end_time=25:00", f"search={'x' * 501}"),
)
NAMES = ("page", "per_page", "search", "modified_after", "minimum_age", "day", "start_time", "proximity", "postcode")


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_not_there_is_told_in_a_sentence(client: FlaskClient, kind: str) -> None:
    for id_ in ODD_IDS:
        response = client.get(f"{ROOT}/{kind}/{id_ if id_.startswith('%') else quote(id_)}")
        assert response.status_code == 404, id_
        assert body(response)["error"]["message"].endswith(".")
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_read_is_refused_by_its_name(client: FlaskClient, asked: str) -> None:
    response = client.get(f"{ROOT}/services?{asked}")
    assert response.status_code == 400
    assert f"“{asked.partition('=')[0]}”" in body(response)["error"]["message"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("kind", LISTS)
def test_beyond_the_end_is_an_empty_page(client: FlaskClient, kind: str) -> None:
    page = body(client.get(f"{ROOT}/{kind}?page=1000000000&per_page={MOST}"))
    assert page["contents"] == []
    assert page["empty"]
    assert page["total_pages"] == 1
    assert page["total_items"] == len(items(client, kind))


def test_of_a_name_given_twice_the_first_counts_and_an_empty_one_does_not(client: FlaskClient) -> None:
    assert body(client.get(f"{ROOT}/services?page=2&page=x&per_page=5&search=&day="))["page_number"] == 2
    assert body(client.get(f"{ROOT}/services?shoe_size=42"))["page_number"] == 1


def test_a_time_zone_may_be_written_as_it_comes(client: FlaskClient) -> None:
    """A plus in an address means a blank, and people forget."""
    for moment in ("2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T01:00:00%2B01:00"):
        assert body(client.get(f"{ROOT}/services?modified_after={moment}"))["total_items"] > 0, moment
    assert body(client.get(f"{ROOT}/services?modified_after=9999-12-31"))["empty"]


def test_places_near_a_postcode(client: FlaskClient) -> None:
    near = body(client.get(f"{ROOT}/service_at_locations?postcode=NW1+2DB&proximity=3000"))["total_items"]
    assert 0 < near < body(client.get(f"{ROOT}/service_at_locations"))["total_items"]
    for wrong in ("postcode=nowhere", "postcode=ZE1+0AA", "postcode=NW1+2DB&proximity=far", "postcode=%00"):
        assert client.get(f"{ROOT}/service_at_locations?{wrong}").status_code == 400


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(LISTS),
    asked=st.lists(
        st.tuples(st.sampled_from(NAMES), st.text(max_size=20) | st.integers().map(str) | st.floats().map(str))
    ),
    path=st.text(max_size=10),
)
def test_nothing_in_an_address_breaks_it(
    client: FlaskClient, kind: str, asked: list[tuple[str, str]], path: str
) -> None:
    by_filter = client.get(f"{ROOT}/{kind}", query_string=asked)
    by_id = client.get(f"{ROOT}/{kind}/{quote(path, errors='replace', safe='')}")
    for response in (by_filter, by_id):
        assert response.status_code in {200, 308, 400, 404}
        assert response.status_code == 308 or body(response)


@pytest.mark.parametrize("packed", ["identity", "gzip", "br"])
def test_who_has_the_newest_answer_is_sent_none(client: FlaskClient, packed: str) -> None:
    service = items(client, "services")[0]["id"]
    for path in ("services?per_page=20", f"services/{service}", "taxonomies", "", "../../openapi.json"):
        address, accepts = f"{ROOT}/{path}".replace(f"{ROOT}/../..", "/api"), {"Accept-Encoding": packed}
        first = client.get(address, headers=accepts)
        again = client.get(address, headers={**accepts, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), address
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert client.get(address, headers={**accepts, "If-None-Match": 'W/"older"'}).status_code == 200
        if since := first.headers.get("Last-Modified"):
            assert client.get(address, headers={**accepts, "If-Modified-Since": since}).status_code == 304
            before = "Thu, 01 Jan 2015 00:00:00 GMT"
            assert client.get(address, headers={**accepts, "If-Modified-Since": before}).status_code == 200
    listed = client.get(f"{ROOT}/services?per_page=20", headers={"Accept-Encoding": packed})
    assert listed.headers.get("Content-Encoding", "identity") == packed
    assert "Accept-Encoding" in listed.headers["Vary"]
    assert packed != "gzip" or gzip.decompress(listed.data).startswith(b"{")
    assert listed.headers["Last-Modified"]


def test_a_page_elsewhere_may_ask(client: FlaskClient) -> None:
    asks = {"Origin": "https://council.example", "Access-Control-Request-Method": "GET"}
    for path in ("/services", f"/services/{UNKNOWN}", "/nowhere", ""):
        for response in (client.get(f"{ROOT}{path}", headers=asks), client.options(f"{ROOT}{path}", headers=asks)):
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
            assert "Access-Control-Allow-Credentials" not in response.headers
            assert "Set-Cookie" not in response.headers
    assert "GET" in client.options(f"{ROOT}/services").headers["Allow"]
    head, whole = client.head(f"{ROOT}/services"), client.get(f"{ROOT}/services")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert client.post(f"{ROOT}/services").status_code == 405
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/questions").headers


def test_who_asks_for_a_service_that_another_stands_for_is_led_there() -> None:
    client = open_site(made_up(published_seed(), 150)).test_client()
    merged = {item["id"]: item["no_wrong_door"].get("merged_into") for item in items(client, "services")}
    away = {id_: into for id_, into in merged.items() if into}
    assert away
    for id_, into in away.items():
        response = client.get(f"{ROOT}/services/{id_}")
        assert response.status_code == 307
        assert response.headers["Location"] == f"{ROOT}/services/{into}"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert body(client.get(response.headers["Location"]))["id"] == into


def test_each_filter_keeps_what_it_says_and_nothing_else(client: FlaskClient) -> None:
    """What each filter should give is told from the whole of every service."""
    every = [body(client.get(f"{ROOT}/services/{item['id']}")) for item in items(client, "services")]
    term = items(client, "taxonomy_terms")[0]
    for asked, kept in (
        ({"taxonomy_term_id": term["id"]}, lambda one: term["id"] in _terms(one)),
        ({"taxonomy_id": term["taxonomy_id"]}, _terms),
        ({"taxonomy_id": UNKNOWN}, lambda _: False),
        ({"minimum_age": "70"}, lambda one: one.get("maximum_age", 70) >= 70),
        ({"maximum_age": "17"}, lambda one: one.get("minimum_age", 17) <= 17),
        ({"day": "tu"}, lambda one: _open(one, lambda span: span["byday"] == "TU")),
        ({"start_time": "09:30"}, lambda one: _open(one, lambda span: _in(span, "09:30"))),
        (
            {"day": "MO", "start_time": "10:00", "end_time": "16:00"},
            lambda one: _open(one, lambda span: span["byday"] == "MO" and _in(span, "10:00") and _in(span, "16:00")),
        ),
    ):
        page = body(client.get(f"{ROOT}/services", query_string={**asked, "per_page": MOST}))
        wanted = [one["id"] for one in every if kept(one)]
        assert [item["id"] for item in page["contents"]] == wanted, asked
        places = body(client.get(f"{ROOT}/service_at_locations", query_string={**asked, "per_page": MOST}))
        assert {place["service"]["id"] for place in places["contents"]} <= set(wanted)
        assert places["total_items"] == sum(len(one.get("service_at_locations", ())) for one in every if kept(one))
    found = body(client.get("/api/v1/search?q=back+pain&limit=100"))["results"]
    by_words = body(client.get(f"{ROOT}/services?search=back+pain"))["contents"]
    assert {item["no_wrong_door"]["slug"] for item in by_words} == {card["id"] for card in found} != set()


def _terms(service: dict[str, Any]) -> list[str]:
    return [attribute["taxonomy_term_id"] for attribute in service.get("attributes", ())]


def _open(service: dict[str, Any], at: Callable[[dict[str, Any]], bool]) -> bool:
    return any(at(span) for span in service.get("schedules", ()))


def _in(span: dict[str, Any], time: str) -> bool:
    """Whether it is open then. What closes at or before it opens, closes on the next day."""
    opens, closes = span["opens_at"], span["closes_at"]
    return bool(opens <= time <= (closes if opens < closes else "24:00"))
