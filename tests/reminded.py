"""Listings that are to be confirmed, people who look after them, and a postbox, for tests of reminders."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import select

from app.database import reading, writing
from app.mail import Letter, MailError
from app.models import Membership, Organization, Reminder, ReminderLetter, Service, UserAccount, row_id

SITE = "https://directory.example"
LINK = re.compile(rf"{SITE}/account/confirm/([\w-]+)")


class KilledError(BaseException):
    """The process ends here."""


@dataclass
class Postbox:
    """Takes letters. ``refuses``: these addresses, or all; ``killed_after``: the process ends with the next letter."""

    letters: list[Letter] = field(default_factory=list)
    refuses: frozenset[str] = frozenset()
    is_down: bool = False
    killed_after: int | None = None

    def __call__(self, letter: Letter) -> None:
        if self.killed_after is not None and len(self.letters) >= self.killed_after:
            raise KilledError
        if self.is_down or letter.to in self.refuses:
            raise MailError("An e-mail could not be sent.")
        self.letters.append(letter)

    def emptied(self) -> list[Letter]:
        letters, self.letters = self.letters, []
        return letters

    @property
    def readers(self) -> list[str]:
        return [letter.to for letter in self.letters]


def a_listing(
    engine: Engine,
    slug: str,
    organisation: str | None,
    imported_at: datetime | None,
    *,
    status: str = "live",
    review_days: int = 90,
) -> UUID:
    id_ = row_id("service", slug)
    with writing(engine) as session:
        session.add(
            Service(
                id=id_,
                slug=slug,
                number=len(session.exec(select(Service.id)).all()) + 1,
                organization_id=row_id("organization", organisation) if organisation else None,
                name=f"The {slug} service",
                role="service",
                description="Helps.",
                status=status,
                imported_at=imported_at,
                review_days=review_days,
            )
        )
    return id_


def people(engine: Engine, organisation: str | None, now: datetime, **roles: Iterable[str]) -> None:
    """Makes people without passwords, by their name: ``editor=["anne"], owner=["olga"]``; without one: admins."""
    with writing(engine) as session:
        place = row_id("organization", organisation) if organisation else None
        if place and session.get(Organization, place) is None:
            session.add(Organization(id=place, slug=organisation or "", name=organisation or "", description="Helps."))
            session.flush()
        for role, names in roles.items():
            for name in names:
                user = UserAccount(email=address(name), created_at=now, directory_admin=role == "admin")
                session.add(user)
                session.flush()
                if place:
                    session.add(Membership(user_id=user.id, organization_id=place, role=role))


def address(name: str) -> str:
    return f"{name}@example.org"


def open_ones(engine: Engine) -> dict[str, Reminder]:
    """The open reminders, by the slug of the listing."""
    with reading(engine) as session:
        chosen = select(Service.slug, Reminder).join(Reminder, Reminder.service_id == Service.id)  # type: ignore[arg-type]
        rows = session.exec(chosen.where(Reminder.closed_at == None)).all()  # noqa: E711
    assert len({slug for slug, _ in rows}) == len(rows)
    return dict(rows)


def letters_noted(engine: Engine) -> list[ReminderLetter]:
    with reading(engine) as session:
        return list(session.exec(select(ReminderLetter)).all())


def tokens_in(letter: Letter) -> list[str]:
    return LINK.findall(letter.text)
