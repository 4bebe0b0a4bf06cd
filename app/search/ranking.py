"""The order of search results.

A listing that the search names comes first; then one whose name holds the search; then the leads of what people mean
by these words; then the rest of the text. Each is a score of another size, and the scores of one listing add up. The
sum is taken a little up for what is near, a little down for what has to be checked first or was not confirmed in time,
and far down for what is not for the person whom the search is for. What is near is for one borough or two, or has an
address near the person's postcode; what has no address, as by phone, neither gains nor loses by a postcode.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.directory.postcodes import Position
from app.eligibility.evaluate import Verdict
from app.search.bundle import Search
from app.search.index import Entry
from app.search.names import Name, names_in
from app.search.places import Place
from app.search.query import (
    FILLER_WORDS,
    MOST_WORDS,
    STOP_WORDS,
    PhraseMatch,
    Query,
    content_places,
    covered,
    longest_first,
    words_of,
)

WIDE_AREAS = frozenset({"ncl", "london", "national"})
_IS_NAME, _IS_ALIAS = 1000.0, 900.0
_LEAD, _LEAD_STEP = 100.0, 0.92
# An alias that is also what people say for a whole meaning stands behind the meaning's first lead, before its second.
_ALIAS_IN_GROUP = 96.0
_NAMED, _IN_NAME, _NEAR, _TEXT = 150.0, 60.0, 40.0, 20.0
# Less than one step between leads: where the meaning is known, the text only orders what the leads leave open.
_TEXT_BESIDE_LEADS = 4.0
_CHECK_FIRST = 0.97
# More than one step between leads: what nobody confirmed in time stands behind the next lead. Less than the step from a
# name to an alias: what is searched for by its name stays first.
_OVERDUE = 0.91
# What a listing keeps for the person whom the search is for. What does not fit falls behind the leads that do.
_FIT = {Verdict.FITS: 1.0, Verdict.MAY_FIT: 0.95, Verdict.DOES_NOT_FIT: 0.3}
# What a listing for one borough gains there; one for two boroughs gains half.
_LOCAL = 0.1
# The same for a place across borough lines, where listings of other boroughs are not hidden.
_PERHAPS_LOCAL = 0.5
# What a listing gains whose address is within a kilometre of the person's postcode, in a straight line. Up to eight
# kilometres it is less and less, then nothing. Less than one step between leads: it only decides among near-equals.
_CLOSE = 0.08
_CLOSE_UP_TO, _FAR_FROM = 1_000.0, 8_000.0
# So many telling words side by side are a name, not a sentence that happens to hold them.
_LONG_NAME = 3
# What a meaning that goes with any other counts beside others.
_GENERAL = 0.1
# What an everyday word outside all phrases counts: the "last year" of "sectioned last year".
_PLAIN = 0.3


@dataclass(frozen=True)
class Wish:
    """What a search goes by besides its words.

    ``borough``: the only one wanted, if any. ``home``: the boroughs of the person whom it is for, which hide nothing.
    ``verdict_of``: how a listing stands for that person; None where the search is for nobody in particular.
    ``near``: about where that person is, which hides nothing either; None where nobody said.
    ``overdue``: the listings that were not confirmed in time.
    """

    borough: str | None
    open_ids: frozenset[str]
    home: frozenset[str] = frozenset()
    verdict_of: Callable[[str], Verdict] | None = None
    near: Position | None = None
    overdue: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """What a search was found to say. ``near_boroughs``: those that count for a listing and hide no other."""

    query: Query
    wish: Wish
    boroughs: frozenset[str]
    near_boroughs: frozenset[str]
    place_words: frozenset[int]
    names: tuple[PhraseMatch[Name], ...]
    closed: tuple[PhraseMatch[Name], ...]
    groups: tuple[PhraseMatch[int], ...]
    weights: tuple[float, ...]

    @property
    def open_ids(self) -> frozenset[str]:
        return self.wish.open_ids

    @property
    def content(self) -> tuple[int, ...]:
        """The places of the words that must be found: those that carry meaning and are no place names."""
        words = self.query.words
        abbreviations = {one.start for one in self.groups if len(one.places) == 1 and words[one.start] in STOP_WORDS}
        places = sorted({*content_places(words), *abbreviations} - self.place_words)[:MOST_WORDS]
        telling = tuple(one for one in places if one in abbreviations or words[one] not in FILLER_WORDS)
        return telling or (() if self.place_words else tuple(places))

    @property
    def words(self) -> list[str]:
        """The words at these places, each once."""
        return list(dict.fromkeys(self.query.words[place] for place in self.content))

    @property
    def understood(self) -> set[int]:
        """The places of the words that a known phrase covers."""
        return covered([*self.names, *self.closed]) | covered(self.groups)

    def asked_for(self, *, only: bool) -> list[str]:
        """Listings of which the search is the name; with ``only``, not where people say it for a whole meaning too."""
        meant = {one.places for one in self.groups if only and not one.loose}
        whole = [one for one in self.names if self.is_whole(one.places)]
        return list(dict.fromkeys(one.value.listing for one in whole if one.value.full or one.places not in meant))

    def is_whole(self, places: Iterable[int]) -> bool:
        """Whether these places hold every word that must be found."""
        return set(self.content) <= set(places)

    def share(self, places: Iterable[int]) -> float:
        """How much of the search these places are, from 0 to 1; telling words count more than common ones."""
        whole = sum(self.weights[place] for place in self.content)
        return sum(self.weights[place] for place in set(self.content) & set(places)) / whole if whole else 1.0


def read(search: Search, query: Query, wish: Wish) -> Reading:
    """What the search names, means and where: of phrases that overlap, the longest stands."""
    places = search.places.find(query.words)
    in_place = frozenset(covered(places))
    certain = [one.value.boroughs for one in places if one.value.certain]
    uncertain = [one.value.boroughs for one in places if not one.value.certain]
    names = [one for one in names_in(search.open_names, query, in_place) if one.value.listing in wish.open_ids]
    groups = [one for one in search.synonyms.find(query, in_place) if not _in_place_name(one, places)]
    closed = [one for one in _closed_names(search, query, in_place) if not _inside(one, [*names, *groups])]
    phrases: list[PhraseMatch[Name | int]] = [*names, *groups, *closed]
    standing = longest_first(phrases)
    known = covered(standing)
    return Reading(
        query=query,
        wish=wish,
        boroughs=frozenset(sum(certain, (wish.borough,) if wish.borough else ())),
        near_boroughs=frozenset(sum(uncertain, tuple(wish.home))),
        place_words=in_place,
        names=tuple(one for one in names if one in standing),
        closed=tuple(one for one in closed if one in standing),
        groups=tuple(one for one in groups if one in standing),
        weights=tuple(_weight(search, word, known=place in known) for place, word in enumerate(query.words)),
    )


def _weight(search: Search, word: str, *, known: bool) -> float:
    """How telling a word is. ``known``: a phrase covers it."""
    return search.synonyms.weight(word) * (_PLAIN if word in search.synonyms.everyday and not known else 1.0)


def _in_place_name(group: PhraseMatch[int], places: Iterable[PhraseMatch[Place]]) -> bool:
    """Whether it is only part of a place name: the hospital in "Whittington Park"."""
    return any(set(group.places) < set(place.places) for place in places)


def _closed_names(search: Search, query: Query, in_place: frozenset[int]) -> list[PhraseMatch[Name]]:
    """The names of closed listings in the search: a long one counts among other words too, however common its own."""
    found = names_in(search.closed_names, query, in_place)
    others = [one for one in search.closed_names.find(query.words) if one not in found and _is_long(search, one.value)]
    return found + [one for one in others if query.words[one.start : one.end] == one.value.words]


def _is_long(search: Search, name: Name) -> bool:
    telling = [word for word in name.words if word not in FILLER_WORDS]
    return len(telling) >= _LONG_NAME and name.words not in map(words_of, search.entries[name.listing].alone)


def _inside(closed: PhraseMatch[Name], others: Iterable[PhraseMatch[Name] | PhraseMatch[int]]) -> bool:
    """Whether a longer phrase, or a meaning of these very words, covers the name of a closed listing."""
    return any(
        one.start <= closed.start
        and closed.end <= one.end
        and (len(one.places) > len(closed.places) or (isinstance(one.value, int) and not one.loose))
        for one in others
    )


def scores(search: Search, reading: Reading) -> dict[str, float]:
    """Open listings that the search names, means or holds every word of, with their scores."""
    total: dict[str, float] = {}
    for part in (_by_name(search, reading), _by_meaning(search, reading), _by_text(search, reading)):
        _add(total, part)
    for listing in _shared_aliases(reading):
        total[listing] = max(total.get(listing, 0.0), _ALIAS_IN_GROUP)
    return _settled(search, reading, total)


def loose_scores(search: Search, reading: Reading) -> dict[str, float]:
    """Open listings that share some words with the search, or the meaning of some."""
    total: dict[str, float] = {}
    _add(total, _by_near_meaning(search, reading))
    found = search.text(reading.words, reading.open_ids, every=False)
    _add(total, {listing: _TEXT * score for listing, score in found.items()})
    return _settled(search, reading, total)


def _add(total: dict[str, float], part: dict[str, float]) -> None:
    for listing, score in part.items():
        total[listing] = total.get(listing, 0.0) + score


def _settled(search: Search, reading: Reading, total: dict[str, float]) -> dict[str, float]:
    """What is not open taken out; what is near a little up, check first or overdue a little down, and by what fits."""
    settled = {}
    for listing, score in total.items():
        if listing in reading.open_ids:
            entry = search.entries[listing]
            sure = _CHECK_FIRST if entry.status == "check_first" else 1.0
            fresh = _OVERDUE if listing in reading.wish.overdue else 1.0
            fit = _FIT[reading.wish.verdict_of(listing)] if reading.wish.verdict_of else 1.0
            near = (1.0 + _local_gain(entry, reading)) * (1.0 + _close_gain(entry, reading.wish.near))
            settled[listing] = score * sure * fresh * fit * near
    return settled


def _local_gain(entry: Entry, reading: Reading) -> float:
    area = set(entry.area)
    if WIDE_AREAS & area or not (reading.boroughs | reading.near_boroughs) & area:
        return 0.0
    return (_LOCAL if reading.boroughs & area else _PERHAPS_LOCAL) / len(area)


def _close_gain(entry: Entry, near: Position | None) -> float:
    if near is None or not entry.places:
        return 0.0
    metres = min(near.metres_to(place) for place in entry.places)
    return _CLOSE * min(1.0, max(0.0, (_FAR_FROM - metres) / (_FAR_FROM - _CLOSE_UP_TO)))


def _by_name(search: Search, reading: Reading) -> dict[str, float]:
    shared = _shared_aliases(reading)
    part: dict[str, float] = {}
    for one in reading.names:
        if not reading.is_whole(one.places):
            score = _NAMED * reading.share(one.places)
        elif one.value.full:
            score = _IS_NAME
        else:
            score = 0.0 if one.value.listing in shared else _IS_ALIAS
        part[one.value.listing] = max(part.get(one.value.listing, 0.0), score)
    _add(part, _in_names(search, reading))
    return part


def _shared_aliases(reading: Reading) -> set[str]:
    """Listings of which the search is an alias that people say for a whole meaning too."""
    meant = {one.places for one in reading.groups if not one.loose}
    return {
        one.value.listing
        for one in reading.names
        if not one.value.full and one.places in meant and reading.is_whole(one.places)
    }


def _in_names(search: Search, reading: Reading) -> dict[str, float]:
    """Listings whose name holds the whole search, unless the search is a phrase that people use for a meaning."""
    if reading.is_whole(covered(reading.groups)):
        return {}
    return dict.fromkeys(search.names_with(reading.words), _IN_NAME)


def _by_meaning(search: Search, reading: Reading) -> dict[str, float]:
    part: dict[str, float] = {}
    specific = bool(reading.names) or any(not search.synonyms.groups[one.value].general for one in reading.groups)
    for one in reading.groups:
        group = search.synonyms.groups[one.value]
        share = reading.share(one.places) * (_GENERAL if group.general and specific else 1.0)
        _add(part, _leads(search, group.leads(reading.boroughs | reading.near_boroughs), _LEAD * share, reading))
        for words in group.search_for:
            found = search.text(words.split(), reading.open_ids, every=True)
            _add(part, {listing: _TEXT * share * score for listing, score in found.items()})
    return part


def _leads(search: Search, leads: Iterable[str], first: float, reading: Reading) -> dict[str, float]:
    here = [one for one in leads if one in reading.open_ids and serves(search.entries[one], reading.boroughs)]
    return {listing: first * _LEAD_STEP**place for place, listing in enumerate(here)}


def serves(entry: Entry, boroughs: frozenset[str]) -> bool:
    """Whether it serves one of these boroughs; without boroughs, anybody."""
    return not boroughs or bool(WIDE_AREAS & set(entry.area)) or bool(boroughs & set(entry.area))


def _by_near_meaning(search: Search, reading: Reading) -> dict[str, float]:
    part: dict[str, float] = {}
    boroughs = reading.boroughs | reading.near_boroughs
    for number, share in search.synonyms.near(reading.words).items():
        leads = search.synonyms.groups[number].leads(boroughs)
        _add(part, _leads(search, leads, _NEAR * share, reading))
    return part


def _by_text(search: Search, reading: Reading) -> dict[str, float]:
    if reading.closed and reading.is_whole(covered(reading.closed)):
        return {}
    most = _TEXT_BESIDE_LEADS if reading.is_whole(reading.understood) else _TEXT
    found = search.text(reading.words, reading.open_ids, every=True)
    return {listing: most * score for listing, score in found.items()}


def in_order(found: dict[str, float]) -> list[str]:
    """Best first; of equals, by id."""
    return sorted(found, key=lambda listing: (-round(found[listing], 6), listing))
