"""Every version that was public, who made it and when; and the way back to any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from app.actions import audit
from app.actions.accounts.sessions import SignedIn
from app.actions.editing.drafts import managed_in
from app.actions.editing.errors import EditError
from app.actions.editing.publication import keep_present, listing_at, live_listing, version_row
from app.actions.editing.rights import changeable_service, editable_service
from app.database import reading, writing
from app.directory.editing.changes import Change, changes
from app.directory.editing.edited import edited_of
from app.directory.listing import Listing
from app.models import ListingDraft, ListingVersion


@dataclass(frozen=True)
class Version:
    """A line of the history. ``changes`` are against the version before it; none for the first."""

    number: int
    at: datetime
    how: str
    made_by: tuple[str, ...]
    approved_by: str | None
    own_approval: bool
    note: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """Some versions, the newest first. ``older``: whether there are more before them."""

    name: str
    versions: Sequence[Version]
    older: bool


@dataclass(frozen=True)
class Shown:
    """One version as it was, with its line of the history; ``today``: how it differs from what is public now.

    ``newest`` is the number of the one that is public now.
    """

    listing: Listing
    line: Version
    newest: int
    today: tuple[Change, ...]


def history(engine: Engine, who: SignedIn, slug: str, *, before: int | None = None, limit: int = 50) -> History:
    """At most ``limit`` versions, ``before``: only those older than this number.

    Raises ``NoListingError`` or ``NotYoursError``.
    """
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        newest = select(ListingVersion).where(ListingVersion.service_id == service.id)
        if before is not None:
            newest = newest.where(ListingVersion.number < before)
        # One more than is shown: the last is compared with it.
        rows = session.exec(newest.order_by(col(ListingVersion.number).desc()).limit(limit + 1)).all()
        return History(service.name, _lines(rows)[:limit], len(rows) > limit)


def version(engine: Engine, who: SignedIn, slug: str, number: int) -> Shown:
    """Raises ``NoListingError`` or ``NotYoursError``."""
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        row = version_row(session, service, number)
        rows = [row, version_row(session, service, number - 1)] if number > 1 else [row]
        listing = listing_at(session, service, number)
        today = changes(edited_of(listing), edited_of(live_listing(session, service)))
        return Shown(listing, _lines(rows)[0], service.version, today)


def restore(engine: Engine, who: SignedIn, slug: str, number: int, now: datetime) -> None:
    """Makes a draft of what this version said: it goes the way of every draft.

    Raises ``NoListingError``, ``NotYoursError``, ``MergedListingError``, and ``EditError`` where a draft is there, or
    nothing would change.
    """
    with writing(engine) as session:
        service = changeable_service(session, who, slug)
        before = managed_in(session, service)
        if before.draft:
            raise EditError("There is a draft already. Send it or throw it away first.")
        keep_present(session, service, before.listing, now)
        wanted = edited_of(listing_at(session, service, number))
        if wanted == edited_of(before.listing):
            raise EditError("The page says the same today. There is nothing to bring back.")
        session.add(
            ListingDraft(
                service_id=service.id,
                body=wanted.model_dump(mode="json"),
                base_version=service.version,
                restored_from=number,
                state="open",
                contributors=[str(who.user_id)],
                updated_at=now,
                updated_by=who.email,
            )
        )
        detail = {"version": number}
        audit.note(session, audit.Entry(now, who.email, "version brought back as a draft", f"listing/{slug}", detail))


def _lines(rows: Sequence[ListingVersion]) -> list[Version]:
    """``rows`` without a gap, the newest first. The last is compared with nothing."""
    states = [edited_of(Listing.model_validate(row.body)) for row in rows]
    older = [*states[1:], *states[-1:]]
    return [_line(row, changes(old, new)) for row, old, new in zip(rows, older, states, strict=True)]


def _line(row: ListingVersion, changed: tuple[Change, ...]) -> Version:
    return Version(
        number=row.number,
        at=row.at,
        how=row.how,
        made_by=tuple(row.made_by),
        approved_by=row.approved_by,
        own_approval=row.own_approval,
        note=row.note,
        changes=changed,
    )
