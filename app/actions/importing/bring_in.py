"""Rows from elsewhere become listings: all of them, or nothing where the way there breaks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.duplicates.finding import find_duplicates
from app.actions.editing.publication import listing_on
from app.actions.importing.comparing import as_kept, same_facts, with_news
from app.actions.importing.held import Held
from app.actions.importing.intake import Case, Intake
from app.actions.importing.report import ImportReport, Outcome, Row
from app.actions.importing.standing import standing_in
from app.actions.importing.writing import Writable, is_edited_here, take_freshness, write_listings, write_rows
from app.database import for_writing
from app.directory.listing import Listing
from app.exchange.freshness import freshness_of
from app.exchange.incoming import Incoming
from app.exchange.listing_rows import Fields
from app.exchange.listing_rows import Row as LinkRow
from app.exchange.rows import raise_generation, read_listings_of
from app.models import ImportedRecord, ImportProposal, MergedListing, Service

AT_ONCE = 200
"""Rows that are held in memory together."""


def bring_in(
    engine: Engine,
    feed: str,
    incoming: Iterable[Incoming],
    now: datetime,
    *,
    progress: Callable[[int], None] = lambda _: None,
    dry_run: bool = False,
    trusted: bool = False,
) -> ImportReport:
    """Brings in what a feed gives, in one transaction. The same rows again change nothing.

    What the feed changed since last time is changed here; where the listing was edited here, it waits for somebody.
    ``now`` has a time zone; ``progress`` hears how many rows are done. ``dry_run``: all is tried, and nothing kept.
    ``trusted``: it may change listings that it did not bring; else that waits for somebody too.
    """
    with Session(for_writing(engine)) as session, session.begin() as transaction:
        report = _Import(session, feed, now, trusted=trusted).run(incoming, progress)
        if dry_run:
            transaction.rollback()
    return report


class _Import:
    def __init__(self, session: Session, feed: str, now: datetime, *, trusted: bool) -> None:
        self._session, self._feed, self._now, self._trusted = session, feed, now, trusted
        self._intake = Intake(session, feed, now, trusted=trusted)
        proposals = session.exec(select(ImportProposal.service_id, ImportProposal.feed)).all()
        self._waiting = {service for service, of in proposals if of == feed}
        self._others_wait = {service for service, of in proposals if of != feed}
        self._standing = standing_in(session)
        self._rows: dict[int, Row] = {}
        self._later: list[Held] = []
        self._links: list[LinkRow] = []
        self._merges: list[tuple[UUID, UUID]] = []
        self._written: list[str] = []

    def run(self, incoming: Iterable[Incoming], progress: Callable[[int], None]) -> ImportReport:
        numbered = enumerate(incoming)
        while some := list(islice(numbered, AT_ONCE)):
            self._take(some)
            progress(len(self._rows))
        # Links may lead to what comes after them, so these waited until everything is here.
        for start in range(0, len(self._later), AT_ONCE):
            cases = [held.case() for held in self._later[start : start + AT_ONCE]]
            self._intake.records(cases)
            self._settle(cases)
            progress(len(self._rows))
        write_rows(self._session, self._links)
        merged = self._merge()
        if self._written or merged or self._intake.organisations.changed:
            raise_generation(self._session)
        rows = tuple(self._rows[number] for number in sorted(self._rows))
        duplicates = find_duplicates(self._session, self._written, self._now) if self._written else 0
        return ImportReport(rows, self._intake.missing(), duplicates)

    def _take(self, some: Iterable[tuple[int, Incoming]]) -> None:
        cases = []
        for number, incoming in some:
            why = self._intake.fault(incoming)
            if why or incoming.listing is None:
                outcome: Outcome = "repeated" if incoming.repeats else "rejected"
                self._rows[number] = Row(incoming.where, incoming.foreign_id, outcome, None, incoming.repairs, why)
            else:
                cases.append(Case(number, incoming, incoming.listing))
        self._intake.records(cases)
        ready: list[Case] = []
        for case in cases:
            if case.record and case.record.body == case.incoming.body:
                self._as_last_time(case, case.record)
                continue
            self._intake.settle(case)
            if self._intake.has_all_links(case.listing):
                ready.append(case)
            else:
                self._later.append(Held.of(case))
        self._settle(ready)

    def _as_last_time(self, case: Case, record: ImportedRecord) -> None:
        case.listing = case.listing.model_copy(update={"id": self._intake.slugs[record.service_id]})
        self._tell(case, "waits" if record.service_id in self._waiting else "unchanged")

    def _tell(self, case: Case, outcome: Outcome) -> None:
        incoming = case.incoming
        repairs = (*incoming.repairs, *case.repairs)
        self._rows[case.number] = Row(incoming.where, incoming.foreign_id, outcome, case.listing.id, repairs)

    def _settle(self, cases: Sequence[Case]) -> None:
        for case in cases:
            self._intake.cut_links(case)
        ids = [self._intake.ids[case.listing.id] for case in cases]
        services = {row.id: row for row in self._session.exec(select(Service).where(col(Service.id).in_(ids)))}
        here = read_listings_of(self._session, services.keys()) if services else {}
        writables = [one for case in cases if (one := self._decided(case, services, here))]
        self._links += write_listings(self._session, writables, self._feed, self._now)
        self._written += [one.listing.id for one in writables]
        for case in cases:
            if not case.comes_later:
                self._keep_record(case)
        self._session.flush()
        # What is written needs no memory any more.
        self._session.expunge_all()

    def _decided(self, case: Case, services: Mapping[UUID, Service], here: Mapping[UUID, Listing]) -> Writable | None:
        """What is to be written of a row, and nothing where it changes nothing or waits."""
        slug, incoming = case.listing.id, case.incoming
        service = services.get(self._intake.ids[slug])
        if service is None:
            self._tell(case, "added")
            self._merges += [(self._intake.ids[slug], incoming.merged_into)] if incoming.merged_into else []
            modified_at = incoming.modified_at if self._intake.was_empty else None
            return Writable(case.listing, incoming, modified_at or self._now, number=self._intake.numbers[slug])
        before = here[service.id]
        edited = is_edited_here(service) or self._only_says_something_of(service, incoming)
        wanted = self._with_news(case, service, before) if edited else case.listing
        same = wanted in (before, self._standing(before))
        if same or (incoming.freshness is None and same_facts(wanted, before)):
            self._take_freshness(case, service, edited=edited)
            return None
        if edited and service.id in self._others_wait:
            case.repairs.append("What another list says of it waits first. Bring this one in again after that.")
            case.comes_later = True
            self._tell(case, "waits")
            return None
        if edited:
            self._propose(service, wanted)
            self._tell(case, "waits")
            return None
        self._tell(case, "changed")
        self._forget_proposal(service)
        return Writable(wanted, incoming, self._now, before)

    def _only_says_something_of(self, service: Service, incoming: Incoming) -> bool:
        """Whether the listing did not come with this list, and whoever made the list is not trusted to change ours."""
        return not self._trusted and incoming.foreign_id == str(service.id)

    def _with_news(self, case: Case, service: Service, here: Listing) -> Listing:
        if case.record is None:
            return case.listing
        last = Listing.model_validate(case.record.listing)
        return with_news(last, case.listing, self._with_waiting(service, here))

    def _with_waiting(self, service: Service, here: Listing) -> Listing:
        """What stands here with what the feed said before and nobody decided about: what it says now adds to that."""
        if service.id not in self._waiting:
            return here
        waits = self._session.get_one(ImportProposal, service.id)
        then = listing_on(self._session, service, waits.proposed_at) or here
        return with_news(then, Listing.model_validate(waits.listing), here)

    def _take_freshness(self, case: Case, service: Service, *, edited: bool) -> None:
        """The facts are the same; somebody may have confirmed them since."""
        before = freshness_of(service)
        if not edited and (fresh := case.incoming.freshness) and _is_newer(fresh.assured_at, before.assured_at):
            take_freshness(service, case.incoming, self._now)
            service.modified_at = self._now
            self._written.append(service.slug)
        elif not edited and self._trusted and case.incoming.modified_at not in {None, service.modified_at}:
            # These facts have stood since then: other programs that copied them there need not copy them again.
            service.modified_at = case.incoming.modified_at
            self._written.append(service.slug)
        self._tell(case, "unchanged" if freshness_of(service) == before else "changed")
        self._forget_proposal(service)

    def _forget_proposal(self, service: Service) -> None:
        if service.id in self._waiting:
            self._session.delete(self._session.get_one(ImportProposal, service.id))

    def _propose(self, service: Service, wanted: Listing) -> None:
        fields: Fields = {"feed": self._feed, "listing": as_kept(wanted), "proposed_at": self._now}
        self._session.merge(ImportProposal(service_id=service.id, **fields))

    def _keep_record(self, case: Case) -> None:
        fields: Fields = {
            "service_id": self._intake.ids[case.listing.id],
            "body": dict(case.incoming.body),
            "listing": as_kept(case.listing),
            "imported_at": self._now,
        }
        key: Fields = {"feed": self._feed, "foreign_id": case.incoming.foreign_id}
        self._session.add(case.record.sqlmodel_update(fields) if case.record else ImportedRecord(**key, **fields))

    def _merge(self) -> bool:
        """Which listing stands for another, where the directory that both come from says so."""
        slugs, merged = self._intake.slugs, {service for service, _ in self._merges}
        pairs = [(service, into) for service, into in self._merges if into in slugs and into not in merged]
        for service, into in pairs:
            row = MergedListing(service_id=service, into_id=into, merged_by=self._feed, merged_at=self._now)
            self._session.add(row)
        return bool(pairs)


def _is_newer(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one > other)
