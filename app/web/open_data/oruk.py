"""Open Referral UK 3.0: the nine addresses under /api/oruk/v3. For everybody, and only what is public anyway."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions import open_data
from app.actions.open_data import Answer, Wanted
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.postcodes import UNKNOWN, Position, sector_of
from app.exchange.oruk.feed import as_json
from app.exchange.oruk.shapes import PROFILE, VERSION, ApiDetails

from .asked import SENTENCES, AskedError, PageAsked, PlacesAsked, ServicesAsked, TermsAsked, asked

blueprint = Blueprint("oruk", __name__, url_prefix="/api/oruk/v3")
OPEN = ("/api/oruk/", "/api/openapi.json")
NOT_THERE = "There is nothing with this id."
FAR = "We do not know where this postcode is. We know those of North Central London and close by."


@blueprint.after_app_request
def for_everybody(response: Response) -> Response:
    """Any page may read it, also that there is nothing. It may be kept, and is asked for anew each time: most answers
    are then empty."""
    if request.path.startswith(OPEN):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Cache-Control", "public, no-cache")
    return response


@blueprint.errorhandler(AskedError)
def refuse(error: AskedError) -> tuple[Response, int]:
    return jsonify(error={"message": error.message}), 400


@blueprint.get("/")
def details() -> AnyResponse:
    described = url_for("openapi.description", _external=True)
    return _json(Answer(as_json(ApiDetails(version=VERSION, profile=PROFILE, openapi_url=described))))


@blueprint.get("/services")
def services() -> AnyResponse:
    query = asked(ServicesAsked, request.args)
    return _json(open_data.services(current_catalogue(), _wanted(query), query.paging, today()))


@blueprint.get("/services/<id_>")
def service(id_: str) -> AnyResponse:
    found = open_data.service(current_catalogue(), key, today()) if (key := _uuid(id_)) else None
    if isinstance(found, UUID):
        # It can be taken apart again: so for the time being.
        return redirect(url_for("oruk.service", id_=found), 307)
    return _one(found)


@blueprint.get("/service_at_locations")
def places() -> AnyResponse:
    query = asked(PlacesAsked, request.args)
    catalogue = current_catalogue()
    wanted = _wanted(query, near=_position(catalogue, query.postcode), proximity=query.proximity)
    return _json(open_data.places(catalogue, wanted, query.paging, today()))


@blueprint.get("/service_at_locations/<id_>")
def place(id_: str) -> AnyResponse:
    return _found(id_, open_data.place)


@blueprint.get("/taxonomies")
def taxonomies() -> AnyResponse:
    return _json(open_data.taxonomies(current_catalogue(), asked(PageAsked, request.args).paging, today()))


@blueprint.get("/taxonomies/<id_>")
def taxonomy(id_: str) -> AnyResponse:
    return _found(id_, open_data.taxonomy)


@blueprint.get("/taxonomy_terms")
def terms() -> AnyResponse:
    query = asked(TermsAsked, request.args)
    wanted = Wanted(taxonomy_id=query.taxonomy_id)
    return _json(open_data.terms(current_catalogue(), wanted, query.paging, today()))


@blueprint.get("/taxonomy_terms/<id_>")
def term(id_: str) -> AnyResponse:
    return _found(id_, open_data.term)


def _found(id_: str, one: Callable[[Catalogue, UUID, date], Answer | None]) -> AnyResponse:
    key = _uuid(id_)
    return _one(one(current_catalogue(), key, today()) if key else None)


def _one(answer: Answer | None) -> AnyResponse:
    if answer is None:
        response = jsonify(error={"message": NOT_THERE})
        response.status_code = 404
        return response
    return _json(answer)


def _json(answer: Answer) -> AnyResponse:
    """The answer, or the word that the caller has it already."""
    response = Response(answer.body, mimetype="application/json")
    response.last_modified = answer.modified_at
    response.add_etag(weak=True)
    return response.make_conditional(request)


def _uuid(text: str) -> UUID | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return key if str(key) == text.lower() else None


def _wanted(query: ServicesAsked, near: Position | None = None, proximity: float | None = None) -> Wanted:
    filters = query.model_dump(exclude={"page", "per_page", "postcode", "proximity"})
    return Wanted(**filters, near=near, proximity=proximity)


def _position(catalogue: Catalogue, postcode: str) -> Position | None:
    """About where a postcode is. Raises ``AskedError`` where that is not known."""
    if not postcode:
        return None
    sector = sector_of(postcode)
    if sector is None:
        raise AskedError(SENTENCES["postcode"])
    middle = catalogue.sectors.get(sector, UNKNOWN).middle
    if middle is None:
        raise AskedError(FAR)
    return middle
