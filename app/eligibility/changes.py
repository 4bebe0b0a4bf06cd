"""What would have to be otherwise for a service to fit, and where to go instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from math import prod

from .answers import AnswerError, Answers, Span, read_answers, with_answer
from .evaluate import State, state_of
from .questions import NONE, NOT_SURE, Question, Questionnaire
from .rules import Condition, Programme, Route, Ruleset

TRIED = 1_000
"""Ways to answer otherwise. Where there are more, no change is told: people write rules with some dozens."""


@dataclass(frozen=True)
class Change:
    """One question whose answer stands in the way, and the conditions on it that a new answer has to meet.

    ``answers`` are those that would do: ids, or whole numbers. Of a multi-answer question each condition needs one that
    it names; an exclusion needs none of them.
    """

    question: str
    conditions: tuple[Condition, ...]
    answers: tuple[str | int, ...]


def fewest_changes(questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers) -> tuple[Change, ...]:
    """The fewest questions whose answers, given otherwise, would leave no condition of some way in failed.

    A change that follows from another is not counted. Of equals, the first way in. Empty where nothing has to change,
    where no change can help, and where there are too many to try.
    """
    ways = (_changes(questionnaire, route, answers) for route in ruleset.routes)
    return min((changes for changes in ways if changes is not None), key=len, default=())


def instead(programme: Programme, recommended: Sequence[Programme]) -> Programme | None:
    """Where to go in place of a programme that does not fit: the first recommended one that serves a goal of it.

    Where none does, the first one; None where nothing is recommended.
    """
    alike = (other for other in recommended if other.goals & programme.goals)
    return next(alike, recommended[0] if recommended else None)


def _changes(questionnaire: Questionnaire, route: Route, answers: Answers) -> tuple[Change, ...] | None:
    """The fewest changes that open this way in; None where none can, or where there are too many to try."""
    obstacles = list(_obstacles(questionnaire, route, answers))
    linked = _linked(questionnaire)
    tied = [change for change in obstacles if change.question in linked]
    if prod(1 + len(_options(questionnaire[change.question], change, linked)) for change in tied) > TRIED:
        return None
    # Something has to change: all obstacles together cannot follow from nothing.
    for left_out in range(min(len(tied), max(len(obstacles) - 1, 0)), -1, -1):
        for following in combinations(tied, left_out):
            made = [change for change in obstacles if change not in following]
            kept = {change.question: _given(questionnaire[change.question], answers) for change in following}
            options = [_options(questionnaire[change.question], change, linked) for change in made]
            tried = (dict(zip((change.question for change in made), new, strict=True)) for new in product(*options))
            if opening := [new for new in tried if _opens(questionnaire, route, new, kept)]:
                return tuple(_narrowed(change, opening) if change.question in linked else change for change in made)
    return None


def _narrowed(change: Change, opening: Sequence[Mapping[str, object]]) -> Change:
    """Of the single answers, only those that also bring what has to follow. Several answers were tried together."""
    new = [one[change.question] for one in opening]
    return (
        change if isinstance(new[0], tuple) else replace(change, answers=tuple(a for a in change.answers if a in new))
    )


def _obstacles(questionnaire: Questionnaire, route: Route, answers: Answers) -> Iterator[Change]:
    failed = [condition for condition in route if state_of(condition, answers) is State.NOT_MET]
    for question_id in dict.fromkeys(condition.question for condition in failed if condition.question):
        accepted = _accepted(questionnaire, route, question_id)
        left = _left(questionnaire, question_id, answers, accepted)
        on_it = (condition for condition in route if condition.question == question_id)
        unmet = tuple(c for c in on_it if State.NOT_MET in (state_of(c, answers), state_of(c, left)))
        yield Change(question_id, unmet, accepted)


def _left(questionnaire: Questionnaire, question_id: str, answers: Answers, accepted: Sequence[object]) -> Answers:
    """What remains of a multi-answer question when the answers that stand in the way are taken back."""
    if questionnaire[question_id].kind != "multi":
        return answers
    return read_answers(questionnaire, {question_id: sorted(answers.said(question_id) & set(accepted)) or [NONE]})


@lru_cache(maxsize=4096)
def _accepted(questionnaire: Questionnaire, route: Route, question_id: str) -> tuple[str | int, ...]:
    """The answers that by themselves, with what follows from them, fail no condition."""
    question = questionnaire[question_id]
    asked = tuple(condition for condition in route if condition.question == question_id)
    if question.kind == "number":
        numbers = range(question.lowest, question.highest + 1)
        return tuple(n for n in numbers if _stands(asked, Answers(number={question_id: Span(n, n + 1)})))
    named = frozenset[str]().union(*(condition.any_of for condition in asked))
    able = (answer for answer in question.answer_ids if question.kind == "one" or answer in named)
    return tuple(answer for answer in able if _stands(route, _alone(questionnaire, question, answer)))


def _alone(questionnaire: Questionnaire, question: Question, answer: str) -> Answers:
    """One answer with what follows. The other answers of a multi-answer question stay open beside it."""
    if question.kind == "one":
        alone = Answers(one={question.id: answer})
        return with_answer(questionnaire, alone, question, answer) if question.id in _linked(questionnaire) else alone
    return with_answer(questionnaire, Answers(yes=frozenset({(question.id, answer)})), question, NOT_SURE)


@lru_cache(maxsize=16)
def _linked(questionnaire: Questionnaire) -> frozenset[str]:
    """The questions from which something follows for another, or that follow from one."""
    pairs = ((rule.when_question, rule.then_question) for rule in questionnaire.implications)
    return frozenset(question for pair in pairs if pair[0] != pair[1] for question in pair)


def _options(question: Question, change: Change, linked: frozenset[str]) -> Sequence[object]:
    """The new answers to try. Where nothing follows from an answer, one is as good as another."""
    if question.kind == "multi":
        return [change.answers or (NONE,)]
    return change.answers if question.id in linked else change.answers[:1]


def _given(question: Question, answers: Answers) -> object:
    said = tuple(sorted(answers.said(question.id))) or (NONE,)
    return said if question.kind == "multi" else said[0]


def _opens(questionnaire: Questionnaire, route: Route, new: Mapping[str, object], kept: Mapping[str, object]) -> bool:
    """The new answers fail no condition, and the old ones that still stand in the way cannot be true beside them."""
    person = _newly(questionnaire, tuple(new.items()))
    if person is None or not _stands(route, person):
        return False
    return all(_possible(questionnaire, {**new, question: old}) is None for question, old in kept.items())


@lru_cache(maxsize=4096)
def _newly(questionnaire: Questionnaire, new: tuple[tuple[str, object], ...]) -> Answers | None:
    """Somebody of whom only the new answers are known: they come from the rules, so nobody's own are remembered."""
    return _possible(questionnaire, dict(new))


def _possible(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers | None:
    try:
        return read_answers(questionnaire, raw)
    except AnswerError:
        return None


def _stands(route: Route, answers: Answers) -> bool:
    return all(state_of(condition, answers) is not State.NOT_MET for condition in route)
