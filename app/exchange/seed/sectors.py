"""Reads and checks ``postcode_sectors.csv``: the boroughs in which each postcode sector lies, and about where it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.directory.postcodes import HOME, SECTOR
from app.exchange.seed.plain_yaml import Document, Place, Problem, UnreadableError, read_text
from app.exchange.seed.questions import QuestionBook

HEADER = "sector,boroughs,easting,northing"
EXAMPLE = "N19 5,islington,529200,186500"
BETWEEN = "|"
GREAT_BRITAIN = {"easting": range(5_000, 656_000), "northing": range(5_000, 1_221_000)}
"""Metres on the British National Grid: from St Kilda to Lowestoft, from Scilly to Shetland."""


def read_sectors(path: Path, file: str) -> Document:
    """The table as a document: the boroughs, easting and northing by sector. Lines that begin with # are for readers.

    A number is an integer, an empty cell None, and anything else the text as it stands, for the check to tell.
    Raises ``UnreadableError`` and nothing else.
    """
    rows = list(_rows(read_text(path)))
    if not rows or rows[0][1] != HEADER:
        raise UnreadableError(rows[0][0] if rows else 1, f"The table should begin with the line {HEADER}.")
    data: dict[str, dict[str, Any]] = {}
    lines: dict[Place, int] = {(): 1}
    for number, row in rows[1:]:
        cells = [cell.strip() for cell in row.split(",")]
        if len(cells) != len(HEADER.split(",")):
            raise UnreadableError(
                number, f"“{row}” should be a sector, its boroughs, easting and northing, such as {EXAMPLE}."
            )
        sector, boroughs, easting, northing = cells
        if (first := lines.get((sector,))) is not None:
            raise UnreadableError(number, f"“{sector}” is given twice, first in line {first}. Keep one of them.")
        data[sector] = {
            "boroughs": [borough.strip() for borough in boroughs.split(BETWEEN)],
            "easting": _metres(easting),
            "northing": _metres(northing),
        }
        lines[sector,] = number
    return Document(file, data, lines)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if (row := line.strip()) and not row.startswith("#"):
            yield number, row


def _metres(cell: str) -> int | str | None:
    return int(cell) if re.fullmatch(r"-?[0-9]{1,9}", cell) else cell or None


def check_sectors(document: Document, book: QuestionBook) -> list[Problem]:
    """Sectors that are none, boroughs that are no answer to where somebody lives, and places outside Great Britain."""
    return [
        document.problem(fault, sector)
        for sector, row in document.data.items()
        for fault in (*_faults(sector, row["boroughs"], book), *_misplaced(row))
    ]


def _faults(sector: str, boroughs: Sequence[str], book: QuestionBook) -> Iterator[str]:
    home = book.questions.get(HOME)
    answers = home.answers if home else {}
    if not re.fullmatch(SECTOR, sector):
        yield f"“{sector}” is not a postcode sector. Write it as N19 5."
    for borough in boroughs:
        if borough not in answers:
            yield f"The question “{HOME}” has no answer “{borough}”. Correct it: several are written camden|islington."
    if len(set(boroughs)) < len(boroughs):
        yield f"“{sector}” names a borough twice. Keep one of them."
    if set(boroughs) <= set(book.outside_area.get(HOME, ())):
        yield f"“{sector}” would send people away by their postcode alone. Add its boroughs, or take the line out."


def _misplaced(row: Mapping[str, Any]) -> Iterator[str]:
    """A sector may do without a position, and never with half of one."""
    if all(row[name] is None for name in GREAT_BRITAIN):
        return
    for name, possible in GREAT_BRITAIN.items():
        metres = row[name]
        if not isinstance(metres, int):
            yield f"The {name} “{metres or ''}” is not a whole number. Give metres, or leave out easting and northing."
        elif metres not in possible:
            yield f"The {name} {metres} lies outside Great Britain. Give metres on the British National Grid."
