"""What some programmes can see of a person: which answers they tell apart, and which questions they hang on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from app.eligibility.answers import Answers, Span, applies
from app.eligibility.evaluate import state_of
from app.eligibility.questions import NONE, Question, Questionnaire
from app.eligibility.rulebook import GOALS, PLACES
from app.eligibility.rules import Condition, Programme
from tests.benchmarks.engine import World

Token = str | bool | Span | tuple[frozenset[str], frozenset[str], bool]
"""What was said on one question: an answer, a number, facts; without any, whether it was asked in vain."""


@dataclass(frozen=True)
class Sight:
    """Some programmes of a world, by number, with the questions that can tell on them."""

    world: World
    numbers: tuple[int, ...]

    @property
    def programmes(self) -> list[Programme]:
        return [self.world.programmes[number] for number in self.numbers]

    @cached_property
    def conditions(self) -> Mapping[str, Sequence[Condition]]:
        """The conditions of the programmes by question."""
        found: dict[str, list[Condition]] = {}
        for programme in self.programmes:
            rules = programme.rules_on(self.world.day)
            for condition in (*(c for route in rules.routes for c in route), *rules.made_for):
                if condition.question:
                    found.setdefault(condition.question, []).append(condition)
        return found

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions whose answers can tell, directly or by what follows from them, each after its parent.

        The goals come last: they have most kinds of answers, and by then most programmes are out.
        """
        named = {*self.conditions, GOALS}
        if any(programme.boroughs for programme in self.programmes):
            named |= set(PLACES)
        linked = links(self.world.questionnaire)
        every = frozenset().union(*(linked[id_] for id_ in named if id_ in linked))
        return tuple(sorted((q for q in self.world.questionnaire if q.id in every), key=lambda q: q.id == GOALS))

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, int]]:
        """For each question the answers by kind: two of a kind are the same to these programmes."""
        return {question.id: self._kinds(question) for question in self.questions if question.kind != "number"}

    @cached_property
    def ages(self) -> Mapping[str, Mapping[int, Sequence[int]]]:
        """For each number the years that these programmes do not tell apart, by the first of them."""
        return {question.id: self._alike(question) for question in self.questions if question.kind == "number"}

    @cached_property
    def _seen(self) -> Sequence[tuple[Question, dict[Token, object]]]:
        return [(question, {}) for question in self.questions]

    def view(self, tokens: Mapping[str, Token]) -> tuple[object, ...]:
        """What was said as these programmes see it: equal views mean equal places, now and after any more answers."""
        seen = []
        for question, known in self._seen:
            token = tokens[question.id]
            if token not in known:
                known[token] = self._view(question, token)
            seen.append(known[token])
        return tuple(seen)

    @cached_property
    def _known_values(self) -> dict[str, Sequence[object]]:
        return {}

    def values(self, question: Question) -> Sequence[object]:
        """Answers to a question, one of every kind that these programmes tell apart; "not sure" is not among them."""
        if question.id not in self._known_values:
            self._known_values[question.id] = self._values(question)
        return self._known_values[question.id]

    def _values(self, question: Question) -> Sequence[object]:
        if question.kind != "multi":
            return self.simple_values(question)
        facts = self._examples(question)
        several = [list(some) for size in range(1, len(facts) + 1) for some in combinations(facts, size)]
        if question.id != GOALS:
            return [[NONE], *several]
        told: dict[object, list[str]] = {}
        for some in several:
            told.setdefault(self._wish(frozenset(some)), some)
        return [[NONE], *told.values()]

    def simple_values(self, question: Question) -> Sequence[object]:
        """As ``values``, but of the facts of a multi-answer question only one at a time."""
        if question.kind == "number":
            return list(self.ages[question.id])
        examples = self._examples(question)
        return [[NONE], *([fact] for fact in examples)] if question.kind == "multi" else list(examples)

    def _examples(self, question: Question) -> list[str]:
        return sorted({kind: answer for answer, kind in reversed(list(self.kinds[question.id].items()))}.values())

    def _view(self, question: Question, token: Token) -> object:
        if isinstance(token, str):
            return self.kinds[question.id][token]
        if isinstance(token, bool):
            # In words: False would equal the first kind of answer, which is 0.
            return "asked in vain" if token else "open"
        if isinstance(token, Span):
            answers = Answers(number={question.id: token})
            return tuple(state_of(c, answers) for c in self.conditions.get(question.id, ()))
        yes, no, settled = token
        if question.id == GOALS:
            return self._wish(yes), settled
        kinds = self.kinds[question.id]
        left = {kinds[fact] for fact in question.answer_ids if fact not in no}
        return frozenset(kinds[fact] for fact in yes), frozenset(kinds.values()) - left, settled

    def _wish(self, goals: frozenset[str]) -> object:
        """What the goals do to the places of these programmes. It hangs on nothing else that is known of a person."""
        answers = Answers(yes=frozenset((GOALS, goal) for goal in goals))
        met = tuple(state_of(c, answers) for c in self.conditions.get(GOALS, ()))
        return met, tuple(self.world.place(number, answers) for number in self.numbers)

    def _kinds(self, question: Question) -> Mapping[str, int]:
        told: dict[tuple[object, ...], int] = {}
        return {answer: told.setdefault(self._marks(question, answer), len(told)) for answer in question.answer_ids}

    def _marks(self, question: Question, answer: str) -> tuple[object, ...]:
        questionnaire = self.world.questionnaire
        goals = questionnaire.goal_kinds
        follows = [
            (answer in i.when_answers if i.when_question == question.id else False, answer in i.then_answers)
            for i in questionnaire.implications
            if question.id in (i.when_question, i.then_question)
        ]
        opens = [
            question.id == other.asked_if[0] and answer in other.asked_if[1]
            for other in questionnaire
            if other.asked_if
        ]
        return (
            *(answer in condition.any_of for condition in self.conditions.get(question.id, ())),
            *(answer in programme.boroughs for programme in self.programmes if question.id in PLACES),
            # Each goal that a programme serves counts by itself.
            *(answer for programme in self.programmes if question.id == GOALS and answer in programme.goals),
            *(answer in group for group in (goals.step, goals.job, {goals.job_implies}) if question.id == GOALS),
            *(mark for pair in follows for mark in pair),
            *opens,
        )

    def _alike(self, question: Question) -> Mapping[int, Sequence[int]]:
        told: dict[tuple[object, ...], list[int]] = {}
        for years in range(question.lowest, question.highest + 1):
            answers = Answers(number={question.id: Span(years, years + 1)})
            told.setdefault(tuple(state_of(c, answers) for c in self.conditions.get(question.id, ())), []).append(years)
        return {alike[0]: alike for alike in told.values()}


