"""A listing that goes into the tables comes out as it was: every field, every order, every character."""

from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect
from sqlmodel import Session, col, select

from app.database import reading, writing
from app.directory.listing import Listing, Organisation
from app.exchange.listing_rows import part_rows, service_fields
from app.exchange.row_listings import listing_of
from app.exchange.rows import (
    read_listing,
    read_listings,
    read_organisations,
    write_listing,
    write_organisation,
    write_parts,
    write_service,
)
from app.models import Location, Ruleset, Service, TaxonomyTerm, metadata, row_id
from tests.exchange.listings import GOALS, TARGETS, listings

ORGANISATIONS: dict[UUID, str] = {row_id("organization", slug): slug for slug in TARGETS}
GOAL_IDS: dict[UUID, str] = {row_id("taxonomy_term", goal): goal for goal in GOALS}
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)


@settings(deadline=None)
@given(listings(), st.randoms())
def test_rows_hold_everything_in_any_order(listing: Listing, random: Random) -> None:
    service = Service(id=row_id("service", listing.id), slug=listing.id, number=1, **service_fields(listing))
    parts = part_rows(listing)
    random.shuffle(parts)
    assert listing_of(service, parts, ORGANISATIONS, GOAL_IDS) == listing


@SLOW
@given(listings(), listings())
def test_the_database_holds_everything(engine: Engine, first: Listing, second: Listing) -> None:
    _prepare(engine)
    for listing in (first, second):
        with writing(engine) as session:
            write_listing(session, listing)
        with reading(engine) as session:
            assert read_listing(session, listing.id) == listing
    with reading(engine) as session:
        found = read_listings(session)
    assert found[second.id] == second
    assert list(found) == sorted(found)


def test_nothing_stays_behind_when_a_listing_is_written_over(engine: Engine) -> None:
    _prepare(engine)
    with writing(engine) as session:
        write_listing(session, _with_address("1 Old Street"))
        write_listing(session, _with_address("2 New Street"))
    with reading(engine) as session:
        assert len(session.exec(select(Location)).all()) == 1


def test_deleting_a_service_deletes_its_parts(engine: Engine) -> None:
    _prepare(engine)
    with writing(engine) as session:
        write_listing(session, _with_address("1 Old Street"))
    with writing(engine) as session:
        session.delete(session.get(Service, row_id("service", "door")))
    children = [name for name, table in metadata.tables.items() if "service_id" in table.columns]
    with reading(engine) as session:
        assert inspect(engine).has_table("service_alias")
        for name in children:
            table = metadata.tables[name]
            statement = table.select().where(table.c.service_id == row_id("service", "door"))
            assert session.connection().execute(statement).all() == []


def test_the_version_of_the_rules_rises_only_when_they_change(engine: Engine) -> None:
    _prepare(engine)
    open_to_all = _with_address("1 Old Street")
    same_rules = open_to_all.model_copy(update={"name": "Another name"})
    other_rules = Listing.model_validate({**open_to_all.model_dump(), "rules": [{"until": "2025"}]})
    versions = []
    for listing in (open_to_all, same_rules, other_rules):
        with writing(engine) as session:
            write_listing(session, listing)
            versions.append(_ruleset_version(session))
    assert versions == [1, 1, 2]


def test_organisations_come_back(engine: Engine) -> None:
    first = Organisation(
        name="Helpers", description="They help.", aliases=("H", "Help"), url="https://helpers.example/"
    )
    second = Organisation(name="Helpers now", description="They still help.")
    for organisation in (first, second):
        with writing(engine) as session:
            write_organisation(session, "helpers", organisation)
        with reading(engine) as session:
            assert read_organisations(session) == {"helpers": organisation}


@pytest.mark.parametrize("slug", ["nowhere", "", "Door"])
def test_an_unknown_listing_is_none(slug: str, engine: Engine) -> None:
    with reading(engine) as session:
        assert read_listing(session, slug) is None


def _prepare(engine: Engine) -> None:
    """What listings point to: organisations, goals and the services of links."""
    targets = [_with_address("x").model_copy(update={"id": slug, "rules": (), "contacts": ()}) for slug in TARGETS]
    with writing(engine) as session:
        for goal in GOALS:
            session.merge(TaxonomyTerm(id=row_id("taxonomy_term", goal), code=goal, name=goal))
        for listing in targets:
            write_organisation(session, listing.id, Organisation(name=listing.id, description=listing.id))
            write_service(session, listing)
        for listing in targets:
            write_parts(session, listing)


def _ruleset_version(session: Session) -> int:
    return session.exec(select(Ruleset.version).order_by(col(Ruleset.position))).one()


def _with_address(address: str) -> Listing:
    return Listing.model_validate(
        {
            "id": "door",
            "name": "Door",
            "role": "service",
            "summary": "It opens.",
            "area": ["ncl"],
            "status": "live",
            "status_note": {"text": "It is open.", "source": ["page"]},
            "aliases": ["The Door"],
            "goals": [GOALS[0]],
            "rules": [{}],
            "contacts": [{"type": "address", "value": address, "source": ["page"]}],
            "reach_through": [{"service": TARGETS[0], "text": "Ask there."}],
            "sources": {"page": {"page": "https://door.example/", "read": "2026"}},
        }
    )
