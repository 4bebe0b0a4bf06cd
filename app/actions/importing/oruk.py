"""Brings in what another directory exported in the words of Open Referral UK."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from app.actions.importing.bring_in import bring_in
from app.actions.importing.report import ImportReport
from app.database import reading
from app.directory.freshness import day_in_london
from app.exchange.oruk.reading.feed import OrukFeed
from app.exchange.oruk.reading.files import UnreadableError as UnreadableError
from app.exchange.oruk.reading.known import known_from
from app.exchange.rows import read_reference

Progress = Callable[[int, int], None]
"""How many rows are done, and about how many there are."""


class NothingHereError(Exception):
    """The database has nothing that a list could be read against."""


def import_oruk(
    engine: Engine,
    path: Path,
    feed: str,
    now: datetime,
    *,
    progress: Progress = lambda _done, _of: None,
    dry_run: bool = False,
) -> ImportReport:
    """A file or a folder. ``feed`` is what the list is called here, each time: by it and by its ids things are known.

    Raises ``UnreadableError`` where there is no file, and ``NothingHereError``.
    """
    with reading(engine) as session:
        reference = read_reference(session)
    if "questions" not in reference:
        raise NothingHereError
    rows = OrukFeed(path, known_from(reference, feed, day_in_london(now)))
    return bring_in(engine, feed, rows, now, progress=lambda done: progress(done, rows.total), dry_run=dry_run)
