"""Checks ``referral.yaml``: sources, listings, questions, answers and goals that it names, and what it fills in."""

import re
from collections.abc import Iterator
from typing import get_args

from app.directory.listing import Role
from app.directory.referral import ReferralWords
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import QuestionBook
from app.exchange.seed.sources import check_sources

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_FILLED_IN = {"opening": "{name}", "does": "{aims}", "through": "{name}"}
_FREE_TEXT = frozenset({"{name}", "{day}"})


def check_referral(document: Document, words: ReferralWords, doors: Doors, papers: Document | None) -> list[Problem]:
    """What is wrong without a look at the questions."""
    return [
        *check_sources(words.sources, list(_sources_used(words)), document, papers),
        *_check_coding(document, words, doors),
        *_check_message(document, words),
    ]


def check_referral_answers(document: Document, words: ReferralWords, book: QuestionBook) -> Iterator[Problem]:
    """Questions and answers that are not there."""
    for number, advice in enumerate(words.advice):
        for question, answers in advice.when.items():
            place: Place = ("advice", number, "when")
            if question not in book.questions:
                yield document.problem(f"There is no question “{question}”. Correct the id.", *place)
                continue
            for answer in set(answers) - book.answers(question):
                message = f"The question “{question}” has no answer “{answer}”. Correct it."
                yield document.problem(message, *place, question)
    for place, goal in _goals(words):
        if goal not in book.answers("goals"):
            yield document.problem(f"There is no goal “{goal}”. Use an answer of the question goals.", *place)


def _goals(words: ReferralWords) -> Iterator[tuple[Place, str]]:
    for goal in words.message.aims:
        yield ("message", "aims", goal), goal
    for number, coding in enumerate(words.coding):
        for nth, goal in enumerate(coding.goals):
            yield ("coding", number, "goals", nth), goal


def _check_coding(document: Document, words: ReferralWords, doors: Doors) -> Iterator[Problem]:
    for number, coding in enumerate(words.coding):
        place = ("coding", number)
        if not coding.services and not coding.goals:
            yield document.problem("This entry is for no listing. Give services or goals.", *place)
        if bool(coding.source) == coding.own_words:
            yield document.problem("Give a source, or say own_words: true, and not both.", *place)
        for nth, slug in enumerate(coding.services):
            if fault := doors.fault(slug):
                yield document.problem(fault, *place, "services", nth)
        for strange in set(_BRACES.findall(coding.free_text)) - _FREE_TEXT:
            message = f"“free_text” holds {strange}: only {{name}} and {{day}} can stand in braces here."
            yield document.problem(message, *place, "free_text")


def _check_message(document: Document, words: ReferralWords) -> Iterator[Problem]:
    """Each sentence holds just what is filled in there, so that nothing is left out or shown in braces."""
    for name, text in words.message.model_dump(exclude={"aims", "does_by_role"}).items():
        wanted = [_FILLED_IN[name]] if name in _FILLED_IN else []
        if _BRACES.findall(text) != wanted:
            should = f"should hold {wanted[0]}, once, and no other braces" if wanted else "should hold no braces"
            yield document.problem(f"“{name}” {should}.", "message", name)
    for role in sorted(set(get_args(Role)) - set(words.message.does_by_role)):
        yield document.problem(f"“{role}” is missing. Say what such a listing does.", "message", "does_by_role")


def _sources_used(words: ReferralWords) -> Iterator[tuple[Place, str]]:
    for key in words.consent.before.source:
        yield ("consent", "before"), key
    for number, coding in enumerate(words.coding):
        for key in coding.source:
            yield ("coding", number), key
        for nth, code in enumerate(coding.codes):
            for key in code.source:
                yield ("coding", number, "codes", nth), key
    for number, advice in enumerate(words.advice):
        for nth, line in enumerate(advice.lines):
            for key in line.source:
                yield ("advice", number, "lines", nth), key
        for nth, code in enumerate(advice.codes):
            for key in code.source:
                yield ("advice", number, "codes", nth), key
