"""Checks the rules of a listing: each condition alone, then whether anybody at all can meet them together.

Only the plain data is looked at: which answers exist and which follow from others. What a rule means for one person is
decided in ``app.eligibility``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from app.directory.dates import first_day, last_day
from app.directory.listing import Listing, Rule, RuleCondition
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import Question, QuestionBook

PARTS = ("everyone", "exclusions", "made_for")
Placed = tuple[Place, RuleCondition]


def check_rules(listing: Listing, document: Document, book: QuestionBook) -> list[Problem]:
    """Every problem in the rules of one listing."""
    found = _overlapping_periods(listing, document)
    for number, rule in enumerate(listing.rules):
        place: Place = ("rules", number)
        badly_formed = [
            document.problem(message, *where)
            for where, condition in conditions_of(rule, place)
            for message in _faults(condition, book)
        ]
        found += badly_formed or _impossible(rule, place, document, book)
    return found


def conditions_of(rule: Rule, place: Place) -> Iterator[Placed]:
    """Every condition of a rule with its place in the file."""
    for part in PARTS:
        yield from _placed(getattr(rule, part), (*place, part))
    for number, route in enumerate(rule.routes):
        yield from _placed(route, (*place, "routes", number))


def _placed(conditions: tuple[RuleCondition, ...], place: Place) -> list[Placed]:
    return [((*place, number), condition) for number, condition in enumerate(conditions)]


# Periods


def _overlapping_periods(listing: Listing, document: Document) -> list[Problem]:
    found = []
    for number, rule in enumerate(listing.rules):
        if rule.since and rule.until and last_day(rule.until) < first_day(rule.since):
            found.append(
                document.problem("This rule ends before it begins. Correct one of the dates.", "rules", number)
            )
    for (_, one), (number, other) in combinations(enumerate(listing.rules), 2):
        if _overlap(one, other):
            message = "This rule holds on days on which another rule holds too. Give them dates that do not meet."
            found.append(document.problem(message, "rules", number))
    return found


def _overlap(one: Rule, other: Rule) -> bool:
    return _begins_by_the_end_of(one, other) and _begins_by_the_end_of(other, one)


def _begins_by_the_end_of(one: Rule, other: Rule) -> bool:
    return one.since is None or other.until is None or first_day(one.since) <= last_day(other.until)


# One condition


def _faults(condition: RuleCondition, book: QuestionBook) -> Iterator[str]:
    kinds = [kind for kind in ("question", "ask", "assume") if getattr(condition, kind) is not None]
    if len(kinds) != 1:
        yield "A condition has exactly one of question, ask and assume. Keep one of them."
        return
    if kinds == ["assume"]:
        yield from _assume_faults(condition, book)
        return
    if not condition.text:
        yield "This condition has no text. Write the sentence that the reader sees."
    if not condition.source:
        yield "This condition has no source. Say where it was read, or leave the condition out."
    if kinds == ["ask"]:
        if condition.any_of or condition.at_least is not None or condition.below is not None:
            yield "A condition with ask has no answers and no limits. Take them out, or use question."
    else:
        yield from _question_faults(condition, book)


def _assume_faults(condition: RuleCondition, book: QuestionBook) -> Iterator[str]:
    if condition.assume not in book.assumptions:
        yield f"There is no assumption “{condition.assume}”. Use one of: {', '.join(book.assumptions)}."
    if condition != RuleCondition(assume=condition.assume):
        yield "A condition with assume has nothing else. Take the rest out, or use question."


def _question_faults(condition: RuleCondition, book: QuestionBook) -> Iterator[str]:
    question = book.questions.get(condition.question or "")
    if question is None:
        yield f"There is no question “{condition.question}”. Use an id of questions.yaml."
    elif question.kind == "number":
        if condition.any_of:
            yield f"The question “{condition.question}” takes a number. Use at_least and below in place of any_of."
        else:
            yield from number_faults(condition.at_least, condition.below, question)
    else:
        if condition.at_least is not None or condition.below is not None:
            yield f"The question “{condition.question}” has no numbers. Use any_of."
        if not condition.any_of:
            yield "This condition accepts no answer. List the accepted ones in any_of."
        for answer in condition.any_of:
            if answer not in question.answers:
                yield f"The question “{condition.question}” has no answer “{answer}”. Use an id of questions.yaml."


def number_faults(at_least: float | None, below: float | None, question: Question) -> Iterator[str]:
    """What is wrong with limits to the answer of a number question."""
    if at_least is None and below is None:
        yield "This condition has no limit. Give at_least, below or both."
        return
    if at_least is not None and below is not None and at_least >= below:
        yield f"Nobody is {at_least:g} or over and below {below:g}. Correct at_least or below."
    too_high = at_least is not None and question.highest is not None and at_least > question.highest
    too_low = below is not None and question.lowest is not None and below <= question.lowest
    if too_high or too_low:
        answers = f"answers go from {question.lowest} to {question.highest}"
        yield f"Nobody can give such a number: {answers}. Correct the limit."


# Conditions together


def _impossible(rule: Rule, place: Place, document: Document, book: QuestionBook) -> list[Problem]:
    everyone = _placed(rule.everyone, (*place, "everyone"))
    exclusions = _placed(rule.exclusions, (*place, "exclusions"))
    routes = [_placed(route, (*place, "routes", number)) for number, route in enumerate(rule.routes)] or [[]]
    found: list[Problem] = []
    for number, route in enumerate(routes):
        route_place = (*place, "routes", number) if rule.routes else place
        problem = _impossible_route(everyone + route, exclusions, route_place, document, book)
        # A fault that lies in everyone would come back with every route.
        if problem and problem not in found:
            found.append(problem)
    return found


def _impossible_route(
    conditions: list[Placed], exclusions: list[Placed], place: Place, document: Document, book: QuestionBook
) -> Problem | None:
    """The first reason why nobody can come in this way, told at the smallest part that is to blame."""
    required = [condition for _, condition in conditions]
    for (_, first), (where, second) in combinations(conditions, 2):
        if not can_be_met([first, second], [], book):
            message = f"Nobody can meet this and also “{_said(first, book)}”. Make them two routes, or correct one."
            return document.problem(message, *where)
    if not can_be_met(required, [], book):
        return document.problem("Nobody can meet all conditions of this way in together. Correct one.", *place)
    for where, exclusion in exclusions:
        if not can_be_met(required, [exclusion], book):
            return document.problem(
                "This shuts out everybody whom the rule lets in. Correct it, or take it out.", *where
            )
    if not can_be_met(required, [exclusion for _, exclusion in exclusions], book):
        message = "Together, these shut out everybody whom the rule lets in. Correct one."
        return document.problem(message, *place[:2], "exclusions")
    return None


def _said(condition: RuleCondition, book: QuestionBook) -> str:
    return book.assumptions[condition.assume].text if condition.assume else condition.text or ""


@dataclass
class _Needs:
    """What a person must be, question by question. It only ever becomes stricter, so working it out comes to an end."""

    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    """Single-answer questions: the answers still possible."""
    needed: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """Multi-answer questions: of each set, at least one answer."""
    barred: dict[str, frozenset[str]] = field(default_factory=dict)
    """Multi-answer questions: the answers nobody may have."""
    spans: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    outside: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """Number questions: within every one of ``spans`` and in none of ``outside``."""


def can_be_met(required: list[RuleCondition], exclusions: list[RuleCondition], book: QuestionBook) -> bool:
    """Whether anybody can meet all of ``required`` and none of ``exclusions``, given what follows from what."""
    needs = _Needs()
    for condition in required:
        _require(needs, condition, book)
    for condition in exclusions:
        _exclude(needs, condition, book)
    while _apply_implications(needs, book):
        pass
    return (
        all(needs.allowed.values())
        and all(wanted - needs.barred.get(question, frozenset()) for question, wanted in _wanted(needs))
        and all(_has_number(needs, question, book) for question in needs.spans.keys() | needs.outside.keys())
    )


def _wanted(needs: _Needs) -> Iterator[tuple[str, frozenset[str]]]:
    for question, sets in needs.needed.items():
        for wanted in sets:
            yield question, wanted


def _plain(condition: RuleCondition, book: QuestionBook) -> tuple[str, frozenset[str], tuple[float, float]] | None:
    """Question, accepted answers and accepted span; None for what no question can settle."""
    source = book.assumptions[condition.assume] if condition.assume else condition
    if source.question is None:
        return None
    low = float("-inf") if source.at_least is None else source.at_least
    high = float("inf") if source.below is None else source.below
    return source.question, frozenset(condition.any_of), (low, high)


def _require(needs: _Needs, condition: RuleCondition, book: QuestionBook) -> None:
    if (plain := _plain(condition, book)) is None:
        return
    question, answers, span = plain
    match book.questions[question].kind:
        case "one":
            needs.allowed[question] = _allowed(needs, question, book) & answers
        case "multi":
            needs.needed.setdefault(question, set()).add(answers)
        case "number":
            needs.spans.setdefault(question, []).append(span)


def _exclude(needs: _Needs, condition: RuleCondition, book: QuestionBook) -> None:
    if (plain := _plain(condition, book)) is None:
        return
    question, answers, span = plain
    match book.questions[question].kind:
        case "one":
            needs.allowed[question] = _allowed(needs, question, book) - answers
        case "multi":
            needs.barred[question] = needs.barred.get(question, frozenset()) | answers
        case "number":
            needs.outside.setdefault(question, []).append(span)


def _allowed(needs: _Needs, question: str, book: QuestionBook) -> frozenset[str]:
    return needs.allowed.get(question, book.answers(question))


def _has_number(needs: _Needs, question: str, book: QuestionBook) -> bool:
    """Spans begin where one of these numbers stands, so if any number will do, one of these will."""
    asked = book.questions[question]
    lowest = 0.0 if asked.lowest is None else asked.lowest
    highest = float("inf") if asked.highest is None else asked.highest
    spans, outside = needs.spans.get(question, []), needs.outside.get(question, [])
    candidates = {lowest, *(low for low, _ in spans), *(high for _, high in outside)}
    return any(
        lowest <= number <= highest
        and all(low <= number < high for low, high in spans)
        and not any(low <= number < high for low, high in outside)
        for number in candidates
    )


def _apply_implications(needs: _Needs, book: QuestionBook) -> bool:
    """Add what follows from what is certain so far; whether anything was new."""
    before = (dict(needs.allowed), {key: set(sets) for key, sets in needs.needed.items()}, dict(needs.barred))
    for implication in book.implies:
        if all(_is_certain(needs, question, answers, book) for question, answers in implication.when.items()):
            _conclude(needs, implication.then, book)
    return before != (needs.allowed, needs.needed, needs.barred)


def _is_certain(needs: _Needs, question: str, answers: tuple[str, ...], book: QuestionBook) -> bool:
    if book.questions[question].kind == "one":
        return question in needs.allowed and (not answers or needs.allowed[question] <= frozenset(answers))
    wanted = needs.needed.get(question, set())
    return any(not answers or one <= frozenset(answers) for one in wanted)


def _conclude(needs: _Needs, then: Mapping[str, tuple[str, ...]], book: QuestionBook) -> None:
    for question, answers in then.items():
        if not answers:
            needs.barred[question] = book.answers(question)
        elif book.questions[question].kind == "one":
            needs.allowed[question] = _allowed(needs, question, book) & frozenset(answers)
        else:
            needs.needed.setdefault(question, set()).update(frozenset([answer]) for answer in answers)
