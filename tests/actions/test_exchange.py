"""Loading the catalogue: all of it or nothing, and the same again changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.exchange import LoadReport, load_seed
from app.actions.recommend import recommend
from app.catalogue import make_catalogue
from app.database import reading, writing
from app.eligibility.questions import Question
from app.exchange.rows import Published, read_published
from app.exchange.seed.checks import check_seed
from app.exchange.seed.files import read_seed
from app.exchange.seed.plain_yaml import read_document
from app.models import Service, row_id
from tests.databases import engine_on
from tests.exchange.broken_reference import BROKEN_REFERENCE
from tests.exchange.seed_sets import BROKEN, GOOD, OLD, OPEN, Broken, write_seed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ALL = ("old-door", "open-door", "other-door")
REFERENCE = (
    "organisations",
    "questions",
    "papers",
    "priors",
    "urgent",
    "synonyms",
    "places",
    "glossary",
    "referral",
    "judged_cases",
)


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
    assert report == LoadReport(added=ALL, reference=(*REFERENCE, "postcode_sectors"), generation=1)
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
        ("priors.yaml", "Rounded", "Rounded down"),
        ("places.yaml", "Leeds", "York"),
        ("glossary.yaml", "A note", "A letter"),
        ("referral.yaml", "Ask first", "Ask"),
        ("judged_cases.yaml", "bad back", "sore back"),
        ("postcode_sectors.csv", "N19 5", "N19 4"),
    ],
)
def test_changed_reference_data_raises_the_generation(
    engine: Engine, tmp_path: Path, file: str, old: str, new: str
) -> None:
    load_seed(engine, write_seed(tmp_path), NOW)
    write_seed(tmp_path, {file: GOOD[file].replace(old, new)})
    report = load_seed(engine, tmp_path, LATER)
    assert report == LoadReport(unchanged=ALL, reference=(file.partition(".")[0],), generation=2)


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


@pytest.fixture(scope="module")
def shared_databases() -> Iterator[Callable[[str], Engine]]:
    """One of each kind, for tests that leave it empty and say so."""
    with ExitStack() as stack:
        yield cache(lambda kind: stack.enter_context(engine_on(kind)))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
@pytest.mark.parametrize("broken", BROKEN + BROKEN_REFERENCE, ids=lambda broken: broken.name)
def test_one_mistake_and_nothing_is_loaded(
    shared_databases: Callable[[str], Engine], tmp_path: Path, kind: str, broken: Broken
) -> None:
    engine = shared_databases(kind)
    report = load_seed(engine, write_seed(tmp_path, broken.files()), NOW)
    assert any(str(problem).startswith(f"{broken.at}: ") for problem in report.rejected)
    assert report == LoadReport(rejected=report.rejected)
    assert published(engine) == Published(generation=0, listings={}, organisations={}, reference={})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.data())
def test_what_passes_the_checks_does_not_break_the_site(tmp_path: Path, data: st.DataObject) -> None:
    file = f"{data.draw(st.sampled_from(REFERENCE))}.yaml"
    content = read_document(write_seed(tmp_path) / file, file).data
    spoil(content, data)
    seed, problems = check_seed(read_seed(write_seed(tmp_path, {**GOOD, file: yaml.safe_dump(content)})))
    if problems:
        return
    catalogue = make_catalogue(Published(1, seed.listings, seed.organisations, seed.reference), tmp_path / "index")
    for question in catalogue.questionnaire:
        recommend(catalogue, {question.id: an_answer(question, data)}, NOW.date())


def spoil(content: Any, data: st.DataObject) -> None:
    """Take something out of the content, somewhere, or put something else in its place."""
    key = data.draw(st.sampled_from(sorted(content) if isinstance(content, dict) else range(len(content))))
    if content[key] and isinstance(content[key], dict | list) and data.draw(st.integers(0, 4)):
        spoil(content[key], data)
    elif data.draw(st.booleans()):
        del content[key]
    else:
        content[key] = data.draw(st.sampled_from([None, "", "x", "none", "any", 0, 1, 0.5, True, [], {}, ["x"]]))


def an_answer(question: Question, data: st.DataObject) -> object:
    if question.kind == "number":
        return question.lowest
    answer = data.draw(st.sampled_from([*question.answer_ids, "not_sure"]))
    return [answer] if question.kind == "multi" and answer != "not_sure" else answer


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
