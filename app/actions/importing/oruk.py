"""Brings in what another directory exported in the words of Open Referral UK."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from app.actions.importing.bring_in import bring_in
from app.actions.importing.report import ImportReport
from app.database import reading
from app.directory.freshness import day_in_london
from app.exchange.oruk.reading.feed import OrukFeed
from app.exchange.oruk.reading.files import UnreadableError as UnreadableError
from app.exchange.oruk.reading.known import known_from
from app.exchange.rows import read_reference
from app.models import Service

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
    trusted: bool = False,
) -> ImportReport:
    """A file or a folder. ``feed`` is what the list is called here, each time: by it and by its ids things are known.

    ``trusted``: what a directory like this one says comes in whole. Else it brings no rules and no roles, and what it
    says of our own listings waits for somebody. A directory without any listing has none to lose: it begins with all.
    Raises ``UnreadableError`` where there is no file, and ``NothingHereError``.
    """
    with reading(engine) as session:
        reference = read_reference(session)
        here = frozenset(session.exec(select(Service.id)).all())
    if "questions" not in reference:
        raise NothingHereError
    trusted = trusted or not here
    rows = OrukFeed(path, known_from(reference, feed, day_in_london(now), here=here, trusted=trusted))
    told = lambda done: progress(done, rows.total)  # noqa: E731
    return bring_in(engine, feed, rows, now, progress=told, dry_run=dry_run, trusted=trusted)
