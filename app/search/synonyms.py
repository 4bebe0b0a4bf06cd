"""What people say, and what they mean by it: the groups of ``seed/synonyms.yaml``."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.search.query import (
    FILLER_WORDS,
    STOP_WORDS,
    PhraseMatch,
    Phrases,
    Query,
    each_number,
    stem,
    vocabulary,
    words_of,
)

# In a list of leads, this word stands for the job services of the boroughs.
BOROUGH_SERVICE = "borough-service"
# In a phrase, this word stands for any number.
_ANY_NUMBER = "N"
_NUMBER_WORDS = vocabulary(
    ["couple few two three four five six seven eight nine ten eleven twelve fifteen twenty thirty many several"]
)


@dataclass(frozen=True)
class Group:
    """One meaning: the phrases for it, and the listings or words that it leads to."""

    means: str
    say: tuple[str, ...]
    misspelt: tuple[str, ...]
    short: tuple[str, ...]
    search_for: tuple[str, ...]
    lead: tuple[str, ...]
    lead_in: tuple[tuple[str, tuple[str, ...]], ...]
    general: bool

    def leads(self, boroughs: frozenset[str]) -> list[str]:
        """Listing ids, best first, for somebody in these boroughs."""
        own = [listing for borough, leads in self.lead_in if borough in boroughs for listing in leads]
        return list(dict.fromkeys([*own, *self.lead]))


@dataclass(frozen=True)
class Synonyms:
    """All groups, ready to be looked up."""

    groups: tuple[Group, ...]
    phrases: Phrases[int]
    with_number: Phrases[int]
    short: Phrases[int]
    words: frozenset[str]
    everyday: frozenset[str]
    rarity: Mapping[str, float]
    stems: tuple[frozenset[str], ...]
    last_resort: tuple[str, ...]

    def find(self, query: Query, ignored: frozenset[int]) -> list[PhraseMatch[int]]:
        """The groups that the search names, by number, overlapping ones too.

        An abbreviation that collides with other words counts alone, or beside a word of some group; one that is an
        everyday word ("me", "us") counts beside others only when it stands out in capitals.
        """
        found = self.phrases.find(query.words)
        numbers = self.with_number.find([_any_number(word) for word in query.words])
        found += [one for one in numbers if one not in found]
        for one in self.short.find(query.words):
            if self._short_counts(query, one, ignored):
                found.append(one)
        return found

    def _short_counts(self, query: Query, one: PhraseMatch[int], ignored: frozenset[int]) -> bool:
        others = [
            place
            for place, word in enumerate(query.words)
            if place not in one.places and place not in ignored and word not in FILLER_WORDS
        ]
        if not others:
            return one.end - one.start == len(query.words) or query.words[one.start] not in STOP_WORDS
        everyday = query.words[one.start] in STOP_WORDS
        if everyday and one.start not in query.capitals:
            return False
        return any(query.words[place] in self.words for place in others)

    def weight(self, word: str) -> float:
        """How telling a word is: the fewer meanings it is said for, the more."""
        return self.rarity.get(stem(word), self.rarest)

    @cached_property
    def rarest(self) -> float:
        """The weight of a word that is said for one meaning, or for none."""
        return max(self.rarity.values(), default=1.0)

    def near(self, words: Sequence[str]) -> dict[int, float]:
        """Groups that share the telling words of the search though not its phrases, with the share of them (0 to 1)."""
        asked = {stem(word) for word in words if word not in STOP_WORDS}
        # Sets have no order: a plain sum would differ in the last digit from one start of the program to the next.
        whole = math.fsum(self.weight(word) for word in asked)
        shares: dict[int, float] = {}
        for number, stems in enumerate(self.stems):
            share = math.fsum(self.rarity[word] for word in asked & stems) / whole if whole else 0.0
            if share >= 0.5:
                shares[number] = share
        return shares


def _is_number(word: str) -> bool:
    return word.isdigit() or word in _NUMBER_WORDS


def _any_number(word: str) -> str:
    return _ANY_NUMBER.casefold() if _is_number(word) else word


def read_synonyms(data: Mapping[str, Any]) -> Synonyms:
    """The groups of ``seed/synonyms.yaml``."""
    services = data.get("borough_services", {})
    groups = tuple(_read_group(item, services) for item in data.get("groups", []))
    stems = tuple(
        frozenset(stem(word) for phrase in group.say for word in words_of(phrase)) - STOP_WORDS for group in groups
    )
    spread = Counter(word for one in stems for word in one)
    return Synonyms(
        groups=groups,
        phrases=Phrases([*_said(groups, "say"), *_said(groups, "misspelt")], loose=True),
        with_number=Phrases(
            [(phrase, group) for phrase, group in _said(groups, "say") if _ANY_NUMBER in phrase.split()], loose=True
        ),
        short=Phrases(_said(groups, "short"), exact=True),
        words=vocabulary(phrase for group in groups for phrase in (*group.say, *group.search_for))
        | vocabulary(data.get("known_words", [])),
        everyday=vocabulary(data.get("everyday_words", [])),
        rarity={word: math.log(1 + len(groups) / count) for word, count in spread.items()},
        stems=stems,
        last_resort=tuple(data.get("last_resort", [])),
    )


def _said(groups: Sequence[Group], field: str) -> list[tuple[str, int]]:
    return [(phrase, number) for number, group in enumerate(groups) for phrase in getattr(group, field)]


def _read_group(item: Mapping[str, Any], services: Mapping[str, str]) -> Group:
    lead: list[str] = []
    for listing in item.get("lead", []):
        lead += services.values() if listing == BOROUGH_SERVICE else [listing]
    return Group(
        means=item["means"],
        say=_phrases(item, "say"),
        misspelt=_phrases(item, "misspelt"),
        short=_phrases(item, "short"),
        search_for=_phrases(item, "search_for"),
        lead=tuple(lead),
        lead_in=tuple((borough, tuple(leads)) for borough, leads in item.get("lead_in", {}).items()),
        general=bool(item.get("general", False)),
    )


def _phrases(item: Mapping[str, Any], field: str) -> tuple[str, ...]:
    return tuple(each for phrase in item.get(field, []) for each in each_number(str(phrase)))
