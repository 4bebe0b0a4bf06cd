"""Search, browse, and one page for every listing."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from app.actions.find import find
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.listing import BOROUGHS, Listing

from .answers_cookie import journey_under_way
from .journey import may_see_results
from .own_journey import carry, is_of_another
from .page import page, page_or_fragment
from .words import numbered_sources

blueprint = Blueprint("find", __name__)
PER_PAGE = 20


@dataclass(frozen=True)
class Paging:
    """Where in the results a reader is: ``first`` and ``last`` count from one. Past the end is the last page."""

    wanted: int
    total: int

    @property
    def number(self) -> int:
        return min(self.wanted, self.pages)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.total, self.number * PER_PAGE)


@blueprint.get("/services")
def services() -> Response:
    catalogue = current_catalogue()
    q = request.args.get("q", "")
    borough = request.args.get("borough", "")
    borough = borough if borough in BOROUGHS else ""
    wanted = max(1, request.args.get("page", 1, type=int))
    found = find(catalogue, q, borough or None, wanted * PER_PAGE)
    paging = Paging(wanted, found.total)
    return page_or_fragment(
        "find/services.html",
        "results",
        q=q[:200],
        borough=borough,
        found=found,
        paging=paging,
        hits=[catalogue.listings[id_] for id_ in found.results[paging.first - 1 :]],
        boroughs=frozenset({borough} if borough else ()),
        listings=catalogue.listings,
        urgent=catalogue.urgent,
    )


@blueprint.get("/services/<service_id>")
def service(service_id: str) -> Response:
    return _listing_page("find/listing.html", service_id)


@blueprint.get("/services/<service_id>/print")
def service_print(service_id: str) -> Response:
    return _listing_page("find/print.html", service_id)


def _listing_page(template: str, service_id: str) -> Response:
    catalogue = current_catalogue()
    listing = _listing_or_404(catalogue, service_id)
    journey = journey_under_way(request)
    may_go_back = False
    if journey and not is_of_another(journey) and may_see_results(journey.answers):
        may_go_back = True
        carry(journey)
    response = page(
        template,
        listing=listing,
        may_go_back=may_go_back,
        listings=catalogue.listings,
        organisation=catalogue.organisations.get(listing.organisation or ""),
        rule=listing.rule_on(today()),
        assumptions=catalogue.questionnaire.assumptions,
        sources=numbered_sources(listing, catalogue.papers),
        boroughs=frozenset(),
    )
    if may_go_back:
        # It tells the next reader of this browser that somebody answered questions.
        response.headers["Cache-Control"] = "no-store"
    return response


def _listing_or_404(catalogue: Catalogue, service_id: str) -> Listing:
    listing = catalogue.listings.get(service_id)
    if listing is None:
        abort(404)
    return listing
