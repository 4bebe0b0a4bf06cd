"""What people see when something goes wrong: what happened, and what to do next. JSON under /api."""

from dataclasses import dataclass

from flask import Flask, current_app, jsonify, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from app.catalogue import CatalogueEmptyError

from .page import page


@dataclass(frozen=True)
class Trouble:
    """One kind of error in plain words."""

    title: str
    next_step: str


TROUBLES = {
    400: Trouble("We could not read that", "Go back and try again. If it fails again, start from the home page."),
    403: Trouble(
        "You cannot do that here", "This is for other people, or the form came from elsewhere. Open the page again."
    ),
    404: Trouble("Sorry, that page is not here", "Try searching, or answer a few questions."),
    405: Trouble("This page cannot be opened that way", "Start from the home page."),
    413: Trouble("That was too long for us", "Make it shorter and send it again."),
    422: Trouble("Something is missing or does not fit", "Go back, check what you gave, and send it again."),
    500: Trouble("Something went wrong on our side", "Nothing was saved. Try again in a minute."),
    503: Trouble("The directory is not ready", "Try again in a minute. Nothing was lost."),
}
UNEXPECTED = Trouble("That did not work", "Go back and try again, or start from the home page.")


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(CatalogueEmptyError, _not_ready)
    app.register_error_handler(DBAPIError, _not_ready)
    app.register_error_handler(NoConnectionError, _not_ready)


def _not_ready(error: Exception) -> AnyResponse:
    """The database is away or broken, or holds no catalogue yet."""
    reason = error.orig if isinstance(error, DBAPIError) else None
    current_app.logger.error("Not ready on %s: %s", request.path, reason or type(error).__name__)
    return _answer(ServiceUnavailable())


def _answer(error: HTTPException) -> AnyResponse:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    trouble = TROUBLES.get(code, UNEXPECTED)
    if request.path.startswith("/api/"):
        response = jsonify({"error": {"message": f"{trouble.title}. {trouble.next_step}"}})
        response.status_code = code
    else:
        response = page(_template(), status=code, trouble=trouble)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    response.headers["Cache-Control"] = "no-store"
    return response


def _template() -> str:
    """Pages of the check have their ways out, whatever they say."""
    return "wizard/error.html" if request.path.startswith("/check") else "error.html"
