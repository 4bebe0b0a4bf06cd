"""The front door, the two pages about ourselves, and the way out."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.actions.recommend import questions_left
from app.actions.today import today
from app.current import current_catalogue

from .page import page
from .wizard import answers_cookie

blueprint = Blueprint("home", __name__)
NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"


@blueprint.get("/")
def index() -> Response:
    catalogue = current_catalogue()
    open_services = sum(listing.status != "closed" for listing in catalogue.listings.values())
    return page("home.html", open_services=open_services, after_this=len(questions_left(catalogue, {}, today())))


@blueprint.get("/professionals")
def professionals() -> Response:
    return page("professionals.html", papers=current_catalogue().papers)


@blueprint.get("/privacy")
def privacy() -> Response:
    return page("privacy.html", minutes=answers_cookie.MINUTES)


@blueprint.get("/accessibility")
def accessibility() -> Response:
    return page("accessibility.html")


@blueprint.get("/exit")
def leave() -> AnyResponse:
    """Clears the answers and goes to a page that says nothing about the person. Staff stay signed in."""
    response = redirect(NEUTRAL_PAGE, 303)
    answers_cookie.clear(request, response)
    response.headers["Cache-Control"] = "no-store"
    return response
