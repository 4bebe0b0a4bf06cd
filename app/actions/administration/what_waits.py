"""How much waits for the directory team, for the page that they begin on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from app.actions.administration.contact_checks import to_confirm
from app.actions.administration.reference import NotThereError
from app.actions.duplicates.pairs import waiting_pairs
from app.actions.editing.mine import waiting
from app.actions.freshness.overview import overview
from app.actions.proposals import waiting_proposals
from app.actions.reports.waiting import all_waiting
from app.directory.freshness import day_in_london


@dataclass(frozen=True)
class WhatWaits:
    """Numbers of each. ``reports_late``: of the reports, those that the directory team has to see to."""

    changes: int
    reports: int
    reports_late: int
    pages_due: int
    contacts: int
    duplicates: int
    proposals: int


def what_waits(engine: Engine, now: datetime) -> WhatWaits:
    reports = all_waiting(engine, now)
    return WhatWaits(
        changes=len(waiting(engine)),
        reports=len(reports),
        reports_late=sum(one.overdue or one.nobody for one in reports),
        pages_due=len(overview(engine, day_in_london(now)).due),
        contacts=_contacts_left(engine),
        duplicates=len(waiting_pairs(engine)),
        proposals=len(waiting_proposals(engine)),
    )


def _contacts_left(engine: Engine) -> int:
    """None before anything was loaded."""
    try:
        found = to_confirm(engine)
    except NotThereError:
        return 0
    return len({item.key for group in found.groups for item in group.items} - found.noted.keys())
