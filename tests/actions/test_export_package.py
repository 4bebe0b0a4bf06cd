"""A package of the catalogue: what was exported and brought in again is exported as the same bytes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, delete, select, update

from app.actions.exchange import load_seed
from app.actions.exporting.package import export_package
from app.actions.importing.oruk import import_oruk
from app.actions.importing.report import ImportReport
from app.database import reading, writing
from app.directory.availability import Availability, AvailabilityState
from app.directory.freshness import REVIEW_DAYS
from app.directory.listing import Listing, Organisation
from app.directory.sources import Source
from app.exchange.oruk.package import PackageError
from app.exchange.rows import generation_of, raise_generation, write_listing, write_organisation
from app.exchange.seed.sources import is_page
from app.models import Availability as AvailabilityRow
from app.models import (
    ImportedRecord,
    MergedListing,
    ReferenceData,
    Service,
    TaxonomyTerm,
    row_id,
)
from tests.databases import engine_on
from tests.exchange.listings import TARGETS, listings
from tests.exchange.seed_sets import GOOD, write_seed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
LONG_AGO = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
FILES = {"services.json", "taxonomies.json", "service_at_locations.json", "manifest.json"}


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    """A small catalogue in which everything happened that can happen to a listing."""
    write_seed(tmp_path / "seed", GOOD)
    load_seed(engine, tmp_path / "seed", NOW)
    with writing(engine) as session:
        for target in TARGETS:
            write_organisation(session, target, Organisation(name=f"The {target}", description="It runs a door."))
            write_listing(session, a_door(target)).modified_at = LONG_AGO
        first = session.get_one(Service, row_id("service", "open-door"))
        first.changed_at, first.assured_at, first.assured_by, first.review_days = NOW, LONG_AGO, "organisation", 180
        into = row_id("service", "first-door")
        session.add(
            MergedListing(
                service_id=row_id("service", "second-door"), into_id=into, merged_by="Anne", merged_at=LONG_AGO
            )
        )
        say(
            session,
            "open-door",
            Availability(state="paused", note="Back soon.", until=date(2099, 1, 1), said_at=LONG_AGO),
        )
    return engine


def a_door(slug: str) -> Listing:
    return Listing.model_validate(
        {
            "id": slug,
            "name": f"The {slug}",
            "role": "service",
            "organisation": slug,
            "summary": "It opens.",
            "area": "ncl",
            "status": "live",
            "status_note": {"text": "It says so.", "source": ["page"]},
            "sources": {"page": {"page": "https://door.example/", "read": "2026-11"}},
        }
    )


def say(session: Session, slug: str, said: Availability) -> None:
    session.merge(AvailabilityRow(service_id=row_id("service", slug), said_by="Anne", **said.model_dump()))


@contextmanager
def reference_alone(of: Engine) -> Iterator[Engine]:
    """A new database of the same kind with the questions and words of this one, and without any listing."""
    with engine_on(of.dialect.name) as other:
        with reading(of) as here, writing(other) as there:
            for table in (ReferenceData, TaxonomyTerm):
                there.add_all([table(**row.model_dump()) for row in here.exec(select(table))])
        yield other


def bytes_of(engine: Engine, folder: Path) -> dict[str, bytes]:
    export_package(engine, folder, TODAY)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def bring(engine: Engine, folder: Path, *, trusted: bool = False) -> ImportReport:
    return import_oruk(engine, folder, "package", LATER, trusted=trusted)


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def test_the_package_holds_every_list(filled: Engine, tmp_path: Path) -> None:
    found = {name: json.loads(body) for name, body in bytes_of(filled, tmp_path / "out").items()}
    assert found.keys() == FILES
    services = found["services.json"]["contents"]
    assert found["manifest.json"]["services"] == found["services.json"]["total_items"] == len(services) == 6
    open_door = next(one for one in services if one["no_wrong_door"]["slug"] == "open-door")
    assert open_door["organization"]["name"]
    assert open_door["no_wrong_door"]["availability"]["note"] == "Back soon."
    assert {one["no_wrong_door"]["status_here"] for one in services} >= {"live", "closed", "merged"}


def test_into_the_same_directory_nothing_changes(filled: Engine, tmp_path: Path) -> None:
    before, number = bytes_of(filled, tmp_path / "out"), generation(filled)
    report = bring(filled, tmp_path / "out")
    assert {row.outcome for row in report.rows} == {"unchanged"}
    assert bytes_of(filled, tmp_path / "again") == before
    assert generation(filled) == number


def test_into_a_directory_without_listings_everything_comes_back(filled: Engine, tmp_path: Path) -> None:
    before = bytes_of(filled, tmp_path / "out")
    with reference_alone(filled) as other:
        report = bring(other, tmp_path / "out")
        assert [(row.outcome, row.repairs) for row in report.rows] == [("added", ())] * 6
        assert bytes_of(other, tmp_path / "again") == before
        assert {row.outcome for row in bring(other, tmp_path / "again").rows} == {"unchanged"}
        assert bytes_of(other, tmp_path / "again") == before


def test_a_twin_that_came_in_at_another_time_takes_over_when_things_changed(filled: Engine, tmp_path: Path) -> None:
    before = bytes_of(filled, tmp_path / "out")
    with reference_alone(filled) as twin:
        bring(twin, tmp_path / "out")
        with writing(twin) as session:
            session.exec(delete(ImportedRecord))
            session.exec(update(Service).values(modified_at=LATER))
            raise_generation(session)
        assert bytes_of(twin, tmp_path / "other") != before
        assert {row.outcome for row in bring(twin, tmp_path / "out", trusted=True).rows} == {"unchanged"}
        assert bytes_of(twin, tmp_path / "again") == before


@st.composite
def _everything(draw: st.DrawFn) -> tuple[Listing, dict[str, Any], Availability | None]:
    """A listing that its facts' sources stand for, its dates, and what was said of it."""
    listing = draw(listings())
    pages = {key: Source(page="https://door.example/", read="2026") for key in ("page", "paper", "leaflet")}
    # What is no web page is refused on its way in.
    contacts = tuple(one for one in listing.contacts if one.type != "web" or is_page(one.value))
    update = {"rules": (), "goals": (), "successor_source": ("page",), "sources": {**pages}, "contacts": contacts}
    moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 21), timezones=st.just(UTC))
    dates = {
        "modified_at": draw(moments),
        "changed_at": draw(st.none() | moments),
        "assured_at": draw(st.none() | moments),
        "review_days": draw(st.sampled_from(REVIEW_DAYS)),
    }
    said = draw(st.none() | st.sampled_from(get_args(AvailabilityState)))
    availability = (
        Availability(state=said, wait="a week", until=draw(st.none() | st.dates(TODAY)), said_at=NOW) if said else None
    )
    assured_by = draw(st.sampled_from(["organisation", "directory_team"])) if dates["assured_at"] else None
    return listing.model_copy(update=update), {**dates, "assured_by": assured_by}, availability


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=4)
@given(some=st.lists(_everything(), min_size=1, max_size=4, unique_by=lambda one: one[0].id))
def test_any_listing_comes_back(
    filled: Engine, tmp_path: Path, some: list[tuple[Listing, dict[str, Any], Availability | None]]
) -> None:
    with writing(filled) as session:
        for listing, dates, said in some:
            write_listing(session, listing).sqlmodel_update(dates)
            if said:
                say(session, listing.id, said)
    before = bytes_of(filled, tmp_path / "out")
    with reference_alone(filled) as other:
        report = bring(other, tmp_path / "out")
        assert {row.outcome for row in report.rows} == {"added"}, [str(row) for row in report.rows]
        assert bytes_of(other, tmp_path / "again") == before


