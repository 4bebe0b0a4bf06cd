"""Which listings are due, how far their reminders have come, and of which nobody hears: for the directory team."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlmodel import col, select

from app.actions.freshness.plan import Level
from app.actions.freshness.rows import Due, PeopleOf, asked_about, due_listings, open_reminders
from app.database import reading
from app.directory.freshness import Freshness
from app.exchange.freshness import freshness_of
from app.models import Organization, Service


@dataclass(frozen=True)
class DueListing:
    """``level`` says who is written to, and ``readers`` how many they are. ``sent_on``: the day of the last letters."""

    slug: str
    name: str
    organisation: str | None
    freshness: Freshness
    level: Level
    sent_on: date | None
    readers: int


@dataclass(frozen=True)
class WithoutPeople:
    """A listing that nobody but the directory team looks after."""

    slug: str
    name: str
    organisation: str | None


@dataclass(frozen=True)
class Overview:
    due: tuple[DueListing, ...]
    without_people: tuple[WithoutPeople, ...]


def overview(engine: Engine, day: date) -> Overview:
    """What is due, the oldest first; what has nobody, by name."""
    with reading(engine) as session:
        organisations = dict(session.exec(select(Organization.id, Organization.name)).all())
        services = {service.id: service for service in session.exec(asked_about().order_by(col(Service.name)))}
        reminders, people = open_reminders(session), PeopleOf(session)

        def organisation_of(service: Service) -> str | None:
            return organisations.get(service.organization_id) if service.organization_id else None

        def due_listing(due: Due) -> DueListing:
            service, reminder = services[due.service_id], reminders.get(due.service_id)
            sent_on = reminder.sent_on if reminder else None
            return DueListing(
                due.slug,
                due.name,
                organisation_of(service),
                freshness_of(service),
                due.level,
                sent_on,
                len(due.readers),
            )

        def has_nobody(service: Service) -> bool:
            return not (people(service).editors or people(service).owners)

        return Overview(
            due=tuple(map(due_listing, due_listings(session, day))),
            without_people=tuple(
                WithoutPeople(one.slug, one.name, organisation_of(one)) for one in services.values() if has_nobody(one)
            ),
        )
