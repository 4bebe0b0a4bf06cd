"""Search results and questions as other programs get them."""

from collections.abc import Iterator
from datetime import date

from app.actions.decision import availability_given, freshness_given
from app.actions.find import Found
from app.catalogue import Catalogue
from app.eligibility.questions import Answer, Question, Questionnaire
from app.search.notices import Notice

from .api_shapes import AnswerGiven, CardGiven, NoticeGiven, QuestionGiven, QuestionsGiven, SearchGiven


def searched(catalogue: Catalogue, found: Found, day: date) -> SearchGiven:
    return SearchGiven(
        query=found.query,
        total=found.total,
        notices=[_notice(notice) for notice in found.notices],
        results=[_card(catalogue, id_, day) for id_ in found.results],
    )


def asked_about_oneself(questionnaire: Questionnaire) -> QuestionsGiven:
    return QuestionsGiven(questions=[_question(questionnaire, question) for question in questionnaire])


def _notice(notice: Notice) -> NoticeGiven:
    return NoticeGiven(
        kind=notice.kind,
        text=notice.text,
        service=notice.service,
        successors=list(notice.successors),
        see_instead=list(notice.see_instead),
    )


def _card(catalogue: Catalogue, id_: str, day: date) -> CardGiven:
    listing = catalogue.listings[id_]
    return CardGiven.model_validate(
        {
            "id": listing.id,
            "name": listing.name,
            "role": listing.role,
            "status": listing.status,
            "boroughs": sorted(catalogue.programmes[id_].boroughs),
            "summary": listing.summary,
            "availability": availability_given(catalogue.said_on(id_, day)),
            "freshness": freshness_given(catalogue.freshness[id_], overdue=id_ in catalogue.overdue_on(day)),
            "url": f"/services/{listing.id}",
        }
    )


def _question(questionnaire: Questionnaire, question: Question) -> QuestionGiven:
    return QuestionGiven(
        id=question.id,
        kind=question.kind,
        text=questionnaire.wording(question.text, "me"),
        hint=questionnaire.wording(question.hint, "me"),
        why=questionnaire.wording(question.why, "me"),
        sensitive=question.sensitive,
        answers=[AnswerGiven(id=answer.id, label=answer.label) for answer in _answers(questionnaire, question)],
    )


def _answers(questionnaire: Questionnaire, question: Question) -> Iterator[Answer]:
    yield from question.answers
    if question.none:
        yield question.none
    yield from questionnaire.open_answers
