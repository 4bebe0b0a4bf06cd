"""How listings look to others where one stands for another: so they come back in what this directory exported."""

from collections.abc import Callable

from sqlmodel import Session, select

from app.directory.listing import Listing
from app.exchange.merged import without_merged
from app.exchange.rows import read_listings_of
from app.models import MergedListing


def standing_in(session: Session) -> Callable[[Listing], Listing]:
    """Turns a listing as it was written into the one that others are told."""
    merges = session.exec(select(MergedListing.service_id, MergedListing.into_id)).all()
    family = read_listings_of(session, {id_ for pair in merges for id_ in pair}) if merges else {}
    into = {family[one].id: family[other].id for one, other in merges}
    by_slug = {listing.id: listing for listing in family.values()}

    def standing(listing: Listing) -> Listing:
        if listing.id in into:
            return listing
        return without_merged({**by_slug, listing.id: listing}, into)[0][listing.id]

    return standing
