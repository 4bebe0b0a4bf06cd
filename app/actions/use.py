"""How much listings are used: numbers by the day, and nothing of who, of what they searched for, or of the hour."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import Engine, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.counting import WRITTEN_AFTER, Counts
from app.actions.editing.rights import editable_service
from app.actions.today import today
from app.database import reading, writing
from app.models import ListingUse, Service, metadata, row_id

Kind = Literal["found", "read", "recommended", "copied"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 50_000
"""Different numbers that wait in memory: all four of ten thousand listings, and the same after midnight."""
_TABLE: Table = metadata.tables["listing_use"]
_Key = tuple[date, str, Kind]


class UseCounts:
    """What one process has counted, written down once a minute while there is anything. ``after``: seconds."""

    def __init__(self, engine: Engine, after: float = WRITTEN_AFTER) -> None:
        self._counts: Counts[_Key] = Counts(partial(_add, engine), MOST, after)

    def note(self, kind: Kind, ids: Iterable[str]) -> None:
        """Counts once more for each listing. The caller sees to it that there are such listings."""
        day = today()
        self._counts.note([(day, id_, kind) for id_ in ids])

    def write(self) -> None:
        self._counts.write()


@dataclass(frozen=True)
class Use:
    """``times``: for each kind a number a day, in the order of ``days``, which ends today."""

    id: str
    name: str
    days: tuple[date, ...]
    times: Mapping[Kind, tuple[int, ...]]


def use_of(engine: Engine, who: SignedIn, slug: str, length: int) -> Use:
    """The last ``length`` days of a listing. Raises ``NoListingError`` or ``NotYoursError``."""
    days = _last(length)
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        return _use(service.slug, service.name, days, _since(session, days[0], service.id)[service.id])


def use_of_all(engine: Engine, length: int) -> Sequence[Use]:
    """The same of every listing, by name."""
    days = _last(length)
    with reading(engine) as session:
        found = _since(session, days[0])
        services = session.exec(select(Service.id, Service.slug, Service.name).order_by(col(Service.name))).all()
    return [_use(slug, name, days, found[id_]) for id_, slug, name in services]


_Found = Mapping[tuple[date, str], int]


def _since(session: Session, day: date, service_id: UUID | None = None) -> Mapping[UUID, _Found]:
    chosen = select(ListingUse).where(col(ListingUse.day) >= day)
    if service_id:
        chosen = chosen.where(ListingUse.service_id == service_id)
    found: defaultdict[UUID, dict[tuple[date, str], int]] = defaultdict(dict)
    for row in session.exec(chosen):
        found[row.service_id][row.day, row.kind] = row.times
    return found


def _use(slug: str, name: str, days: tuple[date, ...], found: _Found) -> Use:
    return Use(slug, name, days, {kind: tuple(found.get((day, kind), 0) for day in days) for kind in KINDS})


def _last(length: int) -> tuple[date, ...]:
    return tuple(today() - timedelta(days=ago) for ago in reversed(range(length)))


def _add(engine: Engine, counts: Mapping[_Key, int]) -> None:
    with writing(engine) as session:
        # A listing may have gone meanwhile: its numbers must not keep those of others from being written.
        there = set(session.exec(select(Service.id)).all())
        rows = [
            {"day": day, "service_id": service_id, "kind": kind, "times": times}
            for (day, slug, kind), times in counts.items()
            if (service_id := row_id("service", slug)) in there
        ]
        if rows:
            session.connection().execute(_adding(engine.dialect.name), rows)


def _adding(dialect: str) -> Executable:
    """A statement that adds a number to what stands already."""
    new = postgresql.insert(_TABLE) if dialect == "postgresql" else sqlite.insert(_TABLE)
    added = {"times": _TABLE.c.times + new.excluded.times}
    return new.on_conflict_do_update(index_elements=list(_TABLE.primary_key), set_=added)
