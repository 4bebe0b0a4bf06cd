"""Brings the catalogue in from files: everything is checked first, and then all of it is written, or nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.editing.publication import FILES, Made, keep_present, keep_version
from app.database import writing
from app.directory.listing import Listing
from app.exchange.rows import (
    generation_of,
    raise_generation,
    read_listings,
    read_organisations,
    read_reference,
    touch,
    write_organisation,
    write_parts,
    write_service,
)
from app.exchange.seed.checks import Seed, check_seed
from app.exchange.seed.files import SeedFiles, read_seed
from app.exchange.seed.plain_yaml import Document, Problem
from app.models import Organization, ReferenceData, Service, TaxonomyTerm, row_id


@dataclass(frozen=True)
class LoadReport:
    """What a load did. Listings by id; ``reference`` names the other parts of the catalogue that changed.

    ``not_in_files`` are listings that the database has and the files have not; ``edited_here`` are listings that
    somebody edited in the directory after the last import, and whose file says something else. Both are left alone.
    Among the edited, an organisation is ``organisation/<id>``, and another part of the catalogue ``reference/<name>``.
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
    files = read_seed(folder)
    seed, problems = check_seed(files)
    if problems:
        return LoadReport(rejected=problems)
    with writing(engine) as session:
        if problems := _at_odds(session, files, seed):
            return LoadReport(rejected=problems)
        return _load(session, seed, now)


def _load(session: Session, seed: Seed, now: datetime) -> LoadReport:
    # Organisations and goals come first: listings point to them.
    reference = [*_load_organisations(session, seed, now), *_load_reference(session, seed)]
    if "questions" in reference:
        touch(session, now)
    before = read_listings(session)
    differing = [listing for slug, listing in seed.listings.items() if before.get(slug) != listing]
    edited_here = _edited_here(session) & {listing.id for listing in differing}
    to_write = [listing for listing in differing if listing.id not in edited_here]
    _write(session, to_write, before, now)
    if to_write or reference:
        raise_generation(session)
    written = {listing.id for listing in to_write}
    return LoadReport(
        added=_sorted(written - before.keys()),
        changed=_sorted(written & before.keys()),
        unchanged=_sorted(seed.listings.keys() - written - edited_here),
        not_in_files=_sorted(before.keys() - seed.listings.keys()),
        edited_here=_sorted([*edited_here, *_organisations_left(session, seed), *_reference_left(session, seed)]),
        reference=tuple(reference),
        generation=generation_of(session),
    )


def _sorted(ids: Any) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _write(session: Session, listings: list[Listing], before: dict[str, Listing], now: datetime) -> None:
    # Listings link to each other, so all of their rows must be there before the first link.
    services = [write_service(session, listing) for listing in listings]
    for service, listing in zip(services, listings, strict=True):
        if listing.id in before:
            keep_present(session, service, before[listing.id], now)
        service.imported_at = service.modified_at = now
        write_parts(session, listing)
        keep_version(session, service, listing, Made("imported", (FILES,)), now)


def _edited_here(session: Session) -> set[str]:
    """Listings that somebody changed in the directory itself after the last import. A file must not undo their work."""
    services = session.exec(select(Service)).all()
    return {
        service.slug
        for service in services
        if service.changed_at and (service.imported_at is None or service.changed_at > service.imported_at)
    }


def _load_organisations(session: Session, seed: Seed, now: datetime) -> list[str]:
    differing = _differing_organisations(session, seed) - _organisations_edited_here(session)
    for slug in sorted(differing):
        write_organisation(session, slug, seed.organisations[slug])
        touch(session, now, slug)
    return ["organisations"] if differing else []


def _differing_organisations(session: Session, seed: Seed) -> set[str]:
    before = read_organisations(session)
    return {slug for slug, organisation in seed.organisations.items() if before.get(slug) != organisation}


def _organisations_edited_here(session: Session) -> set[str]:
    return set(session.exec(select(Organization.slug).where(col(Organization.changed_at).is_not(None))).all())


def _organisations_left(session: Session, seed: Seed) -> list[str]:
    """Those that say something else than the files, also after loading."""
    return [f"organisation/{slug}" for slug in _differing_organisations(session, seed)]


def _load_reference(session: Session, seed: Seed) -> list[str]:
    before = read_reference(session)
    edited = _reference_edited_here(session)
    differing = [name for name, body in seed.reference.items() if name not in before or before[name] != body]
    to_write = [name for name in differing if name not in edited]
    # Where the file says what was edited here, the file leads again.
    for name in [*to_write, *(edited & seed.reference.keys() - set(differing))]:
        session.merge(ReferenceData(name=name, body=seed.reference[name]))
    write_goals(session, before["questions"] if "questions" in edited else seed.reference["questions"])
    return to_write


def write_goals(session: Session, questions: Any) -> None:
    """The answers of the question ``goals`` as terms, which listings point to."""
    for goal, answer in questions["questions"]["goals"]["answers"].items():
        session.merge(TaxonomyTerm(id=row_id("taxonomy_term", goal), code=goal, name=answer["label"]))
    session.flush()


def _reference_edited_here(session: Session) -> set[str]:
    """Parts whose words somebody changed in the directory itself. A file must not undo their work."""
    return set(session.exec(select(ReferenceData.name).where(col(ReferenceData.changed_at).is_not(None))).all())


def _reference_left(session: Session, seed: Seed) -> list[str]:
    """Those that say something else than the files, also after loading."""
    here = read_reference(session)
    return [f"reference/{name}" for name, body in seed.reference.items() if here[name] != body]


def _at_odds(session: Session, files: SeedFiles, seed: Seed) -> list[Problem]:
    """What is wrong with the files beside the questions that stay as they were edited here: all hangs on their ids."""
    if "questions" not in _reference_edited_here(session):
        return []
    body = session.get_one(ReferenceData, "questions").body
    if body == seed.reference["questions"]:
        return []
    staying = {**files.reference, "questions": Document("the questions, as edited here", body, {})}
    return check_seed(replace(files, reference=staying))[1]
