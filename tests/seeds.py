"""The project's own seed files as a catalogue, without a database."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from app.catalogue import Catalogue, make_catalogue
from app.directory.listing import Listing
from app.exchange.rows import Published
from app.exchange.seed.checks import check_seed
from app.exchange.seed.files import read_seed

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seed"


@cache
def published_seed() -> Published:
    """The seed files as they would be read from the tables."""
    seed, problems = check_seed(read_seed(SEED))
    assert not problems, [str(problem) for problem in problems]
    return Published(1, seed.listings, seed.organisations, seed.reference)


def catalogue_in(folder: Path) -> Catalogue:
    """The catalogue of the seed files, with its index in this folder."""
    return make_catalogue(published_seed(), folder)


@cache
def seed_catalogue() -> Catalogue:
    """The catalogue of the seed files with a new index, made once a test process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return catalogue_in(folder)


def open_listings() -> list[Listing]:
    """The listings that somebody can still go to."""
    return [listing for listing in published_seed().listings.values() if listing.status != "closed"]


def closed_listings() -> list[Listing]:
    """The listings that are history."""
    return [listing for listing in published_seed().listings.values() if listing.status == "closed"]
