"""The wizard's decisions as plain functions: what a form says, what a change makes void, which question came before."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from app.eligibility.answers import AnswerError, Span, applies, read_answers
from app.eligibility.explain import years
from app.eligibility.interview import bands
from app.eligibility.questions import (
    NONE,
    NOT_SURE,
    OPEN_ANSWERS,
    PREFER_NOT_TO_SAY,
    Answer,
    Question,
    Questionnaire,
)
from app.eligibility.rules import Ruleset

Raw = dict[str, object]
FIELD = "answer"
OPEN_FIELD = "open_answer"
START = "asking_for"
ENOUGH_FOR_RESULTS = 1
"""Answers besides who needs help, after which results can be seen: from the third question on."""


class Form(Protocol):
    """What a form gives: Werkzeug's MultiDict is one."""

    def getlist(self, key: str, /) -> list[str]: ...


class FormError(Exception):
    """A form that cannot be taken; the text is the sentence for the reader."""


def value_of(questionnaire: Questionnaire, question: Question, form: Form) -> object:
    """The answer that the form gives, checked. Raises ``FormError`` on none, on two that exclude each other."""
    given = [text.strip() for text in (*form.getlist(FIELD), *form.getlist(OPEN_FIELD)) if text.strip()]
    if not given or (question.id == START and given[0] in OPEN_ANSWERS):
        raise FormError(_missing(questionnaire, question))
    alone = OPEN_ANSWERS | {NONE}
    if len(given) > 1 and (alone & set(given) or question.kind != "multi"):
        raise FormError(_not_both(questionnaire, question, given))
    value: object = given if question.kind == "multi" and given[0] not in OPEN_ANSWERS else given[0]
    try:
        read_answers(questionnaire, {question.id: value})
    except AnswerError as error:
        raise FormError("Choose one of the answers on this page.") from error
    return value


def _missing(questionnaire: Questionnaire, question: Question) -> str:
    if question.id == START:
        return "Choose who needs help."
    not_sure = next(answer.label for answer in questionnaire.open_answers if answer.id == NOT_SURE)
    return f"Choose an answer. If you do not know, choose “{not_sure}”."


def _not_both(questionnaire: Questionnaire, question: Question, given: list[str]) -> str:
    labels = {answer.id: answer.label for answer in (*questionnaire.open_answers, question.none) if answer}
    alone = next((labels[text] for text in given if text in labels), "")
    return f"Choose what applies, or “{alone}”, not both." if alone else "Choose one answer, not several."


def makes_sense(questionnaire: Questionnaire, raw: Raw, question: Question) -> bool:
    """False where an answer given already rules the question out."""
    return applies(question, read_answers(questionnaire, raw))


def with_silence(questionnaire: Questionnaire, raw: Raw) -> Raw:
    """The answers with a silence on whatever hangs on a question to which somebody would rather not answer."""
    withheld = {id_ for id_, value in raw.items() if value == PREFER_NOT_TO_SAY}
    silent = {q.id: PREFER_NOT_TO_SAY for q in questionnaire if q.asked_if and q.asked_if[0] in withheld}
    return {**silent, **raw}


def question_before(raw: Raw, question_id: str) -> str | None:
    """The question answered before this one, for the Back link."""
    ids = list(raw)
    place = ids.index(question_id) if question_id in raw else len(ids)
    return ids[place - 1] if place > 0 else None


def may_see_results(raw: Raw) -> bool:
    return len(raw.keys() - {START}) >= ENOUGH_FOR_RESULTS


def person_of(questionnaire: Questionnaire, raw: Raw) -> str:
    """For whom we word the page: oneself, until somebody says otherwise."""
    person = raw.get(START)
    return person if isinstance(person, str) and person in questionnaire.people else "me"


def answer_in_words(questionnaire: Questionnaire, question: Question, value: object) -> tuple[str, ...]:
    """An answer as its labels."""
    if question.kind == "number" and value not in OPEN_ANSWERS:
        return (_capital(years(question, read_answers(questionnaire, {question.id: value}).number[question.id])),)
    known: tuple[Answer | None, ...] = (*question.answers, question.none, *questionnaire.open_answers)
    labels = {answer.id: answer.label for answer in known if answer}
    values = value if isinstance(value, list) else [value]
    return tuple(labels.get(str(item), str(item)) for item in values)


def offered(question: Question, rulesets: Iterable[Ruleset]) -> tuple[Answer, ...]:
    """What can be chosen: the question's answers, or the bands of a number that the rules of the day tell apart."""
    if question.kind != "number":
        return question.answers
    return tuple(
        Answer(f"{low}-{high}", _capital(years(question, Span(low, high + 1))), "")
        for low, high in bands(question, rulesets)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def choices(
    question: Question, answers: Sequence[Answer], open_answers: Sequence[Answer], given: Sequence[str]
) -> list[dict[str, object]]:
    """The answers as the form macros take them: the question's own, then "or", then those that stand alone."""
    own = [_choice(answer, given) for answer in answers]
    alone = [*([question.none] if question.none and open_answers else []), *open_answers]
    exclusive = {"behaviour": "exclusive"} if question.kind == "multi" else {}
    last = [_choice(answer, given) | exclusive for answer in alone]
    return [*own, {"divider": "or"}, *last] if own and last else own + last


def _choice(answer: Answer, given: Sequence[str]) -> dict[str, object]:
    return {"value": answer.id, "text": answer.label, "checked": answer.id in given}
