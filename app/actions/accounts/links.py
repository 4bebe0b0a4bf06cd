"""Links in e-mails: invitations, and resets of a forgotten password. Each works once, and not for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.care import check_admin
from app.actions.accounts.owners import role_detail, set_role
from app.actions.accounts.passwords import password_hash
from app.actions.accounts.rules import AccountError, check_password, folded_email
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.sign_in import set_password, user_with
from app.actions.accounts.teams import check_right
from app.actions.accounts.tokens import hashed, new_token
from app.actions.audit import COMMAND_LINE, Entry
from app.database import reading, writing
from app.models import EmailLink, Membership, Organization, UserAccount

INVITATION_DAYS = 7
RESET_MINUTES = 60
OVER = "This link does not work any more. It was used, or it is too old."
ROLES = ("editor", "owner")
ADMIN = "admin"


class LinkError(AccountError):
    """The link was used, is too old, or never was."""


@dataclass(frozen=True)
class Link:
    """What a link offers. ``organisation`` and ``role`` are of an invitation; that of an admin has no organisation."""

    purpose: str
    email: str
    organisation: str | None
    role: str | None
    needs_password: bool


@dataclass(frozen=True)
class Invitation:
    """Whom to ask, and to be what, as it was typed or chosen."""

    email: str
    role: str
    organization_id: UUID | None


def organisations_to_invite_to(engine: Engine, who: SignedIn) -> Sequence[tuple[UUID, str]]:
    """(id, name) of those that this person may ask others into: owners their own, admins all."""
    if not who.directory_admin:
        return [(role.organization_id, role.organisation) for role in who.roles if role.role == "owner"]
    with reading(engine) as session:
        return list(session.exec(select(Organization.id, Organization.name).order_by(col(Organization.name))).all())


def invite_as(engine: Engine, who: SignedIn, invitation: Invitation, now: datetime) -> str:
    """The token of an invitation that this person may give. Raises ``AccountError``."""
    if not _may_give(who, invitation):
        raise AccountError("You cannot invite people to this organisation.")
    return invite(engine, invitation, now, who)


def _may_give(who: SignedIn, invitation: Invitation) -> bool:
    place = invitation.organization_id
    if place is None:
        return invitation.role == ADMIN and who.directory_admin
    return invitation.role in ROLES and (who.directory_admin or who.owns(place))


def invite(engine: Engine, invitation: Invitation, now: datetime, by: SignedIn | None = None) -> str:
    """The token of an invitation. ``by`` is who gives it; None at the command line. Raises ``AccountError``."""
    email = folded_email(invitation.email)
    with writing(engine) as session:
        organization_id = invitation.organization_id
        organization = session.get(Organization, organization_id) if organization_id else None
        if organization_id and organization is None:
            raise AccountError("There is no such organisation.")
        if by and organization:
            check_right(session, by, organization)
        elif by:
            check_admin(session, by)
        detail = role_detail(session, organization_id, invitation.role)
        audit.note(session, Entry(now, by.email if by else COMMAND_LINE, "invitation sent", f"person/{email}", detail))
        _forget_old(session, now)
        token = new_token()
        session.add(
            EmailLink(
                token_hash=hashed(token),
                purpose="invitation",
                email=email,
                organization_id=organization_id,
                role=invitation.role,
                expires_at=now + timedelta(days=INVITATION_DAYS),
            )
        )
        return token


def reset(engine: Engine, email: str, now: datetime) -> str | None:
    """The token of a link to choose a new password; None where nobody has this address."""
    with writing(engine) as session:
        user = user_with(session, email)
        if user is None or user.disabled_at:
            return None
        _forget_old(session, now)
        token, ends = new_token(), now + timedelta(minutes=RESET_MINUTES)
        session.add(EmailLink(token_hash=hashed(token), purpose="reset", email=user.email, expires_at=ends))
        return token


def look_at(engine: Engine, token: str, now: datetime) -> Link:
    """What the link offers. Changes nothing. Raises ``LinkError``."""
    with reading(engine) as session:
        row = _open_link(session, token, now)
        user = user_with(session, row.email)
        organisation = session.get(Organization, row.organization_id) if row.organization_id else None
        return Link(
            purpose=row.purpose,
            email=row.email,
            organisation=organisation.name if organisation else None,
            role=row.role,
            needs_password=row.purpose == "reset" or user is None or user.password_hash is None,
        )


def use(engine: Engine, token: str, password: str, now: datetime) -> Link:
    """Does what the link offers. ``password`` counts where one is needed.

    Raises ``LinkError``, and ``NewPasswordError``: the link then still works.
    """
    link = look_at(engine, token, now)
    new_hash = None
    if link.needs_password:
        check_password(password, link.email)
        new_hash = password_hash(password)
    with writing(engine) as session:
        row = _open_link(session, token, now)
        row.used_at = now
        session.add(row)
        user = user_with(session, row.email) or UserAccount(email=row.email, created_at=now)
        session.add(user)
        session.flush()
        if new_hash:
            set_password(session, user, new_hash, now)
        _give_role(session, user, row)
        detail = role_detail(session, row.organization_id, row.role)
        done = "password reset" if link.purpose == "reset" else "invitation accepted"
        audit.note(session, Entry(now, user.email, done, f"person/{user.email}", detail))
    return link


def _give_role(session: Session, user: UserAccount, row: EmailLink) -> None:
    """Whoever was signed in with other rights signs in again. An owner who is invited as an editor stays an owner."""
    if row.role is None:
        return
    if row.organization_id:
        if not _owns(session, user, row.organization_id):
            set_role(session, user.id, row.organization_id, row.role)
    elif row.role == ADMIN:
        user.directory_admin = True
        session.add(user)
        sessions.end_all(session, user.id)


def _owns(session: Session, user: UserAccount, organization_id: UUID) -> bool:
    here = (Membership.user_id == user.id, Membership.organization_id == organization_id)
    return session.exec(select(Membership).where(*here, Membership.role == "owner")).first() is not None


def _forget_old(session: Session, now: datetime) -> None:
    """Nobody needs the address of somebody who did not come."""
    session.exec(delete(EmailLink).where(col(EmailLink.expires_at) <= now))


def _open_link(session: Session, token: str, now: datetime) -> EmailLink:
    row = session.exec(select(EmailLink).where(EmailLink.token_hash == hashed(token))).one_or_none()
    if row is None or row.used_at or row.expires_at <= now:
        raise LinkError(OVER)
    user = user_with(session, row.email)
    if user and user.disabled_at:
        raise LinkError(OVER)
    return row
