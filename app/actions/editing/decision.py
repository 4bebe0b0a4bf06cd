"""An admin decides about each change of a draft: what is accepted is public, and the rest goes back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions import audit
from app.actions.accounts.sessions import SignedIn
from app.actions.editing.consequences import refuse_dead_ends
from app.actions.editing.drafts import MistakesError, known, managed_in
from app.actions.editing.errors import EditError
from app.actions.editing.publication import Made, publish
from app.actions.editing.review import Review, review_in, reviewable
from app.actions.editing.stranding import NOTHING_SAID, PUBLISHED_ALTHOUGH, Although, refuse_stranding, who_is_left
from app.actions.impact import ImpactInWords
from app.actions.today import LONDON
from app.catalogue import Catalogue
from app.database import writing
from app.directory.editing.changes import Change, with_changes
from app.directory.editing.edit_checks import mistakes
from app.directory.editing.edited import edited_of
from app.directory.editing.sourcing import Statement, listing_of, statement
from app.models import ListingDraft, Membership, Service


@dataclass(frozen=True)
class Decision:
    """What an admin says to one change. Whoever returns one says why."""

    accept: bool
    comment: str = ""


@dataclass(frozen=True)
class Verdict:
    """All decisions on a draft, by the id of the change. ``seen`` is that of the draft; ``note`` is for the history.

    ``although``: whether and why it is published where people are left with no programme.
    """

    seen: str
    decisions: Mapping[str, Decision]
    note: str = ""
    although: Although = NOTHING_SAID


@dataclass(frozen=True)
class Decided:
    """``version``: the number of what is public now; None where all was returned. ``returned``: with the reasons.

    ``written_by`` are ids of accounts.
    """

    name: str
    version: int | None
    accepted: tuple[Change, ...]
    returned: tuple[tuple[Change, str], ...]
    written_by: tuple[str, ...]


@dataclass(frozen=True)
class _Published:
    """The number of the version, and what it does where it leaves people with no programme."""

    number: int
    stranding: ImpactInWords | None


class MovedError(EditError):
    """The draft, or what is public, is not what the admin looked at."""


class OwnDraftError(EditError):
    """Nobody approves what they wrote, where another admin can."""


class UndecidedError(EditError):
    """``places``: the changes that still want a decision, or a reason, each with its sentence."""

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__("Decide about each change.")
        self.places = places


OWN = "You wrote some of this yourself. Ask another admin to approve it."
MOVED = "The draft or the page was changed meanwhile. Look at it again. What you wrote is kept below."


def decide(engine: Engine, catalogue: Catalogue, who: SignedIn, slug: str, verdict: Verdict, now: datetime) -> Decided:
    """Publishes what is accepted, and gives the rest back to whoever wrote it. ``catalogue`` is the one at hand.

    Raises what ``review`` raises, ``MovedError``, ``OwnDraftError``, ``UndecidedError``, ``MistakesError`` where what
    is accepted cannot stand alone, ``StrandsError`` where people would be left with no programme and nobody said why,
    and ``EditError`` where somebody would be led to a closed door, or to nobody.
    """
    with writing(engine) as session:
        service = reviewable(session, who, slug)
        found = review_in(session, who, service)
        if verdict.seen != found.managed.seen:
            raise MovedError(MOVED)
        if not found.may_decide:
            raise OwnDraftError(OWN)
        decisions = {id_: Decision(one.accept, one.comment.strip()) for id_, one in verdict.decisions.items()}
        _refuse_undecided(found.changes, decisions)
        accepted = tuple(change for change in found.changes if decisions[change.id].accept)
        returned = tuple((one, decisions[one.id].comment) for one in found.changes if not decisions[one.id].accept)
        verdict = replace(verdict, decisions=decisions)
        published = _publish(session, catalogue, who, service, found, accepted, verdict, now) if accepted else None
        _return(session, service, returned)
        _note(session, who, slug, found, verdict, published, now)
        number = published.number if published else None
        return Decided(found.managed.listing.name, number, accepted, returned, found.draft.contributors)


def _refuse_undecided(changes: Iterable[Change], decisions: Mapping[str, Decision]) -> None:
    places = {}
    for change in changes:
        decision = decisions.get(change.id)
        if decision is None:
            places[change.id] = "Accept this change, or send it back."
        elif not decision.accept and not decision.comment:
            places[change.id] = "Say why you send it back, so that they know what to do."
    if places:
        raise UndecidedError(places)


def _publish(
    session: Session,
    catalogue: Catalogue,
    who: SignedIn,
    service: Service,
    found: Review,
    accepted: Sequence[Change],
    verdict: Verdict,
    now: datetime,
) -> _Published:
    live, draft = found.managed.listing, found.draft
    result = with_changes(edited_of(live), draft.edited, {change.id for change in accepted})
    if wrong := mistakes(result, known(session, live, now)):
        raise MistakesError(wrong)
    said = _statement(session, service, live.organisation, draft.contributors, now)
    listing = listing_of(result, live, said, draft.others)
    refuse_dead_ends(session, live, listing)
    stranding = refuse_stranding(session, catalogue, live, listing, verdict.although, now.astimezone(LONDON).date())
    note = _note_of(verdict, stranding)
    made = Made("edited", found.written_by, approved_by=who.email, own_approval=found.own, note=note)
    return _Published(publish(session, listing, made, now), stranding)


def _note_of(verdict: Verdict, stranding: ImpactInWords | None) -> str | None:
    """What the history says beside the version."""
    lines = [verdict.note.strip()]
    if stranding:
        lines.append(PUBLISHED_ALTHOUGH.format(reason=verdict.although.reason.strip()))
    return "\n".join(filter(None, lines)) or None


def _statement(
    session: Session, service: Service, organisation: str | None, contributors: tuple[str, ...], now: datetime
) -> Statement:
    """What people of the organisation wrote is what it says; what the directory team wrote alone is what that says."""
    wrote = session.exec(
        select(Membership.id).where(
            Membership.organization_id == service.organization_id,
            col(Membership.user_id).in_([UUID(id_) for id_ in contributors]),
        )
    ).first()
    return statement(organisation if wrote else None, now.astimezone(LONDON).date().isoformat())


def _return(session: Session, service: Service, returned: Sequence[tuple[Change, str]]) -> None:
    row = session.get_one(ListingDraft, service.id)
    if not returned:
        session.delete(row)
        return
    row.body = managed_in(session, service).edited.model_dump(mode="json")
    row.base_version = service.version
    row.state, row.sent_at, row.sent_by = "returned", None, None
    row.comments = _comments(returned)
    session.add(row)


def _comments(returned: Iterable[tuple[Change, str]]) -> dict[str, str]:
    """By field, or by question where the field has several."""
    said: dict[str, str] = {}
    for change, comment in returned:
        place = f"{change.field}-{change.key}" if change.key else change.field
        said[place] = f"{said[place]}\n{comment}" if place in said else comment
    return said


def _note(
    session: Session,
    who: SignedIn,
    slug: str,
    found: Review,
    verdict: Verdict,
    published: _Published | None,
    now: datetime,
) -> None:
    for action, accept in (("change approved", True), ("change returned", False)):
        some = [one for one in found.changes if verdict.decisions[one.id].accept is accept]
        if some:
            said = [_told(one, verdict.decisions[one.id].comment) for one in some]
            detail: dict[str, object] = {
                "version": published.number if published else None,
                "own": found.own,
                "changes": said,
            }
            if accept and published and published.stranding:
                detail |= {"although": verdict.although.reason.strip(), "stranded": who_is_left(published.stranding)}
            audit.note(session, audit.Entry(now, who.email, action, f"listing/{slug}", detail))


def _told(change: Change, comment: str) -> dict[str, object]:
    said: dict[str, object] = {"field": change.field, "before": change.before, "after": change.after}
    return {**said, "comment": comment} if comment else said
