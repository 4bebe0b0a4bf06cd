"""The JSON addresses under /api/v1, and the two that say whether the process can work."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from app.actions.decision import decision_data
from app.actions.decision_shapes import Given
from app.actions.find import find
from app.actions.recommend import recommend
from app.actions.today import today
from app.current import current_catalogue, current_engine
from app.database import reading
from app.directory.listing import BOROUGHS
from app.eligibility.answers import AnswerError
from app.exchange.rows import generation_of

from .api_answers import asked_about_oneself, searched
from .api_shapes import MOST, SOME, Alive, Ready

api = Blueprint("api", __name__)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOT_A_DAY = "“as_of” must be a day, such as “2026-11-21”."


class BadRequestError(Exception):
    """A request that cannot be answered; ``message`` is the sentence for the caller."""

    def __init__(self, message: str, status: int = 400, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.details = details


@api.after_request
def fresh(response: Response) -> Response:
    """No answer is kept by anybody on the way: what somebody searched for is theirs."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@api.errorhandler(BadRequestError)
def refuse(error: BadRequestError) -> tuple[Response, int]:
    return jsonify(error={"message": error.message, **error.details}), error.status


@api.errorhandler(AnswerError)
def refuse_answer(error: AnswerError) -> tuple[Response, int]:
    return jsonify(error={"message": error.message, "questions": list(error.questions)}), 422


@api.get("/healthz")
def healthz() -> Response:
    """The process lives."""
    return _sent(Alive(status="ok"))


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The database and the index answer. (A database that does not is the error page's business: 503.)"""
    with reading(current_engine()) as session:
        generation_of(session)
    catalogue = current_catalogue()
    healthy = catalogue.search.healthy
    ready = Ready(status="ok" if healthy else "no index", listings=len(catalogue.listings))
    return _sent(ready), 200 if healthy else 503


@api.get("/api/v1/search")
def search() -> Response:
    """Search as data: open listings only, best first, with the notices."""
    catalogue = current_catalogue()
    found = find(catalogue, request.args.get("q", ""), _borough(), _limit(request.args.get("limit") or SOME))
    return _sent(searched(catalogue, found, today()))


@api.get("/api/v1/questions")
def questions() -> Response:
    """The questions with their answers, worded for oneself."""
    return _sent(asked_about_oneself(current_catalogue().questionnaire))


@api.post("/api/v1/recommendations")
def recommendations() -> Response:
    """The wizard's decision. Nothing sent here is stored or logged."""
    body = _body()
    answers = body.get("answers", {})
    if not isinstance(answers, dict):
        raise BadRequestError("“answers” must be an object, such as {“lives_in”: “camden”}.", 422)
    catalogue = current_catalogue()
    decision = recommend(catalogue, answers, _day(body.get("as_of")))
    return jsonify(decision_data(catalogue, decision, _limit(body.get("limit", SOME))))


def _body() -> dict[str, Any]:
    try:
        body = request.get_json(force=True)
    except (BadRequest, RecursionError) as error:
        raise BadRequestError("The body is not JSON that can be read. Send an object with “answers”.") from error
    if not isinstance(body, dict):
        raise BadRequestError("Send a JSON object with “answers”.", 422)
    if unknown := sorted(set(body) - {"answers", "as_of", "limit"}):
        raise BadRequestError(f"There is no field “{str(unknown[0])[:80]}”.", 422)
    return body


def _sent(answer: Given) -> Response:
    return jsonify(answer.model_dump(mode="json"))


def _borough() -> str | None:
    borough = request.args.get("borough") or None
    if borough and borough not in BOROUGHS:
        raise BadRequestError(f"“borough” must be one of {', '.join(BOROUGHS)}.", 422)
    return borough


def _limit(value: object) -> int:
    written = str(value).removesuffix(".0")
    short = written.isascii() and written.isdigit() and len(written) <= len(str(MOST))
    if isinstance(value, bool) or not short or not 1 <= int(written) <= MOST:
        raise BadRequestError(f"“limit” must be a whole number from 1 to {MOST}.", 422)
    return int(written)


def _day(value: object) -> date:
    if value is None:
        return today()
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise BadRequestError(_NOT_A_DAY, 422)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadRequestError(_NOT_A_DAY, 422) from error
