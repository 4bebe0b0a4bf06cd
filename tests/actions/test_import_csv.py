"""A spreadsheet in and out: only what somebody changed in it changes here, and nobody's work is lost."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.actions.editing.publication import Made, publish
from app.actions.exchange import load_seed
from app.actions.exporting.package import export_package
from app.actions.exporting.spreadsheet import export_csv, write_template
from app.actions.import_csv import CsvReport, import_csv
from app.actions.importing.report import OUTCOMES
from app.database import reading, writing
from app.exchange.rows import generation_of, read_listings, read_organisations
from app.models import ImportedRecord, ImportProposal, MergedListing, row_id
from tests.exchange.seed_sets import GOOD, write_seed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
Found = TypeVar("Found")


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    write_seed(tmp_path / "seed", GOOD)
    load_seed(engine, tmp_path / "seed", NOW)
    return engine


def table_of(engine: Engine, folder: Path) -> list[dict[str, str]]:
    """What the export writes, as rows."""
    export_csv(engine, folder / "out.csv")
    return list(csv.DictReader(StringIO((folder / "out.csv").read_text(encoding="utf-8-sig"))))


def bring(engine: Engine, folder: Path, *rows: dict[str, str], dry_run: bool = False) -> CsvReport:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / "in.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return import_csv(engine, folder / "in.csv", LATER, dry_run=dry_run)


def outcomes(report: CsvReport) -> dict[str, int]:
    return {outcome: count for outcome in OUTCOMES if (count := report.rows.count(outcome))}


def read(engine: Engine, what: Callable[[Session], Found]) -> Found:
    with reading(engine) as session:
        return what(session)


def everything(engine: Engine, folder: Path) -> tuple[object, ...]:
    """All that the public can see, also when each listing changed last."""
    export_package(engine, folder / "package", NOW.date())
    return read(engine, generation_of), (folder / "package" / "services.json").read_bytes()


def test_the_catalogue_out_and_in_again_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    before = everything(filled, tmp_path)
    export_csv(filled, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfid,name,organisation,")
    for _ in range(2):
        assert outcomes(import_csv(filled, tmp_path / "out.csv", LATER)) == {"unchanged": 3}
    assert everything(filled, tmp_path) == before


def test_what_was_changed_in_the_table_changes_here_and_what_it_cannot_hold_stays(
    filled: Engine, tmp_path: Path
) -> None:
    rows = table_of(filled, tmp_path)
    door = next(row for row in rows if row["id"] == "open-door")
    before = read(filled, read_listings)["open-door"]
    report = bring(filled, tmp_path, {**door, "phone": "020 7946 0111"})
    assert outcomes(report) == {"changed": 1}
    after = read(filled, read_listings)["open-door"]
    assert [one.value for one in after.contacts if one.type == "phone"] == ["020 7946 0111"]
    assert (after.rules, after.reach_through, after.role) == (before.rules, before.reach_through, before.role)
    assert before.sources.items() <= after.sources.items()
    assert outcomes(bring(filled, tmp_path, {**door, "phone": "020 7946 0111"})) == {"unchanged": 1}
    wrong = bring(filled, tmp_path, {**door, "phone": "020 7946 0111", "email": "nonsense"})
    assert outcomes(wrong) == {"unchanged": 1}
    assert "“nonsense”" in next(iter(wrong.told()))


def test_new_rows_come_in_once_and_each_row_is_told_of(filled: Engine, tmp_path: Path) -> None:
    new = {
        "id": "",
        "name": "Zoë’s Café",
        "organisation": "Zoë & Co",
        "summary": "Coffee.",
        "area": "Camden",
        "shade": "red",
    }
    rows = [new, {**new, "name": ""}, {**new, "summary": "Coffee and cake."}, {**new, "name": "Other", "phone": "99"}]
    assert outcomes(bring(filled, tmp_path, *rows, dry_run=True)) == {"added": 2, "rejected": 2}
    assert "zoes-cafe" not in read(filled, read_listings)
    report = bring(filled, tmp_path, *rows)
    assert outcomes(report) == {"added": 2, "rejected": 2}
    told = {line.split(":")[0]: line for line in report.told()}
    assert ("no name" in told["row 3"], "Row 2" in told["row 4"], "“99”" in told["row 5"]) == (True, True, True)
    assert "shade" in report.summary()
    found = read(filled, read_listings)
    assert found["zoes-cafe"].role == "information"
    assert {found["zoes-cafe"].organisation, found["other"].organisation} == {"zoe-co"}
    assert read(filled, read_organisations)["zoe-co"].name == "Zoë & Co"
    with reading(filled) as session:
        kept = session.exec(
            select(ImportedRecord).where(ImportedRecord.service_id == row_id("service", "zoes-cafe"))
        ).one()
        assert kept.body["spreadsheet"]["shade"] == "red"
    before = everything(filled, tmp_path)
    assert outcomes(bring(filled, tmp_path, *rows)) == {"unchanged": 2, "rejected": 2}
    # The same services with the ids that the export gave them are still the same services.
    again = import_csv(filled, tmp_path / "out.csv", LATER) if export_csv(filled, tmp_path / "out.csv") else None
    assert again
    assert (outcomes(again), again.rows.missing) == ({"unchanged": 5}, ())
    assert everything(filled, tmp_path) == before


def test_a_table_without_ids_finds_its_services_by_their_names(filled: Engine, tmp_path: Path) -> None:
    rows = [{key: value for key, value in row.items() if key != "id"} for row in table_of(filled, tmp_path)]
    assert outcomes(bring(filled, tmp_path, *rows)) == {"unchanged": 3}


def test_what_was_edited_here_waits_for_somebody(filled: Engine, tmp_path: Path) -> None:
    door = next(row for row in table_of(filled, tmp_path) if row["id"] == "open-door")
    bring(filled, tmp_path, door)
    with writing(filled) as session:
        edited = read_listings(session)["open-door"].model_copy(update={"name": "The Door, renamed"})
        publish(session, edited, Made("edited", ("anne@example.org",)), LATER + timedelta(hours=1))
    assert outcomes(bring(filled, tmp_path, {**door, "summary": "A coach helps you keep work."})) == {"waits": 1}
    assert read(filled, read_listings)["open-door"] == edited
    with reading(filled) as session:
        proposed = session.get_one(ImportProposal, row_id("service", "open-door")).listing
    # The list said nothing new of the name, so the one that was given here stays.
    assert (proposed["name"], proposed["summary"]) == ("The Door, renamed", "A coach helps you keep work.")


def test_what_another_listing_stands_for_has_no_row_and_the_template_has_none(filled: Engine, tmp_path: Path) -> None:
    with writing(filled) as session:
        pair = {"service_id": row_id("service", "old-door"), "into_id": row_id("service", "open-door")}
        session.add(MergedListing(**pair, merged_by="Anne", merged_at=NOW))
    assert {row["id"] for row in table_of(filled, tmp_path)} == read(filled, read_listings).keys() - {"old-door"}
    write_template(tmp_path / "template.csv")
    assert outcomes(import_csv(filled, tmp_path / "template.csv", NOW)) == {}
