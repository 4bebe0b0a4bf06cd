"""What listings are called: which listing a search names, wholly or in part."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.search.index import Entry
from app.search.query import FILLER_WORDS, STOP_WORDS, PhraseMatch, Phrases, Query, words_of


@dataclass(frozen=True)
class Name:
    """One name of a listing. ``alone``: it counts only when nothing but filler stands beside it."""

    listing: str
    words: tuple[str, ...]
    full: bool
    alone: bool


def open_names(entries: Iterable[Entry]) -> Phrases[Name]:
    """The names and aliases of the listings that are open, and their names without what stands in brackets."""
    return Phrases(pair for entry in entries if not entry.closed for pair in _pairs(entry, frozenset()))


def closed_names(entries: Iterable[Entry], common: frozenset[str]) -> Phrases[Name]:
    """The names and aliases of the closed listings. Those made of ``common`` words alone count only alone."""
    return Phrases(pair for entry in entries if entry.closed for pair in _pairs(entry, common))


def _pairs(entry: Entry, common: frozenset[str]) -> list[tuple[str, Name]]:
    short = entry.name.partition(" (")[0]
    named = [(entry.name, True), (short, short == entry.name), *((alias, False) for alias in entry.aliases)]
    pairs = [(text, Name(entry.id, words_of(text), full, _is_common(words_of(text), common))) for text, full in named]
    return pairs + [(alias, Name(entry.id, words_of(alias), full=False, alone=True)) for alias in entry.alone]


def _is_common(words: tuple[str, ...], common: frozenset[str]) -> bool:
    """Whether these words stand in ordinary sentences too: "the dole", "I work"."""
    return set(words) <= common or words[0] in STOP_WORDS


def names_in(phrases: Phrases[Name], query: Query, ignored: frozenset[int]) -> list[PhraseMatch[Name]]:
    """The names in the search, overlapping ones too. ``ignored``: the places of place names."""
    return [one for one in phrases.find(query.words) if is_whole(one, query, ignored) or _counts_inside(one, query)]


def is_whole(one: PhraseMatch[Name], query: Query, ignored: frozenset[int]) -> bool:
    """Whether nothing but filler and place names stands beside it."""
    return all(
        place in one.places or place in ignored or word in FILLER_WORDS for place, word in enumerate(query.words)
    )


def _counts_inside(one: PhraseMatch[Name], query: Query) -> bool:
    """Whether it is a name among other words: "iWork" is, and the "I work" of "I work nights" is not."""
    return not one.value.alone and query.words[one.start : one.end] == one.value.words
