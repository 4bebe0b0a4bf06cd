"""A small catalogue with people who edit it, for tests of several floors."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts import sessions
from app.actions.accounts.sessions import SignedIn
from app.actions.editing import decision, drafts, publication, review
from app.actions.editing.decision import Decided, Decision, Verdict
from app.actions.editing.drafts import Managed, Typed
from app.actions.editing.publication import FILES, Made
from app.actions.editing.stranding import Although, StrandsError
from app.actions.exchange import load_seed
from app.catalogue import Catalogue, make_catalogue
from app.database import reading, writing
from app.directory.editing.edited import SECTIONS, digest
from app.directory.listing import Listing
from app.exchange.rows import read_listing, read_published
from app.models import AuditEntry, Membership, UserAccount, row_id
from app.search.bundle import Search, make_search
from tests.accounts import NOW, an_organisation, who_is
from tests.exchange.seed_sets import write_seed
from tests.seeds import published_seed

DOOR, OLD_DOOR, OTHER_DOOR = "open-door", "old-door", "other-door"
EDITOR, SECOND, STRANGER = "editor@helpers.example", "second@helpers.example", "editor@quay.example"
ADMIN, OTHER_ADMIN = "admin@example.org", "other-admin@example.org"
LOADED = datetime(2026, 11, 20, 9, 0, tzinfo=NOW.tzinfo)
"""When the files came in; whatever is edited comes at NOW, or later."""


def small_catalogue(engine: Engine, folder: Path) -> None:
    """Open Door is of the Helpers, Old Door closed and leads to it, and Other Door is one of the human routes."""
    assert not load_seed(engine, write_seed(folder), LOADED).rejected
    an_organisation(engine, "quay")


def editor(engine: Engine, email: str = EDITOR, organisation: str = "helpers") -> SignedIn:
    with writing(engine) as session:
        user = _user(email)
        session.add(user)
        session.flush()
        session.add(Membership(user_id=user.id, organization_id=row_id("organization", organisation), role="editor"))
    return signed_in(engine, email)


def admin(engine: Engine, email: str = ADMIN) -> SignedIn:
    with writing(engine) as session:
        session.add(_user(email, directory_admin=True, authenticator_secret="of a phone"))
    return signed_in(engine, email)


def _user(email: str, **fields: Any) -> UserAccount:
    return UserAccount(email=email, created_at=LOADED, **fields)


def signed_in(engine: Engine, email: str) -> SignedIn:
    with writing(engine) as session:
        user = session.exec(select(UserAccount).where(UserAccount.email == email)).one()
        secret = sessions.begin(session, user, NOW)
    return who_is(engine, secret)


def write(
    engine: Engine, who: SignedIn, slug: str = DOOR, *, form: str = "", now: datetime = NOW, **fields: Any
) -> Managed:
    """Saves these fields as somebody who has just opened the page."""
    section = section_of(next(iter(fields)))
    seen = digest(drafts.managed(engine, who, slug).edited, section)
    return drafts.save(engine, who, slug, Typed(section, fields, seen, form or who.email), now)


def section_of(field: str) -> str:
    return next(section for section, fields in SECTIONS.items() if field in fields)


def send(engine: Engine, who: SignedIn, slug: str = DOOR, now: datetime = NOW) -> None:
    drafts.send(engine, who, slug, drafts.managed(engine, who, slug).seen, now)


def decide(
    engine: Engine,
    who: SignedIn,
    slug: str = DOOR,
    *,
    returned: Mapping[str, str] | None = None,
    note: str = "",
    although: str = "",
    now: datetime = NOW,
) -> Decided:
    """Accepts everything but what is ``returned``, by the id of the change with the reason.

    ``although`` is the reason for publishing it where people are left with no programme.
    """
    found = review.review(engine, who, slug)
    reasons = returned or {}
    decisions = {change.id: Decision(change.id not in reasons, reasons.get(change.id, "")) for change in found.changes}
    verdict, catalogue = Verdict(found.managed.seen, decisions, note), catalogue_of(engine)
    try:
        return decision.decide(engine, catalogue, who, slug, verdict, now)
    except StrandsError as refused:
        if not although:
            raise
        verdict = replace(verdict, although=Although(yes=True, reason=although, seen=refused.impact.sign))
        return decision.decide(engine, catalogue, who, slug, verdict, now)


def catalogue_of(engine: Engine) -> Catalogue:
    """What is public, without a search."""
    with reading(engine) as session:
        return make_catalogue(read_published(session), Path(), _no_search())


@cache
def _no_search() -> Search:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_search(folder, 0, {}, {}, published_seed().reference)


def publish(
    engine: Engine, writer: SignedIn, approver: SignedIn, slug: str = DOOR, *, although: str = "", **fields: Any
) -> Decided:
    """Writes, sends and approves in one go."""
    write(engine, writer, slug, **fields)
    send(engine, writer, slug)
    return decide(engine, approver, slug, although=although)


def publish_beside(engine: Engine, slug: str, summary: str, now: datetime) -> None:
    """The page gets a new summary, and the draft stays as it is: as when files are loaded."""
    with writing(engine) as session:
        listing = read_listing(session, slug)
        assert listing
        publication.publish(session, listing.model_copy(update={"summary": summary}), Made("imported", (FILES,)), now)


def live(engine: Engine, slug: str = DOOR) -> Listing:
    with reading(engine) as session:
        listing = read_listing(session, slug)
    assert listing
    return listing


def noted(engine: Engine) -> list[AuditEntry]:
    """The audit trail, the oldest first."""
    with reading(engine) as session:
        return list(session.exec(select(AuditEntry).order_by(AuditEntry.id)).all())  # type: ignore[arg-type]
