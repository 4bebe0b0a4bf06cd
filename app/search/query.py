"""What somebody typed, made safe and cut into words; and the finding of known phrases in it.

Pure functions. A phrase is found only at word borders. Spaces inside it do not count, so that "job centre" and
"jobcentre", "self-harm" and "self harm" are the same phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LONGEST_TEXT = 200
MOST_WORDS = 12
_LONGEST_PHRASE = 12
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´＇")  # noqa: RUF001
# Controls, lone surrogates, private and unassigned code points; direction marks and joiners, which stand inside words.
_REPLACED = {"Cc": " ", "Cs": " ", "Co": " ", "Cn": " ", "Cf": ""}
_WORD = re.compile(r"[^\W_]+")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")

# Words that carry no meaning of their own here. "not", "no", "off", "out", "back" and "over" do, and are left out.
STOP_WORDS = frozenset(
    _WORD.findall(
        "a add an and any are am as at be because been being but by can could did do does for from had has have "
        "having he her him his i id if ill im in into is it its ive just me my of oh on or our really send she "
        "should so some that the their them there they theyre this through to too up us very was we were what when "
        "where which who will with would you your youre "
    )
)
# Words that people put around what they look for.
FILLER_WORDS = STOP_WORDS | frozenset(
    _WORD.findall(
        "about address advice advise alternative another anything appointment apply available called client closed "
        "contact criteria details doctor doctors eligibility eligible email ended exist exists find finished form "
        "get getting gone gp gps happened help how info information instead join link local london looking meaning "
        "name near need nearby number old open page patient phone please pilot programme programmes project "
        "qualify refer referral referred replaced replacement research running scheme schemes service services "
        "someone something still study support team thing things today trial waiting want wanting website why "
        "years "
    )
)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


def clean(raw: str, longest: int = LONGEST_TEXT) -> str:
    """Text in one form: compatibility forms folded, apostrophes dropped, controls and lone surrogates made spaces."""
    text = raw[:longest]
    if not (text.isascii() and text.isprintable()):  # most is, and thousands of phrases are read at each renewal
        spaced = "".join(_REPLACED.get(unicodedata.category(letter), letter) for letter in text)
        text = unicodedata.normalize("NFKC", spaced)
    return " ".join(text.translate(_APOSTROPHES).split())[:longest]


def words_of(text: str) -> tuple[str, ...]:
    """The words of any text, folded to lower case."""
    return tuple(_WORD.findall(clean(text, longest=len(text)).casefold()))


def stem(word: str) -> str:
    """The word without a plural s: "credits" → "credit", "illness" stays."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True)
class Query:
    """A search as typed (``text``) and as words; ``capitals`` are places of words that stood out in capitals."""

    text: str
    words: tuple[str, ...]
    capitals: frozenset[int] = frozenset()

    def without(self, places: Iterable[int]) -> "Query":
        """The same search without the words at these places."""
        gone = set(places)
        kept = [place for place in range(len(self.words)) if place not in gone]
        capitals = frozenset(new for new, old in enumerate(kept) if old in self.capitals)
        return Query(self.text, tuple(self.words[place] for place in kept), capitals)


def read_query(raw: str) -> Query:
    """A search in the form that everything else here works on."""
    text = clean(raw)
    typed = _WORD.findall(text)
    some_lower = any(word.islower() for word in typed)
    capitals = frozenset(place for place, word in enumerate(typed) if some_lower and len(word) > 1 and word.isupper())
    return Query(text, tuple(word.casefold() for word in typed), capitals)


def content_places(words: Sequence[str]) -> tuple[int, ...]:
    """The places of the first dozen words that carry meaning; of all words when none does."""
    places = [place for place, word in enumerate(words) if word not in STOP_WORDS]
    return tuple((places or range(len(words)))[:MOST_WORDS])


@dataclass(frozen=True)
class PhraseMatch(Generic[T_co]):
    """A phrase found at ``words[start:end]``, and what it stands for. ``loose``: with other stop words inside."""

    start: int
    end: int
    value: T_co
    loose: bool = False

    @property
    def places(self) -> range:
        """The places of the words that the phrase covers."""
        return range(self.start, self.end)


class Phrases(Generic[T]):
    """Phrases with what they stand for.

    ``loose`` phrases that begin and end with meaning words are also found with other stop words in between: "lost job"
    in "lost my job", unless the words are a phrase as they stand. Words are compared without a plural s, unless
    ``exact``.
    """

    def __init__(self, pairs: Iterable[tuple[str, T]], *, loose: bool = False, exact: bool = False) -> None:
        self._stem = (lambda word: word) if exact else stem
        self._whole: dict[str, list[T]] = {}
        self._loose: dict[str, list[T]] = {}
        self._longest_key = 0
        for phrase, value in pairs:
            words = words_of(phrase)
            self._add(self._whole, words, value)
            content = [word for word in words if word not in STOP_WORDS]
            if loose and len(content) > 1 and words[0] == content[0] and words[-1] == content[-1]:
                self._add(self._loose, content, value)

    def _add(self, table: dict[str, list[T]], words: Sequence[str], value: T) -> None:
        key = self._key(words)
        if key and value not in table.setdefault(key, []):
            table[key].append(value)
            self._longest_key = max(self._longest_key, len(key))

    def _key(self, words: Iterable[str]) -> str:
        return "".join(self._stem(word) for word in words)

    def find(self, words: Sequence[str]) -> list[PhraseMatch[T]]:
        """Every phrase in the words, overlapping ones too."""
        stems = [self._stem(word) for word in words]
        found = []
        for start in range(len(words)):
            whole = loose = ""
            for end in range(start + 1, min(len(words), start + _LONGEST_PHRASE) + 1):
                last_counts = words[end - 1] not in STOP_WORDS
                whole += stems[end - 1]
                loose += stems[end - 1] if last_counts else ""
                if len(loose) > self._longest_key:
                    break
                values = self._whole.get(whole, [])
                found += [PhraseMatch(start, end, value) for value in values]
                if not values and last_counts and words[start] not in STOP_WORDS:
                    found += [PhraseMatch(start, end, value, loose=True) for value in self._loose.get(loose, [])]
        return found


def longest_first(found: Iterable[PhraseMatch[T]]) -> list[PhraseMatch[T]]:
    """The phrases that stand when longer ones win over those they overlap; equal places stand together."""
    kept: list[PhraseMatch[T]] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(
            (one.start, one.end) == (other.start, other.end) or not set(one.places) & set(other.places)
            for other in kept
        ):
            kept.append(one)
    return kept


def covered(found: Iterable[PhraseMatch[object]]) -> set[int]:
    """The places that these phrases cover."""
    return {place for one in found for place in one.places}


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Every word of these texts."""
    return frozenset(word for text in texts for word in words_of(text))


def each_number(phrase: str) -> list[str]:
    """The phrase with each number of a range: "18..19 year old" is "18 year old" and "19 year old"."""
    numbers = _RANGE.search(phrase)
    if numbers is None:
        return [phrase]
    first, last = map(int, numbers.groups())
    return [_RANGE.sub(str(number), phrase) for number in range(first, last + 1)]
