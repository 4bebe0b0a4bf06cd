"""Confirming a listing by the link in an e-mail, without signing in. Opening the page changes nothing."""

from flask import abort, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing.errors import EditError
from app.actions.freshness import link
from app.actions.freshness.confirming import ChangedMeanwhileError, ClosedListingError
from app.actions.freshness.link import Asked, LinkOverError
from app.actions.today import today
from app.current import current_catalogue, current_engine

from ..manage.change_words import names_in
from ..manage.freshness_words import told
from ..page import page
from .access import now
from .confirm_words import parts_of
from .own_account import blueprint as blueprint


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> AnyResponse:
    try:
        if request.method == "POST":
            return _sent(token)
        return _page(token, link.look_at(current_engine(), token, now()))
    except (LinkOverError, ClosedListingError) as error:
        return _without_address(page("account/confirm_over.html", 410, **_what_became(error)))


@blueprint.get("/confirmed/<service_id>")
def confirmed(service_id: str) -> AnyResponse:
    """Thanks. It says no more than the public page."""
    found = link.as_confirmed(current_engine(), service_id)
    if found is None:
        abort(404)
    name, freshness = found
    return page("account/confirmed.html", service_id=service_id, name=name, told=told(freshness, "", today()))


def _sent(token: str) -> AnyResponse:
    version = request.form.get("version", type=int, default=-1)
    try:
        service_id = link.confirm_by_link(current_engine(), token, version, now())
    except ChangedMeanwhileError as error:
        return _page(token, link.look_at(current_engine(), token, now()), 409, error.message)
    return redirect(url_for("account.confirmed", service_id=service_id), 303)


def _page(token: str, asked: Asked, status: int = 200, changed: str = "") -> AnyResponse:
    shown = page(
        "account/confirm.html",
        status,
        token=token,
        listing=asked.listing,
        version=asked.version,
        parts=parts_of(asked.listing, names_in(current_catalogue())),
        told=told(asked.freshness, asked.listing.status, today()),
        changed=changed,
    )
    return _without_address(shown)


def _without_address(response: AnyResponse) -> AnyResponse:
    """The address of the page lets somebody confirm: no other page is told of more than the website's name."""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _what_became(error: EditError) -> dict[str, object]:
    over = error if isinstance(error, LinkOverError) else None
    listings = current_catalogue().listings
    return {
        "sentence": error.message,
        "other_ways": over is not None and over.message != link.NOT_YOURS_NOW,
        "listing": listings.get(over.slug) if over else None,
        "told": told(over.confirmed, "", today()) if over and over.confirmed else None,
    }
