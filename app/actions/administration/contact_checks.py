"""The contacts to confirm before launch, and what the directory team found out about each."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.actions.accounts.care import check_admin
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.reference import Fault, FaultsError, NotThereError, body_of, one_line
from app.actions.audit import Entry, note
from app.actions.confirm_items import Group, Item, crisis_group, groups_to_confirm, listing_group
from app.actions.editing.errors import EditError
from app.actions.today import LONDON
from app.database import reading, writing
from app.directory.contact_checks import LONGEST_NOTE, CheckHow, CheckOutcome, ContactCheck
from app.directory.dates import typed_day
from app.directory.listing import Listing
from app.directory.urgent import Urgent, Withheld, urgent_from
from app.exchange.freshness import check_of
from app.exchange.rows import raise_generation, read_listing, read_standing
from app.models import ContactCheck as ContactCheckRow

OLDEST = timedelta(days=365)
GONE = "This contact does not need checking any more. Perhaps somebody has changed it."


@dataclass(frozen=True)
class Typed:
    """The form as it was sent. ``day``, ``month`` and ``year`` are of the day on which somebody found it out."""

    outcome: str = ""
    how: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    note: str = ""


@dataclass(frozen=True)
class Noted:
    """A check with the address of whoever made it, and when they wrote it down."""

    check: ContactCheck
    by: str
    at: datetime


@dataclass(frozen=True)
class ToConfirm:
    """Everything on the list. ``noted`` is by the key of the item; ``withheld`` are lines that no page may show.

    ``names`` are those of all listings, by id.
    """

    groups: tuple[Group, ...]
    noted: Mapping[str, Noted]
    withheld: tuple[Withheld, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Stands:
    """One item as it stands in the tables; ``noted`` is None where nobody checked it. ``names`` are of its doors."""

    group: Group
    item: Item
    noted: Noted | None
    names: Mapping[str, str]


class StaleCheckError(EditError):
    """Somebody else checked it, or took the check back, since the form was opened. ``stands`` is how it is now."""

    def __init__(self, stands: Stands) -> None:
        super().__init__("Somebody else changed this while you had the form open.")
        self.stands = stands


def digest(noted: Noted | None) -> str:
    """What a form carries so that it is known later what it showed."""
    if noted is None:
        return "nothing"
    return hashlib.sha256(f"{noted.check.model_dump_json()} {noted.by}".encode()).hexdigest()[:16]


def needs_correcting(item: Item, check: ContactCheck) -> bool:
    """Whether the listing says something else than what was found out. That there is none is right of a missing one."""
    return check.outcome == "wrong" or (check.outcome == "none" and item.contact is not None)


def as_written(engine: Engine) -> tuple[Mapping[str, Listing], Urgent]:
    """The listings and the crisis help as the tables have them, without what was found out about their contacts."""
    with reading(engine) as session:
        return read_standing(session), urgent_from(body_of(session, "urgent"))


def to_confirm(engine: Engine) -> ToConfirm:
    """All that there is to check now. Raises ``NotThereError`` before anything was loaded."""
    with reading(engine) as session:
        listings, urgent = read_standing(session), urgent_from(body_of(session, "urgent"))
        noted = {row.item: _noted(row) for row in session.exec(select(ContactCheckRow))}
    names = {id_: listing.name for id_, listing in listings.items()}
    return ToConfirm(tuple(groups_to_confirm(listings, urgent)), noted, urgent.review_only, names)


def stands(engine: Engine, key: str) -> Stands:
    """Raises ``NotThereError``."""
    with reading(engine) as session:
        return _stands(session, key)


def tick(engine: Engine, who: SignedIn, key: str, typed: Typed, seen: str, now: datetime) -> Stands:
    """Notes what was found out: everybody sees it at once. ``seen`` is the ``digest`` of what the form showed.

    Raises ``NotThereError``, ``StaleCheckError``, ``FaultsError`` or ``AccountError``.
    """
    with writing(engine) as session:
        before = _to_change(session, who, key, seen)
        check = checked(before.item, typed, now)
        row = session.get(ContactCheckRow, key) or ContactCheckRow(item=key, checked_by="", noted_at=now, **dict(check))
        row.sqlmodel_update({**dict(check), "checked_by": who.email, "noted_at": now})
        session.add(row)
        _write_down(session, who, now, before, "contact checked", check.model_dump(mode="json"))
        return Stands(before.group, before.item, Noted(check, who.email, now), before.names)


def untick(engine: Engine, who: SignedIn, key: str, seen: str, now: datetime) -> None:
    """Takes back what was noted. Raises ``NotThereError``, ``StaleCheckError`` or ``AccountError``."""
    with writing(engine) as session:
        before = _to_change(session, who, key, seen)
        if before.noted:
            session.delete(session.get_one(ContactCheckRow, key))
            _write_down(session, who, now, before, "check of a contact taken back", {})


def checked(item: Item, typed: Typed, now: datetime) -> ContactCheck:
    """What was typed as a value. Raises ``FaultsError``."""
    outcome = next((one for one in get_args(CheckOutcome) if one == typed.outcome), None)
    how = next((one for one in get_args(CheckHow) if one == typed.how), None)
    day = typed_day(typed.year, typed.month, typed.day)
    said = one_line("".join(letter for letter in typed.note if letter.isprintable() or letter.isspace()))
    faults = list(_faults(item, outcome, how, day, said, now.astimezone(LONDON).date()))
    if outcome is None or how is None or day is None or faults:
        raise FaultsError(faults)
    return ContactCheck(outcome=outcome, how=how, note=said, checked_on=day)


def _faults(
    item: Item, outcome: str | None, how: str | None, day: date | None, said: str, today: date
) -> Iterator[Fault]:
    if outcome is None or (item.contact is None and outcome == "right"):
        yield Fault("outcome", "Choose what you found out.")
    if how is None:
        yield Fault("how", "Choose how you found it out.")
    if day is None:
        yield Fault("day", "Enter a real date, like 2 11 2026.")
    elif day > today:
        yield Fault("day", "The day must be today or earlier.")
    elif day < today - OLDEST:
        yield Fault("day", "The day must be within the last year. Check it again if it was longer ago.")
    if len(said) > LONGEST_NOTE:
        yield Fault("note", f"The note must have {LONGEST_NOTE} characters or fewer.")


def _to_change(session: Session, who: SignedIn, key: str, seen: str) -> Stands:
    check_admin(session, who)
    before = _stands(session, key)
    if digest(before.noted) != seen:
        raise StaleCheckError(before)
    return before


def _stands(session: Session, key: str) -> Stands:
    group = None if "\0" in key else _group(session, key)
    item = next((item for item in group.items if item.key == key), None) if group else None
    if group is None or item is None:
        raise NotThereError(GONE)
    row = session.get(ContactCheckRow, key)
    doors = (read_listing(session, door) for door in item.doors)
    names = {door.id: door.name for door in doors if door}
    return Stands(group, item, _noted(row) if row else None, names)


def _group(session: Session, key: str) -> Group | None:
    """What the key belongs to, read alone: nobody waits while the whole list is made."""
    kind, _, rest = key.partition("/")
    id_ = rest.partition("/")[0]
    if kind == "crisis":
        urgent = urgent_from(body_of(session, "urgent"))
        lines = (line for line in urgent.lines if line.id == id_ and not line.checked)
        return next((crisis_group(line, urgent.sources) for line in lines), None)
    listing = read_listing(session, id_) if kind == "listing" else None
    return listing_group(listing) if listing else None


def _noted(row: ContactCheckRow) -> Noted:
    return Noted(check_of(row), row.checked_by, row.noted_at)


def _write_down(
    session: Session, who: SignedIn, now: datetime, before: Stands, action: str, detail: Mapping[str, str]
) -> None:
    kind = "crisis" if before.group.part == "crisis" else "listing"
    what = before.item.contact.value if before.item.contact else f"no {before.item.type} known"
    note(session, Entry(now, who.email, action, f"{kind}/{before.group.id}", {"contact": what, **detail}))
    raise_generation(session)
