"""Takes a report from a reader who is not signed in, and holds off what is no report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import Engine, and_, or_
from sqlmodel import Session, col, select

from app.actions.accounts.rules import AccountError, folded_email
from app.actions.accounts.tokens import keyed
from app.actions.editing.errors import NoListingError
from app.actions.editing.rights import NO_LISTING
from app.actions.listing_people import people_of
from app.actions.reports.errors import Mistake, ReportMistakesError, TooFastError, TooManyError, TooOldError
from app.actions.reports.stamps import age_of
from app.actions.reports.wiping import wipe
from app.database import writing
from app.directory.reports import (
    IN_ALL,
    LONGEST_TEXT,
    LOOKED_BACK,
    PER_ADDRESS,
    PER_LISTING,
    SHORTEST_TEXT,
    About,
    readable,
    same,
)
from app.models import ListingReport, Service

FROM_YOU = "Several reports have come from your internet connection within an hour."
ABOUT_THIS = "Several people have told us about this page today. Somebody will look at it."
FROM_ALL = "Many reports have come in within an hour."


@dataclass(frozen=True)
class Sent:
    """The form as it came. ``unseen`` is the field that no person sees; ``stamp`` says when the form was opened."""

    about: str = ""
    text: str = ""
    email: str = ""
    unseen: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class _Said:
    """The form, checked. ``text`` is without what cannot be seen."""

    about: About
    text: str
    email: str | None


@dataclass(frozen=True)
class Taken:
    """A report that is kept, and the addresses of those who are told."""

    slug: str
    name: str
    about: About
    text: str
    readers: tuple[str, ...]


def take(engine: Engine, key: str, slug: str, sent: Sent, address: str, now: datetime) -> Taken | None:
    """None where nothing is kept: a machine sent it, or the same was said before. ``address`` is of the network.

    Raises ``ReportMistakesError``, ``TooFastError``, ``TooOldError``, ``TooManyError`` or ``NoListingError``.
    """
    if sent.unseen:
        return None
    said = _checked(sent)
    _check_stamp(key, slug, sent.stamp, now)
    address_hash = keyed(key, "report address", address).hex()
    with writing(engine) as session:
        service = session.exec(select(Service).where(Service.slug == slug)).one_or_none()
        if service is None:
            raise NoListingError(NO_LISTING)
        earlier = _earlier(session, service, now)
        if twin := next((one for one in earlier if one.service_id == service.id and same(one.text, said.text)), None):
            if twin.outcome is None and twin.email is None and twin.address_hash == address_hash:
                # Somebody sent it, thought of their e-mail address, and sent it again.
                twin.email = said.email
            return None
        _check_limits(earlier, service, address_hash, now)
        wipe(session, now)
        readers = tuple(reader.email for reader in people_of(session, service).nearest)
        session.add(
            ListingReport(
                service_id=service.id,
                about=said.about,
                text=said.text,
                email=said.email,
                address_hash=address_hash,
                reported_at=now,
            )
        )
        return Taken(slug, service.name, said.about, said.text, readers)


def _checked(sent: Sent) -> _Said:
    """Raises ``ReportMistakesError``."""
    about = next((about for about in get_args(About) if about == sent.about), None)
    text, (email, wrong) = readable(sent.text), _email(sent.email)
    mistakes = (*_mistakes(about, text), *wrong)
    if about is None or mistakes:
        raise ReportMistakesError(mistakes)
    return _Said(about, text, email)


def _mistakes(about: About | None, text: str) -> Iterator[Mistake]:
    if about is None:
        yield Mistake("about", "Choose what it is about.")
    if not text:
        yield Mistake("text", "Tell us what is wrong.")
    elif len(text) < SHORTEST_TEXT:
        yield Mistake("text", f"Tell us a little more: {SHORTEST_TEXT} characters or more.")
    elif len(text) > LONGEST_TEXT:
        yield Mistake("text", f"It must have {LONGEST_TEXT:,} characters or fewer. Now it has {len(text):,}.")


def _email(typed: str) -> tuple[str | None, tuple[Mistake, ...]]:
    if not typed.strip():
        return None, ()
    try:
        return folded_email(typed), ()
    except AccountError as error:
        return None, (Mistake("email", f"{error.message} Or leave it empty."),)


def _check_stamp(key: str, slug: str, stamp: str, now: datetime) -> None:
    age = age_of(key, slug, stamp, now)
    if age == "too_fast":
        raise TooFastError
    if age == "too_old":
        raise TooOldError


def _earlier(session: Session, service: Service, now: datetime) -> list[ListingReport]:
    """All that the limits count, and what waits for an answer on this listing."""
    counted = col(ListingReport.reported_at) > now - LOOKED_BACK
    waits = and_(col(ListingReport.service_id) == service.id, col(ListingReport.outcome).is_(None))
    return list(session.exec(select(ListingReport).where(or_(counted, waits))).all())


def _check_limits(earlier: list[ListingReport], service: Service, address_hash: str, now: datetime) -> None:
    """Raises ``TooManyError``."""
    from_here = [one.reported_at for one in earlier if one.address_hash == address_hash]
    about_this = [one.reported_at for one in earlier if one.service_id == service.id]
    in_all = [one.reported_at for one in earlier]
    for limit, moments, sentence in (
        (PER_ADDRESS, from_here, FROM_YOU),
        (PER_LISTING, about_this, ABOUT_THIS),
        (IN_ALL, in_all, FROM_ALL),
    ):
        if free_at := limit.free_at(moments, now):
            raise TooManyError(sentence, free_at)
