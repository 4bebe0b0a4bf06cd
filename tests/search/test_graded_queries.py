"""What people type, graded by health professionals, residents and job coaches: the best answers stay on top."""

from functools import cache
from typing import Literal, TypedDict, cast

import pytest
import yaml

from app.actions.find import Found, find
from tests.search.grading import Marks, marks, mean_over_sets
from tests.seeds import ROOT, open_listings, seed_catalogue


class _GradedQuery(TypedDict):
    """A search, and how well each listing answers it. ``borough`` is left out where none is chosen."""

    said_by: Literal["professionals", "residents", "coaches"]
    q: str
    set: str
    kind: Literal["normal", "closed", "urgent", "quiet"]
    borough: str
    grades: dict[str, int]


FILE = ROOT / "tests" / "search" / "graded_queries.yaml"
QUERIES = cast(list[_GradedQuery], yaml.safe_load(FILE.read_text(encoding="utf-8")))
# The figures that were reached, less 0.01. They may only rise.
FLOORS = {
    "everybody": Marks(ndcg=0.938, hit1=0.930, hit3=0.979),
    "professionals": Marks(ndcg=0.941, hit1=0.940, hit3=0.978),
    "residents": Marks(ndcg=0.927, hit1=0.917, hit3=0.982),
    "coaches": Marks(ndcg=0.930, hit1=0.907, hit3=0.965),
}


@cache
def _found(typed: str, borough: str | None) -> Found:
    return find(seed_catalogue(), typed, borough, 10)


def _answer(query: _GradedQuery) -> Found:
    return _found(query["q"], query.get("borough"))


def _of_kind(kind: str) -> list[_GradedQuery]:
    return [query for query in QUERIES if query["kind"] == kind]


def _notices(query: _GradedQuery) -> set[str]:
    return {notice.kind for notice in _answer(query).notices}


@pytest.mark.parametrize("said_by", FLOORS)
def test_the_best_answers_come_first(said_by: str) -> None:
    graded = [
        query
        for query in QUERIES
        if said_by in ("everybody", query["said_by"]) and query["kind"] in ("normal", "closed") and query["grades"]
    ]
    reached = mean_over_sets((query["set"], marks(_answer(query).results, query["grades"])) for query in graded)
    short = {name: figure for name, figure in reached._asdict().items() if figure < FLOORS[said_by]._asdict()[name]}
    assert not short, f"of {reached}"


@pytest.mark.parametrize("query", _of_kind("urgent"), ids=lambda query: query["q"])
def test_danger_is_heard(query: _GradedQuery) -> None:
    assert "urgent" in _notices(query)


@pytest.mark.parametrize("kind", ["normal", "quiet"])
def test_ordinary_words_raise_no_alarm(kind: str) -> None:
    assert [query["q"] for query in _of_kind(kind) if "urgent" in _notices(query)] == []


def test_what_only_sounds_like_a_closed_programme_is_not_taken_for_one() -> None:
    assert [query["q"] for query in _of_kind("quiet") if "closed" in _notices(query)] == []


@pytest.mark.parametrize("query", _of_kind("closed"), ids=lambda query: query["q"])
def test_a_closed_programme_says_so(query: _GradedQuery) -> None:
    assert "closed" in _notices(query)


def test_the_file_is_large_and_names_only_open_listings() -> None:
    graded = {listing for query in QUERIES for listing in query["grades"]}
    assert graded <= {listing.id for listing in open_listings()}
    assert {grade for query in QUERIES for grade in query["grades"].values()} <= {1, 2, 3}
    assert len({(query["said_by"], query["q"], query.get("borough")) for query in QUERIES}) == len(QUERIES) >= 650
