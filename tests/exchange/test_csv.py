"""Tables from any spreadsheet: what stands in them is read, and what cannot be read is told of."""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.directory.listing import Listing, Organisation
from app.directory.sources import Source
from app.exchange.csv import SpreadsheetError
from app.exchange.csv.cells import inert, plain
from app.exchange.csv.listings import Here, incoming_of
from app.exchange.csv.reading import read_table
from app.exchange.csv.writing import table, template
from app.exchange.incoming import Incoming
from tests.exchange.listings import TARGETS, listings
from tests.seeds import published_seed

TODAY = date(2026, 11, 22)
DOOR = {"name": "Open Door", "summary": "A coach helps you find work.", "area": "Camden"}
RUNS = {slug: Organisation(name=f"The {slug}", description="It runs things.") for slug in TARGETS}


def as_csv(*rows: Mapping[str, str], separator: str = ",") -> str:
    text = StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(text, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read(folder: Path, content: str | bytes, here: Here | None = None) -> list[Incoming]:
    file = folder / "table.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(incoming_of(read_table(file), here or Here({}, {}), "our list", TODAY))


@given(st.text())
def test_no_cell_is_calculated_and_each_is_read_as_it_was(text: str) -> None:
    assert plain(inert(text)) == text
    assert not inert(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(made=listings())
def test_what_is_written_and_read_again_changes_nothing(tmp_path: Path, made: Listing) -> None:
    read_there = Source(page="https://example.org", read="2026")
    listing = made.model_copy(update={"sources": dict.fromkeys(("page", "paper", "leaflet"), read_there)})
    here = Here({listing.id: listing}, RUNS)
    (row,) = read(tmp_path, "".join(table([listing], RUNS)), here)
    assert (row.listing, row.rejected, row.repairs) == (listing, "", ())


def test_the_whole_catalogue_is_written_and_read_again_as_it_is(tmp_path: Path) -> None:
    real = published_seed()
    here = Here(real.listings, real.organisations)
    rows = read(tmp_path, "".join(table(real.listings.values(), real.organisations)), here)
    assert {row.listing.id: row.listing for row in rows if row.listing} == real.listings
    assert not any(row.repairs or row.rejected for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_letters_and_separators_of_any_spreadsheet(tmp_path: Path, separator: str, letters: str) -> None:
    text = as_csv(
        {**DOOR, "name": "Zoë’s Café; for, all\tof us", "address": "1 High Street\nLondon"}, separator=separator
    )
    (row,) = read(tmp_path, text.encode(letters))
    assert row.where == "row 2"
    assert row.listing
    assert (row.listing.id, row.listing.name) == ("zoes-cafe-for-all-of-us", "Zoë’s Café; for, all of us")
    assert [contact.value for contact in row.listing.contacts] == ["1 High Street", "London"]


def test_a_row_becomes_a_listing_with_the_list_as_its_source(tmp_path: Path) -> None:
    cells = {
        **DOOR,
        "Organization": "Helpers",
        "Telephone": "(020) 7946-0000; nonsense",
        "website": "www.door.example",
        "opens Monday": "9am to 5pm",
        "opens Tuesday": "now and then",
        "languages": "Turkish; Somali",
        "free": "yes",
        "who can refer": "yourself, GP",
        "what it offers": "A coach.\nA kind word.",
        "colour": "blue",
        "notes": "=1+1",
    }
    (row,) = read(tmp_path, as_csv(cells))
    assert row.listing
    found = row.listing
    assert found.role == "information"
    assert row.organisation == ("helpers", Organisation(name="Helpers", description="It runs Open Door."))
    assert [(one.type, one.value) for one in found.contacts] == [
        ("phone", "020 7946 0000"),
        ("web", "https://www.door.example"),
    ]
    assert [(time.day, time.opens, time.closes) for time in found.hours.times] == [("monday", "09:00", "17:00")]  # type: ignore[union-attr]
    assert (found.practical["free"].answer, [one.route for one in found.referral]) == ("yes", ["self", "gp"])
    assert ([one.text for one in found.offers], found.notes[0].text) == (["A coach.", "A kind word."], "=1+1")
    assert {source.at for source in found.sources.values()} == {"our list"}
    assert row.body["spreadsheet"]["colour"] == "blue"
    said = " ".join(row.repairs)
    assert "formula" in said
    assert "“nonsense”" in said
    assert "opens Tuesday" in said


def test_only_what_a_cell_changes_is_changed(tmp_path: Path) -> None:
    before = published_seed().listings["acas-helpline"]
    here = Here(published_seed().listings, published_seed().organisations)
    cells = {
        "id": before.id,
        "name": "",
        "phone": "0300 123 1100; 020 7946 0000",
        "languages": "none",
        "status": "Closed",
    }
    (row,) = read(tmp_path, as_csv(cells), here)
    after = row.listing
    assert after
    changed = {field for field in Listing.model_fields if getattr(before, field) != getattr(after, field)}
    assert changed <= {"contacts", "sources", "languages"}
    new = [contact for contact in after.contacts if contact not in before.contacts]
    assert [contact.value for contact in new] == ["020 7946 0000"]
    assert [after.sources[key].at for key in new[0].source] == ["our list"]
    assert "where people can go instead" in " ".join(row.repairs)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"name": ""}, "no name"),
        ({"summary": ""}, "no summary"),
        ({"name": "\u200b"}, "no name"),
        ({"name": "–"}, "Enter the name"),
        ({"summary": "None"}, "no summary"),
        ({"id": "x" * 401}, "longer than 400"),
        ({"area": ""}, "no area"),
        ({"area": "Paris"}, "not an area here"),
        ({"name": "x" * 161}, "Shorten this"),
        ({"organisation": "x" * 161}, "Shorten it"),
        ({"notes": "x" * 20_001}, "more than 20,000 characters"),
        ({"notes": "x" * 200_000}, "more than 20,000 characters"),
        ({"status": "closed"}, "where people can go instead"),
    ],
)
def test_a_row_that_cannot_come_in_says_why_and_spoils_no_other(
    tmp_path: Path, cells: dict[str, str], why: str
) -> None:
    bad, good = read(tmp_path, as_csv({**DOOR, "id": "", "organisation": "", "notes": "", "status": "", **cells}, DOOR))
    assert why in bad.rejected
    assert good.listing


