"""The organisations that run services, as the directory team keeps them. What changes here is public at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from app.actions.accounts.care import check_admin
from app.actions.accounts.owners import owner_counts
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.organisation_words import (
    Mistake,
    OrganisationWords,
    mistakes,
    organisation_from,
    slug_from,
    words_of,
)
from app.actions.audit import Entry, note
from app.database import reading, writing
from app.directory.listing import Organisation
from app.exchange.rows import raise_generation, read_organisations, touch, write_organisation
from app.models import Organization, Service, row_id

ADDRESS_OF_FORM = "new"
"""No organisation has this id: there stands the form for a new one."""


class NoOrganisationError(Exception):
    """There is no organisation with this id."""


class MistakesError(Exception):
    """What was typed cannot be kept as it is."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__()
        self.mistakes = mistakes


class StaleOrganisationError(Exception):
    """Somebody changed the organisation since the form was opened. ``now`` is how it stands."""

    def __init__(self, now: "OrganisationShown") -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True)
class OrganisationRow:
    """One line of the list. ``owners`` is how many can sign in."""

    slug: str
    name: str
    listings: int
    owners: int


@dataclass(frozen=True)
class OrganisationShown:
    """What a form shows. ``seen`` is the same for the same words, and goes back with the form."""

    slug: str
    words: OrganisationWords
    seen: str


def all_organisations(engine: Engine) -> Sequence[OrganisationRow]:
    """By name."""
    with reading(engine) as session:
        owners = owner_counts(session)
        counted = select(Service.organization_id, func.count()).group_by(col(Service.organization_id))
        listings = dict(session.exec(counted).all())
        rows = session.exec(select(Organization).order_by(func.lower(Organization.name))).all()
        return [OrganisationRow(row.slug, row.name, listings.get(row.id, 0), owners.get(row.id, 0)) for row in rows]


def organisation_shown(engine: Engine, slug: str) -> OrganisationShown:
    """Raises ``NoOrganisationError``."""
    with reading(engine) as session:
        return _shown(slug, _organisation(session, slug))


def listings_of(engine: Engine, slug: str) -> Sequence[tuple[str, str, str]]:
    """(id, name, status) of each of its listings, by name."""
    of = select(Service.slug, Service.name, Service.status).where(
        Service.organization_id == row_id("organization", slug)
    )
    with reading(engine) as session:
        return list(session.exec(of.order_by(func.lower(Service.name))).all())


def add_organisation(engine: Engine, who: SignedIn, words: OrganisationWords, now: datetime) -> str:
    """The id of the new organisation: made of its name, and never changed.

    Raises ``MistakesError``, ``AccountError``.
    """
    with writing(engine) as session:
        check_admin(session, who)
        names = _checked(session, words)
        organisation = organisation_from(words)
        slug = slug_from(organisation.name, frozenset((*names, ADDRESS_OF_FORM)))
        _write(session, slug, organisation, now)
        detail = {"after": organisation.model_dump(mode="json")}
        note(session, Entry(now, who.email, "organisation added", f"organisation/{slug}", detail))
        return slug


def change_organisation(
    engine: Engine, who: SignedIn, slug: str, words: OrganisationWords, seen: str, now: datetime
) -> None:
    """Takes the words over, unless they say what stood there. ``seen`` is that of the form.

    Raises ``NoOrganisationError``, ``MistakesError``, ``StaleOrganisationError``, ``AccountError``.
    """
    with writing(engine) as session:
        check_admin(session, who)
        before = _organisation(session, slug)
        stands = _shown(slug, before)
        if stands.seen != seen:
            raise StaleOrganisationError(stands)
        _checked(session, words, slug)
        after = organisation_from(words)
        if after == before:
            return
        _write(session, slug, after, now)
        detail = {"before": before.model_dump(mode="json"), "after": after.model_dump(mode="json")}
        note(session, Entry(now, who.email, "organisation changed", f"organisation/{slug}", detail))


def _write(session: Session, slug: str, organisation: Organisation, now: datetime) -> None:
    """Public, and kept when files are loaded."""
    write_organisation(session, slug, organisation)
    row = session.get_one(Organization, row_id("organization", slug))
    row.changed_at = now
    session.add(row)
    touch(session, now, slug)
    raise_generation(session)


def _checked(session: Session, words: OrganisationWords, slug: str = "") -> dict[str, str]:
    """The names of all organisations by id."""
    names = dict(session.exec(select(Organization.slug, Organization.name)).all())
    found = mistakes(words, names, slug)
    if found:
        raise MistakesError(found)
    return names


def _organisation(session: Session, slug: str) -> Organisation:
    organisation = read_organisations(session).get(slug)
    if organisation is None:
        raise NoOrganisationError
    return organisation


def _shown(slug: str, organisation: Organisation) -> OrganisationShown:
    digest = hashlib.sha256(organisation.model_dump_json().encode()).hexdigest()[:16]
    return OrganisationShown(slug, words_of(organisation), digest)
