"""What only the browser knows: that a text was copied, and that results of a search stood still. It tells us in a word.

Nothing is answered, no cookie is set, and nobody waits for it.
"""

from flask import Response, abort, request

from app.actions.find import find
from app.current import current_catalogue

from ..counted import count, count_in_vain
from ..same_site import from_our_pages
from .search import PER_PAGE, Wanted
from .search import blueprint as blueprint


@blueprint.post("/services/<service_id>/copied")
def copied(service_id: str) -> Response:
    """The referral text of a listing was copied."""
    if not from_our_pages(request):
        abort(403)
    if service_id not in current_catalogue().listings:
        abort(404)
    count("copied", [service_id])
    return _nothing()


@blueprint.post("/services/found")
def results_stood() -> Response:
    """The results that were fetched while somebody typed stand still now. ``id``: their listings, in any order.

    ``q`` and ``borough``: what was searched for, where it found little.
    """
    if not from_our_pages(request):
        abort(403)
    catalogue, wanted = current_catalogue(), Wanted.of(request.form)
    count("found", catalogue.listings.keys() & set(request.form.getlist("id")[:PER_PAGE]))
    if wanted.q:
        # Looked at again here: what is in no list, or tells of danger, is not for a browser to say.
        count_in_vain(find(catalogue, wanted.q, wanted.borough or None, 0))
    return _nothing()


def _nothing() -> Response:
    return Response(status=204, headers={"Cache-Control": "no-store"})
