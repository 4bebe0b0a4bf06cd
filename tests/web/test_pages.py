"""Every page there is, through the shared checker, and what the important ones say."""

import random

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from app.current import current_catalogue
from tests.seeds import ROOT
from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, Visitor

TYPED = [query["q"] for query in yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text())]
PLAIN_PAGES = [
    "/",
    "/professionals",
    "/developers",
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
        "What we do not know",
        "Newest page that says it runs: February 2026. Nobody who runs it has confirmed this page.",
        "Check what fits me",
    ):
        assert words in text
    asked = text.partition("We do not know these yet. Ask when you get in touch.")[2]
    assert "Will my employer be told?" in asked


def test_a_listing_says_first_how_to_get_in(client: FlaskClient) -> None:
    text = Page(client.get("/services/workwell-ncl").text).text
    parts = (
        "A Work and Health coach",
        "Open A minister",
        "How to get in",
        "Contact Phone",
        "Who can use it",
        "Check what fits me",
        "What people ask first",
        "What it offers",
        "Where each fact comes from",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_links_for_professionals_stand_apart(client: FlaskClient) -> None:
    html = client.get("/services/workwell-ncl").text
    before, _, after = html.partition("<summary>For health professionals</summary>")
    assert "gps.northcentrallondon.icb.nhs.uk/services/workwell" in after.partition("</details>")[0]
    assert "A page for GP practices." not in before


def test_a_doubtful_number_says_so_wherever_it_stands(client: FlaskClient) -> None:
    for address, number, mark in (
        ("/services/workwell-ncl", "0808 196 2386", "not confirmed"),
        ("/services?q=workwell", "0808 196 2386", "not confirmed"),
        ("/services/national-careers-service", "0800 100 900", "old number: check"),
    ):
        after = Page(client.get(address).text).text.partition(number)[2]
        assert after.split("Printed")[0].partition(mark)[1] == mark, address
    assert "not confirmed" not in client.get("/services/acas-helpline").text


def test_a_closed_listing_says_where_to_go_instead(client: FlaskClient) -> None:
    html = client.get("/services/fit-for-work").text
    text = Page(html).text
    assert "It closed: 31 March 2018" in text
    assert "We suggest WorkWell (North Central London) instead." in text
    assert 'href="/services/workwell-ncl"' in html
    assert "Check what fits me" not in text


@pytest.mark.parametrize("service", ["working-better", "work-and-health-programme"])
def test_a_closed_listing_asks_nothing_as_if_it_ran(client: FlaskClient, service: str) -> None:
    text = Page(client.get(f"/services/{service}").text).text
    assert "What people ask first" not in text
    assert "Will my GP be told?" not in text
    assert "Nobody who ran it has confirmed this page." in text


def test_a_listing_without_a_contact_says_how_to_reach_it(site: Flask, client: FlaskClient) -> None:
    with site.app_context():
        listings = current_catalogue().listings.values()
    mute = next(one for one in listings if one.status != "closed" and not one.contacts and one.reach_through)
    assert (
        "We have no phone number for it yet. You can reach it through:"
        in Page(client.get(f"/services/{mute.id}").text).text
    )


def test_search_for_a_closed_name_says_so(client: FlaskClient) -> None:
    html = client.get("/services?q=fit+for+work").text
    assert "Fit for Work has closed" in html
    assert html.index("has closed") < html.index('id="results-heading"')


def test_what_comes_while_somebody_types_is_small(client: FlaskClient) -> None:
    asked = {"HX-Request": "true", "Accept-Encoding": "gzip, deflate, br, zstd"}
    for typed in [*random.Random(3).sample(TYPED, 60), "suicide", "jobs"]:
        assert len(client.get("/services", query_string={"q": typed}, headers=asked).data) <= 4096, typed


def test_search_pages_hold_twenty_and_do_not_overlap(client: FlaskClient) -> None:
    pages = [client.get(f"/services?page={number}").text for number in (1, 2)]
    hits = [{link["href"] for link in Page(html).all("a") if "data-hit" in link} for html in pages]
    assert [len(found) for found in hits] == [20, 20]
    assert hits[0].isdisjoint(hits[1])


@pytest.mark.parametrize(
    "query", ["page=999", "page=1000000", "page=-1", "page=x", "borough=mars", "q=%00%ff", "q=" + "a" * 9000]
)
def test_odd_searches_get_a_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/services?{query}").status_code == 200


def test_past_the_last_page_is_the_last_page(client: FlaskClient) -> None:
    past, last = (Page(client.get(f"/services?page={number}").text).text for number in (99, 5))
    assert past == last
    assert "Previous page" in last
    assert "Next page" not in last


def test_a_door_for_one_borough_is_shown_for_that_borough(client: FlaskClient) -> None:
    here, elsewhere, anywhere = (
        Page(client.get(f"/services?q=care+leavers+programme&borough={borough}").text).text
        for borough in ("camden", "barnet", "")
    )
    assert "Through Care leavers' team, Camden" in here
    assert "Through Care leavers' team, Barnet" in elsewhere
    assert "Through Care leavers' team, Barnet (Onwards and Upwards), or others" in anywhere


def test_every_door_of_the_home_page_leads_to_the_questions(client: FlaskClient) -> None:
    doors = client.get("/").text.partition('class="app-doors"')[2].partition("</main>")[0]
    assert doors.count('href="/check"') == 3


def test_the_first_page_says_how_long_it_takes_and_that_nothing_must_be_told(client: FlaskClient) -> None:
    promise = "To all but the first you can answer “I'm not sure” or “Prefer not to say”."
    for address in ("/", "/check"):
        assert promise in Page(client.get(address).text).text


def test_search_words_come_back_as_text(client: FlaskClient) -> None:
    html = client.get("/services?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in html
