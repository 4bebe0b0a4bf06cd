"""The wording of the questions, as the directory team changes it: never which questions and answers there are.

Texts are by their place in the question: ``text``, ``hint``, ``none.label``, ``answers.find_job.said``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from app.actions.accounts.care import check_admin
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.reference import (
    NOT_THERE,
    Fault,
    FaultsError,
    NotThereError,
    Places,
    Shown,
    Texts,
    as_document,
    body_of,
    differences,
    invisible,
    new_faults,
    one_line,
    refuse_moved,
    write_body,
)
from app.actions.audit import Entry, note
from app.database import reading, writing
from app.eligibility.questions import Question, Questionnaire, questionnaire_from
from app.exchange.seed.plain_yaml import Problem
from app.exchange.seed.question_checks import check_questions
from app.exchange.seed.questions import QuestionBook
from app.exchange.seed.shape import validate

PART = "questions"
GOALS = "goals"
OF_ALL = ("text", "hint", "why")
WHERE_THERE = ("at_a_glance", "said", "if_so")
OF_ANSWERS = ("label", "said", "if_so")
MAY_BE_EMPTY = "hint"
EMPTY = "This is empty. Write it."


@dataclass(frozen=True)
class Wording:
    """One question as it stands, to be worded anew."""

    question: Question
    shown: Shown


@dataclass(frozen=True)
class Preview:
    """A question as it would be, with whatever else its page needs."""

    question: Question
    questionnaire: Questionnaire


def questions(engine: Engine) -> Questionnaire:
    """All questions as they stand."""
    with reading(engine) as session:
        return questionnaire_from(body_of(session, PART))


def wording(engine: Engine, id_: str) -> Wording:
    """Raises ``NotThereError``."""
    with reading(engine) as session:
        body = body_of(session, PART)
        texts = _texts(_question(body, id_))
        return Wording(questionnaire_from(body)[id_], Shown(texts))


def preview(engine: Engine, id_: str, typed: Texts) -> Preview:
    """The question with the typed texts. Raises ``NotThereError`` and ``FaultsError``; writes nothing."""
    with reading(engine) as session:
        body = body_of(session, PART)
    before = _texts(_question(body, id_))
    changed = _checked(body, id_, {**before, **_known(before, typed)})
    questionnaire = questionnaire_from(changed)
    return Preview(questionnaire[id_], questionnaire)


def change(
    engine: Engine, who: SignedIn, id_: str, typed: Texts, version: str, now: datetime, *, subject: str = ""
) -> None:
    """Words the question anew. What is not among the texts stays; ``version`` is of those that are.

    ``subject`` is what the audit trail calls it. Raises ``NotThereError``, ``MovedError``, ``FaultsError`` and
    ``AccountError``.
    """
    subject = subject or f"question/{id_}"
    with writing(engine) as session:
        check_admin(session, who)
        body = body_of(session, PART)
        all_before = _texts(_question(body, id_))
        before = {field: text for field, text in all_before.items() if field in typed}
        refuse_moved(session, PART, Shown(before), version, _subjects(id_, before))
        after = _known(before, typed)
        changed = _checked(body, id_, {**all_before, **after})
        if before == after:
            return
        write_body(session, PART, changed, now)
        action = f"{subject.partition('/')[0]} changed"
        note(session, Entry(now, who.email, action, subject, differences(before, after)))


def _subjects(id_: str, texts: Texts) -> list[str]:
    """What the audit trail may call these words: an answer can be a goal, changed on a page of its own."""
    answers = {field.split(".")[1] for field in texts if field.startswith("answers.")}
    return [f"question/{id_}", *(f"goal/{answer}" for answer in answers if id_ == GOALS)]


# A question as texts


def _question(body: Any, id_: str) -> Any:
    if id_ not in body["questions"]:
        raise NotThereError(NOT_THERE)
    return body["questions"][id_]


def _texts(question: Any) -> dict[str, str]:
    """Every text that can be worded, in the order of the page."""
    return {
        **{field: question.get(field, "") for field in OF_ALL},
        **{field: question[field] for field in WHERE_THERE if field in question},
        **{
            f"{part}.{field}": answer[field]
            for part, answer in _answers(question)
            for field in OF_ANSWERS
            if field in answer
        },
    }


def _answers(question: Any) -> Iterator[tuple[str, Any]]:
    yield from ((f"answers.{id_}", answer) for id_, answer in question.get("answers", {}).items())
    if question.get("none"):
        yield "none", question["none"]


def _known(before: Texts, typed: Texts) -> dict[str, str]:
    return {field: one_line(typed[field]) for field in before if field in typed}


def _worded(body: Any, id_: str, texts: Texts) -> Any:
    """The body with these texts in the question."""
    question = {field: value for field, value in body["questions"][id_].items() if field != MAY_BE_EMPTY}
    for field, text in texts.items():
        if text or field != MAY_BE_EMPTY:
            question = _with(question, tuple(field.split(".")), text)
    return {**body, "questions": {**body["questions"], id_: question}}


def _with(part: Mapping[str, Any], place: tuple[str, ...], text: str) -> dict[str, Any]:
    first, *rest = place
    return {**part, first: _with(part[first], tuple(rest), text) if rest else text}


# Checks


def _checked(body: Any, id_: str, texts: Texts) -> Any:
    """The body with these texts. Raises ``FaultsError``."""
    empty = [Fault(field, EMPTY) for field, text in texts.items() if not text and field != MAY_BE_EMPTY]
    changed = _worded(body, id_, texts)
    places = as_document(PART, changed)
    known = [problem.message for problem in _problems(as_document(PART, body))]
    found = [*empty, *invisible(texts), *new_faults(known, _problems(places), places, ("questions", id_))]
    if found:
        first = {fault.field: fault for fault in reversed(found)}
        raise FaultsError([first[field] for field in ("", *texts) if field in first])
    return changed


def _problems(places: Places) -> list[Problem]:
    problems: list[Problem] = []
    book = validate(QuestionBook, places.document, problems)
    return check_questions(places.document, book) if book else problems
