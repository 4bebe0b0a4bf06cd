"""The journey that a page belongs to: its id is carried in the check's addresses, so that two people never mix.

The id is random and tells nothing about anybody. Nothing else of a journey is ever in an address.
"""

from typing import Any

from flask import Flask, abort, g, redirect, request, url_for

from ..page import page
from .answers_cookie import Journey, journey_under_way

ID = "j"
_ANY = "any-listing"
"""Stands for an id while an address is made. Ids are small letters, digits and hyphens: they need no quoting."""
CARRIERS = frozenset(
    {
        "wizard.question",
        "wizard.answer",
        "wizard.answers",
        "wizard.results",
        "wizard.results_text",
        "wizard.results_easy",
        "find.service",
        "find.service_referral",
    }
)
"""A listing carries it for its way back to the results, and a referral for the answers that it tells."""


def register(app: Flask) -> None:
    app.url_defaults(_with_id)
    app.jinja_env.globals["listing_address"] = listing_address


def carry(journey: Journey) -> None:
    """From here on, every address that this request makes within the check has the journey's id."""
    g.journey_id = journey.id


def listing_address(listing_id: str, page: str = "") -> str:
    """The address of a listing, or of a page below it. Made once a request: a page of results holds eighty of them."""
    if "listing_address" not in g:
        g.listing_address = url_for("find.service", service_id=_ANY).split(_ANY)
    before, after = g.listing_address
    return f"{before}{listing_id}{page}{after}"


def is_of_another(journey: Journey) -> bool:
    """Whether this request comes from a page of another journey. Only an address that was typed in has no id."""
    carried = request.args.get(ID)
    return carried != journey.id and (carried is not None or request.method == "POST")


def journey_of_this_page() -> Journey:
    """The journey under way, which this page is of. Where it is not, the reader is told so instead."""
    journey = journey_under_way(request)
    if journey is None and request.method != "POST":
        abort(redirect(url_for("wizard.start", cleared=1), 303))
    if journey:
        carry(journey)
    if journey is None or is_of_another(journey):
        abort(page("wizard/other_journey.html", status=409, going_on=journey))
    return journey


def _with_id(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in CARRIERS and "journey_id" in g:
        values.setdefault(ID, g.journey_id)
