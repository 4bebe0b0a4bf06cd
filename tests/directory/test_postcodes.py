"""A postcode leads to the right borough or to a question, and never to a wrong one."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.postcodes import EXAMPLE, HOME, sector_of, sectors_from
from tests.seeds import published_seed

SECTORS = sectors_from(published_seed().reference["postcode_sectors"])
OUTSIDE = frozenset(published_seed().reference["questions"]["outside_area"][HOME])
ALL_POSTCODES = os.environ.get("POSTCODES")
"""A file of postcodes with their boroughs, where there is one: Code-Point Open is too large to keep here."""


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("N19 5AB", "N19 5"),
        ("n195ab", "N19 5"),
        ("  n 19 5 a b\n", "N19 5"),
        ("N1 9AB", "N1 9"),
        ("ec1v 2nx", "EC1V 2"),
        ("W1A 1AA", "W1A 1"),
        ("NW10 7xy", "NW10 7"),
        ("\uff2e\uff11\uff19\u00a05\uff21\uff22", "N19 5"),
    ],
)
def test_a_postcode_however_it_is_written(text: str, sector: str) -> None:
    assert sector_of(text) == sector


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Camden",
        "N19",
        "N19 5",
        "N1",
        "NW1 2D",
        "NW1 22B",
        "12345",
        "N19 5CI",
        "N19 5AB N19 5AB",
        "\x00",
        "N19 5ÀB",
    ],
)
def test_what_is_no_whole_postcode(text: str) -> None:
    assert sector_of(text) is None


@given(st.text())
def test_any_text_is_a_postcode_or_not(text: str) -> None:
    sector = sector_of(text)
    assert sector is None or len(sector) <= 6


def test_the_example_is_a_postcode_that_we_know() -> None:
    assert SECTORS[sector_of(EXAMPLE) or ""]


def test_nobody_is_sent_away_by_a_postcode() -> None:
    assert [sector for sector, boroughs in SECTORS.items() if boroughs <= OUTSIDE] == []


@pytest.mark.parametrize(
    ("sector", "boroughs"),
    [
        ("NW1 2", {"camden"}),
        ("N4 3", {"haringey", "islington"}),
        ("NW6 1", {"camden", "outside_ncl"}),
        ("EC1P 1", None),
        ("M1 1", None),
    ],
)
def test_what_the_table_says(sector: str, boroughs: set[str] | None) -> None:
    assert SECTORS.get(sector) == boroughs


def homes(file: Path) -> dict[str, str]:
    """The borough of every postcode in the file that people live at."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            row["postcode"]: row["borough"].lower()
            for row in csv.DictReader(lines)
            if row["likely_po_box_or_large_user"] == "no"
        }


@pytest.mark.skipif(ALL_POSTCODES is None, reason="POSTCODES names no file of postcodes and their boroughs")
def test_every_home_gets_its_borough_or_a_question() -> None:
    known = homes(Path(ALL_POSTCODES or ""))
    assert len(known) > 30_000
    possible = {postcode: SECTORS.get(sector_of(postcode) or "") for postcode in known}
    assert [postcode for postcode, borough in known.items() if borough not in (possible[postcode] or ())] == []
    settled = [postcode for postcode in known if len(possible[postcode] or ()) == 1]
    assert len(settled) > len(known) / 2
