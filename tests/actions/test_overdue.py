"""What nobody confirmed in time comes later; who can use what, and who there is to talk to, stays as it is."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from app.actions.coverage import coverage
from app.actions.decision import decision_data
from app.actions.find import find
from app.actions.impact import with_listing
from app.actions.recommend import recommend
from app.catalogue import Catalogue, make_catalogue
from app.directory.freshness import Freshness
from tests.seeds import ROOT, published_seed, seed_catalogue

BEFORE, DAY = date(2026, 5, 6), date(2026, 11, 21)
"""The last day on which what came in on 9 January was in time, and one long after."""
OLD = Freshness(imported_at=datetime(2026, 1, 9, tzinfo=UTC))
CASES = yaml.safe_load((ROOT / "tests" / "judged_cases.yaml").read_text(encoding="utf-8"))
TYPED = [
    query["q"]
    for query in yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text(encoding="utf-8"))
]
EVERYTHING = published_seed().listings.keys()
ALL = 1000


def late(ids: Collection[str]) -> Catalogue:
    """The catalogue where nobody confirmed these listings in time. It is searched with the same index."""
    published = replace(published_seed(), freshness=dict.fromkeys(ids, OLD))
    return make_catalogue(published, Path(), seed_catalogue().search)


def test_it_begins_on_a_day_and_never_for_what_has_closed() -> None:
    catalogue = late(EVERYTHING)
    closed = {id_ for id_, listing in catalogue.listings.items() if listing.status == "closed"}
    assert catalogue.overdue_on(BEFORE) == frozenset()
    assert catalogue.overdue_on(DAY) == EVERYTHING - closed
    assert seed_catalogue().overdue_on(DAY) == frozenset()


def test_where_all_are_late_nothing_changes_its_place() -> None:
    ours, theirs = seed_catalogue(), late(EVERYTHING)
    for case in CASES[::3]:
        both = [
            decision_data(one, recommend(one, case["answers"], DAY), ALL)["recommendations"] for one in (ours, theirs)
        ]
        without = [[{**entry, "freshness": None} for entry in entries] for entries in both]
        assert without[0] == without[1]
        assert all(entry["freshness"]["overdue"] for entry in both[1])
    for typed in ["", *TYPED[::12]]:
        assert find(ours, typed, None, ALL, DAY) == find(theirs, typed, None, ALL, DAY), typed


def test_it_shuts_nobody_out_and_opens_no_hole() -> None:
    catalogue = late([*seed_catalogue().questionnaire.human_routes, "workwell-ncl", "connect-to-work"])
    assert coverage(catalogue, DAY) == coverage(seed_catalogue(), DAY)
    for case in CASES[::3]:
        before, after = (recommend(one, case["answers"], DAY) for one in (seed_catalogue(), catalogue))
        assert before.outcome == after.outcome
        assert [route.listing for route in before.always] == [route.listing for route in after.always]
        assert {(one.listing.id, one.verdict) for one in before.recommendations} == {
            (one.listing.id, one.verdict) for one in after.recommendations
        }


def test_of_two_that_are_made_for_as_narrow_a_group_the_late_one_comes_second_and_that_is_said() -> None:
    answers = {"lives_in": "islington", "goals": ["find_job"], "work_status": "unemployed", "age": 42, "health": "yes"}
    first, second = (entry.listing for entry in recommend(seed_catalogue(), answers, DAY).recommendations[:2])
    swapped = recommend(late([first.id]), answers, DAY).recommendations
    assert [entry.listing for entry in swapped[:2]] == [second, first]
    assert swapped[1].because == f"{second.name} comes first, because its page is not overdue to be confirmed."
    assert (swapped[0].overdue, swapped[1].overdue) == (False, True)
    then = [recommend(one, answers, BEFORE).recommendations for one in (seed_catalogue(), late([first.id]))]
    assert [entry.listing.id for entry in then[0]] == [entry.listing.id for entry in then[1]]


@pytest.mark.parametrize("typed", ["back pain", "benefits advice"])
def test_a_late_lead_falls_behind_the_next_and_stays_first_for_its_name(typed: str) -> None:
    first, *_ = found = find(seed_catalogue(), typed, None, ALL, DAY).results
    again = find(late([first]), typed, None, ALL, DAY).results
    assert again[0] != first
    assert set(again) == set(found)
    assert find(late([first]), seed_catalogue().listings[first].name, None, 1, DAY).results == (first,)


def test_of_services_that_are_as_near_the_late_come_last() -> None:
    found = find(seed_catalogue(), "", "camden", ALL, DAY).results
    again = find(late([found[0], found[-1]]), "", "camden", ALL, DAY).results
    assert set(again) == set(found)
    assert [one for one in again if one not in {found[0], found[-1]}] == list(found[1:-1])
    assert again[0] == found[1]
    assert 0 < again.index(found[0]) < len(found) - 2


def test_what_would_be_published_is_as_late_as_what_stands() -> None:
    catalogue = late(["iwork"])
    then = with_listing(catalogue, catalogue.listings["iwork"])
    assert then.programmes["iwork"] == catalogue.programmes["iwork"]
