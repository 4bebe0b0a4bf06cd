"""Finding a service, on the project's own seed files."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.find import Found, find
from app.catalogue import Catalogue, make_catalogue
from app.directory.listing import BOROUGHS, Listing
from app.exchange.rows import Published
from tests.seeds import ROOT, open_listings, published_seed, seed_catalogue

JUDGED = yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text(encoding="utf-8"))
BOROUGH_SERVICES = published_seed().reference["synonyms"]["borough_services"]
OPEN = {listing.id for listing in open_listings()}


def _find(typed: str, borough: str | None = None, limit: int = 10) -> Found:
    return find(seed_catalogue(), typed, borough, limit)


def _judged(kind: str) -> list[dict[str, object]]:
    return [query for query in JUDGED if query["kind"] == kind]


@pytest.mark.parametrize("listing", open_listings(), ids=lambda listing: listing.id)
def test_found_by_its_name_and_every_alias(listing: Listing) -> None:
    assert _find(listing.name).results[0] == listing.id
    for alias in listing.aliases:
        assert listing.id in _find(alias.name).results[:3], alias.name


def test_listings_that_share_an_alias_are_all_shown() -> None:
    shared: dict[str, set[str]] = {}
    for listing in open_listings():
        for alias in listing.aliases:
            shared.setdefault(alias.name, set()).add(listing.id)
    for alias_name, ids in shared.items():
        assert ids <= set(_find(alias_name).results), alias_name


@pytest.mark.parametrize("query", _judged("normal"), ids=lambda query: query["q"])
def test_a_judged_phrase_finds_what_it_should(query: dict[str, object]) -> None:
    typed, wanted = str(query["q"]), query["first"]
    found = _find(typed)
    assert isinstance(wanted, list)
    assert not {"urgent", "closed"} & {notice.kind for notice in found.notices}
    assert not wanted or set(wanted) & set(found.results[:3])
    if query["borough_service"]:
        assert all(BOROUGH_SERVICES[borough] in _find(typed, borough).results[:3] for borough in BOROUGHS)


@pytest.mark.parametrize("query", _judged("closed"), ids=lambda query: query["q"])
def test_a_judged_closed_name_leads_on(query: dict[str, object]) -> None:
    found = _find(str(query["q"]))
    assert isinstance(query["first"], list)
    assert "closed" in [notice.kind for notice in found.notices]
    assert set(query["first"]) & set(found.results[:3])


@pytest.mark.parametrize("query", _judged("urgent"), ids=lambda query: query["q"])
def test_a_judged_cry_for_help_is_heard(query: dict[str, object]) -> None:
    assert _find(str(query["q"])).notices[0].kind == "urgent"


def test_most_judged_phrases_are_answered_first() -> None:
    wanted = [query for query in _judged("normal") if query["first"]]
    hits = [_find(str(query["q"])).results[0] in query["first"] for query in wanted]  # type: ignore[operator]
    assert sum(hits) / len(hits) >= 0.95


# What people type that nobody judged: the meaning leads, whatever the words.
@pytest.mark.parametrize(
    ("typed", "borough", "among"),
    [
        ("doctor signed me off with stress", None, {"workwell-ncl"}),
        ("sicknote from gp", None, {"fit-note-information"}),
        ("how do i get back to work after a stroke", None, {"workwell-ncl"}),
        ("going back to work after cancer", None, {"macmillan-work-support"}),
        ("my boss is bullying me", None, {"acas-helpline"}),
        ("criminal record jobs", None, {"connect-to-work"}),
        ("autistic daughter needs a job", "camden", {"cape-course"}),
        ("LD employment Enfield", None, {"enfield-equals"}),
        ("help with job applications Tottenham", None, {"haringey-works"}),
        ("counselling", "barnet", {"talking-therapies-beh"}),
        ("will I lose my PIP if I work", None, {"citizens-advice-help-to-claim"}),
        ("failed my work capability assessment", None, {"pathways-to-work-adviser"}),
        ("care assistant vacancies", "barnet", {"ncl-health-social-care-academy"}),
        ("bricklaying course Camden", None, {"euston-skills-centre"}),
        ("taxi to work", None, {"access-to-work"}),
        ("17 year old not in school", "islington", {"islington-youth-employment-hubs"}),
        ("single mum school hours", "enfield", {"enfield-step", "enfield-trailblazer"}),
        ("syrian refugee engineer", None, {"breaking-barriers"}),
        ("lonely", None, {"social-prescribing-link-worker"}),
        ("hearing voices", None, {"ips-severe-mental-illness"}),
        ("vocational rehab", None, {"workwell-ncl"}),
        ("IPS referral", None, {"connect-to-work"}),
        ("return to work plan", None, {"workwell-ncl"}),
        ("employment adviser", "barnet", {"barnet-boost"}),
        ("refer patient for employment support", None, {"workwell-ncl"}),
        ("work and health", None, {"workwell-ncl"}),
        ("letter that says I am fit to work", None, {"fit-note-information"}),
        ("autism employment support", None, {"connect-to-work"}),
        ("carpentry course", "camden", {"euston-skills-centre"}),
    ],
)
def test_the_meaning_leads(typed: str, borough: str | None, among: set[str]) -> None:
    assert among & set(_find(typed, borough).results[:3])


@pytest.mark.parametrize("typed", ["job hub", "job hub near me", "council job help"])
def test_a_job_hub_is_the_councils_own(typed: str) -> None:
    assert _find(typed).results[0] == "good-work-camden"
    assert set(_find(typed).results[:5]) == set(BOROUGH_SERVICES.values())
    assert all(_find(typed, borough).results[0] == BOROUGH_SERVICES[borough] for borough in BOROUGHS)


def test_referral_by_a_gp_to_employment_support_leads_to_workwell() -> None:
    for typed in ("GP referral employment", "employment support", "health and work"):
        assert _find(typed).results[0] == "workwell-ncl", typed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("workw", "workwell-ncl"),
        ("wor", "workwell-ncl"),
        ("iw", "iwork"),
        ("acc", "access-to-work"),
        ("good wo", "good-work-camden"),
        ("connect to wor", "connect-to-work"),
        ("social pres", "social-prescribing-link-worker"),
        ("anx", "workwell-ncl"),
        ("bac", "workwell-ncl"),
        ("musc", "workwell-ncl"),
        ("canc", "macmillan-work-support"),
    ],
)
def test_half_a_word_finds_what_it_begins(typed: str, first: str) -> None:
    found = _find(typed)
    assert found.results[0] == first
    assert found.relaxed is None
    assert found.notices == ()


def test_half_a_word_shows_more_than_one_thing_that_it_may_become() -> None:
    assert {"workwell-ncl", "good-work-camden"} <= set(_find("wor", limit=50).results)


@pytest.mark.parametrize(("half", "whole"), [("anx work", "anxiety work"), ("musc pain", "muscle pain")])
def test_half_a_word_before_others_is_put_right_and_that_is_said(half: str, whole: str) -> None:
    assert _find(half).results == _find(whole).results
    assert [notice.kind for notice in _find(half).notices] == ["did_you_mean"]


def test_everyday_words_beside_what_is_meant_count_little() -> None:
    assert _find("sectioned last year").results[0] == _find("sectioned").results[0]


def test_a_whole_word_is_not_taken_for_the_beginning_of_another() -> None:
    assert _find("work").results[0] == "jobcentre-plus"
    assert _find("care").results != _find("care leaver").results


def _opening(listing_id: str, opened: str, folder: Path) -> Catalogue:
    seed = published_seed()
    listings = {**seed.listings, listing_id: seed.listings[listing_id].model_copy(update={"opened": opened})}
    return make_catalogue(Published(1, listings, seed.organisations, seed.reference), folder)


@pytest.mark.parametrize("typed", ["Macmillan", "cancer", ""])
def test_a_service_is_found_from_the_day_on_which_the_wizard_offers_it(typed: str, tmp_path: Path) -> None:
    catalogue = _opening("macmillan-work-support", "2030-06-01", tmp_path)
    assert "macmillan-work-support" not in find(catalogue, typed, None, 500, date(2030, 5, 31)).results
    assert "macmillan-work-support" in find(catalogue, typed, None, 500, date(2030, 6, 1)).results


def test_a_service_that_is_not_open_yet_is_not_shown_for_its_name_in_another_borough(tmp_path: Path) -> None:
    catalogue = _opening("cape-course", "2030-06-01", tmp_path)
    assert "cape-course" not in find(catalogue, "CAPE course", "barnet", 500, date(2030, 5, 31)).results
    assert find(catalogue, "CAPE course", "barnet", 500, date(2030, 6, 1)).results[0] == "cape-course"


@pytest.mark.parametrize("day", [date(2017, 3, 1), date(2024, 11, 1), date(2030, 1, 1)])
def test_search_and_wizard_agree_on_what_is_open(day: date) -> None:
    catalogue = seed_catalogue()
    wizard = {id_ for id_, programme in catalogue.programmes.items() if programme.open_on(day)}
    assert set(find(catalogue, "", None, 500, day).results) == wizard
    for typed in ("jobs", "Work Programme", "cancer", "qwertyuiop"):
        assert set(find(catalogue, typed, None, 500, day).results) <= wizard


@pytest.mark.parametrize("borough", BOROUGHS)
@pytest.mark.parametrize("typed", ["", "jobs", "anxiety", "money worries", "qwertyuiop"])
def test_a_borough_keeps_wide_services_and_drops_other_boroughs(typed: str, borough: str) -> None:
    listings = seed_catalogue().listings
    everywhere, here = _find(typed, None, 99).results, _find(typed, borough, 99).results
    wide = {one for one in everywhere if {"ncl", "london", "national"} & set(listings[one].area)}
    assert wide <= set(here)
    assert all({borough, "ncl", "london", "national"} & set(listings[one].area) for one in here)


def test_a_service_of_another_borough_is_shown_when_named_and_that_is_said() -> None:
    found = _find("CAPE course", "barnet")
    assert found.results[0] == "cape-course"
    assert found.relaxed is not None
    assert "Barnet" in found.relaxed


def test_browsing_without_words() -> None:
    found = _find("  ", None, 500)
    assert set(found.results) == OPEN
    assert found.total == len(OPEN)
    assert found.relaxed is None


def test_browsing_a_borough_begins_with_its_own() -> None:
    first = seed_catalogue().listings[_find("", "enfield").results[0]]
    assert first.area == ("enfield",)
    assert _find("Enfield").results == _find("services in Enfield").results == _find("", "enfield").results


def test_what_matches_nothing_ends_with_people_and_says_so() -> None:
    found = _find("qwertyuiop zxcvb")
    assert {seed_catalogue().listings[one].role for one in found.results} == {"human_route"}
    assert found.relaxed


def test_some_of_the_words_are_better_than_none_and_that_is_said() -> None:
    found = _find("vacancies for unicorn tamers on mars with interpreters")
    assert found.results


def test_a_place_that_is_not_served_is_named() -> None:
    found = _find("Hackney")
    assert found.relaxed is not None
    assert "Barnet, Camden, Enfield, Haringey and Islington" in found.relaxed


def test_a_limit_cuts_the_results_and_not_the_total() -> None:
    found = _find("jobs", None, 2)
    assert len(found.results) == 2
    assert found.total > 2
    assert _find("jobs", None, 0).results == ()


HOSTILE = [
    "*" * 200,
    "a* OR b* OR c*",
    "(" * 150 + ")" * 150,
    "[a TO z]",
    'name:"x" AND NOT text:y~9',
    "\0\0work\0",
    "w" * 10_000,
    "work " * 5_000,
    "🙂" * 300,
    "👩🏽‍🦽",
    "مساعدة في العمل",
    "\u202eklow\u202c",
    "' OR 1=1; DROP TABLE service; --",
    "\ud800\udfff\ud800",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %00 %s",
    "../../etc/passwd",
    "ﷺ" * 200,
    "٣٤٥ ½ ² Ⅷ",
    "\t\r\n\v\f",
    "NULL None NaN true",
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("borough", [None, "camden", "atlantis"])
def test_a_hostile_search_is_answered(typed: str, borough: str | None) -> None:
    found = _find(typed, borough)
    assert found.results
    assert set(found.results) <= OPEN


_words = st.sampled_from([word for query in JUDGED for word in str(query["q"]).split()])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(_words, max_size=15).map(" ".join)), st.sampled_from([None, *BOROUGHS]))
def test_any_text_gives_an_answer(typed: str, borough: str | None) -> None:
    found = _find(typed, borough, 200)
    assert found.results
    assert len(set(found.results)) == len(found.results) == found.total
    assert set(found.results) <= OPEN
    assert all(notice.text for notice in found.notices)
    assert _find(typed, borough, 200) == found
