"""The text with which a professional refers somebody to a service: for the record, as a letter, and for a phone."""

from collections.abc import Iterable

from flask import Response, abort, request

from app.actions.referral import open_instead, referral_to
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.listing import Listing
from app.directory.referral import ReferralWords
from app.directory.sources import citation
from app.eligibility.rules import Citation

from ..page import page
from ..wizard.answers_cookie import Journey, journey_under_way
from ..wizard.journey import with_silence
from ..wizard.own_journey import carry, is_of_another
from ..words import numbered_sources
from .referral_text import LONGEST_MESSAGE, as_text, letter, patient_message, phone_length, reason_text, record
from .search import blueprint as blueprint
from .search import listing_or_elsewhere


@blueprint.get("/services/<service_id>/referral")
def service_referral(service_id: str) -> Response:
    catalogue = current_catalogue()
    listing = listing_or_elsewhere(catalogue, service_id)
    if catalogue.referral is None:
        abort(404)
    journey = _journey_of_this_page()
    closed = listing.status == "closed"
    response = _closed_page(catalogue, listing) if closed else _page(catalogue, catalogue.referral, listing, journey)
    if journey:
        response.headers["Cache-Control"] = "no-store"
    return response


def _journey_of_this_page() -> Journey | None:
    """The journey under way; None without one. Where this page is of another, the reader is told so instead."""
    journey = journey_under_way(request)
    if journey:
        carry(journey)
        if is_of_another(journey):
            abort(page("wizard/other_journey.html", status=409, going_on=journey))
    return journey


def _closed_page(catalogue: Catalogue, listing: Listing) -> Response:
    return page(
        "find/referral_closed.html",
        listing=listing,
        listings=catalogue.listings,
        instead=open_instead(catalogue, listing),
        sources=numbered_sources(listing, catalogue.papers),
    )


def _page(catalogue: Catalogue, words: ReferralWords, listing: Listing, journey: Journey | None) -> Response:
    answers = with_silence(catalogue.questionnaire, journey.answers) if journey else {}
    referral = referral_to(catalogue, words, listing, answers, today())
    message = patient_message(referral) if referral.has_message else ""
    for_record = record(referral, catalogue.papers)
    to_send = letter(referral, catalogue.papers) if referral.has_letter else ()
    return page(
        "find/referral.html",
        listing=listing,
        referral=referral,
        words=words,
        urgent=catalogue.urgent,
        record=as_text(for_record),
        letter=as_text(to_send),
        reason_text=reason_text,
        printed=to_send or for_record,
        message=message,
        message_length=phone_length(message),
        longest_message=LONGEST_MESSAGE,
        citations=lambda keys: _citations(catalogue, words, keys),
    )


def _citations(catalogue: Catalogue, words: ReferralWords, keys: Iterable[str]) -> list[Citation]:
    return [citation(words.sources[key], catalogue.papers) for key in keys]
