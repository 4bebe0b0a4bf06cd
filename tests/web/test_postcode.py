"""A postcode in place of a borough, without JavaScript: the borough goes on, and the postcode goes nowhere."""

import logging
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.checker import Page
from tests.web.site import Visitor, question_in

QUESTION = "/check/lives_in"
CERTAIN, SPLIT, BORDER, UNKNOWN = "NW1 2RT", "N4 3AB", "NW6 1AA", "M1 1AA"
"""In Camden; in Haringey or Islington; in Camden or beyond; in another part of the country."""


def give(visitor: Visitor, postcode: str, answer: str | None = None, **more: str) -> TestResponse:
    """Gives a postcode, perhaps beside a chosen answer, as the form does."""
    chosen = {} if answer is None else {"answer": answer}
    return visitor.post(visitor.form_at(QUESTION), postcode=postcode, **chosen, **more)


def home_of(visitor: Visitor) -> list[str | None]:
    """The borough that is shown as chosen."""
    return [box["value"] for box in Page(visitor.get(QUESTION).text).all("input") if "checked" in box]


def field(html: str) -> dict[str, str | None]:
    (found,) = [box for box in Page(html).all("input") if box.get("name") == "postcode"]
    return found


def told(response: TestResponse) -> str:
    """The sentence of the refusal."""
    assert response.status_code == 422
    page = Page(response.text)
    assert page.title.strip().startswith("Error: ")
    return page.text


@pytest.fixture(autouse=True)
def begun(visitor: Visitor) -> None:
    visitor.begin()


def test_where_somebody_lives_can_be_told_by_postcode(visitor: Visitor) -> None:
    text = Page(visitor.get(QUESTION).text).text
    assert "Or give a postcode We keep only the borough." in text
    assert field(visitor.get(QUESTION).text)["autocomplete"] == "postal-code"


@pytest.mark.parametrize("question", ["gp_borough", "goals", "age"])
def test_no_other_question_takes_a_postcode(visitor: Visitor, question: str) -> None:
    assert 'name="postcode"' not in visitor.get(f"/check/{question}").text
    response = visitor.post(visitor.form_at(f"/check/{question}"), postcode=CERTAIN)
    assert response.status_code == 422


def test_an_advisers_browser_does_not_offer_the_advisers_postcode(visitor: Visitor) -> None:
    visitor.begin("patient")
    assert field(visitor.get(QUESTION).text)["autocomplete"] == "off"


@pytest.mark.parametrize("postcode", [CERTAIN, "nw12rt", "  nW 1  2r t "])
def test_a_postcode_gives_the_borough_and_leads_on(visitor: Visitor, postcode: str) -> None:
    response = give(visitor, postcode)
    assert response.status_code == 303
    assert question_in(response.location or "") != "lives_in"
    assert home_of(visitor) == ["camden"]
    assert "Where do you live? Camden" in Page(visitor.get("/check/answers").text).text


def test_a_postcode_helps_somebody_who_is_not_sure(visitor: Visitor) -> None:
    assert give(visitor, CERTAIN, "not_sure").status_code == 303
    assert home_of(visitor) == ["camden"]


def test_a_changed_postcode_leads_back_to_the_answers(visitor: Visitor) -> None:
    response = give(visitor, CERTAIN, **{"from": "answers"})
    assert urlsplit(response.location or "").path == "/check/answers"


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        (SPLIT, "This postcode lies in Haringey or Islington. Choose the borough."),
        (
            BORDER,
            "This postcode lies in Camden, or outside these boroughs. Choose the borough or “Somewhere else”.",
        ),
        (UNKNOWN, "We do not know which borough this postcode lies in. Choose the borough or “Somewhere else”."),
    ],
)
@pytest.mark.parametrize("answer", [None, "not_sure", "barnet"])
def test_where_the_postcode_does_not_settle_it_the_borough_is_asked(
    visitor: Visitor, postcode: str, sentence: str, answer: str | None
) -> None:
    response = give(visitor, postcode, answer)
    assert told(response).count(sentence) == 2, "in the summary and at the field"
    assert home_of(visitor) == [], "nothing is taken for granted"


@pytest.mark.parametrize("postcode", [SPLIT, BORDER, UNKNOWN])
@pytest.mark.parametrize("then", ["islington", "outside_ncl", "not_sure", "prefer_not_to_say"])
def test_after_being_asked_every_answer_leads_on(visitor: Visitor, postcode: str, then: str) -> None:
    page = give(visitor, postcode, "barnet")
    assert postcode not in page.text
    assert field(page.text).get("value") in (None, "")
    assert "checked" not in page.text.partition("<form")[2].partition("</form")[0]
    assert visitor.answer(QUESTION, then).status_code == 303
    assert home_of(visitor) == [then]


def test_a_borough_beside_a_postcode_that_may_lie_there_is_taken(visitor: Visitor) -> None:
    assert give(visitor, SPLIT, "islington").status_code == 303
    assert home_of(visitor) == ["islington"]


@pytest.mark.parametrize(
    ("answer", "label"),
    [("haringey", "Haringey"), ("outside_ncl", "Somewhere else"), ("prefer_not_to_say", "Prefer not to say")],
)
def test_a_postcode_that_says_something_else_than_the_answer_is_asked_about(
    visitor: Visitor, answer: str, label: str
) -> None:
    text = told(give(visitor, CERTAIN, answer))
    assert f"This postcode lies in Camden, and you chose “{label}”. Choose the one that is right." in text
    assert home_of(visitor) == []


@pytest.mark.parametrize("text", ["Camden Town", "N19", "NW1 2D", "<b>&", "\x00"])
def test_what_is_no_postcode_comes_back_with_an_example(visitor: Visitor, text: str) -> None:
    response = give(visitor, text, "not_sure")
    sentence = "This does not look like a postcode. Give a whole one, such as NW1 2DB."
    assert told(response).count(sentence) == 2, "in the summary and at the field"
    assert '<a href="#postcode">' in response.text
    assert field(response.text)["value"] == text
    assert "checked" in response.text, "and what was chosen is still chosen"
    assert home_of(visitor) == []


def test_an_empty_postcode_is_no_postcode_given(visitor: Visitor) -> None:
    assert "Choose an answer." in told(give(visitor, "  "))
    assert give(visitor, "  ", "barnet").status_code == 303
    assert home_of(visitor) == ["barnet"]


@pytest.mark.parametrize("postcode", [CERTAIN, SPLIT, BORDER, UNKNOWN])
def test_a_postcode_is_kept_nowhere(
    site: Flask, visitor: Visitor, postcode: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        give(visitor, postcode)
        visitor.answer(QUESTION, "not_sure")
        visitor.get("/check/answers")
        visitor.get("/check/results")
    said = [*caplog.messages, *(response.request.url for response in visitor.seen)]
    for response in visitor.seen:
        said += [response.text, str(response.headers)]
    marks = (postcode, postcode.replace(" ", ""), postcode.replace(" ", "+"), postcode.replace(" ", "%20"))
    assert [line for line in said if any(mark.casefold() in line.casefold() for mark in marks)] == []
    tables = site.config["SETTINGS"].instance.glob("*.sqlite*")
    assert [path.name for path in tables if postcode.encode() in path.read_bytes()] == []


def test_the_privacy_page_says_whose_data_it_is(client: FlaskClient) -> None:
    text = Page(client.get("/privacy").text).text
    for owner in (
        "Ordnance Survey data © Crown copyright",
        "Royal Mail data © Royal Mail copyright",
        "National Statistics",
    ):
        assert f"Contains {owner}" in text
