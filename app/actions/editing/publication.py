"""The one way in which a listing becomes public, and its history."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.editing.errors import NoListingError
from app.directory.listing import Listing
from app.exchange.rows import raise_generation, read_listing, write_listing
from app.models import ListingVersion, Service

FILES = "files"
"""Who made a version that was brought in."""


@dataclass(frozen=True)
class Made:
    """How a version came to be. ``by`` are e-mail addresses, or says that it came from files."""

    how: str
    by: tuple[str, ...]
    approved_by: str | None = None
    own_approval: bool = False
    note: str | None = None


def publish(session: Session, listing: Listing, made: Made, now: datetime) -> int:
    """Makes the listing public; gives the number of the version. The caller notes who did it."""
    service = write_listing(session, listing)
    service.changed_at = service.modified_at = now
    number = keep_version(session, service, listing, made, now)
    raise_generation(session)
    return number


def keep_version(session: Session, service: Service, listing: Listing, made: Made, now: datetime) -> int:
    """Writes into the history what the listing says from now on."""
    session.add_all([service, next_version(service, listing, made, now)])
    session.flush()
    return service.version


def next_version(service: Service, listing: Listing, made: Made, now: datetime) -> ListingVersion:
    """The row of what the listing says from now on, which the caller writes."""
    service.version += 1
    return ListingVersion(
        service_id=service.id,
        number=service.version,
        body=listing.model_dump(mode="json", by_alias=True),
        how=made.how,
        made_by=list(made.by),
        approved_by=made.approved_by,
        own_approval=made.own_approval,
        note=made.note,
        at=now,
    )


def keep_present(session: Session, service: Service, listing: Listing, now: datetime) -> None:
    """A listing that was brought in before there was a history begins it with what it says now."""
    if service.version == 0:
        keep_version(session, service, listing, Made("imported", (FILES,)), service.imported_at or now)


def live_listing(session: Session, service: Service) -> Listing:
    listing = read_listing(session, service.slug)
    if listing is None:
        raise NoListingError("There is no such listing.")
    return listing


def version_row(session: Session, service: Service, number: int) -> ListingVersion:
    """Raises ``NoListingError``."""
    wanted = select(ListingVersion).where(ListingVersion.service_id == service.id, ListingVersion.number == number)
    row = session.exec(wanted).one_or_none()
    if row is None:
        raise NoListingError("There is no such version.")
    return row


def listing_on(session: Session, service: Service, moment: datetime) -> Listing | None:
    """What the listing said at a moment; None where the history does not go so far back."""
    earlier = (ListingVersion.service_id == service.id, col(ListingVersion.at) <= moment)
    newest = select(ListingVersion).where(*earlier).order_by(col(ListingVersion.number).desc()).limit(1)
    row = session.exec(newest).one_or_none()
    return Listing.model_validate(row.body) if row else None


def listing_at(session: Session, service: Service, number: int) -> Listing:
    """What the listing said in this version. Raises ``NoListingError``."""
    return Listing.model_validate(version_row(session, service, number).body)
