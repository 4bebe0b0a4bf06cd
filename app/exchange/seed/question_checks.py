"""Whether the parts of ``questions.yaml`` agree: what one part names exists in the other, and makes sense there."""

from collections.abc import Iterable, Iterator

from app.directory.listing import RuleCondition
from app.eligibility.questions import OPEN_ANSWERS, Kind
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import RESERVED, HumanRoutes, Question, QuestionBook
from app.exchange.seed.rules import can_be_met, number_faults

Fault = tuple[Place, str]

_NEEDS: dict[Kind, tuple[str, ...]] = {
    "one": ("answers",),
    "multi": ("answers",),
    "number": ("said", "lowest", "highest"),
}
_ALLOWS: dict[Kind, tuple[str, ...]] = {"one": ("urgent",), "multi": ("urgent", "none"), "number": ()}
_OF_SOME_KINDS = ("answers", "none", "urgent", "said", "lowest", "highest")


def check_questions(document: Document, book: QuestionBook) -> list[Problem]:
    """Everything that does not fit together in a file whose shape is right, but for the human routes."""
    faults = [
        *_needed(book),
        *(fault for id_, question in book.questions.items() for fault in _question(book, id_, question)),
        *_goal_kinds(book),
        *_implications(book),
        *_outside_area(book),
        *_assumptions(book),
    ] or _unanswerable(book)
    return [document.problem(message, *place) for place, message in faults]


def check_human_routes(document: Document, routes: HumanRoutes, doors: Doors) -> list[Problem]:
    """Routes that are named twice, or that nobody can take."""
    return [document.problem(message, *place) for place, message in _human_routes(routes, doors)]


def unknown_answers(book: QuestionBook, question: str, answers: Iterable[str], place: Place) -> Iterator[Fault]:
    """A fault for a question that does not exist, or for each answer that it does not have."""
    if question not in book.questions:
        yield place, f"There is no question “{question}”. Check the spelling."
        return
    for answer in answers:
        if answer not in book.answers(question):
            yield place, f"The question “{question}” has no answer “{answer}”. Check the spelling."


# What the pages cannot do without


def _needed(book: QuestionBook) -> Iterator[Fault]:
    if "me" not in book.people:
        yield ("people",), "“me” is missing. Add the words for somebody who asks for themselves."
    for answer in sorted(OPEN_ANSWERS - book.open_answers.keys()):
        yield ("open_answers",), f"“{answer}” is missing. Add it: nobody has to answer."
    for answer in sorted(book.open_answers.keys() - OPEN_ANSWERS):
        yield ("open_answers", answer), f"“{answer}” is not known here. Take it out."
    yield from _first_question(book)
    goals = book.questions.get("goals")
    if goals is None:
        yield ("questions",), "The question “goals” is missing. Listings say which of its answers they serve."
    elif goals.kind != "multi":
        yield ("questions", "goals", "kind"), "People can want several things. Make the kind of “goals” multi."


def _first_question(book: QuestionBook) -> Iterator[Fault]:
    first = book.questions.get("asking_for")
    if first is None:
        yield ("questions",), "The question “asking_for” is missing. It is the first one: for whom somebody asks."
        return
    if first.kind != "one":
        yield ("questions", "asking_for", "kind"), "Somebody asks for one person. Make the kind of “asking_for” one."
    for answer in first.answers:
        if answer not in book.people:
            message = f"There are no words for “{answer}” under people. Add them, or take the answer out."
            yield ("questions", "asking_for", "answers", answer), message


# One question


def _question(book: QuestionBook, id_: str, question: Question) -> Iterator[Fault]:
    place = ("questions", id_)
    fits = {*_NEEDS[question.kind], *_ALLOWS[question.kind]}
    for field in _OF_SOME_KINDS:
        if field in question.model_fields_set and field not in fits:
            yield (*place, field), f"A question of the kind “{question.kind}” has no “{field}”. Take it out."
    for field in _NEEDS[question.kind]:
        if getattr(question, field) in (None, "", {}):
            yield place, f"A question of the kind “{question.kind}” needs “{field}”. Add it."
    for answer in RESERVED & question.answers.keys():
        yield (*place, "answers", answer), f"“{answer}” has a meaning of its own. Give the answer another id."
    yield from unknown_answers(book, id_, question.urgent, (*place, "urgent"))
    yield from _number(question, place)
    yield from _asked_if(book, id_, question)


