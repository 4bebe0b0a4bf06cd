"""What a provider says of today: public at once, without anybody's approval."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from sqlalchemy import Engine
from sqlmodel import Session

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.editing.errors import EditError
from app.actions.editing.rights import changeable_service, editable_service
from app.actions.today import LONDON
from app.database import reading, writing
from app.directory.availability import LONGEST_NOTE, LONGEST_WAIT, Availability, AvailabilityState
from app.directory.dates import typed_day
from app.exchange.availability import availability_of
from app.exchange.rows import raise_generation
from app.models import Availability as AvailabilityRow
from app.models import Service

WITH_WAIT = frozenset({"taking", "waiting_list"})
WITH_END = frozenset({"waiting_list", "paused"})
FARTHEST = timedelta(days=2 * 365)
"""How long ahead somebody can know the end of a pause. Beyond it the year is a slip."""


@dataclass(frozen=True)
class Typed:
    """The form as it was sent. ``day``, ``month`` and ``year`` are of the last day; all empty where none is known."""

    state: str = ""
    wait: str = ""
    note: str = ""
    day: str = ""
    month: str = ""
    year: str = ""


@dataclass(frozen=True)
class Mistake:
    """``field`` is the name of one in ``Typed``."""

    field: str
    sentence: str


class AvailabilityMistakesError(EditError):
    """The form cannot be taken as it is."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(" ".join(mistake.sentence for mistake in mistakes))
        self.mistakes = mistakes


class StaleAvailabilityError(EditError):
    """Somebody else said something since the form was opened. ``now_said`` is what stands; None: nothing."""

    def __init__(self, now_said: Availability | None) -> None:
        super().__init__("Somebody else changed this while you had the form open.")
        self.now_said = now_said


class ClosedError(EditError):
    """The service has closed, so nobody would see what is said of today."""

    def __init__(self) -> None:
        super().__init__("The directory says that this service has closed, so nobody would see this.")


def digest(said: Availability | None) -> str:
    """What a form carries so that it is known later what it showed."""
    return hashlib.sha256(said.model_dump_json().encode()).hexdigest()[:16] if said else "nothing"


@dataclass(frozen=True)
class Stands:
    """``said`` is what was said last of the service of this name, also where it counts no more."""

    name: str
    said: Availability | None


def stands(engine: Engine, who: SignedIn, slug: str) -> Stands:
    """How it stands in the tables. Raises ``NoListingError`` or ``NotYoursError``."""
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        return Stands(service.name, _said(session, service))


def say(engine: Engine, who: SignedIn, slug: str, typed: Typed, seen: str, now: datetime) -> Availability:
    """Says it in public. ``seen`` is the ``digest`` of what the form showed.

    Raises ``NoListingError``, ``NotYoursError``, ``StaleAvailabilityError``, ``ClosedError`` or
    ``AvailabilityMistakesError``.
    """
    with writing(engine) as session:
        service = _service_to_change(session, who, slug, seen)
        if service.status == "closed":
            raise ClosedError
        said = checked(typed, now)
        fields = said.model_dump()
        row = session.get(AvailabilityRow, service.id)
        changed = row.sqlmodel_update(fields) if row else AvailabilityRow(service_id=service.id, said_by="", **fields)
        changed.said_by = who.email
        service.modified_at = now
        session.add_all([changed, service])
        detail = said.model_dump(mode="json", exclude={"said_at"})
        note(session, Entry(now, who.email, "availability changed", f"listing/{slug}", detail))
        raise_generation(session)
        return said


def clear(engine: Engine, who: SignedIn, slug: str, seen: str, now: datetime) -> None:
    """Takes back whatever was said. Raises ``NoListingError``, ``NotYoursError`` or ``StaleAvailabilityError``."""
    with writing(engine) as session:
        service = _service_to_change(session, who, slug, seen)
        row = session.get(AvailabilityRow, service.id)
        if row is None:
            return
        session.delete(row)
        service.modified_at = now
        session.add(service)
        note(session, Entry(now, who.email, "availability changed", f"listing/{slug}", {"state": None}))
        raise_generation(session)


def checked(typed: Typed, now: datetime) -> Availability:
    """What was typed as a value. What the state has no use for is left out. Raises ``AvailabilityMistakesError``."""
    state = next((state for state in get_args(AvailabilityState) if state == typed.state), None)
    wait = _one_line(typed.wait) if state in WITH_WAIT else ""
    said = _one_line(typed.note)
    until, mistakes = _last_day(typed, now) if state in WITH_END else (None, ())
    found = (*_mistakes(state, wait, said), *mistakes)
    if state is None or found:
        raise AvailabilityMistakesError(found)
    return Availability(state=state, wait=wait, note=said, until=until, said_at=now)


def _one_line(text: str) -> str:
    """Without what cannot be seen, and with single spaces."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def _mistakes(state: str | None, wait: str, said: str) -> Iterator[Mistake]:
    if state is None:
        yield Mistake("state", "Choose how it is today.")
    if len(wait) > LONGEST_WAIT:
        yield Mistake("wait", f"The wait must have {LONGEST_WAIT} characters or fewer.")
    if len(said) > LONGEST_NOTE:
        yield Mistake("note", f"The note must have {LONGEST_NOTE} characters or fewer.")


def _last_day(typed: Typed, now: datetime) -> tuple[date | None, tuple[Mistake, ...]]:
    if not f"{typed.year}{typed.month}{typed.day}".strip():
        return None, ()
    until = typed_day(typed.year, typed.month, typed.day)
    if until is None:
        return None, (Mistake("day", "Enter a real date, like 2 12 2026. Or leave it empty."),)
    today = now.astimezone(LONDON).date()
    if until < today:
        return until, (Mistake("day", "The last day must be today or later."),)
    if until > today + FARTHEST:
        return until, (Mistake("day", "The last day must be within two years. Or leave it empty."),)
    return until, ()


def _service_to_change(session: Session, who: SignedIn, slug: str, seen: str) -> Service:
    service = changeable_service(session, who, slug)
    now_said = _said(session, service)
    if digest(now_said) != seen:
        raise StaleAvailabilityError(now_said)
    return service


def _said(session: Session, service: Service) -> Availability | None:
    row = session.get(AvailabilityRow, service.id)
    return availability_of(row) if row else None
