"""What the checks need to know of ``questions.yaml``: which answers exist and which follow from others.

The meaning of the questions is in ``app.eligibility``; this reads only as much as it takes to tell a misspelt id.
"""

from typing import Literal

from pydantic import BaseModel, Field

from app.exchange.plain_yaml import Document, Problem
from app.exchange.seed_shape import validate


class Answer(BaseModel):
    label: str


class Question(BaseModel):
    kind: Literal["one", "multi", "number"]
    answers: dict[str, Answer] = Field(default_factory=dict)
    lowest: float | None = None
    highest: float | None = None


class Assumption(BaseModel):
    """A condition that the directory assumes where no source gives one."""

    question: str
    any_of: tuple[str, ...] = ()
    at_least: float | None = None
    below: float | None = None
    text: str


class Implication(BaseModel):
    """``when`` these answers are given, ``then`` those follow. ``any``: any answer but none; ``none``: none of them."""

    when: dict[str, Literal["any"] | tuple[str, ...]]
    then: dict[str, Literal["none"] | tuple[str, ...]]


class QuestionBook(BaseModel):
    """The questions by id, the assumptions by id, and what follows from what."""

    questions: dict[str, Question]
    assumptions: dict[str, Assumption] = Field(default_factory=dict)
    implies: tuple[Implication, ...] = ()

    def answers(self, question: str) -> frozenset[str]:
        return frozenset(self.questions[question].answers)


def read_book(document: Document, problems: list[Problem]) -> QuestionBook | None:
    """The questions, or None with the reasons added to ``problems``."""
    book = validate(QuestionBook, document, problems)
    if book is None:
        return None
    found = [*_unknown_in_implications(document, book), *_unknown_in_assumptions(document, book)]
    if "goals" not in book.questions:
        found.append(
            document.problem(
                "The question “goals” is missing. Listings say which of its answers they serve.", "questions"
            )
        )
    problems += found
    return None if found else book


def _unknown_in_implications(document: Document, book: QuestionBook) -> list[Problem]:
    found = []
    for number, rule in enumerate(book.implies):
        for side, parts in (("when", rule.when), ("then", rule.then)):
            for question, answers in parts.items():
                place = ("implies", number, side, question)
                if question not in book.questions:
                    found.append(document.problem(f"There is no question “{question}”. Check the spelling.", *place))
                elif isinstance(answers, tuple):
                    found += [
                        document.problem(f"The question “{question}” has no answer “{answer}”.", *place)
                        for answer in answers
                        if answer not in book.answers(question)
                    ]
    return found


def _unknown_in_assumptions(document: Document, book: QuestionBook) -> list[Problem]:
    return [
        document.problem(
            f"There is no question “{assumption.question}”. Check the spelling.", "assumptions", name, "question"
        )
        for name, assumption in book.assumptions.items()
        if assumption.question not in book.questions
    ]
