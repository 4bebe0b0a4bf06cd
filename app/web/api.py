"""The JSON addresses under /api/v1, and the two that say whether the process can work."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest

from app.actions.decision import availability_data, decision_data
from app.actions.find import find
from app.actions.recommend import recommend
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue, current_engine
from app.database import reading
from app.directory.listing import BOROUGHS
from app.eligibility.answers import AnswerError
from app.exchange.rows import generation_of

api = Blueprint("api", __name__)
MOST = 100
SOME = 10
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
    return jsonify(status="ok")


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The database and the index answer. (A database that does not is the error page's business: 503.)"""
    with reading(current_engine()) as session:
        generation_of(session)
    catalogue = current_catalogue()
    healthy = catalogue.search.healthy
    body = {"status": "ok" if healthy else "no index", "listings": len(catalogue.listings)}
    return jsonify(body), 200 if healthy else 503


@api.get("/api/v1/search")
def search() -> Response:
    """Search as data: open listings only, best first, with the notices."""
    catalogue = current_catalogue()
    found = find(catalogue, request.args.get("q", ""), _borough(), _limit(request.args.get("limit", SOME)))
    return jsonify(
        query=found.query,
        total=found.total,
        notices=[
            {
                "kind": notice.kind,
                "text": notice.text,
                "service": notice.service,
                "successors": list(notice.successors),
                "see_instead": list(notice.see_instead),
            }
            for notice in found.notices
        ],
        results=[_card(catalogue, id_) for id_ in found.results],
    )


@api.get("/api/v1/questions")
def questions() -> Response:
    """The questions with their answers, worded for oneself."""
    questionnaire = current_catalogue().questionnaire
    open_answers = [{"id": answer.id, "label": answer.label} for answer in questionnaire.open_answers]
    return jsonify(
        questions=[
            {
                "id": question.id,
                "kind": question.kind,
                "text": questionnaire.wording(question.text, "me"),
                "hint": questionnaire.wording(question.hint, "me"),
                "why": questionnaire.wording(question.why, "me"),
                "sensitive": question.sensitive,
                "answers": [{"id": a.id, "label": a.label} for a in question.answers]
                + ([{"id": question.none.id, "label": question.none.label}] if question.none else [])
                + open_answers,
            }
            for question in questionnaire
        ]
    )


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


def _card(catalogue: Catalogue, id_: str) -> dict[str, Any]:
    listing = catalogue.listings[id_]
    return {
        "id": listing.id,
        "name": listing.name,
        "role": listing.role,
        "status": listing.status,
        "boroughs": sorted(catalogue.programmes[id_].boroughs),
        "summary": listing.summary,
        "availability": availability_data(catalogue.said_on(id_, today())),
        "url": f"/services/{listing.id}",
    }


def _borough() -> str | None:
    borough = request.args.get("borough") or None
    if borough and borough not in BOROUGHS:
        raise BadRequestError(f"“borough” must be one of {', '.join(BOROUGHS)}.", 422)
    return borough


def _limit(value: object) -> int:
    written = str(value)
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
