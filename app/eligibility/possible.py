"""Whether anybody at all can be so: a search among all people there can be, given what follows from what.

A person is one value for every variable. A question with one answer, or with a number, is one variable; each fact of a
multi-answer question is one, and so is each thing that only the service can ask. The value of a question that does not
apply to the person (``asked_if``) is None. Numbers that no condition tells apart are one value, the lowest of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from .questions import Question, Questionnaire
from .rules import Condition, Route

Variable = tuple[str, ...]
Value = str | bool | float | None
Values = Mapping[Variable, frozenset[Value]]
Claim = tuple[Variable, frozenset[Value]]
"""The variable has one of these values."""
Clause = Sequence[Claim]
"""At least one of these claims is true."""
TRIED = 1_000
"""Choices of values after which the search gives up, and so many things true of all. People write some dozens."""


class TooTangledError(Exception):
    """So much hangs on each other that it would take too long to find out whether anybody can be so."""


@dataclass(frozen=True)
class People:
    """Everybody there can be: the values that each variable can have, and what is true of all."""

    questionnaire: Questionnaire
    values: Values
    true_of_all: tuple[Clause, ...]

    def can_meet(self, conditions: Iterable[Condition]) -> bool:
        """Whether one person can meet all the conditions. What no question settles may be so, or not.

        Raises ``TooTangledError`` where the search would take too long.
        """
        clauses = [clause for condition in conditions for clause in self._clauses(condition)]
        return _can_be_true(self.values, [*clauses, *self.true_of_all])

    def can_be_outside(self, ways: Sequence[Route], conditions: Iterable[Condition]) -> bool:
        """Whether somebody who meets all the conditions is let in by none of the ways in.

        Raises ``TooTangledError``, as ``can_meet`` does.
        """
        if not all(ways):
            return False
        # Which condition of a way in the person does not meet is one more thing that the search chooses.
        unmet: dict[Variable, frozenset[Value]] = {
            ("", "", str(number)): frozenset(range(len(way))) for number, way in enumerate(ways)
        }
        clauses: list[Clause] = []
        for choice, way in zip(unmet, ways, strict=True):
            for number, condition in enumerate(way):
                other = choice, unmet[choice] - {number}
                clauses += [[other, *clause] for clause in self._clauses(opposite(condition))]
        clauses += [clause for condition in conditions for clause in self._clauses(condition)]
        return _can_be_true({**self.values, **unmet}, [*clauses, *self.true_of_all])

    def _clauses(self, condition: Condition) -> list[Clause]:
        if condition.question is None:
            return [[(_unasked(condition), frozenset({not condition.excludes}))]]
        question = self.questionnaire[condition.question]
        accepted: frozenset[Value] = frozenset(condition.any_of)
        if span := condition.span:
            numbers = self.values[question.id, ""]
            accepted = frozenset(n for n in numbers if isinstance(n, int | float) and span.low <= n < span.high)
        if condition.excludes:
            return [[claim] for claim in _denials(self.values, question, accepted)]
        return [_claims(self.values, question, accepted)]


def people(questionnaire: Questionnaire, conditions: Sequence[Condition]) -> People:
    """Everybody there can be, told apart as finely as these conditions do.

    Raises ``KeyError`` where an id is unknown, and ``TooTangledError`` where more follows than anybody can check.
    """
    values: dict[Variable, frozenset[Value]] = {
        _unasked(condition): frozenset({True, False}) for condition in conditions if condition.question is None
    }
    for question in questionnaire:
        if question.kind == "multi":
            values |= {(question.id, answer): frozenset({True, False}) for answer in question.answer_ids}
        else:
            given = question.answer_ids if question.kind == "one" else bounds(question, conditions)[:-1]
            values[question.id, ""] = frozenset([*given, None] if question.asked_if else given)
    true_of_all = tuple(islice(chain(_implied(questionnaire, values), _asked_if(questionnaire, values)), TRIED))
    if len(true_of_all) == TRIED:
        raise TooTangledError
    return People(questionnaire, values, true_of_all)


def bounds(question: Question, conditions: Iterable[Condition]) -> list[float]:
    """The numbers, in order, at which the conditions on a number question begin or end; with its own two ends.

    The highest answer lasts until the next: somebody of 110 is 110 ≤ age < 111.
    """
    end = question.highest + 1
    spans = [condition.span for condition in conditions if condition.span and condition.question == question.id]
    inner = {bound for span in spans for bound in (span.low, span.high) if question.lowest < bound < end}
    return sorted(inner | {question.lowest, end})


def opposite(condition: Condition) -> Condition:
    """The condition that is met by exactly those who do not meet this one."""
    return replace(condition, excludes=not condition.excludes)


def _unasked(condition: Condition) -> Variable:
    return "", f"{condition.text} {condition.ask}"


def _claims(values: Values, question: Question, answers: Iterable[Value]) -> list[Claim]:
    """Any one of these says that the person gave one of the answers."""
    if question.kind == "multi":
        return [((question.id, str(answer)), frozenset({True})) for answer in answers]
    return [((question.id, ""), values[question.id, ""] & frozenset(answers))]


def _denials(values: Values, question: Question, answers: Iterable[Value]) -> list[Claim]:
    """All of these together say that the person gave none of the answers."""
    return [(variable, values[variable] - named) for variable, named in _claims(values, question, answers)]


def _implied(questionnaire: Questionnaire, values: Values) -> Iterator[Clause]:
    for implication in questionnaire.implications:
        when, then = questionnaire[implication.when_question], questionnaire[implication.then_question]
        if implication.then_answers:
            consequences = [claim for a in implication.then_answers for claim in _claims(values, then, [a])]
        else:
            consequences = _denials(values, then, then.answer_ids)
        for consequence in consequences:
            for denial in _denials(values, when, implication.when_answers or when.answer_ids):
                yield consequence, denial


def _asked_if(questionnaire: Questionnaire, values: Values) -> Iterator[Clause]:
    """Whoever a question applies to has an answer. Somebody else has one only where it follows from another answer."""
    for question in questionnaire:
        if question.asked_if is None:
            continue
        other, wanted = questionnaire[question.asked_if[0]], question.asked_if[1]
        answers: list[Value] = list(question.answer_ids)
        if question.kind != "multi":
            answers = [value for value in values[question.id, ""] if value is not None]
            yield *_denials(values, other, wanted), *_claims(values, question, answers)
        for answer in answers:
            reasons = _reasons(questionnaire, values, question, answer)
            yield *_denials(values, question, [answer]), *_claims(values, other, wanted), *reasons


def _reasons(questionnaire: Questionnaire, values: Values, question: Question, answer: Value) -> Iterator[Claim]:
    """Any one of these makes the answer follow."""
    for implication in questionnaire.implications:
        if implication.then_question == question.id and answer in implication.then_answers:
            when = questionnaire[implication.when_question]
            yield from _claims(values, when, implication.when_answers or when.answer_ids)


def _can_be_true(values: Values, clauses: Sequence[Clause]) -> bool:
    """Whether one choice of values makes every clause true: narrow what must be, then try either way (DPLL).

    Davis, Logemann and Loveland 1962, doi.org/10.1145/368273.368557, with values in place of true and false.
    """
    waiting = [(values, clauses)]
    for _ in range(TRIED):
        if not waiting:
            return False
        narrowed = _narrowed(*waiting.pop())
        if narrowed is None:
            continue
        left, undecided = narrowed
        if not undecided:
            return True
        variable, named = min(undecided, key=len)[0]
        parts = left[variable] - named, left[variable] & named
        waiting += [({**left, variable: part}, undecided) for part in parts]
    raise TooTangledError


def _narrowed(values: Values, clauses: Sequence[Clause]) -> tuple[Values, Sequence[Clause]] | None:
    """The values that are left once what must be is so, with the clauses still undecided; None where one is false."""
    left = dict(values)
    while True:
        undecided: list[Clause] = []
        for clause in clauses:
            if any(left[variable] <= named for variable, named in clause):
                continue
            open_claims = [claim for claim in clause if left[claim[0]] & claim[1]]
            if not open_claims:
                return None
            if len(open_claims) == 1:
                variable, named = open_claims[0]
                left[variable] &= named
            else:
                undecided.append(open_claims)
        if len(undecided) == len(clauses):
            return left, undecided
        clauses = undecided
