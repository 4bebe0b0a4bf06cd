"""Words that are not typed to their end: "workw", "anx"."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import maxunicode

from app.search.index import Entry
from app.search.query import STOP_WORDS, Query, words_of
from app.search.synonyms import Synonyms

_SHORTEST = 3
_SHORTEST_OF_NAME = 2
_MOST = 12
# Stands behind every letter.
_LAST = chr(maxunicode)


@dataclass(frozen=True)
class Unfinished:
    """The words and names that a beginning may become, each in the order of the alphabet; how often a word is said."""

    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    said: Mapping[str, int]

    def endings(self, query: Query) -> list[Query]:
        """The search with its last word typed to its end, likeliest first.

        Likeliest is a whole name, then the next word of a name, then what people say most.
        """
        before, last = query.words[:-1], query.words[-1]
        if last.isdigit() or len(last) < _SHORTEST_OF_NAME:
            return []
        begun = self._names_from((*before, last), (*before, last + _LAST))
        whole = [name[-1] for name in begun if len(name) == len(query.words)]
        ranked = [
            *self._likeliest_first(whole),
            *self._likeliest_first(name[len(before)] for name in begun),
            *self._said(last),
        ]
        return [Query(query.text, (*before, word), query.capitals) for word in list(dict.fromkeys(ranked))[:_MOST]]

    def begins_name(self, words: tuple[str, ...]) -> bool:
        """Whether some name begins with these words."""
        return bool(self._names_from(words, (*words, _LAST)))

    def likeliest(self, start: str) -> str | None:
        """What is said most of the words that begin so."""
        return next(iter(self._said(start)), None)

    def _said(self, start: str) -> list[str]:
        if len(start) < _SHORTEST or start.isdigit():
            return []
        words = self.words[bisect_left(self.words, start) : bisect_left(self.words, start + _LAST)]
        return self._likeliest_first(words)

    def _names_from(self, first: tuple[str, ...], end: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
        """The names from the first one of these to before the other."""
        return self.names[bisect_left(self.names, first) : bisect_left(self.names, end)]

    def _likeliest_first(self, words: Iterable[str]) -> list[str]:
        return sorted(set(words), key=lambda word: (-self.said[word], word))


def make_unfinished(entries: Iterable[Entry], synonyms: Synonyms, others: Iterable[str]) -> Unfinished:
    """From the names of listings, what people say, and ``others``: words that count only after these."""
    listed = list(entries)
    named = [words_of(name) for entry in listed for name in entry.all_names]
    said = [words_of(phrase) for group in synonyms.groups for phrase in group.say]
    counted = Counter(word for words in (*named, *said) for word in words)
    return Unfinished(
        words=tuple(sorted({*counted, *others} - STOP_WORDS)),
        names=tuple(sorted({words_of(name) for entry in listed if not entry.closed for name in entry.own_names})),
        said=counted,
    )
