"""Days on which reminders are sent, as they come: people confirm and edit, runs are missed, killed, or run twice, the
mail server fails, and the clock is wrong. After every run it is looked at what must always hold."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import time_machine
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from app.actions.accounts.tokens import hashed
from app.actions.editing.errors import EditError
from app.actions.freshness.link import confirm_by_link
from app.actions.freshness.plan import AGAIN_AFTER, readers_of
from app.actions.freshness.remind import remind
from app.actions.listing_people import ListingPeople, people_of
from app.actions.today import LONDON
from app.database import reading, writing
from app.directory.freshness import REVIEW_DAYS
from app.exchange.freshness import freshness_of
from app.models import ConfirmationLink, Reminder, ReminderLetter, Service
from tests.reminded import SITE, KilledError, Postbox, a_listing, open_ones, people, tokens_in

LISTINGS = 60
CLOCK_CHANGES = {date(2026, 3, 29), date(2026, 10, 25)}
CREWS: dict[str, dict[str, list[str]]] = {
    "harbour": {"editor": ["anne", "ben"], "owner": ["olga"]},
    "quay": {"editor": ["carl"], "owner": ["pia", "quin"]},
    "mole": {"owner": ["rosa"]},
    "pier": {"editor": ["sam"]},
    "slip": {},
}
"""Who looks after the listings of whom. Of the last one there is nobody."""
PLACES = (*CREWS, None)


@dataclass
class Days:
    """``sent``: how often a listing stood in letters to one person, by the true day, that of the clock, and both."""

    engine: Engine
    dice: Random
    box: Postbox = field(default_factory=Postbox)
    sent: Counter[tuple[date, date, str, str]] = field(default_factory=Counter)
    tokens: list[str] = field(default_factory=list)
    runs: int = 0
    _people: dict[UUID | None, ListingPeople] = field(default_factory=dict)

    def begin(self, day: date) -> None:
        start = datetime.combine(day, time(9), UTC)
        event.listen(self.engine, "connect", _without_waiting)
        for place in CREWS:
            people(self.engine, place, start, **CREWS[place])
        people(self.engine, None, start, admin=["ada", "bea"])
        for number in range(LISTINGS):
            came = start - timedelta(days=self.dice.randrange(400))
            a_listing(
                self.engine,
                f"berth-{number:02}",
                self.dice.choice(PLACES),
                came if self.dice.random() < 0.95 else None,
                status="closed" if self.dice.random() < 0.1 else "live",
                review_days=self.dice.choice(REVIEW_DAYS),
            )

    def live_through(self, day: date) -> None:
        """One day: what people do, and none, one or two runs."""
        for hour in self._hours(day):
            with time_machine.travel(hour, tick=False):
                self._people_act()
            clock = hour + timedelta(days=self._clock_is_off(day))
            with time_machine.travel(clock, tick=False):
                self._run(day)

    def _hours(self, day: date) -> list[datetime]:
        if day in CLOCK_CHANGES:
            # In October this hour comes twice, in March never.
            return [datetime.combine(day, time(1, 30, fold=fold), LONDON).astimezone(UTC) for fold in (0, 1)]
        if self.dice.random() < 0.08:
            return []
        hours = [datetime.combine(day, self.dice.choice((time(0, 5), time(7, 0), time(23, 50))), LONDON)]
        if self.dice.random() < 0.2:
            hours.append(hours[0] + timedelta(minutes=5))
        return [hour.astimezone(UTC) for hour in hours]

    def _clock_is_off(self, day: date) -> int:
        """By how many days the machine's clock is wrong."""
        wrong = {5: 40, 11: -3, 18: -400}
        return wrong.get(day.day, 0) if day.month % 3 == 0 else 0

    def _run(self, true_day: date) -> None:
        self.runs += 1
        chance = self.dice.random()
        self.box.is_down = chance < 0.05
        self.box.refuses = frozenset({"anne@example.org", "ada@example.org"}) if 0.05 < chance < 0.1 else frozenset()
        self.box.killed_after = self.dice.randrange(3) if 0.1 < chance < 0.14 else None
        now = datetime.now(UTC)
        day = now.astimezone(LONDON).date()
        killed = True
        with suppress(KilledError):
            remind(self.engine, SITE, self.box, now)
            killed = False
        self._note(true_day, day)
        self._nothing_is_wrong(day, all_went=not (killed or self.box.is_down or self.box.refuses))

    def _note(self, true_day: date, day: date) -> None:
        letters = self.box.emptied()
        assert max(Counter(letter.to for letter in letters).values(), default=1) == 1
        for letter in letters:
            self.tokens += tokens_in(letter)
            told = [line for line in letter.text.splitlines() if line.startswith("The berth")]
            self.sent.update((true_day, day, letter.to, name) for name in told)

    def _nothing_is_wrong(self, day: date, *, all_went: bool) -> None:
        assert [twice for twice, times in self.sent.items() if times > 1] == []
        open_, due = open_ones(self.engine), dict(self._due(day))
        assert open_.keys() == due.keys()
        for slug, silent in due.items() if all_went else ():
            assert not silent, (day, slug, silent, self.box)

    def _due(self, day: date) -> Iterator[tuple[str, list[str]]]:
        """Every listing that is due, with the people who were not written to for a week."""
        with reading(self.engine) as session:
            week = (col(ReminderLetter.day) > day - timedelta(days=AGAIN_AFTER), col(ReminderLetter.day) <= day)
            rows = session.exec(select(ReminderLetter).where(*week)).all()
            told = {(row.service_id, row.user_id) for row in rows if row.taken or row.day == day}
            reminders = session.exec(select(Reminder).where(col(Reminder.closed_at).is_(None))).all()
            levels = {row.service_id: row.level for row in reminders}
            for service in session.exec(select(Service).where(Service.status != "closed")):
                if freshness_of(service).is_due_on(day):
                    readers = readers_of(levels[service.id], self._people_of(session, service))  # type: ignore[arg-type]
                    yield service.slug, [one.email for one in readers if (service.id, one.id) not in told]

    def _people_of(self, session: Session, service: Service) -> ListingPeople:
        place = service.organization_id
        if place not in self._people:
            self._people[place] = people_of(session, service)
        return self._people[place]

    def _people_act(self) -> None:
        now = datetime.now(UTC)
        with writing(self.engine) as session:
            services = session.exec(select(Service).order_by(col(Service.slug))).all()
            for service in self.dice.sample(services, 2):
                if self.dice.random() < 0.3:
                    service.changed_at, service.version = now, service.version + 1
                if self.dice.random() < 0.02:
                    service.review_days = self.dice.choice(REVIEW_DAYS)
                if self.dice.random() < 0.02:
                    service.status = "closed" if service.status == "live" else "live"
                session.add(service)
            versions = {service.id: service.version for service in services}
            links = session.exec(select(ConfirmationLink.token_hash, ConfirmationLink.service_id)).all()
        if self.tokens and self.dice.random() < 0.5:
            token = self.dice.choice(self.tokens[-60:])
            with suppress(EditError):
                confirm_by_link(self.engine, token, versions.get(dict(links).get(hashed(token), UUID(int=0)), 0), now)


def _without_waiting(connection: Any, _record: Any) -> None:
    """SQLite does not wait for the disk: here nobody pulls the plug."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
