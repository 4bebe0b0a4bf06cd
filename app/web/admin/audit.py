"""The audit trail: who did what, for the directory team to read and to take out."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO

from flask import Response, request
from sqlalchemy import Engine

from app.actions import audit
from app.actions.audit import Wanted
from app.current import current_engine
from app.models import AuditEntry

from ..account.access import now, signed_in_person
from ..page import page
from .home import blueprint as blueprint
from .trail_words import KINDS, told

ON_A_PAGE = 50
LARGEST_ID = 2**31 - 1
COLUMNS = ("id", "at", "who", "action", "subject", "detail")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would calculate."""


@blueprint.get("/audit")
def audit_trail() -> Response:
    day, problem = _day(request.args.get("day", ""))
    wanted = Wanted(_plain(request.args.get("who", "")), _known_kind(request.args.get("kind", "")), day)
    found = audit.trail(current_engine(), wanted, before=_before(), limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    names = audit.names_of(current_engine(), shown)
    return page(
        "admin/audit.html",
        422 if problem else 200,
        entries=[told(entry, names) for entry in shown],
        wanted=wanted,
        kinds=KINDS,
        typed_day=request.args.get("day", ""),
        problem=problem,
        newest=_before() is None,
        older=shown[-1].id if len(found) > ON_A_PAGE else None,
    )


@blueprint.get("/audit.csv")
def audit_csv() -> Response:
    """All of it, the oldest first. That it was taken out is its last line."""
    engine = current_engine()
    audit.note_export(engine, signed_in_person().who, now())
    response = Response(_lines(engine), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{now():%Y-%m-%d}.csv"'
    return response


def _lines(engine: Engine) -> Iterator[str]:
    # Without this mark spreadsheets take the letters for those of another alphabet.
    yield "\ufeff" + csv_line(COLUMNS)
    for entry in audit.every_entry(engine):
        yield csv_line(_cells(entry))


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    detail = json.dumps(entry.detail, ensure_ascii=False)
    return (str(entry.id), entry.at.isoformat(), entry.who, entry.action, entry.subject, detail)


def csv_line(cells: tuple[str, ...]) -> str:
    """One row. What a spreadsheet would calculate begins with an apostrophe, and is read as text."""
    line = StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return line.getvalue()


def _day(text: str) -> tuple[date | None, str]:
    """The day, and what is wrong with it."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.max
    # The last day of the calendar has none after it, at which it would end.
    return (None, "Write the day like this: 2026-11-22.") if day == date.max else (day, "")


def _before() -> int | None:
    text = request.args.get("before", "")
    return min(int(text), LARGEST_ID) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _known_kind(text: str) -> str:
    return text if text in KINDS else ""


def _plain(text: str) -> str:
    """Without what no database takes."""
    return "".join(letter for letter in text.strip() if letter.isprintable())
