"""The whole catalogue of one day for other directories: every service in an order that never changes.

Answers are made when they are first asked for, and kept as they go over the wire, as long as the catalogue stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from app.directory.availability import Availability
from app.directory.dates import first_day, last_day
from app.directory.listing import Listing
from app.directory.opening import LONDON
from app.eligibility.questions import Questionnaire
from app.exchange.oruk import ours, services, shapes
from app.exchange.oruk.places import places_of
from app.exchange.oruk.services import About
from app.exchange.oruk.terms import goals_taxonomy, terms_by_goal
from app.exchange.records import Record
from app.exchange.rows import Published


class Feed:
    """``abouts`` in the order of their numbers, closed and merged ones too: who copies the list must hear of them.

    ``terms`` of the taxonomy are by the id of the goal.
    """

    def __init__(self, abouts: Sequence[About], questionnaire: Questionnaire) -> None:
        self.abouts = tuple(abouts)
        self.taxonomy = goals_taxonomy(questionnaire)
        self.terms = terms_by_goal(self.taxonomy, questionnaire)
        self._in_list: dict[int, bytes] = {}
        self._whole: dict[int, bytes] = {}
        self._place_in_list: dict[int, bytes] = {}

    @cached_property
    def places(self) -> tuple[tuple[int, shapes.PlaceOfService], ...]:
        """Every place of every service, with the number of the service in ``abouts``."""
        return tuple((n, place) for n, about in enumerate(self.abouts) for place in places_of(about.listing))

    @cached_property
    def numbers(self) -> Mapping[UUID, int]:
        """Where each service stands in ``abouts``, by its id."""
        return {about.record.id: number for number, about in enumerate(self.abouts)}

    @cached_property
    def modified_at(self) -> datetime | None:
        """When anything of any service changed last. What leaves a list is not in it: so of all, not of one page."""
        return max(filter(None, (about.modified_at for about in self.abouts)), default=None)

    @cached_property
    def id_of(self) -> Mapping[str, UUID]:
        """The id of each service, by its slug."""
        return {about.listing.id: about.record.id for about in self.abouts}

    @cached_property
    def place_numbers(self) -> Mapping[UUID, int]:
        """Where each place stands in ``places``, by its id."""
        return {place.id: number for number, (_, place) in enumerate(self.places)}

    def service_in_list(self, number: int) -> bytes:
        """A service as it stands in lists, as JSON."""
        if number not in self._in_list:
            self._in_list[number] = as_json(services.service_in_list(self.abouts[number]))
        return self._in_list[number]

    def service(self, number: int) -> bytes:
        """The whole of a service, as JSON."""
        if number not in self._whole:
            self._whole[number] = as_json(services.service(self.abouts[number], self.terms))
        return self._whole[number]

    def place_in_list(self, number: int) -> bytes:
        """A place as it stands in lists, as JSON."""
        if number not in self._place_in_list:
            self._place_in_list[number] = self._made_place_in_list(number)
        return self._place_in_list[number]

    def _made_place_in_list(self, number: int) -> bytes:
        of, place = self.places[number]
        location = shapes.LocationInList.model_validate(
            place.location.model_dump(include=set(shapes.LocationInList.model_fields))
        )
        service = services.service_in_list(self.abouts[of])
        return as_json(shapes.ServiceAtLocationInList(**_ids(place), location=location, service=service))

    def place(self, number: int) -> bytes:
        """The whole of a place with its service, as JSON."""
        of, place = self.places[number]
        service = services.service(self.abouts[of], self.terms)
        return as_json(shapes.ServiceAtLocation(**_ids(place), location=place.location, service=service))


def feed_of(published: Published, questionnaire: Questionnaire, day: date) -> Feed:
    listings = {**published.listings, **published.merged}
    ordered = sorted(published.records.items(), key=lambda item: item[1].number)
    return Feed([_about(published, listings[slug], record, day) for slug, record in ordered], questionnaire)


def _about(published: Published, listing: Listing, record: Record, day: date) -> About:
    said = published.availability.get(listing.id)
    counts = said.on(day) if said and listing.status != "closed" else None
    return About(
        listing=listing,
        record=record,
        modified_at=modified_at(record, listing, said, day),
        freshness=published.freshness[listing.id],
        organisation=published.organisations.get(listing.organisation or ""),
        said=counts,
        day=day,
    )


def as_json(shape: ours.Shape) -> bytes:
    """What is empty is left out: the standard takes no ``null`` for "not known"."""
    return shape.model_dump_json(exclude_defaults=True).encode()


def modified_at(record: Record, listing: Listing, said_last: Availability | None, day: date) -> datetime | None:
    """When anything of a service changed last, also by itself at midnight: a pause that ended, a rule that began."""
    if record.modified_at is None:
        return None
    midnights = (datetime.combine(turn, time.min, LONDON) for turn in _turns(listing, said_last, day))
    return max([record.modified_at, *(midnight.astimezone(UTC) for midnight in midnights)])


def _turns(listing: Listing, said_last: Availability | None, day: date) -> Iterator[date]:
    """The days up to this one on which something began, or was over."""
    ends = [said_last.last_day] if said_last and said_last.last_day else []
    ends += [last_day(rule.until) for rule in listing.rules if rule.until]
    begins = (first_day(rule.since) for rule in listing.rules if rule.since)
    yield from (begin for begin in begins if begin <= day)
    yield from (end + timedelta(days=1) for end in ends if end < day)


def _ids(place: shapes.PlaceOfService) -> dict[str, UUID]:
    return {"id": place.id, "service_id": place.service_id, "location_id": place.location_id}
