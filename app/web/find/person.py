"""The person whom a search is for. What is known of them is kept as in the check: in the reader's cookie alone."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.current import current_catalogue
from app.directory.postcodes import HOME

from ..page import page
from ..same_site import from_our_pages
from ..wizard import answers_cookie
from ..wizard.answers_cookie import Journey, journey_under_way
from ..wizard.journey import START, FormError
from ..wizard.own_journey import ID
from ..wizard.postcode import near_after
from .at_a_glance import refused, with_form
from .search import Wanted, search_page

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
        return search_page(wanted, journey, refused=refused(catalogue.questionnaire, request.form, error))
    moved = answers.get(HOME) != journey.answers.get(HOME)
    near = near_after(request.form, catalogue.sectors, journey.near, moved=moved)
    response = redirect(wanted.address, 303)
    answers_cookie.save(request, response, replace(journey, answers=answers, dropped=(), near=near))
    return response


@blueprint.post("/new")
def new() -> AnyResponse:
    """The next person: nothing of the one before is left."""
    if not from_our_pages(request):
        abort(403)
    return _cleared(url_for("find.services"))


@blueprint.get("/new")
def new_search() -> AnyResponse:
    """A search that starts with nobody: an address for record systems, where the patient before must not stay."""
    return _cleared(Wanted.of(request.args).address)


def _cleared(address: str) -> AnyResponse:
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
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
