"""The catalogue of the project's own seed files, as the search sees it."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.exchange.listing import Listing
from app.exchange.seed_checks import check_seed
from app.exchange.seed_files import read_seed
from app.search.bundle import Search, make_search

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class SeedCatalogue:
    """Listings with the search over them."""

    listings: Mapping[str, Listing]
    reference: Mapping[str, Any]
    search: Search

    @property
    def open(self) -> list[Listing]:
        """The listings that somebody can still go to."""
        return [listing for listing in self.listings.values() if listing.status != "closed"]

    @property
    def closed(self) -> list[Listing]:
        """The listings that are history."""
        return [listing for listing in self.listings.values() if listing.status == "closed"]


@cache
def seed_catalogue() -> SeedCatalogue:
    """The seed with a new index, made once a test process."""
    return catalogue_in(Path(tempfile.mkdtemp()))


def catalogue_in(folder: Path) -> SeedCatalogue:
    """The seed with its index in this folder."""
    seed, _ = check_seed(read_seed(ROOT / "seed"))
    search = make_search(folder, 1, seed.listings, seed.organisations, seed.reference)
    return SeedCatalogue(seed.listings, seed.reference, search)
