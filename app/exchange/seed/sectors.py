"""Reads and checks ``postcode_sectors.csv``: the boroughs in which each postcode sector lies."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.directory.postcodes import HOME, SECTOR
from app.exchange.seed.plain_yaml import Document, Place, Problem, UnreadableError, read_text
from app.exchange.seed.questions import QuestionBook

HEADER = "sector,boroughs"
BETWEEN = "|"


def read_sectors(path: Path, file: str) -> Document:
    """The table as a document: the list of boroughs by sector. Lines that begin with # are for readers.

    Raises ``UnreadableError`` and nothing else.
    """
    rows = list(_rows(read_text(path)))
    if not rows or rows[0][1] != HEADER:
        raise UnreadableError(rows[0][0] if rows else 1, f"The table should begin with the line {HEADER}.")
    data: dict[str, list[str]] = {}
    lines: dict[Place, int] = {(): 1}
    for number, row in rows[1:]:
        cells = [cell.strip() for cell in row.split(",")]
        if len(cells) != 2:
            raise UnreadableError(number, f"“{row}” should be a sector and its boroughs, such as N19 5,islington.")
        sector, boroughs = cells
        if (first := lines.get((sector,))) is not None:
            raise UnreadableError(number, f"“{sector}” is given twice, first in line {first}. Keep one of them.")
        data[sector] = [borough.strip() for borough in boroughs.split(BETWEEN)]
        lines[sector,] = number
    return Document(file, data, lines)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if (row := line.strip()) and not row.startswith("#"):
            yield number, row


def check_sectors(document: Document, book: QuestionBook) -> list[Problem]:
    """Sectors that are none, and boroughs that are no answer to where somebody lives."""
    return [
        document.problem(fault, sector)
        for sector, boroughs in document.data.items()
        for fault in _faults(sector, boroughs, book)
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
