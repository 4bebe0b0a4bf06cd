"""Postcodes come in as they are downloaded: headerless files, one for each postcode area."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.actions.exchange import load_seed
from app.actions.import_postcodes import import_postcodes
from app.database import reading, writing
from app.directory.postcodes import sectors_from
from app.exchange.code_point import PostcodesError, read_postcodes, sectors_of
from app.exchange.rows import generation_of, read_reference
from app.models import ReferenceData
from tests.exchange.seed_sets import GOOD, write_seed
from tests.seeds import published_seed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODES = {"barnet": "E09000003", "camden": "E09000007", "islington": "E09000019", "hackney": "E09000012"}
EXTRACT = Path(__file__).parents[3] / "shared" / "domain" / "postcodes" / "ncl_postcodes.csv"
LETTERS = "ABDEFGHJLN"


def homes(sector: str, council: str, count: int = 10, east: int = 529_000) -> list[list[str]]:
    """So many postcodes of a sector, each at a place of its own; their middle lies at ``east`` + 100."""
    rest = ("186500", "E92000001", "E19000003", "E18000007", "", CODES[council], "E05013698")
    return [[f"{sector}{LETTERS[n % 10]}{LETTERS[n // 10]}", "10", str(east + 20 * n), *rest] for n in range(count)]


def write_files(folder: Path, **areas: list[list[str]]) -> Path:
    """As downloaded: tables in Data/CSV, and in Doc a table that explains them."""
    tables, about = folder / "Data" / "CSV", folder / "Doc"
    tables.mkdir(parents=True, exist_ok=True)
    about.mkdir(exist_ok=True)
    (about / "Code-Point_Open_Column_Headers.csv").write_text("PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n")
    for area, rows in areas.items():
        with (tables / f"{area}.csv").open("w", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return folder


def sectors(engine: Engine) -> dict[str, object]:
    with reading(engine) as session:
        return dict(read_reference(session)["postcode_sectors"])


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> Engine:
    write_seed(tmp_path / "seed", GOOD)
    load_seed(engine, tmp_path / "seed", NOW)
    with writing(engine) as session:
        old = {"boroughs": ["camden"], "easting": None, "northing": None}
        body = {"N19 5": old, "E8 2": old, "NW1 2": old}
        session.merge(ReferenceData(name="postcode_sectors", body=body))
    return engine


def test_the_files_become_sectors_and_a_second_time_change_nothing(filled: Engine, tmp_path: Path) -> None:
    shared = [[*row[:2], "528000", "180000", *row[4:]] for row in homes("N1 1", "islington", 12)]
    lost = [["N19 4AA", "90", "0", "0", "E92000001", "", "", "", "", ""]]
    bad = [["N19 5"], ["nonsense", *homes("N19 5", "camden")[0][1:]], [*homes("N19 5", "camden")[0][:8], "Camden", ""]]
    folder = write_files(
        tmp_path / "codepo_gb",
        n=homes("N195", "islington") + homes("N19 6", "camden", 9) + homes("N19 6", "hackney", 3) + shared + lost + bad,
        e=homes("E8 2", "hackney") + homes("E8 3", "hackney"),
    )
    before = generation(filled)
    report = import_postcodes(filled, folder, NOW)
    assert (report.added, report.changed, report.taken_out) == (("N19 6",), ("N19 5",), ("E8 2",))
    assert (report.unchanged, report.left, report.postcodes) == (0, 1, 55)
    assert [sentence.split(":")[0] for sentence in report.rejected] == [f"n.csv, line {n}" for n in (36, 37, 38)]
    assert sectors(filled) == {
        "N19 5": {"boroughs": ["islington"], "easting": 529_100, "northing": 186_500},
        # Fewer than ten homes: the place would tell too much.
        "N19 6": {"boroughs": ["camden", "outside_ncl"], "easting": None, "northing": None},
        "NW1 2": {"boroughs": ["camden"], "easting": None, "northing": None},
    }
    assert generation(filled) == before + 1
    again = import_postcodes(filled, folder / "Data", NOW)
    assert (again.added, again.changed, again.taken_out, again.unchanged) == ((), (), (), 2)
    assert generation(filled) == before + 1
    # Loading the catalogue's own files again leaves alone what was brought in here.
    assert "reference/postcode_sectors" not in load_seed(filled, tmp_path / "seed", NOW).reference
    assert "N19 6" in sectors(filled)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "no CSV file"),
        ({"sw": homes("SW1A 1", "hackney")}, "five boroughs"),
        ({"n": [["name", "phone"], ["Open Door", "020"]]}, "not the files of Code-Point Open"),
    ],
)
def test_other_files_change_nothing_and_say_why(tmp_path: Path, files: dict[str, list[list[str]]], why: str) -> None:
    with pytest.raises(PostcodesError, match=why):
        read_postcodes(write_files(tmp_path, **files))


@pytest.mark.skipif(not EXTRACT.exists(), reason="the extract of Code-Point Open is not here")
def test_real_postcodes_give_the_sectors_that_the_catalogue_has(tmp_path: Path) -> None:
    """The extract holds the five boroughs alone, so nothing is known of other councils."""
    with EXTRACT.open() as file:
        placed = ("postcode", "positional_quality", "easting", "northing")
        rows = [
            [*(row[name] for name in placed), "E92000001", "", "", "", row["la_code"], row["ward_code"]]
            for row in csv.DictReader(file)
        ]
    found = sectors_from(sectors_of(read_postcodes(write_files(tmp_path, ncl=rows))))
    ours = sectors_from(published_seed().reference["postcode_sectors"])
    assert {name: one.boroughs for name, one in found.items()} == {
        name: one.boroughs - {"outside_ncl"} for name, one in ours.items()
    }
    moved = [one.middle.metres_to(ours[name].middle) for name, one in found.items() if one.middle and ours[name].middle]  # type: ignore[arg-type]
    assert max(moved) <= 100
    assert sum(metres > 0 for metres in moved) <= 1
