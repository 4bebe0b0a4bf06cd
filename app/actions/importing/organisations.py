"""Who runs what comes in: an organisation that is here already, or a new one."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.directory.listing import Organisation
from app.exchange.rows import read_organisations, touch, write_organisation
from app.models import ImportedRecord, Organization, Service, row_id


class Organisations:
    """The organisations that are here. ``changed``: something was written."""

    def __init__(self, session: Session, feed: str, now: datetime) -> None:
        self._session, self._feed, self._now = session, feed, now
        self._here = read_organisations(session)
        edited = select(Organization.slug).where(col(Organization.changed_at).is_not(None))
        self._edited = set(session.exec(edited).all())
        self._by_name = {name.casefold(): slug for slug, one in self._here.items() for name in (*one.aliases, one.name)}
        self._seen: set[str] = set()
        self.changed = False

    def slugs(self) -> frozenset[str]:
        return frozenset(self._here)

    def slug_of(self, slug: str, organisation: Organisation, *, ours: bool) -> str:
        """The slug that it has here; one that is not here yet is made. ``ours``: a directory like this says so.

        One that others know by this name already stays as it is, and so does one that was changed here.
        """
        if slug not in self._here:
            slug = self._by_name.get(organisation.name.casefold(), slug)
        if slug not in self._here or self._may_change(slug, organisation, ours):
            self._write(slug, organisation)
        self._seen.add(slug)
        return slug

    def _may_change(self, slug: str, organisation: Organisation, ours: bool) -> bool:
        if self._here[slug] == organisation or slug in self._seen or slug in self._edited:
            return False
        return ours or not self._belongs_to_others(slug)

    def _belongs_to_others(self, slug: str) -> bool:
        """Whether it runs a service that did not come with this feed, or runs none."""
        services = select(Service.id).where(Service.organization_id == row_id("organization", slug))
        found = set(self._session.exec(services).all())
        records = select(ImportedRecord.service_id, ImportedRecord.foreign_id).where(
            ImportedRecord.feed == self._feed, col(ImportedRecord.service_id).in_(found)
        )
        # What has our own id did not come with the feed: it only says something of it.
        came = {service for service, foreign_id in self._session.exec(records) if foreign_id != str(service)}
        return not found or not found <= came

    def _write(self, slug: str, organisation: Organisation) -> None:
        write_organisation(self._session, slug, organisation)
        if slug in self._here:
            touch(self._session, self._now, slug)
        self._here[slug] = organisation
        self._by_name.setdefault(organisation.name.casefold(), slug)
        self.changed = True
