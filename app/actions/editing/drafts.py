"""Drafts: what is being written beside the live listing, which stays up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.actions import audit
from app.actions.accounts.sessions import SignedIn
from app.actions.editing.errors import EditError
from app.actions.editing.publication import keep_present, listing_at, live_listing
from app.actions.editing.rights import changeable_service, editable_service
from app.actions.editing.undo import Rules, steps_after
from app.actions.today import LONDON
from app.database import reading, writing
from app.directory.editing.changes import Change, changes
from app.directory.editing.edit_checks import Known, Mistake, mistakes, normalised
from app.directory.editing.edited import SECTIONS, Edited, digest, edited_of
from app.directory.editing.edited_rules import EditedRule
from app.directory.editing.merging import clashes, rebased
from app.directory.listing import Listing, PracticalId
from app.eligibility.questions import Questionnaire, questionnaire_from
from app.models import ListingDraft, ReferenceData, Service, TaxonomyTerm


@dataclass(frozen=True)
class Draft:
    """A draft as it stands on the live version.

    ``clashes`` are fields that the live version changed too since the draft began. ``comments`` are what an admin
    said, by field. ``restored`` is the old version that it was made from, where it was. ``undo``: earlier states of the
    rules, the newest last. ``proposed`` is what a feed says, where the draft came from one, and ``feed`` its name.
    """

    edited: Edited
    state: str
    base: Listing
    base_version: int
    clashes: frozenset[str]
    comments: Mapping[str, str]
    contributors: tuple[str, ...]
    forms: Mapping[str, str]
    updated_at: datetime
    updated_by: str
    sent_at: datetime | None
    sent_by: str | None
    restored: Listing | None
    undo: tuple[Rules, ...] = ()
    feed: str = ""
    proposed: Listing | None = None

    @property
    def others(self) -> tuple[Listing, ...]:
        """What else has the sources of what stands in the draft."""
        return tuple(filter(None, (self.restored, self.proposed)))


@dataclass(frozen=True)
class Managed:
    """A listing as whoever looks after it sees it: what is public, and what is being written."""

    listing: Listing
    version: int
    draft: Draft | None

    @property
    def edited(self) -> Edited:
        """What a form shows: the draft, or the live listing where there is none."""
        return self.draft.edited if self.draft else edited_of(self.listing)

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes(edited_of(self.listing), self.edited) if self.draft else ()

    @property
    def seen(self) -> str:
        """What a form says of the state that it was made from."""
        return f"{self.version}-{digest(self.edited, '')}"


@dataclass(frozen=True)
class Typed:
    """One section of the form as it was sent. ``seen``: digest of the section as the form showed it.

    ``form`` is the random name of the open form: what it saved itself meanwhile does not make it stale.
    """

    section: str
    fields: Mapping[str, Any]
    seen: str
    form: str


class StaleDraftError(EditError):
    """Somebody else saved the section meanwhile, or sent the draft. ``mine`` was typed, and ``theirs`` stands."""

    def __init__(self, message: str, mine: Edited, theirs: Managed) -> None:
        super().__init__(message)
        self.mine, self.theirs = mine, theirs


class NoDraftError(EditError):
    """There is nothing to send, to take back or to throw away."""


class MistakesError(EditError):
    """The draft cannot be sent as it is."""

    def __init__(self, found: Sequence[Mistake]) -> None:
        super().__init__("Put these things right first.")
        self.mistakes = tuple(found)


CHANGED_MEANWHILE = "Somebody else changed this while you were writing. Both versions are below. Nothing is lost."
SENT_MEANWHILE = "This draft is waiting for approval. Take it back to change it. What you wrote is below."


def managed(engine: Engine, who: SignedIn, slug: str) -> Managed:
    """Raises ``NoListingError`` or ``NotYoursError``."""
    with reading(engine) as session:
        return managed_in(session, editable_service(session, who, slug))


def mistakes_in(engine: Engine, who: SignedIn, slug: str, now: datetime) -> tuple[Mistake, ...]:
    """What must be put right in the draft before it can be sent."""
    with reading(engine) as session:
        found = managed_in(session, editable_service(session, who, slug))
        return mistakes(found.edited, known(session, found.listing, now))


def save(engine: Engine, who: SignedIn, slug: str, typed: Typed, now: datetime) -> Managed:
    """Keeps what was typed, also where it will not do yet. A draft that says what is public is no draft.

    Raises ``NoListingError``, ``NotYoursError``, ``MergedListingError`` and ``StaleDraftError``.
    """
    with writing(engine) as session:
        service = changeable_service(session, who, slug)
        before = managed_in(session, service)
        mine = normalised(Edited.model_validate({**before.edited.model_dump(), **typed.fields}))
        if digest(mine, typed.section) == digest(before.edited, typed.section):
            return before
        _refuse_stale(before, mine, typed)
        keep_present(session, service, before.listing, now)
        _store(session, service, before, mine, typed, who, now)
        return managed_in(session, service)


def send(engine: Engine, who: SignedIn, slug: str, seen: str, now: datetime) -> bool:
    """Asks the directory team to approve; False where it was asked already.

    Raises ``NoListingError``, ``NotYoursError``, ``MistakesError``, and ``EditError`` where it is not the draft that
    was seen.
    """
    with writing(engine) as session:
        service = editable_service(session, who, slug)
        before = managed_in(session, service)
        row = _draft_row(session, service)
        if row.state == "sent":
            return False
        if seen != before.seen:
            raise EditError("The draft was changed meanwhile. Read it again, and then send it.")
        if not before.changes:
            raise EditError("The page says all of this already. Throw the draft away.")
        if found := mistakes(before.edited, known(session, before.listing, now)):
            raise MistakesError(found)
        row.state, row.sent_at, row.sent_by, row.comments = "sent", now, who.email, {}
        session.add(row)
        fields = sorted({change.field for change in before.changes})
        audit.note(session, audit.Entry(now, who.email, "draft sent", f"listing/{slug}", {"fields": fields}))
        return True


def take_back(engine: Engine, who: SignedIn, slug: str, now: datetime) -> None:
    """A draft that waits can be written on again. Raises ``NoDraftError`` and what ``managed`` raises."""
    with writing(engine) as session:
        row = _draft_row(session, editable_service(session, who, slug))
        if row.state == "sent":
            row.state, row.sent_at, row.sent_by = "open", None, None
            session.add(row)
            audit.note(session, audit.Entry(now, who.email, "draft taken back", f"listing/{slug}"))


def discard(engine: Engine, who: SignedIn, slug: str, seen: str, now: datetime) -> None:
    """Throws the draft away. Raises ``EditError`` where it is not the one that was seen."""
    with writing(engine) as session:
        service = editable_service(session, who, slug)
        before = managed_in(session, service)
        row = _draft_row(session, service)
        if seen != before.seen:
            raise EditError("The draft was changed meanwhile. Read it again before you throw it away.")
        session.delete(row)
        said = [{"field": one.field, "before": one.before, "after": one.after} for one in before.changes]
        audit.note(session, audit.Entry(now, who.email, "draft discarded", f"listing/{slug}", {"changes": said}))


def managed_in(session: Session, service: Service) -> Managed:
    live = live_listing(session, service)
    row = session.get(ListingDraft, service.id)
    return Managed(live, service.version, _draft_of(session, service, live, row) if row else None)


def known(session: Session, listing: Listing, now: datetime) -> Known:
    """What a draft of this listing may name."""
    return Known(
        own=listing.id,
        practical=get_args(PracticalId),
        listings=dict(session.exec(select(Service.slug, Service.status)).all()),
        goals=frozenset(session.exec(select(TaxonomyTerm.code)).all()),
        # What only informs has nobody to get in touch with.
        has_doors=bool(listing.reach_through) or listing.role == "information",
        today=now.astimezone(LONDON).date(),
        questionnaire=_questionnaire(session),
    )


def _questionnaire(session: Session) -> Questionnaire | None:
    row = session.get(ReferenceData, "questions")
    return questionnaire_from(row.body) if row else None


def _draft_of(session: Session, service: Service, live: Listing, row: ListingDraft) -> Draft:
    written = Edited.model_validate(row.body)
    base = live if row.base_version == service.version else listing_at(session, service, row.base_version)
    ends = (edited_of(base), edited_of(live), written)
    return Draft(
        edited=rebased(*ends),
        state=row.state,
        base=base,
        base_version=row.base_version,
        clashes=clashes(*ends),
        comments=row.comments,
        contributors=tuple(row.contributors),
        forms=row.forms,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        restored=listing_at(session, service, row.restored_from) if row.restored_from else None,
        undo=tuple(tuple(map(EditedRule.model_validate, rules)) for rules in row.undo),
        feed=row.proposed.get("feed", ""),
        proposed=Listing.model_validate(row.proposed["listing"]) if row.proposed else None,
    )


def _refuse_stale(before: Managed, mine: Edited, typed: Typed) -> None:
    if before.draft and before.draft.state == "sent":
        raise StaleDraftError(SENT_MEANWHILE, mine, before)
    saved_by = before.draft.forms.get(typed.section) if before.draft else None
    if digest(before.edited, typed.section) != typed.seen and saved_by != typed.form:
        raise StaleDraftError(CHANGED_MEANWHILE, mine, before)


def _store(
    session: Session,
    service: Service,
    before: Managed,
    mine: Edited,
    typed: Typed,
    who: SignedIn,
    now: datetime,
) -> None:
    row = session.get(ListingDraft, service.id)
    if mine == edited_of(before.listing):
        if row:
            session.delete(row)
            session.flush()
        return
    if row is None:
        row = ListingDraft(
            service_id=service.id, body={}, base_version=0, state="open", updated_at=now, updated_by=who.email
        )
    body, row.base_version = _beside(service, before, mine, typed.section)
    row.body = body.model_dump(mode="json")
    steps = steps_after(before.draft.undo if before.draft else (), before.edited.rules, mine.rules)
    row.undo = [[rule.model_dump(mode="json") for rule in rules] for rules in steps]
    row.forms = {**row.forms, typed.section: typed.form}
    row.contributors = sorted({*row.contributors, str(who.user_id)})
    row.updated_at, row.updated_by = now, who.email
    session.add(row)
    session.flush()


def _beside(service: Service, before: Managed, mine: Edited, section: str) -> tuple[Edited, int]:
    """What to keep of ``mine``, and the version that it stands on: the live one, so that what stands there now is what
    it changes. Where other sections still clash, the old one, as long as the draft that is read again is ``mine``."""
    draft, live = before.draft, edited_of(before.listing)
    if draft and _clashes_elsewhere(before, section):
        base = edited_of(draft.base)
        kept = rebased(live, base, mine)
        if rebased(base, live, kept) == mine:
            return kept, draft.base_version
    return mine, service.version


def _clashes_elsewhere(before: Managed, section: str) -> bool:
    """Whether other sections still clash with the live version: whoever comes to them must be told."""
    clashing = {field.partition("-")[0] for field in before.draft.clashes} if before.draft else set()
    return bool(clashing - set(SECTIONS[section]))


def _draft_row(session: Session, service: Service) -> ListingDraft:
    row = session.get(ListingDraft, service.id)
    if row is None:
        raise NoDraftError("There is no draft. It was approved, or somebody threw it away.")
    return row
