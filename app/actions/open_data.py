"""What other directories can ask for: lists by page and by filter, and one thing by its id.

Lists are in the order in which things came in, which never changes. So whoever pages through them while some are
edited, added, closed or merged reads every one exactly once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.actions.find import find
from app.catalogue import Catalogue
from app.directory.opening import WEEKDAYS, OpeningTime
from app.directory.postcodes import UNKNOWN, Position, sectors_in
from app.exchange.oruk import ours, shapes
from app.exchange.oruk.feed import Feed, as_json
from app.exchange.oruk.services import About, ages
from app.exchange.oruk.shapes import Page

SOME = 50
MOST = 1000
"""Services on one page: by default, and at most."""
NEAR = 5000.0
"""Metres, where a postcode is given and no distance."""
_DAYS = tuple(day[:2].upper() for day in WEEKDAYS)


@dataclass(frozen=True)
class Wanted:
    """The filters. None, or an empty text: not filtered by this.

    ``day`` is MO to SU; ``start_time`` and ``end_time`` are HH:MM. ``near`` is a point and ``proximity`` metres.
    """

    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: str = ""
    start_time: str = ""
    end_time: str = ""
    modified_after: datetime | None = None
    near: Position | None = None
    proximity: float | None = None


@dataclass(frozen=True)
class Paging:
    """Which page, from one, and how many on each."""

    number: int
    size: int


@dataclass(frozen=True)
class Answer:
    """``body`` is JSON; ``modified_at`` the last time that anything in it changed, as far as that is known."""

    body: bytes
    modified_at: datetime | None = None


def services(catalogue: Catalogue, wanted: Wanted, paging: Paging, day: date) -> Answer:
    """A page of services."""
    feed = catalogue.feed_on(day)
    found = _services(catalogue, feed, wanted, day)
    return _page(found, paging, feed.service_in_list, _modified_at(feed, wanted))


def service(catalogue: Catalogue, id_: UUID, day: date) -> Answer | UUID | None:
    """The whole of a service, or the id of the one that stands for it now; None where there is none of this id."""
    feed = catalogue.feed_on(day)
    number = feed.numbers.get(id_)
    if number is None:
        return None
    about = feed.abouts[number]
    if about.record.merged_into:
        return feed.id_of[about.record.merged_into]
    return Answer(feed.service(number), about.modified_at)


def places(catalogue: Catalogue, wanted: Wanted, paging: Paging, day: date) -> Answer:
    """A page of places with their services."""
    feed = catalogue.feed_on(day)
    of = set(_services(catalogue, feed, wanted, day))
    found = [number for number, (service, _) in enumerate(feed.places) if service in of]
    if wanted.near:
        found = [number for number in found if _is_near(catalogue, feed, number, wanted.near, wanted.proximity)]
    return _page(found, paging, feed.place_in_list, _modified_at(feed, wanted))


def place(catalogue: Catalogue, id_: UUID, day: date) -> Answer | None:
    feed = catalogue.feed_on(day)
    number = feed.place_numbers.get(id_)
    return None if number is None else Answer(feed.place(number), _of_place(feed, number).modified_at)


def taxonomies(catalogue: Catalogue, paging: Paging, day: date) -> Answer:
    taxonomy = catalogue.feed_on(day).taxonomy
    return _page([0], paging, lambda _: as_json(_in_list(taxonomy)))


def taxonomy(catalogue: Catalogue, id_: UUID, day: date) -> Answer | None:
    taxonomy = catalogue.feed_on(day).taxonomy
    return Answer(as_json(taxonomy)) if id_ == taxonomy.id else None


def terms(catalogue: Catalogue, wanted: Wanted, paging: Paging, day: date) -> Answer:
    taxonomy = catalogue.feed_on(day).taxonomy
    other = wanted.taxonomy_id is not None and wanted.taxonomy_id != taxonomy.id
    chosen = () if other else taxonomy.taxonomy_terms
    return _page(range(len(chosen)), paging, lambda number: as_json(chosen[number]))


def term(catalogue: Catalogue, id_: UUID, day: date) -> Answer | None:
    terms = catalogue.feed_on(day).taxonomy.taxonomy_terms
    return next((Answer(as_json(term)) for term in terms if term.id == id_), None)


# Pages


def _page(
    found: Sequence[int],
    paging: Paging,
    item: Callable[[int], bytes],
    modified_at: datetime | None = None,
) -> Answer:
    """A page of the things of these numbers. Beyond the end it is empty."""
    first = (paging.number - 1) * paging.size
    numbers = found[first : first + paging.size]
    pages = -(-len(found) // paging.size)
    envelope: Page[ours.Shape] = Page(
        total_items=len(found),
        total_pages=pages,
        page_number=paging.number,
        size=len(numbers),
        first_page=paging.number == 1,
        last_page=paging.number >= pages,
        empty=not numbers,
        contents=(),
    )
    # The things are JSON already: to make them anew for each page would take ten times as long.
    body = envelope.model_dump_json().encode().removesuffix(b"]}") + b",".join(map(item, numbers)) + b"]}"
    return Answer(body, modified_at)


def _modified_at(feed: Feed, wanted: Wanted) -> datetime | None:
    """None where words or places decide too: with another synonym the same services give another list."""
    return None if wanted.search or wanted.near else feed.modified_at


def _in_list(taxonomy: shapes.Taxonomy) -> shapes.TaxonomyInList:
    return shapes.TaxonomyInList.model_validate(taxonomy.model_dump(include=set(shapes.TaxonomyInList.model_fields)))


# Filters


def _services(catalogue: Catalogue, feed: Feed, wanted: Wanted, day: date) -> list[int]:
    """The numbers of the services that are wanted, in their order."""
    tests = list(_tests(catalogue, wanted, day))
    return [number for number, about in enumerate(feed.abouts) if all(test(about) for test in tests)]


def _tests(catalogue: Catalogue, wanted: Wanted, day: date) -> Iterator[Callable[[About], bool]]:
    if wanted.search.strip():
        found = frozenset(find(catalogue, wanted.search, None, len(catalogue.listings), day).results)
        yield lambda about: about.listing.id in found
    if wanted.taxonomy_term_id or wanted.taxonomy_id:
        goals = _goals(catalogue.feed_on(day), wanted)
        yield lambda about: bool(goals & set(about.listing.goals))
    if wanted.minimum_age is not None or wanted.maximum_age is not None:
        yield lambda about: _is_for_ages(about, wanted)
    if wanted.day or wanted.start_time or wanted.end_time:
        yield lambda about: _is_open(about, wanted)
    if after := wanted.modified_after:
        yield lambda about: about.modified_at is None or about.modified_at >= after


def _goals(feed: Feed, wanted: Wanted) -> frozenset[str]:
    """The goals whose terms are wanted; none for a term or a taxonomy that is not there."""
    return frozenset(
        goal
        for goal, term in feed.terms.items()
        if wanted.taxonomy_term_id in {None, term.id} and wanted.taxonomy_id in {None, term.taxonomy_id}
    )


def _is_for_ages(about: About, wanted: Wanted) -> bool:
    """Whether it may take somebody between these ages. Where no source gives a limit, nobody is shut out."""
    lowest, highest = ages(about.listing.rule_on(about.day))
    too_young = wanted.maximum_age is not None and lowest is not None and wanted.maximum_age < lowest
    too_old = wanted.minimum_age is not None and highest is not None and wanted.minimum_age > highest
    return not too_young and not too_old


def _is_open(about: About, wanted: Wanted) -> bool:
    """Whether it is known to be open then, for all of the time that is asked about."""
    times = about.listing.hours.times if about.listing.hours else ()
    return any(_covers(time, wanted) for time in times)


def _covers(time: OpeningTime, wanted: Wanted) -> bool:
    if wanted.day and WEEKDAYS.index(time.day) != _DAYS.index(wanted.day):
        return False
    closes = "24:00" if time.overnight else time.closes
    begins = not wanted.start_time or time.opens <= wanted.start_time < closes
    return begins and (not wanted.end_time or time.opens < wanted.end_time <= closes)


def _is_near(catalogue: Catalogue, feed: Feed, number: int, near: Position, proximity: float | None) -> bool:
    """As far as the sector of its postcode tells: its middle lies within so many metres, in a straight line."""
    place = feed.places[number][1]
    middles = [catalogue.sectors.get(sector, UNKNOWN).middle for sector in sectors_in(place.location.name)]
    return any(middle.metres_to(near) <= (proximity or NEAR) for middle in middles if middle)


def _of_place(feed: Feed, number: int) -> About:
    return feed.abouts[feed.places[number][0]]