def tokens_of(questionnaire: Questionnaire, answers: Answers) -> dict[str, Token]:
    """What was said on each question, ready to be looked up."""
    return {question.id: _token(question, answers) for question in questionnaire}


def _token(question: Question, answers: Answers) -> Token:
    id_ = question.id
    if question.kind == "one":
        return answers.one.get(id_, id_ in answers.unsure)
    if question.kind == "number":
        return answers.number.get(id_, id_ in answers.unsure)
    yes = frozenset(fact for fact in question.answer_ids if (id_, fact) in answers.yes)
    no = frozenset(fact for fact in question.answer_ids if (id_, fact) in answers.no)
    return yes, no, answers.settled(question)


def to_ask(questions: Iterable[Question], answers: Answers) -> list[Question]:
    """Those of the questions that are open and make sense to this person, each after the one it hangs on."""
    return [question for question in questions if not answers.settled(question) and applies(question, answers)]


def links(questionnaire: Questionnaire) -> Mapping[str, frozenset[str]]:
    """For each question those it is tied to, by what follows from it or by when it is asked; itself included."""
    group = {question.id: frozenset({question.id}) for question in questionnaire}
    pairs = [(i.when_question, i.then_question) for i in questionnaire.implications]
    pairs += [(question.id, question.asked_if[0]) for question in questionnaire if question.asked_if]
    for one, other in pairs:
        together = group[one] | group[other]
        for id_ in together:
            group[id_] = together
    return group