def test_a_long_summary_loses_nothing(tmp_path: Path) -> None:
    sentences = [f"This is sentence number {n} of the summary." for n in range(30)]
    (row,) = read(tmp_path, as_csv({**DOOR, "summary": " ".join(sentences)}))
    assert row.listing
    kept = " ".join([row.listing.summary, *(note.text for note in row.listing.notes)])
    assert kept == " ".join(sentences)


def test_broken_rows_empty_rows_and_hints(tmp_path: Path) -> None:
    text = "\n".join(
        [
            "# id,name,summary,area",
            "name,summary,area,phone",
            "# needed,what it does,where,",
            "One,It helps.,Camden,",
            ",,,",
            "",
            'Two,"It helps" you.,Camden,',
            'Three,"It never ends.,Camden,',
            "Four,It helps.",
            "Five,It helps.,Camden,020 7946 0000,more,than,headings",
            "Six,It helps.,Camden,",
            "One,It helps again.,Camden,",
        ]
    )
    rows = read(tmp_path, text.removeprefix("# id,name,summary,area\n"))
    assert {row.foreign_id for row in rows if row.listing} == {"one / ", "six / "}
    told = {row.where: row.listing.name if row.listing else row.rejected.split(".")[0] for row in rows}
    assert told["row 3"] == "One"
    assert "quotation marks" in told["row 6"]
    assert "quotation marks" in told["row 7"]
    assert "The row before it is broken" in told["row 8"]
    assert "more cells than there are headings" in told["row 9"]
    assert told["row 10"] == "Six"
    assert "Row 3 is about the same service" in told["row 11"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"first,second\r\na,b", "no column called name"),
        (b"," * 1_000_000 + b"name", "1,000,001 columns"),
        (b"summary" + b"," * 1_000_000, "no column called name"),
        (b'"name', "no column called name"),
        (b"name\r\n" + b"a\r\n" * 50_001, "more than 50,000 rows"),
        (b"x" * 50_000_001, "over 50 MB"),
        (b"\xff\xfe\x00", "no column called name"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(SpreadsheetError) as refused:
        read(tmp_path, content)
    assert why in refused.value.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.one_of(st.binary(), st.text().map(lambda text: f"id,name,summary,area,phone\n{text}".encode())))
def test_any_file_is_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    try:
        rows = read(tmp_path, content)
    except SpreadsheetError:
        return
    assert all(row.listing or row.rejected for row in rows)


def test_the_table_to_fill_in_holds_no_service(tmp_path: Path) -> None:
    text = "".join(template())
    assert text.startswith("\ufeffid,name,organisation,")
    assert read(tmp_path, text) == []
    assert len(list(csv.reader(StringIO(text)))) == 2
