"""The check: one question a page, and what fits. Answers live in the reader's cookie and nowhere else."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.recommend import Recommendation, questions_left, recommend
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.postcodes import HOME
from app.eligibility.answers import with_change
from app.eligibility.questions import Question

from ..page import page
from ..same_site import from_our_pages
from . import answers_cookie
from .answers_cookie import Journey, journey_under_way
from .journey import (
    FIELD,
    OPEN_FIELD,
    START,
    FormError,
    answer_in_words,
    choices,
    makes_sense,
    may_see_results,
    offered,
    person_of,
    question_before,
    with_silence,
)
from .own_journey import carry, journey_of_this_page
from .postcode import WhichBoroughError, answer_of, postcode_field

blueprint = Blueprint("wizard", __name__, url_prefix="/check")
FROM_ANSWERS = "answers"


@blueprint.before_request
def _only_from_our_pages() -> None:
    if request.method == "POST" and not from_our_pages(request):
        abort(403)


@blueprint.after_request
def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("")
def start() -> Response:
    going_on = journey_under_way(request)
    if going_on:
        carry(going_on)
    cleared = request.args.get("cleared") == "1"
    return _question_page(_question_or_404(START), Journey(), first=True, cleared=cleared, going_on=going_on)


@blueprint.post("")
def begin() -> AnyResponse:
    """A new journey with an id of its own: whatever was answered before is gone."""
    return _take_answer(_question_or_404(START), Journey(), first=True)


@blueprint.get("/<question_id>")
def question(question_id: str) -> AnyResponse:
    asked = _question_or_404(question_id)
    journey = journey_of_this_page()
    if not _makes_sense(asked, journey):
        return _to_next(journey, moved=True)
    return renewed(_question_page(asked, journey), journey)


@blueprint.post("/<question_id>")
def answer(question_id: str) -> AnyResponse:
    asked = _question_or_404(question_id)
    journey = journey_of_this_page()
    return _take_answer(asked, journey) if _makes_sense(asked, journey) else _to_next(journey, moved=True)


@blueprint.get("/answers")
def answers() -> AnyResponse:
    journey = journey_of_this_page()
    catalogue = current_catalogue()
    rows = [
        (catalogue.questionnaire[id_], answer_in_words(catalogue.questionnaire, catalogue.questionnaire[id_], value))
        for id_, value in journey.answers.items()
    ]
    decision = decision_of(catalogue, journey)
    return renewed(page("wizard/answers.html", rows=rows, decision=decision, **about(catalogue, journey)), journey)


@blueprint.get("/delete")
def deleted() -> Response:
    return page("wizard/deleted.html", still_held=journey_under_way(request) is not None)


@blueprint.post("/delete")
def delete() -> AnyResponse:
    response = redirect(url_for(".deleted"), 303)
    answers_cookie.clear(request, response)
    return response


def _take_answer(asked: Question, journey: Journey, *, first: bool = False) -> AnyResponse:
    catalogue = current_catalogue()
    try:
        value = answer_of(catalogue.questionnaire, asked, request.form, catalogue.sectors)
    except FormError as error:
        refused = _question_page(asked, journey, status=422, first=first, error=error)
        return refused if first else renewed(refused, journey)
    raw, dropped = with_change(catalogue.questionnaire, journey.answers, asked.id, value)
    # Here we say that the borough alone is kept: whoever answers anew is measured from no earlier postcode.
    near = "" if asked.id == HOME else journey.near
    journey = replace(journey, answers=raw, dropped=dropped, near=near)
    carry(journey)
    response = _to_next(journey)
    answers_cookie.save(request, response, journey)
    return response


def _makes_sense(asked: Question, journey: Journey) -> bool:
    return makes_sense(current_catalogue().questionnaire, journey.answers, asked)


def _to_next(journey: Journey, *, moved: bool = False) -> AnyResponse:
    """On to the next question, or back to where the reader came from to change an answer.

    ``moved``: the page there says that the question asked for does not apply.
    """
    told = "moved" if moved else "changed" if journey.dropped else None
    if _came_from_answers():
        return redirect(url_for(".answers", told=told), 303)
    next_question = decision_of(current_catalogue(), journey).next_question
    if next_question is None:
        return redirect(url_for(".results", told=told), 303)
    return redirect(url_for(".question", question_id=next_question.id, told=told), 303)


def _question_page(
    asked: Question,
    journey: Journey,
    *,
    status: int = 200,
    first: bool = False,
    error: FormError | None = None,
    cleared: bool = False,
    going_on: Journey | None = None,
) -> Response:
    catalogue = current_catalogue()
    given = _given(asked, journey, error)
    answers = offered(asked, catalogue.interview_on(today()).rulebook.rulesets)
    return page(
        "wizard/question.html",
        status=status,
        question=asked,
        first=first,
        error=str(error) if error else "",
        postcode=postcode_field(asked, request.form, error),
        cleared=cleared,
        going_on=going_on,
        given=given,
        back=_back_address(asked, journey, first),
        from_answers=_came_from_answers(),
        after_this=_questions_after(asked, journey),
        items=choices(asked, answers, () if asked.id == START else catalogue.questionnaire.open_answers, given),
        **about(catalogue, journey),
    )


def _questions_after(asked: Question, journey: Journey) -> int | None:
    """How many questions there can be at most after this one; None where it was answered before."""
    if asked.id in journey.answers:
        return None
    catalogue = current_catalogue()
    left = questions_left(catalogue, with_silence(catalogue.questionnaire, journey.answers), today())
    return len(left - {asked.id})


def _given(asked: Question, journey: Journey, error: FormError | None) -> list[str]:
    """The values to show as chosen: what the form held when it was refused, else what was answered before."""
    if isinstance(error, WhichBoroughError):
        return []
    if error:
        return [*request.form.getlist(FIELD), *request.form.getlist(OPEN_FIELD)]
    value = journey.answers.get(asked.id, [])
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _came_from_answers() -> bool:
    return request.values.get("from") == FROM_ANSWERS


def _back_address(asked: Question, journey: Journey, first: bool) -> str:
    if first:
        return url_for("home.index")
    if _came_from_answers():
        return url_for(".answers")
    before = question_before(journey.answers, asked.id)
    return url_for(".question", question_id=before) if before else url_for(".start")


def about(catalogue: Catalogue, journey: Journey) -> dict[str, Any]:
    """What every page of one journey needs."""
    questionnaire = catalogue.questionnaire
    person = person_of(questionnaire, journey.answers)
    return {
        "journey": journey,
        "person": person,
        "caption": questionnaire.people[person].caption,
        "wording": lambda text: questionnaire.wording(text, person),
        "dropped": [questionnaire[id_] for id_ in journey.dropped if id_ in questionnaire],
        "may_see_results": may_see_results(journey.answers),
        "told": request.args.get("told"),
    }


def decision_of(catalogue: Catalogue, journey: Journey) -> Recommendation:
    return recommend(catalogue, with_silence(catalogue.questionnaire, journey.answers), today())


def renewed(response: AnyResponse, journey: Journey) -> AnyResponse:
    """The page of a journey, which is kept for another hour where a good part of this one is over."""
    answers_cookie.renew(request, response, journey)
    return response


def _question_or_404(question_id: str) -> Question:
    questionnaire = current_catalogue().questionnaire
    if question_id not in questionnaire:
        abort(404)
    return questionnaire[question_id]
