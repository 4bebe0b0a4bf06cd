"""Postcodes as the Ordnance Survey gives them (Code-Point Open), made into sectors as this directory uses them.

Each file holds one postcode area and has no headings. A row has ten cells: postcode, how well it is placed, easting,
northing, country, two health authorities, county, district and ward. We use the first four and the district.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from app.directory.postcodes import sector_of

BOROUGHS: Mapping[str, str] = {
    "E09000003": "barnet",
    "E09000007": "camden",
    "E09000010": "enfield",
    "E09000014": "haringey",
    "E09000019": "islington",
}
"""The answer for each council of ours, by the code that the Office for National Statistics gave it."""
OUTSIDE = "outside_ncl"
SHARE_A_POINT = 10
"""So many postcodes in one place are post office boxes or large users, and no homes."""
FEWEST_HOMES = 10
"""With fewer, the middle of a sector would be wrong, and would tell too much."""
LARGEST_FILE = 100_000_000
"""Bytes. The largest postcode area has some five."""
_CELLS = 10
_NOWHERE = "90"
"""How a postcode is marked that has no place."""
_DISTRICT = re.compile(r"[EWS][0-9]{8}")
_TO_THE_NEAREST = 100


class PostcodesError(Exception):
    """``message`` is a sentence for whoever runs the import."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Postcode:
    """``borough`` is an answer to where somebody lives; the point is in metres on the British National Grid."""

    sector: str
    borough: str
    point: tuple[int, int]


@dataclass
class Postcodes:
    """The postcodes of every sector that reaches into the five boroughs.

    ``elsewhere`` are sectors that do not. ``rejected`` are sentences with their file and line; ``places_unknown``
    counts postcodes without a place.
    """

    inside: dict[str, list[Postcode]] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    rejected: list[str] = field(default_factory=list)
    read: int = 0
    places_unknown: int = 0


def read_postcodes(folder: Path) -> Postcodes:
    """The files of the folder as it was downloaded, or of a part of it. Raises ``PostcodesError`` and ``OSError``."""
    found = Postcodes()
    for file in files_in(folder):
        by_sector: dict[str, list[Postcode]] = defaultdict(list)
        for one in _postcodes(file, found):
            by_sector[one.sector].append(one)
        for sector, postcodes in by_sector.items():
            if all(one.borough == OUTSIDE for one in postcodes) and sector not in found.inside:
                found.elsewhere.add(sector)
            else:
                found.inside.setdefault(sector, []).extend(postcodes)
    if len(found.rejected) > found.read:
        raise PostcodesError(f"These are not the files of Code-Point Open. {found.rejected[0]}")
    if not found.inside:
        raise PostcodesError("No postcode in these files lies in the five boroughs. Give the folder Data/CSV.")
    found.elsewhere -= found.inside.keys()
    return found


def files_in(folder: Path) -> list[Path]:
    """The tables of postcodes: not those that explain them, in Doc. Raises ``PostcodesError``."""
    found = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() == ".csv" and "doc" not in {part.lower() for part in file.relative_to(folder).parts[:-1]}
    ]
    if not found:
        raise PostcodesError(f"There is no CSV file in {folder}. Unpack the download, and give the folder Data/CSV.")
    return found


def _postcodes(file: Path, found: Postcodes) -> Iterator[Postcode]:
    if file.stat().st_size > LARGEST_FILE:
        raise PostcodesError(f"{file.name} is over {LARGEST_FILE // 1_000_000} MB. No postcode area is so large.")
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            postcode, why = _postcode(line)
            if why:
                found.rejected.append(f"{file.name}, line {number}: {why}")
                continue
            found.read += 1
            if postcode:
                yield postcode
            else:
                found.places_unknown += 1


def _postcode(line: str) -> tuple[Postcode | None, str]:
    """The postcode of a line, or why it is none. Neither: it has no place."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error:
        return None, "Its quotation marks do not match."
    if len(cells) != _CELLS:
        return None, f"It has {len(cells):,} cells and should have {_CELLS}."
    sector, district = sector_of(cells[0]), cells[8]
    if sector is None:
        return None, f"“{cells[0][:20]}” is not a postcode."
    if cells[1] == _NOWHERE or not district:
        return None, ""
    if not _DISTRICT.fullmatch(district):
        return None, f"“{district[:20]}” is not the code of a council."
    if not (_is_metres(cells[2]) and _is_metres(cells[3])):
        return None, "Its easting and northing are not whole numbers of metres."
    return Postcode(sector, BOROUGHS.get(district, OUTSIDE), (int(cells[2]), int(cells[3]))), ""


def _is_metres(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= len("1221000")


def sectors_of(postcodes: Postcodes) -> dict[str, dict[str, Any]]:
    """The sectors with homes in the five boroughs, as the reference data has them."""
    at = Counter(one.point for one in chain.from_iterable(postcodes.inside.values()))
    found = {}
    for sector, all_of_it in sorted(postcodes.inside.items()):
        homes = [one for one in all_of_it if at[one.point] < SHARE_A_POINT]
        boroughs = sorted({one.borough for one in homes}, key=_place)
        if any(borough != OUTSIDE for borough in boroughs):
            found[sector] = {"boroughs": boroughs, **_middle([one.point for one in homes if one.borough != OUTSIDE])}
    return found


def _place(borough: str) -> int:
    return [*BOROUGHS.values(), OUTSIDE].index(borough)


def _middle(points: Sequence[tuple[int, int]]) -> dict[str, int | None]:
    """As many homes lie east of it as west, and as many north as south."""
    if len(points) < FEWEST_HOMES:
        return {"easting": None, "northing": None}
    return {
        "easting": _rounded(median(easting for easting, _ in points)),
        "northing": _rounded(median(northing for _, northing in points)),
    }


def _rounded(metres: float) -> int:
    return round(metres / _TO_THE_NEAREST) * _TO_THE_NEAREST
