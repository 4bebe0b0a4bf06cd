"""Words that tell of danger, and the calm phrases that hold the same words: ``seed/urgent.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.search.query import PhraseMatch, Phrases, clean, each_number, vocabulary, words_of

# Somebody in danger may write at length: more of the text is read than of a search.
_LONGEST_TEXT = 2000


@dataclass(frozen=True)
class DangerWords:
    """The phrases of danger (True) and of calm (False), and what to say when danger is told of."""

    phrases: Phrases[bool]
    notice: str
    words: frozenset[str]

    def tells_of_danger(self, raw: str) -> bool:
        """Whether the text holds a phrase of danger, and no longer calm phrase that takes one of its words."""
        found = self.phrases.find(words_of(clean(raw, _LONGEST_TEXT)))
        calm = [one for one in found if not one.value]
        return any(danger.value and not any(_outdoes(one, danger) for one in calm) for danger in found)


def _outdoes(calm: PhraseMatch[bool], danger: PhraseMatch[bool]) -> bool:
    overlap = calm.start < danger.end and danger.start < calm.end
    return overlap and len(calm.places) > len(danger.places)


def read_danger_words(data: Mapping[str, Any]) -> DangerWords:
    """The phrases of ``seed/urgent.yaml``: danger in groups, calm in one list."""
    danger = [str(phrase) for group in data.get("danger", {}).values() for phrase in group]
    pairs = [(each, True) for phrase in danger for each in each_number(phrase)]
    pairs += [(str(phrase), False) for phrase in data.get("calm", [])]
    notice = data.get("notice", {})
    text = f"{notice.get('title', '')}. {notice.get('text', '')}" if notice else ""
    return DangerWords(Phrases(pairs, exact=True), text, vocabulary(phrase for phrase, _ in pairs))
