"""Requests with far too much in them, or with nothing settled, get a clear answer, and leave nothing behind."""

import gc
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from app.catalogue import DAYS_KEPT
from app.eligibility.questions import OPEN_ANSWERS
from app.eligibility.rulebook import Rulebook

ADDRESS = "/api/v1/recommendations"
MANY = 10_000


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({f"q{number}": "yes" for number in range(MANY)}, "There is no question “q0”."),
        ({"conditions": [f"x{number}" for number in range(MANY)]}, "“x0” is not an answer to “conditions”."),
        ({"conditions": ["autism", *["none"] * MANY]}, "“none” cannot stand beside another answer"),
        ({"conditions": [["autism"]] * 100}, "must be one word in quotes"),
        ({"health": "no", "conditions": ["autism"]}, "contradict each other. Change one of them."),
        ({"lives_in": ["camden"] * MANY}, "must be one word in quotes"),
    ],
)
def test_ten_thousand_answers_and_contradictions_are_told(client: FlaskClient, answers: object, words: str) -> None:
    response = client.post(ADDRESS, json={"answers": answers})
    assert response.status_code == 422
    assert response.json
    assert words in response.json["error"]["message"]


def test_an_answer_said_ten_thousand_times_counts_once(client: FlaskClient) -> None:
    once = client.post(ADDRESS, json={"answers": {"benefits": ["pip"]}})
    often = client.post(ADDRESS, json={"answers": {"benefits": ["pip"] * MANY}})
    assert often.json == once.json


@pytest.mark.parametrize("nothing", sorted(OPEN_ANSWERS))
def test_who_answers_nothing_is_asked_nothing_more_and_finds_somebody_to_talk_to(
    client: FlaskClient, nothing: str
) -> None:
    questions = client.get("/api/v1/questions").json
    assert questions
    response = client.post(ADDRESS, json={"answers": {one["id"]: nothing for one in questions["questions"]}})
    assert response.json
    assert response.status_code == 200
    assert response.json["next_question"] is None
    assert response.json["outcome"] == "match_with_question"
    assert response.json["always"]
    assert not response.json["not_suitable"]


def test_whoever_asks_about_many_days_leaves_the_rules_of_a_few(client: FlaskClient) -> None:
    client.post(ADDRESS, json={"answers": {}})
    gc.collect()
    before = _rulebooks()
    for number in range(20):
        day = date(2018, 1, 1) + timedelta(days=number)
        assert client.post(ADDRESS, json={"answers": {}, "as_of": f"{day}"}).status_code == 200
    gc.collect()
    assert _rulebooks() <= before + DAYS_KEPT


def _rulebooks() -> int:
    return sum(isinstance(one, Rulebook) for one in gc.get_objects())
