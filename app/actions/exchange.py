"""Brings the catalogue in from files: everything is checked first, and then all of it is written, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.database import writing
from app.directory.listing import Listing
from app.exchange.rows import (
    generation_of,
    raise_generation,
    read_listings,
    read_organisations,
    read_reference,
    write_organisation,
    write_parts,
    write_service,
)
from app.exchange.seed.checks import Seed, check_seed
from app.exchange.seed.files import read_seed
from app.exchange.seed.plain_yaml import Problem
from app.models import ReferenceData, Service, TaxonomyTerm, row_id


@dataclass(frozen=True)
class LoadReport:
    """What a load did. Listings by id; ``reference`` names the other parts of the catalogue that changed.

    ``not_in_files`` are listings that the database has and the files have not; ``edited_here`` are listings that
    somebody edited in the directory after the last import, and whose file says something else. Both are left alone.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    rejected: list[Problem] = field(default_factory=list)
    not_in_files: tuple[str, ...] = ()
    edited_here: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    generation: int | None = None

    def summary(self) -> str:
        """The report in a few lines, for whoever ran the load."""
        lines = [
            f"Listings: {len(self.added)} added, {len(self.changed)} changed, {len(self.unchanged)} unchanged, "
            f"{len(self.rejected)} rejected."
        ]
        for words, ids in (
            ("Also changed", self.reference),
            ("Not in the files, left as they are", self.not_in_files),
            ("Edited here since the last load, left as they are", self.edited_here),
        ):
            if ids:
                lines.append(f"{words}: {', '.join(ids)}.")
        return "\n".join(lines)


def load_seed(engine: Engine, folder: Path, now: datetime) -> LoadReport:
    """Load the folder's files. A problem in any file: nothing is written, and ``rejected`` says what to put right.

    ``now`` has a time zone. Loading the same files again changes nothing.
    """
    seed, problems = check_seed(read_seed(folder))
    if problems:
        return LoadReport(rejected=problems)
    with writing(engine) as session:
        return _load(session, seed, now)


def _load(session: Session, seed: Seed, now: datetime) -> LoadReport:
    # Organisations and goals come first: listings point to them.
    reference = [*_load_organisations(session, seed), *_load_reference(session, seed)]
    before = read_listings(session)
    differing = [listing for slug, listing in seed.listings.items() if before.get(slug) != listing]
    edited_here = _edited_here(session) & {listing.id for listing in differing}
    to_write = [listing for listing in differing if listing.id not in edited_here]
    _write(session, to_write, now)
    if to_write or reference:
        raise_generation(session)
    written = {listing.id for listing in to_write}
    return LoadReport(
        added=_sorted(written - before.keys()),
        changed=_sorted(written & before.keys()),
        unchanged=_sorted(seed.listings.keys() - written - edited_here),
        not_in_files=_sorted(before.keys() - seed.listings.keys()),
        edited_here=_sorted(edited_here),
        reference=tuple(reference),
        generation=generation_of(session),
    )


def _sorted(ids: Any) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _write(session: Session, listings: list[Listing], now: datetime) -> None:
    # Listings link to each other, so all of their rows must be there before the first link.
    for listing in listings:
        write_service(session, listing).imported_at = now
    for listing in listings:
        write_parts(session, listing)


def _edited_here(session: Session) -> set[str]:
    """Listings that somebody changed in the directory itself after the last import. A file must not undo their work."""
    services = session.exec(select(Service)).all()
    return {
        service.slug
        for service in services
        if service.changed_at and (service.imported_at is None or service.changed_at > service.imported_at)
    }


def _load_organisations(session: Session, seed: Seed) -> list[str]:
    before = read_organisations(session)
    differing = {slug: it for slug, it in seed.organisations.items() if before.get(slug) != it}
    for slug, organisation in differing.items():
        write_organisation(session, slug, organisation)
    return ["organisations"] if differing else []


def _load_reference(session: Session, seed: Seed) -> list[str]:
    before = read_reference(session)
    differing = [name for name, body in seed.reference.items() if name not in before or before[name] != body]
    for name in differing:
        session.merge(ReferenceData(name=name, body=seed.reference[name]))
    for goal, answer in seed.reference["questions"]["questions"]["goals"]["answers"].items():
        session.merge(TaxonomyTerm(id=row_id("taxonomy_term", goal), code=goal, name=answer["label"]))
    session.flush()
    return differing
