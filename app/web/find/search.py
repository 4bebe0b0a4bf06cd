"""Search, browse, and one page for every listing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from app.actions.find import find
from app.actions.recommend import desk_for
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.freshness import Freshness
from app.directory.listing import BOROUGHS, Listing
from app.directory.postcodes import UNKNOWN
from app.exchange.merged import led_on
from app.search.query import LONGEST_TEXT

from ..counted import count, count_in_vain
from ..page import page, page_or_fragment, wants_fragment
from ..wizard.answers_cookie import Journey, journey_under_way
from ..wizard.journey import may_see_results
from ..wizard.own_journey import carry, is_of_another
from ..words import numbered_sources
from .at_a_glance import Refused, facts_of, fields_of
from .distance import distance

blueprint = Blueprint("find", __name__)
PER_PAGE = 20
PER_PAGE_IN_DANGER = 5
"""Below the crisis help: what somebody in danger needs stands above, and must not be lost in a list."""
OF_PAGE = "X-Journey"
"""The header in which htmx sends the id of the journey that its page was made for; empty for a page of nobody."""


@dataclass(frozen=True)
class Paging:
    """Where in the results a reader is: ``first`` and ``last`` count from one. Past the end is the last page."""

    wanted: int
    total: int
    size: int

    @property
    def number(self) -> int:
        return min(self.wanted, self.pages)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)


@dataclass(frozen=True)
class Wanted:
    """What is searched for, as it stands in an address: words, a borough and a page, and nothing of any person."""

    q: str
    borough: str
    page: int

    @staticmethod
    def of(given: MultiDict[str, str]) -> "Wanted":
        borough = given.get("borough", "")
        return Wanted(
            q=given.get("q", "")[:LONGEST_TEXT],
            borough=borough if borough in BOROUGHS else "",
            page=max(1, given.get("page", 1, type=int)),
        )

    @property
    def address(self) -> str:
        return url_for("find.services", q=self.q or None, borough=self.borough or None)


@blueprint.get("/services")
def services() -> Response:
    journey = journey_under_way(request)
    under_way = journey.id if journey else ""
    if wants_fragment() and request.headers.get(OF_PAGE, under_way) != under_way:
        # Another tab has marked another person since: the whole page is made anew, so that none is half of each.
        return Response(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    return search_page(Wanted.of(request.args), journey)


def search_page(wanted: Wanted, journey: Journey | None, *, refused: Refused | None = None) -> Response:
    """The search with its results, for the person of the journey where something is known of one."""
    catalogue = current_catalogue()
    if journey:
        carry(journey)
    answers = journey.answers if journey else {}
    desk = desk_for(catalogue, answers, today())
    sector = journey.near if journey else ""
    near = catalogue.sectors.get(sector, UNKNOWN).middle
    facts = facts_of(catalogue.questionnaire, answers, sector)
    person = desk if facts else None
    found = find(catalogue, wanted.q, wanted.borough or None, wanted.page * PER_PAGE, person=person, near=near)
    danger = desk.urgent or any(notice.kind == "urgent" for notice in found.notices)
    paging = Paging(wanted.page, found.total, PER_PAGE_IN_DANGER if danger else PER_PAGE)
    if not (wants_fragment() or refused):
        # Fragments come while somebody types: the browser says when one of them stands still (find/copied.py).
        count("found", found.results[paging.first - 1 : paging.last])
        count_in_vain(found)
    response = page_or_fragment(
        "find/services.html",
        "results",
        status=422 if refused else 200,
        wanted=wanted,
        found=found,
        paging=paging,
        hits=[desk.entry(id_) for id_ in found.results[paging.first - 1 : paging.last]],
        distance=lambda listing: distance(listing, catalogue.sectors, sector),
        boroughs=frozenset({wanted.borough}) if wanted.borough else desk.boroughs,
        listings=catalogue.listings,
        urgent=catalogue.urgent,
        journey=journey,
        person=desk.person,
        facts=facts,
        fields=fields_of(catalogue.questionnaire, desk.rulebook.rulesets, refused.form if refused else answers),
        danger=danger,
        refused=refused,
    )
    if facts or refused:
        # It tells of a person: the next reader of this browser must not find it by going back.
        response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/services/<service_id>")
def service(service_id: str) -> Response:
    response = _listing_page("find/listing.html", service_id)
    count("read", [service_id])
    return response


@blueprint.get("/services/<service_id>/print")
def service_print(service_id: str) -> Response:
    return _listing_page("find/print.html", service_id)


def _listing_page(template: str, service_id: str) -> Response:
    catalogue = current_catalogue()
    listing = listing_or_elsewhere(catalogue, service_id)
    journey = journey_under_way(request)
    searched = _search_before()
    may_go_back = False
    if journey and not is_of_another(journey) and may_see_results(journey.answers):
        may_go_back = True
        carry(journey)
    response = page(template, **listing_values(catalogue, listing), may_go_back=may_go_back, searched=searched)
    if may_go_back:
        # It tells the next reader of this browser that somebody answered questions.
        response.headers["Cache-Control"] = "no-store"
    return response


def listing_values(catalogue: Catalogue, listing: Listing) -> dict[str, Any]:
    """What the page of a listing shows, also of one that is not public yet, or not any more."""
    listing = led_on(listing, catalogue.merged_into)
    freshness = catalogue.freshness.get(listing.id, Freshness())
    return {
        "listing": listing,
        "listings": catalogue.listings,
        "organisation": catalogue.organisations.get(listing.organisation or ""),
        "rule": listing.rule_on(today()),
        "assumptions": catalogue.questionnaire.assumptions,
        "sources": numbered_sources(listing, catalogue.papers),
        "freshness": freshness,
        "overdue": listing.status != "closed" and freshness.is_overdue_on(today()),
        "boroughs": frozenset(),
    }


def _search_before() -> str | None:
    """The search from which the reader came here, as an address; None where they came from elsewhere."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or before.path != url_for("find.services"):
        return None
    return urlunsplit(("", "", before.path, before.query, ""))


def listing_or_elsewhere(catalogue: Catalogue, service_id: str) -> Listing:
    """The listing of this page. Where another one stands for it, the reader is led to the same page of that one.

    Without either: a 404.
    """
    listing = catalogue.listings.get(service_id)
    if listing is not None:
        return listing
    if request.endpoint is None or service_id not in catalogue.merged_into:
        abort(404)
    there = url_for(request.endpoint, service_id=catalogue.merged_into[service_id])
    asked = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    # A form that was filled in meanwhile is sent on whole.
    return abort(redirect(f"{there}{asked}", 307 if request.method == "POST" else 302))
