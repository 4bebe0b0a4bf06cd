"""Finds listings that may be one and the same."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.duplicates.pairs import refuse_others
from app.database import writing
from app.directory.likeness import Profile, likely_pairs, plain_page, plain_phone
from app.models import (
    LikelyDuplicate,
    MergedListing,
    Organization,
    Phone,
    Service,
    ServiceAlias,
    ServiceArea,
    ServiceLink,
    Url,
)


def find_duplicates(session: Session, among: Collection[str] | None, now: datetime) -> int:
    """Writes down which listings may be one, and how many such pairs are new. ``among``: only pairs with one of these.

    What somebody decided stays decided. A pair that waits and is not alike any more goes.
    """
    ids, profiles = _profiles(session)
    pairs = likely_pairs(profiles, among)
    found: dict[tuple[UUID, UUID], list[str]] = {(ids[one.one], ids[one.other]): [*one.reasons] for one in pairs}
    known = {(row.one_id, row.other_id): row for row in session.exec(select(LikelyDuplicate))}
    standing = frozenset(ids.values())
    looked_at = standing if among is None else frozenset(ids[slug] for slug in among if slug in ids)
    for pair, row in known.items():
        if row.decided is None and pair in found:
            row.reasons = found[pair]
            session.add(row)
        elif row.decided is None and standing.issuperset(pair) and looked_at.intersection(pair):
            session.delete(row)
    new = [pair for pair in found if pair not in known]
    session.add_all(
        LikelyDuplicate(one_id=one, other_id=other, reasons=found[one, other], found_at=now) for one, other in new
    )
    session.flush()
    return len(new)


def look_again(engine: Engine, who: SignedIn, now: datetime) -> int:
    """Goes through all listings for an admin, and says how many pairs are new. Raises ``NotYoursError``."""
    with writing(engine) as session:
        refuse_others(session, who)
        new = find_duplicates(session, None, now)
        note(session, Entry(now, who.email, "duplicates looked for", "listing/all", {"new_pairs": new}))
        return new


def _profiles(session: Session) -> tuple[dict[str, UUID], list[Profile]]:
    """Of all that stand for themselves, in the order of their numbers; with their ids."""
    standing = col(Service.id).not_in(select(MergedListing.service_id))
    rows = session.exec(
        select(Service.id, Service.slug, Service.name, Organization.slug)
        .join(Organization, col(Organization.id) == col(Service.organization_id), isouter=True)
        .where(standing)
        .order_by(col(Service.number))
    ).all()
    aliases = _texts(session, ServiceAlias.service_id, ServiceAlias.name, col(ServiceAlias.alone).is_(False))
    areas = _texts(session, ServiceArea.service_id, ServiceArea.name)
    phones = _texts(session, Phone.service_id, Phone.number)
    pages = _texts(session, Url.service_id, Url.url)
    links = _texts(session, ServiceLink.service_id, ServiceLink.target_slug)
    profiles = [
        Profile(
            slug=slug,
            name=name,
            aliases=tuple(aliases[id_]),
            organisation=organisation,
            area=frozenset(areas[id_]),
            phones=frozenset(filter(None, map(plain_phone, phones[id_]))),
            pages=frozenset(filter(None, map(plain_page, pages[id_]))),
            leads_to=frozenset(links[id_]),
        )
        for id_, slug, name, organisation in rows
    ]
    return {slug: id_ for id_, slug, *_ in rows}, profiles


def _texts(session: Session, owner: Any, text: Any, *only: Any) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for id_, value in session.exec(select(owner, text).where(*only)):
        found[id_].append(value)
    return found
