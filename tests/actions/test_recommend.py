"""The wizard's decision on the real catalogue: judged residents, the programmes of its heart, people to talk to."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from app.actions.decision import decision_data
from app.actions.recommend import Recommendation, recommend, usable_contacts
from app.eligibility.answers import AnswerError
from app.eligibility.evaluate import Verdict
from tests.seeds import seed_catalogue

CASES = yaml.safe_load((Path(__file__).parents[1] / "judged_cases.yaml").read_text())
TODAY = date(2026, 11, 21)
SIX_PRACTICES = [
    "city-road-medical-centre",
    "goodinge-group-practice",
    "river-place-group-practice",
    "st-johns-way-medical-centre",
    "village-practice",
    "killick-street",
]


def _decide(answers: dict[str, Any], day: date = TODAY) -> Recommendation:
    return recommend(seed_catalogue(), answers, day)


def _ids(decision: Recommendation) -> list[str]:
    return [entry.listing.id for entry in decision.recommendations]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_judged_residents_are_sent_to_the_right_door(case: dict[str, Any]) -> None:
    expected = case["expect"]
    decision = _decide(case["answers"], date.fromisoformat(case["as_of"]))
    ids = _ids(decision)
    assert decision.outcome in expected["outcome"]
    if expected["best"]:
        assert (ids or [route.listing.id for route in decision.always])[0] in expected["best"]
    for unwanted in expected["must_not"]:
        assert unwanted["id"] not in (ids[:1] if unwanted["why"].startswith("as a first choice") else ids)


HEART = {
    "workwell-ncl": {"lives_in": "haringey", "health": "yes", "work_status": "off_sick", "age": 42},
    "good-work-camden": {
        "lives_in": "camden",
        "health": "no",
        "age": 44,
        "goals": ["find_job"],
        "situation": ["parent"],
    },
    "iwork": {"lives_in": "islington", "health": "no", "age": 37, "goals": ["find_job"], "situation": ["none"]},
    "camden-disability-job-hub": {"lives_in": "camden", "disabled": "yes", "age": 30, "goals": ["find_job"]},
}


@pytest.mark.parametrize("programme", HEART)
def test_the_wizard_reaches_each_programme_of_the_heart(programme: str) -> None:
    decision = _decide(HEART[programme])
    found = next(entry for entry in decision.recommendations[:4] if entry.listing.id == programme)
    assert found.verdict is Verdict.FITS
    assert all(reason.state == "met" for reason in found.reasons)


@pytest.mark.parametrize("practice", SIX_PRACTICES)
def test_working_better_was_for_the_patients_of_six_practices(practice: str) -> None:
    patient = {
        "gp_practice": practice,
        "work_status": "unemployed",
        "long_term": "yes",
        "age": 46,
        "goals": ["find_job"],
    }
    assert _ids(_decide(patient, date(2016, 2, 1)))[0] == "working-better"
    elsewhere = {**patient, "gp_practice": "another-islington-practice"}
    assert "working-better" not in _ids(_decide(elsewhere, date(2016, 2, 1)))
    assert "working-better" not in _ids(_decide(patient))


def test_working_better_says_that_it_closed_and_where_to_go_instead() -> None:
    listing = seed_catalogue().listings["working-better"]
    assert listing.status == "closed"
    assert "workwell-ncl" in (*listing.successors, *listing.see_instead)


def test_every_reason_has_a_source_or_says_whose_assumption_it_is() -> None:
    for entry in _decide({"lives_in": "camden", "conditions": ["autism"], "age": 26}).recommendations:
        assert all(reason.citations or reason.assumed or reason.state == "unknown" for reason in entry.reasons)


def test_danger_comes_before_every_programme() -> None:
    decision = _decide({"lives_in": "islington", "goals": ["urgent_help"]})
    assert decision.outcome == "urgent"
    assert decision.recommendations == ()
    assert decision.urgent_lines[0].contacts[0].value == "999"
    assert decision.next_question is None


def test_information_for_employers_shows_to_employers_only() -> None:
    shown = {entry.listing.id for entry in _decide({"asking_for": "employee"}).information}
    assert "employer-health-disability-service" in shown
    hidden = {entry.listing.id for entry in _decide({"asking_for": "me"}).information}
    assert "employer-health-disability-service" not in hidden


def test_a_professional_reads_about_the_patient() -> None:
    decision = _decide({"asking_for": "patient", "lives_in": "camden", "health": "yes"})
    texts = [reason.text for entry in decision.recommendations for reason in entry.reasons]
    assert "They live in Camden." in texts
    assert not any(text.startswith("You ") for text in texts)


@st.composite
def _anybody(draw: st.DrawFn) -> dict[str, object]:
    answers: dict[str, object] = {}
    for question in seed_catalogue().questionnaire:
        how = draw(st.sampled_from(["left out", "left out", "answered", "not_sure", "prefer_not_to_say"]))
        if how == "answered" and question.kind == "number":
            answers[question.id] = draw(st.integers(question.lowest, question.highest))
        elif how == "answered":
            one = st.sampled_from(question.answer_ids)
            answers[question.id] = draw(
                one if question.kind == "one" else st.lists(one, min_size=1, max_size=4, unique=True)
            )
        elif how != "left out":
            answers[question.id] = how
    return answers


@settings(max_examples=400)
@given(_anybody(), st.dates(date(2016, 2, 1), date(2027, 12, 31)))
def test_nobody_is_left_without_somebody_to_talk_to(answers: dict[str, object], day: date) -> None:
    try:
        decision = _decide(answers, day)
    except AnswerError:
        reject()
    assert decision.always
    assert all(route.contacts for route in decision.always)
    recommended = [seed_catalogue().programmes[id_] for id_ in _ids(decision)]
    assert all(programme.open_on(day) and programme.role in {"programme", "service"} for programme in recommended)


def test_every_open_listing_leads_to_a_contact_or_says_that_it_has_none() -> None:
    catalogue = seed_catalogue()
    without = [
        listing.id
        for listing in catalogue.listings.values()
        if listing.role in {"programme", "service"} and listing.status != "closed"
        if not usable_contacts(catalogue, listing, TODAY) and not listing.unknown
    ]
    assert without == []


def test_a_door_that_closed_leads_nowhere() -> None:
    catalogue = seed_catalogue()
    listing = next(one for one in catalogue.listings.values() if not one.public_contacts and one.reach_through)
    doors = {door.service for door in listing.reach_through}
    closed = {id_: replace(catalogue.programmes[id_], closed=date(2020, 1, 1)) for id_ in doors}
    without = replace(catalogue, programmes={**catalogue.programmes, **closed})
    assert usable_contacts(catalogue, listing, TODAY)
    assert usable_contacts(without, listing, TODAY) == ()


def test_a_page_for_professionals_is_no_contact_of_a_resident() -> None:
    catalogue = seed_catalogue()
    shown = [contact.value for contact in usable_contacts(catalogue, catalogue.listings["workwell-ncl"], TODAY)]
    assert "0808 196 2386" in shown
    assert not any("gps.northcentrallondon" in value for value in shown)
    data = decision_data(catalogue, _decide(HEART["workwell-ncl"]), limit=100)
    assert not any("gps.northcentrallondon" in str(entry["contact"]) for entry in data["recommendations"])


def _first_three(decision: Recommendation) -> list[tuple[str, str]]:
    return [(entry.listing.id, entry.verdict.value) for entry in decision.recommendations[:3]]


@settings(max_examples=150)
@given(_anybody(), _anybody(), st.data())
def test_when_no_question_is_left_no_answer_changes_the_first_three(
    first: dict[str, object], rest: dict[str, object], data: st.DataObject
) -> None:
    """Somebody is asked until the questions stop, and then answers all the others as well."""
    answers = dict(first)
    try:
        decision = _decide(answers)
        while decision.next_question:
            question = decision.next_question
            answers[question.id] = rest.get(question.id, data.draw(st.sampled_from(["not_sure", "prefer_not_to_say"])))
            decision = _decide(answers)
        more = {**rest, **answers}
        completed = _decide(more)
    except AnswerError:
        reject()
    if completed.outcome != "urgent" and decision.outcome != "urgent":
        assert _first_three(completed) == _first_three(decision), set(more) - set(answers)
