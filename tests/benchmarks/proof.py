"""How long the proof takes that nobody ends at a dead end, on the real catalogue and on larger ones."""

from dataclasses import replace
from functools import partial

from app.actions.coverage import coverage
from app.catalogue import Catalogue
from app.eligibility.rules import RECOMMENDED
from tests.benchmarks.catalogues import varied_world
from tests.benchmarks.engine import DAY, real_world
from tests.benchmarks.timing import milliseconds

SIZES = (400, 1_000)


def figures(catalogue: Catalogue) -> dict[str, float]:
    """The times in seconds."""
    found = {"real catalogue: proof, s": _seconds(catalogue)}
    return found | {f"{size:,} programmes: proof, s": _seconds(_larger(catalogue, size)) for size in SIZES}


def _seconds(catalogue: Catalogue) -> float:
    return milliseconds(partial(coverage, catalogue, DAY)) / 1000


def _larger(catalogue: Catalogue, size: int) -> Catalogue:
    """The real people to talk to, among made-up programmes."""
    kept = {id_: programme for id_, programme in catalogue.programmes.items() if programme.role not in RECOMMENDED}
    made = varied_world(real_world(catalogue), size).programmes
    return replace(catalogue, programmes={**kept, **{programme.id: programme for programme in made}})
