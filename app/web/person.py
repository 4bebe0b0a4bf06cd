"""The person whom a search is for. What is known of them is kept as in the check: in the reader's cookie alone."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.current import current_catalogue

from . import answers_cookie
from .answers_cookie import Journey, journey_under_way
from .at_a_glance import with_form
from .find import Wanted, search_page
from .journey import START, FormError
from .own_journey import ID
from .page import page
from .same_site import from_our_pages

blueprint = Blueprint("person", __name__, url_prefix="/services/person")
ASKED_FOR = "patient"
"""For whom a search is, where no check under way says otherwise."""


@blueprint.get("")
def nothing_to_read() -> AnyResponse:
    return redirect(url_for("find.services"), 303)


@blueprint.post("")
def save() -> AnyResponse:
    if not from_our_pages(request):
        abort(403)
    wanted = Wanted.of(request.form)
    journey = _journey_of_this_form()
    catalogue = current_catalogue()
    try:
        answers = with_form(catalogue.questionnaire, journey.answers, request.form, catalogue.sectors)
    except FormError as error:
        return search_page(wanted, journey, status=422, error=str(error))
    response = redirect(wanted.address, 303)
    answers_cookie.save(request, response, replace(journey, answers=answers, dropped=()))
    return response


@blueprint.post("/new")
def new() -> AnyResponse:
    """The next person: nothing of the one before is left."""
    if not from_our_pages(request):
        abort(403)
    response = redirect(url_for("find.services"), 303)
    answers_cookie.clear(request, response)
    return response


def _journey_of_this_form() -> Journey:
    """The journey that the form's page was made for; a new one where that page knew of nobody."""
    of_form = request.form.get(ID)
    going_on = journey_under_way(request)
    if not of_form:
        return Journey(answers={START: ASKED_FOR})
    if going_on is None or going_on.id != of_form:
        abort(page("wizard/other_journey.html", status=409, going_on=going_on))
    return going_on
