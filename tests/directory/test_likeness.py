"""Which listings look like one and the same service, and which only have words in common."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.directory.likeness import MOST_SHARING, Profile, likelihood, likely_pairs, plain_page, plain_phone

CAMDEN, BARNET, EVERYWHERE = frozenset({"camden"}), frozenset({"barnet"}), frozenset({"national"})


def a_listing(slug: str, name: str, **more: Any) -> Profile:
    return Profile(slug, name, **{"area": CAMDEN, **more})


def asked(*profiles: Profile) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {(pair.one, pair.other): pair.reasons for pair in likely_pairs(profiles)}


@pytest.mark.parametrize(
    "other",
    [
        "WorkWell service",
        "Work Well",
        "The WorkWell Programme",
        "workwel",
        "WorkWell (North Central London)",
        "WorkWell, Camden",
    ],
)
def test_a_name_that_is_written_otherwise_is_near(other: str) -> None:
    assert asked(a_listing("one", "WorkWell"), a_listing("other", other)) == {("one", "other"): ("near_name",)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Access to Work", "Access to Work Mental Health Support Service"),
        ("Work Choice", "Work Programme"),
        ("Health checks for men", "Health checks for women"),
        ("Job Hub 1", "Job Hub 2"),
        ("Job Hub Camden", "Job Hub Barnet"),
        ("Haringey Works", "London Works"),
        ("Youth Hub", "Youth Hub Islington Women Training"),
        ("的", "工作"),
    ],
)
def test_names_that_say_another_thing_are_not(one: str, other: str) -> None:
    assert asked(a_listing("one", one, area=EVERYWHERE), a_listing("other", other, area=EVERYWHERE)) == {}


def test_the_same_name_and_organisation_says_most_and_another_name_of_it_counts() -> None:
    one = a_listing("one", "Good Work", organisation="camden", phones=frozenset({"02079460000"}))
    same = a_listing("same", "good work", organisation="camden")
    alias = a_listing("alias", "Quite otherwise", aliases=("Good Work",))
    phone = a_listing("phone", "Hub on the hill", phones=frozenset({"02079460000"}))
    found = asked(one, same, alias, phone)
    assert found == {
        ("one", "same"): ("name_and_organisation",),
        ("one", "alias"): ("near_name",),
        ("same", "alias"): ("near_name",),
        ("one", "phone"): ("phone",),
    }
    assert sorted(found, key=lambda pair: -likelihood(found[pair]))[0] == ("one", "same")
    assert likelihood(["name_and_organisation"]) > likelihood(["near_name", "phone", "web"])


def test_nobody_is_asked_about_other_places_or_about_what_leads_to_the_other() -> None:
    one = a_listing("one", "Good Work")
    assert asked(one, a_listing("far", "Good Work", area=BARNET)) == {}
    assert asked(one, a_listing("next", "Good Work", leads_to=frozenset({"one"}))) == {}
    assert asked(one, a_listing("wide", "Good Work", area=EVERYWHERE)) != {}


def test_a_number_or_page_that_many_share_says_nothing() -> None:
    phone = frozenset({"02079460000"})
    few = [a_listing(f"a{number}", f"Name {'abc'[number] * 6}", phones=phone) for number in range(MOST_SHARING)]
    assert len(asked(*few)) == MOST_SHARING
    assert asked(*few, a_listing("last", "Another", phones=phone)) == {}


def test_what_one_organisation_shares_says_nothing_of_services_with_other_names() -> None:
    shared = {"organisation": "hillside", "phones": frozenset({"1"}), "pages": frozenset({"hillside.org"})}
    assert asked(a_listing("one", "Clubhouse", **shared), a_listing("other", "Mental Health Working", **shared)) == {}
    home = {"pages": frozenset({"camden.gov.uk"})}
    assert asked(a_listing("one", "Clubhouse", **home), a_listing("other", "Swimming", **home)) == {}
    page = {"pages": frozenset({"camden.gov.uk/jobs"})}
    assert asked(a_listing("one", "Clubhouse", **page), a_listing("other", "Swimming", **page)) != {}


def test_only_pairs_of_some_listings_are_looked_for_where_some_are_named() -> None:
    three = [a_listing(slug, "Good Work") for slug in ("a", "b", "c")]
    assert {(pair.one, pair.other) for pair in likely_pairs(three, {"c"})} == {("a", "c"), ("b", "c")}


@pytest.mark.parametrize(
    "written", ["020 7946 0000", "+44 20 7946 0000", "0044 (0)20 7946 0000", "+44 (0)20 7946 0000", "18001 02079460000"]
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert plain_phone(written) == "02079460000"


def test_a_web_address_is_the_same_however_it_is_written() -> None:
    same = {
        plain_page(one)
        for one in ("https://www.Door.example/jobs/", "http://door.example/jobs#top", "door.example/jobs")
    }
    assert same == {"door.example/jobs"}
