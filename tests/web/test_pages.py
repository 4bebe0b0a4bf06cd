"""Every page there is, through the shared checker, and what the important ones say."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalogue import current_catalogue
from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, Visitor

PLAIN_PAGES = [
    "/",
    "/privacy",
    "/accessibility",
    "/services",
    "/services?page=2",
    "/services?q=back+pain&borough=camden",
    "/services?q=fit+for+work",
    "/services?q=suicide",
    "/services?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/check",
    "/check?cleared=1",
    "/check/delete",
]


@pytest.mark.parametrize("address", PLAIN_PAGES)
def test_page_is_well_made(site: Flask, client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert problems(response.text, site) == []


@pytest.mark.parametrize("ending", ["", "/print"])
def test_every_listing_is_well_made(site: Flask, client: FlaskClient, ending: str) -> None:
    with site.app_context():
        ids = list(current_catalogue().listings)
    found = {id_: problems(client.get(f"/services/{id_}{ending}").text, site) for id_ in ids}
    assert {id_: wrong for id_, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("person", ["me", "patient", "employee", "family"])
def test_every_question_is_well_made_with_and_without_error(site: Flask, visitor: Visitor, person: str) -> None:
    visitor.begin(person)
    with site.app_context():
        ids = list(current_catalogue().questionnaire.questions)
    for id_ in ids:
        asked = visitor.get(f"/check/{id_}")
        refused = visitor.answer(f"/check/{id_}", "")
        assert (asked.status_code, refused.status_code) == (200, 422)
        assert problems(asked.text, site) + problems(refused.text, site) == [], id_
        assert "{you" not in asked.text


def test_pages_of_a_whole_check_are_well_made(site: Flask, visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    visitor.get("/check/answers")
    for response in visitor.seen:
        if response.status_code == 200:
            assert problems(response.text, site) == [], response.request.path


def test_an_open_listing_says_what_people_ask(client: FlaskClient) -> None:
    text = Page(client.get("/services/workwell-ncl").text).text
    for words in (
        "Open A minister confirmed",
        "Who can use it",
        "And any one of these ways in:",
        "0808 196 2386",
        "Will my employer be told? We do not know yet. Ask when you get in touch.",
        "What we do not know",
        "Last confirmed: 26 February 2026.",
        "Does this fit me?",
    ):
        assert words in text


def test_a_closed_listing_says_where_to_go_instead(client: FlaskClient) -> None:
    html = client.get("/services/fit-for-work").text
    text = Page(html).text
    assert "It closed: 31 March 2018" in text
    assert "We suggest WorkWell (North Central London) instead." in text
    assert 'href="/services/workwell-ncl"' in html
    assert "Does this fit me?" not in text


def test_a_listing_without_a_contact_says_how_to_reach_it(site: Flask, client: FlaskClient) -> None:
    with site.app_context():
        listings = current_catalogue().listings.values()
    mute = next(one for one in listings if one.status != "closed" and not one.contacts and one.reach_through)
    assert (
        "We have no phone number for it yet. You can reach it through:"
        in Page(client.get(f"/services/{mute.id}").text).text
    )


def test_search_puts_danger_first(client: FlaskClient) -> None:
    text = Page(client.get("/services?q=suicide").text).text
    assert text.index("get help now") < text.index("999") < text.index("services for “suicide”")
    assert "Samaritans" in text


def test_search_for_a_closed_name_says_so(client: FlaskClient) -> None:
    html = client.get("/services?q=fit+for+work").text
    assert "Fit for Work has closed" in html
    assert html.index("has closed") < html.index('id="results-heading"')


def test_search_pages_hold_twenty_and_do_not_overlap(client: FlaskClient) -> None:
    pages = [client.get(f"/services?page={number}").text for number in (1, 2)]
    hits = [
        {link["href"] for link in Page(html).all("a") if (link.get("href") or "").startswith("/services/")}
        for html in pages
    ]
    assert [len(found) for found in hits] == [20, 20]
    assert hits[0].isdisjoint(hits[1])


@pytest.mark.parametrize(
    "query", ["page=999", "page=1000000", "page=-1", "page=x", "borough=mars", "q=%00%ff", "q=" + "a" * 9000]
)
def test_odd_searches_get_a_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/services?{query}").status_code in {200, 404}


def test_search_words_come_back_as_text(client: FlaskClient) -> None:
    html = client.get("/services?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in html
