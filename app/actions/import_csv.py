"""Brings in a table that somebody filled in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.actions.importing.bring_in import bring_in
from app.actions.importing.report import ImportReport
from app.database import reading
from app.directory.freshness import day_in_london
from app.exchange.csv import SPREADSHEET, SpreadsheetError
from app.exchange.csv.changes import Cells
from app.exchange.csv.listings import Here, incoming_of
from app.exchange.csv.reading import read_table
from app.exchange.incoming import Incoming
from app.exchange.rows import read_listings, read_organisations, read_reference
from app.models import ImportedRecord, Service

FEED = "spreadsheet"
"""What a table is called here where nobody gives it another name."""


@dataclass(frozen=True)
class CsvReport:
    """What the import did, ``remarks`` about the whole file, and how many rows were ``empty``.

    ``new`` says of which rows something stands in the table that did not stand there last time, by ``where``.
    """

    rows: ImportReport
    new: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    empty: int = 0

    def told(self) -> Iterator[str]:
        """A line for every row of which there is something to say that was not said last time."""
        said = set(self.rows.told())
        of_cells = (row for row in self.rows.rows if row.repairs and row.where in self.new)
        said |= {str(row) for row in of_cells}
        return (str(row) for row in self.rows.rows if str(row) in said)

    def summary(self) -> str:
        """The report in a few lines, for whoever ran the import."""
        missing = len(self.rows.missing)
        # Somebody may keep only a part of the rows, so that a list of the others would say little.
        lines = [*self.remarks, replace(self.rows, missing=()).summary()]
        lines += [f"Not in this table, left as they are: {missing:,} that were in an earlier one."] if missing else []
        return "\n".join([*lines, *([f"Empty rows, left out: {self.empty:,}."] if self.empty else [])])


def import_csv(
    engine: Engine,
    file: Path,
    now: datetime,
    feed: str = FEED,
    *,
    progress: Callable[[int], None] = lambda _: None,
    dry_run: bool = False,
) -> CsvReport:
    """Brings in the rows of the table, in one transaction. The same table again changes nothing.

    ``now`` has a time zone. Raises ``SpreadsheetError`` where there is no table to read, and ``OSError``.
    """
    table = read_table(file)
    with reading(engine) as session:
        if "questions" not in read_reference(session):
            raise SpreadsheetError("The database holds no catalogue. Load it first: flask --app app seed load")
        here = Here(read_listings(session), read_organisations(session), _last(session, feed))
    new: set[str] = set()
    incoming = _noting(incoming_of(table, here, feed, day_in_london(now)), here, new)
    report = bring_in(engine, feed, incoming, now, progress=progress, dry_run=dry_run, trusted=True)
    return CsvReport(report, frozenset(new), table.remarks, table.empty)


def _noting(rows: Iterable[Incoming], here: Here, new: set[str]) -> Iterator[Incoming]:
    """The same rows; ``new`` hears of those that do not say what they said last time."""
    for row in rows:
        last = here.last.get(row.foreign_id)
        if last is None or last[1] != row.body.get(SPREADSHEET):
            new.add(row.where)
        yield row


def _last(session: Session, feed: str) -> dict[str, tuple[str, Cells]]:
    """What the list said last."""
    slugs = dict(session.exec(select(Service.id, Service.slug)).all())
    columns = select(ImportedRecord.foreign_id, ImportedRecord.service_id, ImportedRecord.body)
    rows = session.exec(columns.where(ImportedRecord.feed == feed))
    return {foreign_id: (slugs[service_id], body.get(SPREADSHEET, {})) for foreign_id, service_id, body in rows}
