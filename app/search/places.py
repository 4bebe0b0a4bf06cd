"""Area names and postcodes, and the boroughs they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.directory.listing import BOROUGHS
from app.directory.postcodes import Sectors, sector_of
from app.search.query import PhraseMatch, Phrases, longest_first, vocabulary

# Stands for every place that the directory is not for.
OUTSIDE = "outside"


@dataclass(frozen=True)
class Place:
    """What a place name means. Without boroughs it narrows nothing: "London". ``certain``: it lies inside them."""

    boroughs: tuple[str, ...]
    certain: bool


@dataclass(frozen=True)
class Places:
    """The place names that the search knows."""

    phrases: Phrases[Place]
    words: frozenset[str]
    sectors: Sectors

    def find(self, words: Sequence[str]) -> list[PhraseMatch[Place]]:
        """The place names in these words, longer names before the shorter ones inside them."""
        return longest_first([*self._postcodes(words), *self.phrases.find(words)])

    def _postcodes(self, words: Sequence[str]) -> Iterator[PhraseMatch[Place]]:
        """Whole postcodes, as one word or as two. One whose boroughs we do not know narrows nothing."""
        for start in range(len(words)):
            for end in (start + 2, start + 1):
                sector = sector_of("".join(words[start:end])) if end <= len(words) else None
                if sector:
                    boroughs = self.sectors.get(sector, frozenset())
                    inside = tuple(sorted(boroughs & frozenset(BOROUGHS)))
                    yield PhraseMatch(start, end, Place(inside, certain=len(inside) == len(boroughs) == 1))


def read_places(data: Mapping[str, Any], sectors: Sectors) -> Places:
    """The places of ``seed/places.yaml``, with the boroughs of postcode sectors."""
    pairs = [(name, Place((borough,), True)) for borough, names in data.get("inside", {}).items() for name in names]
    pairs += [(name, Place(tuple(boroughs), False)) for name, boroughs in data.get("across", {}).items()]
    pairs += [(name, Place((OUTSIDE,), True)) for name in data.get("outside", [])]
    pairs += [(name, Place((), False)) for name in data.get("wider", [])]
    return Places(Phrases(pairs), vocabulary(name for name, _ in pairs), sectors)
