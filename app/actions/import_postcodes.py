"""Brings in which borough a postcode lies in, and about where, from the files of the Ordnance Survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.actions.audit import COMMAND_LINE, Entry, note
from app.database import writing
from app.exchange.code_point import PostcodesError, read_postcodes, sectors_of
from app.exchange.rows import raise_generation
from app.models import ReferenceData

SECTORS = "postcode_sectors"
MOST_TOLD = 10


@dataclass(frozen=True)
class PostcodeReport:
    """Sectors by name. ``taken_out`` reach into the five boroughs no more; ``left`` are not in these files.

    ``postcodes`` is how many were read, and ``rejected`` are sentences about lines that are none.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    taken_out: tuple[str, ...]
    left: int
    postcodes: int
    rejected: tuple[str, ...]

    def summary(self) -> str:
        """The report in a few lines, for whoever ran the import."""
        lines = [
            f"Postcodes: {self.postcodes:,} read, {len(self.rejected):,} rejected.",
            f"Sectors: {len(self.added):,} added, {len(self.changed):,} changed, {self.unchanged:,} unchanged, "
            f"{len(self.taken_out):,} taken out. Not in these files, left as they are: {self.left:,}.",
            *self.rejected[:MOST_TOLD],
        ]
        if (more := len(self.rejected) - MOST_TOLD) > 0:
            lines.append(f"And {more:,} more lines like these.")
        return "\n".join(lines)


def import_postcodes(engine: Engine, folder: Path, now: datetime) -> PostcodeReport:
    """Brings in the folder of Code-Point Open, or a part of it. The same files again change nothing.

    ``now`` has a time zone. Raises ``PostcodesError`` and ``OSError``; then nothing has changed.
    """
    postcodes = read_postcodes(folder)
    found = sectors_of(postcodes)
    # A sector of which the files know every postcode, and none of them is a home in the five boroughs.
    gone = postcodes.elsewhere | (postcodes.inside.keys() - found.keys())
    with writing(engine) as session:
        row = session.get(ReferenceData, SECTORS)
        if row is None:
            raise PostcodesError("The database holds no catalogue. Load it first: flask --app app seed load")
        before: Mapping[str, Any] = row.body
        kept = {sector: said for sector, said in before.items() if sector not in gone}
        after = dict(sorted({**kept, **found}.items()))
        report = PostcodeReport(
            added=tuple(sorted(found.keys() - before.keys())),
            changed=tuple(sorted(sector for sector in found.keys() & before.keys() if found[sector] != before[sector])),
            unchanged=sum(before.get(sector) == said for sector, said in found.items()),
            taken_out=tuple(sorted(gone & before.keys())),
            left=len(kept.keys() - found.keys()),
            postcodes=postcodes.read,
            rejected=tuple(postcodes.rejected),
        )
        if after != before:
            _write(session, row, after, report, now)
    return report


def _write(session: Session, row: ReferenceData, after: dict[str, Any], report: PostcodeReport, now: datetime) -> None:
    # So that loading the files of the catalogue again does not undo it.
    row.body, row.changed_at = after, now
    session.add(row)
    raise_generation(session)
    counts = {"added": len(report.added), "changed": len(report.changed), "taken out": len(report.taken_out)}
    note(session, Entry(now, COMMAND_LINE, "postcodes brought in", f"reference/{SECTORS}", counts))
