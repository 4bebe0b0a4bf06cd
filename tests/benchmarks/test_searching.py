"""The search is timed on listings like the real ones, and beside peers that search the same words."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.directory.listing import Listing
from app.exchange.rows import Published
from app.search.index import Entry
from app.search.query import words_of
from tests.benchmarks.listings_like import listings_like, made_up_word, searched_texts
from tests.benchmarks.search_peers import Fts5, PlainWhoosh
from tests.benchmarks.searching import typed_so_far
from tests.seeds import published_seed

SIZE = 1_000
ENTRIES = [
    Entry(
        "chairs", "Chairs for Work", "service", "live", ("camden",), ("Sitwell",), text=("Pays for special chairs.",)
    ),
    Entry("coach", "Work Coach", "service", "live", ("ncl",), text=("A coach who helps you find a job.",)),
]


@pytest.fixture(scope="module")
def made() -> Published:
    return listings_like(published_seed(), SIZE)


def test_the_real_listings_stay_and_others_fill_up(made: Published) -> None:
    assert len(made.listings) == SIZE
    assert published_seed().listings.items() <= made.listings.items()
    assert {listing.organisation for listing in made.listings.values()} <= {None, *made.organisations}


def test_every_made_up_listing_has_a_name_of_its_own(made: Published) -> None:
    assert len({listing.name for listing in made.listings.values()}) == SIZE
    assert len({made_up_word(number) for number in range(10_000)}) == 10_000


def test_the_same_listings_are_made_every_time(made: Published) -> None:
    assert listings_like(published_seed(), SIZE) == made


def test_made_up_listings_are_spread_over_areas_as_the_real_ones(made: Published) -> None:
    def share(listings: list[Listing], area: str) -> float:
        return sum(area in listing.area for listing in listings) / len(listings)

    real = list(published_seed().listings.values())
    for area in ("camden", "ncl", "national"):
        assert share(list(made.listings.values()), area) == pytest.approx(share(real, area), abs=0.02)


def test_words_are_as_frequent_as_in_the_real_listings(made: Published) -> None:
    real = published_seed().listings
    often = _shares(real.values())
    again = _shares(listing for id_, listing in made.listings.items() if id_ not in real)
    for word in sorted(often, key=often.__getitem__)[-20:]:
        assert again[word] == pytest.approx(often[word], rel=0.15), word
    assert 0.01 < sum(share for word, share in again.items() if word not in often) < 0.1


def _shares(listings: Iterable[Listing]) -> dict[str, float]:
    counted = Counter(word for listing in listings for text in searched_texts(listing) for word in words_of(text))
    return {word: number / counted.total() for word, number in counted.items()}


@pytest.mark.parametrize("kind", [Fts5, PlainWhoosh])
def test_peers_find_by_name_alias_text_and_stem(kind: type[Fts5 | PlainWhoosh], tmp_path: Path) -> None:
    peer = kind(tmp_path, ENTRIES)
    assert peer.search("chair", 5) == ["chairs"]
    assert peer.search("SITWELL", 5) == ["chairs"]
    assert peer.search("finding a job", 5) == ["coach"]
    assert peer.search('"what?" OR (work', 5) != []
    assert peer.search("?", 5) == []


def test_what_stands_in_the_box_while_somebody_types() -> None:
    assert typed_so_far(["sick note"]) == ["sic", "sick", "sick not"]
