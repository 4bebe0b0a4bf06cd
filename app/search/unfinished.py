"""Words that are not typed to their end: "workw", "anx"."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.search.index import Entry
from app.search.query import STOP_WORDS, Query, words_of
from app.search.synonyms import Synonyms

_SHORTEST = 3
_SHORTEST_OF_NAME = 2
_MOST = 12


@dataclass(frozen=True)
class Unfinished:
    """The words and names that a beginning may become, and how often each word is said."""

    words: tuple[str, ...]
    names: frozenset[tuple[str, ...]]
    said: Mapping[str, int]

    def endings(self, query: Query) -> list[Query]:
        """The search with its last word typed to its end, likeliest first.

        Likeliest is a whole name, then the next word of a name, then what people say most.
        """
        before, last = query.words[:-1], query.words[-1]
        if last.isdigit() or len(last) < _SHORTEST_OF_NAME:
            return []
        begun = [name for name in self.names if name[: len(before)] == before and len(name) > len(before)]
        whole = [name[-1] for name in begun if len(name) == len(query.words)]
        ranked = [
            *self._beginning(last, whole),
            *self._beginning(last, [name[len(before)] for name in begun]),
            *self._said(last),
        ]
        return [Query(query.text, (*before, word), query.capitals) for word in list(dict.fromkeys(ranked))[:_MOST]]

    def begins_name(self, words: tuple[str, ...]) -> bool:
        """Whether some name begins with these words."""
        return any(name[: len(words)] == words for name in self.names)

    def likeliest(self, start: str) -> str | None:
        """What is said most of the words that begin so."""
        return next(iter(self._said(start)), None)

    def _said(self, start: str) -> list[str]:
        return self._beginning(start, self.words) if len(start) >= _SHORTEST and not start.isdigit() else []

    def _beginning(self, start: str, words: Iterable[str]) -> list[str]:
        return sorted({word for word in words if word.startswith(start)}, key=lambda word: (-self.said[word], word))


def make_unfinished(entries: Iterable[Entry], synonyms: Synonyms, others: Iterable[str]) -> Unfinished:
    """From the names of listings, what people say, and ``others``: words that count only after these."""
    listed = list(entries)
    named = [words_of(name) for entry in listed for name in entry.all_names]
    said = [words_of(phrase) for group in synonyms.groups for phrase in group.say]
    counted = Counter(word for words in (*named, *said) for word in words)
    return Unfinished(
        words=tuple(sorted({*counted, *others} - STOP_WORDS)),
        names=frozenset(words_of(name) for entry in listed if not entry.closed for name in entry.own_names),
        said=counted,
    )
