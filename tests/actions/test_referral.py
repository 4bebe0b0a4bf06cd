"""What a referral tells of a service and a person: what is met, what is to check, and no more than is known."""

from datetime import date

import pytest

from app.actions.referral import Referral, open_instead, referral_to
from app.directory.listing import Listing
from app.directory.referral import ReferralWords
from app.eligibility.explain import Reason
from tests.seeds import closed_listings, open_listings, seed_catalogue

TODAY = date(2026, 11, 22)
BACK_PAIN: dict[str, object] = {
    "asking_for": "patient",
    "lives_in": "camden",
    "work_status": "off_sick",
    "health": "yes",
    "age": 42,
    "conditions": ["back_or_neck"],
}


def words() -> ReferralWords:
    found = seed_catalogue().referral
    assert found is not None
    return found


def referral(id_: str, **raw: object) -> Referral:
    catalogue = seed_catalogue()
    return referral_to(catalogue, words(), catalogue.listings[id_], raw, TODAY)


def texts(told: tuple[Reason, ...]) -> list[str]:
    return [reason.text for reason in told]


def test_what_a_patient_meets_is_said_of_the_patient() -> None:
    told = referral("workwell-ncl", **BACK_PAIN)
    assert "They live in Camden." in texts(told.met)
    assert "They are off sick from a job." in texts(told.met)
    assert (told.to_check, told.not_met, told.other_ways) == ((), (), ())


def test_what_is_not_met_is_said() -> None:
    told = referral("workwell-ncl", **{**BACK_PAIN, "health": "no", "conditions": ["none"]})
    assert texts(told.not_met) == [
        "For people with a health condition or disability; they have no health condition or disability."
    ]


@pytest.mark.parametrize("listing", open_listings(), ids=lambda listing: listing.id)
def test_of_nobody_every_condition_is_to_check(listing: Listing) -> None:
    told = referral(listing.id)
    assert told.to_check
    assert (told.met, told.not_met, told.advice) == ((), (), ())
    assert not told.known
    assert not told.urgent


def test_another_way_in_says_only_what_it_asks_in_place_of_the_first() -> None:
    (way,) = referral("workwell-ncl").other_ways
    assert texts(way) == ["For people with a GP in Barnet, Camden, Enfield, Haringey or Islington."]


def test_a_service_that_only_people_know_of_is_judged_too() -> None:
    """Link workers and advice are never recommended, but a professional may refer to them."""
    assert texts(referral("social-prescribing-link-worker", gp_borough="enfield").met) == ["They have a GP in Enfield."]


def test_whoever_asked_for_themselves_is_told_of_in_the_third_person() -> None:
    for person in ("me", "family", "patient", "employee"):
        told = referral("employer-health-disability-service", asking_for=person, work_status="in_work")
        assert "yourself" not in " ".join(texts((*told.met, *told.to_check, *told.not_met))), person


def test_fit_notes_are_for_people_off_sick() -> None:
    assert [advice.title for advice in referral("workwell-ncl", work_status="off_sick").advice] == ["Fit note"]
    assert referral("workwell-ncl", work_status="in_work").advice == ()
    assert referral("workwell-ncl", work_status="not_sure").advice == ()


def test_a_code_for_social_prescribing_is_on_the_link_workers_page_alone() -> None:
    coded = [one.id for one in open_listings() if (coding := referral(one.id).coding) and coding.codes]
    assert coded == ["social-prescribing-link-worker"]


def test_for_employment_support_free_text_stands_in_place_of_a_code() -> None:
    coding = referral("connect-to-work").coding
    assert coding
    assert coding.codes == ()
    assert "no national code" in coding.text
    assert coding.free_text


def test_an_answer_that_tells_of_danger_is_noticed() -> None:
    assert referral("icope", goals=["urgent_help"]).urgent


def test_doors_for_another_borough_are_left_out() -> None:
    everywhere = referral("care-leavers-programme").doors
    assert len(everywhere) == 5
    assert not any(door.sure for door in everywhere)
    (door,) = referral("care-leavers-programme", lives_in="enfield").doors
    assert (door.listing.id, door.sure) == ("care-leavers-enfield", True)


@pytest.mark.parametrize("closed", closed_listings(), ids=lambda listing: listing.id)
def test_a_closed_service_leads_on_to_open_ones(closed: Listing) -> None:
    catalogue = seed_catalogue()
    instead = open_instead(catalogue, catalogue.listings[closed.id])
    assert instead
    assert all(listing.status != "closed" for listing in instead)
    assert len({listing.id for listing in instead}) == len(instead)
