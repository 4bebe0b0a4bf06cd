"""The rows of a file that somebody saved from a spreadsheet, whatever its letters, separators and quotation marks."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from app.exchange.csv import SpreadsheetError
from app.exchange.csv.columns import NAMES, name_of
from app.exchange.csv.writing import HINT

LARGEST_FILE = 50_000_000
"""Bytes."""
MOST_ROWS = 50_000
MOST_COLUMNS = 300
LONGEST_CELL = 20_000
MOST_LINES = 500
"""Lines in one row. A quotation mark that is never closed takes no more of the file with it."""
LINES_A_ROW = 20
"""On average, in the longest table."""
SEPARATORS = (",", ";", "\t")
_OTHER_FILES = {
    b"PK\x03\x04": "This is a workbook and not a CSV file. Open it, and save the sheet as “CSV UTF-8”.",
    b"\xd0\xcf\x11\xe0": "This is a workbook and not a CSV file. Open it, and save the sheet as “CSV UTF-8”.",
    b"%PDF": "This is a PDF and not a CSV file. Ask for the list as a spreadsheet.",
}
_OTHER_LETTERS = "Its letters were not UTF-8, so they were read as Windows-1252. Check names with accents."
_LOST_LETTERS = "Some of its letters could not be read. Save the file as “CSV UTF-8” and try again."
_TOO_LONG = f"A cell holds more than {LONGEST_CELL:,} characters. Shorten it."
_TOO_MANY_ROWS = f"The table has more than {MOST_ROWS:,} rows. Split it into several files."
_QUOTES = "Its quotation marks do not match, so nobody can tell where its cells end."


@dataclass(frozen=True)
class Row:
    """``number`` counts rows as spreadsheets do: the headings are row 1. ``fault`` says why it cannot be read."""

    number: int
    cells: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """``columns`` are their names, each once. ``rows`` are those in which something stands; ``empty`` counts others.

    ``remarks`` are sentences about the whole file.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: int
    remarks: tuple[str, ...]


def read_table(file: Path) -> Table:
    """Raises ``SpreadsheetError`` where there is no table to read, and ``OSError``."""
    text, remarks = _text(file)
    if text.count("\n") > MOST_ROWS * LINES_A_ROW:
        raise SpreadsheetError(_TOO_MANY_ROWS)
    lines = list(StringIO(text, newline=""))
    separator = _separator_line(lines)
    if separator:
        lines = lines[1:]
    rows = _rows(lines, separator or _separator(lines))
    headings = next((row for row in rows if any(row.cells)), None)
    columns = _columns(headings.cells if headings and not headings.fault else ())
    found = [_checked(row, columns) for row in _within_limit(_after_hints(rows))]
    unknown = [column for column in columns if column not in NAMES]
    if unknown:
        names = ", ".join(column[:40] for column in unknown[:20])
        remarks.append(f"These columns have no place here. They are kept, and not shown: {names}.")
    filled = tuple(row for row in found if row.fault or any(row.cells))
    return Table(columns, _without_stray_lines(filled, len(columns)), len(found) - len(filled), tuple(remarks))


# Letters


def _text(file: Path) -> tuple[str, list[str]]:
    if file.stat().st_size > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1_000_000
        raise SpreadsheetError(f"The file is over {megabytes} MB. Split it into files of fewer rows.")
    raw = file.read_bytes()
    if not raw.strip():
        raise SpreadsheetError("The file is empty.")
    for beginning, sentence in _OTHER_FILES.items():
        if raw.startswith(beginning):
            raise SpreadsheetError(sentence)
    text, remark = _decoded(raw)
    return text.replace("\0", ""), [remark] if remark else []


def _decoded(raw: bytes) -> tuple[str, str]:
    wide = _wide(raw)
    try:
        return raw.decode(wide or "utf-8-sig"), ""
    except UnicodeDecodeError:
        remark = _LOST_LETTERS if wide else _OTHER_LETTERS
        return raw.decode(wide or "cp1252", errors="replace"), remark


def _wide(raw: bytes) -> str | None:
    """The name of the encoding where a letter takes two bytes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    beginning = raw[:2_000]
    if beginning.count(0) < len(beginning) // 4:
        return None
    return "utf-16-le" if beginning[1::2].count(0) > beginning[::2].count(0) else "utf-16-be"


# Rows


def _separator_line(lines: Sequence[str]) -> str | None:
    """Some spreadsheets say in the first line what stands between the cells."""
    first = lines[0].rstrip("\r\n") if lines else ""
    return first[4:] if first.casefold().startswith("sep=") and first[4:] in SEPARATORS else None


def _separator(lines: Sequence[str]) -> str:
    """The one that makes most of the first row into headings that are known."""

    def known(separator: str) -> int:
        first = next((row.cells for row in _rows(lines[:MOST_LINES], separator) if any(row.cells)), ())
        return sum(name_of(cell) in NAMES for cell in first[:MOST_COLUMNS])

    return max(SEPARATORS, key=known)


def _rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """One that cannot be read ends with its line, so that it does not spoil the next."""
    start, number = 0, 0
    while start < len(lines):
        number += 1
        some = lines[start : start + MOST_LINES] if '"' in lines[start] else lines[start : start + 1]
        reader = csv.reader(some, delimiter=separator, strict=True)
        try:
            yield Row(number, tuple(cell.strip() for cell in next(reader)))
            start += max(1, reader.line_num)
        except csv.Error as error:
            yield Row(number, fault=_TOO_LONG if "limit" in str(error) else _QUOTES)
            start += 1


def _columns(headings: Sequence[str]) -> tuple[str, ...]:
    width = max((number for number, heading in enumerate(headings, start=1) if heading), default=0)
    if width > MOST_COLUMNS:
        raise SpreadsheetError(f"The table has {width:,} columns. Keep {MOST_COLUMNS} or fewer.")
    names: dict[str, None] = {}
    for number, heading in enumerate(headings[:width], start=1):
        name = name_of(heading) or f"column {number}"
        names[name if name not in names else f"{name} ({number})"] = None
    if "name" not in names and "id" not in names:
        raise SpreadsheetError(
            "There is no column called name. The first row should hold the headings. To get a table with them, run: "
            "flask --app app export csv --template FILE"
        )
    return tuple(names)


def _after_hints(rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in rows if not (row.cells and row.cells[0].startswith(HINT)))


def _within_limit(rows: Iterator[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise SpreadsheetError(_TOO_MANY_ROWS)
        yield row


def _checked(row: Row, columns: Sequence[str]) -> Row:
    if row.fault:
        return row
    if any(row.cells[len(columns) :]):
        return Row(
            row.number,
            row.cells[: len(columns)],
            "It has more cells than there are headings. A separator may stand in a cell.",
        )
    if any(len(cell) > LONGEST_CELL for cell in row.cells):
        return Row(row.number, row.cells, _TOO_LONG)
    return row


def _without_stray_lines(rows: Sequence[Row], width: int) -> tuple[Row, ...]:
    """After a row whose quotation marks do not match, what is no whole row is taken for a part of it."""
    found: list[Row] = []
    broken = False
    for row in rows:
        if broken and not row.fault and len(row.cells) < width:
            found.append(Row(row.number, row.cells, "The row before it is broken, and this may be a part of it."))
        else:
            broken = row.fault == _QUOTES
            found.append(row)
    return tuple(found)
