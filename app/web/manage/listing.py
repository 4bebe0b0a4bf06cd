"""One listing, for whoever looks after it: how it is today, whether it is still right, and what stands in each part."""

from werkzeug.wrappers import Response as AnyResponse

from app.actions import availability
from app.actions.duplicates.merging import standing_of
from app.actions.editing import drafts
from app.actions.freshness import confirming
from app.actions.reports.waiting import open_reports
from app.actions.today import today
from app.current import current_catalogue, current_engine

from ..account.access import signed_in_person
from ..page import page
from .availability import availability_form
from .change_words import names_in
from .field_words import STATUS_WORDS
from .freshness_words import REVIEW_WORDS, told
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .merged import merged_page
from .overview import overviews


@blueprint.get("/<service_id>")
def listing(service_id: str) -> AnyResponse:
    return listing_page(service_id)


def listing_page(service_id: str, status: int = 200, unconfirmed: str = "") -> AnyResponse:
    """``unconfirmed``: why the listing was not confirmed, in a sentence, where somebody tried to."""
    who = signed_in_person().who
    if standing := standing_of(current_engine(), who, service_id):
        return merged_page(service_id, standing, status)
    managed = drafts.managed(current_engine(), who, service_id)
    stands = availability.stands(current_engine(), who, service_id)
    mistakes = mistakes_of(managed, who)
    fresh = confirming.stands(current_engine(), who, service_id)
    return page(
        "manage/listing.html",
        status,
        service_id=service_id,
        listing=managed.listing,
        draft=managed.draft,
        sections=overviews(managed, mistakes, names_in(current_catalogue())),
        mistakes=mistakes,
        status_words=STATUS_WORDS,
        availability_form=availability_form(stands.said),
        version=managed.version,
        fresh=fresh,
        fresh_told=told(fresh.freshness, fresh.status, today()),
        review_words=REVIEW_WORDS,
        unconfirmed=unconfirmed,
        reports=open_reports(current_engine(), {service_id}).get(service_id, 0),
    )
