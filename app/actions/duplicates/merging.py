"""Two listings become one: one stands for the other, whose own rows stay. And they are taken apart again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.coverage import hole
from app.actions.duplicates.pairs import decide, open_pair, refuse_others
from app.actions.editing.errors import EditError, NoListingError
from app.actions.editing.rights import NO_LISTING, editable_service, standing_for
from app.actions.editing.stranding import NOBODY_CAN_TELL, Although, refuse_stranding, who_is_left
from app.actions.today import LONDON
from app.catalogue import Catalogue, as_in
from app.database import reading, writing
from app.directory.listing import Listing
from app.eligibility.possible import TooTangledError
from app.exchange.rows import raise_generation, read_listing
from app.models import LikelyDuplicate, ListingDraft, MergedListing, Service

APART = "They were taken apart already. Look at the page again."


class RefusedError(EditError):
    """These two cannot become one as they are."""


class ApartError(EditError):
    """The listing stands for itself."""


@dataclass(frozen=True)
class Two:
    """The rows of the listing that stays, and of the one that it is to stand for."""

    kept: Service
    gone: Service


def merge(
    engine: Engine, at_hand: Catalogue, who: SignedIn, pair_id: UUID, keep: str, although: Although, now: datetime
) -> str:
    """Lets one of a pair, ``keep``, stand for the other; gives the id of the other. ``at_hand``: what is public now.

    Raises ``NotYoursError``, ``NoPairError``, ``DecidedError``, ``RefusedError``, and ``StrandsError`` where people
    would be left with no programme and nobody said why.
    """
    with writing(engine) as session:
        refuse_others(session, who)
        row = open_pair(session, pair_id)
        two = _two(session, row, keep)
        day = now.astimezone(LONDON).date()
        gone = _live(session, two.gone)
        before = as_in(session, at_hand)
        _refuse(session, before, two)
        closed = gone.model_copy(update={"status": "closed", "closed": (day - timedelta(days=1)).isoformat()})
        is_open = gone.status != "closed"
        stranding = refuse_stranding(session, before, gone, closed, although, day) if is_open else None
        merged = MergedListing(service_id=two.gone.id, into_id=two.kept.id, merged_by=who.email, merged_at=now)
        session.add(merged)
        decide(session, row, "merged", who, now)
        _changed(session, two, now)
        if _leads_to_people(before, two.gone.slug):
            _refuse_nobody(before, as_in(session, before), two, day)
        detail: dict[str, object] = {"kept": two.kept.name}
        if stranding:
            detail |= {"although": although.reason.strip(), "stranded": who_is_left(stranding)}
        note(session, Entry(now, who.email, "listing merged", f"listing/{gone.id}", detail))
        return gone.id


def take_apart(engine: Engine, who: SignedIn, slug: str, now: datetime) -> None:
    """Both are as they were before, and the pair waits again.

    Raises ``NotYoursError``, ``NoListingError``, and ``ApartError`` where somebody did it meanwhile.
    """
    with writing(engine) as session:
        refuse_others(session, who)
        gone = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
        if gone is None:
            raise NoListingError(NO_LISTING)
        merged = session.get(MergedListing, gone.id)
        if merged is None:
            raise ApartError(APART)
        two = Two(session.get_one(Service, merged.into_id), gone)
        session.delete(merged)
        _ask_again(session, two)
        _changed(session, two, now)
        note(session, Entry(now, who.email, "listing taken apart", f"listing/{slug}", {"from": two.kept.name}))


def standing_of(engine: Engine, who: SignedIn, slug: str) -> tuple[str, str] | None:
    """Id and name of the listing that stands for this one; None where it stands for itself.

    Raises ``NoListingError`` or ``NotYoursError``.
    """
    with reading(engine) as session:
        standing = standing_for(session, editable_service(session, who, slug))
        return (standing.slug, standing.name) if standing else None


def _two(session: Session, row: LikelyDuplicate, keep: str) -> Two:
    one, other = session.get_one(Service, row.one_id), session.get_one(Service, row.other_id)
    if keep not in {one.slug, other.slug}:
        raise RefusedError("Choose which of the two stays.")
    return Two(one, other) if keep == one.slug else Two(other, one)


def _live(session: Session, service: Service) -> Listing:
    listing = read_listing(session, service.slug)
    if listing is None:
        raise NoListingError(NO_LISTING)
    return listing


def _refuse(session: Session, before: Catalogue, two: Two) -> None:
    """Raises ``RefusedError`` with what has to be done first."""
    kept, gone = two.kept, two.gone
    questionnaire = before.questionnaire
    if gone.slug in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting):
        raise RefusedError(f"{gone.name} is one of the places where anybody can ask. It has to stay. Keep that one.")
    if session.exec(select(MergedListing).where(MergedListing.into_id == gone.id)).first():
        raise RefusedError(f"{gone.name} stands for another listing already. Keep that one, or take those apart first.")
    if session.get(ListingDraft, gone.id):
        raise RefusedError(f"{gone.name} has changes that are not public yet. Decide about them first.")
    if kept.status == "closed" and gone.status != "closed":
        raise RefusedError(f"{kept.name} has closed, and {gone.name} is open. Keep the one that is open.")


def _leads_to_people(catalogue: Catalogue, slug: str) -> bool:
    """Whether somebody to talk to is reached through this listing."""
    questionnaire = catalogue.questionnaire
    routes = {*questionnaire.human_routes, *questionnaire.human_routes_where_fitting} & catalogue.listings.keys()
    return any(door.service == slug for route in routes for door in catalogue.listings[route].reach_through)


def _refuse_nobody(before: Catalogue, after: Catalogue, two: Two, day: date) -> None:
    """Raises ``RefusedError`` where more people than before have nobody to talk to."""
    try:
        then = hole(after, day)
        now = hole(before, day) if then else None
    except TooTangledError as error:
        raise RefusedError(NOBODY_CAN_TELL) from error
    if then and then["sets"] > (now["sets"] if now else 0):
        raise RefusedError(f"{then['people']} would have nobody to talk to. Keep {two.gone.name}.")


def _ask_again(session: Session, two: Two) -> None:
    both = [two.kept.id, two.gone.id]
    of_both = (col(LikelyDuplicate.one_id).in_(both), col(LikelyDuplicate.other_id).in_(both))
    for row in session.exec(select(LikelyDuplicate).where(*of_both, LikelyDuplicate.decided == "merged")):
        row.decided, row.decided_by, row.decided_at = None, None, None
        session.add(row)


def _changed(session: Session, two: Two, now: datetime) -> None:
    """Other programs read of both, and every process makes its pages anew."""
    two.kept.modified_at = two.gone.modified_at = now
    session.add_all([two.kept, two.gone])
    session.flush()
    raise_generation(session)
