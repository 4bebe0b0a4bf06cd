"""What a row is about: a listing that is here, or a new one; and its ids as they are here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.actions.importing.organisations import Organisations
from app.directory.listing import Listing
from app.exchange.incoming import Incoming
from app.models import ImportedRecord, Service, TaxonomyTerm, row_id

_LONGEST_SLUG = 80


@dataclass
class Case:
    """One row on its way: ``listing`` with the ids of here. ``record`` is None where the feed never gave it before.

    ``comes_later``: it is as if the feed had not given it yet.
    """

    number: int
    incoming: Incoming
    listing: Listing
    record: ImportedRecord | None = None
    repairs: list[str] = field(default_factory=list)
    comes_later: bool = False


class Intake:
    """What is here, by slug and by id; it grows with what comes in. ``numbers`` are the places of new ones in lists."""

    def __init__(self, session: Session, feed: str, now: datetime, *, trusted: bool) -> None:
        self.session, self.feed, self._trusted = session, feed, trusted
        self.ids: dict[str, UUID] = dict(session.exec(select(Service.slug, Service.id)).all())
        self.slugs = {id_: slug for slug, id_ in self.ids.items()}
        self.was_empty = not self.ids
        self.numbers: dict[str, int] = {}
        self.organisations = Organisations(session, feed, now)
        self._last_number = session.exec(select(func.max(Service.number))).one() or 0
        self._goals = frozenset(session.exec(select(TaxonomyTerm.code)).all())
        self._own_ids = frozenset(map(str, self.slugs))
        self._seen: set[str] = set()
        self._accepted: set[str] = set()

    def fault(self, incoming: Incoming) -> str:
        """Why a row that could be read cannot come in; empty where it can."""
        self._seen.add(incoming.foreign_id)
        if incoming.rejected or incoming.listing is None:
            return incoming.rejected
        if incoming.foreign_id in self._accepted:
            return "Another row has the same id. Only the first of them came in."
        if incoming.foreign_id in self._own_ids and not _is_ours(incoming):
            return "This listing comes from this directory. It is looked after here."
        self._accepted.add(incoming.foreign_id)
        return ""

    def records(self, cases: list[Case]) -> None:
        """Adds to each what the feed gave last."""
        wanted = col(ImportedRecord.foreign_id).in_([case.incoming.foreign_id for case in cases])
        rows = self.session.exec(select(ImportedRecord).where(ImportedRecord.feed == self.feed, wanted)).all()
        by_id = {row.foreign_id: row for row in rows}
        for case in cases:
            case.record = by_id.get(case.incoming.foreign_id)

    def settle(self, case: Case) -> None:
        """Gives the listing the ids that things have here."""
        listing, incoming = case.listing, case.incoming
        updates: dict[str, Any] = {"id": self._slug(case)}
        if incoming.organisation:
            ours = self._trusted and incoming.freshness is not None
            updates["organisation"] = self.organisations.slug_of(*incoming.organisation, ours=ours)
        elif listing.organisation and listing.organisation not in self.organisations.slugs():
            updates["organisation"] = None
            case.repairs.append(f"The organisation “{listing.organisation}” is not here: left out.")
        if unknown := [goal for goal in listing.goals if goal not in self._goals]:
            updates["goals"] = tuple(goal for goal in listing.goals if goal in self._goals)
            case.repairs.append(f"Goals that this directory does not have are left out: {', '.join(unknown)}.")
        case.listing = listing.model_copy(update=updates)

    def _slug(self, case: Case) -> str:
        """The one that it has here; else the one that was wished for, or the next that is free."""
        if case.record:
            return self.slugs[case.record.service_id]
        wished = slug = case.listing.id
        number = 1
        while slug in self.ids and not _is_ours(case.incoming):
            number += 1
            slug = f"{wished[: _LONGEST_SLUG - len(f'-{number}')].rstrip('-')}-{number}"
        if slug not in self.ids:
            self._last_number += 1
            self.numbers[slug] = self._last_number
            self.ids[slug] = row_id("service", slug)
            self.slugs[self.ids[slug]] = slug
        return slug

    def has_all_links(self, listing: Listing) -> bool:
        return _targets(listing) <= self.ids.keys()

    def cut_links(self, case: Case) -> None:
        """Leaves out what leads to a listing that is not here."""
        listing, here = case.listing, self.ids
        if not (gone := sorted(_targets(listing) - here.keys())):
            return
        case.repairs.append(f"It leads to listings that are not here: left out. {', '.join(gone)}.")
        successors = tuple(slug for slug in listing.successors if slug in here)
        case.listing = listing.model_copy(
            update={
                "successors": successors,
                "successor_source": listing.successor_source if successors else (),
                "see_instead": tuple(slug for slug in listing.see_instead if slug in here),
                "reach_through": tuple(door for door in listing.reach_through if door.service in here),
            }
        )

    def missing(self) -> tuple[str, ...]:
        """The listings that the feed gave before and does not give any more."""
        rows = select(ImportedRecord.foreign_id, ImportedRecord.service_id).where(ImportedRecord.feed == self.feed)
        gone = (self.slugs[service] for foreign_id, service in self.session.exec(rows) if foreign_id not in self._seen)
        return tuple(sorted(gone))


def _is_ours(incoming: Incoming) -> bool:
    return incoming.listing is not None and incoming.foreign_id == str(row_id("service", incoming.listing.id))


def _targets(listing: Listing) -> set[str]:
    return {*listing.successors, *listing.see_instead, *(door.service for door in listing.reach_through)}
