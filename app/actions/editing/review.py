"""Approval: what waits for it, and what an admin sees before deciding. ``decision`` does what they decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.editing.drafts import Draft, Managed, managed_in
from app.actions.editing.errors import EditError, NotYoursError
from app.actions.editing.rights import editable_service, is_admin
from app.database import reading
from app.directory.editing.changes import Change
from app.models import Service, UserAccount

NOT_WAITING = "This draft does not wait for approval any more. Somebody decided, took it back, or threw it away."


class NotWaitingError(EditError):
    """There is nothing to decide."""


@dataclass(frozen=True)
class Review:
    """A draft that waits for approval. ``own``: whoever looks at it wrote some of it themselves."""

    managed: Managed
    draft: Draft
    changes: tuple[Change, ...]
    written_by: tuple[str, ...]
    own: bool
    only_admin: bool

    @property
    def may_decide(self) -> bool:
        return not self.own or self.only_admin


def review(engine: Engine, who: SignedIn, slug: str) -> Review:
    """Raises ``NoListingError``, ``NotYoursError``, and ``NotWaitingError`` where nothing waits."""
    with reading(engine) as session:
        return review_in(session, who, reviewable(session, who, slug))


def reviewable(session: Session, who: SignedIn, slug: str) -> Service:
    """The row of a listing about which this person decides. Raises ``NoListingError`` or ``NotYoursError``."""
    if not is_admin(session, who):
        raise NotYoursError("Only the directory team approves changes.")
    return editable_service(session, who, slug)


def review_in(session: Session, who: SignedIn, service: Service) -> Review:
    """Raises ``NotWaitingError``."""
    found = managed_in(session, service)
    if found.draft is None or found.draft.state != "sent":
        raise NotWaitingError(NOT_WAITING)
    admins = session.exec(
        select(func.count())
        .select_from(UserAccount)
        .where(col(UserAccount.directory_admin).is_(True), col(UserAccount.disabled_at).is_(None))
    ).one()
    return Review(
        managed=found,
        draft=found.draft,
        changes=found.changes,
        written_by=tuple(filter(None, (found.draft.feed, *_emails(session, found.draft.contributors)))),
        own=str(who.user_id) in found.draft.contributors,
        only_admin=admins == 1,
    )


def _emails(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    wanted = [UUID(id_) for id_ in ids]
    rows = select(UserAccount.email).where(col(UserAccount.id).in_(wanted)).order_by(col(UserAccount.email))
    return tuple(session.exec(rows).all())
