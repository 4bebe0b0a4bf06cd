"""How long it takes to say what a change of one listing does to people: every open listing of the real catalogue.

Three changes each: it closes, it takes adults alone, and it takes everybody.
"""

from collections.abc import Iterator
from functools import partial
from statistics import median

from app.actions.impact import impact_before
from app.catalogue import Catalogue
from app.directory.listing import Listing, Rule, RuleCondition
from tests.benchmarks.engine import DAY
from tests.benchmarks.timing import milliseconds

_ADULTS = RuleCondition(question="age", at_least=18, text="For people aged 18 and over.")


def figures(catalogue: Catalogue) -> dict[str, float]:
    """The times in seconds, the judged people included."""
    # The first one makes what the others use again.
    impact_before(catalogue, next(iter(catalogue.listings.values())), DAY)
    times = {
        (name, listing.id): milliseconds(partial(impact_before, catalogue, changed, DAY)) / 1000
        for listing in catalogue.listings.values()
        if listing.status != "closed"
        for name, changed in _changes(listing)
    }
    return {
        "a change of one listing: median impact, s": median(times.values()),
        "a change of one listing: worst impact, s": max(times.values()),
    }


def _changes(listing: Listing) -> Iterator[tuple[str, Listing]]:
    yield "closes", listing.model_copy(update={"status": "closed", "closed": DAY.isoformat(), "last_seen": None})
    narrower = [rule.model_copy(update={"everyone": (*rule.everyone, _ADULTS)}) for rule in listing.rules or (Rule(),)]
    yield "narrower", listing.model_copy(update={"rules": tuple(narrower)})
    yield "for everybody", listing.model_copy(update={"rules": ()})
