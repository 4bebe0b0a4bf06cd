"""Tables for spreadsheets: the catalogue, and one to fill in."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from app.directory.editing.edited import edited_of
from app.directory.listing import Listing, Organisation
from app.exchange.csv.cells import inert
from app.exchange.csv.columns import COLUMNS, HINTS, ID, NAMES, ORGANISATION

HINT = "#"
"""How the row of hints begins. It is no service."""


def table(listings: Iterable[Listing], organisations: Mapping[str, Organisation]) -> Iterator[str]:
    """The lines of the table: headings, and a row for each listing."""
    yield _headings()
    for listing in listings:
        cells = cells_of(listing, organisations)
        yield _line(cells[name] for name in NAMES)


def template() -> Iterator[str]:
    """Headings, and how to fill in what stands below them."""
    yield _headings()
    hints = {**HINTS, **{column.name: column.hint for column in COLUMNS}}
    yield _line(f"{HINT} {hints[name]}" if name == ID else hints[name] for name in NAMES)


def cells_of(listing: Listing, organisations: Mapping[str, Organisation]) -> dict[str, str]:
    """What stands in the table of a listing, by the name of the column."""
    edited = edited_of(listing)
    runs_it = organisations.get(listing.organisation or "")
    named = {ID: listing.id, ORGANISATION: runs_it.name if runs_it else ""}
    return {**named, **{column.name: column.written(edited) for column in COLUMNS}}


def _headings() -> str:
    # Without this mark spreadsheets take the letters for those of another alphabet.
    return "\ufeff" + _line(NAMES)


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow([inert(cell) for cell in cells])
    return line.getvalue()
