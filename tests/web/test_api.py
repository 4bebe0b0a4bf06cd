"""The JSON addresses: what they answer, and that nothing a caller sends gets more than a clear 4xx."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.web.site import empty_site


def _body(response: TestResponse) -> dict[str, Any]:
    body = response.json
    assert isinstance(body, dict)
    return body


def test_search_answers_open_services_best_first(client: FlaskClient) -> None:
    body = _body(client.get("/api/v1/search?q=sick+note&limit=2"))
    assert body["query"] == "sick note"
    assert body["results"][0]["id"] == "fit-note-information"
    assert len(body["results"]) == 2
    assert body["total"] >= 2
    assert {"id", "name", "status", "boroughs", "summary"} <= set(body["results"][0])


def test_a_closed_programme_is_named_and_what_replaced_it_comes_first(client: FlaskClient) -> None:
    body = _body(client.get("/api/v1/search?q=Working+Better"))
    assert body["notices"][0]["kind"] == "closed"
    assert body["notices"][0]["service"] == "working-better"
    assert body["notices"][0]["see_instead"] == ["workwell-ncl"]
    assert body["results"][0]["id"] == "workwell-ncl"


def test_danger_comes_before_anything_else(client: FlaskClient) -> None:
    assert _body(client.get("/api/v1/search?q=i+want+to+die"))["notices"][0]["kind"] == "urgent"


def test_the_questions_are_those_of_the_contract(client: FlaskClient) -> None:
    questions = {question["id"]: question for question in _body(client.get("/api/v1/questions"))["questions"]}
    assert [answer["id"] for answer in questions["health"]["answers"]] == ["yes", "no", "not_sure", "prefer_not_to_say"]
    assert {"asking_for", "lives_in", "conditions", "age", "goals"} <= set(questions)


def test_a_recommendation_comes_with_reasons_and_people_to_talk_to(client: FlaskClient) -> None:
    answers = {"lives_in": "camden", "age": 42, "conditions": ["back_or_neck"], "health": "yes"}
    response = client.post("/api/v1/recommendations", json={"answers": answers, "as_of": "2026-11-21", "limit": 3})
    body = _body(response)
    assert body["outcome"] == "match"
    assert len(body["recommendations"]) == 3
    assert body["recommendations"][0]["why"][0]["source"]
    assert all(route["contact"] for route in body["always"])
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_crisis_help_comes_first_among_those_to_talk_to(client: FlaskClient) -> None:
    body = _body(client.post("/api/v1/recommendations", json={"answers": {"conditions": ["mental_health_crisis"]}}))
    assert body["outcome"] == "urgent"
    assert body["recommendations"] == []
    assert body["always"][0]["contact"][0]["value"] == "999"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"answers": {"shoe_size": 42}}, "shoe_size"),
        ({"answers": {"lives_in": "atlantis"}}, "atlantis"),
        ({"answers": {"health": "no", "conditions": ["autism"]}}, "conditions"),
        ({"answers": ["lives_in"]}, "answers"),
        ({"answers": {}, "as_of": "yesterday"}, "as_of"),
        ({"answers": {}, "as_of": 20261121}, "as_of"),
        ({"answers": {}, "limit": 0}, "limit"),
        ({"answers": {}, "limit": 10**30}, "limit"),
        ({"answers": {}, "limit": "x"}, "limit"),
        ({"answers": {}, "limit": True}, "limit"),
        ({"answers": {}, "limit": "000001" + "9" * 5000}, "limit"),
        ({"answers": {}, "limit": 100999}, "limit"),
        ({"answers": {}, "as_of": "2026-W47-6"}, "as_of"),
        ({"answers": {}, "as_of": "2026-02-30"}, "as_of"),
        ({"answers": {}, "as_of": "1999-01-01"}, "as_of"),
        ({"answer": {}}, "answer"),
        ([1, 2], "object"),
        ("text", "object"),
        (None, "object"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(client: FlaskClient, body: object, words: str) -> None:
    response = client.post("/api/v1/recommendations", data=json.dumps(body), content_type="application/json")
    assert 400 <= response.status_code < 500
    assert words in _body(response)["error"]["message"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"{'answers': {}}",
        b"[" * 100_000,
        b'{"answers": {"age": ' + b"9" * 5000 + b"}}",
        b"nul\x00",
    ],
)
def test_malformed_json_is_refused(client: FlaskClient, raw: bytes) -> None:
    response = client.post("/api/v1/recommendations", data=raw, content_type="application/json")
    assert 400 <= response.status_code < 500
    assert _body(response)["error"]["message"]


def test_a_huge_body_is_refused(client: FlaskClient) -> None:
    huge = b'{"answers": {"conditions": [' + b'"autism",' * 100_000 + b'"autism"]}}'
    response = client.post("/api/v1/recommendations", data=huge, content_type="application/json")
    assert response.status_code == 413
    assert _body(response)["error"]["message"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=x&limit=0",
        "/api/v1/search?q=x&limit=x",
        "/api/v1/search?q=x&limit=-1",
        "/api/v1/search?q=x&limit=%C2%B2",
        "/api/v1/search?q=x&borough=atlantis",
        "/api/v1/nothing",
    ],
)
def test_a_wrong_address_is_told_what_is_wrong(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert 400 <= response.status_code < 500
    assert _body(response)["error"]["message"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/api/v1/search"),
        ("get", "/api/v1/recommendations"),
        ("delete", "/api/v1/questions"),
        ("put", "/healthz"),
    ],
)
def test_a_wrong_method_is_refused(client: FlaskClient, method: str, address: str) -> None:
    assert client.open(address, method=method.upper()).status_code == 405


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_answers = st.dictionaries(st.sampled_from(["lives_in", "age", "conditions", "goals", "x"]), _json, max_size=5)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries({}, optional={"answers": _answers | _json, "as_of": _json, "limit": _json, "y": _json})
    | _json
)
def test_no_json_makes_a_server_error(client: FlaskClient, body: object) -> None:
    response = client.post("/api/v1/recommendations", data=json.dumps(body), content_type="application/json")
    assert response.status_code < 500


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=10))
def test_no_query_makes_a_server_error(client: FlaskClient, q: str, borough: str, limit: str) -> None:
    query = {"q": q.encode("utf-8", "replace"), "borough": borough.encode("utf-8", "replace"), "limit": limit}
    assert client.get("/api/v1/search", query_string=query).status_code < 500


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert _body(client.get("/readyz"))["listings"] > 80


def test_alive_but_not_ready_without_a_catalogue(tmp_path: Path) -> None:
    empty = empty_site(tmp_path).test_client()
    assert empty.get("/healthz").status_code == 200
    assert empty.get("/readyz").status_code == 503
    assert empty.get("/").status_code == 503


def test_not_ready_without_the_index_yet_searches_go_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.search.bundle.Search.healthy", property(lambda _: False))
    assert client.get("/readyz").status_code == 503
    assert _body(client.get("/api/v1/search?q=WorkWell"))["results"]


@pytest.mark.parametrize("address", ["/api/v1/search?q=x", "/api/v1/questions", "/healthz", "/readyz"])
def test_nobody_on_the_way_keeps_an_answer(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-store"
