"""Changes to services one after the other, as editors and the directory team make them while others read."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from app.actions.editing.publication import Made, publish
from app.database import reading, writing
from app.directory.listing import Listing
from app.exchange.rows import raise_generation, read_listings
from app.models import MergedListing, Service, row_id

BY = Made("edited", ("editor@helpers.example",))


@dataclass
class Changing:
    """Makes one change at a time. ``gone``: the ids of the services that were closed or merged into others."""

    engine: Engine
    seed: int = 1
    made: int = 0
    gone: set[UUID] = field(default_factory=set)
    stands_for_others: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._rng = Random(self.seed)
        with reading(self.engine) as session:
            self._listings = read_listings(session)

    def add(self, number: int, now: datetime) -> None:
        for _ in range(number):
            with writing(self.engine) as session:
                self._add(session, now)

    def one(self, now: datetime) -> None:
        """An edit, mostly; or a service is added, closed, or merged into another."""
        with writing(self.engine) as session:
            change = self._rng.choice([self._edit, self._edit, self._edit, self._add, self._close, self._merge])
            change(session, now)

    def _edit(self, session: Session, now: datetime) -> None:
        self._say(session, self._some(), now, summary=f"Changed {self.made} times.")

    def _close(self, session: Session, now: datetime) -> None:
        closed = self._some()
        self._say(session, closed, now, status="closed")
        self.gone.add(row_id("service", closed.id))

    def _add(self, session: Session, now: datetime) -> None:
        # Names before and after all others: the order of names must not matter.
        slug = f"{self._rng.choice('az')}-added-{self.made}"
        self._say(session, self._some(), now, id=slug, name=slug, aliases=())

    def _merge(self, session: Session, now: datetime) -> None:
        into = self._some()
        away = next((one for one in self._shuffled() if one.id not in self.stands_for_others | {into.id}), None)
        if away is None:
            return
        merged = session.get_one(Service, row_id("service", away.id))
        merged.modified_at = now
        session.add(
            MergedListing(service_id=merged.id, into_id=row_id("service", into.id), merged_by="", merged_at=now)
        )
        raise_generation(session)
        self.stands_for_others.add(into.id)
        self.gone.add(merged.id)
        del self._listings[away.id]

    def _say(self, session: Session, listing: Listing, now: datetime, **said: object) -> None:
        self.made += 1
        changed = listing.model_copy(update=said)
        publish(session, changed, BY, now)
        self._listings[changed.id] = changed

    def _some(self) -> Listing:
        return self._rng.choice([self._listings[slug] for slug in sorted(self._listings)])

    def _shuffled(self) -> list[Listing]:
        return self._rng.sample(list(self._listings.values()), len(self._listings))
