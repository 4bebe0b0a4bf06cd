"""Two people are asked for in one browser, each in a tab of its own: their answers never mix."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, Visitor, question_in

CHECK = ("/check/", "/services/")
WITHOUT_ID = {"/check/delete"}


def id_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["j"][0]


def first_patient_then_another(visitor: Visitor) -> str:
    """The id of the first patient's check. The second patient's is under way."""
    visitor.go_through(BACK_PAIN, "patient")
    mine = id_in(visitor.seen[-1].request.url)
    assert visitor.get(f"/check/results?j={mine}").status_code == 200
    visitor.begin("patient")
    return mine


@pytest.mark.parametrize("page", ["answers", "results", "goals", "lives_in?from=answers"])
def test_the_first_patients_tab_does_not_show_the_second_patient(site: Flask, visitor: Visitor, page: str) -> None:
    mine = first_patient_then_another(visitor)
    response = visitor.get(f"/check/{page}{'&' if '?' in page else '?'}j={mine}")
    assert response.status_code == 409
    assert "You have started another check in this browser since." in Page(response.text).text
    assert problems(response.text, site) == []


def test_the_first_patients_tab_saves_nothing_to_the_second_patient(site: Flask, visitor: Visitor) -> None:
    mine = first_patient_then_another(visitor)
    for address in (f"/check/goals?j={mine}", "/check/goals"):
        response = visitor.post(address, answer="keep_job")
        assert response.status_code == 409
        assert "we saved nothing" in Page(response.text).text
        assert problems(response.text, site) == []
        assert "Set-Cookie" not in response.headers
    assert "Keep the job" not in visitor.get("/check/answers").text


def test_the_page_that_says_so_leads_to_the_newer_check(visitor: Visitor) -> None:
    mine = first_patient_then_another(visitor)
    links = Page(visitor.get(f"/check/results?j={mine}").text).all("a")
    newer = next(link["href"] for link in links if (link["href"] or "").startswith("/check/answers"))
    assert newer
    assert id_in(newer) != mine
    assert visitor.get(newer).status_code == 200


def test_every_link_and_form_of_the_check_belongs_to_one_person(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    mine = id_in(visitor.seen[-1].request.url)
    addresses = [response.location or "" for response in visitor.seen]
    # The addresses without an id are typed in.
    for typed in ("answers", "results", "goals", "age?from=answers"):
        visitor.get(f"/check/{typed}")
    visitor.post(visitor.form_at("/check/age"), answer="forty")
    visitor.get("/check")
    for response in visitor.seen:
        page = Page(response.text)
        addresses += [link.get("href") or "" for link in page.all("a")]
        addresses += [form.get("action") or "" for form in page.all("form")]
    inside = {address for address in addresses if address.startswith(CHECK)} - WITHOUT_ID
    assert {"answers", "results", "goals", "workwell-ncl"} <= {question_in(address) for address in inside}
    assert {address for address in inside if f"j={mine}" not in address} == set()


def test_a_listing_leads_back_to_the_same_persons_results_only(visitor: Visitor) -> None:
    results = visitor.go_through(BACK_PAIN)
    links = [link["href"] or "" for link in Page(results.text).all("a")]
    listing = next(link for link in links if link.startswith("/services/workwell-ncl?"))
    assert "Back to your results" in visitor.get(listing).text
    visitor.go_through(BACK_PAIN)
    assert "Back to your results" not in visitor.get(listing).text


def test_the_id_is_in_no_log_and_goes_to_no_other_website(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = visitor.go_through(BACK_PAIN)
    mine = id_in(response.request.url)
    assert not any(mine in line for line in caplog.messages)
    assert response.headers["Referrer-Policy"] == "same-origin"
