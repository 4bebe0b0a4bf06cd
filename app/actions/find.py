"""Find a service by whatever words people use for it, for anybody or for one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.actions.recommend import Desk
from app.actions.today import today
from app.catalogue import Catalogue
from app.directory.listing import BOROUGHS
from app.directory.postcodes import Position
from app.eligibility.evaluate import Verdict
from app.search.bundle import Search
from app.search.notices import Notice, closed_notices, spelling_notice, urgent_notice
from app.search.places import OUTSIDE
from app.search.query import Query, read_query
from app.search.ranking import Reading, Wish, in_order, loose_scores, read, scores, serves

# Under this share of words in known phrases, the rest of the words are looked at too.
_WELL_UNDERSTOOD = 0.5
# So many things that an unfinished word may mean are shown.
_MOST_MEANT = 3


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    ``results``: ids of open listings, best first. ``total``: how many there are without the limit. ``relaxed``: a
    sentence that says what had to be let go, if anything.
    """

    query: str
    total: int
    notices: tuple[Notice, ...]
    results: tuple[str, ...]
    relaxed: str | None = None


def find(
    catalogue: Catalogue,
    q: str,
    borough: str | None,
    limit: int,
    day: date | None = None,
    person: Desk | None = None,
    near: Position | None = None,
) -> Found:
    """Answers a search on a day, by default today, or browses when ``q`` is empty.

    With a ``person``, what fits them comes before what does not; ``near`` is about where they are. Never raises, and
    never answers with nothing while some listing is open.
    """
    search = catalogue.search
    wish = _wish(catalogue, borough, day or today(), person, near)
    query = read_query(q)
    if not query.words:
        nothing = None if not q.strip() else "There were no words in your search. These are all the services."
        results = _for_person(_browse(search, frozenset(filter(None, [borough])), wish), person)
        return _answer(query.text, urgent_notice(search, q), results, limit, nothing)
    meanings = _meanings(_Reader(search, wish), query)
    likeliest = meanings[0]
    texts = [*likeliest.texts, *search.spelling.endings(query)[:1]]
    notices = urgent_notice(search, q, texts) + closed_notices(search, likeliest.reading.closed, wish.open_ids)
    if likeliest.reading.query is likeliest.corrected:
        notices.append(spelling_notice(likeliest.corrected))
    instead = [one for notice in notices for one in (*notice.successors, *notice.see_instead)]
    results, relaxed = _results_of(search, [one.reading for one in meanings])
    if not likeliest.reading.content and not likeliest.reading.names:
        results = _for_person(results, person)
    if instead:
        results, relaxed = list(dict.fromkeys(instead + (results if relaxed is None else []))), None
    return _answer(query.text, notices, results, limit, relaxed)


def _answer(query: str, notices: Sequence[Notice], results: Sequence[str], limit: int, relaxed: str | None) -> Found:
    return Found(query, len(results), tuple(notices), tuple(results[: max(limit, 0)]), relaxed)


def _wish(catalogue: Catalogue, borough: str | None, day: date, person: Desk | None, near: Position | None) -> Wish:
    wish = Wish(borough, catalogue.open_on(day), near=near, overdue=catalogue.overdue_on(day))
    return replace(wish, home=person.boroughs, verdict_of=person.standing.verdict) if person else wish


def _for_person(ids: Sequence[str], person: Desk | None) -> list[str]:
    """What is recommended first, in that order; then the rest; last what does not fit."""
    if person is None:
        return list(ids)
    places = {entry.programme.id: place for place, entry in enumerate(person.recommended)}
    unsuitable = {id_ for id_ in ids if person.standing.verdict(id_) is Verdict.DOES_NOT_FIT}
    return sorted(ids, key=lambda id_: (id_ in unsuitable, places.get(id_, len(places))))


@dataclass(frozen=True)
class _Reader:
    """Where searches are read."""

    search: Search
    wish: Wish

    def read(self, query: Query) -> Reading:
        return read(self.search, query, self.wish)


@dataclass(frozen=True)
class _Meaning:
    """What a search may mean. ``corrected``: with its spelling put right, whether it is read so or not."""

    reading: Reading
    corrected: Query | None

    @property
    def texts(self) -> list[Query]:
        return [self.reading.query, *filter(None, [self.corrected])]


def _meanings(reader: _Reader, query: Query) -> list[_Meaning]:
    """The search as typed or, where its last word is unfinished, the best understood of what it may become.

    Of the beginning of a name every word is understood.
    """
    plain = reader.read(query)
    endings = [] if len(query.words) - 1 in _understood(plain) else reader.search.spelling.endings(query)
    finished = [(reader.read(ending), reader.search.spelling.begins_name(ending)) for ending in endings]
    grasped = [(len(one.query.words) if named else len(_understood(one)), one) for one, named in finished]
    most = max((share for share, _ in grasped), default=0)
    if most <= len(_understood(plain)):
        return [_best_reading(reader, plain)]
    best = [one for share, one in grasped if share == most]
    return [_best_reading(reader, one) for one in best[:_MOST_MEANT]]


