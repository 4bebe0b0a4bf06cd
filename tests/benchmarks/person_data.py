"""One person's answers as plain data for other engines: null is open; a fact is 2 (yes), 1 (open) or 0 (no)."""

from app.eligibility.answers import Answers
from app.eligibility.questions import Question, Questionnaire

YES, OPEN, NO = 2, 1, 0
ENDLESS = 1000
"""Years that nobody reaches, for spans without an end."""


def person_data(questionnaire: Questionnaire, answers: Answers) -> dict[str, object]:
    """What is known of a person, by question."""
    return {question.id: _known(question, answers) for question in questionnaire}


def bound(years: float) -> float:
    """A limit that can be written as a number in JSON."""
    return max(-ENDLESS, min(ENDLESS, years))


def _known(question: Question, answers: Answers) -> object:
    if question.kind == "one":
        return answers.one.get(question.id)
    if question.kind == "number":
        span = answers.number.get(question.id)
        return None if span is None else {"low": span.low, "high": span.high}
    return {fact: _fact(question.id, fact, answers) for fact in question.answer_ids}


def _fact(question_id: str, fact: str, answers: Answers) -> int:
    if (question_id, fact) in answers.yes:
        return YES
    return NO if (question_id, fact) in answers.no else OPEN
