"""Listings that came twice, and what another list says of one, for tests of several floors."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import select

from app.actions.duplicates.finding import find_duplicates
from app.actions.duplicates.merging import merge
from app.actions.editing.publication import Made, publish
from app.actions.editing.stranding import Although
from app.database import reading, writing
from app.directory.listing import Listing
from app.exchange.rows import read_listing
from app.models import ImportProposal, LikelyDuplicate, row_id
from tests.accounts import NOW
from tests.editing import DOOR, catalogue_of, live

FEED = "Camden's own list"
TWIN = "twin-door"
BY_FEED = Made("imported", (FEED,))


def add_twin(engine: Engine, of: str = DOOR, slug: str = TWIN, now: datetime = NOW, **fields: Any) -> None:
    """The same listing once more, as another list has it: with these ``fields``."""
    with writing(engine) as session:
        publish(session, _copy(live(engine, of), {"id": slug, **fields}), BY_FEED, now)


def say(engine: Engine, slug: str, now: datetime = NOW, **fields: Any) -> None:
    """The page of a listing says this from now on."""
    with writing(engine) as session:
        publish(session, _copy(live(engine, slug), fields), BY_FEED, now)


def look(engine: Engine, among: set[str] | None = None, now: datetime = NOW) -> int:
    with writing(engine) as session:
        return find_duplicates(session, among, now)


def pairs(engine: Engine) -> dict[frozenset[UUID], LikelyDuplicate]:
    with reading(engine) as session:
        return {frozenset((row.one_id, row.other_id)): row for row in session.exec(select(LikelyDuplicate))}


def pair_of(engine: Engine, one: str = DOOR, other: str = TWIN) -> LikelyDuplicate:
    return pairs(engine)[frozenset((row_id("service", one), row_id("service", other)))]


def make_one(engine: Engine, who: Any, keep: str = DOOR, other: str = TWIN, although: str = "", seen: str = "") -> str:
    """``other`` becomes part of ``keep``; gives the id of what became part."""
    said = Although(yes=bool(although), reason=although, seen=seen)
    return merge(engine, catalogue_of(engine), who, pair_of(engine, keep, other).id, keep, said, NOW)


def propose(engine: Engine, slug: str = DOOR, now: datetime = NOW, **fields: Any) -> Listing:
    """Another list says this of a listing."""
    with writing(engine) as session:
        here = read_listing(session, slug)
        assert here
        wanted = _copy(here, fields)
        said = wanted.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        session.merge(ImportProposal(service_id=row_id("service", slug), feed=FEED, listing=said, proposed_at=now))
    return wanted


def _copy(listing: Listing, fields: dict[str, Any]) -> Listing:
    return Listing.model_validate({**listing.model_dump(by_alias=True), **fields})