def test_fields_that_nobody_here_knows_go_out_again_and_never_over_ours(filled: Engine, tmp_path: Path) -> None:
    package = bytes_of(filled, tmp_path / "out")
    services = json.loads(package["services.json"])
    for one in services["contents"]:
        one |= {
            "alternate_name": "Zoë’s",
            "aa_local": {"b": [1, 2.5]},
            "interpretation_services": None,
            "spreadsheet": {},
        }
        one["no_wrong_door"]["newer"] = "yes"
    (tmp_path / "out" / "services.json").write_text(json.dumps(services))
    with reference_alone(filled) as other:
        bring(other, tmp_path / "out")
        with writing(other) as session:
            write_listing(session, a_door("first-door").model_copy(update={"name": "Another name"}))
        first = bytes_of(other, tmp_path / "first")
        found = json.loads(first["services.json"])["contents"]
        assert {one["alternate_name"] for one in found} == {"Zoë’s"}
        assert {one["no_wrong_door"]["newer"] for one in found} == {"yes"}
        assert not any({"interpretation_services", "spreadsheet"} & one.keys() for one in found)
        assert "Another name" in {one["name"] for one in found}
        bring(other, tmp_path / "first", trusted=True)
        assert bytes_of(other, tmp_path / "second") == first


def test_only_a_folder_of_ours_is_replaced(filled: Engine, tmp_path: Path) -> None:
    mine = tmp_path / "letters"
    mine.mkdir()
    (mine / "letter.txt").write_text("Dear Anne")
    with pytest.raises(PackageError, match="holds other things"):
        export_package(filled, mine, TODAY)
    with pytest.raises(PackageError, match="is a file"):
        export_package(filled, mine / "letter.txt", TODAY)
    export_package(filled, tmp_path / "out" / "deep", TODAY)
    (tmp_path / "out" / "deep" / "services.json").write_text("old")
    export_package(filled, tmp_path / "out" / "deep", TODAY)
    assert json.loads((tmp_path / "out" / "deep" / "services.json").read_text())["total_items"] == 6
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["deep"]
    assert [one.name for one in mine.iterdir()] == ["letter.txt"]


def test_a_directory_without_a_catalogue_says_so(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="holds no catalogue"):
        export_package(engine, tmp_path / "out", TODAY)
