"""Reports of one listing, for those who look after it, and their answer to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import Entry, note
from app.actions.editing.rights import editable_service
from app.actions.reports.errors import AnsweredError, Mistake, NoReportError, ReportMistakesError
from app.database import reading, writing
from app.directory.reports import ABOUT, LONGEST_ANSWER, OUTCOMES, Outcome, readable
from app.models import ListingReport, Service


@dataclass(frozen=True)
class Report:
    """``about`` and ``outcome`` are words; ``outcome`` is empty until somebody answered. The reporter's address stays
    in the table: ``hears_back`` says that there is one."""

    id: UUID
    about: str
    text: str
    reported_at: datetime
    hears_back: bool
    outcome: str
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True)
class Reports:
    """Of the listing of this name: what waits for an answer, the longest first, and the others, the newest first."""

    name: str
    waiting: Sequence[Report]
    answered: Sequence[Report]


@dataclass(frozen=True)
class Answered:
    """What the reporter is told, at the address that they left; None where they left none. ``report`` is its id."""

    report: UUID
    slug: str
    name: str
    email: str | None
    text: str
    outcome: Outcome
    answer: str


def reports_of(engine: Engine, who: SignedIn, slug: str) -> Reports:
    """Raises ``NoListingError`` or ``NotYoursError``."""
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        of = col(ListingReport.service_id) == service.id
        rows = session.exec(select(ListingReport).where(of).order_by(col(ListingReport.reported_at))).all()
        reports = [_report(row) for row in rows]
        answered = [report for report in reports if report.outcome]
        answered.sort(key=lambda report: report.answered_at or report.reported_at, reverse=True)
        return Reports(service.name, [report for report in reports if not report.outcome], answered)


def report_of(engine: Engine, who: SignedIn, slug: str, report_id: UUID) -> tuple[str, Report]:
    """The name of the listing, and the report. Raises ``NoListingError``, ``NotYoursError`` or ``NoReportError``."""
    with reading(engine) as session:
        service = editable_service(session, who, slug)
        return service.name, _report(_row(session, service, report_id))


def answer(
    engine: Engine, who: SignedIn, slug: str, report_id: UUID, outcome: str, words: str, now: datetime
) -> Answered:
    """Answers a report, and takes the reporter's address out of the table.

    Raises ``NoListingError``, ``NotYoursError``, ``NoReportError``, ``AnsweredError`` or ``ReportMistakesError``.
    """
    with writing(engine) as session:
        service = editable_service(session, who, slug)
        row = _row(session, service, report_id)
        if row.outcome:
            raise AnsweredError
        chosen, said = _checked(outcome, words)
        row.outcome, row.answer = chosen, said
        answered = answered_of(row, service)
        row.answered_at, row.answered_by, row.email = now, who.email, None
        session.add(row)
        detail = {"report": _about(row), "outcome": OUTCOMES[chosen]}
        note(session, Entry(now, who.email, "report answered", f"listing/{slug}", detail))
        return answered


def answered_of(row: ListingReport, service: Service) -> Answered:
    """Of a report that has its answer."""
    outcome = next(one for one in get_args(Outcome) if one == row.outcome)
    return Answered(row.id, service.slug, service.name, row.email, row.text, outcome, row.answer or "")


def _checked(typed: str, words: str) -> tuple[Outcome, str]:
    outcome, said = next((one for one in get_args(Outcome) if one == typed), None), readable(words)
    mistakes = []
    if outcome is None:
        mistakes.append(Mistake("outcome", "Choose what came of it."))
    if len(said) > LONGEST_ANSWER:
        sentence = f"It must have {LONGEST_ANSWER:,} characters or fewer. Now it has {len(said):,}."
        mistakes.append(Mistake("words", sentence))
    if outcome is None or mistakes:
        raise ReportMistakesError(tuple(mistakes))
    return outcome, said


def _row(session: Session, service: Service, report_id: UUID) -> ListingReport:
    row = session.get(ListingReport, report_id)
    if row is None or row.service_id != service.id:
        raise NoReportError
    return row


def _report(row: ListingReport) -> Report:
    return Report(
        id=row.id,
        about=_about(row),
        text=row.text,
        reported_at=row.reported_at,
        hears_back=row.email is not None,
        outcome=next((words for one, words in OUTCOMES.items() if one == row.outcome), ""),
        answer=row.answer or "",
        answered_at=row.answered_at,
        answered_by=row.answered_by or "",
    )


def _about(row: ListingReport) -> str:
    return next((words for one, words in ABOUT.items() if one == row.about), row.about)
