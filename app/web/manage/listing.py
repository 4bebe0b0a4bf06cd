"""One listing, for whoever looks after it: how it is today, what stands in each part, and what becomes of the draft."""

from werkzeug.wrappers import Response as AnyResponse

from app.actions import availability
from app.actions.editing import drafts
from app.current import current_catalogue, current_engine

from ..account.access import signed_in_person
from ..page import page
from .availability import availability_form
from .change_words import names_in
from .field_words import STATUS_WORDS
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .overview import overviews


@blueprint.get("/<service_id>")
def listing(service_id: str) -> AnyResponse:
    who = signed_in_person().who
    managed = drafts.managed(current_engine(), who, service_id)
    stands = availability.stands(current_engine(), who, service_id)
    mistakes = mistakes_of(managed, who)
    return page(
        "manage/listing.html",
        service_id=service_id,
        listing=managed.listing,
        draft=managed.draft,
        sections=overviews(managed, mistakes, names_in(current_catalogue())),
        mistakes=mistakes,
        status_words=STATUS_WORDS,
        availability_form=availability_form(stands.said),
    )
