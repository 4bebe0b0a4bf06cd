"""E-mails about drafts: to the directory team when one is sent, and to whoever wrote it when it is decided."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Engine, and_, or_
from sqlmodel import col, select

from app.actions.editing.decision import Decided
from app.database import reading
from app.mail import Letter
from app.models import Membership, Service, UserAccount

FOOT = "No Wrong Door: health and work in North Central London"


def admins_to_tell(engine: Engine) -> Sequence[str]:
    """The addresses of all who can approve."""
    is_admin = (col(UserAccount.directory_admin).is_(True), col(UserAccount.disabled_at).is_(None))
    with reading(engine) as session:
        return session.exec(select(UserAccount.email).where(*is_admin).order_by(col(UserAccount.email))).all()


def authors_to_tell(engine: Engine, slug: str, written_by: Sequence[str]) -> Sequence[str]:
    """The addresses of those who wrote the draft, as far as they may still see it, and of the owners of the
    organisation that runs the service."""
    members = (
        select(Membership.user_id)
        .join(Service, col(Service.organization_id) == col(Membership.organization_id))
        .where(Service.slug == slug)
    )
    owners = members.where(Membership.role == "owner")
    wrote = col(UserAccount.id).in_([UUID(id_) for id_ in written_by])
    may_see = or_(col(UserAccount.directory_admin), col(UserAccount.id).in_(members))
    chosen = or_(and_(wrote, may_see), col(UserAccount.id).in_(owners))
    with reading(engine) as session:
        rows = select(UserAccount.email).where(chosen, col(UserAccount.disabled_at).is_(None))
        return session.exec(rows.order_by(col(UserAccount.email))).all()


def sent_letter(to: str, site: str, slug: str, name: str, sent_by: str) -> Letter:
    """To an admin. ``site`` is that of the settings."""
    return _letter(
        to,
        f"Changes to approve: {name}",
        f"{sent_by} sent changes of the listing “{name}”. They are not public yet.",
        "Open this page to look at them:",
        f"{site}/admin/approvals/{slug}",
    )


def decided_letter(to: str, site: str, slug: str, decided: Decided, labels: Sequence[str]) -> Letter:
    """To whoever wrote the draft. ``labels`` name the fields of ``decided.returned`` in words."""
    return _letter(
        to,
        f"The directory team looked at your changes: {decided.name}",
        *_outcome(decided),
        *(f"{label}: {comment}" for label, (_, comment) in zip(labels, decided.returned, strict=True)),
        "Open this page to see the listing:",
        f"{site}/manage/{slug}",
    )


def _outcome(decided: Decided) -> Iterator[str]:
    if decided.accepted:
        yield f"{_changes(len(decided.accepted))} of the listing “{decided.name}” {_is(decided.accepted)} public now."
    if decided.returned:
        which = f"{_changes(len(decided.returned))} came back to you"
        yield f"{which}. You can put things right and send your changes again. The directory team says:"


def _changes(number: int) -> str:
    return "One change" if number == 1 else f"{number} changes"


def _is(some: Sequence[object]) -> str:
    return "is" if len(some) == 1 else "are"


def _letter(to: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(to, " ".join(subject.split()), "\n\n".join((*paragraphs, FOOT)) + "\n")
