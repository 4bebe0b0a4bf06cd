"""A search for one person: what fits comes first, what was asked for by name stays first, and nothing is lost."""

import random

import pytest
import yaml

from app.actions.find import find
from app.actions.recommend import Desk, desk_for
from app.actions.today import today
from app.directory.listing import Listing
from app.eligibility.evaluate import Verdict
from tests.benchmarks.people import sample_people
from tests.seeds import ROOT, open_listings, seed_catalogue

CASES = yaml.safe_load((ROOT / "tests" / "judged_cases.yaml").read_text(encoding="utf-8"))
QUERIES = [
    query["q"]
    for query in yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text(encoding="utf-8"))
    if query["kind"] == "normal"
]
ALL = 1000


def _person(answers: dict[str, object]) -> Desk:
    return desk_for(seed_catalogue(), answers, today())


def _people(number: int) -> list[Desk]:
    catalogue = seed_catalogue()
    return [_person(raw) for raw in sample_people(catalogue.questionnaire, catalogue.priors, number, seed=5)]


def test_nothing_that_is_found_for_anybody_is_lost_for_a_person() -> None:
    queries = random.Random(7).sample(QUERIES, 40)
    for person, typed in zip(_people(40), queries, strict=True):
        anybody = find(seed_catalogue(), typed, None, ALL)
        somebody = find(seed_catalogue(), typed, None, ALL, person=person)
        assert set(anybody.results) <= set(somebody.results), typed


def test_somebody_of_whom_nothing_is_known_finds_what_anybody_finds_first() -> None:
    nobody = _person({})
    for typed in random.Random(8).sample(QUERIES, 40):
        assert (
            find(seed_catalogue(), typed, None, 1, person=nobody).results
            == find(seed_catalogue(), typed, None, 1).results
        )


@pytest.mark.parametrize("listing", open_listings(), ids=lambda listing: listing.id)
def test_a_listing_is_first_for_its_name_whoever_it_is_for(listing: Listing) -> None:
    for person in _people(3):
        assert find(seed_catalogue(), listing.name, None, 1, person=person).results == (listing.id,)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case["as_of"].startswith("2016")], ids=lambda c: c["id"]
)
def test_without_words_a_person_sees_their_recommendations_first(case: dict[str, dict[str, object]]) -> None:
    person = _person(case["answers"])
    recommended = [entry.programme.id for entry in person.recommended]
    found = find(seed_catalogue(), "", None, ALL, person=person).results
    assert list(found[: len(recommended)]) == recommended
    verdicts = [person.standing.verdict(id_) for id_ in found]
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict is Verdict.DOES_NOT_FIT)


def test_of_what_people_mean_by_words_that_which_fits_comes_first() -> None:
    for borough, own in (("camden", "good-work-camden"), ("islington", "iwork"), ("haringey", "haringey-works")):
        person = _person({"lives_in": borough, "work_status": "unemployed", "age": 40})
        found = find(seed_catalogue(), "help to find a job", None, ALL, person=person).results
        others = {"good-work-camden", "iwork", "haringey-works"} - {own}
        assert own in found
        assert all(found.index(own) < found.index(other) for other in others if other in found)
