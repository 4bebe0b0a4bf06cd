"""Area names and postcodes, and the boroughs they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.directory.listing import BOROUGHS
from app.directory.postcodes import UNKNOWN, Sectors, sector_of
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
    districts: Mapping[str, frozenset[str]]

    def find(self, words: Sequence[str]) -> list[PhraseMatch[Place]]:
        """The place names in these words, longer names before the shorter ones inside them."""
        return longest_first([*self._postcodes(words), *self.phrases.find(words)])

    def _postcodes(self, words: Sequence[str]) -> Iterator[PhraseMatch[Place]]:
        """Postcodes, whole or in part, as one word or as two: "n7 6la", "n76la", "n7 6" and "n7".

        A whole one whose boroughs we do not know narrows nothing.
        """
        for start, word in enumerate(words):
            both = "".join(words[start : start + 2])
            if whole := sector_of(both if len(words) > start + 1 else ""):
                yield PhraseMatch(start, start + 2, _place(self.sectors.get(whole, UNKNOWN).boroughs))
            elif alone := sector_of(word):
                yield PhraseMatch(start, start + 1, _place(self.sectors.get(alone, UNKNOWN).boroughs))
            elif part := self.sectors.get(" ".join(words[start : start + 2]).upper()):
                yield PhraseMatch(start, start + 2, _place(part.boroughs))
            elif district := self.districts.get(word.upper()):
                yield PhraseMatch(start, start + 1, _place(district))


def _place(boroughs: frozenset[str]) -> Place:
    """What a postcode means whose homes lie in these boroughs, or in others: then it hides nothing."""
    inside = tuple(sorted(boroughs & frozenset(BOROUGHS)))
    return Place(inside, certain=len(inside) == len(boroughs) == 1)


def read_places(data: Mapping[str, Any], sectors: Sectors) -> Places:
    """The places of ``seed/places.yaml``, with the boroughs of postcode sectors."""
    pairs = [(name, Place((borough,), True)) for borough, names in data.get("inside", {}).items() for name in names]
    pairs += [(name, Place(tuple(boroughs), False)) for name, boroughs in data.get("across", {}).items()]
    pairs += [(name, Place((OUTSIDE,), True)) for name in data.get("outside", [])]
    pairs += [(name, Place((), False)) for name in data.get("wider", [])]
    return Places(Phrases(pairs), vocabulary(name for name, _ in pairs), sectors, _districts(sectors))


def _districts(sectors: Sectors) -> dict[str, frozenset[str]]:
    """The boroughs of each postcode district: of all its sectors together."""
    found: dict[str, frozenset[str]] = {}
    for name, sector in sectors.items():
        district = name.partition(" ")[0]
        found[district] = found.get(district, frozenset()) | sector.boroughs
    return found
