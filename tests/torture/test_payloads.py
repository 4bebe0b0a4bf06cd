"""Thousands of hostile requests: none makes the server fail."""

import random
import string

import pytest

from tests.web.site import seeded_site

pytestmark = pytest.mark.torture
PIECES = [
    *"*?~^()[]{}\"'\\/:\x00\u202e\ud7ff😀éßﬁ",
    *("AND", "OR", "NOT", "TO", "name:", "work", "well", "sick", "note", "<script>alert(1)</script>", "{{7*7}}"),
    *("' OR 1=1 --", "%00", "../../etc/passwd", "a" * 500, "\r\nSet-Cookie: x=1"),
]


def test_no_query_of_five_thousand_makes_an_error() -> None:
    client = seeded_site().test_client()
    dice = random.Random(2026)
    for _ in range(5000):
        words = dice.choices([*PIECES, "".join(dice.choices(string.printable, k=9))], k=dice.randint(1, 30))
        query = {"q": dice.choice(["", " "]).join(words)}
        for address in ("/api/v1/search", "/services"):
            response = client.get(address, query_string=query)
            assert response.status_code == 200, query
            assert response.mimetype == "application/json" or b"<script>alert" not in response.data


def test_no_answer_of_five_thousand_makes_an_error() -> None:
    client = seeded_site().test_client()
    dice = random.Random(2026)
    values: list[object] = [
        None,
        True,
        -1,
        10**30,
        1.5,
        "",
        "yes",
        "camden",
        [],
        ["none"],
        ["autism", 3],
        {},
        "16-24",
        "not_sure",
    ]
    questions = ["lives_in", "age", "conditions", "goals", "health", "benefits", "nobody", ""]
    for _ in range(5000):
        answers = {question: dice.choice(values) for question in dice.sample(questions, k=dice.randint(0, 6))}
        response = client.post("/api/v1/recommendations", json={"answers": answers, "as_of": "2026-11-21"})
        assert response.status_code in {200, 422}, answers
