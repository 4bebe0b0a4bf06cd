"""The shape of ``priors.yaml``, and whether its shares are those of the questions and add up."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.directory.sources import Source
from app.directory.value import Value
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.question_checks import Fault, unknown_answers
from app.exchange.seed.questions import Number, Plain, QuestionBook
from app.exchange.seed.sources import check_source

ROUNDING = 0.02
"""Shares are taken from printed tables, which round."""

Share = Annotated[Number, Field(ge=0, le=1)]


def _check_band(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError("is not a band: write [first age, age it stops before, share]")
    return value


class Grounds(Value):
    """Where the shares were read, or why they were assumed."""

    source: Source | None = None
    assumed: Plain | None = None
    note: Plain | None = None


class AnswerShares(Grounds):
    """The share of people by answer; of a question with several answers, each answer apart."""

    shares: dict[str, Share]


class AgeShares(Grounds):
    """Bands of ages: from, up to and not including, share."""

    shares: tuple[Annotated[tuple[Number, Number, Share], BeforeValidator(_check_band)], ...] = Field(min_length=1)


class PriorsFile(Value):
    """The whole of the file. Numbers are ages, and have no entry among the questions."""

    questions: dict[str, AnswerShares]
    ages: AgeShares


def check_priors(document: Document, priors: PriorsFile, book: QuestionBook, papers: Document | None) -> list[Problem]:
    """Everything that does not fit together in a file whose shape is right."""
    faults = list(_left_out(priors, book))
    problems: list[Problem] = []
    for id_, entry in priors.questions.items():
        place: Place = ("questions", id_)
        faults += [*_grounds(entry, place), *_answer_shares(id_, entry, book, place)]
        problems += _source(entry, document, papers, place)
    faults += [*_grounds(priors.ages, ("ages",)), *_bands(priors.ages, book)]
    problems += _source(priors.ages, document, papers, ("ages",))
    return problems + [document.problem(message, *place) for place, message in faults]


def _left_out(priors: PriorsFile, book: QuestionBook) -> Iterator[Fault]:
    for id_, question in book.questions.items():
        if question.kind != "number" and id_ not in priors.questions:
            yield ("questions",), f"The question “{id_}” has no shares. Add how likely each of its answers is."


def _grounds(entry: Grounds, place: Place) -> Iterator[Fault]:
    if (entry.source is None) == (entry.assumed is None):
        yield place, "Say where the shares come from: give either source or assumed."


def _source(entry: Grounds, document: Document, papers: Document | None, place: Place) -> Iterator[Problem]:
    if entry.source:
        yield from check_source(entry.source, document, papers, *place, "source")


def _answer_shares(id_: str, entry: AnswerShares, book: QuestionBook, place: Place) -> Iterator[Fault]:
    place = (*place, "shares")
    question = book.questions.get(id_)
    if question and question.kind == "number":
        yield place, f"“{id_}” takes a number. Its shares stand under ages: take this entry out."
        return
    yield from unknown_answers(book, id_, entry.shares, place)
    if question is None:
        return
    for answer in question.answers:
        if answer not in entry.shares:
            yield place, f"The answer “{answer}” has no share. Add it."
    if question.kind == "one":
        yield from _sum(entry.shares.values(), place)


def _sum(shares: Iterable[float], place: Place) -> Iterator[Fault]:
    if abs((total := sum(shares)) - 1) > ROUNDING:
        yield place, f"The shares add up to {total:.3g}, and should add up to 1. Correct them."


def _bands(ages: AgeShares, book: QuestionBook) -> Iterator[Fault]:
    place = ("ages", "shares")
    yield from _sum((share for _, _, share in ages.shares), place)
    for number, (low, high, _) in enumerate(ages.shares):
        if low >= high:
            yield (*place, number), f"This band goes from {low:g} to {high:g}. Give the lower age first."
    for number, ((_, high, _), (low, _, _)) in enumerate(pairwise(ages.shares), start=1):
        if low != high:
            yield (*place, number), f"This band begins at {low:g}, and the one before ends at {high:g}. Let them meet."
    yield from _reach(ages, book)


def _reach(ages: AgeShares, book: QuestionBook) -> Iterator[Fault]:
    first, last = ages.shares[0][0], ages.shares[-1][1]
    for id_, question in book.questions.items():
        if question.lowest is None or question.highest is None:
            continue
        if first > question.lowest or last <= question.highest:
            message = f"The bands begin at {first:g} and stop before {last:g}, but “{id_}” goes from {question.lowest}"
            yield ("ages", "shares"), f"{message} to {question.highest}. Let the bands hold all of it."
