"""Pairs of listings that may be one: the queue, one pair beside each other, and saying that they are two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.editing.errors import EditError, NoListingError, NotYoursError
from app.actions.editing.rights import is_admin
from app.database import reading, writing
from app.directory.freshness import Freshness
from app.directory.likeness import likelihood
from app.directory.listing import Listing
from app.exchange.freshness import freshness_of
from app.exchange.rows import read_listings_of
from app.models import LikelyDuplicate, ListingDraft, MergedListing, Organization, Service

ADMINS_ALONE = "Only the directory team decides which listings are one and the same."
NO_PAIR = "There is no such pair. The two do not look alike any more."
DECIDED = "Somebody decided about these two while you had the page open."


class NoPairError(NoListingError):
    """There is no such pair."""


class DecidedError(EditError):
    """Somebody else decided about the pair meanwhile, or about one of the two."""


@dataclass(frozen=True)
class Waiting:
    """A pair in the queue, with the name and the organisation of both. ``reasons`` are codes of ``likeness``."""

    id: UUID
    one: tuple[str, str | None]
    other: tuple[str, str | None]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """A listing that another one stands for: id and name of the one, name of the other."""

    slug: str
    name: str
    into: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Side:
    """One of the two as it is written. ``organisation`` is a name. ``into`` has the id of what stands for it."""

    listing: Listing
    organisation: str | None
    freshness: Freshness
    drafted: bool
    into: str | None


@dataclass(frozen=True)
class Pair:
    """Two listings beside each other. ``decided`` is None, "merged" or "different"."""

    id: UUID
    one: Side
    other: Side
    reasons: tuple[str, ...]
    decided: str | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether somebody can still decide: nobody has, and both stand for themselves."""
        return self.decided is None and self.one.into is None and self.other.into is None


def refuse_others(session: Session, who: SignedIn) -> None:
    """Raises ``NotYoursError`` for all but admins."""
    if not is_admin(session, who):
        raise NotYoursError(ADMINS_ALONE)


def waiting_pairs(engine: Engine) -> Sequence[Waiting]:
    """Those that nobody has decided about, the likeliest first."""
    with reading(engine) as session:
        rows = session.exec(select(LikelyDuplicate).where(col(LikelyDuplicate.decided).is_(None))).all()
        standing = col(Service.id).not_in(select(MergedListing.service_id))
        of = col(Organization.id) == col(Service.organization_id)
        named = session.exec(
            select(Service.id, Service.name, Organization.name).join(Organization, of, isouter=True).where(standing)
        )
        names = {id_: (name, organisation) for id_, name, organisation in named}
    both = [row for row in rows if row.one_id in names and row.other_id in names]
    found = [Waiting(row.id, names[row.one_id], names[row.other_id], tuple(row.reasons)) for row in both]
    return sorted(found, key=lambda pair: (-likelihood(pair.reasons), pair.one[0].casefold(), pair.other[0].casefold()))


def merged_together(engine: Engine) -> Sequence[Together]:
    """Every listing that another one stands for, the newest first."""
    merged, into = aliased(Service), aliased(Service)
    with reading(engine) as session:
        rows = session.exec(
            select(MergedListing, merged.slug, merged.name, into.name)
            .join(merged, col(merged.id) == col(MergedListing.service_id))
            .join(into, col(into.id) == col(MergedListing.into_id))
            .order_by(col(MergedListing.merged_at).desc(), col(merged.slug))
        ).all()
        return [Together(slug, name, other, row.merged_by, row.merged_at) for row, slug, name, other in rows]


def pair_shown(engine: Engine, id_: UUID) -> Pair:
    """Raises ``NoPairError``."""
    with reading(engine) as session:
        row = session.get(LikelyDuplicate, id_)
        if row is None:
            raise NoPairError(NO_PAIR)
        one, other = (_side(session, service_id) for service_id in (row.one_id, row.other_id))
        return Pair(row.id, one, other, tuple(row.reasons), row.decided, row.decided_by, row.decided_at)


def _side(session: Session, service_id: UUID) -> Side:
    service = session.get_one(Service, service_id)
    organisation = session.get(Organization, service.organization_id) if service.organization_id else None
    merged = session.get(MergedListing, service_id)
    return Side(
        listing=read_listings_of(session, [service_id])[service_id],
        organisation=organisation.name if organisation else None,
        freshness=freshness_of(service),
        drafted=session.get(ListingDraft, service_id) is not None,
        into=session.get_one(Service, merged.into_id).slug if merged else None,
    )


def open_pair(session: Session, id_: UUID) -> LikelyDuplicate:
    """The row of a pair that nobody has decided about. Raises ``NoPairError`` or ``DecidedError``."""
    row = session.get(LikelyDuplicate, id_)
    if row is None:
        raise NoPairError(NO_PAIR)
    if row.decided or session.get(MergedListing, row.one_id) or session.get(MergedListing, row.other_id):
        raise DecidedError(DECIDED)
    return row


def call_different(engine: Engine, who: SignedIn, id_: UUID, now: datetime) -> None:
    """They are two, and nobody is asked again. Raises ``NotYoursError``, ``NoPairError`` or ``DecidedError``."""
    with writing(engine) as session:
        refuse_others(session, who)
        row = open_pair(session, id_)
        decide(session, row, "different", who, now)
        names = [session.get_one(Service, one).name for one in (row.one_id, row.other_id)]
        slug = session.get_one(Service, row.one_id).slug
        note(session, Entry(now, who.email, "called different", f"listing/{slug}", {"listings": names}))


def decide(session: Session, row: LikelyDuplicate, decided: str, who: SignedIn, now: datetime) -> None:
    row.decided, row.decided_by, row.decided_at = decided, who.email, now
    session.add(row)
