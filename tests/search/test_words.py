"""The word lists that people edit: every name in them leads somewhere, and traps stay shut."""

import pytest

from app.actions.find import find
from app.directory.listing import BOROUGHS
from app.search.query import stem, words_of
from app.search.synonyms import BOROUGH_SERVICE
from tests.seeds import open_listings, published_seed, seed_catalogue

SYNONYMS = published_seed().reference["synonyms"]
PLACES = published_seed().reference["places"]


def test_every_lead_is_an_open_listing() -> None:
    open_ids = {listing.id for listing in open_listings()} | {BOROUGH_SERVICE}
    leads = {lead for group in SYNONYMS["groups"] for lead in group["lead"]}
    leads |= {lead for group in SYNONYMS["groups"] for own in group.get("lead_in", {}).values() for lead in own}
    assert leads | set(SYNONYMS["borough_services"].values()) | set(SYNONYMS["last_resort"]) <= open_ids


def test_every_group_has_the_known_fields() -> None:
    known = {"means", "say", "misspelt", "short", "lead", "lead_in", "search_for", "general"}
    for group in SYNONYMS["groups"]:
        assert set(group) <= known, group["means"]
        assert all(isinstance(phrase, str) for phrase in group["say"]), group["means"]
        assert set(group.get("lead_in", {})) <= set(BOROUGHS), group["means"]


def test_no_phrase_has_two_meanings() -> None:
    meanings: dict[str, set[str]] = {}
    for group in SYNONYMS["groups"]:
        for phrase in [*group["say"], *group.get("misspelt", [])]:
            meanings.setdefault("".join(map(stem, words_of(phrase))), set()).add(group["means"])
    assert {phrase: means for phrase, means in meanings.items() if len(means) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("out of work 3 years", "out of work five years"),
        ("off sick eleven weeks", "off sick 2 weeks"),
        ("aged 61", "over 60"),
        ("22 year old", "young person"),
    ],
)
def test_any_number_will_do_where_the_words_say_so(typed: str, like: str) -> None:
    catalogue = seed_catalogue()
    assert find(catalogue, typed, None, 3).results == find(catalogue, like, None, 3).results


def test_a_phrase_as_it_stands_wins_over_one_with_small_words_left_out() -> None:
    catalogue = seed_catalogue()
    assert find(catalogue, "employment support", None, 1).results == ("workwell-ncl",)
    assert find(catalogue, "employment and support", None, 1).results == ("citizens-advice-help-to-claim",)


def test_places_name_boroughs() -> None:
    assert set(PLACES["inside"]) == set(BOROUGHS)
    assert all(set(boroughs) <= set(BOROUGHS) for boroughs in PLACES["across"].values())


@pytest.mark.parametrize("borough", BOROUGHS)
def test_every_certain_place_name_acts_as_the_borough_filter(borough: str) -> None:
    catalogue = seed_catalogue()
    wanted = find(catalogue, "find a job", borough, 50).results
    for place in PLACES["inside"][borough]:
        assert find(catalogue, f"find a job in {place}", None, 50).results == wanted, place


@pytest.mark.parametrize("place", sorted(PLACES["across"]))
def test_a_place_across_borough_lines_hides_nothing(place: str) -> None:
    catalogue = seed_catalogue()
    there = find(catalogue, f"find a job {place}", None, 99).results
    assert set(there) == set(find(catalogue, "find a job", None, 99).results)
    own = {SYNONYMS["borough_services"][borough] for borough in PLACES["across"][place]}
    assert own & set(there[:3])


@pytest.mark.parametrize("word", ["ms", "MS", "ME", "me", "ld", "OH", "oh", "LTS", "IB"])
def test_a_colliding_abbreviation_counts_alone(word: str) -> None:
    assert find(seed_catalogue(), word, None, 5).relaxed is None


@pytest.mark.parametrize(
    ("typed", "like"),
    [("I have ME and work part time", "chronic fatigue work part time"), ("MS and my job", "multiple sclerosis job")],
)
def test_a_colliding_abbreviation_counts_beside_a_word_about_work(typed: str, like: str) -> None:
    catalogue = seed_catalogue()
    assert find(catalogue, typed, None, 3).results == find(catalogue, like, None, 3).results


@pytest.mark.parametrize("typed", ["help me find a job", "get us a job", "oh I need a job", "send me jobs"])
def test_an_everyday_word_is_no_abbreviation(typed: str) -> None:
    found = find(seed_catalogue(), typed, None, 3)
    assert not found.notices
    assert set(found.results) <= {"jobcentre-plus", *SYNONYMS["borough_services"].values()}


@pytest.mark.parametrize(
    ("one", "other"),
    [("carer", "carer jobs"), ("learning difficulties", "learning disability"), ("fit note", "fit for work")],
)
def test_what_sounds_alike_is_kept_apart(one: str, other: str) -> None:
    catalogue = seed_catalogue()
    assert find(catalogue, one, None, 1).results != find(catalogue, other, None, 1).results


@pytest.mark.parametrize("typed", ["n7 6la", "N76LA", "N7 6", "n7 6la jobs", "jobs N7 6"])
def test_a_postcode_acts_as_the_borough_it_lies_in(typed: str) -> None:
    words = "jobs" if "jobs" in typed else ""
    assert (
        find(seed_catalogue(), typed, None, 20).results[:3]
        == find(seed_catalogue(), words, "islington", 20).results[:3]
    )


@pytest.mark.parametrize("typed", ["N19 back pain", "SW1A 1AA back pain", "M1 back pain"])
def test_a_postcode_that_tells_no_one_borough_hides_nothing(typed: str) -> None:
    anywhere = set(find(seed_catalogue(), "back pain", None, 100).results)
    assert anywhere <= set(find(seed_catalogue(), typed, None, 100).results)


@pytest.mark.parametrize("practice", ["Goodinge", "killick street health centre", "City Road Medical Centre"])
def test_a_practice_acts_as_its_borough(practice: str) -> None:
    found = find(seed_catalogue(), f"{practice} jobs", None, 10).results
    assert found[:3] == find(seed_catalogue(), "jobs", "islington", 10).results[:3]
