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
    assert told.crisis == ()


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


def test_an_answer_that_tells_of_danger_puts_crisis_help_first_and_sends_nothing() -> None:
    told = referral("icope", goals=["urgent_help"])
    assert [line.id for line in told.crisis] == list(seed_catalogue().urgent.in_full_view)
    assert (told.has_letter, told.has_message) == (False, False)


def test_a_letter_goes_only_where_a_source_says_that_a_professional_can_refer() -> None:
    with_letter = {listing.id for listing in open_listings() if referral(listing.id).has_letter}
    assert with_letter == {
        "connect-to-work",
        "icope",
        "ips-severe-mental-illness",
        "iwork",
        "macmillan-work-support",
        "mental-health-single-point-of-access",
        "social-prescribing-link-worker",
        "talking-therapies-beh",
        "workwell-ncl",
    }


def test_a_patient_is_told_of_what_they_can_go_to_by_themselves() -> None:
    told = referral("acas-helpline")
    assert (told.has_letter, told.has_message) == (False, True)


@pytest.mark.parametrize("id_", ["fit-note-information", "ncl-training-hub", "employer-health-disability-service"])
def test_what_is_for_information_or_employers_is_sent_to_nobody(id_: str) -> None:
    told = referral(id_)
    assert (told.has_letter, told.has_message) == (False, False)


def test_an_offer_to_employers_is_known_by_its_rule_whatever_its_role() -> None:
    catalogue = seed_catalogue()
    as_service = catalogue.listings["timewise-foundation"].model_copy(update={"role": "service"})
    told = referral_to(catalogue, words(), as_service, {"asking_for": "patient"}, TODAY)
    assert told.for_employers
    assert not told.has_message
    assert told.not_met == (), "who asks tells nothing of the patient"


@pytest.mark.parametrize("listing", open_listings(), ids=lambda listing: listing.id)
def test_nothing_goes_out_for_what_does_not_fit(listing: Listing) -> None:
    told = referral(listing.id, lives_in="outside_ncl", gp_borough="outside_ncl", age=12, work_status="student")
    assert not (told.not_met and (told.has_letter or told.has_message))


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
