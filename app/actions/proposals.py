"""What other directories say of listings that were edited here: an admin makes a draft of it, or leaves ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.duplicates.pairs import refuse_others
from app.actions.editing.errors import EditError, NoListingError
from app.actions.editing.publication import keep_present, live_listing
from app.actions.editing.rights import changeable_service
from app.database import reading, writing
from app.directory.editing.changes import Change, changes
from app.directory.editing.edited import Edited, edited_of
from app.directory.editing.merging import rebased
from app.directory.listing import Listing
from app.models import ImportProposal, ListingDraft, ListingVersion, Service

NO_PROPOSAL = "Nothing of this listing waits any more. Somebody decided, or the other list says what we say."
MOVED = "The other list, or our page, says something else now. Look at it again, and then decide."
IN_THE_WAY = "Somebody is writing changes of this listing, or sent them. Decide about those first."
NOTHING_NEW = "Our page says all of this already. Leave ours."


class NoProposalError(NoListingError):
    """Nothing waits."""


class MovedError(EditError):
    """It is not what the admin looked at."""


@dataclass(frozen=True)
class Waiting:
    """A listing of which another list says something else."""

    slug: str
    name: str
    feed: str
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """``changes`` are from what is public to what the feed says. ``seen`` is what a form says of both.

    ``drafted``: a draft is in the way.
    """

    slug: str
    name: str
    feed: str
    at: datetime
    changes: tuple[Change, ...]
    seen: str
    drafted: bool


def waiting_proposals(engine: Engine) -> Sequence[Waiting]:
    """What has waited longest comes first."""
    with reading(engine) as session:
        rows = session.exec(
            select(ImportProposal, Service.slug, Service.name)
            .join(Service, col(Service.id) == col(ImportProposal.service_id))
            .order_by(col(ImportProposal.proposed_at), col(Service.name))
        ).all()
        return [Waiting(slug, name, row.feed, row.proposed_at) for row, slug, name in rows]


def proposal(engine: Engine, slug: str) -> Proposal:
    """Raises ``NoProposalError``."""
    with reading(engine) as session:
        service, row = _found(session, slug)
        return _shown(session, service, row)


def make_draft(engine: Engine, who: SignedIn, slug: str, seen: str, now: datetime) -> None:
    """What the feed says waits for approval, as a draft that somebody sent does.

    Raises ``NotYoursError``, ``NoProposalError``, ``MovedError``, ``MergedListingError``, and ``EditError`` where a
    draft is in the way or nothing would change.
    """
    with writing(engine) as session:
        refuse_others(session, who)
        service, row = _found(session, slug)
        changeable_service(session, who, slug)
        shown = _seen(session, service, row, seen)
        if shown.drafted:
            raise EditError(IN_THE_WAY)
        if not shown.changes:
            raise EditError(NOTHING_NEW)
        keep_present(session, service, live_listing(session, service), now)
        draft = ListingDraft(
            service_id=service.id,
            body=_wanted(session, service, row).model_dump(mode="json"),
            base_version=service.version,
            state="sent",
            proposed={"feed": row.feed, "listing": row.listing},
            updated_at=now,
            updated_by=row.feed,
            sent_at=now,
            sent_by=row.feed,
        )
        session.delete(row)
        session.add(draft)
        note(session, Entry(now, who.email, "draft made of another list", f"listing/{slug}", _told(shown)))


def leave_ours(engine: Engine, who: SignedIn, slug: str, seen: str, now: datetime) -> None:
    """Our page stays. The same is not asked again until the feed says something else.

    Raises ``NotYoursError``, ``NoProposalError`` or ``MovedError``.
    """
    with writing(engine) as session:
        refuse_others(session, who)
        service, row = _found(session, slug)
        shown = _seen(session, service, row, seen)
        session.delete(row)
        note(session, Entry(now, who.email, "left as it was", f"listing/{slug}", _told(shown)))


def _found(session: Session, slug: str) -> tuple[Service, ImportProposal]:
    service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
    row = session.get(ImportProposal, service.id) if service else None
    if service is None or row is None:
        raise NoProposalError(NO_PROPOSAL)
    return service, row


def _seen(session: Session, service: Service, row: ImportProposal, seen: str) -> Proposal:
    shown = _shown(session, service, row)
    if shown.seen != seen:
        raise MovedError(MOVED)
    return shown


def _shown(session: Session, service: Service, row: ImportProposal) -> Proposal:
    found = changes(edited_of(live_listing(session, service)), _wanted(session, service, row))
    return Proposal(
        slug=service.slug,
        name=service.name,
        feed=row.feed,
        at=row.proposed_at,
        changes=found,
        seen=sha256(repr((row.feed, found)).encode()).hexdigest()[:16],
        drafted=session.get(ListingDraft, service.id) is not None,
    )


def _wanted(session: Session, service: Service, row: ImportProposal) -> Edited:
    """What the feed says, on top of what was changed here since it said so."""
    then = select(ListingVersion).where(
        ListingVersion.service_id == service.id, col(ListingVersion.at) <= row.proposed_at
    )
    version = session.exec(then.order_by(col(ListingVersion.number).desc()).limit(1)).one_or_none()
    live, said = edited_of(live_listing(session, service)), edited_of(Listing.model_validate(row.listing))
    return rebased(edited_of(Listing.model_validate(version.body)), live, said) if version else said


def _told(shown: Proposal) -> dict[str, Any]:
    said = [{"field": one.field, "before": one.before, "after": one.after} for one in shown.changes]
    return {"feed": shown.feed, "changes": said}
