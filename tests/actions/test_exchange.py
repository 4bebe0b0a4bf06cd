"""Loading the catalogue: all of it or nothing, and the same again changes nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.exchange import LoadReport, load_seed
from app.database import reading, writing
from app.exchange.rows import Published, read_published
from app.models import Service, row_id
from tests.exchange.seed_sets import BROKEN, GOOD, OLD, OPEN, Broken, write_seed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ALL = ("old-door", "open-door", "other-door")


def published(engine: Engine) -> Published:
    with reading(engine) as session:
        return read_published(session)


def service(engine: Engine, slug: str) -> Service:
    with reading(engine) as session:
        return session.exec(select(Service).where(Service.slug == slug)).one()


def edit_here(engine: Engine, slug: str) -> None:
    with writing(engine) as session:
        row = session.get_one(Service, row_id("service", slug))
        row.name, row.changed_at = "Edited here", LATER


def test_the_first_load_adds_everything(engine: Engine, tmp_path: Path) -> None:
    report = load_seed(engine, write_seed(tmp_path), NOW)
    assert report == LoadReport(added=ALL, reference=("organisations", "questions", "papers"), generation=1)
    catalogue = published(engine)
    assert tuple(catalogue.listings) == ALL
    assert catalogue.organisations["helpers"].name == "The Helpers"
    assert catalogue.reference["papers"]["000"]["title"] == "A paper"
    assert catalogue.listings["open-door"].rules[0].everyone[1].assume == "working_age"
    assert service(engine, "open-door").imported_at == NOW
    assert service(engine, "open-door").changed_at is None


def test_the_second_load_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    before = published(engine)
    assert load_seed(engine, tmp_path, LATER) == LoadReport(unchanged=ALL, generation=1)
    assert published(engine) == before
    assert service(engine, "open-door").imported_at == NOW


def test_a_changed_file_changes_its_listing_alone(engine: Engine, tmp_path: Path) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    write_seed(tmp_path, {OPEN: GOOD[OPEN].replace("name: Open Door", "name: Wide Open Door")})
    report = load_seed(engine, tmp_path, LATER)
    assert (report.changed, report.unchanged) == (("open-door",), ("old-door", "other-door"))
    assert report.generation == 2
    assert published(engine).listings["open-door"].name == "Wide Open Door"
    assert service(engine, "open-door").imported_at == LATER
    assert service(engine, "old-door").imported_at == NOW


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("questions.yaml", "label: Camden", "label: Camden Town"),
        ("organisations.yaml", "The Helpers", "The New Helpers"),
        ("papers.yaml", "A paper", "Another paper"),
    ],
)
def test_changed_reference_data_raises_the_generation(
    engine: Engine, tmp_path: Path, file: str, old: str, new: str
) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    write_seed(tmp_path, {file: GOOD[file].replace(old, new)})
    report = load_seed(engine, tmp_path, LATER)
    assert report == LoadReport(unchanged=ALL, reference=(file.removesuffix(".yaml"),), generation=2)


def test_a_listing_without_a_file_is_left_and_named(engine: Engine, tmp_path: Path) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    (tmp_path / OLD).unlink()
    report = load_seed(engine, tmp_path, LATER)
    assert report.not_in_files == ("old-door",)
    assert report.generation == 1
    assert "old-door" in published(engine).listings
    assert "Not in the files, left as they are: old-door." in report.summary()


def test_work_done_in_the_directory_is_not_undone_by_a_file(engine: Engine, tmp_path: Path) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    edit_here(engine, "open-door")
    report = load_seed(engine, tmp_path, LATER)
    assert report.edited_here == ("open-door",)
    assert report.unchanged == ("old-door", "other-door")
    assert published(engine).listings["open-door"].name == "Edited here"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_one_mistake_and_nothing_is_loaded(engine: Engine, tmp_path: Path, broken: Broken) -> None:
    report = load_seed(engine, write_seed(tmp_path, broken.files()), NOW)
    assert any(str(problem).startswith(f"{broken.at}: ") for problem in report.rejected)
    assert report == LoadReport(rejected=report.rejected)
    assert published(engine) == Published(generation=0, listings={}, organisations={}, reference={})


def test_a_mistake_leaves_what_was_loaded_before(engine: Engine, tmp_path: Path) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    before = published(engine)
    write_seed(tmp_path, BROKEN[0].files())
    assert load_seed(engine, tmp_path, LATER).rejected
    assert published(engine) == before


def test_the_catalogue_of_this_repository_loads(engine: Engine) -> None:
    first = load_seed(engine, Path("seed"), NOW)
    assert [str(problem) for problem in first.rejected] == []
    assert len(first.added) == len(list(Path("seed/services").glob("*.yaml")))
    again = load_seed(engine, Path("seed"), LATER)
    assert again == LoadReport(unchanged=first.added, generation=1)
