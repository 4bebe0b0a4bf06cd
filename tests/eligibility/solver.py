"""A second opinion on the proof: all sets of answers as formulas for z3, straight from questions and rules."""

from collections.abc import Iterable
from typing import Any

import z3

from app.eligibility.questions import Question, Questionnaire
from app.eligibility.rules import Condition, Route

Formula = Any
"""z3 ships no types."""


class Solver:
    """Everybody who can answer the questionnaire, as one formula; its solutions are the consistent sets of answers."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._solver = z3.Solver()
        for question in questionnaire:
            self._solver.add(*self._rules_of(question))

    def somebody(self, *wanted: Formula, nobody_of: Iterable[Formula] = ()) -> bool:
        """Whether some set of answers meets all that is wanted and none of the others."""
        found = self._solver.check(*wanted, *(z3.Not(formula) for formula in nobody_of))
        assert found != z3.unknown
        return bool(found == z3.sat)

    def serves(self, row: Route, *, lenient: bool) -> Formula:
        """The person meets every condition, or where ``lenient`` fails none."""
        return z3.And(*(z3.Not(self.fails(one)) if lenient else self.meets(one) for one in row))

    def meets(self, condition: Condition) -> Formula:
        return self._inverse(condition) if condition.excludes else self._accepted(condition)

    def fails(self, condition: Condition) -> Formula:
        return self._accepted(condition) if condition.excludes else self._inverse(condition)

    def final(self, question_id: str, answer: str) -> Formula:
        """The answer to a single-answer question, given or following from others; "" where it is open."""
        question = self.questionnaire[question_id]
        if answer:
            return self._true(question_id, answer)
        return z3.Not(z3.Or(*(self._true(question_id, one) for one in question.answer_ids)))

    # What the person says

    def _given(self, question_id: str, answer: str) -> Formula:
        return z3.Bool(f"{question_id}={answer}")

    def _says_something(self, question: Question) -> Formula:
        """A list was answered, if only with none of these; another question was answered."""
        return z3.Bool(f"{question.id} answered")

    def _number(self, question: Question) -> Formula:
        return z3.Int(question.id)

    def _rules_of(self, question: Question) -> Iterable[Formula]:
        answered, given = self._says_something(question), [self._given(question.id, a) for a in question.answer_ids]
        if question.kind == "number":
            yield self._number(question) >= question.lowest
            yield self._number(question) <= question.highest
        elif question.kind == "one":
            yield answered == z3.Or(*given)
            yield z3.AtMost(*(self._true(question.id, answer) for answer in question.answer_ids), 1)
        else:
            yield z3.Implies(z3.Or(*given), answered)
            yield from (z3.Implies(answered, self._no_stranger(question, answer)) for answer in question.answer_ids)
            yield z3.Implies(
                self._none(question.id), z3.Not(z3.Or(*(self._true(question.id, a) for a in question.answer_ids)))
            )
        if question.asked_if:
            before, wanted = question.asked_if
            yield z3.Implies(answered, z3.Or(self._open_then(before), *(self._then(before, one) for one in wanted)))

    def _no_stranger(self, question: Question, answer: str) -> Formula:
        """What follows from another question is not left out of the list."""
        others = [pair for pair in self._leading_to(question.id, answer) if pair[0] != question.id]
        said = [self._given(question.id, one) for one in question.answer_ids if answer in self._own(question.id, one)]
        return z3.Implies(z3.Or(*(self._given(*pair) for pair in others)), z3.Or(*said))

    def _then(self, question_id: str, answer: str) -> Formula:
        """The answer was known when the questions that hang on it were asked."""
        asked = [pair for pair in self._leading_to(question_id, answer) if not self.questionnaire[pair[0]].asked_if]
        return z3.Or(*(self._given(*pair) for pair in asked))

    def _open_then(self, question_id: str) -> Formula:
        return z3.Not(z3.Or(*(self._then(question_id, one) for one in self.questionnaire[question_id].answer_ids)))

    # What follows

    def _true(self, question_id: str, answer: str) -> Formula:
        return z3.Or(*(self._given(*pair) for pair in self._leading_to(question_id, answer)))

    def _none(self, question_id: str) -> Formula:
        """Some answer rules the whole list out."""
        return z3.Or(*(self._given(*pair) for pair in self._leading_to(question_id, "")))

    def _leading_to(self, question_id: str, answer: str) -> list[tuple[str, str]]:
        """The answers from which this one follows, itself included ("": none of the list)."""
        found = [(question_id, answer)]
        for then_question, then in found:
            for rule in self.questionnaire.implications:
                if rule.then_question == then_question and then in (rule.then_answers or ("",)):
                    when = rule.when_answers or self.questionnaire[rule.when_question].answer_ids
                    found += [pair for one in when if (pair := (rule.when_question, one)) not in found]
        return [pair for pair in found if pair[1]]

    def _own(self, question_id: str, answer: str) -> set[str]:
        return {
            one
            for one in self.questionnaire[question_id].answer_ids
            if (question_id, answer) in self._leading_to(question_id, one)
        }

    # What the rules make of it

    def _accepted(self, condition: Condition) -> Formula:
        if condition.question is None:
            return z3.BoolVal(False)
        question = self.questionnaire[condition.question]
        if condition.span is None:
            return z3.Or(*(self._true(question.id, answer) for answer in condition.any_of))
        return z3.And(self._says_something(question), self._whole_year(question, condition, inside=True))

    def _inverse(self, condition: Condition) -> Formula:
        """Surely not accepted: what is open is neither accepted nor this."""
        if condition.question is None:
            return z3.BoolVal(False)
        question = self.questionnaire[condition.question]
        if condition.span is not None:
            return z3.And(self._says_something(question), self._whole_year(question, condition, inside=False))
        if question.kind == "one":
            return z3.Or(*(self._true(question.id, one) for one in question.answer_ids if one not in condition.any_of))
        closed = z3.Or(self._says_something(question), self._none(question.id))
        return z3.And(closed, z3.Not(z3.Or(*(self._true(question.id, one) for one in condition.any_of))))

    def _whole_year(self, question: Question, condition: Condition, *, inside: bool) -> Formula:
        assert condition.span is not None
        low, high = condition.span.low, condition.span.high
        years = range(question.lowest, question.highest + 1)
        fitting = [y for y in years if (low <= y and y + 1 <= high if inside else y + 1 <= low or y >= high)]
        return z3.Or(*(self._number(question) == year for year in fitting))
