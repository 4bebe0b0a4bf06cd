"""Whether the parts of ``questions.yaml`` agree: what one part names exists in the other, and makes sense there."""

from collections.abc import Iterable, Iterator

from app.directory.listing import RuleCondition
from app.directory.rule_checks import condition_of
from app.eligibility.checks import unreadable
from app.eligibility.possible import TooTangledError, people
from app.eligibility.questions import NONE, OPEN_ANSWERS, Kind, Questionnaire, questionnaire_from
from app.eligibility.rules import Condition
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import RESERVED, HumanRoutes, Question, QuestionBook

Fault = tuple[Place, str]

_NEEDS: dict[Kind, tuple[str, ...]] = {
    "one": ("answers",),
    "multi": ("answers",),
    "number": ("said", "if_so", "lowest", "highest"),
}
_ALLOWS: dict[Kind, tuple[str, ...]] = {"one": ("urgent",), "multi": ("urgent", "none"), "number": ()}
_FOR = "This is no sentence that a condition begins with. Write “For …”, and a full stop at its end."
_OF_SOME_KINDS = ("answers", "none", "urgent", "said", "if_so", "lowest", "highest")


def check_questions(document: Document, book: QuestionBook) -> list[Problem]:
    """Everything that does not fit together in a file whose shape is right, but for the human routes."""
    faults: Iterable[Fault] = [
        *_needed(book),
        *(fault for id_, question in book.questions.items() for fault in _question(book, id_, question)),
        *_goal_kinds(book),
        *_implications(book),
        *_outside_area(book),
        *_assumptions(book),
    ] or _unmeetable(questionnaire_from(document.data))
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
    yield from _conditions(question, place)
    yield from _asked_if(book, id_, question)


def _number(question: Question, place: Place) -> Iterator[Fault]:
    for field in ("said", "if_so"):
        text = getattr(question, field)
        if text and "{value}" not in text:
            yield (*place, field), f"“{field}” repeats the answer. Write {{value}} where the number goes."
    if question.lowest is not None and question.highest is not None and question.lowest >= question.highest:
        yield (*place, "lowest"), "No number can be given: lowest must be below highest. Correct one of them."


def _conditions(question: Question, place: Place) -> Iterator[Fault]:
    """How a condition on it is said. “Not” and “Made” are put before the sentence, so it begins with “For”."""
    template = question.condition
    if template and template.count("{answers}") + template.count("{said}") != 1:
        yield (*place, "condition"), "The answers have no place here, or two. Write {answers} where they go, once."
    if "{said}" in template and question.kind == "number":
        yield (*place, "condition"), "A number has no words of its own. Write {answers} where it goes."
    if template and not _is_for(template):
        yield (*place, "condition"), _FOR
    for id_, answer in question.answers.items():
        where = (*place, "answers", id_)
        if (answer.in_condition or answer.condition) and not template:
            yield where, "This stands in the condition of the question, which has none. Add it, or take this out."
        if answer.condition and not _is_for(answer.condition):
            yield (*where, "condition"), _FOR
        if "{said}" in template and not answer.in_condition and "{" in answer.said:
            yield (*where, "said"), "A condition repeats this, and speaks to nobody. Add in_condition without braces."


def _is_for(sentence: str) -> bool:
    return sentence.startswith("For ") and sentence.endswith(".")


def _asked_if(book: QuestionBook, id_: str, question: Question) -> Iterator[Fault]:
    for other, answers in (question.asked_if or {}).items():
        place = ("questions", id_, "asked_if", other)
        yield from unknown_answers(book, other, answers, place)
        yield from _of_kind_one(book, other, place)
        if other in book.questions and book.questions[other].asked_if:
            yield place, f"“{other}” hangs on another question itself. Name a question that everybody is asked."


def _of_kind_one(book: QuestionBook, id_: str, place: Place) -> Iterator[Fault]:
    """The engine looks for one answer there, and finds none where several can be given, or a number."""
    if id_ in book.questions and (kind := book.questions[id_].kind) != "one":
        yield place, f"“{id_}” is of the kind “{kind}”. Name a question of the kind “one”."


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


def _unmeetable(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Answers that nobody can give, and limits that nobody meets. Looked at last: every id must exist."""
    try:
        yield from _never_given(questionnaire)
    except TooTangledError:
        yield ("implies",), "So much follows from so much here that it cannot be checked. Take some of it out."
    for id_ in questionnaire.assumptions:
        if fault := unreadable(questionnaire, condition_of(RuleCondition(assume=id_), questionnaire)):
            yield ("assumptions", id_), fault


def _never_given(questionnaire: Questionnaire) -> Iterator[Fault]:
    everybody = people(questionnaire, ())
    for question in questionnaire:
        asked = [Condition("", *question.asked_if)] if question.asked_if else []
        choices = [(id_, Condition("", question.id, frozenset({id_}))) for id_ in question.answer_ids]
        if question.kind == "multi":
            choices.append((NONE, Condition("", question.id, frozenset(question.answer_ids), excludes=True)))
        for id_, choice in choices:
            if not everybody.can_meet([*asked, choice]):
                message = f"Nobody can answer “{id_}” to “{question.id}”: what follows from it says otherwise."
                yield ("implies",), f"{message} Correct implies or asked_if."


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
