"""The description of all JSON addresses, in OpenAPI 3.1, made from the types that make the answers."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from app.exchange.oruk.shapes import VERSION

from .listing_words import explained
from .operations import MOVED, OPEN_REFERRAL, OURS, UNCHANGED, Operation, Refusal
from .schemas import AsWritten, Json, WithoutEmpty, parameters, schemas

blueprint = Blueprint("openapi", __name__)
ABOUT = """What this directory says of services, for other programs. It needs no login and sets no cookie.

Addresses under /api/oruk/v3 follow the UK profile of Open Referral 3.0. In their answers, what is not known is left
out, and what the standard has no word for stands in no_wrong_door."""
NOT_READY = "The directory is not ready. Try again in a minute."
TEXT = {"schema": {"type": "string"}}
KEPT = {
    "ETag": {"description": "Send it back in If-None-Match, to hear whether anything changed.", **TEXT},
    "Last-Modified": {"description": "When anything in it changed last, where that is known.", **TEXT},
}
ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}

Places = Mapping[type[BaseModel], Any]


@blueprint.get("/api/openapi.json")
def description() -> AnyResponse:
    response = Response(_written(), mimetype="application/json")
    response.add_etag(weak=True)
    return response.make_conditional(request)


@cache
def _written() -> bytes:
    """It follows from the program alone, so it is made once."""
    return json.dumps(document(), ensure_ascii=False).encode()


def document() -> Json:
    """The whole description, as plain data."""
    shared, of_shared = schemas([*(one.answer for one in OPEN_REFERRAL), Refusal], WithoutEmpty)
    own, of_own = schemas([one.answer for one in OURS], AsWritten)
    sent, of_sent = schemas([one.body for one in OURS if one.body], AsWritten, "validation")
    paths: dict[str, Json] = {}
    for operation in (*OPEN_REFERRAL, *OURS):
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, {**shared, **own, **sent})
    return {
        "openapi": "3.1.0",
        "info": {"title": "No Wrong Door", "version": VERSION, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": {**explained(of_shared), **of_own, **of_sent}},
    }


def _operation(operation: Operation, places: Places) -> Json:
    given = [ID] if operation.by_id else []
    described: Json = {"operationId": operation.name, "summary": operation.about}
    if operation.asked:
        given += parameters(operation.asked)
    if given:
        described["parameters"] = given
    if operation.body:
        described["requestBody"] = {"required": True, "content": _json(operation.body, places)}
    return {**described, "responses": _responses(operation, places)}


def _responses(operation: Operation, places: Places) -> Json:
    answer: Json = {"description": "The answer.", "content": _json(operation.answer, places)}
    found: Json = {"200": {**answer, "headers": KEPT} if operation.kept else answer}
    if operation.kept:
        found["304"] = {"description": UNCHANGED}
    if operation.moved:
        found["307"] = {"description": MOVED, "headers": {"Location": TEXT}}
    for status, why in {**operation.refusals, 503: NOT_READY}.items():
        found[str(status)] = {"description": why, "content": _json(Refusal, places)}
    return found


def _json(model: type[BaseModel], places: Places) -> Json:
    return {"application/json": {"schema": places[model]}}
