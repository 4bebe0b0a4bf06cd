"""What readers wait for besides decisions: searches, and a new snapshot of the catalogue."""

import tempfile
from pathlib import Path

from app.actions.find import find
from app.catalogue import Catalogue, make_catalogue
from tests.benchmarks.timing import median_ms
from tests.seeds import published_seed

QUERIES = ("sick note", "WorkWell", "lost my job because of illness", "anxity", "autism camden", "xyzzy")
ROUNDS = 15


def figures(catalogue: Catalogue) -> dict[str, float]:
    """The times in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            "six searches, ms": median_ms([lambda: [find(catalogue, query, None, 10) for query in QUERIES]], ROUNDS),
            "a new snapshot of the catalogue, ms": median_ms(
                [lambda: make_catalogue(published_seed(), Path(folder))], ROUNDS
            ),
        }
