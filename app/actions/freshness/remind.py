"""Asks those who look after listings whether they are still right: to be run every day.

Whoever may be running it at the same moment, and wherever it is killed, nobody is written to twice about a listing on
one day, and what did not go is tried again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from app.actions.freshness.letters import reminder_letter
from app.actions.freshness.plan import AGAIN_AFTER, Level
from app.actions.freshness.rows import (
    Due,
    claim,
    due_listings,
    for_reader,
    keep_reminders,
    was_refused,
    was_taken,
)
from app.actions.listing_people import Reader
from app.database import reading, writing
from app.directory.freshness import day_in_london
from app.mail import Letter, MailError


@dataclass(frozen=True)
class Told:
    """What came of a listing in one run. ``sent`` and ``refused`` count letters; ``to``: how many should hear of it."""

    slug: str
    due_on: date
    level: Level
    to: int
    sent: int
    refused: int


def in_a_line(told: Told) -> str:
    """For whoever runs it. It names no person."""
    letters = [f"{told.sent} sent"] if told.sent else []
    letters += [f"{told.refused} refused"] if told.refused else []
    if not told.to:
        letters = ["nobody to write to"]
    done = ", ".join(letters) or f"written to within the last {AGAIN_AFTER} days"
    return f"{told.slug}: due since {told.due_on}, for the {told.level}: {done}"


def keep(engine: Engine, now: datetime) -> list[Due]:
    """Opens and closes reminders, and writes to nobody. Gives what is due, the oldest first."""
    day = day_in_london(now)
    with writing(engine) as session:
        due = due_listings(session, day)
        keep_reminders(session, due, now, day)
        return due


def remind(engine: Engine, site: str, post: Callable[[Letter], None], now: datetime) -> list[Told]:
    """One letter for each person who is to hear of something. ``post`` raises ``MailError``; the others still go."""
    due = keep(engine, now)
    sent: list[Due] = []
    refused: list[Due] = []
    for reader, listings in _planned(engine, due, now):
        mine, taken = _write_to(engine, site, post, reader, listings, now)
        (sent if taken else refused).extend(mine)
    return _told(due, sent, refused)


def would_remind(engine: Engine, now: datetime) -> list[Told]:
    """What a run would do. Changes nothing; letters that would go count as sent."""
    with reading(engine) as session:
        due = due_listings(session, day_in_london(now))
    return _told(due, [one for _, listings in _planned(engine, due, now) for one in listings], [])


def _planned(engine: Engine, due: Iterable[Due], now: datetime) -> list[tuple[Reader, list[Due]]]:
    """Whom to write to, and about what."""
    day, listings = day_in_london(now), list(due)
    readers = sorted({reader for one in listings for reader in one.readers}, key=lambda reader: reader.email)
    with reading(engine) as session:
        planned = [(reader, for_reader(session, reader, listings, day)) for reader in readers]
    return [(reader, mine) for reader, mine in planned if mine]


def _write_to(
    engine: Engine, site: str, post: Callable[[Letter], None], reader: Reader, planned: list[Due], now: datetime
) -> tuple[list[Due], bool]:
    """What this person was to hear of, and whether the letter went."""
    day = day_in_london(now)
    with writing(engine) as session:
        # Looked at again: somebody may have confirmed since, or another run may have written to them.
        still_due = due_listings(session, day, [one.service_id for one in planned])
        mine = for_reader(session, reader, still_due, day)
        tokens = claim(session, reader, mine, now, day)
    if not mine:
        return [], True
    try:
        post(reminder_letter(reader.email, site, mine, tokens))
    except MailError:
        with writing(engine) as session:
            was_refused(session, reader, tokens, mine, day)
        return mine, False
    with writing(engine) as session:
        was_taken(session, reader, mine, now, day)
    return mine, True


def _told(due: Iterable[Due], sent: list[Due], refused: list[Due]) -> list[Told]:
    return [
        Told(
            slug=one.slug,
            due_on=one.due_on,
            level=one.level,
            to=len(one.readers),
            sent=sum(other.service_id == one.service_id for other in sent),
            refused=sum(other.service_id == one.service_id for other in refused),
        )
        for one in due
    ]
