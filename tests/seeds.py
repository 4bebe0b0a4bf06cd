"""The project's own seed files as a catalogue, without a database."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from app.catalogue import Catalogue, make_catalogue
from app.exchange.rows import Published
from app.exchange.seed_checks import check_seed
from app.exchange.seed_files import read_seed

SEED = Path(__file__).parents[1] / "seed"


def published_seed() -> Published:
    """The seed files as they would be read from the tables."""
    seed, problems = check_seed(read_seed(SEED))
    assert not problems, [str(problem) for problem in problems]
    return Published(1, seed.listings, seed.organisations, seed.reference)


@cache
def seed_catalogue() -> Catalogue:
    """The catalogue of the seed files with a new index, made once a test process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_catalogue(published_seed(), folder)
