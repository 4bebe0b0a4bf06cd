"""A search for one person: what is known of them marks and orders the results, and stays in the cookie alone."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, Visitor

PERSON = "/services/person"
NEW = "/services/person/new"
PATIENT: dict[str, str | list[str]] = {
    "lives_in": "camden",
    "work_status": "off_sick",
    "conditions": ["back_or_neck"],
    "q": "back pain",
}


def text_of(response: TestResponse) -> str:
    return Page(response.text).text


def given(client: FlaskClient, **form: str | list[str]) -> TestResponse:
    """The form as the page of now sends it: with the id of the journey that the page was made for."""
    carried = re.search(r'name="j" value="([^"]+)"', client.get("/services").text)
    return client.post(PERSON, data=form | ({"j": carried[1]} if carried else {}), follow_redirects=True)


def hit(page: str, name: str) -> str:
    """What the results say of one listing."""
    hits = re.findall(r'<li class="app-hit">.*?</dl>', page, re.DOTALL)
    return next(Page(f"<main>{one}</main>").text for one in hits if name in one)


def test_what_is_known_marks_each_condition_and_the_address_stays_clean(client: FlaskClient) -> None:
    response = given(client, **PATIENT)
    assert response.request.full_path == "/services?q=back+pain"
    assert (
        "Results for this person: Lives in: Camden; Work: Off sick from a job; Kind of health problem: Back or neck"
        in text_of(response)
    )
    workwell = hit(response.text, "WorkWell (North Central London)")
    assert "May fit" in workwell
    assert "Yes: They live in Camden." in workwell
    assert "Still to check: For people aged 16 and over." in workwell
    assert "not confirmed" in workwell
    assert response.headers["Cache-Control"] == "no-store"


def test_everything_met_fits(client: FlaskClient) -> None:
    response = given(client, **PATIENT, age="26-110")
    assert " Fits " in hit(response.text, "WorkWell (North Central London)")


def test_what_does_not_fit_says_why_and_comes_after_what_does(client: FlaskClient) -> None:
    response = given(client, lives_in="enfield", q="job help")
    assert "Not for this person" in hit(response.text, "iWork")
    assert "Does not fit: For people who live in Islington; they live in Enfield." in hit(response.text, "iWork")
    order = re.findall(r"data-hit>([^<]+)<", response.text)
    verdicts = re.findall(r"app-tag--(fits|may|not)", response.text)
    assert len(order) == len(verdicts)
    assert verdicts.index("not") > 3


def test_a_name_that_is_searched_for_comes_first_also_where_it_does_not_fit(client: FlaskClient) -> None:
    response = given(client, lives_in="enfield", q="iWork")
    first = re.findall(r"data-hit>([^<]+)<", response.text)[0]
    assert first.startswith("iWork")


def test_without_words_the_recommended_come_first(client: FlaskClient) -> None:
    response = given(client, lives_in="camden", work_status="off_sick", health="yes", age="26-110", goals=["keep_job"])
    assert re.findall(r"data-hit>([^<]+)<", response.text)[0] == "WorkWell (North Central London)"


def test_nothing_vanishes_because_of_a_postcode(client: FlaskClient) -> None:
    def total(response: TestResponse) -> int:
        found = re.search(r"(\d+) services", text_of(response))
        assert found
        return int(found[1])

    everything = total(client.get("/services"))
    response = given(client, postcode="NW1 2RT")
    assert "Results for this person: Lives in: Camden" in text_of(response)
    assert total(response) == everything
    assert not re.search("NW1 ?2RT", response.text), "only the sector is kept"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"postcode": "nowhere"}, "This does not look like a postcode."),
        ({"lives_in": "atlantis"}, "Choose one of the answers on this page."),
        ({"health": "no", "conditions": ["skin"]}, "contradict each other. Change one of them."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_saved(
    client: FlaskClient, site: Flask, form: dict[str, str | list[str]], sentence: str
) -> None:
    response = given(client, **form, q="back pain")
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert problems(response.text, site) == []
    assert "Results for this person" not in text_of(client.get("/services"))


def test_a_new_person_knows_nothing_of_the_one_before(client: FlaskClient) -> None:
    given(client, **PATIENT)
    response = client.post(NEW, follow_redirects=True)
    assert response.request.path == "/services"
    assert "Results for this person" not in text_of(response)
    assert "Camden" not in str(client.get_cookie("answers"))
    assert client.get_cookie("answers") is None


def test_a_form_of_an_earlier_person_is_refused_and_saves_nothing(client: FlaskClient) -> None:
    given(client, **PATIENT)
    earlier = re.search(r'name="j" value="([^"]+)"', client.get("/services").text)
    assert earlier
    client.post(NEW)
    given(client, lives_in="enfield")
    late = client.post(PERSON, data={"j": earlier[1], "lives_in": "camden"})
    assert late.status_code == 409
    assert "We did not save that answer" in text_of(late)
    assert "Results for this person: Lives in: Enfield" in text_of(client.get("/services"))


def test_a_page_of_an_earlier_person_is_made_anew_instead_of_mixed(client: FlaskClient) -> None:
    given(client, **PATIENT)
    earlier = re.search(r'"X-Journey": "([^"]+)"', client.get("/services").text)
    assert earlier
    client.post(NEW)
    given(client, lives_in="enfield")
    fragment = client.get("/services?q=pain", headers={"HX-Request": "true", "X-Journey": earlier[1]})
    assert fragment.headers["HX-Refresh"] == "true"
    assert fragment.text == ""


def test_a_referral_text_of_an_earlier_person_is_not_given_for_the_next(client: FlaskClient) -> None:
    given(client, **PATIENT)
    earlier = re.search(r'href="(/services/workwell-ncl/referral[^"]*)"', client.get("/services?q=workwell").text)
    assert earlier
    client.post(NEW)
    given(client, lives_in="enfield")
    assert client.get(earlier[1]).status_code == 409


def test_the_address_for_record_systems_starts_with_nobody(client: FlaskClient) -> None:
    given(client, **PATIENT)
    response = client.get("/services/person/new?q=back+pain&borough=islington", follow_redirects=True)
    assert response.request.full_path == "/services?q=back+pain&borough=islington"
    assert "Results for this person" not in text_of(response)
    assert client.get_cookie("answers") is None


def test_a_refused_form_keeps_all_that_was_said_and_leads_to_the_fault(client: FlaskClient) -> None:
    response = given(client, postcode="N7 6L", work_status="off_sick", conditions=["skin", "diabetes"])
    html = response.text
    assert 'href="#glance-postcode"' in html
    assert 'value="N7 6L"' in html
    assert re.search(r'value="off_sick"\s+selected', html)
    assert len(re.findall(r'value="(?:skin|diabetes)"\s+checked', html)) == 2


def test_a_place_alone_brings_what_fits_first(client: FlaskClient) -> None:
    response = given(client, lives_in="islington", age="26-110", work_status="off_sick", health="yes", q="islington")
    verdicts = re.findall(r"app-tag--(fits|may|not)", response.text)
    assert verdicts[0] == "fits"
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict == "not")


def test_a_form_that_repeats_itself_or_never_ends_does_no_harm(client: FlaskClient) -> None:
    response = given(client, conditions=["skin"] * 200, q="x" * 5000)
    assert response.status_code == 200
    assert len(str(client.get_cookie("answers"))) < 1000
    assert len(response.request.full_path) < 300
    several = client.post(PERSON, data={"lives_in": ["camden", "enfield"]})
    assert "Choose one answer, not several." in text_of(several)


def test_a_listing_leads_back_to_the_search_it_was_found_by(client: FlaskClient) -> None:
    page = client.get("/services/workwell-ncl", headers={"Referer": "http://localhost/services?q=back+pain"})
    assert 'href="/services?q=back+pain">Back to the search' in page.text
    strange = client.get("/services/workwell-ncl", headers={"Referer": "https://evil.example/services?q=x"})
    assert "Back to the search" not in strange.text


def test_a_second_form_adds_and_takes_back(client: FlaskClient) -> None:
    given(client, **PATIENT)
    response = given(client, lives_in="camden", age="26-110")
    assert "Results for this person: Lives in: Camden; Age: 26 or over" in text_of(response)


def test_the_check_goes_on_with_what_was_given_here_and_the_other_way_round(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    text = text_of(visitor.get("/services?q=back+pain"))
    assert "Results for your answers:" in text
    assert "You live in Camden." in text
    given(visitor.client, lives_in="enfield")
    assert "Enfield" in text_of(visitor.get("/check/answers"))


def test_an_answer_of_danger_brings_help_first(client: FlaskClient) -> None:
    text = text_of(given(client, conditions=["mental_health_crisis"], q="job"))
    assert text.index("get help now") < text.index("If you were looking for a service")


def test_a_form_of_another_website_is_refused(client: FlaskClient) -> None:
    for address in (PERSON, NEW):
        response = client.post(address, data=PATIENT, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 403
    assert client.get_cookie("answers") is None


def test_the_address_of_the_form_leads_to_the_search(client: FlaskClient) -> None:
    response = client.get(PERSON)
    assert (response.status_code, response.location) == (303, "/services")


def test_the_fragment_carries_the_marks_too(client: FlaskClient) -> None:
    given(client, **PATIENT)
    fragment = client.get("/services?q=back+pain", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert "They live in Camden." in fragment.text
    assert fragment.headers["Cache-Control"] == "no-store"
