"""The public page and the search result as they will look: for whoever writes the draft, and for admins."""

from dataclasses import replace

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing import drafts
from app.actions.editing.drafts import Managed
from app.actions.recommend import Recommended, desk_for
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue, current_engine
from app.directory.editing.edited import Edited
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Listing

from ..account.access import signed_in_person
from ..find.search import listing_values
from ..page import page
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .overview import section_of


@blueprint.get("/<service_id>/preview")
def preview(service_id: str) -> AnyResponse:
    who = signed_in_person().who
    managed = drafts.managed(current_engine(), who, service_id)
    if managed.draft is None:
        return redirect(url_for("manage.listing", service_id=service_id), 303)
    if mistakes := mistakes_of(managed, who):
        return page("manage/no_preview.html", service_id=service_id, mistakes=mistakes, section_of=section_of)
    catalogue = current_catalogue()
    values = listing_values(catalogue, listing_of_draft(managed, managed.edited))
    return page(
        "manage/preview.html",
        **values,
        entry=_hit(catalogue, values["listing"]),
        person="me",
        facts=None,
        distance=lambda _listing: "",
        listing_address=lambda id_, part="": url_for("find.service", service_id=id_) + part,
        state=managed.draft.state,
    )


def listing_of_draft(managed: Managed, edited: Edited) -> Listing:
    """What a draft, or a part of it, makes of the listing, said today. Raises pydantic's ``ValidationError``."""
    said = statement(managed.listing.organisation, today().isoformat())
    return listing_of(edited, managed.listing, said, managed.draft.others if managed.draft else ())


def _hit(catalogue: Catalogue, listing: Listing) -> Recommended | None:
    """How it looks in a search; None where the search does not list it as open."""
    desk = desk_for(catalogue, {}, today())
    if listing.status == "closed" or listing.id not in desk.rulebook.numbers:
        return None
    return replace(desk.entry(listing.id), listing=listing)
