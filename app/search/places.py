"""Area names and the boroughs they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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

    def find(self, words: Sequence[str]) -> list[PhraseMatch[Place]]:
        """The place names in these words, longer names before the shorter ones inside them."""
        return longest_first(self.phrases.find(words))


def read_places(data: Mapping[str, Any]) -> Places:
    """The places of ``seed/places.yaml``."""
    pairs = [(name, Place((borough,), True)) for borough, names in data.get("inside", {}).items() for name in names]
    pairs += [(name, Place(tuple(boroughs), False)) for name, boroughs in data.get("across", {}).items()]
    pairs += [(name, Place((OUTSIDE,), True)) for name in data.get("outside", [])]
    pairs += [(name, Place((), False)) for name in data.get("wider", [])]
    return Places(Phrases(pairs), vocabulary(name for name, _ in pairs))
