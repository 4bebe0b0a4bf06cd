"""The map of who is served where on a day, with the largest gaps and what would close them."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from app.actions.coverage import HOME, coverage, specific_programmes, unserved_groups
from app.actions.coverage_counts import Table, tables
from app.actions.coverage_gaps import GapSearch, closing_in_words
from app.actions.coverage_words import people
from app.catalogue import DAYS_KEPT, Catalogue
from app.eligibility.space import Space, space_of


@dataclass(frozen=True)
class Gap:
    """A group that nothing serves, its share of all people from 0 to 1, and what would close the gap in sentences."""

    people: str
    share: float
    closing: str


@dataclass(frozen=True)
class Gaps:
    heading: str
    groups: tuple[Gap, ...]


@dataclass(frozen=True)
class CoverageMap:
    """``places``: names by answer. ``dead_end``: the people who find nobody to talk to; empty where there are none."""

    day: date
    places: Mapping[str, str]
    dead_end: str
    tables: tuple[Table, ...]
    gaps: tuple[Gaps, ...]


def coverage_map(catalogue: Catalogue, day: date) -> CoverageMap:
    """The map of one day. Raises what ``coverage`` raises."""
    proof: Mapping[str, Any] = coverage(catalogue, day)
    space = space_of(catalogue.questionnaire, catalogue.priors)
    return CoverageMap(
        day=day,
        places={answer.id: answer.label for answer in catalogue.questionnaire[HOME].answers},
        dead_end=proof["hole"]["people"] if proof["hole"] else "",
        tables=tuple(tables(space, specific_programmes(catalogue, day), day)),
        gaps=tuple(_gaps(catalogue, space, day)),
    )


@dataclass
class MapsKept:
    """The maps of the newest catalogue, by day: each is made once. One thread makes one, the others wait for it."""

    _catalogue: Catalogue | None = None
    _maps: OrderedDict[date, CoverageMap] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, catalogue: Catalogue, day: date) -> CoverageMap:
        """The map of a day. Raises what ``coverage`` raises."""
        with self._lock:
            if catalogue is not self._catalogue:
                self._catalogue, self._maps = catalogue, OrderedDict()
            if day not in self._maps:
                self._maps[day] = coverage_map(catalogue, day)
                if len(self._maps) > DAYS_KEPT:
                    self._maps.popitem(last=False)
            return self._maps[day]


def _gaps(catalogue: Catalogue, space: Space, day: date) -> Iterator[Gaps]:
    names = {id_: listing.name for id_, listing in catalogue.listings.items()}
    search, questionnaire = GapSearch(space, day), catalogue.questionnaire
    for part in unserved_groups(catalogue, space, day):
        groups = (
            Gap(
                people=people(questionnaire, group.conditions),
                share=group.ways.share,
                closing=closing_in_words(questionnaire, names, group, closing),
            )
            for group, closing in search.closings(part)
        )
        yield Gaps(part.heading, tuple(groups))
