"""What the tables hold of reminders: which listings are due, who was written to, and links to confirm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.actions.accounts.tokens import hashed, new_token
from app.actions.audit import COMMAND_LINE, Entry, note
from app.actions.freshness.plan import AGAIN_AFTER, Level, is_silent, level_of, readers_of
from app.actions.listing_people import ListingPeople, Reader, people_of
from app.exchange.freshness import freshness_of
from app.models import ConfirmationLink, MergedListing, Reminder, ReminderLetter, Service

LINK_DAYS = 14
"""For which a link to confirm works: there are two newer ones by then."""
LINKS_KEPT = timedelta(days=60)
"""After a link is over: so that whoever opens an old e-mail still reads what became of it."""
MOST_LISTINGS = 20
"""Listings in one letter. Whoever looks after more finds them all behind the log-in."""


@dataclass(frozen=True)
class Due:
    """A listing that somebody should confirm, and who hears of it."""

    service_id: UUID
    slug: str
    name: str
    due_on: date
    level: Level
    readers: tuple[Reader, ...]


def due_listings(session: Session, day: date, only: Iterable[UUID] | None = None) -> list[Due]:
    """Every listing that is due on a day, the oldest first."""
    chosen = asked_about()
    if only is not None:
        chosen = chosen.where(col(Service.id).in_(list(only)))
    open_ = open_reminders(session)
    people = PeopleOf(session)
    found = [_due(one, day, open_.get(one.id), people) for one in session.exec(chosen) if _is_due(one, day)]
    return sorted(found, key=lambda one: (one.due_on, one.slug))


def asked_about() -> SelectOfScalar[Service]:
    """Neither what has closed, nor what another listing stands for, is ever due."""
    merged = select(MergedListing.service_id)
    return select(Service).where(Service.status != "closed", col(Service.id).not_in(merged))


class PeopleOf:
    """Who looks after a listing, asked once for each organisation."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[UUID | None, ListingPeople] = {}

    def __call__(self, service: Service) -> ListingPeople:
        if service.organization_id not in self._known:
            self._known[service.organization_id] = people_of(self._session, service)
        return self._known[service.organization_id]


def open_reminders(session: Session) -> dict[UUID, Reminder]:
    """By the id of the listing."""
    rows = session.exec(select(Reminder).where(col(Reminder.closed_at).is_(None))).all()
    return {row.service_id: row for row in rows}


def keep_reminders(session: Session, due: Iterable[Due], now: datetime, day: date) -> None:
    """Opens one for every listing that is due, says how far it has come, and closes those that are over."""
    # Now or then the clock was wrong, and nobody knows which: such a letter holds up another one on its own day alone.
    session.exec(update(ReminderLetter).where(col(ReminderLetter.day) > day).values(taken=False))
    open_ = open_reminders(session)
    for one in due:
        row = open_.pop(one.service_id, None)
        row = row or Reminder(service_id=one.service_id, due_on=one.due_on, level=one.level, opened_at=now)
        row.due_on, row.level = one.due_on, one.level
        if row.sent_on and row.sent_on > day:
            row.sent_on = None
        session.add(row)
    for row in open_.values():
        close(session, row, now, day)


def close(session: Session, reminder: Reminder, now: datetime, day: date) -> None:
    """Somebody confirmed the listing, or it is no longer due. The letters of this week are still known."""
    reminder.closed_at = now
    session.add(reminder)
    old = col(ReminderLetter.day) <= day - timedelta(days=AGAIN_AFTER)
    session.exec(delete(ReminderLetter).where(col(ReminderLetter.service_id) == reminder.service_id, old))


def for_reader(session: Session, reader: Reader, due: Iterable[Due], day: date) -> list[Due]:
    """The listings about which this person is to be written to on this day."""
    due = [one for one in due if reader in one.readers]
    this_week = (col(ReminderLetter.day) > day - timedelta(days=AGAIN_AFTER), col(ReminderLetter.day) <= day)
    rows = session.exec(select(ReminderLetter).where(ReminderLetter.user_id == reader.id, *this_week)).all()
    silent = {row.service_id for row in rows if is_silent(day, row.day, taken=row.taken)}
    return [one for one in due if one.service_id not in silent]


def claim(session: Session, reader: Reader, due: Sequence[Due], now: datetime, day: date) -> dict[UUID, str]:
    """Notes that this person is written to about these listings. Gives a link's token for each of the first ones."""
    session.add_all(ReminderLetter(service_id=one.service_id, user_id=reader.id, day=day) for one in due)
    session.exec(delete(ConfirmationLink).where(col(ConfirmationLink.expires_at) <= now - LINKS_KEPT))
    tokens = {one.service_id: new_token() for one in due[:MOST_LISTINGS]}
    ends = now + timedelta(days=LINK_DAYS)
    session.add_all(
        ConfirmationLink(token_hash=hashed(token), service_id=service_id, user_id=reader.id, expires_at=ends)
        for service_id, token in tokens.items()
    )
    return tokens


def was_taken(session: Session, reader: Reader, due: Sequence[Due], now: datetime, day: date) -> None:
    """The mail server has the letter."""
    session.exec(update(ReminderLetter).where(*_letters(reader, due, day)).values(taken=True))
    reminders = open_reminders(session)
    for one in due:
        reminder = reminders.get(one.service_id)
        if reminder and reminder.sent_on != day:
            reminder.sent_on = day
            session.add(reminder)
            note(session, Entry(now, COMMAND_LINE, "reminder sent", f"listing/{one.slug}", {"to": one.level}))


def was_refused(session: Session, reader: Reader, tokens: dict[UUID, str], due: Sequence[Due], day: date) -> None:
    """The letter did not go: the next run tries again."""
    session.exec(delete(ReminderLetter).where(*_letters(reader, due, day)))
    hashes = [hashed(token) for token in tokens.values()]
    session.exec(delete(ConfirmationLink).where(col(ConfirmationLink.token_hash).in_(hashes)))


def _letters(reader: Reader, due: Sequence[Due], day: date) -> tuple[ColumnElement[bool], ...]:
    listings = col(ReminderLetter.service_id).in_([one.service_id for one in due])
    return col(ReminderLetter.user_id) == reader.id, col(ReminderLetter.day) == day, listings


def open_reminder_of(session: Session, service_id: UUID) -> Reminder | None:
    mine = (Reminder.service_id == service_id, col(Reminder.closed_at).is_(None))
    return session.exec(select(Reminder).where(*mine)).one_or_none()


def _is_due(service: Service, day: date) -> bool:
    return freshness_of(service).is_due_on(day)


def _due(service: Service, day: date, reminder: Reminder | None, people: PeopleOf) -> Due:
    due_on = freshness_of(service).due_on or (reminder.due_on if reminder else day)
    theirs = people(service)
    level = level_of((day - due_on).days, theirs)
    return Due(service.id, service.slug, service.name, due_on, level, readers_of(level, theirs))