def _number(question: Question, place: Place) -> Iterator[Fault]:
    if question.said and "{value}" not in question.said:
        yield (*place, "said"), "“said” repeats the answer. Write {value} where the number goes."
    if question.lowest is not None and question.highest is not None and question.lowest >= question.highest:
        yield (*place, "lowest"), "No number can be given: lowest must be below highest. Correct one of them."


def _asked_if(book: QuestionBook, id_: str, question: Question) -> Iterator[Fault]:
    for other, answers in (question.asked_if or {}).items():
        place = ("questions", id_, "asked_if", other)
        yield from unknown_answers(book, other, answers, place)
        yield from _of_kind_one(book, other, place)
        if _hangs_on_itself(book, id_):
            yield place, "These questions wait for each other, so none is ever asked. Take one asked_if out."


def _of_kind_one(book: QuestionBook, id_: str, place: Place) -> Iterator[Fault]:
    """The engine looks for one answer there, and finds none where several can be given, or a number."""
    if id_ in book.questions and (kind := book.questions[id_].kind) != "one":
        yield place, f"“{id_}” is of the kind “{kind}”. Name a question of the kind “one”."


def _hangs_on_itself(book: QuestionBook, id_: str) -> bool:
    seen: set[str] = set()
    current: str | None = id_
    while current in book.questions and current not in seen:
        seen.add(current)
        current = next(iter(book.questions[current].asked_if or {}), None)
    return current == id_


# Between questions


def _goal_kinds(book: QuestionBook) -> Iterator[Fault]:
    if "goals" not in book.questions:
        return
    kinds = book.goal_kinds
    yield from unknown_answers(book, "goals", kinds.step, ("goal_kinds", "step"))
    yield from unknown_answers(book, "goals", kinds.job, ("goal_kinds", "job"))
    for goal in sorted(set(kinds.step) & set(kinds.job)):
        yield ("goal_kinds", "job"), f"“{goal}” is also a step. Keep it in one of the two."
    if kinds.job_implies not in kinds.step:
        yield ("goal_kinds", "job_implies"), f"“{kinds.job_implies}” is not a step. Name one of step."


def _implications(book: QuestionBook) -> Iterator[Fault]:
    for number, rule in enumerate(book.implies):
        for side, parts in (("when", rule.when), ("then", rule.then)):
            for question, answers in parts.items():
                place = ("implies", number, side, question)
                yield from unknown_answers(book, question, answers, place)
                kind = book.questions[question].kind if question in book.questions else None
                if kind == "number":
                    yield place, f"“{question}” takes a number, and nothing follows from numbers. Take it out."
                if side == "then" and kind == "one" and len(answers) != 1:
                    yield place, f"“{question}” has one answer at a time. Name the one that follows."


def _unanswerable(book: QuestionBook) -> list[Fault]:
    """Looked at last: it takes for granted that every id exists."""
    return [
        (
            ("implies",),
            f"Nobody can answer “{answer}” to “{id_}”: what follows from it says otherwise. Correct implies.",
        )
        for id_, question in book.questions.items()
        for answer in question.answers
        if not can_be_met([RuleCondition(question=id_, any_of=(answer,))], [], book)
    ]


def _outside_area(book: QuestionBook) -> Iterator[Fault]:
    for question, answers in book.outside_area.items():
        place = ("outside_area", question)
        yield from unknown_answers(book, question, answers, place)
        yield from _of_kind_one(book, question, place)


def _assumptions(book: QuestionBook) -> Iterator[Fault]:
    for id_, assumption in book.assumptions.items():
        place = ("assumptions", id_)
        question = book.questions.get(assumption.question)
        if question is None:
            yield from unknown_answers(book, assumption.question, (), (*place, "question"))
        elif question.kind != "number":
            yield (*place, "question"), f"“{assumption.question}” takes no number. An assumption sets limits to one."
        else:
            for message in number_faults(assumption.at_least, assumption.below, question):
                yield place, message


def _human_routes(routes: HumanRoutes, doors: Doors) -> Iterator[Fault]:
    seen: set[str] = set()
    for group, ids in (("for_everybody", routes.for_everybody), ("where_it_fits", routes.where_it_fits)):
        for number, id_ in enumerate(ids):
            place = ("human_routes", group, number)
            listing = doors.listings.get(id_)
            if fault := doors.fault(id_):
                yield place, fault
            elif listing and listing.role != "human_route":
                yield place, f"The role of “{id_}” is {listing.role}. Make it human_route in its file, or take it out."
            if id_ in seen:
                yield place, f"“{id_}” is named twice. Keep one."
            seen.add(id_)
