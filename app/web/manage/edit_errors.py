"""What stands in the way of editing, as pages: no such listing, not yours, signed out meanwhile."""

from flask import flash, jsonify, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing.errors import EditError, NoListingError, NotYoursError

from ..account.access import person_here
from ..errors import TROUBLES
from ..page import page
from ..same_site import from_our_pages
from .listings import blueprint

AUTOSAVE = "X-Autosave"
"""The header of what a page saves by itself: it is answered with JSON."""
SIGNED_OUT = "You are signed out. Copy your text, sign in again in another tab, and press Save."
TOO_OLD = "This page was open for too long, or you signed in again. Your text is still here. Press Save."


@blueprint.errorhandler(NoListingError)
def no_listing(_error: NoListingError) -> AnyResponse:
    return page("error.html", 404, trouble=TROUBLES[404])


@blueprint.errorhandler(NotYoursError)
def not_yours(error: NotYoursError) -> AnyResponse:
    if AUTOSAVE in request.headers:
        return sentence(f"Not saved. {error.message}", 403)
    return page("manage/not_yours.html", 403, sentence=error.message)


@blueprint.errorhandler(EditError)
def moved_on(error: EditError) -> AnyResponse:
    """What somebody pressed a button for is not there any more: they come to the page that says what is."""
    if AUTOSAVE in request.headers:
        return sentence(f"Not saved. {error.message}", 409)
    flash(error.message)
    service_id = (request.view_args or {}).get("service_id")
    return redirect(url_for("manage.listing", service_id=service_id) if service_id else url_for("manage.listings"), 303)


@blueprint.errorhandler(CSRFError)
def stale_form(_error: CSRFError) -> AnyResponse:
    return kept(400) if request.endpoint == "manage.section" else page("account/stale.html", 400)


def kept(status: int) -> AnyResponse:
    """What was typed, with a new token: nothing is lost when somebody was signed out, and signs in in another tab."""
    if AUTOSAVE in request.headers:
        return sentence(SIGNED_OUT, status)
    if not from_our_pages(request):
        # Another website wrote it: a page of ours with its words, a new token and a button would send them.
        return page("account/stale.html", 400)
    person = person_here()
    signed_in = person is not None and person.is_authenticated
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return page("manage/kept.html", status, fields=fields, signed_in=signed_in, too_old=TOO_OLD)


def sentence(text: str, status: int) -> AnyResponse:
    """The answer to what a page saves by itself, where it could not be saved."""
    response = jsonify({"sentence": text})
    response.status_code = status
    return response
