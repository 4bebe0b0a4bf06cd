"""Which meanings a word most likely belongs to: those that say it in a phrase, or a word that is spelt like it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from app.search.query import STOP_WORDS, stem, words_of

SAID = ("say", "misspelt", "short")
"""Lists of a meaning that hold what people say."""
MOST_LIKELY = 5
CLOSE = 75
"""Of 100: how like another word one must be spelt."""
SHORTEST_BEGINNING = 4
"""Letters from which a word that begins another one is taken for a short form of it."""
SAME, BEGINS = 100.0, 90.0


class LikelyMeanings:
    """``groups`` are those of the reference data."""

    def __init__(self, groups: Iterable[Mapping[str, Any]]) -> None:
        self._phrases: dict[str, Counter[str]] = defaultdict(Counter)
        for group in groups:
            for phrase in (group["means"], *_said(group)):
                for word in {stem(word) for word in words_of(phrase)} - STOP_WORDS:
                    self._phrases[word][group["means"]] += 1

    def of(self, word: str) -> tuple[str, ...]:
        """The likeliest first; none where no word is like it. Of two that hold it, the one that says it more often."""
        best: dict[str, tuple[float, int]] = {}
        for other, closeness in self._close(stem(word)).items():
            for means, phrases in self._phrases[other].items():
                best[means] = max(best.get(means, (0.0, 0)), (closeness, phrases))
        ranked = sorted(best, key=lambda means: (-best[means][0], -best[means][1], means))
        return tuple(ranked[:MOST_LIKELY])

    def _close(self, word: str) -> dict[str, float]:
        """Words of the phrases that are like it, with how like they are."""
        spelt = process.extract(word, list(self._phrases), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=None)
        close = {other: min(score, SAME) for other, score, _ in spelt}
        return {other: BEGINS for other in self._phrases if _is_short_form(word, other)} | close


def _is_short_form(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= SHORTEST_BEGINNING and long.startswith(short)


def phrases_said(groups: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What stands under some meaning, as one word without a plural s: so the search compares it."""
    return frozenset("".join(map(stem, words_of(phrase))) for group in groups for phrase in _said(group))


def _said(group: Mapping[str, Any]) -> Sequence[str]:
    return [str(phrase) for field in SAID for phrase in group.get(field, ())]
