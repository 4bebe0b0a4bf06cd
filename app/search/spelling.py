"""Putting misspelt words and names right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.search.index import Entry
from app.search.query import Query, vocabulary, words_of
from app.search.synonyms import Synonyms
from app.search.unfinished import Unfinished, make_unfinished

_SHORTEST_WORD = 4
_SHORTEST_PHRASE = 6


@dataclass(frozen=True)
class Spelling:
    """The words that are known, and the phrases, each with its words run together."""

    words: frozenset[str]
    targets: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]
    unfinished: Unfinished

    def endings(self, query: Query) -> list[Query]:
        """What the search may become when its last word is typed to its end; nothing when that word is known."""
        return self.unfinished.endings(query) if query.words[-1] not in self.words else []

    def begins_name(self, query: Query) -> bool:
        """Whether some name begins with the search."""
        return self.unfinished.begins_name(query.words)

    def corrected(self, query: Query) -> Query | None:
        """The search with its unknown words put right, or None when there is nothing to put right."""
        *before, last = query.words
        words = (*map(self._right, before), self._right_last(last))
        return Query(query.text, words, query.capitals) if words != query.words else None

    def phrase_like(self, query: Query) -> Query | None:
        """The known phrase that the whole search nearly is, or None."""
        typed = "".join(query.words)
        one_known_word = len(query.words) == 1 and typed in self.words
        if len(typed) < _SHORTEST_PHRASE or typed in self.phrases or one_known_word:
            return None
        found = process.extractOne(typed, self.phrases.keys(), scorer=OSA.distance, score_cutoff=_slack(typed))
        return Query(query.text, self.phrases[found[0]]) if found and found[0][0] == typed[0] else None

    def _right(self, word: str) -> str:
        return word if word in self.words else self.unfinished.likeliest(word) or self._nearest(word) or word

    def _right_last(self, word: str) -> str:
        """The same, with the spelling first: what the word may be the beginning of was tried before."""
        return word if word in self.words else self._nearest(word) or self.unfinished.likeliest(word) or word

    def _nearest(self, word: str) -> str | None:
        if len(word) < _SHORTEST_WORD or not word.isalpha():
            return None
        near = process.extract(word, self.targets, scorer=OSA.distance, score_cutoff=_slack(word), limit=20)
        near.sort(key=lambda one: (one[1], one[0][0] != word[0], -self.unfinished.said[one[0]], one[2]))
        return str(near[0][0]) if near else None


def _slack(text: str) -> int:
    """How many slips of the finger a word of this length may hold."""
    return 1 if len(text) < 8 else 2 if len(text) < 12 else 3


def make_spelling(entries: Iterable[Entry], synonyms: Synonyms, known: frozenset[str]) -> Spelling:
    """Spelling by the words of the listings and of what people say."""
    listed = list(entries)
    names = [name for entry in listed for name in entry.all_names]
    texts = vocabulary(text for entry in listed for text in entry.text)
    said = [phrase for group in synonyms.groups for phrase in group.say]
    words = known | vocabulary(names) | texts
    return Spelling(
        words=words,
        targets=_targets(synonyms.words, words),
        phrases={"".join(one): one for one in map(words_of, [*names, *said])},
        unfinished=make_unfinished(listed, synonyms, known),
    )


def _targets(first: frozenset[str], words: frozenset[str]) -> tuple[str, ...]:
    """Words to correct to: those that people say before those that only texts hold."""
    long: Sequence[str] = [word for word in words if len(word) >= _SHORTEST_WORD and word.isalpha()]
    return tuple(sorted(long, key=lambda word: (word not in first, word)))
