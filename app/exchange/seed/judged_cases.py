"""Checks ``judged_cases.yaml``: every person's answers can be read by the questions."""

from collections.abc import Iterator

from app.directory.judged_cases import Case
from app.eligibility.answers import AnswerError, read_answers
from app.eligibility.questions import Questionnaire
from app.exchange.seed.plain_yaml import Document, Problem
from app.exchange.seed.shape import validate


def check_judged_cases(document: Document, questionnaire: Questionnaire | None, problems: list[Problem]) -> None:
    """Adds what is wrong to ``problems``. Answers are read only where the questions fit together."""
    for id_ in document.data:
        case = validate(Case, document, problems, id_)
        if case and questionnaire:
            problems += _unreadable(document, id_, case, questionnaire)


def _unreadable(document: Document, id_: str, case: Case, questionnaire: Questionnaire) -> Iterator[Problem]:
    try:
        read_answers(questionnaire, case.answers)
    except AnswerError as error:
        yield document.problem(error.message, id_, "answers", *error.questions[:1])
