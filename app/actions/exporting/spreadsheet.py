"""The published catalogue as a table for a spreadsheet, and an empty table to fill in."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

from app.database import reading
from app.exchange.csv.writing import table, template
from app.exchange.records import read_records
from app.exchange.rows import read_listings, read_organisations


def export_csv(engine: Engine, file: Path) -> int:
    """Writes a row for each service, and gives their number. What another listing stands for has none. ``OSError``."""
    with reading(engine) as session:
        listings, organisations, records = read_listings(session), read_organisations(session), read_records(session)
    numbered = sorted((record.number, slug) for slug, record in records.items() if not record.merged_into)
    _write(file, table((listings[slug] for _, slug in numbered), organisations))
    return len(numbered)


def write_template(file: Path) -> None:
    """Writes a table with headings and hints alone. Raises ``OSError``."""
    _write(file, template())


def _write(file: Path, lines: Iterable[str]) -> None:
    """Nobody reads half of it."""
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="") as handle:
            handle.writelines(lines)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
