"""My listings: what somebody looks after, first what wants doing."""

from datetime import date

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts
from app.actions.editing.drafts import Managed
from app.actions.editing.mine import Mine, my_listings
from app.actions.reports.waiting import open_reports
from app.actions.today import today
from app.current import current_engine
from app.directory.editing.edit_checks import Mistake

from ..account import access
from ..account.access import now, signed_in_person
from ..page import page
from .field_words import STATUS_WORDS
from .freshness_words import told

blueprint = Blueprint("manage", __name__, url_prefix="/manage")
blueprint.before_request(access.guard)
blueprint.after_request(access.no_store)
_FIRST = ("returned", "open", "sent", None)
"""States of drafts, first what wants doing."""


@blueprint.get("")
def listings() -> AnyResponse:
    mine = my_listings(current_engine(), signed_in_person().who)
    wanted = request.args.get("q", "").strip()
    day = today()
    found = sorted((one for one in mine if _is_wanted(one, wanted)), key=lambda one: _place(one, day))
    return page(
        "manage/listings.html",
        total=len(mine),
        listings=found,
        q=wanted,
        several=len({one.organisation for one in mine}) > 1,
        status_words=STATUS_WORDS,
        told={one.id: told(one.freshness, one.status, day) for one in found},
        due=sum(one.is_due_on(day) for one in mine),
        reports=open_reports(current_engine(), {one.id for one in found}),
    )


def mistakes_of(managed: Managed, who: SignedIn) -> tuple[Mistake, ...]:
    """What must be put right before the draft can be sent; nothing where there is no draft."""
    return drafts.mistakes_in(current_engine(), who, managed.listing.id, now()) if managed.draft else ()


def _place(one: Mine, day: date) -> tuple[bool, date, int]:
    """Those that are due come first, the longest of them before the others."""
    due = one.is_due_on(day)
    return not due, (one.freshness.due_on or date.min) if due else day, _FIRST.index(one.draft)


def _is_wanted(one: Mine, wanted: str) -> bool:
    return all(word in f"{one.name} {one.organisation or ''}".casefold() for word in wanted.casefold().split())
