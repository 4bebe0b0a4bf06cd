"""What other directories read while this one changes."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from app.actions import open_data
from app.actions.editing.publication import publish
from app.actions.open_data import Answer, Paging, Wanted
from app.database import writing
from app.exchange.oruk.feed import Feed, as_json
from app.exchange.rows import raise_generation
from app.models import Availability, ImportedRecord, ImportProposal, ListingReport, MergedListing, Service, row_id
from tests.accounts import NOW
from tests.editing import DOOR, LOADED, OLD_DOOR, OTHER_DOOR, catalogue_of, editor, live, send, small_catalogue, write
from tests.service_changes import BY, Changing

TODAY = NOW.date()
CANARY = "canary in a draft"
CHANGES = 60


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    small_catalogue(engine, tmp_path)
    return engine


def read(answer: Answer | UUID | None) -> dict[str, Any]:
    assert isinstance(answer, Answer)
    found: dict[str, Any] = json.loads(answer.body)
    return found


def services(engine: Engine, day: date = TODAY, **wanted: Any) -> dict[str, Mapping[str, Any]]:
    """All services, by their slug."""
    page = read(open_data.services(catalogue_of(engine), Wanted(**wanted), Paging(1, 1000), day))
    return {item["no_wrong_door"]["slug"]: item for item in page["contents"]}


def one(engine: Engine, slug: str, day: date = TODAY) -> Answer | UUID | None:
    return open_data.service(catalogue_of(engine), row_id("service", slug), day)


def merge(engine: Engine, slug: str, into: str, now: datetime = NOW) -> None:
    with writing(engine) as session:
        session.get_one(Service, row_id("service", slug)).modified_at = now
        ids = {"service_id": row_id("service", slug), "into_id": row_id("service", into)}
        session.add(MergedListing(**ids, merged_by="admin@example.org", merged_at=now))
        raise_generation(session)


def test_nothing_but_what_is_published_is_told(filled: Engine) -> None:
    who = editor(filled)
    before = _everything(catalogue_of(filled).feed_on(TODAY))
    write(filled, who, summary=CANARY)
    send(filled, who)
    service: dict[str, Any] = {"service_id": row_id("service", DOOR)}
    said = live(filled).model_copy(update={"summary": CANARY}).model_dump(mode="json", by_alias=True)
    with writing(filled) as session:
        session.add(ImportProposal(**service, feed=CANARY, listing=said, proposed_at=NOW))
        session.add(
            ImportedRecord(**service, feed=CANARY, foreign_id="1", body={"x": CANARY}, listing=said, imported_at=NOW)
        )
        session.add(ListingReport(**service, about="phone", text=CANARY, email="canary@example.org", reported_at=NOW))
        raise_generation(session)
    after = _everything(catalogue_of(filled).feed_on(TODAY))
    assert b"canary" not in b"".join(after)
    assert after == before


def test_who_copies_the_list_hears_of_what_closed_and_of_what_was_merged(filled: Engine) -> None:
    assert {slug: item["status"] for slug, item in services(filled).items()}[OLD_DOOR] == "defunct"
    assert services(filled, modified_after=NOW) == {}
    merge(filled, OTHER_DOOR, DOOR)
    # At the moment itself or later: who asks from the moment of the last answer misses nothing.
    changed = services(filled, modified_after=NOW)
    assert set(changed) == {OTHER_DOOR}
    assert changed[OTHER_DOOR]["status"] == "defunct"
    assert changed[OTHER_DOOR]["no_wrong_door"]["merged_into"] == str(row_id("service", DOOR))
    assert changed[OTHER_DOOR]["no_wrong_door"]["status_here"] == "merged"
    assert services(filled, modified_after=NOW + timedelta(seconds=1)) == {}
    assert one(filled, OTHER_DOOR) == row_id("service", DOOR)
    with writing(filled) as session:
        closed = live(filled).model_copy(update={"status": "closed"})
        publish(session, closed, BY, NOW + timedelta(days=1))
    later = services(filled, modified_after=NOW + timedelta(hours=1))
    assert {slug: item["status"] for slug, item in later.items()} == {DOOR: "defunct"}
    # A list from which something is gone is another list, though all that is left in it is old.
    without = open_data.services(catalogue_of(filled), Wanted(day="MO"), Paging(1, 10), TODAY)
    assert read(without)["contents"] == []
    assert without.modified_at == NOW + timedelta(days=1)


def test_a_pause_that_ended_by_itself_is_a_change(filled: Engine) -> None:
    until = TODAY + timedelta(days=2)
    with writing(filled) as session:
        session.add(
            Availability(service_id=row_id("service", DOOR), state="paused", until=until, said_at=NOW, said_by="")
        )
        session.get_one(Service, row_id("service", DOOR)).modified_at = NOW
        raise_generation(session)
    assert services(filled)[DOOR]["status"] == "temporarily closed"
    assert read(one(filled, DOOR))["no_wrong_door"]["availability"]["until"] == until.isoformat()
    after = until + timedelta(days=1)
    assert services(filled, after)[DOOR]["status"] == "active"
    midnight = datetime.combine(after, datetime.min.time(), NOW.tzinfo)
    assert set(services(filled, after, modified_after=midnight)) == {DOOR}
    assert services(filled, after - timedelta(days=1), modified_after=midnight) == {}


def test_whoever_turns_pages_while_services_change_sees_each_exactly_once(filled: Engine) -> None:
    changing = Changing(filled)
    changing.add(30, LOADED)
    at_the_start = {UUID(item["id"]) for item in services(filled).values()}
    seen = []
    for page in _pages(lambda paging: open_data.services(catalogue_of(filled), Wanted(), paging, TODAY)):
        seen += [UUID(item["id"]) for item in page["contents"]]
        for _ in range(CHANGES // 6):
            changing.one(NOW)
    assert changing.made >= CHANGES // 2
    assert changing.gone
    assert len(seen) == len(set(seen))
    assert set(seen) >= at_the_start


def _pages(turn: Callable[[Paging], Answer]) -> Iterator[dict[str, Any]]:
    number, last = 1, False
    while not last:
        page = read(turn(Paging(number, 7)))
        yield page
        number, last = number + 1, page["last_page"]


def _everything(feed: Feed) -> list[bytes]:
    every = range(len(feed.abouts))
    listed = [*map(feed.service_in_list, every), *map(feed.service, every), as_json(feed.taxonomy)]
    return listed + [one for n in range(len(feed.places)) for one in (feed.place_in_list(n), feed.place(n))]