def _best_reading(reader: _Reader, plain: Reading) -> _Meaning:
    """The search as typed, or with its spelling put right where more of it is understood then."""
    spelling = reader.search.spelling
    corrected = spelling.corrected(plain.query)
    if corrected:
        better = reader.read(corrected)
        if len(_understood(better)) > len(_understood(plain)):
            return _Meaning(better, corrected)
    if not plain.understood and (like := spelling.phrase_like(plain.query)):
        return _Meaning(reader.read(like), like)
    return _Meaning(plain, corrected)


def _understood(reading: Reading) -> set[int]:
    return reading.understood | reading.place_words


def _results_of(search: Search, readings: Sequence[Reading]) -> tuple[list[str], str | None]:
    """The results of all readings, the likeliest first; those that had to be relaxed only when all were."""
    found = [_results(search, one) for one in readings]
    kept = [one for one in found if one[1] is None] or found[:1]
    return list(dict.fromkeys(id_ for results, _ in kept for id_ in results)), kept[0][1]


def _results(search: Search, reading: Reading) -> tuple[list[str], str | None]:
    """Ids, best first, and a sentence when something had to be let go."""
    if not reading.content and not reading.names:
        return _browse(search, reading.boroughs | reading.near_boroughs, reading.wish), _outside(reading)
    strict = scores(search, reading)
    here = _here(search, reading, strict)
    named = [one for one in reading.asked_for(only=bool(here)) if not serves(search.entries[one], reading.boroughs)]
    if here and reading.share(reading.understood) >= _WELL_UNDERSTOOD:
        return [*named, *here], _outside(reading)
    loose = loose_scores(search, reading)
    if here:
        both = {one: strict.get(one, 0.0) + loose.get(one, 0.0) for one in strict | loose}
        return [*named, *_here(search, reading, both)], _outside(reading)
    if named:
        sentence = f"{search.entries[named[0]].name} is not for {_said(reading)}. You searched for its name."
        return list(dict.fromkeys([*named, *_here(search, reading, loose)])), sentence
    return _relaxed(search, reading, strict, loose)


def _relaxed(
    search: Search, reading: Reading, strict: dict[str, float], loose: dict[str, float]
) -> tuple[list[str], str]:
    """What is left when nothing for this place matches: first the place is let go, then words, then both."""
    if strict:
        return in_order(strict), f"Nothing for {_said(reading)} matches. These services are for other places."
    if here := _here(search, reading, loose):
        return here, "Nothing matches all of your words. These services match some of them."
    if loose:
        return in_order(loose), f"Nothing for {_said(reading)} matches. These services match some of your words."
    return _people(search, reading), "Nothing matches your words. These people can help you find the right service."


def _people(search: Search, reading: Reading) -> list[str]:
    """The human routes for these boroughs, those that help with anything first."""
    browsed = _browse(search, reading.boroughs, reading.wish)
    routes = [one for one in browsed if search.entries[one].role == "human_route"]
    first = search.synonyms.last_resort
    return sorted(routes, key=lambda one: first.index(one) if one in first else len(first))


def _here(search: Search, reading: Reading, found: dict[str, float]) -> list[str]:
    return [one for one in in_order(found) if serves(search.entries[one], reading.boroughs)]


def _said(reading: Reading) -> str:
    named = [borough.title() for borough in sorted(reading.boroughs) if borough in BOROUGHS]
    return " or ".join(named) or "that place"


def _outside(reading: Reading) -> str | None:
    """What to say when the search names a place that the directory is not for, and no borough that it is for."""
    if reading.boroughs != {OUTSIDE}:
        return None
    return f"This directory is for {', '.join(one.title() for one in BOROUGHS[:-1])} and {BOROUGHS[-1].title()}."


def _browse(search: Search, boroughs: frozenset[str], wish: Wish) -> list[str]:
    """Open listings by nearness, role and name; of those as near, what was not confirmed in time comes last."""
    entries = [entry for entry in search.shelf if entry.id in wish.open_ids and serves(entry, boroughs)]
    entries.sort(key=lambda one: (_distance(one.area, boroughs), one.id in wish.overdue))
    return [entry.id for entry in entries]


@lru_cache
def _distance(area: tuple[str, ...], boroughs: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """The borough's own first, or without a borough what serves all five; then wider and wider areas."""
    if "national" in area:
        return 4, ()
    if "london" in area:
        return 3, ()
    if "ncl" in area or len(area) == len(BOROUGHS):
        return (2 if boroughs else 0), ()
    return 1, (() if boroughs >= set(area) else tuple(sorted(area)))
