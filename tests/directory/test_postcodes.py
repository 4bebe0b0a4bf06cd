"""A postcode leads to the right borough or to a question, and never to a wrong one."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.postcodes import EXAMPLE, HOME, UNKNOWN, Position, Sector, sector_of, sectors_from, sectors_in
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
    assert SECTORS[sector_of(EXAMPLE) or ""].boroughs


def test_nobody_is_sent_away_by_a_postcode() -> None:
    assert [name for name, sector in SECTORS.items() if sector.boroughs <= OUTSIDE] == []


@pytest.mark.parametrize(
    ("sector", "boroughs"),
    [
        ("NW1 2", {"camden"}),
        ("N4 3", {"haringey", "islington"}),
        ("NW6 1", {"camden", "outside_ncl"}),
        ("EC1P 1", set()),
        ("M1 1", set()),
    ],
)
def test_what_the_table_says(sector: str, boroughs: set[str]) -> None:
    assert SECTORS.get(sector, UNKNOWN).boroughs == boroughs


@pytest.mark.parametrize(
    ("sector", "place"),
    [
        # The grid references of Ordnance Survey maps, to a kilometre.
        ("NW1 2", Position(530_000, 183_000)),  # the British Library
        ("N1 1", Position(531_600, 184_700)),  # the town hall in Upper Street
        ("N7 6", Position(530_300, 186_300)),  # the upper end of Holloway Road
        ("EN2 6", Position(532_600, 196_600)),  # the market place of Enfield
    ],
)
def test_a_sector_lies_where_the_map_has_it(sector: str, place: Position) -> None:
    middle = SECTORS[sector].middle
    assert middle
    assert middle.metres_to(place) < 1_000


def test_most_sectors_have_a_place_and_all_places_are_in_this_part_of_london() -> None:
    middles = [sector.middle for sector in SECTORS.values() if sector.middle]
    assert len(middles) > 0.8 * len(SECTORS)
    assert all(516_000 < one.easting < 541_000 and 180_000 < one.northing < 203_000 for one in middles)
    assert all(one.easting % 100 == one.northing % 100 == 0 for one in middles)


def test_a_table_of_an_earlier_version_gives_boroughs_and_no_places() -> None:
    (sector,) = sectors_from({"N19 5": ["camden", "islington"]}).values()
    assert sector == Sector(frozenset({"camden", "islington"}), None)


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("222 Upper Street, London N1 1XR", ["N1 1"]),
        ("184 Cricklewood Lane, NW2 2DX, and Burnt Oak Library, HA8 0UB", ["NW2 2", "HA8 0"]),
        ("Unit N1, 1 High Road, London N19", []),
        ("South hub: Finsbury Library", []),
        ("", []),
    ],
)
def test_the_postcodes_in_an_address(text: str, sectors: list[str]) -> None:
    assert sectors_in(text) == sectors


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
    possible = {postcode: SECTORS.get(sector_of(postcode) or "", UNKNOWN).boroughs for postcode in known}
    assert [postcode for postcode, borough in known.items() if borough not in possible[postcode]] == []
    settled = [postcode for postcode in known if len(possible[postcode]) == 1]
    assert len(settled) > len(known) / 2
